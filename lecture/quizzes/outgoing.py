"""Questions on their way out of the course: put with one seed, with all that is told before them."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from threading import local

from django.utils.html import escape, strip_tags
from markdown import Markdown

from lecture.course import prose
from lecture.quizzes import formula
from lecture.quizzes.asked import Asked, ask, filled, price
from lecture.quizzes.kinds import (
    Claim,
    Find,
    Line,
    Match,
    Number,
    One,
    Option,
    Order,
    Pair,
    Question,
    Reason,
    Scenario,
    Several,
    Slip,
    Turned,
    WrongNumber,
    WrongText,
)
from lecture.quizzes.misconceptions import misconceptions
from lecture.quizzes.questions import scenario

SEED = 1  # numbers that vary and the order of options are those of this seed, in every export
SPAN = re.compile(r"`+")
_kept = local()
DIGITS = 10  # of a number that goes on for ever


@dataclass(frozen=True)
class Block:
    """A piece of what is read before an answer: Markdown, or lines of code."""

    text: str
    language: str = ""  # of code; "" is Markdown


@dataclass(frozen=True)
class Choice:
    """Something to choose, and what is to be said to whoever chooses it; both Markdown."""

    id: str
    text: str
    right: bool
    said: str


@dataclass(frozen=True)
class Leaving:
    """A question that leaves the course."""

    asked: Asked
    scenario: Scenario | None

    @property
    def question(self) -> Question:
        """As its author wrote it."""
        return self.asked.question

    @property
    def id(self) -> str:
        """Its id, which stays."""
        return self.asked.id

    @property
    def before(self) -> tuple[Block, ...]:
        """The scenario that is told before it."""
        if self.scenario is None:
            return ()
        told = Block(f"**{self.scenario.title}**\n\n{self.scenario.text}")
        code = self.scenario.code.strip("\n")
        return (told, Block(code, self.scenario.language)) if code.strip() else (told,)

    @property
    def code(self) -> tuple[Block, ...]:
        """Its lines of code; those of a `find` have numbers."""
        if isinstance(self.question, Find):
            return (Block("\n".join(f"{at:2}  {row}" for at, row in enumerate(self.question.rows, 1)), "text"),)
        code = self.question.code.strip("\n")
        return (Block(code, self.question.language),) if code.strip() else ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All that is read before the answer: scenario, stem, code."""
        return (*self.before, Block(self.asked.stem), *self.code)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen, in the order of the seed; none where something is typed, matched or ordered."""
        question = self.question
        if isinstance(question, One | Several | Claim):
            by_id = {option.id: option for option in question.option}
            return tuple(
                Choice(one.id, one.text, by_id[one.id].right, said(by_id[one.id], self.asked))
                for one in self.asked.choices
            )
        return self._lines(question) if isinstance(question, Find) else ()

    def _lines(self, question: Find) -> tuple[Choice, ...]:
        known = {one.line: one for one in question.line}
        return tuple(
            Choice(
                f"line-{at}",
                f"Line {at}: {span(row.strip())}",
                at == question.wrong,
                "" if at == question.wrong else said(known.get(at, question.elsewhere), self.asked),
            )
            for at, row in enumerate(question.rows, 1)
            if row.strip()
        )


def leaving(questions: Iterable[Question]) -> tuple[Leaving, ...]:
    """The questions as they leave."""
    return tuple(Leaving(ask(one, SEED), scenario(one.scenario)) for one in questions)


def said(slip: Slip, asked: Asked) -> str:
    """The belief behind a wrong answer and its feedback, in Markdown; of a right one what there is to add."""
    feedback = filled(slip.feedback, asked.names)
    right = isinstance(slip, Option) and slip.right
    idea = "" if right else belief(slip)
    return f"The idea behind it: *“{idea}”.* {feedback}" if idea else feedback


def belief(slip: Slip) -> str:
    """The belief behind a wrong answer in words, "" where it has none."""
    known = misconceptions().get(slip.misconception)
    return known.believed if known else getattr(slip, "idea", "")


def hint(question: Question) -> str:
    """What to do, where the form of an export does not say it by itself."""
    match question:
        case Several():
            return "Choose all that fit."
        case Claim():
            return "True or false, and why?"
        case Match():
            return "Choose for each what belongs to it."
        case Order():
            return "Give each step its place; 1 is first."
        case Number():
            return f"Your answer, in {question.unit}:"
        case Find():
            return "Which line has the mistake?"
    return ""


def chosen(slip: Slip, asked: Asked) -> str:
    """A wrong answer that is known, in Markdown."""
    question = asked.question
    match slip:
        case Reason():
            return f"{'True' if slip.says else 'False'}: {slip.text}"
        case Option():
            return filled(slip.text, asked.names)
        case Pair():
            return slip.left
        case Turned() if isinstance(question, Order):
            steps = {item.id: item.text for item in question.item}
            return f"{steps[slip.later]}, before: {steps[slip.sooner]}"
        case WrongNumber() if isinstance(question, Number):
            return f"{formula.shown(formula.evaluate(slip.value, asked.names, price))} {question.unit}"
        case WrongText():
            return ", ".join(slip.text)
        case Line():
            return f"line {slip.line}"
    return "any other line"


# ---- texts in other forms -----------------------------------------------------------------------


def span(code: str) -> str:
    """A line of code as Markdown."""
    ticks = "`" * (1 + max((len(run) for run in SPAN.findall(code)), default=0))
    pad = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{ticks}{pad}{code}{pad}{ticks}"


def inline(text: str) -> str:
    """A line of Markdown as HTML."""
    return prose.inline(_markdown(), text)


def plain(text: str) -> str:
    """A line of Markdown without marks, for forms that take bare words."""
    return " ".join(html.unescape(strip_tags(inline(text))).split())


def as_html(blocks: Iterable[Block]) -> str:
    """Blocks as HTML of paragraphs and code."""
    return "\n".join(_html(block) for block in blocks)


def as_markdown(blocks: Iterable[Block]) -> str:
    """Blocks as one text of Markdown with fences."""
    return "\n\n".join(_fenced(block) if block.language else block.text for block in blocks)


def number(value: Decimal) -> str:
    """A number as a machine reads it: no commas, no needless zeros, at most ten digits that count."""
    if value == 0:
        return "0"
    places = max(0, DIGITS - 1 - value.adjusted())
    text = f"{round(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _html(block: Block) -> str:
    if block.language:
        return f"<pre><code>{escape(block.text)}</code></pre>"
    return _markdown().reset().convert(block.text)


def _markdown() -> Markdown:
    """The converter of this thread: to make one costs more than to use it."""
    if not hasattr(_kept, "markdown"):
        _kept.markdown = prose.markdown(lambda href: href)
    found: Markdown = _kept.markdown
    return found


def _fenced(block: Block) -> str:
    ticks = "`" * max(3, 1 + max((len(run) for run in SPAN.findall(block.text)), default=0))
    return f"{ticks}{block.language}\n{block.text}\n{ticks}"
