"""Charts as geometry: stacked bars, and curves on two logarithmic axes. Templates in costs/charts/ draw them.

Each is drawn twice, 720 units wide and 336, so that no lettering falls below 12 px (look.md). Money comes in as
exact decimals; a place on paper may be a float. Colours come from classes: the four homes, and five textures.
"""

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

WIDE, NARROW = 720, 336
BAR, ROW, HEAD = 22, 62, 4  # of a stacked bar: its height, from one to the next, above the first
TOP, BOTTOM, LEFT = 30, 46, 58  # margins of the curves
APART = 17  # between two labels
Say = Callable[[Decimal], str]


# ---- stacked bars --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a bar: its class (a home or a texture), how much it is, and its name."""

    kind: str
    amount: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it is called, its pieces, what it says at its end, and whether it is yours."""

    name: str
    pieces: tuple[Piece, ...]
    said: str
    lit: bool = False

    @property
    def total(self) -> Decimal:
        """All pieces together."""
        return sum((piece.amount for piece in self.pieces), Decimal())


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in units of the drawing."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A text: where, how it is anchored (start, middle, end), and its class."""

    text: str
    x: float
    y: float
    anchor: str = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands in one <svg>."""

    width: int
    height: float
    boxes: tuple[Box, ...] = ()
    letters: tuple[Letter, ...] = ()
    paths: tuple[tuple[str, str], ...] = ()  # class and d
    dots: tuple[tuple[str, float, float], ...] = ()  # class, x, y


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing at both widths, with the words that could replace it."""

    id: str
    title: str
    description: str
    wide: Drawing
    narrow: Drawing

    @property
    def forms(self) -> tuple[tuple[str, Drawing], ...]:
        """The two drawings, by their class."""
        return (("wide-only", self.wide), ("narrow", self.narrow))


def stacked(id: str, title: str, rows: Sequence[Row]) -> Chart:
    """Bars below each other on one scale, each piece with its own class; names above, amounts at the end."""
    told = ". ".join(f"{row.name}: {row.said}{_pieces(row)}" for row in rows)
    return Chart(id, title, f"{told}.", _bars(rows, WIDE), _bars(rows, NARROW))


def _pieces(row: Row) -> str:
    named = [f"{piece.name} {piece.amount:,.2f}" for piece in row.pieces if piece.name and piece.amount]
    return f" ({', '.join(named)})" if len(named) > 1 else ""


def _bars(rows: Sequence[Row], width: int) -> Drawing:
    most = max((row.total for row in rows), default=Decimal()) or Decimal(1)
    room = width - 96  # for the amount at the end of the longest
    boxes: list[Box] = []
    letters: list[Letter] = []
    for at, row in enumerate(rows):
        y = HEAD + at * ROW
        if row.lit:
            boxes.append(Box("lit", -10, y - 2, width + 20, ROW - 6))
        letters.append(Letter(row.name, 0, y + 16, "start", "name"))
        x = 0.0
        for piece in row.pieces:
            long = float(piece.amount / most) * room
            if long:
                boxes.append(Box(piece.kind, round(x, 2), y + 26, round(max(long, 1), 2), BAR, piece.name))
            x += long
        letters.append(Letter(row.said, round(x + 8, 2), y + 42, "start", "amount"))
    return Drawing(width, HEAD + len(rows) * ROW, tuple(boxes), tuple(letters))


# ---- curves on two logarithmic axes --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through `points`, x and y; its class is a home, its name stands at its end."""

    name: str
    kind: str
    points: tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point that matters: its class, and what is written beside it ("" for a dot alone)."""

    x: Decimal
    y: Decimal
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """From a value to a place, by powers of ten."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: Decimal) -> float:
        """The place of a value above zero, not beyond the ends."""
        power = min(max(log10(value), self.low), self.high)
        return round(self.start + (power - self.low) / (self.high - self.low) * (self.end - self.start), 2)

    def ticks(self) -> list[Decimal]:
        """Every power of ten on it."""
        return [Decimal(10) ** power for power in range(self.low, self.high + 1)]


@dataclass(frozen=True, slots=True)
class Axes:
    """What both axes show: powers of ten from low to high, how a tick is written, and what is counted."""

    x: tuple[int, int]
    y: tuple[int, int]
    say_x: Say
    say_y: Say
    name_x: str
    name_y: str
    now: Decimal  # a place on the x axis that the visitor asked about
    now_text: str


def decades(values: Iterable[Decimal], least: int, most: int, beyond: int = 0) -> tuple[int, int]:
    """The powers of ten around some values, at least one apart, within bounds."""
    powers = [log10(value) for value in values if value > 0] or [0.0]
    low = min(max(floor(min(powers)) - beyond, least), most - 1)
    return low, max(min(ceil(max(powers)) + beyond, most), low + 1)


def curves(id: str, title: str, description: str, lines: Sequence[Curve], marks: Sequence[Mark], axes: Axes) -> Chart:
    """Lines over two logarithmic axes, with marks on them and one place lit."""
    wide, narrow = (_plot(lines, marks, axes, *size) for size in ((WIDE, 400, 92), (NARROW, 330, 14)))
    return Chart(id, title, description, wide, narrow)


def _plot(lines: Sequence[Curve], marks: Sequence[Mark], axes: Axes, width: int, height: int, right: int) -> Drawing:
    left = LEFT if right > 40 else 46
    x = Scale(*axes.x, left, width - right)
    y = Scale(*axes.y, height - BOTTOM, TOP + 14)
    letters = [*_ticks(x, y, axes, height), *_now(x, axes)]
    paths = [*_grid(x, y), ("now", f"M{x.at(axes.now)} {y.start}V{TOP}")]
    paths += [(f"curve {line.kind}", _path(line, x, y)) for line in lines]
    dots = [(mark.kind, x.at(mark.x), y.at(mark.y)) for mark in marks]
    letters += _names(lines, x, y, inside=right < 40)
    letters += [_beside(mark, x, y) for mark in marks if mark.text]
    return Drawing(width, height, (), tuple(letters), tuple(paths), tuple(dots))


def _grid(x: Scale, y: Scale) -> list[tuple[str, str]]:
    upright = "".join(f"M{x.at(tick)} {y.start}V{y.end}" for tick in x.ticks())
    level = "".join(f"M{x.start} {y.at(tick)}H{x.end}" for tick in y.ticks())
    return [("grid", upright + level), ("axis", f"M{x.start} {y.start}H{x.end}")]


def _ticks(x: Scale, y: Scale, axes: Axes, height: int) -> list[Letter]:
    every = 1 if (x.end - x.start) / max(x.high - x.low, 1) > 44 else 2
    below = [Letter(axes.say_x(tick), x.at(tick), y.start + 18, "middle", "tick") for tick in x.ticks()[::every]]
    beside = [Letter(axes.say_y(tick), x.start - 8, y.at(tick) + 4, "end", "tick") for tick in y.ticks()]
    names = [
        Letter(axes.name_x, (x.start + x.end) / 2, height - 6, "middle", "axis-name"),
        Letter(axes.name_y, 0, y.end - 14, "start", "axis-name"),
    ]
    return [*below, *beside, *names]


def _now(x: Scale, axes: Axes) -> list[Letter]:
    at = x.at(axes.now)
    anchor = "start" if at < x.start + 150 else "end" if at > x.end - 40 else "middle"
    return [Letter(axes.now_text, at, TOP - 10, anchor, "now")]


def _path(line: Curve, x: Scale, y: Scale) -> str:
    """Through every point that is above the bottom; what lies below it is cut off, not drawn along it."""
    shown = [(px, py) for px, py in line.points if px > 0 and py >= Decimal(10) ** y.low]
    return "M" + "L".join(f"{x.at(px)} {y.at(py)}" for px, py in shown) if shown else ""


def _names(lines: Sequence[Curve], x: Scale, y: Scale, inside: bool) -> list[Letter]:
    """The name of each line at its end, apart from each other; where there is no room, above its end."""
    ends = sorted((y.at(line.points[-1][1]), line) for line in lines)
    places: list[float] = []
    for end, _ in ends:
        places.append(max(end, places[-1] + APART) if places else end)
    anchor, dx, dy = ("end", -2.0, -9.0) if inside else ("start", 8.0, 4.0)
    return [
        Letter(line.name, x.end + dx, at + dy, anchor, f"line {line.kind}")
        for at, (_, line) in zip(places, ends, strict=True)
    ]


def _beside(mark: Mark, x: Scale, y: Scale) -> Letter:
    """What is written at a mark: to its lower right, or left where the edge is near."""
    at, level = x.at(mark.x), y.at(mark.y)
    if at > (x.start + x.end) / 2:
        return Letter(mark.text, at - 12, level - 12, "end", "mark")
    return Letter(mark.text, at + 12, level + 22, "start", "mark")


def sampled(
    y: Callable[[Decimal], Decimal], low: int, high: int, knots: Iterable[Decimal] = (), each: int = 12
) -> tuple[tuple[Decimal, Decimal], ...]:
    """Points of a curve from 10^low to 10^high, `each` to a decade, and at its knots."""
    grid = [Decimal(10) ** (Decimal(n) / each) for n in range(low * each, high * each + 1)]
    for knot in knots:
        at = bisect(grid, knot)
        if grid[0] < knot < grid[-1] and grid[at - 1] != knot:
            grid.insert(at, knot)
    return tuple((x, y(x)) for x in grid)
