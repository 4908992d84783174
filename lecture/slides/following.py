"""PRESENT: all who follow a talk ask each second, and nearly always hear that nothing has changed.

That answer is given before anything else is asked, because there are many of it; it has no body and tells nothing.
Where this worker saw the talk a moment ago, even Django is not asked.
"""

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from lecture.slides import records

LINK = re.compile(r"/slides/talks/([\w-]{1,64})/", re.ASCII)
NAME = re.compile(r"[\w-]{1,16}", re.ASCII)
AS = re.compile(rf"(?:^|&)as=({NAME.pattern})(?:&|$)", re.ASCII)
NOT_MODIFIED = f"{HTTPStatus.NOT_MODIFIED.value} {HTTPStatus.NOT_MODIFIED.phrase}"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def door(application: Application) -> Application:
    """The site as a WSGI application, with 304 at its door for a window that knows what was seen a moment ago."""

    def respond(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        token = follows(environ)
        if token and same(records.lately(token), environ):
            start_response(NOT_MODIFIED, [("ETag", environ["HTTP_IF_NONE_MATCH"])])
            return []
        return application(environ, start_response)

    return respond


def unchanged(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """304 for a window that knows the present state of its talk; whatever else is asked goes on to the view."""

    def respond(request: HttpRequest) -> HttpResponse:
        token = follows(request.META)
        if token and same(records.glance(token, timezone.now()), request.META):
            return HttpResponseNotModified(headers={"ETag": request.META["HTTP_IF_NONE_MATCH"]})
        return get_response(request)

    return respond


def follows(environ: dict[str, Any]) -> str:
    """The link of a talk that is asked for by somebody who knows a state of it; else nothing."""
    if "HTTP_IF_NONE_MATCH" in environ and environ["REQUEST_METHOD"] == "GET":
        link = LINK.fullmatch(environ.get("PATH_INFO", ""))
        return link[1] if link else ""
    return ""


def same(seen: records.Glance | None, environ: dict[str, Any]) -> bool:
    """Whether a window that asks knows all that was seen, and nothing need be noted of it."""
    return seen is not None and environ["HTTP_IF_NONE_MATCH"] == etag(seen) and not seen.due(asker(environ), second())


def asker(environ: dict[str, Any]) -> str:
    """The name of chance that a speaker's window gives itself; "" is none."""
    found = AS.search(environ.get("QUERY_STRING", ""))
    return found[1] if found else ""


def etag(seen: records.Glance) -> str:
    """What stands for the state of a talk and those who are there."""
    return f'W/"{seen.turn}.{seen.changes}.{seen.present(second())}"'


def second() -> int:
    """Now, in seconds since 1970."""
    return int(timezone.now().timestamp())
