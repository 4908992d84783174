"""Addresses of slides as places, in templates."""

from urllib.parse import parse_qs, urlencode, urlsplit

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


def _place(address: str) -> dict[str, str]:
    """The deck, slide and step of the address of a slide."""
    parts = urlsplit(address)
    deck, slide = parts.path.split("/")[2:4]
    return {"deck": deck, "slide": slide, "step": parse_qs(parts.query).get("step", ["0"])[0]}


@register.filter
def spoken(address: str) -> str:
    """Where the speaker view shows the slide of that address."""
    place = _place(address)
    return f"/slides/{place.pop('deck')}/speaker/?{urlencode(place)}"


@register.filter
def place_fields(address: str) -> SafeString:
    """The place of an address as the fields of a form that moves there; nothing where it leads nowhere."""
    pairs = _place(address).items() if address else ()
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)
