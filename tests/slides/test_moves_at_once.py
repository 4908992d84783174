"""Many hands on one talk at the same moment, for real: on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys

from django.conf import settings

AT_ONCE = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from lecture.models import Talk
from lecture.slides import records
from lecture.slides.deck import decks
from lecture.slides.talk import Plan

deck = decks()["1-the-problem"]
names = [slide.name for slide in deck.slides][1:13]
talk = records.begin(deck, deck.slides[0], 0, Plan(decks=(deck.slug,)), timezone.now())
address = f"/slides/talks/{talk.key}/"
barrier = Barrier(len(names))

def move(name):
    client = Client(headers={"host": "localhost", "accept": "application/json"})
    barrier.wait()
    try:
        client.get(f"{address}?as={name[:8]}")
        answer = client.post(address, {"deck": deck.slug, "slide": name, "turn": 0, "by": name[-8:], "when": 1})
        return answer.status_code, answer.json()["at"]
    finally:
        connections.close_all()

with ThreadPoolExecutor(len(names)) as pool:
    answers = list(pool.map(move, names))
talk.refresh_from_db()
json.dump({"vendor": connection.vendor, "answers": answers, "turn": talk.turn, "slide": talk.slide}, sys.stdout)
"""


def test_of_many_moves_at_once_one_counts_and_all_learn_where_the_talk_is(database, tmp_path):
    vendor, address = database
    (tmp_path / "static").mkdir()
    own = {"COURSE_VAR": str(tmp_path), "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "courseapp.settings"}
    command = [sys.executable, "-W", "error", "-c", AT_ONCE]
    done = subprocess.run(command, env=os.environ | own, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["vendor"], told["turn"]) == (vendor, 1)
    assert sorted(status for status, _ in told["answers"]) == [200] + [409] * 11
    assert {at for _, at in told["answers"]} == {f"/slides/1-the-problem/{told['slide']}/"}
