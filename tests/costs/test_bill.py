"""The bill for a month: lines that add up as printed, and what has no price says so."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from lecture.costs.bill import Charge, bill
from lecture.costs.prices import PriceSheet, read

NOWHERE = "There is no price on our sheet, so this is not in the total."


@pytest.fixture(scope="module")
def sheet() -> PriceSheet:
    return read(settings.BASE_DIR / "content")


def printed(found):
    return [(line.text, line.usd and str(line.usd)) for line in found.lines]


def test_it_works(sheet):
    found = bill([Charge("nat", "NAT gateway", "nat.hour", text="gateway", home="furnished")], sheet)
    [line] = found.lines
    assert (line.text, line.resources, line.home, line.usd, line.note) == (
        "NAT gateway", ("nat",), "furnished", Decimal("32.85"), "",
    )  # fmt: skip
    assert [(part.text, part.usd) for part in line.parts] == [("gateway", Decimal("32.850"))]
    assert (found.total, found.region, found.unpriced, found.fallback) == (Decimal("32.85"), "us_east_1", (), ())


def test_charges_that_follow_each_other_under_one_name_make_one_line(sheet):
    charges = [Charge("alb", "Balancer", "alb.hour"), Charge("alb", "Balancer", "ipv4", Decimal(2))]
    assert printed(bill(charges, sheet)) == [("Balancer", "23.73")]


def test_a_line_is_rounded_once_and_the_total_is_the_sum_of_what_is_printed(sheet):
    charge = [
        Charge(str(n), f"task {n}", price, units)
        for n in range(3)
        for price, units in (("fargate.x86.vcpu", Decimal("0.25")), ("fargate.x86.gb", Decimal("0.5")))
    ]
    found = bill(charge, sheet)
    assert printed(found) == [("task 0", "9.01"), ("task 1", "9.01"), ("task 2", "9.01")]
    assert sum(part.usd for line in found.lines for part in line.parts) == Decimal("27.030075")
    assert found.total == Decimal("27.03")


def test_rounding_of_lines_is_in_the_total(sheet):
    charges = [Charge(str(n), f"{n} GB", "s3.gb", Decimal("0.25")) for n in range(4)]
    found = bill(charges, sheet)
    assert [line.usd for line in found.lines] == [Decimal("0.01")] * 4
    assert found.total == Decimal("0.04")


def test_the_dearest_line_stands_first_and_equals_keep_their_order(sheet):
    charges = [
        Charge("a", "zone", "r53.zone"),
        Charge("q", "queue", None),
        Charge("b", "gateway", "nat.hour"),
        Charge("c", "other zone", "r53.zone"),
    ]
    assert printed(bill(charges, sheet)) == [
        ("gateway", "32.85"),
        ("zone", "0.50"),
        ("other zone", "0.50"),
        ("queue", None),
    ]


@pytest.mark.parametrize("price", [None, "rds.pg.t9.huge"])
def test_what_has_no_price_is_named_and_not_in_the_total(sheet, price):
    found = bill([Charge("q", "Queue", price, note="Ask AWS."), Charge("z", "Zone", "r53.zone")], sheet)
    assert printed(found) == [("Zone", "0.50"), ("Queue", None)]
    assert found.lines[1].note == f"{NOWHERE} Ask AWS."
    assert (found.total, found.unpriced) == (Decimal("0.50"), ("Queue",))


def test_a_line_whose_chief_part_has_no_price_has_none(sheet):
    charges = [Charge("db", "Database", None), Charge("db", "Database", "rds.gp3", Decimal(20))]
    found = bill(charges, sheet)
    assert (printed(found), found.total, found.as_of) == ([("Database", None)], Decimal(), None)


def test_a_later_part_without_a_price_is_named_beside_the_rest(sheet):
    charges = [Charge("s", "Search", "es.t3small"), Charge("s", "Search", None, text="its 10 GB")]
    found = bill(charges, sheet)
    assert printed(found) == [("Search", "26.28")]
    assert found.lines[0].note == "Not counted: its 10 GB (no price on our sheet)."
    assert found.unpriced == ("Search: its 10 GB",)


def test_london_has_its_own_prices(sheet):
    found = bill([Charge("nat", "NAT", "nat.hour")], sheet, "eu_west_2")
    assert (found.total, found.region, found.fallback) == (Decimal("36.50"), "eu_west_2", ())


def test_where_london_has_no_price_the_line_says_whose_it_is(sheet):
    charges = [Charge("f", "Files", "efs.gb", Decimal(5), "5 GB"), Charge("g", "More files", "efs.gb", text="1 GB")]
    found = bill(charges, sheet, "eu_west_2")
    assert printed(found) == [("Files", "1.50"), ("More files", "0.30")]
    assert found.lines[0].note == "No price for Europe (London) on our sheet: 5 GB at the price of us-east-1."
    assert found.fallback == ("efs.gb",)


def test_virginia_falls_back_on_nothing(sheet):
    assert bill([Charge("f", "Files", "efs.gb")], sheet).fallback == ()


def test_the_oldest_and_the_newest_day_of_the_prices_used(sheet):
    charges = [Charge("a", "a", "alb.hour"), Charge("b", "b", "nat.hour"), Charge("c", "c", "mq.micro")]
    assert bill(charges, sheet).as_of == (date(2026, 8, 12), date(2026, 10, 8))
    assert bill(charges[:1], sheet, "eu_west_2").as_of == (date(2026, 9, 11), date(2026, 9, 11))
    assert bill(charges[2:], sheet).as_of is None


def test_shares_are_percent_of_the_total(sheet):
    found = bill([Charge("a", "a", "nat.hour"), Charge("b", "b", "ipv4"), Charge("q", "q", None)], sheet)
    assert [found.share(line) for line in found.lines] == [90, 10, 0]


def test_nothing_costs_nothing(sheet):
    found = bill([], sheet)
    assert (found.lines, found.total, found.as_of) == ((), Decimal(), None)
    assert bill([Charge("q", "q", None)], sheet).share(bill([Charge("q", "q", None)], sheet).lines[0]) == 0


def test_a_resource_knows_what_it_costs(sheet):
    found = bill([Charge("a", "a", "nat.hour"), Charge("q", "q", None)], sheet)
    assert (found.of("a"), found.of("q"), found.of("nobody")) == (Decimal("32.85"), None, None)
