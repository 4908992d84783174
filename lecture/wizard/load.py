"""Reads the flow of a course, with every mistake in it."""

from functools import cache
from pathlib import Path

from django.conf import settings

from lecture.authoring import ContentError, in_data, read_toml
from lecture.wizard.faults import faults
from lecture.wizard.flow import Flow


def read(root: Path) -> Flow:
    """content/wizard.toml; raises ContentError, also where a way leads nowhere or round in a circle."""
    path = root / "wizard.toml"
    found = read_toml(path, root, Flow)
    if wrong := faults(found):
        raise ContentError(in_data(path, root, *fault) for fault in wrong)
    return found


def there() -> bool:
    """Whether the course that is served has a wizard: its questions, and the prices that it counts with."""
    return all((settings.COURSE_CONTENT / file).exists() for file in ("wizard.toml", "prices.toml"))


@cache
def flow() -> Flow:
    """The wizard of the course that is served."""
    return read(settings.COURSE_CONTENT)
