"""LOOK UP: one concept, three providers, and home."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from lecture.ready import ready
from lecture.rosetta.asking import CATEGORIES, Asked, asked
from lecture.rosetta.concepts import rosetta
from lecture.rosetta.looking import stone
from lecture.rosetta.names import COLUMNS
from lecture.rosetta.table import counts, find, heard, row
from lecture.rosetta.writing import as_csv, as_markdown

FILES: dict[str, tuple[str, Callable[..., str]]] = {
    "names.csv": ("text/csv; charset=utf-8", lambda *how: "\ufeff" + as_csv(*how)),  # the mark is for spreadsheets
    "names.md": ("text/plain; charset=utf-8", as_markdown),
}

SAMPLE = "managed-postgresql"  # the row that section 2.2 reads aloud


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@require_safe
def look_up(request: Request) -> HttpResponse:
    """The table, or what a name means; while one types, the answer alone."""
    _have_data()
    response = _found(request) if request.GET or request.htmx else _whole(request)
    patch_vary_headers(response, ["HX-Request"])
    return response


@ready
def _whole(request: HttpRequest) -> HttpResponse:
    return _page(request, Asked(), "rosetta/look_up.html")


@gzip_page
def _found(request: Request) -> HttpResponse:
    what = asked(dict(request.GET.lists()))
    response = _page(request, what, "rosetta/look_up.html" + "#answer" * bool(request.htmx))
    if request.htmx:
        response.headers["HX-Replace-Url"] = f"/rosetta/?{what.address}".rstrip("?")
    return response


def _page(request: HttpRequest, what: Asked, template: str) -> HttpResponse:
    sheet, index = rosetta(), stone()
    found = find(what, index)
    context = {
        "found": found,
        "asked": what,
        "sheet": sheet,
        "names": index.count,
        "columns": COLUMNS,
        "heads": [(column, COLUMNS[column]) for column in what.columns],
        "sample": next((row(known, Asked()) for known in index.concepts if known.id == SAMPLE), None),
        "categories": [(key, title, counts(sheet)[key]) for key, title in CATEGORIES.items()],
    }
    return render(request, template, context)


@require_safe
def concept(request: HttpRequest, concept: str) -> HttpResponse:
    """One concept, or what comes near it."""
    _have_data()
    if concept not in {known.id for known in rosetta().concept}:
        near = stone().look_up(concept.replace("-", " "))[:5]
        return render(request, "rosetta/unknown.html", {"asked_for": concept[:60], "near": near}, status=404)
    return _concept(request, concept)


@ready
def _concept(request: HttpRequest, concept: str) -> HttpResponse:
    sheet = rosetta()
    found = sheet.get(concept)
    at = sheet.concept.index(found)
    context = {
        "row": row(found, Asked()),
        "concept": found,
        "heard": heard(found),
        "neighbours": [sheet.get(id) for id in found.see],
        "before": sheet.concept[at - 1] if at else None,
        "after": sheet.concept[at + 1] if at + 1 < len(sheet.concept) else None,
        "read_on": sheet.read_on(found),
        "source": found.source or sheet.source,
    }
    return render(request, "rosetta/concept.html", context)


@require_safe
@gzip_page
def take(request: HttpRequest, what: str) -> HttpResponse:
    """The rows that are asked for, as a file."""
    _have_data()
    wanted = asked(dict(request.GET.lists()))
    if wanted.wrong:
        return HttpResponse(
            "\n".join(wanted.wrong.values()) + "\n", status=400, content_type="text/plain; charset=utf-8"
        )
    kind, write = FILES[what]
    concepts = [row.concept for row in find(wanted, stone()).rows]
    response = HttpResponse(write(concepts, wanted, rosetta()), content_type=kind)
    if what.endswith(".csv"):
        response.headers["Content-Disposition"] = 'attachment; filename="rosetta-stone.csv"'
    return response


def _have_data() -> None:
    """Another instructor's course may have no sheet of names; then there is nothing to look up."""
    if not (settings.COURSE_CONTENT / "rosetta.toml").exists():
        raise Http404
