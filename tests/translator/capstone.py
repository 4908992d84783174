"""The capstone as a blueprint written by hand: what its plan must be, and what writers can be tried on alone."""

from lecture.translator.blueprint import INTERNET, Blueprint, Card, Link, Resource
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile
from lecture.translator.specs import (
    Cache,
    Container,
    ContainerPort,
    Database,
    Dns,
    EcsService,
    Image,
    LoadBalancer,
    NatGateways,
    Repository,
    Rule,
    Secret,
    Secrets,
    Vpc,
)
from lecture.translator.values import Hidden, Origin, Ref, SecretUse, Value, Variable

DATABASE_URL: Value = (
    "postgresql+asyncpg://saas:",
    Hidden("database_url_password"),
    "@",
    Ref("db", "host"),
    ":5432/saas?ssl=require",
)
REDIS_URL: Value = ("rediss://", Ref("redis", "host"), ":6379/0?ssl_cert_reqs=required")
DB, REDIS = "services.{}.environment.DATABASE_URL", "services.{}.environment.REDIS_URL"


def container(
    service: str, line: int, command: tuple[str, ...] = (), port: int = 0, database: bool = True
) -> Container:
    """One of the three services that are the capstone's own image."""
    url = SecretUse("DATABASE_URL", "database-url", Origin(DB.format(service), line + 2))
    return Container(
        service=service,
        image=Image(repository="capstone", tag=("latest",)),
        cpu=256,
        memory=512,
        command=tuple((word,) for word in command),
        environment=(
            Variable("REDIS_URL", REDIS_URL, Origin(REDIS.format(service), line + 3), "redis://redis:6379/0"),
        ),
        secrets=(url,) if database else (),
        ports=(ContainerPort(port, "tcp", http=True),) if port else (),
    )


LEARNING = Choices()


def blueprint(choices: Choices = LEARNING) -> Blueprint:
    """api, worker, beat, db and redis, with the five things that the file does not mention."""
    api = EcsService(container("api", 3, port=8000))
    worker = EcsService(container("worker", 16, ("celery", "-A", "app.worker", "worker", "--loglevel=info")))
    beat = EcsService(
        container("beat", 26, ("celery", "-A", "app.worker", "beat", "--loglevel=info"), database=False),
        minimum_percent=0,
        maximum_percent=100,
        singleton=True,
    )
    database = Database(
        "postgres", "15", "db.t3.micro", 20, "saas", "saas_admin", 5432,
        choices.standby, choices.protected, choices.backups,
    )  # fmt: skip
    cache = Cache("redis", "7.1", "cache.t3.micro", 2 if choices.standby else 1, 6379, broker=True)
    balancer = LoadBalancer((Rule("api", 8000, "", "/", Origin("services.api.ports[0]", 6)),))
    secrets = Secrets(
        (
            Secret("db-master", (), (), (Origin("services.db.environment.POSTGRES_PASSWORD", 37),), managed_by="db"),
            Secret("database-url", DATABASE_URL, ("api", "worker"), (Origin(DB.format("api"), 8),)),
        )
    )
    ports, image = (Origin("services.api.ports[0]", 6),), "Your image, on the landlord’s machines."
    fargate = "ECS service on Fargate"
    found = (
        Resource("network", "aws_vpc", "Network over two zones", "network", None, (), Vpc()),
        Resource("load-balancer", "aws_lb", "Application Load Balancer", "network", "furnished", ports, balancer),
        Resource("dns", "aws_route53_zone", "DNS zone", "network", "hotel", ports, Dns(("",))),
        Resource("api", "aws_ecs_service", fargate, "compute", "furnished", (Origin("services.api", 3),), api, image),
        Resource("worker", "aws_ecs_service", fargate, "compute", "furnished",
                 (Origin("services.worker", 16),), worker),
        Resource("beat", "aws_ecs_service", fargate, "compute", "furnished", (Origin("services.beat", 26),), beat),
        Resource("db", "aws_db_instance", "RDS for PostgreSQL", "database", "furnished",
                 (Origin("services.db", 34), Origin("volumes.pgdata", 49)), database),
        Resource("redis", "aws_elasticache_replication_group", "ElastiCache for Redis OSS", "cache", "furnished",
                 (Origin("services.redis", 45),), cache),
        Resource("secrets", "aws_secretsmanager_secret", "Two secrets", "identity", "hotel",
                 tuple(origin for secret in secrets.secrets for origin in secret.origins), secrets),
    )  # fmt: skip
    nat = Resource(
        "nat", "aws_nat_gateway", "NAT gateway", "network", "furnished", (), NatGateways(choices.nat_gateways)
    )
    links = (
        Link(INTERNET, "api", 8000, "tcp", "published port 8000"),
        Link("api", "db", 5432, "tcp", "depends_on, and db in DATABASE_URL"),
        Link("api", "redis", 6379, "tcp", "depends_on, and redis in REDIS_URL"),
        Link("worker", "db", 5432, "tcp", "depends_on, and db in DATABASE_URL"),
        Link("worker", "redis", 6379, "tcp", "depends_on, and redis in REDIS_URL"),
        Link("beat", "redis", 6379, "tcp", "depends_on, and redis in REDIS_URL"),
    )
    lines = {"api": (3, 14), "worker": (16, 24), "beat": (26, 32), "db": (34, 43), "redis": (45, 46)}
    return Blueprint(
        name="capstone",
        file=ComposeFile("", {}),
        choices=choices,
        resources=(*found, *([nat] if choices.nat_gateways else [])),
        repositories=(Repository("capstone", ("api", "worker", "beat"), Origin("services.api.build", 4)),),
        links=links,
        cards=tuple(Card(name, *at, (name,), "furnished", "") for name, at in lines.items()),
        accounts=(),
        findings=(),
        moved=(),
        hidden={"database_url_password": (Origin(DB.format("api"), 8),)},
    )
