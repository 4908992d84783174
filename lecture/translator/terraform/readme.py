"""README.md: what this builds, what it costs, how to raise it, how to take it down, and what still needs a hand."""

import re
from collections.abc import Iterator
from decimal import Decimal

from lecture.translator.specs import Bucket, Database, Documents, Repository
from lecture.translator.terraform.logins import Login, logins
from lecture.translator.terraform.repositories import tags
from lecture.translator.terraform.site import Site

SHOWN = 40  # lines of the account that are repeated here
PLAIN_PATH = re.compile(r"[\w./-]+")
INTRODUCTION = """# {name} on AWS

Made from your compose file by the translator of Cloud Fundamentals. It is meant to be read before it is applied: each
block stands under a comment that names the line of your file that it comes from.
"""
BEGIN = """## How to raise it

You need Terraform 1.11 or newer, the AWS command line with a login that may create all this{docker}.

```bash
terraform init
cp terraform.tfvars.example terraform.tfvars   # then fill it in; secrets go into the shell, as it says there
```
"""
PLAN = """Now read the plan, all of it, and then build:

```bash
terraform plan
terraform apply
```
"""
NAMES = """### The domain comes first

The certificate is issued only when your domain points here, so make the zone alone and tell the place where you bought
the domain:

```bash
terraform apply -target=aws_route53_zone.main
terraform output name_servers
```

If the zone exists already in this account, take it over instead: `terraform import aws_route53_zone.main ZONE_ID`.
"""
IMAGES = """### Then the images

{architecture}

```bash
terraform apply {targets}
registry="$(terraform output -raw {first} | cut -d/ -f1)"
aws ecr get-login-password --region {region} | docker login --username AWS --password-stdin "$registry"
{builds}
```

A push alone deploys nothing. With a tag of its own for each image, `terraform apply -var image_tag=…` rolls it out.
With `latest`, ask for a new deployment of each service:

```bash
aws ecs update-service --cluster {name} --service SERVICE --force-new-deployment
```
"""
USERS = """### The user that your app logs in with

AWS makes the administrator and keeps its password in Secrets Manager. Your app's own user you make once, from inside
the network: AWS CloudShell, *Create VPC environment*, with an app subnet and the security group of a service that may
call the database. The password is the one that you gave Terraform. Where it says `your_user`, your file names no user,
or one that AWS keeps for itself, such as `sa`: choose a name, and tell your app.
"""
LOGIN = """
In `{id}`, as `{admin}`, whose password is here:

```bash
aws secretsmanager get-secret-value --secret-id "$(terraform output -raw {label}_master_secret)" \\
  --query SecretString --output text
```

```text
{statements}
```
"""
JOBS = """### Jobs

They run when you start them, and before the services that waited for them:

```bash
{lines}
```
"""
PROTECTED = """The databases refuse to be deleted. Set `deletion_protection = false` in data.tf and apply, then destroy.
A last snapshot stays behind and costs money until you delete it."""
DESTROY = """## How to take it down

```bash
terraform destroy
```

{words}
"""


def text(site: Site, monthly_usd: Decimal | None, bill: str) -> str:
    """The whole page. `monthly_usd` is in US dollars a month, `bill` the lines behind it."""
    parts = [
        INTRODUCTION.format(name=site.name),
        _builds(site),
        _costs(site, monthly_usd, bill),
        BEGIN.format(docker=", and Docker" if site.blueprint.repositories else ""),
        NAMES if site.dns else "",
        _images(site),
        PLAN,
        "".join(_users(site)),
        _jobs(site),
        _needs(site),
        DESTROY.format(words=_leftovers(site)),
    ]
    return "\n".join(part for part in parts if part)


def _builds(site: Site) -> str:
    lines = [
        f"- {resource.name}: `{resource.id}`, compose line {resource.origins[0].line}"
        if resource.origins
        else f"- {resource.name}: `{resource.id}`, not in your file"
        for resource in site.blueprint.resources
    ]
    return f"## What it builds, in {site.region}\n\n" + "\n".join(lines) + "\n"


def _costs(site: Site, monthly_usd: Decimal | None, bill: str) -> str:
    if monthly_usd is None:
        return ""
    money = f"About **${monthly_usd:,.2f} a month** in {site.region}, before tax, before traffic, as long as it stands."
    return f"## What it costs\n\n{money}\n" + (f"\n```text\n{bill.strip()}\n```\n" if bill.strip() else "")


def _images(site: Site) -> str:
    repositories = site.blueprint.repositories
    if not repositories:
        return ""
    arm = site.choices.arch == "arm"
    kind, other = ("linux/arm64", "an Intel or AMD machine") if arm else ("linux/amd64", "an Apple-silicon Mac")
    why = f"`--platform {kind}` matters on {other}: without it the task dies with `exec format error`."
    labels = [site.repositories[repository.name] for repository in repositories]
    return IMAGES.format(
        architecture=why,
        targets=" ".join(f"-target=aws_ecr_repository.{label}" for label in labels),
        region=site.region,
        first=f"push_{labels[0]}",
        builds="\n".join(_build(site, repository, kind) for repository in repositories),
        name=site.name,
    )


def _build(site: Site, repository: Repository, kind: str) -> str:
    image = f'"$(terraform output -raw push_{site.repositories[repository.name]}):{_tag(site, repository)}"'
    return f"docker build --platform {kind} -t {image} {_context(site, repository)}\ndocker push {image}"


def _tag(site: Site, repository: Repository) -> str:
    found = next(iter(tags(site, repository)), ("latest",))
    return found[0] if len(found) == 1 and isinstance(found[0], str) else "TAG"


def _context(site: Site, repository: Repository) -> str:
    """Where to build, as in the file; a plain path only, since an address could hold a token."""
    known = (site.blueprint.file.services.get(name) for name in repository.services)
    build = next((service.build for service in known if service and service.build), None)
    if build is None or not PLAIN_PATH.fullmatch(build.context):
        return "."
    dockerfile = f"-f {build.context.rstrip('/')}/{build.dockerfile} " if PLAIN_PATH.fullmatch(build.dockerfile) else ""
    target = f"--target {build.target} " if PLAIN_PATH.fullmatch(build.target) else ""
    return f"{dockerfile}{target}{build.context}"


def _users(site: Site) -> Iterator[str]:
    """The database user of the app, which RDS does not make."""
    found = list(logins(site))
    if found:
        yield USERS
    for login in found:
        yield _login(site, login)


def _login(site: Site, login: Login) -> str:
    words = {"id": login.resource.id, "admin": login.admin, "label": site.labels[login.resource.id]}
    return LOGIN.format(**words, statements="\n".join(login.statements))


def _jobs(site: Site) -> str:
    jobs = [runner for runner in site.runners.values() if runner.service is None]
    if not jobs:
        return ""
    return JOBS.format(lines="\n".join(f'eval "$(terraform output -raw run_{runner.label})"' for runner in jobs))


def _needs(site: Site) -> str:
    """Notes of the writers, and what the account of keys leaves to the visitor."""
    left = [account for account in site.blueprint.accounts if account.status in {"needs_you", "not_possible"}]
    lines = [*site.notes, *(f"Line {one.line}, `{one.path}`: {one.message}" for one in left[:SHOWN])]
    if len(left) > SHOWN:
        lines.append(f"And {len(left) - SHOWN} more, in the report.")
    return "## What still needs you\n\n" + "\n".join(f"- {line}" for line in lines) + "\n" if lines else ""


def _leftovers(site: Site) -> str:
    """What a destroy leaves behind, or refuses to take."""
    said = ["It lists what will go, and asks once more."]
    guards = [spec.deletion_protection for _, spec in site.of(Database)]
    guards += [spec.deletion_protection for _, spec in site.of(Documents)]
    if any(guards):
        said.append(PROTECTED)
    elif guards:
        said.append("The databases go without a last snapshot, and their data with them.")
    if site.of(Bucket) and site.choices.production:
        said.append("Buckets must be empty before they can be deleted, old versions included.")
    if site.dns:
        said.append("Take the name servers out again where you bought the domain.")
    return "\n".join(said)
