"""What a drawing is made of: frames, boxes, wires, knots and labels, with coordinates in its own units.

The template only prints these. Units are those of look.md: 720 wide for 704 px, or 336 for narrow containers.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lecture.homes import Kind

Point = tuple[int, int]
HEAD = 1  # a wire's line stops so far before its end: the tip of the marker covers the rest


@dataclass(frozen=True, slots=True)
class Frame:
    """The VPC, a zone (dotted) or a subnet (panel)."""

    kind: Literal["vpc", "zone", "net"]
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Letters:
    """A line of text inside a box, centred on x; y is its baseline. `small` is 12 units, the least there is."""

    text: str
    x: int
    y: int
    style: Literal["name", "bold", "quiet", "gate"]  # a name has the colour of its home
    small: bool = False

    @property
    def classes(self) -> str:
        """The classes of course.css."""
        kind = {"name": "b name", "bold": "b", "quiet": "q", "gate": "on-gate"}[self.style]
        return f"mid {kind} small" if self.small else f"mid {kind}"


@dataclass(frozen=True, slots=True)
class Box:
    """A thing with a name. `home` colours it; ghosts are not there, or not yet paid for."""

    key: str  # unique in the drawing
    resource: str  # the id of its resource, "" for the internet and the gate
    kind: Literal["home", "copy", "ghost", "gate", "pill"]
    x: int
    y: int
    width: int
    height: int
    home: Kind | None
    letters: tuple[Letters, ...]
    full: str = ""  # its whole name, where the letters had to be shortened

    @property
    def classes(self) -> str:
        """The classes of its outline in course.css."""
        return {"copy": "home copy", "pill": "box"}.get(self.kind, self.kind)

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + self.height

    @property
    def radius(self) -> int:
        """Boxes are a little round, the internet is a pill."""
        return self.height // 2 if self.kind == "pill" else 6


@dataclass(frozen=True, slots=True)
class Wire:
    """A line of right angles from where a conversation starts; with a head, it ends on the edge of a box."""

    net: str  # wires of one net lead to one box
    points: tuple[Point, ...]
    head: bool = True
    dashed: bool = False

    @property
    def path(self) -> str:
        """As SVG writes it, such as M412 34V59H500."""
        points = [*self.points]
        if self.head:
            points[-1] = _before(points[-2], points[-1])
        said = [f"M{points[0][0]} {points[0][1]}"]
        for (_, y), (next_x, next_y) in pairwise(points):
            said.append(f"H{next_x}" if y == next_y else f"V{next_y}")
        return "".join(said)


@dataclass(frozen=True, slots=True)
class Label:
    """Text outside boxes; y is the baseline. `width` is an estimate that holds for the widest of our fonts."""

    text: str
    x: int
    y: int
    width: int
    style: Literal["port", "title", "quiet", "door"]
    anchor: Literal["start", "end"] = "start"

    @property
    def left(self) -> int:
        """Where its text begins."""
        return self.x if self.anchor == "start" else self.x - self.width

    @property
    def classes(self) -> str:
        """The classes of course.css."""
        kind = {"port": "m", "title": "b", "quiet": "q", "door": "b"}[self.style]
        return f"{kind} end" if self.anchor == "end" else kind


@dataclass(frozen=True, slots=True)
class Diagram:
    """One drawing. `numbered`: numbers at doors and callers stand for the lines, which would be too many."""

    width: int
    height: int
    title: str
    description: str
    frames: tuple[Frame, ...]
    wires: tuple[Wire, ...]
    knots: tuple[Point, ...]
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Drawings:
    """The same in two widths, and what to notice."""

    wide: Diagram
    narrow: Diagram
    caption: str


def _before(start: Point, end: Point) -> Point:
    """The point HEAD units before `end`, coming from `start`."""
    (x, y), (to_x, to_y) = start, end
    if x == to_x:
        return x, to_y - HEAD if to_y > y else to_y + HEAD
    return (to_x - HEAD if to_x > x else to_x + HEAD), y
