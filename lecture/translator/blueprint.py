"""What a compose file becomes on AWS: resources, links, findings, and an account of every key.

The text of a secret is nowhere in a blueprint: a value holds `Hidden`, which names it. So nothing that
is made from a blueprint (page, diagram, Terraform, report) can print one.
"""

from collections.abc import Callable
from dataclasses import field
from typing import Literal

from lecture.homes import Kind
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile, Protocol, Unset
from lecture.translator.quick import record

Status = Literal["translated", "inferred", "not_needed", "needs_you", "not_possible"]
Severity = Literal["info", "warning", "danger"]
Category = Literal["compute", "database", "cache", "storage", "network", "identity", "messaging", "operations"]
Launch = Literal["fargate", "ec2"]
INTERNET = "internet"


@record
class Origin:
    """A key of the compose file that something comes from."""

    path: str
    line: int


# ---- values -------------------------------------------------------------------------------------


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


# ---- what there is to build ---------------------------------------------------------------------


@record
class Image:
    """The image of a container: a reference, or, where the file builds it, the repository that will hold it."""

    reference: Value = ()
    repository: str = ""  # Repository.name
    tag: Value = ("latest",)
    credentials: bool = False  # a private registry elsewhere: needs a secret with its login


@record
class Repository:
    """An ECR repository: one for each different build (context, Dockerfile, target)."""

    name: str
    services: tuple[str, ...]
    origin: Origin


@record
class ContainerPort:
    """A port that the container listens on."""

    port: int
    protocol: Protocol
    name: str = ""
    http: bool = False


@record
class Health:
    """A container health check in seconds, within ECS's limits (interval 5-300, timeout 2-60, retries 1-10)."""

    command: tuple[Value, ...]  # CMD or CMD-SHELL first
    interval: int = 30
    timeout: int = 5
    retries: int = 3
    start_period: int = 0


@record
class Share:
    """A directory of a file system (EFS), mounted into a container."""

    file_system: str  # resource id
    target: str
    read_only: bool
    origin: Origin


@record
class Container:
    """What runs: one compose service as a task definition. CPU in units (1024 = 1 vCPU), memory in MiB."""

    service: str
    image: Image
    cpu: int
    memory: int
    launch: Launch = "fargate"
    command: tuple[Value, ...] = ()
    entrypoint: tuple[Value, ...] = ()
    environment: tuple[Variable, ...] = ()
    secrets: tuple[SecretUse, ...] = ()
    ports: tuple[ContainerPort, ...] = ()
    shares: tuple[Share, ...] = ()
    scratch: tuple[str, ...] = ()  # paths of volumes that die with the task (tmpfs, anonymous)
    health: Health | None = None
    user: str = ""
    working_dir: str = ""
    stop_timeout: int | None = None  # seconds, 2-120
    init: bool = False
    read_only: bool = False
    nofile: tuple[int, int] | None = None
    privileged: bool = False  # EC2 only
    capabilities: tuple[str, ...] = ()
    disk_gb: int = 20
    buckets: tuple[str, ...] = ()  # resource ids that the task role may put and get in
    controls: tuple[tuple[str, str], ...] = ()  # settings of the kernel, each with its value
    devices: tuple[tuple[str, str], ...] = ()  # EC2 only: on the machine, in the container
    host_pid: bool = False  # EC2 only
    host_ipc: bool = False  # EC2 only


@record
class EcsService:
    """A container that is kept running."""

    container: Container
    count: int = 1
    minimum_percent: int = 100
    maximum_percent: int = 200
    discoverable: tuple[ContainerPort, ...] = ()  # ports that others reach by the service's name
    names: tuple[str, ...] = ()  # its name and its aliases
    public_ip: bool = False  # without a NAT gateway, tasks stand in public subnets
    singleton: bool = False  # celery beat and its kind


@record
class Job:
    """A container that runs to its end when somebody starts it: migrations, seeds, restart: "no"."""

    container: Container
    before: tuple[str, ...] = ()  # services that waited for it


@record
class Database:
    """RDS. Storage in GB; the master password is RDS's own, in Secrets Manager."""

    engine: Literal["postgres", "mysql", "mariadb", "sqlserver-ex", "oracle-se2"]
    version: str
    instance_class: str
    storage: int
    name: str  # the first database; "" where the engine has none
    admin: str
    port: int
    multi_az: bool
    deletion_protection: bool
    backup_days: int
    license: str = ""


@record
class Cache:
    """ElastiCache, node-based, cluster mode off."""

    engine: Literal["redis", "valkey", "memcached"]
    version: str
    node_type: str
    nodes: int  # 2 with a replica
    port: int
    broker: bool  # holds jobs: noeviction


@record
class Broker:
    """Amazon MQ for RabbitMQ."""

    version: str
    instance_type: str
    user: str
    cluster: bool


@record
class Kafka:
    """MSK: brokers and GB of disk for each."""

    version: str
    instance_type: str
    brokers: int
    storage: int


@record
class Search:
    """OpenSearch Service."""

    version: str
    instance_type: str
    instances: int
    storage: int


@record
class Documents:
    """DocumentDB, which speaks MongoDB's protocol."""

    version: str
    instance_class: str
    instances: int
    admin: str
    deletion_protection: bool
    backup_days: int


@record
class FileSystem:
    """EFS: an access point for each service that mounts it. GB are what the bill assumes."""

    volume: str
    gb: int
    uid: int = 0


@record
class Bucket:
    """S3, private, versioned."""

    purpose: str
    gb: int


@record
class Rule:
    """Where the balancer sends a request. `host` is the first label of a name below the domain, "" for the default."""

    service: str
    port: int
    host: str
    health_path: str
    origin: Origin
    inferred: str = ""  # why it is taken for HTTP
    tls: bool = False  # the container itself speaks HTTPS


@record
class LoadBalancer:
    """ALB, in both public subnets, 443 with a certificate and 80 that redirects."""

    rules: tuple[Rule, ...]


@record
class Listener:
    """A port of the network balancer."""

    port: int
    protocol: Protocol
    service: str
    target: int
    origin: Origin


@record
class NetworkBalancer:
    """NLB, in both public subnets."""

    listeners: tuple[Listener, ...]


@record
class Machines:
    """EC2 instances of the cluster, for what Fargate cannot run."""

    instance_type: str
    count: int
    services: tuple[str, ...]
    gpu: bool = False


@record
class Vpc:
    """The network: two zones, public, app and data subnets, the gate."""

    cidr: str = "10.0.0.0/16"
    zones: tuple[str, ...] = ("a", "b")


@record
class NatGateways:
    """The way out for tasks in private subnets."""

    count: int


@record
class Dns:
    """A Route 53 zone for the visitor's own domain and a certificate for it."""

    hosts: tuple[str, ...]  # labels below the domain that get a record; "" is the domain itself


@record
class Secret:
    """A secret in Secrets Manager; RDS's own has no value. Equal values share one."""

    id: str
    value: Value
    services: tuple[str, ...]
    origins: tuple[Origin, ...]
    managed_by: str = ""  # the id of the database that makes and keeps it
    private_registry: bool = False


@record
class Secrets:
    """All secrets: one line of the bill."""

    secrets: tuple[Secret, ...]


Spec = (
    EcsService | Job | Database | Cache | Broker | Kafka | Search | Documents | FileSystem | Bucket
    | LoadBalancer | NetworkBalancer | Machines | Vpc | NatGateways | Dns | Secrets
)  # fmt: skip


@record
class Resource:
    """A box of the diagram or a line of the bill. `type` is the chief Terraform type, such as aws_db_instance."""

    id: str
    type: str
    name: str  # as on a card: RDS for PostgreSQL
    category: Category
    home: Kind | None
    origins: tuple[Origin, ...]
    spec: Spec
    why: str = ""


@record
class Link:
    """A conversation that a security group allows: from whom, to whom (service names, or internet), on which port."""

    source: str
    target: str
    port: int
    protocol: Protocol
    because: str


@record
class Account:
    """What became of one key of the file."""

    path: str
    line: int
    status: Status
    message: str


@record
class Finding:
    """A danger, a risk or a hint. `id` is a row of content/findings.toml."""

    id: str
    severity: Severity
    line: int
    message: str
    fix: str
    service: str = ""


@record
class Moved:
    """A value that differs on AWS: shown before and after, secrets masked in both."""

    service: str
    name: str
    before: str
    after: str
    why: str
    line: int


@record
class Card:
    """What one service of the file becomes, for the page and the report."""

    service: str
    line: int
    last_line: int
    becomes: tuple[str, ...]  # resource ids, () where it vanishes
    home: Kind | None
    why: str


@record
class Blueprint:
    """Everything that the pages, the diagram, the bill, the Terraform and the reports are made of."""

    name: str  # of the project, fit for names on AWS: lower case, digits, hyphens, at most 24 characters
    file: ComposeFile
    choices: Choices
    resources: tuple[Resource, ...]
    repositories: tuple[Repository, ...]
    links: tuple[Link, ...]
    cards: tuple[Card, ...]
    accounts: tuple[Account, ...]
    findings: tuple[Finding, ...]
    moved: tuple[Moved, ...]
    hidden: dict[str, tuple[Origin, ...]] = field(default_factory=dict)  # names of Hidden values, and where they stood
    # the lines of the file, secrets as ••••••: for the page alone, so worked out when it asks
    masked: Callable[[], tuple[str, ...]] = field(default=tuple, repr=False, compare=False)

    def resource(self, id: str) -> Resource:
        """The resource of that id; raises KeyError."""
        return {resource.id: resource for resource in self.resources}[id]
