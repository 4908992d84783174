"""PRACTISE: the self-check at the foot of a section. Whole quizzes are in taking.py, the review in reviewing.py."""

from secrets import randbelow, token_urlsafe

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.middleware import HtmxDetails

from lecture import learners
from lecture.models import Answer
from lecture.quizzes import answers, asked, marking, records
from lecture.quizzes.asked import SEEDS, Asked
from lecture.quizzes.kinds import Question
from lecture.quizzes.pools import everything
from lecture.quizzes.showing import Page


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def question(request: Request, id: str) -> HttpResponse:
    """A question of a section; a POST is answered with the verdict. The right answer is not in the page before."""
    found = _get_question(id)
    if request.method == "POST" and "again" not in request.POST:
        return _check(request, found)
    if once := request.GET.get("told", ""):
        return _told(request, found, once)
    return _shown(request, _fresh(request, found, focus="again" in request.POST))


@require_safe
def printed(request: HttpRequest, id: str) -> HttpResponse:
    """The question with its answer, for paper."""
    found = asked.ask(_get_question(id), 0)
    return render(request, "quizzes/print.html", {"page": Page(found, ""), "answer": marking.answer(found)})


@require_safe
def vote(request: HttpRequest, id: str, *, blank: bool = False) -> HttpResponse:
    """The question for the wall, to vote on by show of hands; the answer is a step later, or left out."""
    found = asked.ask(_get_question(id), 0)
    told = {} if blank else {"right": marking.right_ids(found), "answer": marking.answer(found)}
    return render(request, "quizzes/vote.html", {"page": Page(found, "")} | told)


def _check(request: Request, found: Question) -> HttpResponse:
    """Mark an answer and keep it."""
    put = _put(request, found)
    if put is None:
        page = _fresh(request, found, focus=True)
        page.mend = "That form was too old or had been changed. Here is the question again."
        return _shown(request, page)
    once = f"c:{request.POST.get('once', '')}"[:60]
    try:
        given = answers.read(put, request.POST)
    except answers.Unanswered as mend:
        page = Page(put, request.path, once[2:], mend=str(mend), said=request.POST.dict(), focus=True, level=3)
        return _shown(request, page)
    learner = learners.current_or_new(request)
    records.settle_in(learner, request.POST.get("zone", ""))
    verdict = marking.mark(put, given)
    kept = records.keep(learner, put, given, verdict, source="check", once=once, certainty=0)
    if request.htmx:
        response = _shown(request, _verdict(request, found, kept.answer, before=kept.before))
    else:
        response = redirect(f"{request.path}?told={once[2:]}")
    return learners.remember(response, learner)


def _told(request: Request, found: Question, once: str) -> HttpResponse:
    """The verdict on an answer that was given on this page, shown again."""
    learner = learners.current(request)
    answer = learner.answers.filter(once=f"c:{once}"[:60], question=found.id).first() if learner else None
    if answer is None:
        return _shown(request, _fresh(request, found))
    return _shown(request, _verdict(request, found, answer))


def _verdict(request: Request, found: Question, answer: Answer, before: bool = False) -> Page:
    put = asked.ask(found, answer.seed)
    page = Page(put, request.path, verdict=marking.mark_kept(put, answer.given, answer.right), answer=answer)
    page.before, page.level, page.again = before, 3, True
    return page


def _fresh(request: Request, found: Question, focus: bool = False) -> Page:
    put = asked.ask(found, randbelow(SEEDS))
    return Page(put, request.path, token_urlsafe(12), focus=focus, level=3)


def _put(request: Request, found: Question) -> Asked | None:
    """What was asked, by the seed in the form; None where that is no seed of ours."""
    seed, once = request.POST.get("seed", ""), request.POST.get("once", "")
    if not (seed.isascii() and seed.isdigit() and len(seed) < 11 and int(seed) < SEEDS and 8 <= len(once) <= 40):
        return None
    return asked.ask(found, int(seed))


def _shown(request: Request, page: Page) -> HttpResponse:
    template = "quizzes/question.html" + ("#card" if request.htmx else "")
    response = render(request, template, {"page": page})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _get_question(id: str) -> Question:
    try:
        return everything()[id]
    except KeyError:
        raise Http404 from None
