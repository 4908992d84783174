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
from django.utils.cache import patch_vary_headers
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
        return kept(request, request.path_info, lambda: view(request, *args, **kwargs))

    update_wrapper(respond, view)
    return respond


def kept(request: HttpRequest, key: str, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page of that key, rendered when it is first asked for. There must be an end to the keys."""
    page = None if settings.DEBUG else _pages.get(key)
    if page is None:
        response = render()
        page = _pages[key] = Page(response.content, response.headers["Content-Type"])
    return page.response(request)


def squeezed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that is for one person, as gzip if the browser takes it.

    Not for one that has a secret beside what a stranger can put into it: its length would tell (BREACH).
    """
    patch_vary_headers(response, ["Accept-Encoding"])
    if _encoding(request.headers.get("Accept-Encoding", "")):
        response.content = gzip.compress(response.content, 5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response


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
