"""What each calculator of a trap asks; `traps.py` makes sums of the answers."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from lecture.costs import traps
from lecture.costs.fields import Answers, Choice, Field, Number, series
from lecture.costs.prices import PriceSheet, Region
from lecture.costs.tiers import GB
from lecture.costs.traps import Counted

MACHINES = ("t3.micro", "t4g.micro", "t3.small", "t3.medium", "t3.large", "m5.large", "m7g.xlarge")
CLASSES = ("t3.micro", "t3.small", "t3.medium", "t4g.micro", "t4g.small", "t4g.medium", "r6g.large")
NO_YES = (("no", "No"), ("yes", "Yes"))


@dataclass(frozen=True, slots=True)
class Trap:
    """A calculator: what it asks, and what it makes of the answers."""

    id: str
    fields: tuple[Field, ...]
    count: Callable[[Answers, PriceSheet, Region], Counted]


def _stops(*numbers: int | str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, numbers))


def _number(name: str, label: str, unit: str, default: int | str, stops: tuple[Decimal, ...], hint: str = "") -> Number:
    whole = all(stop == stop.to_integral_value() for stop in stops)
    return Number(name, label, unit, Decimal(default), stops, whole, hint)


def _database(name: str, classes: tuple[str, ...] = CLASSES) -> Choice:
    return Choice(name, "Database", tuple((id, f"db.{id}") for id in classes))


NONE = Decimal(0)
MONTHS = _stops(1, 2, 3, 4, 6, 9, 12, 18, 24, 36)
DISKS = _stops(0, 8, 20, 30, 50, 100, 200, 500, 1000)
STORAGE = _stops(20, 30, 50, 100, 200, 500, 1000)
DOWNLOADS = (NONE, *series(1, 1000), GB, *_stops(2048, 5120, 10240, 20480, 51200, 102400))
UNITS = _stops(0, "0.1", "0.2", "0.5", 1, 2, 5, 10, 20, 50, 100)
VCPUS = _stops(0, "0.1", "0.2", "0.4", "0.6", "0.8", 1, "1.2", "1.4", "1.6")
ADDRESSES = _stops(*range(11), 20, 50, 100)
DAYS = _stops(1, 3, 5, 7, 8, 10, 14, 21, 30, 60, 90, 120, 180, 365)
PERCENT = _stops("0.1", "0.2", "0.5", 1, 2, 5, 10, 20, 50, 100)
MEMORY = _stops(128, 256, 512, 1024, 1769, 2048, 4096, 8192, 10240)

TRAPS: tuple[Trap, ...] = (
    Trap(
        "forgotten",
        (
            Choice("forgotten-machine", "Machine", tuple((id, id) for id in MACHINES)),
            _number("forgotten-months", "Forgotten for", "months", 3, MONTHS),
            _number("forgotten-gb", "Its disk", "GB", 8, DISKS),
        ),
        traps.forgotten,
    ),
    Trap("egress", (_number("egress-gb", "Downloads", "GB a month", 1024, DOWNLOADS),), traps.egress),
    Trap(
        "nat",
        (
            _number("nat-gateways", "NAT gateways", "in as many zones", 1, _stops(*range(1, 7))),
            _number("nat-gb", "Through them", "GB a month", 50, (NONE, *series(1, 100_000))),
            _number("nat-layers", "Of that, layers of images", "percent", 60, _stops(*range(0, 101, 10))),
            _number("nat-tasks", "Tasks behind them", "tasks", 3, _stops(1, 2, 3, 5, 10, 20, 50, 100)),
        ),
        traps.nat,
    ),
    Trap(
        "balancer",
        (
            _number("balancer-apps", "Small apps", "apps", 3, _stops(*range(1, 21))),
            _number("balancer-lcu", "Capacity units in use", "on average", 0, UNITS),
        ),
        traps.balancer,
    ),
    Trap(
        "two",
        (
            _database("two-class"),
            _number("two-gb", "Its storage", "GB", 20, STORAGE),
            Choice("two-cache", "A cache.t3.micro as well", NO_YES),
        ),
        traps.two,
    ),
    Trap(
        "old",
        (
            _database("old-class"),
            _number("old-databases", "How many of them", "databases", 1, _stops(1, 2, 3, 5, 10, 20, 50)),
            _number("old-months", "On the old version for", "months", 1, MONTHS),
            Choice("old-standby", "With a standby", NO_YES),
        ),
        traps.old,
    ),
    Trap(
        "burst",
        (
            Choice("burst-where", "Where", (("ec2", "EC2, t3.medium"), ("rds", "RDS, db.t3.medium"))),
            _number("burst-vcpu", "Above the baseline, all day", "vCPU on average", 1, VCPUS),
        ),
        traps.burst,
    ),
    Trap(
        "ipv4",
        (
            _number("ipv4-addresses", "Addresses", "addresses", 6, ADDRESSES),
            _number("ipv4-needed", "Of these, somebody knocks at", "addresses", 2, ADDRESSES),
            _number("ipv4-months", "For", "months", 12, MONTHS),
        ),
        traps.ipv4,
    ),
    Trap(
        "stopped",
        (
            _database("stopped-class", tuple(reversed(CLASSES))),
            _number("stopped-gb", "Its storage", "GB", 100, STORAGE),
            _number("stopped-days", "Not looked at for", "days", 30, DAYS),
        ),
        traps.stopped,
    ),
    Trap(
        "init",
        (
            _number("init-calls", "Calls", "a month", 1_000_000, series(1000, 1_000_000_000)),
            _number("init-share", "Cold starts", "percent of them", 1, PERCENT),
            _number("init-ms", "To start up", "ms", 2000, series(10, 10_000)),
            _number("init-work", "To work", "ms a call", 200, series(1, 100_000)),
            _number("init-memory", "Memory", "MB", 512, MEMORY),
        ),
        traps.init,
    ),
    Trap(
        "logs",
        (
            _number("logs-requests", "Requests", "a day", 100_000, series(100, 100_000_000)),
            _number("logs-bytes", "Written for each", "bytes", 5000, series(50, 1_000_000)),
            _number("logs-keep", "Kept for", "months", 1, MONTHS),
        ),
        traps.logs,
    ),
)
BY_ID = {trap.id: trap for trap in TRAPS}
