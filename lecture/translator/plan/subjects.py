"""What each service is: recognised by its image, turned into a job, or left out because AWS does its work."""

import re
from collections.abc import Iterator
from itertools import accumulate

from lecture.translator import images
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.plan.volumes import SOCKET
from lecture.translator.quick import record

JOB = re.compile(
    r"\b(alembic\s+(upgrade|stamp)|manage\.py\s+(migrate|collectstatic|loaddata|createsuperuser)|db:(migrate|setup|seed|prepare|create)|"
    r"prisma\s+(migrate|db)|knex\s+migrate|sequelize\b.*db:migrate|typeorm\b.*migration:run|migrate\b.*\bup\b|flask\s+db\s+upgrade|"
    r"artisan\s+migrate|goose\b.*\bup\b|dbmate\b.*(up|migrate)|liquibase\b|flyway\b)"
)
CLIENT = re.compile(
    r"\b(kafka-(topics|console|acls|configs|storage)\b|psql|pg_(dump|restore|isready|basebackup)|createdb|"
    r"(mysql|mariadb)(dump|admin|-dump|-admin)?\s+-|mongosh|mongo\s+-|mongo(import|export|dump|restore)|"
    r"redis-cli|valkey-cli|rabbitmqadmin|sqlcmd|cqlsh|opensearch-cli|curl)\b"
)
SERVER = re.compile(
    r"^postgres\b|\b(mongod|mysqld|mariadbd|redis-server|valkey-server|rabbitmq-server|kafka-server-start|sqlservr|"
    r"docker-entrypoint|docker-run|(confluent/docker|kafka)/run|minio\s+server|elasticsearch$)\b"
)
LASTS = re.compile(r"\bwhile\b|\bsleep infinity\b|\btail -f\b|\bcrond?\b")
SPEAKS = re.compile(r"\b(celery|sidekiq|rq\s+worker|rqworker|resque|dramatiq|huey|arq|bull|bullmq|queue:work|taskiq)\b")
QUEUE = re.compile(r"broker|celery|queue|sidekiq|jobs")
HOST = re.compile(r"[\w.-]+")


def subjects(draft: Draft) -> None:
    """Fill the draft with a subject for each service in play."""
    awaited = {
        dependency.service
        for service in draft.file.services.values()
        for dependency in service.depends_on
        if dependency.condition == "service_completed_successfully"
    }
    for service in draft.file.services.values():
        row, reference = images.recognise(service.image.value) if service.image else (None, None)
        if service.build is not None:
            row = None  # what is built is one’s own program, whatever its image is to be called
        subject = Subject(service, row, reference, row.becomes if row else "container")
        draft.subjects[service.name] = subject
        if subject.managed and (
            service.name in draft.choices.self_host or is_client(subject) or service.name in awaited
        ):
            subject.becomes = "job" if is_client(subject) and not LASTS.search(subject.words) else "container"
        if subject.becomes == "container" and (service.name in awaited or is_job(subject)):
            subject.becomes = "job"
    for subject in draft.subjects.values():
        _vanish(draft, subject)


def is_job(subject: Subject) -> bool:
    """Whether it runs to its end: a migration by its command, or restart said to be no and nothing published."""
    service = subject.service
    if service.ports or subject.role not in {"container", "web", "worker"}:
        return False
    ends = service.restart in {"no", "none", "never", "false"}
    return ends or bool(JOB.search(subject.words))


def is_client(subject: Subject) -> bool:
    """Whether the image of a store is only taken for its tools, such as kafka-topics or psql."""
    return CLIENT.search(subject.words) is not None and SERVER.search(subject.words) is None


def _vanish(draft: Draft, subject: Subject) -> None:
    """What has nothing to do on AWS: it watches Docker, or it goes with a service that is managed now."""
    row = subject.row
    if subject.role == "proxy" and needs_docker(subject):
        subject.becomes = "nothing"
        return
    if row is None or subject.becomes != "nothing":
        return
    if row.goes_with and draft.rows_managed.isdisjoint(row.goes_with):
        subject.becomes = "container"


def needs_docker(subject: Subject) -> bool:
    """Whether it talks to Docker itself."""
    return any(SOCKET.search(mount.source) for mount in subject.service.mounts)


@record
class Callers:
    """Who runs Celery, Sidekiq, RQ, Bull or their kin, and whose variables of a queue name which hosts."""

    workers: frozenset[str]
    by_host: dict[str, set[str]]

    @classmethod
    def read(cls, draft: Draft) -> "Callers":
        """The callers of a file."""
        by_host: dict[str, set[str]] = {}
        for name, subject in draft.subjects.items():
            for setting in subject.service.environment:
                if setting.value and QUEUE.search(setting.name.casefold()):
                    for host in _hosts(setting.value.value):
                        by_host.setdefault(host, set()).add(name)
        return cls(frozenset(name for name, s in draft.subjects.items() if SPEAKS.search(s.words)), by_host)

    def use(self, cache: Subject) -> bool:
        """Whether a cache is a broker: somebody else works on jobs, or a variable says that it holds them."""
        return bool((self.workers | self.by_host.get(cache.name, set())) - {cache.name})


def _hosts(text: str) -> Iterator[str]:
    """Each word of `text` that may be a host: redis, and of redis.local:6379 both redis and redis.local."""
    for word in HOST.findall(text):
        yield from accumulate(word.split("."), "{}.{}".format)
