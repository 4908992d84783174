"""A quiz on paper: numbered questions with room to write, and a key on pages of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from django.utils.safestring import SafeString, mark_safe

from lecture.quizzes.kinds import Find, Match, Number, Order, Typed
from lecture.quizzes.marking import answer
from lecture.quizzes.outgoing import Leaving, as_html, hint, inline

WORKING = 4  # lines to work something out on
REASON = 1  # line to say why


@dataclass(frozen=True)
class Sheet:
    """One question on paper, and its solution."""

    number: int
    id: str
    kind: str
    stem: SafeString
    todo: str
    choices: tuple[tuple[str, SafeString], ...]  # a letter and what it stands for
    lefts: tuple[SafeString, ...]  # of a match, each with a gap for a letter; of an order, each with one for a place
    gap: str  # what is written before a gap at the end, "" where there is none
    unit: str
    room: int  # lines to write on
    solution: SafeString
    why: SafeString


@dataclass(frozen=True)
class Group:
    """The questions of a scenario, which is told before them, or one question alone."""

    before: SafeString
    sheets: tuple[Sheet, ...]

    @property
    def span(self) -> str:
        """The numbers of the questions: “3” or “3 to 5”."""
        first, last = self.sheets[0].number, self.sheets[-1].number
        return str(first) if first == last else f"{first} to {last}"


def groups(questions: Sequence[Leaving]) -> list[Group]:
    """The questions as they stand on paper: those of a scenario together, where its first one stands."""
    told: dict[str, list[Leaving]] = {}
    for one in questions:
        told.setdefault(one.scenario.id if one.scenario else f"question {one.id}", []).append(one)
    found, number = [], 1
    for group in told.values():
        sheets = [sheet(at, one) for at, one in enumerate(group, number)]
        found.append(Group(_safe(as_html(group[0].before)), tuple(sheets)))
        number += len(sheets)
    return found


def sheet(number: int, one: Leaving) -> Sheet:
    """A question with its number."""
    question = one.question
    letters = {choice.id: letter for letter, choice in zip(ascii_uppercase, one.asked.choices, strict=False)}
    lettered = not isinstance(question, Order | Find)
    choices = [(letters[choice.id], _inline(choice.text)) for choice in one.asked.choices] if lettered else []
    lefts = one.asked.choices if isinstance(question, Order) else one.asked.lefts
    return Sheet(
        number,
        one.id,
        one.asked.kind,
        _safe(as_html(one.blocks[len(one.before) :])),
        "" if isinstance(question, Number | Typed | Find) else hint(question),
        tuple(choices),
        tuple(_inline(left.text) for left in lefts),
        {Number: "Answer:", Typed: "Answer:", Find: "The mistake is in line"}.get(type(question), ""),
        question.unit if isinstance(question, Number) else "",
        WORKING if isinstance(question, Number) else REASON if isinstance(question, Find) else 0,
        _inline(_solution(one, letters)),
        _inline(one.asked.why),
    )


def _solution(one: Leaving, letters: dict[str, str]) -> str:
    """The answer as the key gives it, in Markdown: letters first."""
    question = one.question
    match question:
        case Match():
            rights = {right: letters[str(at)] for at, right in enumerate(question.rights)}
            by_id = {pair.id: pair for pair in question.pair}
            pairs = [by_id[left.id] for left in one.asked.lefts]
            return "; ".join(f"{pair.left}: **{rights[pair.right]}**" for pair in pairs)
        case Order():
            right = [item.id for item in question.item]
            places = ", ".join(str(right.index(step.id) + 1) for step in one.asked.choices)
            return f"**{places}** (from top to bottom): {answer(one.asked)}"
        case Typed():
            return f"**{question.accepts[0]}**" + "".join(f", {form}" for form in question.accepts[1:])
        case Number() | Find():
            return f"**{answer(one.asked).partition(':')[0]}**"
    right_ones = [choice for choice in one.choices if choice.right]
    return "; ".join(f"**{letters[choice.id]}**: {choice.text}" for choice in right_ones)


def _inline(text: str) -> SafeString:
    return _safe(inline(text))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - Markdown of an author's text, as on every page
