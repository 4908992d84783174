"""Rows of concepts as a page shows them: which are meant, in which order, and which cell answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from lecture.rosetta.asking import CATEGORIES, Asked
from lecture.rosetta.cells import Piece, pieces
from lecture.rosetta.concepts import Concept, Former, Rosetta
from lecture.rosetta.looking import Hit, Stone
from lecture.rosetta.names import COLUMNS, Column, spelling


@dataclass(frozen=True, slots=True)
class Cell:
    """What one provider calls it; lit where that is the name that was looked up."""

    column: Column
    title: str
    pieces: tuple[Piece, ...]
    docs: str = ""
    lit: bool = False
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A concept with its cells in order, and how it was found, if it was looked up."""

    concept: Concept
    cells: tuple[Cell, ...]
    hit: Hit | None = None

    @property
    def category(self) -> str:
        """As a heading has it."""
        return CATEGORIES[self.concept.category]

    @property
    def found_as(self) -> Former | None:
        """The former name that led here."""
        if not self.hit:
            return None
        typed = self.hit.name.spelling.whole
        return next((former for former in self.concept.former if typed in _spellings(former)), None)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a look-up: rows in groups, each with its heading."""

    asked: Asked
    groups: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in order."""
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def guessed(self) -> bool:
        """Whether nothing is called so, and the rows are only near."""
        return any(row.hit and row.hit.grade == "near" for row in self.rows)

    @property
    def best(self) -> Row | None:
        """The row that a query means, to be shown large."""
        return self.rows[0] if self.asked.query and self.rows else None

    @property
    def others(self) -> tuple[Row, ...]:
        """What else may be meant."""
        return self.rows[1:] if self.best else self.rows


def find(asked: Asked, stone: Stone) -> Found:
    """The rows that are asked for: of a query the best first, else the lecture's and then the rest by category."""
    if asked.query:
        hits = [hit for hit in stone.look_up(asked.query) if _meant(hit.concept, asked)]
        return Found(asked, (("", tuple(row(hit.concept, asked, hit) for hit in hits)),))
    meant = [row(concept, asked) for concept in stone.concepts if _meant(concept, asked)]
    return Found(asked, tuple(_groups(meant)))


def _meant(concept: Concept, asked: Asked) -> bool:
    return (not asked.category or concept.category == asked.category) and (not asked.lecture or concept.lecture)


def _groups(rows: list[Row]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The lecture's own rows, then each category."""
    lecture = tuple(row for row in rows if row.concept.lecture)
    if lecture:
        yield "In the lecture’s table", lecture
    for category, title in CATEGORIES.items():
        rest = tuple(row for row in rows if row.concept.category == category and not row.concept.lecture)
        if rest:
            yield title, rest


def row(concept: Concept, asked: Asked, hit: Hit | None = None) -> Row:
    """One concept, its cells in the order that was asked for."""
    lit = hit.name.column if hit else None
    return Row(concept, tuple(_cell(concept, column, lit, asked.wanted) for column in asked.columns), hit)


def _cell(concept: Concept, column: Column, lit: Column | None, wanted: Column | None) -> Cell:
    docs = "" if column == "local" else getattr(concept.docs, column)
    cell = getattr(concept, column)
    return Cell(column, COLUMNS[column], tuple(pieces(cell)), docs, column == lit, column == wanted)


def counts(sheet: Rosetta) -> dict[str, int]:
    """How many concepts each category has."""
    every = [concept.category for concept in sheet.concept]
    return {category: every.count(category) for category in CATEGORIES}


def heard(concept: Concept) -> list[str]:
    """Its other names, without the old ones, which are told with their fate."""
    old = {spelt for former in concept.former for spelt in _spellings(former)}
    return [alias for alias in concept.aliases if spelling(alias).whole not in old]


def _spellings(former: Former) -> set[str]:
    return {spelling(name).whole for name in (former.name, *former.also)}
