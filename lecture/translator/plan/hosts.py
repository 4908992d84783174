"""Who speaks to whom: the names of services in URLs, host variables and command lines."""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lecture.translator.compose import Service
from lecture.translator.plan.draft import Draft
from lecture.translator.quick import record

SCHEMES = {
    "postgres": 5432, "postgresql": 5432, "mysql": 3306, "mariadb": 3306, "sqlserver": 1433, "mssql": 1433,
    "oracle": 1521, "redis": 6379, "rediss": 6379, "valkey": 6379, "memcached": 11211, "mongodb": 27017,
    "amqp": 5672, "amqps": 5671, "nats": 4222, "kafka": 9092, "http": 80, "https": 443, "ws": 80, "wss": 443,
    "smtp": 25, "mqtt": 1883, "ldap": 389, "bolt": 7687, "neo4j": 7687, "influxdb": 8086, "clickhouse": 9000,
}  # fmt: skip
HOSTLIKE = re.compile(
    r"(?i)(host|hostname|server|servers|addr|address|url|uri|endpoint|broker|brokers|node|nodes|peer|upstream|backend|"
    r"hosts|bootstrap|dsn|connect|origin|target|link|proxy|datasource|connection|seed|ip)s?$"
)


@record
class Mention:
    """A service named in a text: where its name stands, and on which port it is called (None: nobody says)."""

    service: str
    start: int
    end: int
    port: int | None
    scheme: str


WORD = re.compile(r"(?<![\w.-])[A-Za-z0-9_](?:[\w.-]*[A-Za-z0-9_])?(?![\w-])")
SCHEME = re.compile(r"([a-zA-Z][\w+.]*)://(?:[^\s/?#,]*[@,])?$")
PORT = re.compile(r":(\d{1,5})(?!\d)")
GLUED = re.compile(r"[\w/]:?$")
NAMED = re.compile(r"(?i)@(?:tcp\(|//)?$|\b(?:server|host|data source|addr|hostname)\s*[=:]\s*[\"']?$")
FLAG = re.compile(r"(?:^|\s)(?:-h|--?[\w-]*(?:host|server|addr|address|url))[= ]$")
LISTED = re.compile(r"[\w.,:\s-]+")


@dataclass(slots=True)
class Names:
    """Each name by which a service of the file can be called, from where."""

    of: dict[str, str]
    heard: dict[tuple[str, str, str], tuple[Mention, ...]] = field(default_factory=dict)  # each text is read once

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

    def seen_from(self, service: Service) -> Mapping[str, str]:
        """These names with the ones that `links` gives this service."""
        if not service.links:
            return self.of
        return ChainMap({alias: target for target, alias in service.links if self.of.get(target) == target}, self.of)

    def mentions(self, service: Service, text: str, name: str) -> tuple[Mention, ...]:
        """Each service that a text of `service` calls by name."""
        key = (service.name if service.links else "", name, text)
        found = self.heard.get(key)
        if found is None:
            found = self.heard[key] = tuple(mentions(text, self.seen_from(service), name))
        return found


def mentions(text: str, names: Mapping[str, str], name: str = "") -> Iterator[Mention]:
    """Each service that `text` calls by name: in a URL, before a port, or as the whole of a host variable."""
    for found in WORD.finditer(text):
        target = names.get(found[0])
        if target is None or not (call := _call(text, found, name)):
            continue
        yield Mention(target, found.start(), found.end(), *call)


def _call(text: str, found: re.Match[str], name: str) -> tuple[int | None, str] | None:
    """Port and scheme where the word is a host; None where it is only a word."""
    before = text[: found.start()]
    scheme = SCHEME.search(before) if "://" in before else None
    port = PORT.match(text, found.end())
    if scheme:
        kind = scheme[1].lower().replace("+", ".").partition(".")[0]
        return (int(port[1]) if port else SCHEMES.get(kind)), kind
    if port and (before.endswith("@//") or not GLUED.search(before.rstrip("\"'")[-1:] or " ")):
        return int(port[1]), ""
    if before and (NAMED.search(before) or FLAG.search(before)):
        return None, ""
    return (None, "") if HOSTLIKE.search(name) and _alone(text, found) else None


def _alone(text: str, found: re.Match[str]) -> bool:
    """Whether the word is the whole of a text, or stands in a list of such words."""
    return LISTED.fullmatch(text) is not None or not (text[: found.start()].strip() or text[found.end() :].strip())
