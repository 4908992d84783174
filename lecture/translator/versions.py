"""Version numbers: what a tag asks for, and the nearest of those that are offered."""

import re
from collections.abc import Mapping, Sequence

NUMBER = re.compile(r"[vV]?(\d+(?:\.\d+)*)(?![\dA-Za-z])")
Parts = tuple[int, ...]


def first_number(tag: str) -> str:
    """The version with which a tag begins: 15.4 of 15.4-alpine, "" of latest."""
    found = NUMBER.match(tag)
    return found[1] if found else ""


def parts(version: str) -> Parts:
    """The numbers of a version; what stands for any (3.9.x) or names a variety (4.1.x.kraft) is left out."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def same(wanted: Parts, offered: Parts) -> bool:
    """Whether two versions agree as far as both go: 15.4 and 15, or 7 and 7.1."""
    return all(a == b for a, b in zip(wanted, offered, strict=False))


def nearest(wanted: str, offered: Sequence[str], default: str, counts: Mapping[str, str]) -> tuple[str, bool]:
    """The version of `offered` (newest last) for `wanted`, and whether it is that very one.

    `counts` says which one is meant where both sides count differently; its most exact key wins.
    """
    number = parts(wanted)
    for known in sorted(counts, key=len, reverse=True):
        if number[: len(parts(known))] == parts(known):
            return counts[known], True
    agreeing = [one for one in offered if same(number, parts(one))]
    if agreeing:
        return (default if default in agreeing else agreeing[-1]), True
    return _other(number, offered, default), False


def _other(number: Parts, offered: Sequence[str], default: str) -> str:
    """The next of the same major version, else its last; the newest of all for a newer one; else the default."""
    major = [one for one in offered if parts(one)[:1] == number[:1]]
    if major:
        return next((one for one in major if parts(one) > number), major[-1])
    return offered[-1] if number > parts(offered[-1]) else default
