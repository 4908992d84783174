"""What is written for real files is formatted, valid against the real provider, and plans."""

import pytest

from lecture.translator.choices import Choices
from lecture.translator.compose import Unreadable
from lecture.translator.examples import examples
from lecture.translator.plan import plan
from lecture.translator.reading import read
from lecture.translator.terraform.write import write
from tests.translator.corpus import FILES, name, needs_corpus
from tests.translator.validating import check, needed

STORES = frozenset({"db", "redis", "postgres", "mongo", "kafka", "rabbit", "search", "queue", "timescale", "database",
                    "catalogue-db", "orders-db", "login-db", "minio"})  # fmt: skip
CHOICES = {
    "learning": Choices(),
    "production": Choices(size="production"),
    "arm": Choices(arch="arm", nat="none"),
    "london": Choices(region="eu_west_2", arch="arm", size="production"),
    "self-hosted": Choices(self_host=STORES),
    "self-hosted production": Choices(self_host=STORES, size="production", nat="none"),
}
SAMPLE = ["capstone", "microservices", "mistakes"]


def written(texts: dict[str, str | bytes], choices: Choices) -> dict[str, dict[str, str]]:
    """The Terraform of each file that can be read."""
    found = {}
    for one, text in texts.items():
        try:
            found[one] = dict(write(plan(read(text), choices)).files)
        except Unreadable:
            continue
    return found


def ours() -> dict[str, str | bytes]:
    """The ten examples of the menu."""
    return {id: text for id, (_, text) in examples().items()}


def test_three_examples_pass():
    needed()
    assert check(written({id: ours()[id] for id in SAMPLE}, Choices())) == []


@pytest.mark.full
@pytest.mark.parametrize("choices", CHOICES)
def test_every_example_passes_whatever_is_chosen(choices):
    needed()
    results = written(ours(), CHOICES[choices])
    assert len(results) == len(ours())
    assert check(results) == []


@pytest.mark.full
@needs_corpus
@pytest.mark.parametrize("part", ["awesome-compose", "kompose", "capstone"])
def test_every_real_file_passes(part):
    needed()
    results = written({name(path): path.read_bytes() for path in FILES if name(path).startswith(part)}, Choices())
    assert len(results) == {"awesome-compose": 39, "kompose": 117, "capstone": 1}[part]
    assert check(results) == []
