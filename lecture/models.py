"""Every table: what is kept about a learner, and nothing else."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone


def today() -> date:
    """The day in UTC."""
    return timezone.now().date()


class Learner(models.Model):
    """Somebody who comes back: a random key in a cookie, no name, no address."""

    key = models.CharField(max_length=43, unique=True)
    seen_on = models.DateField(default=today, db_index=True)

    def __str__(self) -> str:
        return f"learner {self.pk}"


class Reading(models.Model):
    """A section that a learner has read to its end, or says not to have read after all."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="readings")
    section = models.CharField(max_length=200)
    read_at = models.DateTimeField(default=timezone.now)
    taken_back = models.BooleanField(default=False)

    class Meta:
        """A section is read once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "section"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.section}"
