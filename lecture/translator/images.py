"""Which images are known, and what each becomes on AWS (content/images.toml)."""

import re
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import Field, model_validator

from lecture.authoring import Strict, read_toml
from lecture.homes import Kind
from lecture.translator.references import HUB, Reference, parse, private
from lecture.translator.versions import first_number, nearest

__all__ = ["ImagePort", "ImageRow", "Images", "Reference", "images", "parse", "private", "read", "recognise", "version"]

Role = Literal[
    "database", "documents", "cache", "queue", "stream", "search", "objects", "proxy", "web", "worker", "admin",
    "monitoring", "mail", "identity", "vanishes", "container",
]  # fmt: skip
Becomes = Literal[
    "rds", "elasticache", "mq", "msk", "opensearch", "documentdb", "s3", "container", "nothing"
]  # fmt: skip
STORES = frozenset({"database", "documents", "cache", "queue", "stream", "search", "objects"})
# folders of a path that say: somebody's own program, whatever its last name is
OWN = frozenset(
    {"api", "app", "apps", "backend", "code", "frontend", "microservice", "microservices", "package", "packages"}
    | {"project", "projects", "service", "services", "src", "svc"}
)
HASH = re.compile(r"(sha-)?[0-9a-f]{7,40}")


class ImagePort(Strict):
    """A port that the image listens on."""

    port: int = Field(ge=1, le=65535)
    kind: Literal["http", "tcp", "udp"]


class ImageRow(Strict):
    """One image and its kin: how it is recognised, what it becomes, what it needs where it stays a container."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    match: tuple[str, ...] = Field(min_length=1, description="repository paths; * stands for anything")
    role: Role
    becomes: Becomes = "container"
    engine: str = Field("", description="as Terraform and the blueprint call it")
    offered: tuple[str, ...] = Field((), description="versions that AWS offers at its standard price, newest last")
    default: str = Field("", description="the version taken where the tag names none")
    extended: tuple[str, ...] = Field((), description="versions that AWS offers at the price of Extended Support")
    tag: str = Field("", description="a regular expression whose group is the version, where a tag hides it")
    counts: dict[str, str] = Field({}, description="where AWS counts otherwise: the tag's version = the one of AWS")
    home: Kind | None = Field(None, description="where it lives; Fargate's home for a container")
    aws: str = Field("", description="the name on its card")
    why: str = Field(min_length=10, description="one or two sentences")
    caveats: tuple[str, ...] = ()
    goes_with: tuple[str, ...] = Field((), description="becomes nothing only beside a managed one of these ids")
    ports: tuple[ImagePort, ...] = Field((), description="the main one first")
    cpu: int = Field(256, description="units, 1024 = 1 vCPU: the least that it runs in")
    memory: int = Field(512, ge=512, description="MiB: the least that it runs in")
    data: tuple[str, ...] = Field((), description="paths where its data lie")
    user_env: tuple[str, ...] = Field((), description="variables that name the administrator")
    password_env: tuple[str, ...] = Field((), description="variables that hold a password, or a file with it")
    name_env: tuple[str, ...] = Field((), description="variables that name the first database")
    uid: int | None = Field(None, description="the user that writes its data, for a shared disk")

    @model_validator(mode="after")
    def _adds_up(self) -> "ImageRow":
        if self.default and self.default not in self.offered:
            raise ValueError(f"{self.default} is not among offered")
        if self.offered and not self.default:
            raise ValueError("offered needs a default")
        if self.cpu not in (256, 512, 1024, 2048, 4096):
            raise ValueError(f"{self.cpu} is no size of Fargate: 256, 512, 1024, 2048 or 4096")
        if self.becomes not in ("container", "nothing") and not (self.aws and self.home):
            raise ValueError("what is managed needs aws and home")
        return self

    @property
    def lives(self) -> Kind | None:
        """The home on its card: a container's is Fargate's, what becomes nothing has none."""
        return "furnished" if self.becomes == "container" else self.home

    @property
    def card(self) -> str:
        """The name on its card."""
        return self.aws or ("ECS service on Fargate" if self.becomes == "container" else "")


class Images(Strict):
    """content/images.toml."""

    as_of: date
    source: str
    image: tuple[ImageRow, ...]

    @model_validator(mode="after")
    def _once(self) -> "Images":
        for what, all_of_it in (
            ("id", [row.id for row in self.image]),
            ("match", [pattern for row in self.image for pattern in row.match]),
        ):
            double = {one for one in all_of_it if all_of_it.count(one) > 1}
            if double:
                raise ValueError(f"the {what} {min(double)} stands twice")
        unknown = {i for row in self.image for i in row.goes_with} - self.by_id.keys()
        if unknown:
            raise ValueError(f"goes_with names {min(unknown)}, which is no id")
        return self

    @cached_property
    def by_id(self) -> dict[str, ImageRow]:
        """The rows by their id."""
        return {row.id: row for row in self.image}

    @cached_property
    def exact(self) -> dict[str, ImageRow]:
        """The rows by each path without *."""
        return {pattern: row for row in self.image for pattern in row.match if "*" not in pattern}

    @cached_property
    def wild(self) -> tuple[tuple[re.Pattern[str], ImageRow], ...]:
        """The patterns with *, the most specific (with the most letters of its own) first."""
        found = [(pattern, row) for row in self.image for pattern in row.match if "*" in pattern]
        found.sort(key=lambda pair: -len(pair[0].replace("*", "")))
        return tuple((re.compile(re.escape(pattern).replace(r"\*", ".*")), row) for pattern, row in found)

    @cached_property
    def by_letter(self) -> dict[str, tuple[tuple[re.Pattern[str], ImageRow], ...]]:
        """Of the patterns with *, those that a path with this first letter may match, in the same order."""
        letters = {"", *(pattern.pattern[0] for pattern, _ in self.wild)}
        return {letter: tuple(one for one in self.wild if one[0].pattern[0] in (letter, ".")) for letter in letters}

    def at(self, path: str) -> ImageRow | None:
        """The row whose most specific pattern is `path`."""
        wild = self.by_letter.get(path[:1], self.by_letter[""])
        return self.exact.get(path) or next((row for pattern, row in wild if pattern.fullmatch(path)), None)


def read(root: Path) -> Images:
    """content/images.toml; raises ContentError."""
    return read_toml(root / "images.toml", root, Images)


@cache
def images() -> Images:
    """The images of the course that is served."""
    return read(settings.COURSE_CONTENT)


def recognise(reference: str) -> tuple[ImageRow | None, Reference]:
    """The row for an image, None for one that the table does not know, and the parts of its address.

    The whole path is looked up first, then, behind a registry that is not Docker Hub, the path without
    its first folders (a mirror keeps the names of what it mirrors). Last, a name such as postgres at the
    end of any path is that store, unless path or tag look like somebody's own program.
    """
    found = parse(reference)
    parts = found.repository.lower().split("/")
    row = images().at("/".join(parts))
    if row is None and not _own(parts, found):
        row = _mirrored(parts, found)
    return row, found


def _own(parts: list[str], found: Reference) -> bool:
    """Whether path or tag look like somebody's own program."""
    return bool(OWN & set(parts[:-1])) or HASH.fullmatch(found.tag) is not None


def _mirrored(parts: list[str], found: Reference) -> ImageRow | None:
    known = images().exact
    if "library" in parts[:-1]:
        return known.get(parts[-1])
    if found.registry != HUB:
        for first in range(1, len(parts) - 1):
            if row := known.get("/".join(parts[first:])):
                return row
    row = known.get(parts[-1])
    return row if row and row.role in STORES else None


def asked(row: ImageRow, tag: str) -> str:
    """The version that a tag names, such as 15.4 or 2022; "" for latest, alpine and the like."""
    if row.tag:
        hit = re.search(row.tag, tag)
        return hit[1] if hit else ""
    return first_number(tag)


def version(row: ImageRow, tag: str) -> tuple[str, bool]:
    """The version that AWS offers for a tag at its standard price, and whether it is the one that was asked for.

    A tag without a version takes the default, and that counts as asked for. A version that AWS does not
    offer takes the next one of the same major version, else the default, or the newest where it is newer.
    """
    wanted = asked(row, tag)
    if not wanted or not row.offered:
        return row.default, True
    return nearest(wanted, row.offered, row.default, row.counts)
