"""What is wrong with a line of text, wherever an author wrote it: links, figures, HTML, money."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.authoring import Problem, suggestion
from lecture.course import addresses, links
from lecture.course.macros import BRACED, Sheet, outside_code, wrong
from lecture.course.model import Course, Section
from lecture.course.source import Block, Code, Heading, Nodes, Prose

DOLLARS = re.compile(r"\$\s?\d(?:[\d.,]*\d)?|\bUSD\s?\d(?:[\d.,]*\d)?|\b\d(?:[\d.,]*\d)?\s?USD\b")
RAW_HTML = re.compile(r"<(script|style|iframe)\b|<[a-z][^>]*\s(style|on[a-z]+)\s*=", re.I)
PICTURE = re.compile(r"!\[[^\]]*\]\((?P<target>[^)\s]+)")
HREF = re.compile(r"""<a\b[^>]*?\shref\s*=\s*["']?(?P<target>[^"'\s>]+)""", re.I)
BY_HAND = "Cite the price sheet: {price:id} or {sum:id}; in a myth, quotes are free."
IN_DATA = "Write it in words, or leave it to a text, which can cite the price sheet."


@dataclass(frozen=True)
class Text:
    """A text of an author: where it begins, the section whose links and figures it has, if any, and its freedom."""

    file: str
    line: int
    text: str
    here: Section | None = None
    quoted: bool = False  # what people say, amounts included

    @property
    def plain(self) -> str:
        """Without what stands in code, its length and lines kept."""
        return outside_code(self.text, str, hide=True)

    def problem(self, at: int, rule: str, message: str, mend: str) -> Problem:
        """A mistake at an offset in the text."""
        return Problem(self.file, self.line + self.text.count("\n", 0, at), f"course.{rule}", message, mend)


def texts(leaf: Section, nodes: Nodes | None = None, quoted: bool = False) -> Iterator[Text]:
    """Everything in the body of a section that is set as prose."""
    for node in leaf.nodes if nodes is None else nodes:
        if isinstance(node, Prose | Heading):
            yield Text(leaf.file, node.line, node.text, leaf, quoted)
        elif isinstance(node, Code):
            beside = f"{node.options.get('title', '')} {node.options.get('caption', '')}"
            yield Text(leaf.file, node.line, beside, leaf, quoted)
        elif isinstance(node, Block):
            if node.kind in {"slide", "try"}:
                yield Text(leaf.file, node.line, node.options.get("title", node.argument), leaf, quoted)
            quotes = quoted or node.kind == "myth"
            if "wall" in node.options:
                yield Text(leaf.file, node.line + 1, node.options["wall"], leaf, quotes)  # it is the only option
            yield from texts(leaf, (*node.body, *node.more), quotes)


def judge(text: Text, course: Course, sheet: Sheet) -> Iterator[Problem]:
    """Every mistake in a text; one in data links only to addresses, and has figures where it has a sheet."""
    yield from _links(text, course)
    yield from _figures(text, sheet)
    if found := RAW_HTML.search(text.plain):
        mend = "Remove it: the site allows no inline style, script or handler."
        yield text.problem(found.start(), "E114", f"HTML that the site forbids: {found[0]}", mend)
    for found in DOLLARS.finditer("" if text.quoted else text.plain):
        mend = BY_HAND if text.here else IN_DATA
        yield text.problem(found.start(), "E115", f"an amount typed by hand: {found[0]}", mend)


def _links(text: Text, course: Course) -> Iterator[Problem]:
    for at, target in links.targets(text.text):
        try:
            if text.here:
                links.follow(target, course, text.here)
            else:
                follow_address(target, course)
        except LookupError as error:
            yield text.problem(at, "E113", f"the link {target} leads nowhere.", str(error.args[0]))
    for found in HREF.finditer(text.plain):
        try:
            follow_address(found["target"], course, text.here)
        except LookupError as error:
            yield text.problem(found.start(), "E113", f"the link {found['target']} leads nowhere.", str(error.args[0]))
    for found in PICTURE.finditer(text.plain):
        mend = "Draw it as a figure: /// figure | name."
        yield text.problem(found.start(), "E113", f"the picture {found['target']} leads nowhere.", mend)


def follow_address(target: str, course: Course, here: Section | None = None) -> None:
    """Raise LookupError with a mend where an address of HTML or of data leads nowhere."""
    if re.match(r"https?://\S|mailto:\S", target):
        return
    path, _, place = target.partition("#")
    known = addresses.of(course)
    leaves = {leaf.address: leaf for leaf in course.leaves.values()}
    leaf = leaves.get(path) if path else here
    if path and path.partition("?")[0] not in known:
        mend = suggestion(path, known) if path.startswith("/") else "Write https://…, or an address such as /glossary/."
        raise LookupError(mend)
    if place and leaf and place not in links.anchors(leaf):
        raise LookupError(suggestion(place, links.anchors(leaf)))


def _figures(text: Text, sheet: Sheet) -> Iterator[Problem]:
    if text.here or sheet.prices or sheet.facts:  # data whose texts are given a sheet has figures, too
        for at, macro, mend in wrong(text.text, sheet):
            yield text.problem(at, "E116", f"{macro} stands for nothing.", mend)
        return
    for found in BRACED.finditer(text.plain):
        yield text.problem(found.start(), "E116", f"no figure is put in here: {found[0]}", IN_DATA)
