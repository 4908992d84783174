import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from lecture.learners import YEAR
from lecture.models import Learner, Reading, today

FIRST = "/parts/1-the-problem/1-your-compose-file/progress/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client) -> Learner:
    """Whoever uses the client, with one section read."""
    client.post(FIRST, {"read": "yes"})
    return Learner.objects.get()


class Yesteryear(signing.TimestampSigner):
    """Signs as the site did a year and a day ago."""

    def timestamp(self) -> str:
        return signing.b62_encode(int((timezone.now() - timedelta(days=366)).timestamp()))


def test_the_key_is_random_long_and_signed(client, learner):
    assert re.fullmatch(r"[\w-]{43}", learner.key)
    assert re.fullmatch(rf"{learner.key}:\w{{6}}:[\w-]{{43}}", client.cookies["learner"].value)


def test_scripts_can_see_that_something_is_kept_and_not_the_key(client, learner):
    learner, kept = client.cookies["learner"], client.cookies["kept"]
    assert (learner["httponly"], learner["samesite"], learner["max-age"], learner["path"]) == (True, "Lax", YEAR, "/")
    assert (kept["httponly"], kept["samesite"], kept["max-age"], kept["path"]) == ("", "Lax", YEAR, "/")
    assert (kept.value, learner["domain"], learner["secure"]) == ("1", "", "")


def test_two_browsers_are_two_learners(client, learner):
    Client().post(FIRST, {"read": "yes"})
    assert Learner.objects.count() == 2


def forged(client) -> str:
    return client.cookies["learner"].value[:-1] + "_"


def foreign(client) -> str:
    key = client.cookies["learner"].value.split(":")[0]
    return signing.TimestampSigner(key=b"django.http.cookies" + b"another-site" * 5, salt="learner").sign(key)


def stolen_from_another_cookie(client) -> str:
    return signing.get_cookie_signer(salt="kept").sign(client.cookies["learner"].value.split(":")[0])


def expired(client) -> str:
    ours = signing.get_cookie_signer(salt="learner")
    return Yesteryear(key=ours.key, salt="learner").sign(client.cookies["learner"].value.split(":")[0])


def unsigned(client) -> str:
    return client.cookies["learner"].value.split(":")[0]


def nonsense(client) -> str:
    return "\x01::é'\"<script>" * 50


@pytest.mark.parametrize("cookie", [forged, foreign, stolen_from_another_cookie, expired, unsigned, nonsense])
def test_a_cookie_that_is_not_ours_is_nobody_and_no_error(client, learner, cookie):
    client.cookies["learner"] = cookie(client)
    response = client.get("/you/")
    assert response.status_code == 200
    assert response.context["learner"] is None


def test_a_cookie_of_ours_is_somebody(client, learner):
    client.cookies["learner"] = signing.get_cookie_signer(salt="learner").sign(learner.key)
    assert client.get("/you/").context["learner"] == learner


def test_whoever_was_removed_starts_anew(client, learner):
    learner.delete()
    assert client.get("/you/").context["learner"] is None
    client.post(FIRST, {"read": "yes"})
    assert Learner.objects.get().key != learner.key


def test_the_day_of_the_last_visit_is_kept_once_a_day(client, learner, django_assert_num_queries):
    Learner.objects.update(seen_on=today() - timedelta(days=1))
    with django_assert_num_queries(3):  # who, the day, what is read
        client.get("/progress/")
    with django_assert_num_queries(2):
        client.get("/progress/")
    assert Learner.objects.get().seen_on == today()


def test_a_visit_lets_the_cookie_live_another_year(client, learner):
    Learner.objects.update(seen_on=today() - timedelta(days=1))
    response = client.get("/progress/")
    assert {name: cookie["max-age"] for name, cookie in response.cookies.items()} == {"learner": YEAR, "kept": YEAR}


def test_what_a_learner_read_goes_with_the_learner(learner):
    learner.delete()
    assert not Reading.objects.exists()


def test_neither_key_nor_section_stands_where_logs_print_it(learner):
    assert learner.key not in str(learner) + str(Reading.objects.get())


def stranger() -> tuple[str, str]:
    """The cookie and the token of a form that somebody was sent who was never here before."""
    client = Client()
    html = client.get(FIRST).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    return client.cookies["csrf"].value, token[1]


def send(address: str, cookie: str, token: str, read: str = "yes") -> Client:
    """Send a form as a browser does that has this cookie and no other."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrf"] = cookie
    response = client.post(address, {"read": read, "csrfmiddlewaretoken": token})
    assert response.status_code == 302
    return client


def test_two_first_marks_at_once_are_of_one_learner():
    """Two tabs that are read to the end together: neither request carries the cookie of the other's answer."""
    form = stranger()
    first, second = send(FIRST, *form), send(FIRST.replace("1-your-compose-file", "2-three-problems"), *form)
    assert Learner.objects.get().readings.count() == 2
    assert first.get("/you/").context["learner"] == second.get("/you/").context["learner"] == Learner.objects.get()


def test_two_strangers_are_two_learners():
    send(FIRST, *stranger())
    send(FIRST, *stranger())
    assert Learner.objects.count() == 2


def test_the_key_cannot_be_read_off_the_form():
    cookie, token = stranger()
    key = send(FIRST, cookie, token) and Learner.objects.get().key
    assert re.fullmatch(r"[\w-]{43}", key)
    assert cookie not in key
    assert token not in key


def test_whoever_deletes_everything_is_another_one_afterwards():
    cookie, token = stranger()
    client = send(FIRST, cookie, token)
    before = Learner.objects.get().key
    client.post("/you/delete/", {"csrfmiddlewaretoken": token})
    assert client.cookies["csrf"].value != cookie
    client.get(FIRST)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(FIRST).content.decode())[1]
    client.post(FIRST, {"read": "yes", "csrfmiddlewaretoken": token})
    assert Learner.objects.get().key != before
