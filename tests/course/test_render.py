"""Each block as HTML, on the page and in print."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils.safestring import SafeString

from lecture.checks import problems
from lecture.course import render
from lecture.course.load import course
from lecture.course.macros import Cited
from lecture.course.render import Rendered, prefix

FIRST = "parts/1-only/1-first.md"
ICON = re.compile(r' ?<svg class="i[ "].*?</svg>')
PERMALINK = re.compile(r' <a class="permalink" href="#([^"]+)" aria-label="Link to this heading">#</a>')
PRICES = """
[regions]
us_east_1 = "Virginia"
eu_west_2 = "London"
[sources]
[[price]]
id = "box.hour"
group = "Compute"
item = "A box"
unit = "hour"
us_east_1 = { usd = 0.01, as_of = 2026-10-08 }
eu_west_2 = { usd = 0.0125, as_of = 2026-10-06 }
source = "PL"
confidence = "high"
[[sum]]
id = "two-boxes"
name = "Two boxes"
[[sum.line]]
price = "box.hour"
units = 2
text = "both"
"""
FACTS = '[[fact]]\nid = "regions"\ntext = "30 regions"\nas_of = 2026-08-01\nsource = "AWS"\n'
GLOSSARY = '[[term]]\nid = "vpc"\nname = "VPC"\nforms = ["VPC"]\ndefinition = "A network."\n'
TOOL = '[[tool]]\nname = "box"\ntitle = "T"\ntext = "T"\naddress = "{}"\nicon = "quiz"\n'
QUESTION = """
[[question]]
id = "p1.tap"
section = "1-only/1-first"
stem = "Who?"
why = "Because."
[[question.option]]
id = "a"
text = "You"
right = true
[[question.option]]
id = "b"
text = "Nobody"
idea = "It mends itself"
feedback = "It does not."
"""
DATA = {"prices.toml": PRICES, "facts.toml": FACTS, "glossary.toml": GLOSSARY, "quizzes/1.toml": QUESTION}
SOON = 'coming = [{ slug = "9-soon", title = "Soon", minutes = 3 }]'
SLIDE = "/// slide | S *t*\n    name: wall\n\nBody.\n///\n"
ASK = "/// ask | lid\nQ *q*\n\n---\n\nA\n\nB\n///\n"
MYTH = "/// myth | never\nSaid\n\n---\n\nTrue\n///\n"
FIGURE = "/// figure | own\nLook.\n///\n"
CHECK = "/// check | p1.tap\n///\n"
TRY = "/// try | box\n    title: Try <it>\n    a: b & c\n    d: 2\n\nIt *opens*.\n///\n"


def two_sections(tool: str = "") -> dict[str, str]:
    info = 'title = "A"\nheadline = "H"\nlead = "L"\ndescription = "D"\n'
    part = '[[part]]\nslug = "1-only"\ntitle = "T"\nsummary = "S"\nminutes = 10\n'
    second = "---\ntitle: B\nlead: L\ndescription: D\nminutes: 5\n---\n## C\n"
    return {"course.toml": info + part + tool, "parts/1-only/2-b.md": second}


@pytest.fixture
def rendered(serve, section: Callable[[str], dict[str, str | None]]) -> Callable[..., Rendered]:
    def rendered(body: str, view: str = "page", files: dict[str, str | None] | None = None) -> Rendered:
        serve({**DATA, **section(body), **(files or {})})
        return render.section(course().sections[0], view)

    return rendered


@pytest.fixture
def html(rendered) -> Callable[..., str]:
    """The text without icons and permalinks, which are alike everywhere."""

    def html(body: str, view: str = "page", files: dict[str, str | None] | None = None) -> str:
        text = rendered(body, view, files).html
        assert isinstance(text, SafeString)
        return PERMALINK.sub("", ICON.sub("", text)).strip()

    return html


def test_it_works(html):
    assert html("A *b*.\n\n- c\n") == "<p>A <em>b</em>.</p>\n<ul>\n<li>c</li>\n</ul>"


def test_a_heading_leads_to_itself(rendered):
    link = '<a class="permalink" href="#a-b" aria-label="Link to this heading">#</a>'
    assert rendered("## A `b`\n").html.strip() == f'<h2 id="a-b">A <code>b</code> {link}</h2>'


def test_headings_are_one_level_lower_in_print(html):
    assert html("## A\n### B\n", "print") == '<h3 id="s-1-1-a">A</h3>\n<h4 id="s-1-1-b">B</h4>'


def test_a_slide_is_a_point_with_a_heading_of_the_second_level_until_there_is_one(html):
    point = '<section class="point" aria-labelledby="{0}"><h{1} id="{0}">S <em>t</em></h{1}>\n<p>Body.</p>\n</section>'
    text = SLIDE + "### Low\n" + SLIDE.replace("wall", "two") + "## High\n" + SLIDE.replace("wall", "three")
    assert html(text).replace("\n\n", "\n") == "\n".join(
        [
            point.format("wall", 2),
            '<h3 id="low">Low</h3>',
            point.format("two", 2),
            '<h2 id="high">High</h2>',
            point.format("three", 3),
        ]
    )


def test_a_slide_in_print(html):
    assert html(SLIDE, "print") == (
        '<section class="point" aria-labelledby="s-1-1-wall"><h3 id="s-1-1-wall">S <em>t</em></h3>\n'
        "<p>Body.</p>\n</section>"
    )


def test_a_step_is_nothing_special(html):
    body = "//// slide | S\n    name: wall\n\nA\n\n/// step\nB\n///\n////\n"
    assert html(body).split("</h2>\n")[1] == "<p>A</p>\n<p>B</p>\n</section>"


@pytest.mark.parametrize("view", ["page", "print"])
def test_notes_are_for_the_instructor(html, view):
    assert html("A\n\n/// notes\nsecret\n## Secret\n///\n\nB\n", view) == "<p>A</p>\n<p>B</p>"


def test_an_answer_is_closed_on_the_page(html):
    assert html(ASK) == (
        '<section class="block ask" id="lid" aria-label="Think first"><p class="kind">Think first</p>\n'
        '<div class="question">Q <em>q</em></div>\n'
        '<details><summary>Show the answer</summary><div class="answer"><p>A</p>\n<p>B</p>\n</div></details></section>'
    )


def test_an_answer_is_open_in_print(html):
    assert html(ASK, "print") == (
        '<section class="block ask" id="s-1-1-lid" aria-label="Think first"><p class="kind">Think first</p>\n'
        '<div class="question">Q <em>q</em></div>\n'
        '<div class="answer"><p>A</p>\n<p>B</p>\n</div></section>'
    )


def test_a_question_may_have_several_parts(html):
    text = html("/// ask | lid\nWhat is\n\n```text\na\n```\n---\nA\n///\n", "print")
    assert text.partition('<div class="question">')[2].startswith('<p>What is</p>\n<figure class="code"><pre tabindex')


@pytest.mark.parametrize(("view", "id"), [("page", "never"), ("print", "s-1-1-never")])
def test_a_myth_says_what_is_said_and_what_is_true(html, view, id):
    assert html(MYTH, view) == (
        f'<section class="block myth" id="{id}" aria-label="Myth"><p class="kind">Myth</p>\n'
        '<dl><div><dt>You may have heard</dt><dd class="belief">Said</dd></div>'
        '<div><dt>In fact</dt><dd class="fact"><p>True</p>\n</dd></div></dl></section>'
    )


def test_a_house_has_its_badge(html):
    assert html("/// house | hotel\nA *room*.\n///\n") == (
        '<div class="block house hotel"><span class="badge hotel"><span class="t">hotel</span></span>'
        "<p>A <em>room</em>.</p></div>"
    )


@pytest.mark.parametrize(
    ("key", "badge"),
    [
        ("1-only/1-first", '<a class="badge hotel" href="/parts/1-only/1-first/"><span class="t">hotel</span></a>'),
        ("deep-dives/d", '<a class="badge hotel" href="/deep-dives/d/"><span class="t">hotel</span></a>'),
        ("1-only/9-soon", '<span class="badge hotel"><span class="t">hotel</span></span>'),
    ],
)
def test_a_badge_leads_to_the_section_that_explains_it(html, serve, key, badge):
    root = serve()
    homes = root.joinpath("homes.toml").read_text().replace('"hotel"\nname', f'"hotel"\nsection = "{key}"\nname')
    info = root.joinpath("course.toml").read_text().replace("minutes = 5", f"minutes = 8\n{SOON}")
    files = {"homes.toml": homes, "course.toml": info, "deep-dives/d.md": two_sections()["parts/1-only/2-b.md"]}
    assert html("/// house | hotel\nA\n///\n", files=files) == f'<div class="block house hotel">{badge}<p>A</p></div>'


@pytest.mark.parametrize("text", ["A\n\nB", "- A\n- B"])
def test_a_house_of_several_paragraphs_is_valid_html(html, text):
    assert not re.search(r"<p>\s*<(p|ul)>", html(f"/// house | hotel\n{text}\n///\n"))


def test_a_drawing_of_the_authors_own_wins_over_ours(html):
    body = "/// figure | street\nLook *here*.\n///\n"
    assert html(body, files={"figures/street.svg": "<svg><title>Mine</title></svg>"}) == (
        '<figure class="figure wide fig-street"><svg><title>Mine</title></svg>'
        "<figcaption>Look <em>here</em>.</figcaption></figure>"
    )


def test_a_drawing_of_ours_needs_no_file(html):
    assert html("/// figure | slices\nLook.\n///\n").startswith('<figure class="figure wide fig-slices"><svg')


TWICE = (
    '<svg aria-labelledby="own-t"><title id="own-t">T</title>'
    '<path id=\'own-p\' marker-end="url(#arrow)" fill="url(\'#own-p\')"/><use xlink:href="#own-p"/></svg>'
    '<label for="own-r" aria-label="own-t"><input id="own-r" name="place" type="radio"></label>'
)


@pytest.mark.parametrize("view", ["page", "print"])
def test_a_drawing_that_stands_twice_has_ids_of_its_own_each_time(html, view):
    first, second = html(FIGURE * 2, view, {"figures/own.svg": TWICE}).split("</figure>")[:2]
    before = "" if view == "page" else "s-1-1-"
    assert re.findall(r"""(?<![\w-])id=["']([^"']+)""", first) == [f"{before}own-{x}" for x in "tpr"]
    assert (
        TWICE.replace("own-", "own-2-own-")
        .replace('"place', '"own-2-place')
        .replace('aria-label="own-2-own-t"', 'aria-label="own-t"')
        .replace("own-2-", f"{before}own-2-")
        in second
    )


@pytest.mark.parametrize("id", ["gate", "wall", "why", "check", "i-arrow"])
def test_a_drawing_gives_way_to_the_ids_of_the_page(html, id):
    body = "## Gate\n\n/// slide | W\n    name: wall\nA\n///\n\n/// ask | why\nA\n---\nB\n///\n\n" + FIGURE
    text = html(body, files={"figures/own.svg": f'<svg><g id="{id}"/><use href="#{id}"/></svg>'})
    assert f'<svg><g id="own-2-{id}"/><use href="#own-2-{id}"/></svg>' in text


def test_two_drawings_with_the_same_ids_stand_on_one_page(html):
    other = FIGURE.replace("own", "other")
    files = {f"figures/{name}.svg": '<svg id="a"/>' for name in ("own", "other")}
    assert re.findall(r'<svg id="([^"]+)', html(FIGURE + other + FIGURE, files=files)) == ["a", "other-2-a", "own-2-a"]


def test_the_ids_of_a_drawing_are_its_own_in_print(html):
    svg = (
        '<svg aria-labelledby="t d"><title id="t">T</title><desc id="d">D</desc><use href="#d"/><use href="#i-quiz"/>'
        '<marker id="arrowhead"/><path marker-end="url(#arrowhead)"/><use href="#arrowhead"/><g data-id="t"/></svg>'
    )
    assert html(FIGURE, files={"figures/own.svg": svg}).startswith(f'<figure class="figure wide fig-own">{svg}')
    assert html(FIGURE, "print", {"figures/own.svg": svg}).split("<figcaption>")[0] == (
        '<figure class="figure wide fig-own"><svg aria-labelledby="s-1-1-t s-1-1-d"><title id="s-1-1-t">T</title>'
        '<desc id="s-1-1-d">D</desc><use href="#s-1-1-d"/><use href="#i-quiz"/><marker id="s-1-1-arrowhead"/>'
        '<path marker-end="url(#s-1-1-arrowhead)"/><use href="#s-1-1-arrowhead"/><g data-id="t"/></svg>'
    )


def test_the_first_self_check_brings_the_heading(html):
    text = html(CHECK + "\n" + CHECK)
    assert text.count('<h2 id="check">Check yourself</h2>') == 1
    assert re.findall('aria-label="(Question .)" hx-get="([^"]+)"', text) == [
        ("Question 1", "/quizzes/questions/p1.tap/"),
        ("Question 2", "/quizzes/questions/p1.tap/"),
    ]


def test_a_self_check_in_print_has_its_answer(html):
    text = html(CHECK, "print")
    assert text.startswith('<h3>Check yourself</h3>\n<div class="print-question"><p><b>Who?</b></p>')
    assert "<i>Answer:</i> You. Because." in text


def test_a_tool_opens_filled_in(html, serve):
    info = serve().joinpath("course.toml").read_text()
    assert html(TRY, files={"course.toml": info + TOOL.format("/search/")}) == (
        '<a class="block try" href="/search/?a=b+%26+c&amp;d=2"><span class="face"></span>'
        '<span class="say"><strong>Try &lt;it&gt;</strong>It <em>opens</em>.</span></a>'
    )


@pytest.mark.parametrize(("address", "view"), [("/search/", "print"), ("/none/", "page"), ("/none/", "print")])
def test_a_tool_is_hidden_in_print_and_while_it_does_not_exist(html, serve, address, view):
    info = serve().joinpath("course.toml").read_text()
    assert html(TRY, view, {"course.toml": info + TOOL.format(address)}) == ""


def test_a_link_to_a_tool_holds_no_other_link(html, serve):
    info = serve().joinpath("course.toml").read_text()
    body = "/// try | box\n    title: T\n\nA VPC, [a](term:vpc).\n///\n"
    assert html(body, files={"course.toml": info + TOOL.format("/search/")}).count("<a ") == 1


def test_code_can_be_copied_from_the_page(html):
    body = '```py title="a.py" caption="It *is*."\na = "<"\n```\n'
    code = (
        '<pre tabindex="0" role="region" aria-label="a.py"><code><span class="tok-n">a</span> '
        '<span class="tok-o">=</span> <span class="tok-s2">"&lt;"</span>\n</code></pre>'
    )
    head, tail = '<figure class="code"><p class="file">a.py</p>', "<figcaption>It <em>is</em>.</figcaption></figure>"
    button = '<button class="copy" type="button" data-copy><span>Copy</span></button>'
    assert html(body) == head + code + button + tail
    assert html(body, "print") == head + code + tail


def test_code_may_come_from_a_file(html):
    text = html('```text file="compose/a.yaml"\n```\n', files={"compose/a.yaml": "a: <b>\n"})
    assert text.startswith('<figure class="code"><p class="file">a.yaml</p><pre tabindex="0" role="region"')
    assert "<code>a: &lt;b&gt;\n</code>" in text


def test_prices_and_facts_are_cited_with_their_date_and_source(rendered):
    text = rendered("{price:box.hour} {price:box.hour month eu_west_2} {price:box.hour} {sum:two-boxes} {fact:regions}")
    assert text.html.strip() == (
        '<p><data value="0.01">$0.01</data> <data value="9.13">$9.13</data> <data value="0.01">$0.01</data> '
        '<data value="14.60">$14.60</data> <data value="30 regions">30 regions</data></p>'
    )
    assert text.cited == (
        Cited("A box, Virginia, per hour", "$0.01", date(2026, 10, 8), "PL"),
        Cited("A box, London, per month", "$9.13", date(2026, 10, 6), "PL"),
        Cited("Two boxes: both $14.60", "$14.60", date(2026, 10, 8), "the price sheet"),
        Cited("30 regions", "30 regions", date(2026, 8, 1), "AWS"),
    )


def test_the_page_lists_what_it_cites(client, serve, section):
    serve({**DATA, **section("{price:box.hour}\n")})
    html = client.get("/parts/1-only/1-first/").content.decode()
    assert "<li>A box, Virginia, per hour: <b>$0.01</b>. As of 8 October 2026; PL.</li>" in html


@pytest.mark.parametrize("body", ["`{price:box.hour}`\n", "    {price:box.hour}\n"])
def test_a_reader_never_sees_the_markup_of_a_figure(html, body):
    assert "&lt;data" not in html(body)


def test_titles_captions_and_the_lead_may_cite(rendered, section):
    front = section("## {fact:regions}\n")[FIRST].replace("A lead.", "In {fact:regions}.")
    text = rendered("", files={FIRST: front})
    assert text.lead == 'In <data value="30 regions">30 regions</data>.'
    assert text.html.startswith('<h2 id="fact-regions"><data value="30 regions">30 regions</data>')


@pytest.mark.parametrize("text", ["16 GB", "200 kB", "5 MB", "8 TB", "66.7 %", "50 ms", "3 GHz", "1 vCPU", "2 vCPUs"])
def test_a_number_and_its_unit_stay_on_one_line(html, text):
    assert html(f"It is {text}, or so.\n") == f"<p>It is {text.replace(' ', chr(160))}, or so.</p>"


@pytest.mark.parametrize("text", ["2 GBs", "3 msec", "5 boxes", "4 Gb"])
def test_other_words_may_stand_on_the_next_line(html, text):
    assert html(f"It is {text}.\n") == f"<p>It is {text}.</p>"


def test_code_keeps_its_spaces(html):
    assert html("`dd 5 MB`\n") == "<p><code>dd 5 MB</code></p>"


def test_headings_hold_no_terms(html):
    assert html("## A VPC\n\nA VPC.\n") == (
        '<h2 id="a-vpc">A VPC</h2>\n<p>A <a class="term" href="/glossary/#vpc">VPC</a>.</p>'
    )


def test_links_lead_to_other_pages(html):
    body = "[a](section:1-only/2-b) [b](section:1-only/2-b#c) [c](#d) [d](term:vpc) [e](tool:box)\n\n## D\n"
    assert html(body, files=two_sections(TOOL.format("/none/"))).split("</p>")[0] == (
        '<p><a href="/parts/1-only/2-b/">a</a> <a href="/parts/1-only/2-b/#c">b</a> <a href="#d">c</a> '
        '<a class="term" href="/glossary/#vpc">d</a> <span>e</span>'
    )


def test_links_stay_on_the_page_in_print(html):
    body = "[a](section:1-only/2-b) [b](section:1-only/2-b#c) [c](#d) [d](term:vpc) and a VPC\n\n## D\n"
    assert html(body, "print", two_sections()).split("</p>")[0] == (
        '<p><a href="#s-1-2">a</a> <a href="#s-1-2-c">b</a> <a href="#s-1-1-d">c</a> '
        '<a class="term" href="#term-vpc">d</a> and a VPC'
    )


def test_no_two_leaves_have_one_prefix_in_print(html):
    shelved = ("deep-dives/a.md", "reference/a.md", "deep-dives/1-1.md")
    html("A\n", files={name: two_sections()["parts/1-only/2-b.md"] for name in shelved})
    assert len({prefix(leaf) for leaf in course().leaves.values()}) == 4


def test_every_id_in_print_stands_once_and_every_link_finds_one(client):
    html = client.get("/print/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'\shref="#([^"]+)"', html)) - set(ids) == set()


@pytest.mark.parametrize("title", ["Check", "Goals", "Menu", "Main", "Part nav"])
def test_no_heading_takes_an_id_of_the_page(client, serve, section, title):
    front = section(f"## {title}\n\n{CHECK}")[FIRST].replace("minutes:", "objectives: [A]\nminutes:")
    serve({**DATA, FIRST: front})
    ids = re.findall(r'\sid="([^"]+)"', client.get("/parts/1-only/1-first/").content.decode())
    assert len(ids) == len(set(ids)) or [p.id for p in problems()] == ["course.E111"]
