"""The compose specification's own JSON schema, as check-jsonschema carries it, and documents made from it."""

import json
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]


@cache
def schema() -> Schema:
    """vendor.compose-spec."""
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((folder / "compose-spec.json").read_text())


@cache
def validator() -> Draft202012Validator:
    """Says whether a document is valid."""
    return Draft202012Validator(schema())


WORDS = ("web", "db", "a.b", "x-note", "nofile", "", "A=b", "80:80", "8000", "host", "y z", "always", "30s", "tcp")
NUMBERS = (0, 1, -1, 80, 1.0, 2.5, 101, 4294967296, 1e3)
PLAIN = (*WORDS, *NUMBERS, True, False, None)


class Documents:
    """Documents that a schema accepts, mostly; `wrong` is the share of values that it may not accept."""

    def __init__(self, random: Random, wrong: float) -> None:
        self.random = random
        self.wrong = wrong

    def document(self) -> Any:
        """A whole document. Not every one is valid: the schema says which."""
        return self.value(schema(), 0)

    def value(self, node: Schema, depth: int) -> Any:
        """A value of this part of the schema, or now and then of none."""
        if self.random.random() < self.wrong:
            return self.anything(depth)
        if "$ref" in node:
            return self.value(self.definition(node["$ref"]), depth)
        if "oneOf" in node:
            return self.value(self.random.choice(node["oneOf"]), depth)
        kinds = node.get("type", ["object"] if "properties" in node or "allOf" in node else ["string"])
        kind = self.random.choice([kinds] if isinstance(kinds, str) else kinds)
        return getattr(self, f"_{kind}")(node, depth)

    def definition(self, ref: str) -> Schema:
        """What a reference points to."""
        return schema()["$defs"][ref.removeprefix("#/$defs/")]

    def anything(self, depth: int) -> Any:
        """A value out of nowhere."""
        pick = self.random.random()
        if pick < 0.7 or depth > 6:
            return self.random.choice(PLAIN)
        some = [self.anything(depth + 1) for _ in range(self.random.randrange(3))]
        return some if pick < 0.85 else {self.random.choice(WORDS): item for item in some}

    def _string(self, node: Schema, depth: int) -> str:
        if "enum" in node:
            return self.random.choice(node["enum"])
        return self.random.choice(WORDS)

    def _integer(self, node: Schema, depth: int) -> Any:
        return self.random.choice((0, 1, 5, 2.0, -2000, 50))

    def _number(self, node: Schema, depth: int) -> Any:
        return self.random.choice(NUMBERS)

    def _boolean(self, node: Schema, depth: int) -> bool:
        return self.random.random() < 0.5

    def _null(self, node: Schema, depth: int) -> None:
        return None

    def _array(self, node: Schema, depth: int) -> list[Any]:
        size = 0 if depth > 8 else self.random.choice((0, 1, 1, 2, 3))
        return [self.value(node.get("items", {}), depth + 1) for _ in range(size)]

    def _object(self, node: Schema, depth: int) -> dict[str, Any]:
        known = self.properties(node)
        names = list(known)
        most = 12 if depth < 3 else 4 if depth < 6 else 1
        chosen = self.random.sample(names, min(len(names), self.random.randrange(most + 1)))
        found = {name: self.value(known[name], depth + 1) for name in [*node.get("required", ()), *chosen]}
        for pattern, each in node.get("patternProperties", {}).items():
            for _ in range(self.random.randrange(2 if names else 3)):
                name = "x-more" if pattern == "^x-" else self.random.choice(("web", "db", "nofile", "a.b", "A"))
                found[name] = self.value(each or {"type": "string"}, depth + 1)
        if self.random.random() < self.wrong:
            found[self.random.choice(WORDS)] = self.anything(depth + 1)
        return found

    def properties(self, node: Schema) -> dict[str, Schema]:
        """All properties, those of what it builds on included."""
        known: dict[str, Schema] = {}
        for part in node.get("allOf", ()):
            known |= self.properties(self.definition(part["$ref"]) if "$ref" in part else part)
        return known | node.get("properties", {})
