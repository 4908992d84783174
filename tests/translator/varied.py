"""Blueprints of every kind by chance, from a seed: more than any one compose file would ask for."""

from random import Random
from typing import cast

from lecture.costs.prices import REGIONS
from lecture.translator.blueprint import INTERNET, Account, Blueprint, Link, Resource
from lecture.translator.choices import Arch, Choices, Nat, Size
from lecture.translator.compose import ComposeFile, Place, Protocol, Unset
from lecture.translator.specs import (
    Broker,
    Bucket,
    Cache,
    Container,
    ContainerPort,
    Database,
    Dns,
    Documents,
    EcsService,
    FileSystem,
    Health,
    Image,
    Job,
    Kafka,
    Listener,
    LoadBalancer,
    Machines,
    NatGateways,
    NetworkBalancer,
    Repository,
    Rule,
    Search,
    Secret,
    Secrets,
    Share,
    Spec,
    Vpc,
)
from lecture.translator.values import Hidden, Origin, Ref, SecretUse, Value, Variable

NAMES = (
    "api",
    "API",
    "my-api",
    "my_api",
    "my.api",
    "1st",
    "web",
    "worker",
    "main",
    "internal",
    "api_8000",
    "api_execution",
    "api-task",
    "data",
    "network",
    "nginx.front-end_2",
    "a" * 70,
    "b" * 30,
    "-odd-",
    "x__y",
    "x_y",
    "certificate",
    "sg",
)
TEXTS = (
    "plain",
    "",
    "${HOME}",
    "$${x}",
    "$$$${x}",
    "%{ if true }",
    'say "hi"',
    "back\\slash",
    "two\nlines",
    "tab\there",
    "$",
    "%",
    "ends in $",
    "ends in %",
    "é😀",
    "a\x01b",
    "$(date)",
    "#{x}",
    "*/ // <<EOT",
    "\r\n",
    "null",
    "\ud800",
)
MANAGED: dict[str, tuple[str, Spec]] = {
    "postgres": (
        "aws_db_instance",
        Database("postgres", "17", "db.t4g.micro", 20, "shop", "shop_admin", 5432, True, True, 7),
    ),
    "mysql": (
        "aws_db_instance",
        Database("mysql", "8.4", "db.t3.micro", 20, "app", "app_admin", 3306, False, False, 1),
    ),
    "mariadb": (
        "aws_db_instance",
        Database("mariadb", "11.4", "db.t3.micro", 50, "app", "app_admin", 3306, False, True, 0),
    ),
    "mssql": (
        "aws_db_instance",
        Database(
            "sqlserver-ex", "16.00", "db.t3.small", 20, "", "app_admin", 1433, False, False, 1, "license-included"
        ),
    ),
    "oracle": (
        "aws_db_instance",
        Database("oracle-se2", "19", "db.t3.small", 20, "APP", "app_admin", 1521, False, False, 1, "license-included"),
    ),
    "redis": ("aws_elasticache_replication_group", Cache("redis", "7.1", "cache.t3.micro", 1, 6379, broker=True)),
    "old-redis": ("aws_elasticache_replication_group", Cache("redis", "6.2", "cache.t3.micro", 2, 6379, broker=True)),
    "valkey": ("aws_elasticache_replication_group", Cache("valkey", "8.0", "cache.t4g.micro", 2, 6379, broker=False)),
    "memcached": ("aws_elasticache_cluster", Cache("memcached", "1.6.22", "cache.t3.micro", 1, 11211, broker=False)),
    "rabbit": ("aws_mq_broker", Broker("3.13", "mq.m7g.medium", "app", cluster=True)),
    "hare": ("aws_mq_broker", Broker("3.13", "mq.m7g.medium", "app", cluster=False)),
    "kafka": ("aws_msk_cluster", Kafka("3.7.x", "kafka.t3.small", 3, 10)),
    "search": ("aws_opensearch_domain", Search("2.19", "t3.small.search", 1, 10)),
    "elastic": ("aws_opensearch_domain", Search("OpenSearch_2.19", "t3.small.search", 3, 10)),
    "mongo": ("aws_docdb_cluster", Documents("5.0.0", "db.t4g.medium", 2, "app_admin", True, 7)),
}


class Chance:
    """One blueprint in the making."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        pick = self.random.choice
        self.choices = Choices(
            size=cast(Size, pick(("learning", "production"))),
            region=pick(REGIONS),
            arch=cast(Arch, pick(("x86", "arm"))),
            nat=cast("Nat | None", pick((None, "none", "one", "per-zone"))),
        )
        self.services = self.random.sample(NAMES, self.random.randint(0, 7))
        self.managed = self.random.sample(sorted(MANAGED), self.random.randint(0, 5))
        self.volumes = [f"vol.{number}" for number in range(self.random.randint(0, 2))]
        self.buckets = ["objects"] if self.random.random() < 0.4 else []
        self.secrets: list[Secret] = []
        self.line = 1

    def maybe(self, chance: float = 0.3) -> bool:
        """True now and then."""
        return self.random.random() < chance

    def origin(self, path: str) -> Origin:
        """The next line of a file that nobody wrote."""
        self.line += 1
        return Origin(path, self.line)

    def value(self) -> Value:
        """Text, endpoints, variables and secrets in any order."""
        parts: list[object] = []
        for _ in range(self.random.randint(0, 4)):
            kind = self.random.random()
            if kind < 0.55 or not self.managed:
                parts.append(self.random.choice(TEXTS))
            elif kind < 0.8:
                parts.append(Ref(self.random.choice(self.managed), self.random.choice(("host", "port", "arn"))))
                parts.append(self.random.choice(("", ":9092", ":9092/x")))
            else:
                parts.append(self.random.choice((Unset("TAG"), Unset("version"), Unset("DOMAIN"))))
        return cast(Value, tuple(parts))

    def secret(self, services: tuple[str, ...]) -> str:
        """A new secret, or one that is there already."""
        if self.secrets and self.maybe():
            return self.random.choice(self.secrets).id
        id = f"secret.{len(self.secrets)}"
        value: Value = (*self.value(), Hidden(self.random.choice(("password", "token", "count", "a.b"))), *self.value())
        keepers = [name for name in self.managed if isinstance(MANAGED[name][1], Database | Documents)]
        if keepers and self.maybe():
            found = Secret(id, (), services, (), managed_by=self.random.choice(keepers))
        else:
            found = Secret(id, () if self.maybe(0.2) else value, services, (self.origin(f"services.x.{id}"),))
        self.secrets.append(found)
        return id

    def container(self, name: str) -> Container:
        """A container with some of everything."""
        fargate = self.maybe(0.8)
        words = tuple(self.value() for _ in range(self.random.randint(0, 3)))
        image = (
            Image(repository="shop")
            if self.maybe(0.4)
            else Image(
                (
                    self.random.choice(
                        (
                            "nginx:1.27",
                            "registry.example.com/x@sha256:ab",
                            "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:1",
                        )
                    ),
                )
            )
        )
        if self.maybe(0.15):
            image = Image(("registry.example.com/private:", Unset("TAG")), credentials=True)
            self.secrets.append(Secret(f"login-{name}", (), (name,), (), private_registry=True))
        if self.maybe(0.1):
            image = Image(repository="other", tag=(self.random.choice(("1.0", "v2")),))
        uses = [
            SecretUse(f"S{n}", self.secret((name,)), self.origin("x"), file="/run/secrets/x" if self.maybe() else "")
            for n in range(self.random.randint(0, 2))
        ]
        return Container(
            service=name,
            image=image,
            cpu=256,
            memory=512,
            launch="fargate" if fargate else "ec2",
            command=words,
            entrypoint=(("sh",), ("-c",)) if self.maybe() else (),
            environment=tuple(
                Variable(f"V{n}.{self.random.choice(TEXTS)}", self.value(), self.origin("x"))
                for n in range(self.random.randint(0, 4))
            ),
            secrets=tuple(uses),
            ports=self.ports(),
            shares=tuple(
                Share(volume, f"/srv/{n}", self.maybe(), self.origin("services.x.volumes[0]"))
                for n, volume in enumerate(
                    self.random.choices(self.volumes, k=2) if self.volumes and self.maybe(0.6) else ()
                )
            ),
            scratch=("/tmp", "/var/tmp")[: self.random.randint(0, 2)],
            health=Health((("CMD-SHELL",), ("curl -f http://localhost || exit 1",)), 10, 5, 3, 20)
            if self.maybe()
            else None,
            user="1000:1000" if self.maybe() else "",
            working_dir="/app" if self.maybe() else "",
            stop_timeout=30 if self.maybe() else None,
            init=self.maybe(),
            read_only=self.maybe(),
            nofile=(1024, 65535) if self.maybe() else None,
            privileged=not fargate and self.maybe(),
            capabilities=("SYS_PTRACE",) if self.maybe(0.2) else (),
            disk_gb=self.random.choice((20, 20, 30)),
            buckets=tuple(self.buckets) if self.maybe() else (),
        )

    def ports(self) -> tuple[ContainerPort, ...]:
        """A few ports, 53 in both protocols."""
        some = (
            ContainerPort(8000, "tcp", "web", True),
            ContainerPort(53, "tcp"),
            ContainerPort(53, "udp"),
            ContainerPort(5432, "tcp"),
        )
        return tuple(self.random.sample(some, self.random.randint(0, 3)))

    def blueprint(self) -> Blueprint:
        """The whole of it."""
        named = [name for name in self.services if name not in self.managed]
        containers = {name: self.container(name) for name in named}
        found = [Resource("network", "aws_vpc", "Network", "network", None, (), Vpc())]
        if "network" in containers:
            found = [Resource("network-2", "aws_vpc", "Network", "network", None, (), Vpc())]
        for name, container in containers.items():
            found.append(self.runner(name, container))
        for name in self.managed:
            kind, spec = MANAGED[name]
            found.append(Resource(name, kind, name, "database", "furnished", (self.origin(f"services.{name}"),), spec))
        for volume in self.volumes:
            spec = FileSystem(volume, 5, self.random.choice((0, 1000)))
            found.append(
                Resource(
                    volume,
                    "aws_efs_file_system",
                    "EFS",
                    "storage",
                    "furnished",
                    (self.origin(f"volumes.{volume}"),),
                    spec,
                )
            )
        for bucket in self.buckets:
            found.append(Resource(bucket, "aws_s3_bucket", "S3", "storage", "hotel", (), Bucket("uploads", 1)))
        found += self.doors(containers)
        if self.choices.nat_gateways and self.maybe(0.9):
            found.append(
                Resource(
                    "nat", "aws_nat_gateway", "NAT", "network", "furnished", (), NatGateways(self.choices.nat_gateways)
                )
            )
        if self.secrets:
            found.append(
                Resource(
                    "secrets",
                    "aws_secretsmanager_secret",
                    "Secrets",
                    "identity",
                    "hotel",
                    (),
                    Secrets(tuple(self.secrets)),
                )
            )
        found += self.machines(containers)
        return Blueprint(
            name=self.random.choice(("shop", "sg", "internal", "a-name-of-24-characters-")),
            file=self.file(),
            choices=self.choices,
            resources=tuple(found),
            repositories=(
                Repository("shop", tuple(named), self.origin("services.x.build")),
                Repository("Other--Repo", ("gone",), self.origin("x")),
                Repository("other", tuple(named), self.origin("services.y.build")),
            ),
            links=tuple(self.links(named)),
            cards=(),
            findings=(),
            moved=(),
            accounts=(Account("services.x.build", 3, "needs_you", "Build it."), Account("x", 1, "translated", "")),
            hidden={"password": (self.origin("services.rabbit.environment.RABBITMQ_DEFAULT_PASS"),)},
        )

    def runner(self, name: str, container: Container) -> Resource:
        """A service or a job."""
        if self.maybe(0.25):
            return Resource(
                name,
                "aws_ecs_task_definition",
                "Job",
                "compute",
                "furnished",
                (self.origin(f"services.{name}"),),
                Job(container),
            )
        spec = EcsService(
            container,
            self.random.randint(0, 3),
            discoverable=tuple(p for p in container.ports if self.maybe(0.7)),
            names=(name, "shared-alias") if self.maybe() else (name,),
            public_ip=self.choices.nat_gateways == 0,
            singleton=self.maybe(),
        )
        return Resource(
            name, "aws_ecs_service", "ECS service", "compute", "furnished", (self.origin(f"services.{name}"),), spec
        )

    def doors(self, containers: dict[str, Container]) -> list[Resource]:
        """Balancers for some of the ports."""
        rules, listeners = [], []
        for name, container in containers.items():
            for port in container.ports:
                if port.protocol == "tcp" and self.maybe(0.6):
                    host = (
                        ""
                        if not rules and self.maybe(0.8)
                        else f"{name.strip('-').lower().replace('_', '-')}-{port.port}"[:40]
                    )
                    rules.append(
                        Rule(
                            name,
                            port.port,
                            host,
                            "/health?x=${y}",
                            self.origin(f"services.{name}.ports[0]"),
                            "port 80 usually speaks HTTP",
                            self.maybe(0.1),
                        )
                    )
                elif self.maybe(0.6):
                    listeners.append(
                        Listener(
                            self.random.choice((53, 1883, port.port)), port.protocol, name, port.port, self.origin("x")
                        )
                    )
        found = []
        if rules or self.maybe(0.1):
            found.append(
                Resource(
                    "load-balancer",
                    "aws_lb",
                    "ALB",
                    "network",
                    "furnished",
                    (self.origin("x"),),
                    LoadBalancer(tuple(rules)),
                )
            )
            found.append(
                Resource(
                    "dns", "aws_route53_zone", "DNS", "network", "hotel", (), Dns(tuple(rule.host for rule in rules))
                )
            )
        if listeners or self.maybe(0.1):
            found.append(
                Resource(
                    "network-balancer",
                    "aws_lb",
                    "NLB",
                    "network",
                    "furnished",
                    (self.origin("x"),),
                    NetworkBalancer(tuple(listeners)),
                )
            )
        return found

    def machines(self, containers: dict[str, Container]) -> list[Resource]:
        """Instances for whatever cannot run on Fargate."""
        names = tuple(name for name, container in containers.items() if container.launch == "ec2")
        if not names or self.maybe(0.1):
            return []
        kinds = (
            Machines("t3.small", 1, names),
            Machines("t4g.small", 2, names),
            Machines("g4dn.xlarge", 1, names, gpu=True),
        )
        return [Resource("machines", "aws_autoscaling_group", "EC2", "compute", "empty", (), self.random.choice(kinds))]

    def links(self, names: list[str]) -> list[Link]:
        """Who speaks to whom, in loops too."""
        found = [Link(INTERNET, name, 8000, "tcp", "published") for name in names if self.maybe()]
        for source in names:
            for target in (*names, *self.managed, *self.buckets, "gone"):
                if self.maybe(0.4):
                    protocol = cast(Protocol, self.random.choice(("tcp", "tcp", "udp")))
                    found.append(
                        Link(
                            source, target, self.random.choice((8000, 5432, 53)), protocol, "depends_on\nand more ${x}"
                        )
                    )
        return found

    def file(self) -> ComposeFile:
        """As much of a file as is looked at."""
        return ComposeFile("", {}, variables={"TAG": (Place(3, 1), Place(4, 1))}, required={"TAG": "say so"})


def blueprint(seed: int) -> Blueprint:
    """The blueprint of this seed."""
    return Chance(seed).blueprint()
