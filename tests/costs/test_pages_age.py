"""What a new account gets for nothing grows old, too."""

from io import StringIO

from django.core.management import call_command

from lecture.costs.pages import costs


def told(on: str) -> str:
    out = StringIO()
    call_command("check_facts", "--on", on, stdout=out)
    return out.getvalue()


def test_the_credit_is_listed_once_it_is_older_than_six_months():
    assert f"{costs().credit.as_of}  costs.toml: credit (good for 6 months)" in told("2027-03-12")
    assert "costs.toml" not in told("2027-02-12")
