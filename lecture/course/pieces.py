"""What can be found: each piece of a text between two headings, and each definition."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.conf import settings
from django.utils.html import strip_tags

from lecture.course import links, prose, quizzed, render
from lecture.course.asking import Vocabulary
from lecture.course.model import Course, Section, Shelf, Term
from lecture.rosetta.concepts import rosetta

HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h[23]>', re.S)
UNREAD = re.compile(  # drawings, buttons, permalinks and what asks to load a question
    r'<(svg|button|summary)\b.*?</\1>|<a class="permalink".*?</a>|<section class="block check".*?</section>', re.S
)
BLOCK = re.compile(r"</?(?:p|ul|ol|li|td|th|dt|dd|div|pre|figcaption|caption|h[23])\b[^>]*>")
WORTH: dict[Shelf, float] = {"parts": 1.0, "deep-dives": 0.9, "reference": 0.6}  # the lecture comes first
DEFINITION = 0.7
MISTAKEN = 0.4  # what somebody believes wrongly
SHORT = re.compile(r"\((\w*[A-Z]\w*)\)")


@dataclass(frozen=True)
class Entry:
    """A piece of text that can be found.

    `place` says where it stands; `also` holds words that describe it and are not shown; `worth` is a
    factor of its rank; a definition is a page of its own and comes after the texts.
    """

    address: str
    place: str
    heading: str
    text: str
    also: str = ""
    worth: float = 1.0
    definition: bool = False

    @property
    def page(self) -> str:
        """What it is a part of."""
        return self.address if self.definition else self.address.partition("#")[0]


def entries(course: Course) -> Iterator[Entry]:
    """Everything that can be found in a course."""
    for leaf in course.leaves.values():
        yield from _pieces(leaf, course)
    converter = prose.markdown(lambda href: href)
    for term in course.glossary:
        name = f"{term.name} {term.short}".strip()
        text = _text(prose.inline(converter, term.definition))
        yield Entry(f"/glossary/#{term.id}", "Glossary", name, text, " ".join(term.forms), DEFINITION, definition=True)
    for belief in quizzed.misconceptions():
        believed, so, tempting = (_text(prose.inline(converter, belief[key])) for key in ("believed", "so", "tempting"))
        address, text = f"/quizzes/misconceptions/#{belief['id']}", f"{so} {tempting}"
        yield Entry(address, "Misconceptions", believed, text, "", MISTAKEN, definition=True)


def vocabulary(course: Course) -> Vocabulary:
    """The names that the glossary, the look-up and course.toml teach the search."""
    names = [(_names(term), links.explained(term, course).address) for term in course.glossary]
    return Vocabulary(names, _elsewhere() | course.info.synonyms)


def _elsewhere() -> dict[str, tuple[str, ...]]:
    """What Google Cloud and Azure call a thing, and its names at AWS, in whose language the texts are."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    there = (settings.COURSE_CONTENT / "rosetta.toml").exists()
    for concept in rosetta().concept if there else ():
        for theirs in (*_services(concept.gcp), *_services(concept.azure)):
            found[theirs] += _services(concept.aws)
    return found


def _services(cell: str) -> tuple[str, ...]:
    """The services in a cell such as "Virtual Network (VNet); Cloud Run (older)", with their short names."""
    names = re.split("[;/]", re.sub(r"\([^)]*\)", "", cell)) + SHORT.findall(cell)
    return tuple(name.strip() for name in names if name.strip())


def _pieces(leaf: Section, course: Course) -> Iterator[Entry]:
    rendered = render.section(leaf)
    first, *rest = HEADING.split(rendered.html)
    worth, above = WORTH[leaf.shelf], ""
    yield Entry(leaf.address, leaf.label, "", _text(f"{rendered.lead} {first}"), _about(leaf, course), worth)
    for level, id, words, html in zip(rest[::4], rest[1::4], rest[2::4], rest[3::4], strict=True):
        heading, text = _text(words), _text(html)
        also = f"{above if level == '3' else ''} {id.replace('-', ' ')}".strip()
        above = heading if level == "2" else above
        if id != "check" or text:
            yield Entry(f"{leaf.address}#{id}", leaf.label, heading, text, also, worth)


def _about(leaf: Section, course: Course) -> str:
    """What a section says about itself, and the words that it explains."""
    words = [name for term in course.glossary if links.explained(term, course).section == leaf for name in _names(term)]
    return " ".join([leaf.front.short, leaf.front.description, *leaf.front.objectives, *words])


def _names(term: Term) -> list[str]:
    return [term.name, term.short, *term.forms]


def _text(html: str) -> str:
    """What a reader reads of `html`, on one line."""
    shown = UNREAD.sub(" ", html)
    return " ".join(unescape(strip_tags(BLOCK.sub(" ", shown))).split())
