"""The file that a learner takes along: what is in it, and what is refused.

Version 1 held what was read. Version 2 adds settings, attempts, answers and cards, and writes one row a line.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date
from hashlib import blake2b
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

FORMAT = "cloud-fundamentals-learner"
VERSION = 2
LARGEST = 10_000_000  # bytes: 25,000 answers and all that belongs to them

Id = Annotated[str, Field(max_length=120, pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]  # of a question
Belief = Annotated[str, Field(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,16}$")]  # of an attempt
Seed = Annotated[int, Field(ge=0, lt=2**31)]
Letter = Annotated[str, Field(pattern=r"^[a-z]$")]
Said = Annotated[str, Field(pattern=r"^[A-Za-z0-9.+-]{1,220}$")]  # an option, a line, a number: never words
Given = (
    Said
    | Annotated[list[Letter], Field(min_length=1, max_length=8)]
    | Annotated[dict[Letter, Annotated[str, Field(pattern=r"^[0-9]{1,2}$")]], Field(min_length=1, max_length=8)]
)
ONCE = (  # a self-check, a place in a quiz, a card here, a card elsewhere: see quizzes/records.py and records.py
    r"^(c:[A-Za-z0-9_-]{8,40}|q:[A-Za-z0-9_-]{1,16}:[1-9][0-9]{0,2}|r:[0-9]{1,18}:[0-9]{1,9}|i:[0-9a-f]{24})$"
)
SOURCES = {"c": "check", "q": "quiz", "r": "review", "i": "review"}


class Refused(Exception):  # noqa: N818 - what the visitor is told, not a fault
    """The file is not taken; says why and what to do."""


class Row(BaseModel):
    """One row of a list in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    @field_validator("read_at", "begun_at", "answered_at", "last", "due", check_fields=False)
    @classmethod
    def _in_a_calendar(cls, value: date) -> date:
        """Years that every database holds, in every zone."""
        if not 1970 <= value.year < 9000:
            raise ValueError("no such day")
        return value


class Read(Row):
    """A section that was read."""

    section: str = Field(max_length=200, pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    read_at: AwareDatetime
    taken_back: bool = False


class Settings(Row):
    """What a learner chose: see /review/."""

    zone: str = Field("", max_length=64, pattern=r"^[A-Za-z0-9_+/-]*$")
    retention: Literal[80, 85, 90, 95] = 90
    daily: Literal[5, 10, 20, 40, 80] = 20


class Attempt(Row):
    """A quiz that was begun."""

    key: Key
    quiz: str = Field(max_length=100, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    seed: Seed
    questions: tuple[Id, ...] = Field(min_length=1, max_length=100)
    begun_at: AwareDatetime


class Answer(Row):
    """An answer to a question; `attempt` is the key of the quiz that it belongs to."""

    attempt: Key | None = None
    once: str = Field(pattern=ONCE)
    source: Literal["check", "quiz", "review"]
    question: Id
    seed: Seed
    given: Given
    right: bool
    certainty: Literal[0, 1, 2, 3] = 0
    misconceptions: tuple[Belief, ...] = Field((), max_length=20)
    recalled: bool | None = None
    answered_at: AwareDatetime

    @model_validator(mode="after")
    def _of_its_source(self) -> "Answer":
        kind, _, rest = self.once.partition(":")
        attempt = rest.rpartition(":")[0] if kind == "q" else None
        if SOURCES[kind] != self.source or attempt != self.attempt:
            raise ValueError("this is not how an answer of this source is named")
        return self


class Card(Row):
    """When a question comes back."""

    question: Id
    stability: float = Field(gt=0, le=100_000)
    difficulty: float = Field(ge=1, le=10)
    last: date
    due: date
    urgent: bool = False
    reviews: int = Field(1, ge=1, lt=2**31)


class Kept(BaseModel):
    """Everything that is kept about a learner."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    lists: ClassVar = ("read", "attempts", "answers", "cards")

    format: Literal["cloud-fundamentals-learner"] = "cloud-fundamentals-learner"
    version: int = Field(VERSION, ge=1)
    exported_at: AwareDatetime
    settings: Settings = Settings()
    read: tuple[Read, ...] = Field((), max_length=5000)
    attempts: tuple[Attempt, ...] = Field((), max_length=5000)
    answers: tuple[Answer, ...] = Field((), max_length=25_000)
    cards: tuple[Card, ...] = Field((), max_length=10_000)

    @field_validator("answers")
    @classmethod
    def _in_attempts(cls, value: tuple[Answer, ...], info: ValidationInfo) -> tuple[Answer, ...]:
        """An answer of a quiz belongs to an attempt of the file, and to a place that it has."""
        known = {taken.key: taken.questions for taken in info.data.get("attempts", ())}
        for answer in value:
            place = int(answer.once.rpartition(":")[2]) if answer.attempt else 1
            questions = known.get(answer.attempt, ()) if answer.attempt else (answer.question,)
            if answer.question not in questions[place - 1 : place]:
                raise ValueError("an answer belongs to no attempt")
        return value


def write(kept: Kept) -> str:
    """The file: JSON with one row a line."""
    head = kept.model_dump(mode="json", include={"format", "version", "exported_at"})
    parts = [f'"{name}": {json.dumps(value)}' for name, value in head.items()]
    parts.append(f'"settings": {kept.settings.model_dump_json()}')
    parts += [f'"{name}": {_rows(getattr(kept, name))}' for name in Kept.lists]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows(rows: Sequence[Row]) -> str:
    return "[\n" + ",\n".join(row.model_dump_json() for row in rows) + "\n]" if rows else "[]"


def parse(data: bytes) -> Kept:
    """What a file holds; raises Refused with a reason."""
    if len(data) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // 10**6} MB. An export of this site is far smaller.")
    try:
        kept = Kept.model_validate_json(data)
    except ValidationError as error:
        raise Refused(_reason(data, error)) from None
    if kept.version > VERSION:
        raise Refused(_future(kept.version))
    return kept


def _reason(data: bytes, error: ValidationError) -> str:
    """Why a file is not ours, in the order in which a person would look."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return "This is not a JSON file. Choose the file that “Download” on this page made."
    version = _version(data)
    if version > VERSION:
        return _future(version)
    where = ".".join(map(str, first["loc"]))[:80] or "the file"
    return f"This is not an export of this course: {where} is not as it should be."


def _version(data: bytes) -> int:
    class Head(BaseModel):
        format: Literal["cloud-fundamentals-learner"]
        version: int

    try:
        return Head.model_validate_json(data).version
    except ValidationError:
        return 0


def _future(version: int) -> str:
    mend = "Import it where it was made, or once this site is upgraded."
    return f"This file has version {version}; this site reads up to {VERSION}. {mend}"


def abroad(answer: Answer) -> str:
    """What names an answer that was given elsewhere: a card there has another number than its like here."""
    if answer.source != "review" or answer.once.startswith("i:"):
        return answer.once
    moment = f"{answer.question} {answer.answered_at.astimezone(UTC).isoformat()}"
    return f"i:{blake2b(moment.encode(), digest_size=12).hexdigest()}"
