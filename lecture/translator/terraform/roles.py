"""security.tf, who may do what: a role that starts a task, and apart from it one for the code inside."""

import re
from collections.abc import Iterator

from lecture.translator.blueprint import Share
from lecture.translator.terraform.hcl import implied, lines, listed, origin, quote
from lecture.translator.terraform.site import Runner, Site

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
ROLE = """%(remark)sresource "aws_iam_role" "%(label)s_%(kind)s" {
  name               = "%(name)s"
  assume_role_policy = local.worn_by_tasks
}

%(remark)sresource "aws_iam_role_policy" "%(label)s_%(kind)s" {
  name = "%(kind)s"
  role = aws_iam_role.%(label)s_%(kind)s.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = %(statements)s
  })
}
"""
STATEMENT = """{
        Effect   = "Allow"
        Action   = %(actions)s
        Resource = %(resource)s
%(condition)s      }"""
CONDITION = """
        Condition = {
          StringEquals = { "elasticfilesystem:AccessPointArn" = %s }
        }
"""
PRIVATE = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^:@]+)")
PULL = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
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


def _role(site: Site, runner: Runner, kind: str, why: str, statements: Iterator[str]) -> None:
    text = ROLE % {
        "remark": origin(runner.origins, why),
        "label": runner.label,
        "kind": kind,
        "name": site.named(f"{runner.label}_{kind}", 64),
        "statements": lines(statements, 4),
    }
    name = f"{runner.label}_{kind}"
    site.put("security", runner.resource.id, text, f"aws_iam_role.{name}", f"aws_iam_role_policy.{name}")


def _allow(actions: tuple[str, ...], resource: str, condition: str = "") -> str:
    found = listed(f'"{action}"' for action in actions) if len(actions) > 1 else f'"{actions[0]}"'
    return STATEMENT % {"actions": found, "resource": resource, "condition": condition}


def _starting(site: Site, runner: Runner) -> Iterator[str]:
    """What ECS needs to start the task."""
    yield _allow(("logs:CreateLogStream", "logs:PutLogEvents"),
                 f'"${{aws_cloudwatch_log_group.{runner.label}.arn}}:*"')  # fmt: skip
    repository = _repository(site, runner)
    if repository:
        # this one action cannot be bound to a repository (Service Authorization Reference, Amazon ECR)
        yield _allow(("ecr:GetAuthorizationToken",), '"*"')
        yield _allow(PULL, repository)
    secrets = _secrets(site, runner)
    if secrets:
        yield _allow(("secretsmanager:GetSecretValue",), listed(secrets))


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
    login = site.logins.get(runner.container.service) if runner.container.image.credentials else None
    return list(dict.fromkeys([*found, *([login.arn] if login else [])]))


def _running(site: Site, runner: Runner) -> Iterator[str]:
    """Buckets and volumes that the code may use."""
    for bucket in dict.fromkeys(runner.container.buckets):
        arn = f"aws_s3_bucket.{site.labels[bucket]}.arn"
        yield _allow(("s3:ListBucket",), arn)
        yield _allow(("s3:GetObject", "s3:PutObject", "s3:DeleteObject"), f'"${{{arn}}}/*"')
    systems: dict[str, list[Share]] = {}
    for share in runner.container.shares:
        systems.setdefault(share.file_system, []).append(share)
    for system, shares in systems.items():
        yield _volume(site, runner, system, all(share.read_only for share in shares))


def _volume(site: Site, runner: Runner, system: str, read_only: bool) -> str:
    label = site.labels[system]
    writes = () if read_only else ("elasticfilesystem:ClientWrite", "elasticfilesystem:ClientRootAccess")
    condition = CONDITION % f"aws_efs_access_point.{label}_{runner.label}.arn"
    return _allow(("elasticfilesystem:ClientMount", *writes), f"aws_efs_file_system.{label}.arn", condition)
