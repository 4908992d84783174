"""Where the links of a text lead."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lecture.course.links import Target, anchors, follow, report, targets, tools
from lecture.course.load import read
from lecture.course.model import Course

TOOL = '[[tool]]\nname = "{0}"\ntitle = "T"\ntext = "T"\naddress = "/{0}/"\nicon = "quiz"\n'
INFO = """title = "A course"
headline = "H."
lead = "L."
description = "D."
[[part]]
slug = "1-only"
title = "T"
summary = "S"
minutes = 8
coming = [{ slug = "2-soon", title = "Soon", minutes = 3 }]
"""
BODY = """## Why {#why}

//// slide | A wall
    name: wall
### Low
////

//// ask | lid
A
---
B
////

/// myth | never
A
---
B
///

/// notes
## Hidden
///

/// try | search
    title: T
    name: ada
A
///

/// figure | street
A
///
"""


@pytest.fixture
def course(write_course: Callable[..., Path], section) -> Course:
    deep = "---\ntitle: D\nlead: L\ndescription: D\n---\n## Cost\n"
    glossary = '[[term]]\nid = "vpc"\nname = "VPC"\ndefinition = "A network."\n'
    info = INFO + TOOL.format("later") + TOOL.format("search")
    return read(
        write_course({**section(BODY), "course.toml": info, "deep-dives/d.md": deep, "glossary.toml": glossary})
    )


def test_it_works(course):
    first = course.sections[0]
    assert follow("section:1-only/1-first", course, first) == Target("/parts/1-only/1-first/", first)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("section:1-only/1-first#why", "/parts/1-only/1-first/#why"),
        ("section:deep-dives/d", "/deep-dives/d/"),
        ("section:deep-dives/d#cost", "/deep-dives/d/#cost"),
        ("#wall", "#wall"),
        ("term:vpc", "/glossary/#vpc"),
        ("tool:search", "/search/"),
        ("https://a.example/b#c", "https://a.example/b#c"),
        ("http://a.example", "http://a.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_each_kind_of_link_leads_somewhere(course, target, address):
    assert follow(target, course, course.sections[0]).address == address


@pytest.mark.parametrize("target", ["section:1-only/2-soon", "section:1-only/2-soon#why", "tool:later"])
def test_what_is_not_there_yet_has_no_address(course, target):
    assert follow(target, course, course.sections[0]) == Target("")


def test_a_link_within_the_course_knows_section_and_place(course):
    first, deep = course.sections[0], course.deep_dives[0]
    assert follow("section:deep-dives/d#cost", course, first) == Target("/deep-dives/d/#cost", deep, "cost")
    assert follow("#why", course, first) == Target("#why", first, "why")


@pytest.mark.parametrize(
    ("target", "mend"),
    [
        ("section:1-only/1-frist", "Did you mean 1-only/1-first?"),
        ("section:", "Known are: 1-only/1-first, 1-only/2-soon, deep-dives/d."),
        ("section:deep-dives/d#why", "Known are: cost."),
        ("#hidden", "Known are: lid, low, never, wall, why."),
        ("#", "Known are: lid, low, never, wall, why."),
        ("term:vpx", "Did you mean vpc?"),
        ("tool:zzz", "Known are: later, search."),
        ("why", "Write section:…, term:…, tool:…, #heading or https://…."),
        ("javascript:alert", "Write section:…, term:…, tool:…, #heading or https://…."),
        ("https", "Write section:…, term:…, tool:…, #heading or https://…."),
    ],
)
def test_a_dead_link_is_refused_with_a_mend(course, target, mend):
    with pytest.raises(LookupError) as caught:
        follow(target, course, course.sections[0])
    assert caught.value.args == (mend,)


def test_the_anchors_are_what_a_reader_sees(course):
    assert sorted(anchors(course.sections[0])) == ["lid", "low", "never", "wall", "why"]


def test_only_tools_that_answer_are_shown(course):
    assert [tool.name for tool in tools(course)] == ["search"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](x) and\n[b\nc](y)", [(0, "x"), (11, "y")]),
        ("[a](x \"T\") [b](y 'T')", [(0, "x"), (11, "y")]),
        ("`[a](x)`\n``[a](x) ` ``\n[`b`](y)", [(23, "y")]),
        ("![a](x.png) (b) [c]", []),
    ],
)
def test_the_links_of_a_text_are_found(text, found):
    assert list(targets(text)) == found


def test_a_reference_is_a_link_too():
    assert [target for _, target in targets("[a][b] and [b]\n\n[b]: section:none\n")] == ["section:none"]


def test_a_report_names_the_page():
    pattern = "mailto:a@b.example?subject={page}&body={address}"
    assert report(pattern, "1.1 A & B", "https://a.example/b/?c") == (
        "mailto:a@b.example?subject=1.1%20A%20%26%20B&body=https%3A%2F%2Fa.example%2Fb%2F%3Fc"
    )
    assert report("", "1.1 A", "/a/") == ""
