"""The capstone's month: its lines, what each would cost, and which of them an estimate counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from lecture.costs.bill import Bill, BillLine, Charge, bill
from lecture.costs.formula import Factor, charge, many
from lecture.costs.prices import PriceSheet, Region
from lecture.costs.tiers import EGRESS, split
from lecture.homes import Kind

Category = Literal["compute", "database", "storage", "network", "identity"]
CATEGORIES: tuple[Category, ...] = ("compute", "database", "storage", "network", "identity")
Arch = Literal["x86", "arm"]
Cache = Literal["redis", "valkey"]
WayOut = Literal["nat", "public"]
GB = Decimal(1024)  # MB
SIZES: dict[str, tuple[Decimal, Decimal]] = {  # of a task: vCPU and GB
    "small": (Decimal("0.25"), Decimal("0.5")),
    "roomy": (Decimal("0.25"), Decimal(1)),
    "half": (Decimal("0.5"), Decimal(1)),
    "one": (Decimal(1), Decimal(2)),
    "two": (Decimal(2), Decimal(4)),
}
DRAWN = ("api", "worker", "database", "cache", "balancer", "zone", "uploads", "egress", "logs", "images")
LEFT_OUT = ("beat", "addresses", "way-out", "secrets")  # what the well-known estimate forgets
EVERY = (*DRAWN, *LEFT_OUT)
CATEGORY: dict[str, Category] = {
    "api": "compute", "worker": "compute", "beat": "compute", "machine": "compute",
    "database": "database", "cache": "database",
    "uploads": "storage", "logs": "storage", "images": "storage", "disk": "storage",
    "balancer": "network", "addresses": "network", "way-out": "network", "zone": "network", "egress": "network",
    "secrets": "identity",
}  # fmt: skip
ORDER = ("api", "worker", "beat", "database", "cache", "uploads", "images", "logs",
         "balancer", "addresses", "way-out", "zone", "egress", "secrets")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setup:
    """How the capstone is run, and which of its lines are counted. Sizes in GB, a month."""

    region: Region = "us_east_1"
    arch: Arch = "x86"
    cache: Cache = "redis"
    way_out: WayOut = "nat"
    zones: int = 1
    api: int = 1
    worker: int = 1
    task: str = "small"
    hours: Decimal = Decimal(24)  # a day that the tasks run
    database: str = "micro"
    database_gb: Decimal = Decimal(20)
    uploads_gb: Decimal = Decimal(1)
    egress_gb: Decimal = Decimal(10)
    nat_gb: Decimal = Decimal(0)
    logs_gb: Decimal = Decimal(0)
    images_gb: Decimal = Decimal(0)
    count: frozenset[str] = frozenset(DRAWN)

    @property
    def tasks(self) -> int:
        """The tasks that are counted."""
        each = {"api": self.api, "worker": self.worker, "beat": 1}
        return sum(number for name, number in each.items() if name in self.count)

    @property
    def generation(self) -> str:
        """Of database and cache: t4g is the ARM one."""
        return "t4g" if self.arch == "arm" else "t3"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it would cost, and whether it is in the total."""

    id: str
    category: Category
    line: BillLine
    counted: bool

    @property
    def usd(self) -> Decimal:
        """US dollars a month, rounded to the cent; every line of the capstone has a price somewhere."""
        assert self.line.usd is not None
        return self.line.usd


@dataclass(frozen=True, slots=True)
class Month:
    """The capstone's bill: every line, and the total of those that are counted."""

    setup: Setup
    lines: tuple[Line, ...]
    bill: Bill  # of what is counted

    @property
    def total(self) -> Decimal:
        """US dollars a month of what is counted."""
        return self.bill.total

    @property
    def left_out(self) -> tuple[Line, ...]:
        """What is not in the total."""
        return tuple(line for line in self.lines if not line.counted)

    def by_category(self) -> dict[Category, Decimal]:
        """What is counted, by the five things, in their order."""
        return {
            category: sum((row.usd for row in self.lines if row.counted and row.category == category), Decimal())
            for category in CATEGORIES
        }


def month(setup: Setup, sheet: PriceSheet) -> Month:
    """The bill of the capstone in that set-up."""
    charges = {id: [c for c in _charges(setup, sheet) if c.resource == id] for id in ORDER}
    rows = [
        Line(id, CATEGORY[id], line, id in setup.count)
        for id, some in charges.items()
        for line in bill(some, sheet, setup.region).lines
    ]
    counted = [one for id, some in charges.items() if id in setup.count for one in some]
    return Month(setup, tuple(rows), bill(counted, sheet, setup.region))


def as_drawn(region: Region = "us_east_1") -> Setup:
    """The lines that the lecture drew, recomputed."""
    return Setup(region=region)


def honest(region: Region = "us_east_1") -> Setup:
    """The same diagram with everything that it needs."""
    return Setup(region=region, count=frozenset(EVERY))


def without_nat(region: Region = "us_east_1") -> Setup:
    """The honest bill with the tasks in public subnets."""
    return replace(honest(region), way_out="public")


def lean(region: Region = "us_east_1") -> Setup:
    """That, on ARM and with Valkey."""
    return replace(without_nat(region), arch="arm", cache="valkey")


def on_one_machine(sheet: PriceSheet, region: Region = "us_east_1") -> Bill:
    """All five services on one t4g.small with 30 GB that runs docker compose."""
    charges = [
        charge(("machine", "t4g.small"), "ec2.t4g.small", many(1, "machine"), home="empty"),
        charge(("disk", "Its disk, 30 GB"), "ebs.gp3", many(30, "GB"), home="empty"),
        charge(("addresses", "Its public address"), "ipv4", many(1, "address")),
    ]
    return bill(charges, sheet, region)


# ---- the lines -----------------------------------------------------------------------------------


def _charges(setup: Setup, sheet: PriceSheet) -> Iterator[Charge]:
    yield from _compute(setup)
    yield from _stores(setup)
    yield from _network(setup)
    yield charge(("secrets", "Two secrets"), "secrets", many(2, "secrets"), home="hotel")


def _compute(setup: Setup) -> Iterator[Charge]:
    for id, name, number in (("api", "API", setup.api), ("worker", "Worker", setup.worker), ("beat", "Beat", 1)):
        yield from task(id, name, number, setup)


def task(id: str, name: str, number: int, setup: Setup) -> Iterator[Charge]:
    """So many Fargate tasks of one kind, running so many hours a day."""
    vcpu, gb = SIZES[setup.task]
    line = (id, f"{name}, {number} task{'' if number == 1 else 's'}")
    tasks = (many(number, "task", "tasks"), *_part_of_the_day(setup))
    yield charge(line, f"fargate.{setup.arch}.vcpu", *tasks, many(vcpu, "vCPU"), home="furnished")
    yield charge(line, f"fargate.{setup.arch}.gb", *tasks, many(gb, "GB"), home="furnished")


def _part_of_the_day(setup: Setup) -> tuple[Factor, ...]:
    return () if setup.hours == 24 else (Factor(setup.hours / 24, f"{setup.hours.normalize():f}/24 of the day"),)


def _stores(setup: Setup) -> Iterator[Charge]:
    copies = () if setup.zones == 1 else (many(2, "copies"),)
    size = f"{setup.generation}.{setup.database}"
    database = ("database", f"PostgreSQL, db.{size}{', Multi-AZ' if copies else ''}")
    yield charge(database, f"rds.pg.{size}", *(copies or (many(1, "machine"),)), home="furnished")
    yield charge(database, "rds.gp3", *copies, many(setup.database_gb, "GB"), home="furnished")
    brand = "Valkey" if setup.cache == "valkey" else "Redis"
    node = f"{setup.generation}.micro"
    cache = ("cache", f"{brand}, cache.{node}{', with a replica' if copies else ''}")
    yield charge(cache, f"cache.{setup.cache}.{node}", many(setup.zones, "node", "nodes"), home="furnished")
    uploads = ("uploads", f"Uploads in S3, {setup.uploads_gb.normalize():f} GB")
    yield charge(uploads, "s3.gb", many(setup.uploads_gb, "GB"), home="hotel")
    if setup.images_gb:
        images = ("images", f"Images in ECR, {setup.images_gb.normalize():f} GB")
        yield charge(images, "ecr.gb", many(setup.images_gb, "GB"), home="hotel")
    if setup.logs_gb:
        logs = ("logs", f"Logs, {setup.logs_gb.normalize():f} GB")
        yield charge(logs, "cwl.in", many(setup.logs_gb, "GB taken in"), home="hotel")
        yield charge(logs, "cwl.store", many(setup.logs_gb, "GB kept"), home="hotel")


def _network(setup: Setup) -> Iterator[Charge]:
    yield charge(("balancer", "Load balancer"), "alb.hour", many(1, "balancer"), home="furnished")
    yield charge(("addresses", "Its public addresses, in two zones"), "ipv4", many(2, "addresses"))
    yield from _way_out(setup)
    yield charge(("zone", "DNS zone"), "r53.zone", many(1, "zone"), home="hotel")
    egress = ("egress", f"Traffic out, {setup.egress_gb.normalize():f} GB")
    for price, gb in split(setup.egress_gb, EGRESS):
        yield charge(egress, price, many(gb, "GB"))


def _way_out(setup: Setup) -> Iterator[Charge]:
    kind: Kind = "furnished"
    if setup.way_out == "public":
        line = ("way-out", f"Public addresses of {setup.tasks} task{'' if setup.tasks == 1 else 's'}")
        yield charge(line, "ipv4", many(setup.tasks, "address", "addresses"), *_part_of_the_day(setup))
        return
    line = ("way-out", "NAT gateway" if setup.zones == 1 else "Two NAT gateways, one in each zone")
    yield charge(line, "nat.hour", many(setup.zones, "gateway", "gateways"), home=kind)
    yield charge(line, "ipv4", many(setup.zones, "address", "addresses"), home=kind)
    if setup.nat_gb:
        yield charge(line, "nat.gb", many(setup.nat_gb, "GB"), home=kind)
