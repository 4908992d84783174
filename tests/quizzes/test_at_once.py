"""Two tabs at once, for real: many requests at the same moment, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys

from django.conf import settings

from tests.quizzes.samples import BELIEFS, ONE

MANY = 12
AT_ONCE = """
import json, re, sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection, connections
from django.test import Client
from lecture.models import Answer, Attempt, Card, Learner

MANY = int(sys.argv[1])
first = Client(headers={"host": "localhost"})
first.post("/quizzes/1-only/", {"length": "5", "mix": "all"})
taken = Attempt.objects.get()
address = f"/quizzes/1-only/{taken.key}/1/"

def at_once(work):
    barrier = Barrier(MANY)
    def one(number):
        client = Client(headers={"host": "localhost", "HX-Request": "true"})
        client.cookies = first.cookies
        barrier.wait()
        try:
            return work(client, number)
        finally:
            connections.close_all()
    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))

def quiz(client, number):
    return client.post(address, {"answer": "ab"[number % 2], "sure": "2"}).status_code

def check(client, number):
    hidden = {"seed": "1", "once": f"{number:08d}"}
    return client.post("/quizzes/questions/q.two/", {"answer": "ab"[number % 2], **hidden}).status_code

told = {"vendor": connection.vendor, "quiz": at_once(quiz)}
told["kept"] = [Answer.objects.count(), Card.objects.count(), Card.objects.get().reviews]
told["check"] = at_once(check)
told["then"] = [Answer.objects.count(), Card.objects.count(), Learner.objects.count(), Attempt.objects.count()]
due = Card.objects.get(question="q.one")
Card.objects.filter(pk=due.pk).update(due="2020-01-01", last="2019-12-01")
key = f"r:{due.pk}:{due.reviews}"
told["review"] = at_once(lambda client, n: client.post(
    "/review/next/", {"answer": "ab"[n % 2], "sure": "2", "once": key}).status_code)
told["reviewed"] = [Answer.objects.filter(source="review").count(), Card.objects.get(pk=due.pk).reviews - due.reviews]
json.dump(told, sys.stdout)
"""


def test_answers_at_the_same_moment_count_once_and_nothing_is_lost(database, write_course, tmp_path):
    vendor, address = database
    two = ONE.replace("q.one", "q.two").replace("1-only/1-first", "elsewhere/1-gone")
    content = write_course({"quizzes/a.toml": ONE + two, "misconceptions.toml": BELIEFS})
    var = tmp_path / "var"
    var.mkdir()
    (var / "static").symlink_to(settings.STATIC_ROOT)
    for listed in settings.STATIC_ROOT.parent.glob("*.json"):
        (var / listed.name).write_bytes(listed.read_bytes())
    own = {"COURSE_CONTENT": str(content), "COURSE_VAR": str(var), "DATABASE_URL": address}
    own["DJANGO_SETTINGS_MODULE"] = "courseapp.settings"
    command = [sys.executable, "-W", "error", "-c", AT_ONCE, str(MANY)]
    done = subprocess.run(command, env=os.environ | own, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {
        "vendor": vendor,
        "quiz": [200] * MANY,
        "kept": [1, 1, 1],
        "check": [200] * MANY,
        "then": [1 + MANY, 2, 1, 1],
        "review": [200] * MANY,
        "reviewed": [1, 1],
    }
