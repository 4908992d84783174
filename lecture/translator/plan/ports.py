"""On which port a service is called."""

import re

from lecture.translator.compose import Service
from lecture.translator.images import ImageRow

OWN = re.compile(r"(?:(?:localhost|127\.0\.0\.1|0\.0\.0\.0):|/dev/tcp/[\w.]+/)(\d{2,5})")
SAID = frozenset({"PORT", "VIRTUAL_PORT", "HTTP_PORT"})


def main_port(service: Service, row: ImageRow | None) -> int | None:
    """The port on which a service is called where nobody says which."""
    if row and row.ports and row.role not in {"container", "web"}:
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
    said = [s.value.value for s in service.environment if s.value and s.name in SAID]
    said += [label.value for name, label in service.labels.items() if name.endswith("loadbalancer.server.port")]
    return next((int(text) for text in said if text.isdecimal() and 0 < int(text) < 65536), None)


def _health_port(service: Service) -> int | None:
    """The port that a health check asks on this very container."""
    text = " ".join(word.value for word in service.health.test.words) if service.health and service.health.test else ""
    found = OWN.search(text)
    return int(found[1]) if found else None


def row_port(row: ImageRow | None, port: int) -> str:
    """What an image's row says about one of its ports: http, tcp, udp, or "" where it says nothing."""
    return next((known.kind for known in row.ports if known.port == port), "") if row else ""
