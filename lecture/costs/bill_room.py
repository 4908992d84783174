"""What the page of the monthly bill shows: the form, the lines, the same app in other homes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from urllib.parse import urlencode

from lecture.costs import capstone, charts
from lecture.costs.bill import Bill
from lecture.costs.capstone import CATEGORIES, CATEGORY, DRAWN, EVERY, ORDER, SIZES, Category, Line, Month, Setup
from lecture.costs.charts import Chart, Piece, Row
from lecture.costs.fields import Answer, Answers, Choice, Field, Number, Query, ask, plain, series, shortened
from lecture.costs.formula import money, written
from lecture.costs.pages import Costs, Credit
from lecture.costs.prices import PriceSheet, Region

NAMES: dict[Category, str] = {
    "compute": "Compute", "database": "Database", "storage": "Storage", "network": "Network", "identity": "Identity",
}  # fmt: skip
WHY: dict[str, str] = {
    "beat": "Somebody has to keep the timetable.",
    "addresses": "The balancer stands in two zones, with an address in each.",
    "way-out": "Tasks must pull images and call other people’s APIs.",
    "secrets": "The administrator’s password and your app’s DATABASE_URL.",
    "egress": "The list said $0.90. The first 100 GB a month are free.",
}
OLD_FREE = ("database", "cache", "balancer", "uploads")  # what the old free year covered, at the smallest sizes
WAYS = (("nat", "NAT gateway"), ("public", "Public addresses"))
HOURS = tuple(map(Decimal, range(1, 25)))
GIGABYTES = (Decimal(0), *series(1, 100_000))
FIELDS: tuple[Field, ...] = (
    Choice("region", "Region", (("us-east-1", "N. Virginia"), ("eu-west-2", "London"))),
    Choice("arch", "Processor", (("x86", "x86"), ("arm", "ARM")), "ARM takes database and cache along, to t4g."),
    Choice("cache", "Cache and broker", (("redis", "Redis"), ("valkey", "Valkey"))),
    Choice("way-out", "The way out", WAYS),
    Choice("zones", "Zones", (("1", "One"), ("2", "Two")), "Two: a standby, a replica, a gateway in each."),
    Choice("task", "Each task", tuple((id, f"{plain(cpu)} vCPU, {plain(gb)} GB") for id, (cpu, gb) in SIZES.items())),
    Choice("database", "Database", (("micro", "micro"), ("small", "small"), ("medium", "medium"))),
    Number("api", "API", "tasks", Decimal(1), tuple(map(Decimal, range(21)))),
    Number("worker", "Worker", "tasks", Decimal(1), tuple(map(Decimal, range(21)))),
    Number(
        "hours", "They run", "hours a day", Decimal(24), HOURS, hint="Nothing else here has a switch for the night."
    ),
    Number("db-gb", "Database storage", "GB", Decimal(20), tuple(map(Decimal, (20, 30, 50, 100, 200, 500, 1000)))),
    Number("s3-gb", "Uploads", "GB", Decimal(1), GIGABYTES),
    Number("out-gb", "Traffic out", "GB a month", Decimal(10), GIGABYTES),
    Number("nat-gb", "Through the NAT gateway", "GB a month", Decimal(0), GIGABYTES),
    Number("log-gb", "Logs", "GB a month", Decimal(0), (Decimal(0), *series(1, 10_000))),
    Number("image-gb", "Images in the registry", "GB", Decimal(0), (Decimal(0), *series(1, 1000))),
)
GROUPS = (
    ("Where and how", ("region", "arch", "cache", "way-out", "zones")),
    ("What runs", ("api", "worker", "hours", "task", "database")),
    ("How much of it", ("db-gb", "s3-gb", "out-gb", "nat-gb", "log-gb", "image-gb")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the form, and which lines are counted."""

    answers: Answers
    count: frozenset[str]
    problem: str = ""  # with the lines that were named

    @property
    def setup(self) -> Setup:
        """The same for the sums."""
        number, choice = self.answers.number, self.answers.choice
        return Setup(
            region="eu_west_2" if choice("region") == "eu-west-2" else "us_east_1",
            arch="arm" if choice("arch") == "arm" else "x86",
            cache="valkey" if choice("cache") == "valkey" else "redis",
            way_out="public" if choice("way-out") == "public" else "nat",
            zones=int(choice("zones")),
            api=int(number("api")),
            worker=int(number("worker")),
            task=choice("task"),
            hours=number("hours"),
            database=choice("database"),
            database_gb=number("db-gb"),
            uploads_gb=number("s3-gb"),
            egress_gb=number("out-gb"),
            nat_gb=number("nat-gb"),
            logs_gb=number("log-gb"),
            images_gb=number("image-gb"),
            count=self.count,
        )

    def query(self, count: Iterable[str] | None = None) -> str:
        """The address of this bill, or of one with other lines counted."""
        lines = counted(self.count if count is None else frozenset(count), absent(self.answers))
        return urlencode([*lines, *self.answers.pairs()])


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the page: its box is named `id`."""

    line: Line
    name: str
    formula: str
    share: float  # of the longest line, on 160
    why: str = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class Platform:
    """What a platform asks, as dated text."""

    name: str
    text: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that the page shows."""

    asked: Asked
    month: Month
    groups: list[tuple[str, list[Answer]]]
    lines: list[tuple[str, list[Shown]]]
    drawn: Decimal
    honest: Decimal
    chart: Chart
    table: list[tuple[str, list[Decimal], Decimal]]
    machine: list[tuple[str, str, Decimal]]
    fallback: list[str]
    old_free: Decimal | None
    plans: list[Platform]
    platform: str  # what the capstone costs on one of them
    credit: Credit
    credit_months: Decimal | None
    not_counted: list[str] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """US dollars a month of what is counted."""
        return self.month.total

    @property
    def machine_total(self) -> Decimal:
        """US dollars a month for the one machine."""
        return sum((usd for _, _, usd in self.machine), Decimal())

    @property
    def every(self) -> str:
        """The address of this bill with every line counted."""
        return self.asked.query(EVERY)

    @property
    def none(self) -> str:
        """And with none."""
        return self.asked.query(())

    @property
    def left_out(self) -> Decimal:
        """US dollars a month of what is not."""
        return sum((line.usd for line in self.month.left_out), Decimal())


def asked(query: Query) -> Asked:
    """What an address asks for; `count` names lines, or all, drawn or none of them."""
    answers = ask(FIELDS, query)
    if "count" not in query:
        return Asked(answers, frozenset(DRAWN))
    sets = {"all": EVERY, "drawn": DRAWN, "none": ()}
    named = [name.strip() for name in query["count"] if name.strip()]
    wanted = {one for name in named for one in sets.get(name, (name,))}
    problem = ""
    if unknown := sorted(wanted - set(EVERY)):
        problem = f"There is no line “{shortened(unknown[0])}”. The lines are {', '.join(ORDER)}; all counts every one."
    return Asked(answers, frozenset(wanted & set(EVERY)) | absent(answers), problem)


def absent(answers: Answers) -> frozenset[str]:
    """Lines that the page does not show, because there is nothing of them: nobody can have struck them out."""
    return frozenset(id for id, name in (("logs", "log-gb"), ("images", "image-gb")) if not answers.number(name))


def counted(count: frozenset[str], absent: frozenset[str]) -> list[tuple[str, str]]:
    """The lines that are counted, as an address has them."""
    for name, known in (("", DRAWN), ("all", EVERY)):
        if count | absent == frozenset(known):
            return [("count", name)] if name else []
    return [("count", id) for id in ORDER if id in count - absent] or [("count", "none")]


def room(found: Asked, sheet: PriceSheet, texts: Costs) -> Room:
    """The page for what is asked."""
    month = capstone.month(found.setup, sheet)
    region = found.setup.region
    months = _months(sheet, region)
    return Room(
        asked=found,
        month=month,
        groups=[(name, [found.answers.of(id) for id in ids]) for name, ids in GROUPS],
        lines=_by_category(month),
        drawn=months[0][2].total,
        honest=months[1][2].total,
        chart=_chart(month, months, capstone.on_one_machine(sheet, region)),
        table=_table(month, months, capstone.on_one_machine(sheet, region)),
        machine=[
            (row.text, written(row), row.usd or Decimal()) for row in capstone.on_one_machine(sheet, region).lines
        ],
        fallback=[sheet.by_id[id].item for id in month.bill.fallback],
        old_free=_old_free(month),
        plans=_plans(sheet),
        platform=texts.platform,
        credit=texts.credit,
        credit_months=_lasts(texts.credit, month.total),
        not_counted=_not_counted(found.setup),
    )


# ---- the lines -----------------------------------------------------------------------------------


def _by_category(month: Month) -> list[tuple[str, list[Shown]]]:
    longest = max((row.usd for row in month.lines), default=Decimal()) or Decimal(1)
    return [
        (NAMES[category], [_shown(row, longest) for row in month.lines if row.category == category])
        for category in CATEGORIES
    ]


def _shown(row: Line, longest: Decimal) -> Shown:
    note = " ".join(filter(None, (WHY.get(row.id, ""), row.line.note)))
    return Shown(row, row.line.text, written(row.line), float(row.usd / longest * 160), note, row.id in DRAWN)


def _old_free(month: Month) -> Decimal | None:
    """What the old free year would have left of this bill; None where its sizes were never in it."""
    setup = month.setup
    covered = setup.database == "micro" and setup.zones == 1 and setup.database_gb <= 20 and setup.uploads_gb <= 5
    if not covered:
        return None
    return sum((row.usd for row in month.lines if row.counted and row.id not in OLD_FREE), Decimal())


def _lasts(credit: Credit, total: Decimal) -> Decimal | None:
    """For how many months the credit pays this bill, rounded down to a tenth."""
    return (credit.usd / total).quantize(Decimal("0.1"), ROUND_DOWN) if total else None


def _plans(sheet: PriceSheet) -> list[Platform]:
    """The platforms of the sheet; a tag of its sources in words, and of the confidence what is for readers."""
    return [
        Platform(plan.name, plan.text, sheet.sources.get(plan.source, plan.source), plan.confidence.partition(";")[0])
        for plan in sheet.paas
    ]


def _not_counted(setup: Setup) -> list[str]:
    missing = ["traffic between zones", "requests to S3", "capacity units of a busy balancer", "tax and support"]
    if not setup.logs_gb:
        missing.insert(0, "logs (0 GB above)")
    if not setup.images_gb:
        missing.insert(0, "the images’ storage (0 GB above)")
    return missing


# ---- beside it -----------------------------------------------------------------------------------

Known = tuple[str, str, Month, str]
MADE: tuple[tuple[str, str, Callable[[Region], Setup], str], ...] = (
    ("As the lecture drew it", "its own lines, recomputed", capstone.as_drawn, ""),
    ("With everything it needs", "private subnets, one NAT gateway", capstone.honest, "count=all"),
    ("Without NAT", "tasks with public addresses", capstone.without_nat, "count=all&way-out=public"),
    ("ARM and Valkey as well", "t4g underneath", capstone.lean, "count=all&way-out=public&arch=arm&cache=valkey"),
)


def _months(sheet: PriceSheet, region: Region) -> list[Known]:
    place = "region=eu-west-2" if region == "eu_west_2" else ""
    return [
        (name, line, capstone.month(make(region), sheet), "&".join(filter(None, (query, place))))
        for name, line, make, query in MADE
    ]


def usual(sheet: PriceSheet, region: Region = "us_east_1") -> Chart:
    """The bills that everybody may compare, without a visitor's own."""
    return _chart(None, _months(sheet, region), capstone.on_one_machine(sheet, region))


def _pieces(amounts: dict[Category, Decimal]) -> tuple[Piece, ...]:
    return tuple(Piece(category, amounts[category], NAMES[category]) for category in CATEGORIES)


def _of_machine(found: Bill) -> dict[Category, Decimal]:
    amounts: dict[Category, Decimal] = dict.fromkeys(CATEGORIES, Decimal())
    for line in found.lines:
        amounts[CATEGORY[line.resources[0]]] += line.usd or Decimal()
    return amounts


def _chart(yours: Month | None, months: list[Known], machine: Bill) -> Chart:
    rows = [
        *([Row("Your bill", _pieces(yours.by_category()), money(yours.total), lit=True)] if yours else ()),
        *(Row(name, _pieces(other.by_category()), money(other.total)) for name, _, other, _ in months),
        Row("EC2 with docker compose", _pieces(_of_machine(machine)), money(machine.total)),
    ]
    return charts.stacked("by-thing", "The same app, a month, by the five things", rows)


def _table(month: Month, months: list[Known], machine: Bill) -> list[tuple[str, list[Decimal], Decimal]]:
    rows = [("Your bill", month.by_category()), *((name, other.by_category()) for name, _, other, _ in months)]
    rows.append(("EC2 with docker compose", _of_machine(machine)))
    return [(name, list(amounts.values()), sum(amounts.values(), Decimal())) for name, amounts in rows]
