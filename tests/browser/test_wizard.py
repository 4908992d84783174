"""The wizard in a browser: answers change the page and the address, by keyboard, accessibly, and without a script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lecture.wizard.load import flow
from tests.browser.axe import faults
from tests.browser.visiting import give_a_sign

pytestmark = pytest.mark.browser

PAGE = "/wizard/"
QUESTION = f"{PAGE}?always=nothing&sockets=neither"


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(PAGE, marks=pytest.mark.full),
        QUESTION,
        f"{PAGE}?preset=capstone",
        pytest.param(f"{PAGE}?preset=thousand", marks=pytest.mark.full),
    ],
)
def test_question_and_outcomes_are_accessible(visit, path):
    assert not (found := faults(visit(path))), "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize("id", flow().presets)
def test_every_preset_is_accessible(visit, id):
    assert not (found := faults(visit(f"{PAGE}?preset={id}"))), "\n".join(found)


def test_a_refused_answer_is_accessible(visit):
    page = visit(f"{PAGE}?always=banana", allowed=400)
    assert not (found := faults(page)), "\n".join(found)


def test_an_answer_brings_the_next_question_into_place_and_into_the_address(visit):
    page = visit(PAGE)
    give_a_sign(page)
    page.get_by_role("link", name=re.compile("^No. Everything sleeps")).click()
    expect(page.locator("h1")).to_have_text("Are there open sockets, or single runs of more than 15 minutes?")
    expect(page).to_have_url(re.compile(r"/wizard/\?always=nothing$"))
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("#said")).to_have_text("Question 2, at most 8 to go.")
    assert "sockets" in page.title()


def test_back_leads_to_the_question_before(visit):
    page = visit(PAGE)
    give_a_sign(page)
    page.get_by_role("link", name=re.compile("^No. Everything sleeps")).click()
    expect(page).to_have_url(re.compile("always=nothing"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Must anything run when nobody asks?")


def test_the_capstone_is_decided_by_keyboard_alone(visit):
    page = visit(f"{PAGE}?preset=capstone")
    give_a_sign(page)
    link = page.get_by_role("link", name="Nobody, really", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("A platform: Railway, Fly.io or Render")
    expect(page.locator("#said")).to_have_text("The answers lead to a platform.")


def test_a_box_of_the_tree_leads_back_to_its_question_with_the_answers_kept(visit):
    page = visit(f"{PAGE}?preset=webhook")
    page.locator("svg.wide-only").get_by_role("link", name=re.compile("^6, Shape of traffic")).click()
    expect(page.locator("h1")).to_have_text("What does a week of traffic look like?")
    expect(page).to_have_url(re.compile("move=no&ask=traffic$"))
    expect(page.locator(".option[aria-current]")).to_contain_text("Rare or spiky")


def test_one_form_of_the_tree_is_shown_at_a_time_and_no_lettering_is_too_small(visit):
    page = visit(PAGE, 320)
    assert [svg.is_visible() for svg in page.locator(".whole-tree figure svg").all()] == [False, True]
    small = page.evaluate("""() => [...document.querySelectorAll(".tree.narrow text")].filter((text) => {
        const size = parseFloat(getComputedStyle(text).fontSize);
        return size * text.ownerSVGElement.getBoundingClientRect().width / 336 < 12;
    }).length""")
    assert small == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    assert [svg.is_visible() for svg in page.locator(".whole-tree figure svg").all()] == [True, False]


@pytest.mark.parametrize("form", ["wide-only", "narrow"])
def test_no_words_of_the_tree_leave_their_box_or_lie_on_another(visit, form):
    page = visit(f"{PAGE}?preset=thousand", 1280 if form == "wide-only" else 320)
    bad = page.evaluate(
        """(form) => {
        const all = [...document.querySelectorAll(`.tree.${form} :is(text, use)`)];
        const boxes = all.map((e) => [e, e.getBoundingClientRect()]);
        const found = [];
        for (const [at, [one, a]] of boxes.entries()) {
            const rect = one.parentElement.querySelector("rect");
            const edge = rect ? rect.getBoundingClientRect().right : Infinity;
            if (a.right > edge - 1) found.push(`${one.textContent} leaves its box`);
            for (const [other, b] of boxes.slice(at + 1))
                if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
                    found.push(`${one.textContent} on ${other.textContent}`);
        }
        return found;
    }""",
        form,
    )
    assert bad == []


def test_it_works_without_a_script(visit, tmp_path: Path):
    page = visit(PAGE, js=False)
    page.get_by_role("link", name=re.compile("^Yes. Something waits")).click()
    page.get_by_role("link", name=re.compile("^Nobody, really")).click()
    expect(page.locator("h1")).to_have_text("A platform: Railway, Fly.io or Render")
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the decision record").click()
    assert download.value.suggested_filename == "decision-record.md"
    file = tmp_path / "record.md"
    download.value.save_as(file)
    assert file.read_text().startswith("# Where the app lives: a platform\n")
