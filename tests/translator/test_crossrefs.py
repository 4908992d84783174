"""What a file names must be there: services, networks, volumes, secrets and configs; and nothing waits for itself."""

import pytest

from lecture.translator.reading import read
from tests.translator.keys_of import file, told

NOWHERE = "which is nowhere declared."


@pytest.mark.parametrize(
    ("body", "rest", "says"),
    [
        ("depends_on: [db]", "",
         "4:18 web depends on db, which is not in this file. Add the service, or remove the line."),
        ("depends_on: [date]", "  data: {image: b}\n",
         "4:18 web depends on date, which is not in this file. Did you mean data?"),
        ("depends_on: {db: {condition: service_started}}", "",
         "4:18 web depends on db, which is not in this file. Add the service, or remove the line."),
        ("depends_on: [db]", "  db: {image: b, profiles: [x]}\n",
         "4:18 web depends on db, which is behind a profile that is not chosen. "
         "Choose the profile, or remove the line."),
        ("links: ['db:postgres']", "",
         "4:13 web links to db, which is not in this file. Add the service, or remove the line."),
        ("network_mode: service:vpn", "",
         "4:5 web shares by its network_mode with vpn, which is not in this file. "
         "Add the service, or remove the line."),
        ("pid: service:vpn", "",
         "4:5 web shares by its pid with vpn, which is not in this file. Add the service, or remove the line."),
        ("volumes_from: ['db:ro']", "",
         "4:20 web takes volumes from db, which is not in this file. Add the service, or remove the line."),
        ("networks: [front]", "",
         f"4:16 web is on the network front, {NOWHERE} Add it below networks: at the end of the file."),
        ("networks: {frnt: }", "networks: {front: }\n",
         f"4:16 web is on the network frnt, {NOWHERE} Did you mean front?"),
        ("volumes: ['data:/data']", "",
         f"4:15 web mounts the volume data, {NOWHERE} "
         "Add it below volumes: at the end of the file, or begin a path with ./"),
        ("volumes: [{type: volume, source: dada, target: /d}]", "volumes: {data: }\n",
         f"4:15 web mounts the volume dada, {NOWHERE} Did you mean data?"),
        ("secrets: [s]", "", f"4:15 web uses the secret s, {NOWHERE} Add it below secrets: at the end of the file."),
        ("configs: [{source: c}]", "",
         f"4:15 web uses the config c, {NOWHERE} Add it below configs: at the end of the file."),
    ],
)  # fmt: skip
def test_a_name_that_stands_for_nothing_is_told(body, rest, says):
    assert told(body, rest) == [says]


@pytest.mark.parametrize(
    ("body", "rest"),
    [
        ("depends_on: {db: {condition: service_started, required: false}}", ""),
        ("networks: [default]", ""),
        ("network_mode: host", ""),
        ("network_mode: container:x", ""),
        ("volumes: ['./a:/a', /b, '${V}:/c']", ""),
        ("volumes_from: ['container:x:ro']", ""),
        ("external_links: [x]", ""),
        ("volumes: ['data:/data']", "volumes: {data: }\n"),
    ],
)
def test_what_need_not_be_there_is_let_be(body, rest):
    assert told(body, rest) == []


def test_what_is_missing_may_be_in_a_file_that_is_included():
    found = read("include: [b.yaml]\nservices:\n  web: {image: a, depends_on: [db], volumes: ['data:/data']}\n")
    assert [problem.mend for problem in found.problems] == [
        "If it is in a file that is included, paste that here too. Add the service, or remove the line.",
        "If it is in a file that is included, paste that here too. "
        "Add it below volumes: at the end of the file, or begin a path with ./",
    ]


def test_what_is_missing_stays_in_the_service():
    found = file("depends_on: [db]\nvolumes: ['data:/data']").services["web"]
    assert [one.service for one in found.depends_on] == ["db"]
    assert [one.source for one in found.mounts] == ["data"]


def test_a_service_without_image_and_build_is_told():
    found = read("services:\n  web:\n    ports: ['80:80']\n")
    (problem,) = found.problems
    assert (str(problem), problem.path) == (
        "compose.yaml:2:3: web has neither an image nor a build.",
        "services.web",
    )
    assert read("services: {web: {provider: {type: x}}}").problems == ()


def circles(text: str) -> list[str]:
    return [f"{p.place.line}:{p.place.column} {p.message}" for p in read(text).problems]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("services:\n  a: {image: x, depends_on: [a]}\n", ["2:30 Services wait for each other in a circle: a → a."]),
        (
            "services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, depends_on: [c]}\n"
            "  c: {image: x, depends_on: [b, a]}\n",
            [
                "4:30 Services wait for each other in a circle: b → c → b.",
                "4:33 Services wait for each other in a circle: a → b → c → a.",
            ],
        ),
        (
            "services:\n  a: {image: x, depends_on: [b, c]}\n  b: {image: x, depends_on: [d]}\n"
            "  c: {image: x, depends_on: [d]}\n  d: {image: x}\n",
            [],
        ),
    ],
)
def test_circles_are_told_on_the_line_that_closes_them(text, says):
    assert circles(text) == says


def test_the_edges_of_a_circle_stay():
    found = read("services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}")
    assert [one.depends_on[0].service for one in found.services.values()] == ["b", "a"]


def test_long_chains_and_circles_do_no_harm():
    lines = "".join(f"  s{n}: {{image: a, depends_on: [s{(n + 1) % 1500}]}}\n" for n in range(1500))
    (problem,) = read(f"services:\n{lines}").problems
    assert problem.message == ("Services wait for each other in a circle: s0 → s1 → s2 → s3 → … → s1498 → s1499 → s0.")


def test_problems_stand_in_the_order_of_the_file():
    found = read(
        "services:\n  b: {image: x, depends_on: [z]}\n  a: {imgae: x, image: y}\n  c: {image: '$-'}\n"
        "  d: {image: x, image: y}\n"
    )
    assert [problem.place.line for problem in found.problems] == [2, 3, 4, 5]
