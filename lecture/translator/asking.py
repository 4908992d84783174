"""What a visitor asked for, as choices: the fields of the form and the words of the address are the same."""

from typing import TypeVar, get_args

from lecture.costs.prices import REGIONS, Region
from lecture.translator.choices import Arch, Choices, Nat, Size, region

BACKUPS = (0, 1, 7, 35)  # days that the page offers; RDS keeps 35 at the most
MOST = 50  # services or profiles that one request may name
LONGEST = 200  # characters of a name
T = TypeVar("T", bound=str)


Fields = dict[str, list[str]]  # every value of each field, as a form or an address has them


def choices(fields: Fields) -> Choices:
    """The choices in these fields. What is not known is left to its default: a form cannot send it."""
    return Choices(
        size=_one(fields, "size", get_args(Size)) or "learning",
        region=_region(_last(fields, "region")),
        arch=_one(fields, "arch", get_args(Arch)) or "x86",
        nat=_one(fields, "nat", get_args(Nat)),
        multi_az=_yes(fields, "standby"),
        deletion_protection=_yes(fields, "protection"),
        backup_days=_days(fields),
        self_host=_names(fields, "self_host"),
        profiles=_names(fields, "profile"),
    )


def fields(choices: Choices) -> list[tuple[str, str]]:
    """The choices as fields, those at their default left out: `choices` undone."""
    found = [
        ("size", "" if choices.size == "learning" else choices.size),
        ("region", "" if choices.region == "us_east_1" else choices.aws_region),
        ("arch", "" if choices.arch == "x86" else choices.arch),
        ("nat", choices.nat or ""),
        ("standby", _said(choices.multi_az)),
        ("protection", _said(choices.deletion_protection)),
        ("backups", "" if choices.backup_days is None else str(choices.backup_days)),
        *(("self_host", name) for name in sorted(choices.self_host)),
        *(("profile", name) for name in sorted(choices.profiles)),
    ]
    return [(name, value) for name, value in found if value]


def _last(fields: Fields, name: str) -> str:
    return (fields.get(name) or [""])[-1].strip()


def _one(fields: Fields, name: str, known: tuple[T, ...]) -> T | None:
    asked = _last(fields, name)
    return next((value for value in known if value == asked), None)


def _region(asked: str) -> Region:
    try:
        return region(asked)
    except LookupError:
        return REGIONS[0]


def _yes(fields: Fields, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(_last(fields, name))


def _said(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _days(fields: Fields) -> int | None:
    asked = _last(fields, "backups")
    return int(asked) if asked in {str(days) for days in BACKUPS} else None


def _names(fields: Fields, name: str) -> frozenset[str]:
    return frozenset(value[:LONGEST] for value in fields.get(name, [])[:MOST] if value)
