"""What a course is: parts, sections, glossary, facts. Frozen, and read once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field

from lecture.authoring import Strict
from lecture.course.blocks import ICONS, SLUG
from lecture.course.source import Block, Heading, Nodes, walk
from lecture.homes import Kind


class Front(Strict):
    """The front matter of a section, a deep dive or a reference page."""

    title: str
    short: str = Field("", description="for navigation; else the title")
    lead: str = Field(description="the first paragraph, set large")
    description: str = Field(max_length=200, description="one sentence for lists and search engines")
    minutes: int = Field(0, ge=0, le=120, description="planned in the lecture; sections need it")
    objectives: tuple[str, ...] = Field((), description="what a reader can do afterwards")


class Coming(Strict):
    """A section that is planned and not written yet."""

    slug: str = Field(pattern=rf"^[1-9][0-9]?-{SLUG}$")
    title: str
    minutes: int = Field(ge=1, le=120)


class PartInfo(Strict):
    """[[part]] in course.toml."""

    slug: str = Field(pattern=rf"^[1-9][0-9]?-{SLUG}$")
    title: str
    summary: str
    minutes: int = Field(ge=1, le=600)
    coming: tuple[Coming, ...] = ()


class Tool(Strict):
    """[[tool]]: shown once something answers at its address."""

    name: str = Field(pattern=rf"^{SLUG}$")
    title: str
    text: str
    address: str = Field(pattern=r"^/.*/$")
    icon: str = Field(pattern=f"^({'|'.join(ICONS)})$")
    nav: bool = Field(False, description="in the line at the top of every page")
    section: str = Field("", description="the section that it belongs to, such as 2-the-map/2-rosetta-stone")


class Prior(Strict):
    """[[prior]]: something the students have met before, and what it becomes."""

    name: str
    met: str = Field(description="where they met it, such as Lecture 1")
    becomes: str


class CourseInfo(Strict):
    """content/course.toml."""

    title: str
    headline: str = Field(description="the first line of the home page")
    lead: str
    description: str = Field(max_length=200)
    report: str = Field("", description="where mistakes go: mailto:… or https://…; {page} and {address} are filled in")
    part: tuple[PartInfo, ...] = Field(min_length=1)
    tool: tuple[Tool, ...] = ()
    prior: tuple[Prior, ...] = ()
    known: tuple[str, ...] = Field((), description="abbreviations that readers bring along")
    synonyms: dict[str, tuple[str, ...]] = Field({}, description="what people type, and what the texts call it")


class Term(Strict):
    """[[term]] in glossary.toml."""

    id: str = Field(pattern=rf"^{SLUG}$")
    name: str
    short: str = ""
    forms: tuple[str, ...] = Field((), description="spellings whose first occurrence in a section is linked")
    definition: str
    home: Kind | None = None
    see: tuple[str, ...] = ()
    section: str = Field("", description="where it is explained, such as 3-core-services/4-networking#zones")


class Glossary(Strict):
    """content/glossary.toml."""

    term: tuple[Term, ...] = ()


class Fact(Strict):
    """[[fact]] in facts.toml: something that ages and is no price."""

    id: str = Field(pattern=r"^[a-z0-9.-]+$")
    text: str = Field(min_length=1)
    as_of: date
    months: int = Field(12, ge=1, le=120, description="shelf life")
    source: str = Field(min_length=1)


class Facts(Strict):
    """content/facts.toml."""

    fact: tuple[Fact, ...] = ()


CARD = "reference/card"
Shelf = Literal["parts", "deep-dives", "reference"]


def plain(text: str) -> str:
    """A title without the marks of Markdown, for where no HTML can stand."""
    return re.sub(r"[`*]", "", text)


@dataclass(frozen=True)
class Section:
    """One file of prose: a section of a part, a deep dive or a reference page."""

    shelf: Shelf
    part: PartInfo | None
    slug: str
    number: str
    front: Front
    nodes: Nodes
    file: str
    samples: dict[str, str]

    @property
    def key(self) -> str:
        """Its stable name in data: part/section, or shelf/slug."""
        return f"{self.part.slug if self.part else self.shelf}/{self.slug}"

    @property
    def address(self) -> str:
        """Where it is read; the reference card is a sheet of its own."""
        if self.key == CARD:
            return "/card/"
        return f"/{'parts/' if self.part else ''}{self.key}/"

    @property
    def short(self) -> str:
        """Its name in navigation."""
        return plain(self.front.short or self.front.title)

    @property
    def label(self) -> str:
        """Number and title."""
        return f"{self.number} {plain(self.front.title)}".strip()

    @cached_property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """(id, text) of each heading of the second level; a slide is one until the text has its first."""
        found, opened = [], False
        for node in self.nodes:
            if isinstance(node, Heading) and node.level == 2:
                opened = True
                found.append((node.id, node.text))
            elif isinstance(node, Block) and node.kind == "slide" and not opened:
                found.append((node.options["name"], node.argument))
        return tuple(found)

    def blocks(self, kind: str) -> Iterator[Block]:
        """Its blocks of one kind, in order."""
        return (n for n in walk(self.nodes) if isinstance(n, Block) and n.kind == kind)


@dataclass(frozen=True)
class Part:
    """A part of the lecture with the sections that are written."""

    info: PartInfo
    sections: tuple[Section, ...]
    start: int  # minutes from the beginning of the lecture

    @property
    def number(self) -> int:
        """From its slug."""
        return int(self.info.slug.split("-")[0])

    @property
    def address(self) -> str:
        """Where it is shown."""
        return f"/parts/{self.info.slug}/"

    @property
    def clock(self) -> tuple[tuple[Section | None, str, int, int], ...]:
        """(section or None, title, first minute, minutes) of each stone, coming ones last."""
        rows: list[tuple[Section | None, str, int, int]] = []
        at = self.start
        for section, title, minutes in (
            *((s, s.front.title, s.front.minutes) for s in self.sections),
            *((None, c.title, c.minutes) for c in self.info.coming),
        ):
            rows.append((section, title, at, minutes))
            at += minutes
        return tuple(rows)


@dataclass(frozen=True)
class Course:
    """Everything that an instructor wrote."""

    info: CourseInfo
    parts: tuple[Part, ...]
    deep_dives: tuple[Section, ...]
    reference: tuple[Section, ...]
    glossary: tuple[Term, ...]
    facts: dict[str, Fact]

    @property
    def minutes(self) -> int:
        """The whole lecture."""
        return sum(part.info.minutes for part in self.parts)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of all parts, in order."""
        return tuple(section for part in self.parts for section in part.sections)

    @cached_property
    def leaves(self) -> dict[str, Section]:
        """Every section, deep dive and reference page by its key."""
        return {leaf.key: leaf for leaf in (*self.sections, *self.deep_dives, *self.reference)}

    @cached_property
    def coming(self) -> dict[str, Coming]:
        """What is planned and not written yet, by the key that it will have."""
        return {f"{part.info.slug}/{c.slug}": c for part in self.parts for c in part.info.coming}

    def part(self, slug: str) -> Part:
        """The part of that slug; raises LookupError."""
        for part in self.parts:
            if part.info.slug == slug:
                return part
        raise LookupError(slug)

    def around(self, section: Section) -> tuple[Section | None, Section | None]:
        """The section before and the one after; a deep dive stands among deep dives."""
        row = {"parts": self.sections, "deep-dives": self.deep_dives, "reference": self.reference}[section.shelf]
        at = row.index(section)
        return (row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None)
