"""services.tf, what runs: a container as a task definition."""

import re
from collections.abc import Iterator

from lecture.translator.blueprint import Container, Health, SecretUse, Value
from lecture.translator.terraform.hcl import Expression, comment, lines, listed, origin, quote, template
from lecture.translator.terraform.site import Runner, Site
from lecture.translator.terraform.values import expression, parts

IDENTIFIED = re.compile(r"user", re.IGNORECASE)
PASSWORD = re.compile(r"pass|pwd|secret|token", re.IGNORECASE)
LOGS = """%(remark)sresource "aws_cloudwatch_log_group" "%(label)s" {
  name              = "/ecs/%(name)s"
  retention_in_days = %(days)d
}

"""
TASK = """%(remark)sresource "aws_ecs_task_definition" "%(label)s" {
  family                   = "%(name)s"
  requires_compatibilities = ["%(launch)s"]
  network_mode             = "awsvpc"
  cpu                      = %(cpu)d
  memory                   = %(memory)d
  execution_role_arn       = aws_iam_role.%(label)s_execution.arn
%(role)s
  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "%(architecture)s"
  }
%(volumes)s
  container_definitions = jsonencode([
    {
      name      = "%(container)s"
      image     = %(image)s
      essential = true
%(settings)s
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.%(label)s.name
          awslogs-region        = "%(region)s"
          awslogs-stream-prefix = "%(container)s"
        }
      }
    },
  ])
}
"""
DISK = """
  ephemeral_storage {
    size_in_gib = %d
  }
"""
SCRATCH = """
  volume {
    name = "%s"
  }
"""
EFS = """
  volume {
    name = "%(name)s"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.%(label)s.id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.%(label)s_%(service)s.id
        iam             = "ENABLED"
      }
    }
  }
"""
HEALTH = """{
        command     = %(command)s
        interval    = %(interval)d
        timeout     = %(timeout)d
        retries     = %(retries)d
        startPeriod = %(start)d
      }"""


def write(site: Site, runner: Runner) -> None:
    """The log group and the task definition of a container."""
    container = runner.container
    here = {
        "remark": origin(runner.origins),
        "label": runner.label,
        "name": site.named(runner.label),
        "container": runner.dashed,
        "region": site.region,
        "days": 30 if site.choices.production else 7,
        "launch": "EC2" if container.launch == "ec2" else "FARGATE",
        "cpu": container.cpu,
        "memory": container.memory,
        "role": f"  task_role_arn            = aws_iam_role.{runner.label}_task.arn\n" if runner.has_role else "",
        "architecture": "ARM64" if runner.arm else "X86_64",
        "volumes": "".join(_volumes(site, runner)),
        "image": image(site, container),
        "settings": "".join(_settings(site, runner)),
    }
    logs, task = f"aws_cloudwatch_log_group.{runner.label}", f"aws_ecs_task_definition.{runner.label}"
    site.put("services", runner.resource.id, LOGS % here + TASK % here, task, logs)


def image(site: Site, container: Container) -> str:
    """The image, from the registry elsewhere or from your own repository."""
    found = container.image
    if not found.repository:
        return expression(site, found.reference)
    repository = Expression(f"aws_ecr_repository.{site.repositories[found.repository]}.repository_url")
    if found.tag == ("latest",):
        site.variables.image_tag()
        return template([repository, ":", Expression("var.image_tag")])
    return template([repository, ":", *parts(site, found.tag)])


def _volumes(site: Site, runner: Runner) -> Iterator[str]:
    container = runner.container
    if container.disk_gb > 20 and container.launch == "fargate":
        yield DISK % min(container.disk_gb, 200)
    for system in dict.fromkeys(share.file_system for share in container.shares):
        label = site.labels[system]
        yield EFS % {"name": label.replace("_", "-"), "label": label, "service": runner.label}
    for number in range(len(container.scratch)):
        yield SCRATCH % f"scratch-{number}"


def _settings(site: Site, runner: Runner) -> Iterator[str]:
    """Paragraphs of the container definition, each there only where it says something."""
    container = runner.container
    for key, value in _arguments(site, runner):
        if value:
            yield f"\n      {key} = {value}\n"
    if container.environment:
        entries = [
            f"{{ name = {quote(variable.name)}, value = {expression(site, variable.value)} }}"
            for variable in container.environment
        ]
        yield f"\n      environment = {lines(entries, 6)}\n"
    if container.secrets:
        yield f"\n      secrets = {lines(_secrets(site, container.secrets), 6)}\n"
    yield from _mounts(site, container)


def _arguments(site: Site, runner: Runner) -> Iterator[tuple[str, str]]:
    container = runner.container
    yield "entryPoint", _words(site, container.entrypoint)
    yield "command", _words(site, container.command)
    yield "workingDirectory", container.working_dir and quote(container.working_dir)
    yield "user", container.user and quote(container.user)
    yield "stopTimeout", str(container.stop_timeout or "")
    yield "readonlyRootFilesystem", "true" if container.read_only else ""
    yield "privileged", "true" if container.privileged else ""
    yield "linuxParameters", _linux(container)
    yield "ulimits", _ulimits(container)
    yield "resourceRequirements", '[{ type = "GPU", value = "1" }]' if runner.gpu else ""
    yield "repositoryCredentials", _login(site, container)
    yield "healthCheck", _health(site, container.health) if container.health else ""
    yield "portMappings", _ports(site, runner)


def _words(site: Site, words: tuple[Value, ...]) -> str:
    return listed(expression(site, word) for word in words) if words else ""


def _linux(container: Container) -> str:
    init = "initProcessEnabled = true" if container.init else ""
    added = f"capabilities = {{ add = {listed(map(quote, container.capabilities))} }}" if container.capabilities else ""
    both = ", ".join(filter(None, (init, added)))
    return both and f"{{ {both} }}"


def _ulimits(container: Container) -> str:
    if not container.nofile:
        return ""
    soft, hard = container.nofile
    return f'[{{ name = "nofile", softLimit = {soft}, hardLimit = {hard} }}]'


def _login(site: Site, container: Container) -> str:
    """The secret with the login of a private registry."""
    if not container.image.credentials:
        return ""
    found = site.logins.get(container.service)
    return f"{{ credentialsParameter = {found.value} }}" if found else ""


def _health(site: Site, health: Health) -> str:
    return HEALTH % {
        "command": _words(site, health.command),
        "interval": health.interval,
        "timeout": health.timeout,
        "retries": health.retries,
        "start": health.start_period,
    }


def ports(site: Site, runner: Runner) -> list[tuple[int, str]]:
    """Every port that is opened on the container: its own, those that others call, those of the balancers."""
    own = runner.container.ports + (runner.service.discoverable if runner.service else ())
    behind = [(door.port, door.protocol) for door in site.doors[runner.container.service]]
    return list(dict.fromkeys([*((port.port, port.protocol) for port in own), *behind]))


def _ports(site: Site, runner: Runner) -> str:
    entries = [
        f'{{ name = "{protocol}-{port}", containerPort = {port}, hostPort = {port}, protocol = "{protocol}" }}'
        for port, protocol in ports(site, runner)
    ]
    return lines(entries, 6) if entries else ""


def _secrets(site: Site, uses: tuple[SecretUse, ...]) -> Iterator[str]:
    """Variables that ECS fills in from Secrets Manager when a task starts."""
    for use in uses:
        found = site.secrets[use.secret]
        value = found.value
        if found.secret.managed_by:
            key = "username" if IDENTIFIED.search(use.name) and not PASSWORD.search(use.name) else "password"
            value = f'"${{{found.value}}}:{key}::"'
        mounted = f"your file mounts it at {use.file}; ECS gives it as the variable {use.name}"
        remark = f"{comment(mounted)}        " if use.file else ""
        yield f"{remark}{{ name = {quote(use.name)}, valueFrom = {value} }}"


def _mounts(site: Site, container: Container) -> Iterator[str]:
    entries = [
        f'{{ sourceVolume = "{site.labels[share.file_system].replace("_", "-")}", '
        f"containerPath = {quote(share.target)}, readOnly = {str(share.read_only).lower()} }}"
        for share in container.shares
    ]
    entries += [
        f'{{ sourceVolume = "scratch-{number}", containerPath = {quote(path)}, readOnly = false }}'
        for number, path in enumerate(container.scratch)
    ]
    if entries:
        yield f"\n      mountPoints = {lines(entries, 6)}\n"
