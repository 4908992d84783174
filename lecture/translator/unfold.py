"""From YAML events to the tree that the other stages read: aliases and merge keys written out, variables put in.

Every value gets its path and the place of its key (of itself, in a list). Each key without keys below it is a leaf,
under the path where it lands: what comes from an anchor has the line of the anchor. The items of lists that may also
be maps (environment, labels, …) have the path that they would have in the map.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from yaml.events import ScalarEvent

from lecture.translator.compose import Leaf, Place, Unreadable
from lecture.translator.interpolate import Evaluated, TooMuch, Variables
from lecture.translator.limits import LIMITS
from lecture.translator.lines import Notes
from lecture.translator.nodes import (
    NOT_TEXT,
    Kind,
    Mapping,
    Node,
    Parts,
    Scalar,
    Sequence,
    below,
    is_name,
    joined,
    kind,
)
from lecture.translator.shapes import Shape
from lecture.translator.yamltree import Collection, Raw, place

_DOLLAR_OR_BREAK = re.compile("[$\n\x85\u2028\u2029]")
_STR = "tag:yaml.org,2002:str"
_MERGE = "tag:yaml.org,2002:merge"
_NOTHING: dict[str, Shape] = {}
OURS = ("!reset", "!override")  # compose's own tags


@dataclass(slots=True)
class Unfolded:
    """A document, its leaves, and the variables that have no value: where they stand, and what is said of them."""

    root: Node
    leaves: list[Leaf] = field(default_factory=list)
    unset: dict[str, dict[Place, None]] = field(default_factory=dict)
    required: dict[str, str] = field(default_factory=dict)


def unfold(raw: Raw, shape: Shape, variables: Variables, notes: Notes) -> Unfolded:
    """The tree of one document; raises Unreadable where it would grow beyond the limits."""
    result = Unfolded(Scalar("", "null", "", Place(1, 1)))
    try:
        result.root = _Unfolder(result, variables, notes).node(raw, "", place(raw), shape)
    except TooMuch:
        message = f"With aliases and variables written out, the file has more than {LIMITS.characters:,} characters."
        mend = "Shorten the longest values, or translate one part of the file."
        raise Unreadable(notes.problem(message, mend, Place(1, 1))) from None
    return result


class _Unfolder:
    def __init__(self, result: Unfolded, variables: Variables, notes: Notes) -> None:
        self.result = result
        self.leaves = result.leaves
        self.variables = variables
        self.notes = notes
        self.room = LIMITS.characters
        self.evaluated: dict[int, tuple[str, Parts | None]] = {}
        self.merging = "<<" in notes.source
        self.told: set[tuple[Place, str]] = set()

    def node(self, raw: Raw, path: str, at: Place, shape: Shape | None) -> Node:
        if raw.__class__ is ScalarEvent:
            return self.scalar(raw, path, at)
        assert isinstance(raw, Collection)  # there is nothing else
        return self._collection(raw, path, at, shape)

    def _collection(self, raw: Collection, path: str, at: Place, shape: Shape | None) -> Node:
        self.room -= len(path)
        if self.room < 0:
            raise TooMuch
        if not raw.items:
            self.leaves.append(Leaf(path, at, ""))
        if raw.map:
            return Mapping(self._entries(raw, path, shape), path, at, raw.tag or "", raw.last_line)
        return Sequence(self._items(raw, path, shape), path, at, raw.tag or "")

    def scalar(self, raw: Any, path: str, at: Place) -> Scalar:
        value: str = raw.value
        self.room -= len(path) + len(value)
        if self.room < 0:
            raise TooMuch
        plain: bool = raw.implicit[0]
        found: Kind = kind(value) if plain and (not value or value[0] in NOT_TEXT) else "str"
        self.leaves.append(Leaf(path, at, "" if found == "null" else value))
        if "$" not in value:
            if raw.tag is None:
                return Scalar(value, found, path, at, None, "", plain)
            return Scalar(value, _tagged(raw), path, at, None, raw.tag, plain)
        text, parts = self._evaluated(raw)
        return Scalar(text, "str", path, at, parts, raw.tag or "", plain)

    def _items(self, raw: Collection, path: str, shape: Shape | None) -> list[Node]:
        if shape and shape.pairs:
            return [self._pair(item, path, number, shape) for number, item in enumerate(raw.items)]
        items = shape.items if shape else None
        return [self.node(item, f"{path}[{number}]", place(item), items) for number, item in enumerate(raw.items)]

    def _pair(self, raw: Raw, path: str, number: int, shape: Shape) -> Node:
        """An item NAME=value, under the path that NAME would have in a map; one without a name keeps its number."""
        if isinstance(raw, Collection):
            return self.node(raw, f"{path}[{number}]", place(raw), shape.items)
        text = self._evaluated(raw)[0] if "$" in raw.value else raw.value
        end = split_at(text, shape.pairs)
        name = text[:end]  # all of it where there is no value
        node = self.scalar(raw, below(path, name) if is_name(name) else f"{path}[{number}]", place(raw))
        begins = end if text is raw.value else split_at(raw.value, shape.pairs)
        self.leaves[-1] = Leaf(node.path, node.place, "" if begins is None else raw.value[begins + 1 :])
        return node

    def _entries(self, raw: Collection, path: str, shape: Shape | None) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        known = (shape.keys if shape else None) or _NOTHING
        pairs = bool(shape and shape.pairs)
        for key, value in self._keys(raw):
            if key.__class__ is not ScalarEvent:
                self._tell("A key must be text, not a list or a map.", "Write key: value.", place(key))
                continue
            name: str = key.value
            if (not name or name[0] in NOT_TEXT) and key.implicit[0] and kind(name) != "str":
                self._tell("A key must be text, and YAML reads this one otherwise.", "Put it in quotes.", _place(key))
            mark: Any = key.start_mark
            at = Place(mark.line + 1, mark.column + 1)
            if name in entries:
                self._duplicate(name, path, at, entries[name].place)
            if path and name in known:
                child = f"{path}.{name}"  # what we know needs no brackets
            else:
                child = f"{path}[{len(entries)}]" if pairs and _runs_on(name, value) else below(path, name)
            if value.__class__ is ScalarEvent:
                entries[name] = self.scalar(value, child, at)
            else:
                entries[name] = self._collection(value, child, at, shape.child(name) if shape else None)
        return entries

    def _keys(self, raw: Collection) -> Iterable[tuple[Any, Any]]:
        """Keys and values in the order of the file, those of merge keys among them, unless the map has its own."""
        pairs = iter(raw.items)
        keys = zip(pairs, pairs, strict=True)
        if not self.merging:
            return keys
        found = [*keys]
        signs = [key for key, _ in found if key.__class__ is ScalarEvent and key.value == "<<"]
        return self._merged(found) if any(map(_merges, signs)) else found

    def _merged(self, keys: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        """The keys with what their merge keys bring in; of several maps the first to have a key wins."""
        own = {_name(key) for key, _ in keys if not _merges(key)}
        result: list[tuple[Any, Any]] = []
        for key, value in keys:
            if not _merges(key):
                result.append((key, value))
                continue
            for source in self._sources(value, _place(key)):
                for pair in self._keys(source):
                    if (name := _name(pair[0])) not in own:
                        own.add(name)
                        result.append(pair)
        return result

    def _sources(self, raw: Raw, at: Place) -> list[Collection]:
        candidates = raw.items if isinstance(raw, Collection) and not raw.map else [raw]
        sources = [one for one in candidates if isinstance(one, Collection) and one.map]
        if len(sources) < len(candidates):
            self._tell(
                "A merge key (<<) takes a map, or a list of maps.", "Write <<: *name of an anchor that is a map.", at
            )
        return sources

    def _evaluated(self, raw: Any) -> tuple[str, Parts | None]:
        """A scalar with its variables put in, and its parts where some are unset; once for all aliases of it."""
        if (known := self.evaluated.get(id(raw))) is not None:
            self.room -= len(known[0])
            return known
        result = self.variables.evaluate(raw.value)
        if result.wrong or result.unset:
            self._note(raw, result)
        parts = tuple(result.parts)
        self.evaluated[id(raw)] = joined(parts), parts if result.unset else None
        return self.evaluated[id(raw)]

    def _note(self, raw: Any, result: Evaluated) -> None:
        dollars = self._dollars(raw)
        first = Place(raw.start_mark.line + 1, raw.start_mark.column + 1)
        for message, mend, dollar in result.wrong:
            self._tell(message, mend, dollars[dollar] if dollar < len(dollars) else first)
        for name, dollar in result.unset:
            place = dollars[dollar] if dollar < len(dollars) else first
            self.result.unset.setdefault(name, {}).setdefault(place)
        for name, message in result.required.items():
            self.result.required.setdefault(name, message)

    def _dollars(self, raw: Any) -> list[Place]:
        """Where the dollars of a scalar stand in the file."""
        line, begins = raw.start_mark.line, raw.start_mark.index - raw.start_mark.column
        found: list[Place] = []
        for match in _DOLLAR_OR_BREAK.finditer(self.notes.source, raw.start_mark.index, raw.end_mark.index):
            if match[0] == "$":
                found.append(Place(line + 1, match.start() - begins + 1))
            else:
                line, begins = line + 1, match.end()
        return found

    def _duplicate(self, name: str, path: str, at: Place, first: Place) -> None:
        self._tell(
            f"The key {name} stands twice in one map, on lines {first.line} and {at.line}.",
            "Keep one of them; if both belong there, put their values together.",
            at,
            below(path, name),
        )

    def _tell(self, message: str, mend: str, at: Place, path: str = "") -> None:
        if (at, message) not in self.told:
            self.told.add((at, message))
            self.notes.add(message, mend, at, path)


def _runs_on(name: str, value: Raw) -> bool:
    """Whether a key is a name and its value with no space between: {PASSWORD:hunter2} must not become a path."""
    return ":" in name and isinstance(value, ScalarEvent) and not value.value


def split_at(text: str, separators: str) -> int | None:
    """Where the name of a pair ends: at the first of the separators; None where there is none."""
    if len(separators) == 1:
        end = text.find(separators)
        return end if end >= 0 else None
    found = [at for separator in separators if (at := text.find(separator)) >= 0]
    return min(found) if found else None


def _merges(key: Any) -> bool:
    return key.__class__ is ScalarEvent and key.value == "<<" and (key.implicit[0] or key.tag == _MERGE)


def _name(key: Any) -> str | None:
    """The text of a key; None where it is a list or a map."""
    return key.value if key.__class__ is ScalarEvent else None


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _tagged(raw: ScalarEvent) -> Kind:
    """What a scalar with a tag is: !!str is text, other tags of YAML go by what is written, unknown ones are text."""
    if raw.tag == _STR or raw.style not in ("", None):
        return "str"
    return kind(raw.value) if raw.tag in OURS or (raw.tag or "").startswith("tag:yaml.org,2002:") else "str"
