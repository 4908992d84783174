"""Published ports: what stands behind the load balancer, what behind the network balancer, what stays shut."""

import re
from dataclasses import dataclass, field

from lecture.translator.compose import Port
from lecture.translator.plan import routes
from lecture.translator.plan.draft import Draft, Subject, slug
from lecture.translator.plan.ports import row_port
from lecture.translator.quick import record
from lecture.translator.specs import Listener, Rule
from lecture.translator.values import Origin

SHUT = {"database", "documents", "cache", "queue", "stream", "search", "objects"}
USUAL = {
    80, 81, 443, 1337, 3000, 3001, 3100, 4000, 4173, 4200, 5000, 5001, 5173, 5601, 5678, 7474, 8000, 8001, 8008, 8025,
    8065, 8069, 8080, 8081, 8082, 8083, 8088, 8090, 8161, 8443, 8501, 8761, 8787, 8888, 8983, 9000, 9001, 9090, 9091,
    9093, 9411, 9443, 10000, 15672, 16686, 19999,
}  # fmt: skip
ASKED = re.compile(r"https?://[^/\s:]+:(\d+)\b")
ASKED_PLAINLY = re.compile(r"http://[^/\s:]+(/|\s|$|\")")
ASKED_PATH = re.compile(r"https?://[^/\s:]+(?::(\d+))?(?=(/[^\s\"'|;]*))")
TLS = {443, 8443, 9443}
MANY = 3  # published ports above which a word is due


@dataclass
class Doors:
    """What the balancers will listen to."""

    rules: list[Rule] = field(default_factory=list)
    listeners: list[Listener] = field(default_factory=list)
    taken: set[tuple[int, str]] = field(default_factory=set)  # what the network balancer listens to already


@record
class Door:
    """A published port and its service; `why` it is taken for HTTP, "" where the file or the image says so."""

    subject: Subject
    port: Port
    why: str = ""


def doors(draft: Draft) -> Doors:
    """What is published, sorted; ports that stay shut are accounted for here."""
    found, web = Doors(), []
    for subject in draft.subjects.values():
        for port in subject.service.ports:
            kind = _kind(draft, subject, port)
            if kind == "http":
                web.append(Door(subject, port, _inferred(subject, port)))
            elif kind == "raw":
                found.listeners.append(_listener(draft, subject, port, found.taken))
    found.rules = _rules(draft, _without_twins(draft, web))
    found.rules += routes.rules(draft, [rule.host for rule in found.rules])
    _advise(draft, found)
    found.listeners = [listener for listener in found.listeners if listener.port]
    return found


def _advise(draft: Draft, found: Doors) -> None:
    """What is worth a word about the doors."""
    origins = [rule.origin for rule in found.rules] + [one.origin for one in found.listeners if one.port]
    if len(origins) > MANY:
        draft.find("many-published-ports", min(origin.line for origin in origins), count=len(origins))
    for rule in found.rules:
        if rule.health_path == "/" and not rule.inferred.startswith("its health"):
            draft.find("unhealthy-http-default", rule.origin.line, rule.service)
        if rule.tls:
            draft.find("self-signed", rule.origin.line, rule.service)


# where databases, caches and queues listen: shut, whoever built the image
OF_STORES = {
    1433, 1521, 2181, 3306, 5432, 5672, 6379, 7687, 9042, 9092, 9200, 9300, 11211, 26257, 27017, 33060,
}  # fmt: skip
DEBUGGERS = {9229, 9230, 5858, 5005, 2345, 40000, 35729}


def _kind(draft: Draft, subject: Subject, port: Port) -> str:
    """http, raw, or "" for what stays shut; says why."""
    if port.target in DEBUGGERS and not row_port(subject.row, port.target):
        draft.say(port.path, "not_needed", "A debugger’s door stays at home: whoever gets through it owns the program.")
        return ""
    if subject.role in SHUT:
        _shut(draft, subject, port)
        return ""
    if not subject.runs:
        return ""
    if subject.becomes == "job":
        draft.say(port.path, "not_needed", "A job that runs to its end opens no door.")
        return ""
    if loopback(port):
        draft.say(port.path, "not_needed", "Bound to this computer alone, so nobody outside was meant to call it.")
        return ""
    if port.protocol == "tcp" and port.target in OF_STORES and not row_port(subject.row, port.target):
        _shut(draft, subject, port)
        return ""
    return "http" if port.protocol == "tcp" and is_http(subject, port) else "raw"


def loopback(port: Port) -> bool:
    """Whether a port is published for this computer alone."""
    return port.host_ip in {"::1", "localhost"} or port.host_ip.startswith("127.")


def _shut(draft: Draft, subject: Subject, port: Port) -> None:
    message = "Nobody outside the network reaches it. From your own machine: through a session that AWS lets you open."
    draft.say(port.path, "not_needed", message)
    if not loopback(port):
        draft.find("published-database-port", port.place.line, subject.name, port=port.target)


def is_http(subject: Subject, port: Port) -> bool:
    """Whether the port speaks HTTP: by the image, the file, the health check’s URL, or as such ports usually do."""
    known = row_port(subject.row, port.target)
    if known:
        return known == "http"
    if port.app_protocol:
        return port.app_protocol.lower() in {"http", "https", "http2", "grpc", "ws"}
    return checked(subject, port.target) or port.target in USUAL or (port.published or 0) in {80, 443, 8080}


def checked(subject: Subject, port: int) -> bool:
    """Whether the health check asks this port over HTTP."""
    text = subject.check
    return "://" in text and (
        any(found[1] == str(port) for found in ASKED.finditer(text))
        or (port == 80 and ASKED_PLAINLY.search(text) is not None)
    )


def health_path(subject: Subject, port: int) -> str:
    """The path that the file's own health check asks for, else /."""
    asked = (found[2] for found in ASKED_PATH.finditer(subject.check) if found[1] in (None, str(port)))
    path = next(asked, "/")
    return path if len(path) < 200 and "$" not in path else "/"


def _inferred(subject: Subject, port: Port) -> str:
    if row_port(subject.row, port.target) or port.app_protocol:
        return ""
    if checked(subject, port.target):
        return "its health check asks this port over HTTP"
    return f"port {port.target} usually speaks HTTP"


def _without_twins(draft: Draft, web: list[Door]) -> list[Door]:
    """Leave out a service's own HTTPS port where it has a plain one: TLS ends at the balancer."""
    plain = {door.subject.name for door in web if door.port.target not in TLS}
    kept = []
    for door in web:
        if door.port.target in TLS and door.subject.name in plain:
            draft.say(door.port.path, "translated", "TLS ends at the load balancer, which listens on 443 for you.")
            draft.find("local-https", door.port.place.line, door.subject.name)
        else:
            kept.append(door)
    return kept


def _rules(draft: Draft, web: list[Door]) -> list[Rule]:
    """One host name each, the lowest published port being the default; the same door twice is one."""
    ordered = sorted(web, key=_turn)
    rules: dict[tuple[str, int], Rule] = {}
    hosts: set[str] = set()
    for door in ordered:
        key = (door.subject.name, door.port.target)
        if key not in rules:
            rules[key] = _rule(door, hosts)
            hosts.add(rules[key].host)
        _say_door(draft, door, rules[key])
    return list(rules.values())


def _turn(door: Door) -> tuple[int, int]:
    """The lowest published port comes first."""
    return door.port.published or 65536, door.port.target


def _rule(door: Door, taken: set[str]) -> Rule:
    name = door.subject.name
    host = slug(name, 40) if taken else ""
    if host in taken:
        host = f"{host}-{door.port.target}"
    origin = Origin(door.port.path, door.port.place.line)
    path = health_path(door.subject, door.port.target)
    return Rule(name, door.port.target, host, path, origin, door.why, door.port.target in TLS)


def _say_door(draft: Draft, door: Door, rule: Rule) -> None:
    where = f"under the name {rule.host}.your-domain" if rule.host else "as the default"
    message = f"The load balancer takes requests on 443, {where}, and passes them on to port {rule.port}."
    if rule.inferred:
        message += f" Taken for HTTP because {rule.inferred}."
    draft.say(door.port.path, "inferred" if rule.inferred else "translated", message)


def _range(subject: Subject, port: Port) -> str:
    """What the entry of a port publishes: a number, or a range."""
    numbers = [one.published or one.target for one in subject.service.ports if one.path == port.path]
    return str(numbers[0]) if len(numbers) == 1 else f"{min(numbers)}-{max(numbers)}"


def _listener(draft: Draft, subject: Subject, port: Port, taken: set[tuple[int, str]]) -> Listener:
    origin, number = Origin(port.path, port.place.line), port.published or port.target
    protocol = port.protocol.upper()
    if (number, port.protocol) in taken:
        message = f"Port {number} is published twice; the network balancer gives it to the service that came first."
        draft.say(port.path, "needs_you", message)
        return Listener(0, port.protocol, subject.name, port.target, origin)
    taken.add((number, port.protocol))
    shown = _range(subject, port)
    if port.protocol == "udp":
        draft.find("udp-published", port.place.line, subject.name, port=shown)
    draft.say(port.path, "translated", f"A network balancer listens on {shown} ({protocol}) and passes connections on.")
    return Listener(number, port.protocol, subject.name, port.target, origin)
