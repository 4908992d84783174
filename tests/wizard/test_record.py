"""The decision record and the estimate: exact figures, a date to look again, and what would change it."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from lecture.costs.prices import PriceSheet, read
from lecture.wizard.monthly import Monthly, chosen, monthly
from lecture.wizard.record import record, review
from lecture.wizard.walking import walk
from lecture.wizard.wording import written

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def sheet() -> PriceSheet:
    return read(settings.BASE_DIR / "content")


def preset(id: str) -> dict[str, str]:
    return written().presets[id].answers


def estimate(sheet: PriceSheet, outcome: str, answers: dict[str, str]) -> Monthly:
    found = chosen(written().outcomes[outcome], answers)
    assert found
    return monthly(found, sheet)


# a month of it


@pytest.mark.parametrize(
    ("outcome", "answers", "usd"),
    [
        ("containers", preset("capstone"), "90.88"),  # as section 5.1 has it
        ("machine", preset("minimal"), "18.31"),
        ("containers", preset("thousand"), "617.73"),
        ("function", preset("report"), "0.02"),
        ("function", preset("webhook"), "0.19"),
        ("function", preset("micro-saas"), "2.87"),
        ("function", {"traffic": "light"}, "8.72"),
        ("express", {}, "77.80"),
        ("containers", {}, "63.43"),
        ("containers", {"sockets": "long"}, "9.47"),
        ("mixed", {}, "91.06"),
        ("eks", {}, "197.07"),
    ],
)
def test_a_month_of_an_outcome(sheet, outcome, answers, usd):
    found = estimate(sheet, outcome, answers)
    assert str(found.total) == usd
    assert found.assumes


def test_every_line_says_how_it_comes_about(sheet):
    found = estimate(sheet, "function", preset("webhook"))
    assert [(line.text, line.formula, line.usd) for line in found.lines] == [
        ("100,000 requests", "100,000 × $0.0000002", Decimal("0.0200000")),
        ("10,000 GB-seconds", "10,000 × $0.0000166667", Decimal("0.1666670")),
    ]
    assert found.as_of == (date(2026, 8, 12), date(2026, 8, 12))


def test_an_hour_counts_730_times(sheet):
    lines = {line.text: line.formula for line in estimate(sheet, "containers", preset("capstone")).lines}
    assert lines["3 × 0.25 vCPU"] == "0.75 × $0.04048 × 730 h"
    assert lines["1 GB of uploads"] == "1 × $0.023"


def test_a_platform_has_no_estimate_of_ours():
    assert chosen(written().outcomes["platform"], {}) is None


# the record


@pytest.fixture
def capstone(sheet) -> str:
    return record(walk(written(), preset("capstone")), sheet, TODAY)


@pytest.fixture
def webhook(sheet) -> str:
    return record(walk(written(), preset("webhook")), sheet, TODAY)


def test_a_record_has_the_six_parts_and_a_review_date(webhook):
    assert [line for line in webhook.splitlines() if line.startswith("#")] == [
        "# Where the app lives: a function",
        "## Context",
        "## Options considered",
        "## Decision",
        "## Consequences of a function",
        "## Triggers to revisit",
        "## First steps",
    ]
    assert "Accepted. Written on 21 November 2026.\nReview on 21 May 2027, or when a trigger fires.\n" in webhook
    assert webhook.endswith(".\n")
    assert "\n\n\n" not in webhook


def test_a_record_cites_the_answers_and_names_what_they_ruled_out(webhook):
    assert "- Who starts it? **Only events.**\n" in webhook
    assert "- **A function: Lambda or Cloud Run functions**: chosen.\n" in webhook
    assert (
        "- Kubernetes: EKS: ruled out by “Rare or spiky”. "
        "Rare or spiky traffic is what a price by the call was made for: silence costs nothing.\n"
    ) in webhook
    assert "- About $0.19 a month in us-east-1: 100,000 events of 200 ms through a function URL." in webhook


def test_the_triggers_count_gigabyte_seconds_and_people_and_no_revenue(sheet):
    text = record(walk(written(), preset("micro-saas")), sheet, TODAY)
    triggers = text.partition("## Triggers to revisit")[2].partition("##")[0]
    assert "Two million GB-seconds a month. Then do the sum again." in triggers
    assert "Somebody joins who has run containers and wants to." in triggers
    assert "If the answer becomes “Yes, it is a requirement”: containers on Fargate or Cloud Run.\n" in triggers
    assert "MRR" not in text
    assert "$50" not in text


def test_an_open_question_stays_open_in_the_record(capstone):
    assert capstone.startswith(
        "# Where the app lives: a platform or containers on Fargate or Cloud Run\n\nProposed: one question is open."
    )
    assert "- Who looks after it? **Not sure.**\n" in capstone
    assert "  - Nobody, really: a platform.\n" in capstone
    assert "  - Somebody of us, beside other work: containers on Fargate or Cloud Run.\n" in capstone
    assert "## Consequences of a platform" in capstone
    assert "## Consequences of containers on Fargate or Cloud Run" in capstone


def test_what_platforms_ask_is_dated_text_with_its_source(capstone):
    assert "- Railway: Free: $5 trial credit" in capstone
    assert "Source: docs.railway.com/reference/pricing/understanding-your-bill; plan list 2026-10-02" in capstone


@pytest.mark.parametrize("id", written().presets)
def test_no_macro_and_no_html_is_left(sheet, id):
    text = record(walk(written(), preset(id)), sheet, TODAY)
    assert "{" not in text
    assert "<" not in text
    assert "](/" not in text


@pytest.mark.parametrize(
    ("day", "again"),
    [
        (date(2026, 11, 21), date(2027, 5, 21)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_the_review_is_half_a_year_later(day, again):
    assert review(day) == again
