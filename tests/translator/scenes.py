"""Blueprints to draw: small ones by hand, and many by chance."""

import re
from random import Random

from lecture.translator.blueprint import Blueprint, Card, Link, Resource
from lecture.translator.choices import Choices, Nat
from lecture.translator.compose import ComposeFile, Protocol
from lecture.translator.specs import (
    Broker,
    Bucket,
    Cache,
    Container,
    Database,
    EcsService,
    FileSystem,
    Image,
    Job,
    Kafka,
    Listener,
    LoadBalancer,
    Machines,
    NatGateways,
    NetworkBalancer,
    Rule,
    Search,
    Share,
    Spec,
    Vpc,
)
from lecture.translator.values import Origin

HERE = Origin("services.x", 1)
NATS: tuple[Nat, ...] = ("none", "one", "per-zone")
NAMES = re.findall(
    r"\S+",
    "gateway web frontend api users orders payments inventory notification-service mailer celery-worker-default "
    "scheduler search-indexer auth-server reports websockets image_resizer admin.dashboard billing "
    "averyveryverylongnamewithoutanybreak WWWWWWWWWWWW i",
)
PORTS = (80, 3000, 5432, 6379, 8080, 27017)


def thing(id: str, spec: Spec, home="furnished") -> Resource:
    return Resource(id, "aws_x", id, "compute", home, (), spec)


def service(id: str, launch="fargate", shares=(), buckets=(), public=False, **more) -> Resource:
    kept = tuple(Share(share, "/data", False, HERE) for share in shares)
    box = Container(id, Image(), 256, 512, launch, shares=kept, buckets=tuple(buckets))
    spec = EcsService(box, public_ip=public and launch == "fargate", **more)
    return thing(id, spec, "empty" if launch == "ec2" else "furnished")


def job(id: str) -> Resource:
    return thing(id, Job(Container(id, Image(), 256, 512)))


def database(id: str, multi_az=False, engine="postgres") -> Resource:
    return thing(id, Database(engine, "16", "db.t3.micro", 20, "x", "admin", 5432, multi_az, False, 1))


def cache(id: str, nodes=1) -> Resource:
    return thing(id, Cache("redis", "7.1", "cache.t3.micro", nodes, 6379, False))


def files(id: str) -> Resource:
    return thing(id, FileSystem(id, 5))


def bucket(id: str) -> Resource:
    return thing(id, Bucket(id, 5), "hotel")


def blueprint(
    *resources: Resource,
    links: tuple[tuple[str, str, int], ...] = (),
    rules: tuple[tuple[str, int], ...] = (),
    listeners: tuple[tuple[str, int, Protocol], ...] = (),
    nats: int = 1,
) -> Blueprint:
    """These resources with what stands around them: network, balancers, NAT gateways."""
    around = [thing("network", Vpc(), None)]
    if rules:
        around.append(thing("load-balancer", LoadBalancer(tuple(Rule(s, p, "", "/", HERE) for s, p in rules))))
    if listeners:
        doors = tuple(Listener(port, protocol, s, port, HERE) for s, port, protocol in listeners)
        around.append(thing("network-balancer", NetworkBalancer(doors)))
    if nats:
        around.append(thing("nat", NatGateways(nats)))
    cards = tuple(Card(r.id, 1, 1, (r.id,), r.home, "") for r in resources)
    spoken = tuple(Link(source, target, port, "tcp", "") for source, target, port in links)
    choices = Choices(nat=NATS[nats])
    return Blueprint("x", ComposeFile("", {}), choices, (*around, *resources), (), spoken, cards, (), (), ())


def by_chance(number: int, seed: int) -> Blueprint:
    """So many services, some of them managed, with links between any two, cycles included."""
    random = Random(seed * 1000 + number)
    nats = random.choice((0, 1, 1, 2))
    ids = [NAMES[n] if n < len(NAMES) else f"{NAMES[n % len(NAMES)]}-{n}" for n in range(number)]
    made = [_some(id, random, nats) for id in ids]
    running = [r.id for r in made if isinstance(r.spec, EcsService)]
    callers = [r.id for r in made if isinstance(r.spec, EcsService | Job)]
    called = [r.id for r in made if not isinstance(r.spec, Job | FileSystem)]
    links = [
        (source, target, random.choice(PORTS))
        for source in callers
        for target in random.sample(called, min(len(called), random.randint(0, 3)))
        if source != target
    ]
    rules = [(id, random.choice(PORTS)) for id in random.sample(running, min(len(running), random.randint(0, 3)))]
    listeners = [(id, 1000 + n, "udp") for n, id in enumerate(running[:2])] if random.random() < 0.3 else []
    return blueprint(*made, links=tuple(links), rules=tuple(rules), listeners=tuple(listeners), nats=nats)


def _some(id: str, random: Random, nats: int) -> Resource:
    """Mostly a service; sometimes something managed, in all its forms."""
    choice = random.random()
    if choice < 0.7:
        launch, count = random.choice((("fargate", 1), ("fargate", 1), ("fargate", 2), ("fargate", 5), ("ec2", 1)))
        return service(id, launch, public=nats == 0, count=count)
    makers = (
        lambda: database(id, random.random() < 0.5),
        lambda: cache(id, random.randint(1, 2)),
        lambda: thing(id, Broker("3.13", "mq.m7g.medium", "x", random.random() < 0.5)),
        lambda: thing(id, Kafka("3.9", "kafka.t3.small", 2, 10)),
        lambda: thing(id, Search("2.19", "t3.small.search", random.randint(1, 2), 10)),
        lambda: job(id),
        lambda: bucket(id),
        lambda: files(id),
        lambda: thing(id, Machines("t3.medium", 1, ("x",)), "empty"),
    )
    return random.choice(makers)()
