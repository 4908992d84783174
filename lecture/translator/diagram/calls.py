"""Who opens a connection to whom, on which ports: from the gate inwards, between services, to disks and buckets."""

from collections.abc import Iterator
from dataclasses import dataclass

from lecture.translator.blueprint import INTERNET, Blueprint, Resource
from lecture.translator.compose import Protocol
from lecture.translator.specs import Bucket, EcsService, Job, LoadBalancer, NetworkBalancer

GATE = "@gate"  # no service can have this name
WEB = ("443", "80")  # what the load balancer listens to
NFS = ("2049",)
HTTPS = ("443",)


@dataclass(frozen=True, slots=True)
class Call:
    """`source` calls `target` on these ports, such as 8000 or 53/udp; dashed where it leaves the VPC, or is a job's."""

    source: str
    target: str
    ports: tuple[str, ...]
    dashed: bool = False


def calls(blueprint: Blueprint, known: set[str]) -> tuple[Call, ...]:
    """One call for each source and target among `known` ids and the gate, with all its ports."""
    merged: dict[tuple[str, str], Call] = {}
    for call in _calls(blueprint):
        if {call.source, call.target} <= known:
            key = call.source, call.target
            merged[key] = _together(merged[key], call) if key in merged else call
    return tuple(merged.values())


def port(number: int, protocol: Protocol) -> str:
    """A port as it is written: 8000, or 53/udp."""
    return str(number) if protocol == "tcp" else f"{number}/{protocol}"


def _together(one: Call, other: Call) -> Call:
    ports = sorted({*one.ports, *other.ports}, key=lambda text: (int(text.split("/")[0]), text))
    return Call(one.source, one.target, tuple(ports), one.dashed and other.dashed)


def _calls(blueprint: Blueprint) -> Iterator[Call]:
    """From the gate inwards, then what containers open: services, then disks and buckets."""
    met = _meanings(blueprint)
    behind: set[str] = set()
    for resource in blueprint.resources:
        for call in _balanced(resource, met):
            behind |= {call.target}
            yield call
    kinds = {resource.id: resource.spec for resource in blueprint.resources}
    for link in blueprint.links:
        target = met.get(link.target, link.target)
        if link.source == INTERNET:
            if target not in behind:
                yield Call(GATE, target, (port(link.port, link.protocol),))
        elif (source := met.get(link.source, link.source)) != target:
            bucket = isinstance(kinds.get(target), Bucket)
            dashed = bucket or isinstance(kinds.get(source), Job)
            yield Call(source, target, HTTPS if bucket else (port(link.port, link.protocol),), dashed)
    for resource in blueprint.resources:
        yield from _kept(resource)


def _meanings(blueprint: Blueprint) -> dict[str, str]:
    """The resource that each service of the file became; a container has a box of its own."""
    became = {card.service: card.becomes[0] for card in blueprint.cards if card.becomes}
    for resource in blueprint.resources:
        if isinstance(resource.spec, EcsService | Job):
            became[resource.spec.container.service] = resource.id
    return became


def _balanced(resource: Resource, met: dict[str, str]) -> Iterator[Call]:
    spec = resource.spec
    if isinstance(spec, LoadBalancer):
        yield Call(GATE, resource.id, WEB)
        for rule in spec.rules:
            yield Call(resource.id, met.get(rule.service, rule.service), (str(rule.port),))
    if isinstance(spec, NetworkBalancer):
        yield Call(GATE, resource.id, tuple(port(listener.port, listener.protocol) for listener in spec.listeners))
        for listener in spec.listeners:
            yield Call(
                resource.id, met.get(listener.service, listener.service), (port(listener.target, listener.protocol),)
            )


def _kept(resource: Resource) -> Iterator[Call]:
    """What a container reads and writes outside its own disk."""
    if isinstance(resource.spec, EcsService | Job):
        box = resource.spec.container
        job = isinstance(resource.spec, Job)
        for share in box.shares:
            yield Call(resource.id, share.file_system, NFS, job)
        for bucket in box.buckets:
            yield Call(resource.id, bucket, HTTPS, True)
