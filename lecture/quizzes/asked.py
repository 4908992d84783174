"""A question as it is put to somebody: its numbers chosen, its answers shuffled, both by one seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import TypeVar

from lecture.costs.prices import PriceSheet, Region, price_sheet
from lecture.quizzes import formula
from lecture.quizzes.kinds import Claim, Find, Match, Number, One, Order, Question, Several

SEEDS = 2**31  # seeds are whole numbers below this
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: an option, a line, a step, or a thing on the right."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the page. Nothing in `choices` and `lefts` tells which is right."""

    question: Question
    seed: int
    stem: str
    why: str
    choices: tuple[Choice, ...] = ()  # options, lines, steps, or what stands on the right
    lefts: tuple[Choice, ...] = ()  # of a match
    names: dict[str, Decimal] = field(default_factory=dict)  # the numbers of this variant

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def kind(self) -> str:
        """The question's kind."""
        return self.question.kind


def ask(question: Question, seed: int) -> Asked:
    """The question with the numbers and the order that `seed` gives: the same seed, the same page."""
    names = numbers(question, seed)
    stem, why = (filled(text, names) for text in (question.stem, question.why))
    return Asked(question, seed, stem, why, _choices(question, seed), _lefts(question, seed), names)


def filled(text: str, names: Mapping[str, Decimal]) -> str:
    """`text` with its formulas worked out."""
    return formula.fill(text, names, price) if "{=" in text else text


def numbers(question: Question, seed: int) -> dict[str, Decimal]:
    """The numbers that a seed chooses for a question that varies."""
    if not isinstance(question, Number) or not question.vary:
        return {}
    chance = _chance(question, seed, "numbers")
    return {name: Decimal(str(chance.choice(known))) for name, known in sorted(question.vary.items())}


def price(id: str, region: Region = "us_east_1") -> Decimal:
    """US dollars for one unit of a price of the sheet; raises LookupError."""
    sheet: PriceSheet = price_sheet()
    if id not in sheet.by_id:
        raise LookupError(f"there is no price {id}")
    return sheet.by_id[id].amount(region).usd


def _choices(question: Question, seed: int) -> tuple[Choice, ...]:
    match question:
        case Claim():
            shown = [Choice(o.id, f"{'True' if o.says else 'False'}: {filled(o.text, {})}") for o in question.option]
            return _shuffled(question, seed, shown)
        case One() | Several():
            return _shuffled(question, seed, [Choice(o.id, filled(o.text, {})) for o in question.option])
        case Match():
            return _shuffled(question, seed, [Choice(str(at), text) for at, text in enumerate(question.rights)])
        case Order():
            return _unsorted(question, seed, [Choice(item.id, item.text) for item in question.item])
        case Find():
            return tuple(Choice(str(at), row) for at, row in enumerate(question.rows, 1))
    return ()


def _lefts(question: Question, seed: int) -> tuple[Choice, ...]:
    if not isinstance(question, Match):
        return ()
    return _shuffled(question, seed + 1, [Choice(pair.id, pair.left) for pair in question.pair])


def _unsorted(question: Order, seed: int, steps: list[Choice]) -> tuple[Choice, ...]:
    """Shuffled, and never by chance in the right order."""
    found = _shuffled(question, seed, steps)
    return found if list(found) != steps else (*found[1:], found[0])


def _shuffled(question: Question, seed: int, given: Sequence[T]) -> tuple[T, ...]:
    order = list(given)
    _chance(question, seed, "order").shuffle(order)
    return tuple(order)


def _chance(question: Question, seed: int, what: str) -> Random:
    return Random(f"{seed}:{what}:{question.id}")  # noqa: S311 - an order, not a secret
