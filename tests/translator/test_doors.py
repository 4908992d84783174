"""Who may knock: the table that says the same as the drawing."""

from lecture.translator.diagram import Door, Knock, doors
from tests.translator import capstone
from tests.translator.scenes import blueprint, bucket, cache, database, files, job, service


def rows(found) -> list[tuple[str, str]]:
    """As a page prints it."""
    return [
        (
            ", ".join(door.groups),
            "; ".join(f"{', '.join(k.callers)} {' '.join(f':{port}' for port in k.ports)}" for k in door.knocks),
        )
        for door in doors(found)
    ]


def test_the_capstone_opens_four_doors():
    assert rows(capstone.blueprint()) == [
        ("load balancer", "anyone :443 :80"),
        ("api", "load balancer :8000"),
        ("db", "api, worker :5432"),
        ("redis", "api, worker, beat :6379"),
        ("worker, beat", ""),
    ]


def test_a_row_knows_groups_callers_and_ports():
    assert doors(capstone.blueprint())[2] == Door(("db",), (Knock(("api", "worker"), ("5432",)),))


def test_callers_on_different_ports_are_told_apart():
    found = blueprint(
        service("web"), service("admin"), cache("queue"), links=(("web", "queue", 5672), ("admin", "queue", 15672))
    )
    assert rows(found)[0] == ("queue", "web :5672; admin :15672")


def test_all_ports_of_one_caller_stand_together():
    found = blueprint(service("a"), service("b"), links=(("a", "b", 9000), ("a", "b", 80), ("a", "b", 80)))
    assert rows(found) == [("b", "a :80 :9000"), ("a", "")]


def test_udp_is_said():
    found = blueprint(service("dns"), listeners=(("dns", 53, "udp"), ("dns", 53, "tcp")))
    assert rows(found) == [("network balancer", "anyone :53/udp :53"), ("dns", "network balancer :53 :53/udp")]


def test_jobs_and_disks_are_in_the_table():
    found = blueprint(job("migrate"), service("web", shares=("uploads",)), database("db"), files("uploads"),
                      links=(("migrate", "db", 5432),))  # fmt: skip
    assert rows(found) == [("db", "migrate :5432"), ("uploads (EFS)", "web :2049"), ("migrate, web", "")]


def test_what_has_no_security_group_has_no_row():
    found = blueprint(service("web", buckets=("media",)), bucket("media"))
    assert rows(found) == [("web", "")]


def test_nothing_is_nobody():
    assert doors(blueprint(nats=0)) == ()
