"""network.tf, the front door: the load balancer, its rules and its target groups."""

from lecture.translator.blueprint import Resource
from lecture.translator.specs import Rule
from lecture.translator.terraform.hcl import escape, implied, origin, quote
from lecture.translator.terraform.runner import Door
from lecture.translator.terraform.site import Site, labels

ALB = """%(remark)sresource "aws_lb" "main" {
  name               = "%(name)s"
  load_balancer_type = "application"
  subnets            = %(subnets)s
  security_groups    = [aws_security_group.%(label)s.id]

  drop_invalid_header_fields = true
}

%(plain)sresource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

%(secure)sresource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.main.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate_validation.main.certificate_arn

  default_action {
%(default)s
  }
}
"""
NOBODY = """    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "There is nothing under this name."
      status_code  = "404"
    }"""
FORWARD = """    type             = "forward"
    target_group_arn = aws_lb_target_group.%s.arn"""
TARGETS = """%(remark)sresource "aws_lb_target_group" "%(group)s" {
  name                 = "%(name)s"
  vpc_id               = aws_vpc.main.id
  target_type          = "ip"
  port                 = %(port)d
  protocol             = "%(protocol)s"
  deregistration_delay = 30

  health_check {
    path                = %(path)s
    protocol            = "%(protocol)s"
    matcher             = "200-399"
    interval            = 30
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}
"""
RULE = """%(remark)sresource "aws_lb_listener_rule" "%(label)s" {
  listener_arn = aws_lb_listener.https.arn
  priority     = %(priority)d

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.%(group)s.arn
  }

  condition {
    host_header {
      values = ["%(host)s.${var.domain}"]
    }
  }
}
"""


def write(site: Site) -> None:
    """The load balancer, where something is published."""
    if site.balancer:
        _balancer(site, site.balancer[0], site.balancer[1].rules)


def group(site: Site, rule: Rule) -> str:
    """The label of a rule's target group: one for each port of a service."""
    return f"{site.runners[rule.service].label}_{rule.port}"


def _balancer(site: Site, resource: Resource, rules: tuple[Rule, ...]) -> None:
    known = [rule for rule in rules if rule.service in site.runners]
    default = next((rule for rule in known if not rule.host), None)
    text = ALB % {
        "remark": site.remarks[resource.id],
        "plain": implied("whoever comes without encryption is sent to 443"),
        "secure": origin(resource.origins, "in front stands 443: behind it your container speaks as it always did"),
        "name": site.named("web", 32),
        "subnets": site.outside,
        "label": site.labels[resource.id],
        "default": FORWARD % group(site, default) if default else NOBODY,
    }
    site.put("network", resource.id, text, "aws_lb.main", "aws_lb_listener.https", "aws_lb_listener.http")
    groups = {group(site, rule): rule for rule in reversed(known)}
    for label in reversed(groups):
        site.put("network", resource.id, _targets(site, label, groups[label]), f"aws_lb_target_group.{label}")
    hosts = {rule.host: rule for rule in reversed(known) if rule.host}
    ways = {group(site, default): "aws_lb_listener.https"} if default else {}
    for priority, (host, label) in enumerate(labels(reversed(hosts)).items(), start=1):
        address = f"aws_lb_listener_rule.{label}"
        ways.setdefault(group(site, hosts[host]), address)
        site.put("network", resource.id, _rule(site, hosts[host], label, priority), address)
    for label, way in ways.items():
        rule = groups[label]
        door = Door(label, rule.port, "tcp", way, site.labels[resource.id])
        site.doors[rule.service].append(door)


def _targets(site: Site, label: str, rule: Rule) -> str:
    also = f"taken for HTTP because {rule.inferred}" if rule.inferred else ""
    return TARGETS % {
        "remark": origin((rule.origin,), also),
        "group": label,
        "name": site.named(label, 32),
        "port": rule.port,
        "protocol": "HTTPS" if rule.tls else "HTTP",
        "path": quote(rule.health_path or "/"),
    }


def _rule(site: Site, rule: Rule, label: str, priority: int) -> str:
    remark, host = origin((rule.origin,), "a name of its own below your domain"), escape(rule.host)
    return RULE % {"remark": remark, "label": label, "group": group(site, rule), "priority": priority, "host": host}
