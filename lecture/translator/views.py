"""TRANSLATE: a pasted file, and what it becomes. Nothing of it is stored or logged, and no answer may be kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from lecture.costs.prices import price_sheet
from lecture.ready import ready, squeezed
from lecture.translator import asking
from lecture.translator.choices import Choices
from lecture.translator.compose import Unreadable
from lecture.translator.diagram import draw
from lecture.translator.diagram.standalone import standalone
from lecture.translator.examples import examples
from lecture.translator.limits import LIMITS
from lecture.translator.markdown import as_markdown
from lecture.translator.parcel import zipped
from lecture.translator.problems import Told, masked, told, too_large
from lecture.translator.remarks import documented
from lecture.translator.report import as_json
from lecture.translator.room import room
from lecture.translator.translate import Translation, translate
from lecture.uploads import LARGEST

DATA = ("prices.toml", "images.toml", "compose-keys.toml", "findings.toml", "translator.toml")
FILES: dict[str, tuple[str, Callable[[Translation], str | bytes]]] = {
    "terraform.zip": ("application/zip", lambda found: zipped(found.written.files, found.blueprint.name)),
    "report.md": ("text/markdown; charset=utf-8", as_markdown),
    "report.json": ("application/json", as_json),
    "network.svg": ("image/svg+xml", lambda found: standalone(draw(found.blueprint).wide)),
}


class Request(HttpRequest):
    """A request that django-htmx has looked at."""

    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants translated, and how."""

    text: str | bytes
    env: str
    choices: Choices
    name: str = ""  # of the example that it is

    @property
    def blank(self) -> bool:
        """Whether there is nothing to translate."""
        return not self.text.strip()

    @property
    def shown(self) -> str:
        """The text for the box, whatever was sent."""
        return self.text if isinstance(self.text, str) else self.text.decode("utf-8", "replace")


@csrf_exempt  # `_translator` checks the token, after the size: who checks it reads the whole body
@require_http_methods(["GET", "HEAD", "POST"])
def translator(request: Request) -> HttpResponse:
    """The paste form; with ?example= or a text, what it becomes."""
    return _too_large(request) or _translator(request)


@csrf_exempt
@require_POST
def take(request: Request, what: str) -> HttpResponse:
    """A translation as a file to keep: the Terraform, the report, the drawing."""
    return _too_large(request) or _take(request, what)


@require_safe
@ready
def findings(request: HttpRequest) -> HttpResponse:
    """What the translator may remark, and why."""
    _have_data()
    return render(request, "translator/findings.html", {"kinds": documented()})


@never_cache
@csrf_protect
def _translator(request: Request) -> HttpResponse:
    _have_data()
    posted = request.method == "POST"
    asked = _posted(request) if posted else _example(request.GET)
    nothing_yet = asked.blank and (request.htmx or not posted)
    return _page(request, asked, *((None, []) if nothing_yet else _translated(asked)))


@never_cache
@csrf_protect
def _take(request: Request, what: str) -> HttpResponse:
    _have_data()
    asked = _posted(request)
    translation, problems = _translated(asked)
    if translation is None:
        return _page(request, asked, translation, problems)
    kind, write = FILES[what]
    response = HttpResponse(write(translation), content_type=kind)
    name = f"{translation.blueprint.name}-{what}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _have_data() -> None:
    """Another instructor's course may lack what the translator reads; then there is no translator."""
    if not all((settings.COURSE_CONTENT / name).exists() for name in DATA):
        raise Http404


def _too_large(request: Request) -> HttpResponse | None:
    """Refuse a body before anything reads it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) <= LARGEST:
        return None
    context = {"problems": told([too_large()]), "limits": LIMITS, "asked": Asked("", "", Choices())}
    if request.htmx:
        return render(request, "translator/translator.html#result", context)
    return render(request, "translator/too_large.html", context, status=413)


def _posted(request: HttpRequest) -> Asked:
    """The text of the form, or of the file that came with it."""
    fields = request.POST
    file = request.FILES.get("file")
    text: str | bytes = file.read() if file else _lines(fields.get("text", ""))
    return Asked(text, _lines(fields.get("env", "")), asking.choices(dict(fields.lists())), _name(text))


def _lines(text: str) -> str:
    """As it was before a browser sent it: a form ends lines with two characters."""
    return text.replace("\r\n", "\n")


def _name(text: str | bytes) -> str:
    """The example that a text is, word for word."""
    names = {known.strip(): id for id, (_, known) in examples().items()}
    return names.get(text.strip(), "") if isinstance(text, str) else ""


def _example(fields: QueryDict) -> Asked:
    id = fields.get("example", "")
    if not id:
        return Asked("", "", asking.choices(dict(fields.lists())))
    if id not in examples():
        raise Http404
    return Asked(examples()[id][1], "", asking.choices(dict(fields.lists())), id)


def _translated(asked: Asked) -> tuple[Translation | None, list[Told]]:
    """What it becomes, None where it cannot be read; and what is wrong with it."""
    try:
        found = translate(asked.text, asked.env, asked.choices, asked.name)
    except Unreadable as unreadable:
        return None, told(unreadable.problems)
    return found, told(masked(problem, found.blueprint.masked()) for problem in found.file.problems)


def _page(request: Request, asked: Asked, translation: Translation | None, problems: list[Told]) -> HttpResponse:
    context = {
        "asked": asked,
        "room": room(translation, price_sheet()) if translation else None,
        "problems": problems,
        "examples": [example for example, _ in examples().values()],
        "limits": LIMITS,
        "limit": LIMITS.text // 1024,
    }
    template = "translator/translator.html" + ("#result" if request.htmx else "")
    refused = translation is None and problems and not request.htmx
    response = render(request, template, context, status=422 if refused else 200)
    patch_vary_headers(response, ["HX-Request"])
    return squeezed(request, response)  # what stands in it is the asker's own alone, and the token is masked anew
