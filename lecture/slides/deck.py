"""A deck: the sections of a part, or a deep dive, as slides in order. Nothing is written twice.

A slide is a `/// slide` of a section, an opener, a question that makes a pause, the myths of a section, or a
vote. Badges and tools belong to the slide that stands before them. So do notes, or else to the myth or check that
stands before them, whose slide comes at the end of the section.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from lecture.brevity import brief
from lecture.course import links
from lecture.course.load import course
from lecture.course.model import Course, Part, Section
from lecture.course.source import Block, Node
from lecture.homes import Kind
from lecture.slides.writing import Halves, SlideWriter

Sort = Literal["part", "section", "slide", "ask", "myths", "vote", "picture"]
STEP = re.compile(r'data-(step|until)="(\d+)"')
UNTIL = re.compile(r'data-until="(\d+)"')
EMPTY = SafeString("")
LEAD = 28  # words of a lead on the opener of its section
WORD = re.compile(r"\w+(?:[.,/’'-]\w+)*")


@dataclass(frozen=True)
class Live:
    """A tool that can be opened over the slide, in the state that the text names."""

    title: str
    address: str


@dataclass
class Slide:
    """One slide. `name` is its address in the deck, and stays when others come between."""

    name: str
    sort: Sort
    title: SafeString
    html: SafeString = EMPTY
    layout: str = "plain"
    section: Section | None = None
    anchor: str = ""  # the place in the section that it is about
    notes: list[SafeString] = field(default_factory=list)
    asked: list[Halves] = field(default_factory=list)  # of which the speaker has all
    homes: list[Kind] = field(default_factory=list)
    live: list[Live] = field(default_factory=list)
    minutes: int = 0
    figures: tuple[str, ...] = ()
    told: tuple[SafeString, ...] = ()  # what is said step by step, for paper, where all of it is there at once
    blank: SafeString = EMPTY  # a question without its answer, for paper

    @property
    def steps(self) -> int:
        """How many clicks it takes until all of it is shown."""
        return max((int(number) for kind, number in STEP.findall(self.html) if kind == "step"), default=0)

    def at(self, step: int) -> SafeString:
        """Its body with what comes after `step`, or is over by then, not shown."""

        def mark(found: re.Match[str]) -> str:
            off = int(found[2]) > step if found[1] == "step" else int(found[2]) <= step
            return f"{found[0]} data-off" if off else found[0]

        return SafeString(STEP.sub(mark, self.html))

    @property
    def words(self) -> int:
        """The words beside the title and outside drawings."""
        text = re.sub(r"<(svg|script)\b.*?</\1>", " ", self.html, flags=re.S)
        return len(WORD.findall(strip_tags(text)))

    @property
    def plain_title(self) -> str:
        """The title without marks."""
        return strip_tags(self.title)

    @property
    def read(self) -> str:
        """Where it can be read."""
        if self.section is None:
            return ""
        return self.section.address + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Deck:
    """The slides of a part or of a deep dive."""

    slug: str
    title: str
    address: str  # of what it presents
    slides: tuple[Slide, ...]
    part: Part | None = None

    @property
    def names(self) -> dict[str, int]:
        """The number of each slide, from 1, by its name."""
        return {slide.name: at for at, slide in enumerate(self.slides, 1)}

    @property
    def minutes(self) -> int:
        """What is planned for it."""
        return sum(slide.minutes for slide in self.slides)

    def nearest(self, name: str) -> Slide:
        """The first slide of the section that a vanished name belonged to, else the first of all."""
        section = name.partition(".")[0]
        return next((slide for slide in self.slides if slide.name == section), self.slides[0])


@cache
def decks() -> dict[str, Deck]:
    """Every deck of the course that is served, parts first."""
    return {deck.slug: deck for deck in decks_of(course())}


def unwritten() -> list[Part]:
    """The parts that have no deck: none of their sections is written."""
    return [part for part in course().parts if not part.sections]


def beyond(deck: Deck, way: Literal[1, -1]) -> Deck | None:
    """The part after a part, or the one before; None at the ends of the lecture, and for a deep dive."""
    parts = [other for other in decks().values() if other.part]
    at = parts.index(deck) + way if deck.part else -1
    return parts[at] if 0 <= at < len(parts) else None


def decks_of(some: Course) -> Iterator[Deck]:
    """The decks of a course."""
    for part in some.parts:
        if part.sections:
            yield Deck(part.info.slug, part.info.title, part.address, tuple(_of_part(some, part)), part)
    for leaf in some.deep_dives:
        yield Deck(leaf.slug, leaf.short, leaf.address, tuple(_of_section(some, leaf)))


def _of_part(some: Course, part: Part) -> Iterator[Slide]:
    writer = SlideWriter(some, part.sections[0], "slide")
    title = writer.inline(part.info.title)
    html = writer.render("part", part=part, sections=part.sections)
    yield Slide("opening", "part", title, html, "opener")
    for section in part.sections:
        yield from _of_section(some, section)


def _of_section(some: Course, section: Section) -> list[Slide]:
    """Its opener, its slides and pauses in the order of the text, its myths, one vote."""
    writer = SlideWriter(some, section, "slide")
    found, last = [_opener(writer, section)], _last(writer, section)
    said_to = found[0]
    for node in section.nodes:
        if not isinstance(node, Block):
            continue
        if node.kind in last:
            said_to = last[node.kind]
        elif made := _slide(writer, section, node):
            found.append(made)
            said_to = made
        else:
            _attach(writer, said_to if node.kind == "notes" else found[-1], node, some)
    return [*found, *last.values()]


def _last(writer: SlideWriter, section: Section) -> dict[str, Slide]:
    """The slides at its end, by the kind of block that they are made of: all myths, and the first question."""
    made = {}
    if myths := [node for node in section.nodes if isinstance(node, Block) and node.kind == "myth"]:
        made["myth"] = _myths(writer, section, myths)
    if check := next((node for node in section.nodes if isinstance(node, Block) and node.kind == "check"), None):
        made["check"] = _vote(writer, section, check.argument)
    return made


def _opener(writer: SlideWriter, section: Section) -> Slide:
    html = writer.render("section", section=section, lead=brief(writer.inline(section.front.lead), LEAD))
    minutes = section.front.minutes
    return Slide(section.slug, "section", writer.inline(section.front.title), html, "opener", section, minutes=minutes)


def _slide(writer: SlideWriter, section: Section, node: Block) -> Slide | None:
    """What a block is as a slide of its own; None for what belongs to the one before."""
    if node.kind == "slide":
        name = node.options["name"]
        layout = node.options.get("layout", "plain")
        body, figures = writer.body(node.body, name), _figures(node.body)
        title = writer.inline(node.argument)
        made = Slide(f"{section.slug}.{name}", "slide", title, body, layout, section, name, figures=figures)
        made.told = tuple(writer.told)
        return made
    if node.kind == "ask":
        halves = writer.halves(node)
        body = writer.render("ask", halves=halves)
        title = SafeString("Think first")
        made = Slide(f"{section.slug}.{node.argument}", "ask", title, body, "pause", section, node.argument)
        made.asked.append(halves)
        return made
    if node.kind == "figure":
        body = writer.body((node,), node.argument)
        title = writer.inline(section.short)
        name = f"{section.slug}.{node.argument}"
        return Slide(name, "picture", title, body, "picture", section, figures=(node.argument,))
    return None


def _attach(writer: SlideWriter, slide: Slide, node: Block, some: Course) -> None:
    """Notes, a badge or a tool, for the slide before."""
    if node.kind == "notes":
        slide.notes.append(writer.notes(node.body, f"{slide.anchor}-notes"))
    elif node.kind == "house":
        slide.homes.append(node.argument)  # type: ignore[arg-type] # the block's own rule holds it to the four
    elif node.kind == "try":
        tool = next(tool for tool in some.info.tool if tool.name == node.argument)
        if links.there(tool):
            slide.live.append(Live(node.options["title"], writer.state(tool, node)))


def _myths(writer: SlideWriter, section: Section, myths: list[Block]) -> Slide:
    both = [writer.halves(myth) for myth in myths]
    body = writer.render("myths", myths=both)
    title = SafeString("You may have heard")
    made = Slide(f"{section.slug}.myths", "myths", title, body, "myths", section, myths[0].argument)
    made.asked.extend(both)
    return made


def _vote(writer: SlideWriter, section: Section, id: str) -> Slide:
    body, blank, solved = (
        writer.render("vote", address=f"/quizzes/questions/{id}/{how}/") for how in ("vote", "blank", "print")
    )
    made = Slide(f"{section.slug}.vote", "vote", SafeString("Hands up"), body, "vote", section, "check", blank=blank)
    made.asked.append(Halves(EMPTY, solved, EMPTY))
    return made


def _figures(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The drawings in a slide."""
    blocks = [node for node in nodes if isinstance(node, Block)]
    own = tuple(block.argument for block in blocks if block.kind == "figure")
    return own + tuple(name for block in blocks for name in _figures(block.body))
