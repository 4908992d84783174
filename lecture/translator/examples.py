"""The examples in the translator's menu (content/translator.toml)."""

from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Strict, read_text, read_toml


class Example(Strict):
    """One compose file to look at first."""

    id: str = Field(pattern=r"^[a-z0-9-]+$", description="its address: ?example=id")
    title: str
    line: str = Field(description="one sentence")
    file: str = Field(pattern=r"^(compose|translator)/[a-z0-9-]+\.ya?ml$", description="a compose file of content/")


class Examples(Strict):
    """content/translator.toml."""

    example: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids(self) -> "Examples":
        ids = [example.id for example in self.example]
        double = {i for i in ids if ids.count(i) > 1}
        if double:
            raise ValueError(f"the id {min(double)} stands twice")
        return self


def read(root: Path) -> dict[str, tuple[Example, str]]:
    """Each example and its text by its id, in the order of the menu; raises ContentError where a file is missing."""
    listed = read_toml(root / "translator.toml", root, Examples)
    return {one.id: (one, read_text(root / one.file, root)) for one in listed.example}


@cache
def examples() -> dict[str, tuple[Example, str]]:
    """The examples of the course that is served."""
    return read(settings.COURSE_CONTENT)


def text(id: str) -> str:
    """The compose file of an example; raises LookupError for an unknown id."""
    return examples()[id][1]
