"""What a text cites: {price:alb.hour month}, {sum:capstone-nat}, {fact:aws.regions}.

The amount comes from the price sheet, so that no text can disagree with a tool.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html

from lecture.authoring import suggestion
from lecture.costs.prices import REGIONS, PriceSheet, Region, dollars
from lecture.course.model import Fact

CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.S)
BRACED = re.compile(r"\{(?:price|sum|fact)s?\b[^{}\n]*\}")
MACRO = re.compile(r"\{(?P<kind>price|sum|fact):(?P<id>[^\s{}]*)(?P<words>(?: [^\s{}]+)*)\}")


@dataclass(frozen=True)
class Cited:
    """A figure on a page: what it is, what it says, since when, from whom."""

    what: str
    value: str
    as_of: date | None
    source: str


@dataclass(frozen=True)
class Sheet:
    """Where figures come from; a course without a price sheet has none."""

    prices: PriceSheet | None
    facts: dict[str, Fact]

    def cite(self, found: re.Match[str]) -> list[Cited]:
        """What the macro stands for, first the figure itself; raises LookupError with a mend."""
        kind, words = found["kind"], found["words"].split()
        if kind == "fact":
            return [self._fact(found["id"])]
        if not self.prices:
            raise LookupError("There is no prices.toml.")
        return self._sum(found["id"]) if kind == "sum" else [self._price(found["id"], words)]

    def _fact(self, wanted: str) -> Cited:
        if wanted not in self.facts:
            raise LookupError(suggestion(wanted, self.facts) if self.facts else "There is no facts.toml.")
        fact = self.facts[wanted]
        return Cited(fact.text, fact.text, fact.as_of, fact.source)

    def _price(self, wanted: str, words: list[str]) -> Cited:
        assert self.prices
        if wanted not in self.prices.by_id:
            raise LookupError(suggestion(wanted, self.prices.by_id))
        if unknown := [w for w in words if w != "month" and w not in REGIONS]:
            raise LookupError(f"{unknown[0]}: write month, us_east_1 or eu_west_2.")
        price = self.prices.by_id[wanted]
        region: Region = next((r for r in REGIONS if r in words), "us_east_1")
        amount = price.amount(region)
        month = "month" in words
        usd = self.prices.monthly(price, region) if month else amount.usd
        unit = "month" if month else price.unit
        return Cited(
            f"{price.item}, {self.prices.regions[region]}, per {unit}", dollars(usd), amount.as_of, price.source
        )

    def _sum(self, wanted: str) -> list[Cited]:
        assert self.prices
        if wanted not in self.prices.sums:
            raise LookupError(suggestion(wanted, self.prices.sums))
        bill = self.prices.sums[wanted]
        lines = self.prices.lines(bill)
        dates = [d for _, price, _ in lines if (d := price.amount(bill.region).as_of)]
        rows = ", ".join(f"{line.text or price.item} {dollars(usd)}" for line, price, usd in lines)
        total = dollars(self.prices.total(bill))
        return [Cited(f"{bill.name}: {rows}", total, min(dates, default=None), "the price sheet")]


def expand(text: str, sheet: Sheet, cited: list[Cited]) -> str:
    """The text with its macros replaced by figures; what they cite is added to `cited`."""

    def put(found: re.Match[str]) -> str:
        figures = sheet.cite(found)
        cited.extend(figure for figure in figures if figure not in cited)
        value = figures[0].value
        return format_html('<data value="{}">{}</data>', value.strip("$").replace(",", ""), value)

    return outside_code(text, lambda piece: MACRO.sub(put, piece))


def wrong(text: str, sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """(offset, the macro, how to mend it) of each macro that stands for nothing."""
    for braced in BRACED.finditer(outside_code(text, str, hide=True)):
        found = MACRO.fullmatch(braced[0])
        if not found:
            yield (
                braced.start(),
                braced[0],
                "Write {price:id}, {price:id month}, {sum:id} or {fact:id}, with single spaces.",
            )
            continue
        try:
            sheet.cite(found)
        except LookupError as error:
            yield braced.start(), braced[0], str(error.args[0])


def outside_code(text: str, change: Callable[[str], str], hide: bool = False) -> str:
    """Apply `change` to what stands outside code spans; `hide` blanks the spans, length and lines kept."""
    pieces, end = [], 0
    for span in CODE.finditer(text):
        pieces += [change(text[end : span.start()]), re.sub(r"[^\n]", " ", span[0]) if hide else span[0]]
        end = span.end()
    return "".join([*pieces, change(text[end:])])
