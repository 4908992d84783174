"""Lambda against Fargate: the errata's table A2 to the request, every crossing, Little's law."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecture.costs.break_room import NINE
from lecture.costs.breakeven import (
    DAYS,
    MOST_CROSSINGS,
    Case,
    Verdict,
    crossings,
    fargate_usd,
    lambda_usd,
    load,
    on_fargate,
    on_lambda,
    straight,
    tasks,
)
from lecture.costs.prices import price_sheet

SHEET = price_sheet()
COLUMNS = (("us_east_1", False), ("us_east_1", True), ("eu_west_2", False), ("eu_west_2", True))
A2 = (  # calls a day: the nine rows, the four columns
    (158_689, 279_628, 182_507, 303_446),
    (317_378, 438_317, 365_013, 485_952),
    (576_545, 697_484, 651_277, 772_216),
    (375_425, 454_176, 401_669, 476_257),
    (200_538, 242_603, 226_531, 268_597),
    (478_757, 557_508, 514_228, 588_816),
    (255_734, 297_800, 290_012, 332_078),
    (145_193, 223_944, 152_207, 226_795),
    (103_332, 182_083, 112_559, 187_147),
)
MILLIONS = (  # the same a month
    ("4.83", "8.51", "5.55", "9.23"),
    ("9.65", "13.33", "11.10", "14.78"),
    ("17.54", "21.22", "19.81", "23.49"),
    ("11.42", "13.81", "12.22", "14.49"),
    ("6.10", "7.38", "6.89", "8.17"),
    ("14.56", "16.96", "15.64", "17.91"),
    ("7.78", "9.06", "8.82", "10.10"),
    ("4.42", "6.81", "4.63", "6.90"),
    ("3.14", "5.54", "3.42", "5.69"),
)
CELLS = [
    (row, column, a_day, MILLIONS[row][column])
    for row, cells in enumerate(A2)
    for column, a_day in enumerate(cells)
]  # fmt: skip


def first(case: Case) -> Decimal:
    found = crossings(case, SHEET).first
    assert found
    return found.per_day


@pytest.mark.parametrize(("row", "column", "a_day", "millions"), CELLS)
def test_each_cell_of_the_errata_to_the_request(row, column, a_day, millions):
    _, number, task_door, lambda_door = NINE[row]
    region, free = COLUMNS[column]
    case = Case(tasks=number, task_door=task_door, lambda_door=lambda_door, region=region, free=free)
    found = crossings(case, SHEET)
    assert found.first
    assert found.first.per_day == a_day
    assert f"{found.first.month / 1_000_000:.2f}" == millions
    assert (len(found.crossings), found.cheaper_below, found.first.cheaper_above) == (1, "lambda", "fargate")


# what it costs


@pytest.mark.parametrize(
    ("requests", "ms", "free", "usd"),
    [
        (1_000_000, 200, False, "1.87"),
        (1_000_000, 200, True, "0.00"),
        (10_000_000, 200, False, "18.67"),
        (10_000_000, 200, True, "11.80"),
        (1_000_000, 1000, False, "8.53"),
        (1_000_000, 1000, True, "1.67"),
        (300_000, 200, False, "0.56"),
    ],
)
def test_lambda_by_the_ready_made_sums(requests, ms, free, usd):
    assert str(on_lambda(Case(ms=Decimal(ms), free=free), SHEET, Decimal(requests)).total) == usd


@pytest.mark.parametrize(("region", "usd"), [("us_east_1", "9.01"), ("eu_west_2", "10.36")])
def test_one_small_task(region, usd):
    assert str(on_fargate(Case(region=region), SHEET, Decimal(1)).total) == usd


def test_a_thousand_a_second_all_month():
    month = Decimal(1000) * 730 * 3600
    light = Case(memory=Decimal(128), ms=Decimal(100), lambda_door="http")
    door = {line.text: str(line.usd) for line in on_lambda(light, SHEET, month).lines}
    assert door["HTTP API"] == "2395.20"
    assert lambda_usd(replace(light, lambda_door="none"), SHEET, month).quantize(Decimal(1)) == 1073
    assert lambda_usd(Case(), SHEET, month).quantize(Decimal(1)) == 4906


def test_a_hundred_a_minute_is_cheaper_on_lambda():
    month = Decimal(4_380_000)
    assert str(on_lambda(Case(), SHEET, month).total) == "8.18"
    assert str(on_lambda(Case(free=True), SHEET, month).total) == "1.31"
    assert str(on_fargate(Case(task_door="alb"), SHEET, month).total) == "32.74"


def test_two_tasks_and_a_balancer_of_the_micro_saas():
    case = Case(tasks=2, task="half", task_door="alb")
    assert str(on_fargate(case, SHEET, Decimal(1)).total) == "59.77"


@pytest.mark.parametrize(("warm", "usd"), [(1, "12.69"), (5, "63.47")])
def test_environments_kept_warm_in_london_before_any_request(warm, usd):
    case = Case(memory=Decimal(1024), region="eu_west_2", warm=warm)
    assert str(on_lambda(case, SHEET, Decimal(0)).total) == usd


def test_two_warm_environments_in_virginia():
    assert str(on_lambda(Case(memory=Decimal(1024), warm=2), SHEET, Decimal(0)).total) == "21.90"


def test_warmth_ends_the_free_tier():
    case = Case(warm=1)
    assert lambda_usd(replace(case, free=True), SHEET, Decimal(10**6)) == lambda_usd(case, SHEET, Decimal(10**6))


def test_london_has_no_second_step_of_the_http_api_so_the_first_price_holds():
    case, month = Case(region="eu_west_2", lambda_door="http"), Decimal(400_000_000)
    door = next(line for line in on_lambda(case, SHEET, month).lines if line.text == "HTTP API")
    assert [part.price.id for part in door.parts if part.price] == ["apigw.http"]


# what moves it (errata, A5)


@pytest.mark.parametrize(("ms", "millions", "a_day"), [(10, "36.6", "1.20"), (20, "28.3", "0.93")])
def test_the_duration_moves_the_answer(ms, millions, a_day):
    found = crossings(Case(ms=Decimal(ms), region="eu_west_2"), SHEET).first
    assert found
    assert f"{found.month / 1_000_000:.1f}" == millions
    assert f"{found.per_day / 1_000_000:.2f}" == a_day


def test_the_micro_saas_by_duration():
    door = Case(tasks=2, task="half", task_door="alb", lambda_door="http")
    assert f"{first(replace(door, ms=Decimal(1000))) * DAYS / 1_000_000:.1f}" == "6.3"
    assert f"{first(door) * DAYS / 1_000_000:.1f}" == "20.8"


def test_computing_fills_a_small_task_at_four_calls_a_second():
    case = Case(work="computing", per_day=Decimal(182_507))
    assert f"{case.vcpu_seconds:.3f}" == "0.058"
    found = load(case, case.per_day)
    assert (f"{found.rate:.1f}", f"{found.peak_rate:.0f}", found.tasks) == ("2.1", "21", 5)


def test_waiting_needs_one_task_for_the_same():
    assert load(Case(), Decimal(182_507)).tasks == 1


def test_littles_law():
    found = load(Case(ms=Decimal(250), peak=Decimal(4)), Decimal(864_000))
    assert (found.rate, found.in_flight, found.peak_rate, found.peak_in_flight) == (10, Decimal("2.5"), 40, 10)


# crossings


def changes(case: Case, found: Verdict) -> list[tuple[str, str]]:
    """Who is cheaper just below and just above each crossing, asked of the bills themselves."""

    def cheaper(requests: Decimal) -> str:
        return "fargate" if lambda_usd(case, SHEET, requests) > fargate_usd(case, SHEET, requests) else "lambda"

    near = Decimal("0.000001")
    return [(cheaper(one.month * (1 - near)), cheaper(one.month * (1 + near))) for one in found.crossings]


def test_where_tasks_step_every_crossing_is_named():
    case = Case(at_once=Decimal(10), task_door="alb", lambda_door="http")
    found = crossings(case, SHEET)
    assert [(one.per_day, one.step, one.cheaper_above, one.tasks) for one in found.crossings] == [
        (Decimal(375_425), False, "fargate", 1),
        (Decimal(432_000), True, "lambda", 2),
        (Decimal(478_757), False, "fargate", 2),
    ]
    assert found.first == found.crossings[0]
    assert changes(case, found) == [("lambda", "fargate"), ("fargate", "lambda"), ("lambda", "fargate")]


def test_they_may_cross_many_times():
    found = crossings(Case(at_once=Decimal(4)), SHEET)
    assert [one.per_day for one in found.crossings[:4]] == [158_689, 172_800, 317_378, 345_600]
    assert (len(found.crossings), found.crossings[-1].cheaper_above) == (23, "fargate")
    assert len(crossings(Case(at_once=Decimal(4)), SHEET, most=1).crossings) == 1


def test_a_container_that_must_grow_with_every_call_never_wins():
    found = crossings(Case(work="computing"), SHEET)
    assert (found.crossings, found.cheaper_below, found.more) == ((), "lambda", True)


def test_a_function_with_a_balancer_loses_at_once():
    found = crossings(Case(lambda_door="alb"), SHEET)
    assert (found.crossings, found.cheaper_below) == ((), "fargate")


CASES = st.builds(
    Case,
    memory=st.sampled_from([128, 512, 1024, 3008, 10240]).map(Decimal),
    ms=st.sampled_from([1, 10, 200, 1000, 30_000, 900_000]).map(Decimal),
    peak=st.sampled_from([1, 2, 10, 100]).map(Decimal),
    at_once=st.sampled_from([1, 4, 50, 1000]).map(Decimal),
    tasks=st.integers(1, 5),
    task=st.sampled_from(["small", "half", "two"]),
    work=st.sampled_from(["waiting", "computing"]),
    lambda_door=st.sampled_from(["none", "url", "http", "rest", "alb"]),
    task_door=st.sampled_from(["none", "address", "alb"]),
    region=st.sampled_from(["us_east_1", "eu_west_2"]),
    arch=st.sampled_from(["x86", "arm"]),
    free=st.booleans(),
    warm=st.sampled_from([0, 0, 1, 20]),
)


@given(CASES)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_the_break_even_is_where_the_curves_cross(case):
    found = crossings(case, SHEET)
    assert all(below != above for below, above in changes(case, found))
    for one in found.crossings:
        if not one.step:
            apart = lambda_usd(case, SHEET, one.month) - fargate_usd(case, SHEET, one.month)
            assert abs(apart) < Decimal("1e-12")
    months = [one.month for one in found.crossings]
    assert months == sorted(months)
    assert len(months) <= MOST_CROSSINGS


@given(CASES)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_between_two_crossings_the_cheaper_side_stays(case):
    found = crossings(case, SHEET)
    last = found.crossings[-1].month * 2 if found.crossings else Decimal(1_000_000)
    edges = [Decimal(1), *(one.month for one in found.crossings), *([] if found.more else [last])]
    sides = [found.cheaper_below, *(one.cheaper_above for one in found.crossings)]
    for (start, end), side in zip(pairwise(edges), sides, strict=False):
        for part in (Decimal("0.25"), Decimal("0.5"), Decimal("0.75")):
            at = start + (end - start) * part
            apart = lambda_usd(case, SHEET, at) - fargate_usd(case, SHEET, at)
            assert (apart > 0) == (side == "fargate") or not apart


@given(CASES, st.integers(0, 10**10), st.integers(0, 10**9))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_neither_side_ever_costs_less_for_more_calls(case, requests, more):
    few, many = Decimal(requests), Decimal(requests + more)
    assert lambda_usd(case, SHEET, many) >= lambda_usd(case, SHEET, few)
    assert fargate_usd(case, SHEET, many) >= fargate_usd(case, SHEET, few)
    assert tasks(case, many) >= tasks(case, few)


@given(CASES, st.integers(1, 3 * 10**10))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_straight_pieces_are_the_bills(case, requests):
    lines, at = straight(case, SHEET), Decimal(requests)
    assert abs(lines.function(at) - lambda_usd(case, SHEET, at)) < Decimal("1e-9")
    assert abs(lines.container(tasks(case, at)) - fargate_usd(case, SHEET, at)) < Decimal("1e-9")
