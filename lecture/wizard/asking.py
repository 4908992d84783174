"""The answers and the address are the same thing: read from its fields, written into a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from lecture.wizard.flow import UNSURE, Answers, Flow, Question

PAGE, RECORD = "/wizard/", "/wizard/record.md"
SHOWN = 60  # characters of a wrong value that are repeated
Fields = Mapping[str, list[str]]  # every value of each field of the address


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that the wizard does not know: what was said, and what comes near it."""

    field: str
    said: str
    near: tuple[str, ...]
    question: Question | None = None  # of which it was to be an answer


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says."""

    answers: dict[str, str]
    ask: Question | None  # the question to show, though it may be answered
    preset: str
    refused: tuple[Refused, ...]


def asked(flow: Flow, fields: Fields) -> Asked:
    """Read an address: unknown fields are ignored, unknown values refused, the last of several counts."""
    answers, refused = {}, []
    for question in flow.question:
        known = [*(answer.id for answer in question.answer), UNSURE]
        said = _last(fields, question.id)
        if said in known:
            answers[question.id] = said
        elif said:
            refused.append(_refused(question.id, said, known, question))
    for field, known in (("ask", list(flow.questions)), ("preset", list(flow.presets))):
        said = _last(fields, field)
        if said and said not in known:
            refused.append(_refused(field, said, known))
    ask = flow.questions.get(_last(fields, "ask"))
    preset = _last(fields, "preset")
    return Asked(answers, ask, preset if preset in flow.presets else "", tuple(refused))


def address(flow: Flow, answers: Answers, ask: str = "", page: str = PAGE) -> str:
    """The address of these answers, in the order of the questions; `ask` shows one of them again."""
    fields = [(id, answers[id]) for id in flow.questions if id in answers] + [("ask", ask)] * bool(ask)
    return f"{page}?{urlencode(fields)}" if fields else page


def _last(fields: Fields, name: str) -> str:
    return (fields.get(name) or [""])[-1].replace("\0", "").strip()


def _refused(field: str, said: str, known: list[str], question: Question | None = None) -> Refused:
    near = get_close_matches(said[:SHOWN].lower(), known, 2, 0.5)
    return Refused(field, said if len(said) <= SHOWN else f"{said[:SHOWN]}…", tuple(near or known), question)
