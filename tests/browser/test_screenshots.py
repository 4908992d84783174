"""README's pictures: made anew with SCREENSHOTS=1, else there and whole."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.full]

FOLDER = Path(__file__).parent / "screenshots"
LARGEST = 200_000  # bytes
THREE, HOMES = "/parts/1-the-problem/2-three-problems/", "/parts/1-the-problem/4-four-homes/"
PICTURES = {
    "home": ("/", {"width": 1280, "height": 800}),
    "section": (THREE, {"width": 1280, "height": 900}),
    "section-dark": (HOMES, {"width": 1280, "height": 900, "theme": "dark"}),
    "search": ("/search/?q=laptop", {"width": 1280, "height": 800}),
    "phone": (HOMES, {"width": 375, "height": 812}),
    "translator": ("/translator/?example=capstone", {"width": 1280, "height": 900}),
    "wizard": ("/wizard/?preset=capstone", {"width": 1280, "height": 900}),
    "slide": ("/slides/3-core-services/4-networking.vpc/?step=4", {"width": 1280, "height": 720}),
    "speaker": ("/slides/3-core-services/speaker/?slide=4-networking.worker-bug", {"width": 1280, "height": 800}),
}


@pytest.mark.skipif(os.environ.get("SCREENSHOTS") != "1", reason="SCREENSHOTS=1 makes the pictures anew")
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_made(visit, name):
    path, how = PICTURES[name]
    page = visit(path, **how)
    if path in {THREE, HOMES} and name != "phone":
        to_the_figure(page)
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_there_and_small_enough_for_a_page(name):
    picture = (FOLDER / f"{name}.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) < LARGEST


def to_the_figure(page: Page) -> None:
    """Scroll to a section's first figure, its whole drawing in view."""
    page.locator("figure.figure").first.evaluate("(e) => e.scrollIntoView({ block: 'center' })")
