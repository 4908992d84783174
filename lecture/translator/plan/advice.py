"""Findings that need the whole picture: what is risky, missing, or different from home."""

import re

from lecture.translator import images
from lecture.translator.blueprint import Resource
from lecture.translator.compose import Text
from lecture.translator.plan import sizes
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.plan.scene import Scene
from lecture.translator.plan.secrets import secret_name
from lecture.translator.plan.subjects import Callers
from lecture.translator.plan.whole import look_around
from lecture.translator.specs import Cache, EcsService, Job

CLUSTER = re.compile(r"^redis-cluster\b|cluster-enabled[\s=]+[\"']?yes")
MANNERS = {"sqlserver-ex": "no-sa-on-rds", "rabbitmq": "broker-password-in-state"}  # what an engine is like on AWS
DEVELOPMENT = re.compile(
    r"\bmanage\.py runserver\b|\bflask (--\S+ \S+ )*run\b|--reload(?![\w-])|\bnodemon\b|\bnext dev\b|\bng serve\b|"
    r"\b(npm|pnpm|yarn|bun)( run)? (start:)?dev\b|\bvite\b(?! build| preview)|\bwebpack(-dev-server| serve)\b|"
    r"\bartisan serve\b|\bphp -S\b|\bts-node-dev\b|\bdotnet watch\b|\bquarkus:dev\b"
)
QUEUE = re.compile(r"\b(celery|sidekiq|rq worker|rqworker|dramatiq|huey|arq)\b")


def advise(scene: Scene, made: list[Resource]) -> None:
    """Note what a careful reader of the file would say of what is `made` of it."""
    draft = scene.draft
    for subject in draft.subjects.values():
        _image(draft, subject)
        _row(draft, subject)
        if subject.runs:
            _own(scene, subject)
            _asks(draft, subject)
            _texts(draft, subject)
        if subject.role == "cache" and CLUSTER.search(f"{subject.row and subject.row.id} {subject.words}"):
            _cluster(draft, subject, scene.callers)
    _made(draft, made)
    look_around(scene, {resource.id for resource in made if isinstance(resource.spec, Job)})


def _made(draft: Draft, made: list[Resource]) -> None:
    """What shows only when everything is planned."""
    services = [resource.spec for resource in made if isinstance(resource.spec, EcsService)]
    if services and all(spec.count == 1 for spec in services) and draft.choices.production:
        draft.find("one-replica", 1)
    for resource in made:
        subject = draft.subjects.get(resource.id)
        if isinstance(resource.spec, Cache) and resource.spec.broker and subject:
            draft.find("cache-as-broker", subject.service.place.line, subject.name)


def _cluster(draft: Draft, subject: Subject, callers: Callers) -> None:
    """A cache that the file itself runs in cluster mode, and that carries jobs."""
    if callers.use(subject):
        draft.find("cluster-cache-broker", subject.service.place.line, subject.name)


def _image(draft: Draft, subject: Subject) -> None:
    image = subject.service.image
    if image is None or subject.reference is None or subject.service.build is not None or not subject.runs:
        return
    where = (image.place.line, subject.name)
    if not subject.reference.tag and not subject.reference.digest:
        draft.find("no-tag", *where)
    elif subject.reference.tag == "latest":
        draft.find("latest-tag", *where)
    if draft.choices.arch == "arm" and subject.row is None:
        draft.find("arm-image-unsure", *where)


def _row(draft: Draft, subject: Subject) -> None:
    """What the table of images has to say about one that is managed now."""
    row, image, reference = subject.row, subject.service.image, subject.reference
    if row is None or image is None or reference is None or not subject.managed:
        return
    where = (image.place.line, subject.name)
    version, exact = subject.version
    asked = images.asked(row, reference.tag)
    if asked and asked in row.extended:
        draft.find("version-old", *where, version=asked, offered=version)
    elif not exact:
        draft.find("version-not-offered", *where, version=asked, offered=version)
    for caveat in row.caveats:
        draft.find("engine-differs", *where, caveat=caveat)
    if row.engine in MANNERS:
        draft.find(MANNERS[row.engine], *where)


def _own(scene: Scene, subject: Subject) -> None:
    """What its own block says."""
    draft, service, line = scene.draft, subject.service, subject.service.place.line
    if subject.becomes == "container" and service.health is None and subject.name in scene.published:
        draft.find("no-health-check", line, subject.name)
    if service.container_name:
        draft.find("container-name", line, subject.name)
    if service.links:
        draft.find("links-deprecated", line, subject.name)
    if subject.role == "admin" and subject.name in scene.published:
        draft.find("admin-tool-public", line, subject.name)
    if subject.role == "mail":
        draft.find("mail-trap", line, subject.name)
    if not scene.targets(subject.name) and QUEUE.search(subject.words):
        draft.find("worker-cannot-reach-queue", line, subject.name)
    if service.command and (served := DEVELOPMENT.search(subject.words)):
        draft.find("development-server", service.command.place.line, subject.name, what=served[0].strip())


def _asks(draft: Draft, subject: Subject) -> None:
    """What it asks of the machine and of the swarm."""
    service, line = subject.service, subject.service.place.line
    if service.privileged:
        draft.find("privileged", line, subject.name)
    if service.network_mode == "host":
        draft.find("host-network", line, subject.name)
    if service.mode == "global":
        draft.find("swarm-only-keys", line, subject.name, what="deploy.mode: global")
    if subject.single and (service.replicas or 1) > 1:
        draft.find("scale-of-beat", line, subject.name, count=service.replicas)
    if any(mount.kind == "tmpfs" for mount in service.mounts):
        draft.find("tmpfs", line, subject.name)
    if CRON.search(f"{subject.words} {service.image.value if service.image else ''}"):
        draft.find("cron", line, subject.name)
    if (
        subject.row
        and subject.row.id in JAVA
        and sizes.wanted(subject)[1] == subject.row.memory
        and not service.limits.memory
        and not any(one.value and "-Xmx" in one.value.value for one in service.environment)
    ):
        draft.find("no-memory-limit-big-jvm", line, subject.name)


CRON = re.compile(r"\bofelia\b|\bcrond?\b|\bsupercronic\b")
JAVA = {"elasticsearch", "logstash", "kafka", "solr", "cassandra", "keycloak", "neo4j", "zookeeper"}
VISITORS = re.compile(  # variables that browsers are told, or that name the site to the world
    r"(?i)^(VITE|NEXT_PUBLIC|REACT_APP|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP|NG_APP)_|ORIGIN|CORS|ALLOWED|TRUSTED|"
    r"(BASE|ROOT|SITE|PUBLIC|EXTERNAL|HOME|APP|FRONTEND|CLIENT|WEB|NEXTAUTH|SERVER|REDIRECT|CALLBACK|WEBHOOK)_?UR[LI]$|"
    r"HOSTNAME|SERVERNAME|DOMAIN|REDIRECT_URIS?$"
)
TEXTS = {
    "host-docker-internal": re.compile(r"host\.docker\.internal"),
    "localhost-in-env": re.compile(r"(?<![\w.-])(localhost|127\.0\.0\.1)(?![\w-])"),
    "sqlite-file": re.compile(r"sqlite:///|\.sqlite3?\b"),
}


def _texts(draft: Draft, subject: Subject) -> None:
    """What stands in its variables, labels and build arguments."""
    service = subject.service
    for setting in service.environment:
        for id, pattern in TEXTS.items():
            if setting.value and pattern.search(setting.value.value):
                visitors = id == "localhost-in-env" and VISITORS.search(setting.name)
                draft.find(
                    "localhost-for-visitors" if visitors else id, setting.place.line, subject.name, name=setting.name
                )
    for name, label in service.labels.items():
        if _gives_away(draft, name, label):
            draft.find("secret-in-label", label.place.line, subject.name)
    for argument in service.build.args if service.build else ():
        if _gives_away(draft, argument.name, argument.value):
            where = (argument.place.line, subject.name)
            draft.find("secret-in-build-arg", *where, name=argument.name)


def _gives_away(draft: Draft, name: str, text: Text | None) -> bool:
    return text is not None and bool(text.value) and (secret_name(name) or draft.vault.gives_away(text.value))
