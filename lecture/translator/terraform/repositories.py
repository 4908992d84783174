"""services.tf, where your own images lie: one repository for each different build."""

import re

from lecture.translator.specs import Repository
from lecture.translator.terraform.hcl import cut, origin
from lecture.translator.terraform.site import Site
from lecture.translator.values import Value

KEPT = 10  # images
REPOSITORY = """%(remark)sresource "aws_ecr_repository" "%(label)s" {
  name                 = "%(name)s"
  image_tag_mutability = %(mutability)s
  force_delete         = %(force)s

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "AES256"
  }
}

%(remark)sresource "aws_ecr_lifecycle_policy" "%(label)s" {
  repository = aws_ecr_repository.%(label)s.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "The last %(kept)d images are enough"
        action       = { type = "expire" }

        selection = {
          tagStatus   = "any"
          countType   = "imageCountMoreThan"
          countNumber = %(kept)d
        }
      },
    ]
  })
}
"""


def write(site: Site) -> None:
    """A repository for each build; it belongs to the first service that runs its image."""
    for repository in site.blueprint.repositories:
        label = site.repositories[repository.name]
        text = REPOSITORY % {
            "remark": origin((repository.origin,)),
            "label": label,
            "name": name(repository),
            "mutability": _mutability(site, repository),
            "force": "false" if site.choices.production else "true",
            "kept": KEPT,
        }
        owner = next((site.runners[one].resource.id for one in repository.services if one in site.runners), "")
        site.put("services", owner, text, f"aws_ecr_repository.{label}", f"aws_ecr_lifecycle_policy.{label}")


def name(repository: Repository) -> str:
    """A name as ECR takes it: lower case, parts of letters and digits with one . _ - or / between them."""
    found = re.sub(r"[^a-z0-9._/-]+", "-", repository.name.lower())
    found = re.sub(r"([._/-])[._/-]+", r"\1", found).strip("._/-")
    return cut(found, 250) if len(found) > 1 else f"app-{found}".rstrip("-")


def tags(site: Site, repository: Repository) -> list[Value]:
    """The tags under which the file's services take images from here."""
    images = (site.runners[one].container.image for one in repository.services if one in site.runners)
    return list(dict.fromkeys(image.tag for image in images if image.repository == repository.name))


def _mutability(site: Site, repository: Repository) -> str:
    """A tag means one image for ever, unless it is `latest`."""
    if ("latest",) not in tags(site, repository):
        return '"IMMUTABLE"'
    site.variables.image_tag()
    return 'var.image_tag == "latest" ? "MUTABLE" : "IMMUTABLE"'
