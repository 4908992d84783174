"""The boxes of the drawing and the lines of the bill, in the order in which a visitor meets them."""

from collections.abc import Iterator

from lecture.homes import Kind
from lecture.translator.blueprint import Category, Resource
from lecture.translator.nodes import below
from lecture.translator.plan import managed
from lecture.translator.plan.containers import container
from lecture.translator.plan.doors import Doors
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.plan.machines import machines
from lecture.translator.plan.reasons import reason
from lecture.translator.plan.scene import Scene
from lecture.translator.plan.settings import Wallet
from lecture.translator.specs import (
    Container,
    ContainerPort,
    Dns,
    EcsService,
    Job,
    LoadBalancer,
    NatGateways,
    NetworkBalancer,
    Secret,
    Secrets,
    Vpc,
)
from lecture.translator.values import Origin

KINDS: dict[str, tuple[str, Category, Kind]] = {
    "rds": ("aws_db_instance", "database", "furnished"),
    "elasticache": ("aws_elasticache_replication_group", "cache", "furnished"),
    "mq": ("aws_mq_broker", "messaging", "furnished"),
    "msk": ("aws_msk_cluster", "messaging", "furnished"),
    "opensearch": ("aws_opensearch_domain", "database", "furnished"),
    "documentdb": ("aws_docdb_cluster", "database", "furnished"),
    "s3": ("aws_s3_bucket", "storage", "hotel"),
}
STORES = frozenset({"database", "documents", "cache", "queue", "stream", "search", "objects", "monitoring"})
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def services(scene: Scene) -> Iterator[Resource]:
    """One resource for each service that has a twin on AWS."""
    for subject in scene.draft.subjects.values():
        if subject.managed:
            yield _managed(scene, subject)
        elif subject.runs:
            yield _running(scene, subject)


def _managed(scene: Scene, subject: Subject) -> Resource:
    draft, row = scene.draft, subject.row
    assert row is not None
    kind, category, home = KINDS[subject.becomes]
    jobs = subject.becomes == "elasticache" and scene.callers.use(subject)
    spec = managed.spec(draft, subject, jobs)
    if row.engine == "memcached":
        kind = "aws_elasticache_cluster"
    origins = (subject.origin, *_volumes(draft, subject))
    return Resource(subject.name, kind, row.aws, category, home, origins, spec, row.why)


def _volumes(draft: Draft, subject: Subject) -> Iterator[Origin]:
    for mount in subject.service.mounts:
        if mount.source in draft.file.volumes:
            yield Origin(below("volumes", mount.source), draft.file.volumes[mount.source].place.line)


def _running(scene: Scene, subject: Subject) -> Resource:
    made = container(scene, subject)
    where = "Fargate" if made.launch == "fargate" else "EC2"
    home: Kind = "furnished" if made.launch == "fargate" else "empty"
    why = reason(scene, subject)
    if subject.becomes == "job":
        job = Job(made, scene.waiting.get(subject.name, ()))
        name = f"One-off task on {where}"
        return Resource(subject.name, "aws_ecs_task_definition", name, "compute", home, (subject.origin,), job, why)
    spec = _service(scene, subject, made)
    name = "ECS service, exactly one copy" if spec.singleton else f"ECS service on {where}"
    return Resource(subject.name, "aws_ecs_service", name, "compute", home, (subject.origin,), spec, why)


def _service(scene: Scene, subject: Subject, made: Container) -> EcsService:
    called = sorted(scene.called.get(subject.name, ()))
    alone = subject.single or _holds_data(subject, made)
    return EcsService(
        container=made,
        count=_count(scene, subject, alone),
        minimum_percent=0 if alone else 100,
        maximum_percent=100 if alone else 200,
        discoverable=tuple(ContainerPort(port, "tcp", f"p{port}-tcp") for port in called),
        names=_names(subject),
        public_ip=scene.draft.choices.nat_gateways == 0 and made.launch == "fargate",
        singleton=subject.single,
    )


def _holds_data(subject: Subject, made: Container) -> bool:
    """Whether two copies on one disk would spoil it: stores that are kept as containers."""
    return bool(made.shares) and subject.role in STORES


def _names(subject: Subject) -> tuple[str, ...]:
    aliases = [alias for attached in subject.service.networks for alias in attached.aliases]
    known = (subject.name, *aliases, subject.service.container_name, subject.service.hostname)
    return tuple(dict.fromkeys(name for name in known if name))


def _count(scene: Scene, subject: Subject, alone: bool) -> int:
    if alone:
        return 1
    if subject.service.replicas is not None:
        return subject.service.replicas
    return 2 if scene.draft.choices.production and subject.name in scene.published else 1


# ---- what the file never said -------------------------------------------------------------------


def implied(scene: Scene, made: list[Resource]) -> Iterator[Resource]:
    """The network, the doors, the way out, the secrets, the disks."""
    draft = scene.draft
    why = "Compose made a network without a word. Here it is drawn: two zones, and three rows of subnets."
    yield Resource(draft.id("network"), "aws_vpc", "Network over two zones", "network", None, (), Vpc(), why)
    yield from _doors(draft, scene.doors)
    if any(isinstance(resource.spec, EcsService | Job) for resource in made) and draft.choices.nat_gateways:
        count = draft.choices.nat_gateways
        name = "NAT gateway" if count == 1 else f"{NUMBERS[count]} NAT gateways"
        why = "Tasks in private subnets fetch images and call other people’s APIs through it."
        yield Resource(draft.id("nat"), "aws_nat_gateway", name, "network", "furnished", (), NatGateways(count), why)
    yield from _secrets(draft, scene.wallet, made)
    yield from scene.kept.systems
    yield from machines(draft, made)


def _doors(draft: Draft, doors: Doors) -> Iterator[Resource]:
    if doors.rules:
        origins = tuple(rule.origin for rule in doors.rules)
        why = "One address for visitors, TLS included. It asks each task how it is, and sends nobody to a sick one."
        balancer = LoadBalancer(tuple(doors.rules))
        name = "Application Load Balancer"
        yield Resource(draft.id("load-balancer"), "aws_lb", name, "network", "furnished", origins, balancer, why)
        hosts = Dns(tuple(rule.host for rule in doors.rules))
        why = "Strangers need a name to type, and browsers a certificate for it."
        yield Resource(draft.id("dns"), "aws_route53_zone", "DNS zone", "network", "hotel", origins, hosts, why)
    if doors.listeners:
        origins = tuple(listener.origin for listener in doors.listeners)
        why = "What is not HTTP cannot be read by the other balancer; this one passes connections on unread."
        spec = NetworkBalancer(tuple(doors.listeners))
        name = "Network Load Balancer"
        yield Resource(draft.id("network-balancer"), "aws_lb", name, "network", "furnished", origins, spec, why)


def _secrets(draft: Draft, wallet: Wallet, made: list[Resource]) -> Iterator[Resource]:
    masters = [
        _master(draft, resource) for resource in made if resource.type in {"aws_db_instance", "aws_docdb_cluster"}
    ]
    found = (*masters, *wallet.secrets())
    if not found:
        return
    origins = tuple(dict.fromkeys(origin for secret in found for origin in secret.origins))
    count = NUMBERS[len(found)] if len(found) < len(NUMBERS) else str(len(found))
    name = f"{count} secret{'s' if len(found) > 1 else ''}"
    why = "Passwords leave the file. ECS hands them to a task when it starts, and to nobody else."
    yield Resource(
        draft.id("secrets"), "aws_secretsmanager_secret", name, "identity", "hotel", origins, Secrets(found), why
    )


def _master(draft: Draft, resource: Resource) -> Secret:
    """The administrator’s password, which the database makes and keeps itself."""
    subject = draft.subjects[resource.id]
    wanted = subject.row.password_env if subject.row else ()
    origins = tuple(Origin(s.path, s.place.line) for s in subject.service.environment if s.name in wanted)
    return Secret(f"{resource.id}-master", (), (), origins or (subject.origin,), managed_by=resource.id)
