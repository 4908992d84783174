import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from courseapp import environment
from courseapp.environment import BASE, Environment

SHOW = """
import json
from django.conf import settings
json.dump({"key": settings.SECRET_KEY, "database": settings.DATABASES["default"], "debug": settings.DEBUG,
           "url": settings.COURSE_URL, "csrf": settings.CSRF_COOKIE_NAME}, __import__("sys").stdout, default=str)
"""


def start(var: Path, **variables: str) -> subprocess.Popen:
    """A process that reads the settings with these variables."""
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "courseapp.settings", "COURSE_VAR": str(var)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", SHOW], env=env | variables, cwd=BASE, **pipes)


def settings_with(var: Path, **variables: str) -> dict:
    out, err = start(var, **variables).communicate()
    assert err == ""
    return json.loads(out)


@pytest.fixture
def given(monkeypatch):
    """Set variables of the environment."""

    def given(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return given


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch):
    monkeypatch.delenv("COURSE_VAR")


def complaint() -> str:
    with pytest.raises(SystemExit) as left:
        environment.read()
    return str(left.value)


def test_every_default_is_right_for_one_laptop():
    read = environment.read()
    assert (read.course_url, read.course_bind, read.course_hosts) == ("", "127.0.0.1:8000", ())
    assert (read.course_content, read.course_var) == (BASE / "content", BASE / "var")
    assert (read.course_secret_key, read.database_url, read.course_dev, read.https) == (None, "", False, False)
    assert (read.course_workers, read.course_threads) == (2, 4)


def test_every_variable_says_what_it_is_for():
    assert [name for name, field in Environment.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("COURSE_URL", "cloud.example.edu", "write a scheme and a host, such as https://cloud.example.edu"),
        ("COURSE_URL", "ftp://cloud.example.edu", "write a scheme and a host, such as https://cloud.example.edu"),
        ("COURSE_URL", "https://", "write a scheme and a host, such as https://cloud.example.edu"),
        ("COURSE_URL", "https://x.edu/course", "write a scheme and a host, such as https://cloud.example.edu"),
        ("COURSE_BIND", "8000", "write an address and a port, such as 127.0.0.1:8000"),
        ("COURSE_BIND", ":8000", "write an address and a port, such as 127.0.0.1:8000"),
        ("COURSE_BIND", "127.0.0.1:0", "write an address and a port, such as 127.0.0.1:8000"),
        ("COURSE_BIND", "127.0.0.1:65536", "write an address and a port, such as 127.0.0.1:8000"),
        ("COURSE_BIND", "127.0.0.1:http", "write an address and a port, such as 127.0.0.1:8000"),
        ("COURSE_CONTENT", "/nowhere", "/nowhere holds no course.toml"),
        ("COURSE_WORKERS", "0", "Input should be greater than or equal to 1"),
        ("COURSE_WORKERS", "65", "Input should be less than or equal to 64"),
        ("COURSE_THREADS", "many", "Input should be a valid integer, unable to parse string as an integer"),
        ("COURSE_DEV", "perhaps", "Input should be a valid boolean, unable to interpret input"),
    ],
)
def test_a_wrong_value_is_named_with_its_mend(given, name, value, mend):
    given(**{name: value})
    assert complaint() == f"The environment is not right:\n  {name}: {mend}"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("COURSE_URI", "; did you mean COURSE_URL?"),
        ("COURSE_HOST", "; did you mean COURSE_HOSTS?"),
        ("COURSE_SECRET", "; did you mean COURSE_SECRET_KEY?"),
        ("COURSE_XYZZY_QQQQQQQQ", ""),
    ],
)
def test_an_unknown_variable_is_named_with_the_nearest(given, name, hint):
    given(**{name: "1"})
    assert complaint() == f"The environment is not right:\n  {name}: no such variable{hint}"


def test_all_that_is_wrong_is_named_at_once(given):
    given(COURSE_URI="1", COURSE_URL="x", COURSE_BIND="y")
    assert [line.split(":")[0].strip() for line in complaint().splitlines()[1:]] == [
        "COURSE_URI",
        "COURSE_URL",
        "COURSE_BIND",
    ]


def test_variables_of_other_programs_are_let_be(given):
    given(COURSEWARE="1", DJANGO_DEBUG="1")
    assert environment.read().course_dev is False


def test_a_wrong_variable_stops_the_server_in_one_line(tmp_path):
    process = start(tmp_path, COURSE_BIND="8000")
    _, err = process.communicate()
    assert process.returncode == 1
    assert err == (
        "The environment is not right:\n  COURSE_BIND: write an address and a port, such as 127.0.0.1:8000\n"
    )


def test_two_servers_of_one_account_share_nothing(tmp_path):
    """gunicorn's control socket is one per account: a second server finds it taken."""
    show = [sys.executable, "-m", "gunicorn", "--print-config", "-c", "courseapp/server.py", "courseapp.wsgi"]
    env = {"PATH": os.environ["PATH"], "COURSE_VAR": str(tmp_path)}
    told = subprocess.run(show, env=env, cwd=BASE, capture_output=True, text=True, check=True).stdout
    assert re.search(r"^control_socket_disable += True$", told, re.M)


def test_a_database_that_cannot_be_is_named(tmp_path):
    process = start(tmp_path, DATABASE_URL="nonsense")
    _, err = process.communicate()
    assert process.returncode == 1
    assert err.startswith("The environment is not right:\n  DATABASE_URL: ")


@pytest.mark.parametrize(
    ("variables", "further"),
    [
        ({}, ["127.0.0.1"]),
        ({"COURSE_BIND": "0.0.0.0:80"}, []),
        ({"COURSE_BIND": "[::]:80"}, []),
        ({"COURSE_BIND": "192.168.0.7:8000"}, ["192.168.0.7"]),
        ({"COURSE_BIND": "[2001:db8::7]:8000"}, ["[2001:db8::7]"]),
        ({"COURSE_HOSTS": "hall.local, 10.0.0.5 ,"}, ["127.0.0.1", "hall.local", "10.0.0.5"]),
        ({"COURSE_URL": "https://course.example.edu:8443/"}, ["127.0.0.1", "course.example.edu"]),
        ({"COURSE_URL": "http://[2001:db8::7]"}, ["127.0.0.1", "[2001:db8::7]"]),
    ],
)
def test_the_site_answers_to_its_own_names(given, variables, further):
    given(**variables)
    assert environment.read().hosts == ["localhost", "127.0.0.1", "[::1]", *further]


@pytest.mark.parametrize(
    ("url", "https"),
    [
        ("https://course.example.edu/", True),
        ("HTTPS://course.example.edu", True),
        (" https://course.example.edu", True),
        ("http://course.example.edu", False),
    ],
)
def test_a_public_address_decides_about_https(given, url, https):
    given(COURSE_URL=url)
    assert environment.read().https is https
    assert environment.read().course_url.endswith("://course.example.edu")


def test_a_link_is_followed_to_the_course(given, tmp_path, write_course):
    link = tmp_path / "link"
    link.symlink_to(write_course(), target_is_directory=True)
    given(COURSE_CONTENT=str(link))
    assert environment.read().course_content == tmp_path / "content"


def test_a_key_given_is_not_shown(given):
    given(COURSE_SECRET_KEY="between-us")
    assert "between-us" not in repr(environment.read())


# settings


def test_a_key_is_made_once_and_read_by_its_owner_alone(tmp_path):
    var = tmp_path / "new" / "var"
    first = settings_with(var)["key"]
    assert len(first) >= 50
    assert settings_with(var)["key"] == first
    assert [path.name for path in var.iterdir()] == ["secret-key"]
    assert (var / "secret-key").stat().st_mode & 0o777 == 0o600


def test_servers_that_start_together_make_one_key(tmp_path):
    outputs = [process.communicate() for process in [start(tmp_path) for _ in range(4)]]
    assert len({json.loads(out)["key"] for out, _ in outputs}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_a_key_given_is_taken_and_none_made(tmp_path):
    assert settings_with(tmp_path, COURSE_SECRET_KEY="between-us")["key"] == "between-us"
    assert list(tmp_path.iterdir()) == []


def test_without_a_database_there_is_sqlite_for_many_readers(tmp_path):
    assert settings_with(tmp_path)["database"] == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "course.sqlite3"),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def test_a_postgres_url_is_taken_apart(tmp_path):
    database = settings_with(tmp_path, DATABASE_URL="postgres://ada:p%40ss@db.example:5433/course")["database"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    named = [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert named == ["ada", "p@ss", "db.example", 5433, "course"]
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


def test_an_sqlite_url_is_set_up_as_well_as_our_own(tmp_path):
    database = settings_with(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3")["database"]
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", f"{tmp_path}/other.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_plain_http_has_plain_cookie_names_and_no_debug(tmp_path):
    shown = settings_with(tmp_path)
    assert (shown["csrf"], shown["debug"], shown["url"]) == ("csrf", False, "")
