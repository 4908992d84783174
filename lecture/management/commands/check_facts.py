"""Lists figures that are older than their shelf life: prices, facts, names."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand

from lecture.costs import pages
from lecture.costs.prices import REGIONS
from lecture.course import render
from lecture.course.load import course
from lecture.models import today
from lecture.rosetta.concepts import rosetta

CREDIT_MONTHS = 6  # AWS changes what a new account gets more often than its prices


class Command(BaseCommand):
    """For the instructor, before each term."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--months: the shelf life of prices; --on: another day than today."""
        parser.add_argument("--months", type=int, default=12, help="shelf life of a price (12)")
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="as if today were that day")

    def handle(self, *args: object, months: int, on: date | None, **options: object) -> None:
        """One line a figure, the oldest first."""
        day = on or today()
        old = sorted(row for row in _figures(months) if _age(row[0], day) > row[1])
        for as_of, shelf, what in old:
            self.stdout.write(f"{as_of}  {what} (good for {shelf} months)")
        said = {0: "Every figure is fresh.", 1: "1 figure is past its shelf life."}
        self.stdout.write(said.get(len(old), f"{len(old)} figures are past their shelf life."))


def _figures(months: int) -> Iterator[tuple[date, int, str]]:
    for fact in course().facts.values():
        yield fact.as_of, fact.months, f"facts.toml: {fact.id}"
    sheet = render.prices()
    for price in sheet.price if sheet else ():
        for region in REGIONS:
            amount = getattr(price, region)
            if amount and amount.as_of:
                yield amount.as_of, months, f"prices.toml: {price.id} in {region}"
    if (settings.COURSE_CONTENT / pages.FILE).exists():
        yield pages.costs().credit.as_of, CREDIT_MONTHS, f"{pages.FILE}: credit"
    if (settings.COURSE_CONTENT / "rosetta.toml").exists():
        names = rosetta()
        for concept in names.concept:
            yield names.read_on(concept), names.months, f"rosetta.toml: {concept.id}"


def _age(as_of: date, day: date) -> int:
    """Whole months between the two; the last day of a month ends it."""
    last = (day + timedelta(days=1)).day == 1
    return (day.year - as_of.year) * 12 + day.month - as_of.month - (day.day < as_of.day and not last)
