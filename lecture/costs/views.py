"""COUNT: three calculators whose state is the address; nothing is kept, and no page is anybody's own."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe
from django_htmx.http import replace_url
from django_htmx.middleware import HtmxDetails

from lecture.costs import bill_room, break_room, trap_room
from lecture.costs.fields import Answers, Query
from lecture.costs.pages import FILE, PageId, costs
from lecture.costs.prices import price_sheet
from lecture.ready import ready

DATA = ("prices.toml", FILE)


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class State:
    """What an address holds: the query that leads back here, whether a slider was sent, whether something is wrong."""

    query: str
    slid: bool
    wrong: bool

    @classmethod
    def of(cls, asked: Answers) -> "State":
        """The state of a form that is nothing but its fields."""
        return cls(asked.query(), asked.slid, bool(asked.wrong))


@require_safe
@ready
def overview(request: HttpRequest) -> HttpResponse:
    """The three calculators, and what each of them opens with."""
    _have_data()
    sheet = price_sheet()
    context = {
        "bill": bill_room.room(bill_room.asked({}), sheet, costs()),
        "bills": bill_room.usual(sheet),
        "even": break_room.room(break_room.asked({}), sheet),
        "traps": trap_room.of_all(trap_room.room(trap_room.asked({}), sheet, costs())),
        "page": costs().of("costs"),
        "pages": costs(),
        "here": "costs",
    }
    return render(request, "costs/overview.html", context)


@require_safe
@gzip_page
@conditional_page
def bill(request: Request) -> HttpResponse:
    """The capstone's month."""
    _have_data()
    asked = bill_room.asked(_query(request))
    room = bill_room.room(asked, price_sheet(), costs())
    state = State(asked.query(), asked.answers.slid, bool(asked.answers.wrong or asked.problem))
    return _page(request, "bill", "costs/bill.html", room, state)


@require_safe
@gzip_page
@conditional_page
def break_even(request: Request) -> HttpResponse:
    """Lambda against Fargate."""
    _have_data()
    asked = break_room.asked(_query(request))
    room = break_room.room(asked, price_sheet())
    return _page(request, "break-even", "costs/break_even.html", room, State.of(asked))


@require_safe
@gzip_page
@conditional_page
def traps(request: Request) -> HttpResponse:
    """Eleven traps and an exercise."""
    _have_data()
    asked = trap_room.asked(_query(request))
    room = trap_room.room(asked, price_sheet(), costs())
    return _page(request, "traps", "costs/traps.html", room, State.of(asked))


def _have_data() -> None:
    """Another instructor's course may lack the sheet or the texts; then there are no calculators."""
    if not all((settings.COURSE_CONTENT / name).exists() for name in DATA):
        raise Http404


def _query(request: HttpRequest) -> Query:
    return dict(request.GET.lists())


def _page(request: Request, id: PageId, template: str, room: Any, state: State) -> HttpResponse:
    """The page, or for htmx what changes of it; a slider that was sent leads to the address that it stands for."""
    address = f"/costs/{id}/" + (f"?{state.query}" if state.query else "")
    if state.slid and not request.htmx:
        return HttpResponseRedirect(address)
    context = {"room": room, "page": costs().of(id), "states": costs().states(id), "here": id, "address": address}
    status = 400 if state.wrong and not request.htmx else 200
    response = render(request, template + "#live" * bool(request.htmx), context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return replace_url(response, address) if request.htmx else response
