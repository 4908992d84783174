"""Where other rooms meet the quizzes: outlines in sections, fragments for the home page and /you/, links, beliefs."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from lecture.course import quizzed
from lecture.course.addresses import addresses
from lecture.course.load import course as served
from lecture.course.model import Course
from lecture.models import Card, Learner
from lecture.quizzes.misconceptions import misconceptions
from lecture.quizzes.pools import quizzes
from tests.quizzes.samples import ALL, BELIEFS
from tests.quizzes.test_marking import RIGHT
from tests.quizzes.test_taking import HTMX, form

pytestmark = pytest.mark.django_db
SMALL = {"quizzes/all.toml": ALL, "misconceptions.toml": BELIEFS}


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


# outlines


@pytest.fixture
def small(serve, section):
    return serve({**SMALL, **section("/// check | q.one\n///")})


@pytest.mark.parametrize("kind", RIGHT)
def test_an_outline_shows_the_question_and_nothing_to_choose(client, small, kind):
    html = client.get(f"/quizzes/questions/q.{kind}/outline/").content.decode()
    asked = client.get(f"/quizzes/questions/q.{kind}/", **HTMX).content.decode()
    assert re.findall(r"<(input|select|button|form)\b", html) == []
    for secret in ("right", "Because", "It does not", "mends itself", "2,920"):
        assert secret not in html
    rows = r'class="(option|give|typed|blank|n)\b'
    assert len(re.findall(rows, html)) >= len(re.findall(rows, asked)) > 0


def test_an_outline_is_the_same_each_time(client, small):
    first, again = (client.get("/quizzes/questions/q.one/outline/").content for _ in range(2))
    assert first == again


def test_an_outline_of_nothing_is_nothing(client, small):
    assert client.get("/quizzes/questions/gone/outline/").content.strip() == b""


def test_a_section_holds_the_outline_until_the_question_comes(client, small):
    html = client.get("/parts/1-only/1-first/").content.decode()
    check = re.search(r'<section class="block check".*?</section>', html, re.S)[0]
    assert 'hx-get="/quizzes/questions/q.one/"' in check
    assert 'hx-sync="body:queue all"' in check
    assert plain(check) in {"What? You Nobody Answer question 1", "What? Nobody You Answer question 1"}


# fragments


def test_what_is_due_is_told_in_a_line(client, small):
    assert plain(client.get("/review/", **HTMX).content.decode()) == "Nothing to review today"
    client.post("/quizzes/questions/q.one/", form("answer=b", seed="5", once="abcdefgh"))
    past = date(2020, 1, 1)
    Card.objects.update(last=past, due=past + timedelta(days=4))
    assert plain(client.get("/review/", **HTMX).content.decode()) == "1 question came back today: review it"
    client.post("/quizzes/questions/q.claim/", form("answer=b", seed="5", once="abcdefgi"))
    Card.objects.update(last=past, due=past + timedelta(days=4))
    response = client.get("/review/", **HTMX)
    assert plain(response.content.decode()) == "2 questions came back today: review them"
    assert "no-store" in response["Cache-Control"]


def test_a_stranger_who_asks_is_not_remembered(client, small, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/review/", **HTMX)
        client.get("/quizzes/", **HTMX)
    assert not Learner.objects.exists()


def test_how_far_one_is_is_a_table_of_what_was_begun(client, small):
    assert plain(client.get("/quizzes/", **HTMX).content.decode()) == ""
    client.post("/quizzes/questions/q.one/", form("answer=a", seed="5", once="abcdefgh"))
    told = plain(client.get("/quizzes/", **HTMX).content.decode())
    assert told == "Quizzes, by part Quiz Answered Right last time 1 Only part 1 of 8 1"


# links


def test_sections_and_parts_lead_to_their_quiz(client, small):
    for address in ("/parts/1-only/", "/parts/1-only/1-first/"):
        html = client.get(address).content.decode()
        assert re.search(r'<a class="button plain" href="/quizzes/1-only/">.*?</svg> Quiz on part 1</a>', html)


def test_the_home_page_asks_what_is_due_where_something_is_kept(client, small):
    html = client.get("/").content.decode()
    assert '<p class="due-now" hx-get="/review/" hx-trigger="kept from:body"><a href="/review/">' in html


def test_a_course_without_questions_names_no_quiz(client, serve):
    serve()
    for address in ("/", "/parts/1-only/", "/parts/1-only/1-first/", "/about/privacy/", "/you/"):
        main = client.get(address).content.decode()
        assert "/quizzes/" not in main
        assert "/review/" not in main
    assert [address for address in addresses() if address.startswith(("/quizzes/", "/review/"))] == []


def test_every_quiz_of_the_course_is_known_downstairs():
    assert list(quizzed.quizzes(served())) == [f"/quizzes/{slug}/" for slug in quizzes()]
    assert set(quizzed.quizzes(served())) | {"/quizzes/", "/review/", "/quizzes/misconceptions/"} <= set(addresses())


def test_a_deep_dive_leads_to_its_quiz(client):
    dive = next(leaf for leaf in served().deep_dives if leaf.slug in quizzes())
    html = client.get(dive.address).content.decode()
    assert re.search(rf'href="/quizzes/{dive.slug}/">.*?</svg> Quiz on this deep dive</a>', html)


def test_an_address_near_a_quiz_is_suggested(client, small):
    html = client.get("/quizes/").content.decode()
    assert '<a href="/quizzes/">Quizzes and review</a>' in html


def test_the_keys_are_explained(client):
    assert "1 to 9 In a question: choose that answer" in plain(client.get("/about/keys/").content.decode())


# misconceptions


def test_every_misconception_is_told_by_its_part(client):
    html = client.get("/quizzes/misconceptions/").content.decode()
    ids = re.findall(r'<article class="belief" id="([^"]+)"', html)
    assert sorted(ids) == sorted(misconceptions())
    headings = re.findall(r'<h2 id="(part-\d|beside)">', html)
    assert headings == [*(f"part-{part.number}" for part in served().parts), "beside"]
    part = html.split('<h2 id="part-3">')[1].split("<h2")[0]
    here = [belief for belief in misconceptions().values() if belief.section.startswith("3-core-services/")]
    assert re.findall(r'<article class="belief" id="([^"]+)"', part) == [belief.id for belief in here]


def test_a_misconception_says_what_is_so_why_it_tempts_and_where_it_is_mended(client, small):
    told = plain(client.get("/quizzes/misconceptions/").content.decode())
    assert "“A tap mends itself if one waits” Taps are mended by whoever the contract names." in told
    assert "Tempting, because Sometimes the dripping stops for a while. 1.1 First" in told


def test_without_misconceptions_there_is_no_such_page(client, serve):
    serve()
    assert client.get("/quizzes/misconceptions/").status_code == 404


def test_a_misconception_can_be_found(client):
    belief = next(iter(misconceptions().values()))
    html = client.get("/search/", {"q": belief.believed}).content.decode()
    assert f'href="/quizzes/misconceptions/#{belief.id}"' in html


def test_the_shelf_leads_to_them(client, small):
    assert "All 1 misconceptions" not in client.get("/quizzes/").content.decode()
    assert '<a href="/quizzes/misconceptions/">' in client.get("/quizzes/").content.decode()


def test_the_section_of_a_course_is_told_apart_from_its_part(small):
    some: Course = served()
    assert quizzed.quiz(some.parts[0]) == "/quizzes/1-only/"
    assert quizzed.quiz(None, None) == ""
