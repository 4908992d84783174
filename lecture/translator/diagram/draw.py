"""A blueprint becomes two drawings, one for wide and one for narrow places."""

from collections.abc import Iterator

from lecture.translator.blueprint import Blueprint
from lecture.translator.diagram.boxes import boxes, captioned, doors, stubs
from lecture.translator.diagram.calls import GATE
from lecture.translator.diagram.grid import NARROW, WIDE, Grid
from lecture.translator.diagram.place import Row, place
from lecture.translator.diagram.route import CrowdedError, Net, route
from lecture.translator.diagram.shapes import Diagram, Drawings, Point, Wire
from lecture.translator.diagram.sheet import GATE as GATE_EDGES
from lecture.translator.diagram.sheet import Sheet, frames, sheet, titles
from lecture.translator.diagram.stage import Stage, stage
from lecture.translator.diagram.wires import crossings, wires
from lecture.translator.diagram.words import caption, description, title

MANY = 40  # boxes, from which on nobody tries to draw lines
CORNER = 8  # units between what reaches the gate from below and its corner
WAY_OUT = 86  # the height at which what leaves the VPC reaches the gate


def draw(blueprint: Blueprint) -> Drawings:
    """The network of a blueprint, in 720 and in 336 units."""
    scene = stage(blueprint)
    wide, narrow = _diagram(scene, WIDE), _diagram(scene, NARROW)
    return Drawings(wide, narrow, caption(scene, wide.numbered))


def _diagram(scene: Stage, grid: Grid) -> Diagram:
    """With lines where they can be followed; else with numbers in their place."""
    if len(scene.actors) <= MANY and len(scene.calls) <= grid.lines:
        try:
            rows = place(scene, grid, ranked=True)
            nets = route(rows, list(scene.calls), grid)
            found = _drawn(scene, grid, rows, nets, {})
        except CrowdedError:
            pass
        else:
            if crossings(list(found.wires)) <= grid.crossings:
                return found
    rows = place(scene, grid, ranked=False)
    nets = route(rows, [call for call in scene.calls if call.source == GATE], grid)
    return _drawn(scene, grid, rows, nets, doors(scene, rows))


def _drawn(scene: Stage, grid: Grid, rows: tuple[Row, ...], nets: list[Net], numbers: dict[str, int]) -> Diagram:
    tracks = [_tracks(channel, nets) for channel in range(len(rows) + 1)]
    targets = {call.target for call in scene.calls}
    called = {number for number, row in enumerate(rows) for seat in row.seats if seat.actor in targets}
    heights = sheet(rows, tracks, called, grid)
    drawn: list[Wire] = []
    knots: list[Point] = []
    for net in nets:
        lines, meetings = wires(net, heights)
        drawn += lines
        knots += meetings
    drawn += [*_fixed(scene, rows, heights, grid), *stubs(rows, numbers, heights)]
    return Diagram(
        width=grid.width,
        height=heights.height,
        title=title(scene),
        description=description(scene),
        frames=frames(heights, grid),
        wires=tuple(drawn),
        knots=tuple(knots),
        boxes=tuple(boxes(scene, rows, numbers, heights, grid)),
        labels=(*titles(heights, scene.cidr, grid), *captioned(scene, rows, numbers, heights, grid)),
        numbered=bool(numbers),
    )


def _tracks(channel: int, nets: list[Net]) -> int:
    return max((net.tracks[channel] + 1 for net in nets if channel in net.tracks), default=0)


def _fixed(scene: Stage, rows: tuple[Row, ...], heights: Sheet, grid: Grid) -> Iterator[Wire]:
    """What always runs the same way: into the gate, out of the app subnets, to a copy."""
    yield Wire(GATE, ((grid.middle, 34), (grid.middle, GATE_EDGES[0])))
    for row in rows:
        for left, right in zip(row.seats, row.seats[1:], strict=False):
            if right.copy and left.actor == right.actor:
                y = heights.tops[right.row] + 24
                yield Wire(right.key, ((left.x1, y), (right.x0, y)), dashed=True)
        for seat in row.seats:
            if seat.actor == scene.nat:
                yield from _way_out(seat.x0, seat.x1, seat.second, heights.tops[seat.row], heights, grid)


def _way_out(x0: int, x1: int, right: bool, top: int, heights: Sheet, grid: Grid) -> Iterator[Wire]:
    """From the app subnets up through a NAT gateway to the gate."""
    beside = x1 - 10 if right else x0 + 10
    if "app" in heights.panels:
        yield Wire("@nat", ((beside, heights.panels["app"][0]), (beside, top + 48)), dashed=True)
    low, high = grid.gate
    x = (x0 + x1) // 2
    if low <= x <= high or grid.half == 1:
        x = high - CORNER if right else low + CORNER
        yield Wire("@nat", ((x, top), (x, GATE_EDGES[0] + GATE_EDGES[1])), dashed=True)
    else:
        yield Wire("@nat", ((x, top), (x, WAY_OUT), (high if right else low, WAY_OUT)), dashed=True)
