"""What is wrong with questions beyond their form: beliefs that are not there, formulas that fail, open secrets."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from lecture.authoring import Problem, suggestion
from lecture.quizzes import formula, questions
from lecture.quizzes.asked import filled, price
from lecture.quizzes.kinds import Claim, Number, One, Option, Question, Several
from lecture.quizzes.misconceptions import Misconception

CATCH_ALL = re.compile(
    r"\b(all|none|both|neither) of the (above|others|answers)\b|^(all|none|both) of (these|them)\W*$", re.I
)
LONGER = 1.45  # a right answer this many times as long as the longest wrong one gives itself away
SHORT = 30  # characters below which lengths say nothing


def problems(root: Path, known: dict[str, Question], beliefs: dict[str, Misconception]) -> Iterator[Problem]:
    """What stops the course."""
    scenarios = questions.scenarios(root)
    for question in known.values():
        for loc, slip in question.slips:
            if slip.misconception and slip.misconception not in beliefs:
                message = f"{question.id}: there is no misconception {slip.misconception}."
                mend = suggestion(slip.misconception, beliefs) if beliefs else "Write it into misconceptions.toml."
                place = questions.place(root, question.id, *loc, "misconception")
                yield Problem(*place, "quizzes.E004", message, mend)
        if question.scenario and question.scenario not in scenarios:
            message = f"{question.id}: there is no scenario {question.scenario}."
            mend = suggestion(question.scenario, scenarios) if scenarios else "Write a [[scenario]] into the file."
            yield Problem(*questions.place(root, question.id, "scenario"), "quizzes.E005", message, mend)
        yield from _formulas(root, question)


def _formulas(root: Path, question: Question) -> Iterator[Problem]:
    """The formulas of a question, tried with the smallest and the largest of what may vary."""
    vary = question.vary if isinstance(question, Number) else {}
    try:
        for pick in (min, max):
            names = {name: pick(Decimal(str(one)) for one in many) for name, many in vary.items()}
            for text in _texts(question.model_dump()):
                filled(text, names)
            if isinstance(question, Number):
                _numbers(question, names)
    except (formula.FormulaError, ArithmeticError) as error:
        mend = "See “formulas” in the author’s guide, content/README.md."
        yield Problem(*questions.place(root, question.id, "answer"), "quizzes.E006", f"{question.id}: {error}.", mend)


def _numbers(question: Number, names: dict[str, Decimal]) -> None:
    """Work out a number and its slips; raises FormulaError."""
    values = [formula.evaluate(text, names, price) for text in (question.answer, *(w.value for w in question.wrong))]
    formula.evaluate(question.tolerance.strip().removesuffix("%"), names, price)
    if values[0] in values[1:]:
        raise formula.FormulaError("a wrong number is the right one")


def _texts(data: object) -> Iterator[str]:
    """Every string in what an author wrote."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | tuple | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _texts(one)


def warnings(root: Path, known: dict[str, Question]) -> Iterator[Problem]:
    """What gives the answer away."""
    for question in known.values():
        if not isinstance(question, One | Several | Claim):
            continue
        for at, option in enumerate(question.option):
            if CATCH_ALL.search(option.text):
                message = f"{question.id}, option {option.id}: “{option.text}” is answered by form, not by knowledge."
                place = questions.place(root, question.id, "option", at, "text")
                yield Problem(*place, "quizzes.W003", message, "Write an answer of its own.")
        if long := _too_long(question.option):
            message = f"{question.id}: the right answer is by far the longest and gives itself away."
            place = questions.place(root, question.id, "option", long[0], "text")
            yield Problem(*place, "quizzes.W002", message, "Shorten it, or say more in a wrong one.")


def _too_long(options: tuple[Option, ...]) -> list[int]:
    """The place of a right option that is far longer than every wrong one."""
    wrong = max(len(option.text) for option in options if not option.right)
    right = [at for at, option in enumerate(options) if option.right]
    over = [at for at in right if len(options[at].text) > max(SHORT, LONGER * wrong)]
    return over if len(right) == 1 else []
