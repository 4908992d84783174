"""What else could be chosen for a file: questions, their answers, and what each means for your own work."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile
from lecture.translator.specs import Broker, Bucket, Cache, Database, Documents, EcsService, Job, Kafka, Search

MANAGED = (Database, Cache, Broker, Kafka, Search, Documents, Bucket)
MOST_STORES = 12  # that the page offers to keep as containers, one row each
PROFILE = re.compile(r"\.profiles\[\d+\]$")


@dataclass(frozen=True, slots=True)
class Moved:
    """A resource that comes, goes, or is another one: what it was, and what it becomes ("" for nothing)."""

    name: str
    before: Resource | None
    after: Resource | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a choice changes: US dollars a month, and the resources that come, go or change."""

    usd: Decimal
    moved: tuple[Moved, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The dollars without their sign."""
        return abs(self.usd)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. `value` is what its field sends, "" for what the size says anyway."""

    value: str
    label: str
    work: str
    choices: Choices
    chosen: bool
    effect: Effect | None = None  # of changing to it; of a chosen box, of giving it up


@dataclass(frozen=True, slots=True)
class Group:
    """A question with its answers; `many` where each is a box of its own."""

    name: str
    legend: str
    options: tuple[Option, ...]
    many: bool = False


def groups(blueprint: Blueprint, profiles: tuple[str, ...] = ()) -> list[Group]:
    """Every question that this file leaves open, without effects."""
    choices, kinds = blueprint.choices, {type(resource.spec) for resource in blueprint.resources}
    found = [_size(choices)]
    if kinds & {EcsService, Job}:
        found += [_way_out(choices), _processor(choices)]
    found.append(_region(choices))
    if kinds & {Database, Cache, Documents, Search}:
        found.append(_standby(choices))
    if kinds & {Database, Documents}:
        found += [_protection(choices), _backups(choices)]
    if names := stores(blueprint)[:MOST_STORES]:
        found.append(_stores(choices, names))
    if profiles:
        found.append(_profiles(choices, profiles[:MOST_STORES]))
    return found


def stores(blueprint: Blueprint) -> list[str]:
    """The services that AWS could run for you: those that it does, and those that you keep."""
    kept = blueprint.choices.self_host
    return [
        resource.id for resource in blueprint.resources if isinstance(resource.spec, MANAGED) or resource.id in kept
    ]


# ---- the questions -------------------------------------------------------------------------------


def _size(choices: Choices) -> Group:
    return _group(
        "size",
        "Size",
        choices,
        lambda value: replace(choices, size=value or "learning"),  # type: ignore[arg-type] # one of the two below
        [
            ("learning", "Learning", "One of everything. If its zone fails, you wait or you rebuild."),
            ("production", "Production", "Two of what must not fail, in two zones. One may fail while you sleep."),
        ],
        choices.size,
    )


def _way_out(choices: Choices) -> Group:
    by_size = "per-zone" if choices.production else "one"
    chosen = ("none", "one", "per-zone")[choices.nat_gateways]
    return _group(
        "nat",
        "The way out",
        choices,
        lambda value: replace(choices, nat=value or None),  # type: ignore[arg-type]
        [
            ("none", "No NAT gateway", "Tasks have public addresses. Their security groups are the only wall."),
            ("one", "One NAT gateway", "Tasks stand in private subnets. Its zone is their only way out."),
            ("per-zone", "One in each zone", "Nothing to do when a zone fails: the other has its own way out."),
        ],
        chosen,
        by_size,
    )


def _processor(choices: Choices) -> Group:
    return _group(
        "arch",
        "Processor",
        choices,
        lambda value: replace(choices, arch=value),  # type: ignore[arg-type]
        [
            ("x86", "x86", "Images as most machines build them."),
            ("arm", "ARM", "You build your own images for ARM, and check that the others exist for it."),
        ],
        choices.arch,
    )


def _region(choices: Choices) -> Group:
    return _group(
        "region",
        "Region",
        choices,
        lambda value: replace(choices, region=value.replace("-", "_")),  # type: ignore[arg-type]
        [
            ("us-east-1", "N. Virginia, us-east-1", "The region that most prices and examples are for."),
            ("eu-west-2", "London, eu-west-2", "Data stay in the United Kingdom, near visitors in Europe."),
        ],
        choices.aws_region,
    )


def _standby(choices: Choices) -> Group:
    return _group(
        "standby",
        "A second copy of the data",
        choices,
        lambda value: replace(choices, multi_az={"yes": True, "no": False}.get(value)),
        [
            ("no", "None", "A machine that dies means a wait until AWS has replaced it; a zone, a restore by hand."),
            ("yes", "In the other zone", "It takes over by itself, mostly within two minutes."),
        ],
        "yes" if choices.standby else "no",
        "yes" if choices.production else "no",
    )


def _protection(choices: Choices) -> Group:
    return _group(
        "protection",
        "Deletion",
        choices,
        lambda value: replace(choices, deletion_protection={"yes": True, "no": False}.get(value)),
        [
            ("no", "Allowed", "terraform destroy takes the database along: right for an exercise."),
            ("yes", "Refused", "Nobody deletes it by mistake. Before you do it on purpose, you switch this off."),
        ],
        "yes" if choices.protected else "no",
        "yes" if choices.production else "no",
    )


def _backups(choices: Choices) -> Group:
    days = {0: "None", 1: "1 day", 7: "7 days", 35: "35 days"}
    work = {
        0: "What is lost is lost.",
        1: "Back to any minute of the last day.",
        7: "Back to any minute of the last week. Try a restore once.",
        35: "Back to any minute of five weeks: the longest that RDS keeps by itself.",
    }
    return _group(
        "backups",
        "Backups",
        choices,
        lambda value: replace(choices, backup_days=int(value) if value else None),
        [(str(number), label, work[number]) for number, label in days.items()],
        str(choices.backups),
        "7" if choices.production else "1",
    )


def _stores(choices: Choices, names: list[str]) -> Group:
    """Managed, or kept as a container: section 4.2's question, for each database, cache and queue."""
    work = "Its patches, backups, restores and upgrades are yours."
    return Group(
        "self_host",
        "Keep as a container",
        tuple(
            Option(name, name, work, replace(choices, self_host=choices.self_host ^ {name}), name in choices.self_host)
            for name in names
        ),
        many=True,
    )


def _profiles(choices: Choices, names: tuple[str, ...]) -> Group:
    """Services that sleep until their profile is chosen."""
    work = "Its services are translated, and paid for, too."
    return Group(
        "profile",
        "Profiles",
        tuple(
            Option(name, name, work, replace(choices, profiles=choices.profiles ^ {name}), name in choices.profiles)
            for name in names
        ),
        many=True,
    )


def _group(
    name: str,
    legend: str,
    choices: Choices,
    under: Callable[[str], Choices],
    rows: list[tuple[str, str, str]],
    chosen: str,
    default: str = "",
) -> Group:
    """A question; the answer that the size would give anyway sends nothing, so that it follows the size."""
    return Group(name, legend, tuple(_options(under, rows, chosen, default)))


def _options(
    under: Callable[[str], Choices], rows: list[tuple[str, str, str]], chosen: str, default: str
) -> Iterator[Option]:
    for value, label, work in rows:
        sent = "" if value == default else value
        yield Option(sent, label, work, under(sent), value == chosen)


def profiles(file: ComposeFile) -> tuple[str, ...]:
    """The profiles that a file names, in their order; services behind them may be asleep."""
    named = (leaf.value for leaf in file.leaves if PROFILE.search(leaf.path))
    return tuple(dict.fromkeys(value for value in named if value))
