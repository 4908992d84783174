"""What a text cites comes from the price sheet and the facts."""

from datetime import date

import pytest

from lecture.costs.prices import PriceSheet
from lecture.course.macros import Cited, Sheet, expand, wrong
from lecture.course.model import Fact

BOX = {"id": "box.hour", "group": "G", "item": "A box", "unit": "hour", "source": "PL", "confidence": "high"}
DISK = BOX | {"id": "disk.gb", "item": "A disk", "unit": "GB-month", "source": "WEB"}
DATED = {"usd": "0.04", "as_of": date(2026, 10, 8)}
SUMS = [
    {"id": "both", "name": "Both", "line": [{"price": "box.hour", "units": 2}, {"price": "disk.gb", "text": "1 GB"}]},
    {"id": "london", "name": "There", "region": "eu_west_2", "line": [{"price": "disk.gb", "units": 20}]},
    {"id": "box-london", "name": "There", "region": "eu_west_2", "line": [{"price": "box.hour"}]},
]
PRICES = PriceSheet.model_validate(
    {
        "regions": {"us_east_1": "Virginia", "eu_west_2": "London"},
        "sources": {},
        "price": [
            BOX | {"us_east_1": DATED},
            DISK | {"us_east_1": {"usd": "0.115", "as_of": date(2026, 8, 12)}, "eu_west_2": {"usd": "0.133"}},
        ],
        "sum": SUMS,
    }
)
FACTS = {"regions": Fact(id="regions", text="<30 & more", as_of=date(2026, 8, 1), source="AWS")}
SHEET = Sheet(PRICES, FACTS)
SPACES = "Write {price:id}, {price:id month}, {sum:id} or {fact:id}, with single spaces."


def cite(macro: str) -> Cited:
    cited: list[Cited] = []
    expand(macro, SHEET, cited)
    [figure] = cited
    return figure


def test_it_works():
    assert expand("It is {price:box.hour} an hour.", SHEET, []) == 'It is <data value="0.04">$0.04</data> an hour.'


@pytest.mark.parametrize(
    ("macro", "what", "value", "as_of", "source"),
    [
        ("{price:box.hour}", "A box, Virginia, per hour", "$0.04", date(2026, 10, 8), "PL"),
        ("{price:box.hour month}", "A box, Virginia, per month", "$29.20", date(2026, 10, 8), "PL"),
        ("{price:disk.gb}", "A disk, Virginia, per GB-month", "$0.115", date(2026, 8, 12), "WEB"),
        ("{price:disk.gb month}", "A disk, Virginia, per month", "$0.115", date(2026, 8, 12), "WEB"),
        ("{price:disk.gb eu_west_2}", "A disk, London, per GB-month", "$0.133", None, "WEB"),
        ("{price:disk.gb eu_west_2 month}", "A disk, London, per month", "$0.133", None, "WEB"),
        ("{sum:both}", "Both: A box $58.40, 1 GB $0.115", "$58.52", date(2026, 8, 12), "the price sheet"),
        ("{sum:london}", "There: A disk $2.66", "$2.66", None, "the price sheet"),
        ("{fact:regions}", "<30 & more", "<30 & more", date(2026, 8, 1), "AWS"),
    ],
)
def test_a_figure_knows_what_it_is_and_where_it_comes_from(macro, what, value, as_of, source):
    assert cite(macro) == Cited(what, value, as_of, source)


def test_a_fact_is_escaped():
    html = '<data value="&lt;30 &amp; more">&lt;30 &amp; more</data>'
    assert expand("{fact:regions}", SHEET, []) == html


def test_each_figure_is_cited_once_and_in_order():
    cited: list[Cited] = []
    expand("{fact:regions} {price:box.hour} {fact:regions}", SHEET, cited)
    expand("{price:box.hour} {price:box.hour month}", SHEET, cited)
    assert [figure.value for figure in cited] == ["<30 & more", "$0.04", "$29.20"]


@pytest.mark.parametrize(
    "text", ["{}", "{price}", "{box.hour}", "f'{price!r}'", "`{price:box.hour}`", "``{sum:both} ` ``"]
)
def test_other_braces_and_code_stay(text):
    assert expand(text, SHEET, []) == text
    assert expand(text + "{price:box.hour}", SHEET, []) == text + '<data value="0.04">$0.04</data>'


def test_two_lone_backticks_are_no_code():
    assert expand("a ` b\n\n{price:box.hour}\n\nc ` d", SHEET, []).count("<data ") == 1


@pytest.mark.parametrize(
    ("macro", "mend"),
    [
        ("{price:box.our}", "Did you mean box.hour?"),
        ("{price:zzz}", "Known are: box.hour, disk.gb."),
        ("{price:box.hour yearly}", "yearly: write month, us_east_1 or eu_west_2."),
        ("{price:box.hour eu_west_2}", "box.hour has no price in eu_west_2"),
        ("{sum:bot}", "Did you mean both?"),
        ("{sum:box-london}", "box.hour has no price in eu_west_2"),
        ("{fact:regoins}", "Did you mean regions?"),
        ("{price:box.hour  month}", SPACES),
        ("{sum:both }", SPACES),
    ],
)
def test_a_macro_that_stands_for_nothing_is_told_with_its_place(macro, mend):
    text = f"{{price:box.hour}}\n\n`{macro}`\nA {macro}"
    assert list(wrong(text, SHEET)) == [(text.rindex(macro), macro, mend)]


def test_a_course_without_data_says_so():
    told = [mend for *_, mend in wrong("{price:a} {sum:a} {fact:a}", Sheet(None, {}))]
    assert told == ["There is no prices.toml.", "There is no prices.toml.", "There is no facts.toml."]
