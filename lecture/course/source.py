"""A section's text as a tree: prose, headings, code and blocks, each knowing its line.

The syntax is that of pymdownx blocks, so that a file reads well as plain Markdown:

    /// ask | close-the-lid
    What happens when you close your laptop?

    ---

    Everything stops.
    ///

An outer block has more slashes than what stands in it. Mistakes are found here, with their line,
and not passed on as plain text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lecture.authoring import ContentError, Problem, suggestion
from lecture.course.blocks import BLOCKS, FENCE_KEYS, UNKNOWN, Spec
from lecture.places import DEEPEST

FENCE = re.compile(r"(?P<indent> *)(?P<ticks>`{3,})(?P<info>[^`]*)$")
OPENING = re.compile(r"(?P<slashes>/{3,})[ \t]*(?P<kind>[A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(?P<argument>.*?))?[ \t]*$")
CLOSING = re.compile(r"(?P<slashes>/{3,})[ \t]*$")
OPTION = re.compile(r" {4}(?P<key>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$")
ALMOST = re.compile(r"[ \t]*/{3,}")
UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
TILDES = re.compile(r"[ \t]*~{3,}")
NEARLY_OPTION = re.compile(r"[ \t]+(?P<key>[a-z]+):([ \t]|$)")
HEADING = re.compile(r"(?P<hashes>#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+\{#(?P<id>[\w-]+)\})?[ \t]*$")
INFO = re.compile(r'(?P<key>[\w-]+)="(?P<value>[^"]*)"')


@dataclass(frozen=True)
class Prose:
    """Paragraphs, lists and tables, in Markdown."""

    line: int
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; level 2 or 3."""

    line: int
    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Code:
    """A fenced sample; `options` are file, title, caption and mark."""

    line: int
    language: str
    text: str
    options: dict[str, str]


@dataclass(frozen=True)
class Block:
    """One of the blocks of blocks.py; `more` is what follows its line ---."""

    line: int
    kind: str
    argument: str
    options: dict[str, str]
    body: "Nodes"
    more: "Nodes" = ()


Node = Prose | Heading | Code | Block
Nodes = tuple[Node, ...]


def slug(text: str) -> str:
    """Words in lower case joined by hyphens, for addresses."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[’'`*_]", "", text.lower())).strip("-")


def walk(nodes: Nodes) -> Iterator[Node]:
    """Every node, those inside blocks too, in order."""
    for node in nodes:
        yield node
        if isinstance(node, Block):
            yield from walk(node.body)
            yield from walk(node.more)


def parse(text: str, where: str, first_line: int = 1) -> Nodes:
    """The tree of `text`; raises ContentError with every mistake and its line."""
    scanner = _Scanner(text.split("\n"), where, first_line)
    nodes = scanner.scan()
    if scanner.problems:
        raise ContentError(scanner.problems)
    return nodes


@dataclass
class _Open:
    """A block that is not closed yet."""

    line: int
    slashes: int
    kind: str
    argument: str
    options: dict[str, str] = field(default_factory=dict)
    halves: list[list[Node]] = field(default_factory=lambda: [[]])

    @property
    def spec(self) -> Spec:
        return BLOCKS.get(self.kind, UNKNOWN)


class _Scanner:
    """Goes through the lines once, with a stack of open blocks."""

    def __init__(self, lines: list[str], where: str, first_line: int) -> None:
        self.lines, self.where, self.first = lines, where, first_line
        self.at = 0
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.nodes: list[Node] = []
        self.prose: list[str] = []
        self.prose_at = 0

    def scan(self) -> Nodes:
        while self.at < len(self.lines):
            self._take(self.lines[self.at])
            self.at += 1
        self._end_prose()
        for left in reversed(self.stack):
            mend = f"Close it with a line of {left.slashes} slashes: {'/' * left.slashes}"
            self._problem("E102", f"the block {left.kind} is never closed.", mend, left.line)
        return tuple(self.nodes)

    def _take(self, line: str) -> None:
        if found := FENCE.match(line):
            self._code(found)
        elif found := CLOSING.match(line):
            self._close(len(found["slashes"]))
        elif found := OPENING.match(line):
            self._open(found)
        elif self._nearly(line):
            return
        elif line.rstrip() == "---":
            self._part()
        elif line.startswith("#") or (self.prose and UNDERLINE.match(line) and self.prose[-1].strip()):
            self._heading(HEADING.match(line))
        else:
            self._add_prose(line)

    def _nearly(self, line: str) -> bool:
        """Whether a line looks like a fence or a block and is none: that is said, and not passed on as text."""
        if line.lstrip().startswith("```"):
            self._problem("E108", "a code fence with a backtick in its options.", "Leave the backtick out.")
        elif TILDES.match(line):
            self._problem("E109", "a code fence of tildes.", "Write it with ``` at the left edge.")
        elif ALMOST.match(line):
            mend = "Write /// name | argument at the left edge, or another sign than slashes."
            self._problem("E101", "a line that begins like a block and is none.", mend)
        else:
            return False
        return True

    # what stands in the text

    def _add_prose(self, line: str) -> None:
        if not self.prose:
            if not line.strip():
                return
            self.prose_at = self.at
        indent = len(line) - len(line.lstrip())
        if len(line[:indent].expandtabs(4)) > 4 * DEEPEST:
            self._problem("E120", f"text indented by more than {4 * DEEPEST} spaces.", "Write the list flatter.")
        self.prose.append(line)

    def _end_prose(self) -> None:
        text = "\n".join(self.prose).rstrip()
        self.prose = []
        if text:
            self._here().append(Prose(self.first + self.prose_at, text))

    def _heading(self, found: re.Match[str] | None) -> None:
        self._end_prose()
        if not found:
            self._problem("E110", "a heading that only Markdown sees.", "Write ## and a space before its words.")
            return
        level, text = len(found["hashes"]), found["text"]
        id = found["id"] or slug(text)
        if level not in {2, 3}:
            self._problem("E110", f"a heading of level {level}.", "Use ## or ###; the title is in the front matter.")
        elif not id:
            self._problem("E110", "a heading whose words make no address.", f"Name one: ## {text} {{#an-id}}")
        self._here().append(Heading(self.line, level, text, id))

    def _code(self, found: re.Match[str]) -> None:
        self._end_prose()
        start = self.line
        if found["indent"]:
            self._problem("E109", "an indented code fence.", "Begin ``` at the left edge, outside lists.")
        rest = self.lines[self.at + 1 :]
        end = next((at for at, line in enumerate(rest) if line.strip() == found["ticks"]), len(rest))
        body = rest[:end]
        self.at += end + 1
        if end == len(rest):
            self._problem("E108", "a code fence that is never closed.", f"Close it with {found['ticks']}", start)
        language, _, info = found["info"].strip().partition(" ")
        options = {m["key"]: m["value"] for m in INFO.finditer(info)}
        if unknown := [key for key in options if key not in FENCE_KEYS]:
            self._problem("E105", f"code has no option {unknown[0]}.", suggestion(unknown[0], FENCE_KEYS), start)
        elif INFO.sub("", info).strip():
            self._problem("E105", f"cannot read {info!r} after the fence.", 'Write options as key="value".', start)
        self._here().append(Code(start, language, "\n".join(body), options))

    # blocks

    def _open(self, found: re.Match[str]) -> None:
        self._end_prose()
        kind, slashes = found["kind"], len(found["slashes"])
        if kind not in BLOCKS:
            self._problem("E101", f"there is no block {kind}.", suggestion(kind, BLOCKS))
            self.stack.append(_Open(self.line, slashes, kind, ""))  # so that its end is found
            self._options(self.stack[-1])
            return
        outer = self.stack[-1] if self.stack else None
        if outer and outer.slashes <= slashes:
            mend = f"Give {outer.kind} on line {outer.line} more slashes, or close it first."
            self._problem("E107", f"{kind} opens inside {outer.kind} with as many slashes.", mend)
        elif (outer.kind if outer else "") not in BLOCKS[kind].within and (not outer or outer.kind in BLOCKS):
            place = f"inside {outer.kind}" if outer else "outside other blocks"
            self._problem("E107", f"{kind} cannot stand {place}.", f"{BLOCKS[kind].place}")
        block = _Open(self.line, slashes, kind, found["argument"] or "")
        self._options(block)
        self._argument(block)
        self.stack.append(block)

    def _options(self, block: _Open) -> None:
        while self.at + 1 < len(self.lines) and (found := OPTION.match(self.lines[self.at + 1])):
            self.at += 1
            key, value = found["key"], found["value"]
            if not block.spec.takes(key):
                self._problem("E105", f"{block.kind} has no option {key}.", suggestion(key, block.spec.options))
            elif (allowed := block.spec.options.get(key)) and not re.fullmatch(allowed, value):
                self._problem("E105", f"{block.kind}: {key} cannot be {value!r}.", f"It must match {allowed}.")
            elif key in block.options:
                self._problem("E105", f"{block.kind} has the option {key} twice.", "Keep one of them.")
            block.options[key] = value
        after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if (found := NEARLY_OPTION.match(after)) and block.spec.takes(found["key"]):
            line = self.line + 1
            self._problem("E105", f"{found['key']} is not read as an option.", "Indent it by four spaces.", line)
        for key in block.spec.required:
            if key not in block.options:
                mend = f"Add an indented line '    {key}: …' below the opening."
                self._problem("E105", f"{block.kind} lacks the option {key}.", mend, block.line)

    def _argument(self, block: _Open) -> None:
        spec = block.spec
        if not spec.argument:
            if block.argument:
                self._problem(
                    "E104", f"{block.kind} takes no argument.", "Remove what stands behind the bar.", block.line
                )
        elif not re.fullmatch(spec.argument, block.argument):
            mend = f"Write: {'/' * block.slashes} {block.kind} | {spec.example}"
            self._problem("E104", f"{block.kind} cannot have the argument {block.argument!r}.", mend, block.line)

    def _part(self) -> None:
        self._end_prose()
        block = self.stack[-1] if self.stack else None
        if not block or not block.spec.halves:
            mend = "Remove it: in ask and myth it parts the two halves, elsewhere it means nothing."
            self._problem("E106", "a line --- that parts nothing.", mend)
        elif len(block.halves) > 1 and block.kind in BLOCKS:
            self._problem("E106", f"a second line --- in {block.kind}.", "Keep one.")
        else:
            block.halves.append([])

    def _close(self, slashes: int) -> None:
        self._end_prose()
        if not self.stack or self.stack[-1].slashes != slashes:
            inner = self.stack[-1] if self.stack else None
            mend = f"{inner.kind} on line {inner.line} closes with {'/' * inner.slashes}" if inner else "Remove it."
            self._problem("E103", f"{'/' * slashes} closes nothing.", mend)
            return
        block = self.stack.pop()
        halves = [tuple(half) for half in block.halves]
        if block.kind not in BLOCKS:
            pass  # said when it opened
        elif block.spec.halves and (len(halves) < 2 or not all(halves)):
            mend = "Write both, with a line --- between them."
            self._problem("E106", f"{block.kind} lacks one of its two halves.", mend, block.line)
        elif not block.spec.body and not block.spec.halves and halves[0]:
            self._problem("E106", f"{block.kind} takes no text.", "Move it out of the block.", block.line)
        elif block.spec.body and not halves[0]:
            self._problem("E106", f"{block.kind} is empty.", f"It needs {block.spec.body}.", block.line)
        more = halves[1] if len(halves) > 1 else ()
        self._here().append(Block(block.line, block.kind, block.argument, block.options, halves[0], more))

    # helpers

    @property
    def line(self) -> int:
        return self.first + self.at

    def _here(self) -> list[Node]:
        return self.stack[-1].halves[-1] if self.stack else self.nodes

    def _problem(self, rule: str, message: str, mend: str, line: int = 0) -> None:
        self.problems.append(Problem(self.where, line or self.line, f"course.{rule}", message, mend))
