"""A learner's cards over time: how many come up in the next days, and how many were still known in the last weeks."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from lecture.models import Learner
from lecture.quizzes import days

FORECAST = 30  # days
WEEKS = 8  # of what was known


def coming(learner: Learner | None, now: datetime) -> list[tuple[str, int, str]]:
    """(day, cards, number in words) for each of the next days; what is overdue counts today."""
    zone = learner.zone if learner else ""
    today = days.day(now, zone)
    counts: dict[int, int] = {}
    if learner:
        until = today + timedelta(days=FORECAST - 1)
        rows = learner.cards.filter(due__lte=until).values_list("due").annotate(n=Count("pk"))
        for due, number in rows:
            at = max(0, (due - today).days)
            counts[at] = counts.get(at, 0) + number
    names = [today + timedelta(days=at) for at in range(FORECAST)]
    return [
        ("today" if at == 0 else f"{day.day} {day:%b}", counts.get(at, 0), str(counts[at]) if counts.get(at) else "")
        for at, day in enumerate(names)
    ]


def known(learner: Learner | None, now: datetime) -> list[tuple[str, int, int, int]]:
    """(week, percent known, reviews, known) for each of the last weeks, the oldest first."""
    zone = learner.zone if learner else ""
    today = days.day(now, zone)
    found = []
    for back in range(WEEKS - 1, -1, -1):
        first = today - timedelta(days=7 * back + 6)
        edges = days.begins(first, zone), days.begins(first + timedelta(days=7), zone)
        found.append((first, *edges))
    if not learner:
        return [(f"{first.day} {first:%b}", 0, 0, 0) for first, _, _ in found]
    due = Q(recalled__isnull=False)
    counts = {
        f"w{at}_{what}": Count("pk", filter=due & Q(answered_at__gte=start, answered_at__lt=end) & extra)
        for at, (_, start, end) in enumerate(found)
        for what, extra in (("of", Q()), ("known", Q(recalled=True)))
    }
    row = learner.answers.filter(source="review", answered_at__gte=found[0][1]).aggregate(**counts)
    shown = []
    for at, (first, _, _) in enumerate(found):
        of, right = row[f"w{at}_of"], row[f"w{at}_known"]
        shown.append((f"{first.day} {first:%b}", round(100 * right / of) if of else 0, of, right))
    return shown
