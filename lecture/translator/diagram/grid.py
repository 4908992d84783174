"""The two widths of a drawing: where its columns, zones and gutters are, in units from the left."""

from dataclasses import dataclass

from lecture.translator.diagram import letters


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns hold boxes, half of them in each zone; vertical lines run in the gutters between."""

    width: int
    columns: tuple[tuple[int, int], ...]
    gutters: tuple[int, ...]
    zones: tuple[tuple[int, int], tuple[int, int]]
    inset: int  # of subnets in their zone
    gate: tuple[int, int]
    face: letters.Face
    titles: int | None  # where the names of the rows of subnets stand; None: inside the subnets
    lines: int  # how many lines may there be, and how often may they cross, before numbers take their place?
    crossings: int

    @property
    def half(self) -> int:
        """How many columns a zone has."""
        return len(self.columns) // 2

    @property
    def middle(self) -> int:
        """Between the zones."""
        return (self.zones[0][1] + self.zones[1][0]) // 2

    @property
    def edges(self) -> tuple[int, ...]:
        """Where zones and their subnets begin and end: no line runs along there."""
        return tuple(x for low, high in self.zones for x in (low, low + self.inset, high - self.inset, high))

    @property
    def inside_out(self) -> list[int]:
        """The columns from the middle outwards, such as 1, 2, 0, 3."""
        return sorted(range(len(self.columns)), key=lambda column: (abs(self.centre(column) - self.middle), column))

    def centre(self, column: int) -> int:
        """The middle of a column."""
        return sum(self.columns[column]) // 2

    def room(self, x: int) -> tuple[int, int]:
        """From where to where a label beside x may reach without touching the edge of a zone."""
        for low, high in self.zones:
            if low <= x <= high:
                return low + self.inset, high - self.inset
        return self.zones[0][0], self.zones[1][1]

    def mirrored(self, column: int) -> int:
        """The column at the same place in the other zone."""
        return len(self.columns) - 1 - column


WIDE = Grid(
    width=720,
    columns=((138, 246), (276, 384), (436, 544), (574, 682)),
    gutters=(131, 253, 261, 269, 391, 410, 429, 551, 559, 567, 689),
    zones=((116, 406), (414, 704)),
    inset=8,
    gate=(330, 490),
    face=letters.WIDE,
    titles=18,
    lines=40,
    crossings=30,
)
NARROW = Grid(
    width=336,
    columns=((24, 146), (190, 312)),
    gutters=(17, 152, 168, 184, 319),
    zones=((7, 163), (173, 329)),
    inset=4,
    gate=(80, 256),
    face=letters.NARROW,
    titles=None,
    lines=24,
    crossings=16,
)
