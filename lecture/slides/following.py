"""PRESENT: all who follow a talk ask each second, and nearly always hear that nothing has changed.

That answer is given before anything else is asked, because there are many of it; it has no body and tells nothing.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from lecture.slides import records

LINK = re.compile(r"/slides/talks/([\w-]{1,64})/", re.ASCII)
NAME = re.compile(r"[\w-]{1,16}", re.ASCII)


def unchanged(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """304 for a window that knows the present state of its talk; whatever else is asked goes on to the view."""

    def respond(request: HttpRequest) -> HttpResponse:
        known, link = request.META.get("HTTP_IF_NONE_MATCH"), LINK.fullmatch(request.path_info)
        if known and link and request.method == "GET":
            seen = records.glance(link[1], timezone.now())
            if seen and known == etag(seen) and not seen.due(*asker(request)):
                return HttpResponseNotModified(headers={"ETag": known})
        return get_response(request)

    return respond


def asker(request: HttpRequest) -> tuple[str, int]:
    """The name of chance that a speaker's window gives itself ("" is none), and the second."""
    who = request.GET.get("as", "") if request.META.get("QUERY_STRING") else ""
    return who if NAME.fullmatch(who) else "", second()


def etag(seen: records.Glance) -> str:
    """What stands for the state of a talk and those who are there."""
    return f'W/"{seen.turn}.{seen.changes}.{seen.present(second())}"'


def second() -> int:
    """Now, in seconds since 1970."""
    return int(timezone.now().timestamp())
