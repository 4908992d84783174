"""One concept, three providers, and home."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.rosetta.concepts import Concept, Rosetta, read

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


def test_what_a_concept_is_fits_a_sentence_of_25_words(real):
    assert [c.id for c in real.concept if len(c.what.split()) > 25 or not c.what.endswith(".")] == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (DAY + CONCEPT.format("vm", "compute") * 2, 14, "concept.id: the id vm stands twice."),
        (CONCEPT.format("vm", "compute"), 1, "the key as_of is missing."),
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
