"""`ports` and `expose`, short and long, ranges spread out."""

import re

from lecture.translator.compose import Place, Port
from lecture.translator.limits import LIMITS
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping, Node, Scalar
from lecture.translator.normal.values import items, string

_LAST = 65535
# [IP:][PUBLISHED:]TARGET[/PROTOCOL]; an IPv6 address stands in brackets, or bare before two more colons
_SHORT = re.compile(
    r"(?:(?:\[(?P<six>[0-9a-fA-F:.%\w]*)\]|(?P<ip>[^\[\]/]*?)):(?P<between>[^:/]*):|(?P<published>[^:/]*):)?"
    r"(?P<target>[^:/]+)(?:/(?P<protocol>\w+))?"
)
_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


class Budget:
    """How many ports may still be spread out in this file."""

    def __init__(self) -> None:
        self.left = LIMITS.ports
        self.told = False


def published(service: Mapping, budget: Budget, notes: Notes) -> tuple[Port, ...]:
    """The `ports` of a service."""
    found: list[Port] = []
    for item in items(service, "ports"):
        found += _entry(item, budget, notes)
    return tuple(found)


def exposed(service: Mapping, budget: Budget, notes: Notes) -> tuple[Port, ...]:
    """The `expose` of a service: ports that only the container has."""
    found: list[Port] = []
    for item in items(service, "expose"):
        if isinstance(item, Scalar):
            target, _, protocol = item.text.partition("/")
            found += _spread(_Entry(item, target, protocol=protocol), budget, notes)
    return tuple(found)


class _Entry:
    """One entry as it is written."""

    def __init__(
        self,
        node: Node,
        target: str,
        published: str = "",
        host_ip: str = "",
        protocol: str = "",
        app_protocol: str = "",
        name: str = "",
    ) -> None:
        self.path: str = node.path
        self.place: Place = node.place
        self.target = target
        self.published = published
        self.host_ip = host_ip
        self.protocol = protocol.lower() or "tcp"
        self.app_protocol = app_protocol
        self.name = name


def _entry(node: Node, budget: Budget, notes: Notes) -> list[Port]:
    if isinstance(node, Mapping):
        if not string(node, "target"):
            _tell(f"{node.path} lacks target.", "Add target: and the port inside the container.", node, notes)
            return []
        names = ("target", "published", "host_ip", "protocol", "app_protocol", "name")
        return _spread(_Entry(node, *(string(node, name) for name in names)), budget, notes)
    if not isinstance(node, Scalar):
        return []
    match = _SHORT.fullmatch(_shielded(node.text))
    if match is None:
        mend = 'Write "8000" or "80:8000", host first, container second, in quotes.'
        _tell(f"{node.path} is not a port.", mend, node, notes)
        return []
    between = match["between"]
    host = match["published"] if between is None else between
    return _spread(
        _Entry(node, match["target"], host or "", _address(match["six"] or match["ip"]), match["protocol"] or ""),
        budget,
        notes,
    )


def _address(written: str | None) -> str:
    """The host's address; a variable without a value leaves it open, as docker does."""
    return "" if written is None or "?" in written else written


def _shielded(text: str) -> str:
    """Unset variables as a question mark, so that no colon in them parts anything."""
    return re.sub(r"\$\{\w+\}", "?", text)


def _spread(entry: _Entry, budget: Budget, notes: Notes) -> list[Port]:
    """The ports of one entry, one for each number of its range."""
    targets = _range(entry.target)
    if targets is None:
        unset = "?" in entry.target or "$" in entry.target
        message = "comes from a variable that has no value" if unset else "is not a port, 1 to 65535"
        mend = "Give the variable a value in the .env box." if unset else 'Write "8000" or "80:8000", in quotes.'
        _tell(f"{entry.path} {message}.", mend, entry, notes)
        return []
    if entry.protocol not in ("tcp", "udp"):
        _tell(f"{entry.path} speaks neither TCP nor UDP, and is left out.", "Write /tcp or /udp.", entry, notes)
        return []
    hosts = _hosts(entry, targets, notes)
    most = _most(entry, targets, budget, notes)
    return [_port(entry, target, host) for target, host in zip(targets[:most], hosts, strict=False)]


def _most(entry: _Entry, targets: range, budget: Budget, notes: Notes) -> int:
    """How many ports of a range are looked at."""
    wanted = min(len(targets), LIMITS.port_range)
    mend = "Publish fewer ports: most programs need one for each protocol."
    if wanted < len(targets):
        message = f"{entry.path} is a range of {len(targets):,} ports; only the first {wanted} are looked at."
        _tell(message, mend, entry, notes)
    if wanted > budget.left and not budget.told:
        budget.told = True
        _tell(f"The file has more than {LIMITS.ports:,} ports; from here on they are left out.", mend, entry, notes)
    wanted = min(wanted, budget.left)
    budget.left -= wanted
    return wanted


def _port(entry: _Entry, target: int, host: int | None) -> Port:
    return Port(
        target,
        host,
        "udp" if entry.protocol == "udp" else "tcp",
        entry.host_ip,
        entry.path,
        entry.place,
        entry.app_protocol,
        entry.name,
    )


def _hosts(entry: _Entry, targets: range, notes: Notes) -> list[int | None] | range:
    """The host's port for each container port; one target may have any of a range, and gets the first."""
    if not entry.published:
        return [None] * min(len(targets), LIMITS.port_range)
    if "?" in entry.published or "$" in entry.published:
        return targets  # the variable has no value: most likely the same number
    hosts = _range(entry.published)
    if hosts is None or (len(targets) > 1 and len(hosts) != len(targets)):
        mend = "Give both sides of the colon the same number of ports, 1 to 65535."
        _tell(f"{entry.path} has a host port that is no port.", mend, entry, notes)
        return targets
    return hosts


def _range(text: str) -> range | None:
    """8000 or 8000-8010 as a range; None where it is no port."""
    match = _RANGE.fullmatch(text.removesuffix(".0").strip())
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return range(first, last + 1) if 0 < first <= last <= _LAST else None


def _tell(message: str, mend: str, at: "_Entry | Node", notes: Notes) -> None:
    notes.add(message, mend, at.place, at.path)
