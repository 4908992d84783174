"""A quiz of the real course from its first page to its last, by keyboard alone; every kind as it looks and is heard."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from lecture.quizzes.kinds import QuizFile
from lecture.quizzes.pools import pool, quizzes
from lecture.quizzes.questions import questions
from tests.browser.test_every_page import VARIANTS, faults
from tests.browser.test_forced_colours import FAINT
from tests.browser.visiting import give_a_sign

pytestmark = pytest.mark.browser

QUIZ = "/quizzes/3-core-services/"
EVERY_KIND = "/quizzes/containers-versus-serverless/"
LONG = len(pool(quizzes()["containers-versus-serverless"]))  # at most 20, so that all of them are asked
OF_KIND = {
    kind: max((q for q in questions().values() if q.kind == kind), key=lambda q: len(q.stem + q.code)).id
    for kind in QuizFile.kinds
}


def begin(page: Page, length: int = 10) -> None:
    page.locator(f"input[name=length][value='{length}']").check()
    page.locator("input[name=mix][value=all]").check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(f"**{QUIZ}*/1/")


def kind_of(page: Page) -> str:
    """What kind of question is asked on the page."""
    classes = page.locator("form.card-q .options").get_attribute("class") or ""
    return next(name.removeprefix("of-") for name in classes.split() if name.startswith("of-"))


def fill(page: Page) -> None:
    """Give some answer, whatever the kind, without caring for the certainty."""
    card, kind = page.locator("form.card-q"), kind_of(page)
    if kind in {"number", "text"}:
        card.locator("input[name=answer]").fill("12")
    elif kind in {"match", "order"}:
        for at, field in enumerate(card.locator("select").all(), 1):
            field.select_option(index=at if kind == "order" else 1)
    else:
        card.locator("input[name=answer]").first.check()


def by_keys(page: Page) -> None:
    """The same with keys alone, from the top of the page."""
    keys, kind = page.keyboard, kind_of(page)
    if kind in {"number", "text", "match", "order"}:
        for at, field in enumerate(page.locator("form.card-q :is(select, input[type=text])").all(), 1):
            until(page, field)
            if kind in {"number", "text"}:
                keys.type("12")
            for _ in range({"order": at, "match": 1}.get(kind, 0)):
                keys.press("ArrowDown")
    else:
        keys.press("1")
        expect(page.locator("form.card-q input[name=answer]").first).to_be_checked()
    until(page, page.locator("fieldset.sure"))
    keys.press("2")
    expect(page.get_by_role("radio", name="Fairly sure")).to_be_checked()
    keys.press("Enter")


def until(page: Page, place: Locator) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if place.evaluate("(e) => e.contains(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("The focus never comes there.")


def told(page: Page) -> Locator:
    """The verdict, once it has come and has the focus."""
    verdict = page.get_by_role("status").get_by_role("heading")
    expect(verdict).to_be_focused()
    return verdict


def test_a_quiz_is_taken_to_its_end_by_keyboard_alone(visit):
    page = visit(EVERY_KIND)
    for name in ("length", "mix"):
        until(page, page.locator(f"fieldset:has([name={name}])"))
        page.keyboard.press("ArrowDown")  # of 5, 10 and 20, of new, wrong and all ones: the next
    expect(page.locator("[name=length][value='20']")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=mix][value=all]")).to_be_checked()
    page.keyboard.press("Enter")
    kinds = set()
    for place in range(1, LONG + 1):
        page.wait_for_url(f"**/{place}/")
        give_a_sign(page)
        kinds.add(kind_of(page))
        by_keys(page)
        told(page)
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"of {LONG} right")
    expect(page.get_by_role("row", name="Together")).to_contain_text(f"of {LONG}")
    assert kinds == set(QuizFile.kinds)


def test_a_quiz_is_taken_to_its_end_without_a_script(visit):
    page = visit(QUIZ, js=False)
    begin(page, 5)
    for place in range(1, 6):
        expect(page.get_by_text(f"question {place} of 5")).to_be_visible()
        fill(page)
        page.get_by_role("radio", name="Guessing").check()
        page.get_by_role("button", name="Answer").click()
        expect(page.get_by_role("status")).to_be_visible()
        page.locator(".told-do a.button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("of 5 right")


def test_a_quiz_that_was_left_goes_on_where_it_was(visit):
    page = visit(QUIZ)
    begin(page)
    give_a_sign(page)
    by_keys(page)
    told(page)
    page.get_by_role("link", name="Leave it here").click()
    expect(page.get_by_text("1 of 10 answered")).to_be_visible()
    page.get_by_role("link", name="Go on with it").click()
    page.wait_for_url("**/2/")


def test_the_second_of_two_tabs_is_told_what_the_first_said(visit):
    page = visit(QUIZ)
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        give_a_sign(tab)
        by_keys(tab)
        told(tab)
    expect(page.get_by_text("You had answered this one already.")).to_have_count(0)
    expect(other.get_by_text("You had answered this one already.")).to_be_visible()


def test_half_an_answer_is_asked_for_the_rest_and_keeps_the_focus_in_it(visit):
    page = visit(QUIZ)
    begin(page)
    give_a_sign(page)
    page.locator("form.card-q").evaluate("(form) => { form.noValidate = true; }")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_what_is_due_is_reviewed_and_then_the_day_is_done(visit, site):
    page = answered(visit)
    make_due(site.var / "course.sqlite3", OF_KIND["one"])
    page.goto("/")
    page.get_by_role("link", name="1 question came back today").click()
    page.get_by_role("link", name="Begin").click()
    give_a_sign(page)
    by_keys(page)
    expect(page.get_by_role("status")).to_contain_text("You will see it again")
    told(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is due today.")).to_be_visible()


def answered(visit) -> Page:
    """The page of somebody who has just answered one question."""
    page = visit(f"/quizzes/questions/{OF_KIND['one']}/")
    give_a_sign(page)
    page.keyboard.press("1")
    expect(page.get_by_role("radio").first).to_be_checked()
    page.keyboard.press("Enter")
    told(page)
    return page


def make_due(database, question: str) -> None:
    """Let time pass: every card of a question is long due."""
    with closing(sqlite3.connect(database, timeout=10)) as db, db:
        db.execute("UPDATE lecture_card SET last = '2026-01-01', due = '2026-01-05' WHERE question = ?", [question])


def test_what_was_answered_is_listed_taken_along_and_brought_back(visit, tmp_path):
    page = answered(visit)
    page.goto("/you/")
    expect(page.get_by_text("1 answer, 0 quizzes begun, and 1 card that comes back")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    download.value.save_as(tmp_path / "kept.json")
    other = visit("/you/")
    other.locator("#file").set_input_files(tmp_path / "kept.json")
    other.get_by_role("button", name="Import the file").click()
    expect(other.get_by_text("1 answer, 0 quizzes begun, and 1 card that comes back")).to_be_visible()
    expect(other.get_by_role("table", name="Quizzes, by part")).to_be_visible()


@pytest.mark.parametrize("kind", QuizFile.kinds)
def test_every_kind_is_asked_and_told_accessibly(visit, kind):
    page = visit(f"/quizzes/questions/{OF_KIND[kind]}/")
    found = looked_at(page, "asked")
    fill(page)
    page.get_by_role("button", name="Answer").click()
    told(page)
    found += looked_at(page, "told")
    assert not found, "\n".join(found)


def looked_at(page: Page, when: str) -> list[str]:
    """What is wrong with a page, by day and night, narrow and wide, and with forced colours."""
    give_a_sign(page)
    found = []
    for theme, width in VARIANTS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{when}, {theme}, {width}: {fault}" for fault in faults(page)]
        page.emulate_media(color_scheme=theme, forced_colors="active")
        found += [f"{when}, {theme}, forced: {fault}" for fault in page.evaluate(FAINT)]
        page.emulate_media(forced_colors="none")
    return found
