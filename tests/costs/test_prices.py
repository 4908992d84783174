"""The price sheet: what a thing costs, where, since when, says who."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.costs.prices import Price, PriceSheet, cents, dollars, read

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "prices.json"
# what the facts name in passing, in another row's item or note
BESIDE = {
    "rds.mysql.t3.micro": "rds.pg.t3.micro",
    "docdb.t4g": "docdb.t3",
    "msk.gb": "msk.t3",
    "lambda.x86.t2": "lambda.x86",
    "lambda.x86.t3": "lambda.x86",
    "lambda.pc.duration": "lambda.pc",
    "rds.ext.3": "rds.ext",
}
MILLION = {"apigw.http.t2": "apigw.http"}  # the same, named there for a million
ERRATA = {"ec2.t3.surplus": "$0.05 per vCPU-h", "rds.t3.surplus": "RDS 0.075"}  # in the errata's row M19
SHEET = """
[regions]
us_east_1 = "Virginia"
[sources]
[[price]]
id = "box.hour"
group = "Compute"
item = "A box"
unit = "hour"
us_east_1 = { usd = 0.0104, as_of = 2026-10-08 }
source = "K"
confidence = "high"
"""
SUM = '[[sum]]\nid = "{}"\nname = "A box"\n[[sum.line]]\nprice = "{}"\n'


@pytest.fixture(scope="module")
def sheet() -> PriceSheet:
    return read(settings.BASE_DIR / "content")


def as_in_the_facts(price: Price) -> dict[str, Any]:
    amounts = {"us_east_1": price.us_east_1, "eu_west_2": price.eu_west_2}
    days = {region: amount.as_of if amount else None for region, amount in amounts.items()}
    same = {key: getattr(price, key) for key in ("id", "group", "item", "unit", "source", "confidence", "note")}
    usd = {region: amount.usd if amount else None for region, amount in amounts.items()}
    return {**same, **usd, "as_of": {region: day and day.isoformat() for region, day in days.items()}}


def test_it_works(write_course):
    [price] = read(write_course({"prices.toml": SHEET})).price
    assert (price.id, price.us_east_1.usd, price.eu_west_2) == ("box.hour", Decimal("0.0104"), None)


@pytest.mark.skipif(not FACTS.exists(), reason="the shared facts do not lie beside this repository")
def test_the_sheet_is_the_shared_facts(sheet):
    facts = json.loads(FACTS.read_text(), parse_float=Decimal, parse_int=Decimal)
    wanted = [{**fact, "source": fact["source"].strip()} for fact in facts["prices"]]
    assert [as_in_the_facts(price) for price in sheet.price if price.id not in {*BESIDE, *MILLION, *ERRATA}] == wanted
    assert len(wanted) == 93
    assert [plan.model_dump() for plan in sheet.paas] == facts["paas"]


@pytest.mark.parametrize(("id", "beside"), BESIDE.items())
def test_a_row_of_its_own_has_its_price_from_another_row_of_the_facts(sheet, id, beside):
    named = sheet.by_id[beside]
    assert str(sheet.by_id[id].us_east_1.usd) in f"{named.item} {named.note}"
    assert sheet.by_id[id].eu_west_2 is None


@pytest.mark.parametrize(("id", "beside"), MILLION.items())
def test_a_price_that_is_named_for_a_million(sheet, id, beside):
    assert f"{sheet.by_id[id].us_east_1.usd * 1_000_000:.2f}/M" in sheet.by_id[beside].note


@pytest.mark.skipif(not FACTS.exists(), reason="the shared facts do not lie beside this repository")
@pytest.mark.parametrize(("id", "said"), ERRATA.items())
def test_a_price_that_the_errata_name(sheet, id, said):
    assert said in FACTS.with_name("errata.md").read_text()
    assert str(sheet.by_id[id].us_east_1.usd) in said


@pytest.mark.parametrize(
    ("id", "usd"),
    [
        ("fargate-small", "9.01"),
        ("alb-idle", "23.73"),
        ("alb-idle-london", "26.62"),
        ("nat-idle", "36.50"),
        ("nat-idle-london", "40.15"),
        ("rds-t4g-micro", "13.98"),
        ("rds-t3-micro", "15.44"),
        ("lambda-1m", "1.87"),
        ("lambda-10m", "18.67"),
        ("capstone-nat", "116.43"),
        ("capstone-public", "90.88"),
        ("capstone-lean", "80.95"),
        ("ec2-compose", "18.31"),
    ],
)
def test_the_sums_that_texts_cite(sheet, id, usd):
    assert sheet.total(sheet.sums[id]) == Decimal(usd)


@pytest.mark.parametrize(
    ("usd", "text"),
    [
        ("0", "$0.00"),
        ("0.5", "$0.50"),
        ("0.0225", "$0.0225"),
        ("0.0000166667", "$0.0000166667"),
        ("0.10000", "$0.10"),
        ("0.995", "$0.995"),
        ("1", "$1.00"),
        ("1.005", "$1.01"),
        ("9.0089", "$9.01"),
        ("100", "$100.00"),
        ("1234567.891", "$1,234,567.89"),
    ],
)
def test_dollars_have_cents_from_one_up_and_every_digit_below(usd, text):
    assert dollars(Decimal(usd)) == text


@pytest.mark.parametrize(("usd", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("3", "3.00")])
def test_cents_are_rounded_half_up(usd, rounded):
    assert str(cents(Decimal(usd))) == rounded


def test_an_hour_is_730_in_a_month_and_a_gigabyte_is_one(sheet):
    hour, month = sheet.by_id["alb.hour"], sheet.by_id["rds.gp3"]
    assert sheet.monthly(hour) == hour.us_east_1.usd * 730
    assert sheet.monthly(month) == month.us_east_1.usd


def test_a_total_is_rounded_once_at_the_end(write_course):
    line = '[[sum.line]]\nprice = "box.hour"\nunits = 0.0001\n'
    found = read(write_course({"prices.toml": SHEET + SUM.format("crumbs", "box.hour") + line * 13}))
    assert [usd for *_, usd in found.lines(found.sums["crumbs"])] == [Decimal("7.592")] + [Decimal("0.0007592")] * 13
    assert found.total(found.sums["crumbs"]) == Decimal("7.60")


def test_london_is_not_guessed(sheet, write_course):
    [price] = read(write_course({"prices.toml": SHEET})).price
    with pytest.raises(LookupError, match=r"^box\.hour has no price in eu_west_2$"):
        price.amount("eu_west_2")
    assert sheet.by_id["alb.hour"].amount("eu_west_2").usd == Decimal("0.02646")


@pytest.mark.parametrize(
    ("more", "line", "message"),
    [
        (SHEET[SHEET.index("[[price]]") :], 14, "price.id: the id box.hour stands twice."),
        (SUM.format("a", "box.hour") * 2, 19, "sum.id: the id a stands twice."),
        (SUM.format("a", "box.our"), 17, "sum.line.price: the sum a names box.our, which is no price."),
        ('[[sum]]\nid = "a"\nname = "A"\n', 13, "the key sum.line is missing."),
        (
            'note = "x"\nhome = "castle"\n',
            14,
            "price.home: Input should be 'parents', 'empty', 'furnished' or 'hotel'.",
        ),
        (
            SHEET[SHEET.index("[[price]]") :].replace("box.hour", "Box"),
            14,
            "price.id: String should match pattern '^[a-z0-9.]+$'.",
        ),
        ("eu_west_2 = { usd = -1 }\n", 13, "price.eu_west_2.usd: Input should be greater than or equal to 0."),
        ('eu_west_2 = { usd = "?" }\n', 13, "price.eu_west_2.usd: Input should be a valid decimal."),
    ],
)
def test_a_wrong_sheet_is_told(write_course, more, line, message):
    with pytest.raises(ContentError) as caught:
        read(write_course({"prices.toml": SHEET + more}))
    assert [(p.line, p.message) for p in caught.value.problems] == [(line, message)]
