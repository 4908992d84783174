"""The review: what comes back today, and what the page says of the days to come."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from lecture.models import Answer, Card, Learner
from lecture.quizzes import days
from tests.quizzes.samples import ALL, BELIEFS, ONE
from tests.quizzes.test_taking import HTMX, form, words

pytestmark = pytest.mark.django_db
NEXT = "/review/next/"


@pytest.fixture(autouse=True)
def course(serve):
    return serve({"quizzes/all.toml": ALL, "misconceptions.toml": BELIEFS})


@pytest.fixture
def today() -> date:
    return days.day(timezone.now(), "")


@pytest.fixture
def learner(client) -> Learner:
    """Somebody who has settled in."""
    client.post("/review/settings/", {"daily": "20", "retention": "90", "zone": ""})
    return Learner.objects.get()


@pytest.fixture
def card(learner, today):
    def card(id: str, late: int = 1, **more) -> Card:
        due = today - timedelta(days=late)
        return Card.objects.create(
            learner=learner, question=id, stability=3, difficulty=5, last=due - timedelta(days=3), due=due, **more
        )

    return card


def once(html: str) -> str:
    return re.search(r'name="once" value="([^"]*)"', html)[1]


def test_a_stranger_is_told_how_it_works_and_not_remembered(client):
    told = words(client.get("/review/").content.decode())
    assert "Nothing to review yet." in told
    assert client.get(NEXT).url == "/review/"
    assert Learner.objects.count() == 0


def test_the_queue_is_asked_card_by_card(client, card):
    card("q.one", late=1)
    card("q.claim", late=5)
    card("q.find", late=-3)
    assert "2 questions today: about a minute." in words(client.get("/review/").content.decode())
    page = client.get(NEXT).content.decode()
    assert "2 left for today" in words(page)
    assert "True: It drips" in words(page)
    client.post(NEXT, form("answer=a", sure="2", once=once(page)))
    page = client.get(NEXT).content.decode()
    assert "You" in words(page)
    client.post(NEXT, form("answer=b", sure="3", once=once(page)))
    assert client.get(NEXT).url == "/review/"
    assert "Nothing is due today." in words(client.get("/review/").content.decode())


def test_an_answer_moves_the_card_and_is_told(client, card, today):
    card("q.one")
    response = client.post(NEXT, form("answer=b", sure="3", once=once(client.get(NEXT).content.decode())))
    assert response.status_code == 302
    told = words(client.get(response.url).content.decode())
    assert "The idea behind your answer" in told
    assert "You were certain, so this one returns first. You will see it again tomorrow." in told
    moved, answer = Card.objects.get(), Answer.objects.get()
    assert (moved.urgent, moved.last, moved.due, moved.reviews) == (True, today, today + timedelta(days=1), 2)
    assert (answer.recalled, answer.source) == (False, "review")


def test_certain_mistakes_come_first(client, card):
    card("q.claim", late=30)
    card("q.one", late=1, urgent=True)
    assert "True: It drips" not in words(client.get(NEXT).content.decode())


@pytest.mark.parametrize("extra", [{}, HTMX])
def test_two_tabs_count_once(client, card, extra):
    card("q.one")
    key = once(client.get(NEXT).content.decode())
    client.post(NEXT, form("answer=b", sure="3", once=key), **extra)
    again = client.post(NEXT, form("answer=a", sure="3", once=key), **extra)
    assert (Answer.objects.count(), Answer.objects.get().given, Card.objects.get().reviews) == (1, "b", 2)
    if extra:
        assert "You had answered this one already." in again.content.decode()


@pytest.mark.parametrize(
    "key", ["", "r:", "r:1", "r:1:1:1", "r:-1:1", "r:999999:1", "q:x:1", "r:१:१", "r:" + "9" * 300 + ":1"]
)
def test_a_form_that_was_changed_leads_to_the_queue(client, card, key):
    card("q.one")
    response = client.post(NEXT, form("answer=a", sure="2", once=key))
    assert (response.status_code, response.url) == (302, NEXT)
    assert Answer.objects.count() == 0


def test_half_an_answer_is_asked_for_the_rest(client, card):
    card("q.one")
    key = once(client.get(NEXT).content.decode())
    assert "Say how sure you are" in words(client.post(NEXT, form("answer=a", once=key)).content.decode())
    assert Answer.objects.count() == 0


def test_a_card_whose_question_has_gone_is_neither_asked_nor_lost(client, card, serve):
    card("q.find")
    serve({"quizzes/all.toml": ONE, "misconceptions.toml": BELIEFS})
    assert client.get(NEXT).url == "/review/"
    assert Card.objects.count() == 1


def test_nobody_answers_the_card_of_another(client, card):
    mine = card("q.one")
    client.cookies.clear()
    client.post("/review/settings/", {"daily": "20", "retention": "90", "zone": ""})
    response = client.post(NEXT, form("answer=a", sure="2", once=f"r:{mine.pk}:{mine.reviews}"))
    assert (response.status_code, Answer.objects.count()) == (302, 0)


def test_the_days_to_come_are_drawn_and_listed(client, card):
    card("q.one", late=2)
    card("q.claim", late=0)
    card("q.find", late=-4)
    card("q.order", late=-40)
    html = client.get("/review/").content.decode()
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>(\d+)</td>', html)
    assert len(rows) == 30
    assert (rows[0], rows[4][1]) == (("Today", "2"), "1")
    assert sum(int(number) for _, number in rows) == 3
    assert html.count('<svg class="columns') == 2  # wide and narrow


def test_what_was_still_known_is_drawn_by_weeks(client, learner, card):
    card("q.one", late=-9)
    for number, known in enumerate([True, True, False, None]):
        Answer.objects.create(
            learner=learner, once=str(number), source="review", question="q.one", seed=1, given="a", right=True,
            recalled=known,
        )  # fmt: skip
    html = client.get("/review/").content.decode()
    assert "<td>3</td><td>2 (67 %)</td>" in html


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        ({"daily": "7", "retention": "90", "zone": ""}, "Choose a number of cards"),
        ({"daily": "20", "retention": "150", "zone": ""}, "Choose a number of cards"),
        ({}, "Choose a number of cards"),
        ({"daily": "20", "retention": "90", "zone": "Mars/Olympus"}, "There is no time zone of that name."),
        ({"daily": "20", "retention": "90", "zone": "x" * 4000}, "There is no time zone of that name."),
    ],
)
def test_settings_that_cannot_be_are_told(client, data, mend):
    response = client.post("/review/settings/", data)
    assert response.status_code == 400
    assert mend in words(response.content.decode())


def test_settings_are_kept(client, learner):
    client.post("/review/settings/", {"daily": "40", "retention": "95", "zone": "Asia/Tokyo"})
    learner.refresh_from_db()
    assert (learner.daily, learner.retention, learner.zone) == (40, 95, "Asia/Tokyo")


def test_the_page_costs_the_same_whatever_is_there(client, learner, today, django_assert_max_num_queries):
    Card.objects.bulk_create(
        Card(learner=learner, question=f"x{n}", stability=1, difficulty=5, last=today, due=today) for n in range(3000)
    )
    with django_assert_max_num_queries(7):
        client.get("/review/")
