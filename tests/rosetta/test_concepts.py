"""One concept, three providers, and home."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.rosetta.concepts import Concept, Docs, Rosetta, read

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "rosetta.json"
CELLS = ("aws", "gcp", "azure", "local", "lecture", "note")
DAY = "as_of = 2026-11-21\n"
CONCEPT = """
[[concept]]
id = "{}"
name = "Virtual machine"
category = "{}"
what = "A computer in a computer."
aws = "EC2"
gcp = "Compute Engine"
azure = "Azure Virtual Machines"
local = "a VM"
"""


@pytest.fixture(scope="module")
def real() -> Rosetta:
    return read(settings.BASE_DIR / "content")


def cells(concept: Concept) -> dict[str, Any]:
    same = {key: getattr(concept, key) for key in CELLS}
    return {"concept": concept.name, "aliases": list(concept.aliases), **same}


def test_it_works(write_course):
    [concept] = read(write_course({"rosetta.toml": DAY + CONCEPT.format("vm", "compute")})).concept
    assert (concept.id, concept.aws, concept.aliases, concept.lecture) == ("vm", "EC2", (), False)


def test_there_are_66_concepts_and_the_lectures_own_come_first(real):
    assert [concept.lecture for concept in real.concept] == [True] * 15 + [False] * 51


@pytest.mark.skipif(not FACTS.exists(), reason="the shared facts do not lie beside this repository")
def test_the_sheet_is_the_shared_facts(real):
    facts = json.loads(FACTS.read_text())
    wanted = sorted(facts, key=lambda fact: not fact["lecture"])
    assert [cells(concept) for concept in real.concept] == wanted


def test_every_row_of_the_lecture_and_every_row_with_a_note_says_what_bites(real):
    assert [c.id for c in real.concept if not c.differ and (c.lecture or c.note)] == []


def test_what_bites_is_short_and_a_sentence(real):
    wrong = [c.id for c in real.concept if c.differ and (len(c.differ.split()) > 60 or not c.differ.endswith("."))]
    assert wrong == []


def test_every_concept_has_neighbours_words_and_at_least_one_page_of_documentation(real):
    assert [c.id for c in real.concept if not c.see or not c.words or c.docs == Docs()] == []


@pytest.mark.parametrize(
    ("provider", "hosts"),
    [
        ("aws", {"docs.aws.amazon.com"}),
        ("gcp", {"docs.cloud.google.com", "cloud.google.com"}),
        ("azure", {"learn.microsoft.com"}),
    ],
)
def test_documentation_is_the_providers_own(real, provider, hosts):
    linked = [getattr(concept.docs, provider) for concept in real.concept]
    assert {urlsplit(url).hostname for url in linked if url} == hosts


def test_no_documentation_is_linked_where_there_is_no_match(real):
    none = [(c.id, p) for c in real.concept for p in ("aws", "gcp", "azure") if getattr(c, p).startswith("(none")]
    assert none == [
        ("subnet-firewall", "gcp"), ("subnet-firewall", "azure"), ("email-sending", "gcp")
    ]  # fmt: skip
    assert [getattr(real.get(id).docs, p) for id, p in none[:2]] == ["", ""]


def test_what_became_of_a_name_is_no_other_old_name(real):
    for concept in real.concept:
        old = {name for former in concept.former for name in (former.name, *former.also)}
        assert not old & {former.now for former in concept.former}, concept.id


def test_a_row_without_a_day_has_that_of_the_sheet(write_course):
    text = DAY + CONCEPT.format("vm", "compute") + CONCEPT.format("other", "compute") + "as_of = 2026-09-17\n"
    sheet = read(write_course({"rosetta.toml": text}))
    assert [str(sheet.read_on(concept)) for concept in sheet.concept] == ["2026-11-21", "2026-09-17"]


def test_an_unknown_id_is_no_concept(real):
    with pytest.raises(LookupError):
        real.get("castle")


def test_what_a_concept_is_fits_a_sentence_of_25_words(real):
    assert [c.id for c in real.concept if len(c.what.split()) > 25 or not c.what.endswith(".")] == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (DAY + CONCEPT.format("vm", "compute") * 2, 14, "concept.id: the id vm stands twice."),
        (CONCEPT.format("vm", "compute"), 1, "the key as_of is missing."),
        (DAY + CONCEPT.format("vm", "compute") + 'see = ["box"]\n', 12, "concept.see: box is no other concept."),
        (DAY + CONCEPT.format("vm", "compute") + 'see = ["vm"]\n', 12, "concept.see: vm is no other concept."),
        (
            DAY + CONCEPT.format("vm", "compute") + 'docs = { aws = "ec2.html" }\n',
            12,
            "concept.docs.aws: String should match pattern '^(https://\\S+)?$'.",
        ),
        (
            DAY + CONCEPT.format("vm", "compute") + 'former = [{ name = "A", provider = "ibm", now = "B" }]\n',
            12,
            "concept.former.provider: Input should be 'aws', 'gcp' or 'azure'.",
        ),
        (DAY + CONCEPT.format("VM", "compute"), 4, "concept.id: String should match pattern '^[a-z0-9-]+$'."),
        (
            DAY + CONCEPT.format("vm", "computers"),
            6,
            "concept.category: Input should be "
            "'compute', 'database', 'storage', 'network', 'identity' or 'operations'.",
        ),
    ],
)
def test_a_wrong_sheet_is_told(write_course, text, line, message):
    with pytest.raises(ContentError) as caught:
        read(write_course({"rosetta.toml": text}))
    assert [(p.line, p.message) for p in caught.value.problems] == [(line, message)]
