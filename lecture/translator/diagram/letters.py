"""How wide text is, and how a name fits into a box.

Measured in DejaVu Sans Bold, the widest font that our style sheet may end up with: what fits there fits everywhere.
"""

import math
import re
from dataclasses import dataclass

# the width of the characters from space to tilde, in thousandths of the font size
WIDTHS = (
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696,
    696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775,
    637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675,
    716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924,
    645, 652, 582, 712, 365, 712, 838,
)  # fmt: skip
WIDEST = 1103
OF = {chr(32 + place): width for place, width in enumerate(WIDTHS)} | {"→": 838, "…": 1000}
MARGIN = 4  # units of air left and right in a box, together
REGULAR = 0.94  # how wide regular letters are beside bold ones, at most
MONO = 0.603  # the width of every letter of a machine's


def bold(text: str, size: float) -> int:
    """Units that bold text takes."""
    return math.ceil(sum([OF.get(char, WIDEST) for char in text]) * size / 1000)


@dataclass(frozen=True, slots=True)
class Face:
    """The font sizes of a drawing, as in course.css: none comes out under 12 px where the drawing is smallest."""

    name: float
    small: float
    quiet: float
    mono: float

    def named(self, text: str) -> int:
        """Units that a name takes."""
        return bold(text, self.name)

    def quietly(self, text: str) -> int:
        """Units that a second line takes."""
        return math.ceil(bold(text, self.quiet) * REGULAR)

    def port(self, text: str) -> int:
        """Units that ports take."""
        return math.ceil(len(text) * MONO * self.mono)

    def fitted(self, name: str, width: int) -> tuple[tuple[str, ...], bool]:
        """A name in one line, in two where it has a hyphen, a dot or an underscore, else shortened; and if small."""
        room = width - MARGIN
        if self.named(name) <= room:
            return (name,), False
        if bold(name, self.small) <= room:
            return (name,), True
        halves = self._halves(name, room)
        return (halves, True) if halves else ((self.shortened(name, room),), True)

    def one_line(self, name: str, width: int) -> tuple[tuple[str, ...], bool]:
        """A name in one line, shortened where it must be; and if small."""
        room = width - MARGIN
        return ((name,), False) if self.named(name) <= room else ((self.shortened(name, room),), True)

    def shortened(self, name: str, room: int) -> str:
        """A name with its middle left out: beginnings and ends tell names apart."""
        for keep in range(len(name), 1, -1):
            head = (keep + 1) // 2
            text = name if keep == len(name) else f"{name[:head]}…{name[head - keep :]}"
            if bold(text, self.small) <= room:
                return text
        return "…"

    def _halves(self, name: str, room: int) -> tuple[str, ...]:
        """The name broken in two, as evenly as it goes; () where a half is still too long."""
        cuts = [found.end() for found in re.finditer(r"[-_. ]", name)]
        pairs = [(name[:cut].rstrip(), name[cut:]) for cut in cuts]
        fits = [pair for pair in pairs if max(bold(half, self.small) for half in pair) <= room]
        return min(fits, key=lambda pair: abs(len(pair[0]) - len(pair[1])), default=())


WIDE = Face(name=13.5, small=12.6, quiet=13, mono=12.6)
NARROW = Face(name=14.5, small=14.5, quiet=14.5, mono=14.5)
