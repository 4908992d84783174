"""The seat of every box: its row, its edges, and where lines enter it and leave it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lecture.translator.diagram.calls import GATE, Call
from lecture.translator.diagram.columns import Columns, arranged
from lecture.translator.diagram.grid import Grid
from lecture.translator.diagram.rows import Draft, drafts
from lecture.translator.diagram.stage import Actor, Stage, Tier

AIR = 10  # units between a line and the corner of a box
BESIDE = 24  # units that a balancer leaves beside it for the way out, where it would take the whole width


@dataclass(frozen=True, slots=True)
class Seat:
    """A box in its row: from x0 to x1, entered from above at `entry`, left from below between `first` and `last`."""

    key: str
    actor: str  # its id
    row: int
    x0: int
    x1: int
    entry: int
    second: bool = False  # the copy, or the tasks in the other zone
    copy: bool = False  # a copy is not called
    last: int = 0  # where lines may leave at most; 0: up to x1

    def spans(self, x: int) -> bool:
        """Whether a line at x can meet its edge."""
        return self.x0 + AIR <= x <= (self.last or self.x1 - AIR)


@dataclass(frozen=True, slots=True)
class Row:
    """Boxes side by side; None for the gate, which stands above all."""

    tier: Tier | None
    seats: tuple[Seat, ...]


def place(stage: Stage, grid: Grid, ranked: bool) -> tuple[Row, ...]:
    """Rows from the gate down. With `ranked`, callers stand above whom they call; else in the order of the file."""
    found = drafts(stage, grid, ranked)
    columns = arranged(found, stage, grid, ranked)
    gate = Seat(GATE, GATE, 0, *grid.gate, grid.middle, last=grid.middle)
    rows = [Row(None, (gate,))]
    for number, draft in enumerate(found, 1):
        seats = [seat for actor in draft.actors for seat in _seats(actor, number, draft, columns, stage, grid)]
        rows.append(Row(draft.tier, tuple(sorted(seats, key=lambda seat: seat.x0))))
    return tuple(_entered(rows, stage.calls, grid))


def _seats(actor: Actor, row: int, draft: Draft, columns: Columns, stage: Stage, grid: Grid) -> Iterator[Seat]:
    taken = columns[actor.id]
    if actor.form == "span" and actor.id != stage.nat:
        low, high = grid.columns[taken[0]][0], grid.columns[taken[-1]][1]
        if draft.tier == "public" and grid.half == 1:  # what leaves the app subnets passes beside it
            low, high = low + (BESIDE if stage.nats else 0), high - (BESIDE if stage.nats == 2 else 0)
        yield Seat(actor.id, actor.id, row, low, high, grid.middle)
        return
    busy = {column for other in draft.actors for column in columns[other.id]}
    for number, column in enumerate(taken):
        copy = actor.form == "couple" and number == 1
        low, high = grid.columns[column] if copy else _stretched(column, busy, draft.tier, grid)
        key = actor.id if number == 0 else f"{actor.id}@b"
        yield Seat(key, actor.id, row, low, high, grid.centre(column), number == 1, copy)


def _stretched(column: int, busy: set[int], tier: Tier, grid: Grid) -> tuple[int, int]:
    """Data that are alone in their zone take all of its width."""
    zone = range(grid.half) if column < grid.half else range(grid.half, 2 * grid.half)
    if tier != "data" or len(busy & set(zone)) > 1:
        return grid.columns[column]
    return grid.columns[zone[0]][0], grid.columns[zone[-1]][1]


def _entered(rows: list[Row], calls: tuple[Call, ...], grid: Grid) -> Iterator[Row]:
    """Each wide box entered where a caller stands straight above it, else at its middle."""
    callers: dict[str, set[str]] = defaultdict(set)
    for call in calls:
        callers[call.target].add(call.source)
    for above, row in zip([Row(None, ()), *rows], rows, strict=False):
        seats = [_enter(seat, callers[seat.actor], above.seats, grid) for seat in row.seats]
        yield Row(row.tier, tuple(seats))


def _enter(seat: Seat, callers: set[str], above: tuple[Seat, ...], grid: Grid) -> Seat:
    centres = [(low + high) // 2 for low, high in grid.columns if seat.x0 <= low and high <= seat.x1]
    if seat.actor == GATE or len(centres) == 1:
        return seat
    over = [other for other in above if other.actor in callers]
    straight = [x for x in (grid.middle, *centres) if seat.spans(x) and any(other.spans(x) for other in over)]
    nearest = min(centres, key=lambda x: abs(x - (seat.x0 + seat.x1) // 2), default=seat.entry)
    return replace(seat, entry=straight[0] if straight else nearest)
