"""Talks in the database. A move says which turn it follows, so that of two at once the first one counts."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from lecture.models import Talk
from lecture.slides.deck import Deck, Slide, decks
from lecture.slides.talk import Clock, Pace, Plan, Programme, pace, programme

LIFE = timedelta(hours=12)  # a talk that nobody ends is over then
KEPT = timedelta(days=7)  # after which nothing of it is left
SEEN = 30  # seconds after which a speaker's window is taken for gone
ASKED = 10  # seconds between two notes that it is there
MANY = 200  # links that a worker keeps in mind


def begin(deck: Deck, slide: Slide, step: int, plan: Plan, now: datetime) -> Talk:
    """A talk that stands on a slide, with two links of chance. Talks long over are removed."""
    Talk.objects.filter(begun_at__lt=now - KEPT).delete()
    key, wall = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    said = plan.model_dump(mode="json")
    place = {"deck": deck.slug, "slide": slide.name, "step": min(step, slide.steps)}
    return Talk.objects.create(key=key, wall=wall, plan=said, begun_at=now, **place)


def running(now: datetime) -> QuerySet[Talk]:
    """The talks that are not over, the latest first."""
    return Talk.objects.filter(ended_at=None, begun_at__gt=now - LIFE).order_by("-begun_at")


def find(token: str, now: datetime) -> Talk | None:
    """The talk of a speaker's or a screen's link; None where it is over or there never was one."""
    return running(now).filter(Q(key=token) | Q(wall=token)).first()


@dataclass(frozen=True)
class Glance:
    """What is asked for each second: whether anything has changed, and who is there."""

    turn: int
    changes: int
    speakers: dict[str, int]

    def present(self, second: int) -> int:
        """How many speakers' windows were seen lately."""
        return sum(second - at < SEEN for at in self.speakers.values())

    def due(self, who: str, second: int) -> bool:
        """Whether it is time to note that a speaker's window is there."""
        return bool(who) and second - self.speakers.get(who, 0) >= ASKED


GLANCE = f"""SELECT turn, changes, speakers FROM {Talk._meta.db_table}
    WHERE (key = %s OR wall = %s) AND ended_at IS NULL AND begun_at > %s"""  # noqa: S608 - the name of our own table


FRESH = 0.25  # seconds for which a worker goes by what it saw; another may have moved the talk meanwhile
_seen: dict[str, tuple[float, Glance]] = {}  # link -> when, and what


def glance(token: str, now: datetime) -> Glance | None:
    """The little that most followers need; written out, because composing it costs more than asking it."""
    with connection.cursor() as cursor:
        cursor.execute(GLANCE, [token, token, connection.ops.adapt_datetimefield_value(now - LIFE)])
        row = cursor.fetchone()
    if row is None:
        return None
    if len(_seen) >= MANY:
        _seen.clear()
    seen = Glance(row[0], row[1], json.loads(row[2]))
    _seen[token] = (monotonic(), seen)
    return seen


def lately(token: str) -> Glance | None:
    """What this worker saw of a talk within the last FRESH seconds; the database is not asked."""
    at, seen = _seen.get(token, (0.0, None))
    return seen if seen and monotonic() - at < FRESH else None


def _changed(talk: Talk) -> None:
    for token in (talk.key, talk.wall):
        _seen.pop(token, None)


def move(talk: Talk, deck: Deck, slide: Slide, step: int, black: bool, turn: int, by: str, when: int) -> bool:
    """Move a talk that stands at that turn; False where it has moved since. `talk` holds what is true then."""
    place = {"deck": deck.slug, "slide": slide.name, "step": min(step, slide.steps), "black": black}
    still = Talk.objects.filter(pk=talk.pk, turn=turn, ended_at=None)
    done = still.update(turn=F("turn") + 1, by=by, moved=when, **place)
    _changed(talk)
    talk.refresh_from_db()
    return bool(done)


@transaction.atomic
def turn_clock(talk: Talk, do: str, now: datetime) -> None:
    """Start, pause, reset or end; what is so already stays as it is."""
    row = Talk.objects.select_for_update().get(pk=talk.pk)
    if do == "start" and row.paused_at:
        row.rested += (now - row.paused_at).total_seconds()
        row.paused_at = None
    elif do == "start":
        row.started_at = row.started_at or now
    elif do == "pause" and row.started_at:
        row.paused_at = row.paused_at or now
    elif do == "reset":
        row.started_at, row.paused_at, row.rested = None, None, 0
    elif do == "end":
        row.ended_at = now
    row.changes += 1
    row.save(update_fields=["started_at", "paused_at", "rested", "ended_at", "changes"])
    _changed(row)


def replan(talk: Talk, plan: Plan) -> None:
    """Another plan for the same talk."""
    Talk.objects.filter(pk=talk.pk).update(plan=plan.model_dump(mode="json"), changes=F("changes") + 1)
    _changed(talk)


@transaction.atomic
def note(talk: Talk, who: str, second: int) -> None:
    """Note that a speaker's window is there, and forget those that are not."""
    row = Talk.objects.select_for_update().get(pk=talk.pk)
    row.speakers = {name: at for name, at in row.speakers.items() if second - at < SEEN} | {who: second}
    row.save(update_fields=["speakers"])
    _changed(row)
    talk.speakers = row.speakers


def place(talk: Talk) -> tuple[Deck, Slide]:
    """Where it stands; the beginning of what is nearest where the course has changed meanwhile."""
    deck = decks().get(talk.deck) or next(iter(decks().values()))
    names = deck.names
    return deck, deck.slides[names[talk.slide] - 1] if talk.slide in names else deck.nearest(talk.slide)


def plan(talk: Talk) -> Plan:
    """What is planned."""
    return Plan.model_validate(talk.plan)


def clock(talk: Talk) -> Clock:
    """Its clock."""
    return Clock(talk.started_at, talk.paused_at, talk.rested)


def programme_of(talk: Talk) -> Programme:
    """Its decks on the clock."""
    return programme(plan(talk).decks)


def pace_of(talk: Talk, at: tuple[str, str, int], now: datetime) -> Pace | None:
    """How it keeps time at a place."""
    return pace(programme_of(talk), plan(talk), clock(talk), at, now)
