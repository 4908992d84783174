"""Who is asking: a learner without a login, known by a random key in a signed cookie.

The key is made when there is something to keep, and goes with it. A second cookie says to scripts
that something is kept, so that the first page of a stranger asks for nothing personal.
"""

import secrets
from base64 import urlsafe_b64encode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from lecture.models import Learner, today

YEAR = 365 * 24 * 60 * 60  # seconds that the cookie lives after its last use


def current(request: HttpRequest) -> Learner | None:
    """The learner whose cookie came with the request, or None; a forged cookie is none."""
    key = request.get_signed_cookie(settings.LEARNER_COOKIE_NAME, default=None, max_age=YEAR)
    learner = Learner.objects.filter(key=key).first() if key else None
    if learner and learner.seen_on != today():
        learner.seen_on = today()
        learner.save(update_fields=["seen_on"])
    return learner


def current_or_new(request: HttpRequest) -> Learner:
    """The learner of the request, made where there is none: call only to keep something."""
    return current(request) or Learner.objects.get_or_create(key=_key(request))[0]


def _key(request: HttpRequest) -> str:
    """43 characters made from the random secret behind the form.

    Two tabs that are read to the end together send two forms before either has its answer: with the same
    secret behind them they are one learner and not two.
    """
    secret = request.META.get("CSRF_COOKIE") or secrets.token_urlsafe(32)
    digest = salted_hmac("lecture.learners", secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def remember(response: HttpResponse, learner: Learner) -> HttpResponse:
    """Send the learner's cookies with the response."""
    for name, value in ((settings.LEARNER_COOKIE_NAME, learner.key), (settings.KEPT_COOKIE_NAME, "1")):
        secret = name == settings.LEARNER_COOKIE_NAME
        put = response.set_signed_cookie if secret else response.set_cookie
        put(name, value, max_age=YEAR, secure=settings.CSRF_COOKIE_SECURE, httponly=secret, samesite="Lax")
    return response


def settle(request: HttpRequest, response: HttpResponse, learner: Learner | None) -> HttpResponse:
    """After a personal answer: the cookies of a learner live on, those of nobody go."""
    if learner:
        return remember(response, learner)
    return forget(response, None) if settings.KEPT_COOKIE_NAME in request.COOKIES else response


def forget(response: HttpResponse, learner: Learner | None) -> HttpResponse:
    """Delete the learner, all that is kept, and the cookies."""
    if learner:
        learner.delete()
    for name in (settings.LEARNER_COOKIE_NAME, settings.KEPT_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    return response
