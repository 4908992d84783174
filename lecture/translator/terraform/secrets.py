"""security.tf, what must not be read: secrets in Secrets Manager, whose texts pass through no file and no state."""

from lecture.translator.blueprint import Resource
from lecture.translator.specs import Documents, Secret, Secrets
from lecture.translator.terraform.hcl import origin, quote
from lecture.translator.terraform.runner import Secured
from lecture.translator.terraform.site import Site, labels
from lecture.translator.terraform.values import expression
from lecture.translator.values import Hidden


def write(site: Site) -> None:
    """Secrets of the file; those of databases that keep their own are only named."""
    for resource, found in site.of(Secrets):
        names = labels(secret.id for secret in found.secrets)
        for secret in found.secrets:
            kept = _managed(site, secret) if secret.managed_by else _secret(site, resource, secret, names[secret.id])
            site.secrets[secret.id] = kept
            if secret.private_registry:
                site.logins |= dict.fromkeys(secret.services, kept)


def _managed(site: Site, secret: Secret) -> Secured:
    """The master password, which the database makes and changes by itself."""
    keeper = site.resources[secret.managed_by]
    kind = "aws_docdb_cluster" if isinstance(keeper.spec, Documents) else "aws_db_instance"
    arn = f"{kind}.{site.labels[keeper.id]}.master_user_secret[0].secret_arn"
    return Secured(secret, arn, arn)


def _secret(site: Site, resource: Resource, secret: Secret, label: str) -> Secured:
    remark = origin(secret.origins, instead="a login that AWS needs")
    text = _stored(
        remark=remark,
        label=label,
        name=f"{site.name}/{label.replace('_', '-')}",
        days=7 if site.choices.production else 0,
        value=_value(site, secret, label, remark),
    )
    arn, version = f"aws_secretsmanager_secret.{label}", f"aws_secretsmanager_secret_version.{label}"
    site.put("security", resource.id, text, arn, version)
    return Secured(secret, f"{arn}.arn", f"{version}.arn")


def _value(site: Site, secret: Secret, label: str, remark: str) -> str:
    """Its text: composed from endpoints and variables, or one variable where the file only names it."""
    if secret.private_registry and not secret.value:
        user = site.variables.secret(f"{label}_username", remark, "Your name at the private registry")
        word = site.variables.secret(f"{label}_password", remark, "Password or token for the private registry")
        return f"jsonencode({{ username = {user}, password = {word} }})"
    if not secret.value:
        return site.variables.secret(label, remark, f"The text of the secret {quote(secret.id)[1:-1]}")
    for part in secret.value:
        if isinstance(part, Hidden):
            site.variables.places.setdefault(part.name, secret.origins)
    return expression(site, secret.value, secret=True)


def _stored(*, remark: str, label: str, name: str, days: int, value: str) -> str:
    """A secret and its text."""
    return f"""{remark}resource "aws_secretsmanager_secret" "{label}" {{
  name                    = "{name}"
  recovery_window_in_days = {days}
}}

{remark}resource "aws_secretsmanager_secret_version" "{label}" {{
  secret_id = aws_secretsmanager_secret.{label}.id

  # write-only: Terraform passes it on and forgets it. Raise the number when the value is to be written anew
  secret_string_wo         = {value}
  secret_string_wo_version = 1
}}
"""
