"""The compose file as a tree whose every value knows its path and its place.

A path is the keys from the top, parted by dots, and the number of an item in brackets: services.api.ports[0]. A key
that is not letters, digits, hyphens and underscores alone stands in brackets and quotes: labels["traefik.enable"].
"""

import json
import re
from typing import Literal

from lecture.translator.compose import Place, Text, Unset
from lecture.translator.quick import record

Kind = Literal["null", "bool", "int", "float", "str"]
Parts = tuple[str | Unset, ...]

PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+").fullmatch
_INT = re.compile(r"[-+]?(?:0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+|[1-9][0-9]*|0)").fullmatch
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?").fullmatch
NOT_TEXT = frozenset("0123456789+-.~nNtTfF")  # what is not text begins with one of these
_WORDS: dict[str, Kind] = {
    **dict.fromkeys(("~", "null", "Null", "NULL"), "null"),
    **dict.fromkeys(("true", "True", "TRUE", "false", "False", "FALSE"), "bool"),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), "float"),
    **{sign + word: "float" for sign in ("", "-", "+") for word in (".inf", ".Inf", ".INF")},
}
_LONGEST_NUMBER = 400


@record
class Scalar:
    """Text, or what YAML takes for a number, true or false, or nothing."""

    text: str  # after interpolation; an unset variable shown as ${NAME}
    kind: Kind
    path: str
    place: Place
    parts: Parts | None = None  # where a variable has no value
    tag: str = ""
    plain: bool = False  # written without quotes


@record
class Sequence:
    """A list."""

    items: "list[Node]"
    path: str
    place: Place
    tag: str = ""


@record
class Mapping:
    """A map, in the order of the file."""

    entries: "dict[str, Node]"
    path: str
    place: Place
    tag: str = ""
    last_line: int = 0


Node = Scalar | Sequence | Mapping


def kind(text: str) -> Kind:
    """What docker's YAML reader takes a plain scalar for (YAML 1.2, core schema): 22:22 and yes are text."""
    if not text:
        return "null"
    if text[0] not in NOT_TEXT:
        return "str"
    if (word := _WORDS.get(text)) is not None:
        return word
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) <= _LONGEST_NUMBER:
        return "int"
    return _number(text.replace("_", ""))


def _number(text: str) -> Kind:
    if len(text) > _LONGEST_NUMBER:
        return "str"
    if _INT(text):
        return "int"
    return "float" if _FLOAT(text) else "str"


def segment(key: str) -> str:
    """A key as it is added to a path."""
    return f".{key}" if PLAIN_KEY(key) else f"[{json.dumps(key, ensure_ascii=False)}]"


def below(path: str, key: str) -> str:
    """The path of a key of the map at `path`; "" is the top of the file."""
    if PLAIN_KEY(key):
        return f"{path}.{key}" if path else key
    return path + segment(key)


def is_name(text: str) -> bool:
    """Whether the text before = is a name: "PASSWORD: hunter2" is none, and must not become a path."""
    return bool(text) and not any(sign in text for sign in ": \t\n")


def joined(parts: Parts) -> str:
    """Parts as one string, an unset variable as ${NAME}."""
    return "".join([part if isinstance(part, str) else f"${{{part.name}}}" for part in parts])


def as_text(node: Scalar) -> Text:
    """A scalar as planning sees it."""
    return Text(node.text, node.path, node.place, node.parts or (node.text,))


def cut(node: Scalar, start: int, end: int | None = None) -> tuple[str, Parts | None]:
    """A slice of a scalar, in characters of its text, with the unset variables that lie in it whole."""
    if node.parts is None:
        return node.text[start:end], None
    end = len(node.text) if end is None else end
    parts: list[str | Unset] = []
    at = 0
    for part in node.parts:
        size = len(part) if isinstance(part, str) else len(part.name) + 3
        if isinstance(part, str):
            piece = part[max(0, start - at) : max(0, end - at)]
            parts += [piece] if piece else []
        elif start <= at and at + size <= end:
            parts.append(part)
        at += size
    whole = tuple(parts)
    return joined(whole), whole if any(isinstance(part, Unset) for part in whole) else None
