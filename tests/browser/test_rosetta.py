"""Looking a name up while one types, with a mouse, with keys alone, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations

pytestmark = pytest.mark.browser

VARIANTS = [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)]


def test_typing_answers_without_a_reload_and_the_address_follows(visit):
    page = visit("/rosetta/")
    page.evaluate("() => { window.stayed = true; }")
    expect(page.locator("#q")).to_be_focused()
    page.locator("#q").press_sequentially("azure ad")
    expect(page.locator("#best")).to_have_text(
        "Permissions on resources", timeout=15_000
    )  # htmx comes with the first key
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^3 concepts for azure ad, the first is Permissions"))
    page.wait_for_url("**/rosetta/?q=azure+ad")
    assert page.evaluate("() => window.stayed")
    page.locator("#q").fill("")
    page.wait_for_url("**/rosetta/")
    expect(page.locator(".names tbody tr:not(.group)")).to_have_count(66)


def test_a_choice_answers_at_once(visit):
    page = visit("/rosetta/?q=redis")
    page.get_by_label("I know").select_option("gcp")
    page.get_by_label("show me").select_option("azure")
    page.wait_for_url("**/rosetta/?q=redis&from=gcp&to=azure")
    expect(page.locator("article .slab dt")).to_have_text(
        [re.compile(name) for name in ("Google", "Azure", "AWS", "At home")]
    )
    page.get_by_label("show me").select_option("gcp")
    expect(page.locator("#refused")).to_contain_text("You know Google Cloud already.")
    page.get_by_label("Network").check()
    expect(page.get_by_role("status")).to_have_text(re.compile("^2 concepts for redis"))


def test_from_the_field_to_a_concept_and_its_neighbour_with_keys_alone(visit):
    page = visit("/rosetta/")
    page.keyboard.type("memorystore")
    expect(page.locator("#best")).to_have_text("Managed Redis/Valkey")
    page.locator("#best a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rosetta/managed-redis/")
    page.get_by_role("link", name="Message queue").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Message queue")


def test_the_table_goes_to_the_clipboard(visit):
    page = visit("/rosetta/?view=lecture")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Copy as Markdown").click()
    expect(page.locator("[data-copy-text]")).to_have_text("Copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("| Concept | AWS | Google Cloud | Azure | At home |")


def test_a_look_up_without_a_script(visit):
    page = visit("/rosetta/", js=False, allowed=404)  # the text has no icon, and the browser asks for one
    page.locator("#q").fill("postgress")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_role("status")).to_contain_text("Perhaps you mean postgres: Managed PostgreSQL")
    page.get_by_role("link", name="Copy as Markdown").click()
    expect(page.locator("body")).to_contain_text("| Managed PostgreSQL | RDS for PostgreSQL |")


@pytest.mark.parametrize(
    "address", ["/rosetta/?q=redis&from=aws&to=azure", "/rosetta/?q=zzzz&from=ibm", "/rosetta/cdn/"]
)
def test_by_day_and_by_night_wide_and_narrow(visit, address):
    page = visit(address)
    page.evaluate("() => { for (const details of document.querySelectorAll('details')) details.open = true; }")
    found = []
    for theme, width in VARIANTS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        found += [f"{theme}, {width}: {fault}" for fault in violations(page) + [f"{wide} px too wide"] * (wide > 0)]
    assert not found, "\n".join(found)
