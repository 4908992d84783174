"""Every address that a visitor may know: for the sitemap, and to suggest near ones."""

from functools import cache

from django.conf import settings

from lecture.course import links, quizzed
from lecture.course.load import course
from lecture.course.model import Course
from lecture.rosetta.concepts import rosetta

FIXED = {
    "/": "Home",
    "/glossary/": "Glossary",
    "/search/": "Search",
    "/print/": "Everything on one page, to print",
    "/you/": "What is kept about you",
    "/about/privacy/": "Privacy",
    "/about/accessibility/": "Accessibility",
    "/about/keys/": "Keyboard shortcuts",
}

# pages of a tool beside its first
FURTHER = {
    "/costs/bill/": {"/costs/": "Costs: three calculators"},
    "/translator/": {"/translator/findings/": "What the translator looks for"},
}


@cache
def addresses() -> dict[str, str]:
    """The title of each page of the course that is served, by its address."""
    return of(course())


def of(some: Course) -> dict[str, str]:
    """The same for a course that may not be served yet."""
    parts = {part.address: part.info.title for part in some.parts if part.sections}
    leaves = {leaf.address: leaf.label for leaf in some.leaves.values()}
    tools = {tool.address: tool.title for tool in links.tools(some)}
    further = {address: title for tool in tools for address, title in FURTHER.get(tool, {}).items()}
    return FIXED | parts | leaves | tools | further | _concepts("/rosetta/" in tools) | _quizzes(some)


def _concepts(there: bool) -> dict[str, str]:
    """The page of each concept of the look-up, where there is one."""
    return {f"/rosetta/{concept.id}/": concept.name for concept in (rosetta().concept if there else ())}


def _quizzes(some: Course) -> dict[str, str]:
    """The page on which each quiz begins, and what surrounds them; nothing in a course without questions."""
    found = {address: f"Quiz: {title}" for address, title in quizzed.quizzes(some).items()}
    around = {"/quizzes/": "Quizzes and review", "/review/": "Review what is due"}
    if (settings.COURSE_CONTENT / "misconceptions.toml").exists():
        around["/quizzes/misconceptions/"] = "Misconceptions, and what is so"
    return around | found if found else {}
