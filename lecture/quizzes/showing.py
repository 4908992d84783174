"""A question and its verdict in the words of a page."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.safestring import SafeString

from lecture.course import links
from lecture.course.code import highlight
from lecture.course.load import course
from lecture.models import Answer, Card
from lecture.quizzes import marking
from lecture.quizzes.asked import Asked, Choice
from lecture.quizzes.kinds import Find, Match, Number, Order, Scenario, Several, Typed
from lecture.quizzes.marking import Told, Verdict
from lecture.quizzes.misconceptions import Misconception, misconceptions
from lecture.quizzes.questions import scenario

SURE = ((1, "Guessing"), (2, "Fairly sure"), (3, "Certain"))


@dataclass(frozen=True)
class Row:
    """A line of code that can be chosen."""

    number: str
    html: SafeString
    choosable: bool


@dataclass(frozen=True)
class ToldRow:
    """A line of code and what is to be said of it."""

    line: Told
    html: SafeString


@dataclass
class Page:
    """Everything that the template of a question needs."""

    asked: Asked
    action: str  # where the answer goes
    once: str = ""
    sure: bool = False  # whether certainty is asked for
    level: int = 1  # of the heading that the stem is
    mend: str = ""  # what to do where the form held no answer
    said: dict[str, str] = field(default_factory=dict)  # what the form held
    verdict: Verdict | None = None
    answer: Answer | None = None
    before: bool = False  # it had been answered already
    card: Card | None = None
    today: date | None = None
    next: str = ""
    next_text: str = "Next question"
    again: bool = False
    focus: bool = False

    @property
    def kind(self) -> str:
        """Which template part asks it."""
        return self.asked.kind

    @property
    def certainties(self) -> tuple[tuple[int, str], ...]:
        """How sure one can be, where that is asked."""
        return SURE if self.sure else ()

    @property
    def scenario(self) -> Scenario | None:
        """The text that is told before it."""
        return scenario(self.asked.question.scenario)

    @property
    def code(self) -> SafeString | str:
        """The code below the stem, coloured; a `find` shows its lines one by one."""
        question = self.asked.question
        if isinstance(question, Find) or not question.code.strip():
            return ""
        return highlight(question.code.strip("\n"), question.language)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The lines of a `find`."""
        question = self.asked.question
        if not isinstance(question, Find):
            return ()
        html = highlight("\n".join(question.rows), question.language).split("\n")
        lines = zip(self.asked.choices, html, strict=False)
        return tuple(Row(line.id, SafeString(row), bool(line.text.strip())) for line, row in lines)

    @property
    def told_rows(self) -> tuple[ToldRow, ...]:
        """The lines of a `find` with the verdict on each."""
        told = self.verdict.told if self.verdict else ()
        return tuple(ToldRow(line, row.html) for line, row in zip(told, self.rows, strict=False))

    @property
    def places(self) -> range:
        """The places of an order."""
        return range(1, len(self.asked.choices) + 1)

    @property
    def unit(self) -> str:
        """What a number counts."""
        return self.asked.question.unit if isinstance(self.asked.question, Number) else ""

    @property
    def how(self) -> str:
        """What to do, in a line."""
        match self.asked.question:
            case Several():
                return "Choose all that fit"
            case Match():
                return "Choose for each what belongs to it"
            case Order():
                return "Give each step its place; 1 is first"
            case Number():
                return f"Your answer, in {self.unit}"
            case Typed():
                return "Your answer, in a word or two"
            case Find():
                return "Choose the line with the mistake"
        return "Choose one"

    @property
    def steps(self) -> tuple[tuple[Choice, str], ...]:
        """Steps of an order, or lefts of a match, each with what the form held."""
        if self.asked.lefts:
            return tuple((left, self.said.get(f"answer-{left.id}", "")) for left in self.asked.lefts)
        return tuple((step, self.said.get(f"place-{step.id}", "")) for step in self.asked.choices)

    @property
    def beliefs(self) -> tuple[tuple[str, Misconception | None, tuple[str, ...]], ...]:
        """What the answer shows, each belief once: in words, the belief, and what is to be said of it."""
        known = misconceptions()
        found: dict[str, tuple[Misconception | None, list[str]]] = {}
        for slip in self.verdict.slips if self.verdict else ():
            belief = known.get(slip.misconception)
            words = belief.believed if belief else slip.idea
            said = found.setdefault(words, (belief, []))[1]
            said += [slip.feedback] if slip.feedback and slip.feedback not in said else []
        return tuple((words, belief, tuple(said)) for words, (belief, said) in found.items())

    @property
    def explained(self) -> tuple[tuple[str, str], ...]:
        """Where the beliefs behind a wrong answer are mended: address and name of each section, once."""
        found: dict[str, str] = {}
        for _, belief, _ in self.beliefs:
            with suppress(LookupError):
                there = links.place(course(), belief.section if belief else "")
                found.setdefault(there.section.label if there.section else "", there.address)
        return tuple((address, label) for label, address in found.items())

    @property
    def points(self) -> int:
        """What it was worth."""
        return marking.points(self.answer.right, self.answer.certainty) if self.answer else 0

    @property
    def returns(self) -> str:
        """When it comes back."""
        if not (self.card and self.today):
            return ""
        away = (self.card.due - self.today).days
        return "tomorrow" if away == 1 else "today" if away < 1 else f"in {away} days"

    @property
    def section(self) -> str:
        """The number of its section, else its name, for “Read 3.4 again”."""
        leaf = course().leaves.get(self.asked.question.section)
        return (leaf.number or leaf.short) if leaf else ""
