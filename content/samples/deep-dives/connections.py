"""Thirty callers, three ways to reach Postgres."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import NullPool, create_engine, text

URL = os.environ["DATABASE_URL"]
CALLERS, CALLS = 30, 20
WORK = text("SELECT pg_sleep(0.005)")  # five milliseconds in Postgres
OPEN = text(
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'twin'"
)


def engine(**pool):
    named = {"application_name": "twin"}
    return create_engine(URL, connect_args=named, **pool)


def caller(door):
    for _ in range(CALLS):
        with door.connect() as connection:
            connection.execute(WORK)


def race(name, doors):
    """Print milliseconds a call, and connections left open."""
    began = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as crowd:
        list(crowd.map(caller, doors))
    spent = (time.perf_counter() - began) / CALLS * 1000
    with create_engine(URL).connect() as watcher:
        left = watcher.execute(OPEN).scalar()
    print(f"{name:32} {spent:6.1f} ms a call, {left:2} left open")
    for door in set(doors):
        door.dispose()


fresh = engine(poolclass=NullPool)
shared = engine(pool_size=10, max_overflow=0)
own = [engine(pool_size=1, max_overflow=0) for _ in range(CALLERS)]

race("a fresh connection each call", [fresh] * CALLERS)
race("one task, a pool of ten", [shared] * CALLERS)
race("thirty environments, one each", own)
