"""Every name by which a concept can be looked up, and what remains of it when one types in a hurry."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lecture.rosetta.cells import pieces
from lecture.rosetta.concepts import Concept, Provider

Column = Literal["aws", "gcp", "azure", "local"]
COLUMNS: dict[Column, str] = {"aws": "AWS", "gcp": "Google Cloud", "azure": "Azure", "local": "At home"}
PROVIDERS: tuple[Provider, ...] = ("aws", "gcp", "azure")
Kind = Literal["service", "concept", "former", "alias", "local", "word", "aside"]
# which counts first where several are equally near
KINDS: tuple[Kind, ...] = ("service", "concept", "former", "alias", "local", "word", "aside")
# what a question has and a name can do without: whose it is, and how one asks
QUESTION = """
    a alternative amazon an aws azure called cloud equivalent for gcp google in is like microsoft my of on the to
    version vs what
"""
FILLER = frozenset(QUESTION.split())


@dataclass(frozen=True)
class Spelling:
    """A text as it is compared: its words, and both run together, with and without what says little."""

    words: tuple[str, ...]

    @cached_property
    def whole(self) -> str:
        """All of it, so that AppRunner is App Runner."""
        return "".join(self.words)

    @cached_property
    def core(self) -> tuple[str, ...]:
        """Without fillers, unless it has nothing else."""
        return tuple(word for word in self.words if word not in FILLER) or self.words

    @cached_property
    def bare(self) -> str:
        """The core, run together."""
        return "".join(self.core)


def spelling(text: str) -> Spelling:
    """The words of a text: lower case, no accents, no signs."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return Spelling(tuple(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))))


@dataclass(frozen=True)
class Name:
    """One name of one concept: what kind of name, whose, and how far back it stands in its cell."""

    text: str
    kind: Kind
    column: Column | None = None
    place: int = 0

    @cached_property
    def spelling(self) -> Spelling:
        """As it is compared."""
        return spelling(self.text)


def names(concept: Concept) -> Iterator[Name]:
    """Every name of a concept."""
    yield from (
        Name(part.strip(), "concept") for part in (concept.name, *re.split(r"\s/\s|[()]", concept.name)) if part
    )
    for column in COLUMNS:
        yield from _of_cell(getattr(concept, column), column)
    for former in concept.former:
        yield from (Name(name, "former", former.provider) for name in (former.name, *former.also))
    yield from (Name(alias, "alias") for alias in concept.aliases)
    yield from (Name(word, "word") for word in concept.words)


def _of_cell(cell: str, column: Column) -> Iterator[Name]:
    for place, piece in enumerate(pieces(cell)):
        kind: Kind = "local" if column == "local" else "service"
        yield from (Name(name, kind, column, place) for name in piece.names)
        if piece.aside and piece.aside not in piece.names:
            yield Name(piece.aside, "aside", column, place)
