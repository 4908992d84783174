"""Full-text search over the course: SQLite FTS5 tables in memory, built once, whatever the main database is."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from threading import Lock

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lecture.course.asking import Vocabulary, Want
from lecture.course.load import course
from lecture.course.pieces import Entry, entries, vocabulary
from lecture.course.ranking import Answer, Found, Ranking, Scores

COLUMNS = "place, heading, also, text"
PIECES, PAGES = "8.0, 5.0, 2.0, 1.0", "8.0, 2.0, 3.0, 1.0"  # what a word counts in each column
TYPED = 0.7  # what a word counts that only begins like the last one, which is perhaps being typed
OPEN, CLOSE = "\x02", "\x03"
SNIPPET = 28  # words


@dataclass(frozen=True)
class Hit:
    """Something found, with the words of the query marked."""

    address: str
    place: str
    heading: str
    snippet: SafeString


class Index:
    """Three tables: pieces as they are, for a word being typed; pieces and pages stemmed, for forms of words."""

    def __init__(self, found: Iterable[Entry], known: Vocabulary | None = None) -> None:
        self.entries = list(found)
        self.vocabulary = known or Vocabulary()
        pages: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            pages[entry.page].append(entry)
        self.pages = list(pages)
        self.lock = Lock()
        self.db = sqlite3.connect(":memory:", check_same_thread=False)
        rows = [("", e.heading, e.also, e.text) if e.heading else (e.place, "", "", e.text) for e in self.entries]
        self._table("plain", "", rows)
        self._table("pieces", "porter ", rows)
        self._table("pages", "porter ", [_page(page) for page in pages.values()])

    def _table(self, table: str, stem: str, rows: list[tuple[str, str, str, str]]) -> None:
        tokens = f"{stem}unicode61 remove_diacritics 2"
        self.db.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({COLUMNS}, tokenize='{tokens}')")
        insert = f"INSERT INTO {table}(rowid, {COLUMNS}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 - our own names
        self.db.executemany(insert, [(number, *row) for number, row in enumerate(rows)])

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """The best entries for a query: those with all of it on their page or, where there is none, with any."""
        wants = self.vocabulary.read(query)
        if not wants:
            return []
        with self.lock:
            scores = self._scores(wants)
            best = sorted(scores, key=lambda row: (-scores[row], row))[:limit]
            snippets = self._snippets(wants, best)
        return [self._hit(row, snippets.get(row) or _beginning(self.entries[row].text)) for row in best]

    def _hit(self, row: int, snippet: str) -> Hit:
        entry = self.entries[row]
        marked = escape(snippet).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
        return Hit(entry.address, entry.place, entry.heading, mark_safe(marked))  # noqa: S308 - escaped above

    def _scores(self, wants: list[Want]) -> Scores:
        answers = [self._answer(want) for want in wants]
        last = answers[-1].words[-1].pieces
        for row, score in self._match("plain", f'"{wants[-1].words[-1]}"*', PIECES).items():
            last[row] = max(last.get(row, 0), TYPED * score)
        words = [word for want in wants for word in want.words]
        phrase = self._match("pieces", f'"{" ".join(words)}"', PIECES) if len(wants) > 1 else {}
        return Ranking(self.entries, answers, phrase).scores()

    def _answer(self, want: Want) -> Answer:
        side_by_side = [" ".join(want.words)] if len(want.words) > 1 else []
        return Answer(
            want, [self._found([word]) for word in want.words], self._found(side_by_side), self._found(want.others)
        )

    def _found(self, spellings: Iterable[str]) -> Found:
        """What the best of several spellings scores."""
        found = Found({}, {})
        for spelling in spellings:
            for row, score in self._match("pieces", f'"{spelling}"', PIECES).items():
                found.pieces[row] = max(found.pieces.get(row, 0), score)
            for row, score in self._match("pages", f'"{spelling}"', PAGES).items():
                found.pages[self.pages[row]] = max(found.pages.get(self.pages[row], 0), score)
        return found

    def _match(self, table: str, match: str, weights: str) -> Scores:
        """BM25 of each row that matches, the more the better."""
        query = f"SELECT rowid, -bm25({table}, {weights}) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        return dict(self.db.execute(query, [match]))

    def _snippets(self, wants: list[Want], rows: list[int]) -> dict[int, str]:
        """Of each text the part with most of the words, marked; a word being typed only where none is whole."""
        spellings = [spelling for want in wants for spelling in (*want.words, *want.others)]
        typed = [*(f'"{spelling}"' for spelling in spellings), f'"{wants[-1].words[-1]}"*']
        best: dict[int, str] = {}
        for table, match in (("pieces", " OR ".join(typed[:-1])), ("plain", " OR ".join(typed))):
            marked = f"snippet({table}, 3, '{OPEN}', '{CLOSE}', ' … ', {SNIPPET})"
            among = f"rowid IN ({', '.join('?' * len(rows))})"
            query = f"SELECT rowid, {marked} FROM {table} WHERE {table} MATCH ? AND {among}"  # noqa: S608
            for row, snippet in self.db.execute(query, [match, *rows]):
                if snippet.count(OPEN) > best.get(row, "").count(OPEN):
                    best[row] = snippet
        return best


def _page(pieces: list[Entry]) -> tuple[str, str, str, str]:
    """A page as one row: its title, its headings, what it says about itself, all of its text."""
    headings, texts = " ".join(piece.heading for piece in pieces), " ".join(piece.text for piece in pieces)
    title = next((piece.place for piece in pieces if not piece.definition), "")
    return title, headings, pieces[0].also, texts


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:SNIPPET]) + " …" * (len(words) > SNIPPET)


@cache
def index() -> Index:
    """The index of the course that is served."""
    return Index(entries(course()), vocabulary(course()))
