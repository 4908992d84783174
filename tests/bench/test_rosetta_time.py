"""What a look-up costs: the index alone, and the answer that a browser gets while somebody types."""

from statistics import median
from time import perf_counter_ns
from urllib.parse import quote

import pytest

from lecture.rosetta.concepts import rosetta
from lecture.rosetta.looking import Stone
from lecture.rosetta.names import names
from tests.bench.asking import ask

pytestmark = pytest.mark.bench

SLIPS = ["postgress", "lamda", "kuberentes", "dynmo db", "load balancr", "secret manger", "zzzzzz"]


def test_a_look_up(say):
    began = perf_counter_ns()
    stone = Stone(rosetta().concept)
    built = perf_counter_ns() - began
    every = [name.text for concept in stone.concepts for name in names(concept)]
    letters = sorted({name[:length] for name in every for length in (1, 2, 3)})
    say(
        f"{len(stone.concepts)} concepts, {stone.count} names; the index is built in {built / 1e6:.1f} ms",
        row("a whole name", [timed(stone.look_up, query) for query in every]),
        row("its first letters", [timed(stone.look_up, query) for query in letters]),
        row("a name with a slip", [timed(stone.look_up, query) for query in SLIPS * 20]),
    )


def test_an_answer(site, say):
    def fetch(query: str) -> None:
        assert ask(f"{site.url}/rosetta/?q={quote(query)}", HX_Request="true").status == 200

    fetch("warm")
    queries = ["redis", "azure ad", "bucket", "cloud", *SLIPS]
    say(
        row("an answer, gunicorn and loopback", [timed(fetch, query) for query in queries * 10]),
        row("the whole table, the same way", [timed(fetch, "") for _ in range(20)]),
    )


def timed(call, *arguments: str) -> int:
    """Nanoseconds of one call."""
    began = perf_counter_ns()
    call(*arguments)
    return perf_counter_ns() - began


def row(what: str, times: list[int]) -> str:
    """The median and the slowest, in milliseconds."""
    return f"{what:34} median {median(times) / 1e6:6.2f} ms, slowest {max(times) / 1e6:6.2f} ms ({len(times)} times)"
