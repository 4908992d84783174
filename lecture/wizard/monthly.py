"""What a month of an outcome costs on AWS: a sum of the price sheet, each line with its formula.

US dollars in us-east-1, on demand, before tax; an hour counts 730 times (content/prices.toml).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lecture.costs.prices import Line, Price, PriceSheet, Sum, cents, dollars
from lecture.wizard.flow import Answers, Estimate, Outcome, fits


@dataclass(frozen=True, slots=True)
class MonthlyLine:
    """One line: `usd` a month, unrounded, and how it comes about."""

    text: str
    formula: str
    usd: Decimal

    @property
    def cents(self) -> Decimal:
        """As printed: the total is not the sum of these, but is rounded once itself."""
        return cents(self.usd)


@dataclass(frozen=True, slots=True)
class Monthly:
    """An estimate: the total is rounded to the cent once. `as_of` is the oldest and the newest date of a price."""

    title: str
    lines: tuple[MonthlyLine, ...]
    total: Decimal
    assumes: tuple[str, ...]
    as_of: tuple[date, date] | None


def chosen(outcome: Outcome, answers: Answers) -> Estimate | None:
    """The first estimate that fits the answers; None where the outcome has none."""
    return next((one for one in outcome.estimate if fits(one.when, answers)), None)


def monthly(estimate: Estimate, sheet: PriceSheet) -> Monthly:
    """The estimate in US dollars; raises KeyError where the sheet lacks a price or a sum."""
    bill = sheet.sums[estimate.sum] if estimate.sum else Sum(id="estimate", name=estimate.title, line=estimate.line)
    rows = sheet.lines(bill)
    days = sorted(day for _, price, _ in rows if (day := price.amount(bill.region).as_of))
    return Monthly(
        title=estimate.title,
        lines=tuple(
            MonthlyLine(line.text or price.item, _formula(line, price, sheet), usd) for line, price, usd in rows
        ),
        total=cents(sum((usd for _, _, usd in rows), Decimal())),
        assumes=estimate.assumes,
        as_of=(days[0], days[-1]) if days else None,
    )


def _formula(line: Line, price: Price, sheet: PriceSheet) -> str:
    """How a line comes about, such as 0.75 × $0.04048 × 730 h."""
    units = f"{line.units.normalize():,f}"
    each = dollars(price.us_east_1.usd)
    return " × ".join([units, each, *([f"{sheet.hours_per_month} h"] if price.hourly else [])])
