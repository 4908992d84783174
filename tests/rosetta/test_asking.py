"""What the words of an address ask for."""

import pytest

from lecture.rosetta.asking import CATEGORIES, Asked, asked
from lecture.rosetta.looking import LONGEST


def ask(**fields: str) -> Asked:
    return asked({name.rstrip("_"): [value] for name, value in fields.items()})


def test_nothing_is_asked_at_first():
    assert asked({}) == Asked() == ask(q="", from_="", to="", category="", view="")


def test_everything_is_read():
    found = ask(q="  blob   storage ", from_="aws", to="azure", category="storage", view="lecture")
    assert found == Asked("blob storage", "aws", "azure", "storage", lecture=True)


@pytest.mark.parametrize(
    ("known", "wanted", "columns"),
    [
        ("", "", ("aws", "gcp", "azure", "local")),
        ("azure", "", ("azure", "aws", "gcp", "local")),
        ("", "gcp", ("gcp", "aws", "azure", "local")),
        ("local", "azure", ("local", "azure", "aws", "gcp")),
    ],
)
def test_the_known_column_comes_first_and_the_wanted_one_beside_it(known, wanted, columns):
    assert ask(from_=known, to=wanted).columns == columns


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("from", "ibm", "There is no provider “ibm”. Known are aws, gcp, azure, local."),
        ("to", "NaN", "There is no provider “NaN”. Known are aws, gcp, azure, local."),
        ("category", "Cake", f"There is no category “Cake”. Known are {', '.join(CATEGORIES)}."),
        ("view", "1e309", "There is no view “1e309”. Known are lecture."),
        ("from", "x" * 500, f"There is no provider “{'x' * 40}”. Known are aws, gcp, azure, local."),
    ],
)
def test_what_nobody_knows_is_refused_with_a_reason(field, value, message):
    found = asked({field: [value]})
    assert found.wrong == {field: message}
    assert found == Asked(wrong=found.wrong)


def test_the_same_twice_is_refused_and_the_first_kept():
    found = ask(from_="aws", to="aws")
    assert (found.known, found.wanted) == ("aws", None)
    assert found.wrong == {"to": "You know AWS already. Choose another one to see."}


def test_unknown_fields_are_ignored_and_of_one_that_stands_twice_the_last_counts():
    assert asked({"q": ["a", "b"], "utm_source": ["x"], "page": ["-1"]}) == Asked("b")


def test_a_long_query_is_cut_and_says_so():
    found = ask(q="x" * 10_000)
    assert (len(found.query), found.cut) == (LONGEST, True)


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({}, ""),
        ({"q": "pub/sub & co", "from_": "aws", "view": "lecture"}, "q=pub%2Fsub+%26+co&from=aws&view=lecture"),
        ({"to": "ibm", "category": "compute"}, "category=compute"),
    ],
)
def test_the_address_that_leads_here_again_is_short_and_free_of_what_was_refused(fields, address):
    assert ask(**fields).address == address
