"""What the YAML parser says, in words for somebody who did not write it."""

import re
from typing import Any

import yaml

from lecture.translator.compose import Place, Problem
from lecture.translator.lines import Notes

# part of what the parser says; whether to point at where the thing began; message; mend
_KNOWN = (
    (
        "found unexpected end of stream",
        True,
        "A quote opens here and is never closed.",
        "Close it with the same quote. If the quote belongs to the text, put the whole value in the other kind.",
    ),
    (
        "found unexpected document indicator",
        True,
        "A quote opens here and is not closed before the next document.",
        "Close it with the same quote.",
    ),
    (
        "did not find expected ',' or ']'",
        True,
        "A list opens here with [ and its items are not parted by commas, or it is never closed.",
        "Put a comma between two items and a ] at the end.",
    ),
    (
        "did not find expected ',' or '}'",
        True,
        "A map opens here with { and its entries are not parted by commas, or it is never closed.",
        "Put a comma between two entries and a } at the end. Text that begins with { wants quotes.",
    ),
    (
        "mapping values are not allowed",
        False,
        "There is a second colon where only text may stand, or this line is indented deeper than it should be.",
        "Put text with a colon and a space in it in quotes, or line this key up with its neighbours.",
    ),
    (
        "did not find expected key",
        False,
        "This line does not line up with the lines around it.",
        "Give all keys of one map, and all dashes of one list, the same number of spaces in front.",
    ),
    (
        "did not find expected '-' indicator",
        False,
        "A list goes on here with something that is not an item.",
        "Begin each item with a dash and a space, all in the same column.",
    ),
    (
        "could not find expected ':'",
        False,
        "A key without a colon, or text that runs on where a key should be.",
        "Write key: value, with a space after the colon. Text over several lines wants quotes or a |.",
    ),
    (
        "block sequence entries are not allowed",
        False,
        "A list item cannot begin here.",
        "Put the dash on a line of its own, below the key and indented.",
    ),
    (
        "found unknown escape character",
        False,
        "Inside double quotes a backslash begins a special character, and this one is not known.",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        "did not find expected hexdecimal number",
        False,
        "Inside double quotes a backslash begins a special character, and this one is cut short.",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        "did not find expected alphabetic or numeric character",
        False,
        "A value that begins with * or & means an alias or an anchor, and no name follows.",
        "Put the value in quotes.",
    ),
    (
        "found character that cannot start any token",
        False,
        "No value can begin with this character.",
        "Put the value in quotes.",
    ),
    (
        "found undefined tag handle",
        False,
        "A value that begins with ! means a tag, and this one is not known.",
        "Put the value in quotes if the ! belongs to it.",
    ),
    (
        "did not find expected tag",
        False,
        "A value that begins with ! means a tag, and this one cannot be read.",
        "Put the value in quotes if the ! belongs to it.",
    ),
    (
        "did not find expected comment or line break",
        False,
        "After | or > only a comment may stand on the line.",
        "Begin the text on the next line, indented.",
    ),
    (
        "did not find expected <document start>",
        False,
        "The file goes on here with something that does not belong to it.",
        "Indent this line so that it belongs to the key above, or write it as a key with a colon.",
    ),
)
# what YAML does not allow in a file (1.2, section 5.1)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAB = (
    "A tab stands here where YAML wants spaces.",
    "Replace tabs by spaces; most editors have a command for it.",
)
_OTHER = ("This is not YAML from here on.", "Compare the line and the one above it with an example.")


def explained(error: yaml.YAMLError | UnicodeEncodeError, notes: Notes) -> Problem:
    """The parser's error as a problem: what it means, where, and how to mend it."""
    if found := _UNPRINTABLE.search(notes.source):
        return _unprintable(notes, found)
    if not isinstance(error, yaml.MarkedYAMLError):
        return notes.problem(*_OTHER, Place(1, 1))
    said = f"{error.context or ''} {error.problem or ''}"
    for part, began, message, mend in _KNOWN:
        if part in said:
            at = _place(error.context_mark if began and error.context_mark else error.problem_mark)
            tab = _tab(notes, at)
            return notes.problem(*_TAB, tab) if tab and not began else notes.problem(message, mend, at)
    return notes.problem(*_OTHER, _place(error.problem_mark or error.context_mark))


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _tab(notes: Notes, at: Place) -> Place | None:
    """Where a tab indents the line of the error, or the line before it."""
    lines = notes.source.splitlines()
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
