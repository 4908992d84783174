"""security.tf, who may do what: a role that starts a task, and apart from it one for the code inside."""

import re

from lecture.translator.specs import Share
from lecture.translator.terraform.hcl import comment, implied, lines, listed, quote
from lecture.translator.terraform.runner import Runner
from lecture.translator.terraform.site import Site

TRUST = (
    implied("only ECS may put these roles on, and only for a task")
    + """locals {
  worn_by_tasks = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
      },
    ]
  })
}
"""
)
STATEMENT = """{
        Effect   = "Allow"
        Action   = %s
        Resource = %s
%s      }"""
CONDITION = """
        Condition = {
          StringEquals = { "elasticfilesystem:AccessPointArn" = %s }
        }
"""
PRIVATE = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^:@]+)")
STARTS = "before your code runs: open the log, fetch the image, read these secrets and no others"
RUNS = "while your code runs: what it may do on AWS itself"


def write(site: Site) -> None:
    """Both roles of each task; the second only where the code calls AWS."""
    if not site.runners:
        return
    site.put("security", "", TRUST)
    for runner in site.runners.values():
        _role(site, runner, "execution", STARTS, _starting(site, runner))
        if runner.has_role:
            _role(site, runner, "task", RUNS, _running(site, runner))


def _role(site: Site, runner: Runner, kind: str, why: str, statements: list[str]) -> None:
    name = f"{runner.label}_{kind}"
    text = _role_block(
        remark=runner.remark + comment(why) if runner.resource.origins else implied(why),
        label=name,
        kind=kind,
        name=site.named(name, 64),
        statements=lines(statements, 4),
    )
    site.put("security", runner.resource.id, text, f"aws_iam_role.{name}", f"aws_iam_role_policy.{name}")


def _allow(actions: str, resource: str, condition: str = "") -> str:
    """A statement; `actions` stand apart with blanks."""
    found = [f'"{action}"' for action in actions.split()]
    return STATEMENT % (found[0] if len(found) == 1 else listed(found), resource, condition)


LOGS = _allow("logs:CreateLogStream logs:PutLogEvents", '"${aws_cloudwatch_log_group.%s.arn}:*"')
# this one action cannot be bound to a repository (Service Authorization Reference, Amazon ECR)
TOKEN = _allow("ecr:GetAuthorizationToken", '"*"')
PULL = _allow("ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer", "%s")
SECRETS = _allow("secretsmanager:GetSecretValue", "%s")


def _starting(site: Site, runner: Runner) -> list[str]:
    """What ECS needs to start the task."""
    repository, secrets = _repository(site, runner), _secrets(site, runner)
    found = [LOGS % runner.label]
    found += [TOKEN, PULL % repository] if repository else []
    return [*found, SECRETS % listed(secrets)] if secrets else found


def _repository(site: Site, runner: Runner) -> str:
    """The ARN of the repository that the image lies in, "" for a registry that is not ECR."""
    image = runner.container.image
    if image.repository:
        return f"aws_ecr_repository.{site.repositories[image.repository]}.arn"
    found = PRIVATE.match(image.reference[0]) if image.reference and isinstance(image.reference[0], str) else None
    return quote(f"arn:aws:ecr:{found[2]}:{found[1]}:repository/{found[3]}") if found else ""


def _secrets(site: Site, runner: Runner) -> list[str]:
    """The ARNs of the secrets that the task names."""
    found = [site.secrets[use.secret].arn for use in runner.container.secrets]
    if runner.container.image.credentials and runner.name in site.logins:
        found.append(site.logins[runner.name].arn)
    return list(dict.fromkeys(found))


def _running(site: Site, runner: Runner) -> list[str]:
    """Buckets and volumes that the code may use."""
    found = []
    for bucket in dict.fromkeys(runner.container.buckets):
        arn = f"aws_s3_bucket.{site.labels[bucket]}.arn"
        found.append(_allow("s3:ListBucket", arn))
        found.append(_allow("s3:GetObject s3:PutObject s3:DeleteObject", f'"${{{arn}}}/*"'))
    systems: dict[str, list[Share]] = {}
    for share in runner.container.shares:
        systems.setdefault(share.file_system, []).append(share)
    for system, shares in systems.items():
        found.append(_volume(site, runner, system, all(share.read_only for share in shares)))
    return found


def _volume(site: Site, runner: Runner, system: str, read_only: bool) -> str:
    label = site.labels[system]
    writes = "" if read_only else " elasticfilesystem:ClientWrite elasticfilesystem:ClientRootAccess"
    condition = CONDITION % f"aws_efs_access_point.{label}_{runner.label}.arn"
    return _allow(f"elasticfilesystem:ClientMount{writes}", f"aws_efs_file_system.{label}.arn", condition)


def _role_block(*, remark: str, label: str, name: str, kind: str, statements: str) -> str:
    """A role and what it may do."""
    return f"""{remark}resource "aws_iam_role" "{label}" {{
  name               = "{name}"
  assume_role_policy = local.worn_by_tasks
}}

{remark}resource "aws_iam_role_policy" "{label}" {{
  name = "{kind}"
  role = aws_iam_role.{label}.id

  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = {statements}
  }})
}}
"""
