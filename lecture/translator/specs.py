"""What there is to build: each kind of box, with what Terraform and the bill need to know of it."""

from typing import Literal

from lecture.translator.compose import Protocol
from lecture.translator.quick import record
from lecture.translator.values import Origin, SecretUse, Value, Variable

Launch = Literal["fargate", "ec2"]


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
