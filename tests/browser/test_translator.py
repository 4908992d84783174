"""The translator in a browser: typing translates, pointing lights, files drop in; accessible, and without a script."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import faults
from tests.browser.visiting import give_a_sign

pytestmark = pytest.mark.browser

PAGE = "/translator/"
CAPSTONE = f"{PAGE}?example=capstone"
SMALL = "services:\n  web:\n    image: nginx:1.27\n    ports: ['80:80']\n"
WITH_CACHE = f"{SMALL}    depends_on: [cache]\n  cache:\n    image: redis:7\n"
BROKEN = 'services:\n  web:\n    image: "nginx\n'


@pytest.fixture
def page(visit) -> Page:
    opened = visit(PAGE)
    give_a_sign(opened)
    return opened


def type_in(page: Page, text: str) -> None:
    page.locator("#text").fill(text)


def said(page: Page) -> Locator:
    return page.locator("#said")


def pair(page: Page, service: str) -> Locator:
    return page.locator(".pair", has=page.locator(f"#c-{service}"))


# accessible


def test_the_paste_form_is_accessible(visit):
    assert not (found := faults(visit(PAGE))), "\n".join(found)


@pytest.mark.full
def test_a_translation_is_accessible(visit):
    assert not (found := faults(visit(CAPSTONE))), "\n".join(found)


def test_an_error_is_accessible(page):
    type_in(page, BROKEN)
    expect(page.locator(".problem")).to_have_count(1)
    assert not (found := faults(page)), "\n".join(found)


@pytest.mark.full
def test_the_findings_are_accessible(visit):
    assert not (found := faults(visit(f"{PAGE}findings/"))), "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize("id", ["mistakes", "microservices", "monitoring", "kafka", "rails"])
def test_larger_translations_are_accessible_too(visit, id):
    assert not (found := faults(visit(f"{PAGE}?example={id}"))), "\n".join(found)


# typing


def test_typing_translates_without_a_reload(page):
    page.evaluate("() => { window.stayed = true; }")
    type_in(page, SMALL)
    expect(said(page)).to_contain_text("1 service became")
    expect(pair(page, "web")).to_be_visible()
    type_in(page, WITH_CACHE)
    expect(said(page)).to_contain_text("2 services became")
    expect(page.locator("#c-cache")).to_contain_text("ElastiCache")
    assert page.evaluate("() => window.stayed")
    expect(page.locator("#text")).to_be_focused()


def test_nothing_of_it_stands_in_the_address(page):
    type_in(page, SMALL)
    expect(said(page)).to_contain_text("1 service became")
    assert page.url.endswith(PAGE)


def test_the_env_box_is_translated_along(page):
    type_in(page, "services:\n  web:\n    image: nginx:${TAG}\n")
    expect(page.locator("#translation")).to_contain_text("TAG has neither a value nor a default")
    page.locator("#env").fill("TAG=1.27\n")
    expect(page.locator("#translation")).not_to_contain_text("TAG has neither a value nor a default")


def test_a_mistake_is_said_while_one_types_and_goes_when_it_is_mended(page):
    type_in(page, BROKEN)
    expect(said(page)).to_contain_text("Line 3: A quote opens here and is never closed.")
    expect(page.get_by_role("alert")).to_contain_text("Close it with the same quote.")
    type_in(page, SMALL)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(pair(page, "web")).to_be_visible()


def test_the_caret_stands_below_the_place(page):
    type_in(page, BROKEN)
    line, caret = page.locator(".problem pre code").inner_text().split("\n")[:2]
    assert line[len(caret.rstrip()) - 1] == '"'


def test_an_emptied_box_shows_the_beginning_again(page):
    type_in(page, SMALL)
    expect(pair(page, "web")).to_be_visible()
    type_in(page, "")
    expect(page.locator(".empty-state")).to_be_visible()


def test_the_button_and_the_keys_lead_to_the_result(page):
    type_in(page, SMALL)
    page.locator("#text").press("Control+Enter")
    expect(page.locator(".sum")).to_be_in_viewport()
    page.locator("#text").scroll_into_view_if_needed()
    page.get_by_role("button", name="Translate", exact=True).click()
    expect(page.locator(".sum")).to_be_in_viewport()


def test_what_is_open_stays_open_while_one_types(page):
    type_in(page, SMALL)
    page.locator("summary", has_text="network.tf").click()
    type_in(page, WITH_CACHE)
    expect(page.locator("#c-cache")).to_be_visible()
    expect(page.locator("details.file[open] summary")).to_contain_text("network.tf")


# choices


def test_a_choice_translates_at_once_and_keeps_the_focus(visit):
    page = visit(CAPSTONE)
    give_a_sign(page)
    expect(page.locator(".bill tfoot")).to_contain_text("116.41")
    page.locator("#o-nat-none").check()
    expect(page.locator(".bill tfoot")).to_contain_text("90.86")
    expect(page.locator("#o-nat-none")).to_be_focused()
    expect(page.locator("#o-nat-none")).to_be_checked()
    page.locator("#o-size-production").check()
    expect(page.locator("#o-nat-none")).to_be_checked()
    page.locator("#o-self_host-redis").check()
    expect(page.locator("#c-redis")).to_contain_text("Fargate")


# pointing


@pytest.mark.parametrize("side", ["#L43", "#c-db"])
def test_pointing_at_either_side_lights_the_whole_row(visit, side):
    page = visit(CAPSTONE)
    assert lit(page) == []
    page.locator(side).hover()
    assert lit(page) == ["db"]


def lit(page: Page) -> list[str]:
    """The services whose rows have a ground of their own and bold numbers, as they are painted."""
    found: list[str] = page.locator(".pair:not(.aside, .head)").evaluate_all("""(all) => all.filter((pair) =>
        getComputedStyle(pair).backgroundColor !== "rgba(0, 0, 0, 0)"
        && getComputedStyle(pair.querySelector(".n")).fontWeight === "700"
    ).map((pair) => pair.querySelector("h3 code").textContent)""")
    return found


def test_pointing_at_a_line_lights_what_is_said_about_it_and_the_other_way_round(visit):
    page = visit(CAPSTONE)
    page.locator("#L43").hover()
    expect(page.locator(".gloss .on")).to_have_text(re.compile("brings a disk of its own"))
    page.locator(".gloss > div", has_text="11–13").hover()
    expect(page.locator(".gloss .on dt").first).to_contain_text("11–13")
    assert page.locator(".lines li.on").evaluate_all("(all) => all.map((line) => line.value)") == [11, 12, 13]


def test_the_keyboard_lights_a_pair_too(visit):
    page = visit(CAPSTONE)
    pair(page, "db").locator(".lines").focus()
    assert lit(page) == ["db"]


def test_a_pair_that_is_clicked_stays_lit(visit):
    page = visit(CAPSTONE)
    page.locator("#c-db").click()
    page.mouse.move(0, 0)
    expect(pair(page, "db")).to_have_class(re.compile(r"\blit\b"))
    page.locator("#c-redis").click()
    expect(page.locator(".pair.lit")).to_have_count(1)


def test_a_finding_leads_to_its_line(visit):
    page = visit(CAPSTONE)
    page.locator(".remarks").get_by_role("link", name="line 19").click()
    expect(page.locator("#L19")).to_be_in_viewport()
    assert page.url.endswith("#L19")


# the account of keys


def test_the_account_is_filtered_by_status_and_by_word(visit):
    page = visit(CAPSTONE)
    rows = page.locator(".keys tbody tr:visible")
    every = rows.count()
    page.get_by_label("Inferred").check()
    expect(rows).to_have_count(1)
    page.locator("#show-all").check()
    page.get_by_label("Find a key").fill("redis_url")
    expect(rows).to_have_count(3)
    page.get_by_label("Find a key").fill("")
    expect(rows).to_have_count(every)


# files


def test_a_chosen_file_lands_in_the_box_and_is_translated(page, tmp_path):
    file = tmp_path / "compose.yaml"
    file.write_text(WITH_CACHE)
    page.locator("#file").set_input_files(file)
    expect(page.locator("#text")).to_have_value(WITH_CACHE)
    expect(said(page)).to_contain_text("2 services became")


def test_a_dropped_file_lands_in_the_box_and_an_env_file_in_its_own(page):
    drop(page, "docker-compose.yml", SMALL)
    expect(page.locator("#text")).to_have_value(SMALL)
    drop(page, ".env", "TAG=1\n")
    expect(page.locator("#env")).to_have_value("TAG=1\n")
    expect(page.locator("#text")).to_have_value(SMALL)
    expect(said(page)).to_contain_text("1 service became")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page):
    drop(page, "big.yaml", "# " + "x" * 300_000)
    expect(said(page)).to_contain_text("big.yaml has 293 kB, and 256 kB is the most.")
    expect(page.locator("#text")).to_have_value("")


def drop(page: Page, name: str, text: str) -> None:
    page.evaluate(
        """([name, text]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], name));
            const how = { dataTransfer: carried, bubbles: true, cancelable: true };
            for (const kind of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, how));
        }""",
        [name, text],
    )


def taken(page: Page, name: str, tmp_path: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize(
    ("button", "name"),
    [
        ("Take the Terraform, as a zip", "app-terraform.zip"),
        ("Report as Markdown", "app-report.md"),
        ("Report as JSON", "app-report.json"),
        ("Network as SVG", "app-network.svg"),
    ],
)
def test_what_is_typed_is_what_is_taken_along(page, tmp_path, button, name):
    type_in(page, SMALL)
    expect(pair(page, "web")).to_be_visible()
    path = taken(page, button, tmp_path)
    assert path.name == name
    assert path.stat().st_size > 500


def test_the_report_is_of_the_choices_that_are_shown(visit, tmp_path):
    page = visit(CAPSTONE)
    give_a_sign(page)
    page.locator("#o-nat-none").check()
    expect(page.locator(".bill tfoot")).to_contain_text("90.86")
    report = json.loads(taken(page, "Report as JSON", tmp_path).read_text())
    assert report["bill"]["monthly_usd"] == "90.86"


# without a script


@pytest.fixture
def plain(visit):
    def open_page(path: str = PAGE, **how) -> Page:
        return visit(path, js=False, **how)

    return open_page


def test_a_file_is_pasted_translated_and_changed_by_form(plain):
    page = plain()
    page.locator("#text").fill(WITH_CACHE)
    page.get_by_role("button", name="Translate", exact=True).click()
    expect(page.locator(".sum")).to_contain_text("2 services")
    page.locator(".paste > summary").click()
    page.locator("#text").fill(SMALL)
    page.get_by_role("button", name="Translate", exact=True).click()
    expect(page.locator(".sum")).to_contain_text("1 service")


def test_choices_are_made_by_form(plain):
    page = plain(CAPSTONE)
    page.locator("#o-nat-none").check()
    page.get_by_role("button", name="Translate with these choices").click()
    expect(page.locator(".bill tfoot")).to_contain_text("90.86")
    expect(page.locator("#o-nat-none")).to_be_checked()


def test_a_mistake_is_told_by_form(plain):
    page = plain(allowed=422)
    page.locator("#text").fill(BROKEN)
    page.get_by_role("button", name="Translate", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("A quote opens here and is never closed.")
    expect(page.locator("#text")).to_have_value(BROKEN)


def test_a_file_is_uploaded_and_taken_along_by_form(plain, tmp_path):
    page = plain()
    file = tmp_path / "compose.yaml"
    file.write_text(SMALL)
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Translate", exact=True).click()
    expect(page.locator(".sum")).to_contain_text("1 service")
    assert taken(page, "Report as Markdown", tmp_path).read_text().startswith("# app on AWS")


def test_keys_are_filtered_and_files_opened_without_a_script(plain):
    page = plain(CAPSTONE)
    page.get_by_label("Inferred").check()
    expect(page.locator(".keys tbody tr:visible")).to_have_count(1)
    expect(page.locator(".find-key")).to_be_hidden()
    page.locator("summary", has_text="data.tf").click()
    expect(page.get_by_role("region", name="data.tf")).to_contain_text("aws_db_instance")
    for copy in page.locator("[data-copy]").all():
        expect(copy).to_be_hidden()
