"""The building site: what every writer must know of a blueprint, and the pages that they write on."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar, cast

from lecture.translator.blueprint import (
    Blueprint,
    Bucket,
    Container,
    Dns,
    EcsService,
    Job,
    LoadBalancer,
    Machines,
    NatGateways,
    NetworkBalancer,
    Origin,
    Resource,
    Secret,
    Secrets,
    Share,
    Spec,
    Vpc,
)
from lecture.translator.compose import Protocol
from lecture.translator.terraform.hcl import cut, free, identifier
from lecture.translator.terraform.variables import Variables

Page = Literal["network", "services", "data", "security", "outputs"]
S = TypeVar("S", bound=Spec)
PAGES: tuple[Page, ...] = ("network", "services", "data", "security", "outputs")
REFUSED = re.compile(r"(sg|internal)(-|$)")  # AWS keeps these beginnings for itself
ARM = re.compile(r"[a-z]+\d+g[a-z]*\.")  # t4g.small, c6gn.large: a g behind the generation


@dataclass(slots=True)
class Runner:
    """A container that runs, as a service or as a job."""

    resource: Resource
    container: Container
    service: EcsService | None  # None for a job
    label: str  # the name of its blocks
    dashed: str  # the same as AWS takes it
    machines: str = ""  # the label of the EC2 instances that it runs on
    gpu: bool = False
    arm: bool = False

    @property
    def has_role(self) -> bool:
        """Whether the code in the container calls AWS itself."""
        return bool(self.container.buckets or self.container.shares)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The service in the file."""
        return self.resource.origins


def project(name: str) -> str:
    """A project's name as every service of AWS takes it: single hyphens, a letter first."""
    found = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return found if found[:1].isalpha() and not REFUSED.match(found) else f"app-{found}".rstrip("-")


def labels(names: Iterable[str]) -> dict[str, str]:
    """An identifier for each name; those that would be the same are numbered."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        found[name] = free(identifier(name), taken)
        taken.add(found[name])
    return found


@dataclass(frozen=True, slots=True)
class Door:
    """A way from a balancer to a port of a service."""

    group: str  # the label of its target group
    port: int
    protocol: Protocol
    listener: str  # the address of what leads to the group
    balancer: str  # the label of the balancer's security group


@dataclass(slots=True)
class Secured:
    """A secret and the expressions that name it."""

    secret: Secret
    arn: str  # for policies
    value: str  # for valueFrom: known only once there is something to read


class Site:
    """A blueprint under construction: labels, look-ups, variables, pages and the addresses of what stands on them."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint, self.choices = blueprint, blueprint.choices
        self.name = project(blueprint.name)
        self.region = blueprint.choices.aws_region
        self.resources = {resource.id: resource for resource in blueprint.resources}
        self.kinds: defaultdict[type, list[tuple[Resource, Any]]] = defaultdict(list)
        for resource in blueprint.resources:
            self.kinds[type(resource.spec)].append((resource, resource.spec))
        self.labels = labels(self.resources)
        self.repositories = labels(repository.name for repository in blueprint.repositories)
        self.variables = Variables(blueprint)
        self.doors: defaultdict[str, list[Door]] = defaultdict(list)  # by the name of the service
        self.secrets: dict[str, Secured] = {}
        self.logins: dict[str, Secured] = {}  # for private registries, by the name of the service
        self.pages: dict[Page, list[str]] = {page: [] for page in PAGES}
        self.addresses: dict[str, list[str]] = {id: [] for id in self.resources}
        self.notes: list[str] = []  # for the README: what still needs a hand

    def put(self, page: Page, owner: str, text: str, *addresses: str) -> None:
        """Write blocks on a page; `owner` is the id of the resource that they are part of, "" for none."""
        self.pages[page].append(text)
        if owner:
            self.addresses[owner] += addresses

    def note(self, text: str) -> None:
        """Keep something for the list of what still needs a hand, once."""
        if text not in self.notes:
            self.notes.append(text)

    def named(self, label: str, longest: int = 64) -> str:
        """The name on AWS of what has this label: the project's name in front, cut where it must be."""
        return cut(f"{self.name}-{label.replace('_', '-')}", longest)

    @cached_property
    def vpc(self) -> Vpc:
        """The network."""
        return next((spec for _, spec in self.of(Vpc)), Vpc())

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """The letters of its zones."""
        return self.vpc.zones

    @cached_property
    def nat(self) -> int:
        """How many NAT gateways there are."""
        return min(sum(spec.count for _, spec in self.of(NatGateways)), len(self.zones))

    @cached_property
    def balancer(self) -> tuple[Resource, LoadBalancer] | None:
        """The load balancer, where it has anything to do."""
        return next(((resource, spec) for resource, spec in self.of(LoadBalancer) if spec.rules), None)

    @cached_property
    def gate(self) -> tuple[Resource, NetworkBalancer] | None:
        """The network balancer, where it has anything to do."""
        return next(((resource, spec) for resource, spec in self.of(NetworkBalancer) if spec.listeners), None)

    @cached_property
    def dns(self) -> tuple[str, tuple[str, ...]] | None:
        """The id of the zone's resource and its labels; a load balancer has one even where nobody planned it."""
        for resource, spec in self.of(Dns):
            return resource.id, spec.hosts
        if self.balancer is None:
            return None
        return "", tuple(dict.fromkeys(rule.host for rule in self.balancer[1].rules))

    @cached_property
    def runners(self) -> dict[str, Runner]:
        """Whatever runs in a container, by the name of its service."""
        machines = {name: (resource, spec) for resource, spec in self.of(Machines) for name in spec.services}
        found = {}
        for resource in self.blueprint.resources:
            spec = resource.spec
            if isinstance(spec, EcsService | Job):
                found[spec.container.service] = self._runner(resource, spec, machines)
        return found

    def _runner(
        self, resource: Resource, spec: EcsService | Job, machines: dict[str, tuple[Resource, Machines]]
    ) -> Runner:
        label, arm = self.labels[resource.id], self.choices.arch == "arm"
        runner = Runner(resource, spec.container, spec if isinstance(spec, EcsService) else None,
                        label, label.replace("_", "-"), arm=arm)  # fmt: skip
        if spec.container.launch == "ec2" and spec.container.service in machines:
            below, kind = machines[spec.container.service]
            runner.machines, runner.gpu = self.labels[below.id], kind.gpu
            runner.arm = ARM.match(kind.instance_type) is not None
        return runner

    @cached_property
    def mounts(self) -> dict[str, list[tuple[Runner, Share]]]:
        """Who mounts a file system, each service once, by the id of the file system."""
        found: defaultdict[str, list[tuple[Runner, Share]]] = defaultdict(list)
        for runner in self.runners.values():
            for system, share in {share.file_system: share for share in reversed(runner.container.shares)}.items():
                found[system].append((runner, share))
        return found

    def target(self, name: str) -> Resource | None:
        """What a service became, if others can call it over the network."""
        runner = self.runners.get(name)
        found = runner.resource if runner else self.resources.get(name)
        return found if found and not isinstance(found.spec, Bucket | Secrets | Job | Vpc | Dns) else None

    def of(self, kind: type[S]) -> list[tuple[Resource, S]]:
        """Resources of one kind, with their specifications."""
        return cast(list[tuple[Resource, S]], self.kinds.get(kind, []))

    @cached_property
    def inside(self) -> str:
        """The subnets of tasks that have a NAT gateway in front of them, as HCL."""
        return self.subnets("app")

    @cached_property
    def outside(self) -> str:
        """The public subnets, as HCL."""
        return self.subnets("public")

    def subnets(self, tier: str, most: int = 9) -> str:
        """The subnets of a tier, as HCL."""
        return f"[{', '.join(f'aws_subnet.{tier}_{zone}.id' for zone in self.zones[:most])}]"
