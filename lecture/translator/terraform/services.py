"""services.tf: the cluster, and the services that keep containers running."""

from lecture.translator.specs import EcsService
from lecture.translator.terraform import connect, containers
from lecture.translator.terraform.connect import Names
from lecture.translator.terraform.hcl import implied, lines
from lecture.translator.terraform.runner import Runner
from lecture.translator.terraform.site import Site

CLUSTER = (
    implied("the roof over all services; it costs nothing by itself")
    + """resource "aws_ecs_cluster" "main" {
  name = "%s"

  setting {
    name  = "containerInsights"
    value = "disabled"
  }
}
"""
)
ON_FARGATE = '  launch_type     = "FARGATE"\n'
ON_MACHINES = """
  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.%s.name
    weight            = 1
  }
"""
ON_ANY_MACHINE = '  launch_type     = "EC2"\n'
GRACE = "  health_check_grace_period_seconds  = 60\n"
BEHIND = """
  load_balancer {
    target_group_arn = aws_lb_target_group.%(group)s.arn
    container_name   = "%(container)s"
    container_port   = %(port)d
  }
"""
ALONE = "  # never two of it, not even while a new version is rolled out: the old one stops, then the new one starts\n"


def write(site: Site) -> None:
    """Everything that runs, services and jobs."""
    if not site.runners:
        return
    site.put("services", "", CLUSTER % site.name)
    names = connect.names(site)
    connect.write(site, names)
    for runner in site.runners.values():
        containers.write(site, runner)
        if runner.service:
            text = _service(site, runner, runner.service, names)
            site.put("services", runner.resource.id, text, f"aws_ecs_service.{runner.label}")


def _service(site: Site, runner: Runner, spec: EcsService, names: Names) -> str:
    doors = site.doors.get(runner.name, [])
    behind = [
        BEHIND % {"group": group, "container": runner.dashed, "port": port}
        for group, port in dict.fromkeys([(door.group, door.port) for door in doors])
    ]
    return _service_block(
        remark=runner.remark,
        label=runner.label,
        dashed=runner.dashed,
        count=spec.count,
        launch=_launch(runner),
        alone=ALONE if spec.singleton else "",
        minimum=spec.minimum_percent,
        maximum=spec.maximum_percent,
        grace=GRACE if doors else "",
        subnets=site.outside if spec.public_ip else site.inside,
        public="true" if spec.public_ip and spec.container.launch == "fargate" else "false",
        blocks="".join([*behind, *connect.blocks(site, runner, names)]),
        after=lines(_after(site, runner, spec, names), 2),
    )


def _launch(runner: Runner) -> str:
    if runner.container.launch == "fargate":
        return ON_FARGATE
    return ON_MACHINES % runner.machines if runner.machines else ON_ANY_MACHINE


def _after(site: Site, runner: Runner, spec: EcsService, names: Names) -> list[str]:
    """What a service waits for: rights, the way out, a door, file systems, and the names that it calls."""
    found = [f"aws_iam_role_policy.{runner.label}_execution"]
    if runner.has_role:
        found.append(f"aws_iam_role_policy.{runner.label}_task")
    found += site.reached["public" if spec.public_ip else "app"]
    if runner.name in site.doors:
        found += dict.fromkeys([door.listener for door in site.doors[runner.name]])
    for system in dict.fromkeys([share.file_system for share in runner.container.shares]):
        found += [f"aws_efs_mount_target.{site.labels[system]}_{zone}" for zone in site.zones]
    if runner.name in names.calls:
        found += [f"aws_ecs_service.{site.runners[called].label}" for called in names.calls[runner.name]]
    return found


def _service_block(
    *,
    remark: str,
    label: str,
    dashed: str,
    count: int,
    launch: str,
    alone: str,
    minimum: int,
    maximum: int,
    grace: str,
    subnets: str,
    public: str,
    blocks: str,
    after: str,
) -> str:
    """A service of ECS."""
    return f"""{remark}resource "aws_ecs_service" "{label}" {{
  name            = "{dashed}"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.{label}.arn
  desired_count   = {count}
{launch}
{alone}  deployment_minimum_healthy_percent = {minimum}
  deployment_maximum_percent         = {maximum}
  enable_execute_command             = false
  propagate_tags                     = "SERVICE"
{grace}
  deployment_circuit_breaker {{
    enable   = true
    rollback = true
  }}

  network_configuration {{
    subnets          = {subnets}
    security_groups  = [aws_security_group.{label}.id]
    assign_public_ip = {public}
  }}
{blocks}
  # what must stand before the first task starts
  depends_on = {after}
}}
"""
