"""What thirty windows that follow a talk cost one worker: the share of its time, by the kernel's own count."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.serving import ROOT, Site, serving

pytestmark = pytest.mark.bench

WINDOWS, SECONDS = 30, 15
BEGIN = """
import django
django.setup()
from django.utils import timezone
from lecture.slides import records
from lecture.slides.deck import decks
from lecture.slides.talk import Plan
deck = decks()["1-the-problem"]
talk = records.begin(deck, deck.slides[0], 0, Plan(decks=(deck.slug,)), timezone.now())
print(talk.key, talk.wall)
"""


@pytest.fixture
def one_worker(tmp_path: Path) -> Iterator[Site]:
    with serving(tmp_path, COURSE_WORKERS="1") as site:
        yield site


def test_thirty_windows_that_follow(one_worker: Site, say: Callable[..., None]):
    env = os.environ | {"COURSE_VAR": str(one_worker.var), "DJANGO_SETTINGS_MODULE": "courseapp.settings"}
    said = subprocess.run([sys.executable, "-c", BEGIN], cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    key, wall = said.stdout.split()
    worker = worker_of(one_worker)
    follow(one_worker, key, wall, 2)  # warm
    before, begun = spent(worker), time.monotonic()
    answers = follow(one_worker, key, wall, SECONDS)
    share = (spent(worker) - before) / (time.monotonic() - begun)
    say(
        f"{WINDOWS} windows ask each second: {share:.1%} of one worker, the budget is 5 %",
        f"  {len(answers)} answers, {answers.count(304)} of them 304; {share / WINDOWS * 1000:.2f} ms each",
    )
    assert set(answers) <= {200, 304}
    assert len(answers) >= 0.9 * WINDOWS * SECONDS


def follow(site: Site, key: str, wall: str, seconds: int) -> list[int]:
    """Windows that ask once a second, every third a speaker's; the status of each answer."""
    answers: list[int] = []

    def window(number: int) -> None:
        address = f"/slides/talks/{key}/?as=s{number}" if number % 3 == 0 else f"/slides/talks/{wall}/"
        connection, etag = HTTPConnection(urlsplit(site.url).netloc), ""
        time.sleep(number / WINDOWS)
        for _ in range(seconds):
            asked = time.monotonic()
            connection.request("GET", address, headers={"Accept": "application/json", "If-None-Match": etag})
            response = connection.getresponse()
            response.read()
            etag = response.headers["ETag"]
            answers.append(response.status)
            time.sleep(max(0, asked + 1 - time.monotonic()))
        connection.close()

    threads = [threading.Thread(target=window, args=(number,)) for number in range(WINDOWS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def worker_of(site: Site) -> int:
    """The process of the one worker: the child of the server that listens at this address."""
    port = f"{urlsplit(site.url).port:04X}"
    inodes = {line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if f":{port} " in line}
    holders = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and holds(path, inodes)]
    return max(holders)  # the worker was born after its master


def holds(process: Path, inodes: set[str]) -> bool:
    try:
        return any(
            str(file.readlink()) in {f"socket:[{inode}]" for inode in inodes} for file in (process / "fd").iterdir()
        )
    except OSError:
        return False  # somebody else's, or gone


def spent(process: int) -> float:
    """Seconds of processor time that the threads of a process have had; counted in nanoseconds and not in ticks."""
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
