"""How well a piece of text answers a query.

What the words score in it (BM25: rare words count more, and more in a heading than below it), and a part
of what they score on its page: of two pieces that say the same, the one from the section about the matter
comes first. A name that the glossary knows leads to where it is explained; definitions come after texts.
The factors were chosen so that the queries of tests/course/test_first_hit.py have room to either side.
"""

from dataclasses import dataclass

from lecture.course.asking import Want
from lecture.course.pieces import Entry

PAGE = 0.4  # what a page counts beside the piece
OTHER = 0.9  # what a text calls a thing, beside what was typed
NAME = 0.3  # the words of a name side by side
PHRASE = 1.5  # all words of the query side by side
MISSING = 0.5  # what is lost where the piece itself has nothing of what is asked for, in proportion
EXPLAINING_PAGE = 4.0  # the page that explains a name, as far as the query is that name
EXPLAINING_PLACE = 6.0  # the place on it, if the query is nothing else
LESS = 1e-6

Scores = dict[int, float]  # by the number of an entry


@dataclass(frozen=True)
class Found:
    """What a word or a name scores: in pieces by their number, on pages by their address."""

    pieces: Scores
    pages: dict[str, float]

    def has(self, row: int, page: str) -> bool:
        """Whether it stands in the piece or elsewhere on its page."""
        return row in self.pieces or page in self.pages


@dataclass(frozen=True)
class Answer:
    """What was found for one thing that is asked for: each word, the words side by side, and what else would do."""

    want: Want
    words: list[Found]
    phrase: Found
    others: Found

    def piece(self, row: int) -> float:
        """The words of the name or what else would do, whichever scores more."""
        words = sum(word.pieces.get(row, 0) for word in self.words)
        return max(words, OTHER * self.others.pieces.get(row, 0)) + NAME * self.phrase.pieces.get(row, 0)

    def page(self, page: str) -> float:
        """The same for a page."""
        words = sum(word.pages.get(page, 0) for word in self.words)
        return max(words, OTHER * self.others.pages.get(page, 0)) + NAME * self.phrase.pages.get(page, 0)

    def has(self, row: int, page: str) -> bool:
        """Whether all of it stands in the piece or elsewhere on its page."""
        return self.others.has(row, page) or all(word.has(row, page) for word in self.words)

    @property
    def found(self) -> set[int]:
        """Every piece that has some of it."""
        return {row for one in (*self.words, self.others) for row in one.pieces}


@dataclass(frozen=True)
class Ranking:
    """Everything that was found for a query: for each thing that it asks for, and all words side by side."""

    entries: list[Entry]
    answers: list[Answer]
    phrase: Scores

    def scores(self) -> Scores:
        """What each entry is worth whose page has all that is wanted; where none has, each that has any."""
        addresses = {answer.want.address for answer in self.answers}
        found = {row for row, entry in enumerate(self.entries) if entry.address in addresses}
        found = found.union(*(answer.found for answer in self.answers))
        complete = {row for row in found if all(a.has(row, self.entries[row].page) for a in self.answers)}
        scores = {row: self._score(row, self.entries[row]) for row in complete or found}
        texts = [score for row, score in scores.items() if not self.entries[row].definition]
        most = max(texts, default=float("inf")) - LESS
        return {row: min(score, most) if self.entries[row].definition else score for row, score in scores.items()}

    def _score(self, row: int, entry: Entry) -> float:
        pieces = [answer.piece(row) for answer in self.answers]
        own = sum(pieces) + PHRASE * self.phrase.get(row, 0)
        page = sum(answer.page(entry.page) for answer in self.answers)
        explained = sum(self._explained(answer, entry) for answer in self.answers)
        missing = sum(not piece for piece in pieces) / len(pieces)
        return entry.worth * (own + PAGE * page + explained) * (1 - MISSING * missing)

    def _explained(self, answer: Answer, entry: Entry) -> float:
        """More for what explains a name: its page, and the place on it."""
        page, _, place = answer.want.address.partition("#")
        if entry.page != page:
            return 0.0
        if place and entry.address == answer.want.address and len(self.answers) == 1:
            return EXPLAINING_PAGE + EXPLAINING_PLACE
        return EXPLAINING_PAGE * len(answer.words) / sum(len(other.words) for other in self.answers)
