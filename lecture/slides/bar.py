"""The pace as a picture: stones on the clock, one hand for the clock and one for the slides."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lecture.slides.talk import Pace, Programme, hours

WIDTHS = WIDE, MIDDLE, NARROW = 1372, 760, 360  # units of the drawings
LETTER = 8.2  # units that a letter needs, at the most
EDGE = 3.5  # units left free at both ends
LABEL = 104  # units that the words at a hand need
AWAY = 8  # units from a hand to its words


@dataclass(frozen=True)
class Hand:
    """A hand of the clock, its words, and on which side of it they stand; in units."""

    kind: Literal["clock", "slides"]
    x: float
    words: str
    words_x: float
    anchor: Literal["start", "end"]


@dataclass(frozen=True)
class Rect:
    """A stone; its minutes are for the script that moves the hands."""

    start: float
    end: float
    x: float
    width: float
    state: Literal["gone", "now", "ahead"]


@dataclass(frozen=True)
class Bar:
    """All of it, for a drawing of `width` units."""

    width: int
    stones: tuple[Rect, ...]
    labels: tuple[tuple[float, str], ...]  # x and the name of what begins there
    breaks: tuple[float, ...]  # x of each
    hands: tuple[Hand, ...]


def bar(programme: Programme, breaks: int, at: float | None, pace: Pace, width: int) -> Bar:
    """The bar of a programme; `at` is the planned minute at which the slide begins, None outside the plan."""
    stones = tuple(_rects(programme, at, width))
    places = tuple(x_of(stone.end, programme.minutes, width) for stone in programme.pauses(breaks))
    return Bar(width, stones, tuple(_labels(programme, width)), places, hands(pace, width))


def x_of(minute: float, planned: float, width: int) -> float:
    """Where a planned minute is; what is beyond the plan stands at its end."""
    return round(EDGE + min(max(0, minute), planned) * (width - 2 * EDGE) / planned, 1)


def _rects(programme: Programme, at: float | None, width: int) -> list[Rect]:
    found = []
    for stone in programme.stones:
        x, until = x_of(stone.start, programme.minutes, width), x_of(stone.end, programme.minutes, width)
        state: Literal["gone", "now", "ahead"] = "ahead"
        if at is not None and at >= stone.start:
            state = "now" if at < stone.end else "gone"
        found.append(Rect(stone.start, stone.end, x, round(until - x - 3, 1), state))
    return found


def _labels(programme: Programme, width: int) -> list[tuple[float, str]]:
    """The parts, or the sections where there is one part; the number alone where its name has no room."""
    if len(programme.decks) > 1:
        named = [
            (float(start), str(d.part.number if d.part else ""), d.title) for d, start in programme.begins if d.minutes
        ]
    else:
        slides = [slide for slide in programme.decks[0].slides if slide.minutes and slide.section]
        titles = [slide.section.short for slide in slides if slide.section]
        named = [(s.start, s.number, title) for s, title in zip(programme.stones, titles, strict=True)]
    places = [x_of(at, programme.minutes, width) for at, _, _ in named]
    rooms = [after - x for x, after in pairwise([*places, width])]
    names = [(number, f"{number} {title}") for _, number, title in named]
    return [
        (x, full if len(full) * LETTER <= room else short)
        for x, room, (short, full) in zip(places, rooms, names, strict=True)
    ]


def hands(pace: Pace, width: int) -> tuple[Hand, ...]:
    """Both hands; the words of the left one stand at its left, of the right one at its right, inside the drawing."""
    at = pace.due if pace.at is None else pace.at
    clock, slides = (x_of(minute, pace.planned, width) for minute in (pace.due, at))
    left, right = _apart(min(clock, slides), max(clock, slides), width)
    first = slides <= clock
    words = [
        f"{name}, {hours(minute * pace.time / pace.planned)}" for name, minute in (("clock", pace.due), ("slides", at))
    ]
    both = (
        Hand("clock", clock, words[0], right if first else left, "start" if first else "end"),
        Hand("slides", slides, words[1], left if first else right, "end" if first else "start"),
    )
    return both[:1] if pace.at is None else both


def _apart(left: float, right: float, width: int) -> tuple[float, float]:
    """Where the words of two hands end and begin."""
    until, since = max(left - AWAY, LABEL), max(min(right + AWAY, width - LABEL), LABEL + AWAY)
    return round(min(until, since - AWAY), 1), round(since, 1)
