"""Reading with a script: where one is, the keys, the light, the small buttons."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.serving import ROOT
from tests.browser.visiting import FIRST

pytestmark = pytest.mark.browser

SECOND = "/parts/1-the-problem/2-three-problems/"
LAST = "/parts/1-the-problem/4-four-homes/"
# the light at the moment when there is first something to paint
NOTE_THE_LIGHT = """new MutationObserver((_, observer) => {
    if (!document.body) return;
    window.lightAtFirst = document.documentElement.dataset.theme ?? "none";
    observer.disconnect();
}).observe(document, { childList: true, subtree: true })"""


@pytest.mark.parametrize("path", [FIRST, SECOND, LAST])
def test_the_heading_that_one_goes_to_is_lit_in_on_this_page(visit, path):
    page = visit(path)
    for link in page.locator(".toc a").all():
        link.click()
        expect(link, f"after a click on {link.inner_text()}").to_have_attribute("aria-current", "true")
        expect(page.locator(".toc [aria-current]")).to_have_count(1)


def test_the_heading_that_is_being_read_is_lit_while_scrolling(visit):
    page = visit(SECOND)
    scalability = page.locator(".toc a", has_text="Scalability")
    page.locator("h2", has_text="Scalability").evaluate("(e) => scrollTo(0, e.offsetTop + 200)")
    expect(scalability).to_have_attribute("aria-current", "true")
    page.evaluate("() => scrollTo(0, 0)")
    expect(scalability).not_to_have_attribute("aria-current", "true")


def test_arrow_keys_turn_the_page(visit):
    page = visit(FIRST)
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{SECOND}")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{FIRST}")


def test_arrow_keys_scroll_code_that_has_the_focus(visit):
    page = visit(FIRST, width=320)
    code = page.locator(".code pre").first
    code.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(e) => e.scrollLeft > 0", arg=code.element_handle())
    assert page.url.endswith(FIRST)


def test_slash_goes_to_the_search_and_its_field(visit):
    page = visit("/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.locator("#q")).to_be_focused()


def test_slash_on_the_search_page_focuses_its_field(visit):
    page = visit("/search/?q=laptop")
    page.locator(".hits a").first.focus()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("laptop")


def test_a_question_mark_opens_the_list_of_keys_and_esc_closes_it(visit):
    page = visit("/")
    start = page.locator(".hero .button").first
    start.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    assert page.evaluate("() => document.activeElement.closest('dialog') !== null")
    assert not violations(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(start).to_be_focused()
    page.keyboard.press("?")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_the_list_of_keys_is_not_doubled_on_its_own_page(visit):
    page = visit("/about/keys/")
    page.keyboard.press("?")
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")  # so the key before it has done its work
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert sorted(ids) == sorted(set(ids))


def test_keys_that_are_switched_off_stay_off(visit):
    page = visit(FIRST)
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_role("checkbox", name="Shortcuts are on").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("t")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("?")
    page.get_by_role("link", name="Keyboard shortcuts").click()  # were a key at work, this would come too late
    switch = page.get_by_role("checkbox", name="Shortcuts are on")
    expect(switch).not_to_be_checked()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "light")
    assert page.evaluate("() => document.referrer").endswith(FIRST)
    switch.check()
    page.keyboard.press("Tab")
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_t_changes_the_light_from_the_system_to_day_to_night_and_back(visit):
    page = visit("/")
    root = page.locator("html")
    for light in ("light", "dark"):
        page.keyboard.press("t")
        expect(root).to_have_attribute("data-theme", light)
        expect(page.locator(f"#theme input[value={light}]")).to_be_checked()
    page.keyboard.press("t")
    expect(page.locator("#theme input[value=system]")).to_be_checked()
    assert root.get_attribute("data-theme") is None


def test_a_chosen_light_is_there_before_the_first_paint_of_the_next_page(visit):
    page = visit("/")
    page.get_by_role("radio", name="Night").check()
    paper = "() => getComputedStyle(document.body).backgroundColor"
    night = page.evaluate(paper)
    page.context.add_init_script(NOTE_THE_LIGHT)
    page.goto(FIRST)
    assert page.evaluate("() => window.lightAtFirst") == "dark"
    assert page.evaluate(paper) == night
    expect(page.get_by_role("radio", name="Night")).to_be_checked()


def test_as_the_system_takes_the_choice_back(visit):
    page = visit("/", theme="dark")
    page.get_by_role("radio", name="Day").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("radio", name="As the system").check()
    assert page.locator("html").get_attribute("data-theme") is None
    assert page.evaluate("() => localStorage.length") == 0
    page.reload()
    assert page.locator("html").get_attribute("data-theme") is None


def test_forget_both_takes_the_light_and_the_keys_back(visit):
    page = visit("/you/")
    page.get_by_role("radio", name="Night").check()
    page.get_by_role("button", name="Forget both").click()
    expect(page.get_by_role("button", name="Forgotten")).to_be_disabled()
    assert page.evaluate("() => localStorage.length") == 0
    assert page.locator("html").get_attribute("data-theme") is None
    expect(page.get_by_role("radio", name="As the system")).to_be_checked()


def test_copy_writes_the_code_to_the_clipboard_and_says_so(visit):
    page = visit(FIRST)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    compose = (ROOT / "content" / "compose" / "capstone.yaml").read_text().rstrip()
    assert page.evaluate("() => navigator.clipboard.readText()") == compose


def test_copy_selects_the_code_where_the_clipboard_is_forbidden(visit):
    page = visit(FIRST)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Press Ctrl C")).to_be_visible()
    assert "services:" in page.evaluate("() => getSelection().toString()")


def test_the_first_tab_leads_past_the_navigation(visit):
    page = visit(FIRST)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_a_permalink_sets_the_address(visit):
    page = visit(SECOND)
    heading = page.locator("h2", has_text="Scalability")
    heading.get_by_role("link").click()
    page.wait_for_url(f"**{SECOND}#{heading.get_attribute('id')}")
    expect(heading).to_be_in_viewport()


def test_an_answer_is_hidden_until_one_asks_for_it(visit):
    page = visit(FIRST)
    answer = page.locator("#tokyo .answer")
    expect(answer).to_be_hidden()
    page.locator("#tokyo summary").focus()
    page.keyboard.press("Enter")
    expect(answer).to_be_visible()


@pytest.mark.parametrize("reduced_motion", ["reduce", "no-preference"])
def test_nothing_moves_where_less_motion_is_wished(visit, reduced_motion):
    page = visit(FIRST, reduced_motion=reduced_motion)
    assert moving(page) == (0 if reduced_motion == "reduce" else 1)


def moving(page: Page) -> int:
    """How many kinds of element have a transition or an animation."""
    return int(
        page.evaluate("""() => new Set([...document.querySelectorAll("*")]
            .filter((e) => { const s = getComputedStyle(e);
                return s.transitionDuration !== "0s" || s.animationName !== "none"; })
            .map((e) => e.closest("summary, button, a")?.tagName ?? e.tagName)).size""")
    )
