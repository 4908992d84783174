"""Cost traps: each a small sum with your own numbers, beside what the rule makes of it. US dollars, before tax."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from lecture.costs.bill import Bill, Charge, bill
from lecture.costs.breakeven import DAYS, MB
from lecture.costs.fields import Answers, Choice, Field, Number, plain, series
from lecture.costs.formula import HOURS, Factor, charge, many, money
from lecture.costs.prices import PriceSheet, Region
from lecture.costs.tiers import EGRESS, GB, Tiers, split

MONTH_DAYS = Decimal(HOURS) / 24
CDN: Tiers = ((GB, ""), (None, "cf.out"))  # through CloudFront a month: the first terabyte costs nothing
RESTART = Decimal(7)  # days after which a stopped RDS starts itself
YEARS_AT_FIRST = Decimal(24)  # months of Extended Support at its first price
MACHINES = ("t3.micro", "t4g.micro", "t3.small", "t3.medium", "t3.large", "m5.large", "m7g.xlarge")
CLASSES = ("t3.micro", "t3.small", "t3.medium", "t4g.micro", "t4g.small", "t4g.medium", "r6g.large")
VCPUS = 2  # of each of these classes
LONG = Decimal(24)  # months after which somebody finds the logs
BYTES = Decimal(1024) ** 3  # of a GB
YES_NO = (("yes", "Yes"), ("no", "No"))
MONTHS = tuple(map(Decimal, (1, 2, 3, 4, 6, 9, 12, 18, 24, 36)))


@dataclass(frozen=True, slots=True)
class Option:
    """One way it can go: its name, and what it costs."""

    name: str
    bill: Bill
    trap: bool = False

    @property
    def usd(self) -> Decimal:
        """US dollars."""
        return self.bill.total


@dataclass(frozen=True, slots=True)
class Counted:
    """A trap with numbers: what it comes to in one sentence, and the ways it can go, the trap first."""

    said: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Trap:
    """A calculator: what it asks, and what it makes of the answers."""

    id: str
    fields: tuple[Field, ...]
    count: Callable[[Answers, PriceSheet, Region], Counted]


def _stops(*numbers: int | str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, numbers))


def _options(*names: str, prefix: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((name, f"{prefix}{name}") for name in names)


def _option(name: str, charges: Iterable[Charge], sheet: PriceSheet, region: Region, trap: bool = False) -> Option:
    return Option(name, bill(charges, sheet, region), trap)


def _months(number: Decimal) -> Factor:
    return many(number, "month", "months")


def _days(number: Decimal) -> Factor:
    return Factor(number / MONTH_DAYS, f"{plain(number)} of 30.42 days")


# ---- the five of the lecture ---------------------------------------------------------------------


def _forgotten(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    kind, months = asked.choice("forgotten-machine"), _months(asked.number("forgotten-months"))
    disk = charge(("disk", "Disk"), "ebs.gp3", months, many(asked.number("forgotten-gb"), "GB"), home="empty")
    address = charge(("address", "Public address"), "ipv4", months, many(1, "address"))
    machine = charge((kind, kind), f"ec2.{kind}", months, many(1, "machine"), home="empty")
    on = _option("Left on", [machine, address, disk], sheet, region, trap=True)
    off = _option("Stopped, address kept", [address, disk], sheet, region)
    gone = _option("Deleted, disk and all", [], sheet, region)
    said = f"{kind}, forgotten for {months.text}: {money(on.usd)}. Stopped it would still be {money(off.usd)}."
    return Counted(said, (on, off, gone))


def _egress(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    gb = asked.number("egress-gb")
    line = ("out", "Out of the bucket")
    straight = [charge(line, price, many(part, "GB")) for price, part in split(gb, EGRESS)]
    paid = [(price, part) for price, part in split(gb, CDN) if price]
    through = [charge(("cdn", "Out of CloudFront"), price, many(part, "GB"), home="hotel") for price, part in paid]
    bucket = _option("Straight from the bucket", straight, sheet, region, trap=True)
    cdn = _option("Through CloudFront", through, sheet, region)
    said = f"{plain(gb)} GB a month: {money(bucket.usd)} from the bucket, {money(cdn.usd)} through CloudFront."
    return Counted(said, (bucket, cdn))


def _nat(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    number, gb = asked.number("nat-gateways"), asked.number("nat-gb")
    share, tasks = asked.number("nat-layers"), asked.number("nat-tasks")
    rest = gb * (100 - share) / 100

    def gateways(through: Decimal) -> list[Charge]:
        line = ("nat", "NAT gateway" if number == 1 else "NAT gateways")
        return [
            charge(line, "nat.hour", many(number, "gateway", "gateways"), home="furnished"),
            charge(line, "ipv4", many(number, "address", "addresses"), home="furnished"),
            charge(("gb", "What flows through"), "nat.gb", many(through, "GB"), home="furnished"),
        ]

    addresses = charge(("ipv4", "Public addresses"), "ipv4", many(tasks, "address", "addresses"))
    now = _option("Through the gateway", gateways(gb), sheet, region, trap=True)
    endpoint = _option("With a gateway endpoint for S3", gateways(rest), sheet, region)
    public = _option("No gateway, public addresses", [addresses], sheet, region)
    said = f"The way out is {money(now.usd)} a month. The endpoint makes it {money(endpoint.usd)}, public addresses {money(public.usd)}."
    return Counted(said, (now, endpoint, public))


def _balancer(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    apps, lcu = asked.number("balancer-apps"), asked.number("balancer-lcu")

    def doors(number: Decimal) -> list[Charge]:
        balancers = many(number, "balancer", "balancers")
        return [
            charge(("alb", "Hours"), "alb.hour", balancers, home="furnished"),
            charge(("ipv4", "Addresses, two each"), "ipv4", many(2 * number, "addresses")),
            charge(("lcu", "Capacity units"), "alb.lcu", many(lcu, "unit", "units"), home="furnished"),
        ]

    each = _option("A balancer for each app", doors(apps), sheet, region, trap=True)
    shared = _option("One for all of them", doors(Decimal(1)), sheet, region)
    said = f"{plain(apps)} app{'' if apps == 1 else 's'}: {money(each.usd)} a month with a door each, {money(shared.usd)} behind one."
    return Counted(said, (each, shared))


def _two(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    kind, gb = asked.choice("two-class"), asked.number("two-gb")
    cached = asked.choice("two-cache") == "yes"

    def copies(number: int) -> list[Charge]:
        found = [
            charge(("db", "Database"), f"rds.pg.{kind}", many(number, "machine", "machines"), home="furnished"),
            charge(("disk", "Its storage"), "rds.gp3", many(number, "time", "times"), many(gb, "GB"), home="furnished"),
        ]
        node = charge(("cache", "Cache"), "cache.redis.t3.micro", many(number, "node", "nodes"), home="furnished")
        return [*found, node] if cached else found

    double = _option("Two of everything", copies(2), sheet, region, trap=True)
    single = _option("One of everything", copies(1), sheet, region)
    said = f"The tick in the box costs {money(double.usd - single.usd)} a month: {money(single.usd)} becomes {money(double.usd)}."
    return Counted(said, (double, single))


# ---- and what the errata add ---------------------------------------------------------------------


def _old(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    months, number = asked.number("old-months"), asked.number("old-databases")
    copies = number * (2 if asked.choice("old-standby") == "yes" else 1)
    each = (many(copies, "machine", "machines"), many(VCPUS, "vCPU"))
    first, later = min(months, YEARS_AT_FIRST), max(months - YEARS_AT_FIRST, Decimal())
    support = [charge(("ext", "Extended Support, years 1 and 2"), "rds.ext", _months(first), *each, home="furnished")]
    if later:
        third = ("ext3", "Extended Support, year 3")
        support.append(charge(third, "rds.ext.3", _months(later), *each, home="furnished"))
    machines = (_months(months), many(copies, "machine", "machines"))
    machine = charge(("db", "The machine"), f"rds.pg.{asked.choice('old-class')}", *machines, home="furnished")
    old = _option("On the old version", [*support, machine], sheet, region, trap=True)
    new = _option("Upgraded in time", [machine], sheet, region)
    said = f"Its age costs {money(old.usd - new.usd)} in {_months(months).text}; the machine itself {money(new.usd)}."
    return Counted(said, (old, new))


def _burst(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    rds, extra = asked.choice("burst-where") == "rds", asked.number("burst-vcpu")
    kind = "rds.pg.t3.medium" if rds else "ec2.t3.medium"
    machine = charge(
        ("machine", "db.t3.medium" if rds else "t3.medium"),
        kind,
        many(1, "machine"),
        home="furnished" if rds else "empty",
    )
    surplus = charge(
        ("surplus", "Above the baseline"),
        "rds.t3.surplus" if rds else "ec2.t3.surplus",
        many(extra, "vCPU"),
        home="furnished" if rds else "empty",
    )
    steady = charge(("steady", "m5.large"), "ec2.m5.large", many(1, "machine"), home="empty")
    hot = _option("Burstable, always hot", [machine, surplus], sheet, region, trap=True)
    cool = _option("Burstable, below the baseline", [machine], sheet, region)
    options = (hot, cool) if rds else (hot, cool, _option("A machine without a t", [steady], sheet, region))
    return Counted(f"Borrowed speed adds {money(hot.usd - cool.usd)} a month to {money(cool.usd)}.", options)


def _ipv4(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    months = _months(asked.number("ipv4-months"))
    have, need = asked.number("ipv4-addresses"), min(asked.number("ipv4-needed"), asked.number("ipv4-addresses"))

    def rented(number: Decimal) -> list[Charge]:
        return [charge(("ipv4", "Public addresses"), "ipv4", many(number, "address", "addresses"), months)]

    now = _option("All that you have", rented(have), sheet, region, trap=True)
    then = _option("Those that somebody knocks at", rented(need), sheet, region)
    said = f"{many(have, 'address', 'addresses').text} for {months.text}: {money(now.usd)}, used or not."
    return Counted(said, (now, then))


def _stopped(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    kind, gb, days = asked.choice("stopped-class"), asked.number("stopped-gb"), asked.number("stopped-days")
    awake = max(days - RESTART, Decimal())
    storage = charge(("disk", "Storage"), "rds.gp3", _days(days), many(gb, "GB"), home="furnished")
    machine = charge(("db", f"db.{kind}, awake again"), f"rds.pg.{kind}", _days(awake), home="furnished")
    real = _option("Stopped once, then forgotten", [storage, machine], sheet, region, trap=True)
    hoped = _option("What you expect: storage alone", [storage], sheet, region)
    gone = _option("A snapshot, and deleted", [_snapshot(days, gb)], sheet, region)
    said = f"In {plain(days)} days it runs for {plain(awake)}: {money(real.usd)} and not {money(hoped.usd)}."
    return Counted(said, (real, hoped, gone))


def _snapshot(days: Decimal, gb: Decimal) -> Charge:
    return charge(("snapshot", "Snapshot"), "rds.backup", _days(days), many(gb, "GB"), home="furnished")


def _init(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    calls, percent = asked.number("init-calls"), asked.number("init-share")
    memory = many(asked.number("init-memory") / MB, "GB")
    cold = many(calls * percent / 100, "cold start", "cold starts")
    starts = charge(("init", "INIT"), "lambda.x86", cold, _seconds(asked, "init-ms"), memory, home="hotel")
    work = charge(
        ("work", "The calls"),
        "lambda.x86",
        many(calls, "call", "calls"),
        _seconds(asked, "init-work"),
        memory,
        home="hotel",
    )
    now = _option("With cold starts", [work, starts], sheet, region, trap=True)
    warm = _option("Without any", [work], sheet, region)
    said = f"Starting up costs {money(now.usd - warm.usd)} a month; the work itself {money(warm.usd)}."
    return Counted(said, (now, warm))


def _seconds(asked: Answers, name: str) -> Factor:
    return many(asked.number(name) / 1000, "s")


def _logs(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    gb = asked.number("logs-requests") * DAYS * asked.number("logs-bytes") / BYTES
    amount = Factor(gb, f"{gb:,.2f} GB")
    keep = asked.number("logs-keep")

    def kept(months: Decimal) -> list[Charge]:
        return [
            charge(("in", "Taken in, each month"), "cwl.in", amount, home="hotel"),
            charge(("store", f"Kept, {_months(months).text}"), "cwl.store", _months(months), amount, home="hotel"),
        ]

    ever = _option(f"Kept for ever, month {LONG}", kept(LONG), sheet, region, trap=True)
    some = _option(f"Kept for {_months(keep).text}", kept(keep), sheet, region)
    said = f"{gb:,.2f} GB of logs a month: {money(ever.usd)} in month {LONG}, {money(some.usd)} with an end set."
    return Counted(said, (ever, some))


# ---- what they ask -------------------------------------------------------------------------------

SIZES_GB = _stops(20, 30, 50, 100, 200, 500, 1000)
TRAPS: tuple[Trap, ...] = (
    Trap(
        "forgotten",
        (
            Choice("forgotten-machine", "Machine", _options(*MACHINES)),
            Number("forgotten-months", "Forgotten for", "months", Decimal(3), MONTHS),
            Number("forgotten-gb", "Its disk", "GB", Decimal(8), _stops(0, 8, 20, 30, 50, 100, 200, 500, 1000)),
        ),
        _forgotten,
    ),
    Trap(
        "egress",
        (Number("egress-gb", "Downloads", "GB a month", GB, (Decimal(0), *series(1, 1000), GB, *_stops(2048, 5120, 10240, 20480, 51200, 102400))),),
        _egress,
    ),
    Trap(
        "nat",
        (
            Number("nat-gateways", "NAT gateways", "in as many zones", Decimal(1), _stops(1, 2, 3, 4, 5, 6)),
            Number("nat-gb", "Through them", "GB a month", Decimal(50), (Decimal(0), *series(1, 100_000))),
            Number("nat-layers", "Of that, layers of images", "percent", Decimal(60), _stops(*range(0, 101, 10))),
            Number("nat-tasks", "Tasks behind them", "tasks", Decimal(3), _stops(1, 2, 3, 5, 10, 20, 50, 100)),
        ),
        _nat,
    ),
    Trap(
        "balancer",
        (
            Number("balancer-apps", "Small apps", "apps", Decimal(3), _stops(*range(1, 21))),
            Number("balancer-lcu", "Capacity units in use", "on average, all apps", Decimal(0), _stops(0, "0.1", "0.2", "0.5", 1, 2, 5, 10, 20, 50, 100), whole=False),
        ),
        _balancer,
    ),
    Trap(
        "two",
        (
            Choice("two-class", "Database", _options(*CLASSES, prefix="db.")),
            Number("two-gb", "Its storage", "GB", Decimal(20), SIZES_GB),
            Choice("two-cache", "A cache.t3.micro as well", tuple(reversed(YES_NO))),
        ),
        _two,
    ),
    Trap(
        "old",
        (
            Choice("old-class", "Database", _options(*CLASSES, prefix="db.")),
            Number("old-databases", "How many of them", "databases", Decimal(1), _stops(1, 2, 3, 5, 10, 20, 50)),
            Number("old-months", "On the old version for", "months", Decimal(1), MONTHS),
            Choice("old-standby", "With a standby", tuple(reversed(YES_NO))),
        ),
        _old,
    ),
    Trap(
        "burst",
        (
            Choice("burst-where", "Where", (("ec2", "EC2, t3.medium"), ("rds", "RDS, db.t3.medium"))),
            Number("burst-vcpu", "Above the baseline, all day", "vCPU on average", Decimal(1), _stops(0, "0.1", "0.2", "0.4", "0.6", "0.8", 1, "1.2", "1.4", "1.6"), whole=False),
        ),
        _burst,
    ),
    Trap(
        "ipv4",
        (
            Number("ipv4-addresses", "Addresses", "addresses", Decimal(6), _stops(*range(11), 20, 50, 100)),
            Number("ipv4-needed", "Of these, somebody knocks at", "addresses", Decimal(2), _stops(*range(11), 20, 50, 100)),
            Number("ipv4-months", "For", "months", Decimal(12), MONTHS),
        ),
        _ipv4,
    ),
    Trap(
        "stopped",
        (
            Choice("stopped-class", "Database", _options(*reversed(CLASSES), prefix="db.")),
            Number("stopped-gb", "Its storage", "GB", Decimal(100), SIZES_GB),
            Number("stopped-days", "Not looked at for", "days", Decimal(30), _stops(1, 3, 5, 7, 8, 10, 14, 21, 30, 60, 90, 120, 180, 365)),
        ),
        _stopped,
    ),
    Trap(
        "init",
        (
            Number("init-calls", "Calls", "a month", Decimal(1_000_000), series(1000, 1_000_000_000)),
            Number("init-share", "Cold starts", "percent of them", Decimal(1), _stops("0.1", "0.2", "0.5", 1, 2, 5, 10, 20, 50, 100), whole=False),
            Number("init-ms", "To start up", "ms", Decimal(2000), series(10, 10_000)),
            Number("init-work", "To work", "ms a call", Decimal(200), series(1, 100_000)),
            Number("init-memory", "Memory", "MB", Decimal(512), _stops(128, 256, 512, 1024, 1769, 2048, 4096, 8192, 10240)),
        ),
        _init,
    ),
    Trap(
        "logs",
        (
            Number("logs-requests", "Requests", "a day", Decimal(100_000), series(100, 100_000_000)),
            Number("logs-bytes", "Written for each", "bytes", Decimal(5000), series(50, 1_000_000)),
            Number("logs-keep", "Kept for", "months", Decimal(1), MONTHS),
        ),
        _logs,
    ),
)  # fmt: skip
BY_ID = {trap.id: trap for trap in TRAPS}
