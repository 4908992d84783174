"""Which services need to reach which, on which port, and why: what security groups will allow."""

from collections.abc import Iterator

from lecture.translator.blueprint import Link
from lecture.translator.compose import Service, Text
from lecture.translator.plan import managed
from lecture.translator.plan.doors import USUAL
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.plan.hosts import Mention, Names
from lecture.translator.plan.ports import row_port

STORES = {"database", "documents", "cache", "queue", "stream", "search"}
MOST_CURIOUS = 8  # of these in a file; more say nothing about each other, and each would call everybody
CURIOUS = {"proxy", "admin", "monitoring"}  # what calls services that it names in a file of its own
SHOWS = {  # what each tool can look into, by role or engine
    "adminer": {"database"}, "pgadmin": {"postgres"}, "phpmyadmin": {"mysql", "mariadb"}, "kafka-ui": {"stream"},
    "mongo-express": {"documents"}, "redis-commander": {"redis", "valkey"}, "flower": {"redis", "valkey", "queue"},
    "elastic-admin": {"search"}, "ldap-admin": set(),
}  # fmt: skip
FASTCGI = 9000


def links(draft: Draft, names: Names) -> tuple[Link, ...]:
    """Every conversation between services of the file, each once, with all that speaks for it."""
    found: dict[tuple[str, str, int], list[str]] = {}
    for subject in draft.subjects.values():
        ports: dict[str, set[int]] = {}  # of each target, those that a text names
        for target, port, because in _named(draft, subject, names):
            if number := _number(draft, subject, target, port):
                ports.setdefault(target, set()).add(number)
                _add(found, (subject.name, target, number), because)
        for target, port, because in _awaited(draft, subject):
            guess = _number(draft, subject, target, port)
            for number in ports.get(target) or ({guess} if guess else ()):
                _add(found, (subject.name, target, number), because)
    _guess(draft, found)
    return tuple(Link(source, target, port, "tcp", ", and ".join(why)) for (source, target, port), why in found.items())


def _number(draft: Draft, subject: Subject, target: str, port: int | None) -> int | None:
    """The port of a rule, None where there can be no rule."""
    other = draft.subjects[target]
    number = managed.port(other) if other.managed else port
    return number if number and _both(subject, other) and meet(subject.service, other.service) else None


def _add(found: dict[tuple[str, str, int], list[str]], link: tuple[str, str, int], because: str) -> None:
    reasons = found.setdefault(link, [])
    reasons += [because] if because not in reasons else []


def _both(subject: Subject, other: Subject) -> bool:
    """Whether a rule has two ends: a container that calls, and somebody else who is still there."""
    return subject is not other and subject.runs and (other.runs or other.managed) and other.becomes != "job"


def meet(one: Service, other: Service) -> bool:
    """Whether two services have a network in common; those without a network of their own share their host's."""
    if one.network_mode or other.network_mode:
        return "none" not in (one.network_mode, other.network_mode)
    theirs = [attached.network for attached in other.networks]
    return any(attached.network in theirs for attached in one.networks)


def texts(service: Service) -> Iterator[tuple[str, str, Text]]:
    """Each text in which a service may name another: what it is called, how a reason calls it, the text."""
    for setting in service.environment:
        if setting.value is not None:
            yield setting.name, setting.name, setting.value
    for kind, command in (("command", service.command), ("entrypoint", service.entrypoint)):
        for word in command.words if command else ():
            yield "", kind, word


def _named(draft: Draft, subject: Subject, names: Names) -> Iterator[tuple[str, int | None, str]]:
    for name, where, text in texts(subject.service):
        for mention in names.mentions(subject.service, text.value, name):
            target = draft.subjects[mention.service]
            yield mention.service, called(mention, target), f"{mention.service} in {where}"
    for grant in subject.service.secrets:
        for other in draft.sharing.get(grant.source, ()):
            yield other, None, f"they share the secret {grant.source}"


def called(mention: Mention, target: Subject) -> int | None:
    """The port of a mention: as written, unless only a URL’s scheme said it and the target has a door of its own."""
    door = target.port
    if mention.scheme in {"http", "https", "ws", "wss"} and mention.port in {80, 443} and door:
        own = {port.target for port in (*target.service.ports, *target.service.expose)}
        return mention.port if mention.port in own or not own else door
    return mention.port or door


def unheard(draft: Draft) -> Iterator[tuple[Subject, Subject]]:
    """Who waits for a container of which nothing says on which port it listens."""
    for subject in draft.subjects.values():
        for dependency in subject.service.depends_on:
            target = draft.subjects.get(dependency.service)
            ends = dependency.condition == "service_completed_successfully"
            if target and not ends and target.becomes == "container" and subject.runs and not target.port:
                yield subject, target


def _awaited(draft: Draft, subject: Subject) -> Iterator[tuple[str, int | None, str]]:
    """Who is waited for or linked: on the port that a text names, else on its usual one."""
    for linked, _ in subject.service.links:
        if linked in draft.subjects:
            yield linked, draft.subjects[linked].port, "links"
    for dependency in subject.service.depends_on:
        target = draft.subjects.get(dependency.service)
        if target and dependency.condition != "service_completed_successfully":
            yield target.name, target.port, "depends_on"


def _guess(draft: Draft, found: dict[tuple[str, str, int], list[str]]) -> None:
    """Where nothing names anybody: two alone on a network of their own, and tools that read names from a file."""
    callers, pairs = {source for source, _, _ in found}, {(source, target) for source, target, _ in found}
    asking = [
        s
        for s in draft.subjects.values()
        if s.runs and s.name not in callers and (s.role in CURIOUS or s.service.ports)
    ]
    curious = [s for s in asking if s.role in CURIOUS]
    for subject in asking:
        for target in _neighbours(draft, subject, len(curious) <= MOST_CURIOUS):
            port = managed.port(target) if target.managed else target.port
            because = _because(draft, subject, target)
            if port and because and _both(subject, target) and (target.name, subject.name) not in pairs:
                found[subject.name, target.name, port] = [because]


def _neighbours(draft: Draft, subject: Subject, few: bool) -> Iterator[Subject]:
    """Who is worth asking about: all for one of a few proxies and tools, who shares a network of two for the others."""
    if few and subject.role in CURIOUS:
        yield from (other for other in draft.subjects.values() if meet(subject.service, other.service))
        return
    pairs = [draft.members[a.network] for a in subject.service.networks if a.network != "default"]
    others = {name for pair in pairs if len(pair) == 2 for name in pair}
    yield from (draft.subjects[name] for name in sorted(others, key=draft.order.__getitem__))


def _because(draft: Draft, subject: Subject, target: Subject) -> str:
    network = _private(draft, subject.service, target.service)
    if network:
        return f"they share the network {network}, and nobody else does"
    if subject.role == "proxy" and target.runs and _proxied(target):
        return "a proxy, and its routes stand in a file of its own"
    if subject.role == "admin" and target.role in STORES and _shows(subject, target):
        return "a tool for data, and it asks for the address when you sign in"
    return ""


def _proxied(target: Subject) -> bool:
    """Whether a proxy may pass requests to it: over HTTP or FastCGI, or on a port that nobody else is given."""
    kind = row_port(target.row, target.port or 0)
    if kind or target.port in USUAL:
        return kind in {"", "http"} or target.port == FASTCGI
    return all(port.target != target.port for port in target.service.ports)


def _shows(tool: Subject, target: Subject) -> bool:
    shows = SHOWS.get(tool.row.id, STORES) if tool.row else STORES
    return target.role in shows or (target.row is not None and target.row.engine in shows)


def _private(draft: Draft, one: Service, other: Service) -> str:
    """A network that the file names and that these two have to themselves, "" where there is none."""
    shared = {a.network for a in one.networks} & {a.network for a in other.networks} - {"default"}
    for network in sorted(shared):
        members = draft.members[network]
        if len(members) == 2:
            return network
    return ""
