"""What the translator may remark about a file: its words, its weight, its mend (content/findings.toml)."""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Strict, read_toml
from lecture.translator.blueprint import Finding, Severity

WORD = re.compile(r"\{(\w+)\}")


class FindingRow(Strict):
    """One kind of remark."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    severity: Severity
    title: str = Field(min_length=3)
    message: str = Field(min_length=10, description="with {service} and other words to put in")
    fix: str = Field(min_length=10)
    section: str = Field(description="the section that explains it")

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that message and fix need."""
        return frozenset((*WORD.findall(self.message), *WORD.findall(self.fix)))

    @cached_property
    def templates(self) -> tuple[str, str]:
        """Message and fix with their words as % takes them."""
        message, fix = (WORD.sub(r"%(\1)s", text.replace("%", "%%")) for text in (self.message, self.fix))
        return message, fix

    def filled(self, words: Mapping[str, str]) -> tuple[str, str]:
        """Message and fix with these words; raises LookupError where one is missing."""
        message, fix = self.templates
        try:
            return message % words, fix % words
        except KeyError as missing:
            wanted = ", ".join(sorted(self.words - words.keys()))
            raise LookupError(f"{self.id} needs {wanted}") from missing


class FindingTable(Strict):
    """content/findings.toml."""

    finding: tuple[FindingRow, ...]

    @model_validator(mode="after")
    def _ids(self) -> "FindingTable":
        ids = [row.id for row in self.finding]
        double = {i for i in ids if ids.count(i) > 1}
        if double:
            raise ValueError(f"the id {min(double)} stands twice")
        return self

    @cached_property
    def by_id(self) -> dict[str, FindingRow]:
        """The rows by their id."""
        return {row.id: row for row in self.finding}


def read(root: Path) -> FindingTable:
    """content/findings.toml; raises ContentError."""
    return read_toml(root / "findings.toml", root, FindingTable)


@cache
def table() -> FindingTable:
    """The findings of the course that is served."""
    return read(settings.COURSE_CONTENT)


def finding(id: str, line: int, service: str = "", **words: object) -> Finding:
    """The remark `id` about a line, its words filled in; raises LookupError where a row or a word is missing."""
    row = table().by_id.get(id)
    if row is None:
        raise LookupError(f"findings.toml has no {id}")
    known = {word: str(value) for word, value in words.items()}
    if service:
        known["service"] = service
    return Finding(id, row.severity, line, *row.filled(known), service)
