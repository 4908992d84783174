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
        ("//// slide | A\n    name: a\n\n/// step\n$0.04\n///\n////\n", 12, "$0.04"),
        ("/// notes\n$7\n///\n", 9, "$7"),
        ("| A |\n| --- |\n| US$20 |\n", 10, "$20"),
    ],
)
def test_an_amount_typed_by_hand_is_told_on_its_line(told, body, line, amount):
    assert told(body) == [f"{FIRST}:{line}: an amount typed by hand: {amount} {BY_HAND} [course.E115]"]


@pytest.mark.parametrize(
    "body", ["/// myth | a\nIt is $5.\n---\nIt is $6.\n///\n", "```bash\necho $1\n```\n", "`echo $1` costs `$5`.\n"]
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
        f"{FIRST}:1: a section without slide.",
        f"{FIRST}:1: a section without notes.",
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
