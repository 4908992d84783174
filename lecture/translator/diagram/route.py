"""Where lines run: one bus for each box that is called, in channels between rows and gutters between columns.

Channel k lies above row k. A line leaves its box from below, runs level in the channel under it, goes up or down
in a gutter, runs level again in the channel above the box it calls, and enters that from above (channel routing,
as on circuit boards). Lines of different buses may cross; they never run on top of each other.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from lecture.translator.diagram.calls import Call
from lecture.translator.diagram.grid import Grid
from lecture.translator.diagram.place import AIR, Row, Seat

APART = 8  # units between two lines side by side


class CrowdedError(Exception):
    """There is no room for all the lines."""


@dataclass(frozen=True, slots=True)
class Stub:
    """Where a line leaves its box; `head` where it goes straight down into one."""

    seat: Seat
    x: int
    dashed: bool
    head: Seat | None = None


@dataclass(slots=True)
class Net:
    """Everything that calls one actor."""

    target: str
    heads: tuple[Seat, ...]
    calls: tuple[Call, ...]
    stubs: list[Stub] = field(default_factory=list)
    trunk: int | None = None
    tracks: dict[int, int] = field(default_factory=dict)  # channel -> how many lines run level above it

    @property
    def channel(self) -> int:
        """The channel above the box that is called."""
        return self.heads[0].row

    @property
    def channels(self) -> tuple[int, int]:
        """The first and the last channel that it runs in."""
        used = {stub.seat.row + 1 for stub in self.stubs} | {self.channel}
        return min(used), max(used)

    @property
    def straight(self) -> bool:
        """Whether every line comes straight from above, one for each box."""
        return {stub.head for stub in self.stubs} == set(self.heads)

    def ups(self, channel: int) -> list[int]:
        """Where it comes from above, in a channel."""
        trunk = [self.trunk] if self.trunk is not None and channel > self.channels[0] else []
        return [stub.x for stub in self.stubs if stub.seat.row + 1 == channel] + trunk

    def downs(self, channel: int) -> list[int]:
        """Where it goes down, in a channel."""
        trunk = [self.trunk] if self.trunk is not None and channel < self.channels[1] else []
        return [head.entry for head in self.heads if head.row == channel] + trunk

    def stops(self, channel: int) -> list[int]:
        """Where it comes from above, goes down to below, or passes, in a channel that it uses."""
        found = [stub.x for stub in self.stubs if stub.seat.row + 1 == channel]
        found += [head.entry for head in self.heads if head.row == channel]
        low, high = self.channels
        return found + ([self.trunk] if self.trunk is not None and found and low <= channel <= high else [])

    def level(self, channel: int) -> tuple[int, int] | None:
        """From where to where it runs level in a channel; None where it does not."""
        if channel == self.channel and self.straight:
            return None
        stops = self.stops(channel)
        return (min(stops), max(stops)) if stops and min(stops) != max(stops) else None


def route(rows: tuple[Row, ...], calls: list[Call], grid: Grid) -> list[Net]:
    """The nets of these calls, each with its stubs, its trunk and its tracks; raises CrowdedError."""
    seats: dict[str, list[Seat]] = defaultdict(list)
    for row in rows:
        for seat in row.seats:
            seats[seat.actor].append(seat)
    nets = _nets(calls, seats)
    _stubs(nets, rows, seats, grid)
    for net in sorted(nets, key=lambda net: (net.channels[1] - net.channels[0], net.target)):
        _trunk(net, nets, rows, grid)
    for channel in range(len(rows) + 1):
        _tracks(channel, nets)
    return nets


def _nets(calls: list[Call], seats: dict[str, list[Seat]]) -> list[Net]:
    called: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        called[call.target].append(call)
    return [Net(target, _heads(seats[target]), tuple(found)) for target, found in called.items()]


def _heads(seats: list[Seat]) -> tuple[Seat, ...]:
    """The boxes that are called: the copy of a couple is not."""
    return tuple(seats) if len(seats) == 1 or not seats[1].copy else (seats[0],)


# ---- where lines leave --------------------------------------------------------------------------


def _stubs(nets: list[Net], rows: tuple[Row, ...], seats: dict[str, list[Seat]], grid: Grid) -> None:
    """Straight lines first, then the others, each box's in the order of where they go."""
    entries = [
        {head.entry: net.target for net in nets for head in net.heads if head.row == r} for r in range(len(rows) + 1)
    ]
    leaving: dict[str, list[Net]] = defaultdict(list)
    by_key = {seat.key: seat for row in rows for seat in row.seats}
    for net in nets:
        for call in net.calls:
            for seat in _callers(seats[call.source]):
                straight = [head for head in net.heads if head.row == seat.row + 1 and seat.spans(head.entry)]
                net.stubs += [Stub(seat, head.entry, call.dashed, head) for head in straight]
                if not straight:
                    leaving[seat.key].append(net)
    for key, going in leaving.items():
        _leave(by_key[key], going, nets, entries[by_key[key].row + 1], grid)


def _callers(seats: list[Seat]) -> list[Seat]:
    return [seat for seat in seats if not seat.copy]


def _leave(seat: Seat, going: list[Net], nets: list[Net], below: dict[int, str], grid: Grid) -> None:
    """Spread the lines of one box along its lower edge, clear of what enters the boxes below it."""
    taken = [stub.x for net in nets for stub in net.stubs if stub.seat.key == seat.key]
    going.sort(key=lambda net: net.channel if seat.last else (net.heads[0].entry, -net.channel))
    end = seat.last or seat.x1 - AIR
    for net, wish in zip(going, _wishes(seat, going, taken, end), strict=True):
        shut = [*taken, *(entry for entry, target in below.items() if target != net.target)]
        x = _nearest(wish, seat.x0 + AIR, end, shut, grid.edges)
        taken.append(x)
        net.stubs.append(Stub(seat, x, next(call.dashed for call in net.calls if call.source == seat.actor)))


def _nearest(wish: int, start: int, end: int, shut: list[int], edges: tuple[int, ...]) -> int:
    """The free place nearest to a wish; raises CrowdedError."""

    def free(x: int) -> bool:
        far = all(abs(x - other) >= APART for other in shut)
        return far and start <= x <= end and all(abs(x - edge) >= APART // 2 for edge in edges)

    for far in range(end - start + 1):
        for x in (wish - far, wish + far):
            if free(x):
                return x
    raise CrowdedError


def _wishes(seat: Seat, going: list[Net], taken: list[int], end: int) -> list[int]:
    """Where lines would like to leave: evenly spread, or on their side of the one that goes straight down."""
    if seat.last:  # the gate: as near to the middle as it goes
        return [seat.last - 2 * APART * n for n in range(len(taken), len(taken) + len(going))]
    start, middle = seat.x0 + AIR, taken[0] if len(taken) == 1 else 0
    if not middle:
        return [start + (end - start) * n // (len(going) + 1) for n in range(1, len(going) + 1)]
    left = sum(net.heads[0].entry < middle for net in going)
    right = len(going) - left
    return [middle - (middle - start) * (left - n) // (left + 1) for n in range(left)] + [
        middle + (end - middle) * n // (right + 1) for n in range(1, right + 1)
    ]


# ---- where they go up and down ------------------------------------------------------------------


def _trunk(net: Net, nets: list[Net], rows: tuple[Row, ...], grid: Grid) -> None:
    """One vertical for a net that uses several channels: where it is shortest, and clear of boxes and other lines."""
    low, high = net.channels
    if low == high:
        return
    passed = [seat for row in rows[low:high] for seat in row.seats]
    others = [other for other in nets if other is not net]
    wishes = [*grid.gutters, *(grid.centre(column) for column in range(len(grid.columns)))]
    free = [
        x
        for x in wishes
        if all(not seat.x0 - 5 <= x <= seat.x1 + 5 for seat in passed)
        and all(abs(x - stop) >= APART for other in others for stop in _stops(other, low, high))
    ]
    if not free:
        raise CrowdedError
    ends = [stub.x for stub in net.stubs] + [head.entry for head in net.heads]
    net.trunk = min(free, key=lambda x: (sum(abs(x - end) for end in ends), x))
    net.stubs = [_snapped(stub, net, nets, net.trunk) for stub in net.stubs]


def _snapped(stub: Stub, net: Net, nets: list[Net], trunk: int) -> Stub:
    """The same line, leaving its box right above the trunk where that is free: two bends less."""
    channel = stub.seat.row + 1
    others = [x for other in nets if other is not net for x in _stops(other, channel, channel)]
    free = all(abs(trunk - x) >= APART for x in others)
    return replace(stub, x=trunk) if stub.head is None and stub.seat.spans(trunk) and free else stub


def _stops(net: Net, low: int, high: int) -> list[int]:
    """Where a net goes up or down in channels low to high."""
    found = [stub.x for stub in net.stubs if low <= stub.seat.row + 1 <= high]
    found += [head.entry for head in net.heads if low <= head.row <= high]
    first, last = net.channels
    return found + ([net.trunk] if net.trunk is not None and first <= high and low <= last else [])


# ---- which track they run level on --------------------------------------------------------------


def _tracks(channel: int, nets: list[Net]) -> None:
    """Give each net that runs level in a channel its track, so that few lines cross."""
    running = [(net, level) for net in nets if (level := net.level(channel))]
    order: list[tuple[Net, tuple[int, int]]] = []
    for one in sorted(running, key=lambda item: item[1][1] - item[1][0], reverse=True):
        places = [[*order[:n], one, *order[n:]] for n in range(len(order) + 1)]
        order = min(places, key=lambda placed: _crossed(placed, channel))
    for number, (net, (left, right)) in enumerate(order):
        above = [
            other.tracks[channel]
            for other, (start, end) in order[:number]
            if start - APART < right and left - APART < end
        ]
        net.tracks[channel] = max(above, default=-1) + 1


def _crossed(order: list[tuple[Net, tuple[int, int]]], channel: int) -> int:
    """How many lines cross when these run level in this order, from above."""
    return sum(
        _between(upper.downs(channel), level) + _between(lower.ups(channel), other)
        for number, (upper, other) in enumerate(order)
        for lower, level in order[number + 1 :]
    )


def _between(stops: list[int], level: tuple[int, int]) -> int:
    return sum(level[0] < stop < level[1] for stop in stops)
