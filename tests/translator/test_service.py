"""The other keys of a service, each in every form that compose knows."""

import pytest

from lecture.translator.compose import Attachment, Dependency, Grant, Place, Sizes, Text, Unset
from tests.translator.keys_of import file, told, web, words

# ---- environment, labels, build ----------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "environment:\n  A: b=c\n  N: 3.10\n  T: true\n  E: ''\n  S:\n",
        "environment:\n  - A=b=c\n  - N=3.10\n  - T=true\n  - E=\n  - S\n",
    ],
)
def test_environment_is_the_same_in_both_forms(body):
    assert [(one.name, one.value and one.value.value, one.path, one.place.line) for one in web(body).environment] == [
        ("A", "b=c", "services.web.environment.A", 5),
        ("N", "3.10", "services.web.environment.N", 6),
        ("T", "true", "services.web.environment.T", 7),
        ("E", "", "services.web.environment.E", 8),
        ("S", None, "services.web.environment.S", 9),
    ]


def test_values_of_pairs_keep_their_unset_variables():
    (setting,) = web("environment: ['URL=http://$USER:${PASS:-x}@db']").environment
    assert setting.value == Text(
        "http://${USER}:x@db",
        "services.web.environment.URL",
        Place(4, 19),
        ("http://", Unset("USER"), ":x@db"),
    )


def test_what_is_only_named_takes_its_value_from_the_env_box():
    service = web("environment: [A, B]\nbuild: {args: {A: , B: }}", "", "A=x$C\nC=y\n")
    assert [(one.name, one.value and one.value.parts) for one in service.environment] == [
        ("A", ("x", Unset("C"))),
        ("B", None),
    ]
    assert [(one.name, one.value and one.value.value) for one in service.build.args] == [("A", "x${C}"), ("B", None)]
    assert service.environment[0].value.path == "services.web.environment.A"


@pytest.mark.parametrize("item", ["'PASSWORD: hunter2'", "PASSWORD:hunter2", "'PASSWORD: aHVudGVyMg=='"])
@pytest.mark.parametrize("key", ["environment", "labels"])
def test_an_item_without_a_name_shows_nothing_of_its_value(key, item):
    found = file(f"{key}: [A=b, {item}]")
    (problem,) = found.problems
    assert problem.message == f"services.web.{key}[1] has no name."
    assert problem.mend == "Write NAME=value after a dash, or NAME: value without one."
    assert [leaf.path for leaf in found.leaves][1:] == [f"services.web.{key}.A", f"services.web.{key}[1]"]
    assert "hunter2" not in repr((found.services, problem))
    assert "aHVu" not in repr((found.services, problem))


def test_a_key_that_runs_into_its_value_shows_nothing_of_it():
    found = file("environment: {A: b, PASSWORD:hunter2, C:d: e}")
    (problem,) = found.problems
    assert problem.message == "services.web.environment[1] has no name."
    assert [leaf.path for leaf in found.leaves][1:] == [
        "services.web.environment.A",
        "services.web.environment[1]",
        'services.web.environment["C:d"]',
    ]
    assert "hunter2" not in repr((found.services, found.leaves, problem))


def test_an_item_may_have_an_empty_name():
    assert told("environment: [=b]") == [
        "4:19 services.web.environment[0] has no name. Write NAME=value after a dash, or NAME: value without one."
    ]


def test_a_key_may_have_any_characters():
    found = web("environment: {'a b': 1, 'c:d': 2}")
    assert [(one.name, one.path) for one in found.environment] == [
        ("a b", 'services.web.environment["a b"]'),
        ("c:d", 'services.web.environment["c:d"]'),
    ]


def test_the_last_of_equal_names_wins():
    assert [(one.name, one.value.value) for one in web("environment: [A=1, A=2]").environment] == [("A", "2")]


def test_labels_are_a_map():
    assert {name: text.value for name, text in web("labels: [a.b=c, d]").labels.items()} == {"a.b": "c"}
    assert {name: text.value for name, text in web("labels: {a.b: c, d: 1}").labels.items()} == {"a.b": "c", "d": "1"}


def test_a_build_in_short_and_long_form():
    short = web("build: ./app").build
    assert (short.context, short.dockerfile, short.args, short.path) == ("./app", "", (), "services.web.build")
    build = web(
        "build:\n  context: ./app\n  dockerfile: D\n  target: prod\n  args: [V=1]\n  dockerfile_inline: FROM a\n"
    ).build
    assert (build.context, build.dockerfile, build.target, build.inline) == ("./app", "D", "prod", True)
    assert [(arg.name, arg.value.value, arg.path) for arg in build.args] == [("V", "1", "services.web.build.args.V")]
    assert web("build: {}").build.context == "."


def test_env_files_in_every_form():
    assert words(web("env_file: .env").env_files) == [".env"]
    assert words(web("env_file: [a, {path: b, required: false}]").env_files) == ["a", "b"]


# ---- commands and health -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("npm start", ["npm", "start"]),
        ("[npm, start all]", ["npm", "start all"]),
        ("sh -c 'a && b'", ["sh", "-c", "a && b"]),
        ('sh -c "a \\"b\\""', ["sh", "-c", 'a "b"']),
        ("echo a\\ b", ["echo", "a b"]),
        ("echo 'a'\"b\"c", ["echo", "abc"]),
        ("echo ''", ["echo", ""]),
        ("|\n    a\n      --b=c\n      --d", ["a", "--b=c", "--d"]),
        ("a \\\n      b", ["a", "b"]),
        ("'run ${X} ''a $Y b'''", ["run", "${X}", "a ${Y} b"]),
        ("[]", []),
    ],
)
@pytest.mark.parametrize("key", ["command", "entrypoint"])
def test_commands_are_words(key, value, expected):
    if value == "a \\\n      b":
        value = "|-\n    a \\\n      b"
    found = getattr(web(f"{key}: {value}"), key)
    assert (words(found.words), found.shell, found.path) == (expected, False, f"services.web.{key}")


def test_words_keep_their_unset_variables():
    command = web("command: 'a --b=$X ''c ${Y}'' ${Z}'").command
    assert [word.parts for word in command.words] == [
        ("a",),
        ("--b=", Unset("X")),
        ("c ", Unset("Y")),
        (Unset("Z"),),
    ]


def test_no_command_is_none():
    assert web("command:").command is None
    assert web("working_dir: /a").command is None


def test_a_quote_that_is_never_closed_is_told():
    assert told("command: sh -c 'a b") == [
        "4:5 services.web.command has a quote that is never closed. "
        "Close it with the same quote, or write the command as a list."
    ]


@pytest.mark.parametrize(
    ("test", "expected", "shell"),
    [
        ("curl -f http://localhost", ["curl -f http://localhost"], True),
        ("[CMD-SHELL, curl a || exit 1]", ["curl a || exit 1"], True),
        ("[CMD, curl, a]", ["curl", "a"], False),
    ],
)
def test_health_checks_have_words_and_perhaps_a_shell(test, expected, shell):
    health = web(f"healthcheck:\n  test: {test}\n  interval: 1m30s\n  timeout: 500ms\n  retries: 3\n  start_period: 1h")
    found = health.health
    assert (words(found.test.words), found.test.shell, found.disabled) == (expected, shell, False)
    assert (found.interval, found.timeout, found.retries, found.start_period) == (90, 0.5, 3, 3600)


@pytest.mark.parametrize("body", ["{disable: true}", "{test: NONE, disable: yes}", "{test: [NONE]}"])
def test_health_checks_may_be_off(body):
    assert web(f"healthcheck: {body}").health.disabled is True


def test_a_health_check_that_begins_with_neither_word_is_told():
    found = file("healthcheck: {test: [curl, a]}")
    assert words(found.services["web"].health.test.words) == ["curl", "a"]
    assert [problem.message for problem in found.problems] == [
        "services.web.healthcheck.test begins with neither CMD nor CMD-SHELL."
    ]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("30s", 30), ("1.5h", 5400), ("1h2m3s", 3723), ("0", 0), ("0s", 0), ("10us", 1e-5), ("2d", 172800)],
)
def test_durations_are_seconds(written, seconds):
    assert web(f"stop_grace_period: '{written}'").stop_grace_period == pytest.approx(seconds)


@pytest.mark.parametrize("written", ["30", "fast", "1m 30s", "-1s", "s", "1" * 100 + "s"])
def test_what_is_no_duration_is_told(written):
    found = file(f"stop_grace_period: '{written}'")
    assert found.services["web"].stop_grace_period is None
    assert [problem.message for problem in found.problems] == ["services.web.stop_grace_period is not a duration."]


# ---- what it needs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "mebibytes"),
    [("512m", 512), ("512M", 512), ("512mb", 512), ("512MiB", 512), ("1.5g", 1536), ("1gb", 1024), ("64k", 1 / 16),
     ("1073741824", 1024), ("1048576b", 1), ("1 GB", 1024)],
)  # fmt: skip
def test_sizes_are_mebibytes(written, mebibytes):
    assert web(f"mem_limit: '{written}'").limits == Sizes(None, mebibytes, 0, "services.web.mem_limit")


def test_sizes_that_are_none_are_told():
    assert told("mem_limit: much") == [
        "4:5 services.web.mem_limit is not a size. Write a number and a unit, such as 512m or 1g."
    ]
    assert web("memswap_limit: -1\nmem_limit: -1").limits.memory is None


def test_deploy_says_sizes_and_counts():
    service = web(
        "deploy:\n  mode: replicated\n  replicas: 3\n  resources:\n    limits: {cpus: '0.50', memory: 512M}\n"
        "    reservations: {cpus: 0.25, memory: 20M}\n  restart_policy: {condition: on-failure}\n"
    )
    assert service.limits == Sizes(0.5, 512, 0, "services.web.deploy.resources.limits")
    assert service.reservations == Sizes(0.25, 20, 0, "services.web.deploy.resources.reservations")
    assert (service.mode, service.replicas, service.restart) == ("replicated", 3, "on-failure")


def test_older_keys_say_the_same():
    service = web("cpus: 1.5\nmem_limit: 1g\nmem_reservation: 512m\nscale: 2\nrestart: always")
    assert service.limits == Sizes(1.5, 1024, 0, "services.web.cpus")
    assert service.reservations == Sizes(None, 512, 0, "services.web.mem_reservation")
    assert (service.replicas, service.restart) == (2, "always")


@pytest.mark.parametrize(
    ("device", "gpus"),
    [
        ("{capabilities: [gpu]}", 1),
        ("{capabilities: [gpu, utility], count: 2}", 2),
        ("{capabilities: [gpu], count: all}", 1),
        ("{capabilities: [gpu], device_ids: ['0', '3']}", 2),
        ("{capabilities: [tpu]}", 0),
    ],
)
def test_reserved_gpus_are_counted(device, gpus):
    body = f"deploy: {{resources: {{reservations: {{devices: [{device}]}}}}}}"
    assert web(body).reservations.gpus == gpus


def test_gpus_in_every_form():
    assert words(web("gpus: all").gpus) == ["all"]
    assert words(web("gpus: [{count: 2}, {device_ids: [a, b, c]}, {driver: x}]").gpus) == ["2", "3", "1"]


@pytest.mark.parametrize("written", [".inf", ".nan", "'nan'", "much", "1" * 400])
def test_cpus_that_are_no_number_are_none(written):
    assert web(f"cpus: {written}").limits.cpus is None


@pytest.mark.parametrize(("written", "replicas"), [("3", 3), ("'3'", 3), ("3.0", 3), ("-1", None), ("'x'", None)])
def test_replicas_are_whole_numbers(written, replicas):
    assert web(f"scale: {written}").replicas == replicas


def test_numbers_that_variables_leave_open_are_none():
    service = web("scale: $N\ncpus: $C\nmem_limit: $M\nstop_grace_period: $T\ninit: $I\nread_only: $R")
    assert (service.replicas, service.limits.cpus, service.limits.memory) == (None, None, None)
    assert (service.stop_grace_period, service.init, service.read_only) == (None, None, False)


def test_variables_stand_for_numbers_and_booleans():
    service = web("scale: $N\ncpus: $C\nmem_limit: $M\ninit: $I", "", "N=2\nC=0.5\nM=1g\nI=yes")
    assert (service.replicas, service.limits.cpus, service.limits.memory, service.init) == (2, 0.5, 1024, True)


def test_other_keys_go_over_as_they_are():
    service = web(
        "platform: linux/arm64\nuser: '1000:1000'\nworking_dir: /a\nhostname: h\ncontainer_name: cc\n"
        "stop_signal: SIGINT\ninit: true\nread_only: yes\nprivileged: true\npid: host\nipc: host\n"
        "cap_add: [NET_ADMIN]\ndevices: ['/dev/a:/dev/b', {source: /dev/c}]\nsysctls: [a.b=1]\n"
        "ulimits: {nproc: 65535, nofile: {soft: 1, hard: 2}, core: -1}\nprofiles: []\n"
    )
    assert (service.platform, service.user, service.working_dir) == ("linux/arm64", "1000:1000", "/a")
    assert (service.hostname, service.container_name, service.stop_signal) == ("h", "cc", "SIGINT")
    assert (service.init, service.read_only, service.privileged) == (True, True, True)
    assert (service.pid, service.ipc, words(service.cap_add)) == ("host", "host", ["NET_ADMIN"])
    assert (words(service.devices), words(service.sysctls)) == (["/dev/a:/dev/b", "/dev/c"], ["a.b=1"])
    assert service.ulimits == {"nproc": (65535, 65535), "nofile": (1, 2), "core": (-1, -1)}


# ---- neighbours --------------------------------------------------------------------------------

DB = "  db: {image: b}\n"


def test_dependencies_in_both_forms():
    assert web("depends_on: [db]", DB).depends_on == (
        Dependency("db", "service_started", "services.web.depends_on[0]", Place(4, 18)),
    )
    assert web("depends_on:\n  db: {condition: service_healthy, required: false}", DB).depends_on == (
        Dependency("db", "service_healthy", "services.web.depends_on.db", Place(5, 7), False),
    )


def test_networks_in_both_forms_and_by_default():
    top = "networks: {front: , back: {internal: true}, far: {external: true}}\n"
    assert web("networks: [front]", top).networks == (
        Attachment("front", (), "services.web.networks[0]", Place(4, 16)),
    )
    assert web("networks: {front: , back: {aliases: [w]}}", top).networks == (
        Attachment("front", (), "services.web.networks.front", Place(4, 16)),
        Attachment("back", ("w",), "services.web.networks.back", Place(4, 25)),
    )
    assert web("").networks == (Attachment("default", (), "services.web", Place(2, 3)),)
    assert web("networks: []").networks == (Attachment("default", (), "services.web", Place(2, 3)),)
    assert web("network_mode: host").networks == ()
    found = file("", top).networks
    assert [(one.name, one.internal, one.external) for one in found.values()] == [
        ("front", False, False), ("back", True, False), ("far", False, True),
    ]  # fmt: skip


def test_links_have_an_alias():
    assert web("links: [db, 'db:postgres']", DB).links == (("db", "db"), ("db", "postgres"))


def test_secrets_and_configs_have_a_place_in_the_container():
    service = web(
        "secrets: [a, {source: a, target: b}, {source: a, target: /c}]\nconfigs: [d, {source: d, target: /e}]",
        "secrets: {a: {file: ./a}}\nconfigs: {d: {content: x}}\n",
    )
    assert service.secrets[0] == Grant("a", "/run/secrets/a", "services.web.secrets[0]", Place(4, 15))
    assert [one.target for one in service.secrets] == ["/run/secrets/a", "/run/secrets/b", "/c"]
    assert [one.target for one in service.configs] == ["/d", "/e"]


def test_secrets_and_configs_come_from_somewhere():
    found = file(
        "",
        "secrets: {a: {file: ./a}, b: {environment: B}, c: {external: true}}\n"
        "configs: {d: {content: 'x $Y'}, e: {file: ./e}, f: {external: {name: g}}}\n",
    )
    assert {one.name: one.kind for one in (*found.secrets.values(), *found.configs.values())} == {
        "a": "file", "b": "environment", "c": "external", "d": "content", "e": "file", "f": "external",
    }  # fmt: skip
    assert found.configs["d"].value.parts == ("x ", Unset("Y"))
    assert [one.value for one in found.secrets.values()] == [None, None, None]


def test_volumes_have_a_driver():
    found = file("", "volumes: {a: , b: {driver: nfs}, c: {external: true}}\n").volumes
    assert [(one.name, one.driver, one.external) for one in found.values()] == [
        ("a", "", False), ("b", "nfs", False), ("c", "", True),
    ]  # fmt: skip
