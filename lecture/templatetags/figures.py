"""What drawings may cite: the price sheet and the facts, so that no picture can disagree with a text."""

from dataclasses import dataclass

from django import template

from lecture.costs.prices import PriceSheet, Region, cents, dollars
from lecture.course import render
from lecture.course.load import course
from lecture.homes import Kind

register = template.Library()


@dataclass(frozen=True)
class BillLine:
    """One line of a sum: `usd` as printed, `share` in percent of the total."""

    text: str
    item: str
    usd: str
    home: Kind | None
    share: int


@register.simple_tag(name="sum")
def sum_(id: str) -> str:
    """Print a sum of the price sheet, such as $116.43; raises KeyError."""
    sheet = _sheet()
    return dollars(sheet.total(sheet.sums[id]))


@register.simple_tag
def price(id: str, per: str = "", region: Region = "us_east_1") -> str:
    """Print an amount, or a month of it with per="month"; raises KeyError."""
    sheet = _sheet()
    row = sheet.by_id[id]
    return dollars(sheet.monthly(row, region) if per == "month" else row.amount(region).usd)


@register.simple_tag
def bill(id: str) -> list[BillLine]:
    """Give the lines of a sum, for a loop; raises KeyError."""
    sheet = _sheet()
    found = sheet.sums[id]
    total = sheet.total(found)
    return [
        BillLine(line.text or row.item, row.item, dollars(cents(usd)), row.home, round(usd / total * 100))
        for line, row, usd in sheet.lines(found)
    ]


@register.simple_tag
def fact(id: str) -> str:
    """Print a fact; raises KeyError."""
    return course().facts[id].text


def _sheet() -> PriceSheet:
    sheet = render.prices()
    if sheet is None:
        raise KeyError("this course has no prices.toml")
    return sheet
