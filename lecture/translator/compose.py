"""A compose file as planning sees it: every value knows its path and its place.

What fills these is lecture.translator.reading; the names are those of the compose specification.
"""

from dataclasses import field
from typing import Literal

from lecture.translator.quick import record

Protocol = Literal["tcp", "udp"]


@record
class Place:
    """Where something stands in the pasted text, both from 1."""

    line: int
    column: int


@record
class Unset:
    """A variable with neither value nor default, such as ${TAG}: it becomes a Terraform variable."""

    name: str


@record
class Text:
    """A scalar after interpolation. `parts` are its text and the variables that nobody gave a value."""

    value: str  # as one string, an unset variable shown as ${NAME}
    path: str  # such as services.api.ports[0]
    place: Place
    parts: tuple[str | Unset, ...]


@record
class Leaf:
    """A key of the file that has no keys below it: what the account of keys is kept for."""

    path: str
    place: Place
    value: str  # as in the file, before interpolation; "" for null and for an empty list or map


@record
class Setting:
    """An environment variable: `value` is None where it is only named (taken from the shell)."""

    name: str
    value: Text | None
    path: str
    place: Place


@record
class Command:
    """`command`, `entrypoint` or a health check's test: its words, and whether a shell reads them."""

    words: tuple[Text, ...]
    shell: bool
    path: str
    place: Place


@record
class Port:
    """One container port (ranges are spread out). `published` is None where only the container has it."""

    target: int
    published: int | None
    protocol: Protocol
    host_ip: str
    path: str
    place: Place
    app_protocol: str = ""
    name: str = ""


@record
class Mount:
    """An entry of `volumes` or `tmpfs`. `source` is a volume's name, a path, or "" for an anonymous volume."""

    kind: Literal["volume", "bind", "tmpfs", "npipe", "cluster", "image"]
    source: str
    target: str
    read_only: bool
    path: str
    place: Place


@record
class Dependency:
    """An entry of `depends_on`."""

    service: str
    condition: Literal["service_started", "service_healthy", "service_completed_successfully"]
    path: str
    place: Place
    required: bool = True


@record
class Attachment:
    """A network that a service is on, with its other names there. `default` is the one that compose makes."""

    network: str
    aliases: tuple[str, ...]
    path: str
    place: Place


@record
class Grant:
    """A secret or config given to a service: the file appears at `target`."""

    source: str
    target: str
    path: str
    place: Place


@record
class HealthCheck:
    """`healthcheck`; durations in seconds, None where the file says nothing."""

    test: Command | None
    disabled: bool
    interval: float | None
    timeout: float | None
    retries: int | None
    start_period: float | None
    path: str
    place: Place


@record
class Build:
    """`build`: what would be built. Its context is never read."""

    context: str
    dockerfile: str
    target: str
    args: tuple[Setting, ...]
    inline: bool
    path: str
    place: Place


@record
class Sizes:
    """`deploy.resources`, or the older `cpus`, `mem_limit`, …: vCPU and MiB, None where not said."""

    cpus: float | None = None
    memory: float | None = None
    gpus: int = 0
    path: str = ""


@record
class Service:
    """A service that is in play: no profile that was not chosen, `extends` and anchors resolved."""

    name: str
    place: Place
    last_line: int  # of its block in the file
    image: Text | None = None
    build: Build | None = None
    command: Command | None = None
    entrypoint: Command | None = None
    environment: tuple[Setting, ...] = ()
    env_files: tuple[Text, ...] = ()
    ports: tuple[Port, ...] = ()
    expose: tuple[Port, ...] = ()
    mounts: tuple[Mount, ...] = ()
    depends_on: tuple[Dependency, ...] = ()
    networks: tuple[Attachment, ...] = ()  # with `default` where the file names none; () for network_mode
    links: tuple[tuple[str, str], ...] = ()  # service, alias
    health: HealthCheck | None = None
    limits: Sizes = Sizes()
    reservations: Sizes = Sizes()
    replicas: int | None = None  # deploy.replicas or scale
    mode: str = ""  # deploy.mode
    secrets: tuple[Grant, ...] = ()
    configs: tuple[Grant, ...] = ()
    restart: str = ""  # restart, or deploy.restart_policy.condition
    labels: dict[str, Text] = field(default_factory=dict)
    platform: str = ""
    user: str = ""
    working_dir: str = ""
    hostname: str = ""
    container_name: str = ""
    stop_grace_period: float | None = None  # seconds
    stop_signal: str = ""
    init: bool | None = None
    read_only: bool = False
    privileged: bool = False
    network_mode: str = ""
    pid: str = ""
    ipc: str = ""
    cap_add: tuple[Text, ...] = ()
    devices: tuple[Text, ...] = ()
    gpus: tuple[Text, ...] = ()
    sysctls: tuple[Text, ...] = ()
    ulimits: dict[str, tuple[int, int]] = field(default_factory=dict)  # soft, hard
    tmpfs_mib: int = 0
    profiles: tuple[str, ...] = ()


@record
class Network:
    """A top-level network."""

    name: str
    internal: bool
    external: bool
    place: Place


@record
class Volume:
    """A top-level volume."""

    name: str
    external: bool
    driver: str
    place: Place


@record
class Source:
    """A top-level secret or config: where its content comes from. Only `content` has it in the file."""

    name: str
    kind: Literal["file", "environment", "content", "external"]
    value: Text | None
    place: Place


@record
class Problem:
    """What is wrong with the file, where, and how to mend it. `text` is the line itself."""

    message: str
    mend: str
    place: Place
    text: str = ""
    file: str = "compose.yaml"  # or .env
    path: str = ""  # of the key that it is about, where there is one

    def __str__(self) -> str:
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.message}"


@record
class ComposeFile:
    """A whole file, read. `problems` are mistakes that left enough to go on with."""

    source: str
    services: dict[str, Service]
    asleep: dict[str, Place] = field(default_factory=dict)  # services behind a profile that was not chosen
    networks: dict[str, Network] = field(default_factory=dict)
    volumes: dict[str, Volume] = field(default_factory=dict)
    secrets: dict[str, Source] = field(default_factory=dict)
    configs: dict[str, Source] = field(default_factory=dict)
    variables: dict[str, tuple[Place, ...]] = field(default_factory=dict)  # unset ones, and where they stand
    required: dict[str, str] = field(default_factory=dict)  # of those, ${V:?message}: the message
    not_supplied: tuple[Text, ...] = ()  # include, extends: file, env_file, build contexts, files of secrets
    leaves: tuple[Leaf, ...] = ()
    problems: tuple[Problem, ...] = ()
    name: str = ""
    boxed: tuple[Text, ...] = ()  # env_file entries whose variables are those of the .env box


class Unreadable(Exception):  # noqa: N818 - what it says of the file
    """The text cannot be read as compose at all; `problems` says why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
