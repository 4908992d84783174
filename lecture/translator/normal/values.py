"""Values of many keys: text, true and false, numbers, durations, sizes, words of a command, NAME=value."""

import re
from collections.abc import Iterable, Iterator
from math import isfinite

from lecture.translator.compose import Command, Setting, Text, Unset
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping, Node, Scalar, Sequence, as_text, is_name

_DURATION = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h|d|w)")
_UNIT = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SIZE = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*([kmgtp]?)i?b?", re.IGNORECASE)
_POWER = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_NUMBERED = re.compile(r".*\[\d+\]", re.DOTALL).fullmatch  # the path of an item, not of a key
_TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})
_LONGEST = 60  # characters of a number, a duration or a size
# what a shell takes for one word: quotes, escapes, and what touches them
_WORD = re.compile(r"""(?:[^\s"'\\]+|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+""")
_PIECE = re.compile(r"""[^\s"'\\]+|\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)\"""")
_ESCAPED = re.compile(r'\\(["\\])')
_STANDS_FOR_UNSET = 0xF0000  # a private character, which YAML text may hold but nobody writes


def get(node: Node | None, *names: str) -> Node | None:
    """What stands at the end of a chain of keys, or None."""
    for name in names:
        node = node.entries.get(name) if isinstance(node, Mapping) else None
    return node


def scalar(node: Node | None, *names: str) -> Scalar | None:
    """A scalar that is not null, at the end of a chain of keys."""
    for name in names:
        node = node.entries.get(name) if isinstance(node, Mapping) else None
    return node if isinstance(node, Scalar) and node.kind != "null" else None


def string(node: Node | None, *names: str) -> str:
    """A scalar's text, an unset variable shown as ${NAME}; "" where there is none."""
    for name in names:
        node = node.entries.get(name) if isinstance(node, Mapping) else None
    return node.text if isinstance(node, Scalar) and node.kind != "null" else ""


def text(node: Node | None, *names: str) -> Text | None:
    """A scalar as Text, or None."""
    found = scalar(node, *names)
    return as_text(found) if found else None


def texts(node: Node | None, *names: str) -> tuple[Text, ...]:
    """The scalars of a list, or of one value that stands for a list of one."""
    for name in names:
        node = node.entries.get(name) if isinstance(node, Mapping) else None
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple([as_text(item) for item in items if isinstance(item, Scalar) and item.kind != "null"])


def items(node: Node | None, *names: str) -> list[Node]:
    """The items of a list, none where there is no list."""
    found = get(node, *names)
    return found.items if isinstance(found, Sequence) else []


def entries_of(node: Node | None) -> Iterable[tuple[str, Node]]:
    """The keys of a map and what stands below them, none where there is no map."""
    return node.entries.items() if isinstance(node, Mapping) else ()


def flag(node: Node | None, *names: str) -> bool | None:
    """True or false in any way that compose understands; None where nothing is said, or a variable is unset."""
    found = scalar(node, *names)
    if found is None or found.parts is not None:
        return None
    return found.text.lower() in _TRUE


def number(found: Scalar | None) -> float | None:
    """A number; None where it is none."""
    if found is None or found.parts is not None or len(found.text) > _LONGEST:
        return None
    try:
        value = float(found.text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def whole(found: Scalar | None) -> int | None:
    """A whole number that is not negative; None where it is none."""
    if found is None or found.parts is not None:
        return None
    digits = found.text.removesuffix(".0")
    return int(digits) if len(digits) < 12 and digits.isascii() and digits.isdigit() else None


def seconds(found: Scalar | None, notes: Notes) -> float | None:
    """A duration such as 1m30s, in seconds."""
    if found is None or found.parts is not None:
        return None
    written = found.text.strip() if len(found.text) <= _LONGEST else ""
    pieces = _DURATION.findall(written)
    if not pieces or "".join(pieces) != written:
        if written != "0":
            message = f"{found.path} is not a duration."
            notes.add(message, "Write a number and a unit, such as 30s or 1m30s.", found.place, found.path)
        return 0.0 if written == "0" else None
    return sum((float(piece.rstrip("nuµmshdw")) * _UNIT[piece.lstrip("0123456789.")] for piece in pieces), 0.0)


def mebibytes(found: Scalar | None, notes: Notes) -> float | None:
    """A size such as 512m or 1.5gb, in MiB; without a unit it is bytes."""
    if found is None or found.parts is not None or found.text == "-1":
        return None
    size = mebibytes_of(found.text)
    if size is None:
        mend = "Write a number and a unit, such as 512m or 1g."
        notes.add(f"{found.path} is not a size.", mend, found.place, found.path)
    return size


def mebibytes_of(written: str) -> float | None:
    """MiB of a size as it is written; None where it is none."""
    match = _SIZE.fullmatch(written.strip()) if len(written) <= _LONGEST else None
    if match is None:
        return None
    return float(match[1]) * 1024.0 ** (_POWER[match[2].lower()] - 2)


def settings(node: Node | None, notes: Notes) -> tuple[Setting, ...]:
    """A map of names to plain values; what has no name is noted and left out."""
    found = []
    for name, value in entries_of(node):
        if not name or (_NUMBERED(value.path) and not is_name(name)):
            mend = "Write NAME=value after a dash, or NAME: value without one."
            notes.add(f"{value.path} has no name.", mend, value.place, value.path)
        elif isinstance(value, Scalar):
            text = None if value.kind == "null" else as_text(value)
            found.append(Setting(name, text, value.path, value.place))
    return tuple(found)


def command(node: Node | None, notes: Notes) -> Command | None:
    """`command` or `entrypoint`: a list of words, or text that is split as a shell would, though no shell reads it."""
    if isinstance(node, Sequence):
        return Command(texts(node), False, node.path, node.place)
    if isinstance(node, Scalar) and node.kind != "null":
        return Command(tuple(words(node, notes)), False, node.path, node.place)
    return None


def words(node: Scalar, notes: Notes) -> Iterator[Text]:
    """The words of a command line, quotes taken off, unset variables kept."""
    if node.parts is None and not any(character in node.text for character in "\"'\\"):
        for word in node.text.split():
            yield Text(word, node.path, node.place, (word,))
        return
    unset = [part for part in node.parts or () if isinstance(part, Unset)]
    line = _with_marks(node)
    if _WORD.sub("", line).strip():
        mend = "Close it with the same quote, or write the command as a list."
        notes.add(f"{node.path} has a quote that is never closed.", mend, node.place, node.path)
    for match in _WORD.finditer(line):
        if not match[0].replace("\\\n", ""):
            continue  # a line that goes on below
        parts = tuple(_unmarked("".join(map(_piece, _PIECE.finditer(match[0]))), unset))
        value = "".join(part if isinstance(part, str) else f"${{{part.name}}}" for part in parts)
        yield Text(value, node.path, node.place, parts or ("",))


def _with_marks(node: Scalar) -> str:
    """The text, with one private character for each unset variable."""
    parts = node.parts or (node.text,)
    counter = iter(range(_STANDS_FOR_UNSET, _STANDS_FOR_UNSET + len(parts)))
    return "".join(part if isinstance(part, str) else chr(next(counter)) for part in parts)


def _unmarked(text: str, unset: list[Unset]) -> Iterator[str | Unset]:
    piece = ""
    for character in text:
        index = ord(character) - _STANDS_FOR_UNSET
        if 0 <= index < len(unset):
            if piece:
                yield piece
            yield unset[index]
            piece = ""
        else:
            piece += character
    if piece:
        yield piece


def _piece(match: re.Match[str]) -> str:
    escaped, single, double = match.groups()
    if escaped is not None:
        return "" if escaped == "\n" else escaped
    if single is not None:
        return single
    return match[0] if double is None else _ESCAPED.sub(r"\1", double)
