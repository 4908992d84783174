"""What is kept about a learner, as rows of a file and back. The one module of this room that writes tables."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from lecture.models import Answer, Attempt, Card, Learner, Reading
from lecture.you import keeping
from lecture.you.keeping import Kept

ANSWER = ("once", "source", "question", "seed", "given", "right", "certainty", "recalled", "answered_at")
CARD = ("question", "stability", "difficulty", "last", "due", "urgent", "reviews")
MOVED = [name for name in CARD if name != "question"]  # of a card that was reviewed elsewhere since


def counts(learner: Learner) -> dict[str, int]:
    """How many attempts, answers and cards are kept."""
    return {name: getattr(learner, name).count() for name in ("attempts", "answers", "cards")}


def readings(learner: Learner | None) -> list[tuple[str, datetime, bool]]:
    """(section, when, whether it was taken back) of all that was read, the first first."""
    rows = learner.readings.order_by("read_at") if learner else Reading.objects.none()
    return list(rows.values_list("section", "read_at", "taken_back"))


def collect(learner: Learner | None, now: datetime) -> Kept:
    """Everything that is kept; nothing of a stranger."""
    if learner is None:
        return Kept(exported_at=now)
    chosen: dict[str, Any] = {name: getattr(learner, name) for name in keeping.Settings.model_fields}
    return Kept.model_construct(
        exported_at=now,
        settings=keeping.Settings.model_construct(**chosen),
        read=tuple(keeping.Read.model_construct(section=s, read_at=at, taken_back=b) for s, at, b in readings(learner)),
        attempts=tuple(map(_attempt, learner.attempts.order_by("begun_at", "pk"))),
        answers=tuple(map(_answer, learner.answers.order_by("answered_at", "pk").select_related("attempt"))),
        cards=tuple(keeping.Card.model_construct(**row) for row in learner.cards.order_by("question").values(*CARD)),
    )


def _attempt(row: Attempt) -> keeping.Attempt:
    return keeping.Attempt.model_construct(
        key=row.key, quiz=row.quiz, seed=row.seed, questions=tuple(row.questions), begun_at=row.begun_at
    )


def _answer(row: Answer) -> keeping.Answer:
    fields: dict[str, Any] = {name: getattr(row, name) for name in ANSWER}
    key = row.attempt.key if row.attempt else None
    return keeping.Answer.model_construct(attempt=key, misconceptions=tuple(row.misconceptions), **fields)


@transaction.atomic
def add(learner: Learner, kept: Kept) -> None:
    """Add what a file holds: what is there first stays, but a card that was reviewed later elsewhere moves on."""
    _settle(learner, kept.settings)
    readings = [Reading(learner=learner, **row.model_dump()) for row in kept.read]
    Reading.objects.bulk_create(readings, ignore_conflicts=True)
    attempts = [
        Attempt(learner=learner, **row.model_dump() | {"questions": list(row.questions)}) for row in kept.attempts
    ]
    Attempt.objects.bulk_create(attempts, ignore_conflicts=True)
    _add_answers(learner, kept)
    _add_cards(learner, kept)


def _settle(learner: Learner, settings: keeping.Settings) -> None:
    """Take over each setting that the learner has not chosen here."""
    if not learner.zone and settings.zone in available_timezones():
        learner.zone = settings.zone
    fresh = Learner()
    for name in ("retention", "daily"):
        if getattr(learner, name) == getattr(fresh, name):
            setattr(learner, name, getattr(settings, name))
    learner.save(update_fields=["zone", "retention", "daily"])


def _add_answers(learner: Learner, kept: Kept) -> None:
    keys = dict(learner.attempts.values_list("key", "pk"))
    here = set(learner.answers.filter(source="review").values_list("question", "answered_at"))
    rows = [
        Answer(
            learner=learner,
            attempt_id=keys[row.attempt] if row.attempt else None,
            misconceptions=list(row.misconceptions),
            **{name: getattr(row, name) for name in ANSWER} | {"once": keeping.abroad(row)},
        )
        for row in kept.answers
        if row.source != "review" or (row.question, row.answered_at) not in here
    ]
    Answer.objects.bulk_create(rows, ignore_conflicts=True)


def _add_cards(learner: Learner, kept: Kept) -> None:
    """A card present on both sides keeps the one that was reviewed last."""
    here = {q: (last, reviews) for q, last, reviews in learner.cards.values_list("question", "last", "reviews")}
    newest: dict[str, keeping.Card] = {}
    for row in sorted(kept.cards, key=lambda card: (card.last, card.reviews)):
        if row.question not in here or (row.last, row.reviews) > here[row.question]:
            newest[row.question] = row
    cards = [Card(learner=learner, **row.model_dump()) for row in newest.values()]
    Card.objects.bulk_create(cards, update_conflicts=True, unique_fields=["learner", "question"], update_fields=MOVED)
