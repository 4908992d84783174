"""PRACTISE: ask a question, and say what an answer means. Nothing is kept yet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from lecture.quizzes.kinds import One
from lecture.quizzes.questions import Question, questions


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@require_safe
def question(request: Request, id: str) -> HttpResponse:
    """The question; with ?answer= the verdict. The right answer is not in the page before that."""
    found = _get_question(id)
    chosen = found.find(request.GET.get("answer", "")) if isinstance(found, One) else None
    template = "quizzes/question.html" + ("#card" if request.htmx else "")
    nothing = "answer" in request.GET and chosen is None
    context = {"question": found, "chosen": chosen, "nothing_chosen": nothing, "again": "again" in request.GET}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def printed(request: HttpRequest, id: str) -> HttpResponse:
    """The question with its answer, for paper."""
    return render(request, "quizzes/print.html", {"question": _get_question(id)})


def _get_question(id: str) -> Question:
    try:
        return questions()[id]
    except KeyError:
        raise Http404 from None
