"""How an amount comes about, in writing: 3 tasks × 0.25 vCPU × $0.04048 × 730 h = $22.16."""

from dataclasses import dataclass
from decimal import Decimal

from lecture.costs.bill import BillLine, Charge, Part
from lecture.costs.fields import plain
from lecture.costs.prices import cents, dollars
from lecture.homes import Kind

HOURS = 730  # of a month, as the price sheet counts them


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a product, and how it is written: 0.25, “0.25 vCPU”."""

    value: Decimal
    text: str


def many(number: Decimal | int, one: str, more: str = "") -> Factor:
    """So many of something: “1 task”, “3 tasks”, “20 GB”."""
    value = Decimal(number)
    return Factor(value, f"{value.normalize():,f} {one if value == 1 or not more else more}")


def charge(
    of: tuple[str, str], price: str | None, *factors: Factor, home: Kind | None = None, note: str = ""
) -> Charge:
    """A charge for the product of `factors`; `of` is the resource and the name of its line on the bill."""
    units = Decimal(1)
    for factor in factors:
        units *= factor.value
    return Charge(*of, price, units, " × ".join(factor.text for factor in factors), home, note)


def written(line: BillLine) -> str:
    """A line of a bill as one sum, rounded once, at its end; "" where it has no price."""
    if line.usd is None:
        return ""
    return f"{' + '.join(product(part) for part in line.parts if part.price)} = {money(line.usd)}"


def product(part: Part) -> str:
    """One part of a line with its price: 0.25 vCPU × $0.04048 × 730 h."""
    assert part.price is not None
    hours = f" × {HOURS} h" if part.price.hourly else ""
    return f"{part.text} × {dollars(part.price.amount(part.region).usd)}{hours}"


def money(usd: Decimal) -> str:
    """$1,234.50; below a cent with as many digits as say something."""
    if not usd or abs(usd) >= Decimal("0.01"):
        return f"${cents(usd):,f}"
    return f"${plain(usd.quantize(Decimal(1).scaleb(usd.adjusted() - 2)))}"
