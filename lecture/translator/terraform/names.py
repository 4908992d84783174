"""network.tf, the name on the door: the DNS zone, the certificate and the records."""

from lecture.translator.terraform.hcl import escape, free, identifier, implied
from lecture.translator.terraform.site import Site

NAMES = (
    implied("the name that visitors type instead of localhost. README.md says how to point your domain here")
    + """resource "aws_route53_zone" "main" {
  name = var.domain
}
"""
)
CERTIFICATE = (
    implied("a free certificate for the domain and all names below it, renewed by itself")
    + """resource "aws_acm_certificate" "main" {
  domain_name               = var.domain
  subject_alternative_names = ["*.${var.domain}"]
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

"""
    + implied("the record that proves to the issuer that the domain is yours; both names ask for the same one")
    + """resource "aws_route53_record" "certificate" {
  zone_id         = aws_route53_zone.main.zone_id
  name            = tolist(aws_acm_certificate.main.domain_validation_options)[0].resource_record_name
  type            = tolist(aws_acm_certificate.main.domain_validation_options)[0].resource_record_type
  records         = [tolist(aws_acm_certificate.main.domain_validation_options)[0].resource_record_value]
  ttl             = 300
  allow_overwrite = true
}

"""
    + implied("waits until the certificate is there: only once the domain points to the zone above")
    + """resource "aws_acm_certificate_validation" "main" {
  certificate_arn         = aws_acm_certificate.main.arn
  validation_record_fqdns = [aws_route53_record.certificate.fqdn]
}
"""
)
RECORD = """%(remark)sresource "aws_route53_record" "%(label)s" {
  zone_id = aws_route53_zone.main.zone_id
  name    = %(name)s
  type    = "A"

  alias {
    name                   = aws_lb.%(balancer)s.dns_name
    zone_id                = aws_lb.%(balancer)s.zone_id
    evaluate_target_health = true
  }
}
"""


def write(site: Site) -> None:
    """The zone, and what stands in it."""
    if not site.dns:
        return
    owner, hosts = site.dns
    site.variables.domain()
    site.put("network", owner, NAMES, "aws_route53_zone.main")
    if site.balancer:
        names = ("aws_acm_certificate.main", "aws_acm_certificate_validation.main", "aws_route53_record.certificate")
        site.put("network", owner, CERTIFICATE, *names)
    taken = {"certificate"}
    for host in hosts if site.balancer or site.gate else ():
        label = free(identifier(host) if host else "main", taken)
        taken.add(label)
        site.put("network", owner, _record(host, label, _balancer(site, host)), f"aws_route53_record.{label}")


def _balancer(site: Site, host: str) -> str:
    """The label of the balancer behind a name: the network balancer only where the other one does not know it."""
    web = {rule.host for rule in site.balancer[1].rules} if site.balancer else set()
    return "main" if site.balancer and (host in web or not site.gate) else "network"


def _record(host: str, label: str, balancer: str) -> str:
    name = f'"{escape(host)}.${{var.domain}}"' if host else "var.domain"
    remark = implied("the name leads to the balancer")
    return RECORD % {"remark": remark, "label": label, "name": name, "balancer": balancer}
