"""What a first view weighs: requests, bytes as they travel with gzip, and whether anything jumps."""

from dataclasses import dataclass
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.bench.asking import ask
from tests.browser.serving import Site
from tests.browser.visiting import give_a_sign

pytestmark = pytest.mark.bench

BYTES, REQUESTS = 60_000, 6
SLIDES = (
    "/slides/1-the-problem/",
    "/slides/3-core-services/4-networking.vpc/",
    "/slides/2-the-map/3-compose-to-cloud.your-file-their-cloud/",
)
HEAVY = {"/print/"}  # everything on one page, on purpose
LAPTOP, PHONE = (1280, 1), (412, 6)  # width in pixels, and how much slower: then half a page is seen, too
VIEWS = [LAPTOP, PHONE, PHONE]
STILL = 0.005  # a sum of layout shifts below it is 0.00 in every report
WATCH = """() => {
    window.jumped = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumped += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
}"""
LAZY = "[hx-trigger*=intersect]"
NOTCH = 240  # pixels that the wheel turns at a time
AT_THE_END = "() => Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight"
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True)
class View:
    """One view: what its first sight requests, and its layout shifts, at first and once it is read."""

    requests: set[str]
    jumps: float
    jumps_later: float


@dataclass(frozen=True)
class Weight:
    """One address: how many requests its first view makes, their bytes, and the sum of its layout shifts."""

    address: str
    requests: int
    bytes: int
    jumps: float
    jumps_later: float

    @property
    def row(self) -> str:
        return f"{self.address:52}{self.requests:9}{self.bytes / 1000:9.1f} kB{self.jumps:7.3f}{self.jumps_later:15.3f}"


@pytest.fixture(scope="module")
def weights(site: Site, browser: Browser) -> list[Weight]:
    """Every address of the sitemap, the heaviest first."""
    found = [weigh(browser, site.url, address) for address in (*site.addresses(), *SLIDES)]
    return sorted(found, key=lambda weight: weight.bytes, reverse=True)


def test_every_first_view_keeps_to_the_budget(weights, say):
    budget = f"first view, gzip; the budget is {REQUESTS} requests and {BYTES // 1000} kB (not for {', '.join(HEAVY)})"
    head = f"{'address':52}{'requests':>9}{'weight':>12}{'CLS':>7}{'when scrolled':>15}"
    say(budget, head, *(weight.row for weight in weights))
    over = [w for w in weights if w.address not in HEAVY and (w.bytes > BYTES or w.requests > REQUESTS)]
    assert not over


def test_nothing_jumps_on_a_first_view(weights):
    assert not [weight for weight in weights if weight.jumps >= STILL]


def weigh(browser: Browser, url: str, address: str) -> Weight:
    """Open an address as a stranger, on a laptop and on a phone, and read it once."""
    views = [view(browser, url + address, *device) for device in VIEWS]
    asked = set().union(*(view.requests for view in views))
    jumps, later = max(view.jumps for view in views), views[-1].jumps_later
    return Weight(address, len(asked), sum(map(weight_of, sorted(asked))), jumps, later)


def view(browser: Browser, address: str, width: int, slower: int) -> View:
    """One view, first as it loads and then to its end."""
    context = browser.new_context(viewport={"width": width, "height": 823})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: None if is_ahead(request) else requests.append(request.url))
    throttle = context.new_cdp_session(page)
    throttle.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address, wait_until="networkidle")
    throttle.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.evaluate(WATCH)
    at_first, jumps = {*requests, *icons(page)}, jumped(page)
    if slower > 1:
        turn_the_wheel(page)
    found = View(at_first, jumps, jumped(page))
    context.close()
    return found


def is_ahead(request: Request) -> bool:
    """Whether it is for the next view: the slides before and after this one, fetched once it is there."""
    return request.resource_type == "fetch" and "/slides/" in request.url


def jumped(page: Page) -> float:
    """The sum of layout shifts so far, those that a visitor caused left out."""
    page.evaluate(TWO_FRAMES)
    return float(page.evaluate("() => window.jumped"))


def icons(page: Page) -> list[str]:
    """The page's icon, which a browser with a tab fetches as well."""
    found: list[str] = page.locator("link[rel=icon]").evaluate_all("(all) => all.map((e) => e.href)")
    return found


def turn_the_wheel(page: Page) -> None:
    """Read to the end, past everything that is fetched on the way."""
    give_a_sign(page)
    while page.locator(LAZY).count() and not page.evaluate(AT_THE_END):
        page.mouse.wheel(0, NOTCH)
        page.evaluate(TWO_FRAMES)


@cache
def weight_of(url: str) -> int:
    """The bytes of a resource's body as they travel."""
    return len(ask(url).body)
