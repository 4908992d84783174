"""The glossary as the page shows it."""

from dataclasses import dataclass

from lecture.course.model import Course, Section, Term


@dataclass(frozen=True)
class Row:
    """A term with what it leads to; what is not there yet is left out."""

    term: Term
    see_also: tuple[Term, ...]
    leaf: Section | None

    @property
    def letter(self) -> str:
        """Under which it stands."""
        return self.term.name[0].upper()


def rows(course: Course) -> list[Row]:
    """Every term in the order of the alphabet."""
    by_id = {term.id: term for term in course.glossary}
    terms = sorted(course.glossary, key=lambda term: term.name.lower())
    return [Row(t, tuple(by_id[i] for i in t.see if i in by_id), course.leaves.get(t.section)) for t in terms]
