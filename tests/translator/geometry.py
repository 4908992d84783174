"""What is wrong with a drawing: overlaps, lines through boxes, arrows that end nowhere, text that does not fit."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from lecture.translator.diagram import letters
from lecture.translator.diagram.shapes import Box, Diagram, Label, Wire

Rectangle = tuple[int, int, int, int]  # left, top, right, bottom
Segment = tuple[tuple[int, int], tuple[int, int]]
ASCENT, DESCENT = 11, 3  # of the largest letters, in units from the baseline


def faults(drawing: Diagram) -> list[str]:
    """One line for each thing that is wrong."""
    return [
        *_apart(drawing),
        *_inside(drawing),
        *_lettered(drawing),
        *_ended(drawing),
        *_joined(drawing),
        *_clear(drawing),
        *_separate(drawing),
        *_bordered(drawing),
    ]


def around(box: Box) -> Rectangle:
    return box.x, box.y, box.right, box.bottom


def written(label: Label) -> Rectangle:
    return label.left, label.y - ASCENT, label.left + label.width, label.y + DESCENT


def segments(wire: Wire) -> list[Segment]:
    return list(pairwise(wire.points))


def touch(one: Rectangle, other: Rectangle, gap: int = 0) -> bool:
    """Whether two rectangles come nearer than `gap` to each other."""
    return one[0] < other[2] + gap and other[0] < one[2] + gap and one[1] < other[3] + gap and other[1] < one[3] + gap


def extent(segment: Segment) -> Rectangle:
    (ax, ay), (bx, by) = segment
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _apart(drawing: Diagram) -> Iterator[str]:
    for one, other in combinations(drawing.boxes, 2):
        if touch(around(one), around(other), 8):
            yield f"the boxes {one.key} and {other.key} overlap"
    for label in drawing.labels:
        for box in drawing.boxes:
            if touch(written(label), around(box), 1):
                yield f"the label {label.text} lies on the box {box.key}"
    for one, other in combinations(drawing.labels, 2):
        if touch(written(one), written(other), 2):
            yield f"the labels {one.text} and {other.text} overlap"


def _inside(drawing: Diagram) -> Iterator[str]:
    whole = (0, 0, drawing.width, drawing.height)
    things = [*map(around, drawing.boxes), *map(written, drawing.labels)]
    things += [(f.x, f.y, f.x + f.width, f.y + f.height) for f in drawing.frames]
    things += [extent(segment) for wire in drawing.wires for segment in segments(wire)]
    for left, top, right, bottom in things:
        if left < whole[0] or top < whole[1] or right > whole[2] or bottom > whole[3]:
            yield f"{(left, top, right, bottom)} leaves the drawing"


def _lettered(drawing: Diagram) -> Iterator[str]:
    face = letters.WIDE if drawing.width == 720 else letters.NARROW
    for box in drawing.boxes:
        for line in box.letters:
            size = face.small if line.small else face.name
            width = face.quietly(line.text) if line.style == "quiet" else letters.bold(line.text, size)
            if width > box.width - 4:
                yield f"{line.text} is too wide for its box"
            if not box.y + ASCENT <= line.y <= box.bottom - DESCENT:
                yield f"{line.text} is not inside its box"


def _ended(drawing: Diagram) -> Iterator[str]:
    """Every arrow ends on the edge of a box; every line has right angles."""
    for wire in drawing.wires:
        x, y = wire.points[-1]
        if wire.head and not any(_edge(box, x, y) for box in drawing.boxes):
            yield f"the arrow to {wire.net} ends nowhere"
        if any(a[0] != b[0] and a[1] != b[1] for a, b in segments(wire)):
            yield f"a line to {wire.net} is not straight"
        if any(a == b for a, b in segments(wire)):
            yield f"a line to {wire.net} stands still"


def _joined(drawing: Diagram) -> Iterator[str]:
    """What has no head of its own ends on another line of its bus."""
    for wire in drawing.wires:
        x, y = wire.points[-1]
        others = [s for other in drawing.wires if other.net == wire.net and other is not wire for s in segments(other)]
        if not wire.head and not any(touch(extent(s), (x, y, x, y), 1) for s in others):
            yield f"a line to {wire.net} ends in the air"


def _edge(box: Box, x: int, y: int) -> bool:
    level = y in (box.y, box.bottom) and box.x <= x <= box.right
    return level or (x in (box.x, box.right) and box.y <= y <= box.bottom)


def _clear(drawing: Diagram) -> Iterator[str]:
    """No line runs through a box or under a label."""
    for wire in drawing.wires:
        for segment in segments(wire):
            for box in drawing.boxes:
                left, top, right, bottom = around(box)
                if touch(extent(segment), (left + 1, top + 1, right - 1, bottom - 1)):
                    yield f"a line to {wire.net} runs through {box.key}"
            for label in drawing.labels:
                if touch(extent(segment), written(label), 3):
                    yield f"a line to {wire.net} runs under {label.text}"


def _separate(drawing: Diagram) -> Iterator[str]:
    """Lines of different nets never run on top of each other."""
    pieces = [(wire.net, segment) for wire in drawing.wires for segment in segments(wire)]
    for (net, one), (other_net, other) in combinations(pieces, 2):
        parallel = (one[0][0] == one[1][0]) == (other[0][0] == other[1][0])
        if net != other_net and parallel and touch(extent(one), extent(other), 5):
            yield f"lines to {net} and {other_net} run on top of each other at {one} {other}"


def _bordered(drawing: Diagram) -> Iterator[str]:
    """No label lies on the edge of a frame, and no line runs along one."""
    for frame in drawing.frames:
        left, top, right, bottom = frame.x, frame.y, frame.x + frame.width, frame.y + frame.height
        edges = [
            ((left, top), (right, top)), ((left, bottom), (right, bottom)),
            ((left, top), (left, bottom)), ((right, top), (right, bottom)),
        ]  # fmt: skip
        for edge in edges:
            for label in drawing.labels:
                if touch(extent(edge), written(label)):
                    yield f"{label.text} lies on the edge of a {frame.kind}"
            for wire in drawing.wires:
                for segment in segments(wire):
                    along = (segment[0][0] == segment[1][0]) == (edge[0][0] == edge[1][0])
                    if along and touch(extent(edge), extent(segment), 3):
                        yield f"a line to {wire.net} runs along the edge of a {frame.kind}"
