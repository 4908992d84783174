"""What every response carries, static files included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


# tools that a slide may open over itself, in a frame of the same origin
STAGED = ("/translator/", "/rosetta/", "/wizard/", "/costs/", "/quizzes/questions/")


def stage(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Slides may frame the tools, and the tools may be framed by them; no other page is in a frame or has one."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(STAGED):
            response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined] # read by django-csp
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        elif request.path_info.startswith("/slides/"):
            response._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]
        return response

    return respond


def isolate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep other origins out; answer a balancer's health check before the host name is looked at."""

    def respond(request: HttpRequest) -> HttpResponse:
        healthy = request.path_info == "/healthz"
        response = HttpResponse("ok\n", content_type="text/plain") if healthy else get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return respond
