"""The questions at the end of a section: fetched when one comes to them, answered in place, by keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from lecture.quizzes.questions import questions
from tests.bench.test_weight import WATCH, jumped, turn_the_wheel
from tests.browser.visiting import FIRST, give_a_sign

pytestmark = pytest.mark.browser

QUESTION = questions()["p1.hostnames"]
SHIFTED = ["/parts/3-core-services/4-networking/", "/parts/4-real-decisions/2-managed-or-self-hosted/"]
WRONG = next(option for option in QUESTION.option if not option.right)


@pytest.fixture
def page(visit) -> Page:
    opened = visit(FIRST)
    give_a_sign(opened)
    return opened


@pytest.fixture
def check(page) -> Locator:
    found = page.get_by_role("region", name="Question 1")
    found.scroll_into_view_if_needed()
    expect(found.get_by_role("radio")).to_have_count(len(QUESTION.option))
    return found


def test_a_question_can_be_read_before_it_is_fetched(visit):
    page = visit(FIRST, js=False)
    check = page.get_by_role("region", name="Question 1")
    for option in QUESTION.option:
        expect(check).to_contain_text(option.text.replace("`", ""))
    expect(check.get_by_role("radio")).to_have_count(0)
    expect(check).not_to_contain_text(QUESTION.why.replace("`", "")[:20])


def test_a_question_is_fetched_when_one_comes_to_it(page):
    check = page.get_by_role("region", name="Question 1")
    expect(check.get_by_role("link", name="Answer question 1")).to_have_count(1)
    with page.expect_response(f"**/quizzes/questions/{QUESTION.id}/"):
        check.scroll_into_view_if_needed()
    expect(check.get_by_role("radio")).to_have_count(len(QUESTION.option))


def test_a_question_that_is_fetched_does_not_take_the_focus(page, check):
    assert page.evaluate("() => document.activeElement === document.body")


def test_a_wrong_answer_names_the_idea_behind_it(page, check):
    answer(page, check, WRONG.id)
    expect(check.get_by_role("status")).to_contain_text("Not quite")
    expect(check.get_by_role("status")).to_contain_text("The idea behind your answer")
    expect(check.locator(".option.wrong .verdict")).to_have_text("Your answer")
    expect(check.locator(".option.right .verdict")).to_have_text("The answer")


def test_a_right_answer_says_so(page, check):
    answer(page, check, QUESTION.answer.id)
    expect(check.get_by_role("status")).to_contain_text("Right")
    expect(check.locator(".verdict")).to_have_text(["Your answer, and right"])


@pytest.mark.parametrize("option", [WRONG.id, QUESTION.answer.id])
def test_the_focus_goes_to_what_is_told_and_that_is_in_view(page, check, option):
    answer(page, check, option)
    assert page.evaluate("() => !document.activeElement.matches('button, input')")
    expect(check.get_by_role("status").get_by_role("heading")).to_be_in_viewport()


def test_the_page_and_its_address_stay(page, check):
    page.evaluate("() => { window.stayed = true; }")
    answer(page, check, WRONG.id)
    expect(check.get_by_role("status")).to_be_visible()
    assert page.evaluate("() => window.stayed")
    assert page.url.endswith(FIRST)


def test_a_digit_chooses_and_enter_sends(page, check):
    check.get_by_role("radio").first.focus()
    page.keyboard.press("2")
    expect(check.get_by_role("radio").nth(1)).to_be_checked()
    expect(check.get_by_role("radio").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(check.get_by_role("status").get_by_role("heading")).to_be_focused()


def test_digits_of_who_switched_shortcuts_off_do_nothing(page, check):
    page.evaluate("() => localStorage.setItem('keys', 'off')")
    check.get_by_role("radio").first.focus()
    page.keyboard.press("2")
    expect(check.get_by_role("radio", checked=True)).to_have_count(0)


def test_the_verdict_is_heard(page, check):
    answer(page, check, WRONG.id)
    heard = check.get_by_role("status")
    expect(heard.get_by_role("heading", name="Not quite, and worth knowing why")).to_be_focused()
    expect(heard).to_contain_text(QUESTION.why.replace("`", "")[:20])


def test_whoever_waits_on_the_link_keeps_the_place(visit):
    page = visit(FIRST)
    page.get_by_role("link", name="Answer question 1").focus()  # which is the sign at which htmx comes
    check = page.get_by_role("region", name="Question 1")
    expect(check.get_by_role("radio")).to_have_count(len(QUESTION.option))
    has_the_focus(check)


def test_questions_that_are_fetched_together_can_all_be_answered(visit):
    """Each form carries a token that belongs to the one cookie: they come one after the other."""
    page = visit(FIRST, height=4000)
    page.evaluate("() => document.querySelector('#check').scrollIntoView()")
    give_a_sign(page)
    for number in (1, 2):
        check = page.get_by_role("region", name=f"Question {number}")
        check.get_by_role("radio").first.check()
        check.get_by_role("button", name="Answer").click()
        expect(check.get_by_role("status")).to_be_visible()
    page.get_by_role("button", name="Mark as unread").click()
    expect(page.locator(".finish")).to_contain_text("is not read yet.")


@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.full)])
@pytest.mark.parametrize("path", [SHIFTED[0], *(pytest.param(path, marks=pytest.mark.full) for path in SHIFTED[1:])])
def test_questions_that_come_move_nothing(visit, path, width):
    page = visit(path, width)
    page.evaluate(WATCH)
    turn_the_wheel(page)
    assert page.locator("section.check form").count() > 0
    assert jumped(page) < 0.01


def test_ask_me_again_asks_again_and_keeps_the_focus_in_the_question(page, check):
    answer(page, check, WRONG.id)
    for _ in range(1 + check.get_by_role("link").count()):  # what explains it, then the button
        page.keyboard.press("Tab")
    expect(check.get_by_role("button", name="Ask me again")).to_be_focused()
    page.keyboard.press("Enter")
    expect(check.get_by_role("radio")).to_have_count(len(QUESTION.option))
    expect(check.get_by_role("radio", checked=True)).to_have_count(0)
    has_the_focus(check)


def test_no_answer_chosen_is_no_answer(page, check):
    check.get_by_role("button", name="Answer").press("Enter")
    assert check.get_by_role("radio").first.evaluate("(e) => e.matches(':invalid')")
    expect(check.get_by_role("status")).to_have_count(0)


def test_the_other_questions_stay_as_they_are(page, check):
    second = page.get_by_role("region", name="Question 2")
    second.scroll_into_view_if_needed()
    second.get_by_role("radio").first.check()
    answer(page, check, WRONG.id)
    expect(check.get_by_role("status")).to_be_visible()
    expect(second.get_by_role("radio").first).to_be_checked()


def answer(page: Page, check: Locator, option: str) -> None:
    """Choose an option and send it, with keys alone."""
    order = check.get_by_role("radio").evaluate_all("(all) => all.map((e) => e.value)")
    check.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range(order.index(option)):
        page.keyboard.press("ArrowDown")
    expect(check.locator(f"input[value={option}]")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(check.get_by_role("button", name="Ask me again")).to_be_visible()
    has_the_focus(check)


def has_the_focus(check: Locator) -> None:
    """Wait until the focus is somewhere in the question."""
    check.page.wait_for_function("(e) => e.contains(document.activeElement)", arg=check.element_handle(), timeout=3000)
