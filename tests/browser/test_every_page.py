"""Every address, by day and by night, narrow and wide: axe, sideways scrolling, console, CSP, network."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from lecture.course.addresses import addresses
from lecture.quizzes.questions import questions
from tests.browser.axe import violations
from tests.browser.visiting import FIRST, scroll_through

pytestmark = pytest.mark.browser

QUESTION = "/quizzes/questions/p1.nines/"
RIGHT = questions()["p1.nines"].answer.id
WRONG = next(option.id for option in questions()["p1.nines"].option if not option.right)
MISSING = "/parts/1-the-problem/2-three-problem/"
TEMPLATES = [
    "/",
    "/parts/1-the-problem/",
    "/parts/1-the-problem/2-three-problems/",
    "/glossary/",
    "/card/",
    "/search/?q=laptop",
    QUESTION,
    "/quizzes/",
    "/quizzes/1-the-problem/",
    "/quizzes/misconceptions/",
    "/review/",
    "/you/",
    "/about/privacy/",
    "/about/keys/",
    "/slides/",
    *(
        f"/slides/twin-apis/{paper}/"
        for paper in ("overview", "transcript", "handout", "handout/slides", "handout/notes")
    ),
    MISSING,
    f"{FIRST}progress/",
]
STATES = ["/search/?q=zzzz"]
VARIANTS = [(theme, width) for width in (1280, 320) for theme in ("light", "dark")]
BOTH = [("light", 1280), ("dark", 320)]  # enough in the quick run: each colour and each width


def test_the_sitemap_names_the_addresses_that_are_visited_here(site):
    assert site.addresses() == list(addresses())


@pytest.mark.parametrize("address", TEMPLATES)
def test_each_template_is_accessible_by_day_and_night_and_at_both_widths(visit, address):
    page = visit(address, allowed=404 * (address == MISSING))
    scroll_through(page)
    open_answers(page)
    found = []
    for theme, width in BOTH:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{theme}, {width}: {fault}" for fault in faults(page)]
    assert not found, "\n".join(found)


def matrix() -> Iterator[tuple[str, str, int]]:
    """Every address in every variant; pages that are one template and a row of data in one each, by turns."""
    for at, address in enumerate(dict.fromkeys([*addresses(), *TEMPLATES, *STATES])):
        row = address.startswith("/rosetta/") and address != "/rosetta/"
        yield from ((address, *variant) for variant in ([VARIANTS[at % len(VARIANTS)]] if row else VARIANTS))


@pytest.mark.full
@pytest.mark.parametrize(("address", "theme", "width"), list(matrix()))
def test_every_address_is_accessible_when_it_is_opened(visit, address, theme, width):
    page = visit(address, width, theme, allowed=404 * (address == MISSING))
    scroll_through(page)
    open_answers(page)
    assert not (found := faults(page)), "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize("path", ["/", FIRST, "/you/"])
def test_what_a_learner_sees_is_accessible_too(visit, path):
    page = visit(path, kept=True)
    scroll_through(page)
    assert not (found := faults(page)), "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize(("theme", "width"), VARIANTS)
def test_a_refused_file_is_told_accessibly(visit, theme, width, tmp_path):
    page = visit("/you/", width, theme, allowed=400)
    file = tmp_path / "holiday.json"
    file.write_text("[]")
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Import the file").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert not (found := faults(page)), "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize(("theme", "width"), VARIANTS)
@pytest.mark.parametrize("option", [RIGHT, WRONG])
def test_an_answer_given_within_a_section_is_told_accessibly(visit, theme, width, option):
    page = visit("/parts/1-the-problem/2-three-problems/", width, theme)
    scroll_through(page)
    check = page.locator("section.check").first
    check.locator(f"input[value={option}]").check()
    check.get_by_role("button", name="Answer").click()
    expect(check.get_by_role("status")).to_be_visible()
    assert not (found := faults(page)), "\n".join(found)


def open_answers(page: Page) -> None:
    """Show what stands in <details>, so that it is looked at as well."""
    page.evaluate("() => { for (const details of document.querySelectorAll('details')) details.open = true; }")


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return violations(page) + [f"scrolls sideways by {wide} px: {widest(page)}"] * (wide > 0)


def widest(page: Page) -> str:
    """The elements that reach beyond the right edge, outermost first."""
    return str(
        page.evaluate("""() => [...document.querySelectorAll("body *")]
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 && !e.closest(".scroll, pre, .hush"))
            .slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(" | ")""")
    )
