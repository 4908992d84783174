"""What writers pass to each other: a container that runs, a way to it, a secret that it reads."""

from dataclasses import dataclass

from lecture.translator.blueprint import Resource
from lecture.translator.compose import Protocol
from lecture.translator.specs import Container, EcsService, Secret


@dataclass(slots=True)
class Runner:
    """A container that runs, as a service or as a job."""

    resource: Resource
    container: Container
    service: EcsService | None  # None for a job
    name: str  # of the compose service
    label: str  # of its blocks
    dashed: str  # the label as AWS takes it
    remark: str  # the comment with its lines in the file
    arm: bool
    has_role: bool  # whether the code in the container calls AWS itself
    machines: str = ""  # the label of the EC2 instances that it runs on
    gpu: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """A way from a balancer to a port of a service."""

    group: str  # the label of its target group
    port: int
    protocol: Protocol
    listener: str  # the address of what leads to the group
    balancer: str  # the label of the balancer's security group


@dataclass(slots=True)
class Secured:
    """A secret and the expressions that name it."""

    secret: Secret
    arn: str  # for policies
    value: str  # for valueFrom: known only once there is something to read
