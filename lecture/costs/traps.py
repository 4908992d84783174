"""Cost traps: each a small sum with your own numbers, beside what the rule makes of it. US dollars, before tax."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lecture.costs.bill import Bill, Charge, bill
from lecture.costs.breakeven import DAYS, MB
from lecture.costs.fields import Answers, plain
from lecture.costs.formula import HOURS, Factor, charge, many, money
from lecture.costs.prices import PriceSheet, Region
from lecture.costs.tiers import EGRESS, GB, Tiers, split

MONTH_DAYS = Decimal(HOURS) / 24
CDN: Tiers = ((GB, ""), (None, "cf.out"))  # through CloudFront a month: the first terabyte costs nothing
RESTART = Decimal(7)  # days after which a stopped RDS starts itself
YEARS_AT_FIRST = Decimal(24)  # months of Extended Support at its first price
VCPUS = 2  # of each of these classes
LONG = Decimal(24)  # months after which somebody finds the logs
BYTES = Decimal(1024) ** 3  # of a GB


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


def _option(name: str, charges: Iterable[Charge], sheet: PriceSheet, region: Region, trap: bool = False) -> Option:
    return Option(name, bill(charges, sheet, region), trap)


def _months(number: Decimal) -> Factor:
    return many(number, "month", "months")


def _days(number: Decimal) -> Factor:
    return Factor(number / MONTH_DAYS, f"{plain(number)} of 30.42 days")


# ---- the five of the lecture ---------------------------------------------------------------------


def forgotten(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """A machine left on, stopped, or deleted."""
    kind, months = asked.choice("forgotten-machine"), _months(asked.number("forgotten-months"))
    disk = charge(("disk", "Disk"), "ebs.gp3", months, many(asked.number("forgotten-gb"), "GB"), home="empty")
    address = charge(("address", "Public address"), "ipv4", months, many(1, "address"))
    machine = charge((kind, kind), f"ec2.{kind}", months, many(1, "machine"), home="empty")
    on = _option("Left on", [machine, address, disk], sheet, region, trap=True)
    off = _option("Stopped, address kept", [address, disk], sheet, region)
    gone = _option("Deleted, disk and all", [], sheet, region)
    said = f"{kind}, forgotten for {months.text}: {money(on.usd)}. Stopped it would still be {money(off.usd)}."
    return Counted(said, (on, off, gone))


def egress(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """Downloads from the bucket, or through CloudFront."""
    gb = asked.number("egress-gb")
    line = ("out", "Out of the bucket")
    straight = [charge(line, price, many(part, "GB")) for price, part in split(gb, EGRESS)]
    paid = [(price, part) for price, part in split(gb, CDN) if price]
    through = [charge(("cdn", "Out of CloudFront"), price, many(part, "GB"), home="hotel") for price, part in paid]
    bucket = _option("Straight from the bucket", straight, sheet, region, trap=True)
    cdn = _option("Through CloudFront", through, sheet, region)
    said = f"{gb:,f} GB a month: {money(bucket.usd)} from the bucket, {money(cdn.usd)} through CloudFront."
    return Counted(said, (bucket, cdn))


def nat(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """The way out: gateways, with and without the endpoint for S3, or public addresses."""
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
    others = f"The endpoint makes it {money(endpoint.usd)}, public addresses {money(public.usd)}."
    said = f"The way out is {money(now.usd)} a month. {others}"
    return Counted(said, (now, endpoint, public))


def balancer(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """A front door for each app, or one for all."""
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
    count = many(apps, "app", "apps").text
    said = f"{count}: {money(each.usd)} a month with a door each, {money(shared.usd)} behind one."
    return Counted(said, (each, shared))


def two(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """Multi-AZ and a replica, against one of each."""
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
    more = money(double.usd - single.usd)
    said = f"The tick in the box costs {more} a month: {money(single.usd)} becomes {money(double.usd)}."
    return Counted(said, (double, single))


# ---- and what the errata add ---------------------------------------------------------------------


def old(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """Extended Support: two years at one price, then another."""
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


def burst(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """A burstable machine above its baseline, day and night."""
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


def ipv4(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """Public addresses, had and needed."""
    months = _months(asked.number("ipv4-months"))
    have, need = asked.number("ipv4-addresses"), min(asked.number("ipv4-needed"), asked.number("ipv4-addresses"))

    def rented(number: Decimal) -> list[Charge]:
        return [charge(("ipv4", "Public addresses"), "ipv4", many(number, "address", "addresses"), months)]

    now = _option("All that you have", rented(have), sheet, region, trap=True)
    then = _option("Those that somebody knocks at", rented(need), sheet, region)
    said = f"{many(have, 'address', 'addresses').text} for {months.text}: {money(now.usd)}, used or not."
    return Counted(said, (now, then))


def stopped(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """A database that was stopped once, and starts itself after seven days."""
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


def init(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """Cold starts: the time before the handler is billed as well."""
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


def logs(asked: Answers, sheet: PriceSheet, region: Region) -> Counted:
    """Logs taken in each month, and kept."""
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
