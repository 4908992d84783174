"""What a compose file becomes on AWS: resources, links, findings, and an account of every key."""

from collections.abc import Callable
from dataclasses import field
from typing import Literal

from lecture.homes import Kind
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile, Protocol
from lecture.translator.quick import record
from lecture.translator.specs import Repository, Spec
from lecture.translator.values import Origin

Status = Literal["translated", "inferred", "not_needed", "needs_you", "not_possible"]
Severity = Literal["info", "warning", "danger"]
Category = Literal["compute", "database", "cache", "storage", "network", "identity", "messaging", "operations"]
INTERNET = "internet"


@record
class Resource:
    """A box of the diagram or a line of the bill. `type` is the chief Terraform type, such as aws_db_instance."""

    id: str
    type: str
    name: str  # as on a card: RDS for PostgreSQL
    category: Category
    home: Kind | None
    origins: tuple[Origin, ...]
    spec: Spec
    why: str = ""


@record
class Link:
    """A conversation that a security group allows: from whom, to whom (service names, or internet), on which port."""

    source: str
    target: str
    port: int
    protocol: Protocol
    because: str


@record
class Account:
    """What became of one key of the file."""

    path: str
    line: int
    status: Status
    message: str


@record
class Finding:
    """A danger, a risk or a hint. `id` is a row of content/findings.toml."""

    id: str
    severity: Severity
    line: int
    message: str
    fix: str
    service: str = ""


@record
class Moved:
    """A value that differs on AWS: shown before and after, secrets masked in both."""

    service: str
    name: str
    before: str
    after: str
    why: str
    line: int


@record
class Card:
    """What one service of the file becomes, for the page and the report."""

    service: str
    line: int
    last_line: int
    becomes: tuple[str, ...]  # resource ids, () where it vanishes
    home: Kind | None
    why: str


@record
class Blueprint:
    """Everything that the pages, the diagram, the bill, the Terraform and the reports are made of."""

    name: str  # of the project, fit for names on AWS: lower case, digits, hyphens, at most 24 characters
    file: ComposeFile
    choices: Choices
    resources: tuple[Resource, ...]
    repositories: tuple[Repository, ...]
    links: tuple[Link, ...]
    cards: tuple[Card, ...]
    accounts: tuple[Account, ...]
    findings: tuple[Finding, ...]
    moved: tuple[Moved, ...]
    hidden: dict[str, tuple[Origin, ...]] = field(default_factory=dict)  # names of Hidden values, and where they stood
    # the lines of the file, secrets as ••••••: for the page alone, so worked out when it asks
    masked: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False, compare=False)

    def resource(self, id: str) -> Resource:
        """The resource of that id; raises KeyError."""
        return {resource.id: resource for resource in self.resources}[id]
