"""Cost traps: each comes to what the price sheet's sums and the errata say, and never costs less for more of it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecture.costs.fields import Number, ask, plain
from lecture.costs.formula import written
from lecture.costs.pages import costs
from lecture.costs.prices import price_sheet
from lecture.costs.trap_fields import BY_ID, TRAPS
from lecture.costs.trap_room import FIELDS, alerts
from tests.costs.test_capstone import evaluated

SHEET = price_sheet()


def outcome(id: str, region="us_east_1", **query: str) -> list[str]:
    """What each way of a trap comes to; `query` without the trap's own prefix."""
    trap = BY_ID[id]
    answers = ask(trap.fields, {f"{id}-{name}": [value] for name, value in query.items()})
    assert answers.wrong == ()
    return [str(option.usd) for option in trap.count(answers, SHEET, region).options]


def summed(id: str) -> str:
    return str(SHEET.total(SHEET.sums[id]))


def test_every_trap_of_the_texts_has_its_calculator_and_its_own_fields():
    assert [text.id for text in costs().trap] == [trap.id for trap in TRAPS]
    names = [field.name for field in FIELDS]
    assert len(names) == len(set(names))
    assert all(field.name.startswith(f"{trap.id}-") for trap in TRAPS for field in trap.fields)


def test_the_forgotten_machine():
    assert outcome("forgotten")[0] == summed("forgotten-micro")
    assert outcome("forgotten", machine="t3.medium", gb="30")[0] == summed("forgotten-medium")
    assert outcome("forgotten", months="1", gb="30")[1:] == [summed("ec2-stopped"), "0"]


def test_downloads():
    assert outcome("egress") == ["83.16", "0"]
    assert outcome("egress", gb="10240") == ["912.60", "783.36"]
    assert outcome("egress", gb="100") == ["0.00", "0"]
    assert (summed("egress-1tb"), summed("egress-10tb"), summed("cdn-10tb")) == ("83.16", "912.60", "783.36")


def test_the_way_out():
    assert outcome("nat", gb="0") == [summed("nat-idle"), summed("nat-idle"), summed("three-addresses")]
    assert outcome("nat", gb="0", gateways="2")[0] == summed("nat-two-zones")
    assert outcome("nat", "eu_west_2", gb="0")[0] == summed("nat-idle-london")
    assert outcome("nat", gb="100", layers="60")[:2] == ["41.00", "38.30"]


def test_the_idle_front_door():
    assert outcome("balancer", apps="1") == [summed("alb-idle"), summed("alb-idle")]
    assert outcome("balancer", apps="3") == ["71.18", "23.73"]
    assert outcome("balancer", "eu_west_2", apps="1")[0] == summed("alb-idle-london")


def test_two_of_everything():
    assert outcome("two") == [summed("rds-t3-micro-multi-az"), summed("rds-t3-micro")]
    with_cache = outcome("two", cache="yes")
    assert Decimal(with_cache[0]) - Decimal(outcome("two")[0]) == Decimal(summed("cache-replica"))


def test_an_old_version():
    def age(**query):
        old, new = outcome("old", **query)
        return str(Decimal(old) - Decimal(new))

    assert age() == summed("rds-extended")
    assert age(standby="yes") == summed("rds-extended-multi-az")
    assert age(months="24") == "3504.00"
    assert age(months="25") == str(Decimal("3504.00") + 2 * Decimal(summed("rds-extended")))


def test_borrowed_speed():
    assert outcome("burst") == ["66.87", "30.37", "70.08"]
    hot, cool = map(Decimal, outcome("burst", where="rds"))
    assert hot - cool == Decimal("54.75")


def test_public_addresses():
    assert outcome("ipv4", addresses="2", needed="2", months="1") == [summed("two-addresses")] * 2
    assert outcome("ipv4", addresses="1", needed="20") == ["43.80", "43.80"]


def test_a_stopped_database_sleeps_for_seven_days():
    real, hoped, _ = outcome("stopped", days="7")
    assert real == hoped
    real, hoped, _ = outcome("stopped", **{"class": "t3.micro", "gb": "20", "days": "30"})
    assert (real, hoped) == ("12.21", "2.27")


def test_starting_up_is_paid_for():
    assert outcome("init") == ["1.84", "1.67"]
    assert outcome("init", share="100", ms="200") == ["3.34", "1.67"]


def test_logs():
    gb = Decimal(100_000) * Decimal("30.4167") * 5000 / 1024**3
    assert f"{gb:.2f}" == "14.16"
    assert outcome("logs") == ["17.28", "7.50"]
    assert outcome("logs", "eu_west_2", keep="24")[0] == outcome("logs", "eu_west_2", keep="24")[1]


def test_an_alert_comes_when_the_figures_do():
    answers = ask(FIELDS, {"alert-rate": ["50"], "alert-lag": ["8"], "alert-read": ["2"]})
    first, *_, last = alerts(answers)
    assert (first.threshold, first.passed, first.told, first.acted) == (
        10,
        Decimal("0.2"),
        Decimal("8.2"),
        Decimal("10.2"),
    )
    assert (first.spent, last.threshold, last.spent) == (Decimal(510), 100, Decimal(600))


def test_while_learning_there_are_three_alerts():
    assert [one.threshold for one in alerts(ask(FIELDS, {"alert-at": ["learning"]}))] == [5, 20, 50]


NUMBERS = [(trap, field) for trap in TRAPS for field in trap.fields if isinstance(field, Number)]


@pytest.mark.parametrize("region", ["us_east_1", "eu_west_2"])
@pytest.mark.parametrize(("trap", "field"), NUMBERS, ids=lambda value: getattr(value, "name", ""))
def test_more_of_it_never_costs_less(trap, field, region):
    totals = []
    for stop in field.stops:
        answers = ask(trap.fields, {field.name: [plain(stop)]})
        totals.append(trap.count(answers, SHEET, region).options[0].usd)
    assert totals == sorted(totals)


@pytest.mark.parametrize("region", ["us_east_1", "eu_west_2"])
@given(st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_trap_never_costs_less_than_its_cure_and_every_sum_is_true(region, data):
    trap = data.draw(
        st.sampled_from([trap for trap in TRAPS if trap.id not in {"nat", "egress", "burst", "stopped", "logs"}])
    )
    query = {
        field.name: [plain(data.draw(st.sampled_from(field.stops)))] if isinstance(field, Number)
        else [data.draw(st.sampled_from([value for value, _ in field.options]))]
        for field in trap.fields
    }  # fmt: skip
    counted = trap.count(ask(trap.fields, query), SHEET, region)
    assert counted.options[0].usd >= counted.options[1].usd
    for option in counted.options:
        for line in option.bill.lines:
            assert abs(evaluated(written(line)) - (line.usd or 0)) < Decimal("0.0051"), written(line)
