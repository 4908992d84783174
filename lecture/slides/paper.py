"""Decks on paper: for students, with room to write; as slides; with what the speaker says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from lecture.slides.deck import UNTIL, Deck, Slide

Kind = Literal["student", "slides", "notes"]
KINDS: dict[Kind, str] = {"student": "For students", "slides": "Slides", "notes": "Slides with notes"}


@dataclass(frozen=True)
class Sheet:
    """A slide at a step, as it stands on paper."""

    slide: Slide
    number: int  # of the slide in its deck, from 1
    step: int

    @property
    def body(self) -> SafeString:
        """What is on it."""
        return self.slide.at(self.step)


def states(slide: Slide) -> list[int]:
    """The steps that need a sheet of their own, the last one at least.

    Paper shows a slide with all of it there. Where one thing makes room for another (a myth for the next, a sentence
    beside a drawing for the next) there is a sheet for each.
    """
    if slide.figures and slide.steps:
        return list(range(1, slide.steps + 1))
    over = {int(found[1]) - 1 for found in UNTIL.finditer(slide.html)}
    return sorted(over | {slide.steps})


def pages(deck: Deck) -> Iterator[Sheet]:
    """The sheets of a deck in order, with all that is ever on the wall."""
    for number, slide in enumerate(deck.slides, 1):
        for step in states(slide):
            yield Sheet(slide, number, step)


def sheets(deck: Deck) -> Iterator[Sheet]:
    """One sheet a slide: a drawing with all of it there, of several myths the first."""
    for number, slide in enumerate(deck.slides, 1):
        yield Sheet(slide, number, states(slide)[-1 if slide.figures else 0])
