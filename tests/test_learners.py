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
