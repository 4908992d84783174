"""Pages for what goes wrong: like the site, and silent about its inside."""

from difflib import get_close_matches

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from lecture.course.addresses import addresses
from lecture.course.context import site


class Missing(Http404):
    """404 with a sentence that says what is not there, and (address, title) of where to go on."""

    def __init__(self, said: str, *places: tuple[str, str]) -> None:
        super().__init__(said)
        self.said, self.places = said, places


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page("400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page("403", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return _page("403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the nearest addresses that exist."""
    if isinstance(exception, Missing):
        return _page("404", 404, said=exception.said, near=exception.places)
    names = addresses()
    near = get_close_matches(request.path_info[:200], names, 3, 0.5)
    return _page("404", 404, near=[(address, names[address]) for address in near])


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing in it can fail again."""
    return _page("500", 500)


def _page(name: str, status: int, **context: object) -> HttpResponse:
    html = render_to_string(f"errors/{name}.html", {**site(), **context})
    return HttpResponse(html, status=status)
