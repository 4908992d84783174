"""Values as a blueprint holds them: text, references to what is not there yet, and names of secrets.

The text of a secret is nowhere in them: `Hidden` names it. So nothing that is made from a blueprint (page,
diagram, Terraform, report) can print one.
"""

from typing import Literal

from lecture.translator.compose import Unset
from lecture.translator.quick import record


@record
class Origin:
    """A key of the compose file that something comes from."""

    path: str
    line: int


@record
class Ref:
    """An attribute of a resource that is known once it stands."""

    resource: str  # its id
    what: Literal["host", "port", "reader", "bucket", "arn"]


@record
class Hidden:
    """Where the text of a secret was. It becomes the sensitive Terraform variable of this name."""

    name: str


Part = str | Ref | Unset | Hidden
Value = tuple[Part, ...]


@record
class Variable:
    """An environment variable in clear. `before` is the masked text of the file where `value` differs from it."""

    name: str
    value: Value
    origin: Origin
    before: str = ""


@record
class SecretUse:
    """An environment variable (or, with `file`, a mounted secret) that ECS fills from a secret when a task starts."""

    name: str
    secret: str  # Secret.id
    origin: Origin
    before: str = ""
    after: str = ""
    file: str = ""
