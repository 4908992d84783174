"""What is understood of a query."""

import pytest

from lecture.course.asking import LONGEST, Vocabulary, Want, plain

NAMES = [
    (["VPC", "", "Virtual private cloud", "VPCs"], "/net/"),
    (["State file", "Terraform state"], "/iac/#state"),
    (["State"], ""),
    (["vpc", "Something else"], "/late/"),
]


@pytest.fixture
def read():
    return Vocabulary(NAMES, {"Docker compose": ["compose file", "VPC"], "vnet": ["VPC", "vnet"], "vpc": ["wall"]}).read


def words(wants: list[Want]) -> list[tuple[str, ...]]:
    return [want.words for want in wants]


def test_it_works(read):
    assert read("Where is the virtual private cloud?") == [
        Want(("virtual", "private", "cloud"), ("vpc", "vpcs"), "/net/"),
    ]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("rds vs postgres", [("rds",), ("postgres",)]),
        ("what is it", [("what",), ("is",), ("it",)]),
        ("99.9% of multi-az, CI/CD", [("99 9",), ("multi az",), ("ci cd",)]),
        ("what's up", [("s",), ("up",)]),
        ("snake_case __ a_", [("snake case",)]),
        ("", []),
        ("?! _ … \0", []),
    ],
)
def test_the_words_that_count(read, query, wanted):
    assert words(read(query)) == wanted


def test_a_query_is_cut(read):
    assert read("x" * 4000) == [Want(("x" * LONGEST,))]
    assert len(read("b c d " * 60)) == 12


def test_the_longest_name_is_taken_and_each_word_once(read):
    assert words(read("terraform state file")) == [("terraform", "state"), ("file",)]
    assert words(read("the state file")) == [("state", "file")]
    assert words(read("my state machine")) == [("state",), ("machine",)]


def test_the_first_that_has_a_name_keeps_it(read):
    assert read("vpcs")[0].address == "/net/"
    assert read("something else")[0] == Want(("something", "else"), ("vpc",), "/late/")


def test_a_synonym_means_what_it_names_and_leads_where_that_is_explained(read):
    assert read("docker compose") == [Want(("docker", "compose"), ("compose file", "vpc"), "/net/")]
    assert read("vnet") == [Want(("vnet",), ("vpc",), "/net/")]


def test_a_synonym_adds_to_a_name(read):
    assert read("VPC") == [Want(("vpc",), ("virtual private cloud", "vpcs", "wall"), "/net/")]


def test_without_names_there_are_words():
    assert Vocabulary().read("one two") == [Want(("one",)), Want(("two",))]


def test_spelling_is_ignored():
    assert plain(" Multi-AZ’s  99.9 % ") == "multi az s 99 9"
