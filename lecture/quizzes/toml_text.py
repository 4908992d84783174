"""Writes TOML: strings, numbers, truths, lists, and tables of them. Python reads TOML and does not write it."""

import re
from collections.abc import Mapping
from typing import Any

ESCAPED_THERE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\"\\]")


def table(name: str, row: Mapping[str, Any]) -> str:
    """[[name]] with the keys of `row`; lists of tables come last, as [[name.key]]. Empty lists are left out."""
    plain = {key: value for key, value in row.items() if not _tables(value) and value != []}
    parts = [f"[[{name}]]\n" + "".join(f"{key} = {value_of(value)}\n" for key, value in plain.items())]
    for key, value in row.items():
        if _tables(value):
            parts += [table(f"{name}.{key}", one) for one in value]
    return "\n".join(parts)


def comment(text: str) -> str:
    """The lines of a text as comments."""
    return "".join(f"# {ESCAPED_THERE.sub(_code, line)}".rstrip() + "\n" for line in text.split("\n"))


def value_of(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(value_of(one) for one in value)}]"
    return string(value) if isinstance(value, str) else str(value)


def string(text: str) -> str:
    """Words as a string of TOML, over several lines where they have some."""
    if "\n" in text:
        return '"""\n' + ESCAPED.sub(_code, text) + '"""'
    return '"' + ESCAPED.sub(_code, text).replace("\t", "\\t") + '"'


def _code(found: re.Match[str]) -> str:
    return f"\\{found[0]}" if found[0] in '"\\' else f"\\u{ord(found[0]):04x}"


def _tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)
