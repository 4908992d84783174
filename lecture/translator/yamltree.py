"""YAML as a tree of events, without building any Python object from it, and never deeper or larger than allowed.

PyYAML's C parser gives events one by one; a scalar stays the event that it is. Nothing here recurses, so that ten
thousand brackets are a message and no crash; aliases point to what they name, with its size counted at once, so
that a bomb of aliases is refused before anyone writes it out.
"""

from collections.abc import Callable
from typing import Any, NoReturn

import yaml
from yaml._yaml import CParser
from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent

from lecture.translator.compose import Place, Unreadable
from lecture.translator.limits import LIMITS
from lecture.translator.lines import Notes
from lecture.translator.yamlerrors import explained


class Collection:
    """A list, or a map as keys and values in turn."""

    __slots__ = ("alias", "column", "flow", "height", "items", "last_line", "line", "map", "size", "tag")

    def __init__(self, event: Any, before: int) -> None:
        mark = event.start_mark
        self.map = event.__class__ is MappingStartEvent
        self.items: list[Raw] = []
        self.tag = event.tag
        self.flow = event.flow_style
        self.line: int = mark.line + 1
        self.column: int = mark.column + 1
        self.last_line = 0
        self.alias = (0, 0)  # how many items there were after the last alias, and the line of that alias
        self.size = before  # while it is open: how many values came before; then: how many it holds, itself included
        self.height = 0  # levels, aliases written out, once somebody has asked


Raw = ScalarEvent | Collection


def documents(source: str, notes: Notes) -> list[Raw]:
    """The documents of a YAML stream, empty ones left out; raises Unreadable."""
    return _Composer(source, notes).documents()


def place(node: Raw) -> Place:
    """Where a node begins."""
    if isinstance(node, Collection):
        return Place(node.line, node.column)
    return _place(node)


def _place(event: yaml.Event) -> Place:
    mark: Any = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


class _Composer:
    """Puts events together."""

    def __init__(self, source: str, notes: Notes) -> None:
        self.source = source
        self.notes = notes
        self.roots: list[Raw] = []
        self.top = self.roots
        self.open: list[Collection] = []
        self.anchors: dict[str, Raw] = {}
        self.pending: list[str | None] = []  # anchors of what is open
        self.nodes = 0

    def documents(self) -> list[Raw]:
        handlers: dict[type[yaml.Event], Callable[[Any], None]] = {
            MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        try:
            next_event: Callable[[], Any] = CParser(self.source).get_event
            while (event := next_event()) is not None:
                if event.__class__ is ScalarEvent:
                    self.top.append(event)
                    if event.anchor is not None:
                        self.anchors[event.anchor] = event
                elif handler := handlers.get(event.__class__):
                    handler(event)
        except (yaml.YAMLError, UnicodeEncodeError) as error:
            raise Unreadable(explained(error, self.notes)) from None
        return [root for root in self.roots if not _blank(root)]

    def _document(self, _: yaml.Event) -> None:
        self.anchors = {}

    def _start(self, event: Any) -> None:
        node = Collection(event, self.nodes)
        self.top.append(node)
        self.open.append(node)
        self.pending.append(event.anchor)
        self.top = node.items
        if event.anchor is not None:
            self.anchors.pop(event.anchor, None)
        if len(self.open) > LIMITS.depth:
            self._within(event)

    def _end(self, event: Any) -> None:
        node = self.open.pop()
        anchor = self.pending.pop()
        self.nodes += len(node.items)
        node.size = self.nodes - node.size + 1
        node.last_line = event.end_mark.line + 1 if node.flow else self._last_line(node)
        if anchor is not None:
            self.anchors[anchor] = node
        self.top = self.roots
        if self.open:
            self.top = self.open[-1].items
        if self.nodes > LIMITS.nodes:
            self._within(event)

    def _last_line(self, node: Collection) -> int:
        """The line on which the last value of a block ends; its own end is the beginning of what follows."""
        count, line = node.alias
        if not node.items or count == len(node.items):
            return line or node.line
        last = node.items[-1]
        if isinstance(last, Collection):
            return last.last_line
        mark: Any = last.end_mark
        return self._block_end(last) if last.style in ("|", ">") else int(mark.line + 1)

    def _block_end(self, event: Any) -> int:
        """The last line of a block scalar that has text."""
        text = self.source[event.start_mark.index : event.end_mark.index].rstrip()
        return int(event.start_mark.line) + 1 + text.count("\n")

    def _alias(self, event: AliasEvent) -> None:
        target = self.anchors.get(event.anchor or "")
        if target is None:
            self._no_anchor(event)
        self.top.append(target)
        if not self.open:
            return
        mark: Any = event.end_mark
        parent = self.open[-1]
        parent.alias = (len(self.top), mark.line + 1)
        if isinstance(target, Collection):
            self.nodes += target.size
            self._within(event, _height(target))

    def _within(self, event: yaml.Event, below: int = 0) -> None:
        if len(self.open) + below > LIMITS.depth:
            self._refuse(
                event,
                f"Lists and maps stand inside each other {LIMITS.depth} levels deep and more.",
                "A compose file needs about ten levels. Look for brackets that were never closed.",
            )
        if self.nodes > LIMITS.nodes:
            self._refuse(
                event,
                f"The file has more than {LIMITS.nodes:,} values, all its aliases (*) written out.",
                "Use fewer anchors and aliases inside each other, or translate one part of the file.",
            )

    def _no_anchor(self, event: AliasEvent) -> NoReturn:
        inside = event.anchor in self.pending
        self._refuse(
            event,
            "This alias (*) stands inside the very thing that it repeats."
            if inside
            else "A value that begins with * is an alias, and nothing above it has an anchor (&) of that name.",
            "Move the anchor, or write the values out."
            if inside
            else "Put the value in quotes if the * belongs to it.",
        )

    def _refuse(self, event: yaml.Event, message: str, mend: str) -> NoReturn:
        raise Unreadable(self.notes.problem(message, mend, _place(event)))


def _height(node: Collection) -> int:
    """How many levels a list or a map has; none of them is open, so it stays what it is."""
    if not node.height:
        node.height = 1 + max((_height(item) for item in node.items if isinstance(item, Collection)), default=0)
    return node.height


def _blank(node: Raw) -> bool:
    return isinstance(node, ScalarEvent) and not node.value and not node.style
