"""What a deck is made of, slide by slide, and what its author may want to change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import strip_tags
from django.utils.text import Truncator

from lecture.slides.deck import WORD, Deck, Slide
from lecture.slides.talk import Programme

MOST = 30  # words beside the title: about 25 are meant
ASKED = 40  # words of a question on the wall
QUICK, LONG = 0.4, 4.0  # minutes that a slide stands on the wall, on average of its section
BESIDE = re.compile(r"<(figure|svg|table|pre|script)\b.*?</\1>", re.S)

TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Row:
    """A slide in numbers."""

    number: int
    slide: Slide
    words: int  # beside the title, outside drawings, tables and code
    notes: int  # words for the speaker, answers included
    at: float | None  # the planned minute at which it comes; None where nothing is planned
    warnings: tuple[str, ...]


def rows(deck: Deck) -> list[Row]:
    """Every slide of a deck."""
    spans = Programme((deck,)).spans if deck.minutes else {}
    return [
        Row(
            number,
            slide,
            words(slide),
            sum(count(html) for html in (*slide.notes, *(halves.answer for halves in slide.asked))),
            span.start if (span := spans.get((deck.slug, slide.name))) else None,
            tuple(_of_slide(slide)),
        )
        for number, slide in enumerate(deck.slides, 1)
    ]


def words(slide: Slide) -> int:
    """The words on the wall at once: of a question without its answer, of steps beside a drawing the longest."""
    if slide.sort in {"ask", "myths"}:
        return max((count(halves.question) for halves in slide.asked), default=0)
    if slide.figures and slide.told:
        return max(map(count, slide.told))
    return count(slide.html)


def count(html: str) -> int:
    """The words of a text, without drawings, tables and code."""
    return len(WORD.findall(TAG.sub(" ", BESIDE.sub(" ", html))))


def _of_slide(slide: Slide) -> Iterator[str]:
    number = words(slide)
    most = {"slide": MOST, "ask": ASKED}.get(slide.sort)
    if most and number > most:
        yield f"{number} words beside the title. Move some into the text: at most {most} are read from the last row."
    for halves in slide.asked:
        if halves.wall.endswith(" …</p>") or count(halves.wall) > MOST:
            said = Truncator(strip_tags(halves.question)).words(8)
            yield f"“{said}”: say it on the wall in a line of at most {MOST} words, `wall: …`."


def of_sections(deck: Deck) -> Iterator[str]:
    """What is wrong with whole sections of a deck, and with its minutes."""
    for key, group in groupby(deck.slides, key=lambda slide: slide.section.key if slide.section else ""):
        shown = list(group)
        if not key:
            continue
        if not any(slide.sort in {"slide", "picture"} for slide in shown):
            yield f"{key} has no slide of its own. Put `/// slide | Its title` where it makes its point."
        minutes = shown[0].minutes
        if minutes and not QUICK <= minutes / len(shown) <= LONG:
            yield f"{key} plans {minutes} minutes for {len(shown)} slides: {_way(minutes / len(shown))}."
    if deck.part and deck.minutes != deck.part.info.minutes:
        planned = f"its part plans {deck.part.info.minutes}"
        yield f"the sections of {deck.slug} plan {deck.minutes} minutes, {planned}: the rest is still coming."


def _way(each: float) -> str:
    if each < QUICK:
        return f"{round(each * 60)} seconds each. Give it more minutes, or make some slides text"
    return f"{each:.0f} minutes each. Give it fewer minutes, or more slides"
