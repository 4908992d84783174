"""A whole file: profiles, other files, several documents, and texts from other machines."""

from pathlib import Path

import pytest

from lecture.translator.compose import Place, Port
from lecture.translator.reading import read
from tests.translator.keys_of import words

CAPSTONE = Path(__file__).parents[3] / "shared" / "corpus" / "capstone.yaml"


# ---- profiles, files that are elsewhere --------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "awake"),
    [(set(), ["a"]), ({"debug"}, ["a", "b"]), ({"x", "y"}, ["a", "c"]), ({"*"}, ["a", "b", "c"])],
)
def test_profiles_wake_services(chosen, awake):
    text = "services: {a: {image: a}, b: {image: b, profiles: [debug]}, c: {image: c, profiles: [x, z]}}"
    found = read(text, profiles=frozenset(chosen))
    assert list(found.services) == awake
    assert set(found.asleep) == {"a", "b", "c"} - set(awake)
    assert [leaf.path for leaf in found.leaves if leaf.path.endswith("image")] == [
        f"services.{name}.image" for name in "abc"
    ]


def test_a_file_that_sleeps_altogether_says_so():
    found = read("services: {a: {image: a, profiles: [debug]}}")
    assert found.services == {}
    assert [problem.message for problem in found.problems] == [
        "Every service is behind a profile, and none of their profiles is chosen."
    ]


def test_what_stands_in_other_files_is_not_supplied():
    found = read(
        "include: [a.yaml, {path: [b.yaml], env_file: c.env}]\n"
        "services:\n"
        "  web:\n"
        "    build: ./web\n"
        "    env_file: [d.env]\n"
        "    label_file: e\n"
        "    extends: {file: f.yaml, service: base}\n"
        "  job: {build: {args: {A: b}}}\n"
        "  asleep: {build: ./g, profiles: [p]}\n"
        "secrets: {s: {file: ./h}, t: {environment: T}}\n"
        "configs: {c: {file: ./i}}\n"
    )
    assert [(one.value, one.path) for one in found.not_supplied] == [
        ("a.yaml", "include[0]"),
        ("b.yaml", "include[1].path[0]"),
        ("c.env", "include[1].env_file"),
        ("d.env", "services.web.env_file[0]"),
        ("e", "services.web.label_file"),
        ("./web", "services.web.build"),
        ("f.yaml", "services.web.extends.file"),
        (".", "services.job.build"),
        ("./h", "secrets.s.file"),
        ("./i", "configs.c.file"),
    ]
    assert found.problems == ()


def test_no_file_is_opened(monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a file was opened")

    text = "include: [/etc/passwd]\nservices: {a: {image: b, env_file: /etc/passwd, build: /etc}}"
    monkeypatch.setattr("builtins.open", never)
    monkeypatch.setattr("io.open", never)
    assert len(read(text).not_supplied) == 3


# ---- several documents -------------------------------------------------------------------------


def test_a_second_document_goes_over_the_first():
    found = read(
        "services:\n  web:\n    image: a\n    ports: ['80:80']\n    environment: {A: 1, B: 2}\n    command: a b\n"
        "---\n"
        "services:\n  web:\n    image: b\n    ports: ['90:90']\n    environment: [A=3]\n    command: c\n"
        "  db: {image: d}\n"
    )
    service = found.services["web"]
    assert (service.image.value, [port.target for port in service.ports]) == ("b", [80, 90])
    assert {one.name: one.value.value for one in service.environment} == {"A": "3", "B": "2"}
    assert words(service.command.words) == ["c"]
    assert list(found.services) == ["web", "db"]
    assert found.problems == ()


def test_what_a_second_document_resets_or_overrides():
    service = read(
        "services: {web: {image: a, ports: ['80'], environment: {A: 1}, command: x}}\n"
        "---\n"
        "services: {web: {ports: !override ['90'], environment: !reset {}, command: !reset null}}\n"
    ).services["web"]
    assert [port.target for port in service.ports] == [90]
    assert service.environment == ()
    assert service.command is None


# ---- the capstone ------------------------------------------------------------------------------


@pytest.mark.skipif(not CAPSTONE.exists(), reason=f"NOT TESTED: there is no {CAPSTONE}")
def test_the_capstone():
    found = read(CAPSTONE.read_bytes())
    assert found.problems == ()
    assert {name: (one.place.line, one.last_line) for name, one in found.services.items()} == {
        "api": (3, 14),
        "worker": (16, 24),
        "beat": (26, 32),
        "db": (34, 43),
        "redis": (45, 46),
    }
    api = found.services["api"]
    assert api.ports == (Port(8000, 8000, "tcp", "", "services.api.ports[0]", Place(6, 9)),)
    assert [(one.service, one.condition) for one in api.depends_on] == [
        ("db", "service_healthy"),
        ("redis", "service_started"),
    ]
    assert [(leaf.path, leaf.place.line) for leaf in found.leaves if leaf.path.startswith("services.api")] == [
        ("services.api.build", 4),
        ("services.api.ports[0]", 6),
        ("services.api.environment.DATABASE_URL", 8),
        ("services.api.environment.REDIS_URL", 9),
        ("services.api.depends_on.db.condition", 12),
        ("services.api.depends_on.redis.condition", 14),
    ]
    assert found.leaves[-1].path == "volumes.pgdata"
    assert words(found.services["beat"].command.words) == [
        "celery", "-A", "app.worker", "beat", "--loglevel=info",
    ]  # fmt: skip


def test_json_is_yaml():
    found = read('{"name": "shop", "services": {"web": {"image": "a", "ports": ["80:80"]}}}')
    assert (found.name, found.services["web"].ports[0].published) == ("shop", 80)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffservices: {web: {image: a}}",
        b"\xef\xbb\xbfservices: {web: {image: a}}",
        "services: {web: {image: a}}".encode("utf-16"),
        "services:\r\n  web:\r\n    image: a\r\n",
        "services:\r  web:\r    image: a\r",
        "version: '3.8'\nservices: {web: {image: a}}",
        "---\nservices: {web: {image: a}}\n...\n",
    ],
)
def test_texts_from_other_machines_are_read(text):
    found = read(text)
    assert found.services["web"].image.value == "a"
    assert found.problems == ()
