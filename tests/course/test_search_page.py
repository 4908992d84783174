import re

import pytest

from lecture.course.load import course

HTMX = {"HX-Request": "true"}


def find(client, query: str, **options) -> str:
    response = client.get("/search/", {"q": query}, **options)
    assert response.status_code == 200
    return response.content.decode()


def said(html: str) -> str:
    return re.search(r'id="said"[^>]*>(.*?)</p>', html, re.S)[1].strip()


def hits(html: str) -> list[tuple[str, str, str]]:
    return re.findall(r'<li><a href="([^"]+)"><small>([^<]+)</small><strong>([^<]+)</strong>', html)


def test_an_empty_search_invites(client):
    html = client.get("/search/").content.decode()
    assert said(html) == "Type a word or two: every section and the glossary are searched."
    assert hits(html) == []
    assert "<title>Search · Cloud Fundamentals</title>" in html


def test_the_form_works_without_javascript(client):
    html = find(client, "laptop")
    assert '<form role="search" action="/search/" method="get">' in html
    assert re.search(r'<input id="q" name="q" type="search" value="laptop"', html)
    assert '<label for="q"' in html


def test_a_section_is_found_by_its_title(client):
    leaf = course().leaves["1-the-problem/4-four-homes"]
    html = find(client, leaf.front.title)
    assert hits(html)[0] == (leaf.address, leaf.label, leaf.label)
    assert f"<title>{leaf.front.title} · Search · Cloud Fundamentals</title>" in html


def test_a_place_inside_a_section_is_found_with_its_heading(client, serve, section):
    serve(section("## Batteries\n\nA generator hums.\n\n## Cables\n\nNothing."))
    html = find(client, "generator")
    assert hits(html) == [("/parts/1-only/1-first/#batteries", "1.1 First", "Batteries")]
    assert said(html) == "1 place for <b>generator</b>."
    assert "<p>A <mark>generator</mark> hums.</p>" in html


def test_a_term_is_found_in_the_glossary(client):
    assert ("/glossary/#vpc", "Glossary") in [hit[:2] for hit in hits(find(client, "VPC"))]


def test_nothing_found_says_what_to_do(client):
    html = find(client, "xyzzy")
    assert said(html) == "Nothing found for <b>xyzzy</b>."
    assert 'Try a shorter word, or its everyday name. The <a href="/glossary/">glossary</a>' in html


def test_only_the_best_are_shown(client):
    html = find(client, "the")
    assert said(html) == "20 places for <b>the</b>, the best ones."
    assert len(hits(html)) == 20


def test_a_query_is_escaped_wherever_it_stands(client):
    html = find(client, '"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert html.count("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;") == 3  # the title, the field, the answer


def test_what_is_found_is_escaped(client, serve, section):
    serve(section("A `<b>tag</b>` here."))
    assert "<p>A lead. A &lt;b&gt;<mark>tag</mark>&lt;/b&gt; here.</p>" in find(client, "tag")


@pytest.mark.parametrize(
    "query",
    ['"', '"laptop', "laptop AND", "OR", "NOT NOT", "NEAR(a b)", "a:b", "heading:laptop", "^laptop", "lap*", "-", "_",
     "%", "\\", "'; DROP TABLE plain; --", "😀", "é", "ﷺ", "\0", "lap\0top", "\x02\x03", "²", "x" * 4000, "a " * 2000],
)  # fmt: skip
def test_no_query_breaks_the_search(client, query):
    assert said(find(client, query))


def test_a_long_query_is_cut_and_says_so(client):
    html = find(client, "laptop " + "x" * 4000)
    assert said(html).startswith("Only the first 200 characters were looked at. ")
    assert len(re.search(r'name="q" type="search" value="([^"]*)"', html)[1]) == 200


def test_htmx_gets_the_results_alone(client):
    whole, alone = find(client, "laptop"), find(client, "laptop", headers=HTMX)
    assert alone.lstrip().startswith('<p id="said" hx-swap-oob="innerHTML">')
    assert "<html" not in alone
    assert alone.partition("</p>")[2].strip() in whole


def test_a_cache_can_tell_the_results_alone_from_the_page(client):
    """The field pushes the address that it fetches: Back must not show the bare results."""
    for headers in ({}, HTMX):
        response = client.get("/search/", {"q": "laptop"}, headers=headers)
        assert "HX-Request" in response.get("Vary", "")


def test_a_search_keeps_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/search/", {"q": "laptop"})
    assert dict(response.cookies) == {}
