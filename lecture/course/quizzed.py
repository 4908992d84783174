"""Which parts and deep dives have questions: files of quizzes, a floor above, leafed through and not understood."""

import re
import tomllib
from functools import cache

from django.conf import settings

from lecture.course.model import Course, Part, Section

ABOUT = re.compile(r"""^section\s*=\s*["']([^"'/]+)/([^"'/]+)["']""", re.M)


@cache
def asked() -> frozenset[str]:
    """The slugs of the quizzes of the course that is served: of parts, and of deep dives."""
    found = set()
    for path in (settings.COURSE_CONTENT / "quizzes").glob("*.toml"):
        for folder, leaf in ABOUT.findall(path.read_text(errors="replace")):
            found.add(leaf if folder == "deep-dives" else folder)
    return frozenset(found)


def quizzes(some: Course) -> dict[str, str]:
    """What each quiz of a course is about, by its address; parts first."""
    parts = [(part.info.slug, part.info.title) for part in some.parts if part.sections]
    return {_address(slug): title for slug, title in (*parts, *_dives(some)) if slug in asked()}


def quiz(part: Part | None, leaf: Section | None = None) -> str:
    """Where the quiz of a part is taken, or of a deep dive; "" where there is none."""
    slug = part.info.slug if part else leaf.slug if leaf and leaf.shelf == "deep-dives" else ""
    return _address(slug) if slug in asked() else ""


def misconceptions() -> list[dict[str, str]]:
    """The rows of misconceptions.toml, which a page of the quizzes shows; none in a course without questions."""
    path = settings.COURSE_CONTENT / "misconceptions.toml"
    return list(tomllib.loads(path.read_text())["misconception"]) if asked() and path.exists() else []


def _dives(some: Course) -> list[tuple[str, str]]:
    return [(leaf.slug, leaf.short) for leaf in some.deep_dives]


def _address(slug: str) -> str:
    return f"/quizzes/{slug}/"
