"""The report: the documented JSON, version 1; the Markdown and the text that say the same."""

import json
import re
from decimal import Decimal
from typing import get_args

import pytest
from django.conf import settings

from lecture.homes import KINDS
from lecture.translator.blueprint import Category, Severity, Status
from lecture.translator.choices import Choices
from lecture.translator.console import as_text
from lecture.translator.examples import examples
from lecture.translator.markdown import as_markdown, cell, code
from lecture.translator.report import as_json, data
from lecture.translator.translate import translate

CAPSTONE = (settings.BASE_DIR / "content" / "compose" / "capstone.yaml").read_text()
MONEY = re.compile(r"^\d+\.\d\d$")
SECRET = "correct-horse-7391"
ADDRESS = re.compile(r"^(?:data\.)?aws_[a-z0-9_]+\.[a-z0-9_]+$")
# every kind of key, and what may stand behind it
SHAPE = {
    "services": {"name": str, "line": int, "becomes": list, "home": str | None, "why": str},
    "resources": {"id": str, "type": str, "category": str, "home": str | None, "from": list, "terraform": list,
                  "monthly_usd": str | None},
    "links": {"from": str, "to": str, "port": int, "because": str},
    "keys": {"path": str, "line": int, "status": str, "message": str},
    "findings": {"id": str, "severity": str, "line": int, "message": str, "fix": str},
}  # fmt: skip


@pytest.fixture(scope="module")
def report():
    return json.loads(as_json(translate(CAPSTONE)))


def test_it_works(report):
    assert report["version"] == 1
    assert report["services"][3] == {
        "name": "db",
        "line": 36,
        "becomes": ["db"],
        "home": "furnished",
        "why": report["services"][3]["why"],
    }


@pytest.mark.parametrize("id", examples())
def test_every_report_has_the_documented_keys_and_no_others(id):
    found = data(translate(examples()[id][1], name=id))
    assert list(found) == ["version", "services", "resources", "links", "keys", "findings", "bill"]
    for part, shape in SHAPE.items():
        for row in found[part]:
            assert row.keys() == shape.keys()
            assert all(isinstance(row[key], kind) for key, kind in shape.items()), row


@pytest.mark.parametrize("id", examples())
def test_words_that_are_one_of_a_few_are_one_of_them(id):
    found = data(translate(examples()[id][1], name=id))
    assert {row["home"] for row in [*found["services"], *found["resources"]]} <= {*KINDS, None}
    assert {row["category"] for row in found["resources"]} <= {*get_args(Category)}
    assert {row["severity"] for row in found["findings"]} <= {*get_args(Severity)}
    assert {row["status"] for row in found["keys"]} <= {*get_args(Status)}


@pytest.mark.parametrize("id", examples())
def test_what_is_named_exists(id):
    text = examples()[id][1]
    found = data(translate(text, name=id))
    ids, services = {row["id"] for row in found["resources"]}, {row["name"] for row in found["services"]}
    assert {became for row in found["services"] for became in row["becomes"]} <= ids
    assert {end for row in found["links"] for end in (row["from"], row["to"])} <= services | {"internet"}
    assert {one for line in found["bill"]["lines"] for one in line["resources"]} <= ids
    lines = {row["line"] for part in ("services", "keys", "findings") for row in found[part]}
    assert lines <= set(range(1, len(text.splitlines()) + 1))


@pytest.mark.parametrize("choices", [Choices(), Choices(size="production", region="eu_west_2", arch="arm")])
@pytest.mark.parametrize("id", examples())
def test_money_has_two_decimals_and_adds_up(id, choices):
    found = data(translate(examples()[id][1], choices=choices, name=id))
    bill = found["bill"]
    amounts = [row["monthly_usd"] for row in [*found["resources"], *bill["lines"]]]
    assert all(amount is None or MONEY.match(amount) for amount in [*amounts, bill["monthly_usd"]])
    for rows in (found["resources"], bill["lines"]):
        assert sum(Decimal(row["monthly_usd"] or 0) for row in rows) == Decimal(bill["monthly_usd"])


def test_the_capstones_bill_is_the_lectures(report):
    assert report["bill"]["monthly_usd"] == "116.41"
    assert report["bill"]["region"] == "us-east-1"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", report["bill"]["as_of"])
    by_id = {row["id"]: row["monthly_usd"] for row in report["resources"]}
    assert (by_id["db"], by_id["redis"], by_id["nat"], by_id["network"]) == ("15.44", "12.41", "36.50", "0.00")


def test_a_resource_without_a_price_says_so_and_one_that_is_free_does_not():
    found = data(translate("services:\n  queue:\n    image: rabbitmq:3\n"))
    assert {row["id"]: row["monthly_usd"] for row in found["resources"] if row["id"] in ("queue", "network")} == {
        "queue": None,
        "network": "0.00",
    }


def test_resources_name_their_terraform_the_chief_one_first(report):
    for row in report["resources"]:
        assert row["terraform"], row["id"]
        assert all(ADDRESS.match(address) for address in row["terraform"])
    assert next(row["terraform"][0] for row in report["resources"] if row["id"] == "db") == "aws_db_instance.db"


def test_resources_say_which_lines_they_come_from(report):
    origins = {row["id"]: row["from"] for row in report["resources"]}
    assert origins["db"] == [{"path": "services.db", "line": 36}, {"path": "volumes.pgdata", "line": 59}]
    assert origins["load-balancer"] == [{"path": "services.api.ports[0]", "line": 5}]
    assert origins["network"] == []


def test_every_key_of_the_file_is_there_once(report):
    paths = [row["path"] for row in report["keys"]]
    assert len(paths) == len(set(paths))
    assert {"services.api.ports[0]", "services.api.environment.DATABASE_URL", "volumes.pgdata"} <= set(paths)


@pytest.mark.parametrize("write", [as_json, as_markdown, as_text])
def test_no_form_of_the_report_holds_a_secret(write):
    text = CAPSTONE.replace("change-me", SECRET)
    env = f"API_TOKEN={SECRET}2\n"
    found = translate(text.replace("    build: .\n", "    build: .\n    user: $API_TOKEN\n", 1), env)
    assert SECRET not in write(found)


# Markdown


@pytest.mark.parametrize("id", examples())
def test_the_markdown_is_made_of_whole_tables(id):
    found = as_markdown(translate(examples()[id][1], name=id))
    columns = 0
    for line in found.splitlines():
        bars = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not bars or not columns or bars == columns, line
        columns = bars


def test_the_markdown_says_what_the_page_says():
    found = as_markdown(translate(CAPSTONE, name="capstone"))
    assert "# capstone on AWS" in found
    assert re.search(r"5 services became 10 resources \(\d+ Terraform blocks\), for about \$116\.41 a month", found)
    assert "| `db` | RDS for PostgreSQL, db.t3.micro, 20 GB | Furnished apartment | api :5432, worker :5432 |" in found
    assert "| **Total** |  | **116.41** |" in found
    assert found.endswith("|\n\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("a\nb", "a b"),
        ("<script>", r"\<script\>"),
        ("[a](javascript:x)", r"\[a\](javascript:x)"),
        ("*a* _b_ `c` \\", r"\*a\* \_b\_ \`c\` \\"),
    ],
)
def test_a_cell_is_text_and_nothing_else(text, shown):
    assert cell(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("a", "`a`"), ("a|b", r"`a\|b`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```")]
)
def test_code_stays_code(text, shown):
    assert code(text) == shown


# text


def test_the_text_begins_with_what_matters():
    found = as_text(translate(CAPSTONE)).splitlines()
    assert re.fullmatch(r"5 services became 10 resources \(\d+ Terraform blocks\)\.", found[0])
    assert found[2] == "api: ECS service on Fargate, 0.25 vCPU, 0.5 GB"
    assert found[-1] == "About $116.41 a month in us-east-1, before tax, logs and traffic."


def test_the_text_lists_what_needs_a_hand():
    found = as_text(
        translate("services:\n  web:\n    image: nginx\n    env_file: prod.env\n    x-mine: 1\n    pull: 1\n")
    )
    assert re.search(r"line 4, services\.web\.env_file.*: needs you", found)


def test_the_text_holds_no_control_characters():
    found = as_text(translate('services:\n  web:\n    image: nginx\n    volumes: ["v\\e[31m:/data"]\n'))
    assert all(sign.isprintable() or sign == "\n" for sign in found)
