"""The small parts of every page: an icon, a badge, a line of Markdown."""

import re
from decimal import Decimal
from html import unescape

from django import template
from django.http import HttpRequest
from django.urls import resolve
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django_htmx.middleware import HtmxDetails

from lecture.brevity import brief
from lecture.course import links, prose
from lecture.course.load import course
from lecture.homes import homes

register = template.Library()
NAMED = re.compile(  # what gives an id or names one, but for the icons of the page
    r"""((?<![\w-])(?:id|for|aria-(?:labelledby|describedby))=["']|href=["']#|url\(["']?#)(?!i-|arrow)([\w-]+)"""
)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite; the word stands beside it."""
    return format_html(
        '<svg class="i{}" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-{}"/></svg>',
        f" {extra}" * bool(extra),
        name,
    )


@register.simple_tag
def badge(kind: str, bare: bool = False, leads: bool = True) -> SafeString:
    """Where a thing lives: icon and name, leading to the section that explains the home."""
    home = homes().of(kind)
    inner = format_html('{}<span class="t">{}</span>', icon(kind), home.name)
    classes = f"badge {kind}{' bare' if bare else ''}"
    if leads and (to := address(home.section)):
        return format_html('<a class="{}" href="{}">{}</a>', classes, to, inner)
    return format_html('<span class="{}">{}</span>', classes, inner)


@register.filter
def address(key: str) -> str:
    """Where a section is read; empty while it is not written."""
    leaf = course().leaves.get(key)
    return leaf.address if leaf else ""


@register.simple_tag
def passage(key: str) -> links.Target:
    """A section, or a place in it, that data points at; no address while it is not written."""
    try:
        return links.place(course(), key)
    except LookupError:
        return links.Target("")


@register.filter
def inline(text: str) -> SafeString:
    """A line of Markdown without a paragraph; links stay as they are."""
    return mark_safe(prose.inline(prose.markdown(lambda href: href), text))  # noqa: S308 - an author's text


register.filter(brief)


@register.filter
def plain(text: str) -> str:
    """A line of Markdown without its marks, for what takes no elements, such as an option of a select."""
    return unescape(strip_tags(inline(text)))


@register.filter
def room(address: str | None) -> str:
    """The room that an address is in: its first word, such as costs of /costs/bill/; "" for none."""
    return (address or "").partition("?")[0].strip("/").partition("/")[0]


@register.filter
def paragraphs(text: str) -> SafeString:
    """Markdown of more than a line; links stay as they are."""
    return mark_safe(prose.markdown(lambda href: href).convert(text))  # noqa: S308 - an author's text


@register.simple_tag
def fragment(address: str, asking: HttpRequest | None = None) -> SafeString:
    """What another room answers at `address`: rooms meet through addresses, on the server too.

    With the request of whoever is asking it may be personal; without, it is the same for everybody.
    """
    match, request = resolve(address), HttpRequest()
    request.method, request.path_info, request.META["HTTP_HX_REQUEST"] = "GET", address, "true"
    request.COOKIES = asking.COOKIES if asking else {}
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined] # as its middleware does
    response = match.func(request, *match.args, **match.kwargs)
    text: str = response.content.decode()
    return mark_safe(text)  # noqa: S308 - rendered by the other room


@register.filter
def usd(amount: Decimal) -> str:
    """1,234.50: US dollars with their cents."""
    return f"{amount:,.2f}"


@register.filter
def about(amount: Decimal) -> str:
    """1,235: whole dollars, cents only below ten."""
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:,.2f}"


@register.filter
def add_to(number: float, more: str) -> str:
    """A place in a drawing, moved: 12.50 and "-6" make 6.50."""
    return f"{number + float(more):.2f}"


@register.filter
def numbered(html: str, number: int) -> SafeString:
    """A slide among others on one page: its ids, and what names them, get its number."""
    return mark_safe(NAMED.sub(lambda found: f"{found[1]}{number}-{found[2]}", html))  # noqa: S308 - ready HTML


@register.filter
def step_of(pair: int, half: int = 0) -> int:
    """The click that shows a myth, or with 1 its reality: the first belief is there from the start."""
    return 2 * pair + half


@register.filter
def signed(number: int) -> str:
    """A whole number with a real minus sign."""
    return f"−{-number}" if number < 0 else str(number)


WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@register.filter
def in_words(number: int) -> str:
    """Up to twelve in words, as in running text."""
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)
