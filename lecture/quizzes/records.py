"""What a learner's answers leave behind: attempts, answers, cards. The one module of this room that writes tables.

Every answer is kept once: two tabs, a double click or the back button find the first answer, and change nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from secrets import randbelow, token_urlsafe
from typing import Literal

from django.db import IntegrityError, transaction
from django.db.models import Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from lecture.models import Answer, Attempt, Card, Learner
from lecture.quizzes import days, schedule
from lecture.quizzes.answers import CERTAIN, Given
from lecture.quizzes.asked import SEEDS, Asked
from lecture.quizzes.marking import Verdict, rating
from lecture.quizzes.pools import Mix, Quiz, choose, pool
from lecture.quizzes.schedule import Memory

Source = Literal["check", "quiz", "review"]


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept, and whether it is this one or the one that was given before."""

    answer: Answer
    before: bool
    card: Card | None = None


def settle_in(learner: Learner, zone: str) -> None:
    """Note the time zone of the browser, where the learner has none yet."""
    if not learner.zone and zone in days.zones():
        learner.zone = zone
        learner.save(update_fields=["zone"])


def begin(learner: Learner, quiz: Quiz, mix: Mix, length: int) -> Attempt | None:
    """A new attempt; None where the mix has no question."""
    known, seed = pool(quiz), randbelow(SEEDS)
    return begin_with(learner, quiz, choose(known, last(learner, known), mix, length, seed), seed)


def begin_with(learner: Learner, quiz: Quiz, questions: list[str], seed: int = 0) -> Attempt | None:
    """A new attempt at these questions; None where there are none."""
    if not questions:
        return None
    seed = seed or randbelow(SEEDS)
    return Attempt.objects.create(learner=learner, key=token_urlsafe(9), quiz=quiz.slug, seed=seed, questions=questions)


def last(learner: Learner | None, questions: Iterable[str]) -> dict[str, bool]:
    """Of each of these questions that was answered, whether the last answer was right."""
    if learner is None:
        return {}
    wanted = set(questions)
    newest = Window(RowNumber(), partition_by="question", order_by=["-answered_at", "-pk"])
    rows = learner.answers.annotate(back=newest).filter(back=1).values_list("question", "right")
    return {question: right for question, right in rows if question in wanted}


def keep(
    learner: Learner,
    asked: Asked,
    given: Given,
    verdict: Verdict,
    *,
    source: Source,
    once: str,
    certainty: int,
    attempt: Attempt | None = None,
    now: datetime | None = None,
) -> Kept:
    """Keep an answer and bring its card up to date, once: `once` names what was answered."""
    now = now or timezone.now()
    answer = Answer(
        learner=learner,
        attempt=attempt,
        once=once,
        source=source,
        question=asked.id,
        seed=asked.seed,
        given=given,
        right=verdict.right,
        certainty=certainty,
        misconceptions=list(verdict.misconceptions),
        answered_at=now,
    )
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                card = _write(answer, now)
        except IntegrityError:
            answer.pk = None
            first = Answer.objects.filter(learner=learner, once=once).first()
            if first:
                return Kept(first, before=True)
        else:
            return Kept(answer, before=False, card=card)
    raise IntegrityError(f"the card of {asked.id} cannot be kept")


TRIES = 3  # two answers to one question may make its first card at the same moment


def _write(answer: Answer, now: datetime) -> Card:
    learner = answer.learner
    card = Card.objects.select_for_update().filter(learner=learner, question=answer.question).first()
    today = days.day(now, learner.zone)
    answer.recalled = answer.right if card and card.due <= today and answer.source == "review" else None
    # every answer makes a card, and so does an import, whose answers count where they were given
    answer.first = card is None and answer.source != "review"
    answer.save(force_insert=True)
    return _scheduled(learner, answer.question, card, answer.right, answer.certainty, today)


def _scheduled(learner: Learner, question: str, card: Card | None, right: bool, certainty: int, today: date) -> Card:
    """The card after an answer. An answer on the day of another moves a right card no further."""
    if card and card.last >= today and right:
        return card
    memory = Memory(card.stability, card.difficulty, card.last, card.due) if card else None
    after = schedule.rated(memory, rating(right, certainty), today, learner.retention)
    card = card or Card(learner=learner, question=question, reviews=0)
    card.stability, card.difficulty, card.last, card.due = after.stability, after.difficulty, after.last, after.due
    card.urgent = not right and certainty == CERTAIN
    card.reviews += 1
    card.save()
    return card


def due(learner: Learner, known: Iterable[str], now: datetime | None = None) -> list[Card]:
    """Today's queue, as long as the day's limit leaves room: wrong and certain first, then what is due longest.

    Cards of questions that the course does not ask any more stay in the table and out of the queue.
    """
    now = now or timezone.now()
    today = days.day(now, learner.zone)
    done = learner.answers.filter(source="review", answered_at__gte=days.begins(today, learner.zone)).count()
    room = max(0, learner.daily - done)
    if not room:
        return []
    wanted = set(known)
    rows = learner.cards.filter(due__lte=today).order_by("-urgent", "due", "pk")[: room + LEFT_OUT]
    return [card for card in rows if card.question in wanted][:room]


LEFT_OUT = 200  # cards of vanished questions that a day's queue may meet
