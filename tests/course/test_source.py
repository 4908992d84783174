"""The text of a section as a tree, and every mistake in it with its line."""

import re
from random import Random

import pytest

from lecture.authoring import ContentError
from lecture.course.blocks import BLOCKS, Spec
from lecture.course.source import Block, Code, Heading, Node, Nodes, Prose, parse, slug, walk

HALVES = "Write both, with a line --- between them."
NOTHING = "Remove it: in ask and myth it parts the two halves, elsewhere it means nothing."


def tree(text: str) -> Nodes:
    return parse(text, "content/a.md")


def problems(text: str) -> list[tuple[int, str, str, str]]:
    with pytest.raises(ContentError) as caught:
        tree(text)
    assert {p.file for p in caught.value.problems} == {"content/a.md"}
    return [(p.line, p.id.removeprefix("course."), p.message, p.mend) for p in caught.value.problems]


def test_it_works():
    assert tree("A line\nand another.\n\n- a list\n\n## Next\n\nMore.\n") == (
        Prose(1, "A line\nand another.\n\n- a list"),
        Heading(6, 2, "Next", "next"),
        Prose(8, "More."),
    )


def test_nothing_comes_of_nothing():
    assert tree("\n \n\n") == ()


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("/// notes\nSay it.\n///", Block(1, "notes", "", {}, (Prose(2, "Say it."),))),
        ("/// figure | street\nLook.\n///", Block(1, "figure", "street", {}, (Prose(2, "Look."),))),
        ("/// house | hotel\nOne line.\n///", Block(1, "house", "hotel", {}, (Prose(2, "One line."),))),
        ("/// check | p1.nines-2\n///", Block(1, "check", "p1.nines-2", {}, ())),
        ("///notes\nA\n///  ", Block(1, "notes", "", {}, (Prose(2, "A"),))),
        (
            "/// slide | 99.9 % | or so\n    name: nines\n    layout: statement\n\nA year.\n///",
            Block(1, "slide", "99.9 % | or so", {"name": "nines", "layout": "statement"}, (Prose(5, "A year."),)),
        ),
        (
            "/// try | wizard\n    title: Try it\n    time: 30\nIt opens.\n///",
            Block(1, "try", "wizard", {"title": "Try it", "time": "30"}, (Prose(4, "It opens."),)),
        ),
        (
            "/// ask | why-not\nWhy?\n\n---\n\nNo.\n\nNo!\n///",
            Block(1, "ask", "why-not", {}, (Prose(2, "Why?"),), (Prose(6, "No.\n\nNo!"),)),
        ),
        (
            "/// myth | never\nNever.\n--- \nAlways.\n///",
            Block(1, "myth", "never", {}, (Prose(2, "Never."),), (Prose(4, "Always."),)),
        ),
    ],
)
def test_each_block_is_read(text, block):
    assert tree(text) == (block,)


def test_an_outer_block_has_more_slashes():
    text = "///// slide | A\n    name: a\n//// step\n/// figure | street\nLook.\n///\n////\n///// "
    figure = Block(4, "figure", "street", {}, (Prose(5, "Look."),))
    assert tree(text) == (Block(1, "slide", "A", {"name": "a"}, (Block(3, "step", "", {}, (figure,)),)),)


def test_code_keeps_its_lines_and_options():
    text = '```yaml file="a.yaml" title="T" caption="It *is*." mark="1-2"\na:\n\n  - b\n```\n\n```\nplain\n```\n'
    options = {"file": "a.yaml", "title": "T", "caption": "It *is*.", "mark": "1-2"}
    assert tree(text) == (Code(1, "yaml", "a:\n\n  - b", options), Code(7, "", "plain", {}))


def test_nothing_inside_a_fence_is_read():
    inside = "/// ask | x\n## Not a heading\n---\n///"
    assert tree(f"```text\n{inside}\n```\n") == (Code(1, "text", inside, {}),)


def test_a_longer_fence_holds_a_shorter_one():
    assert tree("````text\n```yaml\na: 1\n```\n````\nAfter.") == (
        Code(1, "text", "```yaml\na: 1\n```", {}),
        Prose(6, "After."),
    )


def test_a_heading_may_name_its_id():
    assert tree("## Why it *matters* {#why}\n### It’s `a & b`") == (
        Heading(1, 2, "Why it *matters*", "why"),
        Heading(2, 3, "It’s `a & b`", "its-a-b"),
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Who fixes the tap?", "who-fixes-the-tap"), ("  3 × 5 ", "3-5"), ("don't", "dont"), ("**A**_b_", "ab")],
)
def test_a_slug_is_words_and_hyphens(text, wanted):
    assert slug(text) == wanted


def test_every_kind_of_node_knows_its_line():
    text = (
        "Prose\n\n## Heading\n```\ncode\n```\n//// slide | S\n    name: s\n\n\nProse\n/// step\n```\ncode\n```\n///\n"
        "////\n/// myth | m\nBelief\n\n---\n\n### Heading\n///"
    )
    lines = [(node.line, type(node).__name__) for node in walk(parse(text, "content/a.md", 11))]
    assert lines == [
        (11, "Prose"),
        (13, "Heading"),
        (14, "Code"),
        (17, "Block"),
        (21, "Prose"),
        (22, "Block"),
        (23, "Code"),
        (28, "Block"),
        (29, "Prose"),
        (33, "Heading"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "id", "message", "mend"),
    [
        ("A\n\n/// slyde\nB\n///", 3, "E101", "there is no block slyde.", "Did you mean slide?"),
        ("A\n/// notes\nB", 2, "E102", "the block notes is never closed.", "Close it with a line of 3 slashes: ///"),
        ("A\n////", 2, "E103", "//// closes nothing.", "Remove it."),
        ("/// notes | x\nA\n///", 1, "E104", "notes takes no argument.", "Remove what stands behind the bar."),
        (
            "//// ask | Why Not\nA\n---\nB\n////",
            1,
            "E104",
            "ask cannot have the argument 'Why Not'.",
            "Write: //// ask | close-the-lid",
        ),
        (
            "/// house | castle\nA\n///",
            1,
            "E104",
            "house cannot have the argument 'castle'.",
            "Write: /// house | furnished",
        ),
        ("/// check\n///", 1, "E104", "check cannot have the argument ''.", "Write: /// check | p1.nines"),
        (
            "/// slide | A\nB\n///",
            1,
            "E105",
            "slide lacks the option name.",
            "Add an indented line '    name: …' below the opening.",
        ),
        (
            "/// slide | A\n    name: a\n    layuot: plain\nB\n///",
            3,
            "E105",
            "slide has no option layuot.",
            "Did you mean layout?",
        ),
        (
            "/// slide | A\n    name: a\n    layout: big\nB\n///",
            3,
            "E105",
            "slide: layout cannot be 'big'.",
            "It must match plain|statement|picture.",
        ),
        ("/// try | a\n    title:\nB\n///", 2, "E105", "try: title cannot be ''.", "It must match .+."),
        ('A\n```py mrak="1"\n```', 2, "E105", "code has no option mrak.", "Did you mean mark?"),
        ("```py mark=1\n```", 1, "E105", "cannot read 'mark=1' after the fence.", 'Write options as key="value".'),
        ("A\n\n---\n\nB", 3, "E106", "a line --- that parts nothing.", NOTHING),
        ("/// notes\nA\n---\nB\n///", 3, "E106", "a line --- that parts nothing.", NOTHING),
        ("/// ask | a\nA\n---\nB\n---\nC\n///", 5, "E106", "a second line --- in ask.", "Keep one."),
        ("/// ask | a\nA\n///", 1, "E106", "ask lacks one of its two halves.", HALVES),
        ("/// myth | a\n---\nA\n///", 1, "E106", "myth lacks one of its two halves.", HALVES),
        ("A\n/// figure | a\n\n///", 2, "E106", "figure is empty.", "It needs a caption: what to notice."),
        ("/// step\nA\n///", 1, "E107", "step cannot stand outside other blocks.", "It stands inside slide."),
        (
            "//// ask | a\nA\n---\n/// figure | b\nB\n///\n////",
            4,
            "E107",
            "figure cannot stand inside ask.",
            "It stands by itself or inside slide or inside step.",
        ),
        (
            "/// slide | A\n    name: a\n/// figure | b\nB\n///\n///",
            3,
            "E107",
            "figure opens inside slide with as many slashes.",
            "Give slide on line 1 more slashes, or close it first.",
        ),
        ("A\n````py\n```\n## B", 2, "E108", "a code fence that is never closed.", "Close it with ````"),
        (
            "- A\n\n  ```\n  B\n  ```",
            3,
            "E109",
            "an indented code fence.",
            "Begin ``` at the left edge, outside lists.",
        ),
        ("A\n# B", 2, "E110", "a heading of level 1.", "Use ## or ###; the title is in the front matter."),
        ("#### B", 1, "E110", "a heading of level 4.", "Use ## or ###; the title is in the front matter."),
    ],
)
def test_each_mistake_is_told_with_its_line_and_mend(text, line, id, message, mend):
    assert problems(text) == [(line, id, message, mend)]


def test_a_wrong_number_of_slashes_is_told_at_both_ends():
    assert problems("A\n/// notes\nB\n////") == [
        (2, "E102", "the block notes is never closed.", "Close it with a line of 3 slashes: ///"),
        (4, "E103", "//// closes nothing.", "notes on line 2 closes with ///"),
    ]


def test_all_mistakes_are_told_in_their_order():
    text = "# A\n\n/// notes | x\nB\n///\n\n---\n\n```py\nC"
    assert [(line, id) for line, id, *_ in problems(text)] == [(1, "E110"), (3, "E104"), (7, "E106"), (9, "E108")]


@pytest.mark.parametrize(
    "text",
    [
        "/// aks | why-not\nWhy?\n\n---\n\nNo.\n///",
        "/// chek | p1.nines\n///",
        "/// slyde | A\n    name: a\nB\n///",
        "//// slide | A\n    name: a\n/// fugure | b\nB\n///\n////",
    ],
)
def test_of_an_unknown_block_nothing_else_is_said(text):
    assert [id for _, id, *_ in problems(text)] == ["E101"]


@pytest.mark.parametrize("opening", ["/// ask why-not", "/// figure: street", " /// notes", "   /// notes"])
def test_what_begins_like_a_block_is_never_passed_on_as_text(opening):
    assert problems(f"A\n\n{opening}\nB\n{' ' * (len(opening) - len(opening.lstrip()))}///")[0][0] == 3


@pytest.mark.parametrize("text", ["#1 is a heading to Markdown", "##Near", "Title\n=====", "Title\n-----", "Title\n-"])
def test_a_heading_that_only_markdown_sees_is_told(text):
    assert [(line, id) for line, id, *_ in problems(text)] == [(1 + text.count("\n"), "E110")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("/// slide | A\n    name: a\n    name: b\nC\n///", 3),
        ("/// slide | A\n    name: a\n  layout: statement\nC\n///", 3),
        ("/// slide | A\n    name: a\n\tlayout: statement\nC\n///", 3),
        ("/// check | p1.nines\nA\n///", 1),
    ],
    ids=["an option twice", "an option with two spaces", "an option with a tab", "text in a self-check"],
)
def test_what_would_not_be_shown_as_it_is_meant_is_told(text, line):
    assert [told for told, *_ in problems(text)] == [line]


def test_a_heading_without_a_letter_wants_an_id():
    assert [(line, id) for line, id, *_ in problems("A\n\n## 日本")] == [(3, "E110")]
    assert tree("## 日本 {#japan}") == (Heading(1, 2, "日本", "japan"),)


@pytest.mark.parametrize("separator", ["\u2028", "\x0b", "\x0c", "\x85"])
def test_lines_are_counted_as_an_editor_counts_them(separator):
    assert problems(f"A{separator}B\n////")[0][0] == 2


@pytest.mark.parametrize("spec", [spec for spec in BLOCKS.values() if spec.argument], ids=lambda spec: spec.example)
def test_the_example_of_each_block_is_one_that_it_takes(spec: Spec):
    assert re.fullmatch(spec.argument, spec.example)


# fmt: off
TRICKY = [
    "/// ask | x", "/// notes", "//// slide | T", "/// step", "/// nope | y", "/// check | p.1", "    name: n",
    "    nope: x", "///", "////", "---", "```", "````", "```py", "  ```", "## A", "### B {#b}", "# C", "text", "",
]
# fmt: on


@pytest.mark.parametrize("seed", range(300))
def test_any_text_becomes_a_tree_or_a_list_of_problems(seed):
    text = "\n".join(Random(seed).choices(TRICKY, k=12))
    try:
        nodes: list[Node] = list(walk(tree(text)))
    except ContentError as error:
        found = [problem.line for problem in error.problems]
        assert found
    else:
        found = [node.line for node in nodes]
    assert found == sorted(found)
    assert set(found) <= set(range(1, 13))
