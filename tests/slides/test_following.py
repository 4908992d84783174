"""The answer at the door: who knows what this worker saw of a talk a moment ago hears it before Django is asked."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.utils import timezone

from lecture.slides import records
from lecture.slides.deck import decks
from lecture.slides.following import door, etag
from lecture.slides.talk import Plan


@pytest.fixture
def clock(monkeypatch) -> SimpleNamespace:
    """A clock that stands until it is moved, in seconds."""
    held = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(records, "monotonic", lambda: held.now)
    return held


@pytest.fixture
def talk(db, clock):
    """A talk that this worker has just looked at, through the screen's link and through the speaker's."""
    deck = decks()["1-the-problem"]
    begun = records.begin(deck, deck.slides[0], 0, Plan(decks=(deck.slug,)), timezone.now())
    for token in (begun.key, begun.wall):
        records.glance(token, timezone.now())
    return begun


def ask(token, known, method="GET", query="", place="/slides/talks/{}/", application=None):
    """The status and the headers that the door answers; "inside" where it asks the application."""
    told = []
    headers = {"HTTP_IF_NONE_MATCH": known} if known else {}
    environ = RequestFactory().generic(method, place.format(token), query_string=query).environ | {
        "QUERY_STRING": query
    }

    def inside(environ, start_response):
        told.append("inside")
        return []

    door_or_site = application or door(inside)
    assert list(door_or_site(environ | headers, lambda *answer: told.append(answer))) == []
    return told[0]


def now_is(talk) -> str:
    return etag(records.Glance(talk.turn, talk.changes, talk.speakers))


def test_who_knows_what_was_seen_a_moment_ago_is_answered_at_the_door(talk, django_assert_num_queries):
    known = now_is(talk)
    with django_assert_num_queries(0):
        assert ask(talk.wall, known) == ("304 Not Modified", [("ETag", known)])
        assert ask(talk.wall, known, application=import_module("courseapp.wsgi").application) == (
            "304 Not Modified",
            [("ETag", known)],
        )


def test_what_was_seen_is_believed_for_a_moment_only(talk, clock):
    clock.now += 0.9 * records.FRESH
    assert ask(talk.wall, now_is(talk)) != "inside"
    clock.now += 0.2 * records.FRESH
    assert ask(talk.wall, now_is(talk)) == "inside"


@pytest.mark.parametrize(
    "asked",
    [
        {"known": 'W/"9.9.9"'},
        {"known": ""},
        {"method": "POST"},
        {"method": "HEAD"},
        {"token": "another"},
        {"place": "/slides/talks/{}/speaker/"},
        {"query": "as=laptop"},  # to be noted as there
        {"query": "x=1&as=laptop"},
    ],
)
def test_everything_else_goes_inside(talk, asked):
    assert ask(**{"token": talk.wall, "known": now_is(talk)} | asked) == "inside"


def test_a_speaker_who_was_noted_lately_is_answered_at_the_door(talk):
    records.note(talk, "laptop", int(timezone.now().timestamp()))
    records.glance(talk.key, timezone.now())
    assert ask(talk.key, now_is(talk), query="as=laptop") != "inside"
    assert ask(talk.key, now_is(talk), query="as=") != "inside"  # no name: only looks


def change(talk, how):
    deck, now = decks()["1-the-problem"], timezone.now()
    match how:
        case "move":
            records.move(talk, deck, deck.slides[1], 0, black=False, turn=0, by="a", when=1)
        case "plan":
            records.replan(talk, Plan(decks=(deck.slug,), breaks=1))
        case "note":
            records.note(talk, "laptop", 1)
        case _:
            records.turn_clock(talk, how, now)


@pytest.mark.parametrize("how", ["move", "plan", "note", "start", "end"])
def test_what_this_worker_changes_it_does_not_hide(talk, how):
    known = now_is(talk)
    change(talk, how)
    for token in (talk.key, talk.wall):
        assert ask(token, known) == "inside"


def test_a_talk_that_is_over_is_not_kept_in_mind(talk):
    records.turn_clock(talk, "end", timezone.now())
    assert records.glance(talk.wall, timezone.now()) is None
    assert ask(talk.wall, now_is(talk)) == "inside"


def test_a_worker_keeps_no_more_links_in_mind_than_it_must(talk, monkeypatch):
    monkeypatch.setattr(records, "MANY", 2)
    deck = decks()["1-the-problem"]
    third = records.begin(deck, deck.slides[0], 0, Plan(decks=(deck.slug,)), timezone.now())
    records.glance(third.wall, timezone.now())
    assert ask(third.wall, now_is(third)) != "inside"
    assert ask(talk.wall, now_is(talk)) == "inside"
