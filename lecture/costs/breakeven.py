"""Lambda against Fargate: what each costs at a volume, and where the two lines cross.

The model is that of the errata, A2: a task costs by the hour, a function by requests and GB-seconds, a front door
by either. Money is exact; a month has 730 hours or 30.4167 days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal

from lecture.costs.bill import Bill, Charge, bill
from lecture.costs.capstone import SIZES, Arch
from lecture.costs.formula import HOURS, charge, many
from lecture.costs.prices import PriceSheet, Region
from lecture.costs.tiers import DURATION, HTTP_API, known, split

LambdaDoor = Literal["none", "url", "http", "rest", "alb"]
TaskDoor = Literal["none", "address", "alb"]
Work = Literal["waiting", "computing"]

DAYS = Decimal("30.4167")  # of a month
SECONDS = Decimal(HOURS * 3600)  # of a month
DAY = Decimal(86_400)
FREE_REQUESTS = Decimal(1_000_000)  # a month and account, always
FREE_GB_SECONDS = Decimal(400_000)
VCPU_MB = Decimal(1769)  # of a function's memory that bring one whole vCPU
MB = Decimal(1024)  # of a GB
MOST = Decimal(10) ** 9  # requests a day up to which crossings are looked for
MOST_TASKS = 500  # and tasks
MOST_CROSSINGS = 40  # that are told
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared. Memory of the function in MB, duration in ms, both for one request."""

    memory: Decimal = Decimal(512)
    ms: Decimal = Decimal(200)
    per_day: Decimal = Decimal(100_000)
    peak: Decimal = Decimal(10)  # how many times the average the busiest moment is
    at_once: Decimal = Decimal(50)  # requests that one task holds at once, while they wait
    tasks: int = 1  # at least
    task: str = "small"
    work: Work = "waiting"
    lambda_door: LambdaDoor = "none"
    task_door: TaskDoor = "none"
    region: Region = "us_east_1"
    arch: Arch = "x86"
    free: bool = False
    warm: int = 0  # environments kept warm

    @property
    def gb_seconds(self) -> Decimal:
        """GB-seconds of one request."""
        return self.memory / MB * self.ms / 1000

    @property
    def vcpu_seconds(self) -> Decimal:
        """vCPU-seconds of one request, if all of its time is computing."""
        return self.memory / VCPU_MB * self.ms / 1000

    @property
    def has_free_tier(self) -> bool:
        """The free tier does not count for a function with provisioned concurrency (AWS, Lambda pricing)."""
        return self.free and not self.warm


@dataclass(frozen=True, slots=True)
class Load:
    """Little's law: in flight = rate × seconds."""

    rate: Decimal  # requests a second, on average
    in_flight: Decimal
    peak_rate: Decimal
    peak_in_flight: Decimal
    tasks: int  # that follow


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the lines cross: requests a month, and what either side costs there."""

    month: Decimal
    usd: Decimal
    cheaper_above: Literal["lambda", "fargate"]
    tasks: int
    step: bool = False  # here a task is added: the container's line jumps over the function's

    @property
    def per_day(self) -> Decimal:
        """Requests a day, rounded to the request."""
        return (self.month / DAYS).quantize(ONE, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every crossing, the first one first; and who is cheaper before it."""

    crossings: tuple[Crossing, ...]
    cheaper_below: Literal["lambda", "fargate"]
    more: bool = False  # there may be more crossings: so many are told, or we stopped at so many tasks

    @property
    def first(self) -> Crossing | None:
        """The break-even."""
        return self.crossings[0] if self.crossings else None


# ---- what it costs -------------------------------------------------------------------------------


def on_lambda(case: Case, sheet: PriceSheet, requests: Decimal) -> Bill:
    """The bill of the function and its front door for so many requests a month."""
    return bill(_lambda_charges(case, sheet, requests), sheet, case.region)


def on_fargate(case: Case, sheet: PriceSheet, requests: Decimal) -> Bill:
    """The bill of the tasks and their front door for so many requests a month."""
    return bill(_task_charges(case, tasks(case, requests)), sheet, case.region)


def lambda_usd(case: Case, sheet: PriceSheet, requests: Decimal) -> Decimal:
    """The same as one exact amount: US dollars a month, unrounded."""
    return _sum(on_lambda(case, sheet, requests))


def fargate_usd(case: Case, sheet: PriceSheet, requests: Decimal) -> Decimal:
    """The same for the tasks."""
    return _sum(on_fargate(case, sheet, requests))


def _sum(found: Bill) -> Decimal:
    return sum((part.usd or Decimal() for line in found.lines for part in line.parts), Decimal())


def _lambda_charges(case: Case, sheet: PriceSheet, requests: Decimal) -> Iterator[Charge]:
    paid = max(requests - FREE_REQUESTS, Decimal()) if case.has_free_tier else requests
    yield charge(("requests", "Requests"), "lambda.request", many(paid, "request", "requests"), home="hotel")
    yield from _duration(case, sheet, requests)
    if case.warm:
        gb = many(case.memory / MB, "GB")
        kept = (many(case.warm, "environment", "environments"), gb, many(SECONDS, "s"))
        yield charge(("warm", "Kept warm"), "lambda.pc", *kept, home="hotel")
    yield from _door(case, sheet, requests)


def _duration(case: Case, sheet: PriceSheet, requests: Decimal) -> Iterator[Charge]:
    """GB-seconds: what the free tier leaves, or what the warm environments serve at their own price, and the rest."""
    line, used = ("duration", "Duration"), requests * case.gb_seconds
    if case.has_free_tier:
        used = max(used - FREE_GB_SECONDS, Decimal())
    if case.warm:
        served = min(used, case.warm * case.memory / MB * SECONDS)
        yield charge(line, "lambda.pc.duration", many(served, "GB-s served warm"), home="hotel")
        used -= served
        if not used:
            return
    for price, amount in split(used, known(DURATION[case.arch], sheet, case.region)):
        yield charge(line, price, many(amount, "GB-s"), home="hotel")


def _door(case: Case, sheet: PriceSheet, requests: Decimal) -> Iterator[Charge]:
    if case.lambda_door == "http":
        for price, amount in split(requests, known(HTTP_API, sheet, case.region)):
            yield charge(("door", "HTTP API"), price, many(amount, "request", "requests"), home="hotel")
    elif case.lambda_door == "rest":
        yield charge(("door", "REST API"), "apigw.rest", many(requests, "request", "requests"), home="hotel")
    elif case.lambda_door == "alb":
        yield from balancer()


def balancer() -> Iterator[Charge]:
    """A load balancer in two zones that nobody visits: its capacity units are not in the model."""
    line = ("door", "Load balancer, two addresses")
    yield charge(line, "alb.hour", many(1, "balancer"), home="furnished")
    yield charge(line, "ipv4", many(2, "addresses"), home="furnished")


def _task_charges(case: Case, number: int) -> Iterator[Charge]:
    vcpu, gb = SIZES[case.task]
    line, each = ("tasks", f"{number:,} task{'' if number == 1 else 's'}"), many(number, "task", "tasks")
    yield charge(line, f"fargate.{case.arch}.vcpu", each, many(vcpu, "vCPU"), home="furnished")
    yield charge(line, f"fargate.{case.arch}.gb", each, many(gb, "GB"), home="furnished")
    if case.task_door == "address":
        yield charge(("door", "Public addresses"), "ipv4", many(number, "address", "addresses"))
    elif case.task_door == "alb":
        yield from balancer()


# ---- how many tasks ------------------------------------------------------------------------------


def load(case: Case, per_day: Decimal) -> Load:
    """What so many requests a day mean for the machines."""
    rate = per_day / DAY
    in_flight = rate * case.ms / 1000
    return Load(rate, in_flight, rate * case.peak, in_flight * case.peak, tasks(case, per_day * DAYS))


def capacity(case: Case) -> Decimal:
    """Requests a month, evenly spread and with that peak, which one task carries."""
    waiting, computing = case.at_once / (case.ms / 1000), SIZES[case.task][0] / case.vcpu_seconds
    return (waiting if case.work == "waiting" else computing) / case.peak * DAY * DAYS


def tasks(case: Case, requests: Decimal) -> int:
    """Tasks that so many requests a month need in their busiest moment; they run all month."""
    needed = (requests / capacity(case)).to_integral_value(ROUND_CEILING)
    return max(case.tasks, int(needed))


# ---- where they cross ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lines:
    """Both bills as straight pieces, so that a search need not write each of them out."""

    knots: tuple[tuple[Decimal, Decimal], ...]  # requests and US dollars on Lambda, straight between two of them
    task: Decimal  # US dollars a month for one task, with its address
    door: Decimal  # and for what is there once

    def function(self, requests: Decimal) -> Decimal:
        """US dollars a month on Lambda."""
        after = next((at for at, (knot, _) in enumerate(self.knots) if knot >= requests), len(self.knots) - 1)
        (x0, y0), (x1, y1) = self.knots[max(after, 1) - 1], self.knots[max(after, 1)]
        return y0 + (requests - x0) * (y1 - y0) / (x1 - x0)

    def container(self, number: int) -> Decimal:
        """US dollars a month for so many tasks."""
        return self.door + number * self.task


def straight(case: Case, sheet: PriceSheet, end: Decimal = MOST * DAYS) -> Lines:
    """Both bills up to `end` requests a month."""
    at = sorted({Decimal(), end, *(kink for kink in _kinks(case) if kink < end)})
    one, two = (_sum(bill(_task_charges(case, number), sheet, case.region)) for number in (1, 2))
    return Lines(tuple((x, lambda_usd(case, sheet, x)) for x in at), two - one, one - (two - one))


def crossings(case: Case, sheet: PriceSheet, most: int = MOST_CROSSINGS) -> Verdict:
    """The first `most` volumes at which the cheaper side changes, up to MOST requests a day and MOST_TASKS tasks."""
    found: list[Crossing] = []
    lines, (edges, stopped) = straight(case, sheet), _edges(case)
    side = below = _sign(lines.function(ONE) - lines.container(tasks(case, ONE)))
    for start, end in pairwise(edges):
        for crossing in _between(case, lines, start, end):
            now = 1 if crossing.cheaper_above == "fargate" else -1
            if now != side:
                found.append(crossing)
                side = now
        if len(found) >= most:
            break
    return Verdict(tuple(found[:most]), _name(below), more=stopped or len(found) >= most)


def _edges(case: Case) -> tuple[list[Decimal], bool]:
    """Volumes between which both lines are straight, and whether the number of tasks ended the search."""
    end, one = MOST * DAYS, capacity(case)
    steps = [number * one for number in range(case.tasks, case.tasks + MOST_TASKS)]
    within = [step for step in steps if step < end]
    stopped = len(within) == len(steps)
    if stopped:
        end = within.pop()
    return sorted({Decimal(), end, *within, *(kink for kink in _kinks(case) if kink < end)}), stopped


def _kinks(case: Case) -> Iterator[Decimal]:
    """Volumes at which the price of one more request changes."""
    free = FREE_GB_SECONDS if case.has_free_tier else Decimal()
    warm = case.warm * case.memory / MB * SECONDS
    if case.has_free_tier:
        yield FREE_REQUESTS
    if free or warm:
        yield (free + warm) / case.gb_seconds
    for upto, _ in DURATION[case.arch]:
        if upto is not None:
            yield (upto + free + warm) / case.gb_seconds
    if case.lambda_door == "http":
        yield from (upto for upto, _ in HTTP_API if upto is not None)


def _between(case: Case, lines: Lines, start: Decimal, end: Decimal) -> Iterator[Crossing]:
    """Who is cheaper just after `start`, where a task may have come; and the crossing on the way to `end`, if any."""
    number = tasks(case, (start + end) / 2)  # inside the piece: at its ends a rounded quotient could go either way
    container = lines.container(number)
    left, right = lines.function(start) - container, lines.function(end) - container
    if start and left:
        yield Crossing(start, lines.function(start), _name(_sign(left)), number, step=True)
    if right and _sign(left) != _sign(right):
        at = start + (end - start) * left / (left - right)
        yield Crossing(at, container, _name(_sign(right)), number)


def _sign(usd: Decimal) -> int:
    return (usd > 0) - (usd < 0)


def _name(sign: int) -> Literal["lambda", "fargate"]:
    """Who is cheaper, where Lambda's bill less Fargate's has that sign; on a tie it is Lambda, which may sleep."""
    return "fargate" if sign > 0 else "lambda"
