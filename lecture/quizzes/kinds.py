"""The kinds of questions, as an author writes them (content/quizzes/*.toml).

Every wrong answer that can be chosen names the misconception behind it (content/misconceptions.toml) and has
feedback of its own. Ids are stable: sections, attempts and review cards name them.
"""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from lecture.authoring import Misplaced, Strict

ID = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
LETTER = r"^[a-z]$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_ANSWER = 200  # characters that a visitor may type into a field


class Slip(Strict):
    """What a wrong answer says about a belief."""

    misconception: str = Field("", description="an id of misconceptions.toml")
    feedback: str = Field("", description="why it is wrong, or what to add to a right one")


class Base(Strict):
    """What all kinds have."""

    id: str = Field(pattern=ID)
    kind: str = "one"
    section: str = Field(description="the section that it belongs to, such as 1-the-problem/2-three-problems")
    objective: int = Field(0, ge=0, le=20, description="which objective of its section it asks about; 1 is the first")
    stem: str = Field(min_length=3, description="the question itself, one line of Markdown")
    why: str = Field(min_length=3, description="the reason for the right answer")
    scenario: str = Field("", description="the id of the scenario that is told before it")
    code: str = Field("", description="lines shown below the stem")
    language: str = Field("yaml", description="of the code, as Pygments calls it; text for a table or a bill")
    try_it: str = Field("", description="where a tool shows it, such as /costs/break-even/?memory=512")

    @property
    def slips(self) -> Iterator[tuple[tuple[str | int, ...], Slip]]:
        """Every wrong answer that is known, with its place below the question."""
        for key in type(self).model_fields:
            value = getattr(self, key)
            rows = enumerate(value) if isinstance(value, tuple) else [(None, value)]
            for at, row in rows:
                if isinstance(row, Slip) and getattr(row, "right", False) is not True:
                    yield ((key,) if at is None else (key, at)), row


# ---- options ------------------------------------------------------------------------------------


class Option(Slip):
    """One answer that can be chosen."""

    id: str = Field(pattern=LETTER, description="a, b, c …: stable, whatever the order on the page")
    text: str = Field(min_length=1)
    right: bool = False
    idea: str = Field("", description="older than misconceptions.toml: the belief in words")


class _Options(Base):
    option: tuple[Option, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _option_ids(self) -> "_Options":
        _once(self.id, "option", [option.id for option in self.option])
        for at, option in enumerate(self.option):
            if not option.right and not ((option.misconception or option.idea) and option.feedback):
                message = f"{self.id}, option {option.id}: a wrong answer needs misconception and feedback"
                raise Misplaced(message, "option", at)
        return self

    def find(self, id: str) -> Option | None:
        """The option of that id."""
        return next((option for option in self.option if option.id == id), None)


class One(_Options):
    """One of many is right."""

    kind: Literal["one"] = "one"

    @model_validator(mode="after")
    def _one_is_right(self) -> "One":
        _exactly_one(self.id, [option.right for option in self.option])
        return self

    @property
    def answer(self) -> Option:
        """The right option."""
        return next(option for option in self.option if option.right)


class Several(_Options):
    """Every right one is to be chosen, and no wrong one."""

    kind: Literal["several"]

    @model_validator(mode="after")
    def _some_are_right(self) -> "Several":
        if not any(option.right for option in self.option) or all(option.right for option in self.option):
            raise Misplaced(f"{self.id} needs options that are right and options that are not", "id")
        return self


class Reason(Option):
    """A verdict on a statement, and the reason for it."""

    says: bool = Field(description="true or false")


class Claim(_Options):
    """True or false, with the reason: the stem is a statement, the options are verdicts with reasons."""

    kind: Literal["claim"]
    option: tuple[Reason, ...] = Field(min_length=2, max_length=6)

    @model_validator(mode="after")
    def _both_verdicts(self) -> "Claim":
        _exactly_one(self.id, [option.right for option in self.option])
        if {option.says for option in self.option} != {True, False}:
            raise Misplaced(f"{self.id} needs reasons for both verdicts, true and false", "id")
        return self


# ---- match and order ----------------------------------------------------------------------------


class Pair(Slip):
    """Two things that go together; misconception and feedback are for whoever gives the left one another right."""

    id: str = Field(pattern=LETTER)
    left: str = Field(min_length=1)
    right: str = Field(min_length=1)


class Match(Base):
    """Each thing on the left gets one on the right; a right one may serve twice."""

    kind: Literal["match"]
    pair: tuple[Pair, ...] = Field(min_length=2, max_length=8)
    extra: tuple[str, ...] = Field((), max_length=6, description="on the right, and belongs to nothing")

    @model_validator(mode="after")
    def _pairs(self) -> "Match":
        _once(self.id, "pair", [pair.id for pair in self.pair])
        _need_slips(self.id, "pair", self.pair)
        if len(self.rights) < 2:
            raise Misplaced(f"{self.id} has only one thing on the right", "id")
        return self

    @property
    def rights(self) -> tuple[str, ...]:
        """What stands on the right, each once, in the author's order."""
        return tuple(dict.fromkeys([*(pair.right for pair in self.pair), *self.extra]))


class Item(Strict):
    """One step."""

    id: str = Field(pattern=LETTER)
    text: str = Field(min_length=1)


class Turned(Slip):
    """For whoever puts `later` before `sooner`."""

    sooner: str = Field(pattern=LETTER)
    later: str = Field(pattern=LETTER)


class Order(Base):
    """Steps to be put in order; they stand here in the right one."""

    kind: Literal["order"]
    item: tuple[Item, ...] = Field(min_length=3, max_length=8)
    turned: tuple[Turned, ...] = Field(min_length=1, description="pairs that are easily turned round")

    @model_validator(mode="after")
    def _items(self) -> "Order":
        ids = [item.id for item in self.item]
        _once(self.id, "item", ids)
        _need_slips(self.id, "turned", self.turned)
        for at, pair in enumerate(self.turned):
            if pair.sooner not in ids or pair.later not in ids or ids.index(pair.sooner) >= ids.index(pair.later):
                raise Misplaced(f"{self.id}: {pair.sooner} does not stand before {pair.later}", "turned", at)
        return self


# ---- what is typed ------------------------------------------------------------------------------


class WrongNumber(Slip):
    """A number that a known slip leads to."""

    value: str = Field(min_length=1, description="a formula, see lecture/quizzes/formula.py")


class Number(Base):
    """A number with a unit. Formulas may use the names of `vary` and prices: 730 * price('alb.hour') * tasks."""

    kind: Literal["number"]
    unit: str = Field(description="what the number counts, such as USD a month")
    answer: str = Field(min_length=1, description="a formula")
    tolerance: str = Field("0", description="how far off is still right, in the unit; with % of the answer")
    vary: dict[str, tuple[int | str, ...]] = Field(
        {}, description="names and the numbers they may be; a seed chooses, stem and why say {=name}"
    )
    wrong: tuple[WrongNumber, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _wrong(self) -> "Number":
        _need_slips(self.id, "wrong", self.wrong)
        return self


class WrongText(Slip):
    """Words that a known slip leads to."""

    text: tuple[str, ...] = Field(min_length=1)


class Typed(Base):
    """A word or a short phrase; case, blanks, hyphens and punctuation at the ends do not count."""

    kind: Literal["text"]
    accepts: tuple[str, ...] = Field(min_length=1, description="every form that is right, the best first")
    wrong: tuple[WrongText, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _wrong(self) -> "Typed":
        _need_slips(self.id, "wrong", self.wrong)
        return self


# ---- find the mistake ---------------------------------------------------------------------------


class Line(Slip):
    """A line that looks wrong and is not."""

    line: int = Field(ge=1)


class Find(Base):
    """Choose the wrong line of a file, a table or a bill."""

    kind: Literal["find"]
    wrong: int = Field(ge=1, description="the number of the wrong line; 1 is the first")
    line: tuple[Line, ...] = Field(min_length=1, description="lines that look wrong and are not")
    elsewhere: Slip = Field(description="for whoever chooses any other line")

    @model_validator(mode="after")
    def _lines(self) -> "Find":
        count = len(self.rows)
        _need_slips(self.id, "line", self.line)
        if not (self.elsewhere.misconception and self.elsewhere.feedback):
            raise Misplaced(f"{self.id}: elsewhere needs misconception and feedback", "elsewhere")
        if self.wrong > count or not self.rows[self.wrong - 1].strip():
            raise Misplaced(f"{self.id}: the code has no line {self.wrong} to choose", "wrong")
        for at, one in enumerate(self.line):
            if one.line > count or one.line == self.wrong or not self.rows[one.line - 1].strip():
                raise Misplaced(f"{self.id}: line {one.line} cannot be chosen wrongly", "line", at)
        return self

    @property
    def rows(self) -> list[str]:
        """The lines of the code."""
        return self.code.strip("\n").split("\n") if self.code.strip() else []


# ---- all of them --------------------------------------------------------------------------------


def _kind(data: Any) -> str:
    found = data.get("kind", "one") if isinstance(data, dict) else getattr(data, "kind", "one")
    return str(found)


Question = Annotated[
    Annotated[One, Tag("one")]
    | Annotated[Several, Tag("several")]
    | Annotated[Claim, Tag("claim")]
    | Annotated[Match, Tag("match")]
    | Annotated[Order, Tag("order")]
    | Annotated[Number, Tag("number")]
    | Annotated[Typed, Tag("text")]
    | Annotated[Find, Tag("find")],
    Discriminator(
        _kind,
        custom_error_type="kind",
        custom_error_message="kind is one, several, claim, match, order, number, text or find",
    ),
]


class Scenario(Strict):
    """A text that several questions are about; they are asked one after the other."""

    id: str = Field(pattern=SLUG)
    title: str
    text: str = Field(min_length=10, description="paragraphs of Markdown")
    code: str = ""
    language: str = "yaml"


class QuizFile(Strict):
    """One file of content/quizzes/."""

    kinds: ClassVar = ("one", "several", "claim", "match", "order", "number", "text", "find")

    scenario: tuple[Scenario, ...] = ()
    question: tuple[Question, ...] = Field(min_length=1)


def _once(question: str, what: str, ids: list[str]) -> None:
    for at, id in enumerate(ids):
        if id in ids[:at]:
            raise Misplaced(f"{question} has two {what}s with one id", what, at, "id")


def _exactly_one(question: str, right: list[bool]) -> None:
    if sum(right) != 1:
        raise Misplaced(f"{question} needs exactly one option with right = true", "id")


def _need_slips(question: str, what: str, slips: tuple[Slip, ...]) -> None:
    for at, slip in enumerate(slips):
        if not (slip.misconception and slip.feedback):
            raise Misplaced(f"{question}: each {what} needs misconception and feedback", what, at)
