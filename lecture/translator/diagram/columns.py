"""Which columns each box takes, so that lines are short and many go straight down."""

from collections import defaultdict
from itertools import permutations

from lecture.translator.diagram.calls import Call
from lecture.translator.diagram.grid import Grid
from lecture.translator.diagram.rows import Draft
from lecture.translator.diagram.stage import Actor, Stage

SWEEPS = 3
Columns = dict[str, tuple[int, ...]]


def arranged(drafts: list[Draft], stage: Stage, grid: Grid, ranked: bool) -> Columns:
    """The columns of each actor; those of one column move until the lines are short."""
    columns: Columns = {}
    free: list[tuple[list[Actor], list[int]]] = []
    for draft in drafts:
        left = _fixed(draft, stage, grid, columns)
        single = [actor for actor in draft.actors if actor.id not in columns]
        columns |= {
            actor.id: (column,) for actor, column in zip(single, _spread(left, len(single), ranked), strict=True)
        }
        free.append((single, sorted(left)))
    if ranked:
        near = _neighbours(stage.calls)
        for _ in range(SWEEPS):
            for single, left in free:
                _shorten(single, left, columns, near, grid)
    return columns


def _spread(left: list[int], number: int, ranked: bool) -> list[int]:
    """The columns for so many boxes: around the middle, or from the left where the order is that of the file."""
    return left[:number] if ranked else sorted(left[:number])


def _fixed(draft: Draft, stage: Stage, grid: Grid, columns: Columns) -> list[int]:
    """Seat what takes more than one column; the columns that are left, inside first."""
    left = grid.inside_out
    last = len(grid.columns) - 1
    for actor in draft.actors:
        if actor.id == stage.nat:
            taken: tuple[int, ...] = (0,) if stage.nats == 1 else (0, last)
        elif actor.form == "span":
            taken = _span(draft, stage, grid)
        elif actor.form != "single":
            taken = _mirrored(actor, draft, left, stage, grid)
        else:
            continue
        columns[actor.id] = taken
        left = [column for column in left if column not in taken]
    return _beside(draft, left, grid)


def _mirrored(actor: Actor, draft: Draft, left: list[int], stage: Stage, grid: Grid) -> tuple[int, int]:
    """A place in each zone, in the middle; outside where the middle is for one that a balancer calls."""
    door = stage.published
    yields = actor.id not in door and any(other.id in door and other.form == "single" for other in draft.actors)
    free = [column for column in left if column < grid.half and grid.mirrored(column) in left]
    column = free[-1 if yields and actor.form == "pair" else 0]
    return column, grid.mirrored(column)


def _beside(draft: Draft, left: list[int], grid: Grid) -> list[int]:
    """Beside a database and its copy others stand in the zone of the copy, where there is room."""
    rest = sum(actor.form == "single" for actor in draft.actors)
    other = [column for column in left if column >= grid.half]
    return other if rest < len(draft.actors) and draft.tier == "data" and rest <= len(other) else left


def _span(draft: Draft, stage: Stage, grid: Grid) -> tuple[int, ...]:
    """All columns; a balancer leaves room for the NAT gateway, and is no wider than those behind it need."""
    whole = tuple(range(len(grid.columns)))
    if draft.tier != "public" or grid.half == 1:
        return whole
    balancer = next(actor for actor in draft.actors if actor.form == "span")
    behind = sum(call.source == balancer.id for call in stage.calls)
    if behind <= 2 or stage.nats == 2:
        return whole[1:-1]
    return whole[1:] if stage.nats else whole


def _neighbours(calls: tuple[Call, ...]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for call in calls:
        near[call.source].append(call.target)
        near[call.target].append(call.source)
    return near


def _shorten(single: list[Actor], left: list[int], columns: Columns, near: dict[str, list[str]], grid: Grid) -> None:
    """Seat the boxes of one row so that they stand under and over those they talk to."""

    def far(actor: Actor, column: int) -> float:
        x = grid.centre(column)
        talk = sum(_distance(x, columns[other], grid) for other in near[actor.id] if other in columns)
        return talk + abs(x - grid.middle) / 100

    prices = {(actor.id, column): far(actor, column) for actor in single for column in left}
    best = min(
        permutations(left, len(single)),
        key=lambda order: sum(prices[actor.id, column] for actor, column in zip(single, order, strict=True)),
    )
    columns |= {actor.id: (column,) for actor, column in zip(single, best, strict=True)}


def _distance(x: int, columns: tuple[int, ...], grid: Grid) -> int:
    """From x to the nearest of some columns; to a box over several, from its edge."""
    if columns[-1] - columns[0] == len(columns) - 1 and len(columns) > 1:
        low, high = grid.columns[columns[0]][0], grid.columns[columns[-1]][1]
        return max(low - x, x - high, 0)
    return min(abs(x - grid.centre(column)) for column in columns)
