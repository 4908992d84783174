"""Figures that age: each has a date that has been, and a source that the sheet names."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.conf import settings

from lecture.authoring import Problem, in_data, suggestion
from lecture.costs.prices import REGIONS, Price, Region
from lecture.course.macros import MACRO, Sheet
from lecture.course.model import Course
from lecture.course.texts import Text
from lecture.places import Loc
from lecture.rosetta.concepts import rosetta


def wrong_dates(course: Course, sheet: Sheet) -> Iterator[Problem]:
    """Every date in the future, and every source of a price that the sheet does not name."""
    root, today = settings.COURSE_CONTENT, datetime.now(UTC).date()
    for file, loc, day in _dates(course, sheet):
        if day > today:
            message, mend = f"{day} is in the future.", "Write the day on which it was read."
            yield in_data(root / file, root, loc, "course.E122", message, mend)
    for at, price in enumerate(sheet.prices.price if sheet.prices else ()):
        assert sheet.prices
        tags = sheet.prices.sources
        if tags and not any(re.search(rf"(?<![\w-]){re.escape(tag)}(?![\w-])", price.source) for tag in tags):
            message = f"{price.id}: the source {price.source} is none of [sources]."
            place, mend = ("price", at, "source"), suggestion(price.source, tags)
            yield in_data(root / "prices.toml", root, place, "course.E123", message, mend)


def undated(text: Text, sheet: Sheet) -> Iterator[Problem]:
    """Each citation of a price that has no date and no note which says why."""
    for found in MACRO.finditer(text.plain):
        for price, region in _cited(found, sheet):
            if price.amount(region).as_of is None and not price.note:
                message = f"{found[0]} rests on {price.id}, which has no date."
                yield text.problem(
                    found.start(), "W106", message, "Give it as_of, or a note that says why it has none."
                )


def _dates(course: Course, sheet: Sheet) -> Iterator[tuple[str, Loc, date]]:
    for at, fact in enumerate(course.facts.values()):
        yield "facts.toml", ("fact", at, "as_of"), fact.as_of
    for at, price in enumerate(sheet.prices.price if sheet.prices else ()):
        for region in REGIONS:
            amount = getattr(price, region)
            if amount and amount.as_of:
                yield "prices.toml", ("price", at, region, "as_of"), amount.as_of
    if (settings.COURSE_CONTENT / "rosetta.toml").exists():
        yield "rosetta.toml", ("as_of",), rosetta().as_of
        for at, concept in enumerate(rosetta().concept):
            if concept.as_of:
                yield "rosetta.toml", ("concept", at, "as_of"), concept.as_of


def _cited(found: re.Match[str], sheet: Sheet) -> list[tuple[Price, Region]]:
    """The prices behind a macro that is right."""
    prices = sheet.prices
    if not prices or found["kind"] == "fact":
        return []
    if found["kind"] == "sum":
        bill = prices.sums[found["id"]]
        return [(prices.by_id[line.price], bill.region) for line in bill.line]
    words = found["words"].split()
    return [(prices.by_id[found["id"]], next((region for region in REGIONS if region in words), "us_east_1"))]
