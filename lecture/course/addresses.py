"""Every address that a visitor may know: for the sitemap, and to suggest near ones."""

from functools import cache

from lecture.course import links
from lecture.course.load import course

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


@cache
def addresses() -> dict[str, str]:
    """The title of each page by its address."""
    parts = {part.address: part.info.title for part in course().parts if part.sections}
    leaves = {leaf.address: leaf.label for leaf in course().leaves.values()}
    tools = {tool.address: tool.title for tool in links.tools(course())}
    return FIXED | parts | leaves | tools
