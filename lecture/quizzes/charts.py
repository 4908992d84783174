"""Small columns as geometry: how many cards come up, how many were known. The template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, NARROW = 720, 336  # units; one drawing for each width, so that no lettering falls below 12 px (look.md)
HEIGHT, BASE, TOP = 170, 138, 22


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands, how high it is, and what stands below and above it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    name: str = ""
    said: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """A drawing of columns."""

    width: int
    height: int
    base: int
    columns: tuple[Column, ...]
    line: float | None = None  # the height of a line across, such as the share that is wanted


def columns(
    rows: Sequence[tuple[str, int, str]], width: int, most: int = 0, line: int | None = None, every: int = 1
) -> Columns:
    """Rows of (name, number, what is said above it) as columns; `most` is the number of the full height.

    Every so many-th name is printed, the first always.
    """
    most = max(most, *(number for _, number, _ in rows), 1)
    step = width / max(1, len(rows))
    gap = min(8.0, step / 4)

    def column(at: int, name: str, number: int, said: str) -> Column:
        height = (BASE - TOP) * number / most
        named = name if at % every == 0 else ""
        x = at * step + gap / 2
        return Column(x, BASE - height, step - gap, height, at * step + step / 2, named, said, at == 0)

    found = tuple(column(at, *row) for at, row in enumerate(rows))
    across = None if line is None else BASE - (BASE - TOP) * line / most
    return Columns(width, HEIGHT, BASE, found, across)
