"""When a question comes back: FSRS (the library fsrs) on days of the learner's own.

FSRS reckons with moments; it is told noon of each day, so that neither a clock change nor a journey, nor an
hour more or less between two evenings, makes a day disappear.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache

from django.conf import settings
from fsrs import Card, Rating, Scheduler, State

RETENTIONS = (80, 85, 90, 95)  # percent to choose from
LONGEST = 365  # days: a course comes round each year


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a card: stability in days, difficulty from 1 to 10, and its days."""

    stability: float
    difficulty: float
    last: date
    due: date


def rated(memory: Memory | None, rating: int, today: date, retention: int) -> Memory:
    """The memory after an answer on `today`; `rating` is 1 to 4 as FSRS has it, `retention` percent."""
    card = Card(card_id=1, state=State.Learning if memory is None else State.Review)
    if memory is not None:
        card.stability, card.difficulty, card.step = memory.stability, memory.difficulty, None
        card.last_review, card.due = _noon(memory.last), _noon(memory.due)
        today = max(today, memory.last)
    after, _ = scheduler(retention).review_card(card, Rating(rating), _noon(today))
    assert after.stability is not None
    assert after.difficulty is not None
    return Memory(after.stability, after.difficulty, today, after.due.date())


@cache
def scheduler(retention: int) -> Scheduler:
    """FSRS without steps of minutes: a review is a matter of days here."""
    return Scheduler(
        desired_retention=retention / 100,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=settings.REVIEW_FUZZ,
    )


def _noon(of: date) -> datetime:
    return datetime.combine(of, time(12), UTC)
