"""Drafts: questions that came from GIFT, as TOML in which their author still owes an id, a section or a belief.

What is owed stands as "TODO", and the loader refuses it by name (quizzes.E008). What GIFT has and a question here
has not (a title, a category, another format, part of the points) stands in a comment `# gift: {…}` above the
question, so that `read` gives back exactly what `write` was given.
"""

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal
from string import ascii_lowercase
from typing import Any

from lecture.places import toml_lines
from lecture.quizzes.gift_text import ANY, NOTHING, Choice, Item, Kind, Pair, Text, share
from lecture.quizzes.kinds import ID
from lecture.quizzes.marking import about
from lecture.quizzes.outgoing import number
from lecture.quizzes.owed import TODO
from lecture.quizzes.toml_text import comment, table

Row = dict[str, Any]
REST = "# gift: "
KINDS: dict[str, Kind] = {
    "several": "choice",
    "one": "choice",
    "claim": "truth",
    "match": "match",
    "number": "number",
    "text": "short",
}
MOST = {"option": 8, "pair": 8}
HEAD = """A draft made from {name}. What you still owe stands as "TODO"; make check names each place until it is there.
The comments that begin with "gift:" hold what has no place in a question here. Leave them or delete them."""


def write(items: Iterable[Item], name: str, section: str = "", sections: Collection[str] = ()) -> str:
    """The items as a draft for content/quizzes/.

    `section` is where all of them belong; without one, a tag that is among `sections` says it.
    """
    parts = [comment(HEAD.format(name=name))]
    taken: set[str] = set()
    for item in items:
        where = section or next((tag for tag in item.tags if tag in sections), TODO)
        row = _row(item, where, taken)
        taken.add(row["id"])
        parts.append(comment("\n".join(_remarks(item, row))) + table("question", row))
    return "\n".join(parts)


def read(text: str) -> list[Item]:
    """The items of a draft."""
    lines, line = text.split("\n"), toml_lines(text)
    found = []
    for at, row in enumerate(tomllib.loads(text).get("question", [])):
        above = lines[line(("question", at)) - 2]
        rest = json.loads(above.removeprefix(REST)) if above.startswith(REST) else {}
        found.append(_made(_merged(asdict(_item(row)), rest)))
    return found


# ---- an item as a question ----------------------------------------------------------------------


def _row(item: Item, section: str, taken: Collection[str]) -> Row:
    """The keys of a question, in the order in which authors write them."""
    ids = [id for id in (item.id, item.title) if re.fullmatch(ID, id) and id not in taken]
    stem = f"{item.stem.text} _____ {item.after.text}".strip() if item.after else item.stem.text
    row: Row = {"id": ids[0] if ids else TODO, "kind": _kind(item), "section": section, "stem": stem}
    row["why"] = item.general.text if item.general else TODO
    return row | _answers(item, row["kind"])


def _kind(item: Item) -> str:
    if item.kind == "choice":
        return "one" if any(choice.right for choice in item.choices) else "several"
    return {"truth": "claim", "match": "match", "number": "number", "short": "text"}[item.kind]


def _answers(item: Item, kind: str) -> Row:
    match kind:
        case "match":
            pairs = [pair for pair in item.pairs if pair.left.text]
            rows = [{"id": i, "left": p.left.text, "right": p.right, **_slip(None)} for i, p in _lettered(pairs)]
            return {"extra": [pair.right for pair in item.pairs if not pair.left.text], "pair": rows}
        case "number":
            return _number(item)
        case "text":
            wrong = [{"text": [one.text.text], **_slip(one)} for one in item.choices if not _full(one)]
            right = [one.text.text for one in item.choices if _full(one)]
            return {"accepts": right, "wrong": wrong or [{"text": [TODO], **_slip(None)}]}
        case "claim":
            return {"option": [_reason(id, choice) for id, choice in _lettered(item.choices)]}
    return {"option": [_option(id, choice, kind) for id, choice in _lettered(item.choices)]}


def _lettered(rows: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Rows with their ids; more than 26 are too many for any question, and the loader says so."""
    for at, row in enumerate(rows):
        yield ascii_lowercase[at % 26], row


def _option(id: str, choice: Choice, kind: str) -> Row:
    right = choice.right if kind == "one" else bool(choice.weight) and float(choice.weight) > 0
    row: Row = {"id": id, "text": choice.text.text}
    return row | ({"right": True} | _said(choice) if right else _slip(choice))


def _reason(id: str, choice: Choice) -> Row:
    row: Row = {"id": id, "says": choice.text.text == "T", "text": TODO}
    return row | ({"right": True} | _said(choice) if choice.right else _slip(choice))


def _number(item: Item) -> Row:
    right = next(choice for choice in item.choices if _full(choice))
    answer, margin = _range(right.text.text)
    others = [one for one in item.choices if one is not right and one.text.text != ANY]
    wrong = [{"value": _range(one.text.text)[0], **_slip(one)} for one in others]
    row = {"unit": TODO, "answer": answer, "tolerance": margin}
    return row | {"wrong": wrong or [{"value": TODO, **_slip(None)}]}


def _range(text: str) -> tuple[str, str]:
    """The number in the middle, and how far off is the same."""
    low, dots, high = text.partition("..")
    if dots:
        middle = (Decimal(low) + Decimal(high)) / 2
        return number(middle), number(abs(Decimal(high) - middle))
    value, _, margin = text.partition(":")
    return value, margin or "0"


def _slip(choice: Choice | None) -> Row:
    said = choice.feedback.text if choice and choice.feedback else TODO
    return {"misconception": TODO, "feedback": said}


def _said(choice: Choice) -> Row:
    return {"feedback": choice.feedback.text} if choice.feedback else {}


def _full(choice: Choice) -> bool:
    """Whether an answer that is typed is right in full."""
    return choice.right and choice.weight in ("", "100")


# ---- what stands above it -----------------------------------------------------------------------


def _remarks(item: Item, row: Row) -> Iterator[str]:
    """What an author is told about a question, line by line; what is left of GIFT last."""
    yield f"---- line {item.line}"
    yield f"owed: {', '.join(_owed(row))}"
    yield from _partly(item)
    for key, most in MOST.items():
        if len(row.get(key, ())) > most:
            yield f"owed: {key}s to take out, {most} at most"
    if rest := _rest(asdict(item), asdict(_item(row))):
        yield (REST + json.dumps(rest)).removeprefix("# ")


def _owed(row: Row) -> Iterator[str]:
    """Every place that says TODO, each name once with its rows."""
    for key, value in row.items():
        if value == TODO:
            yield key
        elif isinstance(value, list):
            names = dict.fromkeys(name for one in value if isinstance(one, dict) for name in one)
            for name in names:
                rows = [one for one in value if isinstance(one, dict) and one.get(name) in (TODO, [TODO])]
                if rows:
                    yield f"{name} of {key} {', '.join(str(one.get('id', value.index(one) + 1)) for one in rows)}"


def _partly(item: Item) -> Iterator[str]:
    """Points that are not all or nothing, and what is said of any other number."""
    for choice in item.choices:
        if _kind(item) == "several":
            continue
        if choice.weight and not (choice.right and float(choice.weight) in (0, 100)):
            yield f"owed: {json.dumps(choice.text.text)} brings {choice.weight} % in GIFT; here it is right or wrong"
        if choice.text.text == ANY and choice.feedback:
            yield f"no place for what is said of any other number: {json.dumps(choice.feedback.text)}"


def _rest(whole: Any, kept: Any) -> Any:
    """What of an item its question does not hold: the keys that differ, with rows by number."""
    if isinstance(whole, dict) and isinstance(kept, dict):
        found = {key: _rest(value, kept.get(key)) for key, value in whole.items() if value != kept.get(key)}
        return {key: value for key, value in found.items() if key != "line"}
    if isinstance(whole, list | tuple) and isinstance(kept, list | tuple) and len(whole) == len(kept):
        pairs = enumerate(zip(whole, kept, strict=True))
        return {str(at): _rest(one, other) for at, (one, other) in pairs if one != other}
    return whole


# ---- a question as an item ----------------------------------------------------------------------


def _item(row: Row) -> Item:
    """What a question says in the words of GIFT."""
    kind = row.get("kind", "one")
    id = "" if row["id"] == TODO else row["id"]
    choices = _choices(row, kind)
    pairs = [Pair(Text(one["left"]), one["right"]) for one in row.get("pair", ())]
    pairs += [Pair(Text(""), right) for right in row.get("extra", ())]
    stem, why = Text(row["stem"], "markdown"), _put(row["why"])
    return Item(KINDS[kind], stem, choices, tuple(pairs), general=why, title=id, id=id)


def _choices(row: Row, kind: str) -> tuple[Choice, ...]:
    if kind == "number":
        margin = f":{row['tolerance']}" if row.get("tolerance", "0") != "0" else ""
        wrong = [one for one in row["wrong"] if one["value"] != TODO]
        right = Choice(Text(f"{row['answer']}{margin}"), True)
        return (right, *(Choice(Text(_about(one["value"])), True, "0", _put(one["feedback"])) for one in wrong))
    if kind == "text":
        wrong = [(form, one) for one in row["wrong"] for form in one["text"] if form != TODO]
        right_ones = [Choice(Text(form), True) for form in row["accepts"]]
        return (*right_ones, *(Choice(Text(form), True, "0", _put(one["feedback"])) for form, one in wrong))
    if kind == "match":
        return ()
    rows = row["option"]
    part = share(max(1, sum(one.get("right", False) for one in rows)))
    return tuple(_choice(one, kind, part) for one in rows)


def _choice(row: Row, kind: str, part: str) -> Choice:
    right = row.get("right", False)
    said = _put(row.get("feedback", TODO))
    if kind == "claim":
        return Choice(Text("T" if row["says"] else "F"), right, feedback=said)
    if kind == "several":
        return Choice(Text(row["text"]), False, part if right else NOTHING, said)
    return Choice(Text(row["text"]), right, feedback=said)


def _about(value: str) -> str:
    return f"{value}:{number(about(Decimal(value)))}"


def _put(text: str) -> Text | None:
    return None if text == TODO else Text(text)


def _merged(kept: Any, rest: Any) -> Any:
    """`kept` with what its comment says otherwise."""
    if isinstance(kept, dict) and isinstance(rest, dict):
        return kept | {key: _merged(kept.get(key), value) for key, value in rest.items()}
    if isinstance(kept, list | tuple) and isinstance(rest, dict):
        return [_merged(one, rest[str(at)]) if str(at) in rest else one for at, one in enumerate(kept)]
    return rest


def _made(data: Row) -> Item:
    """An item from its dictionary."""
    words = {key: Text(**data[key]) if data[key] else None for key in ("after", "general")}
    choices = tuple(
        Choice(
            **(one | {"text": Text(**one["text"]), "feedback": Text(**one["feedback"]) if one["feedback"] else None})
        )
        for one in data["choices"]
    )
    pairs = tuple(Pair(Text(**one["left"]), one["right"]) for one in data["pairs"])
    rest = {"stem": Text(**data["stem"]), "choices": choices, "pairs": pairs, "tags": tuple(data["tags"])}
    return Item(**(data | words | rest))
