"""The decision tree as a drawing, laid out from the flow itself: places in columns, roads between them.

Wide, 720 units: a place stands below one that leads to it, or begins a column of its own; roads to other
columns run in the gaps between boxes, so that none crosses a box. Narrow, 336 units: one column, and what
leads elsewhere says the number of the place where it goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from lecture.homes import Kind
from lecture.wizard.asking import address
from lecture.wizard.flow import Answers, Flow, Question, Route
from lecture.wizard.svg import svg
from lecture.wizard.walking import Walk, leads, towards

HEAD, ROW, GAP = 38, 26, 38  # heights: a box, an answer below it, what stands free before the next box
SPINE, LABEL, NAME, NAMED = 15, 30, 92, 190  # from a box's left edge: the road down, an answer, its home
LANE = 8  # between two roads in one gap
PAD = 4


@dataclass(frozen=True, slots=True)
class Leaf:
    """An answer below a box: a home that it leads to, or the number of the place where it goes on."""

    x: float
    y: float  # of its middle
    text: str
    home: Kind | None
    name: str
    taken: bool
    name_x: float


@dataclass(frozen=True, slots=True)
class Box:
    """A place where a question is asked. `href` leads there, with the answers kept."""

    x: float
    y: float
    width: float
    number: int
    text: str
    href: str
    state: str  # taken, here or ahead
    said: str  # the answer, for the name of the link
    height: float = HEAD


@dataclass(frozen=True, slots=True)
class Wire:
    """A road."""

    path: str
    taken: bool
    head: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """One form of the tree."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    leaves: tuple[Leaf, ...]
    wires: tuple[Wire, ...]

    @property
    def svg(self) -> SafeString:
        """What stands inside <svg>."""
        return svg(self)


@dataclass(frozen=True, slots=True)
class Tree:
    """Both forms, and what they show in words."""

    wide: Drawing
    narrow: Drawing
    description: str


@dataclass(frozen=True, slots=True)
class Row:
    """The answers of a place that lead to the same target, in one row below its box."""

    text: str
    target: str
    taken: bool


@dataclass
class Place:
    """A route on its way onto the paper."""

    route: Route
    number: int
    rows: list[Row]
    column: int = 0
    y: float = 0

    @property
    def bottom(self) -> float:
        """Where its answers end."""
        return self.y + HEAD + ROW * len(self.rows) + 4

    def row_y(self, target: str) -> float:
        """The middle of the row that leads to a target."""
        at = next(at for at, row in enumerate(self.rows) if row.target == target)
        return self.y + HEAD + ROW * at + ROW / 2 + 3


@dataclass
class Paper:
    """How wide the drawing is, and its columns."""

    width: float
    columns: int
    box: float
    narrow: bool = False
    lanes: dict[tuple[int, str], float] = field(default_factory=dict)  # where in a gap the roads to a place run

    def left(self, column: int) -> float:
        """Where a column's boxes begin."""
        return 2 + column * self.width / self.columns


def tree(found: Walk, again: Question | None = None) -> Tree:
    """The tree of the flow, with the way of these answers lit; `again` is a question that is shown once more."""
    return Tree(_wide(found, again), _narrow(found, again), _description(found.flow))


def _places(found: Walk) -> dict[str, Place]:
    flow, taken = found.flow, {route.id for route in found.routes}
    places = {}
    for number, route in enumerate(flow.route, 1):
        lit = leads(route, found.answers[route.ask]) if route.id in taken else ()
        rows: dict[str, list[str]] = {}
        for answer, target in route.to.items():
            named = flow.questions[route.ask].named(answer)
            rows.setdefault(target, []).append(named.short if named else answer)
        listed = [Row(", ".join(texts), target, target in lit) for target, texts in rows.items()]
        listed.sort(key=lambda row: row.target in flow.routes)  # homes first, then the roads on
        places[route.id] = Place(route, number, listed)
    return places


def _wide(found: Walk, again: Question | None) -> Drawing:
    places = _places(found)
    columns = _columns(found.flow, places)
    paper = Paper(720, columns, 720 / columns - 46)
    _continue_last(found.flow, places)
    _heights(found.flow, places)
    return _drawn(found, again, places, paper)


def _narrow(found: Walk, again: Question | None) -> Drawing:
    places = _places(found)
    y: float = 2
    for place in places.values():
        place.y, y = y, y
        y = place.bottom + GAP - 14
    return _drawn(found, again, places, Paper(336, 1, 332, narrow=True))


def _columns(flow: Flow, places: dict[str, Place]) -> int:
    """Give each place a column: below the last of one that leads to it, else a new one; how many there are."""
    last: dict[int, str] = {}
    for id, place in places.items():
        above = [at for at, there in last.items() if id in flow.routes[there].to.values()]
        free = [at for at in range(3) if at not in last]
        near = [other.column for other in places.values() if id in other.route.to.values()]
        place.column = (above or free or near[::-1])[0]
        last[place.column] = id
    return len(last)


def _below(places: dict[str, Place], place: Place) -> str | None:
    """The place that stands next below in the same column."""
    same = [id for id, other in places.items() if other.column == place.column and other.number > place.number]
    return same[0] if same else None


def _continue_last(flow: Flow, places: dict[str, Place]) -> None:
    """The answer that goes straight on down stands last, where the road leaves the rows."""
    for place in places.values():
        place.rows.sort(key=lambda row: (row.target in flow.routes, row.target == _below(places, place)))


def _heights(flow: Flow, places: dict[str, Place]) -> None:
    """Each place below what stands above it, and below every answer that leads to it."""
    floor: dict[int, float] = {}
    for id, place in places.items():
        least = floor.get(place.column, 2)
        for other in places.values():
            if other.number < place.number and id in other.route.to.values():
                least = max(least, other.row_y(id) + GAP)
        place.y = least
        floor[place.column] = place.bottom + GAP


def _drawn(found: Walk, again: Question | None, places: dict[str, Place], paper: Paper) -> Drawing:
    wires = [wire for place in places.values() for wire in _wires(found.flow, places, place, paper)]
    return Drawing(
        width=paper.width,
        height=max(place.bottom for place in places.values()) + PAD,
        boxes=tuple(_box(found, again, place, paper) for place in places.values()),
        leaves=tuple(leaf for place in places.values() for leaf in _leaves(found.flow, places, place, paper)),
        wires=tuple(sorted(wires, key=lambda wire: wire.taken)),  # what is lit lies on top
    )


def _box(found: Walk, again: Question | None, place: Place, paper: Paper) -> Box:
    question = found.flow.asks(place.route)
    passed = place.route in found.routes
    here = passed and question == again if again else place.route in found.open[:1]
    known = question.named(found.answers[question.id]) if passed else None
    said = known.short if known else "not sure" if passed else "to be answered" if here else ""
    href = address(found.flow, _kept(found, place.route), question.id)
    state = "here" if here else "taken" if passed else "ahead"
    return Box(paper.left(place.column), place.y, paper.box, place.number, question.short, href, state, said)


def _kept(found: Walk, route: Route) -> Answers:
    """The answers, changed no further than needed to come by a place."""
    if route in found.routes or route in found.open:
        return found.answers
    return {**found.answers, **towards(found.flow, route.id)}


def _leaves(flow: Flow, places: dict[str, Place], place: Place, paper: Paper) -> Iterator[Leaf]:
    x = paper.left(place.column)
    for row in place.rows:
        outcome = flow.outcomes.get(row.target)
        name = outcome.short if outcome else ""
        if not outcome and not _straight(places, place, row, paper):
            name = f"to {places[row.target].number}" if paper.narrow else ""
        home = outcome.home[0] if outcome else None
        yield Leaf(
            x + LABEL, place.row_y(row.target), row.text, home, name, row.taken, x + (NAMED if paper.narrow else NAME)
        )


def _straight(places: dict[str, Place], place: Place, row: Row, paper: Paper) -> bool:
    """Whether the answer leads to the place that stands next below."""
    if paper.narrow:
        return places[row.target].number == place.number + 1
    return _below(places, place) == row.target


def _wires(flow: Flow, places: dict[str, Place], place: Place, paper: Paper) -> Iterator[Wire]:
    x, top = paper.left(place.column) + SPINE, place.y + HEAD
    for row in place.rows:
        y = place.row_y(row.target)
        yield Wire(f"M{x:g} {top:g}V{y:g}H{x + LABEL - SPINE - 5:g}", row.taken, head=False)
        if row.target in flow.outcomes:
            continue
        if _straight(places, place, row, paper):
            yield Wire(f"M{x:g} {y:g}V{places[row.target].y - 1:g}", row.taken, head=True)
        elif not paper.narrow:
            yield Wire(_road(places, place, row, paper), row.taken, head=True)


def _road(places: dict[str, Place], place: Place, row: Row, paper: Paper) -> str:
    """Out of a row, down in the gap beside the column, and in from above; roads to one place run together."""
    target = places[row.target]
    y, down = place.row_y(row.target), target.y
    right = target.column >= place.column
    gap = place.column if right else place.column - 1
    lane = _lane(paper, gap, row.target)
    begin = paper.left(place.column) + (LABEL + 7.2 * len(row.text) + 6 if right else SPINE)
    end = paper.left(target.column) + SPINE + (LANE if right else 2 * LANE)
    return f"M{begin:g} {y:g}H{lane:g}V{down - 20:g}H{end:g}V{down - 1:g}"


def _lane(paper: Paper, gap: int, target: str) -> float:
    """Where in a gap the roads to one target run."""
    taken = [key for key in paper.lanes if key[0] == gap]
    if (gap, target) not in paper.lanes:
        paper.lanes[gap, target] = paper.left(gap + 1) - LANE * (len(taken) + 1)
    return paper.lanes[gap, target]


def _description(flow: Flow) -> str:
    """The tree in words."""
    numbers = {route.id: number for number, route in enumerate(flow.route, 1)}

    def said(route: Route) -> str:
        parts = []
        for answer, target in route.to.items():
            named = flow.asks(route).named(answer)
            where = flow.outcomes[target].short if target in flow.outcomes else f"go to {numbers[target]}"
            parts.append(f"{named.short if named else answer}: {where}")
        return f"{numbers[route.id]}, {flow.asks(route).short} {'; '.join(parts)}."

    return " ".join(said(route) for route in flow.route)
