"""What every template may use."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from lecture.course import links, quizzed, render
from lecture.course.load import course

SLIDES = "/slides/"


def site(request: HttpRequest | None = None) -> dict[str, Any]:
    """The course, the tools that exist, the day of the newest price, and whether there are questions and slides."""
    tools, asks = links.tools(course()), bool(quizzed.asked())
    slides = any(tool.address == SLIDES for tool in tools)
    return {"course": course(), "tools": tools, "priced": _priced(), "asks": asks, "presents": slides}


def _priced() -> date | None:
    sheet = render.prices()
    dates = [price.us_east_1.as_of for price in sheet.price if price.us_east_1.as_of] if sheet else []
    return max(dates, default=None)
