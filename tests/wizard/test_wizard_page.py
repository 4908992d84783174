"""The wizard's pages: one question a page, an outcome with its reasons, a record to keep, and bad input refused."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.urls import resolve
from django.utils.timezone import localdate
from hypothesis import given, settings
from hypothesis import strategies as st

from lecture.wizard.load import flow
from lecture.wizard.record import review
from tests.wizard.small import PRICES, SMALL

PAGE, RECORD = "/wizard/", "/wizard/record.md"
HTMX = {"HX-Request": "true"}
WEBHOOK = flow().presets["webhook"].answers
CAPSTONE = flow().presets["capstone"].answers


def plain(html: str) -> str:
    """What a reader sees: no tags, no doubled blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def shown(response) -> str:
    html = response.content.decode()
    return plain(html[html.index('id="way"') :])


def links(response) -> list[dict[str, str]]:
    """The answers in each link to the wizard."""
    html = response.content.decode()
    return [dict(parse_qsl(urlsplit(unescape(href)).query)) for href in re.findall(r'href="(/wizard/\?[^"]*)"', html)]


# questions


def test_it_works(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(PAGE)
    assert response.status_code == 200
    text = shown(response)
    assert "Must anything run when nobody asks?" in text
    assert "Why we ask. It closes the most doors." in text
    assert "Not sure Keeps all roads open." in text
    assert not response.cookies


def test_there_is_one_question_a_page_and_it_says_how_many_may_come(client):
    response = client.get(PAGE, {"always": "nothing"})
    text = shown(response)
    assert "Question 2, at most 8 to go" in text
    assert "Are there open sockets, or single runs of more than 15 minutes?" in text
    assert "a call ends after 15 minutes" in text  # a figure that is cited
    assert "Your answers 1 Must anything run when nobody asks? No. Everything sleeps until it is called" in text


def test_each_answer_is_a_link_that_keeps_the_others(client):
    found = links(client.get(PAGE, {"always": "nothing"}))
    for answer in ("neither", "sockets", "long", "unsure"):
        assert {"always": "nothing", "sockets": answer} in found


def test_a_question_can_be_asked_again_with_all_answers_kept(client):
    response = client.get(PAGE, {**WEBHOOK, "ask": "traffic"})
    html = response.content.decode()
    assert "Change your answer. All the others are kept" in shown(response)
    assert re.search(r'class="option given"[^>]*aria-current="true"><strong>Rare or spiky', html)
    assert {**WEBHOOK, "traffic": "crowd"} in links(response)


def test_answers_that_the_new_road_does_not_ask_for_are_kept_and_said(client):
    response = client.get(PAGE, {**WEBHOOK, "always": "something"})
    text = shown(response)
    assert "Question 2, at most 4 to go" in text
    assert "Kept, and not asked on this road: sockets, long runs? neither; who starts it? events" in text
    assert {**WEBHOOK, "always": "something", "operator": "nobody"} in links(response)


def test_htmx_gets_the_same_without_the_page(client):
    whole, part = client.get(PAGE, WEBHOOK), client.get(PAGE, WEBHOOK, headers=HTMX)
    html = part.content.decode()
    assert "<html" not in html
    assert html.lstrip().startswith("<title>Function: where it should live")
    assert '<p id="said" hx-swap-oob="innerHTML">' in html
    assert "HX-Request" in whole["Vary"]
    assert plain(html.partition("</p>")[2]) in shown(whole)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Question 1, at most 9 to go."),
        (WEBHOOK, "The answers lead to a function."),
        (CAPSTONE, "Two homes are left."),
        ({**WEBHOOK, "ask": "size"}, "Change your answer."),
    ],
)
def test_the_result_is_announced(client, answers, said):
    html = client.get(PAGE, answers).content.decode()
    assert (
        plain(html[html.index('<p class="hush" id="said" role="status">') : html.index('<div class="wrap wizard"')])
        == said
    )


def test_the_first_page_is_kept_ready_and_the_others_are_asked_for_only_once(client):
    for answers in ({}, WEBHOOK):
        first = client.get(PAGE, answers, headers={"Accept-Encoding": "gzip"})
        assert first["Content-Encoding"] == "gzip"
        assert first["Cache-Control"] == "no-cache"
        again = client.get(PAGE, answers, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


# outcomes


@pytest.mark.parametrize("id", flow().presets)
def test_each_preset_leads_to_its_answers_and_they_to_an_outcome(client, id):
    response = client.get(PAGE, {"preset": id})
    assert response.status_code == 302
    assert dict(parse_qsl(urlsplit(response["Location"]).query)) == flow().presets[id].answers
    text = shown(client.get(response["Location"]))
    assert "Take the decision record" in text
    assert "Question" not in text


def test_an_outcome_says_home_why_month_steps_and_what_hurts(client):
    text = shown(client.get(PAGE, WEBHOOK))
    assert "It should live in A function: Lambda or Cloud Run functions Hotel room" in text
    assert "A month about $0.19 100,000 events of 200 ms through a function URL" in text
    assert "It would flip to Containers if the answer to “Several providers?” were “yes”" in text
    assert "Who starts it? Only events. It is started by events, and no event minds a cold start." in text
    assert "100,000 requests 100,000 × $0.0000002 0.02" in text
    assert "Kubernetes: EKS Furnished apartment Shape of traffic? spiky Rare or spiky traffic is what" in text
    assert "Without the free tier, which is a million requests and 400,000 GB-seconds a month for ever" in text
    assert text.count("Change : ") == 6
    assert "Two million GB-seconds a month." in text


def test_an_outcome_leads_to_the_sections_to_read(client):
    html = client.get(PAGE, WEBHOOK).content.decode()
    read = html[html.index('id="read"') :]
    found = re.findall(r'href="(/(?:parts|deep-dives)/[^"]+)"', read[: read.index("</ul>")])
    assert len(found) == len(flow().outcomes["function"].sections)
    for address in found:
        resolve(address)


def test_a_flip_is_a_link_with_the_others_kept(client):
    assert {**WEBHOOK, "move": "must"} in links(client.get(PAGE, WEBHOOK))


def test_two_homes_are_shown_side_by_side_with_what_would_settle_it(client):
    response = client.get(PAGE, CAPSTONE)
    text = shown(response)
    assert "Two homes are left" in text
    assert "A platform: Railway, Fly.io or Render Hotel room" in text
    assert "Containers: ECS Fargate or Cloud Run Furnished apartment" in text
    assert "about $91 a month: The capstone" in text
    assert "What would settle it Who looks after it? Write a name next to “at three in the morning”." in text
    for answer in ("nobody", "one", "team"):
        assert {**CAPSTONE, "operator": answer} in links(response)


def test_the_mixed_home_stands_in_two_houses(client):
    answers = {"always": "something", "operator": "one", "budget": "room", "time": "weeks", "pieces": "yes"}
    response = client.get(PAGE, answers)
    assert "Mixed: containers, and a function beside them Furnished apartment Hotel room" in shown(response)
    assert response.content.decode().count('class="tile ') == 2


# the record


def test_the_record_is_a_file_that_names_today_and_the_review(client):
    response = client.get(RECORD, WEBHOOK)
    today, text = localdate(), response.content.decode()
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="decision-record.md"'
    assert f"Written on {today.day} {today:%B %Y}." in text
    later = review(today)
    assert later > today + timedelta(days=150)
    assert f"Review on {later.day} {later:%B %Y}" in text


@pytest.mark.parametrize("answers", [{}, {"always": "nothing"}, {**WEBHOOK, "move": "perhaps"}])
def test_there_is_no_record_of_an_open_question(client, answers):
    response = client.get(RECORD, answers)
    assert response.status_code == 302
    assert response["Location"].startswith(PAGE)


def test_the_page_leads_to_its_record_without_idle_answers(client):
    answers = {"always": "something", "operator": "nobody", "traffic": "spiky"}
    html = unescape(client.get(PAGE, answers).content.decode())
    assert f'href="{RECORD}?always=something&operator=nobody"' in html


# bad input


def test_an_unknown_answer_is_refused_with_the_nearest(client):
    response = client.get(PAGE, {"always": "nothin", "operator": "one"})
    assert response.status_code == 400
    text = shown(response)
    assert "“nothin” is none of the answers to Must anything run when nobody asks? so it was left out" in text
    assert "Known and near: nothing , something ." in text
    assert "Why we ask." in text


def test_an_unknown_question_or_preset_is_refused_with_the_nearest(client):
    assert "There is no question “trafic”" in shown(client.get(PAGE, {"ask": "trafic"}))
    assert "There is no example “capston”" in shown(client.get(PAGE, {"preset": "capston"}))
    assert client.get(PAGE, {"ask": "trafic"}).status_code == 400


@pytest.mark.parametrize(
    "value", ["NaN", "1e309", "abc", "-1", "<script>alert(1)</script>", "x" * 10_000, "\0", "🏠", "%"]
)
@pytest.mark.parametrize("field", ["always", "traffic", "ask", "preset"])
def test_nonsense_is_refused_and_never_breaks(client, field, value):
    response = client.get(PAGE, {field: value})
    assert response.status_code == (200 if value == "\0" else 400)
    assert "<script>alert" not in response.content.decode()
    assert "x" * 61 not in response.content.decode()


def test_unknown_keys_are_ignored(client):
    response = client.get(PAGE, {**WEBHOOK, "utm_source": "x" * 10_000, "colour": "blue"})
    assert response.status_code == 200
    assert all("colour" not in link for link in links(response))


def test_the_last_of_several_answers_counts(client):
    response = client.get(f"{PAGE}?always=something&always=nothing")
    assert "Are there open sockets" in shown(response)


def test_ten_thousand_fields_are_a_bad_request(client):
    assert client.get(f"{PAGE}?" + "&".join(f"a{n}=1" for n in range(10_000))).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_allowed(client, method):
    assert getattr(client, method)(PAGE).status_code == 405
    assert client.head(PAGE).status_code == 200


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.sampled_from([*flow().questions, "ask", "preset", "colour"]),
        st.one_of(st.text(max_size=80), st.sampled_from(["unsure", "nothing", "one", "no", "yes", "room", "capstone"])),
        max_size=8,
    )
)
def test_whatever_is_asked_there_is_an_answer(fields):
    from django.test import Client

    response = Client().get(f"{PAGE}?{urlencode(fields)}")
    assert response.status_code in {200, 302, 400}


# other courses


def test_a_course_without_a_flow_has_no_wizard(serve, client):
    serve({"prices.toml": PRICES})
    assert client.get(PAGE).status_code == 404
    assert client.get(RECORD).status_code == 404


def test_a_course_without_prices_has_no_wizard(serve, client):
    serve({"wizard.toml": SMALL})
    assert client.get(PAGE).status_code == 404


def test_another_course_has_its_own_wizard(serve, client):
    serve({"wizard.toml": SMALL, "prices.toml": PRICES})
    assert "Does it sleep?" in shown(client.get(PAGE))
    text = shown(client.get(PAGE, {"asleep": "yes"}))
    assert "It should live in The function" in text
    assert "two things 2 × $0.10 × 730 h 146.00" in text
