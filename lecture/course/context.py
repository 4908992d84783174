"""What every template may use."""

from django.http import HttpRequest

from lecture.course import links
from lecture.course.load import course
from lecture.course.model import Course, Tool


def site(request: HttpRequest) -> dict[str, Course | list[Tool]]:
    """The course and the tools that exist."""
    return {"course": course(), "tools": links.tools(course())}
