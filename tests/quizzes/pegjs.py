"""gift-pegjs, a reader of GIFT that is not ours, in Node; and what it reads in our own words."""

import json
import shutil
import subprocess
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from lecture.quizzes.gift_text import Choice, Item, Pair, Text

HERE = Path(__file__).parent / "gift-pegjs"
MISSING = "no Node with npm at hand, or no registry within reach: NO GIFT WAS READ BY ANYBODY BUT OURSELVES"
_folder = tempfile.TemporaryDirectory(prefix="course-gift-")


@cache
def installed() -> Path | None:
    """The folder that the reader was installed into; None where it could not be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    folder = Path(shutil.copytree(HERE, _folder.name, dirs_exist_ok=True))
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    return folder if done.returncode == 0 else None


def parse(texts: list[str]) -> list[dict]:
    """What it makes of each text: {"items": …} or {"error": …}; skips the test, loudly, where it is not there."""
    folder = installed()
    if folder is None:
        pytest.skip(MISSING)
    done = subprocess.run(
        [shutil.which("node"), "read.js"],
        cwd=folder,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def items(found: dict) -> list[Item]:
    """What it read as items of ours; formats are given in full, weights as numbers without needless zeros."""
    category, made = "", []
    for one in found["items"]:
        if one["type"] == "Category":
            category = one["title"]
        else:
            made.append(_item(one, category))
    return made


def full(item: Item) -> Item:
    """An item of ours as `items` gives them: every format in full."""
    base = item.stem.format or "moodle"
    choices = tuple(
        Choice(_full(one.text, base), one.right, one.weight and _percent(float(one.weight)), _full(one.feedback, base))
        for one in item.choices
    )
    if item.kind == "number":
        choices = tuple(Choice(Text(_range(one.text.text)), *_rest(one, base)) for one in item.choices)
    if item.kind == "truth":
        choices = tuple(Choice(one.text, one.right, "", _full(one.feedback, base)) for one in item.choices)
    pairs = tuple(Pair(_full(pair.left, base), pair.right) for pair in item.pairs)
    words = {"stem": _full(item.stem, base), "general": _full(item.general, base)}
    return replace(item, choices=choices, pairs=pairs, **words)


def _rest(one: Choice, base: str):
    return one.right, one.weight and _percent(float(one.weight)), _full(one.feedback, base)


def _full(text: Text | None, base: str) -> Text | None:
    return text and Text(text.text, text.format or base)


def _item(one: dict, category: str) -> Item:
    kind = {"MC": "choice", "Short": "short", "Matching": "match", "Numerical": "number", "TF": "truth"}[one["type"]]
    return Item(
        kind,
        _text(one["stem"]),
        _choices(one, kind),
        tuple(Pair(_text(pair["subquestion"]), _decoded(pair["subanswer"])) for pair in one.get("matchPairs") or ()),
        None,
        _text(one["globalFeedback"]),
        title=one["title"] or "",
        id=one["id"] or "",
        tags=tuple(one["tags"] or ()),
        category=category,
    )


def _choices(one: dict, kind: str) -> tuple[Choice, ...]:
    if kind == "truth":
        first, second = _text(one["trueFeedback"]), _text(one["falseFeedback"])  # for a wrong answer, for a right one
        is_true = one["isTrue"]
        return (
            Choice(Text("T"), is_true, "", second if is_true else first),
            Choice(Text("F"), not is_true, "", first if is_true else second),
        )
    found = one.get("choices") or []
    if isinstance(found, dict):  # one bare number
        found = [{"isCorrect": True, "weight": None, "text": found, "feedback": None}]
    words = _number if kind == "number" else _text
    return tuple(
        Choice(words(row["text"]), row["isCorrect"], _percent(row["weight"]), _text(row["feedback"])) for row in found
    )


def _percent(weight: float | None) -> str:
    return "" if weight is None else f"{weight:g}"


def _number(row: dict) -> Text:
    match row.get("type"):
        case "simple":
            return Text(_range(f"{row['number']}"))
        case "range":
            return Text(_range(f"{row['number']}:{row['range']}"))
        case "high-low":
            return Text(_range(f"{row['numberLow']}..{row['numberHigh']}"))
    return Text("*")


def _range(text: str) -> str:
    for sign in (":", ".."):
        if sign in text:
            return sign.join(f"{float(one) + 0:g}" for one in text.split(sign))
    return text if text == "*" else f"{float(text) + 0:g}"  # minus nought is nought


def _text(row: dict | None) -> Text | None:
    return row and Text(row["text"], row["format"])


def _decoded(text: str) -> str:
    """The right side of a pair, which it leaves undecoded."""
    for code, letter in {"92": "\\", "58": ":", "35": "#", "61": "=", "123": "{", "125": "}", "126": "~"}.items():
        text = text.replace(f"&&{code:0>3};", letter)
    return text.replace("&&010", "\n")
