"""Questions (content/quizzes/*.toml): one right answer among many, each wrong one with the idea behind it."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from random import Random

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import ContentError, Misplaced, Problem, Strict, data_line, name, read_toml

ID = r"^[a-z0-9]+([.-][a-z0-9]+)*$"


class Option(Strict):
    """One answer that can be chosen."""

    id: str = Field(pattern=r"^[a-z]$", description="a, b, c …: stable, whatever the order on the page")
    text: str
    right: bool = False
    idea: str = Field("", description="the belief that makes a wrong answer tempting")
    feedback: str = Field("", description="why it is wrong, or what to add to a right one")


class Question(Strict):
    """One question. The kind is 'one': exactly one option is right."""

    id: str = Field(pattern=ID)
    kind: str = Field("one", pattern="^one$")
    section: str = Field(description="the section that it belongs to, such as 1-the-problem/2-three-problems")
    objective: int = Field(0, ge=0, le=20, description="which objective of its section it asks about; 1 is the first")
    stem: str
    why: str = Field(description="the reason for the right answer")
    option: tuple[Option, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _one_is_right(self) -> "Question":
        if sum(option.right for option in self.option) != 1:
            raise Misplaced(f"{self.id} needs exactly one option with right = true", "id")
        return self

    @model_validator(mode="after")
    def _options(self) -> "Question":
        ids = [option.id for option in self.option]
        for at, option in enumerate(self.option):
            if option.id in ids[:at]:
                raise Misplaced(f"{self.id} has two options with one id", "option", at, "id")
            if not option.right and not (option.idea and option.feedback):
                message = f"{self.id}, option {option.id}: a wrong answer needs idea and feedback"
                raise Misplaced(message, "option", at)
        return self

    @property
    def answer(self) -> Option:
        """The right option."""
        return next(option for option in self.option if option.right)

    @property
    def shuffled(self) -> list[Option]:
        """The options in an order that is the same each time and no author's habit."""
        order = list(self.option)
        Random(self.id).shuffle(order)  # noqa: S311 - no secret
        return order

    def find(self, id: str) -> Option | None:
        """The option of that id."""
        return next((option for option in self.option if option.id == id), None)


class QuizFile(Strict):
    """One file of content/quizzes/."""

    question: tuple[Question, ...] = Field(min_length=1)


def read(root: Path) -> dict[str, Question]:
    """Every question by its id; raises ContentError."""
    found: dict[str, Question] = {}
    problems: list[Problem] = []
    for path in files(root):
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


def files(root: Path) -> list[Path]:
    """The files of content/quizzes/, in the order of their names."""
    return sorted((root / "quizzes").glob("*.toml"))


@cache
def questions() -> dict[str, Question]:
    """The questions of the course that is served."""
    return read(settings.COURSE_CONTENT)
