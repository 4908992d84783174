"""Every question of the course (content/quizzes/*.toml), by its id."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

from lecture.authoring import ContentError, Problem, data_line, name, read_toml
from lecture.quizzes.kinds import Question, QuizFile, Scenario
from lecture.quizzes.owed import owed

__all__ = ["Question", "QuizFile", "files", "place", "questions", "read", "scenario", "scenarios"]


def read(root: Path) -> dict[str, Question]:
    """Every question by its id; raises ContentError."""
    found: dict[str, Question] = {}
    problems: list[Problem] = []
    for path in files(root):
        if missing := owed(path, root):
            problems.extend(missing)
            continue
        try:
            questions: Iterable[Question] = read_toml(path, root, QuizFile).question
        except ContentError as error:
            problems.extend(error.problems)
            continue
        for at, question in enumerate(questions):
            if question.id in found:
                message, mend = f"the question id {question.id} stands twice.", "Give one of them another id."
                line = data_line(path, root, "question", at, "id")
                problems.append(Problem(name(path, root), line, "quizzes.E001", message, mend))
            found[question.id] = question
    if problems:
        raise ContentError(problems)
    return found


def place(root: Path, id: str, *loc: int | str) -> tuple[str, int]:
    """The file of a question as messages name it, and the line of a key of it."""
    for path in files(root):
        for at, question in enumerate(read_toml(path, root, QuizFile).question):
            if question.id == id:
                return name(path, root), data_line(path, root, "question", at, *loc)
    raise LookupError(id)


def scenarios(root: Path) -> dict[str, Scenario]:
    """Every scenario by its id; raises ContentError."""
    return {one.id: one for path in files(root) for one in read_toml(path, root, QuizFile).scenario}


def files(root: Path) -> list[Path]:
    """The files of content/quizzes/, in the order of their names."""
    return sorted((root / "quizzes").glob("*.toml"))


@cache
def questions() -> dict[str, Question]:
    """The questions of the course that is served."""
    return read(settings.COURSE_CONTENT)


def scenario(id: str) -> Scenario | None:
    """The scenario of that id; None for "" and for one that has gone."""
    return told_before().get(id)


@cache
def told_before() -> dict[str, Scenario]:
    """The scenarios of the course that is served."""
    return scenarios(settings.COURSE_CONTENT)
