"""The default account of every key of a compose file."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.translator import keys
from lecture.translator.blueprint import Account
from lecture.translator.compose import Unreadable
from lecture.translator.keys import default, segments
from lecture.translator.reading import read
from tests.translator.corpus import FILES, name, needs_corpus
from tests.translator.schema import Schema, schema

TABLE = keys.read(settings.BASE_DIR / "content")


def test_it_works():
    message = "Several copies cannot share a name, so each task gets its own; others call the service by its name."
    assert default("services.api.container_name", 7) == Account("services.api.container_name", 7, "not_needed", message)


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("services.api.ports[0]", "services.*.ports.**"),
        ("services.api.ports[12].mode", "services.*.ports[].mode"),
        ("services.api.ports[0].target", "services.*.ports.**"),
        ("services.api.networks.back", "services.*.networks.**"),
        ("services.api.networks.back.aliases[0]", "services.*.networks.*.aliases.**"),
        ("services.api.networks[0]", "services.*.networks.**"),
        ("services.api.ulimits.nproc", "services.*.ulimits.**"),
        ("services.api.ulimits.nofile.soft", "services.*.ulimits.nofile.**"),
        ("services.api.build", "services.*.build.**"),
        ("services.api.build.context", "services.*.build.context"),
        ("services.api.build.args.VERSION", "services.*.build.args.**"),
        ("services.api.deploy.resources.limits.memory", "services.*.deploy.resources.limits.memory"),
        ("services.api.deploy.update_config.order", "services.*.deploy.update_config.**"),
        ("services.api", "services.*"),
        ("services", "services"),
        ("volumes.pgdata", "volumes.*"),
        ("volumes.pgdata.driver_opts.type", "volumes.*.driver_opts.**"),
        ("networks.default.external", "networks.*.external.**"),
        ('services.api.labels["traefik.enable"]', "services.*.labels.**"),
        ('services["a.b"].image', "services.*.image"),
        ('services["a[0]\\"."].image', "services.*.image"),
    ],
)
def test_the_most_specific_row_wins(path, row):
    found = keys.row(path)
    assert found
    assert found.path == row


def test_a_name_beats_a_star_and_a_key_itself_beats_what_stands_below_it(serve):
    paths = ("a.**", "a.*", "a.*.c", "a.b", "a.b.**", "a.b[].c")
    rows = [f'[[key]]\npath = "{path}"\nstatus = "translated"\nmessage = "It is {path}."\n' for path in paths]
    serve({"compose-keys.toml": 'extension = "e"\nunknown = "u"\n' + "".join(rows)})
    asked = ["a", "a.z", "a.b", "a.b.c", "a.z.c", "a.z.d", "a.b[0]", "a.b[0].c", "a[0]"]
    found = [row.path if (row := keys.row(path)) else "" for path in asked]
    assert found == ["a.**", "a.*", "a.b", "a.b.**", "a.*.c", "a.**", "a.b.**", "a.b[].c", "a.**"]


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("services.api.ports[0]", ["services", "api", "ports", "[]"]),
        ('services["a.b[0]"].labels["x \\" y"]', ["services", "a.b[0]", "labels", 'x " y']),
        ("include[2].path[0]", ["include", "[]", "path", "[]"]),
        ("", []),
    ],
)
def test_a_path_has_segments(path, parts):
    assert list(segments(path)) == parts


@pytest.mark.parametrize(
    "path", ["services.api.imagge", "services.api.deploy.bogus", "sevices.api.image", "volumes[0]"]
)
def test_a_key_that_nobody_knows_needs_you(path):
    assert default(path, 3) == Account(path, 3, "needs_you", TABLE.unknown)


@pytest.mark.parametrize(
    "path",
    ["x-app.image", "x-app", "services.api.x-note", "services.api.deploy.x-a[0].b", "services.api.healthcheck.x-y"],
)
def test_what_begins_with_x_is_the_author_s_own(path):
    assert default(path, 3) == Account(path, 3, "not_needed", TABLE.extension)


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("services.x-ray.image", "services.*.image"),
        ("services.api.environment.x-mode", "services.*.environment.**"),
        ("services.api.labels.x-note", "services.*.labels.**"),
        ("volumes.x-data", "volumes.*"),
        ("services.api.networks.x-net.aliases[0]", "services.*.networks.*.aliases.**"),
    ],
)
def test_a_name_of_the_author_s_may_begin_with_x(path, row):
    found = keys.row(path)
    assert found
    assert found.path == row
    assert default(path, 1).message == found.message


# ---- against the specification


def resolved(node: Schema) -> Schema:
    return schema()["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def below(node: Schema) -> Iterator[tuple[str, Schema]]:
    """Each step down from a part of the schema: .name, .* or [], and what is there."""
    for kind in ("oneOf", "anyOf", "allOf"):
        for choice in node.get(kind, ()):
            yield from below(resolved(choice))
    for key, value in node.get("properties", {}).items():
        yield f".{key}", value
    for pattern, value in node.get("patternProperties", {}).items():
        if not pattern.startswith("^x-"):
            yield ".*", value or {"type": "string"}
    if isinstance(more := node.get("additionalProperties"), dict):
        yield ".*", more or {"type": "string"}
    if isinstance(items := node.get("items"), dict):
        yield "[]", items


def paths(node: dict[str, Any], path: str = "") -> Iterator[str]:
    """Every key of the compose specification, those that hold others included."""
    for step, value in below(resolved(node)):
        here = (path + step).removeprefix(".")
        yield here
        yield from paths(value, here)


KEYS = sorted(set(paths(schema())))


def sample(pattern: str) -> str:
    return pattern.replace("*", "name").replace("[]", "[0]")


def test_no_key_of_the_specification_is_without_a_row():
    assert len(KEYS) > 600
    assert [path for path in KEYS if keys.row(sample(path)) is None and not holds_others(path)] == []


def holds_others(path: str) -> bool:
    """Whether there are keys below it, each of which has an account of its own."""
    return any(other.startswith((f"{path}.", f"{path}[]")) for other in KEYS)


def test_every_key_of_a_service_has_a_row_of_its_own():
    of_service = {match[1] for path in KEYS if (match := re.match(r"services\.\*\.([a-z_]+)", path))}
    named = {match[1] for row in TABLE.key if (match := re.match(r"services\.\*\.([a-z_]+)", row.path))}
    assert len(of_service) > 90
    assert of_service == named


def test_every_row_is_about_a_key_of_the_specification():
    free = {"services.*.ulimits.nofile", "services.*.storage_opt", "services.*.driver_opts"}  # names are not listed
    known = {*KEYS, *free, "services.*", "volumes.*", "networks.*"}
    assert [row.path for row in TABLE.key if row.path.removesuffix(".**") not in known] == []


@needs_corpus
def test_no_key_of_a_real_file_is_unknown_unless_the_specification_does_not_know_it():
    old = re.compile(r"services\.[\w-]+\.(log_driver|log_opt|net|volume_driver|dockerfile|cpu_share)$")
    seen, unknown = 0, []
    for path in FILES:
        try:
            leaves = read(path.read_bytes()).leaves
        except Unreadable:
            continue
        seen += len(leaves)
        found = [leaf.path for leaf in leaves if default(leaf.path, 1).message == TABLE.unknown]
        unknown += [f"{name(path)}: {leaf}" for leaf in found if not old.match(leaf)]
    assert seen > 1500
    assert unknown == []


# ---- the table itself


def test_a_message_is_one_sentence_in_the_voice_of_the_house():
    spoken = re.compile(r"[A-Z][^—–$']*[^.]\.")
    messages = [*(row.message for row in TABLE.key), TABLE.extension]
    assert [message for message in messages if not spoken.fullmatch(message)] == []


def test_a_path_that_stands_twice_is_named(write_course):
    row = '[[key]]\npath = "services.*.image"\nstatus = "translated"\nmessage = "The image that runs."\n'
    with pytest.raises(ContentError, match=r"the path services\.\*\.image stands twice"):
        keys.read(write_course({"compose-keys.toml": f'extension = "e"\nunknown = "u"\n{row}{row}'}))


def test_ten_thousand_keys_take_less_than_the_eye_sees():
    started = time.perf_counter()
    for number in range(10_000):
        default(f"services.api{number}.deploy.resources.limits.memory", number)
    assert time.perf_counter() - started < 2  # about 0.05 s; the bound only catches a wrong order of growth
