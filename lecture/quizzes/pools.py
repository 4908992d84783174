"""Which questions a quiz has: one quiz a part, one a deep dive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Literal

from lecture.course.load import course
from lecture.course.model import Course
from lecture.quizzes.kinds import Question
from lecture.quizzes.made import made
from lecture.quizzes.questions import questions

Mix = Literal["fresh", "wrong", "all"]
LENGTHS = (5, 10, 20)


@dataclass(frozen=True)
class Quiz:
    """A quiz: its name in addresses, its title, and the sections that it asks about."""

    slug: str
    title: str
    address: str  # of what it belongs to
    sections: tuple[str, ...]
    number: int = 0  # of a part


def quizzes_of(some: Course) -> dict[str, Quiz]:
    """The quizzes of a course by their slugs, parts first."""
    parts = [
        Quiz(part.info.slug, part.info.title, part.address, tuple(s.key for s in part.sections), part.number)
        for part in some.parts
        if part.sections
    ]
    dives = [Quiz(leaf.slug, leaf.short, leaf.address, (leaf.key,)) for leaf in some.deep_dives]
    return {quiz.slug: quiz for quiz in (*parts, *dives)}


@cache
def everything() -> dict[str, Question]:
    """Every question that can be asked: those of the files, and those made from the course's own data."""
    return questions() | made()


@cache
def quizzes() -> dict[str, Quiz]:
    """The quizzes of the course that is served, without those that have no question."""
    return {slug: quiz for slug, quiz in quizzes_of(course()).items() if pool(quiz)}


def pool(quiz: Quiz) -> dict[str, Question]:
    """The questions of a quiz."""
    return {id: one for id, one in everything().items() if one.section in quiz.sections}


def choose(known: Mapping[str, Question], last: Mapping[str, bool], mix: Mix, length: int, seed: int) -> list[str]:
    """The ids of at most `length` questions in the order in which they are asked.

    `last` says of each question that was answered whether the last answer was right. Questions of one scenario
    stay together and in order; written ones go before made ones, of which a quiz has a quarter at most.
    """
    wanted = {
        "fresh": [id for id in known if id not in last],
        "wrong": [id for id in known if last.get(id) is False],
        "all": list(known),
    }[mix]
    chance = Random(f"{seed}:choice")  # noqa: S311 - an order, not a secret
    written = _groups(known, [id for id in wanted if not id.startswith("made.")])
    extra = [[id] for id in wanted if id.startswith("made.")]
    chance.shuffle(written)
    chance.shuffle(extra)
    share = length // 4 if written else length
    room = max(share, length - sum(map(len, written)))
    chosen = _fill([*extra[:room]], min(room, length)) if extra else []
    rest = _fill(written, length - sum(map(len, chosen)))
    found = rest + chosen
    chance.shuffle(found)
    return [id for group in found for id in group]


def _groups(known: Mapping[str, Question], ids: Sequence[str]) -> list[list[str]]:
    """Questions of one scenario together, each other alone."""
    found: dict[str, list[str]] = {}
    for id in ids:
        found.setdefault(known[id].scenario or id, []).append(id)
    return list(found.values())


def _fill(groups: Sequence[list[str]], room: int) -> list[list[str]]:
    """As many whole groups, in order, as there is room for; a group that is too long is cut."""
    found: list[list[str]] = []
    for group in groups:
        if room <= 0:
            break
        found.append(group[:room])
        room -= len(group[:room])
    return found
