"""The speaker view and the wall: two windows of one browser, a phone beside it, a network that is lost."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from lecture.slides.deck import decks as every_deck
from lecture.slides.talk import Clock, Plan, pace, programme
from tests.browser.axe import faults
from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser

ONE = "/slides/1-the-problem"
PART_3 = ("3-core-services", "opening", 0)
QUICK, SOON = 6_000, 12_000  # milliseconds: a channel's, and a few questions to the server, on a busy machine
SEEN = """() => { window.seen = []; setInterval(() => {
  const at = document.querySelector("[data-number]").dataset.number;
  if (at !== window.seen.at(-1)) window.seen.push(at); }, 5); }"""


def number(page: Page) -> Locator:
    """What says on which slide a window is."""
    return page.locator("[data-number]").first


def stands(page: Page, at: int, timeout: int = SOON) -> None:
    expect(number(page)).to_have_attribute("data-number", str(at), timeout=timeout)


def begin(page: Page, **fields: str) -> str:
    """Begin a talk in a speaker view; the address of its phone."""
    page.locator("summary").first.click()
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Begin a talk").click()
    page.wait_for_url("**/slides/talks/*/speaker/")
    return page.url


def another(context: BrowserContext, address: str) -> Page:
    """A second window of the same browser."""
    page = context.new_page()
    page.goto(address)
    return page


def screen(page: Page) -> str:
    """The link for another screen."""
    return str(page.locator("footer a", has_text="The slides for another screen").get_attribute("href"))


def test_s_opens_the_speaker_view_of_this_slide_and_both_lead(visit: Visitor):
    wall = visit(f"{ONE}/", height=720)
    wall.keyboard.press("ArrowRight")
    stands(wall, 2)
    with wall.context.expect_page() as opened:
        wall.keyboard.press("s")
    speaker = opened.value
    speaker.wait_for_load_state()
    expect(speaker).to_have_url(re.compile(r"/speaker/\?slide=1-your-compose-file$"))
    speaker.keyboard.press("ArrowRight")
    stands(speaker, 3)
    stands(wall, 3, QUICK)
    wall.keyboard.press("PageDown")
    stands(speaker, 4, QUICK)
    speaker.keyboard.press("b")
    expect(wall.locator("body.black")).to_have_count(1, timeout=QUICK)
    speaker.keyboard.press("b")
    expect(wall.locator("body.black")).to_have_count(0, timeout=QUICK)


def test_steps_go_along_and_the_next_part_follows_the_last_slide(visit: Visitor):
    speaker = visit("/slides/3-core-services/speaker/?slide=4-networking.vpc")
    wall = another(speaker.context, "/slides/3-core-services/4-networking.vpc/")
    speaker.get_by_role("link", name="On", exact=True).click()
    expect(wall).to_have_url(re.compile(r"vpc/\?step=1$"), timeout=QUICK)
    expect(speaker.locator(".step-of")).to_have_text("step 1 of 4")
    speaker.keyboard.press("End")
    expect(speaker.locator("#next").get_by_text("The real decisions", exact=True)).to_be_visible()
    for _ in range(int(speaker.locator("#now > div").get_attribute("data-steps") or 0) + 1):
        speaker.keyboard.press("ArrowRight")
        speaker.wait_for_timeout(100)
    stands(speaker, 1)
    expect(wall).to_have_url(re.compile(r"/slides/4-real-decisions/opening/$"), timeout=QUICK)


def test_a_phone_leads_and_the_plain_wall_beside_the_laptop_follows(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/")
    wall = another(speaker.context, f"{ONE}/")
    phone = visit(begin(speaker).removeprefix(visit.url), 390, height=844)
    phone.get_by_role("button", name="On").click()
    stands(phone, 2)
    stands(speaker, 2)
    stands(wall, 2)
    assert "talk" not in wall.url
    wall.keyboard.press("ArrowRight")
    stands(phone, 3)
    expect(phone.get_by_text("Another speaker view of this talk is open.")).to_be_visible(timeout=15_000)


def test_who_moves_before_the_first_answer_is_not_led_back(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/?slide=2-three-problems")
    begin(speaker)
    at = int(number(speaker).get_attribute("data-number") or 0)
    phone, elsewhere = visit(speaker.url, 390, height=844), visit(screen(speaker), height=720)
    for page, place in ((phone, at + 1), (elsewhere, at + 2)):
        slow_down(page)
        page.reload()
        page.evaluate(SEEN)
        page.keyboard.press("ArrowRight")
        for window in (speaker, phone, elsewhere):
            stands(window, place)
        assert page.evaluate("() => window.seen") in ([str(place - 1), str(place)], [str(place)])


def slow_down(page: Page) -> None:
    """A network that takes its time, 700 ms for each answer."""
    conditions = {"offline": False, "latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)


def test_a_screen_elsewhere_follows_and_leads(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/?slide=2-three-problems")
    begin(speaker)
    elsewhere = visit(screen(speaker), height=720)
    speaker.keyboard.press("ArrowRight")
    at = int(number(speaker).get_attribute("data-number") or 0)
    stands(elsewhere, at)
    elsewhere.keyboard.press("ArrowLeft")
    stands(speaker, at - 1)
    assert "talk=" in elsewhere.url


def test_of_two_who_move_at_once_one_leads_and_nobody_jumps_back_and_forth(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/", allowed=409)
    phone = visit(begin(speaker).removeprefix(visit.url), 390, height=844, allowed=409)
    elsewhere = visit(screen(speaker), height=720)
    speaker.keyboard.press("ArrowRight")
    for page in (speaker, phone, elsewhere):
        stands(page, 2)
        page.evaluate(SEEN)
    for _ in range(6):
        speaker.keyboard.press("ArrowRight")
        phone.keyboard.press("ArrowRight")
        phone.keyboard.press("ArrowRight")
    speaker.wait_for_timeout(3_000)
    places = {number(page).get_attribute("data-number") for page in (speaker, phone, elsewhere)}
    assert len(places) == 1
    for page in (speaker, phone, elsewhere):
        seen = [int(at) for at in page.evaluate("() => window.seen")]
        assert sum(b < a for a, b in pairwise(seen)) <= turns_back(page, phone, speaker), seen
    assert sorted(seen) == seen


def turns_back(page: Page, *movers: Page) -> int:
    """Who moved and was late is led back, once for each time; who only follows never is."""
    return 6 if page in movers else 0


def test_without_a_network_the_slides_go_on_and_the_others_catch_up(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/")
    phone = visit(begin(speaker).removeprefix(visit.url), 390, height=844)
    phone.wait_for_load_state("networkidle")  # what comes along has come
    visit.contexts[-1].set_offline(True)
    for at in (2, 3, 4):
        phone.keyboard.press("ArrowRight")
        expect(number(phone)).to_have_attribute("data-number", str(at))
    expect(phone.get_by_text("No connection.")).to_be_visible(timeout=SOON)
    stands(speaker, 1)
    visit.contexts[-1].set_offline(False)
    stands(speaker, 4)
    expect(phone.get_by_text("No connection.")).not_to_be_visible(timeout=SOON)
    visit.faults[:] = [fault for fault in visit.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_the_clock_of_the_page_keeps_the_time_of_the_server(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/?slide=2-three-problems")
    begin(speaker, Breaks="1")
    speaker.get_by_role("button", name="Start the clock").click()
    expect(speaker.get_by_role("button", name="Pause")).to_be_visible()
    shown = ["#pace", "#elapsed", "#time", "#left", ".wide-bar"]
    scripted = [speaker.locator(one).text_content() for one in shown]
    hands = at_the_hands(speaker)
    plain = visit(speaker.url.removeprefix(visit.url), js=False)
    assert [plain.locator(one).text_content() for one in shown] == scripted
    assert at_the_hands(plain) == pytest.approx(hands, abs=5)  # units: seconds pass meanwhile
    assert scripted[0] == "6 minutes ahead"  # whole ones, and some seconds are over
    speaker.keyboard.press("p")
    expect(speaker.get_by_role("button", name="Go on")).to_be_visible()


BEGUN = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
CLOCKS = [  # minutes after BEGUN: start and stop of the plan, breaks, started, paused, rested, now
    (None, None, 0, 0, None, 0, 64),
    (None, None, 0, 0, None, 0, 56.5),
    (None, None, 0, None, None, 0, 5),
    (0, 195, 2, None, None, 0, -4),
    (0, 195, 2, None, None, 0, 3),
    (0, 195, 2, 0, None, 0, 60),
    (0, 195, 2, 5, 60, 0, 72),
    (0, 195, 2, 5, 60, 0, 92),
    (0, 195, 2, 5, None, 20, 190),
    (0, 195, 2, 5, None, 20, 200),
    (None, 195, 1, 3, None, 0, 60),
]
READ = """async (cases) => {
  const files = performance.getEntriesByType("resource").map((e) => e.name);
  const { pace } = await import(files.find((name) => /pace/.test(name)));
  return cases.map(([clock, span, now]) => {
    const { time, elapsed, left, due, at, words, state } = pace(clock, span, now);
    return [time, elapsed, left, due, at, words, state];
  });
}"""


def test_script_and_server_reckon_alike(visit: Visitor):
    decks = tuple(slug for slug, deck in every_deck().items() if deck.part)
    asked, expected = [], []
    for starts, stops, breaks, *rest, now in CLOCKS:
        started, paused, rested = rest
        plan = Plan(decks=decks, starts=after(starts), stops=after(stops), breaks=breaks)
        found = pace(programme(decks), plan, Clock(after(started), after(paused), rested * 60), PART_3, after(now))
        expected.append([found.time, found.elapsed, found.left, found.due, found.at, found.words, found.state])
        times = {"starts": starts, "stops": stops, "started": started, "paused": paused}
        clock = {name: None if at is None else ms(at) for name, at in times.items()}
        asked.append([clock | {"planned": 190, "allowance": breaks * 10, "rested": rested * 60_000}, [60, 60], ms(now)])
    read = visit(f"{ONE}/speaker/").evaluate(READ, asked)
    assert [one[5:] for one in read] == [one[5:] for one in expected]
    assert [one[:5] for one in read] == [pytest.approx(one[:5]) for one in expected]


def after(minutes: float | None) -> Any:
    return None if minutes is None else BEGUN + timedelta(minutes=minutes)


def ms(minutes: float) -> float:
    return float(after(minutes).timestamp() * 1000)


def at_the_hands(page: Page) -> list[float]:
    """Where the hands are."""
    drawn = page.locator(".wide-bar [data-hand]").evaluate_all("(all) => all.map((e) => e.getAttribute('d'))")
    return [float(one[1:].split(" ")[0]) for one in drawn]


def test_every_stone_of_the_clock_can_be_seen(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/?slide=4-four-homes")
    begin(speaker)
    widths = speaker.locator("svg.pace:visible rect").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect().width)"
    )
    assert len(widths) == 4
    assert min(widths) > 100


def test_the_end_is_told_to_all(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/", allowed=410)  # its own slides may still be coming
    phone = visit(begin(speaker).removeprefix(visit.url), 390, height=844, allowed=410)
    speaker.get_by_role("button", name="End the talk").click()
    expect(speaker).to_have_url(re.compile(r"/slides/1-the-problem/$"))
    expect(phone.get_by_role("heading", name="The talk is over.")).to_be_visible(timeout=SOON)


def test_without_a_script_links_and_forms_do_all_of_it(visit: Visitor):
    speaker = visit(f"{ONE}/speaker/", js=False)
    speaker.get_by_role("link", name="On", exact=True).click()
    expect(speaker).to_have_url(re.compile(r"\?slide=1-your-compose-file&step=0$"))
    address = begin(speaker)
    for at in (3, 4):
        speaker.get_by_role("button", name="On", exact=True).click()
        stands(speaker, at)
    speaker.get_by_role("button", name="Start the clock").click()
    expect(speaker.get_by_text("On time").or_(speaker.get_by_text("ahead"))).to_be_visible()
    assert speaker.url == address


@pytest.mark.parametrize("begun", [False, True])
def test_the_speaker_view_is_accessible_by_day_and_night_and_at_both_widths(visit: Visitor, begun: bool):
    page = visit(f"{ONE}/speaker/?slide=2-three-problems.four-steps")
    if begun:
        begin(page)
    assert not (found := faults(page)), "\n".join(found)
