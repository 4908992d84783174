import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

POLICY = {
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
}
STRICT = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
STATIC = ["css/course.css", "js/main.js", "js/theme.js", "django_htmx/htmx-2.min.js", "favicon.svg"]
ANSWERS = ["/", "/you/", "/you/export/", "/search/?q=a", "/progress/", "/sitemap.xml", "/robots.txt", "/none/", "/you"]


def static(name: str) -> str:
    return staticfiles_storage.url(name)


def policy(response) -> set[str]:
    return set(response["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_carries_the_whole_set(client, db, address):
    response = client.get(address)
    assert policy(response) == POLICY
    assert {name: response.get(name) for name in STRICT} == STRICT


def test_a_page_cannot_be_framed_by_old_browsers_either(client):
    assert client.get("/")["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/translator/", "/rosetta/", "/wizard/", "/costs/bill/"])
def test_a_tool_may_be_framed_by_a_slide_and_by_nobody_else(client, db, address):
    response = client.get(address)
    assert policy(response) == POLICY - {"frame-ancestors 'none'"} | {"frame-ancestors 'self'"}
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_slide_may_frame_a_tool_and_not_be_framed(client):
    response = client.get("/slides/1-the-problem/")
    assert policy(response) == POLICY | {"frame-src 'self'"}
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("name", STATIC)
def test_every_static_file_carries_the_set(client, name):
    response = client.get(static(name))
    assert b"".join(response.streaming_content)
    assert policy(response) == POLICY
    assert {name: response.get(name) for name in STRICT} == STRICT


def test_a_refused_host_gets_the_set_too(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert (response.status_code, policy(response)) == (400, POLICY)
    assert {name: response.get(name) for name in STRICT} == STRICT


def test_the_policy_is_the_one_of_the_settings():
    written = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {f"{name} {' '.join(sources)}" for name, sources in written.items()} == POLICY
    assert set(settings.CONTENT_SECURITY_POLICY) == {"DIRECTIVES"}


def test_no_answer_names_what_the_server_runs_on(client):
    assert {"Server", "X-Powered-By"} & set(client.get("/").headers) == set()


# static files


@pytest.mark.parametrize("name", STATIC)
def test_a_static_file_has_its_hash_in_its_name_and_lives_for_ever(client, name):
    response = client.get(static(name))
    assert b"".join(response.streaming_content)
    stem, suffix = name.rsplit(".", 1)
    assert re.fullmatch(rf"/static/{stem}\.[0-9a-f]{{12}}\.{suffix}", static(name))
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "Set-Cookie" not in response


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_static_file_comes_compressed(client, encoding, unpack):
    plain = b"".join(client.get(static("css/course.css")).streaming_content)
    response = client.get(static("css/course.css"), headers={"accept-encoding": encoding})
    packed = b"".join(response.streaming_content)
    assert (response["Content-Encoding"], response["Vary"]) == (encoding, "Accept-Encoding")
    assert unpack(packed) == plain
    assert len(packed) < len(plain) / 3


@pytest.mark.parametrize(
    "name", ["css/course.css", "django_htmx/htmx-4.js", "", "../secret-key", "staticfiles.json", "../staticfiles.json"]
)
def test_nothing_else_lies_in_the_static_files(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_what_is_served_has_a_hash_in_its_name():
    root = Path(staticfiles_storage.location)
    served = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    assert [name for name in served if not re.search(r"\.[0-9a-f]{12}\.[a-z]+(\.gz|\.br)?$", name)] == []


def test_modules_import_each_other_by_their_hashed_names(client):
    main = b"".join(client.get(static("js/main.js")).streaming_content).decode()
    imported = re.findall(r'import\("\./([^"]+)"\)', main)
    assert set(imported) == {
        static(f"js/{name}.js").rsplit("/", 1)[1] for name in ("keys", "buttons", "sliders", "quiz")
    }


# behind TLS, as on the internet

VISIT = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
HOST = "course.example.edu"
visitor = Client(headers={"host": HOST, "x-forwarded-proto": "https"})
def seen(response):
    cookies = {name: {k: v for k, v in c.items() if v} for name, c in response.cookies.items()}
    return {"status": response.status_code, "headers": dict(response.headers), "cookies": cookies,
            "body": response.content.decode()}
marked = "/parts/1-the-problem/1-your-compose-file/progress/"
json.dump({
    "page": seen(visitor.get("/")),
    "you": seen(visitor.get("/you/")),
    "marked": seen(visitor.post(marked, {"read": "yes"})),
    "again": seen(visitor.get("/you/")),
    "deleted": seen(visitor.post("/you/delete/")),
    "plain": seen(Client(headers={"host": HOST}).get("/print/?a=1")),
    "health": seen(Client(headers={"host": "10.0.0.7"}).get("/healthz")),
    "sitemap": seen(visitor.get("/sitemap.xml")),
}, sys.stdout)
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Callable[..., str]:
    """Run Python as an installation at https://course.example.edu would; its output."""
    var = tmp_path_factory.mktemp("var")
    own = {"COURSE_URL": "https://course.example.edu", "COURSE_VAR": str(var)}
    env = {"PATH": os.environ["PATH"]} | own | {"DJANGO_SETTINGS_MODULE": "courseapp.settings"}

    def run(*args: str) -> str:
        command = [sys.executable, "-W", "error", *args]
        done = subprocess.run(command, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def https(run) -> dict[str, dict]:
    """What a visitor of that installation gets."""
    return json.loads(run("-c", VISIT))


def test_the_deployment_check_is_clean(run):
    assert run("manage.py", "check", "--deploy", "--fail-level", "WARNING").startswith(
        "System check identified no issues"
    )


def test_https_is_remembered_for_two_years(https):
    assert https["page"]["headers"]["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_plain_http_is_led_to_https_on_the_same_host(https):
    assert https["plain"]["status"] == 301
    assert https["plain"]["headers"]["Location"] == "https://course.example.edu/print/?a=1"


def test_a_balancer_is_answered_without_tls(https):
    assert (https["health"]["status"], https["health"]["body"]) == (200, "ok\n")


def test_every_cookie_is_bound_to_the_host_and_to_tls(https):
    cookies = https["you"]["cookies"] | https["marked"]["cookies"]
    assert set(cookies) == {"__Host-csrf", "__Host-learner", "__Host-kept"}
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["path"], cookie["samesite"]) == (True, "/", "Lax")
        assert "domain" not in cookie
    assert {name for name, cookie in cookies.items() if cookie.get("httponly")} == {"__Host-csrf", "__Host-learner"}


def test_a_learner_is_known_again_and_can_go(https):
    assert "Delete everything" in https["again"]["body"]
    gone = {name: cookie["secure"] for name, cookie in https["deleted"]["cookies"].items()}
    assert gone == {"__Host-learner": True, "__Host-kept": True, "__Host-csrf": True}  # the last is a new one


def test_the_sitemap_speaks_of_the_public_address(https):
    assert "<loc>https://course.example.edu/you/</loc>" in https["sitemap"]["body"]


# what the HTTP Observatory of MDN looks for, with its points for having it and for lacking it at worst
# (developer.mozilla.org/en-US/observatory/docs/tests_and_scoring): a site starts at 100, where A+ begins;
# 135 is the most without preloading and subresource integrity

OBSERVATORY: dict[str, tuple[int, int, Callable[[dict[str, str], dict[str, dict], str], bool]]] = {
    "csp: default-src 'none', nothing unsafe, forms at home": (10, -25, lambda h, c, b: (
        {"default-src 'none'", "form-action 'self'"} <= set(h["Content-Security-Policy"].split("; "))
        and not re.search(r"unsafe|http:|https:|data:|\*", h["Content-Security-Policy"]))),
    "cookies: Secure, SameSite, and HttpOnly where they matter": (5, -40, lambda h, c, b: c != {} and all(
        k.get("secure") and k.get("samesite") in {"Lax", "Strict"} and k.get("httponly") for k in c.values())),
    "cors: nothing shared": (0, -50, lambda h, c, b: "Access-Control-Allow-Origin" not in h),
    "referrer policy: private": (5, -5, lambda h, c, b: h["Referrer-Policy"] in {
        "no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}),
    "hsts: at least six months": (0, -20, lambda h, c, b: int(
        re.match(r"max-age=(\d+)", h["Strict-Transport-Security"])[1]) >= 15_768_000),
    "sri: every script from here": (0, -50, lambda h, c, b: all(
        src.startswith("/static/") for src in re.findall(r'<script[^>]* src="([^"]+)"', b))),
    "nosniff": (0, -5, lambda h, c, b: h["X-Content-Type-Options"] == "nosniff"),
    "framing: refused by the policy": (5, -20, lambda h, c, b: (
        "frame-ancestors 'none'" in h["Content-Security-Policy"].split("; "))),
    "corp: same origin": (10, -5, lambda h, c, b: h["Cross-Origin-Resource-Policy"] == "same-origin"),
}  # fmt: skip


def score(response: dict) -> int:
    """Points of a response, redirection aside."""
    seen = (response["headers"], response["cookies"], response["body"])
    return 100 + sum(right if met(*seen) else wrong for right, wrong, met in OBSERVATORY.values())


def test_the_observatory_would_give_all_points(https):
    unmet = [name for name, (_, _, met) in OBSERVATORY.items() if not met(
        https["you"]["headers"], https["you"]["cookies"], https["you"]["body"])]  # fmt: skip
    assert unmet == []
    assert score(https["you"]) == 135


def test_the_observatory_takes_points_for_a_careless_header(https):
    careless = https["you"]["headers"] | {"Content-Security-Policy": "default-src *; script-src 'unsafe-inline'"}
    assert score({**https["you"], "headers": careless}) == 135 - 35 - 25
