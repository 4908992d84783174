import re
from collections import Counter
from functools import cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.utils.html import strip_tags

from lecture import checks
from lecture.course import quizzed, search
from lecture.course.addresses import addresses
from lecture.course.load import course
from lecture.course.source import Prose, walk
from lecture.quizzes.questions import questions
from lecture.templatetags.parts import inline

SECTION = """---
title: {title}
short: {short}
lead: A lead.
description: About {short}.
minutes: {minutes}
{more}---

{text}
"""

COURSE = {
    "course.toml": """
title = "A course"
headline = "A headline."
lead = "A lead."
description = "A description."
report = "https://example.edu/new?title={page}&body={address}"

[[part]]
slug = "1-only"
title = "Only part"
summary = "A summary."
minutes = 10

[[part]]
slug = "2-later"
title = "Later part"
summary = "Not yet."
minutes = 10
coming = [{ slug = "1-soon", title = "Soon", minutes = 4 }, { slug = "2-late", title = "Late", minutes = 6 }]
""",
    "facts.toml": """
[[fact]]
id = "aws.regions"
text = "more than 30 regions"
as_of = 2026-08-01
source = "the documentation"
""",
    "parts/1-only/1-first.md": SECTION.format(title="The first", short="First", minutes=2, more="", text="Text."),
    "parts/1-only/2-second.md": SECTION.format(
        title="The second",
        short="Second",
        minutes=5,
        more="objectives:\n  - Do *one* thing.\n",
        text="## One\n\nThere are {fact:aws.regions}.\n\n## Two & more\n\nText.",
    ),
    "parts/1-only/3-third.md": SECTION.format(title="The third", short="Third", minutes=3, more="", text="Text."),
    "deep-dives/sums.md": SECTION.format(title="Sums", short="Sums", minutes=0, more="", text="## One\n\nText."),
}


class Page(HTMLParser):
    """A document, as far as a machine reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.tags, self.comments, self.scripts = html, [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.comments.append(data)

    def handle_data(self, data):
        if self.cdata_elem == "script":
            self.scripts += data

    def all(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.tags if attrs.get(attribute)]

    @property
    def leads_to(self) -> list[str]:
        forms = [a["action"] for tag, a in self.tags if tag == "form" and a.get("method") == "get"]
        return [*forms, *(a for name in ("href", "src", "hx-get", "data-htmx") for a in self.all(name))]


read = cache(Page)


@pytest.fixture
def pages(client, db) -> dict[str, Page]:
    """Every page that a visitor may know, by its address."""
    return {address: read(client.get(address).content.decode()) for address in addresses()}


def html_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def within(html: str, opening: str, closing: str) -> str:
    return html.split(opening, 1)[1].split(closing, 1)[0]


def texts(html: str, tag: str) -> list[str]:
    return [unescape(strip_tags(found)).strip() for found in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html, re.S)]


def links(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', html, re.S)
    return [(unescape(href), " ".join(unescape(strip_tags(text)).split())) for href, text in found]


def doubles(ids: list[str]) -> set[str]:
    return {id for id in ids if ids.count(id) > 1}


# every page


@pytest.mark.full
def test_every_address_answers(client, db):
    assert {address: client.get(address).status_code for address in addresses()} == dict.fromkeys(addresses(), 200)


@pytest.mark.full
def test_every_page_has_one_h1(pages):
    assert {address: len(texts(page.html, "h1")) for address, page in pages.items()} == dict.fromkeys(pages, 1)


@pytest.mark.full
def test_every_page_has_a_title_of_its_own(pages):
    titles = [texts(page.html.split("</head>")[0], "title") for page in pages.values()]
    assert [title for title in titles if len(title) != 1 or not title[0]] == []
    assert doubles([title[0] for title in titles]) == set()


@pytest.mark.full
def test_every_page_has_a_description(pages):
    described = {
        address: [a["content"] for tag, a in page.tags if tag == "meta" and a.get("name") == "description"]
        for address, page in pages.items()
    }
    assert [address for address, found in described.items() if len(found) != 1 or not found[0]] == []


@pytest.mark.full
def test_no_id_stands_twice_on_a_page(pages):
    assert {address: twice for address, page in pages.items() if (twice := doubles(page.all("id")))} == {}


@pytest.mark.full
def test_every_label_and_description_points_at_something(pages):
    for page in pages.values():
        named = " ".join([*page.all("aria-labelledby"), *page.all("aria-describedby"), *page.all("for")]).split()
        assert set(named) - set(page.all("id")) == set()


@pytest.mark.full
def test_no_page_carries_comments(pages):
    assert {address: page.comments for address, page in pages.items() if page.comments} == {}


@pytest.mark.full
def test_no_page_carries_inline_style_handlers_or_script(pages):
    for page in pages.values():
        assert [a for _, attrs in page.tags for a in attrs if a == "style" or a.startswith(("on", "hx-on"))] == []
        assert [tag for tag, attrs in page.tags if tag == "style" or (tag == "script" and not attrs.get("src"))] == []
        assert page.scripts == ""


@pytest.mark.full
def test_no_page_loads_from_elsewhere(pages):
    for page in pages.values():
        loaded = [attrs.get("src") or attrs.get("href") for tag, attrs in page.tags if tag in {"script", "link", "img"}]
        assert [address for address in loaded if not address.startswith("/static/")] == []


STATES = 3  # of a tool that keeps its state in its address: there is no end of them


@pytest.mark.full
def test_every_link_of_the_site_leads_somewhere(client, db):
    queue, seen, dead, states = list(addresses()), {}, [], Counter()
    while queue:
        address = queue.pop()
        path, _, state = address.partition("?")
        if address in seen or (state and states[path] >= STATES):
            continue
        states[path] += bool(state)
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        html = body.decode() if response["Content-Type"].startswith("text/html") else ""
        seen[address] = read(html)
        dead += [address] * (response.status_code != 200)
        inner = [urljoin(address, link) for link in seen[address].leads_to if not urlsplit(link).scheme]
        queue += [urldefrag(link).url for link in inner]
    whole = {address: page for address, page in seen.items() if "<html" in page.html}
    for address, page in whole.items():
        for link in page.leads_to:
            target, fragment = urldefrag(urljoin(address, link))
            if fragment and target in whole and fragment not in whole[target].all("id"):
                dead.append(f"{address} -> {link}")
    assert dead == []
    assert len(whole) > len(addresses())


def test_a_page_answers_head_without_a_body(client, db):
    for address in addresses():
        response = client.head(address)
        assert (response.status_code, response.content) == (200, b"")


def test_a_page_cannot_be_posted_to(client, db):
    forms = {"/translator/", *quizzed.quizzes(course())}  # whose page is its form
    assert {client.post(address).status_code for address in addresses() if address not in forms} == {405}


def test_whether_a_section_is_read_answers_head(client, db, serve):
    serve(COURSE)
    assert client.head("/parts/1-only/1-first/progress/").status_code == 200


# what only an instructor may see


def phrases(kind: str) -> list[str]:
    """The longest run of plain words in each piece of prose inside blocks of that kind."""
    blocks = [block for leaf in course().leaves.values() for block in leaf.blocks(kind)]
    pieces = [node.text for block in blocks for node in walk(block.body) if isinstance(node, Prose)]
    return [max(re.findall(r"[A-Za-z ,]+", piece), key=len).strip(" ,") for piece in pieces]


@pytest.fixture
def everywhere(pages) -> str:
    """All that the pages say and carry, on one line, with and without their tags."""
    html = "\n".join(page.html for page in pages.values())
    return " ".join(f"{html}\n{strip_tags(html)}".split())


@pytest.mark.full
def test_notes_are_in_no_page(everywhere):
    said = phrases("notes")
    assert len(said) >= sum(1 for leaf in course().leaves.values() for _ in leaf.blocks("notes")) > 0
    assert min(map(len, said)) > 20
    assert [phrase for phrase in said if phrase in everywhere] == []


@pytest.mark.full
def test_the_same_search_finds_what_is_shown(everywhere):
    assert [phrase for phrase in phrases("house") if phrase not in everywhere] == []


def test_notes_are_not_in_the_search_index():
    indexed = "\n".join(entry.text for entry in search.index().entries)
    assert [phrase for phrase in phrases("notes") if phrase in indexed] == []


# the home page


def test_home_starts_with_the_first_section(client, serve):
    serve(COURSE)
    assert links(within(html_of(client, "/"), 'id="next"', "</div>")) == [
        ("/parts/1-only/1-first/", "Start with 1.1 First")
    ]


def test_home_lays_out_the_stones_along_the_clock(client, serve):
    serve(COURSE)
    stones = re.findall(r'<rect class="(\w+)" x="([\d.]+)" y="2" width="([\d.]+)"', html_of(client, "/"))
    assert stones == [
        ("now", "2.0", "72.0"),
        ("ahead", "78.0", "186.0"),
        ("ahead", "268.0", "110.0"),
        ("coming", "382.0", "148.0"),
        ("coming", "534.0", "224.0"),
    ]


def test_home_says_in_words_what_the_stones_show(client, serve):
    serve(COURSE)
    assert re.findall(r'role="img" aria-label="([^"]+read|coming)"', html_of(client, "/")) == [
        "0 of 3 sections read",
        "coming",
    ]


def test_a_coming_part_is_listed_and_not_linked(client, serve):
    serve(COURSE)
    path = within(html_of(client, "/"), 'id="path"', "</ol>")
    assert texts(path, "h3") == ["Only part 10 min", "Later part 10 min, coming"]
    assert {href for href, _ in links(path)} == {"/parts/1-only/"}
    assert client.get("/parts/2-later/").status_code == 404
    assert client.get("/parts/2-later/1-soon/").status_code == 404


def test_home_shows_four_homes_with_their_names(client):
    street = within(html_of(client, "/"), '<ul class="street"', "</ul>")
    assert texts(street, "h2") == ["Parents’ house", "Empty house", "Furnished apartment", "Hotel room"]
    assert street.count("<svg") == 4


def test_a_home_leads_to_no_section_that_is_coming(client, serve):
    kinds = ("parents", "empty", "furnished", "hotel")
    home = '[[home]]\nkind = "{0}"\nname = "{0}"\nmeaning = "m"\nline = "l"\ntap = "t"\nsection = "2-later/1-soon"\n'
    text = COURSE["parts/1-only/1-first.md"].replace("Text.", "/// house | hotel\nOne line.\n///")
    serve({**COURSE, "homes.toml": "".join(map(home.format, kinds)), "parts/1-only/1-first.md": text})
    for address in ("/", "/parts/1-only/1-first/"):
        assert "/2-later/" not in html_of(client, address)


def test_home_shows_no_tool_that_is_not_there(client, serve):
    tools = "".join(
        f'[[tool]]\nname = "{name}"\ntitle = "{name.title()}"\ntext = "T."\naddress = "/{name}/"\nicon = "quiz"\n'
        for name in ("glossary", "nowhere")
    )
    serve({**COURSE, "course.toml": COURSE["course.toml"] + tools})
    assert texts(within(html_of(client, "/"), '<ul class="tools"', "</ul>"), "h3") == ["Glossary"]


# a part and a section


def test_a_part_lists_its_sections_and_what_is_coming(client, serve):
    coming = 'minutes = 12\ncoming = [{ slug = "4-more", title = "More", minutes = 2 }]\n\n[[part]]\nslug = "2-later"'
    toml = COURSE["course.toml"].replace('minutes = 10\n\n[[part]]\nslug = "2-later"', coming)
    serve({**COURSE, "course.toml": toml})
    listed = within(html_of(client, "/parts/1-only/"), '<ol class="contents"', "</ol>")
    assert texts(listed, "h2") == ["The first 2 min", "The second 5 min", "The third 3 min", "More 2 min, coming"]
    assert texts(listed, "p") == ["About First.", "About Second.", "About Third."]
    assert "1.4" in listed
    assert "4-more" not in listed


def test_a_section_lies_in_the_navigation_of_its_part(client, serve):
    serve(COURSE)
    nav = within(html_of(client, "/parts/1-only/2-second/"), '<nav class="part-nav"', "</nav>")
    assert links(nav) == [
        ("/parts/1-only/", "Only part"),
        ("/parts/1-only/1-first/", "1.1First"),
        ("/parts/1-only/2-second/", "1.2Second"),
        ("/parts/1-only/3-third/", "1.3Third"),
    ]
    assert re.findall(r'href="([^"]+)" aria-current="page"', nav) == ["/parts/1-only/2-second/"]


def test_a_section_lists_its_headings(client, serve):
    serve(COURSE)
    toc = within(html_of(client, "/parts/1-only/2-second/"), '<nav class="toc"', "</nav>")
    assert links(toc) == [("#one", "One"), ("#two-more", "Two & more")]


def test_a_section_without_headings_has_no_list_of_them(client, serve):
    serve(COURSE)
    assert 'class="toc"' not in html_of(client, "/parts/1-only/1-first/")


def test_every_heading_of_a_section_has_a_permalink(client, serve):
    serve(COURSE)
    html = html_of(client, "/parts/1-only/2-second/")
    assert re.findall(r'<h2 id="([^"]+)">[^<]* <a class="permalink" href="#([^"]+)"', html) == [
        ("one", "one"),
        ("two-more", "two-more"),
    ]


@pytest.mark.parametrize(
    ("slug", "turn"),
    [
        ("1-first", [("/parts/1-only/2-second/", "1.2 NextSecond")]),
        ("2-second", [("/parts/1-only/1-first/", "1.1 PreviousFirst"), ("/parts/1-only/3-third/", "1.3 NextThird")]),
        ("3-third", [("/parts/1-only/2-second/", "1.2 PreviousSecond"), ("/", "Back tothe street")]),
    ],
)
def test_a_section_leads_to_its_neighbours(client, serve, slug, turn):
    serve(COURSE)
    assert links(within(html_of(client, f"/parts/1-only/{slug}/"), '<nav class="turn"', "</nav>")) == turn


def test_a_report_has_the_page_and_its_address_filled_in(client, serve, settings):
    settings.COURSE_URL = "https://course.example.edu"
    serve(COURSE)
    report = links(within(html_of(client, "/parts/1-only/2-second/"), '<p class="report">', "</p>"))
    page, at = "1.2%20The%20second", "https%3A%2F%2Fcourse.example.edu%2Fparts%2F1-only%2F2-second%2F"
    assert report == [(f"https://example.edu/new?title={page}&body={at}", "Report a mistake on this page")]


def test_a_section_names_its_objectives(client, serve):
    serve(COURSE)
    goals = within(html_of(client, "/parts/1-only/2-second/"), '<div class="goals">', "</div>")
    assert goals.endswith("<ul><li>Do <em>one</em> thing.</li></ul>")


def test_a_section_names_the_figures_that_it_cites(client, serve):
    serve(COURSE)
    html = html_of(client, "/parts/1-only/2-second/")
    assert "There are <data value=" in html
    assert texts(within(html, '<details class="cited">', "</details>"), "li") == [
        "more than 30 regions. As of 1 August 2026; the documentation."
    ]
    assert 'class="cited"' not in html_of(client, "/parts/1-only/1-first/")


def test_a_deep_dive_has_no_part_and_cannot_be_marked(client, serve):
    serve(COURSE)
    html = html_of(client, "/deep-dives/sums/")
    assert texts(html, "h1") == ["Sums"]
    assert 'class="part-nav"' not in html
    assert "progress/" not in html


@pytest.mark.parametrize("taken", ["main", "menu", "goals", "arrow"])
def test_a_heading_cannot_take_an_id_of_the_page_itself(serve, section, taken):
    serve(section(f"## Heading {{#{taken}}}\n\nText."))
    assert [(problem.line, problem.id) for problem in checks.problems()] == [(8, "course.E111")]


# the glossary, paper, and the rest


def test_the_glossary_stands_in_the_order_of_the_alphabet(client):
    html = html_of(client, "/glossary/")
    names = [re.sub(r"<small>.*", "", name) for name in re.findall(r"<dt>(.*?)(?: <|</dt>)", html)]
    assert len(names) == len(course().glossary)
    assert [unescape(name) for name in names] == sorted((t.name for t in course().glossary), key=str.lower)


def test_the_glossary_leads_to_what_is_written_and_not_to_what_is_coming(client, serve):
    term = '[[term]]\nid = "{0}"\nname = "{0}"\ndefinition = "D."\nsee = ["vpc"]\nsection = "{1}"\n'
    terms = term.format("alb", "1-only/1-first") + term.format("vpc", "2-later/1-soon").replace('["vpc"]', "[]")
    serve({**COURSE, "glossary.toml": terms})
    entries = [links(entry) for entry in html_of(client, "/glossary/").split('<div class="entry"')[1:]]
    assert entries[0] == [("#vpc", "vpc"), ("/parts/1-only/1-first/", "1.1 The first")]
    assert "/parts/" not in within(html_of(client, "/glossary/"), 'id="vpc"', "</dd>")


@pytest.mark.full
def test_print_shows_every_answer_openly(pages):
    html = pages["/print/"].html
    asked = [block for leaf in course().leaves.values() for block in leaf.blocks("ask")]
    assert html.count('<div class="answer">') == len(asked) > 0
    assert "<details" not in within(html, '<main id="main"', "</main>")


@pytest.mark.full
def test_print_shows_every_self_check_with_its_answer(pages):
    html = pages["/print/"].html
    checked = [block.argument for leaf in course().leaves.values() for block in leaf.blocks("check")]
    shown = html.split('<div class="print-question">')[1:]
    assert len(shown) == len(checked) > 0
    for id, question in zip(checked, shown, strict=True):
        options, answer = question.split("<i>Answer:</i>")
        assert options.count("<li>") == len(questions()[id].option)
        assert answer.startswith(f" {inline(questions()[id].answer.text)}. ")


def test_print_keeps_ids_apart_where_two_shelves_share_a_name(client, serve):
    serve({**COURSE, "reference/sums.md": COURSE["deep-dives/sums.md"]})
    assert doubles(read(html_of(client, "/print/")).all("id")) == set()


def test_print_lists_its_contents(client, serve):
    serve(COURSE)
    contents = within(html_of(client, "/print/"), '<nav aria-label="Contents">', "</nav>")
    assert links(contents) == [
        ("#s-1-1", "1.1 The first"),
        ("#s-1-2", "1.2 The second"),
        ("#s-1-3", "1.3 The third"),
        ("#d-sums", "Sums"),
    ]


def test_links_between_sections_stay_on_the_printed_page(client, serve):
    text = "See [one](section:1-only/2-second#one) and [soon](section:2-later/1-soon)."
    serve({**COURSE, "parts/1-only/1-first.md": COURSE["parts/1-only/1-first.md"].replace("Text.", text)})
    assert '<p>See <a href="#s-1-2-one">one</a> and <span>soon</span>.</p>' in html_of(client, "/print/")
    assert '<a href="/parts/1-only/2-second/#one">one</a>' in html_of(client, "/parts/1-only/1-first/")


def test_the_sitemap_equals_the_addresses(client, settings):
    settings.COURSE_URL = "https://course.example.edu"
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    assert re.findall("<loc>(.*?)</loc>", response.content.decode()) == [
        f"https://course.example.edu{address}" for address in addresses()
    ]


def test_the_sitemap_names_the_host_where_no_public_address_is_set(client):
    assert b"<loc>http://testserver/</loc>" in client.get("/sitemap.xml").content


def test_robots_may_read_all(client, settings):
    settings.COURSE_URL = "https://course.example.edu"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "Sitemap: https://course.example.edu/sitemap.xml",
    ]


@pytest.mark.parametrize("host", ["testserver", "10.0.0.7", "anything.example"])
def test_a_balancer_learns_that_the_server_lives(client, host):
    response = client.get("/healthz", headers={"host": host})
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok\n", "text/plain")
