"""Removes learners that nobody was for a year, with all that is kept about them."""

from argparse import ArgumentParser
from datetime import timedelta

from django.core.management.base import BaseCommand

from lecture.models import Learner, today


def _days(text: str) -> int:
    days = int(text)
    if days < 0:
        raise ValueError(text)
    return days


class Command(BaseCommand):
    """Run it from cron, once a day or once a month."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--days: how long nobody was here."""
        parser.add_argument("--days", type=_days, default=365, help="unused for so many days (365)")

    def handle(self, *args: object, days: int, **options: object) -> None:
        """Delete, and say how many."""
        unused = Learner.objects.filter(seen_on__lt=today() - timedelta(days=days))
        number = unused.count()
        unused.delete()
        self.stdout.write(f"Removed {number} learner{'s' * (number != 1)} unused for {days} days.")
