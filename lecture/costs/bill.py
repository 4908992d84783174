"""A bill for a month: charges against the price sheet become lines, and the lines add up as printed.

All amounts are US dollars a month, on demand, before tax. An hour counts 730 times (content/prices.toml).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from lecture.costs.prices import HOME, Month, Price, PriceSheet, Region, cents
from lecture.homes import Kind

NOT_ON_SHEET = "no price on our sheet"
_LINE = attrgetter("line")
_UNKNOWN = Decimal(-1)  # below every price


class Charge(NamedTuple):
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


class Part(NamedTuple):
    """What one charge comes to: `usd` a month, unrounded; None where the sheet has no price."""

    text: str
    price: Price | None
    units: Decimal
    usd: Decimal | None
    region: Region  # where the price was taken
    elsewhere: bool = False  # the region of the bill has none, so another's is taken


class BillLine(NamedTuple):
    """One line: `usd` a month, rounded to the cent; None where it has no price and is not in the total."""

    text: str
    resources: tuple[str, ...]
    home: Kind | None
    usd: Decimal | None
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """The lines, dearest first, and their sum as printed."""

    lines: tuple[BillLine, ...]
    total: Decimal
    region: Region

    @property
    def as_of(self) -> tuple[date, date] | None:
        """The oldest and the newest date of a price used."""
        found = (price.amount(part.region).as_of for part, price in self._counted())
        days = sorted(day for day in found if day)
        return (days[0], days[-1]) if days else None

    @property
    def unpriced(self) -> tuple[str, ...]:
        """What is not in the total."""
        return tuple(text for line in self.lines for text in _missing(line))

    @property
    def fallback(self) -> tuple[str, ...]:
        """The ids of prices taken from us-east-1, because the region has none."""
        return tuple(dict.fromkeys(price.id for part, price in self._counted() if part.elsewhere))

    def _counted(self) -> Iterator[tuple[Part, Price]]:
        """The parts that are in the total, with their prices."""
        for line in self.lines:
            if line.usd is not None:
                yield from ((part, part.price) for part in line.parts if part.price)

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
    months, place = sheet.months[region], sheet.regions.get(region, region)
    lines = [_line([*group], months, region, place) for _, group in groupby(charges, key=_LINE)]
    lines.sort(key=_dearness, reverse=True)
    return Bill(tuple(lines), sum([line.usd for line in lines if line.usd is not None], Decimal()), region)


def _dearness(line: BillLine) -> Decimal:
    return _UNKNOWN if line.usd is None else line.usd


def _line(charges: list[Charge], months: dict[str, Month], region: Region, place: str) -> BillLine:
    parts = tuple([_part(charge, months, region) for charge in charges])
    first = charges[0]
    known = parts[0].usd is not None
    return BillLine(
        first.line,
        tuple(dict.fromkeys([charge.resource for charge in charges])),
        first.home,
        cents(sum([part.usd for part in parts if part.usd is not None], Decimal())) if known else None,
        parts,
        _note(charges, parts, place),
    )


def _part(charge: Charge, months: dict[str, Month], region: Region) -> Part:
    month = months.get(charge.price or "")
    if month is None:
        return Part(charge.text or charge.line, None, charge.units, None, region)
    text = charge.text or month.price.item
    return Part(text, month.price, charge.units, month.usd * charge.units, month.region, month.elsewhere)


def _note(charges: list[Charge], parts: tuple[Part, ...], place: str) -> str:
    """What a reader must know of a line, as sentences."""
    said = [charge.note for charge in charges if charge.note]
    if not any(part.usd is None or part.elsewhere for part in parts):
        return " ".join(said)
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
