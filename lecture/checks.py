"""Django's system checks for what an instructor wrote: the roof, which may look into every room."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice

from lecture import homes
from lecture.authoring import ContentError, Problem, suggestion
from lecture.costs import prices
from lecture.course import load, review
from lecture.course.model import Course
from lecture.quizzes import questions
from lecture.quizzes.questions import Question
from lecture.rosetta import concepts


@register("content")
def content(**kwargs: Any) -> list[CheckMessage]:
    """Every mistake in content/, with its file, line and mend."""
    found = problems()
    messages: list[CheckMessage] = [Error(str(p), hint=p.mend, id=p.id) for p in found]
    if not found:
        messages += [Advice(str(p), hint=p.mend, id=p.id) for p in review.warnings(load.read(settings.COURSE_CONTENT))]
    return messages


def problems() -> list[Problem]:
    """Reading, then what needs the whole."""
    root = settings.COURSE_CONTENT
    found: list[Problem] = []
    _try(found, lambda: homes.read(root))
    for file, read in (("prices.toml", prices.read), ("rosetta.toml", concepts.read)):
        if (root / file).exists():
            _try(found, lambda read=read: read(root))  # type: ignore[misc]
    asked = _try(found, lambda: questions.read(root)) or {}
    course = _try(found, lambda: load.read(root))
    if course and not found:
        found += review.problems(course)
        found += _asked(course, asked)
    return sorted(set(found))


def _try(found: list[Problem], read: Callable[[], Any]) -> Any:
    try:
        return read()
    except ContentError as error:
        found.extend(error.problems)
        return None


def _asked(course: Course, asked: dict[str, Question]) -> Iterator[Problem]:
    """Questions and sections name each other."""
    for leaf in course.leaves.values():
        for check in leaf.blocks("check"):
            if check.argument not in asked:
                mend = suggestion(check.argument, asked) if asked else "Write it into content/quizzes/."
                message = f"there is no question {check.argument}."
                yield Problem(leaf.file, check.line, "course.E118", message, mend)
    root, known = settings.COURSE_CONTENT, [*course.leaves, *course.coming]
    for question in asked.values():
        if question.section not in known:
            message, mend = f"{question.id}: no section {question.section}.", suggestion(question.section, known)
            yield Problem(*questions.place(root, question.id, "section"), "quizzes.E002", message, mend)
