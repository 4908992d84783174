"""network.tf, the other door: the network balancer, for what is not HTTP."""

from dataclasses import dataclass

from lecture.translator.blueprint import Resource
from lecture.translator.compose import Protocol
from lecture.translator.specs import Listener
from lecture.translator.terraform.hcl import origin
from lecture.translator.terraform.runner import Door
from lecture.translator.terraform.site import Site

NLB = """%(remark)sresource "aws_lb" "network" {
  name               = "%(name)s"
  load_balancer_type = "network"
  subnets            = %(subnets)s
  security_groups    = [aws_security_group.%(label)s.id]
}
"""
LISTENER = """%(remark)sresource "aws_lb_listener" "%(label)s" {
  load_balancer_arn = aws_lb.network.arn
  port              = %(port)d
  protocol          = "%(protocol)s"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.%(group)s.arn
  }
}
"""
NETWORK_TARGETS = """%(remark)sresource "aws_lb_target_group" "%(group)s" {
  name                 = "%(name)s"
  vpc_id               = aws_vpc.main.id
  target_type          = "ip"
  port                 = %(target)d
  protocol             = "%(protocol)s"
  deregistration_delay = 30

  health_check {
    protocol = "TCP"
    port     = "%(health)s"
  }
}
"""


@dataclass(frozen=True, slots=True)
class Gate:
    """A port of the network balancer, and the target group behind it."""

    listener: Listener
    protocol: str  # TCP, UDP or TCP_UDP
    group: str

    @property
    def label(self) -> str:
        """The name of the listener's block."""
        return f"{self.protocol.lower()}_{self.listener.port}"


def gates(site: Site) -> list[Gate]:
    """The ports of the network balancer, each once: one number in TCP and in UDP is one listener for both."""
    found: dict[int, Gate] = {}
    for listener in site.gate[1].listeners if site.gate else ():
        first = found.get(listener.port)
        if listener.service not in site.runners:
            continue
        if first is None:
            found[listener.port] = _new_gate(site, listener, listener.protocol.upper())
        elif (first.listener.service, first.listener.target) != (listener.service, listener.target):
            words = f"port {listener.port} in {listener.protocol.upper()} for {listener.service}"
            site.note(f"The network balancer gives a port to one service alone, so {words} was left out.")
        elif first.protocol != listener.protocol.upper():
            found[listener.port] = _new_gate(site, first.listener, "TCP_UDP")
    return list(found.values())


def _new_gate(site: Site, listener: Listener, protocol: str) -> Gate:
    return Gate(listener, protocol, f"{site.runners[listener.service].label}_{listener.target}_{protocol.lower()}")


def write(site: Site) -> None:
    """The network balancer, where something is published that is not HTTP."""
    if site.gate:
        _gate(site, site.gate[0])


def _gate(site: Site, resource: Resource) -> None:
    text = NLB % {
        "remark": site.remarks[resource.id],
        "name": site.named("network", 32),
        "subnets": site.outside,
        "label": site.labels[resource.id],
    }
    site.put("network", resource.id, text, "aws_lb.network")
    written: set[str] = set()
    for gate in gates(site):
        remark = origin((gate.listener.origin,))
        here = {"remark": remark, "label": gate.label, "group": gate.group, "protocol": gate.protocol}
        text = LISTENER % {**here, "port": gate.listener.port}
        site.put("network", resource.id, text, f"aws_lb_listener.{gate.label}")
        if gate.group not in written:
            written.add(gate.group)
            words = {**here, "name": site.named(gate.group, 32), "target": gate.listener.target}
            text = NETWORK_TARGETS % {**words, "health": _health(site, gate)}
            site.put("network", resource.id, text, f"aws_lb_target_group.{gate.group}")
            _open(site, resource, gate)


def _open(site: Site, resource: Resource, gate: Gate) -> None:
    """The way from the balancer to the service, once for each protocol."""
    listener, label = gate.listener, site.labels[resource.id]
    protocols: tuple[Protocol, ...] = ("tcp", "udp") if gate.protocol == "TCP_UDP" else (listener.protocol,)
    for protocol in protocols:
        door = Door(gate.group, listener.target, protocol, f"aws_lb_listener.{gate.label}", label)
        site.doors[listener.service].append(door)


def _health(site: Site, gate: Gate) -> str:
    """UDP never answers, so the balancer asks a TCP port of the container, if it has one."""
    if gate.protocol != "UDP":
        return "traffic-port"
    ports = site.runners[gate.listener.service].container.ports
    tcp = next((port.port for port in ports if port.protocol == "tcp"), 0)
    if not tcp:
        service = gate.listener.service
        site.note(f"{service} speaks UDP alone: the balancer can only ask a TCP port how it feels. Give it one.")
    return str(tcp or gate.listener.target)
