"""One service, all its keys in one form."""

from typing import Literal, cast

from lecture.translator.compose import Attachment, Build, Dependency, Grant, Service, Sizes, Text
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping, Node, Scalar, Sequence
from lecture.translator.normal import mounts, ports
from lecture.translator.normal.health import health
from lecture.translator.normal.values import (
    command,
    flag,
    get,
    items,
    mebibytes,
    number,
    scalar,
    seconds,
    settings,
    string,
    text,
    texts,
    whole,
)

Condition = Literal["service_started", "service_healthy", "service_completed_successfully"]


def service(name: str, node: Mapping, budget: ports.Budget, notes: Notes) -> Service:
    """The service of that name; what cannot be read is noted and left out."""
    return Service(
        name,
        node.place,
        node.last_line,
        image=text(node, "image"),
        build=_build(get(node, "build")),
        command=command(get(node, "command"), notes),
        entrypoint=command(get(node, "entrypoint"), notes),
        environment=settings(node, "environment"),
        env_files=env_files(node),
        ports=ports.published(node, budget, notes),
        expose=ports.exposed(node, budget, notes),
        mounts=mounts.mounts(node, notes),
        depends_on=tuple(_dependencies(node)),
        networks=tuple(_networks(node)),
        links=tuple(_link(item.value) for item in texts(node, "links")),
        health=health(get(node, "healthcheck"), notes),
        limits=_limits(node, notes),
        reservations=_reservations(node, notes),
        replicas=_replicas(node),
        mode=string(node, "deploy", "mode"),
        secrets=_grants(node, "secrets"),
        configs=_grants(node, "configs"),
        restart=string(node, "restart") or string(node, "deploy", "restart_policy", "condition"),
        labels={setting.name: setting.value for setting in settings(node, "labels") if setting.value},
        platform=string(node, "platform"),
        user=string(node, "user"),
        working_dir=string(node, "working_dir"),
        hostname=string(node, "hostname"),
        container_name=string(node, "container_name"),
        stop_grace_period=seconds(scalar(node, "stop_grace_period"), notes),
        stop_signal=string(node, "stop_signal"),
        init=flag(node, "init"),
        read_only=bool(flag(node, "read_only")),
        privileged=bool(flag(node, "privileged")),
        network_mode=string(node, "network_mode"),
        pid=string(node, "pid"),
        ipc=string(node, "ipc"),
        cap_add=texts(node, "cap_add"),
        devices=_devices(node),
        gpus=_gpus(node),
        sysctls=_sysctls(node),
        ulimits=_ulimits(node),
        tmpfs_mib=mounts.tmpfs_mib(node, notes),
        profiles=profiles(node),
    )


def profiles(node: Mapping) -> tuple[str, ...]:
    """The profiles of a service."""
    return tuple(item.value for item in texts(node, "profiles"))


def env_files(node: Mapping) -> tuple[Text, ...]:
    """The files of `env_file`, in either form."""
    found = get(node, "env_file")
    entries = found.items if isinstance(found, Sequence) else [found]
    paths = (text(entry, "path") if isinstance(entry, Mapping) else text(entry) for entry in entries)
    return tuple(path for path in paths if path)


def _build(node: Node | None) -> Build | None:
    if not isinstance(node, Mapping):
        return None
    return Build(
        string(node, "context") or ".",
        string(node, "dockerfile"),
        string(node, "target"),
        settings(node, "args"),
        scalar(node, "dockerfile_inline") is not None,
        node.path,
        node.place,
    )


def _dependencies(node: Mapping) -> list[Dependency]:
    found = get(node, "depends_on")
    entries = found.entries.items() if isinstance(found, Mapping) else ()
    return [
        Dependency(
            name,
            cast(Condition, string(entry, "condition") or "service_started"),
            entry.path,
            entry.place,
            flag(entry, "required") is not False,
        )
        for name, entry in entries
    ]


def _networks(node: Mapping) -> list[Attachment]:
    found = get(node, "networks")
    if isinstance(found, Mapping):
        return [
            Attachment(name, tuple(alias.value for alias in texts(entry, "aliases")), entry.path, entry.place)
            for name, entry in found.entries.items()
        ]
    return [] if string(node, "network_mode") else [Attachment("default", (), node.path, node.place)]


def _link(value: str) -> tuple[str, str]:
    name, _, alias = value.partition(":")
    return name, alias or name


def _limits(node: Mapping, notes: Notes) -> Sizes:
    found = get(node, "deploy", "resources", "limits")
    cpus = number(scalar(found, "cpus") or scalar(node, "cpus"))
    memory = mebibytes(scalar(found, "memory") or scalar(node, "mem_limit"), notes)
    path = found.path if found else next((f.path for key in ("cpus", "mem_limit") if (f := get(node, key))), "")
    return Sizes(cpus or None, memory or None, 0, path)


def _reservations(node: Mapping, notes: Notes) -> Sizes:
    found = get(node, "deploy", "resources", "reservations")
    memory = mebibytes(scalar(found, "memory") or scalar(node, "mem_reservation"), notes)
    older = get(node, "mem_reservation")
    path = found.path if found else older.path if older else ""
    return Sizes(
        number(scalar(found, "cpus")) or None, memory or None, sum(map(_gpu_count, items(found, "devices"))), path
    )


def _gpu_count(device: Node) -> int:
    """How many GPUs a reserved device is: `count`, the ids that it names, or one."""
    if not any("gpu" in capability.value for capability in texts(device, "capabilities")):
        return 0
    return whole(scalar(device, "count")) or len(texts(device, "device_ids")) or 1


def _replicas(node: Mapping) -> int | None:
    deployed = whole(scalar(node, "deploy", "replicas"))
    return whole(scalar(node, "scale")) if deployed is None else deployed


def _grants(node: Mapping, key: str) -> tuple[Grant, ...]:
    """Secrets or configs given to a service; without a target a secret lies in /run/secrets, a config at the top."""
    folder = "/run/secrets/" if key == "secrets" else "/"
    found = []
    for item in items(node, key):
        source = string(item, "source") if isinstance(item, Mapping) else string(item)
        if source:
            target = string(item, "target") or source
            found.append(Grant(source, target if target.startswith("/") else folder + target, item.path, item.place))
    return tuple(found)


def _devices(node: Mapping) -> tuple[Text, ...]:
    entries = (text(item, "source") if isinstance(item, Mapping) else text(item) for item in items(node, "devices"))
    return tuple(entry for entry in entries if entry)


def _gpus(node: Mapping) -> tuple[Text, ...]:
    """`gpus`: the word all, or the number in each entry of the list."""
    found = get(node, "gpus")
    if isinstance(found, Scalar):
        return texts(found)
    return tuple(
        Text(
            value := string(item, "count") or str(len(texts(item, "device_ids")) or 1), item.path, item.place, (value,)
        )
        for item in items(node, "gpus")
    )


def _sysctls(node: Mapping) -> tuple[Text, ...]:
    """Each as name=value."""
    found = []
    for setting in settings(node, "sysctls"):
        parts = setting.value.parts if setting.value else ()
        value = setting.value.value if setting.value else ""
        found.append(Text(f"{setting.name}={value}", setting.path, setting.place, (f"{setting.name}=", *parts)))
    return tuple(found)


def _ulimits(node: Mapping) -> dict[str, tuple[int, int]]:
    found = get(node, "ulimits")
    limits = {}
    for name, entry in found.entries.items() if isinstance(found, Mapping) else ():
        both = [
            _limit(scalar(entry, side) if isinstance(entry, Mapping) else scalar(entry)) for side in ("soft", "hard")
        ]
        if both[0] is not None and both[1] is not None:
            limits[name] = (both[0], both[1])
    return limits


def _limit(found: Scalar | None) -> int | None:
    """A limit: a whole number, -1 for none."""
    return -1 if found is not None and found.text == "-1" else whole(found)
