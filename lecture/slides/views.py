"""PRESENT: one slide a page, the same for everybody; notes are in another room."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from lecture.ready import ready
from lecture.slides.deck import Deck, Slide, decks


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@require_safe
@ready
def shelf(request: HttpRequest) -> HttpResponse:
    """Every deck."""
    return render(request, "slides/shelf.html", {"decks": decks().values()})


@require_safe
def deck(request: Request, deck: str) -> HttpResponse:
    """The first slide."""
    found = _get_deck(deck)
    return _shown(request, found, found.slides[0])


@require_safe
def slide(request: Request, deck: str, slide: str) -> HttpResponse:
    """One slide, at the step in the address; a name that is not there leads to the nearest, and says so."""
    found = _get_deck(deck)
    if slide.isascii() and slide.isdigit() and 1 <= int(slide[:4]) <= len(found.slides):
        return redirect(f"/slides/{found.slug}/{found.slides[int(slide[:4]) - 1].name}/")
    if slide not in found.names:
        near = found.nearest(slide)
        return redirect(f"/slides/{found.slug}/{near.name}/?gone=1")
    return _shown(request, found, found.slides[found.names[slide] - 1])


@require_safe
@ready
def overview(request: HttpRequest, deck: str) -> HttpResponse:
    """Every slide of a deck, small."""
    found = _get_deck(deck)
    return render(request, "slides/overview.html", {"deck": found, "slides": found.slides})


@require_safe
@ready
def transcript(request: HttpRequest, deck: str) -> HttpResponse:
    """Every slide of a deck as text, one below the other."""
    return render(request, "slides/transcript.html", {"deck": _get_deck(deck)})


def _shown(request: Request, deck: Deck, slide: Slide) -> HttpResponse:
    number = deck.names[slide.name]
    step = min(_step(request), slide.steps)
    before = deck.slides[number - 2] if number > 1 else None
    after = deck.slides[number] if number < len(deck.slides) else None
    base = f"/slides/{deck.slug}/"
    following = f"{base}{after.name}/" if after else ""
    context = {
        "deck": deck,
        "slide": slide,
        "number": number,
        "step": step,
        "body": slide.at(step),
        "back": f"{base}{slide.name}/?step={step - 1}" if step else _last(base, before),
        "on": f"{base}{slide.name}/?step={step + 1}" if step < slide.steps else following,
        "before": _last(base, before),
        "after": following,
        "gone": "gone" in request.GET,
    }
    response = render(request, "slides/slide.html" + ("#slide" if request.htmx else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _last(base: str, slide: Slide | None) -> str:
    """The address of a slide with all of it shown."""
    if slide is None:
        return ""
    return f"{base}{slide.name}/" + (f"?step={slide.steps}" if slide.steps else "")


def _step(request: HttpRequest) -> int:
    """The step in the address; 0 where it is none."""
    text = request.GET.get("step", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _get_deck(slug: str) -> Deck:
    try:
        return decks()[slug]
    except KeyError:
        raise Http404 from None
