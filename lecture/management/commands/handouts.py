"""Writes decks as PDF: for students, as slides, and with what the speaker says."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import BaseCommand, CommandError

from lecture.authoring import suggestion
from lecture.slides import paper, pdf
from lecture.slides.deck import Deck, decks
from lecture.slides.views import to_print

SIZES = ("A4", "Letter")


class Command(BaseCommand):
    """For whoever teaches: one folder to print from, or to hand on."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and which."""
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="where the files go; it is made if need be")
        parser.add_argument("--deck", nargs="+", default=[], metavar="NAME", help="these alone, such as 1-the-problem")
        parser.add_argument("--kind", nargs="+", default=list(paper.KINDS), choices=paper.KINDS, help="these alone")
        parser.add_argument("--paper", choices=SIZES, default=SIZES[0], help="the size of a sheet (A4)")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a file. Files with notes or answers say so in their names: keep them from students."""
        chosen = _decks(options["deck"])
        try:
            staticfiles_storage.url("css/handout.css")
        except ValueError:
            raise CommandError("The static files are not collected yet. `make handouts` does both.") from None
        pages = {f"{deck.slug}-{kind}.pdf": to_print(deck, kind) for deck in chosen for kind in options["kind"]}
        try:
            for file in pdf.write(options["folder"], pages, options["paper"]):
                self.stdout.write(str(file))
        except pdf.NoBrowser as missing:
            raise CommandError(str(missing)) from None
        except OSError as error:
            raise CommandError(f"{options['folder']} cannot be written to. {error.strerror}.") from None


def _decks(names: list[str]) -> list[Deck]:
    for name in names:
        if name not in decks():
            raise CommandError(f"--deck: there is no deck {name}. {suggestion(name, decks())}")
    return [decks()[name] for name in names] or list(decks().values())
