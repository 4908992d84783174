"""How often a password may be tried. The count is in the database, which all workers and machines share.

Five attempts at a name, then one a minute, until nobody has tried for a quarter of an hour. All strangers together
have thirty, so that nobody keeps the processors busy with the hashes of passwords. A browser from which somebody has
signed in before is counted apart, so that a stranger at the door does not lock an instructor out (OWASP, “Slow Down
Online Guessing Attacks with Device Cookies”). Kept are keyed hashes alone, of names and of such browsers: no names,
no addresses.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from lecture.models import Knock

FREE, FREE_TOGETHER = 5, 30  # attempts without a wait, at one name and of all strangers
WAIT = timedelta(minutes=1)
QUIET = timedelta(minutes=15)
KNOWN = 180 * 24 * 60 * 60  # seconds that a browser is known
EVERYBODY = "everybody"


def whose(request: HttpRequest, name: str) -> tuple[str, ...]:
    """What an attempt at `name` counts for: the browser where it is known, else the name and everybody."""
    account = key(name.casefold())
    door = request.get_signed_cookie(settings.DOOR_COOKIE_NAME, default=None, max_age=KNOWN) or ""
    return (key(door),) if door.startswith(f"{account}.") else (account, EVERYBODY)


def knock(whose: tuple[str, ...], now: datetime) -> int:
    """Count an attempt before it is looked at; the seconds to wait, 0 where it may be looked at."""
    Knock.objects.filter(last__lt=now - QUIET).delete()
    for who in whose:
        Knock.objects.get_or_create(who=who, defaults={"last": now})
        free = Q(count__lt=FREE_TOGETHER if who == EVERYBODY else FREE) | Q(last__lte=now - WAIT)
        if not Knock.objects.filter(free, who=who).update(count=F("count") + 1, last=now):
            last = Knock.objects.filter(who=who).values_list("last", flat=True).first() or now
            return max(1, round((last + WAIT - now).total_seconds()))
    return 0


def forgive(whose: tuple[str, ...]) -> None:
    """After the right password: the attempts are forgotten, and for everybody this one."""
    Knock.objects.filter(who__in=whose).exclude(who=EVERYBODY).delete()
    if EVERYBODY in whose:
        Knock.objects.filter(who=EVERYBODY, count__gt=0).update(count=F("count") - 1)


def know(response: HttpResponse, name: str) -> None:
    """Let the browser show next time that somebody of that name has signed in from it."""
    value = f"{key(name.casefold())}.{secrets.token_urlsafe(12)}"
    secure = settings.CSRF_COOKIE_SECURE
    response.set_signed_cookie(
        settings.DOOR_COOKIE_NAME, value, max_age=KNOWN, secure=secure, httponly=True, samesite="Lax"
    )


def key(text: str) -> str:
    """What is kept in place of `text`: 64 characters that nobody can turn back."""
    return salted_hmac("lecture.signin", text, algorithm="sha256").hexdigest()
