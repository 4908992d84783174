"""How wide text is, and how a name fits into a box.

Measured in DejaVu Sans Bold, the widest font that our style sheet may end up with: what fits there fits everywhere.
"""

import math
import re

# the width of the characters from space to tilde, in thousandths of the font size
WIDTHS = (
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696,
    696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775,
    637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675,
    716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924,
    645, 652, 582, 712, 365, 712, 838,
)  # fmt: skip
WIDEST = 1103
ELSE = {"→": 838, "…": 1000}
NAME, SMALL, QUIET, MONO = 13.5, 12.0, 13.0, 12.5  # font sizes of course.css
MARGIN = 6  # units of air left and right in a box, together


def bold(text: str, size: float = NAME) -> int:
    """Units that bold text takes."""
    return math.ceil(sum(_width(char) for char in text) * size / 1000)


def _width(char: str) -> int:
    place = ord(char) - 32
    return WIDTHS[place] if 0 <= place < len(WIDTHS) else ELSE.get(char, WIDEST)


def plain(text: str, size: float = QUIET) -> int:
    """Units that regular text takes."""
    return math.ceil(bold(text, size) * 0.94)


def mono(text: str) -> int:
    """Units that a port takes."""
    return math.ceil(len(text) * 0.603 * MONO)


def fitted(name: str, width: int) -> tuple[tuple[str, ...], bool]:
    """A name in one line, in two where it breaks at a hyphen, a dot or an underscore, else shortened; and if small."""
    room = width - MARGIN
    if bold(name) <= room:
        return (name,), False
    if bold(name, SMALL) <= room:
        return (name,), True
    halves = _halves(name, room)
    return (halves, True) if halves else ((shortened(name, room),), True)


def one_line(name: str, width: int) -> tuple[str, bool]:
    """A name in one line, shortened where it must be; and if small."""
    room = width - MARGIN
    if bold(name) <= room:
        return name, False
    return shortened(name, room), True


def shortened(name: str, room: int) -> str:
    """A name with its middle left out: beginnings and ends tell names apart."""
    for keep in range(len(name), 1, -1):
        head = (keep + 1) // 2
        text = name if keep == len(name) else f"{name[:head]}…{name[head - keep :]}"
        if bold(text, SMALL) <= room:
            return text
    return "…"


def _halves(name: str, room: int) -> tuple[str, ...]:
    """The name broken in two, as evenly as it goes; () where a half is still too long."""
    cuts = [found.end() for found in re.finditer(r"[-_. ]", name)]
    fits = [
        (name[:cut].rstrip(), name[cut:])
        for cut in cuts
        if bold(name[:cut], SMALL) <= room and bold(name[cut:], SMALL) <= room
    ]
    return min(fits, key=lambda pair: abs(len(pair[0]) - len(pair[1])), default=())
