"""What browser tests need: the site, a browser, and a visitor who minds what goes wrong."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.serving import Site, serving
from tests.browser.visiting import Visitor, chromium

expect.set_options(timeout=15_000)  # milliseconds, for a busy machine


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Nothing here: the server collects its own."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The course, served by gunicorn from a place of its own; each worker of xdist has one."""
    with serving(tmp_path_factory.mktemp("var")) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with pytest.MonkeyPatch.context() as patch, chromium() as launched:
        # Playwright leaves a loop running in this thread, in which Django refuses other tests their database
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield launched


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visitor]:
    """Call it with a path to open a page; see Visitor."""
    visitor = Visitor(browser, site.url)
    yield visitor
    visitor.leave()
