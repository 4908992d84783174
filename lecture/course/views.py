"""READ: pages of the course, the same for everybody, and the few fragments that are personal."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from django_htmx.middleware import HtmxDetails

from lecture import learners
from lecture.course import links, quizzed
from lecture.course import render as rendering
from lecture.course import search as searching
from lecture.course.addresses import addresses
from lecture.course.asking import LONGEST
from lecture.course.glossary import rows
from lecture.course.load import course
from lecture.course.model import CARD, Part, Section
from lecture.course.progress import Progress
from lecture.homes import homes
from lecture.models import Learner, Reading
from lecture.ready import ready


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@require_safe
@ready
def home(request: HttpRequest) -> HttpResponse:
    """The street, the parts, the tools."""
    return render(request, "course/home.html", {"progress": Progress(course(), set()), "homes": homes().home})


@require_GET
@never_cache
def progress(request: HttpRequest) -> HttpResponse:
    """What of the home page is personal: where to go on, and the stones."""
    learner = learners.current(request)
    context = {"progress": _progress(learner), "personal": True}
    response = render(request, "course/home_progress.html", context)
    return learners.settle(request, response, learner)


@require_safe
@ready
def part(request: HttpRequest, part: str) -> HttpResponse:
    """A part: what its sections are about."""
    found = _get_part(part)
    context = {"part": found, "progress": Progress(course(), set()), "quiz": quizzed.quiz(found)}
    return render(request, "course/part.html", context)


@require_safe
@ready
def section(request: HttpRequest, part: str, section: str) -> HttpResponse:
    """A section: the text."""
    found = _get_part(part)
    return _leaf_page(request, _get_leaf(f"{part}/{section}"), found)


@require_safe
@ready
def leaf(request: HttpRequest, shelf: str, slug: str) -> HttpResponse:
    """A deep dive or a reference page."""
    return _leaf_page(request, _get_leaf(f"{shelf}/{slug}"), None)


@require_safe
@ready
def card(request: HttpRequest) -> HttpResponse:
    """The course on one printed page."""
    found = _get_leaf(CARD)
    return render(request, "course/card.html", {"leaf": found, "text": rendering.section(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def section_progress(request: Request, part: str, section: str) -> HttpResponse:
    """Whether a section is read: say it, or change it."""
    found = _get_leaf(f"{_get_part(part).info.slug}/{section}")
    if request.method == "POST":
        return _mark(request, found, request.POST.get("read") == "yes")
    learner = learners.current(request)
    response = _progress_fragment(request, found, learner)
    return learners.settle(request, response, learner)


@require_safe
@ready
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term, by letter."""
    return render(request, "course/glossary.html", {"terms": rows(course())})


@require_safe
def search(request: Request) -> HttpResponse:
    """Results for q, as a page or, while typing, alone."""
    query = request.GET.get("q", "").replace("\0", " ").strip()
    hits = searching.index().search(query)
    long = len(query) > LONGEST
    context = {"query": query[:LONGEST], "hits": hits, "long": long}
    response = render(request, "course/search.html" + ("#results" if request.htmx else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@ready
def everything(request: HttpRequest) -> HttpResponse:
    """The whole course on one page, answers open."""
    parts = [(p, [_printed(s) for s in p.sections]) for p in course().parts if p.sections]
    more = [_printed(s) for s in (*course().deep_dives, *course().reference)]
    return render(request, "course/print.html", {"parts": parts, "more": more, "terms": course().glossary})


@require_safe
@ready
def about(request: HttpRequest, page: str) -> HttpResponse:
    """Privacy, accessibility, keys."""
    return render(request, f"about/{page}.html")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page, for search engines."""
    base = settings.COURSE_URL or f"http://{request.get_host()}"
    context = {"addresses": [base + address for address in addresses()]}
    return render(request, "course/sitemap.xml", context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """All may be read."""
    context = {"base": settings.COURSE_URL or f"http://{request.get_host()}"}
    return render(request, "course/robots.txt", context, content_type="text/plain; charset=utf-8")


def _leaf_page(request: HttpRequest, found: Section, part: Part | None) -> HttpResponse:
    before, after = course().around(found)
    context = {
        "leaf": found,
        "part": part,
        "text": rendering.section(found),
        "before": before,
        "after": after,
        "nav": _nav(part, Progress(course(), set()), found),
        "quiz": quizzed.quiz(part, found),
        "report": _report(found),
    }
    return render(request, "course/section.html", context)


def _progress_fragment(request: Request, found: Section, learner: Learner | None) -> HttpResponse:
    """The button, and beside a text the part's navigation; seeing the end marks what was never taken back."""
    part, progress = _get_part(found.key.split("/")[0]), _progress(learner)
    taken_back = learner is not None and learner.readings.filter(section=found.key, taken_back=True).exists()
    context = {
        "leaf": found,
        "part": part,
        "is_read": found.key in progress.keys,
        "auto": bool(request.htmx) and not taken_back,
        "nav": _nav(part, progress, found),
        "after": course().around(found)[1],
    }
    return render(request, f"course/{'progress' if request.htmx else 'progress_page'}.html", context)


def _mark(request: Request, found: Section, read: bool) -> HttpResponse:
    learner = learners.current_or_new(request) if read else learners.current(request)
    if learner and read:
        Reading.objects.update_or_create(learner=learner, section=found.key, defaults={"taken_back": False})
    elif learner:
        learner.readings.filter(section=found.key).update(taken_back=True)
    if request.htmx:
        response = _progress_fragment(request, found, learner)
    else:
        response = redirect("section-progress", *found.key.split("/"))
    return learners.remember(response, learner) if learner else response


def _progress(learner: Learner | None) -> Progress:
    rows = learner.readings.filter(taken_back=False) if learner else Reading.objects.none()
    return Progress(course(), set(rows.values_list("section", flat=True)))


def _nav(part: Part | None, progress: Progress, here: Section) -> list[tuple[Section, str]]:
    """The sections of the part with their states; the one on the page is lit."""
    rows = part.sections if part else ()
    return [(s, "here" if s == here else "read" if s.key in progress.keys else "ahead") for s in rows]


def _printed(found: Section) -> tuple[Section, str, rendering.Rendered]:
    return found, rendering.prefix(found), rendering.section(found, "print")


def _report(found: Section) -> str:
    return links.report(course().info.report, found.label, settings.COURSE_URL + found.address)


def _get_part(slug: str) -> Part:
    try:
        found = course().part(slug)
    except LookupError:
        raise Http404 from None
    if not found.sections:
        raise Http404
    return found


def _get_leaf(key: str) -> Section:
    try:
        return course().leaves[key]
    except KeyError:
        raise Http404 from None
