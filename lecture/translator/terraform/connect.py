"""Names by which containers call each other: Service Connect for TCP, a private zone for UDP.

A task knows the names that there were when its service was deployed (ECS developer guide, Service Connect), so a
service is made after those that it calls.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lecture.translator.terraform.hcl import cut, implied, origin, quote
from lecture.translator.terraform.runner import Runner
from lecture.translator.terraform.site import Site

NAMESPACE = (
    implied("Compose let services call each other by name; here Service Connect does")
    + """resource "aws_service_discovery_http_namespace" "main" {
  name = "%s"
}
"""
)
PRIVATE_ZONE = (
    implied("Service Connect carries TCP alone, so what is called over UDP gets a name in a private zone")
    + """resource "aws_service_discovery_private_dns_namespace" "main" {
  name = "%s.internal"
  vpc  = aws_vpc.main.id
}
"""
)
PRIVATE_NAME = """%(remark)sresource "aws_service_discovery_service" "%(label)s" {
  name = "%(dashed)s"

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.main.id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }
}
"""
REGISTERED = """
  service_registries {
    registry_arn = aws_service_discovery_service.%s.arn
  }
"""
CONNECTED = """
  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.main.arn
%s  }
"""
CALLED = """
    service {
      port_name      = "tcp-%(port)d"
      discovery_name = "%(discovery)s"

      client_alias {
        dns_name = %(name)s
        port     = %(port)d
      }
    }
"""
JOB = (
    "Service Connect serves services alone, and %s is a job: it cannot call %s by this name. "
    "Give it another address, such as the load balancer’s."
)


ALIAS = re.compile(r"[a-z0-9_.][a-z0-9_.-]{0,126}")  # ECS API reference, ServiceConnectClientAlias


@dataclass(slots=True)
class Names:
    """Who is called, by whom, under which names."""

    called: set[str] = field(default_factory=set)  # services that others reach over TCP
    calls: dict[str, list[str]] = field(default_factory=dict)  # of each service, the called ones that it knows
    zone: set[str] = field(default_factory=set)  # services that others reach over UDP
    given: set[tuple[str, int]] = field(default_factory=set)  # each name and port once in a namespace


def names(site: Site) -> Names:
    """What the links ask for; the way from a service to those that it calls has no loop."""
    found = Names()
    for name, runner in site.runners.items():
        protocols = {port.protocol for port in runner.service.discoverable} if runner.service else set()
        found.called |= {name} if "tcp" in protocols else set()
        found.zone |= {name} if "udp" in protocols else set()
    edges: dict[str, dict[str, None]] = {}
    for link in site.blueprint.links:
        if link.target not in found.called or link.source not in site.runners or link.source == link.target:
            continue
        if site.runners[link.source].service is None:
            site.note(JOB % (link.source, link.target))
        else:
            edges.setdefault(link.source, {})[link.target] = None
    found.calls = {name: list(targets) for name, targets in edges.items()}
    for source, target in loops(found.calls):
        found.calls[source].remove(target)
        site.note(_again(site, source, target))
    return found


def _again(site: Site, source: str, target: str) -> str:
    label = site.runners[source].dashed
    command = f"aws ecs update-service --cluster {site.name} --service {label} --force-new-deployment"
    return f"{source} and {target} call each other. Once both stand, let {source} learn the name: `{command}`."


def loops(calls: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The calls that lead back to where one came from: without them there is an order in which to build."""
    back: list[tuple[str, str]] = []
    done: set[str] = set()
    for start in calls:
        path: dict[str, Iterator[str]] = {} if start in done else {start: iter(calls[start])}
        while path:
            here, ahead = next(reversed(path.items()))
            target = next(ahead, None)
            if target is None:
                done.add(here)
                del path[here]
            elif target in path:
                back.append((here, target))
            elif target not in done:
                path[target] = iter(calls.get(target, ()))
    return back


def write(site: Site, known: Names) -> None:
    """The namespaces, as far as anybody is called."""
    if known.called:
        site.put("services", "", NAMESPACE % site.name)
    if known.zone:
        site.put("services", "", PRIVATE_ZONE % site.name)
    for name in site.runners:
        if name in known.zone:
            runner = site.runners[name]
            short = cut(runner.dashed, 63)
            remark = origin(runner.resource.origins, f"called over UDP: {short}.{site.name}.internal")
            text = PRIVATE_NAME % {"remark": remark, "label": runner.label, "dashed": short}
            site.put("services", runner.resource.id, text, f"aws_service_discovery_service.{runner.label}")
            site.note(f"Over UDP, call {name} by its whole name: `{short}.{site.name}.internal`.")


def blocks(site: Site, runner: Runner, known: Names) -> Iterator[str]:
    """What a service says about names, its own and those that it calls."""
    if runner.name in known.called or runner.name in known.calls:
        yield CONNECTED % "".join(_called(site, runner, known))
    if runner.name in known.zone:
        yield REGISTERED % runner.label


def _called(site: Site, runner: Runner, known: Names) -> Iterator[str]:
    assert runner.service is not None
    number = 0
    for port in runner.service.discoverable:
        for name in _names(site, runner) if port.protocol == "tcp" else ():
            if (name, port.port) not in known.given:
                known.given.add((name, port.port))
                number += 1
                found = f"{runner.dashed}-{port.port}" + (f"-{number}" if number > 1 else "")
                yield CALLED % {"port": port.port, "discovery": cut(found, 64), "name": quote(name)}


def _names(site: Site, runner: Runner) -> Iterator[str]:
    """The names of a service as Service Connect takes them; a name in capitals finds them too."""
    assert runner.service is not None
    for name in runner.service.names or (runner.name,):
        if ALIAS.fullmatch(name.lower()):
            yield name.lower()
        else:
            site.note(
                f"The name {name!r} of {runner.name} is none that AWS can give: letters, digits, - _ and . alone."
            )
