"""What a calculator asks, and what somebody answered: the address holds it, and wrong answers are told, not bent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
LONGEST = 40  # characters of a wrong answer that are shown again
SIDE_BY_SIDE = 36  # characters of all answers of a choice, with their edges
FROM = ".from."  # a slider is sent as gb.from.20: it stood at 20 when the page was made
Query = Mapping[str, Sequence[str]]  # every value of each key, as an address has them


@dataclass(frozen=True, slots=True)
class Number:
    """A number field with a slider beside it; the slider stops at `stops`, the field takes all between."""

    name: str
    label: str
    unit: str
    default: Decimal
    stops: tuple[Decimal, ...]
    whole: bool = True
    hint: str = ""

    @property
    def least(self) -> Decimal:
        """The smallest answer that makes sense."""
        return self.stops[0]

    @property
    def most(self) -> Decimal:
        """The largest."""
        return self.stops[-1]

    def nearest(self, value: Decimal) -> int:
        """The stop of the slider that is nearest to `value`."""
        return min(range(len(self.stops)), key=lambda at: abs(self.stops[at] - value))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few; `options` are value and label, the first is taken where nobody says anything."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    hint: str = ""

    @property
    def default(self) -> str:
        """The answer of whoever says nothing."""
        return self.options[0][0]

    @property
    def short(self) -> bool:
        """Whether all answers have room side by side."""
        return sum(len(label) + 4 for _, label in self.options) <= SIDE_BY_SIDE


Field = Number | Choice


@dataclass(frozen=True, slots=True)
class Answer:
    """One field as it is shown: what stands in it, what is counted, and what is wrong with it ("" for nothing)."""

    field: Field
    text: str
    value: Decimal | str
    problem: str = ""

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def number(self) -> bool:
        """Whether it is a number field."""
        return isinstance(self.field, Number)

    @property
    def position(self) -> int:
        """Where the slider stands."""
        assert isinstance(self.field, Number)
        assert isinstance(self.value, Decimal)
        return self.field.nearest(self.value)

    @property
    def last(self) -> int:
        """The last position of the slider."""
        assert isinstance(self.field, Number)
        return len(self.field.stops) - 1

    @property
    def stops(self) -> str:
        """The values of the slider's positions, for the script that moves the number along."""
        assert isinstance(self.field, Number)
        return " ".join(plain(stop) for stop in self.field.stops)

    @property
    def slider(self) -> str:
        """The name under which the slider is sent where there is no script."""
        return f"{self.name}{FROM}{self.text}"


@dataclass(frozen=True, slots=True)
class Answers:
    """Every field with its answer."""

    all: tuple[Answer, ...]
    slid: bool = False  # a slider was sent: the address is not yet what it will be

    def number(self, name: str) -> Decimal:
        """The number that is counted; raises KeyError."""
        value = self.of(name).value
        assert isinstance(value, Decimal)
        return value

    def choice(self, name: str) -> str:
        """What was chosen; raises KeyError."""
        value = self.of(name).value
        assert isinstance(value, str)
        return value

    def of(self, name: str) -> Answer:
        """The answer to a field; raises KeyError."""
        return {answer.name: answer for answer in self.all}[name]

    @property
    def wrong(self) -> tuple[Answer, ...]:
        """The answers that were refused."""
        return tuple(answer for answer in self.all if answer.problem)

    def pairs(self) -> list[tuple[str, str]]:
        """The answers as an address has them, those at their default left out; what was refused stays as it is."""
        return [(a.name, a.text) for a in self.all if a.problem or a.value != a.field.default]

    def query(self) -> str:
        """The same as it stands behind the question mark."""
        return urlencode(self.pairs())


def ask(fields: Iterable[Field], query: Query) -> Answers:
    """The answers in an address. Unknown keys are ignored, a wrong answer keeps its words and counts as the default."""
    found = [_number(field, query) if isinstance(field, Number) else _choice(field, query) for field in fields]
    return Answers(tuple(found), slid=any(FROM in key for key in query))


def plain(number: Decimal) -> str:
    """As it is written into a field: 20, 0.25."""
    return f"{number.normalize():f}"


def series(least: int, most: int, steps: tuple[int, ...] = (1, 2, 5)) -> tuple[Decimal, ...]:
    """Stops from `least` to `most`, 1, 2 and 5 in each decade, both ends among them."""
    found = {least, most}
    decade = 1
    while decade <= most:
        found |= {step * decade for step in steps if least <= step * decade <= most}
        decade *= 10
    return tuple(map(Decimal, sorted(found)))


def _number(field: Number, query: Query) -> Answer:
    text = _slid(field, query)
    if text is None:
        return Answer(field, plain(field.default), field.default)
    if problem := _refused(field, text):
        return Answer(field, shortened(text), field.default, problem)
    return Answer(field, plain(Decimal(text)), Decimal(text))


def _refused(field: Number, text: str) -> str:
    """What is wrong with an answer, why, and how to mend it; "" where nothing is."""
    within = f"from {field.least:,f} to {field.most:,f}"
    mend = f"Write a {'whole ' * field.whole}number {within}. Until then {plain(field.default)} is counted."
    if not text:
        return f"Nothing stands here. {mend}"
    if not NUMBER.fullmatch(text):
        return f"“{shortened(text)}” is not a number that we can read. {mend}"
    value = Decimal(text)
    if field.whole and value != value.to_integral_value():
        return f"{shortened(text)} is not a whole number. {mend}"
    if not field.least <= value <= field.most:
        return f"{shortened(text)} is too {'small' if value < field.least else 'large'} to make sense here. {mend}"
    return ""


def _slid(field: Number, query: Query) -> str | None:
    """What was answered: the number, unless only its slider was moved; None where neither was sent."""
    text = _last(query, field.name)
    for key in query:
        name, _, was = key.partition(FROM)
        if name == field.name and was and text in (None, was):
            return _moved(field, was, _last(query, key) or "") or text
    return text


def _moved(field: Number, was: str, position: str) -> str:
    """The value of the slider's position, where that is not where `was` put it."""
    if not (position.isascii() and position.isdecimal() and len(position) < 4 and int(position) < len(field.stops)):
        return ""
    stood = field.nearest(Decimal(was) if NUMBER.fullmatch(was) else field.default)
    return "" if int(position) == stood else plain(field.stops[int(position)])


def _choice(field: Choice, query: Query) -> Answer:
    text = _last(query, field.name)
    if text is None or text in dict(field.options):
        return Answer(field, text or field.default, text or field.default)
    offered = ", ".join(label for _, label in field.options)
    counted = dict(field.options)[field.default]
    problem = f"“{shortened(text)}” is not on offer. Choose one of: {offered}. Until then “{counted}” is counted."
    return Answer(field, shortened(text), field.default, problem)


def _last(query: Query, name: str) -> str | None:
    values = query.get(name)
    return values[-1].strip() if values else None


def shortened(text: str) -> str:
    """At most LONGEST characters of what somebody sent."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
