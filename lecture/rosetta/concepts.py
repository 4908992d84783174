"""The concepts and what each provider calls them (content/rosetta.toml)."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Misplaced, Strict, read_toml
from lecture.homes import Kind

Category = Literal["compute", "database", "storage", "network", "identity", "operations"]
Provider = Literal["aws", "gcp", "azure"]
Fate = Literal["renamed", "replaced", "closed", "ended"]
HTTPS = r"^(https://\S+)?$"


class Docs(Strict):
    """Where each provider documents its own service; empty where nobody has found the address."""

    aws: str = Field("", pattern=HTTPS)
    gcp: str = Field("", pattern=HTTPS)
    azure: str = Field("", pattern=HTTPS)


class Former(Strict):
    """A nameplate that hangs no longer, and what hangs there now."""

    name: str = Field(min_length=1, description="what tutorials still say")
    also: tuple[str, ...] = Field((), description="other spellings of it, such as GCR")
    provider: Provider
    now: str = Field(min_length=1, description="what to look for")
    fate: Fate = Field("renamed", description="renamed, replaced, closed to new customers, or ended")
    since: str = Field("", description="2023, or August 2024; empty where no source has the day")


class Concept(Strict):
    """One idea, four names."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    category: Category
    home: Kind | None = Field(None, description="where the AWS service lives")
    what: str = Field(description="one sentence on what it is")
    differ: str = Field("", description="one or two sentences: where the three differ in a way that bites")
    aws: str
    gcp: str
    azure: str
    local: str
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = Field((), description="what people type for it; never shown")
    former: tuple[Former, ...] = ()
    docs: Docs = Docs()
    lecture: bool = Field(False, description="a row of the lecture's own table")
    note: str = ""
    see: tuple[str, ...] = Field((), description="ids of neighbours")
    terms: tuple[str, ...] = Field((), description="ids of the glossary")
    sections: tuple[str, ...] = Field((), description="where the course explains it, such as 2-the-map/2-rosetta-stone")
    as_of: date | None = Field(None, description="the day on which the row was read; else that of the sheet")
    source: str = Field("", description="who says so; else that of the sheet")


class Rosetta(Strict):
    """content/rosetta.toml."""

    as_of: date
    months: int = Field(12, ge=1, le=120, description="shelf life of a row")
    source: str = ""
    concept: tuple[Concept, ...]

    @model_validator(mode="after")
    def _ids(self) -> "Rosetta":
        ids = [concept.id for concept in self.concept]
        for at, concept in enumerate(self.concept):
            if concept.id in ids[:at]:
                raise Misplaced(f"the id {concept.id} stands twice", "concept", at, "id")
            for number, other in enumerate(concept.see):
                if other not in ids or other == concept.id:
                    raise Misplaced(f"{other} is no other concept", "concept", at, "see", number)
        return self

    def get(self, id: str) -> Concept:
        """The concept of that id; raises LookupError."""
        for concept in self.concept:
            if concept.id == id:
                return concept
        raise LookupError(id)

    def read_on(self, concept: Concept) -> date:
        """The day on which a row was read."""
        return concept.as_of or self.as_of


def read(root: Path) -> Rosetta:
    """content/rosetta.toml; raises ContentError."""
    return read_toml(root / "rosetta.toml", root, Rosetta)


@cache
def rosetta() -> Rosetta:
    """The concepts of the course that is served."""
    return read(settings.COURSE_CONTENT)
