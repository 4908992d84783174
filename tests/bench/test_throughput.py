"""What a section page costs the server, in static files of the same size: the same worker, the same minute."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.bench.asking import ask
from tests.browser.serving import Site, serving

pytestmark = pytest.mark.bench

SECTION = "/parts/1-the-problem/2-three-problems/"
STATIC = "/static/same-size.bin"
SECONDS, ROUNDS, CONNECTIONS = 5, 3, 16
GZIP = {"Accept-Encoding": "gzip"}
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")


@pytest.fixture(scope="module")
def measured() -> Callable[..., float]:
    """The tool that asks as fast as it can."""
    tools = {"wrk": wrk, "hey": hey}
    for name, measure in tools.items():
        if shutil.which(name):
            return measure
    pytest.skip("wrk or hey measures this; neither is installed")


@pytest.fixture(scope="module")
def one_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The course with one worker, and beside its static files one as large as a section is when compressed."""
    sizes = tmp_path_factory.mktemp("sizes")
    with serving(sizes) as site:
        size = len(ask(site.url + SECTION).body)

    def add(var: Path) -> None:
        (var / "static" / "same-size.bin").write_bytes(os.urandom(size))

    with serving(tmp_path_factory.mktemp("var"), add, COURSE_WORKERS="1") as site:
        assert len(ask(site.url + STATIC).body) == size == len(ask(site.url + SECTION).body)
        yield site


def test_a_section_page_beside_a_static_file(one_worker, measured, say):
    page, file = one_worker.url + SECTION, one_worker.url + STATIC
    asked = {
        "page": (page, GZIP),
        "file": (file, GZIP),
        "page 304": (page, GZIP | {"If-None-Match": ask(page).headers["ETag"]}),
        "file 304": (file, GZIP | {"If-Modified-Since": ask(file).headers["Last-Modified"]}),
    }
    for name, (url, headers) in asked.items():
        answer = ask(url, **{header.replace("-", "_"): value for header, value in headers.items()})
        assert answer.status == (304 if name.endswith("304") else 200)
    rates = alternate(measured, asked)
    limits = [measured(*asked["file"], threads=threads) for threads in (1, 2)]
    say(
        f"requests a second, one worker; medians of {ROUNDS} rounds of {SECONDS} s, {CONNECTIONS} connections",
        *(
            f"  {name:10}{median(found):10.0f}   ({', '.join(f'{r:.0f}' for r in found)})"
            for name, found in rates.items()
        ),
        f"  {len(ask(page).body)} bytes each, compressed",
        f"a section page costs {ratio(rates, 'file', 'page')} static files",
        f"a 304 costs {ratio(rates, 'file 304', 'page 304')}",
        limit(limits),
    )


def alternate(measured: Callable[..., float], asked: dict[str, tuple[str, dict[str, str]]]) -> dict[str, list[float]]:
    """The rates of each, in turn, so that a slow minute is slow for all."""
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, (url, headers) in asked.items():
            rates[name].append(measured(url, headers))
    return rates


def ratio(rates: dict[str, list[float]], cheap: str, dear: str) -> str:
    """How many of the cheap ones a dear one costs."""
    return f"{median(rates[cheap]) / median(rates[dear]):.2f}"


def limit(rates: list[float]) -> str:
    """Whether the tool itself was what limited the static file."""
    gain = rates[1] / rates[0] - 1
    verdict = "the tool was near its limit: the ratios are too small" if gain > 0.1 else "the server was the limit"
    return f"static file with 1 and 2 threads of the tool: {rates[0]:.0f}, {rates[1]:.0f} ({gain:+.0%}): {verdict}"


def wrk(url: str, headers: dict[str, str], threads: int = 1) -> float:
    """Requests a second."""
    sent = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    return _rate(["wrk", f"-t{threads}", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *sent, url])


def hey(url: str, headers: dict[str, str], threads: int = 1) -> float:
    """Requests a second."""
    sent = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    return _rate(["hey", "-cpus", str(threads), "-c", str(CONNECTIONS), "-z", f"{SECONDS}s", *sent, url])


def _rate(command: list[str]) -> float:
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = RATE.search(output)
    assert found, output
    assert "Non-2xx" not in output, output
    return float(found[1])
