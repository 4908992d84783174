"""DECIDE: one question a page, then a home with its reasons. Nothing is kept; the address is all there is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe
from django_htmx.middleware import HtmxDetails

from lecture.costs.prices import price_sheet
from lecture.ready import ready
from lecture.wizard import load, wording
from lecture.wizard.asking import Asked, address, asked
from lecture.wizard.record import record
from lecture.wizard.room import room
from lecture.wizard.walking import walk


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@require_safe
def wizard(request: Request) -> HttpResponse:
    """A question, or where the answers lead; a preset is turned into its answers."""
    said = _asked(request)
    if said.preset:
        flow = load.flow()
        return redirect(address(flow, flow.presets[said.preset].answers))
    response = _answered(request, said) if request.GET or request.htmx else _start(request)
    patch_vary_headers(response, ["HX-Request"])
    return response


@ready
def _start(request: HttpRequest) -> HttpResponse:
    return _page(request, asked(wording.shown(), {}), "wizard/wizard.html")


@gzip_page
@conditional_page
def _answered(request: Request, said: Asked) -> HttpResponse:
    response = _page(request, said, "wizard/wizard.html" + "#way" * bool(request.htmx))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _page(request: HttpRequest, said: Asked, template: str) -> HttpResponse:
    context = {"room": room(walk(wording.shown(), said.answers), said, price_sheet())}
    return render(request, template, context, status=400 if said.refused else 200)


@require_safe
def take(request: Request) -> HttpResponse:
    """The decision record; where a question is open, the page that asks it."""
    said = _asked(request)
    found = walk(wording.written(), said.answers)
    if said.refused or found.next:
        return redirect(f"{address(load.flow(), said.answers)}")
    response = HttpResponse(record(found, price_sheet(), localdate()), content_type="text/markdown; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="decision-record.md"'
    return response


def _asked(request: HttpRequest) -> Asked:
    """What the address says; another instructor's course may lack a wizard."""
    if not load.there():
        raise Http404
    return asked(wording.shown(), dict(request.GET.lists()))
