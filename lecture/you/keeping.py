"""The file that a learner takes along: what is in it, and what is refused."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator

from lecture.uploads import LARGEST

FORMAT = "cloud-fundamentals-learner"
VERSION = 1


class Refused(Exception):  # noqa: N818 - what the visitor is told, not a fault
    """The file is not taken; says why and what to do."""


class Read(BaseModel):
    """A section that was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    section: str = Field(max_length=200, pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    read_at: AwareDatetime
    taken_back: bool = False

    @field_validator("read_at")
    @classmethod
    def _in_a_calendar(cls, value: datetime) -> datetime:
        """Years that every database holds, in every zone."""
        if not 1970 <= value.year < 9000:
            raise ValueError("no such day")
        return value


class Kept(BaseModel):
    """Everything that is kept about a learner."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["cloud-fundamentals-learner"] = "cloud-fundamentals-learner"
    version: int = Field(VERSION, ge=1)
    exported_at: AwareDatetime
    read: tuple[Read, ...] = Field((), max_length=5000)


def write(readings: list[tuple[str, datetime, bool]], now: datetime) -> str:
    """The file, as indented JSON; each reading is section, time, and whether it was taken back."""
    rows = tuple(Read(section=section, read_at=at, taken_back=back) for section, at, back in readings)
    return Kept(exported_at=now, read=rows).model_dump_json(indent=2) + "\n"


def parse(data: bytes) -> Kept:
    """What a file holds; raises Refused with a reason."""
    if len(data) > LARGEST:
        raise Refused("The file is larger than 1 MB. An export of this site is far smaller.")
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
