"""Who stands side by side: a row for each few callers, above the rows of those whom they call."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lecture.translator.diagram.grid import Grid
from lecture.translator.diagram.stage import TIERS, Actor, Stage, Tier

STEEP = 5  # ranks of callers that get rows of their own


@dataclass(frozen=True, slots=True)
class Draft:
    """Actors side by side, before they have columns."""

    tier: Tier
    actors: tuple[Actor, ...]


def drafts(stage: Stage, grid: Grid, ranked: bool) -> list[Draft]:
    """The rows from above. With `ranked`, callers stand above whom they call; else in the order of the file."""
    return [draft for tier in TIERS for draft in _drafts(stage, tier, grid, ranked)]


def _drafts(stage: Stage, tier: Tier, grid: Grid, ranked: bool) -> Iterator[Draft]:
    actors = _spared(stage.of(tier))
    if tier == "public":
        yield from _doors(stage, actors, grid)
        actors = [actor for actor in actors if actor.form != "span" and actor.id != stage.nat]
    if ranked and tier == "data":  # what spans both zones is in nobody's way at the bottom
        actors.sort(key=lambda actor: actor.form == "span")
    groups = _ranks(actors, stage, grid) if ranked and tier in {"app", "public"} else [actors]
    for group in groups:
        yield from (Draft(tier, chunk) for chunk in _chunks(group, len(grid.columns)))


def _doors(stage: Stage, actors: list[Actor], grid: Grid) -> Iterator[Draft]:
    """Rows for the way out and the balancers: side by side where there is room."""
    nat = tuple(actor for actor in actors if actor.id == stage.nat)
    spans = [actor for actor in actors if actor.form == "span"]
    if nat and (grid.half == 1 or not spans):
        yield Draft("public", nat)
        nat = ()
    for number, actor in enumerate(spans):
        yield Draft("public", (*(nat if number == 0 else ()), actor))


def _spared(actors: list[Actor]) -> list[Actor]:
    """The standby that nobody pays for is shown only where the data row is nearly empty."""
    spared = {actor.id for actor in actors if actor.form == "couple" and not actor.paid}
    if len(spared) <= 1 and len(actors) <= 3:
        return actors
    return [replace(actor, form="single", other=()) if actor.id in spared else actor for actor in actors]


def _chunks(actors: Iterable[Actor], room: int) -> Iterator[tuple[Actor, ...]]:
    """As many side by side as there are columns; copies that are paid for and what spans both zones stand alone."""
    row: list[Actor] = []
    used = 0
    for actor in actors:
        wants = _wants(actor, room)
        if row and used + wants > room:
            yield tuple(row)
            row, used = [], 0
        row.append(actor)
        used += wants
    if row:
        yield tuple(row)


def _wants(actor: Actor, room: int) -> int:
    if actor.form == "span" or (actor.form == "couple" and actor.paid):
        return room
    return 1 if actor.form == "single" else 2


def _ranks(actors: list[Actor], stage: Stage, grid: Grid) -> list[list[Actor]]:
    """Callers before those whom they call, in groups; too many groups are one, in that order."""
    ids = {actor.id for actor in actors}
    callers: dict[str, list[str]] = defaultdict(list)
    for call in stage.calls:
        callers[call.target].append(call.source)
    within = {id: [c for c in callers[id] if c in ids] for id in ids}
    ranks: dict[str, int] = {}
    for actor in actors:
        _rank(actor.id, within, ranks, ())
    loose = [actor for actor in actors if not callers[actor.id]]
    groups = [
        [a for a in actors if ranks[a.id] == rank and a not in loose]
        for rank in range(max(ranks.values(), default=0) + 1)
    ]
    for actor in loose:
        called = {call.target for call in stage.calls if call.source == actor.id}
        groups[_lowest(actor, called, groups, grid)].append(actor)
    groups = [group for group in groups if group]
    return groups if len(groups) <= STEEP else [[actor for group in groups for actor in group]]


def _lowest(actor: Actor, called: set[str], groups: list[list[Actor]], grid: Grid) -> int:
    """Whom nobody calls stands as near to the data as there is room, above whom it calls."""
    room = len(grid.columns)
    for number, group in reversed(list(enumerate(groups))):
        above = {other.id for higher in groups[: number + 1] for other in higher}
        if not called & above and sum(_wants(other, room) for other in (*group, actor)) <= room:
            return number
    return 0


def _rank(id: str, callers: dict[str, list[str]], ranks: dict[str, int], path: tuple[str, ...]) -> int:
    """How many calls deep; who calls in a circle counts once."""
    if id not in ranks:
        above = [c for c in callers[id] if c not in path and c != id]
        found = max((_rank(c, callers, ranks, (*path, id)) + 1 for c in above), default=0)
        ranks.setdefault(id, found)
    return ranks[id]
