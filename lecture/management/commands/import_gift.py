"""Make a draft of content/quizzes/ from a file of GIFT."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lecture.authoring import suggestion
from lecture.course.load import course
from lecture.quizzes import draft
from lecture.quizzes.gift_read import Found, Remark, read
from lecture.quizzes.toml_text import comment

REFUSED = 2  # as `translate` ends where its file cannot be read


class Command(BaseCommand):
    """manage.py import_gift questions.gift --section 1-the-problem/2-three-problems --out content/quizzes/new.toml."""

    help = "Writes the questions of a GIFT file as a draft for content/quizzes/; what you still owe stands as TODO."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own way; a course with a draft in it is not sound

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, where its questions belong, and where the draft goes."""
        parser.add_argument("file", metavar="FILE", help="a file of GIFT; - is standard input")
        parser.add_argument("--section", default="", help="where all of them belong, such as 1-the-problem/2-name")
        parser.add_argument("--out", help="a file for the draft that is not there yet; else standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, tell what is wrong, write."""
        name, section = options["file"], options["section"]
        known = course().leaves
        if section and section not in known:
            raise CommandError(f"--section: there is no section {section}. {suggestion(section, known)}")
        found = read(_text(name))
        self._tell(name, found.left_out)
        if found.mistakes:
            self._tell(name, found.mistakes)
            count = f"{len(found.mistakes)} mistake{'s' * (len(found.mistakes) != 1)}"
            raise CommandError(f"{count}; nothing was written.", returncode=REFUSED)
        if not found.items:
            raise CommandError(f"{name}: there is no question to take.", returncode=REFUSED)
        text = draft.write(found.items, name, section, known) + _left_out(found)
        if draft.read(text) != list(found.items):
            raise CommandError("the draft does not hold all that GIFT says. This is our mistake: please report it.")
        self._put(text, options["out"])

    def _tell(self, name: str, remarks: tuple[Remark, ...]) -> None:
        for remark in remarks:
            self.stderr.write(f"{name}:{remark.line}: {remark.message}")

    def _put(self, text: str, out: str | None) -> None:
        if out is None:
            self.stdout.write(text, ending="")
            return
        try:
            with Path(out).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            raise CommandError(f"--out: {out} is there already. Name another file, or move it away.") from None
        except OSError as error:
            raise CommandError(f"--out: {out} cannot be written to. {error.strerror}.") from None


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{name}: cannot be read. {error.strerror}.", returncode=REFUSED) from None
    except UnicodeDecodeError:
        raise CommandError(f"{name}: is not UTF-8. Save it as UTF-8 text.", returncode=REFUSED) from None


def _left_out(found: Found) -> str:
    """What has no kind here, as comments."""
    parts = [f"---- left out, line {one.line}: {one.message}\n{one.source}" for one in found.left_out]
    return "\n" + comment("\n\n".join(parts)) if parts else ""
