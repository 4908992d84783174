"""A problem as the page shows it: the line itself, and a caret below the place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lecture.translator.compose import Place, Problem
from lecture.translator.limits import LIMITS
from lecture.translator.lines import MASK


@dataclass(frozen=True, slots=True)
class Told:
    """A problem and the line with which its caret is drawn; "" where there is no place to point at."""

    problem: Problem
    caret: str

    @property
    def blanks(self) -> str:
        """What stands before the caret."""
        return self.caret[:-1]


def told(problems: Iterable[Problem]) -> list[Told]:
    """Each problem with its caret."""
    return [Told(problem, caret(problem.text, problem.place.column)) for problem in problems]


def masked(problem: Problem, lines: tuple[str, ...]) -> Problem:
    """A problem with its line as the page shows it beside the cards, every secret known by then as dots."""
    known = problem.text and problem.file != ".env" and problem.place.line <= len(lines)
    return replace(problem, text=lines[problem.place.line - 1]) if known else problem


def caret(line: str, column: int) -> str:
    """Blanks and a ^ below `column`, from 1, with the tabs of the line; "" where dots hide a secret before it."""
    before = line[: column - 1]
    if not line.strip() or len(before) < column - 1 or MASK in before:
        return ""
    return "".join("\t" if sign == "\t" else " " for sign in before) + "^"


def too_large() -> Problem:
    """For a request that is refused before it is read."""
    most = LIMITS.text // 1024
    return Problem(
        f"That is more than the translator takes: {most} kB of compose file are the most.",
        "Paste the compose file alone, or a part of it.",
        Place(1, 1),
    )
