"""What benchmarks need: a browser, a way to ask as a browser asks, and a voice."""

import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import Site, serving
from tests.browser.visiting import chromium


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Nothing here: the server collects its own."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all pages."""
    with pytest.MonkeyPatch.context() as patch, chromium() as launched:
        # Playwright leaves a loop running in this thread, in which Django refuses other tests their database
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield launched


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The course, served by gunicorn."""
    with serving(tmp_path_factory.mktemp("var")) as served:
        yield served


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., None]:
    """Print lines, captured or not."""

    def write(*lines: str) -> None:
        with capsys.disabled():
            sys.stdout.write("\n".join(["", *lines, ""]))

    return write
