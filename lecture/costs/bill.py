"""A bill for a month: charges against the price sheet become lines, and the lines add up as printed.

All amounts are US dollars a month, on demand, before tax. An hour counts 730 times (content/prices.toml).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from lecture.costs.prices import Price, PriceSheet, Region, cents
from lecture.homes import Kind

HOME: Region = "us_east_1"  # every row of the sheet has a price there
NOT_ON_SHEET = "no price on our sheet"


@dataclass(frozen=True, slots=True)
class Charge:
    """So many units of one price. Charges that follow each other with one `line` make one line of the bill.

    The first of them is the thing itself: without its price the line has none. `price` is an id of the
    sheet; None, or an id that the sheet lacks, means that nobody has given us a price.
    """

    resource: str
    line: str
    price: str | None
    units: Decimal = Decimal(1)
    text: str = ""  # of this part: its public address
    home: Kind | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one charge comes to: `usd` a month, unrounded; None where the sheet has no price."""

    text: str
    price: Price | None
    units: Decimal
    usd: Decimal | None
    region: Region  # where the price was taken
    elsewhere: bool = False  # the region of the bill has none, so another's is taken


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line: `usd` a month, rounded to the cent; None where it has no price and is not in the total."""

    text: str
    resources: tuple[str, ...]
    home: Kind | None
    usd: Decimal | None
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """The lines, dearest first, and their sum as printed. `as_of` is the oldest and the newest date of a price used."""

    lines: tuple[BillLine, ...]
    total: Decimal
    region: Region
    as_of: tuple[date, date] | None
    unpriced: tuple[str, ...]  # what is not in the total
    fallback: tuple[str, ...]  # ids of prices taken from us-east-1, because the region has none

    @property
    def without(self) -> tuple[str, ...]:
        """The lines that have no price, and so are not in the total."""
        return tuple(line.text for line in self.lines if line.usd is None)

    def share(self, line: BillLine) -> int:
        """How much of the total a line is, in percent."""
        return round((line.usd or 0) / self.total * 100) if self.total else 0

    def of(self, resource: str) -> Decimal | None:
        """US dollars a month for a resource; None where it has no line, or a line without a price."""
        found = [line.usd for line in self.lines if resource in line.resources and line.usd is not None]
        return sum(found, Decimal()) if found else None


def bill(charges: Iterable[Charge], sheet: PriceSheet, region: Region = HOME) -> Bill:
    """The bill for a month: each line is rounded to the cent once, and the total is the sum of the lines."""
    lines = [_line(list(group), sheet, region) for _, group in groupby(charges, key=lambda charge: charge.line)]
    lines.sort(key=lambda line: -(line.usd if line.usd is not None else Decimal(-1)))
    counted = [part for line in lines if line.usd is not None for part in line.parts if part.price]
    days = sorted(day for part in counted if part.price and (day := part.price.amount(part.region).as_of))
    return Bill(
        lines=tuple(lines),
        total=sum((line.usd for line in lines if line.usd is not None), Decimal()),
        region=region,
        as_of=(days[0], days[-1]) if days else None,
        unpriced=tuple(text for line in lines for text in _missing(line)),
        fallback=tuple(dict.fromkeys(part.price.id for part in counted if part.elsewhere and part.price)),
    )


def _line(charges: list[Charge], sheet: PriceSheet, region: Region) -> BillLine:
    parts = tuple(_part(charge, sheet, region) for charge in charges)
    known = [part.usd for part in parts if part.usd is not None]
    first = charges[0]
    return BillLine(
        text=first.line,
        resources=tuple(dict.fromkeys(charge.resource for charge in charges)),
        home=first.home,
        usd=None if parts[0].usd is None else cents(sum(known, Decimal())),
        parts=parts,
        note=_note(charges, parts, sheet.regions.get(region, region)),
    )


def _part(charge: Charge, sheet: PriceSheet, region: Region) -> Part:
    price = sheet.by_id.get(charge.price or "")
    if price is None:
        return Part(charge.text or charge.line, None, charge.units, None, region)
    elsewhere = region != HOME and price.eu_west_2 is None
    taken = HOME if elsewhere else region
    usd = sheet.monthly(price, taken) * charge.units
    return Part(charge.text or price.item, price, charge.units, usd, taken, elsewhere)


def _note(charges: list[Charge], parts: tuple[Part, ...], place: str) -> str:
    """What a reader must know of a line, as sentences."""
    said = [charge.note for charge in charges if charge.note]
    if parts[0].usd is None:
        return " ".join([f"There is {NOT_ON_SHEET}, so this is not in the total.", *said])
    said += [f"Not counted: {part.text} ({NOT_ON_SHEET})." for part in parts if part.usd is None]
    if foreign := [part.text for part in parts if part.elsewhere]:
        said.append(f"No price for {place} on our sheet: {' and '.join(foreign)} at the price of us-east-1.")
    return " ".join(said)


def _missing(line: BillLine) -> list[str]:
    """What of a line is not in the total."""
    if line.usd is None:
        return [line.text]
    return [f"{line.text}: {part.text}" for part in line.parts if part.usd is None]
