import re
from html import unescape

import pytest
from django.utils.html import strip_tags

QUIZ = """
[[question]]
id = "q.one"
section = "1-only/1-first"
stem = "Which *one*?"
why = "Because of the tap."

[[question.option]]
id = "a"
text = "The first"
right = true
feedback = "Well seen."

[[question.option]]
id = "b"
text = "The `second`"
idea = "all are alike"
feedback = "They differ."

[[question.option]]
id = "c"
text = "The third"
idea = "none is alike"
feedback = "Some are."
"""
ADDRESS = "/quizzes/questions/q.one/"


@pytest.fixture(autouse=True)
def quiz(serve, section):
    """A course with one question."""
    serve({"quizzes/one.toml": QUIZ, **section("/// check | q.one\n///")})


def asked(client, answer: str | None = None, **options) -> str:
    response = client.get(ADDRESS, {} if answer is None else {"answer": answer}, **options)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str, tag: str) -> list[str]:
    return [unescape(strip_tags(found)).strip() for found in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html, re.S)]


def card(html: str) -> str:
    return html.split('<form class="card-q"')[1].split("</form>")[0]


def test_the_question_is_asked_with_every_option(client):
    html = asked(client)
    assert f'<form class="card-q" method="get" action="{ADDRESS}"' in html
    assert words(card(html), "legend") == ["Which one?"]
    assert sorted(words(card(html), "label")) == ["The first", "The second", "The third"]
    assert sorted(re.findall(r'type="radio" name="answer" value="(\w)"', html)) == ["a", "b", "c"]


@pytest.mark.parametrize("answer", [None, "", "z"])
def test_the_answer_is_not_in_the_page_before_one_is_given(client, answer):
    html = card(asked(client, answer))
    for secret in ("right", "checked", "verdict", "told-why", "the tap", "Well seen", "are alike", "They differ"):
        assert secret not in html


def test_the_options_stand_alike_whichever_is_right(client):
    labels = re.findall(r"<label[^>]*><input[^>]*><span[^>]*>", card(asked(client)))
    assert [re.sub(r'value="\w"', "", label) for label in labels] == [
        '<label class="option"><input type="radio" name="answer"  required><span>'
    ] * 3


def test_the_options_keep_their_order(client):
    assert len({tuple(re.findall(r'value="(\w)" required', asked(client))) for _ in range(3)}) == 1


def test_a_right_answer_is_told_so_with_the_reason(client):
    html = asked(client, "a")
    told = html.split('<div class="told-why"')[1].split("</div>")[0]
    assert words(told, "h3") == ["Right"]
    assert words(told, "p") == ["Well seen.", "Because of the tap."]
    assert re.findall(r'class="verdict">([^<]+)<', html) == ["Your answer, and right"]


def test_a_wrong_answer_is_told_its_idea_the_feedback_and_the_reason(client):
    html = asked(client, "b")
    told = html.split('<div class="told-why"')[1].split("</div>")[0]
    assert words(told, "h3") == ["Not quite, and worth knowing why"]
    assert words(told, "p") == [
        "The idea behind your answer: “all are alike”.",
        "They differ.",
        "Because of the tap.",
    ]
    assert sorted(re.findall(r'class="verdict">([^<]+)<', html)) == ["The answer", "Your answer"]
    assert "none is alike" not in html


@pytest.mark.parametrize(
    ("answer", "option"), [("a", "option told right"), ("b", "option told wrong"), ("c", "option told wrong")]
)
def test_the_answer_given_is_marked(client, answer, option):
    marked = re.findall(r'<li class="(option told \w+)">.*?class="verdict">Your answer', asked(client, answer))
    assert marked[-1] == option


@pytest.mark.parametrize("answer", ["", "z", "A", "ab", "<script>", "\0"])
def test_an_answer_that_is_none_is_asked_for_again(client, answer):
    html = asked(client, answer)
    assert '<p class="mend" role="alert">Choose one of the answers first.</p>' in html
    assert words(card(html), "legend") == ["Which one?"]
    assert "<script>" not in card(html)


def test_nobody_is_blamed_who_was_not_asked_yet(client):
    assert 'role="alert"' not in asked(client)


@pytest.mark.parametrize("answer", [None, "a", "z"])
def test_htmx_gets_the_card_alone(client, answer):
    whole, alone = asked(client, answer), asked(client, answer, headers={"HX-Request": "true"})
    assert alone.startswith('<form class="card-q"')
    assert "<html" not in alone
    assert alone.strip() in whole


def test_a_cache_can_tell_the_card_from_the_page(client):
    assert "HX-Request" in client.get(ADDRESS).get("Vary", "")


def test_the_page_leads_back_to_where_the_question_stands(client):
    assert '<a href="/parts/1-only/1-first/#check">Back to the section</a>' in asked(client)


def test_a_question_on_a_deep_dive_leads_back_to_it(client, serve, section):
    dive = section("## One\n\nText.")["parts/1-only/1-first.md"]
    serve({"quizzes/one.toml": QUIZ.replace("1-only/1-first", "deep-dives/sums"), "deep-dives/sums.md": dive})
    assert '<a href="/deep-dives/sums/#check">Back to the section</a>' in asked(client)


def test_a_question_on_a_coming_section_leads_to_no_dead_end(client, serve, write_course):
    soon = '\ncoming = [{ slug = "2-soon", title = "Soon", minutes = 2 }]\n'
    toml = (write_course() / "course.toml").read_text().replace("minutes = 5", f"minutes = 7{soon}")
    serve({"course.toml": toml, "quizzes/one.toml": QUIZ.replace("1-only/1-first", "1-only/2-soon")})
    assert "/parts/1-only/2-soon/" not in asked(client)


def test_on_paper_the_question_has_its_answer(client):
    html = client.get(f"{ADDRESS}print/").content.decode()
    assert html.endswith("<p><i>Answer:</i> The first. Because of the tap.</p></div>\n")
    assert len(words(html, "li")) == 3


@pytest.mark.parametrize("id", ["q.two", "Q.ONE", "..", "%00"])
def test_an_unknown_question_is_not_found(client, id):
    assert client.get(f"/quizzes/questions/{id}/").status_code == 404
    assert client.get(f"/quizzes/questions/{id}/print/").status_code == 404


def test_an_answer_keeps_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(ADDRESS, {"answer": "a"}).cookies == {}


def test_a_question_cannot_be_posted_to(client):
    assert client.post(ADDRESS, {"answer": "a"}).status_code == 405
