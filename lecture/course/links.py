"""Where links in a text lead: section:1-the-problem/4-four-homes#id, term:vpc, tool:translator, #id, https://…."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import Resolver404, resolve

from lecture.authoring import suggestion
from lecture.course.blocks import ICONS
from lecture.course.macros import outside_code
from lecture.course.model import Course, Section, Term, Tool
from lecture.course.source import Block, Heading, Nodes

LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+[\"'][^)]*)?\)")
REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:\s*(?P<target>\S+)", re.M)
RESERVED = {"arrow", "check", "goals", "keys", "main", "menu", "part-nav", "read-button", "theme"}  # the page’s own
RESERVED |= {f"i-{icon}" for icon in ICONS}
NEEDS = {"/rosetta/": ("rosetta.toml",)}  # files of content/ without which a tool has nothing to say


@dataclass(frozen=True)
class Target:
    """An address, or none where the thing is not there yet; `section` for links within the course."""

    address: str
    section: Section | None = None
    fragment: str = ""


def follow(target: str, course: Course, here: Section) -> Target:
    """Where `target` leads; raises LookupError with a mend."""
    kind, _, rest = target.partition(":")
    if target.startswith("#"):
        return _anchor(here, target[1:], Target(target, here, target[1:]))
    if re.fullmatch(r"https?://\S+|mailto:\S+", target):
        return Target(target)
    if kind == "section":
        return place(course, rest)
    if kind == "term":
        ids = [term.id for term in course.glossary]
        if rest not in ids:
            raise LookupError(suggestion(rest, ids) if ids else "There is no glossary.toml.")
        return Target(f"/glossary/#{rest}")
    if kind == "tool":
        return Target(_tool(course, rest))
    raise LookupError("Write section:…, term:…, tool:…, #heading or https://….")


def place(course: Course, named: str) -> Target:
    """Where `named` is, such as 3-core-services/4-networking#zones; raises LookupError with a mend."""
    key, _, fragment = named.partition("#")
    if key in course.coming:
        return Target("")
    leaf = course.leaves.get(key)
    if not leaf:
        raise LookupError(suggestion(key, [*course.leaves, *course.coming]))
    whole = Target(leaf.address + (f"#{fragment}" if fragment else ""), leaf, fragment)
    return _anchor(leaf, fragment, whole) if fragment else whole


def explained(term: Term, course: Course) -> Target:
    """Where a term of the glossary is explained; no address where that is not written yet."""
    try:
        return place(course, term.section)
    except LookupError:
        return Target("")


def _anchor(section: Section, wanted: str, target: Target) -> Target:
    ids = anchors(section)
    if wanted not in ids:
        raise LookupError(suggestion(wanted, ids) if ids else f"{section.key} has no headings.")
    return target


def _tool(course: Course, wanted: str) -> str:
    tools = {tool.name: tool for tool in course.info.tool}
    if wanted not in tools:
        raise LookupError(suggestion(wanted, tools) if tools else "course.toml names no tools.")
    return tools[wanted].address if there(tools[wanted]) else ""


def there(tool: Tool) -> bool:
    """Whether something answers at the tool's address yet, and has what it answers from."""
    try:
        resolve(tool.address)
    except Resolver404:
        return False
    return all((settings.COURSE_CONTENT / name).exists() for name in NEEDS.get(tool.address, ()))


def tools(course: Course) -> list[Tool]:
    """The tools that exist, in the order of course.toml."""
    return [tool for tool in course.info.tool if there(tool)]


def anchors(section: Section) -> list[str]:
    """Every id in a section that a link can lead to."""
    return [id for _, id in anchored(section.nodes)]


def anchored(nodes: Nodes) -> Iterator[tuple[int, str]]:
    """(line, id) of each heading, slide, question and myth that a reader sees."""
    for node in nodes:
        if isinstance(node, Heading):
            yield node.line, node.id
        elif isinstance(node, Block) and node.kind != "notes":
            if node.kind in {"slide", "ask", "myth"}:
                yield node.line, node.options.get("name", node.argument)
            yield from anchored((*node.body, *node.more))


def targets(text: str) -> Iterator[tuple[int, str]]:
    """(offset, target) of each link in Markdown, code spans left out."""
    plain = outside_code(text, str, hide=True)
    for found in (*LINK.finditer(plain), *REFERENCE.finditer(plain)):
        yield found.start(), found["target"]


def report(pattern: str, page: str, address: str) -> str:
    """The address that takes reports of mistakes, with the page filled in; empty where there is none."""
    return pattern.replace("{page}", quote(page)).replace("{address}", quote(address, safe=""))
