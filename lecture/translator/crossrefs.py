"""What a file names must exist: services, networks, volumes, secrets, configs; and nothing may wait for itself."""

from collections.abc import Iterator

from lecture.translator.compose import ComposeFile, Dependency, Place, Service
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping
from lecture.translator.normal.values import texts

_SERVICE = "service:"
_NAMING = frozenset({"links", "volumes_from", "network_mode", "pid", "ipc"})
_LONGEST_CIRCLE = 8


def check(file: ComposeFile, nodes: dict[str, Mapping], notes: Notes) -> None:
    """Notes every name that stands for nothing, and every circle of depends_on."""
    for service in file.services.values():
        for verb, name, place, path in _named_services(service, nodes[service.name]):
            _service_exists(service, verb, name, (place, path), file, notes)
        _networks(service, file, notes)
        _volumes(service, file, notes)
        _grants(service, file, notes)
    _circles(file.services, notes)


def _named_services(service: Service, node: Mapping) -> Iterator[tuple[str, str, Place, str]]:
    """Every other service that one names: how, its name, where."""
    for dependency in service.depends_on:
        if dependency.required:
            yield "depends on", dependency.service, dependency.place, dependency.path
    if not _NAMING.isdisjoint(node.entries):
        yield from _rarely_named(node)


def _rarely_named(node: Mapping) -> Iterator[tuple[str, str, Place, str]]:
    for link in texts(node, "links"):
        yield "links to", link.value.partition(":")[0], link.place, link.path
    for source in texts(node, "volumes_from"):
        if not source.value.startswith("container:"):
            yield "takes volumes from", source.value.partition(":")[0], source.place, source.path
    for key in ("network_mode", "pid", "ipc"):
        for mode in texts(node, key):
            if mode.value.startswith(_SERVICE):
                yield f"shares by its {key} with", mode.value.removeprefix(_SERVICE), mode.place, mode.path


def _service_exists(
    service: Service, verb: str, name: str, at: tuple[Place, str], file: ComposeFile, notes: Notes
) -> None:
    if name in file.services:
        return
    if name in file.asleep:
        message = f"{service.name} {verb} {name}, which is behind a profile that is not chosen."
        notes.add(message, "Choose the profile, or remove the line.", *at)
        return
    mend = notes.nearest(name, file.services) or _add(file, "Add the service, or remove the line.")
    notes.add(f"{service.name} {verb} {name}, which is not in this file.", mend, *at)


def _add(file: ComposeFile, mend: str) -> str:
    """The mend for something that is missing; it may be in a file that is included."""
    included = any(one.path.startswith("include") for one in file.not_supplied)
    return f"If it is in a file that is included, paste that here too. {mend}" if included else mend


def _networks(service: Service, file: ComposeFile, notes: Notes) -> None:
    for attachment in service.networks:
        name = attachment.network
        if name not in file.networks and name != "default":
            mend = notes.nearest(name, file.networks) or _add(file, "Add it below networks: at the end of the file.")
            message = f"{service.name} is on the network {name}, which is nowhere declared."
            notes.add(message, mend, attachment.place, attachment.path)


def _volumes(service: Service, file: ComposeFile, notes: Notes) -> None:
    for mount in service.mounts:
        name = mount.source
        if mount.kind == "volume" and name and name not in file.volumes:
            add = _add(file, "Add it below volumes: at the end of the file, or begin a path with ./")
            mend = notes.nearest(name, file.volumes) or add
            message = f"{service.name} mounts the volume {name}, which is nowhere declared."
            notes.add(message, mend, mount.place, mount.path)


def _grants(service: Service, file: ComposeFile, notes: Notes) -> None:
    for kind, grants, known in (("secret", service.secrets, file.secrets), ("config", service.configs, file.configs)):
        for grant in grants:
            if grant.source not in known:
                mend = notes.nearest(grant.source, known) or _add(
                    file, f"Add it below {kind}s: at the end of the file."
                )
                message = f"{service.name} uses the {kind} {grant.source}, which is nowhere declared."
                notes.add(message, mend, grant.place, grant.path)


def _circles(services: dict[str, Service], notes: Notes) -> None:
    """One note for each circle, on the line that closes it. A loop and no recursion, for chains may be long."""
    finished: set[str] = set()
    for start in services:
        trail: dict[str, Iterator[Dependency]] = {}
        name = start
        while name not in finished:
            if name not in trail:
                trail[name] = iter(services[name].depends_on)
            dependency = next(trail[name], None)
            if dependency is None:
                finished.add(name)
                del trail[name]
                name = next(reversed(trail), name)
            elif dependency.service in trail:
                _circle([*trail], dependency, notes)
            elif dependency.service in services and dependency.service not in finished:
                name = dependency.service


def _circle(trail: list[str], closing: Dependency, notes: Notes) -> None:
    names = [*trail[trail.index(closing.service) :], closing.service]
    if len(names) > _LONGEST_CIRCLE:
        names = [*names[:4], "…", *names[-3:]]
    message = f"Services wait for each other in a circle: {' → '.join(names)}."
    notes.add(
        message, "Remove one of these depends_on, so that one of them can start first.", closing.place, closing.path
    )
