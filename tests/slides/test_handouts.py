"""manage.py handouts: the files that it writes, and what it says where it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from lecture.slides import paper
from lecture.slides.deck import decks

ROOT = Path(__file__).resolve().parents[2]
SHORT = "twin-apis"


@pytest.mark.browser
def test_each_deck_and_kind_is_a_file(tmp_path: Path):
    command = ["manage.py", "handouts", str(tmp_path / "new"), "--deck", SHORT, "--kind", "student", "slides"]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=os.environ, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    files = sorted((tmp_path / "new").iterdir())
    assert [file.name for file in files] == [f"{SHORT}-slides.pdf", f"{SHORT}-student.pdf"]
    assert sorted(done.stdout.split()) == [str(file) for file in files]
    slides, student = map(PdfReader, files)
    assert len(slides.pages) == len(list(paper.pages(decks()[SHORT])))
    assert [round(float(side)) for side in student.pages[0].mediabox[2:]] == [596, 843]  # A4
    assert "Name" in student.pages[0].extract_text()
    assert any("Serif" in str(font) or "Georgia" in str(font) for font in names(student))


def names(file: PdfReader) -> list[str]:
    """The fonts of its first page: without its style a page would have one."""
    fonts = file.pages[0]["/Resources"]["/Font"]
    return [font.get_object()["/BaseFont"] for font in fonts.values()]


def test_a_deck_that_is_none_is_told_with_the_nearest(tmp_path):
    with pytest.raises(CommandError, match=r"--deck: there is no deck twin-apos\. .*twin-apis"):
        call_command("handouts", tmp_path, "--deck", "twin-apos")


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match=r"file cannot be written to\. File exists"):
        call_command("handouts", tmp_path / "file", "--deck", SHORT)


def test_static_files_that_are_not_collected_are_told(tmp_path, monkeypatch):
    for name in list(staticfiles_storage.hashed_files):
        monkeypatch.delitem(staticfiles_storage.hashed_files, name)
    with pytest.raises(CommandError, match=r"`make handouts`"):
        call_command("handouts", tmp_path / "new", "--deck", SHORT)
    assert not (tmp_path / "new").exists()


def test_without_playwright_the_way_to_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(CommandError, match=r"Printing needs Playwright\. `make handouts` installs it\."):
        call_command("handouts", tmp_path / "new", "--deck", SHORT)
