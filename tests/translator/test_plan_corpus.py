"""Every real file is planned: no exception, no key without an account, no door that should be shut."""

import pytest

from lecture.translator.blueprint import INTERNET
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile, Unreadable
from lecture.translator.examples import examples
from lecture.translator.plan import plan
from lecture.translator.plan.sizes import FARGATE
from lecture.translator.reading import read
from lecture.translator.specs import (
    Broker,
    Cache,
    Container,
    Database,
    Documents,
    EcsService,
    FileSystem,
    Job,
    Kafka,
    LoadBalancer,
    NetworkBalancer,
    Search,
)
from tests.translator.corpus import FILES, name, needs_corpus

pytestmark = needs_corpus
STATEFUL = (Database, Documents, Cache, Broker, Kafka, Search)
CHOICES = [
    Choices(),
    Choices(size="production"),
    Choices(arch="arm", nat="none"),
    Choices(self_host=frozenset({"db", "redis", "mysql", "mongo", "postgres", "kafka", "queue"})),
]


def readable() -> dict[str, ComposeFile]:
    """The corpus and our own examples, as far as they can be read."""
    found = {f"example {id}": read(text) for id, (_, text) in examples().items()}
    for path in FILES:
        try:
            found[name(path)] = read(path.read_bytes())
        except Unreadable:
            continue
    return found


@pytest.fixture(scope="module", params=range(len(CHOICES)), ids=["learning", "production", "arm", "self-hosted"])
def planned(request):
    return {name: plan(read_file, CHOICES[request.param]) for name, read_file in readable().items()}


def containers(blueprint) -> list[Container]:
    return [r.spec.container for r in blueprint.resources if isinstance(r.spec, EcsService | Job)]


def test_nearly_all_files_can_be_planned(planned):
    assert len(planned) > 150


def test_every_key_has_an_account(planned):
    for file, made in planned.items():
        assert [a.path for a in made.accounts] == [leaf.path for leaf in made.file.leaves], file
        assert all(a.message for a in made.accounts), file


def test_every_service_has_a_card_and_every_card_leads_to_resources(planned):
    for file, made in planned.items():
        ids = {resource.id for resource in made.resources}
        assert len(ids) == len(made.resources), file
        assert {card.service for card in made.cards} == set(made.file.services), file
        assert all(set(card.becomes) <= ids for card in made.cards), file


def test_strangers_reach_no_database_cache_or_queue(planned):
    for file, made in planned.items():
        for resource in made.resources:
            if isinstance(resource.spec, LoadBalancer | NetworkBalancer):
                behind = {
                    x.service for x in (getattr(resource.spec, "rules", ()) or getattr(resource.spec, "listeners", ()))
                }
                assert all(isinstance(made.resource(one).spec, EcsService) for one in behind), file
        for link in made.links:
            if link.source == INTERNET:
                assert not isinstance(made.resource(link.target).spec, STATEFUL), file


def test_links_have_two_ends_that_exist(planned):
    for file, made in planned.items():
        ids = {resource.id for resource in made.resources} | {INTERNET}
        for link in made.links:
            assert {link.source, link.target} <= ids, (file, link)
            assert 0 < link.port < 65536, (file, link)
            assert link.source != link.target, (file, link)


def test_every_size_is_one_that_fargate_sells(planned):
    for file, made in planned.items():
        for container in containers(made):
            assert container.memory in FARGATE[container.cpu], file


def test_no_volume_is_dropped_in_silence(planned):
    """Each mount is on a disk, or its account says why it is not."""
    for file, made in planned.items():
        said = {account.path: account for account in made.accounts}
        kept = {share.origin.path for container in containers(made) for share in container.shares}
        systems = {r.id for r in made.resources if isinstance(r.spec, FileSystem)}
        assert all(share.file_system in systems for c in containers(made) for share in c.shares), file
        for service in made.file.services.values():
            for mount in service.mounts:
                account = next(a for path, a in said.items() if path == mount.path or path.startswith(f"{mount.path}."))
                assert mount.path in kept or account.status != "translated" or "disk" in account.message, (file, mount)


def test_a_scheduler_is_never_two(planned):
    for file, made in planned.items():
        for resource in made.resources:
            if isinstance(resource.spec, EcsService) and resource.spec.singleton:
                assert (resource.spec.count, resource.spec.minimum_percent, resource.spec.maximum_percent) == (
                    1,
                    0,
                    100,
                ), file
