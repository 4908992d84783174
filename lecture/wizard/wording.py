"""An author's texts as a page shows them, or as plain Markdown: figures put in from the price sheet and the facts."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, cast

from django.utils.safestring import mark_safe
from pydantic import BaseModel

from lecture.authoring import Strict
from lecture.course import prose
from lecture.course.load import course
from lecture.course.macros import MACRO, Cited, Sheet, expand
from lecture.course.render import prices
from lecture.places import Loc
from lecture.wizard import load
from lecture.wizard.flow import Flow

# the keys whose values are set as prose; `short` stands in a drawing and takes no figures
PROSE = frozenset({
    *("text", "detail", "because", "why", "settle", "unsure", "title", "name", "line"),
    *("caution", "assumes", "steps", "gains", "hurts", "sign"),
})  # fmt: skip
INWARD = re.compile(r"\[([^\]]*)\]\(/[^)]*\)")  # a link to a page of the site
M = TypeVar("M", bound=Strict)


def dressed(model: M, change: Callable[[str], str]) -> M:
    """The same model, with `change` applied to its prose."""
    values: dict[str, Any] = {key: _dressed(key, value, change) for key, value in model}
    return cast("M", model.model_construct(**values))  # a copy would bring along what the original remembers


def _dressed(key: str, value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value) if key in PROSE else value
    if isinstance(value, tuple):
        return tuple(_dressed(key, one, change) for one in value)
    return dressed(value, change) if isinstance(value, Strict) and not _priced(value) else value


def texts(model: BaseModel, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """(place, text) of the prose in a model."""
    for key in model.model_fields_set:
        yield from _texts(key, getattr(model, key), (*loc, key))


def _texts(key: str, value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str) and key in PROSE:
        yield loc, value
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from _texts(key, one, (*loc, at))
    elif isinstance(value, BaseModel) and not _priced(value):
        yield from texts(value, loc)


def _priced(value: object) -> bool:
    """A line of an estimate, whose text is no prose."""
    return hasattr(value, "price")


def sheet() -> Sheet:
    """Where the figures come from."""
    return Sheet(prices(), course().facts)


@cache
def shown() -> Flow:
    """The flow of the course that is served, its prose as HTML."""
    converter, figures = prose.markdown(lambda href: href), sheet()

    def html(text: str) -> str:
        return mark_safe(prose.inline(converter, expand(text, figures, [])))  # noqa: S308 - an author's text

    return dressed(load.flow(), html)


@cache
def written() -> Flow:
    """The same with its prose as Markdown to take along: figures put in, and no link that leads nowhere from there."""
    figures = sheet()

    def markdown(text: str) -> str:
        return INWARD.sub(r"\1", MACRO.sub(lambda found: figures.cite(found)[0].value, text))

    return dressed(load.flow(), markdown)


def cited(models: list[BaseModel]) -> tuple[Cited, ...]:
    """What the prose of models as an author wrote them cites, each figure once."""
    figures: list[Cited] = []
    for model in models:
        for _, text in texts(model):
            expand(text, sheet(), figures)
    return tuple(figures)
