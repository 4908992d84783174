import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from lecture.models import Learner, Reading

FIRST = "/parts/1-the-problem/1-your-compose-file/"
SECOND = "/parts/1-the-problem/2-three-problems/"
HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


def read_by_anybody() -> list[str]:
    return list(Reading.objects.filter(taken_back=False).order_by("section").values_list("section", flat=True))


def mark(client, section: str, read: str = "yes", **options):
    return client.post(f"{section}progress/", {"read": read}, **options)


def test_a_stranger_is_asked_and_not_remembered(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(f"{FIRST}progress/")
    assert "1.1 is not read yet." in response.content.decode()
    assert set(response.cookies) == {"csrf"}
    assert "no-store" in response["Cache-Control"]


def test_marking_makes_a_learner_and_comes_back_to_the_page(client):
    response = mark(client, FIRST)
    assert (response.status_code, response["Location"]) == (302, f"{FIRST}progress/")
    assert set(response.cookies) == {"learner", "kept"}
    assert read_by_anybody() == ["1-the-problem/1-your-compose-file"]
    page = client.get(f"{FIRST}progress/").content.decode()
    assert "<h1>1.1 " in page
    assert "<b>1.1 is read.</b>" in page
    assert f'<a href="{FIRST}">Back to 1.1</a>, or on to <a href="{SECOND}">1.2 ' in page


def test_marking_twice_is_marking_once(client):
    mark(client, FIRST)
    Reading.objects.update(read_at=datetime(2026, 1, 2, tzinfo=UTC))
    mark(client, FIRST)
    assert Learner.objects.count() == 1
    assert Reading.objects.get().read_at == datetime(2026, 1, 2, tzinfo=UTC)


def test_a_mark_can_be_taken_back(client):
    mark(client, FIRST)
    mark(client, SECOND)
    mark(client, FIRST, "no")
    assert read_by_anybody() == ["1-the-problem/2-three-problems"]


def test_what_was_taken_back_is_not_marked_by_seeing_the_end(client):
    assert "intersect once" in client.get(f"{FIRST}progress/", headers=HTMX).content.decode()
    mark(client, FIRST)
    mark(client, FIRST, "no")
    assert "intersect once" not in client.get(f"{FIRST}progress/", headers=HTMX).content.decode()


def test_a_mark_of_somebody_else_stays(client):
    mark(Client(), FIRST)
    mark(client, FIRST)
    mark(client, FIRST, "no")
    assert list(Reading.objects.values_list("taken_back", flat=True).order_by("pk")) == [False, True]


@pytest.mark.parametrize("said", ["no", "", "YES", "1"])
def test_a_stranger_who_says_anything_else_is_not_remembered(client, said):
    response = mark(client, FIRST, said)
    assert (response.status_code, dict(response.cookies)) == (302, {})
    assert not Learner.objects.exists()


def test_htmx_gets_the_form_and_the_part_and_no_page(client):
    html = mark(client, FIRST, headers=HTMX).content.decode()
    assert html.startswith('<form class="read" method="post"')
    assert "<html" not in html
    assert re.findall(r'<nav[^>]* hx-swap-oob="true">', html) == [
        '<nav class="part-nav" id="part-nav" aria-label="Part 1" hx-swap-oob="true">'
    ]
    assert '<input type="hidden" name="read" value="no">' in html


def test_the_part_shows_what_is_read_and_where_the_reader_is(client):
    mark(client, FIRST)
    mark(client, SECOND)
    html = client.get(f"{SECOND}progress/", headers=HTMX).content.decode()
    assert re.findall(r'<a href="/parts/1-the-problem/([^/]+)/" class="done">', html) == ["1-your-compose-file"]
    assert re.findall(r'<a href="/parts/1-the-problem/([^/]+)/" aria-current="page">', html) == ["2-three-problems"]
    assert html.count("(read)") == 1


def test_only_an_unread_section_marks_itself_when_it_is_read_to_its_end(client):
    assert "intersect" in client.get(f"{FIRST}progress/", headers=HTMX).content.decode()
    assert "intersect" not in mark(client, FIRST, headers=HTMX).content.decode()
    assert "intersect" not in client.get(f"{FIRST}progress/", headers=HTMX).content.decode()
    assert "intersect" not in mark(client, FIRST, "no", headers=HTMX).content.decode()


def test_marking_costs_few_queries(client, django_assert_num_queries):
    mark(client, FIRST)
    with django_assert_num_queries(9):  # who, a row looked for and made, taken back?, what is read
        mark(client, SECOND, headers=HTMX)


@pytest.mark.parametrize(
    "address",
    ["/parts/1-the-problem/9-none/", "/parts/2-the-map/9-none/", "/parts/9-none/1-your-compose-file/"],
)
def test_what_is_not_there_cannot_be_read(client, address):
    assert client.get(f"{address}progress/").status_code == 404
    assert mark(client, address).status_code == 404
    assert not Learner.objects.exists()


def test_a_deep_dive_cannot_be_read_as_a_section(client, serve, section):
    dive = section("Text.")["parts/1-only/1-first.md"]
    serve({"deep-dives/sums.md": dive})
    assert mark(client, "/parts/deep-dives/sums/").status_code == 404
    assert not Learner.objects.exists()


def test_a_form_from_elsewhere_is_refused_with_our_page():
    strict = Client(enforce_csrf_checks=True)
    response = mark(strict, FIRST)
    assert response.status_code == 403
    assert "<h1>This door did not open.</h1>" in response.content.decode()
    assert "CSRF" not in response.content.decode()
    assert not Learner.objects.exists()


def test_a_form_of_ours_is_taken():
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(f"{FIRST}progress/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    assert strict.post(f"{FIRST}progress/", {"read": "yes", "csrfmiddlewaretoken": token}).status_code == 302
    assert read_by_anybody() == ["1-the-problem/1-your-compose-file"]


def test_the_token_is_kept_from_scripts_and_other_sites(client):
    csrf = client.get(f"{FIRST}progress/").cookies["csrf"]
    assert (csrf["httponly"], csrf["samesite"]) == (True, "Lax")


# what of the home page is personal


def test_home_goes_on_after_the_last_section_that_was_read(client):
    mark(client, SECOND)
    html = client.get("/progress/").content.decode()
    assert '<a class="button" href="/parts/1-the-problem/3-what-the-cloud-is/">Continue with 1.3 ' in html
    assert re.findall(r'id="(\w+)" hx-swap-oob="true"', html) == ["next", "path"]
    assert re.findall(r'<rect class="(\w+)"', html)[:4] == ["ahead", "read", "now", "ahead"]
    assert "<html" not in html


def test_home_offers_the_print_when_all_is_read(client, serve):
    serve()
    mark(client, "/parts/1-only/1-first/")
    assert '<a class="button" href="/print/">You have read it all.' in client.get("/progress/").content.decode()


def test_a_mark_that_the_course_no_longer_knows_counts_for_nothing(client, serve):
    serve()
    mark(client, "/parts/1-only/1-first/")
    Reading.objects.create(learner=Learner.objects.get(), section="1-only/9-gone")
    assert "1 of 1 sections read." in client.get("/progress/").content.decode()


def test_a_stranger_on_the_home_page_costs_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/progress/")
    assert "Start with 1.1 " in response.content.decode()
    assert dict(response.cookies) == {}
    assert "no-store" in response["Cache-Control"]
