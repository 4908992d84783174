r"""GIFT, the text format of Moodle: what a question of it holds, and how it is written.

Rules: https://docs.moodle.org/en/GIFT_format. Every text is written on one line (a line break as \n), so that no
line of somebody's code begins with // and is taken for a comment.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["choice", "short", "match", "number", "truth"]
FORMATS = ("markdown", "html", "plain", "moodle")
ESCAPED = re.compile(r"[\\:#={}~\n]")
NOTHING = "-100"  # percent of a wrong option where several are right: it takes everything away
ANY = "*"  # of a number: whatever else is typed


@dataclass(frozen=True)
class Text:
    """Words and their format; "" is the format of the question, and of a stem moodle."""

    text: str
    format: str = ""


@dataclass(frozen=True)
class Choice:
    """An answer. A number's text is 3, 3:0.5 (give or take), 2..4 (from, to) or * (anything else)."""

    text: Text
    right: bool  # it stands behind =, not ~
    weight: str = ""  # percent, as written
    feedback: Text | None = None


@dataclass(frozen=True)
class Pair:
    """Two things that belong together; an empty left one is there to mislead."""

    left: Text
    right: str


@dataclass(frozen=True)
class Item:
    """A question. The choices of a `truth` are T and F, in this order."""

    kind: Kind
    stem: Text
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    after: Text | None = None  # what follows the gap
    general: Text | None = None  # said to everybody
    title: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    line: int = field(default=0, compare=False)


def write(items: Iterable[Item], head: str = "") -> str:
    """The items as GIFT; `head` is put before them as comments."""
    parts = ["".join(f"// {line}".rstrip() + "\n" for line in head.split("\n"))] if head else []
    category = ""
    for item in items:
        if item.category != category:
            parts.append(f"$CATEGORY: {item.category}\n")
            category = item.category
        parts.append(_item(item))
    return "\n".join(parts)


def _item(item: Item) -> str:
    marks = [f"[id:{item.id}]"] * bool(item.id) + [f"[tag:{tag}]" for tag in item.tags]
    comment = f"// {' '.join(marks)}\n" if marks else ""
    title = f"::{escaped(item.title)}::" if item.title else ""
    after = f" {_text(item.after)}" if item.after else ""
    inner = "\n".join(_inner(item))
    return f"{comment}{title}{_text(item.stem)} {{{inner}}}{after}\n"


def _inner(item: Item) -> Iterator[str]:
    """What stands between the braces, line by line."""
    if item.kind == "truth":
        yield from _truth(item)
    else:
        yield "#" if item.kind == "number" else ""
    if item.kind == "match":
        yield from (f"\t={_text(pair.left)} -> {escaped(pair.right)}" for pair in item.pairs)
    elif item.kind != "truth":
        yield from (f"\t{_choice(choice, item.kind)}" for choice in item.choices)
    if item.general:
        yield f"\t####{_text(item.general)}"
    yield ""


def _truth(item: Item) -> Iterator[str]:
    """T or F, then what is said to whoever is wrong, then to whoever is right."""
    right = next(choice for choice in item.choices if choice.right)
    wrong = next(choice for choice in item.choices if not choice.right)
    said = [f"#{_text(one.feedback) if one.feedback else ''}" for one in (wrong, right)]
    last = 2 if right.feedback else 1 if wrong.feedback else 0
    yield right.text.text + "".join(said[:last])


def _choice(choice: Choice, kind: Kind) -> str:
    weight = f"%{choice.weight}%" if choice.weight else ""
    words = choice.text.text.replace(ANY, "") if kind == "number" else _text(choice.text)
    feedback = f"#{_text(choice.feedback)}" if choice.feedback else ""
    return f"{'=' if choice.right else '~'}{weight}{words}{feedback}"


def _text(text: Text) -> str:
    return f"[{text.format}]{escaped(text.text)}" if text.format else escaped(text.text)


def escaped(text: str) -> str:
    """Words with a backslash before each sign that GIFT reads; line breaks are spelt."""
    return ESCAPED.sub(lambda found: r"\n" if found[0] == "\n" else f"\\{found[0]}", text)


def share(count: int) -> str:
    """What each of `count` right options brings, in percent as Moodle knows it: five decimals at most."""
    return f"{100 / count:.5f}".rstrip("0").rstrip(".")
