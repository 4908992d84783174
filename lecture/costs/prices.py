"""The price sheet (content/prices.toml): what a thing costs, where, since when, says who.

All amounts are US dollars, on demand, before tax, as exact decimals.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Misplaced, Strict, read_toml
from lecture.homes import Kind

Region = Literal["us_east_1", "eu_west_2"]
REGIONS: tuple[Region, ...] = ("us_east_1", "eu_west_2")
HOME: Region = "us_east_1"  # every row of the sheet has a price there
CENT = Decimal("0.01")


class Amount(Strict):
    """A price in one region."""

    usd: Decimal = Field(ge=0, description="US dollars for one unit")
    as_of: date | None = Field(None, description="the day it was read; absent: undated, from experience")


class Price(Strict):
    """One row of the sheet."""

    id: str = Field(pattern=r"^[a-z0-9.]+$")
    group: str
    item: str
    unit: str = Field(description="what the amount buys, such as vCPU-hour or GB-month")
    home: Kind | None = None
    us_east_1: Amount
    eu_west_2: Amount | None = None
    source: str = Field(min_length=1, description="tags of [sources], by comma; a semicolon parts the regions")
    confidence: str
    note: str = ""

    @property
    def hourly(self) -> bool:
        """Whether the unit is an hour of something, so that a month is 730 of them."""
        return "hour" in self.unit

    def amount(self, region: Region) -> Amount:
        """The amount in `region`; raises LookupError where the sheet has none."""
        found = self.us_east_1 if region == "us_east_1" else self.eu_west_2
        if found is None:
            raise LookupError(f"{self.id} has no price in {region}")
        return found


class Line(Strict):
    """One line of a sum: so many units of a price, a month."""

    price: str
    units: Decimal = Field(Decimal(1), description="how many at once, such as 0.25 vCPU or 20 GB")
    text: str = ""


class Sum(Strict):
    """A bill for a month that texts cite by its id."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    region: Region = "us_east_1"
    line: tuple[Line, ...] = Field(min_length=1)


class Plan(Strict):
    """What a platform asks, as dated text: no precision that is not there."""

    name: str
    text: str
    source: str = Field(min_length=1)
    confidence: str


class Month(NamedTuple):
    """What one unit of a price costs for a month: `usd`, unrounded, in `region`."""

    price: Price
    usd: Decimal
    region: Region
    elsewhere: bool  # the region that was asked for has no price, so us-east-1's is taken


class PriceSheet(Strict):
    """content/prices.toml."""

    hours_per_month: int = 730
    regions: dict[Region, str]
    sources: dict[str, str]
    price: tuple[Price, ...]
    sum: tuple[Sum, ...] = ()
    paas: tuple[Plan, ...] = ()

    @model_validator(mode="after")
    def _ids(self) -> "PriceSheet":
        rows = [("price", at, row.id) for at, row in enumerate(self.price)]
        rows += [("sum", at, row.id) for at, row in enumerate(self.sum)]
        seen: set[str] = set()
        for table, at, id in rows:
            if id in seen:
                raise Misplaced(f"the id {id} stands twice", table, at, "id")
            seen.add(id)
        return self

    @model_validator(mode="after")
    def _lines(self) -> "PriceSheet":
        known = {row.id for row in self.price}
        for at, row in enumerate(self.sum):
            for number, line in enumerate(row.line):
                if line.price not in known:
                    message = f"the sum {row.id} names {line.price}, which is no price"
                    raise Misplaced(message, "sum", at, "line", number, "price")
        return self

    @cached_property
    def by_id(self) -> dict[str, Price]:
        """The rows by their id."""
        return {row.id: row for row in self.price}

    @cached_property
    def sums(self) -> dict[str, Sum]:
        """The sums by their id."""
        return {row.id: row for row in self.sum}

    @cached_property
    def months(self) -> dict[Region, dict[str, Month]]:
        """A month of each price by its id, in each region."""
        return {region: {row.id: self._month(row, region) for row in self.price} for region in REGIONS}

    def _month(self, price: Price, region: Region) -> Month:
        elsewhere = region != HOME and price.eu_west_2 is None
        taken = HOME if elsewhere else region
        return Month(price, self.monthly(price, taken), taken, elsewhere)

    def monthly(self, price: Price, region: Region = "us_east_1") -> Decimal:
        """US dollars for a month of one unit: times 730 where the unit is an hour."""
        return price.amount(region).usd * (self.hours_per_month if price.hourly else 1)

    def lines(self, bill: Sum) -> list[tuple[Line, Price, Decimal]]:
        """Each line of a sum with its price and its US dollars a month, unrounded."""
        rows = [(line, self.by_id[line.price]) for line in bill.line]
        return [(line, price, self.monthly(price, bill.region) * line.units) for line, price in rows]

    def total(self, bill: Sum) -> Decimal:
        """US dollars a month, rounded to the cent once, at the end."""
        return cents(sum((usd for _, _, usd in self.lines(bill)), Decimal()))


def cents(usd: Decimal) -> Decimal:
    """Rounded to the cent, half up, as bills are."""
    return usd.quantize(CENT, ROUND_HALF_UP)


def dollars(usd: Decimal) -> str:
    """As a text prints it: cents from a dollar up, every digit that the sheet has below."""
    exact = usd.normalize()
    decimals = -int(exact.as_tuple().exponent)
    shown = cents(usd) if usd >= 1 or decimals <= 2 else exact
    return f"${shown:,f}"


def read(root: Path) -> PriceSheet:
    """content/prices.toml; raises ContentError."""
    return read_toml(root / "prices.toml", root, PriceSheet)


@cache
def price_sheet() -> PriceSheet:
    """The sheet of the course that is served."""
    return read(settings.COURSE_CONTENT)
