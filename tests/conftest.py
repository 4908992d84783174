"""What every test needs: a place of its own, collected static files, and courses to read."""

import atexit
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import dj_database_url
import pytest
from django.conf import settings

from tests import postgres

# before Django reads its settings: nothing of this machine's own, nothing left behind in var/
for _name in [n for n in os.environ if n.startswith("COURSE_")] + ["DATABASE_URL"]:
    os.environ.pop(_name, None)
_var = tempfile.TemporaryDirectory(prefix="course-tests-")
os.environ["COURSE_VAR"] = _var.name  # for what tests start
settings.STATIC_ROOT = Path(_var.name) / "static"  # pytest-django has read the settings before this file
settings.REVIEW_FUZZ = False  # a card comes back on the same day each time

if os.environ.get("TEST_ON") == "postgresql":
    # one server for the run: the first process starts it, the workers that it begins find its address
    if "TEST_DATABASE_URL" not in os.environ:
        if (_bin := postgres.binaries()) is None:
            pytest.exit(f"\n\n  !!!  {postgres.MISSING}  !!!\n", returncode=0)
        _server = postgres.server(_bin)
        os.environ["TEST_DATABASE_URL"] = _server.__enter__()
        atexit.register(_server.__exit__, None, None, None)
    settings.DATABASES["default"].update(dj_database_url.parse(os.environ["TEST_DATABASE_URL"]), OPTIONS={})

MINIMAL = {
    "course.toml": """
title = "A course"
headline = "A headline."
lead = "A lead."
description = "A description."

[[part]]
slug = "1-only"
title = "Only part"
summary = "A summary."
minutes = 5
""",
    "homes.toml": "".join(
        f'[[home]]\nkind = "{kind}"\nname = "{kind}"\nmeaning = "m"\nline = "l"\ntap = "t"\n'
        for kind in ("parents", "empty", "furnished", "hotel")
    ),
    "parts/1-only/1-first.md": """---
title: First
lead: A lead.
description: A description.
minutes: 5
---

Some text.
""",
}


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """The hashed static files, as a server has them."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def write_course(tmp_path: Path) -> Callable[..., Path]:
    """Write a small course and return its folder: keyword `files` adds or replaces, None removes."""

    def write(files: dict[str, str | None] | None = None) -> Path:
        root = tmp_path / "content"
        for name, text in {**MINIMAL, **(files or {})}.items():
            if text is not None:
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        return root

    return write


def forget_course() -> None:
    """Empty every memory of the course that is served."""
    from lecture import homes, ready
    from lecture.costs import pages, prices
    from lecture.course import addresses, load, quizzed, render, search
    from lecture.quizzes import made, misconceptions, pools, questions
    from lecture.rosetta import concepts, looking
    from lecture.slides import deck, talk
    from lecture.translator import examples, findings_table, images, keys
    from lecture.wizard import load as wizard
    from lecture.wizard import wording

    for remembered in (
        homes.homes,
        prices.price_sheet,
        pages.costs,
        addresses.addresses,
        load.course,
        quizzed.asked,
        render.prices,
        search.index,
        questions.questions,
        questions.told_before,
        misconceptions.misconceptions,
        made.made,
        pools.everything,
        pools.quizzes,
        concepts.rosetta,
        looking.stone,
        deck.decks,
        talk.programme,
        images.images,
        keys.table,
        findings_table.table,
        examples.examples,
        wizard.flow,
        wording.shown,
        wording.written,
    ):
        remembered.cache_clear()
    ready.forget()


@pytest.fixture
def serve(settings, write_course) -> Iterator[Callable[..., Path]]:
    """Serve a small course instead of the real one, for one test."""

    def serve(files: dict[str, str | None] | None = None) -> Path:
        root = write_course(files)
        settings.COURSE_CONTENT = root
        forget_course()
        return root

    yield serve
    forget_course()


@pytest.fixture
def section(write_course) -> Callable[[str], dict[str, str | None]]:
    """The files of a course whose one section has this body; the body begins on line 8 of its file."""

    def files(body: str) -> dict[str, str | None]:
        return {"parts/1-only/1-first.md": MINIMAL["parts/1-only/1-first.md"].replace("Some text.\n", body)}

    return files


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """What a test that races needs: which database, and the address of a real PostgreSQL ("" for SQLite)."""
    if request.param == "sqlite":
        yield "sqlite", ""
        return
    bin = postgres.binaries()
    if bin is None:
        pytest.skip(postgres.MISSING)
    with postgres.server(bin) as address:
        yield "postgresql", address
