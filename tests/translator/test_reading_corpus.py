"""Real files: our verdict on their shape is the schema's, and every key of every file is a leaf."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from lecture.translator import shape
from lecture.translator.compose import Place, Unreadable
from lecture.translator.interpolate import Variables
from lecture.translator.lines import Notes
from lecture.translator.nodes import below
from lecture.translator.reading import read
from lecture.translator.shapes_file import FILE
from lecture.translator.unfold import unfold
from lecture.translator.yamltree import documents
from tests.translator.corpus import FILES, name, needs_corpus
from tests.translator.schema import Documents, validator

corpus = pytest.mark.parametrize("path", FILES, ids=name)


def complaints(text: str) -> list[str]:
    """What the shape stage says of a text, before anything else is looked at."""
    notes = Notes(text)
    for raw in documents(text, notes):
        tree = unfold(raw, FILE, Variables({}), notes)
        notes.problems.clear()  # of variables
        shape.check(tree.root, notes)
    return [f"{problem.path}: {problem.message}" for problem in notes.problems]


@needs_corpus
@corpus
def test_the_verdict_on_a_real_file_is_the_schemas(path):
    text = path.read_text()
    valid = validator().is_valid(YAML(typ="safe").load(text))
    assert (complaints(text) == []) == valid


@needs_corpus
@corpus
def test_a_file_that_the_schema_accepts_is_read(path):
    text = path.read_text()
    if validator().is_valid(YAML(typ="safe").load(text)):
        assert list(read(text, profiles=frozenset("*")).services) == list(yaml.safe_load(text)["services"])
    else:
        with pytest.raises(Unreadable, match="first format of compose files"):
            read(text)


@needs_corpus
@corpus
def test_every_key_of_a_real_file_is_a_leaf_once(path):
    text = path.read_text()
    try:
        found = [leaf.path for leaf in read(text).leaves]
    except Unreadable:
        return
    assert sorted(set(found)) == sorted(set(expected_paths(YAML(typ="safe").load(text))))
    assert len(found) == len(set(found))


@needs_corpus
@corpus
def test_the_leaves_of_a_real_file_stand_where_they_say(path):
    text = path.read_text()
    try:
        file = read(text)
    except Unreadable:
        return
    lines = text.splitlines()
    for leaf in file.leaves:
        rest = lines[leaf.place.line - 1][leaf.place.column - 1 :]
        last = leaf.path.rsplit(".", 1)[-1]
        assert rest.strip("\"'- ").startswith((last, leaf.value[:5].strip())) or "[" in leaf.path


PAIRS = {"environment", "labels", "args", "annotations", "sysctls", "extra_hosts", "additional_contexts", "ssh"}


def expected_paths(value: Any, path: str = "") -> Iterator[str]:
    """The paths of a loaded document, by another way than reading takes."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from expected_paths(inner, below(path, key))
    elif isinstance(value, list) and value:
        pairs = path.rsplit(".", 1)[-1] in PAIRS and path.startswith("services.")
        for number, item in enumerate(value):
            if pairs and isinstance(item, str):
                cut = [at for mark in ("=:" if path.endswith("hosts") else "=") if (at := item.find(mark)) >= 0]
                yield below(path, item[: min(cut)] if cut else item)
            else:
                yield from expected_paths(item, f"{path}[{number}]")
    else:
        yield path


@given(st.randoms(use_true_random=False), st.sampled_from((0.0, 0.0, 0.01, 0.05)))
@settings(max_examples=400, deadline=None)
def test_the_verdict_on_documents_made_from_the_schema_is_the_schemas(random, wrong):
    document = Documents(random, wrong).document()
    valid = validator().is_valid(document)
    assert (complaints(json.dumps(document)) == []) == valid, f"the schema says {valid}"


@given(st.randoms(use_true_random=False), st.sampled_from((0.0, 0.02)))
@settings(max_examples=100, deadline=None)
def test_the_verdict_is_the_same_when_the_document_is_written_as_yaml(random, wrong):
    document = Documents(random, wrong).document()
    valid = validator().is_valid(document)
    text = yaml.safe_dump(document, allow_unicode=True)
    assert (complaints(text) == []) == valid, f"the schema says {valid}"


def test_dates_are_text_as_docker_reads_them():
    assert isinstance(yaml.safe_load("2001-01-01"), date)  # what others make of it
    assert complaints("services: {web: {image: a, labels: {built: 2001-01-01}}}") == []


def test_a_verdict_knows_its_place():
    with pytest.raises(Unreadable) as caught:
        read("services: {web: nginx}")
    assert [problem.place for problem in caught.value.problems] == [Place(1, 1), Place(1, 12)]
