"""How a text begins: as many whole sentences as a room reads."""

import re
from collections.abc import Iterator

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

FIRST = re.compile(r"\s*<p>(.*?)</p>", re.S)
MARK = re.compile(r"<(/?)[a-z][^>]*>")
ENDING = re.compile(r"[.?!…][”’)]*\s+(?![a-z])")
ENOUGH = 8  # words: “Half right.” alone would be read as an answer


def opening(html: str, words: int) -> SafeString:
    """The first sentence of a text, and those after it for as long as all have at most `words` words.

    A beginning shorter than ENOUGH is never left alone, and no sentence ends inside a mark such as `<em>`. What does
    not begin with a paragraph is left as it is. Where there is more, an ellipsis says so.
    """
    first = FIRST.match(html)
    if not first:
        return SafeString(html)
    kept = ""
    for sentence in _sentences(first[1]):
        if _count(kept) >= ENOUGH and _count(kept + sentence) > words:
            break
        kept += sentence
    more = "" if kept.strip() == html.strip().removeprefix("<p>").removesuffix("</p>").strip() else " …"
    return mark_safe(f"<p>{kept.strip()}{more}</p>")  # noqa: S308 - ready HTML, cut between marks


def brief(html: str, words: int) -> SafeString:
    """The first sentence of a line, and those after it for as long as all have at most `words` words."""
    kept = ""
    for sentence in _sentences(html):
        if kept and _count(kept + sentence) > words:
            break
        kept += sentence
    return mark_safe(kept.strip())  # noqa: S308 - ready HTML, cut between marks


def _count(html: str) -> int:
    return len(strip_tags(html).split())


def _sentences(html: str) -> Iterator[str]:
    """The sentences of a paragraph in order, each with the space behind it."""
    start = 0
    for end in ENDING.finditer(html):
        opened, closed = (sum(mark[1] == sign for mark in MARK.finditer(html, 0, end.start())) for sign in ("", "/"))
        if opened == closed:
            yield html[start : end.end()]
            start = end.end()
    yield html[start:]
