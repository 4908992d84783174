"""What a search costs, in the cheapest query that SQLite can answer."""

import re
from statistics import median
from time import perf_counter_ns

import pytest

from lecture.course.load import course
from lecture.course.pieces import entries
from lecture.course.search import Index

pytestmark = pytest.mark.bench

QUERIES = 200


def test_a_search_beside_the_cheapest_query(say):
    began = perf_counter_ns()
    found = list(entries(course()))
    read = perf_counter_ns()
    index = Index(found)
    built = perf_counter_ns()
    searches, bare = times(index, queries(index))
    base = median(bare)
    say(
        f"{len(found)} entries, {len(searches)} queries of one to three words",
        f"a search costs {median(searches) / base:.0f} times SELECT 1"
        f" (medians {median(searches) / 1000:.0f} µs and {base / 1000:.1f} µs; the slowest {max(searches) / base:.0f})",
        f"building the index costs {(built - read) / base:.0f} times SELECT 1 ({(built - read) / 1e6:.1f} ms),"
        f" rendering what goes into it {(read - began) / base:.0f} ({(read - began) / 1e6:.0f} ms)",
    )


def queries(index: Index) -> list[str]:
    """Words of the course, one to three at a time, from its beginning to its end."""
    words = list(dict.fromkeys(re.findall(r"\w{3,}", " ".join(entry.text for entry in index.entries))))
    step = max(1, len(words) // QUERIES)
    return [" ".join(words[at : at + 1 + number % 3]) for number, at in enumerate(range(0, len(words), step))][:QUERIES]


def times(index: Index, asked: list[str]) -> tuple[list[int], list[int]]:
    """Nanoseconds of each search, and of a bare query beside each."""
    searches, bare = [], []
    for query in asked:
        began = perf_counter_ns()
        hits = index.search(query)
        between = perf_counter_ns()
        index.db.execute("SELECT 1").fetchall()
        searches.append(between - began)
        bare.append(perf_counter_ns() - between)
        assert hits
    return searches, bare
