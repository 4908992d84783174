"""What the YAML parser says, in words for somebody who did not write it."""

import re
from typing import Any, NamedTuple

import yaml

from lecture.translator.compose import Place, Problem
from lecture.translator.lines import Notes


class Said(NamedTuple):
    """Part of what the parser says, what it means, how to mend it, and whether to point at where the thing began."""

    part: str
    message: str
    mend: str
    began: bool = False


_QUOTES = "Put the value in quotes."
_TWICE = "Use single quotes, or write the backslash twice."
_KNOWN = (
    Said(
        "found unexpected end of stream",
        "A quote opens here and is never closed.",
        "Close it with the same quote. If the quote belongs to the text, put the whole value in the other kind.",
        began=True,
    ),
    Said(
        "found unexpected document indicator",
        "A quote opens here and is not closed before the next document.",
        "Close it with the same quote.",
        began=True,
    ),
    Said(
        "did not find expected ',' or ']'",
        "A list opens here with [ and its items are not parted by commas, or it is never closed.",
        "Put a comma between two items and a ] at the end.",
        began=True,
    ),
    Said(
        "did not find expected ',' or '}'",
        "A map opens here with { and its entries are not parted by commas, or it is never closed.",
        "Put a comma between two entries and a } at the end. Text that begins with { wants quotes.",
        began=True,
    ),
    Said(
        "did not find expected key",
        "This line does not line up with the lines around it.",
        "Give all keys of one map, and all dashes of one list, the same number of spaces in front.",
    ),
    Said(
        "did not find expected '-' indicator",
        "A list goes on here with something that is not an item.",
        "Begin each item with a dash and a space, all in the same column.",
    ),
    Said(
        "could not find expected ':'",
        "This line has no colon after its key, or text runs on where a key should be.",
        "Write key: value, with a space after the colon. Text over several lines wants quotes or a |.",
        began=True,
    ),
    Said(
        "block sequence entries are not allowed",
        "A list item cannot begin here.",
        "Put the dash on a line of its own, below the key and indented.",
    ),
    Said(
        "found unknown escape character",
        "Inside double quotes a backslash begins a special character, and this one is not known.",
        _TWICE,
    ),
    Said(
        "did not find expected hexdecimal number",
        "Inside double quotes a backslash begins a special character, and this one is cut short.",
        _TWICE,
    ),
    Said(
        "did not find expected alphabetic or numeric character",
        "A value that begins with * or & means an alias or an anchor, and no name follows.",
        _QUOTES,
        began=True,
    ),
    Said("found character that cannot start any token", "No value can begin with this character.", _QUOTES),
    Said(
        "did not find expected node content",
        "A value is missing here, or a comma or a bracket stands where none belongs.",
        "Write the value, or put it in quotes if it begins with a comma or a bracket.",
    ),
    Said(
        "tag",
        "A value that begins with ! means a tag, and this one cannot be read.",
        "Put the value in quotes if the ! belongs to it.",
        began=True,
    ),
    Said(
        "did not find the expected '>'",
        "A value that begins with !< means a tag, and this one is never closed.",
        "Put the value in quotes if the ! belongs to it.",
        began=True,
    ),
    Said(
        "did not find expected comment or line break",
        "After | or > only a comment may stand on the line.",
        "Begin the text on the next line, indented.",
    ),
    Said(
        "did not find expected <document start>",
        "The file goes on here with something that does not belong to it.",
        "Indent this line so that it belongs to the key above, or write it as a key with a colon.",
    ),
    Said(
        "found unknown directive name",
        "A line that begins with % means an instruction to the reader, and this one is not known.",
        "Indent the line, or put it in quotes.",
        began=True,
    ),
    Said(
        "found incompatible YAML document",
        "The first line asks for a version of YAML that nobody reads.",
        "Remove the line that begins with %YAML.",
    ),
)
_TAB = ("A tab stands here where YAML wants spaces.", "Replace tabs by spaces; most editors have a command for it.")
_OTHER = ("This is not YAML from here on.", "Compare the line and the one above it with an example.")
_AFTER_QUOTE = (
    "The text goes on after the quote that closes it.",
    "Put the whole value in quotes of the other kind, or write a quote inside single quotes twice.",
)
_LATE_QUOTE = (
    "A quote opens here and is not closed on this line; the next one further down closes it.",
    "Close it with the same quote, on this line.",
)
_SECOND_COLON = (
    "There is a second colon on this line, where only text may stand.",
    "Put text with a colon and a space in it in quotes.",
)
_NO_COLON = ("This line has no colon after its key.", "Write key: value, or key: alone where more stands below it.")
_NO_SPACE = ("There is no space after the colon.", "Write key: value, with a space after the colon.")
_TOO_DEEP = (
    "This line is indented deeper than the one above it, which already has a value.",
    "Line this key up with its neighbours.",
)
_WORD = re.compile(r"\s*[\w.-]+")
# what YAML does not allow in a file (1.2, section 5.1)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def explained(error: yaml.YAMLError | UnicodeEncodeError, notes: Notes) -> Problem:
    """The parser's error as a problem: what it means, where, and how to mend it."""
    lines = notes.source.splitlines()
    if found := _UNPRINTABLE.search(notes.source):
        return _unprintable(notes, found)
    if not isinstance(error, yaml.MarkedYAMLError):
        return notes.problem(*_OTHER, Place(1, 1))
    at, said = _place(error.problem_mark or error.context_mark), error.problem or ""
    if tab := at if "tab character" in said else _tab(lines, at):
        return notes.problem(*_TAB, tab)
    if "mapping values are not allowed" in said:
        return _colon(lines, at, notes)
    if "did not find expected key" in said:
        if (before := _before(lines, at).rstrip()).endswith(("'", '"')):
            opened = _opened(lines, at, before)
            return notes.problem(*(_LATE_QUOTE if opened else _AFTER_QUOTE), opened or at)
        number, line = _above(lines, at)
        if _WORD.fullmatch(line):
            return notes.problem(*_NO_COLON, Place(number, len(line) - len(line.lstrip()) + 1))
    return _listed(error, said, at, notes)


def _listed(error: yaml.MarkedYAMLError, said: str, at: Place, notes: Notes) -> Problem:
    for row in _KNOWN:
        if row.part in said:
            place = _place(error.context_mark) if row.began and error.context_mark else at
            return notes.problem(row.message, row.mend, place)
    return notes.problem(*_OTHER, at)


def _colon(lines: list[str], at: Place, notes: Notes) -> Problem:
    """What a colon in a wrong place means: most often, that the line above lacks one."""
    if ": " in _before(lines, at):
        return notes.problem(*_SECOND_COLON, at)
    number, line = _above(lines, at)
    if line and ":" not in line:
        return notes.problem(*_NO_COLON, Place(number, len(line) - len(line.lstrip()) + 1))
    if line and ": " not in line and not line.endswith(":"):
        return notes.problem(*_NO_SPACE, Place(number, line.index(":") + 1))
    return notes.problem(*_TOO_DEEP, at)


def _above(lines: list[str], at: Place) -> tuple[int, str]:
    """The last line above a place that says something, and its number."""
    number = next((n for n in range(at.line - 1, 0, -1) if lines[n - 1].split("#")[0].strip()), 0)
    return number, lines[number - 1].split(" #")[0].rstrip() if number else ""


def _opened(lines: list[str], at: Place, before: str) -> Place | None:
    """Where the quote that is closed at the end of `before` was opened, if that was on a line above."""
    quote = before[-1]
    if before.count(quote) % 2 == 0:
        return None
    number = next((n for n in range(at.line - 1, 0, -1) if lines[n - 1].count(quote) % 2), 0)
    return Place(number, lines[number - 1].rindex(quote) + 1) if number else None


def _before(lines: list[str], at: Place) -> str:
    """What stands before a place, on its line."""
    return lines[at.line - 1][: at.column - 1] if 1 <= at.line <= len(lines) else ""


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _tab(lines: list[str], at: Place) -> Place | None:
    """Where a tab indents the line of the error, or the line before it."""
    for number in (at.line, at.line - 1):
        if 1 <= number <= len(lines):
            line = lines[number - 1]
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent:
                return Place(number, indent.index("\t") + 1)
    return None


def _unprintable(notes: Notes, found: re.Match[str]) -> Problem:
    before = notes.source[: found.start()]
    place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    return notes.problem("An invisible character stands here.", "Delete it, or type the line again.", place)
