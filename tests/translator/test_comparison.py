"""The same app, other homes: one machine, no NAT gateway, ARM, production."""

from dataclasses import replace

import pytest
from django.conf import settings

from lecture.costs.prices import PriceSheet, read
from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.choices import Choices
from lecture.translator.comparison import machine, memory, other_homes
from lecture.translator.specs import Cache, Database, Kafka, Search
from tests.translator import capstone
from tests.translator.test_charges import blueprint, database, public, service


@pytest.fixture(scope="module")
def sheet() -> PriceSheet:
    return read(settings.BASE_DIR / "content")


def turned(spec, choices: Choices):
    """A database and a cache as planning makes them for these choices."""
    family = "t4g" if choices.arch == "arm" else "t3"
    if isinstance(spec, Database):
        return replace(spec, multi_az=choices.standby, instance_class=f"db.{family}.micro")
    if isinstance(spec, Cache):
        return replace(spec, nodes=2 if choices.standby else 1, node_type=f"cache.{family}.micro")
    return spec


def replan(choices: Choices) -> Blueprint:
    found = capstone.blueprint(choices)
    found = replace(found, resources=tuple(replace(r, spec=turned(r.spec, choices)) for r in found.resources))
    return found if choices.nat_gateways else public(found)


def rows(sheet: PriceSheet, choices: Choices) -> list[tuple[str, str, str]]:
    return [(row.home, row.text, str(row.usd)) for row in other_homes(replan(choices), sheet, replan)]


def test_the_capstone_in_its_other_homes(sheet):
    assert rows(sheet, Choices()) == [
        ("empty", "One EC2 t4g.small runs the same compose file, its images built for ARM", "18.31"),
        ("empty", "One EC2 t3.small runs the same compose file", "21.23"),
        ("furnished", "Fargate in public subnets, no NAT gateway", "90.86"),
        ("furnished", "As drawn, on ARM", "108.82"),
        ("furnished", "Fargate in private subnets, as drawn", "116.41"),
        ("furnished", "In production: two of what must not fail", "180.76"),
    ]


def test_without_a_nat_gateway_the_comparison_turns_round(sheet):
    found = {text: usd for _, text, usd in rows(sheet, Choices(nat="none", arch="arm"))}
    assert found["Fargate in public subnets, as drawn"] == "83.27"
    assert found["Fargate in private subnets, one NAT gateway"] == "108.82"
    assert found["As drawn, on x86"] == "90.86"
    assert [text for text in found if "EC2" in text] == ["One EC2 t4g.small runs the same compose file"]


def test_in_production_one_learns_for_less(sheet):
    found = {text: usd for _, text, usd in rows(sheet, Choices("production", profiles=frozenset({"x"})))}
    assert found["One of everything, to learn"] == "116.41"


def test_what_is_chosen_stays_chosen(sheet):
    chosen = Choices(region="eu_west_2", self_host=frozenset({"db"}), profiles=frozenset({"x"}))
    found = [row.choices for row in other_homes(replan(chosen), sheet, replan) if row.choices]
    assert {(c.region, c.self_host, c.profiles) for c in found} == {(chosen.region, chosen.self_host, chosen.profiles)}
    assert sorted((c.size, c.nat_gateways, c.arch) for c in found) == [
        ("learning", 0, "x86"),
        ("learning", 1, "arm"),
        ("learning", 1, "x86"),
        ("production", 2, "x86"),
    ]


def test_one_row_is_the_drawing(sheet):
    found = [row for row in other_homes(replan(Choices()), sheet, replan) if row.current]
    assert [(row.text, row.choices) for row in found] == [("Fargate in private subnets, as drawn", Choices())]


@pytest.mark.parametrize(
    ("specs", "mib", "arm", "x86"),
    [
        ((service(),), 512, "t4g.micro", "t3.micro"),
        ((service(memory=1024),), 1280, "t4g.small", "t3.small"),
        ((service(memory=2048), database("mysql")), 3328, "t4g.medium", "t3.medium"),
        ((Kafka("3.9", "kafka.t3.small", 2, 10), Search("2", "t3.small.search", 1, 10)), 4352, "t4g.large", "t3.large"),
        ((service(memory=8192), database("oracle-se2")), 12544, "m7g.xlarge", "m5.xlarge"),
        ((service(memory=16384),), 16640, "", ""),
    ],
)
def test_a_machine_holds_all_containers_and_linux(specs, mib, arm, x86):
    found = blueprint(*specs)
    assert (memory(found), machine(found, "arm"), machine(found, "x86")) == (mib, arm, x86)


def test_copies_of_production_do_not_need_a_larger_machine():
    assert memory(blueprint(service(2))) == memory(blueprint(service(1)))


def test_no_machine_of_that_size_is_no_row(sheet):
    found = blueprint(service(memory=32768))
    assert [row.home for row in other_homes(found, sheet, lambda choices: found)] == ["furnished"] * 4


def test_what_has_no_price_stays_said(sheet):
    found = replan(Choices())
    resources = (*found.resources, Resource("k", "x", "Kafka", "messaging", "furnished", (), Kafka("3", "big", 2, 1)))
    found = replace(found, resources=resources)
    drawn = next(row for row in other_homes(found, sheet, replan) if row.current)
    assert (str(drawn.usd), drawn.unpriced) == ("116.41", ("Kafka",))
