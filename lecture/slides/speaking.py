"""PRESENT: the speaker view, and the talk that keeps several windows and devices in step.

A talk has two links. The speaker's shows notes and keeps the clock, the screen's only follows and leads. Each holds
256 bits of chance, which is why what is done through it needs neither a sign-in nor a token against forged forms.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from math import ceil
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lecture.instructors import instructor_only
from lecture.models import Talk
from lecture.ready import squeezed
from lecture.slides import records
from lecture.slides.bar import WIDTHS, bar
from lecture.slides.deck import Deck, Slide, decks
from lecture.slides.following import NAME, asker, etag, second
from lecture.slides.talk import Plan, hours, said
from lecture.slides.views import asked_step, get_deck, on_paper, over, standing

HERE = {"localhost", "127.0.0.1", "[::1]", "testserver"}
DOES = {"start", "pause", "reset", "end"}


@require_safe
@instructor_only
def speaker(request: HttpRequest, deck: str) -> HttpResponse:
    """Notes, what comes next, and where to begin a talk."""
    found = get_deck(deck)
    return _page(request, found, _slide(found, request.GET.get("slide", "")), asked_step(request))


@require_safe
@instructor_only
def handout(request: HttpRequest, deck: str) -> HttpResponse:
    """A deck on paper with the notes, the questions and their answers."""
    return on_paper(request, get_deck(deck), "notes")


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_only
def talks(request: HttpRequest) -> HttpResponse:
    """Begin a talk; whoever only looks is led to the decks."""
    if request.method != "POST":
        return redirect("/slides/")
    deck = get_deck(request.POST.get("deck", ""))
    slide, step = _slide(deck, request.POST.get("slide", "")), _number(request.POST.get("step", ""))
    try:
        plan = said(_until(deck, request.POST.get("until", "")), request.POST.dict(), _now(request))
    except ValueError as error:
        return _page(request, deck, slide, step, mend=str(error))
    talk = records.begin(deck, slide, step, plan, timezone.now())
    return redirect(f"/slides/talks/{talk.key}/speaker/")


def by_link(keys: Literal["any", "speaker"]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Give a view the talk of the link; over, unknown, or the screen's link where the speaker's is needed: 410."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def respond(request: HttpRequest, token: str) -> HttpResponse:
            talk = records.find(token, timezone.now())
            if talk is None or (keys == "speaker" and token != talk.key):
                return over(request)
            response = view(request, talk)
            add_never_cache_headers(response)
            return response

        return csrf_exempt(respond)  # the link is the secret; see the head of this module

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
def talk(request: HttpRequest, token: str) -> HttpResponse:
    """Where the talk is, for who does not know it yet (following.py answers the others); or a move of it."""
    return _move(request, token) if request.method == "POST" else _state(request, token)


@require_safe
@by_link("speaker")
def talk_speaker(request: HttpRequest, talk: Talk) -> HttpResponse:
    """The speaker view of a talk: at its place, or at the one in the address."""
    if "deck" in request.GET:
        deck = get_deck(request.GET["deck"])
        return _page(request, deck, _slide(deck, request.GET.get("slide", "")), asked_step(request), talk)
    return _page(request, *records.place(talk), talk.step, talk)


@require_POST
@by_link("speaker")
def talk_clock(request: HttpRequest, talk: Talk) -> HttpResponse:
    """Start, pause, reset the clock, or end the talk."""
    do = request.POST.get("do", "")
    if do not in DOES:
        return HttpResponseBadRequest("do: start, pause, reset or end\n", content_type="text/plain")
    records.turn_clock(talk, do, timezone.now())
    return redirect(_home(talk) if do != "end" else f"/slides/{talk.deck}/")


@require_POST
@by_link("speaker")
def talk_plan(request: HttpRequest, talk: Talk) -> HttpResponse:
    """Another plan for the talk."""
    try:
        first = get_deck(records.plan(talk).decks[0])
        plan = said(_until(first, request.POST.get("until", "")), request.POST.dict(), _now(request))
    except ValueError as error:
        return _page(request, *records.place(talk), talk.step, talk, mend=str(error))
    records.replan(talk, plan)
    return redirect(_home(talk))


@by_link("any")
def _state(request: HttpRequest, talk: Talk) -> HttpResponse:
    who, now = asker(request.META), second()
    if records.Glance(talk.turn, talk.changes, talk.speakers).due(who, now):
        records.note(talk, who, now)
    seen = records.Glance(talk.turn, talk.changes, talk.speakers)
    told = _told(talk) | {"speakers": seen.present(now)}
    return JsonResponse(told, headers={"ETag": etag(seen)})


@by_link("any")
def _move(request: HttpRequest, talk: Talk) -> HttpResponse:
    """Move a talk that stands where the mover thinks it does; else 409, and where it stands."""
    scripted = "application/json" in request.headers.get("Accept", "")
    deck = decks().get(request.POST.get("deck", ""))
    if deck is None or request.POST.get("slide") not in deck.names:
        return HttpResponseBadRequest("No such slide\n", content_type="text/plain")
    by = request.POST.get("by", "")
    moved = records.move(
        talk,
        deck,
        _slide(deck, request.POST["slide"]),
        _number(request.POST.get("step", "")),
        black=request.POST.get("black") == "1",
        turn=_number(request.POST.get("turn", ""), -1),
        by=by if NAME.fullmatch(by) else "",
        when=_number(request.POST.get("when", "")),
    )
    if not scripted:
        return redirect(_home(talk) + "?late=1" * (not moved))
    return JsonResponse(_told(talk), status=200 if moved else 409)


def _told(talk: Talk) -> dict[str, Any]:
    """A talk as scripts read it; times in milliseconds since 1970, minutes where it says so."""
    step = f"step={talk.step}" if talk.step else ""
    query = "&".join(filter(None, [step, "black" if talk.black else ""]))
    return {
        "id": talk.wall,  # no more than a screen knows
        "turn": talk.turn,
        "at": f"/slides/{talk.deck}/{talk.slide}/{'?' * bool(query)}{query}",
        "by": talk.by,
        "when": talk.moved,
        "clock": _clock(talk),
        "now": _ms(timezone.now()),
    }


def _clock(talk: Talk) -> dict[str, Any]:
    plan = records.plan(talk)
    return {
        "planned": records.programme_of(talk).minutes,
        "allowance": plan.allowance,
        "starts": _ms(plan.starts),
        "stops": _ms(plan.stops),
        "started": _ms(talk.started_at),
        "paused": _ms(talk.paused_at),
        "rested": talk.rested * 1000,
    }


def _ms(moment: datetime | None) -> int | None:
    return int(moment.timestamp() * 1000) if moment else None


def _page(
    request: HttpRequest, deck: Deck, slide: Slide, step: int, talk: Talk | None = None, mend: str = ""
) -> HttpResponse:
    context = standing(deck, slide, step) | {"talk": talk, "mend": mend, "late": "late" in request.GET}
    following = context["following"]
    context["next"] = following and standing(following[0], following[1], 0)
    context["said"] = request.POST or _fields(records.plan(talk) if talk else None)
    context["untils"] = _untils(get_deck(records.plan(talk).decks[0]) if talk else deck)
    context |= _of_talk(request, talk, context) if talk else {"running": records.running(timezone.now())}
    part = "HX-Request" in request.headers
    response = render(request, "slides/speaker.html" + "#now" * part, context, status=400 if mend else 200)
    patch_vary_headers(response, ["HX-Request"])
    return squeezed(request, response) if part else response


def _of_talk(request: HttpRequest, talk: Talk, at: dict[str, Any]) -> dict[str, Any]:
    """What a talk adds to the page: pace, clock, links."""
    now, plan = timezone.now(), records.plan(talk)
    place = (at["deck"].slug, at["slide"].name, at["step"])
    keeps, programme = records.pace_of(talk, place, now), records.programme_of(talk)
    span = programme.spans.get(place[:2])
    start = span.start if span else None
    phone = _reached(request)
    return {
        "clock": records.clock(talk),
        "told": _told(talk),
        "elapsed": hours(keeps.elapsed if keeps else max(0, records.clock(talk).taught(now))),
        "time": keeps and hours(keeps.time),
        "left": keeps and hours(ceil(keeps.left)),
        "breaks": [stone.number for stone in programme.pauses(plan.breaks)],
        "pace": keeps,
        "span": span,
        "bars": [bar(programme, plan.breaks, start, keeps, width) for width in WIDTHS] if keeps else [],
        "stops": plan.stops,
        "phone": phone and f"{phone}/slides/talks/{talk.key}/speaker/",
        "code": phone and _code(f"{phone}/slides/talks/{talk.key}/speaker/"),
        "screen": f"/slides/{talk.deck}/{talk.slide}/?talk={talk.wall}",
        "home": _home(talk),
    }


def _home(talk: Talk) -> str:
    return f"/slides/talks/{talk.key}/speaker/"


def _reached(request: HttpRequest) -> str:
    """Where other devices find this site, "" where they do not."""
    if settings.COURSE_URL:
        return str(settings.COURSE_URL)
    host = request.get_host()
    name = re.sub(r":\d+$", "", host)
    if name not in HERE:
        return f"{request.scheme}://{host}"
    others = [name for name in settings.ALLOWED_HOSTS if name not in HERE and not name.startswith((".", "*"))]
    return f"http://{others[0]}{host.removeprefix(name)}" if others else ""


def _code(address: str) -> SafeString:
    """The address as a QR code, an SVG of its own lines."""
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None)
    return mark_safe(drawn.replace("<svg ", '<svg role="img" aria-label="QR code of the address" ', 1))  # noqa: S308 - lines


def _slide(deck: Deck, name: str) -> Slide:
    """The slide of that name, else the nearest; the first where none is named."""
    return deck.slides[deck.names[name] - 1] if name in deck.names else deck.nearest(name)


def _number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else otherwise


def _now(request: HttpRequest) -> datetime:
    """The time where the speaker is: the browser names the zone, else it is the server's own."""
    zone = request.POST.get("zone", "")
    return timezone.now().astimezone(ZoneInfo(zone) if zone in available_timezones() else None)


def _untils(deck: Deck) -> list[tuple[Deck, int]]:
    """How far a talk that begins with a deck may go, and the minutes until then."""
    parts = [other for other in decks().values() if other.part]
    found, total = [], 0
    for other in parts[parts.index(deck) :] if deck.part else [deck]:
        total += other.minutes
        found.append((other, total))
    return found


def _until(deck: Deck, last: str) -> tuple[str, ...]:
    """The decks from one to another; that one alone where the other does not follow it."""
    slugs = [other.slug for other, _ in _untils(deck)]
    return tuple(slugs[: slugs.index(last) + 1]) if last in slugs else (deck.slug,)


def _fields(plan: Plan | None) -> dict[str, Any]:
    """A plan as the fields of its form."""
    if plan is None:
        return {"breaks": 0, "rest": 10}
    times = {name: at.strftime("%H:%M") for name, at in (("start", plan.starts), ("stop", plan.stops)) if at}
    return times | {"breaks": plan.breaks, "rest": plan.rest, "until": plan.decks[-1]}
