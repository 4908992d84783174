"""The glossary as the page shows it."""

import pytest
from django.conf import settings

from lecture.course.glossary import rows
from lecture.course.load import read

TERM = '[[term]]\nid = "{0}"\nname = "{1}"\ndefinition = "D."\n'


@pytest.fixture
def shown(write_course):
    return lambda glossary: rows(read(write_course({"glossary.toml": glossary})))


def test_it_works(shown):
    [row] = shown(TERM.format("vpc", "VPC") + 'section = "1-only/1-first"\n')
    assert (row.term.id, row.see_also, row.leaf.number, row.letter) == ("vpc", (), "1.1", "V")


def test_a_term_leads_to_the_place_that_explains_it(write_course, section):
    term = TERM.format("vpc", "VPC") + 'section = "1-only/1-first#gate"\n'
    [row] = rows(read(write_course({**section("## Gate\n\nA\n"), "glossary.toml": term})))
    assert (row.leaf.number, row.address) == ("1.1", "/parts/1-only/1-first/#gate")


def test_a_course_may_have_no_glossary(write_course):
    assert rows(read(write_course())) == []


def test_terms_stand_in_the_order_of_the_alphabet_whatever_their_case(shown):
    found = shown("".join(TERM.format(name.lower(), name) for name in ("VPC", "alb", "Zone", "API")))
    assert [(row.letter, row.term.name) for row in found] == [("A", "alb"), ("A", "API"), ("V", "VPC"), ("Z", "Zone")]


def test_related_terms_come_in_the_authors_order(shown):
    row, *_ = shown(
        TERM.format("a", "A") + 'see = ["c", "none", "b"]\n' + TERM.format("b", "B") + TERM.format("c", "C")
    )
    assert [term.name for term in row.see_also] == ["C", "B"]


def test_a_section_to_come_is_left_out(shown):
    [row] = shown(TERM.format("a", "A") + 'section = "1-only/9-soon"\n')
    assert (row.leaf, row.address) == (None, "")


def test_every_term_of_the_real_glossary_is_shown_once():
    course = read(settings.COURSE_CONTENT)
    assert sorted(row.term.id for row in rows(course)) == sorted({term.id for term in course.glossary})
