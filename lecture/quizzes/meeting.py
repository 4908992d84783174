"""PRACTISE: the outline of a question within a section; and every misconception on one page."""

from collections.abc import Iterator
from contextlib import suppress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lecture.course import links
from lecture.course.load import course
from lecture.quizzes import asked
from lecture.quizzes.misconceptions import Misconception, misconceptions
from lecture.quizzes.pools import everything
from lecture.quizzes.showing import Page
from lecture.ready import ready


@require_safe
def outline(request: HttpRequest, id: str) -> HttpResponse:
    """A question as it looks, with nothing to choose: it keeps the place of the one that is fetched later."""
    known = everything()
    page = Page(asked.ask(known[id], 0), "", level=3) if id in known else None
    return render(request, "quizzes/outline.html", {"page": page})


@require_safe
@ready
def believed(request: HttpRequest) -> HttpResponse:
    """Every misconception, by the part that mends it."""
    if not (settings.COURSE_CONTENT / "misconceptions.toml").exists():
        raise Http404
    return render(request, "quizzes/misconceptions.html", {"groups": list(_groups())})


Believed = tuple[Misconception, links.Target]


def _groups() -> Iterator[tuple[str, str, list[Believed]]]:
    """(number, title, its misconceptions with the places that mend them) of each part, then of what stands beside."""
    found: dict[str, list[Believed]] = {}
    for belief in misconceptions().values():
        place = links.Target("")
        with suppress(LookupError):
            place = links.place(course(), belief.section)
        found.setdefault(belief.section.split("/")[0], []).append((belief, place))
    for part in course().parts:
        if rows := found.pop(part.info.slug, []):
            yield str(part.number), part.info.title, rows
    if rest := [row for rows in found.values() for row in rows]:
        yield "", "Beside the lecture", rest
