"""`manage.py instructor`: the first account, and the last."""

import sys
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

GOOD = "a tap that drips all night"
pytestmark = pytest.mark.django_db
MODULE = "lecture.management.commands.instructor"


@pytest.fixture(autouse=True)
def _quick(settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name in ("INSTRUCTOR_NAME", "INSTRUCTOR_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def typing(monkeypatch):
    """Somebody at a terminal, who types these answers."""

    def typing(*answers: str) -> None:
        left = list(answers)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda question: left.pop(0))
        monkeypatch.setattr(f"{MODULE}.getpass", lambda question: left.pop(0))

    return typing


def run(*args: str) -> str:
    out = StringIO()
    call_command("instructor", *args, stdout=out)
    return out.getvalue()


def test_it_asks_and_makes_the_account(typing):
    typing("ada", GOOD, GOOD)
    assert run() == "ada can sign in now, at /sign-in/.\n"
    user = User.objects.get()
    assert (user.username, user.check_password(GOOD), user.is_superuser) == ("ada", True, False)


def test_a_script_says_it_in_the_environment(monkeypatch):
    monkeypatch.setenv("INSTRUCTOR_NAME", "ada")
    monkeypatch.setenv("INSTRUCTOR_PASSWORD", GOOD)
    run()
    run("--name", "bob")
    assert [user.check_password(GOOD) for user in User.objects.all()] == [True, True]


def test_where_nobody_can_be_asked_it_says_what_to_give(monkeypatch):
    monkeypatch.setattr(sys, "stdin", StringIO(""))
    for args in ((), ("--name", "ada")):
        with pytest.raises(CommandError, match=r"Give --name .* and the password in INSTRUCTOR_PASSWORD"):
            run(*args)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "This password is too short. It must contain at least 12 characters."),
        ("314159265358979", "This password is entirely numeric."),
        ("qwertyuiop123", "This password is too common."),
        ("ada-lovelace-1", "The password is too similar to the username."),
        ("", "This password is too short."),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(typing, password, reason):
    typing(password, password)
    with pytest.raises(CommandError) as refused:
        run("--name", "ada-lovelace")
    assert str(refused.value).startswith(reason)
    assert str(refused.value).endswith("Nothing was made.")
    assert User.objects.count() == 0


def test_two_that_differ_make_nothing(typing):
    typing(GOOD, GOOD + "!")
    with pytest.raises(CommandError, match="differ"):
        run("--name", "ada")
    assert User.objects.count() == 0


@pytest.mark.parametrize("name", ["a b", "ada!", "x" * 151, "   "])
def test_a_name_that_cannot_be_is_refused(typing, name):
    typing(GOOD, GOOD)
    with pytest.raises(CommandError, match=r"^The name: "):
        run("--name", name)


def test_a_name_that_somebody_has_is_refused_whatever_its_capitals(typing):
    User.objects.create_user("Ada")
    typing(GOOD, GOOD)
    with pytest.raises(CommandError) as refused:
        run("--name", "ada")
    assert str(refused.value) == (
        "There is an instructor Ada already. manage.py changepassword Ada gives another password."
    )


def test_an_account_can_be_removed():
    User.objects.create_user("ada")
    User.objects.create_user("bob")
    assert run("--name", "ada", "--remove") == "ada can no longer sign in.\n"
    with pytest.raises(CommandError, match=r"^There is no instructor ada\. There are: bob\.$"):
        run("--name", "ada", "--remove")
    assert User.objects.get().username == "bob"


def test_whoever_thinks_better_of_it_makes_nothing(typing, monkeypatch):
    def away(question):
        raise KeyboardInterrupt

    typing()
    monkeypatch.setattr("builtins.input", away)
    with pytest.raises(CommandError, match=r"^Nothing was made\.$"):
        run()
