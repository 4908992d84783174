"""Every table: what is kept about a learner, the talks that are given, and what keeps out who guesses passwords.

Instructors themselves are users of Django's auth.
"""

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
    zone = models.CharField(max_length=64, blank=True, default="")  # IANA, such as Europe/London; "" is UTC
    retention = models.PositiveSmallIntegerField(default=90)  # percent of cards to be known when they come up
    daily = models.PositiveSmallIntegerField(default=20)  # cards a day

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


class Attempt(models.Model):
    """A quiz that somebody began: which questions, in which order, and the seed behind their variants."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    key = models.CharField(max_length=16)
    quiz = models.CharField(max_length=100)
    seed = models.PositiveIntegerField()
    questions = models.JSONField()  # ids, in order
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The key is part of the address."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="attempt_key")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.quiz} {self.key}"


class Answer(models.Model):
    """One answer to one question. `given` holds ids and numbers, never words that somebody typed."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answers")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, null=True, related_name="answers")
    once = models.CharField(max_length=60)  # what was answered: the second answer to it is none
    source = models.CharField(max_length=6)  # check, quiz or review
    question = models.CharField(max_length=120)
    seed = models.PositiveIntegerField()
    given = models.JSONField()
    right = models.BooleanField()
    certainty = models.PositiveSmallIntegerField(default=0)  # 1 guessing, 2 fairly sure, 3 certain, 0 not said
    misconceptions = models.JSONField(default=list)
    recalled = models.BooleanField(null=True)  # a card that was due: whether it was still known
    answered_at = models.DateTimeField(default=timezone.now)
    first = models.BooleanField(default=False)  # of the learner to the question, here: what statistics count

    class Meta:
        """Answered once; found by learner, and the first ones by question."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "once"], name="answer_once")]
        indexes: ClassVar = [
            models.Index(fields=["learner", "answered_at"], name="answer_learner"),
            models.Index(fields=["question", "answered_at"], condition=models.Q(first=True), name="answer_first"),
            # all that statistics read, in the order in which they group it
            models.Index(
                fields=["question", "right", "given", "misconceptions", "certainty", "answered_at", "learner"],
                condition=models.Q(first=True),
                name="answer_tally",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.question}"


class Card(models.Model):
    """What FSRS knows of a question for a learner. Days are the learner's own, which end at four in the morning."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="cards")
    question = models.CharField(max_length=120)
    stability = models.FloatField()  # days until the chance to know it has fallen to 90 percent
    difficulty = models.FloatField()  # 1 to 10
    last = models.DateField()
    due = models.DateField()
    urgent = models.BooleanField(default=False)  # wrong, and certain: first in the queue
    reviews = models.PositiveIntegerField(default=1)

    class Meta:
        """A question is one card; the queue is found by what is due."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "question"], name="card_once")]
        indexes: ClassVar = [models.Index(fields=["learner", "due"], name="card_due")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.question}"


class Knock(models.Model):
    """Attempts to sign in that failed lately. `who` is a keyed hash: no name, no address of a computer."""

    who = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} attempts"


class Talk(models.Model):
    """A deck that is being presented, where it is, and its clock. Nothing of a person; who has a key may move it."""

    key = models.CharField(max_length=43, unique=True)  # the speaker's link: notes, clock, moves
    wall = models.CharField(max_length=43, unique=True)  # a screen's link: moves alone
    deck = models.CharField(max_length=120)
    slide = models.CharField(max_length=200)
    step = models.PositiveSmallIntegerField(default=0)
    black = models.BooleanField(default=False)
    turn = models.PositiveIntegerField(default=0)  # how often it has moved: a move says which it follows
    by = models.CharField(max_length=16, blank=True, default="")  # the window that moved it, by a name of chance
    moved = models.BigIntegerField(default=0)  # milliseconds on that window's clock, to order its own moves
    plan = models.JSONField(default=dict)
    changes = models.PositiveIntegerField(default=0)  # of plan and clock
    started_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    rested = models.FloatField(default=0)  # seconds of the pauses that are over
    speakers = models.JSONField(default=dict)  # the speakers' windows, each with the second it was last seen
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"talk {self.pk}: {self.deck}"
