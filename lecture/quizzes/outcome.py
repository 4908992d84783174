"""What a quiz showed, and how far a learner is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from lecture.models import Answer, Attempt, Learner
from lecture.quizzes import records
from lecture.quizzes.answers import CERTAIN, FAIRLY, GUESSING
from lecture.quizzes.asked import ask
from lecture.quizzes.marking import mark_kept, points
from lecture.quizzes.misconceptions import Misconception, misconceptions
from lecture.quizzes.pools import Quiz, everything, pool, quizzes

WORDS = {GUESSING: "Guessing", FAIRLY: "Fairly sure", CERTAIN: "Certain"}
FEW = 3  # answers below which a share says nothing


@dataclass(frozen=True)
class Sureness:
    """How often one was right at a level of certainty."""

    word: str
    right: int
    of: int
    points: int


@dataclass(frozen=True)
class Line:
    """One question of an attempt, as its end shows it."""

    place: int
    stem: str
    right: bool
    said: str
    answer: str
    certainty: str
    section: str


@dataclass(frozen=True)
class Outcome:
    """What an attempt showed."""

    right: int
    of: int
    gone: int  # questions that have left the course
    points: int
    most: int  # points that were to be had
    sureness: tuple[Sureness, ...]
    beliefs: tuple[tuple[Misconception, int], ...]  # with how often each was met
    read: tuple[str, ...]  # sections, by how much went wrong in them
    lines: tuple[Line, ...]

    @property
    def wrong(self) -> int:
        """How many were wrong."""
        return self.of - self.right

    @property
    def verdict(self) -> str:
        """How well one knew what one knew, in a sentence."""
        sure = next((one for one in self.sureness if one.word == WORDS[CERTAIN]), None)
        guessed = next((one for one in self.sureness if one.word == WORDS[GUESSING]), None)
        if sure and sure.right < sure.of:
            missed = sure.of - sure.right
            times = "once" if missed == 1 else f"{missed} times"
            return f"You were certain and wrong {times}. Those are the ones worth an evening; they come back first."
        if guessed and guessed.of >= FEW and guessed.right * 3 >= guessed.of * 2:
            return "You know more than you think: most of your guesses were right."
        if self.right == self.of:
            return "Everything right, and you knew what you knew."
        return "Where you were sure, you were right. That is worth as much as the score."


def outcome(taken: Attempt, given: Mapping[int, Answer]) -> Outcome:
    """What the answers of an attempt show; questions that have left the course count for nothing."""
    known, table = everything(), misconceptions()
    rows = [(place, answer) for place, answer in sorted(given.items()) if answer.question in known]
    met: dict[str, int] = {}
    mended: dict[str, int] = {}
    for _, answer in rows:
        section = known[answer.question].section
        mended[section] = mended.get(section, 0) + (not answer.right)
        for id in answer.misconceptions:
            met[id] = met.get(id, 0) + 1
    beliefs = [(table[id], count) for id, count in sorted(met.items(), key=lambda one: -one[1]) if id in table]
    read = [section for section, wrong in sorted(mended.items(), key=lambda one: -one[1]) if wrong]
    answers = [answer for _, answer in rows]
    return Outcome(
        right=sum(answer.right for answer in answers),
        of=len(answers),
        gone=len(taken.questions) - len(answers),
        points=sum(points(answer.right, answer.certainty) for answer in answers),
        most=3 * len(answers),
        sureness=tuple(_sureness(answers)),
        beliefs=tuple(beliefs),
        read=tuple(read),
        lines=tuple(_line(place, answer) for place, answer in rows),
    )


def _sureness(answers: list[Answer]) -> list[Sureness]:
    found = []
    for level, word in WORDS.items():
        here = [answer for answer in answers if answer.certainty == level]
        if here:
            worth = sum(points(answer.right, level) for answer in here)
            found.append(Sureness(word, sum(answer.right for answer in here), len(here), worth))
    return found


def _line(place: int, answer: Answer) -> Line:
    put = ask(everything()[answer.question], answer.seed)
    verdict = mark_kept(put, answer.given, answer.right)
    word = WORDS.get(answer.certainty, "")
    return Line(place, put.stem, answer.right, verdict.given, verdict.answer, word, put.question.section)


@dataclass(frozen=True)
class State:
    """How far a learner is with a quiz."""

    quiz: Quiz
    questions: int
    answered: int
    right: int  # of those answered, by the last answer

    @property
    def share(self) -> int:
        """Percent of the questions whose last answer was right."""
        return round(100 * self.right / self.questions) if self.questions else 0


def states(learner: Learner | None) -> list[State]:
    """Every quiz and how far this learner is with it."""
    last = records.last(learner, everything())
    found = []
    for quiz in quizzes().values():
        known = {id for id in pool(quiz) if not id.startswith("made.")}
        answered = known & last.keys()
        found.append(State(quiz, len(known), len(answered), sum(last[id] for id in answered)))
    return found


def unfinished(learner: Learner | None, quiz: Quiz) -> tuple[Attempt, int, datetime] | None:
    """The newest attempt at a quiz that was left half way, with the number of its answers."""
    if learner is None:
        return None
    rows = learner.attempts.filter(quiz=quiz.slug).annotate(given=Count("answers")).order_by("-begun_at", "-pk")[:5]
    for taken in rows:
        if taken.given < len(taken.questions):
            return taken, taken.given, taken.begun_at
    return None
