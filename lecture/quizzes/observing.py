"""PRACTISE, for instructors: what the answers show, on a page and as a table."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lecture.instructors import instructor_only
from lecture.quizzes.misconceptions import Misconception, misconceptions
from lecture.quizzes.pools import Quiz, everything, pool, quizzes
from lecture.quizzes.statistics import FEWEST, Believed, Chosen, Item, believed, items, rows
from lecture.quizzes.tallies import tallies

YEARS = range(2000, 2101)
LOOK = 12  # questions worth a look
COMMON = {True: 6, False: 3}  # beliefs of a section, where a quiz is chosen and where all are shown


class Refused(ValueError):  # noqa: N818 - what the visitor is told, not a fault
    """The form cannot be read; says what to do."""


@dataclass(frozen=True)
class Wanted:
    """What an instructor asked to see: days in UTC, both included; None is without end."""

    first: date | None = None
    last: date | None = None
    quiz: Quiz | None = None

    @property
    def start(self) -> datetime | None:
        """The moment from which batches count."""
        return datetime.combine(self.first, time(), UTC) if self.first else None

    @property
    def end(self) -> datetime | None:
        """The moment before which they count."""
        return datetime.combine(self.last + timedelta(days=1), time(), UTC) if self.last else None

    def items(self) -> list[Item]:
        """What is to be told of each question."""
        questions = pool(self.quiz) if self.quiz else everything()
        return items(questions, tallies(list(questions), self.start, self.end))


@dataclass(frozen=True)
class Summary:
    """A quiz on one line."""

    quiz: Quiz
    query: str
    questions: int
    answers: int
    right: int  # percent, of the median question


@require_safe
@instructor_only
def statistics(request: HttpRequest) -> HttpResponse:
    """Everything at a glance, and a quiz question by question."""
    said = {name: request.GET.get(name, "")[:100] for name in ("from", "to", "quiz")}
    context = {"said": said, "quizzes": quizzes().values(), "fewest": FEWEST}
    try:
        wanted = read(said)
    except Refused as refused:
        return render(request, "quizzes/statistics.html", {**context, "mend": str(refused)}, status=400)
    found = wanted.items()
    context |= {
        "wanted": wanted,
        "items": found,
        "shown": [(item, _believing(item)) for item in found] if wanted.quiz else [],
        "answers": f"{sum(item.answers for item in found):,}",
        "looks": sorted((item for item in found if item.doubts), key=_worst)[:LOOK],
        "sections": _sections(believed(found), COMMON[bool(wanted.quiz)]),
        "summaries": [] if wanted.quiz else _summaries(found, said),
        "query": urlencode({name: value for name, value in said.items() if value}),
    }
    return render(request, "quizzes/statistics.html", context)


@require_safe
@instructor_only
def table(request: HttpRequest) -> HttpResponse:
    """The same as CSV, one row a wrong answer."""
    try:
        wanted = read({name: request.GET.get(name, "") for name in ("from", "to", "quiz")})
    except Refused as refused:
        return HttpResponse(f"{refused}\n", content_type="text/plain; charset=utf-8", status=400)
    text = io.StringIO()
    of_section = {section: quiz.slug for quiz in quizzes().values() for section in quiz.sections}
    csv.writer(text).writerows(rows(wanted.items(), of_section))
    # the mark in front tells a spreadsheet that this is UTF-8
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    parts = ["statistics", wanted.quiz and wanted.quiz.slug, wanted.first, wanted.last]
    response.headers["Content-Disposition"] = f'attachment; filename="{"-".join(str(one) for one in parts if one)}.csv"'
    return response


def read(said: Mapping[str, str]) -> Wanted:
    """What the form asks for; raises Refused with a mend."""
    first, last = (_day(said[name].strip(), what) for name, what in (("from", "first"), ("to", "last")))
    if first and last and first > last:
        raise Refused("The first day is after the last. Turn them round.")
    quiz = said["quiz"]
    if quiz and quiz not in quizzes():
        raise Refused("There is no quiz of that name. Choose one from the list.")
    return Wanted(first, last, quizzes().get(quiz))


def _day(text: str, what: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = date.min
    if day and day.year not in YEARS:
        raise Refused(f"The {what} day is none. Write year, month and day, such as 2026-09-01.")
    return day


def _worst(item: Item) -> tuple[bool, float, int]:
    """Negative discrimination first, then the hardest."""
    return item.apart is None or item.apart >= 0, -len(item.doubts), item.right


def _believing(item: Item) -> list[tuple[Chosen, str]]:
    """Each wrong answer of a question, with the belief behind it in words."""
    known = misconceptions()
    return [(one, known[one.wrong.belief].believed if one.wrong.belief in known else "") for one in item.chosen]


def _sections(found: Mapping[str, list[Believed]], most: int) -> list[tuple[str, list[tuple[Misconception, Believed]]]]:
    """At most so many of the most common beliefs by section, in the order of the course, with their words."""
    known = misconceptions()
    named = {key: [(known[one.belief], one) for one in there if one.belief in known] for key, there in found.items()}
    return [(section, rows[:most]) for section, rows in named.items() if rows]


def _summaries(found: list[Item], said: Mapping[str, str]) -> list[Summary]:
    by_section: dict[str, list[Item]] = {}
    for item in found:
        by_section.setdefault(item.question.section, []).append(item)
    days = {name: said[name] for name in ("from", "to") if said[name]}
    shown = []
    for quiz in quizzes().values():
        here = [item for section in quiz.sections for item in by_section.get(section, [])]
        if here:
            answers, right = sum(item.answers for item in here), round(median(item.right for item in here))
            shown.append(Summary(quiz, urlencode({**days, "quiz": quiz.slug}), len(here), answers, right))
    return shown
