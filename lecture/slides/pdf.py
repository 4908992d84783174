"""Pages as PDF, printed by Chromium as a reader's own browser would. Nothing listens on the network meanwhile."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

ADDRESS = "http://localhost/"  # answered from here
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):  # noqa: N818 - what it says of the machine
    """Neither Playwright nor a Chromium is here; says how to get them."""


def write(folder: Path, pages: Mapping[str, str], size: str) -> Iterator[Path]:
    """Print each page, HTML by the name of its file, into `folder`; yields each file when it is there.

    `size` is that of the paper, such as A4; what says its own size keeps it. Raises NoBrowser, and OSError where the
    folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NoBrowser("Printing needs Playwright. `make handouts` installs it.") from None
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox", "--disable-gpu"])
        except Error as error:
            raise NoBrowser(f"Chromium does not start: {str(error).splitlines()[0]}") from None
        with launched:
            for name, html in pages.items():
                yield _print(launched.new_page(), html, folder / name, size)


def browser() -> str | None:
    """$CHROMIUM, else one on PATH, else None: Playwright's own."""
    names = filter(None, (os.environ.get("CHROMIUM", ""), *BROWSERS))
    return next((found for name in names if (found := shutil.which(name))), None)


def _print(page: "Page", html: str, file: Path, size: str) -> Path:
    def answer(route: "Route") -> None:
        path = route.request.url.removeprefix(ADDRESS)
        static = _static(path.removeprefix(settings.STATIC_URL.lstrip("/")))
        if not path:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif static:
            route.fulfill(path=static)
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.pdf(path=file, format=size, prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    page.close()
    return file


def _static(name: str) -> Path | None:
    """A static file: collected and hashed, or where it lies in the project while developing."""
    collected = Path(settings.STATIC_ROOT) / name
    found = collected if name and collected.is_file() else finders.find(name)
    return Path(str(found)) if found else None
