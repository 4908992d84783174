"""Pages that are the same for everybody, kept in memory ready compressed and answered with an ETag.

Nothing personal is in them: no CSRF token, learner or time. What is personal comes as a fragment.
"""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, update_wrapper
from hashlib import blake2b
from typing import Concatenate, ParamSpec

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.compress,
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
    "": lambda body: body,
}


@dataclass(frozen=True)
class Page:
    """One rendered page and its compressed forms, each made when first asked for."""

    body: bytes
    content_type: str
    forms: dict[str, bytes] = field(default_factory=dict)  # by encoding

    @cached_property
    def etag(self) -> str:
        """Weak, because it stands for the page in every encoding."""
        return f'W/"{blake2b(self.body, digest_size=12).hexdigest()}"'

    def form(self, encoding: str) -> bytes:
        """The body in an encoding: br, gzip, or "" for none."""
        if encoding not in self.forms:
            self.forms[encoding] = COMPRESS[encoding](self.body)
        return self.forms[encoding]

    def response(self, request: HttpRequest) -> HttpResponse:
        """The page in an encoding that the browser accepts, or 304 where it has it."""
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if self.etag in known or "*" in known:
            response: HttpResponse = HttpResponseNotModified()
        else:
            encoding = _encoding(request.headers.get("Accept-Encoding", ""))
            response = HttpResponse(self.form(encoding), content_type=self.content_type)
            if encoding:
                response.headers["Content-Encoding"] = encoding
        response.headers["ETag"] = self.etag
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = "no-cache"
        return response


_pages: dict[str, Page] = {}


def ready(view: View[P]) -> View[P]:
    """Render once for each path and keep the page; a view that raises Http404 leaves nothing behind."""

    def respond(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        page = None if settings.DEBUG else _pages.get(request.path_info)
        if page is None:
            response = view(request, *args, **kwargs)
            page = Page(response.content, response.headers["Content-Type"])
            _pages[request.path_info] = page
        return page.response(request)

    update_wrapper(respond, view)
    return respond


def forget() -> None:
    """Render every page anew when it is next asked for (tests change the course)."""
    _pages.clear()


def _encoding(accepted: str) -> str:
    """The smallest form that the browser takes: br, gzip or none."""
    offered = {}
    for word in accepted.lower().split(","):
        name, _, rest = word.partition(";")
        offered[name.strip()] = not re.fullmatch(r"\s*q=0(\.0*)?\s*", rest)
    return next((encoding for encoding in ("br", "gzip") if offered.get(encoding)), "")
