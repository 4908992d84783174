"""A blueprint as Terraform: the files that a person would have written, and where each resource stands in them."""

from dataclasses import dataclass
from decimal import Decimal

from lecture.translator.blueprint import Blueprint
from lecture.translator.terraform import (
    balancers,
    brokers,
    data,
    gate,
    machines,
    names,
    network,
    outputs,
    readme,
    repositories,
    roles,
    secrets,
    security,
    services,
    storage,
    variables,
)
from lecture.translator.terraform.hcl import quote
from lecture.translator.terraform.site import Page, Site

VERSIONS = """# Write-only arguments, which keep secrets out of the state, came with Terraform 1.11.
# Nothing here is unknown to version 6 of the provider: to move up, write "~> 6.0" and run terraform init -upgrade.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
"""
PROVIDER = """# Who you are comes from your shell (aws sso login, or AWS_PROFILE): no key belongs in this file.
provider "aws" {
  region = "%(region)s"

  default_tags {
    tags = {
      Project   = %(name)s
      ManagedBy = "Terraform"
    }
  }
}
"""
EMPTY: dict[Page, str] = {
    "services": "# Nothing here: your file has no container that would run on AWS.\n",
    "data": "# Nothing here: your file keeps no data that would need a home of its own.\n",
    "outputs": "# Nothing to report.\n",
}
WRITERS = (network, balancers, gate, names, repositories, secrets, services, machines, data, brokers, storage,
           security, roles, outputs)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """Files by name, and the Terraform addresses of each resource of the blueprint, its chief one first."""

    files: dict[str, str]
    addresses: dict[str, tuple[str, ...]]


def write(blueprint: Blueprint, monthly_usd: Decimal | None = None, bill: str = "") -> Written:
    """All files. `monthly_usd` and `bill`, its lines as text, go into the README and may be left out."""
    site = Site(blueprint)
    for writer in WRITERS:
        writer.write(site)
    pages = {page: "\n".join(blocks) or EMPTY.get(page, "# Nothing here.\n") for page, blocks in site.pages.items()}
    files = {
        "network.tf": pages["network"],
        "services.tf": pages["services"],
        "data.tf": pages["data"],
        "security.tf": pages["security"],
        "variables.tf": variables.page(site.variables),
        "outputs.tf": pages["outputs"],
        "versions.tf": VERSIONS,
        "provider.tf": PROVIDER % {"region": site.region, "name": quote(site.name)},
        "README.md": readme.text(site, monthly_usd, bill),
        "terraform.tfvars.example": variables.example(site.variables),
    }
    return Written(files, {id: _chief_first(site, id, found) for id, found in site.addresses.items()})


def _chief_first(site: Site, id: str, addresses: list[str]) -> tuple[str, ...]:
    chief = f"{site.resources[id].type}."
    if addresses and addresses[0].startswith(chief):
        return tuple(addresses)
    for number, address in enumerate(addresses):
        if address.startswith(chief):
            return (address, *addresses[:number], *addresses[number + 1 :])
    return tuple(addresses)
