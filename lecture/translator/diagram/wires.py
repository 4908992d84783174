"""Nets become lines: each caller's line until it meets one of its own bus, and a knot where they meet."""

from collections.abc import Iterable
from itertools import pairwise

from lecture.translator.diagram.route import Net, Stub
from lecture.translator.diagram.shapes import Point, Wire
from lecture.translator.diagram.sheet import Sheet

Segment = tuple[Point, Point]


def wires(net: Net, sheet: Sheet) -> tuple[list[Wire], list[Point]]:
    """The lines of one net and their knots. Solid lines come first, so that the last bit is solid where one is."""
    drawn: list[Wire] = []
    for stub in sorted(net.stubs, key=lambda stub: (stub.dashed, stub.head is None)):
        drawn.append(_joined(_path(net, stub, sheet), drawn, net, stub.dashed))
    for head in net.heads:
        tip = (head.entry, sheet.tops[head.row])
        if not any(wire.head and wire.points[-1] == tip for wire in drawn):
            drawn.append(_branch(net, tip, drawn, sheet))
        elif len(net.heads) > 1 and not net.straight:
            drawn += _bridge(net, head.entry, drawn, sheet)
    return drawn, _knots(drawn)


def _path(net: Net, stub: Stub, sheet: Sheet) -> list[Point]:
    """From the lower edge of the caller to the upper edge of the box it calls."""
    head = stub.head or net.heads[0]
    start, end = (stub.x, sheet.bottom(stub.seat.row)), (head.entry, sheet.tops[head.row])
    if stub.head:
        return [start, end]
    first, last = _level(net, stub.seat.row + 1, sheet), _level(net, net.channel, sheet)
    bends = [(stub.x, first)]
    if net.trunk is not None:
        bends += [(net.trunk, first), (net.trunk, last)]
    return _straightened([start, *bends, (head.entry, last), end])


def _level(net: Net, channel: int, sheet: Sheet) -> int:
    return sheet.track(channel, net.tracks.get(channel, 0))


def _straightened(points: list[Point]) -> list[Point]:
    """Without doubles, and without points in the middle of a line."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return kept


def _joined(path: list[Point], drawn: list[Wire], net: Net, dashed: bool) -> Wire:
    """The path until it meets what is drawn; with its head where it meets nothing."""
    cut = _until(path, list(_segments(drawn)))
    return Wire(net.target, tuple(cut or path), head=cut is None, dashed=dashed)


def _branch(net: Net, tip: Point, drawn: list[Wire], sheet: Sheet) -> Wire:
    """From what is drawn to one more box."""
    level = _level(net, net.channel, sheet)
    back = [tip, (tip[0], level), (drawn[0].points[-1][0], level)]
    cut = _until(back, list(_segments(drawn))) or back
    return Wire(net.target, tuple(reversed(cut)), dashed=all(wire.dashed for wire in drawn))


def _bridge(net: Net, entry: int, drawn: list[Wire], sheet: Sheet) -> list[Wire]:
    """Straight lines into several boxes of one service, joined with the others of their bus."""
    level = _level(net, net.channel, sheet)
    levels = [(min(a[0], b[0]), max(a[0], b[0])) for a, b in _segments(drawn) if a[1] == b[1] == level]
    if not levels or any(low <= entry <= high for low, high in levels):
        return []
    near = min((x for pair in levels for x in pair), key=lambda x: abs(x - entry))
    return [Wire(net.target, ((entry, level), (near, level)), head=False)]


def _segments(drawn: Iterable[Wire]) -> Iterable[Segment]:
    for wire in drawn:
        yield from pairwise(wire.points)


def _until(path: list[Point], segments: list[Segment]) -> list[Point] | None:
    """The path up to where it first meets one of the segments; None where it meets none."""
    for number, (start, end) in enumerate(pairwise(path)):
        met = [point for segment in segments if (point := _meet((start, end), segment))]
        if met:
            first = min(met, key=lambda p: abs(p[0] - start[0]) + abs(p[1] - start[1]))
            return _straightened([*path[: number + 1], first])
    return None


def _meet(one: Segment, other: Segment) -> Point | None:
    """Where `one`, walked from its start, first meets `other`; lines have right angles only."""
    (x, y), _ = one
    xs, ys = _overlap(one, other, 0), _overlap(one, other, 1)
    if xs is None or ys is None:
        return None
    return min(max(x, xs[0]), xs[1]), min(max(y, ys[0]), ys[1])


def _overlap(one: Segment, other: Segment, axis: int) -> tuple[int, int] | None:
    low = max(min(one[0][axis], one[1][axis]), min(other[0][axis], other[1][axis]))
    high = min(max(one[0][axis], one[1][axis]), max(other[0][axis], other[1][axis]))
    return (low, high) if low <= high else None


def _knots(drawn: list[Wire]) -> list[Point]:
    """Where lines of one bus meet: in the middle of at least one of them."""
    segments = list(_segments(drawn))
    ends = {point for wire in drawn for point in (wire.points[0], wire.points[-1])}
    return sorted(point for point in ends if len(_directions(point, segments)) > 2)


def _directions(point: Point, segments: list[Segment]) -> set[tuple[bool, bool]]:
    """Left, right, up, down: where lines lead from a point."""
    x, y = point
    found: set[tuple[bool, bool]] = set()
    for (ax, ay), (bx, by) in segments:
        for to_x, to_y in ((ax, ay), (bx, by)):
            if ax == bx == x and min(ay, by) <= y <= max(ay, by) and to_y != y:
                found.add((True, to_y > y))
            if ay == by == y and min(ax, bx) <= x <= max(ax, bx) and to_x != x:
                found.add((False, to_x > x))
    return found


def crossings(drawn: list[Wire]) -> int:
    """How often lines of different nets cross."""
    level = [(w.net, a, b) for w in drawn for a, b in pairwise(w.points) if a[1] == b[1]]
    steep = [(w.net, a, b) for w in drawn for a, b in pairwise(w.points) if a[0] == b[0]]
    return sum(
        net != other and min(a[0], b[0]) < c[0] < max(a[0], b[0]) and min(c[1], d[1]) < a[1] < max(c[1], d[1])
        for net, a, b in level
        for other, c, d in steep
    )
