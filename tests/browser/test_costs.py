"""The cost tools in a browser: sliders, numbers and ticks work by keyboard and without a script, and are accessible."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.visiting import give_a_sign

pytestmark = pytest.mark.browser

BILL, EVEN, TRAPS = "/costs/bill/", "/costs/break-even/", "/costs/traps/"


def open_live(visit, path: str) -> Page:
    page = visit(path)
    give_a_sign(page)
    page.evaluate("() => { window.stayed = true; }")
    return page


# accessible


@pytest.mark.full
@pytest.mark.parametrize("path", ["/costs/", EVEN, TRAPS])
def test_each_page_is_accessible(visit, path):
    assert not (found := faults(visit(path))), "\n".join(found)


def test_the_bill_is_accessible(visit):
    assert not (found := faults(visit(BILL))), "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (f"{BILL}?api=abc&region=mars&count=kitchen", 400),
        (f"{EVEN}?at-once=4&ms=NaN", 400),
        (f"{EVEN}?work=computing&a-day=1000000000", 0),
    ],
)
def test_what_is_wrong_and_what_is_much_is_accessible_too(visit, path, allowed):
    assert not (found := faults(visit(path, allowed=allowed))), "\n".join(found)


# with a script


def test_typing_a_number_changes_the_bill_and_the_address_without_a_reload(visit):
    page = open_live(visit, BILL)
    field = page.get_by_label("API", exact=True)
    field.fill("3")
    expect(page.locator("#said")).to_contain_text("$80.84")
    expect(page.get_by_role("slider", name="API, slider")).to_have_value("3")
    page.wait_for_url(f"**{BILL}?api=3")
    expect(field).to_be_focused()
    assert page.evaluate("() => window.stayed")


def test_a_slider_moves_by_keyboard_and_takes_its_number_along(visit):
    page = open_live(visit, EVEN)
    slider = page.get_by_role("slider", name="One call takes, slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("One call takes", exact=True)).to_have_value("500")
    expect(slider).to_have_attribute("aria-valuetext", "500 ms")
    expect(page.locator("#said")).to_contain_text("67,836 calls a day")
    page.wait_for_url(f"**{EVEN}?ms=500")
    expect(slider).to_be_focused()


def test_a_line_is_ticked_by_keyboard_and_the_focus_stays_on_it(visit):
    page = open_live(visit, BILL)
    box = page.get_by_role("checkbox", name="NAT gateway")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_contain_text("$99.32")
    expect(page.get_by_role("checkbox", name="NAT gateway")).to_be_focused()
    expect(page.get_by_role("checkbox", name="NAT gateway")).to_be_checked()


def test_a_wrong_number_is_told_beside_its_field_and_gone_once_it_is_mended(visit):
    page = open_live(visit, BILL)
    field = page.get_by_label("Database storage", exact=True)
    field.fill("5")
    told = page.locator("#e-db-gb")
    expect(told).to_contain_text("5 is too small to make sense here.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#said")).to_contain_text("One answer to mend.")
    field.fill("50")
    expect(told).to_be_empty()
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_one_trap_changes_and_the_others_stay(visit):
    page = open_live(visit, TRAPS)
    page.get_by_role("spinbutton", name="Downloads").fill("10240")
    expect(page.locator("#out-egress .verdict")).to_contain_text("$912.60 from the bucket")
    expect(page.locator("#out-forgotten .verdict")).to_contain_text("$35.65")
    page.wait_for_url(f"**{TRAPS}?egress-gb=10240")


# without


def test_sliders_numbers_and_ticks_work_without_a_script(visit):
    page = visit(BILL, js=False)
    page.get_by_role("slider", name="API, slider").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("checkbox", name="Two secrets").check()
    page.get_by_role("button", name="Work it out").click()
    page.wait_for_url("**/costs/bill/?*")
    assert "from" not in page.url
    expect(page.get_by_label("API", exact=True)).to_have_value("2")
    expect(page.get_by_role("checkbox", name="Two secrets")).to_be_checked()
    expect(page.locator(".sum .lit dd")).to_contain_text("$72.63")


def test_the_break_even_works_without_a_script(visit):
    page = visit(EVEN, js=False)
    page.get_by_label("One call takes", exact=True).fill("10")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator(".answer .big")).to_contain_text("1,045,481")
    page.get_by_role("link", name="One balancer, London").click()
    expect(page.locator(".answer .big")).to_contain_text("182,507")


def test_a_card_of_a_section_opens_the_tool_filled_in(visit):
    page = visit("/parts/5-costs-and-serverless/4-when-serverless-fits/", js=False)
    page.get_by_role("link", name="Move the milliseconds yourself").click()
    expect(page.get_by_label("One call takes", exact=True)).to_have_value("10")
