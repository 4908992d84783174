"""What every template may use."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from lecture.course import links, quizzed, render
from lecture.course.load import course


def site(request: HttpRequest | None = None) -> dict[str, Any]:
    """The course, the tools that exist, the day of the newest price, and whether there are questions."""
    asks = bool(quizzed.asked())
    return {"course": course(), "tools": links.tools(course()), "priced": _priced(), "asks": asks}


def _priced() -> date | None:
    sheet = render.prices()
    dates = [price.us_east_1.as_of for price in sheet.price if price.us_east_1.as_of] if sheet else []
    return max(dates, default=None)
