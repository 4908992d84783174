"""Programs that AWS runs for you: the size, the version and the name that each gets."""

import re
from collections.abc import Callable

from lecture.translator.compose import Setting
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.specs import Broker, Bucket, Cache, Database, Documents, Kafka, Search, Spec

RESERVED = {"admin", "administrator", "rdsadmin", "root", "sa", "sys", "system", "master", "user", "public"}
PORTS = {"postgres": 5432, "mysql": 3306, "mariadb": 3306, "sqlserver-ex": 1433, "oracle-se2": 1521}
# where a managed service is called: the ports that speak TLS
TLS_PORTS = {"mq": 5671, "msk": 9094, "opensearch": 443, "documentdb": 27017, "s3": 443}
MEMORY = 4.0  # GiB of a medium database; above it, a large one
STORAGE = 20  # GB, the least that RDS gives any engine


def setting(subject: Subject, *names: str) -> Setting | None:
    """The first of these environment variables that the service has."""
    known = {one.name: one for one in subject.service.environment}
    return next((known[name] for name in names if name in known), None)


def plain(subject: Subject, *names: str) -> str:
    """The text of the first of these variables, "" where there is none or nobody gave it a value."""
    found = setting(subject, *names)
    whole = found is not None and found.value is not None and all(isinstance(part, str) for part in found.value.parts)
    return found.value.value if whole and found and found.value else ""


def port(subject: Subject) -> int:
    """The port on which the managed service is called, whatever the container’s was."""
    engine = subject.row.engine if subject.row else ""
    if subject.becomes == "rds":
        return PORTS.get(engine, 5432)
    if subject.becomes == "elasticache":
        return 11211 if engine == "memcached" else 6379
    return TLS_PORTS[subject.becomes]


def spec(draft: Draft, subject: Subject, jobs: bool) -> Spec:
    """What the service becomes; `jobs` where it carries Celery's, Sidekiq's or another queue's."""
    makers: dict[str, Callable[[], Spec]] = {
        "rds": lambda: database(draft, subject),
        "elasticache": lambda: cache(draft, subject, jobs),
        "mq": lambda: broker(draft, subject),
        "msk": lambda: kafka(draft, subject),
        "opensearch": lambda: search(draft, subject),
        "documentdb": lambda: documents(draft, subject),
        "s3": lambda: Bucket("objects", 1),
    }
    return makers[subject.becomes]()


def database(draft: Draft, subject: Subject) -> Database:
    """RDS, of the smallest class that has the memory the file asks for."""
    row = subject.row
    assert row is not None
    engine = row.engine
    name = re.sub(r"\W", "_", plain(subject, *row.name_env))
    return Database(
        engine=engine,  # type: ignore[arg-type] # a test holds images.toml to these
        version=subject.version[0],
        instance_class=_class(draft, subject, "db"),
        storage=STORAGE,
        name=_database_name(engine, name, plain(subject, *row.user_env)),
        admin=admin(plain(subject, *row.user_env)),
        port=PORTS.get(engine, 5432),
        multi_az=draft.choices.standby and engine != "sqlserver-ex",
        deletion_protection=draft.choices.protected,
        backup_days=draft.choices.backups,
        license={"sqlserver-ex": "license-included", "oracle-se2": "license-included"}.get(engine, ""),
    )


def _database_name(engine: str, name: str, user: str) -> str:
    """The first database: as named, else as the image makes it. SQL Server takes none at birth."""
    if engine == "sqlserver-ex":
        return ""
    found = name or (re.sub(r"\W", "_", user) if engine == "postgres" else "") or "app"
    found = found if found[0].isalpha() else f"db_{found}"
    return found[:8].upper() if engine == "oracle-se2" else ("app" if found == "postgres" else found[:60])


def admin(user: str) -> str:
    """The administrator's name: your app's user with _admin behind it, so that the app keeps its own."""
    found = re.sub(r"\W", "_", user).strip("_") or "app"
    found = found if found[0].isalpha() else f"u_{found}"
    return "app_admin" if found.lower() in RESERVED else f"{found[:16]}_admin"


def _class(draft: Draft, subject: Subject, prefix: str) -> str:
    """Micro for 1 GB, small for 2, medium for 4, large of the steady family above."""
    memory = max(subject.service.limits.memory or 0, subject.service.reservations.memory or 0) / 1024
    arm = draft.choices.arch == "arm"
    if memory > MEMORY:
        return f"{prefix}.{'r6g' if arm else 'r5'}.large"
    size = next(name for most, name in ((1, "micro"), (2, "small"), (4, "medium")) if memory <= most)
    needs_more = subject.row is not None and subject.row.engine in {"sqlserver-ex", "oracle-se2"}
    family = "t3" if needs_more or not arm else "t4g"
    return f"{prefix}.{family}.{'small' if needs_more and size == 'micro' else size}"


def cache(draft: Draft, subject: Subject, jobs: bool) -> Cache:
    """ElastiCache: a node, and a replica in the other zone for production."""
    assert subject.row is not None
    engine = subject.row.engine
    port = 11211 if engine == "memcached" else 6379
    nodes = 2 if draft.choices.standby and engine != "memcached" else 1
    return Cache(engine, subject.version[0], _class(draft, subject, "cache"), nodes, port, jobs)  # type: ignore[arg-type]


def broker(draft: Draft, subject: Subject) -> Broker:
    """Amazon MQ for RabbitMQ, which begins at mq.m7g.medium."""
    return Broker(subject.version[0], "mq.m7g.medium", user(subject), draft.choices.production)


def user(broker: Subject) -> str:
    """The one user that a broker is born with: as the file names it, where Amazon MQ allows the name."""
    row = broker.row
    assert row is not None
    named = re.sub(r"\W", "-", plain(broker, *row.user_env)) or "app"
    return "app" if named in {"guest", "admin"} else named


def kafka(draft: Draft, subject: Subject) -> Kafka:
    """MSK: two brokers are the fewest, three survive a zone."""
    return Kafka(subject.version[0], "kafka.t3.small", 2, 10)


def search(draft: Draft, subject: Subject) -> Search:
    """OpenSearch Service."""
    return Search(subject.version[0], "t3.small.search", 2 if draft.choices.standby else 1, 10)


def documents(draft: Draft, subject: Subject) -> Documents:
    """DocumentDB."""
    row = subject.row
    assert row is not None
    user = admin(plain(subject, *row.user_env))
    kind = "db.t4g.medium" if draft.choices.arch == "arm" else "db.t3.medium"
    copies, choices = (2 if draft.choices.standby else 1), draft.choices
    return Documents(subject.version[0], kind, copies, user, choices.protected, max(1, choices.backups))
