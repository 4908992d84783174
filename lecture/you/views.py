"""KEEP: see, export, import and delete what is kept about you."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from lecture import learners
from lecture.course.load import course
from lecture.uploads import Bounded
from lecture.you import keeping, records


@require_safe
@never_cache
def you(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, on one page."""
    return _page(request, done=request.GET.get("done", ""))


@require_safe
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    text = keeping.write(records.collect(learners.current(request), timezone.now()))
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="cloud-fundamentals.json"'
    return response


@csrf_exempt  # `_import` checks the token, once the limit is set: who checks it reads the whole form
@require_POST
def import_(request: HttpRequest) -> HttpResponse:
    """Take a file in: what it adds is added, nothing is taken away; a refused file changes nothing."""
    request.upload_handlers = [Bounded(request, keeping.LARGEST)]
    return _import(request)


@never_cache
@csrf_protect
def _import(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        if file is None:
            raise keeping.Refused("Choose a file first.")
        kept = keeping.parse(file.read(keeping.LARGEST + 1))
    except keeping.Refused as refused:
        return _page(request, refused=str(refused), status=400)
    learner = learners.current_or_new(request)
    records.add(learner, kept)
    return learners.remember(redirect("/you/?done=imported"), learner)


@require_POST
@never_cache
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the learner and everything with it, and the secret that another key would be made from."""
    rotate_token(request)
    return learners.forget(redirect("/you/?done=deleted"), learners.current(request))


def _page(request: HttpRequest, done: str = "", refused: str = "", status: int = 200) -> HttpResponse:
    learner = learners.current(request)
    leaves = course().leaves
    rows = [(leaves.get(section), section, at, back) for section, at, back in records.readings(learner)]
    counts = records.counts(learner) if learner else {}
    context = {"learner": learner, "rows": rows, "counts": counts, "done": done, "refused": refused}
    return learners.settle(request, render(request, "you/you.html", context, status=status), learner)
