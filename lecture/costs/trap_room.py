"""What the page of the traps shows: each calculator with its answers, and the budget-alert exercise."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lecture.costs import charts
from lecture.costs.charts import Chart, Piece, Row
from lecture.costs.fields import Answer, Answers, Choice, Field, Number, Query, ask, series
from lecture.costs.formula import money, written
from lecture.costs.pages import Costs, TrapText
from lecture.costs.prices import PriceSheet, Region
from lecture.costs.trap_fields import BY_ID, TRAPS
from lecture.costs.traps import Counted, Option

REGION = Choice("region", "Region", (("us-east-1", "N. Virginia"), ("eu-west-2", "London")))
THRESHOLDS = {"usual": (10, 25, 50, 100), "learning": (5, 20, 50)}
RATES = (Decimal("0.1"), Decimal("0.5"), *series(1, 1000))
READ = tuple(map(Decimal, (0, 1, 2, 4, 6, 8, 12, 24, 48, 72, 168)))
LAG = tuple(map(Decimal, range(1, 25)))
AT = (("usual", "10, 25, 50 and 100 dollars"), ("learning", "5, 20 and 50 dollars"))
BUDGET: tuple[Field, ...] = (
    Number("alert-rate", "Something runs away at", "$ an hour", Decimal(50), RATES, whole=False),
    Choice("alert-at", "Alerts at", AT),
    Number("alert-lag", "The figures are behind by", "hours", Decimal(10), LAG),
    Number("alert-read", "You read the email after", "hours", Decimal(8), READ),
)
FIELDS: tuple[Field, ...] = (REGION, *(field for trap in TRAPS for field in trap.fields), *BUDGET)


@dataclass(frozen=True, slots=True)
class Way:
    """One way that a trap can go: its lines with their formulas."""

    option: Option
    lines: list[tuple[str, str, Decimal, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One trap on the page."""

    number: int
    text: TrapText
    answers: list[Answer]
    counted: Counted
    ways: list[Way]
    chart: Chart

    @property
    def id(self) -> str:
        """Its id, which is its place on the page."""
        return self.text.id


@dataclass(frozen=True, slots=True)
class Alert:
    """One threshold: when it is passed, when the email comes, and what is spent by the time somebody acts."""

    threshold: Decimal
    passed: Decimal  # hours after it began
    told: Decimal
    acted: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that the page shows."""

    answers: Answers
    region: Answer
    traps: list[Shown]
    budget: list[Answer]
    alerts: list[Alert]

    @property
    def rate(self) -> Decimal:
        """US dollars an hour that run away."""
        return self.answers.number("alert-rate")

    @property
    def first(self) -> Alert:
        """The alert that comes first."""
        return self.alerts[0]


def asked(query: Query) -> Answers:
    """What an address asks for."""
    return ask(FIELDS, query)


def room(answers: Answers, sheet: PriceSheet, texts: Costs) -> Room:
    """The page for what is asked."""
    region: Region = "eu_west_2" if answers.choice("region") == "eu-west-2" else "us_east_1"
    shown = [_shown(number, text, answers, sheet, region) for number, text in enumerate(texts.trap, 1)]
    return Room(answers, answers.of("region"), shown, [answers.of(field.name) for field in BUDGET], alerts(answers))


def _shown(number: int, text: TrapText, answers: Answers, sheet: PriceSheet, region: Region) -> Shown:
    trap = BY_ID[text.id]
    counted = trap.count(answers, sheet, region)
    asked_for = [answers.of(field.name) for field in trap.fields]
    return Shown(
        number, text, asked_for, counted, [_way(option) for option in counted.options], _chart(text, counted.options)
    )


def _way(option: Option) -> Way:
    return Way(option, [(line.text, written(line), line.usd or Decimal(), line.note) for line in option.bill.lines])


def _chart(text: TrapText, options: Sequence[Option]) -> Chart:
    """Each line of an option is a piece in the colour of its home."""
    rows = [
        Row(
            option.name,
            tuple(Piece(line.home or "none", line.usd or Decimal(), line.text) for line in option.bill.lines),
            money(option.usd),
            lit=option.trap,
        )
        for option in options
    ]
    return charts.stacked(f"c-{text.id}", text.title, rows)


def of_all(found: Room) -> Chart:
    """The traps below each other, each with what it comes to as the page opens."""
    rows = [
        Row(one.text.title, (Piece("none", one.counted.options[0].usd),), money(one.counted.options[0].usd))
        for one in found.traps[:6]
    ]
    return charts.stacked("all-traps", "Six traps, as the page opens", rows)


def alerts(answers: Answers) -> list[Alert]:
    """When each alert comes, and what is spent by then: threshold + rate × (lag + reading)."""
    rate, lag, read = (answers.number(f"alert-{name}") for name in ("rate", "lag", "read"))
    found = []
    for threshold in map(Decimal, THRESHOLDS[answers.choice("alert-at")]):
        passed = threshold / rate
        acted = passed + lag + read
        found.append(Alert(threshold, passed, passed + lag, acted, rate * acted))
    return found
