"""The glossary as the page shows it."""

from dataclasses import dataclass

from lecture.course.links import explained
from lecture.course.model import Course, Section, Term


@dataclass(frozen=True)
class Row:
    """A term with what it leads to, and where it is explained; what is not there yet is left out."""

    term: Term
    see_also: tuple[Term, ...]
    leaf: Section | None
    address: str

    @property
    def letter(self) -> str:
        """Under which it stands."""
        return self.term.name[0].upper()


def rows(course: Course) -> list[Row]:
    """Every term in the order of the alphabet."""
    by_id = {term.id: term for term in course.glossary}
    terms = sorted(course.glossary, key=lambda term: term.name.lower())
    return [_row(term, by_id, course) for term in terms]


def _row(term: Term, by_id: dict[str, Term], course: Course) -> Row:
    there = explained(term, course)
    return Row(term, tuple(by_id[id] for id in term.see if id in by_id), there.section, there.address)
