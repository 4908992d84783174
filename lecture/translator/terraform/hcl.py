"""Terraform's language: text that `terraform fmt` leaves as it is.

Blocks are templates that already stand as they will be read, filled in with `%`; those that every service has are
f-strings, which cost a quarter. This is what goes into the holes.
Where an argument may be absent it stands in a paragraph of its own, so that the columns of the others never move.
"""

import re
import zlib
from collections.abc import Container, Iterable, Sequence

from lecture.translator.values import Origin

SHOWN = 4  # origins that a comment names
SPECIAL = re.compile('[\x00-\x1f\x7f"\\\\\ud800-\udfff]|[$%](?={)')
ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "$": "$$", "%": "%%"}
OTHERS = re.compile("[^a-z0-9]+")
BREAKS = re.compile("[\x00-\x1f\x7f\ud800-\udfff]+")


class Expression(str):
    """What Terraform works out, such as aws_db_instance.db.address. Any other string is plain text."""

    __slots__ = ()


def escape(text: str) -> str:
    """`text` as it stands between quotation marks, where ${ and %{ would be read as commands."""
    if text.isprintable() and '"' not in text and "\\" not in text and "{" not in text:
        return text  # a third of what the expression costs to say the same of nearly every text
    return SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if found in ESCAPED:
        return ESCAPED[found]
    return "\ufffd" if "\ud800" <= found <= "\udfff" else f"\\u{ord(found):04x}"


def quote(text: str) -> str:
    """`text` as a literal string."""
    if text.isprintable() and '"' not in text and "\\" not in text and "{" not in text:
        return f'"{text}"'
    return f'"{SPECIAL.sub(_escaped, text)}"'


def template(parts: Sequence[str]) -> str:
    """Plain texts and expressions as one value: the expression itself where it is alone, else a string."""
    out, plain, last = "", "", ""
    for part in parts:
        if part.__class__ is not Expression:
            plain += part
            continue
        out = f"{out}{_before(plain)}${{{part}}}" if plain else f"{out}${{{part}}}"
        plain, last = "", part
    if last and not plain and len(out) == len(last) + 3:
        return last
    return f'"{out}{escape(plain)}"'


def _before(plain: str) -> str:
    """Text in front of ${: a $ or % at its end would take the brace for itself, so it stands there as a number."""
    if plain[-1] not in "$%":
        return escape(plain)
    bare = plain.rstrip("$%")
    return escape(bare) + "".join(f"\\u{ord(sign):04x}" for sign in plain[len(bare) :])


def listed(values: Iterable[str]) -> str:
    """Values in brackets, on one line."""
    return f"[{', '.join(values)}]"


def lines(values: Iterable[str], indent: int) -> str:
    """Values in brackets, one on each line; `indent` is that of the line where the list begins."""
    blank = " " * indent
    return "".join(["[\n", *[f"{blank}  {value},\n" for value in values], blank, "]"])


def comment(text: str) -> str:
    """A line of comment, whatever the text holds."""
    return f"# {text}\n" if text.isprintable() else f"# {BREAKS.sub(' ', text)}\n"


def origin(origins: Sequence[Origin], also: str = "", instead: str = "needed, though no line of it asks for it") -> str:
    """The comment above a block: the lines of the compose file that it comes from, `instead` where there are none."""
    if not origins:
        return implied(also or instead)
    shown = comment(f"compose line {origins[0].line}: {origins[0].path}")
    if len(origins) > 1:
        shown += "".join([comment(f"compose line {found.line}: {found.path}") for found in origins[1:SHOWN]])
        shown += f"# and {len(origins) - SHOWN} more\n" if len(origins) > SHOWN else ""
    return shown + comment(also) if also else shown


def implied(why: str) -> str:
    """The comment above a block that no line of the file asks for."""
    return f"# not in your file: {why}\n"


def identifier(text: str) -> str:
    """`text` as the name of a block: lower case, digits and single underscores, a letter first."""
    if text.isalpha() and text.isascii() and text.islower():
        return text
    found = OTHERS.sub("_", text.lower()).strip("_")
    return found if found[:1].isalpha() else f"s_{found}".rstrip("_")


def free(wanted: str, taken: Container[str]) -> str:
    """`wanted`, numbered where it is taken."""
    if wanted not in taken:
        return wanted
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    return found


def cut(text: str, longest: int) -> str:
    """`text` in at most that many characters: what is too long ends in a mark made from the whole."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 9].rstrip('-')}-{zlib.crc32(text.encode()):08x}"
