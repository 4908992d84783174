"""A learner's day ends at four in the morning of their own zone, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from lecture.quizzes import days


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        ("2026-11-21T03:59", "", "2026-11-20"),
        ("2026-11-21T04:00", "", "2026-11-21"),
        ("2026-11-21T03:59", "Europe/London", "2026-11-20"),
        ("2026-07-21T03:00", "Europe/London", "2026-07-21"),  # summer: it is four there
        ("2026-07-21T02:59", "Europe/London", "2026-07-20"),
        ("2026-11-20T19:00", "Asia/Tokyo", "2026-11-21"),
        ("2026-11-20T18:59", "Asia/Tokyo", "2026-11-20"),
        ("2026-11-21T08:59", "America/New_York", "2026-11-20"),
        ("2026-11-20T22:14", "Asia/Kathmandu", "2026-11-20"),  # 3:59 there
        ("2026-11-20T22:15", "Asia/Kathmandu", "2026-11-21"),
        ("2026-11-21T03:59", "No/Where", "2026-11-20"),
    ],
)
def test_a_late_evening_is_still_today(now, zone, day):
    assert days.day(at(now), zone) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Pacific/Apia"]
)
def test_no_day_is_lost_or_lived_twice_in_a_year(zone):
    hours = [at("2026-01-01T12:00") + timedelta(hours=n) for n in range(365 * 24)]
    lived = [days.day(hour, zone) for hour in hours]
    assert all(b - a in (timedelta(), timedelta(days=1)) for a, b in pairwise(lived))
    assert len(set(lived)) >= 365


@pytest.mark.parametrize("zone", ["", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"])
def test_a_day_begins_where_the_one_before_ends(zone):
    for n in range(366):
        day = date(2026, 1, 1) + timedelta(days=n)
        start = days.begins(day, zone)
        assert (days.day(start, zone), days.day(start - timedelta(seconds=1), zone)) == (day, day - timedelta(days=1))
