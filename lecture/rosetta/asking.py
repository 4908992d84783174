"""What somebody asked for: the words of the address, each known or refused with a reason."""

from dataclasses import dataclass, field
from typing import TypeVar, get_args
from urllib.parse import urlencode

from lecture.rosetta.concepts import Category
from lecture.rosetta.looking import LONGEST
from lecture.rosetta.names import COLUMNS, Column

CATEGORIES: dict[Category, str] = {
    "compute": "Compute",
    "database": "Database",
    "storage": "Storage",
    "network": "Network",
    "identity": "Identity",
    "operations": "Operations",
}
LECTURE = "lecture"  # the one value of view=
SHOWN = 40  # characters of a value that a message repeats
T = TypeVar("T")
Fields = dict[str, list[str]]  # every value of each field, as an address has them


@dataclass(frozen=True, slots=True)
class Asked:
    """A look-up: a query, the provider one knows and the one to see, a category, the lecture's table alone."""

    query: str = ""
    known: Column | None = None
    wanted: Column | None = None
    category: Category | None = None
    lecture: bool = False
    cut: bool = False  # the query was longer than what is looked at
    wrong: dict[str, str] = field(default_factory=dict)  # field: what is wrong with it, and how to mend it

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their order: the known one, the wanted one, then the others."""
        first = [column for column in (self.known, self.wanted) if column]
        return (*first, *(column for column in COLUMNS if column not in first))

    @property
    def address(self) -> str:
        """What leads here again, without what was refused."""
        fields = [
            ("q", self.query),
            ("from", self.known or ""),
            ("to", self.wanted or ""),
            ("category", self.category or ""),
            ("view", LECTURE if self.lecture else ""),
        ]
        return urlencode([(name, value) for name, value in fields if value])


def asked(fields: Fields) -> Asked:
    """The look-up in these fields. What nobody knows is refused, fields that nobody knows are ignored."""
    wrong: dict[str, str] = {}
    query = " ".join(_last(fields, "q").replace("\0", " ").split())
    known, wanted = _column(fields, "from", wrong), _column(fields, "to", wrong)
    if known and known == wanted:
        wrong["to"] = f"You know {COLUMNS[known]} already. Choose another one to see."
        wanted = None
    category = _one(fields, "category", {name: name for name in get_args(Category)}, "category", wrong)
    view = _one(fields, "view", {LECTURE: LECTURE}, "view", wrong)
    return Asked(query[:LONGEST], known, wanted, category, bool(view), len(query) > LONGEST, wrong)


def _last(fields: Fields, name: str) -> str:
    return (fields.get(name) or [""])[-1].strip()


def _column(fields: Fields, name: str, wrong: dict[str, str]) -> Column | None:
    return _one(fields, name, {column: column for column in COLUMNS}, "provider", wrong)


def _one(fields: Fields, name: str, choices: dict[str, T], what: str, wrong: dict[str, str]) -> T | None:
    said = _last(fields, name)
    if said and said not in choices:
        wrong[name] = f"There is no {what} “{said[:SHOWN]}”. Known are {', '.join(choices)}."
    return choices.get(said)
