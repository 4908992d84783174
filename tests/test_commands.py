from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lecture.models import Learner, Reading, today

PRICES = """
[regions]
us_east_1 = "US East (N. Virginia)"
eu_west_2 = "Europe (London)"

[sources]
K = "common knowledge"

[[price]]
id = "alb.hour"
group = "Network"
item = "ALB"
unit = "hour"
us_east_1 = { usd = 0.0225, as_of = 2026-01-15 }
eu_west_2 = { usd = 0.0265, as_of = 2025-11-01 }
source = "K"
confidence = "high"

[[price]]
id = "undated"
group = "Network"
item = "Undated"
unit = "hour"
us_east_1 = { usd = 1 }
source = "K"
confidence = "low"
"""
FACTS = """
[[fact]]
id = "aws.regions"
text = "more than 30"
as_of = 2026-01-31
months = 6
source = "the documentation"
"""
FRESH = "Every figure is fresh.\n"


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def seen(days_ago: int) -> Learner:
    return Learner.objects.create(key=str(days_ago), seen_on=today() - timedelta(days=days_ago))


def test_who_was_here_within_a_year_stays(db):
    kept, gone = seen(365), seen(366)
    Reading.objects.create(learner=kept, section="a/b")
    Reading.objects.create(learner=gone, section="a/b")
    assert run("remove_unused_learners") == "Removed 1 learner unused for 365 days.\n"
    assert list(Reading.objects.values_list("learner", flat=True)) == [kept.pk]
    assert list(Learner.objects.all()) == [kept]


def test_the_days_can_be_said(db):
    seen(10), seen(11), seen(12)
    assert run("remove_unused_learners", "--days", "10") == "Removed 2 learners unused for 10 days.\n"
    assert run("remove_unused_learners", "--days", "10") == "Removed 0 learners unused for 10 days.\n"


@pytest.mark.parametrize("days", ["-1", "soon"])
def test_days_that_are_none_remove_nobody(db, days):
    seen(0)
    with pytest.raises(CommandError):
        run("remove_unused_learners", "--days", days)
    assert Learner.objects.count() == 1


@pytest.fixture
def dated(serve):
    """A course whose figures have a day."""
    serve({"prices.toml": PRICES, "facts.toml": FACTS})


LONDON = "2025-11-01  prices.toml: alb.hour in eu_west_2 (good for 12 months)\n"
VIRGINIA = "2026-01-15  prices.toml: alb.hour in us_east_1 (good for 12 months)\n"
REGIONS = "2026-01-31  facts.toml: aws.regions (good for 6 months)\n"


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-08-30", FRESH),  # six months and 30 days: months are counted whole
        ("2026-08-31", REGIONS + "1 figure is past its shelf life.\n"),
        ("2026-12-01", LONDON + REGIONS + "2 figures are past their shelf life.\n"),
        ("2027-02-15", LONDON + VIRGINIA + REGIONS + "3 figures are past their shelf life.\n"),
    ],
    ids=["none", "one", "two", "three"],
)
def test_what_is_past_its_shelf_life_is_listed_the_oldest_first(on, told):
    assert run("check_facts", "--on", on) == told


@pytest.mark.usefixtures("dated")
def test_the_shelf_life_of_a_price_can_be_said():
    told = run("check_facts", "--on", "2026-05-01", "--months", "2")
    assert told == (LONDON + VIRGINIA).replace("12", "2") + "2 figures are past their shelf life.\n"


def test_a_row_of_the_look_up_ages_too(serve):
    row = 'name = "N"\ncategory = "compute"\nwhat = "W"\naws = "A"\ngcp = "G"\nazure = "Z"\nlocal = "L"\n'
    old = f'[[concept]]\nid = "old"\nas_of = 2025-01-01\n{row}[[concept]]\nid = "new"\n{row}'
    serve({"rosetta.toml": f"as_of = 2026-01-01\nmonths = 6\n{old}"})
    told = "2025-01-01  rosetta.toml: old (good for 6 months)\n1 figure is past its shelf life.\n"
    assert run("check_facts", "--on", "2026-05-01") == told


def test_a_course_without_figures_is_fresh(serve):
    serve()
    assert run("check_facts") == FRESH


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError, match="--on"):
        run("check_facts", "--on", "yesterday")
