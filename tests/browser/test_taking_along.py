"""Questions to take along: the page of downloads, and a quiz on paper with its key."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults

pytestmark = pytest.mark.browser

PAPER = "/quizzes/containers-versus-serverless/paper/"  # a question of each kind
PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("address", ["/quizzes/export/", f"{PAPER}?key=with"])
def test_it_is_accessible_by_day_and_night_and_at_both_widths(visit, address):
    assert not (found := faults(visit(address))), "\n".join(found)


def test_a_file_comes_with_a_click(visit):
    page = visit("/quizzes/export/")
    with page.expect_download() as caught:
        page.get_by_role("link", name="QTI 2.1 of The problem", exact=True).click()
    assert caught.value.suggested_filename == "cloud-fundamentals-1-the-problem.qti.zip"


def test_the_key_begins_a_page_of_its_own(visit):
    pages = [len(PAGE.findall(visit(f"{PAPER}{query}").pdf())) for query in ("", "?key=only", "?key=with")]
    assert pages[0] > 3
    assert pages[2] == pages[0] + pages[1]


def test_what_is_for_the_screen_stays_off_the_paper(visit):
    page = visit(f"{PAPER}?key=with")
    page.emulate_media(media="print")
    for part in page.locator(".site-head, .site-foot, [data-print], .no-print").all():
        expect(part).to_be_hidden()
    expect(page.locator(".sheet")).to_have_count(12)
    expect(page.locator(".key li")).to_have_count(12)
