"""Words that a reader cannot be expected to know, and words that age."""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings

from lecture.authoring import Problem
from lecture.course.model import Course
from lecture.course.texts import Text
from lecture.rosetta.concepts import rosetta

ABBREVIATION = re.compile(r"(?<![\w/.$&-])([A-Z]{2,}\d?)s?(?![\w=-])")
TOKEN = re.compile(r"\w+")
WORN = re.compile(
    r"\b(currently|nowadays|recently|at the moment|at present|these days|as of (?:today|now|\w* ?\d{4}))\b", re.I
)


def unexplained(texts: Iterable[Text], course: Course) -> Iterator[Problem]:
    """Each abbreviation that neither glossary nor look-up have and nobody brings along, where it stands first."""
    known = _known(course)
    for text in texts:
        for found in ABBREVIATION.finditer(_outside_links(text.plain)):
            if found[1] not in known:
                known.add(found[1])
                mend = "Add it to glossary.toml, or to known in course.toml if your readers bring it along."
                yield text.problem(found.start(), "W105", f"{found[1]} is used, and no term of the glossary.", mend)


def worn(text: Text) -> Iterator[Problem]:
    """Words that were true on the day they were written."""
    for found in WORN.finditer(text.plain):
        mend = "Cite a fact, which has its date and source: {fact:id}."
        yield text.problem(found.start(), "W107", f"“{found[0]}” ages, and does not say since when.", mend)


def _known(course: Course) -> set[str]:
    names = [word for term in course.glossary for word in (term.name, term.short, *term.forms)]
    if (settings.COURSE_CONTENT / "rosetta.toml").exists():
        names += [cell for c in rosetta().concept for cell in (c.name, c.aws, c.gcp, c.azure, *c.aliases)]
    return {*course.info.known, *(token for name in names for token in TOKEN.findall(name))}


def _outside_links(text: str) -> str:
    """The text with addresses blanked, its length kept."""
    return re.sub(r"\]\([^)]*\)|https?://\S+|\{[^{}]*\}", lambda found: " " * len(found[0]), text)
