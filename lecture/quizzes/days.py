"""A learner's day: it ends at four in the morning of their own time zone, so that a late evening is still today."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

ENDS = time(4)


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name; UTC where there is none of that name."""
    return ZoneInfo(name) if name in zones() else ZoneInfo("UTC")


@cache
def zones() -> frozenset[str]:
    """Every name of a time zone that this machine knows."""
    return frozenset(available_timezones())


def day(now: datetime, name: str) -> date:
    """The learner's day at `now` (an aware time), in the zone of that name."""
    return (now.astimezone(zone(name)).replace(tzinfo=None) - timedelta(hours=ENDS.hour)).date()


def begins(of: date, name: str) -> datetime:
    """When that day begins, in UTC. Where clocks skip four o'clock, it is the moment to which they jump."""
    return datetime.combine(of, ENDS, zone(name)).astimezone(UTC)
