"""Boxes with their letters, the ports beside arrows, and the numbers that stand for lines where there are too many."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Literal

from lecture.translator.diagram.calls import GATE as GATE_KEY
from lecture.translator.diagram.grid import Grid
from lecture.translator.diagram.letters import MARGIN, Face
from lecture.translator.diagram.place import Row, Seat
from lecture.translator.diagram.shapes import Box, Label, Letters, Wire
from lecture.translator.diagram.sheet import BOX, GATE, Sheet
from lecture.translator.diagram.stage import Actor, Stage

PILL = (2, 32)  # top and height of the internet
BESIDE = 8  # units between a line and its label
CLEAR = 18  # the same between the zones, whose edges are dotted
STUB = 15  # the length of an arrow whose line is a number


def boxes(scene: Stage, rows: tuple[Row, ...], numbers: dict[str, int], heights: Sheet, grid: Grid) -> Iterator[Box]:
    """The internet, the gate, and a box for each seat."""
    yield _sign("@internet", "pill", "The internet", grid.middle - 68, 136, *PILL)
    low, high = grid.gate
    yield _sign(GATE_KEY, "gate", "Internet gateway", low, high - low, *GATE)
    actors = {actor.id: actor for actor in scene.actors}
    calls = _numbers(scene, numbers)
    for row in rows[1:]:
        for seat in row.seats:
            yield _box(seat, actors[seat.actor], calls.get(seat.actor, []), heights.tops[seat.row], grid.face)


def _sign(key: str, kind: Literal["pill", "gate"], text: str, x: int, width: int, y: int, height: int) -> Box:
    line = Letters(text, x + width // 2, y + height // 2 + 5, "bold" if kind == "pill" else "gate")
    return Box(key, "", kind, x, y, width, height, None, (line,))


def _box(seat: Seat, actor: Actor, calls: list[int], y: int, face: Face) -> Box:
    width = seat.x1 - seat.x0
    name, subs = _said(seat, actor, calls, width, face)
    ghost = actor.ghost or (seat.copy and not actor.paid)
    kind: Literal["ghost", "copy", "home"] = "ghost" if ghost else "copy" if seat.copy else "home"
    lines, small = face.one_line(name, width) if calls else face.fitted(name, width)
    middle = (seat.x0 + seat.x1) // 2
    shown = [Letters(text, middle, 0, "bold" if ghost else "name", small) for text in lines]
    sub = next((sub for sub in subs if face.quietly(sub) <= width - MARGIN), "")
    if sub and len(lines) == 1:
        shown.append(Letters(sub, middle, 0, "quiet"))
    bases = (29,) if len(shown) == 1 else (21, 38)
    placed = [replace(one, y=y + base) for one, base in zip(shown, bases, strict=True)]
    full = name if "".join(lines) != name and " ".join(lines) != name else ""
    home = None if ghost else actor.home
    return Box(seat.key, actor.id, kind, seat.x0, y, width, BOX, home, tuple(placed), full)


def _said(seat: Seat, actor: Actor, calls: list[int], width: int, face: Face) -> tuple[str, tuple[str, ...]]:
    """The name of a box and its second line, in several lengths."""
    if seat.copy:
        return actor.other[0], actor.other[1:]
    subs = actor.other if seat.second and actor.form == "pair" and actor.other else actor.subs
    return actor.name, ((_list(calls, width, face), *subs) if calls else subs)


def _list(calls: list[int], width: int, face: Face) -> str:
    """The doors that a box calls, as many as fit: → 3 7 12."""
    room = width - MARGIN
    for shown in range(len(calls), 0, -1):
        rest = f" +{len(calls) - shown}" if shown < len(calls) else ""
        text = "→ " + " ".join(map(str, calls[:shown])) + rest
        if face.quietly(text) <= room:
            return text
    return f"→ {len(calls)}"


# ---- numbers ------------------------------------------------------------------------------------


def doors(scene: Stage, rows: tuple[Row, ...]) -> dict[str, int]:
    """A number for each box that is called by another, from the top left on."""
    called = {call.target for call in scene.calls if call.source != GATE_KEY}
    number = count(1)
    found: dict[str, int] = {}
    for row in rows:
        for seat in row.seats:
            if seat.actor in called and seat.actor not in found:
                found[seat.actor] = next(number)
    return found


def _numbers(scene: Stage, numbers: dict[str, int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for call in scene.calls:
        if call.source != GATE_KEY and call.target in numbers:
            found.setdefault(call.source, []).append(numbers[call.target])
    return {source: sorted(called) for source, called in found.items()}


def stubs(rows: tuple[Row, ...], numbers: dict[str, int], heights: Sheet) -> Iterator[Wire]:
    """Short arrows into what has a number."""
    for row in rows:
        for seat in row.seats:
            if seat.actor in numbers and not seat.copy:
                top = heights.tops[seat.row]
                yield Wire(seat.actor, ((seat.entry, top - STUB), (seat.entry, top)))


# ---- ports --------------------------------------------------------------------------------------


def captioned(
    scene: Stage, rows: tuple[Row, ...], numbers: dict[str, int], heights: Sheet, grid: Grid
) -> Iterator[Label]:
    """The ports on which a box is called, beside its arrow; before it, its number."""
    ports: dict[str, list[str]] = {}
    for call in scene.calls:
        known = ports.setdefault(call.target, [])
        known += [port for text in call.ports if (port := text.split("/")[0]) not in known]
    for row in rows:
        for seat in row.seats:
            if seat.actor in ports and not seat.copy:
                yield from _labels(seat, ports[seat.actor], numbers.get(seat.actor), heights.tops[seat.row] - 8, grid)


def _labels(seat: Seat, ports: list[str], number: int | None, y: int, grid: Grid) -> Iterator[Label]:
    """After the arrow as many ports as fit; before it the door's number, or the other ports."""
    beside = CLEAR if seat.entry == grid.middle else BESIDE
    low, high = grid.room(seat.entry)
    right, left = min(seat.x1, high) - seat.entry - beside, seat.entry - max(seat.x0, low) - beside
    shown = next(n for n in range(len(ports), 0, -1) if n == 1 or grid.face.port(_ports(ports[:n])) <= right)
    text, rest = _ports(ports[:shown]), ports[shown:]
    yield Label(text, seat.entry + beside, y, grid.face.port(text), "port")
    if number is not None:
        yield Label(str(number), seat.entry - beside, y, grid.face.named(str(number)), "door", "end")
    elif rest:
        text = _ports(rest) if grid.face.port(_ports(rest)) <= left else f"+{len(rest)}"
        yield Label(text, seat.entry - beside, y, grid.face.port(text), "port", "end")


def _ports(ports: list[str]) -> str:
    return " ".join(f":{port}" for port in ports)
