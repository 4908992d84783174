"""PRACTISE: quizzes to take along, for instructors: GIFT, QTI, Anki, JSON and paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from lecture.course.load import course
from lecture.instructors import instructor_only
from lecture.quizzes import anki, as_json, gift, outgoing, paper, qti
from lecture.quizzes.kinds import Question
from lecture.quizzes.outgoing import Leaving
from lecture.quizzes.pools import Quiz, everything, pool, quizzes

ALL = "all"  # in addresses: every quiz in one file
MADE = "made."  # what the ids of questions begin with that are made from the course's own data
KEYS = ("with", "only")  # the key behind the paper, or alone


@dataclass(frozen=True)
class Format:
    """A format of the downloads."""

    name: str
    title: str
    ending: str
    type: str
    use: str  # what to do with the file
    left_out: tuple[str, ...]
    write: Callable[[Sequence[Leaving], Quiz], str | bytes]


@require_safe
@instructor_only
def index(request: HttpRequest) -> HttpResponse:
    """Every download, and what each leaves out."""
    rows = [(quiz, *_counts(quiz)) for quiz in (*quizzes().values(), _all())]
    context = {"rows": rows, "formats": FORMATS.values(), "seed": outgoing.SEED}
    return render(request, "quizzes/export.html", context)


@require_safe
@instructor_only
def download(request: HttpRequest, quiz: str, format: str) -> HttpResponse:
    """One quiz in one format; `?made=with` has the questions, too, that are made from the course's data."""
    found, form = _get_quiz(quiz), FORMATS.get(format)
    if form is None:
        raise Http404
    chosen = _questions(found, made=request.GET.get("made") == "with")
    response = HttpResponse(form.write(outgoing.leaving(chosen), found), content_type=form.type)
    name = f"{slugify(course().info.title)}-{found.slug}.{form.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@instructor_only
def printed(request: HttpRequest, quiz: str) -> HttpResponse:
    """A quiz for paper: `?key=with` has its key behind it, `?key=only` is the key alone."""
    found, key = _get_quiz(quiz), request.GET.get("key", "")
    if key and key not in KEYS:
        return redirect(request.path)
    groups = paper.groups(outgoing.leaving(_questions(found)))
    count = sum(len(group.sheets) for group in groups)
    context = {"quiz": found, "groups": groups, "key": key, "count": count, "seed": outgoing.SEED}
    return render(request, "quizzes/paper.html", context)


# ---- what is chosen -----------------------------------------------------------------------------


def _get_quiz(slug: str) -> Quiz:
    if slug == ALL and quizzes():
        return _all()
    try:
        return quizzes()[slug]
    except KeyError:
        raise Http404 from None


def _all() -> Quiz:
    """All quizzes as one."""
    sections = tuple(section for quiz in quizzes().values() for section in quiz.sections)
    return Quiz(ALL, "All quizzes together", "/quizzes/", sections)


def _questions(quiz: Quiz, made: bool = False) -> list[Question]:
    """The questions of a quiz in the order of its sections, those of a section as in their file."""
    known = everything().values() if quiz.slug == ALL else pool(quiz).values()
    wanted = [one for one in known if one.section in quiz.sections and (made or not one.id.startswith(MADE))]
    return sorted(wanted, key=lambda one: quiz.sections.index(one.section))


def _counts(quiz: Quiz) -> tuple[int, int]:
    """How many questions are written, and how many made."""
    written = len(_questions(quiz))
    return written, len(_questions(quiz, made=True)) - written


# ---- formats ------------------------------------------------------------------------------------


def _gift(questions: Sequence[Leaving], quiz: Quiz) -> str:
    title = course().info.title
    names = {key: "/".join(one.replace("/", "//") for one in (title, _titled(q))) for key, q in _by_section().items()}
    return gift.export(questions, f"{title}: {quiz.title}", names)


def _qti(questions: Sequence[Leaving], quiz: Quiz) -> bytes:
    return qti.package(questions, quiz.slug, f"{course().info.title}: {quiz.title}")


def _anki(questions: Sequence[Leaving], quiz: Quiz) -> str:
    title = course().info.title
    decks = {key: "::".join(one.replace("::", ":") for one in (title, _titled(q))) for key, q in _by_section().items()}
    return anki.export(questions, slugify(title), decks)


def _json(questions: Sequence[Leaving], quiz: Quiz) -> str:
    return as_json.export(questions, course().info.title, quiz.slug, quiz.title)


def _by_section() -> dict[str, Quiz]:
    return {section: quiz for quiz in quizzes().values() for section in quiz.sections}


def _titled(quiz: Quiz) -> str:
    return f"{quiz.number} {quiz.title}" if quiz.number else quiz.title


FORMATS = {
    one.name: one
    for one in (
        Format(
            "gift",
            "GIFT",
            "gift",
            "text/plain; charset=utf-8",
            "For Moodle: in the question bank, choose Import, GIFT format. Ids and tags come along.",
            gift.LEFT_OUT,
            _gift,
        ),
        Format(
            "qti",
            "QTI 2.1",
            "qti.zip",
            "application/zip",
            "For Canvas, OpenOlat, TAO and others: import the file as a QTI 2.1 package. One item a question, with "
            "feedback for each wrong answer, and a test that lists them.",
            qti.LEFT_OUT,
            _qti,
        ),
        Format(
            "anki",
            "Anki",
            "anki.txt",
            "text/plain; charset=utf-8",
            "In Anki, choose File, Import. Ids are stable: a later import mends the cards and keeps what Anki knows of "
            "you.",
            anki.LEFT_OUT,
            _anki,
        ),
        Format(
            "json",
            "JSON",
            "json",
            "application/json",
            "For programs. The keys are those of the author’s guide; they are described in lecture/quizzes/as_json.py.",
            as_json.LEFT_OUT,
            _json,
        ),
    )
}
