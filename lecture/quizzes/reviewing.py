"""PRACTISE: the review. What comes back today, what comes in the next weeks, and how much of it was still known."""

from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lecture import learners
from lecture.models import Answer, Card, Learner
from lecture.quizzes import answers, charts, days, forecast, marking, records
from lecture.quizzes.asked import ask
from lecture.quizzes.pools import everything
from lecture.quizzes.schedule import RETENTIONS
from lecture.quizzes.showing import Page
from lecture.quizzes.views import Request

LIMITS = (5, 10, 20, 40, 80)  # cards a day to choose from


@require_safe
@never_cache
def review(request: Request) -> HttpResponse:
    """Today's queue, what is coming, and what was still known; for another page, what is due, in a line."""
    learner = learners.current(request)
    if request.htmx:
        due = len(records.due(learner, everything())) if learner else 0
        return learners.settle(request, render(request, "quizzes/due.html", {"due": due}), learner)
    return learners.settle(request, _overview(request, learner), learner)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def following(request: Request) -> HttpResponse:
    """The next card of today's queue; a POST answers one."""
    learner = learners.current(request)
    if learner is None:
        return redirect("review")
    if request.method == "POST":
        return _answer(request, learner)
    if once := request.GET.get("told", ""):
        answer = learner.answers.filter(once=once[:60], source="review").first()
        if answer and answer.question in everything():
            return _shown(request, _told(request, learner, answer), learner)
    queue = records.due(learner, everything())
    if not queue:
        return redirect("review")
    return _shown(request, _page(request, queue[0]), learner, len(queue))


@require_POST
@never_cache
def settings(request: HttpRequest) -> HttpResponse:
    """How many a day, how well to be known, and which time zone."""
    learner = learners.current_or_new(request)
    mend = _settle(learner, request)
    if mend:
        return learners.remember(_overview(request, learner, mend, 400), learner)
    return learners.remember(redirect("/review/?done=settings#settings"), learner)


def _settle(learner: Learner, request: HttpRequest) -> str:
    """Keep the settings of a form; what is wrong in it, "" where nothing is."""
    daily, retention = request.POST.get("daily", ""), request.POST.get("retention", "")
    zone = request.POST.get("zone", "").strip()
    if daily not in map(str, LIMITS) or retention not in map(str, RETENTIONS):
        return "Choose a number of cards and a share from the lists."
    if zone and zone not in days.zones():
        return "There is no time zone of that name. Write one such as Europe/London or Asia/Tokyo."
    learner.daily, learner.retention, learner.zone = int(daily), int(retention), zone
    learner.save(update_fields=["daily", "retention", "zone"])
    return ""


def _answer(request: Request, learner: Learner) -> HttpResponse:
    once = request.POST.get("once", "")[:60]
    card = _card(learner, once)
    if card is None:  # it has moved on: by this very form, in another tab
        known = learner.answers.filter(once=once, source="review").first()
        if known and known.question in everything():
            return _after(request, learner, known, before=True)
        return redirect("review-next")
    page = _page(request, card)
    page.said, page.focus = request.POST.dict(), True
    try:
        given, certainty = answers.read(page.asked, request.POST), answers.sure(request.POST)
    except answers.Unanswered as mend:
        page.mend = str(mend)
        return _shown(request, page, learner)
    verdict = marking.mark(page.asked, given)
    kept = records.keep(learner, page.asked, given, verdict, source="review", once=once, certainty=certainty)
    return _after(request, learner, kept.answer, kept.before, kept.card)


def _after(
    request: Request, learner: Learner, answer: Answer, before: bool = False, card: Card | None = None
) -> HttpResponse:
    """The verdict: in place, or, without JavaScript, under an address of its own."""
    if not request.htmx:
        return redirect(f"/review/next/?told={answer.once}")
    return _shown(request, _told(request, learner, answer, before, card), learner)


def _card(learner: Learner, once: str) -> Card | None:
    """The card that a form was about, as it was then; None where it has moved on or its question has gone."""
    _, _, rest = once.partition("r:")
    key, _, reviews = rest.partition(":")
    if not (key.isascii() and key.isdigit() and reviews.isascii() and reviews.isdigit() and len(once) < 40):
        return None
    card = learner.cards.filter(pk=int(key[:18]), reviews=int(reviews[:9])).first()
    return card if card and card.question in everything() else None


def _page(request: HttpRequest, card: Card) -> Page:
    once = f"r:{card.pk}:{card.reviews}"
    put = ask(everything()[card.question], crc32(once.encode()) % 2**31)
    return Page(put, "/review/next/", once, sure=True)


def _told(request: Request, learner: Learner, answer: Answer, before: bool = False, card: Card | None = None) -> Page:
    put = ask(everything()[answer.question], answer.seed)
    verdict = marking.mark_kept(put, answer.given, answer.right)
    page = Page(put, "/review/next/", verdict=verdict, answer=answer, before=before)
    page.card = card or learner.cards.filter(question=answer.question).first()
    page.today = days.day(timezone.now(), learner.zone)
    page.next, page.next_text = "/review/next/", "Next"
    return page


def _shown(request: Request, page: Page, learner: Learner, left: int | None = None) -> HttpResponse:
    template = "quizzes/reviewing.html" + ("#card" if request.htmx else "")
    response = render(request, template, {"page": page, "left": left})
    return learners.settle(request, response, learner)


def _overview(request: HttpRequest, learner: Learner | None, mend: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    queue = records.due(learner, everything(), now) if learner else []
    coming, known = forecast.coming(learner, now), forecast.known(learner, now)
    context = {
        "learner": learner,
        "queue": queue,
        "cards": learner.cards.count() if learner else 0,
        "coming": coming,
        "coming_drawn": [
            charts.columns(coming, width, every=every) for width, every in ((charts.WIDE, 5), (charts.NARROW, 10))
        ],
        "known": known,
        "known_drawn": [
            charts.columns(
                [(name, share, f"{share} %" if of else "") for name, share, of, _ in known],
                width,
                100,
                learner.retention,
            )
            for width in (charts.WIDE, charts.NARROW)
        ]
        if learner and any(of for _, _, of, _ in known)
        else [],
        "limits": LIMITS,
        "retentions": RETENTIONS,
        "mend": mend,
        "done": request.GET.get("done", ""),
        "said": request.POST if mend else None,
    }
    return render(request, "quizzes/review.html", context, status=status)
