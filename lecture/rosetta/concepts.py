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


class Concept(Strict):
    """One idea, four names."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    category: Category
    home: Kind | None = Field(None, description="where the AWS service lives")
    what: str = Field(description="one sentence on what it is")
    aws: str
    gcp: str
    azure: str
    local: str
    aliases: tuple[str, ...] = ()
    lecture: bool = Field(False, description="a row of the lecture's own table")
    note: str = ""


class Rosetta(Strict):
    """content/rosetta.toml."""

    as_of: date
    concept: tuple[Concept, ...]

    @model_validator(mode="after")
    def _ids(self) -> "Rosetta":
        ids = [concept.id for concept in self.concept]
        for at, id in enumerate(ids):
            if id in ids[:at]:
                raise Misplaced(f"the id {id} stands twice", "concept", at, "id")
        return self


def read(root: Path) -> Rosetta:
    """content/rosetta.toml; raises ContentError."""
    return read_toml(root / "rosetta.toml", root, Rosetta)


@cache
def rosetta() -> Rosetta:
    """The concepts of the course that is served."""
    return read(settings.COURSE_CONTENT)
