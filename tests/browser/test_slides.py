"""Slides on a wall: nothing is cut off, everything is read from the last row, and hands and keys move them."""

import re
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from lecture.slides.deck import decks
from tests.browser.axe import violations

pytestmark = pytest.mark.browser

DECKS = (
    "1-the-problem",
    "2-the-map",
    "3-core-services",
    "4-real-decisions",
    "5-costs-and-serverless",
    "a-micro-saas-decides",
    "containers-versus-serverless",
    "one-balancer-two-backends",
    "twin-apis",
)
SIZES = ((1280, 720), (1024, 768))
ONE = "/slides/1-the-problem"
SORTS = {
    "part": f"{ONE}/opening/",
    "section": f"{ONE}/2-three-problems/",
    "text": f"{ONE}/2-three-problems.four-steps/",
    "statement": f"{ONE}/4-four-homes.always-yours/",
    "picture": f"{ONE}/4-four-homes.street/",
    "table": "/slides/4-real-decisions/1-responsibility.matrix/",
    "steps": "/slides/3-core-services/4-networking.vpc/",
    "ask": f"{ONE}/1-your-compose-file.tokyo/",
    "myths": f"{ONE}/1-your-compose-file.myths/",
    "vote": f"{ONE}/2-three-problems.vote/",
}
SMALLEST_TEXT, SMALLEST_LETTERING = 22, 18  # px where the slide is 1280 wide; look.md
# what leaves the slide or its own box, what is over the foot or under the title, and what is too small
MEASURE = f"""() => {{
  const slide = document.querySelector(".slide"), edge = document.querySelector(".screen").getBoundingClientRect();
  const scale = edge.width / 1280, found = new Set();
  const tell = (what, e) => found.add(`${{what}}: ${{e.tagName}} ${{e.textContent.trim().slice(0, 30)}}`);
  const foot = slide.querySelector(".foot").getBoundingClientRect();
  const title = slide.querySelector("h1").getBoundingClientRect();
  for (const e of slide.querySelectorAll("*")) {{
    if (e.closest(".hush, .here, .pavement, defs") || !e.checkVisibility({{ visibilityProperty: true }})) continue;
    const box = e.getBoundingClientRect(), svg = e.closest("svg"), style = getComputedStyle(e);
    if (!box.width || !box.height) continue;
    if (!svg && (box.left < edge.left - 1 || box.right > edge.right + 1)) tell("beside the slide", e);
    if (!svg && (box.top < edge.top - 1 || box.bottom > edge.bottom + 1)) tell("above or below the slide", e);
    if (e.closest(".body") && e.matches("p, li, pre, tr, table, svg:not(svg *), h2, h3")) {{
      if (box.bottom > foot.top + 1) tell("over the foot", e);
      if (box.top < title.bottom - 1) tell("under the title", e);
    }}
    if (!svg && style.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 2) tell("cut off", e);
    if (e.tagName === "text") {{
      const drawing = svg.getBoundingClientRect();
      if (box.left < drawing.left - 2 || box.right > drawing.right + 2) tell("beside its drawing", e);
      if (box.bottom > drawing.bottom + 2) tell("below its drawing", e);
    }}
    if (![...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const size = parseFloat(style.fontSize) * (svg ? svg.getScreenCTM().a : 1) / scale;
    if (size < (svg ? {SMALLEST_LETTERING} : {SMALLEST_TEXT}) - 0.5) tell(`${{size.toFixed(1)}} px`, e);
  }}
  return [...found];
}}"""


@pytest.mark.parametrize("size", [SIZES[0], pytest.param(SIZES[1], marks=pytest.mark.full)], ids=str)
def test_one_slide_of_each_sort_fits_and_is_read_from_the_last_row(visit, size):
    page = visit(f"{ONE}/", width=size[0], height=size[1])
    assert wrong_with(page, SORTS.values()) == []


@pytest.mark.full
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("deck", DECKS)
def test_every_slide_fits_and_is_read_from_the_last_row(site, visit, deck, size):
    page = visit(f"/slides/{deck}/", width=size[0], height=size[1])
    assert wrong_with(page, every_slide(site.url, deck)) == []


@pytest.mark.full
@pytest.mark.parametrize("deck", DECKS)
def test_on_a_phone_held_upright_every_slide_is_read(site, visit, deck):
    page = visit(f"/slides/{deck}/", width=390, height=780)
    assert wrong_with(page, every_slide(site.url, deck), ON_A_PHONE) == []


def test_on_a_phone_held_upright_one_slide_of_each_sort_is_read(visit):
    assert wrong_with(visit(f"{ONE}/", width=390, height=780), SORTS.values(), ON_A_PHONE) == []


SMALLEST_ON_A_PHONE = 11.5  # px, in drawings too
# what makes a page wider than the phone, and what is too small on it
ON_A_PHONE = f"""() => {{
  const found = new Set(), slide = document.querySelector(".slide");
  if (document.documentElement.scrollWidth > innerWidth) found.add("wider than the phone");
  for (const e of slide.querySelectorAll("*")) {{
    if (e.closest(".hush, .here, .pavement, defs, .row-of-homes svg")) continue;
    if (!e.checkVisibility({{ visibilityProperty: true }})) continue;
    if (![...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const said = e.textContent.trim().slice(0, 30), scrolls = e.closest("pre, .scroll, .body:has(table)");
    const svg = e.closest("svg"), size = parseFloat(getComputedStyle(e).fontSize) * (svg ? svg.getScreenCTM().a : 1);
    if (size < {SMALLEST_ON_A_PHONE}) found.add(`${{size.toFixed(1)}} px: ${{said}}`);
    const box = e.getBoundingClientRect();
    if (!scrolls && (box.left < -1 || box.right > innerWidth + 1)) found.add(`beside: ${{said}}`);
  }}
  return [...found];
}}"""


def test_every_deck_of_the_shelf_is_visited(visit):
    links = visit("/slides/").locator(".decks li > a").evaluate_all("(all) => all.map((a) => a.pathname)")
    assert links == [f"/slides/{deck}/" for deck in DECKS]


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.full)])
def test_one_slide_of_each_sort_is_accessible(visit, theme):
    page = visit(f"{ONE}/", height=720, theme=theme)
    found = []
    for address in SORTS.values():
        page.goto(f"{address}?step=9")
        found += [f"{address} {violation}" for violation in violations(page)]
    assert found == []


def test_keys_move_and_the_address_follows(visit):
    page = visit(f"{ONE}/", height=720)
    for key, name in [
        ("ArrowRight", "1-your-compose-file"),
        ("PageDown", "1-your-compose-file.five-programs"),
        ("ArrowLeft", "1-your-compose-file"),
        ("PageUp", "opening"),
        (" ", "1-your-compose-file"),
        ("End", "4-four-homes.vote"),
        ("Home", "opening"),
    ]:
        page.keyboard.press(key)
        expect(page.locator(".slide")).to_have_attribute("data-name", name)
        assert page.url.split("/")[-2] == name
    assert page.evaluate("() => document.activeElement.tagName") == "H1"


def test_a_click_at_the_right_moves_on_and_at_the_left_back_and_back_of_the_browser_as_well(visit):
    page = visit(f"{ONE}/", height=720)
    slide = page.locator(".slide")
    page.mouse.click(1100, 600)
    expect(slide).to_have_attribute("data-number", "2")
    page.mouse.click(1100, 600)
    expect(slide).to_have_attribute("data-number", "3")
    page.mouse.click(100, 600)
    expect(slide).to_have_attribute("data-number", "2")
    page.go_back()
    expect(slide).to_have_attribute("data-number", "3")


def test_a_drawing_builds_up_and_what_is_said_to_it_changes(visit):
    page = visit(SORTS["steps"], height=720)
    gate, talk, said = page.locator(".wide-only .v-gate"), page.locator(".wide-only .v-talk"), page.locator(".step")
    expect(gate).to_be_visible()
    expect(talk).not_to_be_visible()
    for step in range(1, 5):
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"step={step}$"))
        assert said.evaluate_all(SHOWN) == [step - 1]
    expect(talk).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(talk).not_to_be_visible()


SHOWN = "(all) => all.flatMap((e, at) => e.checkVisibility({ visibilityProperty: true }) ? [at] : [])"


def test_a_question_stands_alone_until_it_is_answered(visit):
    page = visit(SORTS["ask"], height=720)
    expect(page.locator(".answer")).not_to_be_visible()
    before = font_size(page, ".question")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".answer")).to_be_visible()
    assert font_size(page, ".question") < before


def test_a_screen_goes_black_and_the_next_key_only_lights_it(visit):
    page = visit(f"{ONE}/", height=720)
    page.keyboard.press("b")
    assert page.evaluate("() => getComputedStyle(document.body, '::after').backgroundColor") == "rgb(0, 0, 0)"
    page.keyboard.press("ArrowRight")
    expect(page.locator("body.black")).to_have_count(0)
    expect(page.locator(".slide")).to_have_attribute("data-number", "1")


def test_g_goes_to_a_number(visit):
    page = visit(f"{ONE}/", height=720)
    page.keyboard.press("g")
    page.locator("dialog input").fill("12")
    page.keyboard.press("Enter")
    expect(page.locator(".slide")).to_have_attribute("data-number", "12")


def test_the_overview_finds_a_slide(visit):
    page = visit(f"{ONE}/", height=720)
    page.keyboard.press("o")
    page.wait_for_url("**/overview/")
    page.get_by_label("Find a slide").fill("eight cores")
    expect(page.locator(".grid > li:visible")).to_have_count(1)
    page.locator(".grid > li:visible .cap").click()
    expect(page.locator("h1")).to_have_text("Eight cores, 160 requests a second")


def live_slides() -> list[tuple[str, str]]:
    """The first slide for each tool that can be opened over one, and the address that its text names."""
    found: dict[str, tuple[str, str]] = {}
    for deck in decks().values():
        for slide in deck.slides:
            for tool in slide.live:
                found.setdefault(tool.address.partition("?")[0], (f"/slides/{deck.slug}/{slide.name}/", tool.address))
    return sorted(found.values(), key=lambda pair: pair[1])


@pytest.mark.parametrize(("slide", "tool"), live_slides(), ids=[tool.split("?")[0] for _, tool in live_slides()])
def test_a_tool_opens_over_the_slide_in_its_state_and_escape_returns(visit, slide, tool):
    page = visit(slide, height=720)
    link = page.locator(f'[data-live][href="{tool}"]')
    link.click()
    frame = page.frame_locator("dialog.tool iframe")
    expect(frame.locator("main h1").first).to_be_visible()
    opened, named = urlsplit(page.frames[1].url), urlsplit(tool)
    assert opened.path == named.path
    assert bool(opened.query) == bool(named.query)  # the wizard unfolds a preset into its answers
    page.frames[1].wait_for_load_state("load")
    page.frames[1].locator("main h1").first.click()  # the keys are the tool's now
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("h1")).to_be_focused()
    assert page.url.endswith(slide)
    page.keyboard.press("l")
    expect(page.locator("dialog.tool iframe")).to_be_visible()


def test_a_vote_is_counted_by_hands_and_answered_a_step_later(visit):
    page = visit(SORTS["vote"], height=720)
    expect(page.locator(".votes li")).to_have_count(4)
    told, sign = page.locator(".slide .answer"), page.locator(".votes .so .i")
    expect(told).not_to_be_visible()
    expect(sign).not_to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(told).to_be_visible()
    expect(sign).to_be_visible()
    expect(page.locator("#said")).to_have_text(
        "About 8 hours 46 minutes. 0.1 % of 8,760 hours: 0.001 × 8,760 = 8.76 hours, that is 8 hours and 46 minutes."
    )


def test_single_keys_can_be_switched_off_and_arrows_stay(visit):
    page = visit("/about/keys/")
    page.get_by_label("Shortcuts are on").uncheck()
    page.goto(f"{ONE}/")
    page.keyboard.press("b")
    expect(page.locator("body.black")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".slide")).to_have_attribute("data-number", "2")


def test_t_turns_day_into_night_and_back(visit):
    page = visit(f"{ONE}/", height=720)
    paper = "() => getComputedStyle(document.body).backgroundColor"
    day = page.evaluate(paper)
    page.keyboard.press("t")
    assert page.evaluate(paper) != day
    page.keyboard.press("t")
    assert page.evaluate(paper) == day


def test_a_change_is_announced_and_the_title_follows(visit):
    page = visit(f"{ONE}/", height=720)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#said")).to_have_text("Slide 2 of 37: Your compose file, in production")
    expect(page).to_have_title("Your compose file, in production · The problem")


def test_from_a_section_one_presents_and_from_the_slide_one_reads(visit):
    page = visit("/parts/1-the-problem/2-three-problems/")
    page.get_by_role("link", name="Present this").first.click()
    page.wait_for_url(f"**{ONE}/2-three-problems/")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Three problems, one laptop")).to_be_focused()
    page.get_by_role("link", name="Read this").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/parts/1-the-problem/2-three-problems/(#[\w-]+)?$"))


def test_a_finger_swipes(visit):
    page = visit(f"{ONE}/", width=390, height=844)
    page.evaluate(SWIPE, [300, 60])
    expect(page.locator(".slide")).to_have_attribute("data-number", "2")
    page.evaluate(SWIPE, [60, 300])
    expect(page.locator(".slide")).to_have_attribute("data-number", "1")


SWIPE = """([from, to]) => {
  const stage = document.querySelector(".stage");
  const touch = (x) => new Touch({ identifier: 1, target: stage, clientX: x, clientY: 200 });
  stage.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(from)], changedTouches: [touch(from)] }));
  stage.dispatchEvent(new TouchEvent("touchend", { touches: [], changedTouches: [touch(to)] }));
}"""


def test_whoever_wants_little_motion_gets_none(visit):
    page = visit(f"{ONE}/", height=720, reduced_motion="reduce")
    moving = "() => document.getAnimations().length"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(moving) == 0
    assert page.locator(".controls").evaluate("(e) => getComputedStyle(e).transitionDuration") == "0s"


@pytest.mark.full
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("deck", DECKS)
def test_every_slide_has_contrast_enough(site, visit, deck, theme):
    page = visit(f"/slides/{deck}/", height=720, theme=theme)
    found = []
    for address in every_slide(site.url, deck):
        page.goto(f"{address}?step=99")
        found += [f"{address} {fault}" for fault in violations(page, "color-contrast")]
    assert found == []


@pytest.mark.full
def test_a_move_is_quick(visit, capsys):
    """Prints the 95th percentile: from the key until the next slide is painted; nothing is asserted of it."""
    page = visit(f"{ONE}/", height=720)
    took = []
    for number in range(2, 38):
        page.wait_for_timeout(150)  # a hand's: what is next is fetched meanwhile
        took.append(page.evaluate(MOVE))
        while page.locator(".slide").get_attribute("data-number") != str(number):
            page.keyboard.press("ArrowRight")  # through its steps
    with capsys.disabled():
        print(f" a move: {sorted(took)[int(0.95 * len(took))]:.0f} ms at the 95th percentile")  # noqa: T201


MOVE = """() => new Promise((done) => {
  const start = performance.now(), before = location.href;
  const look = () => location.href === before ? setTimeout(look)
    : requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  look();
})"""


def wrong_with(page: Page, addresses, look: str = MEASURE) -> list[str]:
    """What is wrong with slides when all of their steps are shown, one line each."""
    found = []
    for address in addresses:
        page.goto(f"{address}?step=99")
        found += [f"{address} {line}" for line in page.evaluate(look)]
    return found


def every_slide(url: str, deck: str) -> list[str]:
    """The addresses of a deck's slides, from its overview."""
    with urlopen(f"{url}/slides/{deck}/overview/") as response:
        return re.findall(rf'class="cap" href="(/slides/{deck}/[^/"]+/)"', response.read().decode())


def font_size(page: Page, selector: str) -> float:
    """In pixels, as it is painted."""
    return float(page.locator(selector).evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"))
