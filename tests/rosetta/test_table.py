"""Rows of concepts as a page shows them."""

import pytest
from django.conf import settings

from lecture.rosetta.asking import CATEGORIES, Asked
from lecture.rosetta.concepts import Rosetta, read
from lecture.rosetta.looking import Stone
from lecture.rosetta.table import Found, counts, find, heard

SHEET = read(settings.BASE_DIR / "content")
STONE = Stone(SHEET.concept)


def show(query: str = "", **how) -> Found:
    return find(Asked(query, **how), STONE)


def test_without_a_query_the_lectures_rows_come_first_and_then_each_category():
    groups = [(title, len(rows)) for title, rows in show().groups]
    rest = {title: counts(SHEET)[key] for key, title in CATEGORIES.items()}
    assert groups[0] == ("In the lecture’s table", 15)
    assert [title for title, _ in groups[1:]] == list(CATEGORIES.values())
    assert sum(count for _, count in groups) == sum(rest.values()) == 66


def test_the_lectures_table_alone():
    [(title, rows)] = show(lecture=True).groups
    assert (title, len(rows), {row.concept.lecture for row in rows}) == ("In the lecture’s table", 15, {True})


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_has_as_many_rows_as_it_counts(category):
    rows = show(category=category).rows
    assert {row.concept.category for row in rows} == {category}
    assert len(rows) == counts(SHEET)[category]


def test_a_query_shows_the_best_large_and_the_others_below():
    found = show("redis")
    assert found.best.concept.id == "managed-redis"
    assert [row.concept.id for row in found.others] == ["publish-subscribe", "message-queue"]
    assert not found.guessed


def test_a_guess_says_that_it_is_one():
    assert show("postgress").guessed
    assert show("zzzz").best is None


def test_a_query_within_a_category_leaves_the_others_out():
    assert [row.concept.id for row in show("redis", category="network").rows] == ["publish-subscribe", "message-queue"]
    assert [row.concept.id for row in show("azure ad", lecture=True).rows] == ["permissions"]


def test_the_cell_that_answered_is_lit():
    best = show("memorystore").best
    assert [cell.column for cell in best.cells if cell.lit] == ["gcp"]


def test_cells_come_in_the_order_that_was_asked_for_and_the_wanted_one_is_marked():
    best = show("memorystore", known="local", wanted="azure").best
    assert [(cell.column, cell.wanted) for cell in best.cells] == [
        ("local", False), ("azure", True), ("aws", False), ("gcp", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "now", "since"),
    [
        ("azure ad", "Microsoft Entra ID", "2023"),
        ("aad", "Microsoft Entra ID", "2023"),
        ("gcr.io", "Artifact Registry", "2025"),
        ("cloud functions", "Cloud Run functions", "August 2024"),
        ("app runner", "ECS Express Mode", "30 April 2026"),
    ],
)
def test_a_renamed_service_says_so(query, now, since):
    best = show(query).best
    assert (best.found_as.now, best.found_as.since) == (now, since)


def test_a_name_that_still_hangs_says_nothing_of_the_past():
    best = show("lambda").best
    assert best.found_as is None


def test_documentation_is_linked_where_it_is_known():
    best = show("managed rabbitmq").best
    assert {cell.column: bool(cell.docs) for cell in best.cells} == {
        "aws": True, "gcp": False, "azure": False, "local": False
    }  # fmt: skip


def test_a_category_without_concepts_counts_none():
    assert counts(Rosetta(as_of=SHEET.as_of, concept=())) == dict.fromkeys(CATEGORIES, 0)


def test_old_names_are_told_once():
    assert heard(SHEET.get("permissions")) == ["Entra ID"]
    assert heard(SHEET.get("container-registry")) == []
    assert heard(SHEET.get("dns")) == ["Route53"]
