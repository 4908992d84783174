"""A visitor: a fresh browser window that minds everything which goes wrong in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from lecture.slides import pdf

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIRST = "/parts/1-the-problem/1-your-compose-file/"
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (e) =>
    console.error(`CSP: ${e.effectiveDirective} forbids ${e.blockedURI} (${e.sourceFile}:${e.lineNumber})`))"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, until the block ends."""
    with sync_playwright() as playwright, launch(playwright.chromium) as browser:
        yield browser


@contextmanager
def launch(kind: BrowserType, **how: Any) -> Iterator[Browser]:
    """Launch $CHROMIUM, else one on PATH, else Playwright's own."""
    browser = kind.launch(executable_path=pdf.browser(), args=FLAGS, **how)
    yield browser
    browser.close()


@dataclass
class Visitor:
    """Opens pages, each as somebody who was never here before, and keeps what goes wrong in `faults`."""

    browser: Browser
    url: str
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        path: str,
        width: int = 1280,
        theme: Any = "light",
        height: int = 900,
        js: bool = True,
        forced_colors: Any = None,
        reduced_motion: Any = None,
        kept: bool = False,
        allowed: int = 0,
    ) -> Page:
        """The page at `path`, loaded.

        `kept` makes it somebody who has read 1.1; `allowed` is an error status that is expected.
        """
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            java_script_enabled=js,
            forced_colors=forced_colors,
            reduced_motion=reduced_motion,
        )
        context.set_default_timeout(10_000)  # milliseconds
        context.set_default_navigation_timeout(60_000)  # /print/ is the whole course: a loaded machine needs its time
        self.contexts.append(context)
        self._mind(context, allowed)
        if kept:
            read_first(context)
        page = context.new_page()
        page.goto(path)
        return page

    def leave(self) -> None:
        """Close every window; raises AssertionError where anything went wrong in one."""
        for context in self.contexts:
            context.close()
        assert not self.faults, "\n".join(self.faults)

    def _mind(self, context: BrowserContext, allowed: int) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", lambda message: self._said(message, allowed))
        context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", lambda response: self._answered(response, allowed))

    def _said(self, message: ConsoleMessage, allowed: int) -> None:
        if message.type == "error" and not (allowed and f"status of {allowed}" in message.text):
            self.faults.append(f"console on {message.page and message.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.faults.append(f"a request to somebody else: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # which is the browser's own change of mind
            self.faults.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Response, allowed: int) -> None:
        if response.status >= 400 and response.status != allowed:
            self.faults.append(f"{response.url}: {response.status}")


def read_first(context: BrowserContext) -> None:
    """Mark 1.1 as read, as its form does."""
    address = f"{FIRST}progress/"
    context.request.get(address)
    token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrf")
    context.request.post(address, form={"csrfmiddlewaretoken": token, "read": "yes"})


def give_a_sign(page: Page) -> None:
    """Move the pointer: the first sign of reading, at which htmx comes."""
    page.mouse.move(200, 200)
    page.mouse.move(210, 210)
    page.wait_for_function("() => window.htmx || !document.querySelector('[hx-get], [hx-post]')")


def scroll_through(page: Page) -> None:
    """Scroll to everything that is fetched on the way, then to the end, and wait until it is there."""
    if page.locator(".finish[hx-get]").count():
        read_to_the_end(page)
    else:
        come_to_the_questions(page)
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")


def read_to_the_end(page: Page) -> None:
    """Scroll a section to its end, where it is marked as read."""
    come_to_the_questions(page)  # which push the end down when they come
    page.locator(".finish").scroll_into_view_if_needed()
    expect(page.locator(".finish")).to_contain_text("is read.")


def come_to_the_questions(page: Page) -> None:
    """Scroll to each question of a section, and wait until it is there."""
    give_a_sign(page)
    for check in page.locator("section.check[hx-get]").all():
        check.scroll_into_view_if_needed()
        expect(check.locator("form")).to_be_visible()
