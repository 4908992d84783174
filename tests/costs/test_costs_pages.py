"""The cost tools' pages: what they open with, what an address holds, what is refused; a course without them."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.conf import settings

from lecture import checks
from lecture.costs.pages import costs
from lecture.course.addresses import addresses
from lecture.course.load import course

BILL, EVEN, TRAPS = "/costs/bill/", "/costs/break-even/", "/costs/traps/"
HTMX = {"HX-Request": "true"}


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def shown(client, path: str, **query: str) -> str:
    return plain(client.get(path, query).content.decode())


def summed(client, **query: str) -> list[str]:
    """The sums at the head of the bill: yours, what is left out, the list's, all that it needs."""
    html = client.get(BILL, query).content.decode()
    return re.findall(r"<dd>\$?([\d.,]+|nothing)<small>", html)


# the overview


def test_the_overview_leads_to_the_three(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/costs/")
    html = response.content.decode()
    assert re.findall(r'<li><a href="(/costs/[\w-]+/)"><h2>', html) == [BILL, EVEN, TRAPS]
    assert "$116.43" in html
    assert "158,689" in html
    assert response.headers["ETag"]


# the month


def test_the_bill_opens_as_the_lecture_drew_it(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(BILL)
    assert response.status_code == 200
    assert summed(client) == ["62.82", "53.61", "62.82", "116.43"]
    text = shown(client, BILL)
    assert "36.50 left out" in text
    assert not response.cookies


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ({"count": "all"}, "116.43"),
        ({"count": "all", "way-out": "public"}, "90.88"),
        ({"count": "all", "way-out": "public", "arch": "arm", "cache": "valkey"}, "80.95"),
        ({"count": "none"}, "0.00"),
        ({"count": "drawn"}, "62.82"),
    ],
)
def test_switches_lead_to_the_honest_totals(client, query, total):
    assert summed(client, **query)[0] == total


def test_the_bill_shows_each_lines_sum(client):
    assert "1 gateway × $0.045 × 730 h + 1 address × $0.005 × 730 h = $36.50" in shown(client, BILL)


def test_beside_it_stand_the_other_homes(client):
    text = shown(client, BILL)
    assert "$18.31 a month" in text
    assert "1 machine × $0.0168 × 730 h = $12.26" in text
    assert "Railway" in text
    assert "It pays this bill for 3.1 months" in text
    assert "$18.52 of this bill would have stayed" in text


def test_a_price_that_london_lacks_is_named(client):
    text = shown(client, BILL, region="eu-west-2")
    assert "No price for Europe (London) on our sheet: 1 node at the price of us-east-1." in text
    assert "London has no price on our sheet for ElastiCache cache.t3.micro Redis OSS" in text


def test_a_line_that_is_not_there_is_told(client):
    response = client.get(BILL, {"count": "kitchen"})
    assert response.status_code == 400
    assert "There is no line “kitchen”." in plain(response.content.decode())


def test_ticking_lines_is_sent_as_the_form_sends_it(client):
    response = client.get(f"{BILL}?count=&count=api&count=zone", headers=HTMX)
    assert "Your bill: <strong>$9.51</strong>" in response.content.decode()
    assert response.headers["HX-Replace-Url"] == f"{BILL}?count=api&count=zone"


def test_a_form_that_nobody_touched_leads_to_the_bare_address(client):
    html = client.get(BILL).content.decode()
    ticked = re.findall(r'name="count" value="([\w-]+)" checked', html)
    response = client.get(BILL, {"count": ["", *ticked]}, headers=HTMX)
    assert response.headers["HX-Replace-Url"] == BILL


def test_logs_that_were_never_struck_out_are_counted(client):
    assert summed(client, count="api", **{"log-gb": "10"})[0] == "9.01"
    assert summed(client, **{"log-gb": "10"})[0] == "68.12"


# the break-even


def test_the_break_even_opens_with_the_lectures_call(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        text = shown(client, EVEN)
    assert "158,689 calls a day" in text
    assert "One call: 0.5 GB × 0.2 s × $0.0000166667 + $0.0000002 = $0.00000186667" in text
    assert "A month: $9.010025 ÷ $0.00000186667 = 4,826,790 calls" in text
    assert "A day: 4,826,790 ÷ 30.4167 = 158,689 calls" in text
    assert "Assumes that the time is mostly waiting" in text
    for absent in ("NAT gateways for private tasks", "CloudWatch Logs", "RDS Proxy", "Savings Plans and Spot"):
        assert absent in text


def test_the_free_tier_is_in_the_sum(client):
    text = shown(client, EVEN, free="yes")
    assert "($9.010025 + $6.86668 free) ÷ $0.00000186667" in text
    assert "279,628 calls a day" in text


def test_every_crossing_is_named_and_marked(client):
    query = {"at-once": "10", "task-door": "alb", "function-door": "http"}
    html = client.get(EVEN, query).content.decode()
    text = plain(html)
    assert "All 3 crossings" in text
    assert "375,425 the break-even" in text
    assert "432,000" in text
    assert "a task is added: 2" in text
    wide = html.split('class="chart wide-only"')[1].split("</svg>")[0]
    assert (wide.count('class="dot first"'), wide.count('class="dot later"')) == (1, 2)


def test_the_mistake_is_asked_before_it_is_answered(client):
    html = client.get(EVEN).content.decode()
    question, answer = html.split('<details class="reveal">')
    assert "Break-even: about 10,000 requests a day" in question
    assert "182,507 a day" not in plain(question.split("Find the mistake")[1])
    assert "182,507 a day" in plain(answer)
    assert "328,767 a day" in plain(answer)
    assert "Lambda costs $0.56" in plain(answer)


def test_nothing_crosses_is_said(client):
    text = shown(client, EVEN, **{"function-door": "alb"})
    assert "No crossing" in text
    assert "the container is cheaper at every volume" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            {"ms": "40000", "function-door": "http"},
            "This door gives up after 30 s: a call of 40 s never gets an answer.",
        ),
        ({"a-day": "1000000000"}, "23,148 calls at once are more than the 1,000 that Lambda allows by default."),
        ({"free": "yes", "warm": "1"}, "Functions with provisioned concurrency get no free tier"),
        ({"work": "computing"}, "The tasks are sized for the busiest moment and run all month."),
        (
            {"warm": "1", "region": "eu-west-2"},
            "London has no price on our sheet for Lambda duration x86 on provisioned",
        ),
    ],
)
def test_what_would_stop_it_is_said(client, query, said):
    assert said in shown(client, EVEN, **query)


# the traps


def test_the_traps_open_with_their_sums(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        text = shown(client, TRAPS)
    assert "1,024 GB a month: $83.16 from the bucket, $0.00 through CloudFront." in text
    assert "Its age costs $146.00 in 1 month; the machine itself $13.14." in text
    assert all(trap.title in text for trap in costs().trap)
    assert "{" not in text


def test_the_exercise_hides_its_answer(client):
    html = client.get(TRAPS, {"alert-lag": "8", "alert-read": "2"}).content.decode()
    before, _, behind = html.partition('<details class="reveal">')
    assert "$510.00" not in before
    assert "$510.00 by the time you act on the first alert" in plain(behind)


# addresses


@pytest.mark.parametrize(
    ("path", "query"), [(BILL, "api=3&out-gb=500"), (EVEN, "ms=20&tasks=2"), (TRAPS, "nat-gb=500")]
)
def test_an_address_holds_what_differs_and_unknown_keys_are_ignored(client, path, query):
    response = client.get(f"{path}?{query}&utm_source=mail", headers=HTMX)
    assert sorted(response.headers["HX-Replace-Url"].partition("?")[2].split("&")) == sorted(query.split("&"))


def test_a_slider_leads_to_the_address_of_its_number(client):
    response = client.get(f"{BILL}?api=1&api.from.1=4&worker=1&worker.from.1=1")
    assert (response.status_code, response.headers["Location"]) == (302, f"{BILL}?api=4")


@pytest.mark.parametrize("path", [BILL, EVEN, TRAPS])
def test_htmx_gets_what_changes_and_a_reader_of_the_screen_a_sentence(client, path):
    whole, part = client.get(path), client.get(path, headers=HTMX)
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b'id="said" hx-swap-oob="innerHTML"' in part.content
    assert "HX-Request" in part.headers["Vary"]


@pytest.mark.parametrize("path", [BILL, EVEN, TRAPS])
def test_a_page_that_the_browser_has_is_not_sent_again(client, path):
    first = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("state", costs().state, ids=lambda state: state.title)
def test_each_ready_made_state_opens_without_a_complaint(client, state):
    assert client.get(f"/costs/{state.page}/?{state.query}").status_code == 200


# what is refused


WRONG = ["NaN", "1e309", "abc", "-1", "9" * 10_000]  # and more of them in test_fields.py


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize(
    ("path", "name"), [(BILL, "api"), (BILL, "out-gb"), (EVEN, "ms"), (EVEN, "a-day"), (TRAPS, "nat-gb")]
)
def test_a_number_that_makes_no_sense_is_told_beside_its_field(client, path, name, text):
    response = client.get(path, {name: text})
    assert response.status_code == 400
    html = response.content.decode()
    [told] = re.findall(rf'<p class="wrong-answer" id="e-{name}">([^<]+)</p>', html)
    assert "Write a whole number from" in told
    assert 'aria-invalid="true"' in html
    assert len(re.findall(r'<p class="wrong-answer"[^>]*>[^<]', html)) == 1
    assert "<b>" not in told


@pytest.mark.parametrize("path", [BILL, EVEN, TRAPS])
def test_a_wrong_choice_is_told_and_htmx_gets_it_too(client, path):
    assert client.get(path, {"region": "mars"}).status_code == 400
    part = client.get(path, {"region": "mars"}, headers=HTMX)
    assert part.status_code == 200
    assert "“mars” is not on offer. Choose one of: N. Virginia, London." in part.content.decode()


@pytest.mark.parametrize("path", [BILL, EVEN, TRAPS])
@pytest.mark.parametrize(
    "query", ["x=" + "y" * 10_000, "&".join(f"a{n}=1" for n in range(500)), "%ff=%fe", "ms=%ff", "count=%00"]
)
def test_long_and_odd_queries_end_in_no_error(client, path, query):
    assert client.get(f"{path}?{query}").status_code in {200, 400}


@pytest.mark.parametrize("path", ["/costs/", BILL, EVEN, TRAPS])
def test_only_reading_is_allowed(client, path):
    assert client.post(path).status_code == 405


# the course around them


def test_the_pages_have_their_addresses_and_lead_to_their_sections(client):
    assert {"/costs/", BILL, EVEN, TRAPS} <= set(addresses())
    for id, path in (("bill", BILL), ("break-even", EVEN), ("traps", TRAPS)):
        html = client.get(path).content.decode()
        for key in costs().of(id).sections:
            assert f'href="{course().leaves[key].address}"' in html


def test_a_near_miss_of_the_address_is_suggested(client):
    assert f'href="{EVEN}"' in client.get("/costs/brake-even/").content.decode()


@pytest.mark.parametrize("path", ["/costs/", BILL, EVEN, TRAPS])
def test_a_course_without_the_data_has_no_such_pages(client, serve, path):
    serve()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "id", "message"),
    [
        (
            'section = "5-costs-and-serverless/3-serverless"',
            'section = "5-costs/3"',
            "course.E121",
            "there is no section 5-costs/3.",
        ),
        ('query = "count=all"', 'query = "cuont=all"', "course.E003", "the page bill has no field cuont."),
        ('query = "count=all"', 'query = "count=all&api=100"', "course.E003", "100 is too large to make sense here."),
        ("{price:nat.gb}", "$0.045", "course.E115", "an amount typed by hand: $0.045"),
        ("{price:nat.gb}", "{price:nat.bg}", "course.E116", "{price:nat.bg} stands for nothing."),
        ('id = "nat"', 'id = "nut"', "course.E003", "nut is no calculator, or stands twice"),
        ('id = "traps"', 'id = "bill"', "course.E003", "the page bill stands 2 times, and once is right"),
        ("as_of = 2026-08-12", "as_of = 2999-08-12", "course.E122", "2999-08-12 is in the future."),
    ],
)
def test_a_mistake_in_the_texts_is_found_with_its_line(serve, old, new, id, message):
    files = {name: (settings.BASE_DIR / "content" / name).read_text() for name in ("prices.toml", "costs.toml")}
    assert old in files["costs.toml"]
    text = files["costs.toml"].replace(old, new, 1)
    serve({**files, "costs.toml": text})
    found = [one for one in checks.problems() if one.file.endswith("costs.toml") and message in one.message]
    assert [one.id for one in found] == [id]
    assert id == "course.E003" or new in text.splitlines()[found[0].line - 1]


# charts


@pytest.mark.parametrize(
    "path", ["/costs/", BILL, f"{EVEN}?at-once=4", f"{EVEN}?work=computing&a-day=1000000000", TRAPS]
)
def test_charts_are_drawings_with_words_and_stay_on_their_paper(client, path):
    html = client.get(path).content.decode()
    charts = re.findall(r'<svg class="chart (wide-only|narrow)".*?</svg>', html, re.S)
    assert charts.count("wide-only") == charts.count("narrow") > 0
    for found in re.finditer(r'<svg class="chart (?:wide-only|narrow)".*?</svg>', html, re.S):
        svg = ElementTree.fromstring(re.sub(r"&(?!amp;|lt;|gt;|quot;|#)", "&amp;", found[0]))
        width, height = map(float, svg.attrib["viewBox"].split()[2:])
        assert svg.attrib["role"] == "img"
        assert all(svg.find(name) is not None and svg.find(name).text for name in ("title", "desc"))
        for text in svg.iter("text"):
            assert 0 <= float(text.attrib["x"]) <= width
            assert 0 <= float(text.attrib["y"]) <= height
        for box in svg.iter("rect"):
            if box.attrib["class"] != "lit":
                assert float(box.attrib["x"]) + float(box.attrib["width"]) <= width
        assert not re.search(r"nan|inf|E[+-]\d", found[0], re.I) or "info" in found[0]


def test_no_page_of_the_tools_holds_what_the_policy_forbids(client):
    for path in ("/costs/", BILL, EVEN, TRAPS):
        assert not re.search(r"\sstyle\s*=|<style\b|\son[a-z]+=", client.get(path).content.decode())
