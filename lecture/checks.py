"""Django's system checks for what an instructor wrote: the roof, which may look into every room."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice

from lecture import homes
from lecture.authoring import ContentError, Problem, front_lines, in_data, read_toml, suggestion
from lecture.costs import pages as cost_pages
from lecture.costs import prices, states
from lecture.course import links, load, render, review
from lecture.course.macros import Sheet
from lecture.course.model import Course
from lecture.places import Loc
from lecture.quizzes import misconceptions, questions, soundness
from lecture.quizzes.kinds import Option
from lecture.quizzes.misconceptions import Misconception
from lecture.quizzes.questions import Question, QuizFile
from lecture.rosetta import concepts
from lecture.translator import examples, findings_table, images, keys
from lecture.wizard import load as wizard
from lecture.wizard import review as wizard_review

TABLES: dict[str, Callable[[Path], Any]] = {
    "prices.toml": prices.read,
    "rosetta.toml": concepts.read,
    "images.toml": images.read,
    "compose-keys.toml": keys.read,
    "findings.toml": findings_table.read,
    "translator.toml": examples.read,
    "wizard.toml": wizard.read,
    cost_pages.FILE: cost_pages.read,
}


@register("content")
def content(**kwargs: Any) -> list[CheckMessage]:
    """Every mistake in content/, with its file, line and mend."""
    found = problems()
    messages: list[CheckMessage] = [Error(str(p), hint=p.mend, id=p.id) for p in found]
    if not found:
        messages += [Advice(str(p), hint=p.mend, id=p.id) for p in warnings()]
    return messages


def problems() -> list[Problem]:
    """Reading, then what needs the whole."""
    root = settings.COURSE_CONTENT
    found: list[Problem] = []
    _try(found, lambda: homes.read(root))
    for file, read in TABLES.items():
        if (root / file).exists():
            _try(found, lambda read=read: read(root))  # type: ignore[misc]
    asked = _try(found, lambda: questions.read(root)) or {}
    beliefs = _try(found, lambda: misconceptions.read(root)) or {}
    course = _try(found, lambda: load.read(root))
    if course and not found:
        found += [*review.problems(course), *_asked(course, asked), *_texts(course), *wizard_review.problems(course)]
        found += _of_costs(course)
        found += [*soundness.problems(root, asked, beliefs), *_believed(course, beliefs)]
    return sorted(set(found))


def warnings() -> list[Problem]:
    """What is allowed and seldom meant, in a course without a mistake."""
    root = settings.COURSE_CONTENT
    course, asked = load.read(root), questions.read(root)
    return sorted({*review.warnings(course), *_unasked(course, asked), *soundness.warnings(root, asked)})


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
        there = course.leaves.get(question.section)
        if question.section not in known:
            message, mend = f"{question.id}: no section {question.section}.", suggestion(question.section, known)
            yield Problem(*questions.place(root, question.id, "section"), "quizzes.E002", message, mend)
        elif there and question.objective > len(there.front.objectives):
            message = f"{question.id}: {there.key} has no objective {question.objective}."
            mend = f"Its front matter has {len(there.front.objectives)}; the first is 1."
            yield Problem(*questions.place(root, question.id, "objective"), "quizzes.E003", message, mend)


def _unasked(course: Course, asked: dict[str, Question]) -> Iterator[Problem]:
    """Objectives that no question asks about, and questions that name none."""
    root = settings.COURSE_CONTENT
    for leaf in course.leaves.values():
        named = {question.objective for question in asked.values() if question.section == leaf.key}
        for number, objective in enumerate(leaf.front.objectives if leaf.shelf != "reference" else (), 1):
            if number not in named:
                line = front_lines(root.parent / leaf.file, root)("objectives", number - 1)
                message = f"no question asks about objective {number}: {objective}"
                mend = f'Write one into quizzes/, with section = "{leaf.key}" and objective = {number}.'
                yield Problem(leaf.file, line, "course.W104", message, mend)
    for question in asked.values():
        there = course.leaves.get(question.section)
        if there and there.front.objectives and not question.objective:
            mend = f"Add objective = 1 to {len(there.front.objectives)}, as in the front matter of {there.file}."
            message = f"{question.id} names no objective."
            yield Problem(*questions.place(root, question.id, "section"), "quizzes.W001", message, mend)


def _of_costs(course: Course) -> Iterator[Problem]:
    """What the cost tools say: their texts, the sections they name, the states of their forms."""
    root = settings.COURSE_CONTENT
    file = root / cost_pages.FILE
    if not file.exists():
        return
    found = cost_pages.read(root)
    yield from review.judge_data(file, found, course, sheet=Sheet(render.prices(), course.facts))
    for loc, key in found.pointers():
        try:
            links.place(course, key)
        except LookupError as error:
            yield in_data(file, root, loc, "course.E121", f"there is no section {key}.", str(error.args[0]))
    for at, message, mend in states.faults(found):
        yield in_data(file, root, ("state", at, "query"), "course.E003", message, mend)
    if found.credit.as_of > datetime.now(UTC).date():
        message, mend = f"{found.credit.as_of} is in the future.", "Write the day on which it was read."
        yield in_data(file, root, ("credit", "as_of"), "course.E122", message, mend)


def _believed(course: Course, beliefs: dict[str, Misconception]) -> Iterator[Problem]:
    """Misconceptions whose section is not there."""
    root = settings.COURSE_CONTENT
    for at, belief in enumerate(beliefs.values()):
        try:
            links.place(course, belief.section)
        except LookupError as error:
            path = root / "misconceptions.toml"
            message = f"{belief.id}: no section {belief.section}."
            yield in_data(path, root, ("misconception", at, "section"), "quizzes.E007", message, str(error))


def _texts(course: Course) -> Iterator[Problem]:
    """What is wrong with the texts of questions; a wrong answer may quote an amount, like a myth."""
    for path in questions.files(settings.COURSE_CONTENT):
        file = read_toml(path, settings.COURSE_CONTENT, QuizFile)

        def quoted(loc: Loc, file: QuizFile = file) -> bool:
            match loc:
                case ("question", int(at), "option", int(number), "text" | "idea"):
                    option: Option = file.question[at].option[number]  # type: ignore[union-attr] # its kind has some
                    return not option.right
                case ("question", int(), "wrong", int(), "value" | "text", *_) | ("question", int(), "code"):
                    return True
            return False

        yield from review.judge_data(path, file, course, quoted)
