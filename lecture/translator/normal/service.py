"""One service, all its keys in one form."""

from collections.abc import Callable
from typing import Any, Literal, cast

from lecture.translator.compose import Attachment, Build, Dependency, Grant, Service, Sizes, Text
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping, Node, Scalar, Sequence
from lecture.translator.normal import mounts, ports
from lecture.translator.normal.health import health
from lecture.translator.normal.values import (
    command,
    entries_of,
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
    """The service of that name; what cannot be read is noted and left out.

    Only the keys that the file has cost anything: each is read by its row of `_READ`.
    """
    found: dict[str, Any] = {}
    entries = node.entries
    for key, value in entries.items():
        if key in _WORDS:
            found[key] = string(value)
        elif (reader := _READ.get(key)) is not None:
            found[reader[0]] = reader[1](value, notes)
    if "ports" in entries or "expose" in entries:
        found.update(ports=ports.published(node, budget, notes), expose=ports.exposed(node, budget, notes))
    if "volumes" in entries or "tmpfs" in entries:
        found.update(mounts=mounts.mounts(node, notes), tmpfs_mib=mounts.tmpfs_mib(node, notes))
    if not _SIZED.isdisjoint(entries):
        found.update(_sized(node, notes))
    if not found.get("networks") and "network_mode" not in entries:
        found["networks"] = (Attachment("default", (), node.path, node.place),)
    return Service(name, node.place, node.last_line, **found)


_SIZED = frozenset({"deploy", "cpus", "mem_limit", "mem_reservation", "scale"})  # keys of which several say the same


def _sized(node: Mapping, notes: Notes) -> dict[str, Any]:
    """What `deploy` says, or the older keys beside it."""
    return {
        "limits": _limits(node, notes),
        "reservations": _reservations(node, notes),
        "replicas": _replicas(node),
        "mode": string(node, "deploy", "mode"),
        "restart": string(node, "restart") or string(node, "deploy", "restart_policy", "condition"),
    }


def _env_files(node: Node) -> tuple[Text, ...]:
    """The files of `env_file`, in either form."""
    entries = node.items if isinstance(node, Sequence) else [node]
    paths = (text(entry, "path") if isinstance(entry, Mapping) else text(entry) for entry in entries)
    return tuple(path for path in paths if path)


def _build(node: Node, notes: Notes) -> Build | None:
    if not isinstance(node, Mapping):
        return None
    return Build(
        string(node, "context") or ".",
        string(node, "dockerfile"),
        string(node, "target"),
        settings(get(node, "args"), notes),
        scalar(node, "dockerfile_inline") is not None,
        node.path,
        node.place,
    )


def _dependencies(node: Node) -> tuple[Dependency, ...]:
    return tuple([_dependency(name, entry) for name, entry in entries_of(node)])


def _dependency(name: str, entry: Node) -> Dependency:
    if not isinstance(entry, Mapping):
        return Dependency(name, "service_started", entry.path, entry.place)
    condition = cast(Condition, string(entry, "condition") or "service_started")
    return Dependency(name, condition, entry.path, entry.place, flag(entry, "required") is not False)


def _networks(node: Node) -> tuple[Attachment, ...]:
    return tuple(
        [
            Attachment(name, tuple([alias.value for alias in texts(entry, "aliases")]), entry.path, entry.place)
            for name, entry in entries_of(node)
        ]
    )


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


def _grants(node: Node, folder: str) -> tuple[Grant, ...]:
    """Secrets or configs given to a service; a target that is no whole path lies in `folder`."""
    found = []
    for item in items(node):
        source = string(item, "source") if isinstance(item, Mapping) else string(item)
        if source:
            target = string(item, "target") or source
            found.append(Grant(source, target if target.startswith("/") else folder + target, item.path, item.place))
    return tuple(found)


def _devices(node: Node) -> tuple[Text, ...]:
    entries = (text(item, "source") if isinstance(item, Mapping) else text(item) for item in items(node))
    return tuple(entry for entry in entries if entry)


def _gpus(node: Node) -> tuple[Text, ...]:
    """`gpus`: the word all, or the number in each entry of the list."""
    if isinstance(node, Scalar):
        return texts(node)
    return tuple(
        Text(
            value := string(item, "count") or str(len(texts(item, "device_ids")) or 1), item.path, item.place, (value,)
        )
        for item in items(node)
    )


def _sysctls(node: Node, notes: Notes) -> tuple[Text, ...]:
    """Each as name=value."""
    found = []
    for setting in settings(node, notes):
        parts = setting.value.parts if setting.value else ()
        value = setting.value.value if setting.value else ""
        found.append(Text(f"{setting.name}={value}", setting.path, setting.place, (f"{setting.name}=", *parts)))
    return tuple(found)


def _ulimits(node: Node) -> dict[str, tuple[int, int]]:
    limits = {}
    for name, entry in entries_of(node):
        both = [
            _limit(scalar(entry, side) if isinstance(entry, Mapping) else scalar(entry)) for side in ("soft", "hard")
        ]
        if both[0] is not None and both[1] is not None:
            limits[name] = (both[0], both[1])
    return limits


def _limit(found: Scalar | None) -> int | None:
    """A limit: a whole number, -1 for none."""
    return -1 if found is not None and found.text == "-1" else whole(found)


def _labels(node: Node, notes: Notes) -> dict[str, Text]:
    return {setting.name: setting.value for setting in settings(node, notes) if setting.value}


_Reader = Callable[[Node, Notes], object]
# keys whose value goes over as it is; `restart` too, unless `deploy` stands beside it
_WORDS = frozenset(
    (
        "platform", "user", "working_dir", "hostname", "container_name", "stop_signal", "network_mode", "pid", "ipc",
        "restart",
    )
)  # fmt: skip
# for each other key: its field of Service, and what reads it
_READ: dict[str, tuple[str, _Reader]] = {
    "image": ("image", lambda node, notes: text(node)),
    "build": ("build", _build),
    "command": ("command", command),
    "entrypoint": ("entrypoint", command),
    "environment": ("environment", settings),
    "env_file": ("env_files", lambda node, notes: _env_files(node)),
    "depends_on": ("depends_on", lambda node, notes: _dependencies(node)),
    "networks": ("networks", lambda node, notes: _networks(node)),
    "links": ("links", lambda node, notes: tuple(_link(item.value) for item in texts(node))),
    "healthcheck": ("health", health),
    "secrets": ("secrets", lambda node, notes: _grants(node, "/run/secrets/")),
    "configs": ("configs", lambda node, notes: _grants(node, "/")),
    "labels": ("labels", _labels),
    "stop_grace_period": ("stop_grace_period", lambda node, notes: seconds(scalar(node), notes)),
    "init": ("init", lambda node, notes: flag(node)),
    "read_only": ("read_only", lambda node, notes: bool(flag(node))),
    "privileged": ("privileged", lambda node, notes: bool(flag(node))),
    "cap_add": ("cap_add", lambda node, notes: texts(node)),
    "devices": ("devices", lambda node, notes: _devices(node)),
    "gpus": ("gpus", lambda node, notes: _gpus(node)),
    "sysctls": ("sysctls", _sysctls),
    "ulimits": ("ulimits", lambda node, notes: _ulimits(node)),
    "profiles": ("profiles", lambda node, notes: tuple(item.value for item in texts(node))),
}
