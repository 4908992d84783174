"""What a blueprint costs: each resource becomes charges against the price sheet (content/prices.toml).

Counted is what is paid all month before any visitor: hours, gigabytes, addresses. `not_counted` names the rest.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from lecture.costs.bill import Bill, Charge
from lecture.costs.bill import bill as priced
from lecture.costs.prices import HOME, PriceSheet, Region, dollars
from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.choices import Choices
from lecture.translator.specs import (
    Broker,
    Bucket,
    Cache,
    Database,
    Dns,
    Documents,
    EcsService,
    FileSystem,
    Job,
    Kafka,
    LoadBalancer,
    Machines,
    NatGateways,
    NetworkBalancer,
    Search,
    Secrets,
)

INCLUDED_DISK = 20  # GB of ephemeral storage that each Fargate task has for nothing
MACHINE_DISK = 30  # GB of gp3 that an EC2 machine is given
INSTANCE_VCPU = 2  # of every database class on our sheet, micro included
OUT_OF_SUPPORT = 13  # PostgreSQL up to here pays for Extended Support (errata 48)
# how the sheet abbreviates engines and types
RDS = {"postgres": "pg"}
TYPES = {
    "db.t3.medium": "docdb.t3",
    "db.t4g.medium": "docdb.t4g",
    "kafka.t3.small": "msk.t3",
    "t3.small.search": "es.t3small",
}


def bill(blueprint: Blueprint, sheet: PriceSheet) -> Bill:
    """The bill of a blueprint for a month, in the region that was chosen."""
    return priced(charges(blueprint), sheet, blueprint.choices.region)


def charges(blueprint: Blueprint) -> tuple[Charge, ...]:
    """Every charge of a blueprint, resource by resource."""
    terms = Terms(blueprint.choices, Counter(type(resource.spec) for resource in blueprint.resources))
    found: list[Charge] = []
    for resource in blueprint.resources:
        if count := _COUNTS.get(type(resource.spec)):
            found += count(resource.spec, resource, terms)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a charge depends on beside its resource: the choices, and how many there are of each kind."""

    choices: Choices
    kinds: Counter[type]


# what counts a resource of a kind; a network costs nothing, nor does a job that waits for its day
_COUNTS: dict[type, Callable[[Any, Resource, Terms], Iterator[Charge]]] = {}
Count = TypeVar("Count", bound=Callable[[Any, Resource, Terms], Iterator[Charge]])


def _counts(kind: type) -> Callable[[Count], Count]:
    """Says of a function which kind of resource it counts."""

    def known(count: Count) -> Count:
        _COUNTS[kind] = count
        return count

    return known


@_counts(EcsService)
def _service(spec: EcsService, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """Its tasks on Fargate; on EC2 the machine is paid for instead."""
    if spec.container.launch == "fargate":
        yield from _tasks(spec, resource, terms.choices.arch)


def _tasks(spec: EcsService, resource: Resource, arch: str) -> Iterator[Charge]:
    box, home = spec.container, resource.home
    line, times = f"{box.service}, on Fargate", f"{spec.count} × " if spec.count > 1 else ""
    (cpu, cpus), (memory, gigabytes), disk = _whole(box.cpu), _whole(box.memory), box.disk_gb - INCLUDED_DISK
    yield Charge(resource.id, line, f"fargate.{arch}.vcpu", cpu * spec.count, f"{times}{cpus} vCPU", home)
    yield Charge(resource.id, line, f"fargate.{arch}.gb", memory * spec.count, f"{times}{gigabytes} GB", home)
    if disk > 0:
        extra = Decimal(disk * spec.count)
        yield Charge(resource.id, line, "fargate.storage", extra, f"{times}{disk} GB more disk", home)
    if spec.public_ip:
        yield _addresses(resource, line, spec.count)


@lru_cache(maxsize=256)
def _whole(units: int) -> tuple[Decimal, str]:
    """1024 units of processor (or MiB) as one: 512 is 0.5, as a number and as text. Fargate has some 60 sizes."""
    found = Decimal(units) / 1024
    return found, f"{found:f}"


@_counts(Database)
def _database(spec: Database, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """RDS: instance and disk, both twice with a standby, and Extended Support for what is too old."""
    copies = 2 if spec.multi_az else 1
    line = _line("Database", "RDS", resource, terms)
    kind = f"rds.{RDS.get(spec.engine, spec.engine)}.{spec.instance_class.removeprefix('db.')}"
    yield Charge(resource.id, line, kind, Decimal(copies), _twice(spec.instance_class, copies), resource.home)
    yield Charge(resource.id, line, "rds.gp3", Decimal(copies * spec.storage), _twice(f"{spec.storage} GB", copies))
    if spec.engine == "postgres" and _major(spec.version) <= OUT_OF_SUPPORT:
        text = f"Extended Support for PostgreSQL {spec.version}"
        yield Charge(resource.id, line, "rds.ext", Decimal(INSTANCE_VCPU * copies), text)


@_counts(Cache)
def _cache(spec: Cache, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """ElastiCache: its nodes."""
    kind = f"cache.{spec.engine}.{spec.node_type.removeprefix('cache.')}"
    text = _twice(spec.node_type, spec.nodes)
    line = _line("Cache", "ElastiCache", resource, terms)
    yield Charge(resource.id, line, kind, Decimal(spec.nodes), text, resource.home)


@_counts(Broker)
def _broker(spec: Broker, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """Amazon MQ: nobody has given us a price of the sizes that run RabbitMQ."""
    yield Charge(resource.id, _line("Queue", "Amazon MQ", resource, terms), None, home=resource.home)


@_counts(Kafka)
def _kafka(spec: Kafka, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """MSK: each broker, and the disk of each."""
    line, brokers = _line("Kafka", "MSK", resource, terms), Decimal(spec.brokers)
    text = f"{spec.brokers} × {spec.instance_type}"
    yield Charge(resource.id, line, TYPES.get(spec.instance_type), brokers, text, resource.home)
    yield Charge(resource.id, line, "msk.gb", brokers * spec.storage, f"{spec.brokers} × {spec.storage} GB")


@_counts(Search)
def _search(spec: Search, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """OpenSearch: its instances; their disk has no price on our sheet."""
    line, text = _line("Search", "OpenSearch", resource, terms), _twice(spec.instance_type, spec.instances)
    yield Charge(resource.id, line, TYPES.get(spec.instance_type), Decimal(spec.instances), text, resource.home)
    yield Charge(resource.id, line, None, text=f"its {spec.storage} GB of disk")


@_counts(Documents)
def _documents(spec: Documents, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """DocumentDB: its instances. Its disk grows with what is written."""
    line, text = _line("Documents", "DocumentDB", resource, terms), _twice(spec.instance_class, spec.instances)
    note = "The gigabytes that you write, and each read and write of them, come on top."
    kind = TYPES.get(spec.instance_class)
    yield Charge(resource.id, line, kind, Decimal(spec.instances), text, resource.home, note)


@_counts(FileSystem)
def _file_system(spec: FileSystem, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """EFS: what lies in it."""
    yield Charge(resource.id, f"{spec.volume}, on EFS", "efs.gb", Decimal(spec.gb), f"{spec.gb} GB", resource.home)


@_counts(Bucket)
def _bucket(spec: Bucket, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """S3: what lies in it."""
    yield Charge(resource.id, f"{spec.purpose}, on S3", "s3.gb", Decimal(spec.gb), f"{spec.gb} GB", resource.home)


@_counts(LoadBalancer)
def _load_balancer(spec: LoadBalancer, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """ALB: its hours, and a public address in each of two zones."""
    yield Charge(resource.id, "Application load balancer", "alb.hour", text="load balancer, idle", home=resource.home)
    yield _addresses(resource, "Application load balancer", 2)


@_counts(NetworkBalancer)
def _network_balancer(spec: NetworkBalancer, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """NLB: its hours, and a public address in each of two zones."""
    yield Charge(resource.id, "Network load balancer", "nlb.hour", text="load balancer, idle", home=resource.home)
    yield _addresses(resource, "Network load balancer", 2)


@_counts(Machines)
def _machines(spec: Machines, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """EC2: machines, their disks, and an address each where no NAT gateway leads out."""
    machines = "machine" if spec.count == 1 else "machines"
    line, kind = f"EC2 {machines}", f"ec2.{spec.instance_type}"
    text = _twice(spec.instance_type, spec.count)
    yield Charge(resource.id, line, kind, Decimal(spec.count), text, resource.home)
    disk = _twice(f"{MACHINE_DISK} GB disk", spec.count)
    yield Charge(resource.id, line, "ebs.gp3", Decimal(MACHINE_DISK * spec.count), disk)
    if not terms.choices.nat_gateways:
        yield _addresses(resource, line, spec.count)


@_counts(NatGateways)
def _nat(spec: NatGateways, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """NAT gateways: their hours, and a public address each."""
    line = "NAT gateway" if spec.count == 1 else "NAT gateways"
    text = _twice("NAT gateway", spec.count)
    yield Charge(resource.id, line, "nat.hour", Decimal(spec.count), text, resource.home)
    yield _addresses(resource, line, spec.count)


@_counts(Dns)
def _dns(spec: Dns, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """A Route 53 zone; the certificate costs nothing."""
    yield Charge(resource.id, "DNS zone", "r53.zone", text="zone", home=resource.home)


@_counts(Secrets)
def _secrets(spec: Secrets, resource: Resource, terms: Terms) -> Iterator[Charge]:
    """All secrets together: one line, such as Two secrets."""
    number = len(spec.secrets)
    yield Charge(resource.id, resource.name, "secrets", Decimal(number), _twice("secret", number), resource.home)


def _addresses(resource: Resource, line: str, number: int) -> Charge:
    """Public IPv4 addresses of what the line is about."""
    text = "its public address" if number == 1 else f"{number} public addresses"
    return Charge(resource.id, line, "ipv4", Decimal(number), text)


def _line(word: str, service: str, resource: Resource, terms: Terms) -> str:
    """`word` where there is one of its kind; else they are told apart: orders, on RDS."""
    return word if terms.kinds[type(resource.spec)] == 1 else f"{resource.id}, on {service}"


def not_counted(blueprint: Blueprint, sheet: PriceSheet) -> tuple[str, ...]:
    """What the bill leaves out because it depends on use: sentences, each with its price in the chosen region."""
    kinds = {type(resource.spec) for resource in blueprint.resources}
    said = ["Logs: {cwl.in} for each GB that your containers write."]
    if blueprint.repositories:
        said.append("The images that you build: {ecr.gb} a month for each GB.")
    said.append("Traffic to the internet: nothing for the first 100 GB a month, then {egress.t1} a GB.")
    if NatGateways in kinds:
        said.append("What passes the NAT gateway: {nat.gb} a GB, in either direction.")
    if LoadBalancer in kinds:
        said.append("What the load balancer carries: {alb.lcu} an hour for each capacity unit in use.")
    if Job in kinds:
        said.append("Jobs: a task costs its minutes while it runs, and nothing while it waits for its day.")
    return tuple(_with_prices(text, sheet, blueprint.choices.region) for text in said)


def _with_prices(text: str, sheet: PriceSheet, region: Region) -> str:
    """The prices that a sentence names in braces; raises KeyError for what is no price."""

    def usd(found: re.Match[str]) -> str:
        price = sheet.by_id[found[1]]
        return dollars(price.amount(region if price.eu_west_2 else HOME).usd)

    return re.sub(r"{([a-z0-9.]+)}", usd, text)


def _twice(text: str, number: int) -> str:
    return text if number == 1 else f"{number} × {text}"


def _major(version: str) -> int:
    first = version.split(".", maxsplit=1)[0]
    return int(first) if first.isdecimal() else OUT_OF_SUPPORT + 1
