"""What becomes of each key of a compose file where the plan says nothing (content/compose-keys.toml)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Strict, read_toml
from lecture.translator.blueprint import Account, Status

SEGMENT = re.compile(r'\[(\d+|)\]|\["((?:[^"\\]|\\.)*)"\]|([^.\[\]]+)')
QUOTED = re.compile(r"\\(.)")
ITEM = "[]"
# below these an author chooses the names, so that x- is nothing special
FREE = frozenset(
    {"additional_contexts", "annotations", "args", "aux_addresses", "configs", "depends_on", "driver_opts"}
    | {"environment", "extra_hosts", "jobs", "labels", "models", "networks", "options", "secrets", "services"}
    | {"ssh", "storage_opt", "sysctls", "ulimits", "volumes"}
)


class KeyRow(Strict):
    """What becomes of one key, or of everything below it."""

    path: str = Field(description="* is one name, [] an entry of a list, .** at the end everything below")
    status: Status
    message: str = Field(min_length=10, description="one sentence")


class KeyTable(Strict):
    """content/compose-keys.toml."""

    extension: str
    unknown: str
    key: tuple[KeyRow, ...]

    @model_validator(mode="after")
    def _once(self) -> "KeyTable":
        paths = [row.path for row in self.key]
        double = {path for path in paths if paths.count(path) > 1}
        if double:
            raise ValueError(f"the path {min(double)} stands twice")
        return self

    @cached_property
    def tree(self) -> "Node":
        """The rows by the segments of their paths."""
        root = Node()
        for row in self.key:
            node = root
            deep = row.path.endswith(".**")
            for segment in segments(row.path.removesuffix(".**")):
                node = node.below.setdefault(segment, Node())
            node.here, node.deep = (node.here, row) if deep else (row, node.deep)
        return root

    @cached_property
    def simple(self) -> dict[str, tuple[Status, str]]:
        """What becomes of a service's own keys that have no keys below them, such as image."""
        keys = self.tree.below["services"].below["*"].below if "services" in self.tree.below else {}
        rows = {name: node.here or node.deep for name, node in keys.items() if name != "*"}
        return {name: (row.status, row.message) for name, row in rows.items() if row}


@dataclass(slots=True)
class Node:
    """A place in the tree of patterns: its own row, and the row for it and everything below."""

    below: dict[str, "Node"] = field(default_factory=dict)
    here: KeyRow | None = None
    deep: KeyRow | None = None


def segments(path: str) -> tuple[str, ...]:
    """The parts of services.api.ports[0]: services, api, ports, []. A quoted key, ["a.b"], is one part."""
    if "[" not in path:
        return tuple(filter(None, path.split(".")))
    return tuple(
        ITEM if found[1] is not None else found[3] or QUOTED.sub(r"\1", found[2]) for found in SEGMENT.finditer(path)
    )


def read(root: Path) -> KeyTable:
    """content/compose-keys.toml; raises ContentError."""
    return read_toml(root / "compose-keys.toml", root, KeyTable)


@cache
def table() -> KeyTable:
    """The keys of the course that is served."""
    return read(settings.COURSE_CONTENT)


def row(path: str) -> KeyRow | None:
    """The most specific row for a path such as services.api.ports[0]; None where there is none."""
    return _find(table().tree, segments(path), 0)


def default(path: str, line: int) -> Account:
    """The account of a key for which the plan has nothing better: unknown ones need you."""
    return Account(path, line, *answer(path))


def answer(path: str) -> tuple[Status, str]:
    """What becomes of a key for which the plan has nothing better, and why."""
    known, parts = table(), segments(path)
    if "x-" in path and _is_extension(parts):
        return "not_needed", known.extension
    found = _find(known.tree, parts, 0)
    return (found.status, found.message) if found else ("needs_you", known.unknown)


def answers() -> Callable[[str], tuple[Status, str]]:
    """`answer` with a memory, for one file: what many services say is looked up once."""
    simple = table().simple
    below_service = cache(lambda rest: answer(f"services.*.{rest}"))

    def found(path: str) -> tuple[Status, str]:
        if path.startswith("services."):
            rest = path[path.find(".", 9) + 1 :] if path.find(".", 9) > 0 else ""
            return simple.get(rest) or (below_service(rest) if rest else answer(path))
        return answer(path)

    return found


def _find(node: Node, parts: tuple[str, ...], at: int) -> KeyRow | None:
    """The row for the parts from `at` on: by its own name first, then by *, then the one for everything below."""
    if at == len(parts):
        return node.here or node.deep
    for name in (parts[at], "*"):
        below = node.below.get(name) if name != "*" or parts[at] != ITEM else None
        found = _find(below, parts, at + 1) if below else None
        if found:
            return found
    return node.deep


def _is_extension(parts: tuple[str, ...]) -> bool:
    """Whether a part begins with x- where compose names its keys, and not where an author names things."""
    return any(part.startswith("x-") and above not in FREE for above, part in pairwise(("", *parts)))
