"""KEEP: see, export, import and delete what is kept about you."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lecture import learners
from lecture.course.load import course
from lecture.models import Learner, Reading
from lecture.uploads import LARGEST
from lecture.you import keeping


@require_safe
@never_cache
def you(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, on one page."""
    return _page(request, done=request.GET.get("done", ""))


@require_safe
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    text = keeping.write(_readings(learners.current(request)), timezone.now())
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="cloud-fundamentals.json"'
    return response


@require_POST
@never_cache
def import_(request: HttpRequest) -> HttpResponse:
    """Take a file in: what it adds is added, nothing is taken away; a refused file changes nothing."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise keeping.Refused("Choose a file first.")
        kept = keeping.parse(file.read(LARGEST + 1))
    except keeping.Refused as refused:
        return _page(request, refused=str(refused), status=400)
    learner = learners.current_or_new(request)
    _add(learner, kept)
    return learners.remember(redirect("/you/?done=imported"), learner)


@require_POST
@never_cache
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the learner and everything with it, and the secret that another key would be made from."""
    rotate_token(request)
    return learners.forget(redirect("/you/?done=deleted"), learners.current(request))


@transaction.atomic
def _add(learner: Learner, kept: keeping.Kept) -> None:
    rows = [Reading(learner=learner, **r.model_dump()) for r in kept.read]
    Reading.objects.bulk_create(rows, ignore_conflicts=True)


def _readings(learner: Learner | None) -> list[tuple[str, datetime, bool]]:
    rows = learner.readings.order_by("read_at") if learner else Reading.objects.none()
    return list(rows.values_list("section", "read_at", "taken_back"))


def _page(request: HttpRequest, done: str = "", refused: str = "", status: int = 200) -> HttpResponse:
    learner = learners.current(request)
    leaves = course().leaves
    rows = [(leaves.get(section), section, at, back) for section, at, back in _readings(learner)]
    context = {"learner": learner, "rows": rows, "done": done, "refused": refused}
    return learners.settle(request, render(request, "you/you.html", context, status=status), learner)
