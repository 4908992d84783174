"""services.tf, what runs: a container as a task definition."""

import re

from lecture.translator.specs import Container, ContainerPort, Health
from lecture.translator.terraform.hcl import Expression, comment, lines, listed, quote, template
from lecture.translator.terraform.runner import Door, Runner
from lecture.translator.terraform.site import Site
from lecture.translator.terraform.values import expression, parts
from lecture.translator.values import SecretUse, Value

IDENTIFIED = re.compile(r"user", re.IGNORECASE)
PASSWORD = re.compile(r"pass|pwd|secret|token", re.IGNORECASE)
Settings = list[tuple[str, str]]  # keys of a container definition and their values as HCL
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
PORT = '{ name = "%s-%d", containerPort = %d, hostPort = %d, protocol = "%s" }'
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
    text = _task_block(
        remark=runner.remark,
        label=runner.label,
        name=site.named(runner.label),
        container=runner.dashed,
        region=site.region,
        days=30 if site.choices.production else 7,
        launch="EC2" if container.launch == "ec2" else "FARGATE",
        host=_host(container),
        cpu=container.cpu,
        memory=container.memory,
        role=f"  task_role_arn            = aws_iam_role.{runner.label}_task.arn\n" if runner.has_role else "",
        architecture="ARM64" if runner.arm else "X86_64",
        volumes=_volumes(site, runner),
        image=image(site, container),
        settings=_settings(site, runner),
    )
    logs, task = f"aws_cloudwatch_log_group.{runner.label}", f"aws_ecs_task_definition.{runner.label}"
    site.put("services", runner.resource.id, text, task, logs)


def _host(container: Container) -> str:
    """What it shares with the machine: its processes, its shared memory."""
    shared = {"pid_mode": container.host_pid, "ipc_mode": container.host_ipc}
    return "".join(f'  {key:<24} = "host"\n' for key, wanted in shared.items() if wanted)


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


def _volumes(site: Site, runner: Runner) -> str:
    """Disks: a larger one of its own, file systems, and directories that go with the task."""
    container = runner.container
    found = [DISK % min(container.disk_gb, 200)] if container.disk_gb > 20 and container.launch == "fargate" else []
    for system in dict.fromkeys([share.file_system for share in container.shares]):
        label = site.labels[system]
        found.append(EFS % {"name": label.replace("_", "-"), "label": label, "service": runner.label})
    found += [SCRATCH % f"scratch-{number}" for number in range(len(container.scratch))]
    return "".join(found)


def _settings(site: Site, runner: Runner) -> str:
    """Paragraphs of the container definition, each there only where it says something."""
    container = runner.container
    found = [*_program(site, container), *_limits(container), *_surroundings(site, runner)]
    if container.environment:
        entries = [
            f"{{ name = {quote(variable.name)}, value = {expression(site, variable.value)} }}"
            for variable in container.environment
        ]
        found.append(("environment", lines(entries, 6)))
    if container.secrets:
        found.append(("secrets", lines([_secret(site, use) for use in container.secrets], 6)))
    if container.shares or container.scratch:
        found.append(("mountPoints", lines(_mounts(site, container), 6)))
    return "".join([f"\n      {key} = {value}\n" for key, value in found])


def _program(site: Site, container: Container) -> Settings:
    """What is started, where, and as whom."""
    found = []
    if container.entrypoint:
        found.append(("entryPoint", _words(site, container.entrypoint)))
    if container.command:
        found.append(("command", _words(site, container.command)))
    if container.working_dir:
        found.append(("workingDirectory", quote(container.working_dir)))
    if container.user:
        found.append(("user", quote(container.user)))
    return found


def _limits(container: Container) -> Settings:
    """What it may and may not."""
    found = []
    if container.stop_timeout:
        found.append(("stopTimeout", str(container.stop_timeout)))
    if container.read_only:
        found.append(("readonlyRootFilesystem", "true"))
    if container.privileged:
        found.append(("privileged", "true"))
    if container.init or container.capabilities or container.devices:
        found.append(("linuxParameters", _linux(container)))
    if container.controls:
        entries = [f"{{ namespace = {quote(name)}, value = {quote(value)} }}" for name, value in container.controls]
        found.append(("systemControls", lines(entries, 6)))
    if container.nofile:
        soft, hard = container.nofile
        found.append(("ulimits", f'[{{ name = "nofile", softLimit = {soft}, hardLimit = {hard} }}]'))
    return found


def _surroundings(site: Site, runner: Runner) -> Settings:
    """What it needs around it: a graphics card, a login for its image, a check, ports."""
    container, found = runner.container, []
    if runner.gpu:
        found.append(("resourceRequirements", '[{ type = "GPU", value = "1" }]'))
    if container.image.credentials and runner.name in site.logins:
        found.append(("repositoryCredentials", f"{{ credentialsParameter = {site.logins[runner.name].value} }}"))
    if container.health:
        found.append(("healthCheck", _health(site, container.health)))
    if opened := ports(site, runner):
        found.append(("portMappings", lines([PORT % (name, port, port, port, name) for port, name in opened], 6)))
    return found


def _words(site: Site, words: tuple[Value, ...]) -> str:
    return listed([expression(site, word) for word in words])


def _linux(container: Container) -> str:
    found = ["initProcessEnabled = true"] if container.init else []
    if container.capabilities:
        found.append(f"capabilities = {{ add = {listed([quote(name) for name in container.capabilities])} }}")
    if container.devices:
        paths = [f"{{ hostPath = {quote(here)}, containerPath = {quote(there)} }}" for here, there in container.devices]
        found.append(f"devices = {listed(paths)}")
    return f"{{ {', '.join(found)} }}"


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
    known: list[ContainerPort | Door] = [*runner.container.ports]
    if runner.service:
        known += runner.service.discoverable
    known += site.doors.get(runner.name, ())
    return list(dict.fromkeys([(port.port, port.protocol) for port in known]))


def _secret(site: Site, use: SecretUse) -> str:
    """A variable that ECS fills in from Secrets Manager when a task starts."""
    found = site.secrets[use.secret]
    value, remark = found.value, ""
    if found.secret.managed_by:
        key = "username" if IDENTIFIED.search(use.name) and not PASSWORD.search(use.name) else "password"
        value = f'"${{{value}}}:{key}::"'
    if use.file:
        text = comment(f"your file mounts it at {use.file}; ECS gives it as the variable {use.name}")
        remark = f"{text}        "
    return f"{remark}{{ name = {quote(use.name)}, valueFrom = {value} }}"


def _mounts(site: Site, container: Container) -> list[str]:
    names = [site.labels[share.file_system].replace("_", "-") for share in container.shares]
    return [
        *[_mount(name, share.target, share.read_only) for name, share in zip(names, container.shares, strict=True)],
        *[_mount(f"scratch-{number}", path, False) for number, path in enumerate(container.scratch)],
    ]


def _mount(name: str, path: str, read_only: bool) -> str:
    only = "true" if read_only else "false"
    return f'{{ sourceVolume = "{name}", containerPath = {quote(path)}, readOnly = {only} }}'


def _task_block(
    *,
    remark: str,
    label: str,
    name: str,
    days: int,
    launch: str,
    host: str,
    cpu: int,
    memory: int,
    role: str,
    architecture: str,
    volumes: str,
    container: str,
    image: str,
    settings: str,
    region: str,
) -> str:
    """The log group and the task definition of a container."""
    return f"""{remark}resource "aws_cloudwatch_log_group" "{label}" {{
  name              = "/ecs/{name}"
  retention_in_days = {days}
}}

{remark}resource "aws_ecs_task_definition" "{label}" {{
  family                   = "{name}"
  requires_compatibilities = ["{launch}"]
  network_mode             = "awsvpc"
{host}  cpu                      = {cpu}
  memory                   = {memory}
  execution_role_arn       = aws_iam_role.{label}_execution.arn
{role}
  runtime_platform {{
    operating_system_family = "LINUX"
    cpu_architecture        = "{architecture}"
  }}
{volumes}
  container_definitions = jsonencode([
    {{
      name      = "{container}"
      image     = {image}
      essential = true
{settings}
      logConfiguration = {{
        logDriver = "awslogs"
        options = {{
          awslogs-group         = aws_cloudwatch_log_group.{label}.name
          awslogs-region        = "{region}"
          awslogs-stream-prefix = "{container}"
        }}
      }}
    }},
  ])
}}
"""
