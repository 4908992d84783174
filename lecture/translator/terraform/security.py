"""security.tf, who may call whom: a group for each service, and a rule for each link of the blueprint."""

from collections.abc import Iterator

from lecture.translator.blueprint import INTERNET, Link, Resource
from lecture.translator.specs import Broker, Cache, Database, Documents, FileSystem, Kafka, Machines, Search, Spec
from lecture.translator.terraform import gate
from lecture.translator.terraform.hcl import free, implied, origin
from lecture.translator.terraform.runner import Runner
from lecture.translator.terraform.site import Site
from lecture.translator.terraform.values import port

MANAGED: tuple[type[Spec], ...] = (Database, Documents, Cache, Broker, Kafka, Search, FileSystem)
NFS = 2049
RULE = """resource "aws_vpc_security_group_%s_rule" "%s" {
  security_group_id            = aws_security_group.%s.id
  referenced_security_group_id = aws_security_group.%s.id
  ip_protocol                  = "%s"
  from_port                    = %d
  to_port                      = %d
}
"""
OPEN = """%(remark)sresource "aws_vpc_security_group_ingress_rule" "%(label)s" {
  security_group_id = aws_security_group.%(group)s.id
  ip_protocol       = "%(protocol)s"
  from_port         = %(port)d
  to_port           = %(port)d
  cidr_ipv4         = "0.0.0.0/0"
}
"""
OWN_GROUP = implied("a group of its own, so that rules can name it")
CALLS_OUT = implied("it may call out, for images, logs, secrets and what your code needs; into it, only by the rules")
JOINS = implied("they may call out, to join the cluster and to fetch images")


class Rules:
    """The rules so far, each once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.labels: set[str] = set()
        self.known: set[tuple[str, str, str, int, str]] = set()

    def between(self, owner: str, remark: str, way: str, group: str, other: str, port: int, protocol: str) -> None:
        """Let one group call another; `way` is ingress for the callee, egress for the caller."""
        key = (way, group, other, port, protocol)
        if key in self.known:
            return
        self.known.add(key)
        wanted = f"{group}_{'from' if way == 'ingress' else 'to'}_{other}_{port}"
        label = self.label(wanted if protocol == "tcp" else f"{wanted}_{protocol}")
        text = remark + RULE % (way, label, group, other, protocol, port, port)
        self.site.put("security", owner, text, f"aws_vpc_security_group_{way}_rule.{label}")

    def label(self, wanted: str) -> str:
        """A label that no rule has yet."""
        found = free(wanted, self.labels)
        self.labels.add(found)
        return found


def write(site: Site) -> None:
    """Groups and rules. Groups of data have no way out: answers need none, and they call nobody."""
    for resource, what, out in _members(site):
        _group(site, resource, what, out)
    rules = Rules(site)
    _listeners(site, rules)
    for runner in site.runners.values():
        _from_balancers(site, rules, runner)
    for link in site.blueprint.links:
        _link(site, rules, link)
    for id, mounts in site.mounts.items():
        for runner, share in mounts:
            remark = origin((share.origin,), f"{runner.name} mounts the volume")
            rules.between(id, remark, "ingress", site.labels[id], runner.label, NFS, "tcp")


def _members(site: Site) -> Iterator[tuple[Resource, str, str]]:
    """Whoever has a group: what it is, and why it may call out, "" where it may not."""
    yield from ((found[0], "balancer", "") for found in (site.balancer, site.gate) if found)
    yield from ((runner.resource, "container", CALLS_OUT) for runner in site.runners.values())
    yield from ((resource, "instances", JOINS) for resource, _ in site.of(Machines) if site.runners)
    yield from ((resource, "data", "") for kind in MANAGED for resource, _ in site.of(kind))


def _group(site: Site, resource: Resource, what: str, out: str) -> None:
    label = site.labels[resource.id]
    remark = site.remarks[resource.id] if resource.origins else OWN_GROUP
    name, described = site.named(label, 255), f"{label}, {what} of {site.name}"
    text = _group_block(remark=remark, label=label, name=name, what=described)
    address = f"aws_security_group.{label}"
    if not out:
        site.put("security", resource.id, text, address)
        return
    text += _way_out(why=out, label=label)
    site.put("security", resource.id, text, address, f"aws_vpc_security_group_egress_rule.{label}")


def _listeners(site: Site, rules: Rules) -> None:
    """The only ports that are open to the whole internet: those that the balancers listen on."""
    if site.balancer:
        resource, why = site.balancer[0], "whoever comes without encryption is sent to 443"
        _open(site, rules, resource, origin(resource.origins, "visitors, from everywhere"), 443, "tcp")
        _open(site, rules, resource, implied(why), 80, "tcp")
    for found in gate.gates(site):
        assert site.gate is not None
        remark = origin((found.listener.origin,), "visitors, from everywhere")
        for protocol in found.protocol.lower().split("_"):
            _open(site, rules, site.gate[0], remark, found.listener.port, protocol)


def _open(site: Site, rules: Rules, resource: Resource, remark: str, port: int, protocol: str) -> None:
    group = site.labels[resource.id]
    label = rules.label(f"{group}_{port}" + ("_udp" if protocol == "udp" else ""))
    text = OPEN % {"remark": remark, "label": label, "group": group, "protocol": protocol, "port": port}
    site.put("security", resource.id, text, f"aws_vpc_security_group_ingress_rule.{label}")


def _from_balancers(site: Site, rules: Rules, runner: Runner) -> None:
    """From a balancer to the service behind it: out of the one, into the other."""
    for door in site.doors[runner.name]:
        into = origin(runner.resource.origins, "from the balancer alone")
        out = origin(runner.resource.origins, "the balancer calls what stands behind it, and nothing else")
        rules.between(runner.resource.id, into, "ingress", runner.label, door.balancer, door.port, door.protocol)
        rules.between(runner.resource.id, out, "egress", door.balancer, runner.label, door.port, door.protocol)


def _link(site: Site, rules: Rules, link: Link) -> None:
    """From a service to what it calls. What comes from the internet comes through a balancer."""
    source, target = site.runners.get(link.source), site.target(link.target)
    if link.source == INTERNET or source is None or target is None:
        return
    remark = origin(source.resource.origins[:1], f"{link.source} calls {link.target}: {link.because}")
    number = _port(target.spec, link.port)
    rules.between(target.id, remark, "ingress", site.labels[target.id], source.label, number, link.protocol)


def _port(spec: Spec, asked: int) -> int:
    """The port of the file, but for managed services that answer on one port alone, such as MSK on 9094."""
    known = port(spec) if isinstance(spec, MANAGED) else 0
    return known or asked


def _group_block(*, remark: str, label: str, name: str, what: str) -> str:
    """A security group."""
    return f"""{remark}resource "aws_security_group" "{label}" {{
  name        = "{name}"
  description = "{what}"
  vpc_id      = aws_vpc.main.id
}}
"""


def _way_out(*, why: str, label: str) -> str:
    """A rule that lets a group call everybody."""
    return f"""
{why}resource "aws_vpc_security_group_egress_rule" "{label}" {{
  security_group_id = aws_security_group.{label}.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}}
"""
