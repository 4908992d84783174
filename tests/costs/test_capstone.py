"""The capstone's month: the sums of the price sheet's notes, line by line, and how switches change them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecture.costs import capstone
from lecture.costs.bill import bill
from lecture.costs.capstone import CATEGORIES, CATEGORY, DRAWN, EVERY, LEFT_OUT, ORDER, Setup, month
from lecture.costs.formula import charge, many, written
from lecture.costs.prices import price_sheet
from lecture.costs.tiers import EGRESS, split

SHEET = price_sheet()


def total(setup: Setup) -> str:
    return str(month(setup, SHEET).total)


def usd(setup: Setup) -> dict[str, str]:
    return {line.id: str(line.usd) for line in month(setup, SHEET).lines}


def comes_to(*charges) -> str:
    return str(bill(charges, SHEET, "us_east_1").total)


# the ready-made sums of the price sheet


def test_as_the_lecture_drew_it_recomputed():
    found = month(capstone.as_drawn(), SHEET)
    assert str(found.total) == "62.82"
    assert {line.id for line in found.left_out} == set(LEFT_OUT)


def test_with_everything_it_needs():
    assert total(capstone.honest()) == "116.43"
    assert usd(capstone.honest()) == {
        "api": "9.01", "worker": "9.01", "beat": "9.01", "database": "15.44", "cache": "12.41", "uploads": "0.02",
        "balancer": "16.43", "addresses": "7.30", "way-out": "36.50", "zone": "0.50", "egress": "0.00",
        "secrets": "0.80",
    }  # fmt: skip


def test_without_nat():
    assert total(capstone.without_nat()) == "90.88"
    assert usd(capstone.without_nat())["way-out"] == "10.95"


def test_on_arm_with_valkey():
    assert total(capstone.lean()) == "80.95"
    assert usd(capstone.lean())["cache"] == "9.34"


def test_on_one_machine_with_compose():
    found = capstone.on_one_machine(SHEET)
    assert sorted(str(line.usd) for line in found.lines) == ["12.26", "2.40", "3.65"]
    assert str(found.total) == "18.31"


@pytest.mark.parametrize(
    ("make", "id"), [("honest", "capstone-nat"), ("without_nat", "capstone-public"), ("lean", "capstone-lean")]
)
def test_the_bills_are_the_sums_that_texts_cite(make, id):
    assert month(getattr(capstone, make)(), SHEET).total == SHEET.total(SHEET.sums[id])


@pytest.mark.parametrize(
    ("size", "x86", "arm", "london"),
    [
        ("small", "9.01", "7.21", "10.36"),
        ("roomy", "10.63", "8.51", "12.23"),
        ("half", "18.02", "14.42", "20.72"),
        ("one", "36.04", "28.84", "41.45"),
    ],
)
def test_a_task_of_each_size(size, x86, arm, london):
    setup = Setup(task=size)
    assert usd(setup)["api"] == x86
    assert usd(replace(setup, arch="arm"))["api"] == arm
    assert usd(replace(setup, region="eu_west_2"))["api"] == london


def test_an_idle_balancer_and_an_idle_gateway_in_both_regions():
    def corridor(region):
        lines = usd(Setup(region=region))
        return str(Decimal(lines["balancer"]) + Decimal(lines["addresses"])), lines["way-out"]

    assert corridor("us_east_1") == ("23.73", "36.50")
    assert corridor("eu_west_2") == ("26.62", "40.15")


def test_the_database_alone_and_with_its_standby_and_in_london():
    assert usd(Setup())["database"] == "15.44"
    assert usd(Setup(arch="arm"))["database"] == "13.98"
    assert usd(Setup(arch="arm", zones=2))["database"] == "27.96"
    assert usd(Setup(arch="arm", region="eu_west_2"))["database"] == "15.80"


@pytest.mark.parametrize(("gb", "comes"), [(10, "0.00"), (100, "0.00"), (1024, "83.16"), (10240, "912.60")])
def test_traffic_out(gb, comes):
    assert usd(Setup(egress_gb=Decimal(gb)))["egress"] == comes


@pytest.mark.parametrize(
    ("calls", "seconds", "comes"), [(1_000_000, "0.2", "1.87"), (10_000_000, "0.2", "18.67"), (1_000_000, "1", "8.53")]
)
def test_calls_on_lambda(calls, seconds, comes):
    line = ("l", "Lambda")
    duration = charge(line, "lambda.x86", many(calls, "calls"), many(Decimal("0.5"), "GB"), many(Decimal(seconds), "s"))
    assert comes_to(charge(line, "lambda.request", many(calls, "calls")), duration) == comes


# switches


def test_every_line_has_its_category_and_its_place():
    assert set(ORDER) == set(EVERY)
    assert set(CATEGORY) == {*EVERY, "machine", "disk"}
    assert list(month(capstone.honest(), SHEET).by_category()) == list(CATEGORIES)


def test_the_five_things_together_are_the_total():
    found = month(capstone.honest(), SHEET)
    assert sum(found.by_category().values()) == found.total
    assert {name: str(amount) for name, amount in found.by_category().items()} == {
        "compute": "27.03", "database": "27.85", "storage": "0.02", "network": "60.73", "identity": "0.80",
    }  # fmt: skip


def test_what_is_counted_and_what_is_left_out_are_all():
    found = month(Setup(count=frozenset({"api", "zone"})), SHEET)
    assert str(found.total) == "9.51"
    assert sum((line.usd for line in found.left_out), found.total) == Decimal("116.43")


def test_only_tasks_that_are_counted_need_an_address():
    setup = replace(capstone.without_nat(), count=frozenset(EVERY) - {"beat"})
    assert usd(setup)["way-out"] == "7.30"


def test_half_a_day_halves_the_tasks_and_nothing_that_has_no_switch():
    whole, half = capstone.honest(), replace(capstone.honest(), hours=Decimal(12))
    differ = {id for id, amount in usd(whole).items() if amount != usd(half)[id]}
    assert differ == {"api", "worker", "beat"}
    assert usd(half)["api"] == "4.51"


def test_two_zones_double_database_cache_and_way_out():
    one, two = usd(capstone.honest()), usd(replace(capstone.honest(), zones=2))
    assert {id: two[id] for id in one if one[id] != two[id]} == {
        "database": "30.88", "cache": "24.82", "way-out": "73.00",
    }  # fmt: skip


def test_logs_and_images_appear_once_there_are_some():
    found = usd(replace(capstone.honest(), logs_gb=Decimal(10), images_gb=Decimal(5)))
    assert (found["logs"], found["images"]) == ("5.30", "0.50")
    assert not {"logs", "images"} & set(usd(capstone.honest()))


def test_what_london_lacks_is_taken_from_virginia_and_says_so():
    found = month(capstone.honest("eu_west_2"), SHEET)
    notes = {line.id: line.line.note for line in found.lines if line.line.note}
    assert notes == {"cache": "No price for Europe (London) on our sheet: 1 node at the price of us-east-1."}
    assert found.bill.fallback == ("cache.redis.t3.micro",)
    assert next(line for line in found.lines if line.id == "cache").usd == Decimal("12.41")


# formulas


def test_a_line_says_how_it_adds_up():
    lines = {line.id: written(line.line) for line in month(replace(capstone.honest(), api=3), SHEET).lines}
    assert lines["api"] == (
        "3 tasks × 0.25 vCPU × $0.04048 × 730 h + 3 tasks × 0.5 GB × $0.004445 × 730 h = $27.03"
    )  # fmt: skip
    assert lines["database"] == "1 machine × $0.018 × 730 h + 20 GB × $0.115 = $15.44"
    assert lines["secrets"] == "2 secrets × $0.40 = $0.80"


SETUPS = st.builds(
    Setup,
    region=st.sampled_from(["us_east_1", "eu_west_2"]),
    arch=st.sampled_from(["x86", "arm"]),
    cache=st.sampled_from(["redis", "valkey"]),
    way_out=st.sampled_from(["nat", "public"]),
    zones=st.sampled_from([1, 2]),
    api=st.integers(0, 20),
    worker=st.integers(0, 20),
    task=st.sampled_from(sorted(capstone.SIZES)),
    hours=st.integers(1, 24).map(Decimal),
    database=st.sampled_from(["micro", "small", "medium"]),
    egress_gb=st.integers(0, 100_000).map(Decimal),
    logs_gb=st.integers(0, 1000).map(Decimal),
    count=st.frozensets(st.sampled_from(EVERY)),
)


def evaluated(formula: str) -> Decimal:
    """The left side of a written sum, worked out by its own words."""
    found = Decimal()
    for product in formula.rpartition(" = ")[0].split(" + "):
        one = Decimal(1)
        for factor in product.split(" × "):
            number, _, below = factor.split()[0].lstrip("$").replace(",", "").partition("/")
            one *= Decimal(number) / Decimal(below or 1)
        found += one
    return found


@given(SETUPS)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_formula_works_out_to_what_its_line_says(setup):
    for line in month(setup, SHEET).lines:
        assert abs(evaluated(written(line.line)) - line.usd) < Decimal("0.0051"), written(line.line)


@given(
    SETUPS,
    st.sampled_from(["api", "worker", "database_gb", "uploads_gb", "egress_gb", "nat_gb", "logs_gb", "images_gb"]),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_more_never_costs_less(setup, name):
    more = replace(setup, **{name: getattr(setup, name) + 7})
    assert month(more, SHEET).total >= month(setup, SHEET).total


@given(SETUPS)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_counting_another_line_never_costs_less(setup):
    for id in EVERY:
        more = replace(setup, count=setup.count | {id})
        assert month(more, SHEET).total >= month(setup, SHEET).total


def test_the_steps_of_traffic_add_up_to_the_whole():
    assert split(Decimal(200_000), EGRESS) == [
        ("egress.free", Decimal(100)),
        ("egress.t1", Decimal(10_140)),
        ("egress.t2", Decimal(40_960)),
        ("egress.t3", Decimal(102_400)),
        ("egress.t4", Decimal(46_400)),
    ]


def test_the_first_state_of_the_form_is_the_drawing():
    assert Setup().count == frozenset(DRAWN)
