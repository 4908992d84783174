"""Everything that the page of a translation shows, put in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from lecture.costs.bill import BillLine
from lecture.costs.prices import PriceSheet
from lecture.homes import Kind, homes
from lecture.translator.asking import fields
from lecture.translator.blueprint import Account, Blueprint, Moved, Status
from lecture.translator.charges import not_counted
from lecture.translator.choices import Choices
from lecture.translator.coloured import Page, coloured
from lecture.translator.comparison import OtherHome, other_homes
from lecture.translator.diagram import Drawings, draw
from lecture.translator.effects import MOST_SERVICES, with_effects
from lecture.translator.offers import Group, groups, profiles
from lecture.translator.pairs import Pair, pairs
from lecture.translator.remarks import Remark, remarks
from lecture.translator.specs import Cache, Database, EcsService, Job
from lecture.translator.summary import Caller, balancers, blocks, callers, costs, implied, secrets, shared_builds, size
from lecture.translator.translate import Translation

MENTIONED = 6  # names in a sentence
ROWS = 1500  # keys that the page lists; the report has all
STATUSES: tuple[tuple[Status, str], ...] = (
    ("translated", "Translated"),
    ("inferred", "Inferred"),
    ("not_needed", "Not needed"),
    ("needs_you", "Needs you"),
    ("not_possible", "Not possible"),
)
# Terraform types that come with resources and are no box of the drawing: name, what lives in homes.toml, why
BESIDES: dict[str, tuple[str, str, str]] = {
    "aws_ecr_repository": ("Registry, ECR", "ecr", "Tasks pull images, they cannot build them. You push yours here."),
    "aws_acm_certificate": (
        "Certificate",
        "",
        "Browsers warn visitors away from a site without one. It costs nothing.",
    ),
    "aws_cloudwatch_log_group": ("Logs, CloudWatch", "cloudwatch-logs", "Nobody sits in front of these containers."),
    "aws_iam_role": (
        "Roles",
        "",
        "One lets ECS pull the image and read secrets. The other says what your own code may touch.",
    ),
    "aws_security_group": (
        "Security groups",
        "",
        "One a service: it opens for those who need it, and for nobody else.",
    ),
    "aws_service_discovery_service": ("Names", "", "So that services still find each other by the names in your file."),
    "aws_service_discovery_http_namespace": ("Names", "", "So that http://api:8000 still leads to api."),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """The row of figures below the heading."""

    services: int
    volumes: int
    built: int
    builds: int
    resources: int
    implied: int
    blocks: int
    secrets: int
    usd: Decimal
    unpriced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Implied:
    """Something that the file never said. `usd` is None where it has no line of its own."""

    name: str
    home: Kind | None
    size: str
    why: str
    usd: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """A variable that differs on AWS, and the services and lines where it stands."""

    moved: Moved
    services: tuple[str, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Knock:
    """Who may open a connection to somebody."""

    name: str
    callers: tuple[tuple[str, tuple[str, ...]], ...]  # port, names


@dataclass(frozen=True, slots=True)
class Priced:
    """A line of the bill and the length of its bar, 0-160."""

    line: BillLine
    bar: float


@dataclass(frozen=True, slots=True)
class Room:
    """A translation as the page tells it."""

    translation: Translation
    sum: Sum
    pairs: list[Pair]
    groups: list[Group]
    implied: list[Implied]
    changes: list[Change]
    stays: list[str]
    remarks: list[Remark]
    knocks: list[Knock]
    drawings: Drawings
    bill: list[Priced]
    others: list[tuple[OtherHome, str | None]]  # with the query that asks for it
    not_counted: tuple[str, ...]
    accounts: tuple[Account, ...]
    statuses: list[tuple[Status, str, int]]
    too_many: bool  # services, for choices with their effects
    files: list[Page]

    @property
    def title(self) -> str:
        """The name of the project, or what it is."""
        return self.translation.file.name or "Your file"

    @property
    def doors(self) -> bool:
        """Whether there is a load balancer."""
        return any(balancers(self.translation.blueprint))

    @property
    def share(self) -> int:
        """How much of the bill is for what the file never mentions, in percent."""
        said = sum((one.usd for one in self.implied if one.usd), Decimal())
        return round(said / self.sum.usd * 100) if self.sum.usd else 0

    @property
    def unlisted(self) -> int:
        """Keys that only the report lists."""
        return len(self.translation.blueprint.accounts) - len(self.accounts)


def room(translation: Translation, sheet: PriceSheet) -> Room:
    """The page of a translation."""
    blueprint, bill = translation.blueprint, translation.bill
    known: dict[Choices, Blueprint] = {}

    def replan(choices: Choices) -> Blueprint:
        if replace(choices, region=blueprint.choices.region) == blueprint.choices:
            return replace(blueprint, choices=choices)  # a region changes prices alone
        if choices not in known:
            known[choices] = translation.under(choices)
        return known[choices]

    asked = groups(blueprint, profiles(translation.file))
    many = len(blueprint.cards) > MOST_SERVICES
    top = max((line.usd or Decimal() for line in bill.lines), default=Decimal())
    return Room(
        translation=translation,
        sum=_sum(translation),
        pairs=pairs(blueprint, bill),
        groups=asked if many else with_effects(asked, blueprint, bill, sheet, replan),
        implied=[*_implied(translation), *_besides(translation)],
        changes=_changes(blueprint.moved),
        stays=_stays(blueprint),
        remarks=list(remarks(blueprint.findings)),
        knocks=list(_knocks(blueprint)),
        drawings=draw(blueprint),
        bill=[Priced(line, float((line.usd or 0) / top * 160) if top else 0) for line in bill.lines],
        others=[] if many else [(one, _query(one)) for one in other_homes(blueprint, sheet, replan)],
        not_counted=not_counted(blueprint, sheet),
        accounts=blueprint.accounts[:ROWS],
        statuses=[(id, word, sum(one.status == id for one in blueprint.accounts)) for id, word in STATUSES],
        too_many=many,
        files=coloured(translation.written.files),
    )


def _sum(translation: Translation) -> Sum:
    blueprint, bill = translation.blueprint, translation.bill
    built, builds = shared_builds(blueprint)
    return Sum(
        services=len(blueprint.cards),
        volumes=len(translation.file.volumes),
        built=built,
        builds=builds,
        resources=len(blueprint.resources),
        implied=len(implied(blueprint)),
        blocks=sum(blocks(translation.written.files).values()),
        secrets=secrets(blueprint),
        usd=bill.total,
        unpriced=bill.unpriced,
    )


def _implied(translation: Translation) -> Iterator[Implied]:
    usd = costs(translation.bill)
    for resource in implied(translation.blueprint):
        yield Implied(resource.name, resource.home, size(resource), resource.why, usd.get(resource.id))


def _besides(translation: Translation) -> Iterator[Implied]:
    """What Terraform needs around the boxes, each kind once."""
    lives = homes().lives
    types = blocks(translation.written.files)
    for name, home, why in dict.fromkeys(row for type, row in BESIDES.items() if type in types):
        yield Implied(name, lives.get(home), "", why, None)


def _query(other: OtherHome) -> str | None:
    """The choices of another home as an address has them; None where it is shown, or cannot be."""
    return urlencode(fields(other.choices)) if other.choices and not other.current else None


def _changes(moved: tuple[Moved, ...]) -> list[Change]:
    alike: dict[tuple[str, str, str, str], list[Moved]] = {}
    for one in moved:
        alike.setdefault((one.name, one.before, one.after, one.why), []).append(one)
    return [
        Change(found[0], tuple(dict.fromkeys(one.service for one in found)), tuple(one.line for one in found))
        for found in alike.values()
    ]


def _stays(blueprint: Blueprint) -> list[str]:
    """What is the same at home and on AWS, in sentences."""
    boxes = [r.spec.container for r in blueprint.resources if isinstance(r.spec, EcsService | Job)]
    found = []
    if boxes:
        found.append(f"The images and what runs in them: {_and([box.service for box in boxes])}.")
    if doors := [f"{box.service} on {box.ports[0].port}" for box in boxes if box.ports]:
        found.append(f"The ports inside the containers: {_and(doors)}.")
    if clear := [v.name for box in boxes for v in box.environment if not v.before]:
        number = len(clear)
        found.append(f"{number} {'variable keeps its value' if number == 1 else 'variables keep their values'}.")
    for resource in blueprint.resources:
        if isinstance(resource.spec, Database):
            found.append(f"The engine of {resource.id}, its tables and its SQL.")
        elif isinstance(resource.spec, Cache):
            found.append(f"The commands that {resource.id} understands.")
    return found


def _and(words: list[str]) -> str:
    shown = [*words[:MENTIONED], f"{len(words) - MENTIONED} more"] if len(words) > MENTIONED + 1 else words
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _knocks(blueprint: Blueprint) -> Iterator[Knock]:
    for name, ports in balancers(blueprint):
        yield Knock(name, tuple((port, ("anyone",)) for port in ports))
    found = callers(blueprint)
    silent = []
    for card in blueprint.cards:
        if card.service in found:
            yield Knock(card.service, _by_port(found[card.service]))
        elif card.becomes:
            silent.append(card.service)
    if silent:
        yield Knock(", ".join(silent), ())


def _by_port(found: tuple[Caller, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    ports: dict[str, list[str]] = {}
    for caller in found:
        ports.setdefault(caller.door, []).append(caller.name)
    return tuple((port, tuple(names)) for port, names in ports.items())
