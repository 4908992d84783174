"""The instructors' door. Nobody else has an account."""

import unicodedata

from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lecture.instructors import is_local, recognised
from lecture.signin import knocks

EMPTY = "Write your name and your password."
WRONG = "Name and password do not fit together. Capitals count in both."
FIELDS = ("old_password", "new_password1", "new_password2")
DONE = {"out": "You are signed out.", "password": "Your password is changed. Other browsers are signed out."}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@recognised
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door; who is in already finds what is behind it."""
    if request.method == "POST":
        return _enter(request)
    if request.user.is_authenticated and _next(request):
        return redirect(_next(request))
    return _door(request)


@require_POST
@recognised
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("/sign-in/?done=out")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters(*FIELDS)
@recognised
def password(request: HttpRequest) -> HttpResponse:
    """Another password, for who knows the present one."""
    if not isinstance(request.user, User):
        return redirect("/sign-in/?next=/password/")
    if request.method != "POST":
        return _change(request, PasswordChangeForm(request.user))
    if not all(request.POST.get(name) for name in FIELDS):
        return _change(request, PasswordChangeForm(request.user), "Fill in all three fields.", 400)
    whose = (knocks.key(f"password {request.user.pk}"),)
    if wait := knocks.knock(whose, timezone.now()):
        return _too_often(_change(request, PasswordChangeForm(request.user), _wait(wait), 429), wait)
    form = PasswordChangeForm(request.user, request.POST)
    if "old_password" not in form.errors:
        knocks.forgive(whose)
    if not form.is_valid():
        return _change(request, form, status=400)
    update_session_auth_hash(request, form.save())
    return redirect("/sign-in/?done=password")


def _enter(request: HttpRequest) -> HttpResponse:
    name = unicodedata.normalize("NFKC", request.POST.get("username", "")).strip()
    if not name or not request.POST.get("password"):
        return _door(request, EMPTY, name, 400)
    whose = knocks.whose(request, name)
    if wait := knocks.knock(whose, timezone.now()):
        return _too_often(_door(request, _wait(wait), name, 429), wait)
    form = AuthenticationForm(request, {"username": name, "password": request.POST["password"]})
    if not form.is_valid():
        return _door(request, WRONG, name, 400)
    knocks.forgive(whose)
    login(request, form.get_user())
    response = redirect(_next(request) or "/sign-in/")
    knocks.know(response, name)
    return response


def _door(request: HttpRequest, mend: str = "", name: str = "", status: int = 200) -> HttpResponse:
    context = {
        "user": request.user,
        "local": is_local(request),
        "next": _next(request),
        "mend": mend,
        "name": name[:150],
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "signin/door.html", context, status=status)


def _change(request: HttpRequest, form: PasswordChangeForm, mend: str = "", status: int = 200) -> HttpResponse:
    mends = [mend] if mend else [str(text) for texts in form.errors.values() for text in texts]
    return render(request, "signin/password.html", {"form": form, "mends": mends, "user": request.user}, status=status)


def _wait(seconds: int) -> str:
    return f"Too many attempts. Wait {seconds} second{'s' * (seconds != 1)}, then try again."


def _too_often(response: HttpResponse, seconds: int) -> HttpResponse:
    response.headers["Retry-After"] = str(seconds)
    return response


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of this site, "" where there is none or it leads elsewhere."""
    to = request.POST.get("next", "") or request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(to, allowed_hosts=None, require_https=request.is_secure())
    return to if here and to.startswith("/") else ""
