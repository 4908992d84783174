"""The answer in a form, checked against what was asked. What is kept of it are ids and numbers, never words."""

import re
from decimal import Decimal, DecimalException
from typing import Protocol

from lecture.quizzes.asked import Asked
from lecture.quizzes.kinds import LONGEST_ANSWER, Find, Match, Number, Order, Several, Typed

Given = str | list[str] | dict[str, str]  # an answer as it is kept, in JSON
NUMBER = re.compile(r"[+-]?(\d[\d,' _]*)?(\.\d+)?(e[+-]?\d{1,2})?", re.I)
GUESSING, FAIRLY, CERTAIN = 1, 2, 3  # how sure somebody is
OTHER = "other"  # kept in place of words that nobody foresaw


class Form(Protocol):
    """What a browser sends: QueryDict is one."""

    def get(self, key: str, default: str, /) -> str:
        """The last value of a field."""

    def getlist(self, key: str, /) -> list[str]:
        """Every value of a field."""


class Unanswered(ValueError):  # noqa: N818 - what the visitor is told, not a fault
    """The form holds no answer to this question; says what to do."""


def read(asked: Asked, form: Form) -> Given:
    """The answer in a form, checked against what was asked; raises Unanswered with a mend."""
    question = asked.question
    match question:
        case Several():
            return _several(asked, form.getlist("answer"))
        case Match():
            return _match(asked, form)
        case Order():
            return _order(asked, form)
        case Number():
            return str(_number(form.get("answer", "")))
        case Typed():
            return _typed(question, form.get("answer", ""))
    known = {choice.id for choice in asked.choices if choice.text.strip()}
    chosen = form.get("answer", "")
    if chosen not in known:
        what = "line" if isinstance(question, Find) else "answer"
        raise Unanswered(f"Choose one of the {what}s first.")
    return chosen


def sure(form: Form) -> int:
    """How sure somebody says to be; raises Unanswered where the form does not say."""
    told = form.get("sure", "")
    if told not in {str(one) for one in (GUESSING, FAIRLY, CERTAIN)}:
        raise Unanswered("Say how sure you are: that decides when the question comes back.")
    return int(told)


def _several(asked: Asked, chosen: list[str]) -> list[str]:
    known = {choice.id for choice in asked.choices}
    if not chosen or not known.issuperset(chosen):
        raise Unanswered("Choose at least one of the answers first.")
    return sorted(set(chosen))


def _match(asked: Asked, form: Form) -> dict[str, str]:
    known = {choice.id for choice in asked.choices}
    found = {left.id: form.get(f"answer-{left.id}", "") for left in asked.lefts}
    if not known.issuperset(found.values()):
        raise Unanswered("Give each of them something from the list first.")
    return dict(sorted(found.items()))


def _order(asked: Asked, form: Form) -> list[str]:
    places = {choice.id: form.get(f"place-{choice.id}", "") for choice in asked.choices}
    wanted = [str(number) for number in range(1, len(places) + 1)]
    if sorted(places.values()) != sorted(wanted):
        raise Unanswered(f"Give each step a place of its own, from 1 to {len(places)}.")
    return sorted(places, key=lambda step: int(places[step]))


def _number(text: str) -> Decimal:
    text = text.strip().removeprefix("$").strip()
    found = NUMBER.fullmatch(text)
    if not found or not any(character.isdigit() for character in text) or len(text) > LONGEST_ANSWER:
        raise Unanswered("Write a number, such as 36.50.")
    try:
        return Decimal(re.sub("[,' _]", "", text))
    except DecimalException:
        raise Unanswered("Write a number, such as 36.50.") from None


def _typed(question: Typed, text: str) -> str:
    """Which of the known forms it is: what somebody types is not kept."""
    if not text.strip():
        raise Unanswered("Write a word or two first.")
    if len(text) > LONGEST_ANSWER:
        raise Unanswered(f"A word or two are enough: at most {LONGEST_ANSWER} characters.")
    wanted = folded(text)
    for at, form in enumerate(question.accepts):
        if folded(form) == wanted:
            return f"accepts.{at}"
    for at, slip in enumerate(question.wrong):
        if wanted in map(folded, slip.text):
            return f"wrong.{at}"
    return OTHER


def folded(text: str) -> str:
    """Words as they are compared: case, hyphens, blanks, an article in front and signs at the ends do not count."""
    plain = re.sub(r"[\s_\-–]+", " ", text.casefold()).strip(" .,;:!?\"'`()“”‘’")
    return re.sub(r"^(the|a|an) ", "", plain).replace(" ", "")
