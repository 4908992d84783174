"""Forced colours (Windows' contrast themes): nothing that was visible disappears.

Computed colours tell about text. Of drawings and controls they do not say what is painted, so there a
thing counts as visible when the picture changes once it is hidden.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from lecture.course.addresses import addresses
from tests.browser.painted import changes, seen
from tests.browser.visiting import give_a_sign

pytestmark = pytest.mark.browser

SECTION = "/parts/1-the-problem/4-four-homes/"
QUESTION = "/quizzes/questions/p1.nines/"
FIGURES = [f"/parts/1-the-problem/{name}/" for name in ("2-three-problems", "3-what-the-cloud-is", "4-four-homes")]
ROWS = [address for address in addresses() if address.startswith("/rosetta/") and address != "/rosetta/"]
SAME = {"/print/", *ROWS[1:]}  # the same once more: everything on one page, one template for many rows
TALL = 1800  # pixels: only what is in the window can be seen, and a drawing for a phone is long
FAINT = """() => {
    const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = (colour) => rgb(colour).slice(0, 3).map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (element) => {
        for (let e = element; e; e = e.parentElement) {
            const colour = getComputedStyle(e).backgroundColor;
            if (rgb(colour)[3] !== 0) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || element.closest("svg, script") || !element.checkVisibility()) continue;
        const colours = [getComputedStyle(element).color, behind(element)];
        if (ratio(...colours) < 4.5) found.push(`${node.data.trim().slice(0, 40)}: ${colours.join(" on ")}`);
    }
    return found;
}"""


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.full)])
def theme(request):
    return request.param


@pytest.mark.parametrize("path", ["/", SECTION, QUESTION, "/quizzes/", "/review/", "/you/"])
def test_all_text_can_be_read(visit, path, theme):
    page = visit(path, theme=theme, forced_colors="active")
    assert not (found := page.evaluate(FAINT)), "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize("path", ["/", SECTION])
def test_all_text_can_be_read_by_who_chose_the_other_light(visit, path, theme):
    page = visit(path, theme=theme, forced_colors="active")
    choose(page, "dark" if theme == "light" else "light")
    assert not (found := page.evaluate(FAINT)), "\n".join(found)


@pytest.mark.parametrize(
    ("path", "control"),
    [
        ("/", ".hero .button"),
        (QUESTION, ".option"),
        (QUESTION, ".button"),
        (SECTION, ".ask summary"),
        ("/you/", "#file"),
    ],
)
def test_controls_keep_a_border(visit, path, control, theme):
    control = visit(path, theme=theme, forced_colors="active").locator(control).first
    border, behind = control.evaluate("""(e) => [getComputedStyle(e).borderTopColor,
        getComputedStyle(e.parentElement.closest('body')).backgroundColor]""")
    assert border != behind
    assert float(control.evaluate("(e) => parseFloat(getComputedStyle(e).borderTopWidth)")) >= 1


CHECK = "(e) => { e.querySelector('input').checked = true; }"


def test_a_chosen_answer_can_be_told_from_the_others(visit, theme):
    page = visit(QUESTION, theme=theme, forced_colors="active")
    assert changes(page, page.locator(".option").first, CHECK)


def test_the_light_switch_shows_what_is_chosen(visit, theme):
    page = visit("/", theme=theme, forced_colors="active")
    assert changes(page, page.locator("#theme label").first, CHECK)


def test_the_path_shows_which_sections_are_read(visit, theme):
    page = visit("/", theme=theme, forced_colors="active", kept=True)
    give_a_sign(page)
    stones = page.locator("#path li:not(.scale) .stones").first
    expect(stones.locator(".read")).to_have_count(1)
    assert changes(page, stones, "(e) => e.querySelector('.read').setAttribute('class', 'ahead')")


@pytest.mark.parametrize("kind", ["parents", "empty", "furnished", "hotel"])
def test_the_homes_of_the_street_keep_their_windows(visit, kind, theme):
    page = visit("/", theme=theme)
    assert not (found := lost(page, page.locator(f".street .{kind} svg :is(.lit, .pane)"))), found


@pytest.mark.parametrize("path", FIGURES)
def test_the_lettering_of_figures_can_be_read(visit, path, theme):
    assert not (found := unreadable(visit(path, theme=theme, height=TALL))), "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", [address for address in addresses() if address not in SAME])
def test_the_lettering_of_every_figure_can_be_read(visit, path, theme, width):
    page = visit(path, width, theme, height=TALL)
    found = [*unreadable(page), *faint(page)]
    assert not found, "\n".join(found)


def unreadable(page: Page) -> list[str]:
    """The lettering of drawings that is seen, and no longer once colours are forced."""
    drawings = page.locator("figure.figure svg:visible:has(text)").all()
    return [word for drawing in drawings for word in lost(page, drawing.locator("text"))]


def faint(page: Page) -> list[str]:
    """Text outside drawings that is too faint once colours are forced."""
    page.emulate_media(forced_colors="active")
    found: list[str] = page.evaluate(FAINT)
    return found


def choose(page: Page, theme: str) -> None:
    """Choose a light at the foot of the page."""
    page.locator(f"#theme input[value={theme}]").check()
    expect(page.locator("html")).to_have_attribute("data-theme", theme)


def lost(page: Page, parts: Locator) -> list[str]:
    """The parts of a drawing that are seen, and no longer once colours are forced."""
    before = seen(page, parts)
    page.emulate_media(forced_colors="active")
    after = seen(page, parts)
    page.emulate_media(forced_colors="none")
    names = parts.evaluate_all("(all) => all.map((e) => e.textContent || e.outerHTML)")
    return [name for name, was, is_ in zip(names, before, after, strict=True) if was and not is_]
