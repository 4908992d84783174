"""The self-check: one question of a section, answered in place, kept like any other."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from lecture.models import Answer, Card, Learner
from lecture.quizzes.asked import SEEDS
from tests.quizzes.samples import ALL, BELIEFS
from tests.quizzes.test_marking import RIGHT, WRONG
from tests.quizzes.test_taking import HTMX, form

pytestmark = pytest.mark.django_db
ADDRESS = "/quizzes/questions/q.one/"


@pytest.fixture(autouse=True)
def quiz(serve, section):
    """A course with one question of each kind."""
    serve({"quizzes/all.toml": ALL, "misconceptions.toml": BELIEFS, **section("/// check | q.one\n///")})


@pytest.fixture
def asked(client):
    """What a question's page holds: the page, its seed and what makes its answer count once."""

    def asked(id: str = "q.one", **options) -> tuple[str, dict[str, str]]:
        response = client.get(f"/quizzes/questions/{id}/", **options)
        assert response.status_code == 200
        html = response.content.decode()
        hidden = dict(re.findall(r'type="hidden" name="(seed|once)" value="([^"]*)"', html))
        return html, hidden

    return asked


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(strip_tags(html)))


def card(html: str) -> str:
    return html.split('<form class="card-q"')[1].split("</form>")[0]


def test_the_question_is_asked_with_every_option(asked):
    html, _ = asked()
    assert f'<form class="card-q" method="post" action="{ADDRESS}"' in html
    assert "What?" in words(card(html))
    assert sorted(re.findall(r'type="radio" name="answer" value="(\w)"', html)) == ["a", "b"]
    assert "How sure" not in html


def wall(client, kind: str, how: str = "vote") -> tuple[list[str], str]:
    """The options that are marked on the wall, and what is said a step later."""
    html = client.get(f"/quizzes/questions/q.{kind}/{how}/").content.decode()
    said = re.search(r'<p class="answer" data-step="1">(.*?)</p>', html, re.S)
    return sorted(words(so).strip() for so in re.findall(r'<li class="so">(.*?)</li>', html, re.S)), said[
        1
    ] if said else ""


@pytest.mark.parametrize(
    ("kind", "marked"),
    [("one", ["You"]), ("several", ["The landlord", "You"])],
)
def test_on_the_wall_what_is_right_is_marked_a_step_later_and_the_reason_said(client, kind, marked):
    found, said = wall(client, kind)
    assert found == marked
    assert re.fullmatch(rf'<b class="hush">({"|".join(marked)}|; )+\.</b> Because\.', said)


@pytest.mark.parametrize("kind", sorted(RIGHT.keys() - {"one", "several", "claim"}))
def test_what_is_no_option_is_said_before_the_reason(client, kind):
    marked, said = wall(client, kind)
    assert marked == []
    assert re.fullmatch(r"<b>.+\.</b> (Because\.|730 × 2 × 2 = 2,920\.)", said)


@pytest.mark.parametrize("kind", RIGHT)
def test_to_write_on_there_is_no_answer(client, kind):
    assert wall(client, kind, "blank") == ([], "")


@pytest.mark.parametrize("kind", RIGHT)
def test_the_answer_is_not_in_the_page_before_one_is_given(asked, kind):
    html = card(asked(f"q.{kind}")[0])
    for secret in ("right", "checked", "verdict", "told-why", "Because", "It does not", "mends itself"):
        assert secret not in html


@pytest.mark.parametrize("kind", [kind for kind in RIGHT if kind != "number"])
@pytest.mark.parametrize("extra", [{}, HTMX])
@pytest.mark.parametrize("right", [True, False])
def test_every_kind_is_answered(client, asked, kind, right, extra):
    address = f"/quizzes/questions/q.{kind}/"
    response = client.post(address, form(RIGHT[kind] if right else WRONG[kind][0], **asked(f"q.{kind}")[1]), **extra)
    if not extra:
        assert response.status_code == 302
        response = client.get(response.url)
    told = words(card(response.content.decode()))
    assert "Because." in told
    assert ("Not quite, and worth knowing why" not in told) is right
    assert ("The idea behind your answer: “A tap mends itself if one waits”." in told) is not right
    answer = Answer.objects.get()
    assert (answer.right, answer.source, answer.certainty) == (right, "check", 0)
    assert Card.objects.get().question == f"q.{kind}"


def test_nothing_chosen_is_asked_for_again(client, asked):
    _, hidden = asked()
    response = client.post(ADDRESS, hidden, **HTMX)
    assert "Choose one of the answers first." in words(response.content.decode())
    assert Learner.objects.count() == 0


def test_a_double_click_is_one_answer(client, asked):
    _, hidden = asked()
    client.post(ADDRESS, form("answer=b", **hidden), **HTMX)
    again = client.post(ADDRESS, form("answer=a", **hidden), **HTMX)
    assert Answer.objects.get().given == "b"
    assert "You had answered this one already." in words(again.content.decode())


CHANGED = [{"seed": seed} for seed in ("-1", str(SEEDS), "x", "१", "")] + [{"once": ""}, {"once": "x" * 99}]


@pytest.mark.parametrize("change", CHANGED)
def test_a_form_that_was_changed_is_asked_anew(client, asked, change):
    _, hidden = asked()
    response = client.post(ADDRESS, form("answer=a", **(hidden | change)), **HTMX)
    assert response.status_code == 200
    assert "Here is the question again." in words(response.content.decode())
    assert Answer.objects.count() == 0


def test_asking_again_gives_a_fresh_question(client, asked):
    _, hidden = asked()
    response = client.post(ADDRESS, hidden | {"again": "1"}, **HTMX)
    html = response.content.decode()
    assert "autofocus" in html
    assert hidden["once"] not in html


def test_a_verdict_under_an_address_of_another_is_the_question(client, asked):
    _, hidden = asked()
    url = client.post(ADDRESS, form("answer=b", **hidden)).url
    client.cookies.clear()
    assert "Not quite" not in client.get(url).content.decode()


def test_nothing_personal_is_kept_of_the_page(client):
    response = client.get(ADDRESS)
    assert "no-store" in response.headers["Cache-Control"]


def test_an_unknown_question_is_not_found(client):
    assert client.get("/quizzes/questions/q.two/").status_code == 404
    assert client.post("/quizzes/questions/q.two/", {"answer": "a"}).status_code == 404


@pytest.mark.parametrize("kind", RIGHT)
def test_on_paper_the_answer_stands_below(client, kind):
    html = client.get(f"/quizzes/questions/q.{kind}/print/").content.decode()
    assert "Answer:" in html
    assert "<form" not in html
    assert "Because." in words(html) or kind == "number"


def test_it_leads_back_to_its_section(asked):
    assert '<a href="/parts/1-only/1-first/#check">Back to the section</a>' in asked()[0]
