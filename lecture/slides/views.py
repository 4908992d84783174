"""PRESENT: one slide a page, the same for everybody; notes are in speaking.py."""

from typing import Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from lecture.course.errors import Missing
from lecture.ready import kept, ready
from lecture.slides import paper, records
from lecture.slides.deck import Deck, Slide, beyond, decks, unwritten


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@require_safe
@ready
def shelf(request: HttpRequest) -> HttpResponse:
    """Every deck."""
    return render(request, "slides/shelf.html", {"decks": decks().values(), "unwritten": unwritten()})


@require_safe
def deck(request: Request, deck: str) -> HttpResponse:
    """The first slide."""
    found = get_deck(deck)
    return _shown(request, found, found.slides[0])


@require_safe
def slide(request: Request, deck: str, slide: str) -> HttpResponse:
    """One slide, at the step in the address; a name that is not there leads to the nearest, and says so."""
    found = get_deck(deck)
    if "talk" in request.GET and records.find(request.GET["talk"], timezone.now()) is None:
        return over(request)
    if slide.isascii() and slide.isdigit() and 1 <= int(slide[:4]) <= len(found.slides):
        return redirect(f"/slides/{found.slug}/{found.slides[int(slide[:4]) - 1].name}/")
    if slide not in found.names:
        near = found.nearest(slide)
        query = {"gone": 1} | {name: request.GET[name] for name in ("talk",) if name in request.GET}
        return redirect(f"/slides/{found.slug}/{near.name}/?{urlencode(query)}")
    return _shown(request, found, found.slides[found.names[slide] - 1])


@require_safe
@ready
def overview(request: HttpRequest, deck: str) -> HttpResponse:
    """Every slide of a deck, small."""
    found = get_deck(deck)
    return render(request, "slides/overview.html", {"deck": found, "sheets": list(paper.sheets(found))})


@require_safe
@ready
def transcript(request: HttpRequest, deck: str) -> HttpResponse:
    """Every slide of a deck as text, one below the other."""
    return render(request, "slides/transcript.html", {"deck": get_deck(deck)})


@require_safe
@ready
def handout(request: HttpRequest, deck: str, kind: paper.Kind) -> HttpResponse:
    """A deck on paper, without what only the speaker sees."""
    return on_paper(request, get_deck(deck), kind)


def on_paper(request: HttpRequest, deck: Deck, kind: paper.Kind) -> HttpResponse:
    """A deck on paper; addresses are whole where the installation has a public one."""
    found = paper.pages(deck) if kind == "slides" else paper.sheets(deck)
    context = {"deck": deck, "kind": kind, "kinds": paper.KINDS, "sheets": list(found), "base": settings.COURSE_URL}
    return render(request, "slides/handout.html", context)


def to_print(deck: Deck, kind: paper.Kind) -> str:
    """The same page for a printer that asks without a request."""
    request = HttpRequest()
    request.method, request.path = "GET", reverse("handout", args=[deck.slug])
    return on_paper(request, deck, kind).content.decode()


def over(request: HttpRequest) -> HttpResponse:
    """410: the talk of a link is over. The slides are still there."""
    if "application/json" in request.headers.get("Accept", ""):
        response: HttpResponse = JsonResponse({"over": True}, status=410)
    else:
        alone = request.path if "talk" in request.GET else "/slides/"
        response = render(request, "slides/over.html", {"alone": alone}, status=410)
    add_never_cache_headers(response)
    return response


def _shown(request: Request, deck: Deck, slide: Slide) -> HttpResponse:
    step, gone = min(asked_step(request), slide.steps), "gone" in request.GET
    template = "slides/slide.html" + ("#slide" if request.htmx else "")

    def show() -> HttpResponse:
        return render(request, template, standing(deck, slide, step) | {"gone": gone})

    response = kept(request, f"{template} {deck.slug}/{slide.name} {step} {gone}", show)
    patch_vary_headers(response, ["HX-Request"])
    return response


def standing(deck: Deck, slide: Slide, step: int) -> dict[str, Any]:
    """A slide at a step, and where it goes from there. The last slide of a part leads to the next part."""
    number, step = deck.names[slide.name], min(step, slide.steps)
    before, after = _neighbour(deck, number - 2, -1), _neighbour(deck, number, 1)
    here, following = f"/slides/{deck.slug}/{slide.name}/", _first(after)
    return {
        "deck": deck,
        "slide": slide,
        "number": number,
        "step": step,
        "body": slide.at(step),
        "back": f"{here}?step={step - 1}" if step else _last(before),
        "on": f"{here}?step={step + 1}" if step < slide.steps else following,
        "before": _last(before),
        "after": following,
        "following": after,
    }


Place = tuple[Deck, Slide]


def _neighbour(deck: Deck, at: int, way: Literal[1, -1]) -> Place | None:
    if 0 <= at < len(deck.slides):
        return deck, deck.slides[at]
    other = beyond(deck, way)
    return (other, other.slides[0 if way > 0 else -1]) if other else None


def _first(place: Place | None) -> str:
    """The address of a slide as it begins."""
    return f"/slides/{place[0].slug}/{place[1].name}/" if place else ""


def _last(place: Place | None) -> str:
    """The address of a slide with all of it shown."""
    return _first(place) + (f"?step={place[1].steps}" if place and place[1].steps else "")


def asked_step(request: HttpRequest) -> int:
    """The step in the address; 0 where it is none."""
    text = request.GET.get("step", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def get_deck(slug: str) -> Deck:
    """The deck of that name; raises Http404, for a part that is not written yet with a word on it."""
    if slug in decks():
        return decks()[slug]
    for part in unwritten():
        if part.info.slug == slug:
            said = f"Part {part.number} has no slides yet: none of its sections is written."
            raise Missing(said, (part.address, part.info.title), ("/slides/", "The other decks"))
    raise Http404
