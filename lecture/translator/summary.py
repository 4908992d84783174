"""What a reader wants to know of a blueprint at a glance: counts, sizes, and who may call whom."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from lecture.costs.bill import Bill
from lecture.translator.blueprint import INTERNET, Blueprint, Resource
from lecture.translator.specs import (
    Broker,
    Bucket,
    Cache,
    Container,
    Database,
    Dns,
    Documents,
    EcsService,
    FileSystem,
    Job,
    Kafka,
    LoadBalancer,
    Machines,
    NetworkBalancer,
    Search,
    Secrets,
)

BLOCK = re.compile(r'^resource "([a-z0-9_]+)"', re.MULTILINE)
STANDBY = "with a standby"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may call a service, and on which port; `protocol` is udp where it is not TCP."""

    name: str
    port: int
    protocol: str = ""

    @property
    def door(self) -> str:
        """The port, such as :5432 or :53/udp."""
        return f":{self.port}/{self.protocol}" if self.protocol else f":{self.port}"

    def __str__(self) -> str:
        return f"{self.name} {self.door}"


def callers(blueprint: Blueprint) -> dict[str, tuple[Caller, ...]]:
    """Who may call each service, by its name, in the order of the links; the internet comes through a balancer."""
    doors = dict(_doors(blueprint))
    found: dict[str, dict[Caller, None]] = {}
    for link in blueprint.links:
        name = link.source
        if name == INTERNET:
            name = doors.get((link.target, link.port), "the internet")
        caller = Caller(name, link.port, link.protocol if link.protocol != "tcp" else "")
        found.setdefault(link.target, {})[caller] = None
    return {target: tuple(all) for target, all in found.items()}


def _doors(blueprint: Blueprint) -> Iterator[tuple[tuple[str, int], str]]:
    for resource in blueprint.resources:
        if isinstance(resource.spec, LoadBalancer):
            yield from (((rule.service, rule.port), "load balancer") for rule in resource.spec.rules)
        elif isinstance(resource.spec, NetworkBalancer):
            yield from (((one.service, one.target), "network balancer") for one in resource.spec.listeners)


def balancers(blueprint: Blueprint) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each balancer and the ports on which anyone may call it."""
    for resource in blueprint.resources:
        if isinstance(resource.spec, LoadBalancer):
            yield "load balancer", (":443", ":80")
        elif isinstance(resource.spec, NetworkBalancer):
            ports = (f":{one.port}{'/udp' if one.protocol == 'udp' else ''}" for one in resource.spec.listeners)
            yield "network balancer", tuple(dict.fromkeys(ports))


def implied(blueprint: Blueprint) -> tuple[Resource, ...]:
    """The resources that no service of the file becomes."""
    own = {id for card in blueprint.cards for id in card.becomes}
    return tuple(resource for resource in blueprint.resources if resource.id not in own)


def costs(bill: Bill) -> dict[str, Decimal]:
    """US dollars a month by resource id; what has no price is left out."""
    found: dict[str, Decimal] = {}
    for line in bill.lines:
        for id in line.resources if line.usd is not None else ():
            found[id] = found.get(id, Decimal()) + (line.usd or 0)
    return found


def unpriced(bill: Bill) -> frozenset[str]:
    """The ids of resources that have a line of the bill without a price."""
    return frozenset(id for line in bill.lines if line.usd is None for id in line.resources)


def counted(number: int, noun: str) -> str:
    """1 service, 2 services."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def secrets(blueprint: Blueprint) -> int:
    """How many secrets there are."""
    return sum(len(resource.spec.secrets) for resource in blueprint.resources if isinstance(resource.spec, Secrets))


def shared_builds(blueprint: Blueprint) -> tuple[int, int]:
    """How many services are built from source, and from how many different sources."""
    return sum(len(repository.services) for repository in blueprint.repositories), len(blueprint.repositories)


def blocks(files: dict[str, str]) -> dict[str, int]:
    """How many Terraform resources of each type stand in these files."""
    return Counter(type for name, text in files.items() if name.endswith(".tf") for type in BLOCK.findall(text))


@singledispatch
def _size(spec: object) -> str:
    return ""


def size(resource: Resource) -> str:
    """How large a resource is, in a few words; "" where there is nothing to size."""
    return _size(resource.spec)


def container(box: Container, count: int = 1) -> str:
    """The size of a task: 0.25 vCPU, 0.5 GB; several copies as 2 × …."""
    times = f"{count} × " if count > 1 else ""
    return f"{times}{box.cpu / 1024:g} vCPU, {box.memory / 1024:g} GB"


@_size.register
def _service(spec: EcsService) -> str:
    return container(spec.container, spec.count)


@_size.register
def _job(spec: Job) -> str:
    return container(spec.container)


@_size.register
def _database(spec: Database) -> str:
    return ", ".join([spec.instance_class, f"{spec.storage} GB", *([STANDBY] if spec.multi_az else [])])


@_size.register
def _cache(spec: Cache) -> str:
    return f"{spec.nodes} × {spec.node_type}" if spec.nodes > 1 else spec.node_type


@_size.register
def _broker(spec: Broker) -> str:
    return f"3 × {spec.instance_type}" if spec.cluster else spec.instance_type


@_size.register
def _kafka(spec: Kafka) -> str:
    return f"{spec.brokers} × {spec.instance_type}, {spec.storage} GB each"


@_size.register
def _search(spec: Search) -> str:
    times = f"{spec.instances} × " if spec.instances > 1 else ""
    return f"{times}{spec.instance_type}, {spec.storage} GB"


@_size.register
def _documents(spec: Documents) -> str:
    return f"{spec.instances} × {spec.instance_class}" if spec.instances > 1 else spec.instance_class


@_size.register
def _files(spec: FileSystem) -> str:
    return f"counted with {spec.gb} GB"


@_size.register
def _bucket(spec: Bucket) -> str:
    return f"counted with {spec.gb} GB"


@_size.register
def _machines(spec: Machines) -> str:
    return f"{spec.count} × {spec.instance_type}" if spec.count > 1 else spec.instance_type


@_size.register
def _dns(spec: Dns) -> str:
    number = len(set(spec.hosts))
    return f"{number} names" if number > 1 else ""
