"""Looking a name up: exact first, then what begins so, then what has the words, and only then what is nearly so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from lecture.rosetta.concepts import Concept, rosetta
from lecture.rosetta.names import KINDS, Name, Spelling, names, spelling

LONGEST = 80  # characters of a query that are looked at; the longest name has half of that
MOST_NEAR = 6  # guesses that are shown
Grade = Literal["exact", "begins", "words", "scattered", "near"]
GRADES: tuple[Grade, ...] = ("exact", "begins", "words", "scattered", "near")
# how alike a guess must be, by the length of what was typed: 1 is equal, a slip of one letter in four 0.75
ALIKE = {3: 0.66, 4: 0.75}
LEAST = 0.7
TOO_SHORT = 2  # letters in which any slip makes another name
WORD = 0.97  # what a word that fits counts beside a whole name
FALL = 0.12  # how much less alike than the best another guess may be


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that was found, the name that led to it, and how sure that is."""

    concept: Concept
    name: Name
    grade: Grade


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in the index, and the row of its concept."""

    row: int
    name: Name


class Stone:
    """An index of concepts by all their names."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        """Read the names once; a look-up then goes through a few hundred of them."""
        self.concepts = tuple(concepts)
        self.entries = [Entry(row, name) for row, concept in enumerate(self.concepts) for name in names(concept)]
        self.words = [frozenset(w for n in names(c) for w in n.spelling.words) for c in self.concepts]
        self.forms, self.tokens = defaultdict[str, list[Entry]](list), defaultdict[str, list[Entry]](list)
        for entry in self.entries:
            spelt = entry.name.spelling
            for form in {spelt.whole, spelt.bare} - {""}:
                self.forms[form].append(entry)
            for word in {word for word in spelt.core if len(word) > 3}:
                self.tokens[word].append(entry)

    @property
    def count(self) -> int:
        """How many different names can be looked up."""
        return len({(entry.row, entry.name.spelling.whole) for entry in self.entries if entry.name.kind != "aside"})

    def look_up(self, query: str) -> list[Hit]:
        """What is meant by a query, the best first; guesses only where nothing is called so."""
        wanted = spelling(query[:LONGEST])
        if not wanted.words:
            return []
        return self._named(wanted) or self._scattered(wanted) or self._near(wanted)

    def _named(self, wanted: Spelling) -> list[Hit]:
        """Concepts one of whose names is, begins with or has the words of the query."""
        best: dict[int, tuple[tuple[int, ...], Hit]] = {}
        for entry in self.entries:
            step = _step(entry.name.spelling, wanted)
            if step is not None:
                rank = (step, *self._rank(entry))
                grade = GRADES[max(0, step - 1)]
                if entry.row not in best or rank < best[entry.row][0]:
                    best[entry.row] = (rank, Hit(self.concepts[entry.row], entry.name, grade))
        return [hit for _, hit in sorted(best.values(), key=lambda found: found[0])]

    def _rank(self, entry: Entry) -> tuple[int, ...]:
        """What decides between names that match alike; at last, the order of the sheet."""
        concept, name = self.concepts[entry.row], entry.name
        claimed = name.spelling.whole in {spelling(word).whole for word in concept.words}
        kind = KINDS.index(name.kind)
        return (kind // 2, not claimed, name.place, not concept.lecture, len(name.spelling.whole), kind, entry.row)

    def _scattered(self, wanted: Spelling) -> list[Hit]:
        """Concepts that have each word in some name, such as “postgres azure”."""
        found = []
        for row, concept in enumerate(self.concepts):
            if _has(self.words[row], wanted):
                name = next(entry.name for entry in self.entries if entry.row == row)
                found.append(Hit(concept, name, "scattered"))
        return found

    def _near(self, wanted: Spelling) -> list[Hit]:
        """Concepts with a name in which a letter or two are wrong."""
        best: dict[int, tuple[float, tuple[int, ...], Entry]] = {}
        for score, entry in (*self._whole_guesses(wanted), *self._word_guesses(wanted)):
            found = (-score, self._rank(entry), entry)
            if entry.row not in best or found[:2] < best[entry.row][:2]:
                best[entry.row] = found
        ranked = sorted(best.values(), key=lambda found: found[:2])
        near = [entry for score, _, entry in ranked if score <= ranked[0][0] + FALL][:MOST_NEAR]
        return [Hit(self.concepts[entry.row], entry.name, "near") for entry in near]

    def _whole_guesses(self, wanted: Spelling) -> Iterator[tuple[float, Entry]]:
        """Names that are nearly the query."""
        for typed in {wanted.whole, wanted.bare}:
            for form, score in _alike(typed, self.forms):
                for entry in self.forms[form]:
                    yield (score if entry.name.spelling.whole == form else WORD * score, entry)

    def _word_guesses(self, wanted: Spelling) -> Iterator[tuple[float, Entry]]:
        """Concepts that nearly have the words of the query; the score is the mean of its words."""
        sums: dict[int, tuple[float, Entry]] = {}
        for typed in wanted.core:
            best: dict[int, tuple[float, Entry]] = {}
            for form, score in _alike(typed, self.tokens):
                for entry in self.tokens[form]:
                    best[entry.row] = max(best.get(entry.row, (0.0, entry)), (score, entry), key=lambda found: found[0])
            for row, (score, entry) in best.items():
                sums[row] = (sums.get(row, (0.0, entry))[0] + score, entry)
        for total, entry in sums.values():
            if total / len(wanted.core) >= LEAST:
                yield (WORD * total / len(wanted.core), entry)


def _alike(typed: str, known: Iterable[str]) -> list[tuple[str, float]]:
    """Each known form that is alike enough, and how alike: 1 is the same."""
    if len(typed) <= TOO_SHORT:
        return []
    cutoff, alike = ALIKE.get(len(typed), LEAST), OSA.normalized_similarity
    found = process.extract(typed, tuple(known), scorer=alike, score_cutoff=cutoff, limit=None)
    return [(form, score) for form, score, _ in found]


def _step(known: Spelling, wanted: Spelling) -> int | None:
    """How well a name answers: 0 it is that, 1 but for fillers, 2 it begins so, 3 it has the words; else None."""
    if known.whole == wanted.whole:
        return 0
    if known.bare == wanted.bare:
        return 1
    if known.whole.startswith(wanted.whole) or known.bare.startswith(wanted.bare):
        return 2
    if len(wanted.bare) > 3 and wanted.bare in known.whole:
        return 3
    return 3 if _has(known.words, wanted) else None


def _has(known: Iterable[str], wanted: Spelling) -> bool:
    """Whether each word of the query is one of these, or begins one if it is long enough to say something."""
    return all(
        any(word.startswith(typed) if len(typed) > TOO_SHORT else word == typed for word in known)
        for typed in wanted.core
    )


@cache
def stone() -> Stone:
    """The index of the course that is served."""
    return Stone(rosetta().concept)
