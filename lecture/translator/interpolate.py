"""Variables in a compose file, in every form of the compose specification (12-interpolation).

$V and ${V}, ${V:-d} and ${V-d} for a default, ${V:?e} and ${V?e} for what must be given, ${V:+x} and ${V+x} for what
stands where there is a value, $$ for a dollar; defaults may hold variables. With a colon an empty value counts as none.
Values come from the .env box alone, never from the server's own environment.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lecture.translator.compose import Unset
from lecture.translator.limits import LIMITS
from lecture.translator.nodes import Parts

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATION = re.compile(r":?[-?+]")
_UNSET = 100  # characters that a variable without a value counts for: each is a part of its own
_BRACE = re.compile(r"[{}]")


class TooMuch(Exception):  # noqa: N818 - what it says of the text
    """The variables, written out, are more than is allowed."""


@dataclass(slots=True)
class Evaluated:
    """A text with its variables put in."""

    parts: list[str | Unset] = field(default_factory=list)
    unset: list[tuple[str, int]] = field(default_factory=list)  # name, and which dollar of the text it stands at
    required: dict[str, str] = field(default_factory=dict)
    wrong: list[tuple[str, str, int]] = field(default_factory=list)  # message, mend, which dollar


class Variables:
    """The values that the .env box gives, and how much may still be written out."""

    def __init__(self, values: Mapping[str, Parts]) -> None:
        self.values = values
        self.room = LIMITS.characters

    def evaluate(self, text: str) -> Evaluated:
        """`text` with its variables put in; raises TooMuch."""
        result = Evaluated()
        self._evaluate(text, result, 0, 0)
        result.parts = _merged(result.parts)
        return result

    def _evaluate(self, text: str, result: Evaluated, dollars: int, depth: int) -> None:
        """Adds the parts of `text`, before which `dollars` dollars stand in the whole."""
        at = 0
        while (dollar := text.find("$", at)) >= 0:
            self._put(result, text[at:dollar])
            at = self._variable(text, dollar, result, dollars, depth)
            dollars += text.count("$", dollar, at)
        self._put(result, text[at:])

    def _variable(self, text: str, dollar: int, result: Evaluated, dollars: int, depth: int) -> int:
        """Adds what stands at this dollar, and says where the text goes on."""
        if text.startswith("$", dollar + 1):
            self._put(result, "$")
            return dollar + 2
        if name := _NAME.match(text, dollar + 1):
            self._take(name[0], result, dollars)
            return name.end()
        if text.startswith("{", dollar + 1):
            return self._braced(text, dollar, result, dollars, depth)
        result.wrong.append(
            ("A $ stands here that no name follows.", "Write $$ where you mean a dollar, or ${NAME}.", dollars)
        )
        self._put(result, "$")
        return dollar + 1

    def _braced(self, text: str, dollar: int, result: Evaluated, dollars: int, depth: int) -> int:
        close = _closing(text, dollar + 1)
        if close < 0:
            result.wrong.append(("${ opens here and is never closed.", "Close it with }, or write $$ for $.", dollars))
            self._put(result, text[dollar:])
            return len(text)
        name = _NAME.match(text, dollar + 2, close)
        operation = _OPERATION.match(text, name.end(), close) if name else None
        if name is None or not (operation or name.end() == close) or depth >= LIMITS.nesting:
            result.wrong.append(_malformed(depth, dollars))
            self._put(result, text[dollar : close + 1])
        elif operation is None:
            self._take(name[0], result, dollars)
        else:
            word = text[operation.end() : close]
            before = dollars + 1
            self._operate(name[0], operation[0], word, result, (dollars, before), depth)
        return close + 1

    def _operate(
        self, name: str, operation: str, word: str, result: Evaluated, dollars: tuple[int, int], depth: int
    ) -> None:
        value = self.values.get(name)
        there = value is not None and not (operation[0] == ":" and not any(value))
        match operation[-1], there:
            case ("-", False) | ("+", True):
                self._evaluate(word, result, dollars[1], depth + 1)
            case ("+", False):
                pass
            case ("?", False):
                result.required.setdefault(name, word)
                self._lacks(name, result, dollars[0])
            case _:
                self._take(name, result, dollars[0])

    def _take(self, name: str, result: Evaluated, dollars: int) -> None:
        value = self.values.get(name)
        if value is None:
            self._lacks(name, result, dollars)
            return
        for part in value:
            if isinstance(part, str):
                self._put(result, part)
            else:
                self._lacks(part.name, result, dollars)

    def _lacks(self, name: str, result: Evaluated, dollars: int) -> None:
        self._spend(len(name) + _UNSET)
        result.parts.append(Unset(name))
        result.unset.append((name, dollars))

    def _put(self, result: Evaluated, text: str) -> None:
        if text:
            self._spend(len(text))
            result.parts.append(text)

    def _spend(self, characters: int) -> None:
        self.room -= characters
        if self.room < 0:
            raise TooMuch


def _malformed(depth: int, dollars: int) -> tuple[str, str, int]:
    if depth >= LIMITS.nesting:
        return (
            f"Variables stand inside each other more than {LIMITS.nesting} deep.",
            "Give this one a value.",
            dollars,
        )
    return (
        "This is not a form of ${…} that compose knows.",
        "Write ${NAME}, ${NAME:-default} or ${NAME:?message}; the name is letters, digits and underscores.",
        dollars,
    )


def _closing(text: str, brace: int) -> int:
    """Where the brace at `brace` is closed, or -1."""
    level = 0
    for found in _BRACE.finditer(text, brace):
        level += 1 if found[0] == "{" else -1
        if level == 0:
            return found.start()
    return -1


def _merged(parts: list[str | Unset]) -> list[str | Unset]:
    """Neighbouring pieces of text as one."""
    merged: list[str | Unset] = []
    text: list[str] = []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
            continue
        if text:
            merged.append("".join(text))
            text = []
        merged.append(part)
    return [*merged, "".join(text)] if text else merged
