"""A section as HTML: each block through its template, in the text or in print."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe

from lecture.authoring import read_text
from lecture.costs.prices import PriceSheet, price_sheet
from lecture.course import links, prose
from lecture.course.code import highlight
from lecture.course.load import course
from lecture.course.macros import Cited, Sheet, expand, outside_code
from lecture.course.model import Course, Section
from lecture.course.source import Block, Code, Heading, Node, Nodes, Prose
from lecture.homes import homes

View = Literal["page", "print", "slide"]
UNIT = re.compile(r"(?<=\d) (?=(?:%|[kMGT]B\b|ms\b|GHz\b|vCPUs?\b))")
ID = re.compile(r"""(?<![\w-])id=["']([^"']+)["']""")
NAMED = re.compile(  # what gives an id, what names one, and the group of a radio button
    r"""((?<![\w-])(?:id|name|for|headers|list|aria-(?:labelledby|describedby|controls|owns|details))=["']"""
    r"""|href=["']#|url\(["']?#)([^"')]+)"""
)
GROUP = re.compile(r"""<input\b[^>]*\sname=["']([^"']+)["']""")


@dataclass(frozen=True)
class Rendered:
    """A section's text, and the figures that it cites."""

    html: SafeString
    lead: SafeString
    objectives: tuple[SafeString, ...]
    cited: tuple[Cited, ...]


def section(leaf: Section, view: View = "page") -> Rendered:
    """The text of `leaf` in the course that is served."""
    writer = Writer(course(), leaf, view)
    lead, objectives = writer.inline(leaf.front.lead), tuple(map(writer.inline, leaf.front.objectives))
    html = writer.html(leaf.nodes)
    return Rendered(html, lead, objectives, tuple(writer.cited))


def prefix(leaf: Section) -> str:
    """What goes before an id where many sections stand on one page."""
    shelf = {"parts": "s", "deep-dives": "d", "reference": "r"}[leaf.shelf]
    return f"{shelf}-{leaf.number.replace('.', '-') or leaf.slug}"


@cache
def prices() -> PriceSheet | None:
    """The sheet, where this course has one."""
    return price_sheet() if (settings.COURSE_CONTENT / "prices.toml").exists() else None


def figure(name: str) -> SafeString:
    """A drawing: the instructor's own from content/figures/, else ours.

    Raises TemplateDoesNotExist where there is none, ContentError where it cannot be read.
    """
    if own := _own(name):
        return mark_safe(read_text(own, settings.COURSE_CONTENT))  # noqa: S308 - an author's, checked by review.py
    return mark_safe(get_template(f"figures/{name}.html").render({"homes": homes()}))  # noqa: S308 - a template


def is_own(name: str) -> bool:
    """Whether a drawing is the instructor's own."""
    return _own(name) is not None


def _own(name: str) -> Path | None:
    files = [settings.COURSE_CONTENT / "figures" / f"{name}{suffix}" for suffix in (".svg", ".html")]
    return next((file for file in files if file.is_file()), None)


@dataclass
class Writer:
    """Renders the nodes of one section; remembers which terms are linked and which figures are cited."""

    course: Course
    leaf: Section
    view: View
    cited: list[Cited] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sheet = Sheet(prices(), self.course.facts)
        self.before = f"{prefix(self.leaf)}-" if self.view == "print" else ""
        self.terms = prose.TermLinks(self.course.glossary, "/glossary/#" if self.view == "page" else "#term-")
        self.plain = prose.markdown(self.resolve)
        self.converter = self.plain if self.view == "slide" else prose.markdown(self.resolve, self.terms)
        self.checks = 0
        self.taken = {self.before + id for id in links.anchors(self.leaf)} | links.RESERVED

    def html(self, nodes: Nodes) -> SafeString:
        """The nodes in order."""
        return mark_safe("".join(map(self._node, nodes)))  # noqa: S308 - every piece is escaped where it is made

    def inline(self, text: str) -> SafeString:
        """A line of Markdown without its paragraph."""
        return mark_safe(prose.inline(self.plain, self._ready(text)))  # noqa: S308

    def resolve(self, target: str) -> str:
        """A link of the author as an address; in print, as a place on the same page."""
        try:
            found = links.follow(target, self.course, self.leaf)
        except LookupError:
            return target  # a link of our own making, such as a term's
        if self.view == "print" and found.section:
            return "#" + "-".join(filter(None, [prefix(found.section), found.fragment]))
        return found.address.replace("/glossary/#", "#term-") if self.view == "print" else found.address

    def _node(self, node: Node) -> str:
        match node:
            case Prose():
                return self.converter.reset().convert(self._ready(node.text)) + "\n"
            case Heading():
                return self._heading(node.id, node.text, node.level)
            case Code():
                return self._code(node)
            case Block():
                render = getattr(self, f"_{node.kind}")
                return str(render(node))

    def _heading(self, name: str, text: str, level: int) -> str:
        level += self.view == "print"
        return self._template("heading", id=self.before + name, text=self.inline(text), level=level)

    def _code(self, node: Code) -> str:
        text = self.leaf.samples.get(node.options.get("file", ""), node.text)
        html = highlight(text, node.language, node.options.get("mark", ""))
        caption = self.inline(node.options.get("caption", ""))
        title = node.options.get("title") or node.options.get("file", "").rpartition("/")[2]
        return self._template("code", html=html, title=title, caption=caption, language=node.language)

    def _slide(self, block: Block) -> str:
        """In the text a slide is a point that is made: a heading of its own, until there is one above it."""
        name = block.options["name"]
        top = any(name == id for id, _ in self.leaf.headings)
        heading = self._heading(name, block.argument, 2 if top else 3)
        layout, body = block.options.get("layout", "plain"), self.html(block.body)
        return self._template("slide", id=self.before + name, layout=layout, heading=heading, body=body)

    def _step(self, block: Block) -> str:
        return self.html(block.body)

    def _notes(self, block: Block) -> str:
        return ""

    def _ask(self, block: Block) -> str:
        return self._halves(block)

    def _myth(self, block: Block) -> str:
        return self._halves(block)

    def _halves(self, block: Block) -> str:
        id = self.before + block.argument
        first, second = self._short(block.body), self.html(block.more)
        return self._template(block.kind, id=id, first=first, second=second, open=self.view == "print")

    def _figure(self, block: Block) -> str:
        drawing = self._own_ids(figure(block.argument), block.argument)
        return self._template("figure", drawing=drawing, caption=self._short(block.body), name=block.argument)

    def _own_ids(self, drawing: SafeString, name: str) -> SafeString:
        """The drawing with its ids, and what names them, prefixed where they stand on the page already."""
        ids, before, number = set(ID.findall(drawing)), self.before, 1
        while self.taken & {before + id for id in ids}:
            number += 1
            before = f"{self.before}{name}-{number}-"
        self.taken |= {before + id for id in ids}
        own = ids | set(GROUP.findall(drawing))

        def put(found: re.Match[str]) -> str:
            return found[1] + " ".join(before + word if word in own else word for word in found[2].split())

        return mark_safe(NAMED.sub(put, drawing)) if before else drawing  # noqa: S308

    def _house(self, block: Block) -> str:
        text = self._short(block.body)
        return self._template("house", kind=block.argument, text=text, blocks=text.startswith(("<p", "<ul", "<ol")))

    def _check(self, block: Block) -> str:
        self.checks += 1
        return self._template("check", id=block.argument, number=self.checks, first=self.checks == 1)

    def _try(self, block: Block) -> str:
        tool = next(t for t in self.course.info.tool if t.name == block.argument)
        if not links.there(tool) or self.view == "print":
            return ""
        state = urlencode({k: v for k, v in block.options.items() if k != "title"})
        unlinked = prose.markdown(lambda href: "")  # the card is a link itself
        text = "".join(prose.inline(unlinked, self._ready(n.text)) for n in block.body if isinstance(n, Prose))
        title = block.options["title"]
        return self._template("try", tool=tool, state=state, title=title, text=mark_safe(text))  # noqa: S308

    def _ready(self, text: str) -> str:
        """Figures put in, and no line break between a number and its unit."""
        text = expand(text, self.sheet, self.cited)
        return outside_code(text, lambda piece: UNIT.sub("\u00a0", piece))

    def _short(self, nodes: Nodes) -> SafeString:
        """The nodes, without the paragraph where they are just one."""
        if len(nodes) == 1 and isinstance(nodes[0], Prose) and "\n\n" not in nodes[0].text:
            return mark_safe(prose.inline(self.converter, self._ready(nodes[0].text)))  # noqa: S308
        return self.html(nodes)

    def _template(self, template: str, **context: Any) -> str:
        return render_to_string(f"course/blocks/{template}.html", {**context, "view": self.view})
