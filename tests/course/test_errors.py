import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path


def explode(request: HttpRequest) -> HttpResponse:
    secret = "the-secret-of-the-house"
    raise RuntimeError(f"{secret} in {settings.BASE_DIR}")


# this module stands in as the list of addresses of a site with a mistake in it
urlpatterns = [path("explode/", explode), path("", include("courseapp.urls"))]
handler400 = "lecture.course.errors.bad_request"
handler403 = "lecture.course.errors.forbidden"
handler404 = "lecture.course.errors.not_found"
handler500 = "lecture.course.errors.server_error"


@pytest.fixture
def broken(settings) -> Client:
    """A visitor of a site with a mistake in it."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def error(response, status: int) -> str:
    """The page, after what every error page must be."""
    html = response.content.decode()
    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert len(re.findall("<h1>", html)) == 1
    assert f'<span class="plate big">{status}</span>' in html
    assert '<a class="button" href="/">Back to the street' in html
    assert '<link rel="stylesheet" href="/static/css/course.' in html
    for inside in (str(settings.BASE_DIR), str(Path.home()), "Traceback", "Django", "settings", "Error", "Exception"):
        assert inside not in html
    return html


def between(html: str, opening: str, closing: str) -> str:
    return html.split(opening, 1)[1].split(closing, 1)[0]


def test_an_unknown_address_has_our_page(client):
    html = error(client.get("/qqq/www/eee/"), 404)
    assert "<h1>Nobody lives at this address.</h1>" in html
    assert '<a href="/search/">search the course</a>' in html


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/parts/1-the-problem/2-three-problem/", "/parts/1-the-problem/2-three-problems/"),
        ("/part/1-the-problem/", "/parts/1-the-problem/"),
        ("/glosary/", "/glossary/"),
        ("/about/privacy.html", "/about/privacy/"),
    ],
)
def test_a_near_miss_is_shown_the_way(client, wrong, right):
    html = error(client.get(wrong), 404)
    near = re.findall(r'<li><a href="([^"]+)">[^<]+</a> <code>([^<]+)</code></li>', html)
    assert near[0] == (right, right)
    assert len(near) <= 3


def test_an_address_without_its_last_slash_is_completed(client):
    response = client.get("/glossary")
    assert (response.status_code, response["Location"]) == (301, "/glossary/")


@pytest.mark.parametrize(
    "hostile",
    [
        "/%00/",
        "/parts/%00/",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../manage.py",
        "/static/%2e%2e/secret-key",
        "/parts/" + "a" * 10_000 + "/",
        "/" + "a/" * 5_000,
        "/パーツ/😀/",
        "/%ff%fe/",
        "/<script>alert(1)</script>/",
        "/parts/{{ settings.SECRET_KEY }}/",
        "/parts/1-the-problem/1%27%20OR%201=1--/",
        "//evil.example/%2f..",
        "/you/..;/export",
        "/.git/config",
        "/.env",
    ],
)
def test_a_hostile_address_is_not_found_and_does_no_harm(client, hostile):
    html = error(client.get(hostile), 404)
    assert "<script>alert" not in html
    assert "evil.example" not in html
    assert settings.SECRET_KEY not in html


def test_another_host_name_is_a_bad_request(client):
    html = error(client.get("/", headers={"host": "evil.example"}), 400)
    assert "<h1>We could not read that request.</h1>" in html
    assert "evil.example" not in html


def test_what_a_visitor_sent_is_not_logged(client, caplog):
    with caplog.at_level(logging.ERROR):  # what goes to the console
        client.get("/", headers={"host": "evil.example"})
    assert "evil.example" not in caplog.text


def test_a_form_without_its_token_has_our_page():
    html = error(Client(enforce_csrf_checks=True).post("/you/delete/"), 403)
    assert "<h1>This door did not open.</h1>" in html


def test_a_mistake_of_ours_has_our_page_and_keeps_its_secrets(broken):
    html = error(broken.get("/explode/?q=what-was-asked"), 500)
    assert "<h1>A pipe burst, and it is ours.</h1>" in html
    for inside in ("the-secret-of-the-house", "RuntimeError", "explode", "what-was-asked"):
        assert inside not in html


def test_a_mistake_of_ours_is_told_to_whoever_runs_the_server(broken, caplog):
    broken.get("/explode/?q=what-was-asked")
    assert "RuntimeError: the-secret-of-the-house" in caplog.text
    assert "what-was-asked" not in caplog.text


def test_the_other_pages_of_a_site_with_a_mistake_work(broken):
    assert broken.get("/about/keys/").status_code == 200


def test_an_error_page_sets_no_cookie_and_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/none/").cookies == {}


def test_an_unknown_address_has_the_head_and_the_foot_of_the_site(client, serve):
    tool = '\n[[tool]]\nname = "sums"\ntitle = "Sums"\ntext = "T."\naddress = "/print/"\nicon = "quiz"\nnav = true\n'
    toml = serve() / "course.toml"
    serve({"course.toml": toml.read_text() + tool})
    page, lost = client.get("/about/keys/").content.decode(), client.get("/none/").content.decode()
    for opening, closing in (('<nav aria-label="Site">', "</nav>"), ('<footer class="site-foot"', "</footer>")):
        assert between(lost, opening, closing) == between(page, opening, closing)
