"""EC2 for what Fargate refuses: the smallest machine that holds the largest task, and as many as all of them need."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from lecture.translator.blueprint import Resource
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.plan.launching import account
from lecture.translator.specs import Container, EcsService, Job, Machines

TASKS = 2  # with a network card of their own on one machine: each of these types has three, and needs one itself
USED = 512  # MiB that the system and the agent take
GB = 1024  # MiB
WHY = "Fargate has no room for what these services ask of the machine, so you rent the machine, and mend it."


@dataclass(frozen=True, slots=True)
class Type:
    """An instance type: CPU in units (1024 = 1 vCPU), memory in MiB."""

    name: str
    cpu: int
    memory: int


# Amazon EC2 instance types, general purpose and accelerated computing, smallest first
X86 = (
    Type("t3.medium", 2048, 4 * GB),
    Type("t3.large", 2048, 8 * GB),
    Type("m5.xlarge", 4096, 16 * GB),
    Type("m5.2xlarge", 8192, 32 * GB),
    Type("m5.4xlarge", 16384, 64 * GB),
    Type("m5.8xlarge", 32768, 128 * GB),
)
ARM = (
    Type("t4g.medium", 2048, 4 * GB),
    Type("t4g.large", 2048, 8 * GB),
    Type("m7g.xlarge", 4096, 16 * GB),
    Type("m7g.2xlarge", 8192, 32 * GB),
    Type("m7g.4xlarge", 16384, 64 * GB),
    Type("m7g.8xlarge", 32768, 128 * GB),
)
GPU = (
    Type("g4dn.xlarge", 4096, 16 * GB),
    Type("g4dn.2xlarge", 8192, 32 * GB),
    Type("g4dn.4xlarge", 16384, 64 * GB),
    Type("g4dn.8xlarge", 32768, 128 * GB),
)  # one graphics card each


def machines(draft: Draft, made: list[Resource]) -> Iterator[Resource]:
    """The machines, where any service needs one; why it does is accounted for here."""
    boxes = [resource.spec for resource in made if isinstance(resource.spec, EcsService | Job)]
    tasks = [spec for spec in boxes if spec.container.launch == "ec2"]
    if not tasks:
        return
    found = [draft.subjects[task.container.service] for task in tasks]
    gpus = [subject for subject in found if _gpu(subject)]
    types = GPU if gpus else (ARM if draft.choices.arch == "arm" else X86)
    containers = [task.container for task in tasks for _ in range(_copies(task))]
    kind = _type(types, containers)
    count = max(_count(kind, containers), len(gpus))
    origins = tuple(subject.origin for subject in found)
    spec = Machines(kind.name, count, tuple(subject.name for subject in found), bool(gpus))
    name = "EC2 machine" if count == 1 else "EC2 machines"
    yield Resource(draft.id("machines"), "aws_autoscaling_group", name, "compute", "empty", origins, spec, WHY)
    for subject in found:
        account(draft, subject)


def _gpu(subject: Subject) -> bool:
    return bool(subject.service.gpus or subject.service.reservations.gpus)


def _copies(task: EcsService | Job) -> int:
    return max(1, task.count) if isinstance(task, EcsService) else 1


def _type(types: tuple[Type, ...], containers: list[Container]) -> Type:
    """The smallest type that holds each of the tasks, else the largest."""
    cpu, memory = max(one.cpu for one in containers), max(one.memory for one in containers)
    return next((kind for kind in types if kind.cpu >= cpu and kind.memory - USED >= memory), types[-1])


def _count(kind: Type, containers: list[Container]) -> int:
    """How many machines of a type hold all tasks."""
    cpu, memory = sum(one.cpu for one in containers), sum(one.memory for one in containers)
    return max(ceil(len(containers) / TASKS), ceil(cpu / kind.cpu), ceil(memory / (kind.memory - USED)))
