"""A talk: what is planned for it in minutes, held against the clock.

The sections' own minutes are the plan. "We start at 10:15, stop at 13:30, two breaks of 10" stretches or
shrinks them all alike. A break is a pause of the clock: what was planned for breaks costs nothing, more does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache, cached_property

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from lecture.slides.deck import Deck, decks

MINUTE = timedelta(minutes=1)


class Plan(BaseModel):
    """What the instructor says: which decks, from when until when, how many breaks of how many minutes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    decks: tuple[str, ...]
    starts: AwareDatetime | None = None
    stops: AwareDatetime | None = None
    breaks: int = Field(0, ge=0, le=6)
    rest: int = Field(10, ge=1, le=60, description="minutes of each break")

    @property
    def allowance(self) -> int:
        """All breaks together, in minutes."""
        return self.breaks * self.rest


def said(decks: tuple[str, ...], words: Mapping[str, str], now: datetime) -> Plan:
    """The plan in the fields of a form: `start` and `stop` as 10:15 on the day of `now`, in its zone.

    Raises ValueError with what to do next.
    """
    starts, stops = (_at(words.get(name, ""), now) for name in ("start", "stop"))
    breaks = _count(words.get("breaks", ""), 0, 6, "Breaks: write a number from 0 to 6.")
    rest = _count(words.get("rest", "") or "10", 1, 60, "Minutes of a break: write a number from 1 to 60.")
    plan = Plan(decks=decks, starts=starts, stops=stops, breaks=breaks, rest=rest)
    if starts and stops and stops <= starts:
        raise ValueError(f"{words['stop']} is before {words['start']}. Write both as on a clock of 24 hours.")
    if starts and stops and (stops - starts) / MINUTE <= plan.allowance:
        raise ValueError("The breaks leave no time to teach. Make them shorter, or stop later.")
    return plan


def _at(text: str, now: datetime) -> datetime | None:
    if not text.strip():
        return None
    try:
        return datetime.combine(now.date(), time.fromisoformat(text.strip().zfill(5)), now.tzinfo)
    except ValueError:
        raise ValueError(f"{text.strip()[:20]} is no time of the day. Write it as 10:15.") from None


def _count(text: str, least: int, most: int, mend: str) -> int:
    text = text.strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 4 and least <= int(text) <= most):
        raise ValueError(mend)
    return int(text)


@dataclass(frozen=True)
class Stone:
    """A section on the clock of the talk, in planned minutes."""

    deck: str
    number: str
    start: float
    minutes: int

    @property
    def end(self) -> float:
        """Where the next begins."""
        return self.start + self.minutes


@dataclass(frozen=True)
class Span:
    """What is planned for a slide: from one planned minute to another, its steps sharing it equally."""

    start: float
    end: float
    steps: int

    def at(self, step: int) -> tuple[float, float]:
        """From and to of one step."""
        share = (self.end - self.start) / (self.steps + 1)
        return self.start + share * step, self.start + share * (step + 1)


@dataclass(frozen=True)
class Programme:
    """The decks of a talk, one after the other. The slides of a section share its minutes equally."""

    decks: tuple[Deck, ...]

    @cached_property
    def minutes(self) -> int:
        """All that is planned."""
        return sum(deck.minutes for deck in self.decks)

    @cached_property
    def stones(self) -> tuple[Stone, ...]:
        """Its sections that have minutes."""
        return tuple(self._stones())

    def _stones(self) -> Iterator[Stone]:
        at = 0
        for deck in self.decks:
            for slide in deck.slides:
                if slide.minutes and slide.section:
                    yield Stone(deck.slug, slide.section.number, at, slide.minutes)
                    at += slide.minutes

    @cached_property
    def spans(self) -> dict[tuple[str, str], Span]:
        """What is planned for each slide, by deck and name."""
        return {key: span for deck, start in self.begins for key, span in _spans(deck, start)}

    @property
    def begins(self) -> Iterator[tuple[Deck, int]]:
        """Each deck and the planned minute at which it begins."""
        at = 0
        for deck in self.decks:
            yield deck, at
            at += deck.minutes

    def pauses(self, breaks: int) -> tuple[Stone, ...]:
        """The sections after which breaks would fall: those whose ends are nearest to equal shares of the plan."""
        found: list[Stone] = []
        for number in range(1, breaks + 1):
            share = self.minutes * number / (breaks + 1)
            free = [stone for stone in self.stones[:-1] if stone not in found]
            found += sorted(free, key=lambda stone: abs(stone.end - share))[:1]
        return tuple(sorted(found, key=lambda stone: stone.start))


@cache
def programme(slugs: tuple[str, ...]) -> Programme:
    """The programme of decks of the course that is served; one that is gone since is left out."""
    return Programme(tuple(decks()[slug] for slug in slugs if slug in decks()))


def _spans(deck: Deck, start: float) -> Iterator[tuple[tuple[str, str], Span]]:
    """The spans of a deck that begins at a planned minute; what stands before its first section has no minutes."""
    sections = [slide.section.key if slide.section else "" for slide in deck.slides]
    for at, slide in enumerate(deck.slides):
        count, first = sections.count(sections[at]), sections.index(sections[at])
        planned = deck.slides[first].minutes
        share = planned / count
        before = start + sum(other.minutes for other in deck.slides[:first])
        yield (
            (deck.slug, slide.name),
            Span(before + share * (at - first), before + share * (at - first + 1), slide.steps),
        )


@dataclass(frozen=True)
class Clock:
    """When it was started, when it was paused (where it is), and the seconds of the pauses that are over."""

    started: datetime | None = None
    paused: datetime | None = None
    rested: float = 0

    @property
    def runs(self) -> bool:
        """Whether it goes."""
        return self.started is not None and self.paused is None

    def rest(self, now: datetime) -> float:
        """Minutes of all pauses until now."""
        since = (now - self.paused) / MINUTE if self.paused else 0
        return self.rested / 60 + since

    def taught(self, now: datetime) -> float:
        """Minutes since the start without the pauses; 0 before it."""
        return (now - self.started) / MINUTE - self.rest(now) if self.started else 0


@dataclass(frozen=True)
class Pace:
    """Where the slides are, and where the clock is; everything in minutes."""

    planned: float  # by the sections
    time: float  # there is for it, without breaks
    elapsed: float  # of it, by the clock
    left: float  # to teach, until the end
    due: float  # the planned minute at which the clock stands
    at: float | None  # the planned minute of the slides that is nearest to it; None outside the plan
    waits: float | None = None  # until the start

    @property
    def ahead(self) -> float:
        """How far the slides are before the clock, in minutes of the clock; behind is negative."""
        return 0 if self.at is None else (self.at - self.due) * self.time / self.planned

    @property
    def whole(self) -> int:
        """The same in whole minutes, towards zero."""
        return int(round(self.ahead, 6))  # 4.999999 is 5

    @property
    def state(self) -> str:
        """ahead, behind, or even."""
        return "ahead" if self.whole > 0 else "behind" if self.whole < 0 else "even"

    @property
    def words(self) -> str:
        """The difference as one says it."""
        if self.waits is not None:
            return f"Starts in {minutes(max(1, round(self.waits)))}" if self.waits > 0 else "Not started"
        if self.at is None:
            return "Not in the plan"
        return f"{minutes(abs(self.whole))} {self.state}" if self.whole else "On time"

    @property
    def sentence(self) -> str:
        """All of it, for who does not see the bar."""
        if self.at is None or self.waits is not None:
            return f"{self.words}. The clock says {hours(self.elapsed)} of {hours(self.time)}."
        return (
            f"The slides are at minute {int(self.at)} of the plan, the clock at minute {int(self.due)}. {self.words}."
        )


def pace(programme: Programme, plan: Plan, clock: Clock, place: tuple[str, str, int], now: datetime) -> Pace | None:
    """How a talk keeps time at a place (deck, slide, step); None where nothing is planned in minutes."""
    planned = programme.minutes
    if not planned:
        return None
    begins, taught = plan.starts or clock.started, clock.taught(now)
    if plan.stops and begins and (plan.stops - begins) / MINUTE > plan.allowance:
        time = (plan.stops - begins) / MINUTE - plan.allowance
        left = (plan.stops - now) / MINUTE - max(0, plan.allowance - clock.rest(now))
    else:
        time, left = planned, planned - taught
    due = max(0, (time - left) * planned / time)
    span = programme.spans.get(place[:2])
    at = None
    if span is not None:
        first, last = span.at(min(place[2], span.steps))
        at = min(max(due, first), last)
    waits = None if clock.started else (plan.starts - now) / MINUTE if plan.starts else 0
    if waits is not None and waits <= 0 and due > 0:
        waits = None  # it should have started: the difference says by how much
    return Pace(planned, time, max(0, time - left), left, due, at, waits)


def minutes(number: int) -> str:
    """A number of minutes in words: 1 minute, 4 minutes."""
    return f"{number} minute{'s' * (number != 1)}"


def hours(number: float) -> str:
    """Minutes as a clock shows them, 74 as 1:14; what is over has a minus."""
    whole = int(number)  # begun minutes do not count
    return f"{'−' * (whole < 0)}{abs(whole) // 60}:{abs(whole) % 60:02}"
