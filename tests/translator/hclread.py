"""Terraform read back: as much of the language as the writer uses, so that tests can ask what stands there.

It knows nothing of the writer: strings keep their ${…}, anything that is computed stays as text in an `Expression`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


class Expression(str):
    """Something that Terraform works out."""

    __slots__ = ()


@dataclass(slots=True)
class Block:
    """A block: `kind` and `labels` from its head, and the comment right above it."""

    kind: str
    labels: list[str]
    arguments: dict[str, object] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """As Terraform names it: aws_vpc.main."""
        return ".".join(self.labels)

    def __getitem__(self, name: str) -> object:
        return self.arguments[name]

    def get(self, name: str) -> object:
        """An argument, None where it is absent."""
        return self.arguments.get(name)

    def inner(self, kind: str) -> list["Block"]:
        """Blocks inside, of one kind."""
        return [block for block in self.blocks if block.kind == kind]

    def all(self) -> Iterator["Block"]:
        """This block and everything inside."""
        yield self
        for block in self.blocks:
            yield from block.all()


class Reader:
    """One file."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def skip(self, what: str = r"\s*") -> str:
        """Go past a pattern; what it matched."""
        found = re.compile(what).match(self.text, self.at)
        assert found, self.text[self.at : self.at + 60]
        self.at = found.end()
        return found[0]

    def ahead(self, what: str) -> bool:
        """Whether a pattern comes next."""
        return re.compile(what).match(self.text, self.at) is not None

    def body(self, block: Block) -> Block:
        """Arguments and blocks up to the closing brace, or to the end of the file."""
        remarks: list[str] = []
        while self.at < len(self.text):
            blank = self.skip()
            if "\n\n" in blank:
                remarks = []
            if self.ahead("}|$"):
                self.skip("}|$")
                return block
            if self.ahead("#"):
                remarks.append(self.skip("#[^\n]*")[2:])
                continue
            name = self.skip(r"[\w-]+")
            if self.ahead(" *="):
                self.skip(" *= *")
                block.arguments[name] = self.value()
            else:
                labels = re.findall(r'"([^"]*)"', self.skip(r'( "[^"\n]*")* \{'))
                block.blocks.append(self.body(Block(name, labels, remarks=remarks)))
            remarks = []
        return block

    def value(self) -> object:
        """A string, a list, an object, the inside of jsonencode, or an expression."""
        start = self.at
        if self.ahead('"'):
            found: object = self.string()
        elif self.ahead(r"\["):
            found = self.listed()
        elif self.ahead(r"\{"):
            found = self.mapped()
        elif self.ahead(r"jsonencode\("):
            self.skip(r"jsonencode\(\s*")
            found = self.value()
            self.skip(r"\s*\)")
        else:
            return Expression(self.expression())
        if self.ahead(r" *(#[^\n]*)?(,|\n|\]|\}|\)|$)"):
            return found
        self.at = start
        return Expression(self.expression())

    def string(self) -> str:
        """What stands between quotation marks, escapes and ${…} as they are."""
        start, depth = self.at + 1, 0
        self.at += 1
        while depth or self.text[self.at] != '"':
            if self.text[self.at] == "\\":
                self.at += 1
            elif not depth and self.ahead(r"\$\$\{|%%\{"):
                self.at += 2
            elif self.ahead(r"\$\{"):
                depth, self.at = depth + 1, self.at + 1
            elif depth and self.text[self.at] == "}":
                depth -= 1
            self.at += 1
        self.at += 1
        return self.text[start : self.at - 1]

    def listed(self) -> list[object]:
        """Values between brackets."""
        found: list[object] = []
        self.skip(r"\[")
        while not self.ahead(r"\s*\]"):
            self.skip(r"(\s|#[^\n]*\n)*")
            found.append(self.value())
            self.skip(r"\s*,?")
        self.skip(r"\s*\]")
        return found

    def mapped(self) -> dict[str, object]:
        """Keys and values between braces."""
        found: dict[str, object] = {}
        self.skip(r"\{")
        while not self.ahead(r"\s*\}"):
            key = self.skip(r'\s*("[^"]*"|[\w-]+)').strip().strip('"')
            self.skip(" *= *")
            found[key] = self.value()
            self.skip(r" *,?(\s|#[^\n]*\n)*")
        self.skip(r"\s*\}")
        return found

    def expression(self) -> str:
        """Up to the comma, the bracket or the line's end that closes it."""
        start, depth = self.at, 0
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == '"':
                self.string()
                continue
            if not depth and sign in ",\n]})":
                break
            depth += (sign in "([{") - (sign in ")]}")
            self.at += 1
        return self.text[start : self.at].split(" #")[0].strip()


def read(text: str) -> list[Block]:
    """The blocks of a file."""
    return Reader(text).body(Block("file", [])).blocks


def read_all(files: dict[str, str]) -> dict[str, Block]:
    """Every resource of some files, by its address."""
    blocks = [block for name, text in files.items() if name.endswith(".tf") for block in read(text)]
    return {block.address: block for block in blocks if block.kind == "resource"}
