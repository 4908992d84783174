"""manage.py check: everything that can only be judged with the whole course at hand."""

import re
from collections.abc import Callable

import pytest
from django.core.checks import Warning as Advice
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from lecture.checks import problems

FIRST = "content/parts/1-only/1-first.md"
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
us_east_1 = { usd = 0.01 }
source = "K"
confidence = "high"
[[sum]]
id = "small-box"
name = "A small box"
[[sum.line]]
price = "box.hour"
"""
FACTS = '[[fact]]\nid = "regions"\ntext = "many"\nas_of = 2026-08-01\nsource = "AWS"\n'
GLOSSARY = '[[term]]\nid = "vpc"\nname = "VPC"\nforms = ["VPC"]\ndefinition = "A network."\n'
TERM = '[[term]]\nid = "{0}"\nname = "{0}"\ndefinition = "D."\n'
TOOL = '[[tool]]\nname = "wizard"\ntitle = "W"\ntext = "T"\naddress = "/wizard/"\nicon = "wizard"\n'
COMING = (
    '[[part]]\nslug = "2-more"\ntitle = "T"\nsummary = "S"\nminutes = 3\ncoming = [{slug="1-x",title="X",minutes=3}]\n'
)
INFO = """title = "A course"
headline = "H."
lead = "L."
description = "D."
[[part]]
slug = "1-only"
title = "T"
summary = "S"
minutes = 5
"""
QUESTION = """
[[question]]
id = "p1.tap"
section = "{section}"
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
DATA = {
    "course.toml": INFO + COMING + TOOL,
    "prices.toml": PRICES,
    "facts.toml": FACTS,
    "glossary.toml": GLOSSARY,
    "quizzes/1.toml": QUESTION.format(section="1-only/1-first"),
}
CONCEPT = """as_of = 2026-01-01
[[concept]]
id = "box"
name = "Box"
category = "compute"
aws = "Carton"
gcp = "Crate"
azure = "Case"
local = "drawer"
what = "W"
"""
BY_HAND = "Cite the price sheet: {price:id} or {sum:id}; in a myth, quotes are free."
NO_FIGURE = "Put a drawing of that name into content/figures/, or mend the name."
NO_LEXER = "Name a language that Pygments knows, such as yaml, python, hcl, or text."
FORBIDDEN = "Remove it: the site allows no inline style, script or handler."


@pytest.fixture
def told(serve, section) -> Callable[..., list[str]]:
    """What is said about a course with this text; the text begins on line 8 of FIRST."""

    def told(body: str = "Some text.\n", files: dict[str, str | None] | None = None) -> list[str]:
        serve({**DATA, **section(body), **(files or {})})
        return [f"{p} {p.mend} [{p.id}]" for p in problems()]

    return told


def test_it_works(told):
    body = (
        "[a](section:1-only/1-first) [b](section:1-only/1-first#why) [c](#lid) [d](#wall) [e](term:vpc) "
        "[f](tool:wizard) [g](https://a.example) [h](mailto:a@b.example) `[i](section:none)`\n\n"
        "{price:box.hour} {price:box.hour month us_east_1} {sum:small-box} {fact:regions}\n\n## Why {#why}\n\n"
        "/// ask | lid\nA\n---\nB\n///\n\n/// slide | W\n    name: wall\nA\n///\n\n/// figure | street\nA\n///\n\n"
        "/// try | wizard\n    title: W\nA\n///\n\n/// check | p1.tap\n///\n"
        '\n<a href="/glossary/#vpc">i</a> <a href="#why">j</a> <a href=https://a.example>k</a> `![l](m.png)`\n'
    )
    assert told(body) == []


def test_nothing_is_wrong_with_the_real_course():
    assert run_checks(tags=["content"]) == []


def test_a_link_to_what_is_coming_is_fine(told):
    assert told("[a](section:2-more/1-x) [b](section:2-more/1-x#later)\n") == []


@pytest.mark.parametrize(
    ("target", "mend"),
    [
        ("section:1-only/1-frist", "Did you mean 1-only/1-first?"),
        ("section:1-only/1-first#wyh", "Did you mean why?"),
        ("term:vpx", "Did you mean vpc?"),
        ("tool:wizzard", "Did you mean wizard?"),
        ("/glossary/", "Write section:…, term:…, tool:…, #heading or https://…."),
    ],
)
def test_a_dead_link_is_told_on_its_line(told, target, mend):
    assert told(f"## Why\n\nA\nB [c]({target})\n") == [
        f"{FIRST}:11: the link {target} leads nowhere. {mend} [course.E113]"
    ]


@pytest.mark.parametrize(
    ("macro", "mend"),
    [
        ("{price:box.our}", "Did you mean box.hour?"),
        ("{price:box.hour eu_west_2}", "box.hour has no price in eu_west_2"),
        ("{sum:smal-box}", "Did you mean small-box?"),
        ("{fact:regoins}", "Did you mean regions?"),
    ],
)
def test_a_figure_that_stands_for_nothing_is_told_on_its_line(told, macro, mend):
    assert told(f"A\n\n- B\n- {macro}\n") == [f"{FIRST}:11: {macro} stands for nothing. {mend} [course.E116]"]


@pytest.mark.parametrize("macro", ["{price:box.hour  month}", "{sum:small-box }", "{price: box.hour}"])
def test_a_misspelt_figure_is_not_printed_as_it_stands(told, macro):
    assert [line.split(" ")[0] for line in told(f"A\n{macro}\n")] == [f"{FIRST}:9:"]


def test_what_a_course_does_not_have_is_named(told):
    lines = told("{price:a} {fact:a} [a](term:a) [b](tool:a)\n", {**dict.fromkeys(DATA), "course.toml": INFO})
    assert [line.partition("where. ")[2] or line.partition("nothing. ")[2] for line in lines] == [
        "There is no glossary.toml. [course.E113]",
        "course.toml names no tools. [course.E113]",
        "There is no facts.toml. [course.E116]",
        "There is no prices.toml. [course.E116]",
    ]


@pytest.mark.parametrize(
    ("body", "line", "amount"),
    [
        ("A\nB costs $5 a month\n", 9, "$5"),
        ("- A\n- $ 1,250.50\n", 9, "$ 1,250.50"),
        ("/// ask | a\nA\n\n---\n\nB\nC ($3)\n///\n", 14, "$3"),
        ("/// ask | a\n    wall: It is $3.\n\nA\n\n---\n\nB\n///\n", 9, "$3"),
        ("//// slide | A\n    name: a\n\n/// step\n$0.04\n///\n////\n", 12, "$0.04"),
        ("/// notes\n$7\n///\n", 9, "$7"),
        ("| A |\n| --- |\n| US$20 |\n", 10, "$20"),
    ],
)
def test_an_amount_typed_by_hand_is_told_on_its_line(told, body, line, amount):
    assert told(body) == [f"{FIRST}:{line}: an amount typed by hand: {amount} {BY_HAND} [course.E115]"]


@pytest.mark.parametrize(
    "body",
    [
        "/// myth | a\n    wall: It is $7.\nIt is $5.\n---\nIt is $6.\n///\n",
        "```bash\necho $1\n```\n",
        "`echo $1` costs `$5`.\n",
    ],
)
def test_a_myth_and_code_may_hold_dollars(told, body):
    assert told(body) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p class="a" style="color: red">A</p>', '<p class="a" style='),
        ("<style>p { color: red }</style>", "<style"),
        ("<SCRIPT src=x></SCRIPT>", "<SCRIPT"),
        ('<b onclick="x()">A</b>', "<b onclick="),
        ("<img src=x\nonerror = x()>", "<img src=x\nonerror ="),
    ],
)
def test_html_that_the_policy_stops_is_told(told, html, found):
    assert told(f"A\n\n{html}\n") == [f"{FIRST}:10: HTML that the site forbids: {found} {FORBIDDEN} [course.E114]"]


def test_html_in_code_is_text(told):
    assert told('Never write `<script>` or `<p style="">`.\n\n```html\n<script>\n```\n') == []


@pytest.mark.parametrize("wrong", ["{price:none}", "[a](section:none)", "$5", "<script>"])
@pytest.mark.parametrize(
    "body",
    ["## {}\n", "/// slide | {}\n    name: a\nA\n///\n", '```py caption="{}"\n```\n'],
    ids=["heading", "title of a slide", "caption of code"],
)
def test_titles_and_captions_are_judged_like_text(told, body, wrong):
    assert [line.split(" ")[0] for line in told("A\n\n" + body.replace("{}", wrong))] == [f"{FIRST}:10:"]


@pytest.mark.parametrize(("wrong", "id"), [("{price:none}", 116), ("[a](section:none)", 113), ("$5", 115)])
@pytest.mark.parametrize("key", ["lead: A", "objectives:\n  - A"])
def test_front_matter_is_judged_like_text(told, section, wrong, id, key):
    front = section("")["parts/1-only/1-first.md"].replace("lead: A lead.", f"{key} {wrong}")
    front = front if key.startswith("lead") else front.replace("minutes:", "lead: L.\nminutes:")
    lines = told(files={"parts/1-only/1-first.md": front})
    row = 3 if key.startswith("lead") else 4
    assert [(line.split(" ")[0], line.rpartition(" ")[2]) for line in lines] == [(f"{FIRST}:{row}:", f"[course.E{id}]")]


@pytest.mark.parametrize("key", ["title", "short", "description"])
def test_a_figure_where_none_is_put_in_is_told(told, section, key):
    front = section("")["parts/1-only/1-first.md"].replace("minutes:", 'short: "S"\nminutes:')
    front = re.sub(rf"^{key}: .*", f'{key}: "It is {{price:box.hour}}"', front, flags=re.M)
    [line] = told(files={"parts/1-only/1-first.md": front})
    assert line.startswith(f"{FIRST}:{ {'title': 2, 'description': 4, 'short': 5}[key] }: no figure is put into {key}.")


@pytest.mark.parametrize(
    ("html", "target", "mend"),
    [
        ('<a href="/glosary/">B</a>', "/glosary/", "Did you mean /glossary/?"),
        ("<a class=x href='/parts/1-only/1-first/#wyh'>B</a>", "/parts/1-only/1-first/#wyh", "Did you mean why?"),
        ('<a href="#wyh">B</a>', "#wyh", "Did you mean why?"),
        ("<a href=x>B</a>", "x", "Write https://…, or an address such as /glossary/."),
    ],
)
def test_a_dead_link_of_html_is_told_on_its_line(told, html, target, mend):
    assert told(f"## Why\n\nA\n{html}\n") == [f"{FIRST}:11: the link {target} leads nowhere. {mend} [course.E113]"]


def test_a_picture_of_markdown_leads_nowhere(told):
    assert told("A\n![b](c.png)\n") == [
        f"{FIRST}:9: the picture c.png leads nowhere. Draw it as a figure: /// figure | name. [course.E113]"
    ]


def test_a_link_of_a_drawing_is_judged_too(told):
    svg = '<svg><g id="own-a"/><a href="#own-a"/><a href="/glossary/"/><a href="/glosary/"/></svg>'
    assert told("/// figure | own\nA\n///\n", {"figures/own.svg": svg}) == [
        f"{FIRST}:8: the figure own links to /glosary/, which is nowhere. Did you mean /glossary/? [course.E113]"
    ]


def test_an_amount_in_a_drawing_of_the_authors_own_is_told(told):
    svg = "<svg><text>US$1,250.50 a month</text></svg>"
    assert told("/// figure | own\nA\n///\n", {"figures/own.svg": svg}) == [
        f"{FIRST}:8: the figure own has an amount typed by hand: $1,250.50"
        " Say it in the caption, which can cite the price sheet. [course.E115]"
    ]


IN_DATA = "Write it in words, or leave it to a text, which can cite the price sheet."


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("course.toml", INFO.replace("H.", "{}"), 2),
        ("course.toml", INFO + COMING.replace('"S"', '"""\\n{}"""').replace("\\n", "\n"), 13),
        ("course.toml", INFO + TOOL.replace('"T"', '"{}"'), 13),
        ("glossary.toml", GLOSSARY.replace("A network.", "{}"), 5),
        ("quizzes/1.toml", QUESTION.replace("{section}", "1-only/1-first").replace("Who?", "{}"), 5),
        ("quizzes/1.toml", QUESTION.replace("{section}", "1-only/1-first").replace("Because.", "{}"), 6),
        ("quizzes/1.toml", QUESTION.replace("{section}", "1-only/1-first").replace("You", "{}"), 9),
        ("quizzes/1.toml", QUESTION.replace("{section}", "1-only/1-first").replace("It does not.", "{}"), 15),
    ],
)
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("It is $5.", f"an amount typed by hand: $5 {IN_DATA} [course.E115]"),
        ("5 USD each", f"an amount typed by hand: 5 USD {IN_DATA} [course.E115]"),
        ("{price:box.hour}", f"no figure is put in here: {{price:box.hour}} {IN_DATA} [course.E116]"),
        (
            "[a](section:1-only/1-first)",
            "the link section:1-only/1-first leads nowhere. Write https://…, or an address such as /glossary/."
            " [course.E113]",
        ),
        ("[a](/glosary/)", "the link /glosary/ leads nowhere. Did you mean /glossary/? [course.E113]"),
        ("<b onclick=x>", f"HTML that the site forbids: <b onclick= {FORBIDDEN} [course.E114]"),
    ],
)
def test_the_texts_of_data_are_judged_too(told, file, text, line, wrong, message):
    assert told(files={file: text.replace("{}", wrong)}) == [f"content/{file}:{line}: {message}"]


@pytest.mark.parametrize("quoted", ["Nobody", "It mends itself"])
def test_a_wrong_answer_and_its_idea_may_quote_an_amount_like_a_myth(told, quoted):
    question = QUESTION.format(section="1-only/1-first").replace(quoted, "It costs $5")
    assert told(files={"quizzes/1.toml": question}) == []


@pytest.mark.parametrize("good", ["[a](https://a.example)", "[a](/glossary/)", "[a](/parts/1-only/1-first/)", "`$5`"])
def test_data_may_link_to_addresses(told, good):
    assert told(files={"glossary.toml": GLOSSARY.replace("A network.", good)}) == []


def test_a_link_with_a_title_is_judged_like_any(told):
    assert [line.split(" ")[0] for line in told('A\n[a](section:none "B")\n')] == [f"{FIRST}:9:"]


def test_a_link_to_a_heading_in_the_notes_leads_nowhere(told):
    assert told("[a](#say-it)\n\n/// notes\n## Say it\nA\n///\n") == [
        f"{FIRST}:8: the link #say-it leads nowhere. 1-only/1-first has no headings. [course.E113]"
    ]


@pytest.mark.parametrize(
    ("body", "line", "id"),
    [
        ("## A\n\n## B\n\n## A\n", 12, "a"),
        ("### A\n\n/// slide | A\n    name: a\nB\n///\n", 10, "a"),
        ("## A\n\n/// myth | a\nA\n---\nB\n///\n", 10, "a"),
        ("## Street\n\n## Street\n\n/// figure | street\nA\n///\n", 10, "street"),
    ],
)
def test_a_doubled_id_is_told_where_it_stands_again(told, body, line, id):
    assert told(body) == [f"{FIRST}:{line}: the id {id} stands 2 times. Name one {{#another-id}}. [course.E111]"]


@pytest.mark.parametrize(("title", "id"), [("Check", "check"), ("Part nav", "part-nav"), ("A {#goals}", "goals")])
def test_an_id_of_the_page_is_told(told, title, id):
    assert told(f"A\n\n## {title}\n") == [
        f"{FIRST}:10: the id {id} is the page’s own. Name it {{#another-id}}. [course.E111]"
    ]


@pytest.mark.parametrize("title", ["I own it", "Checks", "The main thing"])
def test_an_id_like_one_of_the_page_is_free(told, title):
    assert told(f"## {title}\n") == []


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("/// figure | none\nA\n///\n", f"there is no figure none. {NO_FIGURE} [course.E112]"),
        ("/// check | p1.tab\n///\n", "there is no question p1.tab. Did you mean p1.tap? [course.E118]"),
        ("/// try | wizzard\n    title: A\nB\n///\n", "there is no tool wizzard. Did you mean wizard? [course.E119]"),
        ("```yamll\n```\n", f"no lexer for yamll. {NO_LEXER} [course.E105]"),
    ],
)
def test_a_block_that_names_nothing_is_told(told, block, message):
    assert told("A\n\n" + block) == [f"{FIRST}:10: {message}"]


@pytest.mark.parametrize("mark", ["x", "1,2", "3-x", "-3", "5-3"])
def test_a_mark_that_names_no_lines_is_told(told, mark):
    assert told(f'```py mark="{mark}"\na = 1\n```\n') == [
        f"{FIRST}:8: mark cannot be '{mark}'. Write numbers and ranges: mark=\"3 5-7\". [course.E105]"
    ]


@pytest.mark.parametrize("svg", ['<svg><g style="x"/></svg>', "<svg><style>g {}</style></svg>", '<svg onload="x"/>'])
def test_a_drawing_of_the_authors_own_is_judged_too(told, svg):
    [line] = told("/// figure | own\nA\n///\n", {"figures/own.svg": svg})
    assert line.startswith(f"{FIRST}:8: the figure own holds <")
    assert line.endswith(" Set geometry through SVG attributes and colours through classes. [course.E114]")


def test_a_drawing_that_is_not_utf8_is_told(serve, section, told):
    root = serve(section("/// figure | own\nA\n///\n"))
    (root / "figures").mkdir()
    (root / "figures" / "own.svg").write_bytes("<svg>é</svg>".encode("latin-1"))
    assert [p.id for p in problems()] == ["course.E001"]


def test_questions_and_sections_name_each_other(told):
    assert told(files={"quizzes/1.toml": QUESTION.format(section="1-only/1-frist")}) == [
        "content/quizzes/1.toml:4: p1.tap: no section 1-only/1-frist. Did you mean 1-only/1-first? [quizzes.E002]"
    ]
    assert told(files={"quizzes/1.toml": QUESTION.format(section="2-more/1-x")}) == []


def test_a_home_leads_to_a_section(told, serve):
    homes = serve().joinpath("homes.toml").read_text()
    wrong = homes.replace('kind = "empty"', 'kind = "empty"\nsection = "1-only/1-frist"')
    assert told(files={"homes.toml": wrong}) == [
        "content/homes.toml:9: empty: no section 1-only/1-frist. Did you mean 1-only/1-first? [course.E121]"
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('section = "1-only/1-frist"', "alb: no section 1-only/1-frist. Did you mean 1-only/1-first?"),
        ('see = ["vpn"]', "alb: see vpn, which is no term. Did you mean vpc?"),
        ('forms = ["vpc"]', "vpc stands twice. Leave it to one term."),
    ],
)
def test_a_term_that_points_nowhere_is_told(told, more, message):
    lines = told(files={"glossary.toml": GLOSSARY + TERM.format("alb") + more})
    assert [line.partition(": ")[2] for line in lines] == [f"{message} [course.E121]"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('sections = ["1-only/1-frist"]', "box: no section 1-only/1-frist. Did you mean 1-only/1-first?"),
        ('sections = ["1-only/1-first#gaet"]', "box: no section 1-only/1-first#gaet. Did you mean gate?"),
        ('terms = ["vcp"]', "box: no term vcp. Did you mean vpc?"),
    ],
)
def test_a_concept_that_points_nowhere_is_told_on_its_line(told, more, message):
    assert told("## Gate\n\nA\n", {"rosetta.toml": f"{CONCEPT}{more}\n"}) == [
        f"content/rosetta.toml:11: {message} [course.E121]"
    ]


def test_a_concept_may_point_at_a_place_and_at_what_is_coming(told):
    more = 'sections = ["1-only/1-first#gate", "2-more/1-x"]\nterms = ["vpc"]\n'
    assert told("## Gate\n\nA\n", {"rosetta.toml": CONCEPT + more}) == []


def test_an_amount_in_a_concept_is_told(told):
    [line] = told(files={"rosetta.toml": f'{CONCEPT}note = "It costs $5."\n'})
    assert line.startswith("content/rosetta.toml:11: an amount typed by hand: $5 ")


def test_a_term_that_stands_twice_is_told(told):
    lines = told(files={"glossary.toml": GLOSSARY + TERM.format("vpc")})
    assert [line.partition(": ")[2] for line in lines] == ["vpc stands twice. Leave it to one term. [course.E121]"]


def test_a_mistake_of_a_term_is_told_on_its_line(told):
    terms = GLOSSARY + 'see = ["alb"]\n' + TERM.format("alb") + 'section = "none"\n'
    assert [line.split(": ")[0] for line in told(files={"glossary.toml": terms})] == ["content/glossary.toml:11"]


def test_a_term_may_be_explained_at_a_place_in_a_section(told):
    at = TERM.format("alb") + 'section = "1-only/1-first#{}"\n'
    assert told("## Gate\n\nA\n", {"glossary.toml": at.format("gate")}) == []
    [line] = told("## Gate\n\nA\n", {"glossary.toml": at.format("gaet")})
    assert line.endswith("alb: no section 1-only/1-first#gaet. Did you mean gate? [course.E121]")


def test_a_form_of_two_words_that_stands_twice_is_told_on_its_line(told):
    terms = TERM.format("alb") + 'forms = ["load balancer"]\n' + TERM.format("elb") + 'forms = ["Load Balancer"]\n'
    [line] = told(files={"glossary.toml": terms})
    assert line.split(": ")[0] in {"content/glossary.toml:5", "content/glossary.toml:10"}


@pytest.mark.parametrize(
    ("file", "text", "line", "day"),
    [
        ("facts.toml", FACTS.replace("2026-08-01", "2999-01-01"), 4, "2999-01-01"),
        ("prices.toml", PRICES.replace("0.01 }", "0.01, as_of = 2999-01-02 }"), 11, "2999-01-02"),
        ("rosetta.toml", "\nas_of = 2999-01-03\nconcept = []\n", 2, "2999-01-03"),
        ("rosetta.toml", CONCEPT + "as_of = 2999-01-04\n", 11, "2999-01-04"),
    ],
)
def test_a_date_in_the_future_is_told(told, file, text, line, day):
    assert told(files={file: text}) == [
        f"content/{file}:{line}: {day} is in the future. Write the day on which it was read. [course.E122]"
    ]


@pytest.mark.parametrize(
    ("source", "right"), [("K", True), ("PL 2026; K", True), ("KK, PL-5", False), ("a list", False)]
)
def test_the_source_of_a_price_is_one_that_the_sheet_names(told, source, right):
    sheet = PRICES.replace("[sources]\n", '[sources]\nPL = "A list"\nK = "Known"\n').replace('"K"', f'"{source}"')
    mend = "Known are: K, PL." if source == "a list" else "Did you mean K?"
    wrong = [f"content/prices.toml:14: box.hour: the source {source} is none of [sources]."]
    assert [line.partition(". ")[0] + "." for line in told(files={"prices.toml": sheet})] == ([] if right else wrong)
    assert all(line.endswith("[course.E123]") for line in told(files={"prices.toml": sheet})), mend


@pytest.mark.parametrize(
    ("file", "text"), [("facts.toml", FACTS.replace('"AWS"', '""')), ("prices.toml", PRICES.replace('"K"', '" "'))]
)
def test_a_figure_without_a_source_is_told(told, file, text):
    [line] = told(files={file: text})
    assert "source: String should have at least 1 character" in line
    assert line.endswith("[course.E003]")


def test_a_question_about_an_objective_that_is_not_there_is_told(told, section):
    question = QUESTION.format(section="1-only/1-first").replace("stem", "objective = 1\nstem")
    mend = "Its front matter has 0; the first is 1."
    assert told(files={"quizzes/1.toml": question}) == [
        f"content/quizzes/1.toml:5: p1.tap: 1-only/1-first has no objective 1. {mend} [quizzes.E003]"
    ]


def test_a_list_that_is_nested_too_deep_is_told(told):
    rows = "\n".join(f"{'    ' * depth}- A" for depth in range(15))
    assert told(f"{rows}\n") == [
        f"{FIRST}:{line}: text indented by more than 48 spaces. Write the list flatter. [course.E120]"
        for line in (21, 22)
    ]


def test_what_needs_the_whole_waits_for_what_can_be_read(told):
    assert told("[a](section:none)\n", {"homes.toml": "home = [", "quizzes/1.toml": "question = ["}) == [
        "content/homes.toml:1: is not TOML: invalid value. Mend the line. [course.E002]",
        "content/quizzes/1.toml:1: is not TOML: invalid value. Mend the line. [course.E002]",
    ]


def test_no_advice_is_given_before_the_mistakes_are_mended(told):
    told(files={"deep-dives/x.md": "no front matter"})
    assert [message.id for message in run_checks(tags=["content"])] == ["course.E004"]


def test_the_mistakes_of_all_rooms_come_at_once(told):
    files = dict.fromkeys(("homes.toml", "prices.toml", "rosetta.toml", "quizzes/1.toml"), "zzz = 1\n")
    files["deep-dives/x.md"] = "no front matter"
    assert {line.split(":")[0] for line in told(files=files)} == {f"content/{name}" for name in files}


def test_the_command_prints_place_and_mend(told):
    told("A\n\n/// figure | none\nB\n///\n")
    with pytest.raises(SystemCheckError) as caught:
        call_command("check", tags=["content"])
    wanted = f"(course.E112) {FIRST}:10: there is no figure none.\n\tHINT: Put a drawing of that name into"
    assert wanted in str(caught.value)


def advice() -> list[Advice]:
    """What is advised, but for the slides and notes that these short sections lack."""
    return [message for message in run_checks(tags=["content"]) if message.id != "course.W103"]


def test_a_section_without_slides_or_notes_is_advised(told):
    told("/// check | p1.tap\n///\n")
    assert [m.msg for m in run_checks(tags=["content"])] == [
        f"{FIRST}:1: a section without notes.",
        f"{FIRST}:1: a section without slide.",
    ]


def test_a_section_without_a_self_check_is_advised(told):
    told()
    mend = "Add /// check | question-id at its end."
    wanted = Advice(f"{FIRST}:1: a section without a self-check.", hint=mend, id="course.W102")
    assert advice() == [wanted]


@pytest.mark.parametrize(("words", "ids"), [(40, []), (41, ["course.W101"])])
def test_a_slide_of_too_many_words_is_advised(told, words, ids):
    body = "/// check | p1.tap\n///\n\n//// slide | Wall\n    name: wall\n\n/// step\n{}\n///\n////\n"
    told(body.format("word " * words))
    assert [m.id for m in advice()] == ids


def test_the_advice_on_words_counts_them(told):
    body = "/// check | p1.tap\n///\n\n//// slide | Wall\n    name: wall\n{0}\n\n| A |\n| --- |\n| {0} |\n\n"
    told((body + "/// figure | street\n{0}\n///\n////\n").format("word " * 50))
    [told_so] = advice()
    assert told_so.msg == f"{FIRST}:11: the slide wall has 50 words."


GOALS = "minutes: 5\nobjectives:\n  - Say it.\n  - Do it,\n    twice.\n  - Mend it."


@pytest.fixture
def advised(told, section) -> Callable[..., list[str]]:
    """What is advised about a section with this text and three objectives, but for what it lacks."""

    def advised(body: str, files: dict[str, str | None] | None = None, goals: str = GOALS) -> list[str]:
        front = section(f"{body}\n/// check | p1.tap\n///\n")["parts/1-only/1-first.md"].replace("minutes: 5", goals)
        assert told(files={"parts/1-only/1-first.md": front, **(files or {})}) == []
        return [f"{message.msg} {message.hint} [{message.id}]" for message in advice()]

    return advised


def asks(*objectives: int) -> str:
    """A file of questions, one about each objective; 0 names none."""
    one = QUESTION.format(section="1-only/1-first")
    keys = [f"objective = {objective}\n" * bool(objective) for objective in objectives]
    return "".join(
        one.replace("p1.tap", "p1.tap" if not at else f"p1.q{at}").replace("stem", f"{key}stem")
        for at, key in enumerate(keys)
    )


def test_an_objective_that_no_question_asks_about_is_advised_on_its_line(advised):
    mend = 'Write one into quizzes/, with section = "1-only/1-first" and objective = {}.'
    assert advised("A", {"quizzes/1.toml": asks(2, 2)}) == [
        f"{FIRST}:7: no question asks about objective 1: Say it. {mend.format(1)} [course.W104]",
        f"{FIRST}:10: no question asks about objective 3: Mend it. {mend.format(3)} [course.W104]",
    ]
    assert advised("A", {"quizzes/1.toml": asks(1, 2, 3)}) == []


def test_the_questions_of_another_section_do_not_count(advised):
    other = asks(1, 2, 3).replace("1-only/1-first", "2-more/1-x")
    assert len(advised("A", {"quizzes/1.toml": other})) == 3


def test_a_question_that_names_no_objective_is_advised(advised):
    mend = f"Add objective = 1 to 3, as in the front matter of {FIRST}."
    assert advised("A", {"quizzes/1.toml": asks(1, 2, 3, 0)}) == [
        f"content/quizzes/1.toml:52: p1.q3 names no objective. {mend} [quizzes.W001]"
    ]
    assert advised("A", {"quizzes/1.toml": asks(0)}, goals="minutes: 5") == []


def test_a_page_to_look_something_up_needs_no_question(advised):
    page = "---\ntitle: T\nlead: L\ndescription: D\nobjectives: [O]\n---\n"
    assert advised("A", {"reference/a.md": page, "quizzes/1.toml": asks(1, 2, 3)}) == []
    assert len(advised("A", {"deep-dives/a.md": page, "quizzes/1.toml": asks(1, 2, 3)})) == 1


@pytest.fixture
def plain(advised) -> Callable[..., list[str]]:
    """What is advised about a section with this text and nothing to learn."""
    return lambda body, files=None: advised(body, files, "minutes: 5")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The VPC, both VPCs and `ABC`.", []),
        ("An ABC, the ABC and two ABCs.\n\nAnd an ABC.", [("8", "ABC")]),
        ("Text\nwith S3 and EC2.", [("9", "EC2")]),
        ("[a](https://ABC.example/DEF) ABC-DEF {fact:regions} PREFIX=/x $ABC", []),
        ("/// notes\nThe XYZ.\n///", [("9", "XYZ")]),
    ],
)
def test_an_abbreviation_that_nobody_explains_is_advised_once(plain, body, words):
    mend = "Add it to glossary.toml, or to known in course.toml if your readers bring it along."
    assert plain(body) == [
        f"{FIRST}:{line}: {word} is used, and no term of the glossary. {mend} [course.W105]" for line, word in words
    ]


def test_an_abbreviation_that_readers_bring_along_is_fine(plain):
    assert plain("The ABC.", {"course.toml": f'known = ["ABC"]\n{DATA["course.toml"]}'}) == []


def test_an_abbreviation_of_the_look_up_is_fine(plain):
    concept = '[[concept]]\nid = "x"\nname = "X"\ncategory = "compute"\nwhat = "W"\naws = "Amazon ABC"\n'
    concept += 'gcp = "G"\nazure = "A"\nlocal = "L"\n'
    assert plain("The ABC.", {"rosetta.toml": f"as_of = 2026-01-01\n{concept}"}) == []


@pytest.mark.parametrize("word", ["Currently", "nowadays", "at the moment", "as of May 2026", "these days"])
def test_a_word_that_ages_is_advised(plain, word):
    mend = "Cite a fact, which has its date and source: {fact:id}."
    assert plain(f"A\n{word}, it is so.") == [
        f"{FIRST}:9: “{word}” ages, and does not say since when. {mend} [course.W107]"
    ]
    assert plain(f"A `{word}`, a momentary concurrently.") == []


@pytest.mark.parametrize("macro", ["{price:box.hour}", "{price:box.hour month}", "{sum:small-box}"])
def test_a_price_without_a_date_is_advised_where_it_is_cited(plain, macro):
    mend = "Give it as_of, or a note that says why it has none."
    assert plain(f"A\n{macro}") == [f"{FIRST}:9: {macro} rests on box.hour, which has no date. {mend} [course.W106]"]
    dated = PRICES.replace("0.01 }", "0.01, as_of = 2026-01-01 }")
    noted = PRICES.replace('source = "K"', 'source = "K"\nnote = "From experience."')
    assert plain(macro, {"prices.toml": dated}) == plain(macro, {"prices.toml": noted}) == []


@pytest.mark.parametrize("key", ["headline", "lead", "description"])
def test_minutes_that_are_not_those_of_the_parts_are_advised(plain, key):
    info = re.sub(rf'^{key} = ".*"', f'{key} = "In 9 minutes."', DATA["course.toml"], flags=re.M)
    line = {"headline": 2, "lead": 3, "description": 4}[key]
    message = f"{key} says 9 minutes, the parts plan 8. Change the one or the other. [course.W108]"
    assert plain("A", {"course.toml": info}) == [f"content/course.toml:{line}: {message}"]
    assert plain("A", {"course.toml": info.replace("9 minutes", "8 minutes")}) == []
