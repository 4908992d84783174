"""Handouts as PDF: every sheet is there, whole and numbered, and every letter has its font."""

import re

import pytest
from pypdf import PageObject, PdfReader

from lecture.slides import paper
from lecture.slides.deck import decks
from lecture.slides.listing import count
from tests.browser.visiting import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

DECKS = list(decks())
SHORT = "twin-apis"
POINTS = {"A4": (595, 842), "Letter": (612, 792), "slide": (960, 540)}
EACH = [pytest.param(deck, marks=[] if deck == SHORT else pytest.mark.full) for deck in DECKS]


@pytest.fixture(scope="module")
def printed(tmp_path_factory, site):
    """Make the PDF of a deck in one of its kinds, each once."""
    made: dict[tuple[str, str], PdfReader] = {}

    def printed(visit: Visitor, deck: str, kind: paper.Kind, size: str = "A4") -> PdfReader:
        if (deck, kind + size) not in made:
            page = visit(f"/slides/{deck}/handout/{'' if kind == 'student' else kind + '/'}")
            file = tmp_path_factory.mktemp("pdf") / "handout.pdf"
            page.pdf(path=file, format=size, prefer_css_page_size=True, print_background=True)
            made[deck, kind + size] = PdfReader(file)
        return made[deck, kind + size]

    return printed


@pytest.mark.parametrize("deck", EACH)
def test_as_slides_each_sheet_is_a_page_of_16_to_9_with_its_address(visit, printed, deck):
    pages = printed(visit, deck, "slides").pages
    sheets = list(paper.pages(decks()[deck]))
    assert [size(page) for page in pages] == [POINTS["slide"]] * len(sheets)
    for number, (page, sheet) in enumerate(zip(pages, sheets, strict=True), 1):
        said = text(page)
        assert f"/slides/{deck}/{sheet.slide.name}/" in said
        assert f"page {number} of {len(sheets)}" in said


@pytest.mark.parametrize("deck", EACH)
@pytest.mark.parametrize("kind", ["student", "notes"])
def test_pages_are_numbered_and_no_slide_is_split(visit, printed, deck, kind):
    pages = printed(visit, deck, kind).pages
    said = [text(page) for page in pages]
    assert [number for number, on in enumerate(said, 1) if f"{number} / {len(pages)}" not in on] == []
    whole = decks()[deck].slides if kind == "notes" else [s for s in decks()[deck].slides if s.sort in DRAWN]
    split = []
    for slide in whole:
        first, last = squeezed(slide.plain_title), f"{decks()[deck].names[slide.name]}/{len(decks()[deck].slides)}"
        if not any(first in on and last in on for on in map(squeezed, said)):
            split.append(slide.name)
    assert split == []


DRAWN = {"slide", "picture"}


@pytest.mark.parametrize("deck", EACH)
def test_what_is_printed_is_not_cut_off(visit, printed, deck):
    """Every word of the notes and answers stands on some page."""
    said = squeezed(" ".join(text(page) for page in printed(visit, deck, "notes").pages))
    lost = []
    for slide in decks()[deck].slides:
        for html in (*slide.notes, *(halves.answer for halves in slide.asked)):
            plain = [squeezed(word) for word in re.sub(r"<[^>]+>", " ", html).split()]
            if count(html) and not (plain[0] in said and plain[-1] in said):
                lost.append(slide.name)
    assert lost == []


@pytest.mark.parametrize("deck", EACH)
@pytest.mark.parametrize("kind", list(paper.KINDS))
def test_every_font_is_in_the_file(visit, printed, deck, kind):
    found = fonts(printed(visit, deck, kind))
    assert 3 <= len({name for name, *_ in found}) <= 14  # text, headings, code, each in few styles
    assert [name for name, embedded in found if not embedded] == []


def test_letter_has_room_for_all_of_it_too(visit, printed):
    pages = printed(visit, SHORT, "student", "Letter").pages
    assert {size(page) for page in pages} == {POINTS["Letter"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_on_the_screen_a_handout_fits(visit, theme, width):
    for kind in ("", "slides/", "notes/"):
        page = visit(f"/slides/{SHORT}/handout/{kind}", width=width, theme=theme)
        assert page.evaluate("() => document.documentElement.scrollWidth") == width


def test_paper_stays_white_by_night(visit):
    page = visit(f"/slides/{SHORT}/handout/slides/", theme="dark")
    page.emulate_media(media="print")
    assert page.locator(".screen").first.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(251, 249, 245)"


def size(page: PageObject) -> tuple[int, int]:
    """In points."""
    return int(float(page.mediabox.width) + 0.5), int(float(page.mediabox.height) + 0.5)


def text(page: PageObject) -> str:
    """What it says; ligatures are their letters again."""
    return page.extract_text().replace("ﬁ", "fi").replace("ﬂ", "fl")


def squeezed(said: str) -> str:
    """Without spaces, which a PDF does not keep."""
    return re.sub(r"\s+", "", said).replace("ﬁ", "fi").replace("ﬂ", "fl")


def fonts(file: PdfReader) -> set[tuple[str, bool]]:
    """Each font without its prefix, and whether its outlines are in the file."""
    found = set()
    for page in file.pages:
        for reference in (page["/Resources"].get("/Font") or {}).values():
            font = reference.get_object()
            if font["/Subtype"] == "/Type3":  # letters with a halo: each is drawn in the file itself
                found.add(("drawn", "/CharProcs" in font))
                continue
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            described = inner["/FontDescriptor"].get_object() if "/FontDescriptor" in inner else {}
            name = str(font["/BaseFont"]).lstrip("/").split("+")[-1]
            found.add((name, any(key.startswith("/FontFile") for key in described)))
    return found
