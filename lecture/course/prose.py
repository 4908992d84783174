"""Markdown to HTML: tables that can be read aloud, links that are checked, terms that lead to the glossary."""

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from lecture.course.model import Term

Resolve = Callable[[str], str]
CAPTION = "Table: "
OPAQUE = {"a", "code", "pre", "th", "data", "caption"}


def markdown(resolve: Resolve, terms: "TermLinks | None" = None) -> Markdown:
    """A converter whose links go through `resolve` (an empty answer leaves plain text)."""
    converter = Markdown(
        extensions=["def_list", "sane_lists", TableExtension(use_align_attribute=True), SmartyExtension()],
        output_format="html",
    )
    converter.parser.blockprocessors.deregister("code")  # code stands in fences alone
    converter.treeprocessors.register(_Links(converter, resolve), "course-links", 8)
    converter.treeprocessors.register(_Tables(converter), "course-tables", 7)
    if terms:
        converter.treeprocessors.register(_Terms(converter, terms), "course-terms", 6)
    return converter


def inline(converter: Markdown, text: str) -> str:
    """One paragraph without its <p>."""
    html = converter.reset().convert(text)
    alone = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return html.removeprefix("<p>").removesuffix("</p>") if alone else html


class TermLinks:
    """The glossary's forms; each term is linked once for each of these, that is once a section."""

    def __init__(self, terms: Sequence[Term], base: str = "/glossary/#") -> None:
        self.base = base
        self.ids = {form.lower(): term.id for term in terms for form in term.forms}
        forms = sorted(self.ids, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, forms))})(?![\w-])", re.I) if forms else None
        self.used: set[str] = set()

    def next(self, text: str, start: int) -> tuple[re.Match[str], str] | None:
        """The next form in `text` whose term is not linked yet, with its address."""
        if self.pattern is None:
            return None
        for found in self.pattern.finditer(text, start):
            term = self.ids[found[0].lower()]
            if term not in self.used:
                self.used.add(term)
                return found, f"{self.base}{term}"
        return None


class _Links(Treeprocessor):
    """Authors' links become addresses; a link to what is not there yet becomes its text."""

    def __init__(self, md: Markdown, resolve: Resolve) -> None:
        super().__init__(md)
        self.resolve = resolve

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            address = self.resolve(link.get("href", ""))
            if address:
                link.set("href", address)
            else:
                link.tag = "span"
                del link.attrib["href"]


class _Tables(Treeprocessor):
    """A table scrolls inside itself, has a caption and heads its rows."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for at, child in enumerate(list(parent)):
                if child.tag == "table":
                    self._dress(parent, at, child)
        for parent in list(root.iter()):
            for child in [c for c in parent if c.tag == "gone"]:
                parent.remove(child)

    def _dress(self, parent: Element, at: int, table: Element) -> None:
        table.set("class", "grid-table")
        before = parent[at - 1] if at else None
        label = "Table"
        if before is not None and before.tag == "p" and (before.text or "").startswith(CAPTION):
            label = self._plain("".join(before.itertext())[len(CAPTION) :])
            before.tag, before.text = "span", (before.text or "")[len(CAPTION) :]
            caption = Element("caption")
            caption.append(before)
            table.insert(0, caption)
            parent[at - 1] = Element("gone")
        for row in table.iter("tr"):
            self._cells(row)
        frame = Element("div", {"class": "scroll", "role": "region", "aria-label": label, "tabindex": "0"})
        frame.append(table)
        parent[at] = frame

    def _plain(self, text: str) -> str:
        """The text without the HTML that Markdown keeps aside."""

        def put(found: re.Match[str]) -> str:
            raw = str(self.md.htmlStash.rawHtmlBlocks[int(found[1])])
            return "" if raw.startswith("<") else found[0]

        return HTML_PLACEHOLDER_RE.sub(put, text)

    def _cells(self, row: Element) -> None:
        for at, cell in enumerate(row):
            head = cell.tag == "th"
            if cell.attrib.pop("align", "") == "right":
                cell.set("class", "num")
            if head or at == 0:
                cell.tag = "th"
                cell.set("scope", "col" if head else "row")


class _Terms(Treeprocessor):
    """The first occurrence of a glossary term becomes a link."""

    def __init__(self, md: Markdown, terms: TermLinks) -> None:
        super().__init__(md)
        self.terms = terms

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("href", "").startswith(self.terms.base):
                link.set("class", "term")
                self.terms.used.add(link.get("href", "").removeprefix(self.terms.base))
        self._visit(root)

    def _visit(self, element: Element) -> None:
        if element.tag in OPAQUE:
            return
        self._text(element)
        at = 0
        while at < len(element):
            child = element[at]
            if child.get("class") != "term":
                self._visit(child)
            self._tail(element, at)
            at += 1

    def _text(self, element: Element) -> None:
        if found := self.terms.next(element.text or "", 0):
            link = self._link(found)
            link.tail = (element.text or "")[found[0].end() :]
            element.text = (element.text or "")[: found[0].start()]
            element.insert(0, link)

    def _tail(self, parent: Element, at: int) -> None:
        child = parent[at]
        if found := self.terms.next(child.tail or "", 0):
            link = self._link(found)
            link.tail = (child.tail or "")[found[0].end() :]
            child.tail = (child.tail or "")[: found[0].start()]
            parent.insert(at + 1, link)

    def _link(self, found: tuple[re.Match[str], str]) -> Element:
        link = Element("a", {"class": "term", "href": found[1]})
        link.text = found[0][0]
        return link
