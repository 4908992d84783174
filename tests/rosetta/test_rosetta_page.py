"""The pages of the Rosetta Stone."""

import csv
import io
import re

import pytest
from django.conf import settings

from lecture.course.addresses import addresses
from lecture.rosetta.concepts import read

HTMX = {"HX-Request": "true"}
SHEET = read(settings.BASE_DIR / "content")
ONE = """as_of = 2026-11-21
[[concept]]
id = "box"
name = "A <box>"
category = "compute"
what = "Somewhere to put things."
aws = "Carton"
gcp = "Crate"
azure = "(none)"
local = "a drawer"
sections = ["1-only/1-first"]
"""


def page(client, address: str, status: int = 200, **options) -> str:
    response = client.get(address, **options)
    assert response.status_code == status
    return response.content.decode()


def said(html: str) -> str:
    text = re.search(r'id="said"[^>]*>(.*?)</p>', html, re.S)[1]
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def listed(html: str) -> list[str]:
    """The ids of the rows of the table."""
    return re.findall(r'<th scope="row"><a href="/rosetta/([\w-]+)/">', html)


def best(html: str) -> str:
    found = re.search(r'<h2 id="best"><a href="/rosetta/([\w-]+)/">', html)
    return found[1] if found else ""


def heads(html: str) -> list[str]:
    return re.findall(r'<th scope="col"(?: class="lit")?>([^<]+)</th>', html)


def test_it_works(client):
    html = page(client, "/rosetta/")
    assert said(html).startswith("66 concepts, ")
    assert len(listed(html)) == 66
    assert best(html) == ""
    assert heads(html) == ["Concept", "AWS", "Google Cloud", "Azure", "At home"]
    assert "<title>Rosetta Stone · Cloud Fundamentals</title>" in html


def test_the_lectures_rows_stand_first_under_their_own_heading(client):
    html = page(client, "/rosetta/")
    assert [c.id for c in SHEET.concept if c.lecture] == listed(html)[:15]
    assert "In the lecture’s table <span>15</span>" in html


def test_a_look_up_by_form(client):
    html = page(client, "/rosetta/?q=azure+ad&from=&to=&category=")
    assert best(html) == "permissions"
    assert "<b>Azure AD</b> has been called <b>Microsoft Entra ID</b> since 2023." in html
    assert "workforce-sign-in" in listed(html)
    assert said(html) == "3 concepts for azure ad, the first is Permissions on resources."
    assert 'value="azure ad"' in html
    assert "<title>azure ad · Rosetta Stone · Cloud Fundamentals</title>" in html


def test_the_card_of_section_2_2_opens_it_filled_in(client):
    text = page(client, "/parts/2-the-map/2-rosetta-stone/")
    card = re.search(r'<a class="block try" href="(/rosetta/[^"]*)"', text)
    assert card
    assert best(page(client, card[1])) == "permissions"


def test_a_guess_is_announced_as_one(client):
    assert said(page(client, "/rosetta/?q=postgress")) == (
        "Nothing is called postgress. Perhaps you mean postgres: Managed PostgreSQL, or one of two more."
    )


def test_nothing_found_says_what_to_do(client):
    html = page(client, "/rosetta/?q=zzzz")
    assert said(html) == "Nothing is called zzzz, and nothing is near."
    assert '<a href="/search/?q=zzzz">' in html
    assert (listed(html), best(html)) == ([], "")
    html = page(client, "/rosetta/?q=redis&category=identity")
    assert said(html) == "Nothing is called redis in what you chose, and nothing is near."
    assert '<a href="/rosetta/?q=redis">Look among all 66 concepts</a>' in html


def test_from_and_to_order_the_columns(client):
    html = page(client, "/rosetta/?from=azure&to=gcp")
    assert heads(html) == ["Concept", "Azure", "Google Cloud", "AWS", "At home"]
    assert '<th scope="col" class="lit">Google Cloud</th>' in html
    assert '<option value="azure" selected>' in html
    assert '<option value="gcp" selected>' in html


def test_a_category_and_the_lectures_table_are_views_of_their_own(client):
    html = page(client, "/rosetta/?category=identity")
    assert listed(html) == [
        *(c.id for c in SHEET.concept if c.category == "identity" and c.lecture),
        *(c.id for c in SHEET.concept if c.category == "identity" and not c.lecture),
    ]
    assert said(html) == "7 concepts."
    assert said(page(client, "/rosetta/?view=lecture")) == "15 concepts."
    assert listed(page(client, "/rosetta/?view=lecture&category=storage")) == ["object-storage", "container-registry"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=ibm", "There is no provider “ibm”. Known are aws, gcp, azure, local."),
        ("from=aws&to=aws", "You know AWS already. Choose another one to see."),
        ("category=1e309", "There is no category “1e309”."),
        ("view=-1", "There is no view “-1”. Known are lecture."),
    ],
)
def test_a_wrong_word_is_refused_in_the_form(client, query, message):
    html = page(client, f"/rosetta/?{query}")
    assert message in re.search(r'<div id="refused">(.*?)</div>', html, re.S)[1]
    assert len(listed(html)) == 66


def test_unknown_fields_are_ignored(client):
    assert best(page(client, "/rosetta/?q=s3&utm_source=x&page=NaN")) == "object-storage"


@pytest.mark.parametrize(
    "query",
    ['"><script>alert(1)</script>', "\0", "%00", "' OR 1=1", "x" * 3000, "a " * 1500, "{{ 1 }}", "ﷺ", "٣", "-1"],
)  # fmt: skip
def test_no_query_breaks_it(client, query):
    for address in ("/rosetta/", "/rosetta/names.csv", "/rosetta/names.md"):
        response = client.get(address, {"q": query})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_bytes_that_are_no_text_break_nothing(client):
    assert client.get("/rosetta/?q=%ff%fe&from=%c3%28").status_code == 200


def test_a_long_query_says_that_it_was_cut(client):
    assert said(page(client, "/rosetta/", data={"q": "redis " + "x" * 500})).startswith("Only the first 80 characters")


def test_htmx_gets_the_answer_alone_and_the_address_to_show(client):
    response = client.get("/rosetta/?q=redis&from=aws&to=&category=", headers=HTMX)
    html = response.content.decode()
    assert html.lstrip().startswith('<p id="said" hx-swap-oob="innerHTML">')
    assert "<html" not in html
    assert response["HX-Replace-Url"] == "/rosetta/?q=redis&from=aws"
    assert "HX-Request" in response["Vary"]
    emptied = client.get("/rosetta/?q=&from=&to=&category=", headers=HTMX)
    assert emptied["HX-Replace-Url"] == "/rosetta/"
    assert len(listed(emptied.content.decode())) == 66


def test_what_htmx_gets_is_what_the_page_has(client):
    whole, alone = page(client, "/rosetta/?q=redis"), page(client, "/rosetta/?q=redis", headers=HTMX)
    assert alone[alone.index("<article") :].strip() in whole


def test_the_whole_table_is_kept_ready_and_a_look_up_is_compressed(client):
    first = client.get("/rosetta/", headers={"Accept-Encoding": "gzip"})
    assert (
        first["Content-Encoding"],
        client.get("/rosetta/", headers={"If-None-Match": first["ETag"]}).status_code,
    ) == ("gzip", 304)
    assert client.get("/rosetta/?from=gcp", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert "HX-Request" in first["Vary"]


def test_a_look_up_asks_no_database_and_sets_no_cookie(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/rosetta/?q=redis")
    assert dict(response.cookies) == {}


def test_no_address_takes_a_form(client):
    for address in ("/rosetta/", "/rosetta/secrets/", "/rosetta/names.csv"):
        assert client.post(address).status_code == 405


def test_csv_has_the_rows_and_the_order_of_the_page(client):
    response = client.get("/rosetta/names.csv?q=redis&to=azure")
    assert response["Content-Disposition"] == 'attachment; filename="rosetta-stone.csv"'
    text = response.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Concept"] for row in rows] == ["Managed Redis/Valkey", "Publish/subscribe", "Message queue"]
    assert list(rows[0])[3:5] == ["Azure", "AWS"]
    assert len(list(csv.DictReader(io.StringIO(client.get("/rosetta/names.csv").content.decode("utf-8-sig"))))) == 66


def test_markdown_is_text_to_copy(client):
    response = client.get("/rosetta/names.md?view=lecture")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:2] == ["| Concept | AWS | Google Cloud | Azure | At home |", "| --- | --- | --- | --- | --- |"]
    assert len([line for line in lines if line.startswith("| ")]) == 2 + 15


@pytest.mark.parametrize("file", ["names.csv", "names.md"])
def test_a_file_of_what_nobody_knows_is_refused_with_a_reason(client, file):
    response = client.get(f"/rosetta/{file}?from=ibm&category=cake")
    assert response.status_code == 400
    assert response.content.decode().startswith("There is no provider “ibm”.")
    assert "There is no category “cake”." in response.content.decode()


def test_the_page_links_the_files_with_what_was_asked(client):
    html = page(client, "/rosetta/?q=redis&from=gcp&to=ibm")
    assert 'href="/rosetta/names.csv?q=redis&amp;from=gcp"' in html
    assert 'href="/rosetta/names.md?q=redis&amp;from=gcp" data-copy-text' in html


@pytest.mark.parametrize("concept", SHEET.concept, ids=lambda concept: concept.id)
def test_every_concept_has_a_page(client, concept):
    html = page(client, f"/rosetta/{concept.id}/")
    assert "Source: " in html
    assert f'href="/rosetta/?category={concept.category}"' in html
    for other in concept.see:
        assert f'href="/rosetta/{other}/"' in html
    for url in (concept.docs.aws, concept.docs.gcp, concept.docs.azure):
        assert f'href="{url}"' in html or not url
    around = re.search(r'<div class="around">(.*?)</div>', html, re.S)[1]
    assert around.count("/glossary/#") == len(concept.terms)
    assert len(re.findall(r'href="/(?:parts|deep-dives|reference)/', around)) == len(concept.sections)


def test_a_page_tells_names_differences_and_history(client):
    html = page(client, "/rosetta/serverless-functions/")
    assert "<h1>Serverless functions</h1>" in html
    assert "<b>Cloud Functions</b> has been called <b>Cloud Run functions</b> since August 2024." in html
    assert "An ordinary Lambda environment answers one request at a time" in html
    assert '<a class="badge hotel" href="/parts/1-the-problem/4-four-homes/">' in html
    assert '<a href="/parts/5-costs-and-serverless/3-serverless/">5.3 Serverless: functions as a service</a>' in html
    assert "<small>Before</small><strong>Run containers, no servers</strong>" in html
    assert "<small>Next</small><strong>Managed PostgreSQL</strong>" in html


@pytest.mark.parametrize(
    ("id", "sentence"),
    [
        ("managed-redis", "<b>Azure Cache for Redis</b> takes no new customers since April 2026. Look for"),
        ("event-stream", "<b>Pub/Sub Lite</b> has come to its end (March 2026). Look for <b>Managed Service for"),
        ("spot-capacity", "<b>Preemptible VMs</b> has given way to <b>Spot VMs</b>."),
        ("logs", "<b>Stackdriver Logging</b> is called <b>Cloud Logging</b> now."),
    ],
)  # fmt: skip
def test_what_became_of_a_name_is_said_in_words(client, id, sentence):
    assert sentence in page(client, f"/rosetta/{id}/")


def test_an_unknown_concept_gets_the_nearest_ones(client):
    html = page(client, "/rosetta/managed-postgress/", 404)
    assert "There is no concept “managed-postgress” here. Perhaps one of these:" in html
    assert '<a href="/rosetta/managed-postgresql/">Managed PostgreSQL</a>' in html
    html = page(client, "/rosetta/<zzzz>/", 404)
    assert "There is no concept “&lt;zzzz&gt;” here.</p>" in html
    page(client, f"/rosetta/{'x' * 3000}/", 404)


def test_every_concept_is_in_the_sitemap(client):
    sitemap = page(client, "/sitemap.xml")
    known = {f"/rosetta/{concept.id}/" for concept in SHEET.concept} | {"/rosetta/"}
    assert known <= set(addresses())
    assert known == set(re.findall(r"<loc>https?://[^/]+(/rosetta/[^<]*)</loc>", sitemap))


def test_a_slip_in_an_address_is_answered_with_a_concept(client):
    assert "/rosetta/secrets/" in page(client, "/roseta/secrets/", 404)


def test_the_home_page_leads_here(client):
    assert 'href="/rosetta/"' in page(client, "/")


def test_another_course_without_the_sheet_has_no_look_up(client, serve):
    tool = '[[tool]]\nname = "rosetta"\ntitle = "Names"\ntext = "T"\naddress = "/rosetta/"\nicon = "rosetta"\n'
    info = serve().joinpath("course.toml").read_text()
    serve({"course.toml": info + tool})
    for address in ("/rosetta/", "/rosetta/?q=a", "/rosetta/secrets/", "/rosetta/names.csv"):
        assert client.get(address).status_code == 404
    assert "/rosetta/" not in page(client, "/")
    assert "/rosetta/" not in addresses()


def test_another_courses_sheet_is_shown_and_escaped(client, serve):
    tool = '[[tool]]\nname = "rosetta"\ntitle = "Names"\ntext = "T"\naddress = "/rosetta/"\nicon = "rosetta"\n'
    info = serve().joinpath("course.toml").read_text()
    serve({"course.toml": info + tool, "rosetta.toml": ONE})
    html = page(client, "/rosetta/?q=crate")
    assert best(html) == "box"
    assert "A &lt;box&gt;" in html
    assert '<dd class="none">none</dd>' in html
    assert '<a href="/parts/1-only/1-first/">' in page(client, "/rosetta/box/")
    assert "/rosetta/box/" in addresses()
