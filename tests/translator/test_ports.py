"""`ports` and `expose`, short and long."""

import pytest

from lecture.translator.compose import Place, Port
from tests.translator.keys_of import file, web


def ports(entry: str, env: str = "") -> list[tuple[str, int | None, int, str]]:
    """Host address, host port, container port and protocol of what one entry makes."""
    return [(p.host_ip, p.published, p.target, p.protocol) for p in web(f"ports:\n  - {entry}", "", env).ports]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("80", [("", None, 80, "tcp")]),
        ('"80"', [("", None, 80, "tcp")]),
        ("80.0", [("", None, 80, "tcp")]),
        ("8080:80", [("", 8080, 80, "tcp")]),
        ("22:22", [("", 22, 22, "tcp")]),
        ("53:53/udp", [("", 53, 53, "udp")]),
        ("53:53/UDP", [("", 53, 53, "udp")]),
        ("127.0.0.1:8080:80", [("127.0.0.1", 8080, 80, "tcp")]),
        ("127.0.0.1::80", [("127.0.0.1", None, 80, "tcp")]),
        ('"[::1]:8080:80"', [("::1", 8080, 80, "tcp")]),
        ('"::1:8080:80"', [("::1", 8080, 80, "tcp")]),
        ("localhost:8080:80", [("localhost", 8080, 80, "tcp")]),
        ("3000-3002", [("", None, 3000, "tcp"), ("", None, 3001, "tcp"), ("", None, 3002, "tcp")]),
        ("90-91:80-81/udp", [("", 90, 80, "udp"), ("", 91, 81, "udp")]),
        ("9000-9009:80", [("", 9000, 80, "tcp")]),
        ("$P:80", [("", 80, 80, "tcp")]),
        ("${P:-9}:80", [("", 9, 80, "tcp")]),
        ("127.0.0.1:${P}:80", [("127.0.0.1", 80, 80, "tcp")]),
        ("${IP}:90:80", [("", 90, 80, "tcp")]),
        ("{target: 80}", [("", None, 80, "tcp")]),
        ("{target: '80', published: '8080'}", [("", 8080, 80, "tcp")]),
        ("{target: 80, published: 8080, protocol: udp, host_ip: 1.2.3.4}", [("1.2.3.4", 8080, 80, "udp")]),
        ("{target: 80, published: 8080-8090}", [("", 8080, 80, "tcp")]),
        ("{target: 80, published: '${P}'}", [("", 80, 80, "tcp")]),
    ],
)
def test_ports_in_every_form(entry, expected):
    assert ports(entry) == expected


def test_a_port_knows_its_entry_and_what_it_is_called():
    service = web("ports:\n  - 80:80\n  - {target: 443, name: secure, app_protocol: http2, mode: host}")
    assert service.ports == (
        Port(80, 80, "tcp", "", "services.web.ports[0]", Place(5, 9)),
        Port(443, None, "tcp", "", "services.web.ports[1]", Place(6, 9), "http2", "secure"),
    )


def test_exposed_ports_are_the_containers_alone():
    service = web('expose: [3000, "4000-4001/udp"]')
    assert [(port.target, port.published, port.protocol) for port in service.expose] == [
        (3000, None, "tcp"),
        (4000, None, "udp"),
        (4001, None, "udp"),
    ]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("web:80:80:80:80:x", "5:9 services.web.ports[0] is not a port, 1 to 65535."),
        ("eighty", "5:9 services.web.ports[0] is not a port, 1 to 65535."),
        ("70000", "5:9 services.web.ports[0] is not a port, 1 to 65535."),
        ("0", "5:9 services.web.ports[0] is not a port, 1 to 65535."),
        ("90-80", "5:9 services.web.ports[0] is not a port, 1 to 65535."),
        ("80.5", "5:9 services.web.ports[0] is not a port, 1 to 65535."),
        ('"80:"', "5:9 services.web.ports[0] is not a port."),
        ('""', "5:9 services.web.ports[0] is not a port."),
        ("80/sctp", "5:9 services.web.ports[0] speaks neither TCP nor UDP, and is left out."),
        ("80:$P", "5:9 services.web.ports[0] comes from a variable that has no value."),
        ("{published: 80}", "5:9 services.web.ports[0] lacks target."),
    ],
)
def test_what_is_no_port_is_left_out_and_told(entry, says):
    found = file(f"ports:\n  - {entry}")
    assert found.services["web"].ports == ()
    (problem,) = found.problems
    assert f"{problem.place.line}:{problem.place.column} {problem.message}" == says
    assert problem.path == "services.web.ports[0]"


def test_host_ports_that_do_not_fit_are_told_and_the_container_keeps_its_own():
    found = file("ports: ['90-99:80-81', '99999:80', 'x:80']")
    assert [(port.published, port.target) for port in found.services["web"].ports] == [
        (80, 80), (81, 81), (80, 80), (80, 80),
    ]  # fmt: skip
    assert [problem.message for problem in found.problems] == [
        f"services.web.ports[{number}] has a host port that is no port." for number in range(3)
    ]


def test_long_ranges_are_cut_short():
    found = file("ports: ['10000-20000:10000-20000/udp']")
    assert len(found.services["web"].ports) == 100
    assert [problem.message for problem in found.problems] == [
        "services.web.ports[0] is a range of 10,001 ports; only the first 100 are looked at."
    ]


def test_all_ports_of_a_file_are_counted():
    found = file("ports:\n" + "".join(f'  - "{n}000-{n}099"\n' for n in range(1, 60)))
    assert len(found.services["web"].ports) == 4000
    assert [problem.message for problem in found.problems] == [
        "The file has more than 4,000 ports; from here on they are left out."
    ]
