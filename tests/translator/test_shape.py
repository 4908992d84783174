"""The shape stage: what it accepts is what the compose specification's schema accepts, and what it says helps."""

from typing import Any

import pytest

from lecture.translator import shape
from lecture.translator.compose import Place
from lecture.translator.interpolate import Variables
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping, Scalar, Sequence
from lecture.translator.shapes import Shape
from lecture.translator.shapes_file import FILE
from lecture.translator.unfold import unfold
from lecture.translator.yamltree import documents
from tests.translator.schema import schema

SAID = {"string": "text", "number": "number", "integer": "integer", "boolean": "boolean", "null": "null"}


def checked(text: str, values: dict[str, str] | None = None) -> tuple[Any, list[tuple[str, str, str]]]:
    """The tree that goes on, and message, mend and path of each problem."""
    notes = Notes(text)
    (raw,) = documents(text, notes)
    variables = Variables({name: (value,) for name, value in (values or {}).items()})
    root = shape.check(unfold(raw, FILE, variables, notes).root, notes)
    return root, [(problem.message, problem.mend, problem.path) for problem in notes.problems]


def said(text: str, values: dict[str, str] | None = None) -> list[str]:
    """Message and mend of each problem."""
    return [f"{message} {mend}" for message, mend, _ in checked(text, values)[1]]


def web(body: str) -> str:
    """A file with one service; the body is one line."""
    return f"services:\n  web:\n    image: a\n    {body}\n"


# ---- the tables are the schema ------------------------------------------------------------------


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema with references and allOf put in."""
    while "$ref" in node:
        node = schema()["$defs"][node["$ref"].removeprefix("#/$defs/")]
    properties: dict[str, Any] = {}
    patterns: dict[str, Any] = {}
    for part in map(resolved, node.get("allOf", ())):
        properties |= part.get("properties", {})
        patterns |= part.get("patternProperties", {})
    return {
        **node,
        "properties": properties | node.get("properties", {}),
        "patternProperties": patterns | node.get("patternProperties", {}),
    }


def alternatives(node: dict[str, Any]) -> list[dict[str, Any]]:
    """The forms that a part of the schema may have, one type each."""
    node = resolved(node)
    if "oneOf" in node:
        return [form for one in node["oneOf"] for form in alternatives(one)]
    kinds = node.get("type", "object")
    return [{**node, "type": kind} for kind in ([kinds] if isinstance(kinds, str) else kinds)]


def differences(node: dict[str, Any], ours: Shape, path: str, seen: set[tuple[int, int]]) -> list[str]:
    """Where our shape is not this part of the schema."""
    pair = (id(schema()["$defs"][node["$ref"].removeprefix("#/$defs/")]) if "$ref" in node else id(node), id(ours))
    if pair in seen:
        return []
    seen.add(pair)
    forms = {form["type"]: form for form in alternatives(node)}
    found = [] if {SAID[kind] for kind in forms if kind in SAID} == ours.kinds else [f"{path}: {ours.kinds}"]
    found += [f"{path}: map"] if ("object" in forms) != ours.map else []
    found += [f"{path}: list"] if ("array" in forms) != ours.list else []
    if text := forms.get("string"):
        form = ours.pattern.pattern if ours.pattern else None
        found += [f"{path}: words"] if (text.get("pattern"), text.get("enum", [])) != (form, [*ours.choices]) else []
    if number := forms.get("integer"):
        limits = (number.get("minimum"), number.get("maximum"))
        found += [f"{path}: limits"] if limits != (ours.least, ours.most) else []
    if "array" in forms:
        found += _list_differences(forms["array"], ours, path, seen)
    if "object" in forms:
        found += _map_differences(forms["object"], ours, path, seen)
    return found


def _list_differences(form: dict[str, Any], ours: Shape, path: str, seen: set[tuple[int, int]]) -> list[str]:
    found = [f"{path}: unique"] if form.get("uniqueItems", False) != ours.unique else []
    assert ours.items is not None
    return found + differences(form["items"], ours.items, f"{path}[]", seen)


def _map_differences(form: dict[str, Any], ours: Shape, path: str, seen: set[tuple[int, int]]) -> list[str]:
    known, patterns = form["properties"], dict(form["patternProperties"])
    found = [f"{path}: {set(known) ^ set(ours.keys or {})}"] if set(known) != set(ours.keys or {}) else []
    found += [f"{path}: required"] if tuple(form.get("required", ())) != ours.required else []
    closed = form.get("additionalProperties") is False or form.get("unevaluatedProperties") is False
    found += [f"{path}: closed"] if closed != ours.closed else []
    found += [f"{path}: x-"] if closed and ("^x-" in patterns) != ours.extensions else []
    needed = tuple(one["required"][0] for one in form.get("anyOf", ()))
    found += [f"{path}: one of"] if needed != ours.one_of else []
    patterns.pop("^x-", None)
    for pattern, each in patterns.items():
        assert ours.names is not None, path
        assert ours.each is not None, path
        found += [f"{path}: {pattern}"] if pattern.strip("^$") != ours.names.pattern.strip("^$") else []
        found += differences(each, ours.each, f"{path}.*", seen)
    for name, each in known.items():
        if name in (ours.keys or {}):
            found += differences(each, (ours.keys or {})[name], f"{path}.{name}", seen)
    return found


def test_our_tables_say_what_the_schema_says_key_by_key():
    assert differences(schema(), FILE, "", set()) == []


# ---- what it says -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("imgae: b", "services.web has no key imgae. Did you mean image?"),
        ("enviroment: {A: b}", "services.web has no key enviroment. Did you mean environment?"),
        ("replicas: 2", "services.web has no key replicas. replicas belongs below deploy, inside a service."),
        ("include: [a.yaml]", "services.web has no key include. "
         "include belongs at the top of the file, without indentation."),
        ("qqqqq: 2", "services.web has no key qqqqq. Remove it, or begin its name with x- to keep it."),
        ("ports: 8000", "services.web.ports should be a list, and is a number. "
         "Write one item a line, each after a dash and a space."),
        ("environment: A", "services.web.environment should be a list or a map (key: value), and is text. "
         "Write one item a line, each after a dash and a space."),
        ("healthcheck: [CMD, a]", "services.web.healthcheck should be a map (key: value), and is a list. "
         "Write key: value below it, one a line, indented and without dashes."),
        ("user: 1000", "services.web.user should be text, and is a number. Put it in quotes."),
        ("restart: false", "services.web.restart should be text, and is true or false. Put it in quotes."),
        ("hostname:", "services.web.hostname should be text, and is empty. "
         "Give it a value, or leave the key out. What belongs to it stands below it, indented."),
        ("use_api_socket: maybe", "services.web.use_api_socket should be true or false, and is text. "
         "Write true or false there."),
        ("privileged: 1", "services.web.privileged should be text or true or false, and is a number. "
         "Put it in quotes."),
        ("depends_on: {db: {condition: healthy}}", "services.web.depends_on.db.condition is none of the words that "
         "compose knows here. Choose service_started, service_healthy or service_completed_successfully."),
        ("depends_on: {db: {}}", "services.web.depends_on.db lacks condition. Add condition: below it."),
        ("cpu_percent: 101", "services.web.cpu_percent is more than 100. Write 100 or less."),
        ("oom_score_adj: -1001", "services.web.oom_score_adj is less than -1000. Write -1000 or more."),
        ("pull_policy: sometimes", "services.web.pull_policy has a value that compose does not know. "
         "Compare it with the compose specification."),
        ('ports: ["80", "80"]', "services.web.ports[1] stands in its list twice. Keep one of them."),
        ("ports: [80, 80.0]", "services.web.ports[1] stands in its list twice. Keep one of them."),
        ("networks: {a b: {}}", "services.web.networks has a name that is not allowed: a b. "
         "Use letters, digits, dots, hyphens and underscores alone."),
    ],
)  # fmt: skip
def test_a_wrong_key_or_value_is_named_with_a_mend(body, says):
    assert said(web(body)) == [says]


def test_a_key_at_the_wrong_height_is_sent_where_it_belongs():
    assert said("image: a\nservices: {web: {image: a}}") == [
        "The file has no key image. image belongs inside a service."
    ]


def test_a_value_is_never_quoted_for_it_may_be_a_secret():
    problems = said(web("restart: [hunter2]")) + said(web("privileged: [{hunter2: hunter2}]"))
    assert not any("hunter2" in problem for problem in problems)
    assert len(problems) == 2


@pytest.mark.parametrize(
    "body",
    [
        "restart: no",
        "init: yes",
        "use_api_socket: on",
        "depends_on: {db: {condition: service_started, required: no}}",
        "stop_grace_period: 1m30s",
        "ports: [22:22, 3.10, 80, {target: 80}]",
        "environment: {A: , B: 1, C: yes, D: 0o17}",
        "x-mine: {anything: [goes]}",
        "networks: {default: }",
        "cpu_count: 2.0",
        "storage_opt: {size: {deep: 1}}",
    ],
)
def test_what_docker_accepts_is_accepted(body):
    assert said(web(body)) == []


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("use_api_socket: ${ON}", {"ON": "true"}),
        ("use_api_socket: ${ON}", {}),
        ("pull_policy: ${POLICY}", {}),
        ("scale: ${N}", {"N": "2"}),
        ("depends_on: {db: {condition: $HOW}}", {"HOW": "service_healthy"}),
    ],
)
def test_a_variable_may_stand_for_any_value(body, values):
    assert said(web(body), values) == []


def test_the_value_of_a_variable_is_checked():
    (problem,) = said(web("depends_on: {db: {condition: $HOW}}"), {"HOW": "healthy"})
    assert problem.startswith("services.web.depends_on.db.condition is none of the words")


def test_what_is_wrong_is_left_out_and_the_rest_goes_on():
    root, problems = checked(web("ports: [80, [81], 82]\n    imgae: b"))
    assert [path for _, _, path in problems] == ["services.web.ports[1]", "services.web.imgae"]
    service = root.entries["services"].entries["web"]
    assert list(service.entries) == ["image", "ports"]
    assert [item.text for item in service.entries["ports"].items] == ["80", "82"]


def test_a_list_of_pairs_comes_out_as_a_map():
    root, _ = checked(web("environment: [A=b=c, D, 'E=']"))
    environment = root.entries["services"].entries["web"].entries["environment"]
    assert isinstance(environment, Mapping)
    assert {name: (value.kind, value.text) for name, value in environment.entries.items()} == {
        "A": ("str", "b=c"),
        "D": ("null", ""),
        "E": ("str", ""),
    }


def test_extra_hosts_part_at_a_colon_too():
    root, _ = checked(web("extra_hosts: ['a:1.2.3.4', b=::1, 'c:d=e']"))
    hosts = root.entries["services"].entries["web"].entries["extra_hosts"]
    assert {name: value.text for name, value in hosts.entries.items()} == {"a": "1.2.3.4", "b": "::1", "c": "d=e"}


def test_what_is_reset_has_no_shape():
    assert said(web("ports: !reset null\n    command: !reset {a: b}")) == []


def test_problems_beyond_the_limit_are_counted():
    text = "services:\n  web:\n    image: a\n" + "".join(f"    a{number}: 1\n" for number in range(250))
    notes = Notes(text)
    (raw,) = documents(text, notes)
    shape.check(unfold(raw, FILE, Variables({}), notes).root, notes)
    assert len(notes.problems) == 100
    assert (notes.closed()[-1].message, notes.closed()[-1].place) == ("150 more like these.", Place(103, 5))


def test_values_of_other_forms_keep_their_place():
    root, _ = checked(web("command: [a, 'b c']"))
    command = root.entries["services"].entries["web"].entries["command"]
    assert isinstance(command, Sequence)
    assert command.items[1] == Scalar("b c", "str", "services.web.command[1]", Place(4, 18))
