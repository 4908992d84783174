"""Full-text search over the course: an SQLite FTS5 table in memory, built once, whatever the main database is."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from threading import Lock

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from lecture.course import render
from lecture.course.load import course
from lecture.course.model import Course

LONGEST = 200  # characters of a query that are looked at
WORDS = 12  # words of it
HEADING = re.compile(r'<h[23] id="([^"]+)">(.*?)</h[23]>', re.S)
UNREAD = re.compile(  # drawings, buttons, permalinks and what asks to load a question
    r'<(svg|button|summary)\b.*?</\1>|<a class="permalink".*?</a>|<section class="block check".*?</section>', re.S
)
BLOCK = re.compile(r"</?(?:p|ul|ol|li|td|th|dt|dd|div|pre|figcaption|caption|h[23])\b[^>]*>")
OPEN, CLOSE = "\x02", "\x03"
WEIGHTS = "8.0, 5.0, 1.0"  # the title of a section (for its beginning alone), heading, text
# nothing of the query is in this text: the words come as a parameter
QUERY = f"""
    SELECT rowid, bm25({{table}}, {WEIGHTS}), snippet({{table}}, 2, '{OPEN}', '{CLOSE}', ' … ', 28)
    FROM {{table}} WHERE {{table}} MATCH ? ORDER BY 2 LIMIT 50
"""  # noqa: S608


@dataclass(frozen=True)
class Entry:
    """A piece of text that can be found: `place` says where it stands."""

    address: str
    place: str
    heading: str
    text: str


@dataclass(frozen=True)
class Hit:
    """Something found, with the words of the query marked."""

    address: str
    place: str
    heading: str
    snippet: SafeString


class Index:
    """Two tables of the same entries: words as they are, for prefixes, and stemmed, for their forms."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.lock = Lock()
        self.db = sqlite3.connect(":memory:", check_same_thread=False)
        rows = [(at, "" if e.heading else e.place, e.heading, e.text) for at, e in enumerate(self.entries)]
        for table, stem in (("plain", ""), ("stemmed", "porter ")):
            tokenizer = f"{stem}unicode61 remove_diacritics 2"
            self.db.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(place, heading, text, tokenize='{tokenizer}')")
            self.db.executemany(f"INSERT INTO {table}(rowid, place, heading, text) VALUES (?, ?, ?, ?)", rows)  # noqa: S608

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """The best entries for a query, every word first and, where none has all, any of them."""
        words = re.findall(r"\w+", query[:LONGEST].replace("\0", " "))[:WORDS]
        if not words:
            return []
        return self._find(words, " ", limit) or self._find(words, " OR ", limit)

    def _find(self, words: list[str], glue: str, limit: int) -> list[Hit]:
        best: dict[int, tuple[float, str]] = {}
        for table, star in (("plain", "*"), ("stemmed", "")):
            match = glue.join(f'"{word}"{star}' for word in words)
            with self.lock:
                rows = self.db.execute(QUERY.format(table=table), [match]).fetchall()
            for row, score, snippet in rows:
                if row not in best or score < best[row][0]:
                    best[row] = (score, snippet)
        ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))[:limit]
        return [self._hit(row, snippet) for row, (_, snippet) in ranked]

    def _hit(self, row: int, snippet: str) -> Hit:
        entry = self.entries[row]
        marked = escape(snippet).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
        return Hit(entry.address, entry.place, entry.heading, mark_safe(marked))  # noqa: S308 - escaped above


@cache
def index() -> Index:
    """The index of the course that is served."""
    return Index(entries(course()))


def entries(all_of_it: Course) -> Iterator[Entry]:
    """Each piece between two headings, and each term of the glossary."""
    for leaf in all_of_it.leaves.values():
        rendered = render.section(leaf)
        pieces = HEADING.split(rendered.html)
        yield Entry(leaf.address, leaf.label, "", _text(f"{rendered.lead} {pieces[0]}"))
        for id, heading, html in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            if id != "check" or _text(html):
                yield Entry(f"{leaf.address}#{id}", leaf.label, _text(heading), _text(html))
    for term in all_of_it.glossary:
        yield Entry(f"/glossary/#{term.id}", "Glossary", f"{term.name} {term.short}".strip(), term.definition)


def _text(html: str) -> str:
    """What a reader reads of `html`, on one line."""
    shown = UNREAD.sub(" ", html)
    return " ".join(unescape(strip_tags(BLOCK.sub(" ", shown))).split())
