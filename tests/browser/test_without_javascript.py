"""Everything without a script: links and forms alone."""

import pytest
from playwright.sync_api import Page, expect

from lecture.quizzes.questions import questions
from tests.browser.visiting import FIRST

pytestmark = pytest.mark.browser

QUESTION = questions()["p1.hostnames"]


@pytest.fixture
def plain(visit):
    def open_page(path: str, **how) -> Page:
        return visit(path, js=False, **how)

    return open_page


def test_a_section_is_there_to_read(plain):
    page = plain(FIRST)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your compose file, in production")
    page.locator("#tokyo summary").click()
    expect(page.locator("#tokyo .answer")).to_be_visible()
    page.get_by_role("link", name="1.2 Next").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Three problems")


def test_a_wrong_answer_is_told_by_form(plain):
    page = plain(FIRST)
    page.get_by_role("link", name="Answer question 1").click()
    wrong = next(option for option in QUESTION.option if not option.right)
    page.locator(f"input[value={wrong.id}]").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("status")).to_contain_text("Not quite")
    page.get_by_role("button", name="Ask me again").click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_role("link", name="Back to the section").click()
    page.wait_for_url(f"**{FIRST}#check")


def test_a_right_answer_is_told_by_form(plain):
    page = plain(f"/quizzes/questions/{QUESTION.id}/")
    page.locator(f"input[value={QUESTION.answer.id}]").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("status")).to_contain_text("Right")
    expect(page.locator(".verdict")).to_have_text(["Your answer, and right"])


def test_an_answer_is_not_in_the_page_before_one_gives_one(plain):
    page = plain(f"/quizzes/questions/{QUESTION.id}/")
    assert QUESTION.why[:30] not in page.content()
    assert "right" not in (page.locator("form.card-q").get_attribute("class") or "")


def test_a_section_is_marked_on_its_own_page(plain):
    page = plain(FIRST)
    page.get_by_role("link", name="Mark 1.1 as read").click()
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("1.1 is read.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1.1 is read.")).to_be_visible()
    page.get_by_role("button", name="Mark as unread").click()
    expect(page.get_by_text("1.1 is not read yet.")).to_be_visible()
    page.get_by_role("link", name="Back to 1.1").click()
    page.wait_for_url(f"**{FIRST}")


def test_the_search_works_by_form(plain):
    page = plain("/")
    page.get_by_role("link", name="Search", exact=True).first.click()
    page.get_by_role("searchbox").fill("laptop")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=laptop")
    expect(page.get_by_role("status")).to_contain_text("places for laptop")
    expect(page.locator(".hits mark").first).to_be_visible()
    page.locator(".hits a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_is_kept_is_taken_along_deleted_and_brought_back(plain, tmp_path):
    page = plain("/you/", kept=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("status")).to_contain_text("Deleted.")
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Import the file").click()
    expect(page.get_by_role("status")).to_contain_text("Imported.")
    expect(page.get_by_role("row", name="1.1 Your compose file")).to_be_visible()


def test_a_file_that_is_not_ours_is_refused_with_a_reason(plain, tmp_path):
    page = plain("/you/", allowed=400)
    file = tmp_path / "holiday.json"
    file.write_text("[]")
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Import the file").click()
    expect(page.get_by_role("alert")).to_contain_text("not an export of this course")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed.")


@pytest.mark.parametrize("path", ["/", FIRST, "/you/", "/about/keys/", "/print/"])
def test_nothing_is_shown_that_would_do_nothing(plain, path):
    page = plain(path)
    for control in ("#theme", "[data-copy]", "[data-print]", "[data-forget]", "#keys-on"):
        for found in page.locator(control).all():
            expect(found).to_be_hidden()


def test_the_light_follows_the_system(plain):
    paper = "() => getComputedStyle(document.body).backgroundColor"
    assert plain("/", theme="light").evaluate(paper) != plain("/", theme="dark").evaluate(paper)
