"""The instructors' door: who comes in, where to, how often one may try."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.html import strip_tags

from lecture.models import Knock
from lecture.signin import knocks

NAME, PASSWORD = "ada", "a tap that drips all night"
IN = {"username": NAME, "password": PASSWORD}
OUT = {"username": NAME, "password": "wrong"}
WRONG = "Name and password do not fit together. Capitals count in both."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _remote(settings):
    """A site that others reach, with a hash that costs nothing."""
    settings.PURELY_LOCAL = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada(_remote) -> User:
    return User.objects.create_user(NAME, password=PASSWORD)


def words(response) -> str:
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def test_it_works(client, ada):
    page = client.get("/sign-in/")
    assert (page.status_code, "Sign in" in words(page)) == (200, True)
    response = client.post("/sign-in/", IN)
    assert (response.status_code, response.url) == (302, "/sign-in/")
    assert "You are signed in as ada." in words(client.get("/sign-in/"))


def test_the_cookies_are_bound_and_hidden(client, ada, settings):
    cookies = client.post("/sign-in/", IN).cookies
    assert {"instructor", "door"} <= set(cookies)
    for name, age in (("instructor", 12 * 3600), ("door", 180 * 24 * 3600)):
        cookie = cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert (cookie["max-age"], cookie["domain"]) == (age, "")
    assert NAME not in cookies["door"].value


@pytest.mark.parametrize(
    "data",
    [
        OUT,
        {"username": "nobody", "password": PASSWORD},
        {"username": "ADA", "password": PASSWORD},
        {"username": "a\0da", "password": PASSWORD},
        {"username": "ada", "password": "\0"},
        {"username": "a" * 100_000, "password": "b" * 100_000},
    ],
)
def test_what_is_wrong_is_told_alike_and_the_name_is_kept(client, ada, data):
    response = client.post("/sign-in/", data)
    assert response.status_code == 400
    assert WRONG in words(response)
    assert "instructor" not in response.cookies
    assert PASSWORD not in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"username": NAME}, {"password": "x"}, {"username": "  ", "password": "x"}])
def test_half_a_form_is_told_and_does_not_count(client, ada, data):
    response = client.post("/sign-in/", data)
    assert (response.status_code, "Write your name and your password." in words(response)) == (400, True)
    assert Knock.objects.count() == 0


def test_who_was_removed_or_barred_stays_outside(client, ada):
    client.post("/sign-in/", IN)
    ada.is_active = False
    ada.save()
    assert "You are signed in" not in words(client.get("/sign-in/"))
    assert WRONG in words(Client().post("/sign-in/", IN))


@pytest.mark.parametrize("to", ["/quizzes/statistics/?quiz=x", "/password/"])
def test_the_way_leads_back(client, ada, to):
    html = client.get("/sign-in/", {"next": to}).content.decode()
    assert unescape(re.search(r'name="next" value="([^"]+)"', html)[1]) == to
    assert client.post("/sign-in/", {**IN, "next": to}).url == to
    assert client.get("/sign-in/", {"next": to}).url == to


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "http:///evil.example", "evil", "/\t/evil.example", "///evil.example", "https:evil.example"],
)  # fmt: skip
def test_the_way_never_leads_elsewhere(client, ada, to):
    assert 'name="next"' not in client.get("/sign-in/", {"next": to}).content.decode()
    assert client.post("/sign-in/", {**IN, "next": to}).url == "/sign-in/"
    assert client.get("/sign-in/", {"next": to}).status_code == 200


def test_one_leaves_by_a_button_and_not_by_a_link(client, ada):
    client.post("/sign-in/", IN)
    assert client.get("/sign-out/").status_code == 405
    assert Session.objects.count() == 1
    response = client.post("/sign-out/")
    assert (response.url, Session.objects.count()) == ("/sign-in/?done=out", 0)
    assert "You are signed out." in words(client.get(response.url))


def test_a_form_of_another_site_is_refused(ada):
    visitor = Client(enforce_csrf_checks=True)
    for address in ("/sign-in/", "/sign-out/", "/password/"):
        assert visitor.post(address, IN).status_code == 403


def test_nobody_keeps_a_copy(client, ada):
    for address in ("/sign-in/", "/password/"):
        assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/about/privacy/", "/glossary/", "/search/?q=a"])
def test_pages_for_everybody_know_nothing_of_who_is_signed_in(client, ada, address):
    before = client.get(address)
    client.post("/sign-in/", IN)
    after = client.get(address)
    assert (after.content, after.cookies) == (before.content, {})
    assert "Cookie" not in after.get("Vary", "")


# how often


def test_five_attempts_then_one_a_minute(client, ada, django_assert_max_num_queries):
    for _ in range(knocks.FREE):
        assert client.post("/sign-in/", OUT).status_code == 400
    response = client.post("/sign-in/", IN)
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "Too many attempts. Wait 60 seconds, then try again." in words(response)
    Knock.objects.update(last=Knock.objects.latest("last").last - timedelta(seconds=61))
    assert client.post("/sign-in/", OUT).status_code == 400
    assert client.post("/sign-in/", IN).status_code == 429
    Knock.objects.update(last=Knock.objects.latest("last").last - timedelta(seconds=61))
    assert client.post("/sign-in/", IN).status_code == 302


def test_names_that_nobody_has_are_counted_alike(client, ada):
    codes = [client.post("/sign-in/", {"username": "bob", "password": "x"}).status_code for _ in range(6)]
    assert codes == [400] * 5 + [429]
    assert client.post("/sign-in/", {"username": "BOB", "password": "x"}).status_code == 429
    assert client.post("/sign-in/", OUT).status_code == 400


def test_all_strangers_together_have_thirty(client, ada):
    for number in range(knocks.FREE_TOGETHER):
        assert client.post("/sign-in/", {"username": f"n{number}", "password": "x"}).status_code == 400
    assert client.post("/sign-in/", IN).status_code == 429


def test_a_browser_that_was_here_before_is_not_locked_out_by_strangers(client, ada):
    client.post("/sign-in/", IN)
    client.post("/sign-out/")
    stranger = Client()
    codes = [stranger.post("/sign-in/", OUT).status_code for _ in range(7)]
    assert codes == [400] * 5 + [429] * 2
    assert client.post("/sign-in/", IN).status_code == 302


def test_such_a_browser_has_five_attempts_too(client, ada):
    client.post("/sign-in/", IN)
    client.post("/sign-out/")
    assert [client.post("/sign-in/", OUT).status_code for _ in range(6)] == [400] * 5 + [429]


def test_such_a_browser_is_a_stranger_to_other_names(client, ada):
    User.objects.create_user("bob", password=PASSWORD)
    client.post("/sign-in/", IN)
    client.post("/sign-out/")
    stranger = Client()
    for _ in range(5):
        stranger.post("/sign-in/", {"username": "bob", "password": "x"})
    assert client.post("/sign-in/", {"username": "bob", "password": PASSWORD}).status_code == 429


def test_a_forged_browser_counts_as_a_stranger(client, ada):
    client.post("/sign-in/", IN)
    value = client.cookies["door"].value
    stranger = Client()
    stranger.cookies["door"] = value[:-1] + ("A" if value[-1] != "A" else "B")
    for _ in range(5):
        stranger.post("/sign-in/", OUT)
    assert Client().post("/sign-in/", IN).status_code == 429


def test_the_right_password_forgets_the_wrong_ones(client, ada):
    for _ in range(4):
        client.post("/sign-in/", OUT)
    Client().post("/sign-in/", IN)
    assert dict(Knock.objects.values_list("who", "count")) == {knocks.EVERYBODY: 4}


def test_after_a_quiet_quarter_of_an_hour_nothing_is_kept(client, ada):
    for _ in range(5):
        client.post("/sign-in/", OUT)
    Knock.objects.update(last=Knock.objects.latest("last").last - timedelta(minutes=16))
    client.post("/sign-in/", {"username": "bob", "password": "x"})
    assert sorted(Knock.objects.values_list("count", flat=True)) == [1, 1]


def test_neither_name_nor_address_is_kept(client, ada):
    client.post("/sign-in/", OUT)
    rows = list(Knock.objects.values_list("who", flat=True))
    assert sorted(map(len, rows)) == [len(knocks.EVERYBODY), 64]
    assert not any(NAME in row or "127" in row[:3] for row in rows)


# another password

NEW = "four words in a row"


def change(client, old=PASSWORD, new=NEW, again=None):
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": again or new})


def test_a_stranger_has_no_password_to_change(client):
    assert client.get("/password/").url == "/sign-in/?next=/password/"
    assert change(client).url == "/sign-in/?next=/password/"


def test_a_password_is_changed_and_other_browsers_are_out(client, ada):
    other = Client()
    for browser in (client, other):
        browser.post("/sign-in/", IN)
    assert "Change your password" in words(client.get("/password/"))
    response = change(client)
    assert response.url == "/sign-in/?done=password"
    assert "Your password is changed." in words(client.get(response.url))
    assert "You are signed in as ada." in words(client.get("/sign-in/"))
    assert "You are signed in" not in words(other.get("/sign-in/"))
    assert Client().post("/sign-in/", {**IN, "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"old": "wrong"}, "Your old password was entered incorrectly."),
        ({"new": "short"}, "This password is too short. It must contain at least 12 characters."),
        ({"new": "123456789012345"}, "This password is entirely numeric."),
        ({"new": "qwertyuiop123"}, "This password is too common."),
        ({"again": "four words in a column"}, "The two password fields didn’t match."),
        ({"old": "", "new": "", "again": ""}, "Fill in all three fields."),
    ],
)
def test_a_password_that_cannot_be_is_refused_with_the_reason(client, ada, given, told):
    client.post("/sign-in/", IN)
    response = change(client, **given)
    assert (response.status_code, told in words(response)) == (400, True)
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_whoever_finds_an_open_browser_cannot_guess_the_password(client, ada):
    client.post("/sign-in/", IN)
    assert [change(client, old="x").status_code for _ in range(6)] == [400] * 5 + [429]
    assert change(client).status_code == 429
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)
