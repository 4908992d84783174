"""Lists every slide with its words, figures, notes and planned minute, and what its author may want to change."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lecture.authoring import suggestion
from lecture.slides import listing
from lecture.slides.deck import Deck, decks
from lecture.slides.talk import hours


class Command(BaseCommand):
    """For authors: the decks as a table; warnings follow the slide or the deck that they are about."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which decks, and how much of them."""
        parser.add_argument("deck", nargs="*", metavar="DECK", help="such as 1-the-problem (all of them)")
        parser.add_argument("--warnings", action="store_true", help="nothing but what could be better")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a slide, one a warning; nothing is an error."""
        chosen = [_deck(name) for name in options["deck"]] or list(decks().values())
        warned = sum(self._list(deck, options["warnings"]) for deck in chosen)
        slides = sum(len(deck.slides) for deck in chosen)
        minutes = sum(deck.minutes for deck in chosen)
        self.stdout.write(f"{slides} slides, {minutes} minutes, {warned} warning{'s' * (warned != 1)}.")

    def _list(self, deck: Deck, terse: bool) -> int:
        """Print a deck; how many warnings there were."""
        warned = 0
        if not terse:
            minutes = f", {deck.minutes} minutes" if deck.minutes else ""
            self.stdout.write(f"\n{deck.title} (/slides/{deck.slug}/): {len(deck.slides)} slides{minutes}")
            self.stdout.write("   #   at  words  notes  slide")
        for row in listing.rows(deck):
            if not terse:
                at = "" if row.at is None else hours(row.at)
                figures = f"  [{', '.join(row.slide.figures)}]" if row.slide.figures else ""
                steps = f"  {row.slide.steps} steps" if row.slide.steps and row.slide.sort == "slide" else ""
                line = f"{row.number:4} {at:>4}  {row.words or '':5}  {row.notes or '':5}  {row.slide.name}"
                self.stdout.write(line + figures + steps)
            for warning in row.warnings:
                warned += 1
                self.stdout.write(self.style.WARNING(f"      {deck.slug}/{row.slide.name}: {warning}"))
        for warning in listing.of_sections(deck):
            warned += 1
            self.stdout.write(self.style.WARNING(f"      {warning}"))
        return warned


def _deck(name: str) -> Deck:
    try:
        return decks()[name]
    except KeyError:
        raise CommandError(f"There is no deck {name}. {suggestion(name, decks())}") from None
