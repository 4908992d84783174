r"""The .env box, read as docker reads a .env file: NAME=value lines, quotes, escapes, comments, variables.

In single quotes a value is as it stands; in double quotes \n and its kind are understood; without quotes a value ends
at a space and #. Later lines win. Variables may use what stands above them.
"""

import re

from lecture.translator.compose import Place
from lecture.translator.interpolate import Variables
from lecture.translator.lines import Notes
from lecture.translator.nodes import Parts

_BLANK = re.compile(r"\s*(?:#[^\n]*)?(?:\n|\Z)")
_NAME = re.compile(r"[^\S\n]*(?:export[^\S\n]+)?([\w.\[\]-]+)[^\S\n]*(?:([=:])[^\S\n]*|(?=\n|\Z|#))")
_SINGLE = re.compile(r"'((?:[^'\\]|\\.)*)'[^\n]*", re.DOTALL)
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"[^\n]*', re.DOTALL)
_ESCAPE = re.compile(r'\\([abcfnrtv$"\\])')
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "$": "$$"}


def values(source: str, notes: Notes) -> dict[str, Parts]:
    """The values of a .env text; what cannot be read is noted and left out. Raises TooMuch."""
    found: dict[str, Parts] = {}
    variables = Variables(found)
    at = 0
    while at < len(source):
        blank = _BLANK.match(source, at)
        at = blank.end() if blank else _line(source, at, found, variables, notes)
    return found


def _line(source: str, at: int, found: dict[str, Parts], variables: Variables, notes: Notes) -> int:
    """Reads the line that begins at `at` and says where the next one does."""
    end = source.find("\n", at) + 1 or len(source)
    name = _NAME.match(source, at)
    if name is None:
        _tell("This line is not NAME=value.", "Write one variable a line, its name without spaces.", at, notes)
        return end
    if name[2] is None:
        return end  # only named: docker takes it from the shell, and there is none here
    (raw, expands), end = _value(source, name.end(), notes)
    found[name[1]] = _expanded(raw, variables, notes, name.end()) if expands else (raw,)
    return end


def _value(source: str, at: int, notes: Notes) -> tuple[tuple[str, bool], int]:
    """The value at `at`, whether it may hold variables, and where the next line begins."""
    end = source.find("\n", at)
    end = len(source) if end < 0 else end
    quote = source[at : at + 1]
    if quote in ("'", '"'):
        if quoted := (_SINGLE if quote == "'" else _DOUBLE).match(source, at):
            text = quoted[1].replace("\\'", "'") if quote == "'" else _ESCAPE.sub(_escaped, quoted[1])
            return (text, quote == '"'), quoted.end() + 1
        _tell("A quote opens here and is never closed.", "Close it with the same quote.", at, notes)
        return (source[at + 1 : end].strip(), False), end + 1
    return (source[at:end].split(" #")[0].rstrip(), True), end + 1


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPED.get(match[1], match[1])


def _expanded(raw: str, variables: Variables, notes: Notes, at: int) -> Parts:
    if "$" not in raw:
        return (raw,)
    evaluated = variables.evaluate(raw)
    for message, mend, _ in evaluated.wrong:
        _tell(message, mend, at, notes)
    return tuple(evaluated.parts) or ("",)


def _tell(message: str, mend: str, at: int, notes: Notes) -> None:
    """Notes a problem at a position of the text; where it stands is worked out only for what is listed."""
    source = notes.source
    begins = source.rfind("\n", 0, at) + 1
    line = 1 if notes.full else source.count("\n", 0, at) + 1
    notes.add(message, mend, Place(line, at - begins + 1))
