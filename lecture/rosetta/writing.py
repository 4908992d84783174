"""The table to take along: as CSV and as Markdown."""

import csv
import io
from collections.abc import Iterable

from lecture.rosetta.asking import CATEGORIES, Asked
from lecture.rosetta.concepts import Concept, Former, Rosetta
from lecture.rosetta.names import COLUMNS, PROVIDERS

HAPPENED = {"renamed": "renamed", "replaced": "replaced", "closed": "closed to new customers", "ended": "ended"}


def as_csv(concepts: Iterable[Concept], asked: Asked, sheet: Rosetta) -> str:
    """Comma-separated values (RFC 4180), the columns in the order that was asked for."""
    out = io.StringIO()
    writer = csv.writer(out)
    titles = [COLUMNS[column] for column in asked.columns]
    documents = [f"{COLUMNS[provider]} documentation" for provider in PROVIDERS]
    more = ["Former names", "What it is", "Where they differ", "Note", *documents, "As of", "Source"]
    writer.writerow(["Concept", "Category", "In the lecture", *titles, *more])
    for concept in concepts:
        writer.writerow(_row(concept, asked, sheet))
    return out.getvalue()


def _row(concept: Concept, asked: Asked, sheet: Rosetta) -> list[str]:
    cells = [getattr(concept, column) for column in asked.columns]
    docs = [getattr(concept.docs, provider) for provider in PROVIDERS]
    former = "; ".join(_former(former) for former in concept.former)
    about = [concept.what, concept.differ, concept.note]
    read = [sheet.read_on(concept).isoformat(), concept.source or sheet.source]
    lecture = "yes" if concept.lecture else "no"
    return [concept.name, CATEGORIES[concept.category], lecture, *cells, former, *about, *docs, *read]


def _former(former: Former) -> str:
    since = f" {former.since}" if former.since else ""
    return f"{former.name} ({HAPPENED[former.fate]}{since}; now {former.now})"


def as_markdown(concepts: Iterable[Concept], asked: Asked, sheet: Rosetta) -> str:
    """A table that a README shows, with the day on which it was true."""
    head = ["Concept", *(COLUMNS[column] for column in asked.columns)]
    rows = [[concept.name, *(getattr(concept, column) for column in asked.columns)] for concept in concepts]
    lines = [_line(head), _line(["---"] * len(head)), *map(_line, rows)]
    return "\n".join([*lines, "", f"Names as of {sheet.as_of:%-d %B %Y}.", ""])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
