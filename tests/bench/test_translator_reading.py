"""What reading a compose file costs, in yaml.compose with the C loader on the same text."""

from collections.abc import Callable
from statistics import median
from time import process_time_ns

import pytest
import yaml

from lecture.translator.limits import LIMITS
from lecture.translator.reading import read
from tests.translator.test_reading_fuzz import LARGEST, tried_alone

pytestmark = pytest.mark.bench

SHOP = """\
  api{n}:
    build: .
    ports:
      - "{port}:8000"
    environment:
      - DATABASE_URL=postgresql://shop:change-me@db{n}:5432/shop
      - REDIS_URL=redis://cache{n}:6379/${{INDEX:-0}}
      - DEBUG=${{DEBUG}}
    depends_on:
      db{n}:
        condition: service_healthy
      cache{n}:
        condition: service_started
  db{n}:
    image: postgres:15
    environment:
      POSTGRES_USER: shop
      POSTGRES_PASSWORD: change-me
    volumes:
      - data:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U shop"]
      interval: 10s
  cache{n}:
    image: redis:7-alpine
    command: redis-server --save 60 1
"""


def shop(services: int) -> str:
    """A file of about so many services, three a shop."""
    shops = [SHOP.format(n=n, port=10_000 + n) for n in range(services // 3)]
    return f"services:\n{''.join(shops)}volumes:\n  data:\n"


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median of so many runs, in milliseconds of this process."""
    taken = []
    for _ in range(times):
        began = process_time_ns()
        work()
        taken.append((process_time_ns() - began) / 1e6)
    return median(taken)


def test_reading_beside_composing(say):
    lines = []
    for services in (3, 60, 100, 1000):
        text, times = shop(services), max(5, 600 // services)
        base = milliseconds(lambda text=text: yaml.compose(text, Loader=yaml.CLoader), times)
        reading = milliseconds(lambda text=text: read(text), times)
        lines.append(
            f"{services} services, {text.count(chr(10))} lines: read in {reading:.2f} ms,"
            f" {reading / base:.1f} times yaml.compose ({base:.2f} ms)"
        )
    say(*lines)


def test_the_most_that_anybody_may_paste(say):
    taken = {name: milliseconds(lambda make=make: tried_alone(*make()), 1) for name, make in LARGEST.items()}
    slowest = sorted(taken, key=lambda name: -taken[name])[:5]
    say(
        f"the slowest of {len(taken)} texts of up to {LIMITS.text // 1024} kB:",
        *(f"  {name}: {taken[name]:.0f} ms" for name in slowest),
    )
