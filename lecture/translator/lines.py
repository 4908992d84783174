"""Problems and the lines that they stand on. A line that seems to hold a secret is masked before anyone sees it."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from lecture.translator.compose import Place, Problem
from lecture.translator.limits import LIMITS

MASK = "••••••"
ENV = ".env"
_LIKE = r"password|passwd|passphrase|pass|pwd|secret|token|credential|auth|salt|dsn|private|(?<![a-z])key"
# a name like a secret's, and its value: NAME=value, name: value, "name": "value"; but not the key `secrets`
_NAMED = re.compile(
    rf"""(?i)(?<![\w.-])(?!secrets?["']?\s*:)([\w.-]*(?:{_LIKE})[\w.-]*["']?\s*[:=]\s*["']?)[^\s"',}}\]].*"""
)
_OPTION = re.compile(rf"""(?<!\S)(["']?--?(?:(?i:[\w-]*(?:{_LIKE}))|[pa])["']?[\s=,]*["']?)(?!\d+:\d)[^\s"',\]]+""")
_IN_URL = re.compile(r"(://[^\s/@:]*:)\S+(@)")
_TOKEN = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])\w{20,}\b")  # so long a mix of letters and digits is no word
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")  # what no page should show
_LONGEST_MESSAGE = 300
_LONGEST_NAME = 40  # of one that is looked up
_NAMES = 300  # that it is compared with


class Notes:
    """What is wrong with one text, in the order in which it was found; more than the limit are only counted."""

    def __init__(self, source: str, file: str = "compose.yaml") -> None:
        self.source = source
        self.file = file
        self.problems: list[Problem] = []
        self.unlisted = 0
        self._lines: list[str] | None = None

    @property
    def full(self) -> bool:
        """Whether no more problems are listed, so that none need be worded."""
        return len(self.problems) >= LIMITS.problems

    def add(self, message: str, mend: str, place: Place, path: str = "") -> None:
        """Note a problem."""
        if self.full:
            self.unlisted += 1
        else:
            self.problems.append(self.problem(message, mend, place, path))

    def problem(self, message: str, mend: str, place: Place, path: str = "") -> Problem:
        """A problem with the line that it stands on."""
        return Problem(_said(message), mend, place, self.line(place.line), self.file, path)

    def line(self, number: int) -> str:
        """A line of the text, from 1, masked and cut to a length that a page can show."""
        if self._lines is None:
            self._lines = self.source.splitlines()
        if not 1 <= number <= len(self._lines):
            return ""
        line = _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", self._lines[number - 1][: LIMITS.line].rstrip())
        return masked(line) if self.file != ENV else _masked_assignment(line)

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """'Did you mean image?', or nothing where no known name is close, or enough has been guessed."""
        if len(name) > _LONGEST_NAME or len(self.problems) >= LIMITS.guesses:
            return ""
        close = get_close_matches(name.lower(), list(islice(known, _NAMES)), 1, 0.7)
        return f"Did you mean {close[0]}?" if close else ""

    def closed(self) -> tuple[Problem, ...]:
        """All problems, and one more that counts those that are not listed."""
        if self.unlisted:
            last = self.problems[-1]
            more = Problem(f"{self.unlisted} more like these.", "Mend the first ones, then look again.", last.place)
            return (*self.problems, more)
        return tuple(self.problems)


def _said(message: str) -> str:
    """A message in one line and of a length that can be read, whatever names stand in it."""
    plain = _HIDDEN.sub(" ", " ".join(message.split()))
    return plain if len(plain) <= _LONGEST_MESSAGE else f"{plain[:_LONGEST_MESSAGE]}…"


def _masked_assignment(line: str) -> str:
    """A line of a .env file: all values may be secrets, and a line without a name may belong to one."""
    name, equals, _ = line.partition("=")
    return f"{name}={MASK}" if equals else MASK


def masked(line: str) -> str:
    """The line, with dots for what looks like a secret: by its name or option, inside a URL, or by its length."""
    for pattern in (_NAMED, _OPTION):
        line = pattern.sub(rf"\1{MASK}", line)
    return _TOKEN.sub(MASK, _IN_URL.sub(rf"\1{MASK}\2", line))
