"""Mounts: absorbed by a managed service, kept on EFS, baked into the image, or refused. None is dropped in silence."""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lecture.translator.blueprint import Resource
from lecture.translator.compose import Mount
from lecture.translator.nodes import below
from lecture.translator.plan.draft import Draft, Subject, slug
from lecture.translator.plan.launching import launch
from lecture.translator.specs import FileSystem, Share
from lecture.translator.values import Origin

GB = 5  # what the bill assumes on a file system whose size nobody knows
SOURCE = re.compile(r"^(\.\.?|\./(src|app|api|web|backend|frontend|server|client|code|project|[\w-]+)/?)$")
CODE = re.compile(r"^/(usr/src|app|src|code|opt/app|var/www|srv|go/src|workspace|work|home/\w+|project)(/|$)")
CONFIG = re.compile(
    r"\.(conf|cnf|cfg|ini|ya?ml|json|toml|xml|properties|env|sql|sh|template|tmpl|crt|pem|key|cer|js|py|rb|lua|acl|"
    r"htpasswd|txt|html?|vcl|ejs|alloy|rules)$|/(Caddyfile|Dockerfile|hosts|passwd|nginx\.conf|etc)(/|$)"
)
CLOCK = re.compile(r"^/etc/(localtime|timezone)$")
LANGUAGES = {"node", "python", "php", "ruby", "java", "language", "linux"}  # images of images.toml that hold no program
HOST = re.compile(
    r"^/(proc|sys|dev|run|var/run|boot|lib/modules|etc/(localtime|timezone|hosts|passwd|machine-id)|"
    r"var/lib/docker|var/log|$)"
)
DATA = re.compile(
    r"(data|db|storage|media|uploads?|files|backups?|lib/|logs?|cache|state|volumes?|pgdata|mysql|pictures|photos|videos|"
    r"documents|avatars|attachments)(/|$|-|_)",
    re.I,
)
UPLOADS = re.compile(r"(uploads?|media|avatars?|attachments?|pictures|photos|user[_-]?files|wp-content)(/|$)", re.I)
MADE = re.compile(r"/(node_modules|vendor|target|\.venv|venv|__pycache__|\.next|dist|\.cache|\.m2|\.gradle|bundle)/?$")
SOCKET = re.compile(r"docker\.sock|containerd\.sock|podman\.sock")
ONE_FILE = re.compile(r"\.(sqlite3?|db|mdb|rdb)$")
WRITTEN = re.compile(r"^[^.].*\.[A-Za-z]\w{0,6}$")
LOOKS = "It looks like data, so it is kept on EFS."
UNSEEN = "From here nobody can see what is in it, so it is kept on EFS to be safe."
INIT = "/docker-entrypoint-initdb.d"


@dataclass
class Kept:
    """The file systems of a blueprint, and what each container mounts."""

    systems: list[Resource] = field(default_factory=list)
    shares: dict[str, list[Share]] = field(default_factory=dict)
    scratch: dict[str, list[str]] = field(default_factory=dict)
    by_source: dict[str, str] = field(default_factory=dict)  # volume or path -> id of the file system
    written: set[str] = field(default_factory=set)  # volumes and paths into which some container may write


def volumes(draft: Draft) -> Kept:
    """Where every mount of every service goes."""
    running = [subject.service for subject in draft.subjects.values() if subject.runs]
    kept = Kept(written={mount.source for service in running for mount in service.mounts if not mount.read_only})
    for subject in draft.subjects.values():
        for mount in subject.service.mounts:
            _mount(draft, kept, subject, mount)
    _unused(draft)
    return kept


def _mount(draft: Draft, kept: Kept, subject: Subject, mount: Mount) -> None:
    if SOCKET.search(mount.source) or SOCKET.search(mount.target):
        _socket(draft, subject, mount)
    elif subject.managed:
        _absorbed(draft, subject, mount)
    elif not subject.runs:
        draft.say(mount.path, "not_needed", f"It goes with {subject.name}, which has no twin on AWS.")
    else:
        _of_container(draft, kept, subject, mount)


def _of_container(draft: Draft, kept: Kept, subject: Subject, mount: Mount) -> None:
    """What a container that stays one has mounted."""
    if mount.kind == "tmpfs":
        kept.scratch.setdefault(subject.name, []).append(mount.target)
        draft.say(mount.path, "translated", "A directory of the task’s own disk: empty at each start, gone at its end.")
    elif mount.kind == "bind":
        _bind(draft, kept, subject, mount)
    elif mount.kind in {"npipe", "cluster", "image"}:
        draft.say(mount.path, "not_possible", f"A mount of type {mount.kind} has no twin on ECS.")
    elif MADE.search(mount.target):
        message = "Made while the image is built, and in it already. Nothing needs to be mounted over it."
        draft.say(mount.path, "not_needed", message)
        _say_volume(draft, mount, "not_needed", message)
    elif mount.source == "":
        _anonymous(draft, kept, subject, mount)
    else:
        _file_system(draft, kept, subject, mount)


def _socket(draft: Draft, subject: Subject, mount: Mount) -> None:
    message = "Refused: who holds Docker’s socket owns the machine, and on Fargate there is no Docker to talk to."
    draft.say(mount.path, "not_possible", message)
    draft.find("docker-sock", mount.place.line, subject.name)


def _absorbed(draft: Draft, subject: Subject, mount: Mount) -> None:
    """A managed service brings its disk; scripts and settings of the old one want a hand."""
    if mount.target.startswith(INIT):
        message = "RDS runs no scripts at its birth. Run them once, as a one-off task, before your app starts."
        draft.say(mount.path, "needs_you", message)
    elif CONFIG.search(mount.target) or CONFIG.search(mount.source):
        message = "Settings of the old server. Put those that you need into the managed one’s parameter group."
        draft.say(mount.path, "needs_you", message)
    else:
        what = subject.row.aws if subject.row else "The managed service"
        message = f"{what} brings a disk of its own. The data do not travel by themselves: dump here, restore there."
        draft.say(mount.path, "translated", message)
        _say_volume(draft, mount, "translated", f"Absorbed: {what} keeps these data on a disk of its own.")


def _say_volume(draft: Draft, mount: Mount, status: str, message: str) -> None:
    if mount.source in draft.file.volumes:
        draft.say(below("volumes", mount.source), status, message)  # type: ignore[arg-type]


def _bind(draft: Draft, kept: Kept, subject: Subject, mount: Mount) -> None:
    if CLOCK.match(mount.source):
        draft.say(mount.path, "not_needed", "The clock of a task shows UTC. Where the hour matters, set TZ.")
    elif HOST.match(mount.source):
        _of_host(draft, subject, mount)
    elif (
        _is_file(mount)
        or CONFIG.search(mount.target)
        or mount.target.startswith("/etc/")
        or _only_read(kept, subject, mount)
    ):
        message = "A file beside your compose file. Copy it into the image, so that it travels with the code."
        draft.say(mount.path, "needs_you", message)
        draft.find("config-file-bind", mount.place.line, subject.name, path=mount.source)
    elif _is_source(mount) and not _is_data(subject, mount):
        _code(draft, subject, mount)
    else:
        _file_system(draft, kept, subject, mount)


def _of_host(draft: Draft, subject: Subject, mount: Mount) -> None:
    """A part of the machine itself."""
    if launch(subject) == "ec2":
        message = "A path of the machine. The plan does not mount it: if it is needed, add it to the task definition."
        draft.say(mount.path, "needs_you", message)
        return
    message = "A path of the host. On Fargate there is no host that you could look into."
    draft.say(mount.path, "not_possible", message)
    draft.find("host-path", mount.place.line, subject.name, path=mount.source)


def _only_read(kept: Kept, subject: Subject, mount: Mount) -> bool:
    """Whether it is a folder of yours that is handed in: nobody writes into it, so it is no data."""
    yours = not mount.source.startswith("/")
    return mount.read_only and yours and mount.source not in kept.written and not _is_data(subject, mount)


def _code(draft: Draft, subject: Subject, mount: Mount) -> None:
    """Source code over an image of your own, which has a copy of it, or over somebody else’s, which has none."""
    where = (mount.place.line, subject.name)
    if subject.service.build is not None or subject.row is None:
        message = "Your source code, mounted for development. In the cloud the image carries its own copy."
        draft.say(mount.path, "not_needed", message)
        draft.find("bind-mounted-source", *where, path=mount.source)
        return
    message = "Files of yours over an image that does not have them. Build your own from it, and copy them in."
    draft.say(mount.path, "needs_you", message)
    known = "bind-mounted-source" if subject.row.id in LANGUAGES else "config-file-bind"
    draft.find(known, *where, path=mount.source)


def _is_file(mount: Mount) -> bool:
    """Whether a single file is mounted that somebody wrote; a database in one file is data."""
    name = _last(mount.source)
    written = CONFIG.search(mount.source) or WRITTEN.search(name)
    return bool(written) and not ONE_FILE.search(name)


def _last(path: str) -> str:
    """The last name of a path."""
    name = path.rstrip("/").rpartition("/")[2]
    return name if name != "." else PurePosixPath(path).name


def _is_source(mount: Mount) -> bool:
    return bool(SOURCE.match(mount.source) or CODE.match(mount.target)) and not mount.source.startswith("/")


def _is_data(subject: Subject, mount: Mount) -> bool:
    """Whether it is mounted where the image keeps its data, or is called so."""
    if subject.row and mount.target.rstrip("/") in subject.row.data:
        return True
    name = _last(mount.source)
    return bool(DATA.search(f"{name}/")) or mount.target.startswith(("/var/lib/", "/data", "/bitnami"))


def _anonymous(draft: Draft, kept: Kept, subject: Subject, mount: Mount) -> None:
    """A volume without a name lives as long as its container, here and there."""
    if subject.service.read_only:
        kept.scratch.setdefault(subject.name, []).append(mount.target)
    message = "Without a name it lives as long as its container, and so it does here: on the task’s own disk."
    draft.say(mount.path, "translated", message)
    if mount.target.startswith("/var/lib/") or DATA.search(f"{_last(mount.target)}/"):
        draft.find("data-without-volume", mount.place.line, subject.name, path=mount.target)


def _file_system(draft: Draft, kept: Kept, subject: Subject, mount: Mount) -> None:
    """EFS: one file system a volume, an access point for each service on it."""
    origin = Origin(mount.path, mount.place.line)
    if mount.source not in kept.by_source:
        kept.by_source[mount.source] = _new_system(draft, kept, subject, mount)
    id = kept.by_source[mount.source]
    kept.shares.setdefault(subject.name, []).append(Share(id, mount.target, mount.read_only, origin))
    draft.say(
        mount.path, "translated", "Kept on EFS, a file system that outlives the task and that every copy of it sees."
    )
    _say_volume(draft, mount, "translated", "Becomes a file system on EFS. What is in it now, you copy once.")
    if mount.kind == "bind" and mount.source not in draft.file.volumes:
        draft.say(
            mount.path,
            "inferred",
            f"{LOOKS if _is_data(subject, mount) else UNSEEN} What is in the folder, you copy once.",
        )
    _advise(draft, subject, mount)


def _new_system(draft: Draft, kept: Kept, subject: Subject, mount: Mount) -> str:
    id = draft.id(f"volume-{slug(mount.source, 30)}")
    origins = [Origin(mount.path, mount.place.line)]
    if mount.source in draft.file.volumes:
        origins.append(Origin(below("volumes", mount.source), draft.file.volumes[mount.source].place.line))
    why = "A task’s own disk is gone with the task. EFS stays, and all copies of the service see the same files."
    spec = FileSystem(mount.source, GB)
    kept.systems.append(
        Resource(
            id, "aws_efs_file_system", f"EFS for {mount.source}", "storage", "furnished", tuple(origins), spec, why
        )
    )
    return id


def _advise(draft: Draft, subject: Subject, mount: Mount) -> None:
    line, words = mount.place.line, {"path": mount.target}
    if subject.role in {"database", "documents"}:
        draft.find("database-on-efs", line, subject.name)
    elif UPLOADS.search(mount.target) or UPLOADS.search(mount.source):
        draft.find("uploads-on-disk", line, subject.name, **words)
    elif mount.kind == "bind" and mount.source not in draft.file.volumes and not _is_data(subject, mount):
        draft.find("bind-mount-unknown", line, subject.name, path=mount.source)
    else:
        draft.find("volume-to-efs", line, subject.name, volume=mount.source, **words)
    if mount.source in draft.file.volumes and draft.file.volumes[mount.source].external:
        draft.find("external-volume", line, subject.name, volume=mount.source)


def _unused(draft: Draft) -> None:
    """Volumes that the file declares and nobody mounts."""
    for name in draft.file.volumes:
        if below("volumes", name) not in draft.said:
            draft.say(below("volumes", name), "not_needed", "No service that is translated mounts it.")
