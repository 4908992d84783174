"""Who speaks to whom: the names of services in URLs, host variables and command lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.translator.compose import Service
from lecture.translator.images import ImageRow
from lecture.translator.plan.draft import Draft, Subject

SCHEMES = {
    "postgres": 5432, "postgresql": 5432, "mysql": 3306, "mariadb": 3306, "sqlserver": 1433, "mssql": 1433,
    "oracle": 1521, "redis": 6379, "rediss": 6379, "valkey": 6379, "memcached": 11211, "mongodb": 27017,
    "amqp": 5672, "amqps": 5671, "nats": 4222, "kafka": 9092, "http": 80, "https": 443, "ws": 80, "wss": 443,
    "smtp": 25, "mqtt": 1883, "ldap": 389, "bolt": 7687, "neo4j": 7687, "influxdb": 8086, "clickhouse": 9000,
}  # fmt: skip
HOSTLIKE = re.compile(
    r"(?i)(host|hostname|server|servers|addr|address|url|uri|endpoint|broker|brokers|node|nodes|peer|upstream|backend|"
    r"hosts|bootstrap|dsn|connect|origin|target|link|proxy|datasource|connection|ip)s?$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A service named in a text: where its name stands, and on which port it is called (None: nobody says)."""

    service: str
    start: int
    end: int
    port: int | None
    scheme: str


@dataclass(frozen=True, slots=True)
class Names:
    """Each name by which a service of the file can be called, from where."""

    of: dict[str, str]

    @classmethod
    def read(cls, draft: Draft) -> "Names":
        """Names, container names, hostnames and aliases of all services; a service's own name always wins."""
        found: dict[str, str] = {}
        for subject in draft.subjects.values():
            service = subject.service
            aliases = [alias for attached in service.networks for alias in attached.aliases]
            for name in (*aliases, service.container_name, service.hostname):
                if name:
                    found.setdefault(name, service.name)
        return cls(found | {name: name for name in draft.subjects})

    def seen_from(self, service: Service) -> dict[str, str]:
        """These names with the ones that `links` gives this service."""
        return self.of | {alias: target for target, alias in service.links if target in self.of.values()}


def mentions(text: str, names: dict[str, str], name: str = "") -> Iterator[Mention]:
    """Each service that `text` calls by name: in a URL, before a port, or as the whole of a host variable."""
    for found in re.finditer(r"(?<![\w.-])[A-Za-z0-9_](?:[\w.-]*[A-Za-z0-9_])?(?![\w-])", text):
        target = names.get(found[0])
        if target is None or not (call := _call(text, found, name)):
            continue
        yield Mention(target, found.start(), found.end(), *call)


def _call(text: str, found: re.Match[str], name: str) -> tuple[int | None, str] | None:
    """Port and scheme where the word is a host; None where it is only a word."""
    before, after = text[: found.start()], text[found.end() :]
    scheme = re.search(r"([a-zA-Z][\w+.]*)://(?:[^\s/?#,]*[@,])?$", before)
    port = re.match(r":(\d{1,5})(?!\d)", after)
    if scheme:
        kind = re.split(r"[+.]", scheme[1].lower())[0]
        return (int(port[1]) if port else SCHEMES.get(kind)), kind
    if port and not re.search(r"[\w/]:?$", before.rstrip("\"'")[-1:] or " "):
        return int(port[1]), ""
    if re.search(r"(?i)@(?:tcp\()?$|\b(?:server|host|data source|addr|hostname)\s*[=:]\s*[\"']?$", before):
        return None, ""
    flag = re.search(r"(?:^|\s)(?:-h|--?[\w-]*(?:host|server|addr|address|url))[= ]$", before)
    whole = not before.strip() and not after.strip()
    listed = re.fullmatch(r"[\w.,:\s-]+", text) and HOSTLIKE.search(name)
    return (None, "") if flag or ((whole or listed) and HOSTLIKE.search(name)) else None


def main_port(subject: Subject) -> int | None:
    """The port on which a service is called where nobody says which."""
    service, row = subject.service, subject.row
    if row and row.ports and subject.role not in {"container", "web"}:
        return row.ports[0].port
    own = [port.target for port in (*service.ports, *service.expose) if port.protocol == "tcp"]
    if own:
        return min(own)
    said = _said_port(service)
    if said:
        return said
    return _health_port(service) or (row.ports[0].port if row and row.ports else None)


def _said_port(service: Service) -> int | None:
    """The port that a PORT variable or a proxy’s label names."""
    said = [s.value.value for s in service.environment if s.value and s.name in {"PORT", "VIRTUAL_PORT", "HTTP_PORT"}]
    said += [label.value for name, label in service.labels.items() if name.endswith("loadbalancer.server.port")]
    return next((int(text) for text in said if text.isdecimal() and 0 < int(text) < 65536), None)


def _health_port(service: Service) -> int | None:
    """The port that a health check asks on this very container."""
    text = " ".join(word.value for word in service.health.test.words) if service.health and service.health.test else ""
    found = re.search(r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})", text)
    return int(found[1]) if found else None


def row_port(row: ImageRow | None, port: int) -> str:
    """What an image's row says about one of its ports: http, tcp, udp, or "" where it says nothing."""
    return next((known.kind for known in row.ports if known.port == port), "") if row else ""
