"""The four homes: what each is called, and which cloud things live in it (content/homes.toml)."""

from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Misplaced, Strict, read_toml

Kind = Literal["parents", "empty", "furnished", "hotel"]
KINDS: tuple[Kind, ...] = ("parents", "empty", "furnished", "hotel")


class Home(Strict):
    """One home on the street."""

    kind: Kind
    name: str = Field(description="as on the badge")
    meaning: str = Field(description="the cloud word, such as IaaS: EC2")
    line: str = Field(description="one sentence under the drawing; backticks for code")
    tap: str = Field(description="who fixes the tap?")
    section: str = Field("", description="the section that the badge leads to")


class Homes(Strict):
    """content/homes.toml."""

    home: tuple[Home, ...] = Field(min_length=4, max_length=4)
    lives: dict[str, Kind] = Field(default={}, description="a thing, and the home of whoever rents it")

    @model_validator(mode="after")
    def _each_once(self) -> "Homes":
        kinds = [home.kind for home in self.home]
        for at, kind in enumerate(kinds):
            if kind in kinds[:at]:
                raise Misplaced("each of the four kinds stands once", "home", at, "kind")
        return self

    def of(self, kind: str) -> Home:
        """The home of that kind; raises KeyError."""
        return {home.kind: home for home in self.home}[kind]  # type: ignore[index]


def read(root: Path) -> Homes:
    """homes.toml of the course in `root`, else ours without its links; raises ContentError."""
    if (root / "homes.toml").exists():
        return read_toml(root / "homes.toml", root, Homes)
    ours = settings.BASE_DIR / "content"
    found = read_toml(ours / "homes.toml", ours, Homes)
    return found.model_copy(update={"home": tuple(h.model_copy(update={"section": ""}) for h in found.home)})


@cache
def homes() -> Homes:
    """The homes of the course that is served."""
    return read(settings.COURSE_CONTENT)
