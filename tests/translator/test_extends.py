"""`extends` within the file: merged as compose merges, with chains, circles and bases that are missing."""

import pytest

from lecture.translator.compose import ComposeFile, Place, Service
from lecture.translator.limits import LIMITS
from lecture.translator.reading import read


def extended(base: str, child: str, rest: str = "") -> Service:
    """The service `web`, which extends `base`; both are one line."""
    found = read(
        f"services:\n  base: {{image: a, {base}}}\n  web: {{extends: base, {child}}}\n{rest}", profiles=frozenset("*")
    )
    assert found.problems == ()
    return found.services["web"]


def messages(text: str) -> list[str]:
    return [f"{p.place.line}:{p.place.column} {p.message} {p.mend}" for p in read(text).problems]


def test_a_service_begins_as_its_base():
    service = extended("user: u, hostname: h", "hostname: i")
    assert (service.image.value, service.user, service.hostname) == ("a", "u", "i")
    assert (service.name, service.place, service.last_line) == ("web", Place(3, 3), 3)


@pytest.mark.parametrize("extends", ["base", "{service: base}"])
def test_extends_in_both_forms(extends):
    found = read(f"services: {{base: {{image: a}}, web: {{extends: {extends}}}}}")
    assert found.services["web"].image.value == "a"


def test_values_keep_the_path_and_line_where_they_stand():
    service = extended("environment: {A: 1}, ports: [80]", "environment: [B=2], ports: [90]")
    assert [(one.name, one.path, one.place.line) for one in service.environment] == [
        ("A", "services.base.environment.A", 2),
        ("B", "services.web.environment.B", 3),
    ]
    assert [(port.target, port.path) for port in service.ports] == [
        (80, "services.base.ports[0]"),
        (90, "services.web.ports[0]"),
    ]


@pytest.mark.parametrize(
    ("base", "child", "expected"),
    [
        ("environment: {A: 1, B: 2}", "environment: [B=3, C=4]", {"A": "1", "B": "3", "C": "4"}),
        ("environment: [A=1, B]", "environment: {B: 3}", {"A": "1", "B": "3"}),
        ("environment: {A: 1}", "environment: !override {B: 3}", {"B": "3"}),
        ("environment: {A: 1, B: 2}", "environment: {A: !reset null}", {"B": "2"}),
        ("environment: {A: 1}", "environment: !reset {}", {}),
    ],
)
def test_maps_are_merged_key_by_key(base, child, expected):
    service = extended(base, child)
    assert {one.name: one.value.value for one in service.environment} == expected


@pytest.mark.parametrize(
    ("base", "child", "expected"),
    [
        ("ports: ['80:80']", "ports: ['90:90']", [80, 90]),
        ("ports: ['80:80']", "ports: ['80:80']", [80]),
        ("ports: [{target: 80, published: 1}]", "ports: [{target: 80, published: 2}]", [80, 80]),
        ("ports: [{target: 80, published: 1}]", "ports: [{target: 80, published: 1, name: n}]", [80]),
        ("ports: ['80:80']", "ports: !override ['90:90']", [90]),
        ("ports: ['80:80']", "ports: !reset []", []),
    ],
)
def test_ports_follow_each_other(base, child, expected):
    assert [port.target for port in extended(base, child).ports] == expected


@pytest.mark.parametrize(
    ("base", "child", "expected"),
    [
        ("volumes: ['a:/a']", "volumes: ['b:/b']", [("a", "/a"), ("b", "/b")]),
        ("volumes: ['a:/a', 'c:/c']", "volumes: ['b:/a:ro']", [("b", "/a"), ("c", "/c")]),
        ("volumes: ['a:/a']", "volumes: [{type: volume, source: b, target: /a}]", [("b", "/a")]),
        ("volumes: [/a]", "volumes: ['b:/a']", [("b", "/a")]),
        ("tmpfs: /x", "tmpfs: [/y]", [("", "/x"), ("", "/y")]),
    ],
)
def test_a_mount_replaces_the_mount_at_its_target(base, child, expected):
    service = extended(base, child, "volumes: {a: , b: , c: }\n")
    assert [(mount.source, mount.target) for mount in service.mounts] == expected


def test_commands_are_replaced():
    service = extended(
        "command: a b, entrypoint: [c], healthcheck: {test: [CMD, d], interval: 5s}",
        "command: [e], entrypoint: f, healthcheck: {test: [CMD, g]}",
    )
    assert [word.value for word in service.command.words] == ["e"]
    assert [word.value for word in service.entrypoint.words] == ["f"]
    assert [word.value for word in service.health.test.words] == ["g"]
    assert service.health.interval == 5


def test_short_forms_are_merged_with_long_ones():
    rest = "  db: {image: b}\n  mq: {image: b}\nnetworks: {one: , two: }\nsecrets: {s: {file: s}, t: {file: t}}\n"
    service = extended(
        "build: ., depends_on: [db], networks: [one], env_file: a, secrets: [s, t]",
        "build: {target: t}, depends_on: {mq: {condition: service_healthy}}, networks: {two: {aliases: [x]}}, "
        "env_file: [b], secrets: [{source: s, uid: '1'}]",
        rest,
    )
    assert (service.build.context, service.build.target) == (".", "t")
    assert [(one.service, one.condition) for one in service.depends_on] == [
        ("db", "service_started"),
        ("mq", "service_healthy"),
    ]
    assert [(one.network, one.aliases) for one in service.networks] == [("one", ()), ("two", ("x",))]
    assert [one.value for one in service.env_files] == ["a", "b"]
    assert [one.path for one in service.secrets] == ["services.web.secrets[0]", "services.base.secrets[1]"]


def test_chains_are_followed_to_their_end():
    found = read(
        "services:\n"
        "  c: {extends: b, environment: {C: 3}}\n"
        "  b: {extends: {service: a}, environment: {B: 2, A: 2}}\n"
        "  a: {image: x, environment: {A: 1}}\n"
    )
    assert {one.name: one.value.value for one in found.services["c"].environment} == {"A": "2", "B": "2", "C": "3"}
    assert found.problems == ()


def test_a_base_may_sleep():
    found = read("services: {base: {image: a, profiles: [never]}, web: {extends: base, profiles: !reset []}}")
    assert list(found.services) == ["web"]
    assert list(found.asleep) == ["base"]


def test_leaves_are_those_of_the_file():
    found = read("services:\n  base: {image: a}\n  web: {extends: {service: base}}\n")
    assert [leaf.path for leaf in found.leaves] == ["services.base.image", "services.web.extends.service"]


def test_a_base_in_another_file_is_not_supplied():
    found = read("services: {web: {extends: {file: a.yaml, service: base}}}")
    assert [one.value for one in found.not_supplied] == ["a.yaml"]
    assert found.problems == ()
    assert found.services["web"].image is None


def test_a_base_that_is_missing_is_told():
    assert messages("services:\n  data: {image: a}\n  web: {image: a, extends: date}\n") == [
        "3:19 web extends the service date, which is not in this file. Did you mean data?"
    ]
    assert messages("services:\n  web: {image: a, extends: {service: zzz}}\n") == [
        "2:29 web extends the service zzz, which is not in this file. Add the service, or remove extends."
    ]


def test_a_circle_is_told_once_and_the_rest_is_read():
    found = read(
        "services:\n"
        "  a: {image: x, extends: b}\n"
        "  b: {image: y, extends: c, user: u}\n"
        "  c:\n"
        "    image: z\n"
        "    extends: a\n"
        "    hostname: h\n"
    )
    assert [f"{p.place.line}:{p.place.column} {p.message}" for p in found.problems] == [
        "6:5 Services extend each other in a circle: a → b → c → a."
    ]
    assert (found.services["a"].user, found.services["a"].hostname, found.services["a"].image.value) == ("u", "h", "x")


def test_a_service_that_extends_itself_is_a_circle():
    assert messages("services:\n  a: {image: x, extends: a}\n") == [
        "2:17 Services extend each other in a circle: a → a. Break the circle."
    ]


def chain(length: int, each: str = "") -> ComposeFile:
    """Services that each extend the next."""
    lines = [f"  s{n}: {{extends: s{n + 1}{each.format(n)}}}\n" for n in range(length)]
    return read(f"services:\n{''.join(lines)}  s{length}: {{image: a}}\n")


def test_long_chains_do_no_harm():
    found = chain(1500)
    assert found.services["s0"].image.value == "a"
    assert found.problems == ()


def test_chains_that_grow_without_end_are_cut():
    found = chain(1000, ", environment: {{A{0}: b}}")
    assert found.problems[0].message == (
        f"With everything that services extend written out, there are more than {LIMITS.nodes:,} values."
    )
    assert len(found.services) == 1001
