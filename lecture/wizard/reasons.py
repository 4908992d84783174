"""Why it is this home: what each answer said, what it ruled out, and what would have flipped the result."""

from collections.abc import Iterator
from dataclasses import dataclass

from lecture.wizard.flow import Answer, Answers, Outcome, Question, against
from lecture.wizard.walking import Walk, possible, walk


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that was used; `answer` is None for somebody who is not sure."""

    question: Question
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A home that is out of reach, and the first answer that put it there."""

    outcome: Outcome
    reason: Reason

    @property
    def because(self) -> str:
        """What speaks against it."""
        return against(self.outcome, self.reason.question.id, self.reason.answer) if self.reason.answer else ""


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer to one question, all else kept, and where it would lead."""

    question: Question
    answer: Answer
    ends: tuple[Outcome, ...]
    complete: bool  # whether nothing else would have to be asked
    answers: Answers

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the homes where it would lead."""
        return ids(self.ends)

    @property
    def certain(self) -> bool:
        """Whether it leads to one home, whatever else is asked."""
        return len(self.ends) == 1


@dataclass(frozen=True, slots=True)
class Settling:
    """A question that was left open and decides: where each of its answers leads."""

    question: Question
    roads: tuple[Change, ...]


def reasons(found: Walk) -> list[Reason]:
    """The answers on the way, in the order in which they were asked."""
    return [Reason(question, question.named(found.answers[question.id])) for question in found.asked]


def ruled_out(found: Walk) -> list[RuledOut]:
    """Each home that was possible in the beginning and is not any more, in the order in which they went."""
    gone, given = [], dict[str, str]()
    left = possible(found.flow, given)
    for reason in reasons(found):
        given[reason.question.id] = found.answers[reason.question.id]
        still = possible(found.flow, given)
        gone += [RuledOut(outcome, reason) for outcome in left if outcome.id not in ids(still)]
        left = still
    return gone


def flips(found: Walk) -> list[Change]:
    """Every change of a single answer that leads away from a decision, found by trying each; certain ones first."""
    if len(found.ends) > 1:
        return []
    changes = [
        change
        for reason in reasons(found)
        if reason.answer
        for change in _changes(found, reason.question)
        if change.answer != reason.answer and change.ids != ids(found.ends)
    ]
    return sorted(changes, key=lambda change: (not change.complete, not change.certain))


def settling(found: Walk) -> list[Settling]:
    """The questions that somebody was not sure of and whose answer matters."""
    open_ = [reason.question for reason in reasons(found) if reason.answer is None]
    tried = [Settling(question, tuple(_changes(found, question))) for question in open_]
    return [one for one in tried if any(road.ids != one.roads[0].ids for road in one.roads)]


def _changes(found: Walk, question: Question) -> Iterator[Change]:
    for answer in question.answer:
        answers = {**found.answers, question.id: answer.id}
        complete = walk(found.flow, answers).next is None
        yield Change(question, answer, possible(found.flow, answers), complete, answers)


def ids(outcomes: tuple[Outcome, ...]) -> tuple[str, ...]:
    """The ids of outcomes, in the order of the flow."""
    return tuple(outcome.id for outcome in outcomes)


def either(outcomes: tuple[Outcome, ...]) -> str:
    """A, B or C."""
    *before, last = [outcome.name for outcome in outcomes]
    return f"{', '.join(before)} or {last}" if before else last
