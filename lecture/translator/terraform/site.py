"""The building site: what every writer must know of a blueprint, and the pages that they write on."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal, TypeVar

from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.specs import (
    Bucket,
    Dns,
    EcsService,
    Job,
    LoadBalancer,
    Machines,
    NatGateways,
    NetworkBalancer,
    Secrets,
    Share,
    Spec,
    Vpc,
)
from lecture.translator.terraform.hcl import cut, free, identifier, origin
from lecture.translator.terraform.runner import Door, Runner, Secured
from lecture.translator.terraform.variables import Variables

Page = Literal["network", "services", "data", "security", "outputs"]
S = TypeVar("S", bound=Spec)
UNREACHED = (Bucket, Secrets, Job, Vpc, Dns)
PAGES: tuple[Page, ...] = ("network", "services", "data", "security", "outputs")
REFUSED = re.compile(r"(sg|internal)(-|$)")  # AWS keeps these beginnings for itself
ARM = re.compile(r"[a-z]+\d+g[a-z]*\.")  # t4g.small, c6gn.large: a g behind the generation


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


class Site:
    """A blueprint under construction: labels, look-ups, variables, pages and the addresses of what stands on them."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint, self.choices = blueprint, blueprint.choices
        self.name = project(blueprint.name)
        self.region = blueprint.choices.aws_region
        self.resources = {resource.id: resource for resource in blueprint.resources}
        self.kinds: dict[type, list[Any]] = {}
        for resource in blueprint.resources:
            self.kinds.setdefault(type(resource.spec), []).append((resource, resource.spec))
        self.labels = labels(self.resources)
        self.remarks = {
            resource.id: origin(resource.origins) for resource in blueprint.resources
        }  # comments above blocks
        self.repositories = labels([repository.name for repository in blueprint.repositories])
        self.variables = Variables(blueprint)
        self.secrets: dict[str, Secured] = {}
        self.logins: dict[str, Secured] = {}  # for private registries, by the name of the service
        self.pages: dict[Page, list[str]] = {page: [] for page in PAGES}
        self.addresses: dict[str, list[str]] = {id: [] for id in self.resources}
        self.notes: list[str] = []  # for the README: what still needs a hand
        self._network()
        self._doors()
        self.runners = _runners(self)  # whatever runs in a container, by the name of its service
        self.mounts = _mounts(self.runners.values())

    def _network(self) -> None:
        """The network, the letters of its zones, how many NAT gateways it has, and subnets as HCL."""
        self.vpc = next((spec for _, spec in self.of(Vpc)), Vpc())
        self.zones = self.vpc.zones
        self.nat = min(sum(spec.count for _, spec in self.of(NatGateways)), len(self.zones))
        self.reached = {  # what makes a subnet public, or gives it a way out
            tier: [f"aws_route_table_association.{tier}_{zone}" for zone in self.zones] for tier in ("public", "app")
        }
        self.inside, self.outside = self.subnets("app"), self.subnets("public")

    def _doors(self) -> None:
        """The balancers that have anything to do, and the zone, which a load balancer has even where nobody said so."""
        self.doors: defaultdict[str, list[Door]] = defaultdict(list)  # by the name of the service
        self.balancer = next(((resource, spec) for resource, spec in self.of(LoadBalancer) if spec.rules), None)
        self.gate = next(((resource, spec) for resource, spec in self.of(NetworkBalancer) if spec.listeners), None)
        self.dns = next(((resource.id, spec.hosts) for resource, spec in self.of(Dns)), None)
        if self.balancer and not self.dns:
            self.dns = ("", tuple(dict.fromkeys(rule.host for rule in self.balancer[1].rules)))

    def put(self, page: Page, owner: str, text: str, *addresses: str) -> None:
        """Write blocks on a page; `owner` is the id of the resource that they are part of, "" for none."""
        self.pages[page].append(text)
        if owner and addresses:
            self.addresses[owner] += addresses

    def note(self, text: str) -> None:
        """Keep something for the list of what still needs a hand, once."""
        if text not in self.notes:
            self.notes.append(text)

    def named(self, label: str, longest: int = 64) -> str:
        """The name on AWS of what has this label: the project's name in front, cut where it must be."""
        found = f"{self.name}-{label.replace('_', '-')}"
        return found if len(found) <= longest else cut(found, longest)

    def target(self, name: str) -> Resource | None:
        """What a service became, if others can call it over the network."""
        runner = self.runners.get(name)
        found = runner.resource if runner else self.resources.get(name)
        return found if found and not isinstance(found.spec, UNREACHED) else None

    def of(self, kind: type[S]) -> list[tuple[Resource, S]]:
        """Resources of one kind, with their specifications."""
        found: list[tuple[Resource, S]] = self.kinds.get(kind, [])
        return found

    def subnets(self, tier: str, most: int = 9) -> str:
        """The subnets of a tier, as HCL."""
        return f"[{', '.join([f'aws_subnet.{tier}_{zone}.id' for zone in self.zones[:most]])}]"


def _runners(site: Site) -> dict[str, Runner]:
    machines = {name: (resource, spec) for resource, spec in site.of(Machines) for name in spec.services}
    found = {}
    for resource in site.blueprint.resources:
        if isinstance(resource.spec, (EcsService, Job)):
            runner = _runner(site, resource, resource.spec)
            found[runner.name] = runner
            if machines and runner.container.launch == "ec2" and runner.name in machines:
                below, kind = machines[runner.name]
                runner.machines, runner.gpu = site.labels[below.id], kind.gpu
                runner.arm = ARM.match(kind.instance_type) is not None
    return found


def _runner(site: Site, resource: Resource, spec: EcsService | Job) -> Runner:
    label, container = site.labels[resource.id], spec.container
    return Runner(
        resource=resource,
        container=container,
        service=spec if isinstance(spec, EcsService) else None,
        name=container.service,
        label=label,
        dashed=label.replace("_", "-"),
        remark=site.remarks[resource.id],
        arm=site.choices.arch == "arm",
        has_role=bool(container.buckets or container.shares),
    )


def _mounts(runners: Iterable[Runner]) -> dict[str, list[tuple[Runner, Share]]]:
    """Who mounts a file system, each service once, by the id of the file system."""
    found: defaultdict[str, list[tuple[Runner, Share]]] = defaultdict(list)
    for runner in runners:
        for system, share in {share.file_system: share for share in reversed(runner.container.shares)}.items():
            found[system].append((runner, share))
    return found
