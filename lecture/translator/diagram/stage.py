"""Who stands in the drawing, in which row of subnets, and who calls whom on which port."""

from dataclasses import dataclass
from functools import singledispatch
from typing import Literal

from lecture.homes import Kind
from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.diagram.calls import GATE, Call, calls
from lecture.translator.specs import (
    Broker,
    Bucket,
    Cache,
    Database,
    Documents,
    EcsService,
    FileSystem,
    Job,
    Kafka,
    LoadBalancer,
    NatGateways,
    NetworkBalancer,
    Search,
    Vpc,
)

Tier = Literal["public", "app", "data", "outside"]
# single: in one zone; pair: tasks in both; couple: a main one and its copy; span: one thing over both zones
Form = Literal["single", "pair", "couple", "span"]
TIERS: tuple[Tier, ...] = ("public", "app", "data", "outside")
ENGINES = {
    "postgres": "PostgreSQL",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "sqlserver-ex": "SQL Server",
    "oracle-se2": "Oracle",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A resource that has a box. `subs` are its second lines, the longest first; `other` is its second box."""

    id: str
    name: str
    subs: tuple[str, ...]
    home: Kind | None
    tier: Tier
    form: Form = "single"
    ghost: bool = False  # it is there only when somebody starts it
    other: tuple[str, ...] = ()  # name and second lines of the copy of a couple, or second line of a pair
    paid: bool = False  # whether the copy of a couple is really there


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that is drawn, before it has a place."""

    actors: tuple[Actor, ...]
    calls: tuple[Call, ...]
    nats: int
    nat: str  # the id of the resource
    cidr: str
    published: frozenset[str]  # whom the balancers call

    def of(self, tier: Tier) -> list[Actor]:
        """The actors of a row of subnets."""
        return [actor for actor in self.actors if actor.tier == tier]


def stage(blueprint: Blueprint) -> Stage:
    """The actors of a blueprint and their calls."""
    nat = next((r for r in blueprint.resources if isinstance(r.spec, NatGateways)), None)
    tier: Tier = "app" if nat else "public"
    actors = tuple(actor for r in blueprint.resources if (actor := _actor(r.spec, r, tier)))
    known = {actor.id for actor in actors} | {GATE}
    found = calls(blueprint, known)
    doors = {r.id for r in blueprint.resources if isinstance(r.spec, LoadBalancer | NetworkBalancer)}
    return Stage(
        actors=actors,
        calls=found,
        nats=nat.spec.count if nat and isinstance(nat.spec, NatGateways) else 0,
        nat=nat.id if nat else "",
        published=frozenset(call.target for call in found if call.source in doors),
        cidr=next((r.spec.cidr for r in blueprint.resources if isinstance(r.spec, Vpc)), Vpc().cidr),
    )


# ---- who ----------------------------------------------------------------------------------------


@singledispatch
def _actor(spec: object, resource: Resource, tier: Tier) -> Actor | None:
    """The box of a resource; None for what is only a line of the bill. `tier` is where tasks stand."""
    return None


@_actor.register
def _service(spec: EcsService, resource: Resource, tier: Tier) -> Actor:
    where = "Fargate" if spec.container.launch == "fargate" else "on EC2"
    name = spec.container.service
    if spec.singleton:
        return Actor(resource.id, name, ("exactly one",), resource.home, tier)
    if spec.count == 0:
        return Actor(resource.id, name, ("none running", "none"), resource.home, tier, ghost=True)
    if spec.count == 1:
        return Actor(resource.id, name, (where,), resource.home, tier)
    there = spec.count // 2
    subs = [f"{number} tasks" if number > 1 else where for number in (spec.count - there, there)]
    return Actor(resource.id, name, (subs[0],), resource.home, tier, "pair", other=(subs[1],))


@_actor.register
def _job(spec: Job, resource: Resource, tier: Tier) -> Actor:
    return Actor(resource.id, spec.container.service, ("one-off task", "one-off"), resource.home, tier, ghost=True)


@_actor.register
def _database(spec: Database, resource: Resource, tier: Tier) -> Actor:
    engine = ENGINES[spec.engine]
    copy = ("standby", "takes over") if spec.multi_az else ("standby", "if you pay for it", "if paid for")
    subs = (f"RDS for {engine}", engine, "RDS")
    return Actor(resource.id, resource.id, subs, resource.home, "data", "couple", other=copy, paid=spec.multi_az)


@_actor.register
def _cache(spec: Cache, resource: Resource, tier: Tier) -> Actor:
    if spec.nodes == 1:
        return _managed(resource, "ElastiCache")
    copy = ("second node", "ElastiCache") if spec.engine == "memcached" else ("replica", "takes over")
    return Actor(resource.id, resource.id, ("ElastiCache",), resource.home, "data", "couple", other=copy, paid=True)


@_actor.register
def _documents(spec: Documents, resource: Resource, tier: Tier) -> Actor:
    if spec.instances == 1:
        return _managed(resource, "DocumentDB")
    copy = ("replica", "takes over")
    return Actor(resource.id, resource.id, ("DocumentDB",), resource.home, "data", "couple", other=copy, paid=True)


@_actor.register
def _broker(spec: Broker, resource: Resource, tier: Tier) -> Actor:
    return _managed(resource, "Amazon MQ", over_both=spec.cluster)


@_actor.register
def _kafka(spec: Kafka, resource: Resource, tier: Tier) -> Actor:
    return _managed(resource, f"MSK, {spec.brokers} brokers over both zones", over_both=True)


@_actor.register
def _search(spec: Search, resource: Resource, tier: Tier) -> Actor:
    return _managed(resource, "OpenSearch", over_both=spec.instances > 1)


def _managed(resource: Resource, sub: str, over_both: bool = False) -> Actor:
    return Actor(resource.id, resource.id, (sub,), resource.home, "data", "span" if over_both else "single")


@_actor.register
def _file_system(spec: FileSystem, resource: Resource, tier: Tier) -> Actor:
    return Actor(resource.id, spec.volume, ("EFS",), resource.home, "outside")


@_actor.register
def _bucket(spec: Bucket, resource: Resource, tier: Tier) -> Actor:
    return Actor(resource.id, spec.purpose or resource.id, ("S3",), resource.home, "outside")


@_actor.register
def _load_balancer(spec: LoadBalancer, resource: Resource, tier: Tier) -> Actor:
    subs = ("stands in both zones",)
    return Actor(resource.id, "Application load balancer", subs, resource.home, "public", "span")


@_actor.register
def _nat(spec: NatGateways, resource: Resource, tier: Tier) -> Actor:
    form: Form = "single" if spec.count == 1 else "pair"
    return Actor(resource.id, "NAT gateway", ("way out",), resource.home, "public", form)


@_actor.register
def _network_balancer(spec: NetworkBalancer, resource: Resource, tier: Tier) -> Actor:
    return Actor(resource.id, "Network load balancer", ("stands in both zones",), resource.home, "public", "span")
