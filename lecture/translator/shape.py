"""Whether a file has the form of a compose file: every key known, every value of its kind.

What is wrong is noted and left out of the tree that goes on, so that what comes after meets nothing unexpected. Lists
of NAME=value come out as maps. The shapes themselves are in shapes, shapes_service and shapes_file.
"""

from collections.abc import Iterator

from lecture.translator.lines import Notes
from lecture.translator.merging import RESET
from lecture.translator.nodes import Mapping, Node, Scalar, Sequence, cut, kind
from lecture.translator.shapes import Shape
from lecture.translator.shapes_file import FILE
from lecture.translator.shapes_service import DEPLOY, SERVICE
from lecture.translator.unfold import split_at

_SAID = {
    "text": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}
_FOUND = {"str": "text", "int": "a number", "float": "a number", "bool": "true or false", "null": "empty"}
_WORDS_OF_BOOLEANS = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false"))
_LONGEST_NAME = 60
_UNKNOWN = "Remove it, or begin its name with x- to keep it."


def check(root: Node, notes: Notes, shape: Shape = FILE) -> Node | None:
    """The tree without what is wrong in it; None where nothing is left."""
    return _Checker(notes).node(root, shape)


class _Checker:
    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def node(self, node: Node, shape: Shape | None) -> Node | None:
        """The node, or None where it is of a wrong kind."""
        if shape is None or node.tag == RESET:
            return node  # what is reset has no shape, and goes once everything is merged
        if isinstance(node, Scalar):
            return node if self._scalar(node, shape) else None
        if not (shape.map if isinstance(node, Mapping) else shape.list):
            self._wrong(node, shape)
            return None
        return self._map(node, shape) if isinstance(node, Mapping) else self._list(node, shape)

    def _map(self, node: Mapping, shape: Shape) -> Mapping:
        kept: dict[str, Node] = {}
        known = shape.keys or {}
        for name, value in node.entries.items():
            each = known.get(name)
            if each is None:
                each = shape.child(name)
                if each is None and not self._may(name, shape):
                    self._unknown(name, value, node, shape)
                    continue
            if each is None or (value.__class__ is Scalar and value.kind in each.simple):
                kept[name] = value
            elif (checked := self.node(value, each)) is not None:
                kept[name] = checked
        if shape.required or shape.one_of:
            self._required(node, shape)
        return Mapping(kept, node.path, node.place, node.tag, node.last_line)

    def _list(self, node: Sequence, shape: Shape) -> Node:
        items = self._unique(node.items) if shape.unique and len(node.items) > 1 else node.items
        simple = shape.items.simple if shape.items else ()
        checked = [
            item if item.__class__ is Scalar and item.kind in simple else self.node(item, shape.items)
            for item in items
            if item.tag != RESET
        ]
        kept = [item for item in checked if item is not None]
        return _paired(node, kept, shape) if shape.pairs else Sequence(kept, node.path, node.place, node.tag)

    def _unique(self, items: list[Node]) -> Iterator[Node]:
        """The items of a list but those that stand in it already."""
        seen: set[object] = set()
        for item in items:
            known = _identity(item)
            if known in seen:
                self._twice(item)
            else:
                seen.add(known)
                yield item

    def _scalar(self, node: Scalar, shape: Shape) -> bool:
        if node.kind in shape.simple:
            return True
        if not _is_of_kind(node, shape):
            self._wrong(node, shape)
            return False
        if node.parts is None and (limit := _beyond(node, shape)):
            self._tell(f"{_where(node.path)} {limit[0]}", limit[1], node)
            return False
        return True

    @staticmethod
    def _may(name: str, shape: Shape) -> bool:
        """Whether a map takes a key that it does not know."""
        if shape.extensions and name.startswith("x-"):
            return True
        return not shape.closed or bool(shape.names and shape.names.search(name))

    def _wrong(self, node: Node, shape: Shape) -> None:
        message = f"{_where(node.path)} should be {_expected(shape)}, and is {_found(node)}."
        self._tell(message, _mend(node, shape), node)

    def _unknown(self, name: str, value: Node, node: Mapping, shape: Shape) -> None:
        if shape.names is not None and not shape.keys:
            message = f"{_where(node.path)} has a name that is not allowed: {_short(name)}."
            self._tell(message, "Use letters, digits, dots, hyphens and underscores alone.", value)
            return
        mend = self.notes.nearest(name, shape.keys or ()) or _belongs(name) or _UNKNOWN
        self._tell(f"{_where(node.path)} has no key {_short(name)}.", mend, value)

    def _required(self, node: Mapping, shape: Shape) -> None:
        for name in shape.required:
            if name not in node.entries:
                self._tell(f"{_where(node.path)} lacks {name}.", f"Add {name}: below it.", node)
        if shape.one_of and not any(name in node.entries for name in shape.one_of):
            self._tell(f"{_where(node.path)} lacks {' or '.join(shape.one_of)}.", "Add one of them.", node)

    def _twice(self, item: Node) -> None:
        self._tell(f"{_where(item.path)} stands in its list twice.", "Keep one of them.", item)

    def _tell(self, message: str, mend: str, node: Node) -> None:
        self.notes.add(message, mend, node.place, node.path)


def _is_of_kind(node: Scalar, shape: Shape) -> bool:
    """Whether a scalar is of a kind that the shape takes; yes, no, on and off are booleans where only those fit."""
    if node.kind in shape.accepts:
        return True
    if node.parts is not None:
        return bool(shape.accepts)
    if node.kind == "float" and "integer" in shape.kinds:
        return _number(node.text).is_integer()
    if node.kind == "str" and node.plain:
        return kind(node.text) in shape.accepts or (
            "boolean" in shape.kinds and node.text.lower() in _WORDS_OF_BOOLEANS
        )
    return False


def _beyond(node: Scalar, shape: Shape) -> tuple[str, str] | None:
    """What is wrong with a scalar of the right kind, and the mend."""
    if node.kind == "str":
        if shape.choices and node.text not in shape.choices:
            return "is none of the words that compose knows here.", f"Choose {_listed(shape.choices)}."
        if shape.pattern and not shape.pattern.search(node.text):
            return "has a value that compose does not know.", "Compare it with the compose specification."
    elif node.kind in ("int", "float"):
        number = _number(node.text)
        if shape.least is not None and number < shape.least:
            return f"is less than {shape.least}.", f"Write {shape.least} or more."
        if shape.most is not None and number > shape.most:
            return f"is more than {shape.most}.", f"Write {shape.most} or less."
    return None


def _number(text: str) -> float:
    plain = text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan")
    try:
        return float(plain)
    except ValueError:
        return float(int(plain, 0))


def _identity(node: Node) -> object:
    """What makes two items of a list the same: kind and value, as in JSON."""
    if isinstance(node, Scalar):
        if node.kind in ("int", "float"):
            return ("number", _number(node.text))
        return (node.kind, node.text if node.kind == "str" else node.text.lower())
    if isinstance(node, Sequence):
        return ("list", *map(_identity, node.items))
    return ("map", frozenset((name, _identity(value)) for name, value in node.entries.items()))


def _paired(node: Sequence, kept: list[Node], shape: Shape) -> Mapping:
    """A list of NAME=value as a map; NAME alone has nothing as its value, and the last of several wins."""
    entries: dict[str, Node] = {}
    for item in kept:
        if isinstance(item, Scalar):
            at = split_at(item.text, shape.pairs)
            if at is None:
                entries[item.text] = Scalar("", "null", item.path, item.place)
            else:
                text, parts = (item.text[at + 1 :], None) if item.parts is None else cut(item, at + 1)
                entries[item.text[:at]] = Scalar(text, "str", item.path, item.place, parts)
    return Mapping(entries, node.path, node.place, node.tag)


# ---- words --------------------------------------------------------------------------------------


def _where(path: str) -> str:
    return _short(path, 2 * _LONGEST_NAME) if path else "The file"


def _short(name: str, most: int = _LONGEST_NAME) -> str:
    return name if len(name) <= most else f"{name[:most]}…"


def _expected(shape: Shape) -> str:
    words = [said for kind, said in _SAID.items() if kind in shape.kinds and kind != "null"]
    words += ["a list"] if shape.list else []
    words += ["a map (key: value)"] if shape.map else []
    return _listed(tuple(words)) or "empty"


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return _FOUND[node.kind]
    return "a list" if isinstance(node, Sequence) else "a map"


def _mend(node: Node, shape: Shape) -> str:
    """What to do about a value of a wrong kind."""
    if isinstance(node, Scalar) and node.kind == "null":
        return "Give it a value, or leave the key out. What belongs to it stands below it, indented."
    if isinstance(node, Scalar) and node.kind != "str" and "text" in shape.kinds:
        return "Put it in quotes."
    if shape.list:
        return "Write one item a line, each after a dash and a space."
    if shape.map:
        return "Write key: value below it, one a line, indented and without dashes."
    return f"Write {_expected(shape)} there."


def _belongs(name: str) -> str:
    """Where else in a compose file a key belongs."""
    if name in (SERVICE.keys or {}):
        return f"{name} belongs inside a service."
    if name in (DEPLOY.keys or {}):
        return f"{name} belongs below deploy, inside a service."
    return f"{name} belongs at the top of the file, without indentation." if name in (FILE.keys or {}) else ""
