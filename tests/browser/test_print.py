"""On paper: the text and the answers, no navigation, and where links lead."""

import re

import pytest
from playwright.sync_api import Page, expect

from lecture.course.load import course
from tests.browser.visiting import FIRST

pytestmark = pytest.mark.browser

SECTION = "/parts/1-the-problem/2-three-problems/"
FIGURES = [f"/parts/1-the-problem/{name}/" for name in ("2-three-problems", "3-what-the-cloud-is", "4-four-homes")]
NAVIGATION = ".site-head, .site-foot, .part-nav, .toc, .turn, .skip, .permalink, .copy, .finish, .report, [data-print]"
AFTER = "(e) => getComputedStyle(e, '::after').content"
LINKS = """(e) => ["https://example.edu/a", "#glossary"].forEach((href) =>
    e.append(Object.assign(document.createElement("a"), { href, textContent: "a link" })))"""
PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.full
def test_everything_fits_into_a_file_of_many_pages(visit):
    file = visit("/print/").pdf()
    assert file.startswith(b"%PDF")
    assert len(PAGE.findall(file)) > 10


def test_one_section_can_be_printed_alone(visit):
    assert len(PAGE.findall(visit(FIRST).pdf())) > 2


@pytest.mark.parametrize("path", ["/print/", SECTION, "/glossary/"])
def test_navigation_stays_off_the_paper(visit, path):
    page = on_paper(visit(path))
    for part in page.locator(NAVIGATION).all():
        expect(part).to_be_hidden()


def test_every_section_and_every_answer_is_printed(visit):
    page = on_paper(visit("/print/"))
    expect(page.locator(".print-leaf")).to_have_count(page.locator(".print-toc a:not([href='#glossary'])").count())
    answers = page.locator(".ask .answer")
    assert answers.count() > 5
    for answer in answers.all():
        expect(answer).to_be_visible()


def test_questions_are_printed_with_their_answers(visit):
    page = on_paper(visit("/print/"))
    asked = sum(len(list(leaf.blocks("check"))) for leaf in course().leaves.values())
    expect(page.locator(".print-question")).to_have_count(asked)
    expect(page.locator(".print-question").get_by_text("Answer:")).to_have_count(asked)
    expect(page.locator(".print-question").last.get_by_text("Answer:")).to_be_visible()


def test_the_answers_of_a_single_section_are_printed_though_they_are_closed(visit):
    page = on_paper(visit(SECTION))
    for answer in page.locator(".ask .answer").all():
        expect(answer).to_be_visible()


@pytest.mark.parametrize("path", FIGURES)
def test_figures_keep_their_lettering(visit, path):
    page = visit(path, width=672)
    lettering = page.locator("figure.figure text:visible")
    shown = lettering.all_text_contents()
    on_paper(page)
    assert lettering.all_text_contents() == shown != []


def test_where_the_figures_come_from_is_printed_too(visit):
    page = on_paper(visit("/parts/1-the-problem/3-what-the-cloud-is/"))
    expect(page.locator(".cited li").first).to_be_visible()


def test_links_out_of_the_course_say_where_they_lead(visit):
    page = visit("/print/")
    page.locator(".lead").first.evaluate(LINKS)  # this course links little; another author's may
    on_paper(page)
    out, within = (page.locator(f"a[href='{address}']").first for address in ("https://example.edu/a", "#glossary"))
    assert "https://example.edu/a" in out.evaluate(AFTER)
    assert within.evaluate(AFTER) == "none"


def test_paper_is_white_though_the_reader_chose_the_night(visit):
    page = visit(SECTION, theme="dark")
    page.get_by_role("radio", name="Night").check()
    on_paper(page)
    dark_ink = "(e) => getComputedStyle(e).color.match(/\\d+/g).every((c) => Number(c) < 100)"
    assert page.locator("article p").first.evaluate(dark_ink)


@pytest.mark.parametrize("path", ["/print/", SECTION])
def test_nothing_is_cut_off_at_the_right_edge(visit, path):
    page = on_paper(visit(path, width=672))  # A4 without its margins, at 96 px an inch
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_button_prints(visit):
    page = visit("/print/")
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name="Print this page").click()
    page.wait_for_function("() => window.printed")


def on_paper(page: Page) -> Page:
    """The page as its print styles have it."""
    page.emulate_media(media="print")
    return page
