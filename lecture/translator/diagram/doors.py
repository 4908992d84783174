"""Who may knock: the table beside the drawing, a row for each security group."""

from collections import defaultdict
from dataclasses import dataclass

from lecture.translator.blueprint import Blueprint, Bucket, FileSystem, LoadBalancer, NatGateways, NetworkBalancer
from lecture.translator.diagram.calls import GATE
from lecture.translator.diagram.stage import Actor, stage

ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Knock:
    """Callers that may come in on the same ports, such as 8000 or 53/udp."""

    callers: tuple[str, ...]
    ports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A row: a group and who may call it; several groups share a row where nobody may."""

    groups: tuple[str, ...]
    knocks: tuple[Knock, ...]


def doors(blueprint: Blueprint) -> tuple[Door, ...]:
    """The rows, balancers first, those whom nobody calls last and together."""
    scene = stage(blueprint)
    specs = {resource.id: resource.spec for resource in blueprint.resources}
    actors = [actor for actor in scene.actors if not isinstance(specs[actor.id], Bucket | NatGateways)]
    actors.sort(key=lambda actor: not isinstance(specs[actor.id], LoadBalancer | NetworkBalancer))
    names = {actor.id: _name(actor, specs[actor.id]) for actor in scene.actors} | {GATE: ANYONE}
    by_ports: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for call in scene.calls:
        by_ports[call.target][call.ports].append(names[call.source])
    open_doors = [
        Door((names[actor.id],), tuple(Knock(tuple(callers), ports) for ports, callers in by_ports[actor.id].items()))
        for actor in actors
        if by_ports[actor.id]
    ]
    shut = tuple(names[actor.id] for actor in actors if not by_ports[actor.id])
    return (*open_doors, *([Door(shut, ())] if shut else []))


def _name(actor: Actor, spec: object) -> str:
    if isinstance(spec, LoadBalancer):
        return "load balancer"
    if isinstance(spec, NetworkBalancer):
        return "network balancer"
    return f"{actor.name} (EFS)" if isinstance(spec, FileSystem) else actor.name
