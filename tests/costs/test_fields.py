"""What a calculator asks: the address holds the answers, and a wrong one is told, never bent."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecture.costs.fields import LONGEST, Choice, Number, ask, plain, series

GB = Number("gb", "Disk", "GB", Decimal(20), tuple(map(Decimal, (20, 50, 100, 1000))))
HALF = Number("half", "Half", "vCPU", Decimal(1), (Decimal(0), Decimal("0.5"), Decimal(2)), whole=False)
ARCH = Choice("arch", "Processor", (("x86", "x86"), ("arm", "ARM")))
FIELDS = (GB, HALF, ARCH)


def answered(**query: str):
    return ask(FIELDS, {name: [value] for name, value in query.items()})


def test_it_works():
    found = answered(gb="50", arch="arm")
    assert (found.number("gb"), found.number("half"), found.choice("arch")) == (Decimal(50), Decimal(1), "arm")
    assert found.wrong == ()


def test_who_says_nothing_gets_the_defaults():
    found = ask(FIELDS, {})
    assert (found.number("gb"), found.choice("arch"), found.query()) == (Decimal(20), "x86", "")


def test_the_address_holds_what_differs_from_the_defaults_and_leads_back():
    found = answered(gb="50", half="1.0", arch="arm", unheard_of="1")
    assert found.query() == "gb=50&arch=arm"
    assert ask(FIELDS, {"gb": ["50"], "arch": ["arm"]}).query() == found.query()


def test_the_last_of_several_values_counts():
    assert ask(FIELDS, {"gb": ["50", "100"]}).number("gb") == Decimal(100)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Nothing stands here."),
        ("abc", "“abc” is not a number that we can read."),
        ("NaN", "“NaN” is not a number that we can read."),
        ("1e309", "“1e309” is not a number that we can read."),
        ("Infinity", "“Infinity” is not a number that we can read."),
        ("-5", "“-5” is not a number that we can read."),
        ("1,000", "“1,000” is not a number that we can read."),
        ("٣٠", "“٣٠” is not a number that we can read."),
        ("20\n30", "“20\n30” is not a number that we can read."),
        ("9" * 5000, f"“{'9' * (LONGEST - 1)}…” is not a number that we can read."),
        ("20.5", "20.5 is not a whole number."),
        ("19", "19 is too small to make sense here."),
        ("1001", "1001 is too large to make sense here."),
    ],
)
def test_a_wrong_number_is_told_with_its_reason_and_its_mend(text, why):
    [wrong] = answered(gb=text).wrong
    assert wrong.problem == f"{why} Write a whole number from 20 to 1,000. Until then 20 is counted."
    assert (wrong.value, len(wrong.text) <= LONGEST) == (Decimal(20), True)


def test_a_wrong_number_stays_in_the_address():
    assert answered(gb="abc").query() == "gb=abc"


def test_a_number_need_not_be_whole_where_halves_make_sense():
    assert answered(half="0.75").number("half") == Decimal("0.75")


def test_a_choice_that_is_not_on_offer_is_told():
    [wrong] = answered(arch="mips").wrong
    assert wrong.problem == "“mips” is not on offer. Choose one of: x86, ARM. Until then “x86” is counted."


def test_a_slider_that_was_moved_wins_over_the_number_that_was_not():
    found = ask(FIELDS, {"gb": ["20"], "gb.from.20": ["2"]})
    assert (found.number("gb"), found.slid) == (Decimal(100), True)


def test_a_number_that_was_typed_wins_over_the_slider():
    assert ask(FIELDS, {"gb": ["70"], "gb.from.20": ["2"]}).number("gb") == Decimal(70)


def test_a_slider_that_stands_where_the_page_put_it_changes_nothing():
    assert ask(FIELDS, {"gb": ["60"], "gb.from.60": ["1"]}).number("gb") == Decimal(60)


@pytest.mark.parametrize("position", ["9", "-1", "x", "", "٣", "99999999999"])
def test_a_slider_beyond_its_end_is_ignored(position):
    assert ask(FIELDS, {"gb": ["20"], "gb.from.20": [position]}).number("gb") == Decimal(20)


@given(
    st.dictionaries(
        st.sampled_from(["gb", "half", "arch", "gb.from.20", "gb.from.x"]), st.lists(st.text(max_size=60), max_size=3)
    )
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_whatever_is_sent_gives_answers_within_bounds(query):
    found = ask(FIELDS, query)
    assert Decimal(20) <= found.number("gb") <= Decimal(1000)
    assert found.choice("arch") in {"x86", "arm"}
    assert all(len(answer.text) <= LONGEST for answer in found.all)


def test_series_has_one_two_and_five_in_each_decade_and_both_ends():
    assert [plain(stop) for stop in series(3, 60)] == ["3", "5", "10", "20", "50", "60"]
