"""outputs.tf: what one wants to know once everything stands."""

from lecture.translator.specs import Broker, Bucket, Cache, Database, Documents, Kafka, Search
from lecture.translator.terraform.hcl import escape, implied, origin, quote
from lecture.translator.terraform.runner import Runner
from lecture.translator.terraform.site import Site
from lecture.translator.terraform.values import reference
from lecture.translator.values import Ref

OUTPUT = """output "%s" {
  description = %s
  value       = %s
}
"""
ENDPOINTS = (Database, Documents, Cache, Broker, Kafka, Search)
RUN = (
    "aws ecs run-task --cluster ${aws_ecs_cluster.main.name} --task-definition %(task)s %(launch)s "
    "--network-configuration 'awsvpcConfiguration={subnets=[%(subnets)s],"
    "securityGroups=[${aws_security_group.%(label)s.id}],assignPublicIp=%(public)s}'"
)


def write(site: Site) -> None:
    """Addresses, name servers, repositories, and the command that starts each job."""
    _doors(site)
    for repository in site.blueprint.repositories:
        label, remark = site.repositories[repository.name], origin((repository.origin,))
        _output(site, remark, f"push_{label}", "Where to push the image", f"aws_ecr_repository.{label}.repository_url")
    for kind in ENDPOINTS:
        for resource, _ in site.of(kind):
            label, value = site.labels[resource.id], reference(site, Ref(resource.id, "host"))
            _output(site, site.remarks[resource.id], f"{label}_host", f"The address of {label}", value)
            if kind in (Database, Documents):
                type_ = "aws_db_instance" if kind is Database else "aws_docdb_cluster"
                value = f"{type_}.{label}.master_user_secret[0].secret_arn"
                text = f"Where the master password of {label} lies"
                _output(site, site.remarks[resource.id], f"{label}_master_secret", text, value)
    for resource, _ in site.of(Bucket):
        label = site.labels[resource.id]
        _output(
            site, site.remarks[resource.id], f"{label}_bucket", "The bucket's name", f"aws_s3_bucket.{label}.bucket"
        )
    for runner in site.runners.values():
        if runner.service is None:
            command = f'"{run_task(site, runner)}"'
            _output(site, runner.remark, f"run_{runner.label}", "Starts this job once", command)


def _doors(site: Site) -> None:
    if site.dns:
        text, value = "Enter these where you bought the domain", "aws_route53_zone.main.name_servers"
        _output(site, implied("the servers that must answer for your domain"), "name_servers", text, value)
    for found, name in ((site.balancer, "main"), (site.gate, "network")):
        if found:
            text, value = f"The {name} balancer's own address", f"aws_lb.{name}.dns_name"
            _output(site, site.remarks[found[0].id], f"{name}_balancer", text, value)
    if site.balancer:
        hosts = dict.fromkeys(rule.host for rule in site.balancer[1].rules)
        names = [f'"https://{escape(host)}.${{var.domain}}"' if host else '"https://${var.domain}"' for host in hosts]
        _output(site, implied("where visitors find you"), "addresses", "Your addresses", f"[{', '.join(names)}]")


def _output(site: Site, remark: str, name: str, description: str, value: str) -> None:
    site.put("outputs", "", remark + OUTPUT % (name, quote(description), value))


def run_task(site: Site, runner: Runner) -> str:
    """The command that runs a job once, as text with Terraform's references in it."""
    tier = "app" if site.nat else "public"
    ids = ",".join(f"${{aws_subnet.{tier}_{zone}.id}}" for zone in site.zones)
    fargate = runner.container.launch == "fargate"
    provider = f"--capacity-provider-strategy capacityProvider=${{aws_ecs_capacity_provider.{runner.machines}.name}}"
    return RUN % {
        "task": f"${{aws_ecs_task_definition.{runner.label}.family}}",
        "launch": "--launch-type FARGATE" if fargate else provider if runner.machines else "--launch-type EC2",
        "subnets": ids,
        "label": runner.label,
        "public": "DISABLED" if site.nat or not fargate else "ENABLED",
    }
