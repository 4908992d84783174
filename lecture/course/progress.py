"""How far a learner is: which sections are read, and where to go on."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lecture.course.model import Course, Part, Section

State = Literal["read", "here", "ahead", "coming"]


@dataclass(frozen=True)
class Stone:
    """A section on the clock: geometry in units of the path, state in a word."""

    title: str
    state: State
    x: float
    width: float


@dataclass(frozen=True)
class Row:
    """A part on the path of the home page."""

    part: Part
    stones: tuple[Stone, ...]
    read: int

    @property
    def state(self) -> State:
        """Of the part's plate."""
        states = {stone.state for stone in self.stones}
        if "here" in states:
            return "here"
        if states == {"coming"}:
            return "coming"
        return "read" if states == {"read"} else "ahead"

    @property
    def coming(self) -> bool:
        """Whether nothing of the part is written yet."""
        return not self.part.sections

    @property
    def words(self) -> str:
        """The stones, for who cannot see them."""
        return f"{self.read} of {len(self.stones)} sections read" if not self.coming else "coming"


@dataclass(frozen=True)
class Progress:
    """What of a course is read; keys that the course does not have count for nothing."""

    course: Course
    keys: Set[str]
    length: int = 760  # units of the path

    @property
    def read(self) -> int:
        """How many sections."""
        return sum(section.key in self.keys for section in self.course.sections)

    @property
    def total(self) -> int:
        """How many sections the lecture has, coming ones too."""
        return sum(len(part.clock) for part in self.course.parts)

    @cached_property
    def next(self) -> Section | None:
        """The first unread section after the last that was read, else the first unread; None at the end."""
        sections = self.course.sections
        last = max((at for at, s in enumerate(sections) if s.key in self.keys), default=-1)
        unread = [s for s in (*sections[last + 1 :], *sections[: last + 1]) if s.key not in self.keys]
        return unread[0] if unread else None

    def state(self, section: Section | None) -> State:
        """read, here (go on with this), ahead, or coming where there is no section yet."""
        if section is None:
            return "coming"
        if section.key in self.keys:
            return "read"
        return "here" if section == self.next else "ahead"

    @property
    def rows(self) -> list[Row]:
        """The parts as rows of stones on a common clock."""
        return [self._row(part) for part in self.course.parts]

    def _row(self, part: Part) -> Row:
        unit = self.length / self.course.minutes
        stones = tuple(
            Stone(title, self.state(section), round(at * unit + 2, 1), max(1, round(minutes * unit - 4, 1)))
            for section, title, at, minutes in part.clock
        )
        return Row(part, stones, sum(section.key in self.keys for section in part.sections))

    @property
    def ticks(self) -> list[tuple[float, int]]:
        """(x, minute) where each part begins, and the end."""
        unit = self.length / self.course.minutes
        minutes = [part.start for part in self.course.parts] + [self.course.minutes]
        return [(round(m * unit, 1), m) for m in minutes]
