"""Findings as the page tells them: those of one file, and all that there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lecture.course.links import place
from lecture.course.load import course
from lecture.translator.blueprint import Finding, Severity
from lecture.translator.findings_table import WORD, FindingRow, table

SEVERITIES: dict[Severity, str] = {"danger": "Danger", "warning": "Warning", "info": "Hint"}


@dataclass(frozen=True, slots=True)
class Remark:
    """Findings of one kind with one mend."""

    severity: Severity
    word: str
    id: str
    found: tuple[Finding, ...]
    fix: str
    to: str  # the section that explains it


def remarks(findings: tuple[Finding, ...]) -> Iterator[Remark]:
    """The findings in their order; those of one kind with one mend stand together."""
    for (severity, id, fix), found in groupby(findings, key=lambda one: (one.severity, one.id, one.fix)):
        yield Remark(severity, SEVERITIES[severity], id, tuple(found), fix, _address(table().by_id[id].section))


@dataclass(frozen=True, slots=True)
class Documented:
    """A kind of finding as its page tells it; the words that are filled in stand as code."""

    id: str
    title: str
    message: str
    fix: str
    to: str


def documented() -> list[tuple[str, list[Documented]]]:
    """Every kind of finding by its severity."""
    return [
        (word, [_documented(row) for row in table().finding if row.severity == severity])
        for severity, word in SEVERITIES.items()
    ]


def _documented(row: FindingRow) -> Documented:
    message, fix = (WORD.sub(r"`\1`", text) for text in (row.message, row.fix))
    return Documented(row.id, row.title, message, fix, _address(row.section))


def _address(section: str) -> str:
    """Where a section of the course is read; "" where this course has none of that name."""
    try:
        return place(course(), section).address
    except LookupError:
        return ""
