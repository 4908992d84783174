"""How high everything stands: rows of boxes, the channels between them, and the frames around."""

from dataclasses import dataclass, field

from lecture.translator.diagram.grid import Grid
from lecture.translator.diagram.place import Row
from lecture.translator.diagram.route import APART
from lecture.translator.diagram.shapes import Frame, Label
from lecture.translator.diagram.stage import Tier

BOX = 48
GATE = (56, 40)  # top and height
WALL = 76  # the upper edge of the VPC, which the gate stands in
ZONES = 114  # the upper edge of the zones
TITLE = 26  # the height of a zone's title
LANE = 24  # above boxes that are called: room for the arrow and its port
LINE = 18  # a row's title inside its subnets
PAD = 12  # between boxes and the edge of their subnet
GAP = 16  # between subnets
EDGE = 8  # between subnets and their zone, and the zone and the VPC
NAMES: dict[Tier, tuple[str, ...]] = {
    "public": ("Public", "subnets"),
    "app": ("Private", "app"),
    "data": ("Private", "data", "no way out"),
    "outside": ("Outside", "the VPC"),
}
SHORT: dict[Tier, str] = {"public": "Public", "app": "App", "data": "Data", "outside": "Outside"}


@dataclass(slots=True)
class Sheet:
    """`tops` of the rows, `levels`: the first track of each channel, `panels`: top and bottom of each tier."""

    tops: list[int] = field(default_factory=lambda: [GATE[0]])
    levels: list[int] = field(default_factory=lambda: [0])
    panels: dict[Tier, tuple[int, int]] = field(default_factory=dict)
    vpc: int = WALL + 40  # its lower edge
    height: int = 0

    def bottom(self, row: int) -> int:
        """The lower edge of the boxes of a row."""
        return self.tops[row] + (GATE[1] if row == 0 else BOX)

    def track(self, channel: int, number: int) -> int:
        """The height of a track of a channel."""
        return self.levels[channel] + APART * number


def sheet(rows: tuple[Row, ...], tracks: list[int], called: set[int], grid: Grid) -> Sheet:
    """The heights for these rows. `tracks` are counted by channel; `called` are rows with boxes that are called."""
    found = Sheet()
    for number, row in enumerate(rows):
        if row.tier is None:
            continue
        fresh = row.tier != rows[number - 1].tier
        lane = LANE if number in called else PAD
        lane += LINE if fresh and grid.titles is None else 0
        _open(found, rows[number - 1].tier, row.tier, tracks[number], lane)
        found.tops.append(found.height)
        found.height += BOX
    _close(found, rows[-1].tier, tracks[len(rows)])
    return found


def _open(found: Sheet, above: Tier | None, tier: Tier, tracks: int, lane: int) -> None:
    """Go down from the bottom of the row above to the top of the next one."""
    if above == tier:
        found.levels.append(found.height + APART)
        found.height += APART * tracks + (6 if tracks else 0) + lane
        return
    if above is None:
        found.height = ZONES + TITLE
        room = APART * tracks + (4 if tracks else 0)
        found.levels.append(found.height)
    else:
        _shut(found, above)
        if tier == "outside":
            found.vpc = found.height = found.height + 2 * EDGE
        room = max(GAP, APART * (tracks + 1))
        found.levels.append(found.height + APART)
    found.height += room
    found.panels[tier] = (found.height, 0)
    found.height += lane


def _shut(found: Sheet, tier: Tier) -> None:
    """The lower edge of a tier's subnets."""
    found.height += PAD
    found.panels[tier] = (found.panels[tier][0], found.height)


def _close(found: Sheet, tier: Tier | None, tracks: int) -> None:
    """The lower edges of all that is open, and a last channel for who calls upwards from the last row."""
    if tier is None:
        found.height = found.vpc
        found.levels.append(found.height)
    elif tier == "outside":
        found.panels[tier] = (found.panels[tier][0], found.height)
        found.levels.append(found.height)
    else:
        _shut(found, tier)
        found.levels.append(found.height + APART)
        found.height += APART * (tracks + 1) if tracks else EDGE
        found.vpc = found.height = found.height + EDGE
    found.height += 2


def frames(found: Sheet, grid: Grid) -> tuple[Frame, ...]:
    """The VPC, its zones, their subnets."""
    inside = {tier: edges for tier, edges in found.panels.items() if tier != "outside"}
    drawn = [Frame("vpc", 1, WALL, grid.width - 2, found.vpc - WALL)]
    if inside:
        drawn += [Frame("zone", low, ZONES, high - low, found.vpc - EDGE - ZONES) for low, high in grid.zones]
    for top, bottom in inside.values():
        for low, high in grid.zones:
            drawn.append(Frame("net", low + grid.inset, top, high - low - 2 * grid.inset, bottom - top))
    return tuple(drawn)


def titles(found: Sheet, cidr: str, grid: Grid) -> tuple[Label, ...]:
    """The names of the VPC, the zones and the rows of subnets."""
    left = grid.titles or grid.zones[0][0] + 4
    drawn = [_title("VPC", left, 103, grid)]
    if grid.titles is not None:
        drawn.append(Label(cidr, left + 36, 103, grid.face.port(cidr), "port"))
    if any(tier != "outside" for tier in found.panels):
        drawn += [
            _title(f"Zone {'ab'[n]}", low + 14 - grid.inset // 4, ZONES + 20, grid)
            for n, (low, _) in enumerate(grid.zones)
        ]
    for tier, (top, _) in found.panels.items():
        drawn += _tier(tier, top, grid)
    return tuple(drawn)


def _tier(tier: Tier, top: int, grid: Grid) -> list[Label]:
    if grid.titles is None:
        text = SHORT[tier]
        return [Label(text, grid.columns[0][0] - 4, top + 17, grid.face.quietly(text), "quiet")]
    name, *more = NAMES[tier]
    quiet = [
        Label(text, grid.titles, top + 40 + 18 * n, grid.face.quietly(text), "quiet") for n, text in enumerate(more)
    ]
    return [_title(name, grid.titles, top + 22, grid), *quiet]


def _title(text: str, x: int, y: int, grid: Grid) -> Label:
    return Label(text, x, y, grid.face.named(text), "title")
