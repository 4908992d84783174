"""What people believe who answer wrongly (content/misconceptions.toml)."""

from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Misplaced, Strict, read_toml

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Misconception(Strict):
    """One belief, and what is so."""

    id: str = Field(pattern=ID)
    believed: str = Field(min_length=10, description="the belief, as somebody who holds it would say it")
    so: str = Field(min_length=10, description="what is so instead")
    tempting: str = Field(min_length=10, description="why a sensible person believes it")
    section: str = Field(description="the section that mends it, such as 3-core-services/4-networking#groups")


class MisconceptionTable(Strict):
    """content/misconceptions.toml."""

    misconception: tuple[Misconception, ...]

    @model_validator(mode="after")
    def _once(self) -> "MisconceptionTable":
        ids = [row.id for row in self.misconception]
        for at, id in enumerate(ids):
            if id in ids[:at]:
                raise Misplaced(f"the id {id} stands twice", "misconception", at, "id")
        return self


def read(root: Path) -> dict[str, Misconception]:
    """The misconceptions by their id, none where there is no file; raises ContentError."""
    path = root / "misconceptions.toml"
    if not path.exists():
        return {}
    return {row.id: row for row in read_toml(path, root, MisconceptionTable).misconception}


@cache
def misconceptions() -> dict[str, Misconception]:
    """The misconceptions of the course that is served."""
    return read(settings.COURSE_CONTENT)
