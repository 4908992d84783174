"""What planning knows while it is at work: each service's subject, the account of keys, and the findings."""

import re
from dataclasses import dataclass, field
from typing import Any

from lecture.translator import findings_table, images, keys
from lecture.translator.blueprint import Account, Finding, Moved, Status
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile, Service
from lecture.translator.images import ImageRow, Reference
from lecture.translator.nodes import below
from lecture.translator.plan.ports import main_port
from lecture.translator.plan.secrets import free
from lecture.translator.plan.vault import Vault
from lecture.translator.quick import lazy
from lecture.translator.values import Origin, Value

SINGLE = re.compile(
    r"\bcelery\b.*\bbeat\b|\bcelery\b.*\s-B\b|\brqscheduler\b|\bclockwork\b|\bwhenever\b|\bcrond?\b\s*(-f|$)|schedule:work"
)
MANAGED = frozenset({"rds", "elasticache", "mq", "msk", "opensearch", "documentdb", "s3"})
PHP = re.compile(r"(^|[^a-z])(php|fpm)([^a-z]|$)")
FPM = re.compile(r"^(?!.*nginx).*fpm")
UNFIT = re.compile(r"[^a-z0-9]+")
RUNS = frozenset({"container", "job"})


@dataclass
class Subject:
    """A service on its way: what its image is, and what it becomes.

    `becomes` is one of images.toml's answers, or "job" for what runs to its end.
    """

    service: Service
    row: ImageRow | None
    reference: Reference | None
    becomes: str

    @property
    def name(self) -> str:
        """The service's name."""
        return self.service.name

    @property
    def managed(self) -> bool:
        """Whether AWS runs the program, so that no container is left."""
        return self.becomes in MANAGED

    @property
    def runs(self) -> bool:
        """Whether a container is left to run, for good or as a job."""
        return self.becomes in RUNS

    @property
    def role(self) -> str:
        """What the image is for; "container" for what nobody knows."""
        return self.row.role if self.row else "container"

    @lazy
    def words(self) -> str:
        """Everything that is on its command line, in one string."""
        commands = (self.service.entrypoint, self.service.command)
        return " ".join([word.value for command in commands if command for word in command.words])

    @lazy
    def version(self) -> tuple[str, bool]:
        """The version that AWS offers for the image's tag, and whether it is the one that was asked for."""
        assert self.row is not None
        return images.version(self.row, self.reference.tag if self.reference else "")

    @lazy
    def single(self) -> bool:
        """Whether two copies would do everything twice: celery beat and its kind."""
        return SINGLE.search(self.words) is not None

    @lazy
    def check(self) -> str:
        """The words of its health check, in one string."""
        health = self.service.health
        return " ".join([word.value for word in health.test.words]) if health and health.test else ""

    @lazy
    def port(self) -> int | None:
        """The port on which it is called where nobody says which."""
        if self.reference and FPM.search(f"{self.reference.repository}:{self.reference.tag}"):
            return 9000  # FastCGI, whatever the image is for
        return main_port(self.service, self.row) or self._fastcgi

    @property
    def _fastcgi(self) -> int | None:
        """The port of PHP-FPM for what is built from a folder called so, and says nothing of its port."""
        build = self.service.build
        places = (self.name, build.context, build.dockerfile) if build else ()
        return 9000 if any(PHP.search(place) for place in places) else None

    @lazy
    def origin(self) -> Origin:
        """The service itself, as a key."""
        return Origin(below("services", self.name), self.service.place.line)


@dataclass
class Draft:
    """Everything that the steps of planning share."""

    file: ComposeFile
    choices: Choices
    vault: Vault
    subjects: dict[str, Subject] = field(default_factory=dict)
    said: dict[str, tuple[Status, str]] = field(default_factory=dict)  # by path
    findings: list[Finding] = field(default_factory=list)
    noted: set[tuple[str, int, str]] = field(default_factory=set)
    written: dict[tuple[object, ...], Value] = field(default_factory=dict)  # texts that were rewritten before
    moved: list[Moved] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # variables without a value that something on AWS is told
    taken: set[str] = field(default_factory=set)  # ids of resources, and names of services
    numbers: dict[str, int] = field(default_factory=dict)  # the last number of each id

    def __post_init__(self) -> None:
        self.taken.update(self.file.services)

    @lazy
    def project(self) -> str:
        """The name of the project as AWS takes it."""
        return slug(self.file.name or "app")

    @lazy
    def members(self) -> dict[str, list[str]]:
        """The services on each network."""
        found: dict[str, list[str]] = {}
        for subject in self.subjects.values():
            for attached in subject.service.networks:
                found.setdefault(attached.network, []).append(subject.name)
        return found

    @lazy
    def celery_reads(self) -> set[str]:
        """The values that a service which runs Celery is given."""
        running = [s.service for s in self.subjects.values() if "celery" in s.words]
        return {one.value.value for service in running for one in service.environment if one.value}

    @lazy
    def raw(self) -> dict[str, str]:
        """What stands at each path of the file, its variables not put in."""
        return {leaf.path: leaf.value for leaf in self.file.leaves}

    @lazy
    def order(self) -> dict[str, int]:
        """Where each service stands in the file."""
        return {name: number for number, name in enumerate(self.subjects)}

    @lazy
    def sharing(self) -> dict[str, list[str]]:
        """The managed services that are given each secret of the file."""
        found: dict[str, list[str]] = {}
        for subject in self.subjects.values():
            for source in dict.fromkeys(one.source for one in subject.service.secrets) if subject.managed else ():
                found.setdefault(source, []).append(subject.name)
        return found

    @lazy
    def rows_managed(self) -> set[str]:
        """The ids of images.toml whose programs AWS runs here."""
        return {s.row.id for s in self.subjects.values() if s.row and s.managed}

    @lazy
    def gone(self) -> bool:
        """Whether a service of the file has no twin on AWS."""
        return any(subject.becomes == "nothing" for subject in self.subjects.values())

    @lazy
    def bucket(self) -> str:
        """The first store of objects of the file, "" where there is none."""
        return next((name for name, subject in self.subjects.items() if subject.becomes == "s3"), "")

    @lazy
    def keys_of_bucket(self) -> set[str]:
        """What the store of objects was told as its user and its password: nothing that S3 knows."""
        store = self.subjects.get(self.bucket)
        if store is None or store.row is None:
            return set()
        names = {*store.row.user_env, *store.row.password_env}
        return {one.value.value for one in store.service.environment if one.value and one.name in names}

    @lazy
    def builds(self) -> dict[tuple[str, ...], list[str]]:
        """The different builds, and the services that run each."""
        found: dict[tuple[str, ...], list[str]] = {}
        for subject in self.subjects.values():
            if subject.runs and (subject.service.build is not None or subject.service.image is None):
                found.setdefault(build_key(subject), []).append(subject.name)
        return found

    def say(self, path: str, status: Status, message: str) -> None:
        """Account for `path` and for everything below it that has no account of its own."""
        self.said[path] = (status, message)

    def find(self, id: str, line: int, service: str = "", **words: Any) -> None:
        """Note a finding once for each line: an anchor puts one line into many services."""
        finding = findings_table.finding(id, line, service, **words)
        same = finding.message.replace(service, "") if service else finding.message
        if (id, line, same) not in self.noted:
            self.noted.add((id, line, same))
            self.findings.append(finding)

    def id(self, wanted: str) -> str:
        """`wanted` as the id of a resource, numbered where a service has that name already."""
        found = free(wanted, self.taken, "-", self.numbers)
        self.taken.add(found)
        return found

    def accounts(self) -> tuple[Account, ...]:
        """An account of every key, in the order of the file: what was said of it, or of the nearest one above it."""
        said, usual = self.said, keys.answers()
        known: dict[str, tuple[Status, str] | None] = {"": None}

        def above(path: str) -> tuple[Status, str] | None:
            at = max(path.rfind("."), path.rfind("["))
            parent = path[:at] if at > 0 else ""
            if parent not in known:
                known[parent] = said.get(parent) or above(parent)
            return known[parent]

        return tuple(
            [
                Account(leaf.path, leaf.place.line, *(said.get(leaf.path) or above(leaf.path) or usual(leaf.path)))
                for leaf in self.file.leaves
            ]
        )


def build_key(subject: Subject) -> tuple[str, ...]:
    """What makes two builds the same: context, Dockerfile, target and arguments."""
    build = subject.service.build
    if build is None:
        return ("", subject.name)
    arguments = tuple(f"{one.name}={one.value.value if one.value else ''}" for one in build.args)
    return (build.context, build.dockerfile, build.target, *arguments)


def slug(text: str, longest: int = 24) -> str:
    """`text` as AWS takes names: lower case, digits and single hyphens, beginning with a letter."""
    found = UNFIT.sub("-", text.lower()).strip("-")
    if not found or not found[0].isalpha():
        found = f"app-{found}".strip("-")
    return found[:longest].strip("-")
