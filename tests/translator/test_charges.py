"""What a blueprint costs: the capstone to the cent, and each kind of resource by itself."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings

from lecture.costs.prices import PriceSheet, read
from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.charges import bill, charges, not_counted
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile
from lecture.translator.specs import (
    Broker,
    Bucket,
    Cache,
    Container,
    Database,
    Dns,
    Documents,
    EcsService,
    FileSystem,
    Image,
    Job,
    Kafka,
    Listener,
    LoadBalancer,
    Machines,
    NatGateways,
    NetworkBalancer,
    Search,
    Secret,
    Secrets,
    Spec,
    Vpc,
)
from lecture.translator.values import Origin
from tests.translator import capstone

WITHOUT_NAT = Choices(nat="none")
ARM = Choices(arch="arm")
HERE = Origin("services.x", 1)


@pytest.fixture(scope="module")
def sheet() -> PriceSheet:
    return read(settings.BASE_DIR / "content")


def blueprint(*specs: Spec, choices: Choices = capstone.LEARNING) -> Blueprint:
    """One resource for each spec: r0, r1 …"""
    resources = tuple(
        Resource(f"r{n}", "aws_x", "Three things", "compute", "furnished", (), spec) for n, spec in enumerate(specs)
    )
    return Blueprint("x", ComposeFile("", {}), choices, resources, (), (), (), (), (), ())


def service(count: int = 1, cpu: int = 256, memory: int = 512, disk: int = 20, **more) -> EcsService:
    launch = more.pop("launch", "fargate")
    return EcsService(Container("api", Image(), cpu, memory, launch, disk_gb=disk), count, **more)


def database(engine="postgres", kind="db.t3.micro", version="16", multi_az=False, storage=20) -> Database:
    return Database(engine, version, kind, storage, "x", "admin", 5432, multi_az, False, 1)


def public(found: Blueprint) -> Blueprint:
    """The tasks of a blueprint in public subnets."""
    resources = [
        replace(r, spec=replace(r.spec, public_ip=True)) if isinstance(r.spec, EcsService) else r
        for r in found.resources
    ]
    return replace(found, resources=tuple(resources))


def lines(found: Blueprint, sheet: PriceSheet) -> list[tuple[str, str]]:
    return [(line.text, str(line.usd)) for line in bill(found, sheet).lines]


def test_the_capstone_comes_to_what_the_lecture_says(sheet):
    found = bill(capstone.blueprint(), sheet)
    assert [(line.text, line.home, str(line.usd)) for line in found.lines] == [
        ("NAT gateway", "furnished", "36.50"),
        ("Application load balancer", "furnished", "23.73"),
        ("Database", "furnished", "15.44"),
        ("Cache", "furnished", "12.41"),
        ("api, on Fargate", "furnished", "9.01"),
        ("worker, on Fargate", "furnished", "9.01"),
        ("beat, on Fargate", "furnished", "9.01"),
        ("Two secrets", "hotel", "0.80"),
        ("DNS zone", "hotel", "0.50"),
    ]
    assert (found.total, found.unpriced, found.fallback) == (Decimal("116.41"), (), ())
    assert all(line.note == "" for line in found.lines)


def test_the_capstone_without_a_nat_gateway(sheet):
    found = bill(public(capstone.blueprint(WITHOUT_NAT)), sheet)
    assert found.total == Decimal("90.86")
    assert [str(line.usd) for line in found.lines if "Fargate" in line.text] == ["12.66"] * 3


def test_the_capstone_in_london_says_what_it_borrows(sheet):
    found = bill(capstone.blueprint(Choices(region="eu_west_2")), sheet)
    assert found.fallback == ("cache.redis.t3.micro",)
    assert found.total == Decimal("129.55")
    notes = [line.note for line in found.lines if line.note]
    assert notes == ["No price for Europe (London) on our sheet: cache.t3.micro at the price of us-east-1."]


@pytest.mark.parametrize(
    ("spec", "line", "usd"),
    [
        (service(), "api, on Fargate", "9.01"),
        (service(2, 1024, 2048), "api, on Fargate", "72.08"),
        (service(disk=50), "api, on Fargate", "11.44"),
        (service(public_ip=True), "api, on Fargate", "12.66"),
        (service(2, public_ip=True), "api, on Fargate", "25.32"),
        (database(), "Database", "15.44"),
        (database(multi_az=True), "Database", "30.88"),
        (database(kind="db.t4g.micro"), "Database", "13.98"),
        (database(kind="db.t4g.micro", multi_az=True), "Database", "27.96"),
        (database("mysql"), "Database", "14.71"),
        (database(version="13.22"), "Database", "161.44"),
        (database(version="13", multi_az=True), "Database", "322.88"),
        (Cache("redis", "7.1", "cache.t3.micro", 1, 6379, True), "Cache", "12.41"),
        (Cache("valkey", "8.0", "cache.t4g.micro", 2, 6379, False), "Cache", "18.69"),
        (Kafka("3.9", "kafka.t3.small", 2, 10), "Kafka", "68.58"),
        (Search("2.19", "t3.small.search", 2, 10), "Search", "52.56"),
        (Documents("5.0", "db.t3.medium", 1, "x", False, 1), "Documents", "56.94"),
        (Documents("5.0", "db.t4g.medium", 2, "x", False, 1), "Documents", "110.52"),
        (FileSystem("uploads", 5), "uploads, on EFS", "1.50"),
        (Bucket("uploads", 10), "uploads, on S3", "0.23"),
        (LoadBalancer(()), "Application load balancer", "23.73"),
        (NetworkBalancer((Listener(1883, "tcp", "x", 1883, HERE),)), "Network load balancer", "23.73"),
        (Machines("t3.medium", 1, ("x",)), "EC2 machine", "32.77"),
        (Machines("t4g.small", 2, ("x",)), "EC2 machines", "29.33"),
        (NatGateways(1), "NAT gateway", "36.50"),
        (NatGateways(2), "NAT gateways", "73.00"),
        (Dns(("",)), "DNS zone", "0.50"),
        (Secrets((Secret("a", (), (), ()),) * 3), "Three things", "1.20"),
    ],
)  # fmt: skip
def test_each_kind_of_resource_is_one_line(sheet, spec, line, usd):
    found = bill(blueprint(spec), sheet)
    assert [(one.text, str(one.usd), one.resources) for one in found.lines] == [(line, usd, ("r0",))]


@pytest.mark.parametrize("spec", [Vpc(), Job(Container("migrate", Image(), 256, 512)), service(launch="ec2")])
def test_what_costs_nothing_by_itself_has_no_line(spec):
    assert charges(blueprint(spec)) == ()


@pytest.mark.parametrize(
    ("spec", "line"),
    [
        (Broker("3.13", "mq.m7g.medium", "x", False), "Queue"),
        (database("mysql", "db.t4g.micro"), "Database"),
        (database("oracle-se2", "db.t3.small"), "Database"),
        (Cache("memcached", "1.6", "cache.t3.micro", 1, 11211, False), "Cache"),
        (Machines("g4dn.xlarge", 1, ("x",), gpu=True), "EC2 machine"),
        (Kafka("3.9", "kafka.m7g.large", 3, 10), "Kafka"),
    ],
)
def test_what_our_sheet_does_not_have_is_not_guessed(sheet, spec, line):
    found = bill(blueprint(spec), sheet)
    assert (found.lines[0].usd, found.total, found.unpriced) == (None, Decimal(), (line,))


def test_arm_is_cheaper(sheet):
    assert lines(blueprint(service(), choices=ARM), sheet) == [("api, on Fargate", "7.21")]


def test_a_machine_needs_an_address_where_no_nat_gateway_leads_out(sheet):
    found = blueprint(Machines("t3.medium", 1, ("x",)), choices=WITHOUT_NAT)
    assert lines(found, sheet) == [("EC2 machine", "36.42")]


def test_two_of_a_kind_are_told_apart(sheet):
    found = blueprint(database(), database(), Cache("redis", "7.1", "cache.t3.micro", 1, 6379, False))
    assert lines(found, sheet) == [("r0, on RDS", "15.44"), ("r1, on RDS", "15.44"), ("Cache", "12.41")]


def test_the_parts_of_a_line_say_what_they_are(sheet):
    [line] = bill(blueprint(service(2, 512, 1024, 30, public_ip=True)), sheet).lines
    assert [(part.text, part.units) for part in line.parts] == [
        ("2 × 0.5 vCPU", 1),
        ("2 × 1 GB", 2),
        ("2 × 10 GB more disk", 20),
        ("2 public addresses", 2),
    ]


def test_the_disk_of_a_search_engine_is_named_as_missing(sheet):
    found = bill(blueprint(Search("2.19", "t3.small.search", 1, 10)), sheet)
    assert (str(found.total), found.unpriced) == ("26.28", ("Search: its 10 GB of disk",))


def test_what_depends_on_use_is_said_with_its_price(sheet):
    assert not_counted(capstone.blueprint(), sheet) == (
        "Logs: $0.50 for each GB that your containers write.",
        "The images that you build: $0.10 a month for each GB.",
        "Traffic to the internet: nothing for the first 100 GB a month, then $0.09 a GB.",
        "What passes the NAT gateway: $0.045 a GB, in either direction.",
        "What the load balancer carries: $0.008 an hour for each capacity unit in use.",
    )


def test_only_what_is_there_is_said(sheet):
    found = not_counted(blueprint(Job(Container("x", Image(), 256, 512)), choices=Choices(region="eu_west_2")), sheet)
    assert found == (
        "Logs: $0.5985 for each GB that your containers write.",
        "Traffic to the internet: nothing for the first 100 GB a month, then $0.09 a GB.",
        "Jobs: a task costs its minutes while it runs, and nothing while it waits for its day.",
    )
