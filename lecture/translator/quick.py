"""Two of Python’s own tools without what makes them slow: a translation makes thousands of small values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar, dataclass_transform

Kept = TypeVar("Kept")
Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[Made]) -> type[Made]:
    """A dataclass with slots that the type checker keeps frozen: Python’s own lock makes each three times as dear."""
    return dataclass(slots=True, unsafe_hash=True)(kind)


class lazy(Generic[Kept]):  # noqa: N801 - used as property is
    """functools.cached_property without its lock, which costs more than most answers (Python dropped it in 3.12)."""

    def __init__(self, work: Callable[..., Kept]) -> None:
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    def __get__(self, owner: object, kind: type) -> Kept:
        """The answer, kept in the owner under the same name, where Python finds it first from then on."""
        kept: Kept = self.work(owner)
        vars(owner)[self.name] = kept
        return kept
