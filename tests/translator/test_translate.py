"""The whole way of a text: what the .env box decides, and what a sum says that leaves something out."""

import pytest

from lecture.translator.choices import Choices
from lecture.translator.console import as_text
from lecture.translator.limits import LIMITS
from lecture.translator.markdown import as_markdown
from lecture.translator.translate import translate, values

PROFILES = """
services:
  web: {image: "w:1"}
  mail: {image: "m:1", profiles: [dev, test]}
  load: {image: "l:1", profiles: [load]}
"""


@pytest.mark.parametrize(
    ("env", "chosen", "awake"),
    [
        ("", (), ["web"]),
        ("COMPOSE_PROFILES=test", (), ["web", "mail"]),
        ("COMPOSE_PROFILES= load , dev ", (), ["web", "mail", "load"]),
        ("COMPOSE_PROFILES=*", (), ["web", "mail", "load"]),
        ("COMPOSE_PROFILES=load", ("dev",), ["web", "mail"]),
    ],
)
def test_profiles_are_chosen_in_the_env_box_unless_they_are_chosen_by_hand(env, chosen, awake):
    made = translate(PROFILES, env, Choices(profiles=frozenset(chosen)))
    assert [card.service for card in made.blueprint.cards] == awake


def test_the_profiles_of_the_env_box_are_choices_like_others():
    assert translate(PROFILES, "COMPOSE_PROFILES=dev").choices.profiles == {"dev"}


def test_an_env_text_above_the_limit_has_no_values():
    assert values("A=1\n") == {"A": "1"}
    assert values("A=1\n" + "#" * LIMITS.env) == {}


UNPRICED = """
services:
  db: {image: "mariadb:11.4"}
  mq: {image: "rabbitmq:4"}
"""


def test_a_total_names_what_is_not_in_it():
    made = translate(UNPRICED)
    text, markdown = as_text(made), as_markdown(made)
    total = f"{made.bill.total:,.2f}"
    assert set(made.bill.without) == {"Database", "Queue"}
    assert f"\nTotal without {', '.join(made.bill.without)}  " in text
    assert text.endswith(f"Our sheet has no price for {', '.join(made.bill.without)}: that comes on top.\n")
    assert f"| **Total without {', '.join(made.bill.without)}** |  | **{total}** |" in markdown
    assert f"${total} a month (without {', '.join(made.bill.without)}, which our sheet has no price for): " in markdown


def test_a_total_with_everything_in_it_says_nothing():
    made = translate("services: {db: {image: 'postgres:17'}}")
    assert "without" not in as_text(made).split("\nTotal", 1)[1]


@pytest.mark.parametrize(
    "image", ["mariadb:11.4", "mssql/server:2022", "gvenzl/oracle-xe:21", "memcached:1.6", "rabbitmq:4"]
)
def test_what_has_no_price_says_so(image):
    made = translate(f"services: {{a: {{image: '{image}'}}}}")
    line = next(line for line in made.bill.lines if "a" in line.resources)
    assert (line.usd, line.note.split(",")[0]) == (None, "There is no price on our sheet")


def test_a_larger_mysql_than_the_sheet_knows_has_no_price():
    made = translate("services: {a: {image: 'mysql:8.4', mem_limit: 3g}}")
    assert made.bill.without == ("Database",)
