"""A learner's round on a real PostgreSQL, started here and stopped again."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from tests.postgres import MISSING, binaries, server

pytestmark = pytest.mark.full

ROUND = """
import json, sys
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from lecture.models import Learner, Reading

FIRST, SECOND = "1-the-problem/1-your-compose-file", "1-the-problem/2-three-problems"
one, other = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
for section in (FIRST, SECOND, SECOND):
    one.post(f"/parts/{section}/progress/", {"read": "yes"})
exported = one.get("/you/export/").content
other.post(f"/parts/{FIRST}/progress/", {"read": "yes"})
def bring(data):
    return other.post("/you/import/", {"file": SimpleUploadedFile("x.json", data)})
brought = bring(exported), bring(exported)
kept = Reading.objects.count(), Learner.objects.count()
json.dump({
    "vendor": connection.vendor,
    "exported": [row["section"] for row in json.loads(exported)["read"]],
    "brought": [response.status_code for response in brought],
    "the same": [r["section"] for r in json.loads(other.get("/you/export/").content)["read"]],
    "kept": kept,
    "seen": [one.get(address).status_code for address in ("/", "/you/", "/progress/", "/search/?q=cloud")],
    "gone": [client.post("/you/delete/").status_code for client in (one, other)],
    "left": [Reading.objects.count(), Learner.objects.count()],
}, sys.stdout)
"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    bin = binaries()
    if bin is None:
        pytest.skip(MISSING)
    with server(bin) as address:
        yield address


@pytest.fixture(scope="module")
def run(postgres, tmp_path_factory) -> Callable[..., str]:
    """Run Python as an installation with that database would; its output."""
    var = tmp_path_factory.mktemp("var")
    shutil.copytree(settings.STATIC_ROOT.parent, var, dirs_exist_ok=True)  # the list of static files lies beside them
    own = {"DATABASE_URL": postgres, "COURSE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "courseapp.settings"}

    def run(*args: str) -> str:
        command = [sys.executable, "-W", "error", *args]
        done = subprocess.run(command, env=os.environ | own, cwd=settings.BASE_DIR, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def migrated(run) -> str:
    """What migrating said."""
    return run("manage.py", "migrate")


def test_every_migration_applies(migrated, run):
    assert "Applying lecture.0001_initial... OK" in migrated
    assert run("manage.py", "migrate", "--check") == ""


def test_a_learner_marks_takes_along_brings_back_and_goes(migrated, run):
    first, second = "1-the-problem/1-your-compose-file", "1-the-problem/2-three-problems"
    assert json.loads(run("-c", ROUND)) == {
        "vendor": "postgresql",
        "exported": [first, second],
        "brought": [302, 302],
        "the same": [second, first],
        "kept": [4, 2],
        "seen": [200, 200, 200, 200],
        "gone": [302, 302],
        "left": [0, 0],
    }


def test_unused_learners_are_removed(migrated, run):
    assert run("manage.py", "remove_unused_learners") == "Removed 0 learners unused for 365 days.\n"
