"""What is kept about a reader: nothing at first, then what was read, until it is taken back."""

import re

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.visiting import FIRST, Visitor, come_to_the_questions, give_a_sign, launch, read_to_the_end

pytestmark = pytest.mark.browser

SECOND = "/parts/1-the-problem/2-three-problems/"
LONG_ENOUGH = 1500  # milliseconds in which a section at its end would be marked


@pytest.mark.parametrize("path", ["/", FIRST, "/search/?q=laptop", "/glossary/"])
def test_a_first_view_leaves_no_cookie_and_nothing_in_the_browser(visit, path):
    page = visit(path)
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    assert page.evaluate("() => localStorage.length") == 0


def test_scrolling_without_reaching_the_end_keeps_nothing(visit):
    page = visit(FIRST)
    page.evaluate("() => scrollTo(0, 2000)")
    give_a_sign(page)
    expect(page.locator(".finish")).to_contain_text("Mark 1.1 as read")
    assert names(page) == set()


def test_a_section_read_to_its_end_is_marked(visit):
    page = visit(FIRST)
    read_to_the_end(page)
    expect(page.locator(".finish")).to_contain_text("1.1 is read.")
    assert {"learner", "kept"} <= names(page)


def test_home_then_goes_on_with_the_next_section(visit):
    page = visit(FIRST)
    read_to_the_end(page)
    page.goto("/")
    expect(page.get_by_role("link", name="Continue with 1.2")).to_be_visible()
    expect(page.locator("#path")).to_contain_text(re.compile(r"1 of \d+ sections read\."))


def test_stones_follow_what_is_read(visit):
    page = visit("/", kept=True)
    stones = page.locator("#path li:not(.scale) .stones").first
    expect(stones.locator(".read")).to_have_count(1)
    expect(stones.locator(".now")).to_have_count(1)
    expect(stones).to_have_attribute("aria-label", re.compile(r"1 of \d+ sections read"))


def test_plates_follow_what_is_read(visit):
    page = visit(SECOND, kept=True)
    plates = page.locator("#part-nav li a")
    expect(plates.nth(0)).to_contain_text("(read)")
    expect(plates.nth(1)).to_have_attribute("aria-current", "page")
    expect(plates.nth(2)).not_to_contain_text("(read)")


def test_plates_follow_at_once_when_the_end_is_reached(visit):
    page = visit(SECOND, kept=True)
    read_to_the_end(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/3-what-the-cloud-is/")
    expect(page.locator("#part-nav .done")).to_have_count(2)


def test_a_learner_who_comes_back_is_greeted_without_a_sign_of_reading(visit):
    page = visit("/", kept=True)
    expect(page.get_by_role("link", name="Continue with 1.2")).to_be_visible()


def test_going_back_to_the_home_page_shows_what_was_read_since(site, browser):
    with launch(browser.browser_type, ignore_default_args=["--disable-back-forward-cache"]) as remembering:
        visitor = Visitor(remembering, site.url)
        page = visitor("/")
        page.get_by_role("link", name="Start with 1.1").click()
        read_to_the_end(page)
        page.evaluate("() => history.back()")  # go_back() would wait for a load, and the page is only thawed
        expect(page.get_by_role("link", name="Continue with 1.2")).to_be_visible()
        visitor.leave()


def test_mark_as_unread_takes_it_back_and_keeps_the_focus(visit):
    page = visit(FIRST)
    read_to_the_end(page)
    page.get_by_role("button", name="Mark as unread").press("Enter")
    expect(page.locator(".finish")).to_contain_text("1.1 is not read yet.")
    expect(page.get_by_role("button", name="Mark as read")).to_be_focused()
    page.goto("/")
    expect(page.get_by_role("link", name="Start with 1.1")).to_be_visible()


def test_what_was_taken_back_stays_back_while_one_scrolls_on(visit):
    page = visit(FIRST)
    take_back(page)
    page.evaluate("() => scrollTo(0, 0)")
    stays_unread(page)


def test_what_was_taken_back_stays_back_after_a_reload(visit):
    page = visit(FIRST)
    take_back(page)
    page.reload()  # the browser scrolls to where one was: the end
    stays_unread(page)


def test_the_page_about_progress_waits_for_a_press(visit):
    page = visit(f"{SECOND}progress/", kept=True)
    expect(page.get_by_role("button", name="Mark as read")).to_be_in_viewport()
    with pytest.raises(TooLate):
        page.wait_for_event("request", lambda request: request.method == "POST", timeout=LONG_ENOUGH)


def test_the_page_about_progress_marks_by_its_button(visit):
    page = visit(f"{SECOND}progress/")
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("1.2 is read.")).to_be_visible()
    page.get_by_role("button", name="Mark as unread").click()
    expect(page.get_by_text("1.2 is not read yet.")).to_be_visible()


def test_what_is_kept_is_listed_on_one_page(visit):
    page = visit("/you/", kept=True)
    expect(page.get_by_role("row", name="1.1 Your compose file, in production")).to_be_visible()


def test_deleting_leaves_nothing_behind(visit):
    page = visit("/you/", kept=True)
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing about you is kept any more.")
    # the form for bringing a file back guards itself, and /about/privacy/ says so
    assert names(page) <= {"csrf"}
    page.goto("/")
    give_a_sign(page)
    expect(page.get_by_role("link", name="Start with 1.1")).to_be_visible()


def test_reading_on_after_deleting_begins_anew(visit):
    page = visit("/you/", kept=True)
    page.get_by_role("button", name="Delete everything").click()
    page.goto(SECOND)
    read_to_the_end(page)
    page.goto("/you/")
    expect(page.get_by_role("row")).to_have_count(2)  # the head, and 1.2


def test_what_was_downloaded_comes_back_in_another_browser(visit, tmp_path):
    page = visit("/you/", kept=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    other = visit("/you/")
    other.locator("#file").set_input_files(file)
    other.get_by_role("button", name="Import the file").click()
    expect(other.get_by_role("status")).to_contain_text("Imported.")
    other.goto("/")
    expect(other.get_by_role("link", name="Continue with 1.2")).to_be_visible()


def names(page: Page) -> set[str]:
    """The cookies that the browser holds."""
    return {cookie["name"] for cookie in page.context.cookies()}


def take_back(page: Page) -> None:
    """Read to the end, then say that it is not read."""
    read_to_the_end(page)
    page.get_by_role("button", name="Mark as unread").click()
    expect(page.locator(".finish")).to_contain_text("is not read yet.")


def stays_unread(page: Page) -> None:
    """At the end of the section, time passes and nothing is marked."""
    come_to_the_questions(page)
    page.locator(".finish").scroll_into_view_if_needed()
    with pytest.raises(TooLate):
        page.wait_for_event("request", lambda request: request.method == "POST", timeout=LONG_ENOUGH)
    expect(page.locator(".finish")).to_contain_text("is not read yet.")
