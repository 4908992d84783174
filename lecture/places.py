"""Where things stand in TOML and YAML: the line of each key, and of what is nested too deep.

The parsers of Python say where a file cannot be read, and forget every line of one that can.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

import yaml

Loc = tuple[int | str, ...]  # keys, and numbers of rows
DEEPEST = 12  # brackets in brackets, or keys below keys: no file of a course has more than four
STRING = r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
TOKEN = re.compile(rf"(?P<skip>#[^\n]*|{STRING})|(?P<open>[\[{{])|(?P<close>[\]}}])", re.S)
DOTTED = re.compile(rf"^[ \t]*\[*[ \t]*(?:(?:{STRING}|[\w-]+)[ \t]*\.[ \t]*){{{DEEPEST},}}", re.M)
SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
GAP = re.compile(r"[ \t]*")
KEY = re.compile(rf"({STRING}|[\w-]+)[ \t]*(\.?)[ \t]*", re.S)
SCALAR = re.compile(rf"{STRING}|[^,\]}}\n#]*", re.S)


def toml_too_deep(text: str) -> int:
    """The first line of TOML whose brackets or keys go deeper than DEEPEST; 0 where there is none."""
    depth = 0
    for found in TOKEN.finditer(text):
        depth += bool(found["open"]) - bool(found["close"])
        if depth > DEEPEST:
            return _line(text, found.start())
    dotted = DOTTED.search(text)
    return _line(text, dotted.start()) if dotted else 0


def yaml_too_deep(text: str) -> int:
    """The same for YAML; raises YAMLError."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark.line + 1 if event.start_mark else 1
    return 0


def toml_line(text: str, loc: Loc) -> int:
    """The line of the key or row at `loc` in TOML that can be read, else of what it would stand in, else 1."""
    return toml_lines(text)(loc)


def toml_lines(text: str) -> Callable[[Loc], int]:
    """The same for many places in one text."""
    lines = _Toml(text).lines()
    return lambda loc: next((lines[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in lines), 1)


def yaml_line(text: str, loc: Loc) -> int:
    """The same for YAML."""
    return yaml_lines(text)(loc)


def yaml_lines(text: str) -> Callable[[Loc], int]:
    """The same for many places in one text."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return lambda loc: _below(root, loc)


def _below(node: yaml.Node | None, loc: Loc) -> int:
    line = 1
    for part in loc:
        below = [(start, value) for key, start, value in _children(node) if key == part]
        if not below:
            break
        start, node = below[0]
        line = start.start_mark.line + 1
    return line


def _children(node: yaml.Node | None) -> Iterator[tuple[int | str, yaml.Node, yaml.Node]]:
    """(key or number, where it begins, value) of what stands in a node."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((at, value, value) for at, value in enumerate(node.value))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


class _Toml:
    """Goes through TOML that tomllib has read, and so is right, and writes down where each key begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.breaks = [found.start() for found in re.finditer("\n", text)]
        self.at = 0
        self.found: dict[Loc, int] = {}
        self.rows: dict[Loc, int] = {}  # how many rows each array of tables has so far

    def lines(self) -> dict[Loc, int]:
        """The line of each key and each row."""
        table: Loc = ()
        while self._skip(SPACE) and self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._head()
            else:
                self._pair(table)
        return self.found

    def _head(self) -> Loc:
        """[a.b] or [[a.b]]: the place of the table that it opens."""
        start, many = self.at, self.text.startswith("[[", self.at)
        self.at += 1 + many
        self._skip(GAP)
        *before, last = self._keys()
        self.at = self.text.index("]", self.at) + 1 + many
        loc: Loc = ()
        for key in before:
            self._put((*loc, key), start)
            loc = self._last_row((*loc, key))
        loc = (*loc, last)
        self._put(loc, start)
        if many:
            self.rows[loc] = self.rows.get(loc, -1) + 1
            loc = (*loc, self.rows[loc])
            self._put(loc, start)
        return loc

    def _last_row(self, loc: Loc) -> Loc:
        return (*loc, self.rows[loc]) if loc in self.rows else loc

    def _pair(self, table: Loc) -> None:
        start, loc = self.at, table
        for key in self._keys():
            loc = (*loc, key)
            self._put(loc, start)
        self.at = self.text.index("=", self.at) + 1
        self._skip(GAP)
        self._value(loc)

    def _keys(self) -> list[str]:
        keys = []
        while found := KEY.match(self.text, self.at):
            self.at = found.end()
            keys.append(found[1].strip("\"'"))
            if not found[2]:
                break
        return keys

    def _value(self, loc: Loc) -> None:
        first = self.text[self.at]
        if first == "[":
            self._rows(loc)
        elif first == "{":
            self._inline(loc)
        else:
            self._skip(SCALAR)

    def _rows(self, loc: Loc) -> None:
        for number, _ in enumerate(self._elements("]")):
            self._put((*loc, number), self.at)
            self._value((*loc, number))

    def _inline(self, loc: Loc) -> None:
        for _ in self._elements("}"):
            self._pair(loc)

    def _elements(self, end: str) -> Iterator[None]:
        """Stand before each element between two brackets, then behind the second."""
        self.at += 1
        while self._skip(SPACE) and self.text[self.at] != end:
            yield
            self._skip(SPACE)
            self.at += self.text[self.at] == ","
        self.at += 1

    def _put(self, loc: Loc, at: int) -> None:
        self.found.setdefault(loc, bisect_left(self.breaks, at) + 1)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return True
