"""The same app in other homes: what it would cost on one machine, without a NAT gateway, on ARM, in production."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from lecture.costs.bill import Charge
from lecture.costs.bill import bill as priced
from lecture.costs.prices import PriceSheet
from lecture.homes import Kind
from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.charges import MACHINE_DISK, bill
from lecture.translator.choices import Arch, Choices
from lecture.translator.specs import Broker, Bucket, Cache, Database, Documents, EcsService, Kafka, Search

SMALLEST = 512  # MiB: Fargate has no smaller task; on a machine of your own such a container takes half
SYSTEM = 256  # MiB for Linux and Docker
# GiB of memory and the types that have it, smallest first, as they stand on the price sheet
MACHINES: dict[Arch, tuple[tuple[int, str], ...]] = {
    "arm": ((1, "t4g.micro"), (2, "t4g.small"), (4, "t4g.medium"), (8, "t4g.large"), (16, "m7g.xlarge")),
    "x86": ((1, "t3.micro"), (2, "t3.small"), (4, "t3.medium"), (8, "t3.large"), (16, "m5.xlarge")),
}
# MiB that the images behind managed services want as containers (content/images.toml)
NEEDS: dict[type, int] = {
    Broker: 512,
    Bucket: 512,
    Cache: 512,
    Database: 512,
    Documents: 1024,
    Kafka: 2048,
    Search: 2048,
}
HEAVY = {"sqlserver-ex": 2048, "oracle-se2": 4096, "mysql": 1024, "mariadb": 1024}


@dataclass(frozen=True, slots=True)
class OtherHome:
    """A row of the comparison: `usd` a month; `choices` where the translator can show it, None where it cannot."""

    home: Kind
    text: str
    usd: Decimal
    choices: Choices | None
    current: bool = False
    unpriced: tuple[str, ...] = ()  # what is not in the sum


def other_homes(
    blueprint: Blueprint, sheet: PriceSheet, replan: Callable[[Choices], Blueprint]
) -> tuple[OtherHome, ...]:
    """The same app elsewhere, cheapest first. `replan` plans the same file under other choices."""
    rows = [*_machines(blueprint, sheet), _row(blueprint, sheet, _as_drawn(blueprint.choices), current=True)]
    rows += [_row(replan(choices), sheet, text) for choices, text in _others(blueprint.choices)]
    return tuple(sorted(rows, key=lambda row: row.usd))


def machine(blueprint: Blueprint, arch: Arch) -> str:
    """The smallest EC2 machine that runs the whole compose file, "" where our sheet has none."""
    wanted = memory(blueprint)
    return next((kind for gib, kind in MACHINES[arch] if gib * 1024 >= wanted), "")


def memory(blueprint: Blueprint) -> int:
    """MiB that the file takes on one machine: one of each container, the managed ones too, and Linux itself.

    What runs in Fargate's smallest task, or would, takes half of it here: an estimate, and the page says so.
    """
    return SYSTEM + sum(_need(resource) for resource in blueprint.resources)


def _need(resource: Resource) -> int:
    spec = resource.spec
    if isinstance(spec, EcsService):
        wanted = spec.container.memory
    elif isinstance(spec, Database):
        wanted = HEAVY.get(spec.engine, NEEDS[Database])
    else:
        wanted = NEEDS.get(type(spec), 0)
    return wanted // 2 if wanted <= SMALLEST else wanted


def _machines(blueprint: Blueprint, sheet: PriceSheet) -> list[OtherHome]:
    """One EC2 machine that runs docker compose: in the file's architecture, and on cheaper ARM."""
    arms: tuple[Arch, ...] = ("arm",) if blueprint.choices.arch == "arm" else ("arm", "x86")
    kinds = [(arch, kind) for arch in arms if (kind := machine(blueprint, arch))]
    return [_machine(blueprint, sheet, kind, arch) for arch, kind in kinds]


def _machine(blueprint: Blueprint, sheet: PriceSheet, kind: str, arch: Arch) -> OtherHome:
    text = f"One EC2 {kind} runs the same compose file"
    if arch != blueprint.choices.arch:
        text += ", its images built for ARM"
    found = priced(
        (
            Charge("machine", text, f"ec2.{kind}", home="empty"),
            Charge("machine", text, "ebs.gp3", Decimal(MACHINE_DISK)),
            Charge("machine", text, "ipv4"),
        ),
        sheet,
        blueprint.choices.region,
    )
    return OtherHome("empty", text, found.total, None, unpriced=found.unpriced)


def _row(blueprint: Blueprint, sheet: PriceSheet, text: str, current: bool = False) -> OtherHome:
    found = bill(blueprint, sheet)
    return OtherHome("furnished", text, found.total, blueprint.choices, current, found.unpriced)


def _as_drawn(choices: Choices) -> str:
    if choices.nat_gateways:
        return "Fargate in private subnets, as drawn"
    return "Fargate in public subnets, as drawn"


def _others(choices: Choices) -> list[tuple[Choices, str]]:
    """Each choice turned round, alone."""
    if choices.nat_gateways:
        way_out = replace(choices, nat="none"), "Fargate in public subnets, no NAT gateway"
    else:
        way_out = replace(choices, nat="one"), "Fargate in private subnets, one NAT gateway"
    if choices.arch == "x86":
        built = replace(choices, arch="arm"), "As drawn, on ARM"
    else:
        built = replace(choices, arch="x86"), "As drawn, on x86"
    plain = replace(choices, nat=None, multi_az=None, deletion_protection=None, backup_days=None)
    if choices.production:
        sized = replace(plain, size="learning"), "One of everything, to learn"
    else:
        sized = replace(plain, size="production"), "In production: two of what must not fail"
    return [way_out, built, sized]
