"""The wrong answers of a question that can be told apart, and which of them an answer holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lecture.quizzes.answers import OTHER, Given
from lecture.quizzes.asked import filled
from lecture.quizzes.kinds import Claim, Find, Match, Number, One, Order, Question, Several, Typed

LEFT_OUT = "-"  # before the id of a right option of several


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong answer: a key that is stable, what it says, and the belief behind it, "" where none is named."""

    key: str
    text: str
    belief: str = ""


def distractors(question: Question) -> tuple[Distractor, ...]:
    """The wrong answers in the author's order; `other` stands for all that nobody foresaw."""
    return tuple(_distractors(question))


def _distractors(question: Question) -> Iterator[Distractor]:
    match question:
        case One() | Claim() | Several():
            return _options(question)
        case Match():
            return _pairs(question)
        case Order():
            return _orders(question)
        case Number():
            return _numbers(question)
        case Typed():
            return _texts(question)
        case Find():
            return _lines(question)


def _options(question: One | Claim | Several) -> Iterator[Distractor]:
    for option in question.option:
        said = f"{'True' if option.says else 'False'}: " if isinstance(question, Claim) else ""  # type: ignore[attr-defined]
        text = said + filled(option.text, {})
        if not option.right:
            yield Distractor(option.id, text, option.misconception)
        elif isinstance(question, Several):
            yield Distractor(LEFT_OUT + option.id, f"left out: {text}")


def _pairs(question: Match) -> Iterator[Distractor]:
    for pair in question.pair:
        yield Distractor(pair.id, f"“{pair.left}” not with “{pair.right}”", pair.misconception)


def _orders(question: Order) -> Iterator[Distractor]:
    steps = {item.id: item.text for item in question.item}
    for one in question.turned:
        text = f"“{steps[one.later]}” before “{steps[one.sooner]}”"
        yield Distractor(one.sooner + one.later, text, one.misconception)
    yield Distractor(OTHER, "another order")


def _numbers(question: Number) -> Iterator[Distractor]:
    """One a belief: which slip a number came from depends on the variant, the belief is kept with the answer."""
    values: dict[str, list[str]] = {}
    for slip in question.wrong:
        values.setdefault(slip.misconception, []).append(slip.value)
    for belief, formulas in values.items():
        yield Distractor(belief, " or ".join(formulas), belief)
    yield Distractor(OTHER, "another number")


def _texts(question: Typed) -> Iterator[Distractor]:
    for at, slip in enumerate(question.wrong):
        yield Distractor(f"wrong.{at}", slip.text[0], slip.misconception)
    yield Distractor(OTHER, "other words")


def _lines(question: Find) -> Iterator[Distractor]:
    for one in question.line:
        yield Distractor(str(one.line), f"line {one.line}: {question.rows[one.line - 1].strip()}", one.misconception)
    yield Distractor(OTHER, "another line", question.elsewhere.misconception)


def held(question: Question, given: Given, beliefs: Sequence[str]) -> frozenset[str]:
    """The keys of the wrong answers that a wrong answer holds; none where it fits the question no longer."""
    match question, given:
        case ((One() | Claim()), str()):
            found = {given}
        case Several(), list():
            found = {o.id for o in question.option if not o.right and o.id in given}
            found |= {LEFT_OUT + o.id for o in question.option if o.right and o.id not in given}
        case Match(), dict():
            places = {pair.id: str(question.rights.index(pair.right)) for pair in question.pair}
            found = {id for id, place in places.items() if given.get(id, place) != place}
        case Order(), list():
            found = _turned(question, given) or {OTHER}
        case Number(), str():
            found = set(beliefs) or {OTHER}
        case Typed(), str():
            found = {given}
        case Find(), str():
            found = {given} if given in {str(line.line) for line in question.line} else {OTHER}
        case _:
            return frozenset()
    return frozenset(found) & {one.key for one in distractors(question)}


def _turned(question: Order, given: list[str]) -> set[str]:
    place = {id: at for at, id in enumerate(given)}
    pairs = [(one.sooner, one.later) for one in question.turned if {one.sooner, one.later} <= place.keys()]
    return {sooner + later for sooner, later in pairs if place[later] < place[sooner]}
