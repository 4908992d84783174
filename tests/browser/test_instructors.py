"""What instructors see, on a site that others reach: the door, behind it, and the statistics; axe, CSP, console."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.serving import ROOT, Site, serving
from tests.browser.visiting import Visitor

pytestmark = pytest.mark.browser

NAME, PASSWORD = "ada", "a tap that drips all night"
STATISTICS = "/quizzes/statistics/"
CLASS = """
import django
django.setup()
from lecture.models import Answer, Learner
from lecture.quizzes.kinds import One
from lecture.quizzes.pools import everything
asked = [one for one in everything().values() if isinstance(one, One) and one.section.startswith("1-")][:12]
for number in range(25):
    learner = Learner.objects.create(key=str(number))
    for at, one in enumerate(asked):
        options = [option for option in one.option if option.right == (number > 2 * at)]
        given = options[number % len(options)]
        Answer.objects.create(learner=learner, once=str(at), source="quiz", question=one.id, seed=1, given=given.id,
            right=given.right, certainty=1 + number % 3, first=True,
            misconceptions=[] if given.right else [given.misconception])
"""


def prepare(var: Path) -> None:
    """An instructor, and a class that has answered."""
    own = {"COURSE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "courseapp.settings", "PATH": os.environ["PATH"]}
    env = own | {"INSTRUCTOR_NAME": NAME, "INSTRUCTOR_PASSWORD": PASSWORD}
    for command in (["manage.py", "instructor"], ["-c", CLASS]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, capture_output=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The course with a host name for others, which is no longer a purely local one."""
    with serving(tmp_path_factory.mktemp("var"), prepare, COURSE_HOSTS="hall.local") as served:
        yield served


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def looked_at(page: Page) -> list[str]:
    """What is wrong with the page by day and by night, wide and narrow, everything open."""
    return [f"{page.url}, {fault}" for fault in faults(page)]


@pytest.mark.parametrize("js", [True, False])
def test_an_instructor_comes_in_reads_and_leaves(visit: Visitor, js: bool):
    page = visit(STATISTICS, js=js)
    expect(page).to_have_url(f"{visit.url}/sign-in/?next={STATISTICS}")
    sign_in(page)
    expect(page.get_by_role("heading", name="What the answers show")).to_be_visible()
    page.get_by_role("combobox", name="Quiz").select_option("1-the-problem")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("300 first answers to 12 questions.")).to_be_visible()
    item = page.locator("details.item").first
    item.locator("summary").click()
    expect(item.get_by_role("table")).to_be_visible()
    page.get_by_role("link", name="For instructors").first.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto(STATISTICS)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_every_page_behind_the_door_is_accessible(visit: Visitor):
    page = visit(STATISTICS)
    found = looked_at(page)
    sign_in(page)
    for address in (STATISTICS, f"{STATISTICS}?quiz=1-the-problem", "/sign-in/", "/password/"):
        page.goto(address)
        found += looked_at(page)
    assert not found, "\n".join(found)


def test_what_is_refused_is_told_accessibly(visit: Visitor):
    page = visit("/sign-in/", allowed=400)
    sign_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("Name and password do not fit together.")
    found = looked_at(page)
    sign_in(page)
    page.goto(f"{STATISTICS}?from=soon")
    found += looked_at(page)
    page.goto("/password/")
    for label in ("Present password", "New password", "The new one again"):
        page.get_by_label(label).fill("short")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += looked_at(page)
    assert not found, "\n".join(found)
