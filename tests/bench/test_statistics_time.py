"""What the statistics cost with 10,000 learners and 250 questions each: time beside counting the rows, and memory."""

import json
import os
import subprocess
import sys

import pytest

from tests.browser.serving import ROOT

pytestmark = pytest.mark.bench

LEARNERS, QUESTIONS = 10_000, 250
FILL = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from lecture.quizzes import pools
from lecture.quizzes.kinds import One

LEARNERS, QUESTIONS = map(int, sys.argv[1:])
asked = [id for id, one in pools.everything().items() if isinstance(one, One)][:QUESTIONS]
cursor = connection.cursor()
cursor.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'lecture_answer' AND type = 'index'")
indexes = [row for row in cursor.fetchall() if row[1]]
for name, _ in indexes:
    cursor.execute(f'DROP INDEX "{name}"')
cursor.execute("CREATE TEMP TABLE asked (at INTEGER PRIMARY KEY, id TEXT)")
cursor.executemany("INSERT INTO asked VALUES (%s, %s)", list(enumerate(asked)))
cursor.execute('''WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
    INSERT INTO lecture_learner (id, key, seen_on, zone, retention, daily)
    SELECT i, 'k' || i, '2026-11-01', '', 90, 20 FROM n''', [LEARNERS])
cursor.execute('''
    INSERT INTO lecture_answer (learner_id, once, source, question, seed, given, "right", certainty, misconceptions,
        answered_at, first)
    SELECT learner, 'q:' || printf('%04d', at), 'quiz', question, 1, '"' || substr('abcd', 1 + chosen, 1) || '"',
        chosen = 0, 1 + chance % 3, CASE chosen WHEN 0 THEN '[]' ELSE '["it-mends-itself"]' END,
        datetime('2026-01-01', '+' || ((learner * 37 + at * 11) % 300) || ' days',
            '+' || (chance % 86400) || ' seconds'), 1
    FROM (SELECT l.id AS learner, asked.at, asked.id AS question, abs(random()) % 1000000 AS chance,
        CASE WHEN abs(random()) % 100 < 30 + l.id % 50 THEN 0 ELSE 1 + abs(random()) % 3 END AS chosen
        FROM lecture_learner l CROSS JOIN asked ORDER BY l.id, asked.at)''')
for _, sql in indexes:
    cursor.execute(sql)
"""
MEASURE = """
import json, resource, sys
from time import perf_counter
import django
django.setup()
from django.db import connection
from lecture.quizzes import observing, pools

def timed(work):
    began = perf_counter()
    found = work()
    return perf_counter() - began, found

def count():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), SUM(seed) FROM lecture_answer")
        return cursor.fetchone()[0]

def mebibytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

term = observing.read({"from": "2026-03-01", "to": "2026-06-30", "quiz": ""})
quiz = observing.read({"from": "", "to": "", "quiz": next(iter(pools.quizzes()))})
pools.everything()
told = {"count": timed(count), "before": mebibytes()}
for name, wanted in (("everything", observing.Wanted()), ("a term", term), ("a quiz", quiz)):
    seconds, items = timed(wanted.items)
    told[name] = seconds, len(items), sum(item.answers for item in items)
told["after"] = mebibytes()
json.dump(told, sys.stdout)
"""


def test_the_statistics_beside_counting_the_rows(say, tmp_path):
    own = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "courseapp.settings", "COURSE_VAR": str(tmp_path)}

    def run(script: str, *args: str) -> str:
        done = subprocess.run([sys.executable, "-c", script, *args], env=own, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(FILL, str(LEARNERS), str(QUESTIONS))
    told = json.loads(run(MEASURE))
    base, rows = told["count"]
    lines = [f"{rows:,} first answers: {LEARNERS:,} learners, {QUESTIONS} questions each"]
    for name in ("everything", "a term", "a quiz"):
        seconds, items, answers = told[name]
        times = f"{seconds / base:.1f} times adding up one column ({seconds:.1f} s beside {base:.1f} s)"
        lines.append(f"{name}: {times}, {answers:,} answers to {items} questions")
    lines.append(f"memory at its highest: {told['after']:.0f} MiB, {told['after'] - told['before']:.0f} of them for it")
    say(*lines)
