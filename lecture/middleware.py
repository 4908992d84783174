"""What every response carries, static files included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def isolate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep other origins out; answer a balancer's health check before the host name is looked at."""

    def respond(request: HttpRequest) -> HttpResponse:
        healthy = request.path_info == "/healthz"
        response = HttpResponse("ok\n", content_type="text/plain") if healthy else get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return respond
