"""Arithmetic in questions: exact, and nothing but arithmetic."""

from decimal import Decimal

import pytest

from lecture.quizzes.formula import FormulaError, evaluate, fill, shown


def price(id: str, region: str = "us_east_1") -> Decimal:
    return {("alb.hour", "us_east_1"): Decimal("0.0225"), ("alb.hour", "eu_west_2"): Decimal("0.02646")}[id, region]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("730 * price('alb.hour')", "16.425"),
        ("730 * price('alb.hour', 'eu_west_2')", "19.3158"),
        ("0.1 + 0.2", "0.3"),
        ("2 ** 10 / 4", "256"),
        ("-(3 - 5) * n", "14"),
        ("round(16.425, 2)", "16.43"),
        ("round(2.5)", "3"),
        ("ceil(2.1) + floor(2.9)", "5"),
        ("min(3, 1, 2) + max(4, n)", "8"),
        (" 1 ", "1"),
    ],
)
def test_it_works_out(text, value):
    assert evaluate(text, {"n": Decimal(7)}, price) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 +", "is no formula"),
        ("", "is no formula"),
        ("tasks", "tasks is not among vary"),
        ("1 / 0", "cannot be worked out"),
        ("9 ** 9 ** 9", "a power is a whole number up to 12"),
        ("2 ** 0.5", "a power is a whole number up to 12"),
        ("price('gone')", "gone"),
        ("price(3)", "price takes an id in quotes"),
        ("__import__('os')", "a formula holds numbers"),
        ("n.real", "has no place in a formula"),
        ("[1][0]", "has no place in a formula"),
        ("True", "a formula holds numbers"),
        ("abs(1)", "abs is not among"),
        ("round()", "has no place in a formula"),
        ("(" * 400 + "1" + ")" * 400, "at most 300 characters"),
        ("1 if n else 2", "has no place in a formula"),
    ],
)
def test_what_is_no_arithmetic_is_refused(text, message):
    with pytest.raises(FormulaError) as told:
        evaluate(text, {"n": Decimal(7)}, price)
    assert message in str(told.value)


def test_without_a_price_sheet_a_price_is_refused():
    with pytest.raises(FormulaError, match=r"there is no prices\.toml"):
        evaluate("price('alb.hour')", {})


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("16.425", "16.43"),
        ("182507", "182,507"),
        ("0.0000002", "0.0000002"),
        ("3.00", "3"),
        ("-2.5", "-2.50"),
        ("0.04048", "0.04048"),
        ("0.0225", "0.0225"),
        ("0.123456", "0.1235"),
        ("0.5", "0.5"),
    ],
)
def test_numbers_are_printed_as_people_write_them(number, text):
    assert shown(Decimal(number)) == text


def test_a_text_is_filled():
    assert fill("{=n} × 24 = {=24 * n}; {kept}", {"n": Decimal(1000)}) == "1,000 × 24 = 24,000; {kept}"
