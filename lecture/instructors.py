"""Who may see what is not for students: speaker view, notes, answer keys, statistics.

Whoever is signed in (lecture/signin/), and everybody on a purely local installation: one that is bound to this
machine alone, has no public address, and is asked by this machine itself and not on behalf of another.
Sessions and users are looked at in the views that ask for it here, and nowhere else.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import decorator_from_middleware

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

HERE = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}
PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")

_session = decorator_from_middleware(SessionMiddleware)
_user = decorator_from_middleware(AuthenticationMiddleware)


def recognised(view: View[P]) -> View[P]:
    """Give a view `request.session` and `request.user`; nobody keeps a copy of its answer."""

    @wraps(view)
    def respond(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return cast(View[P], _session(_user(respond)))


def instructor_only(view: View[P]) -> View[P]:
    """Let instructors in; send everybody else to the sign-in, which leads back."""

    @wraps(view)
    def respond(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if is_instructor(request) else _to_the_door(request)

    return recognised(respond)


def is_instructor(request: HttpRequest) -> bool:
    """Whether the request is an instructor's; only within a view that is `recognised`."""
    return request.user.is_authenticated or is_local(request)


def is_local(request: HttpRequest) -> bool:
    """Whether this machine asks itself. A proxy in front names whom it asks for, or is a public address."""
    passed_on = any(name in request.headers for name in PASSED_ON)
    return settings.PURELY_LOCAL and request.META.get("REMOTE_ADDR") in HERE and not passed_on


def _to_the_door(request: HttpRequest) -> HttpResponse:
    if "HX-Request" in request.headers:  # a redirection would put the whole sign-in page into a part of another
        back = getattr(request, "htmx", None) and request.htmx.current_url_abs_path  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": _door(back or "/")})
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
    return redirect(_door(back))


def _door(back: str) -> str:
    return f"{settings.LOGIN_URL}?{urlencode({'next': back}, safe='/')}"
