"""PRACTISE: a quiz, from the choice of its length to what it showed."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lecture import learners
from lecture.models import Answer, Attempt, Learner
from lecture.quizzes import answers, days, marking, outcome, records
from lecture.quizzes.asked import ask
from lecture.quizzes.misconceptions import misconceptions
from lecture.quizzes.pools import LENGTHS, Mix, Quiz, everything, pool, quizzes
from lecture.quizzes.showing import Page
from lecture.quizzes.views import Request

MIXES: dict[str, str] = {
    "fresh": "questions that are new to you",
    "wrong": "questions that you got wrong last time",
    "all": "all questions",
}


@require_safe
@never_cache
def shelf(request: Request) -> HttpResponse:
    """Every quiz, and how far this learner is with each; for another page, that alone, as a table."""
    learner = learners.current(request)
    if request.htmx:
        states = [state for state in outcome.states(learner) if state.answered]
        return learners.settle(request, render(request, "quizzes/states.html", {"states": states}), learner)
    due, believed = len(_due(learner)), len(misconceptions())
    context = {"states": outcome.states(learner), "due": due, "learner": learner, "believed": believed}
    return learners.settle(request, render(request, "quizzes/shelf.html", context), learner)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest, quiz: str) -> HttpResponse:
    """Choose length and mix; a POST begins."""
    found = _get_quiz(quiz)
    if request.method == "POST":
        return _begin(request, found)
    learner = learners.current(request)
    return learners.settle(request, _start_page(request, found, learner), learner)


@require_safe
@never_cache
def attempt(request: HttpRequest, quiz: str, key: str) -> HttpResponse:
    """Where one is: the first question without an answer, or what the quiz showed."""
    found = _get_quiz(quiz)
    learner, taken = _get_attempt(request, found, key)
    given = _given(taken)
    open_ = [n for n, id in enumerate(taken.questions, 1) if n not in given and id in everything()]
    if open_:
        return redirect("quiz-question", quiz, key, open_[0])
    context = {"quiz": found, "attempt": taken, "outcome": outcome.outcome(taken, given)}
    return learners.settle(request, render(request, "quizzes/outcome.html", context), learner)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def question(request: Request, quiz: str, key: str, place: int) -> HttpResponse:
    """One question of an attempt, or the verdict on the answer that was given."""
    found = _get_quiz(quiz)
    learner, taken = _get_attempt(request, found, key)
    if not 1 <= place <= len(taken.questions):
        return redirect("quiz-attempt", quiz, key)
    if taken.questions[place - 1] not in everything():
        context = {"quiz": found, "attempt": taken, "place": place, "next": _after(taken, place)}
        return render(request, "quizzes/vanished.html", context)
    if request.method == "POST":
        return _answer(request, found, taken, learner, place)
    answer = taken.answers.filter(once=_once(taken, place)).first()
    page = _page(request, taken, place)
    if answer:
        _tell(page, answer, taken, place, learner)
    return _shown(request, found, taken, place, page)


@require_POST
def again(request: HttpRequest, quiz: str, key: str) -> HttpResponse:
    """A new attempt at what was wrong in this one."""
    found = _get_quiz(quiz)
    learner, taken = _get_attempt(request, found, key)
    wrong = [answer.question for answer in _given(taken).values() if not answer.right]
    fresh = records.begin_with(learner, found, [id for id in taken.questions if id in wrong])
    if fresh is None:
        return redirect("quiz-attempt", quiz, key)
    return redirect("quiz-attempt", quiz, fresh.key)


def _begin(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    mix, length = request.POST.get("mix", "fresh"), request.POST.get("length", "")
    learner = learners.current_or_new(request)
    if mix not in MIXES or length not in [str(one) for one in LENGTHS]:
        page = _start_page(request, quiz, learner, "Choose a length and a mix from the lists.", 400)
        return learners.remember(page, learner)
    taken = records.begin(learner, quiz, cast(Mix, mix), int(length))
    if taken is None:
        mend = "You have answered every question of this quiz. Take all of them, or those that were wrong."
        if mix == "wrong":
            mend = "Nothing was wrong last time. Take new questions, or all of them."
        return learners.remember(_start_page(request, quiz, learner, mend), learner)
    return learners.remember(redirect("quiz-attempt", quiz.slug, taken.key), learner)


def _start_page(
    request: HttpRequest, quiz: Quiz, learner: Learner | None, mend: str = "", status: int = 200
) -> HttpResponse:
    known = pool(quiz)
    last = records.last(learner, known)
    counts = {"fresh": len(known) - len(last), "wrong": list(last.values()).count(False), "all": len(known)}
    mixes = [(mix, text, counts[mix]) for mix, text in MIXES.items()]
    running = outcome.unfinished(learner, quiz)
    chosen = "fresh" if counts["fresh"] else "all"
    context = {"quiz": quiz, "mixes": mixes, "chosen": chosen, "lengths": LENGTHS, "mend": mend, "running": running}
    return render(request, "quizzes/start.html", context, status=status)


def _answer(request: Request, quiz: Quiz, taken: Attempt, learner: Learner, place: int) -> HttpResponse:
    page = _page(request, taken, place)
    page.said = request.POST.dict()
    page.focus = True
    try:
        given, certainty = answers.read(page.asked, request.POST), answers.sure(request.POST)
    except answers.Unanswered as mend:
        page.mend = str(mend)
        return _shown(request, quiz, taken, place, page)
    records.settle_in(learner, request.POST.get("zone", ""))
    verdict = marking.mark(page.asked, given)
    once = _once(taken, place)
    kept = records.keep(
        learner, page.asked, given, verdict, source="quiz", once=once, certainty=certainty, attempt=taken
    )
    if not request.htmx:
        return redirect(request.path)
    page.before = kept.before
    _tell(page, kept.answer, taken, place, learner, kept.card)
    return _shown(request, quiz, taken, place, page)


def _page(request: HttpRequest, taken: Attempt, place: int) -> Page:
    found = everything()[taken.questions[place - 1]]
    return Page(ask(found, taken.seed), request.path, _once(taken, place), sure=True)


def _tell(page: Page, answer: Answer, taken: Attempt, place: int, learner: Learner, card: object = None) -> None:
    """Put the verdict on the page."""
    page.verdict, page.answer = marking.mark_kept(page.asked, answer.given, answer.right), answer
    page.card = card or learner.cards.filter(question=answer.question).first()  # type: ignore[assignment]
    page.today = days.day(timezone.now(), learner.zone)
    page.next = _after(taken, place)
    page.next_text = "Next question" if place < len(taken.questions) else "What this showed"


def _after(taken: Attempt, place: int) -> str:
    base = f"/quizzes/{taken.quiz}/{taken.key}/"
    return f"{base}{place + 1}/" if place < len(taken.questions) else base


def _shown(request: Request, quiz: Quiz, taken: Attempt, place: int, page: Page) -> HttpResponse:
    template = "quizzes/taking.html" + ("#card" if request.htmx else "")
    context = {"page": page, "quiz": quiz, "attempt": taken, "place": place, "of": len(taken.questions)}
    return render(request, template, context)


def _once(taken: Attempt, place: int) -> str:
    return f"q:{taken.key}:{place}"


def _given(taken: Attempt) -> dict[int, Answer]:
    """The answers of an attempt by their places."""
    return {int(answer.once.rpartition(":")[2]): answer for answer in taken.answers.order_by("pk")}


def _due(learner: Learner | None) -> list[object]:
    return list(records.due(learner, everything())) if learner else []


def _get_quiz(slug: str) -> Quiz:
    try:
        return quizzes()[slug]
    except KeyError:
        raise Http404 from None


def _get_attempt(request: HttpRequest, quiz: Quiz, key: str) -> tuple[Learner, Attempt]:
    learner = learners.current(request)
    taken = learner.attempts.filter(key=key, quiz=quiz.slug).first() if learner else None
    if learner is None or taken is None:
        raise Http404
    return learner, taken
