"""What each service of the file becomes, in the words of its card; and the keys that are accounted for as a whole."""

from lecture.homes import Kind
from lecture.translator.blueprint import Card, Resource, Status
from lecture.translator.nodes import below
from lecture.translator.plan import routes
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.plan.subjects import needs_docker

MACHINERY = (
    "command", "entrypoint", "healthcheck", "restart", "user", "container_name", "hostname", "deploy", "shm_size",
    "ulimits", "cap_add", "privileged", "security_opt", "stop_grace_period", "logging", "tty", "expose", "platform",
    "init", "read_only", "working_dir", "mem_limit", "cpus", "stop_signal",
)  # fmt: skip
VANISHED = "Nothing: what it did at home, AWS does or has no use for."
DOCKER = "Nothing: it talks to Docker, and where your containers run now there is no Docker to talk to."


def cards(draft: Draft, made: list[Resource]) -> tuple[Card, ...]:
    """One card a service, in the order of the file."""
    by_id = {resource.id: resource for resource in made}
    return tuple(_card(draft, subject, by_id.get(subject.name)) for subject in draft.subjects.values())


def _card(draft: Draft, subject: Subject, resource: Resource | None) -> Card:
    service = subject.service
    becomes = (resource.id,) if resource else ()
    home: Kind | None = resource.home if resource else None
    why = resource.why if resource else _gone(draft, subject)
    return Card(service.name, service.place.line, service.last_line, becomes, home, why)


def _gone(draft: Draft, subject: Subject) -> str:
    why = subject.row.why if subject.row else (DOCKER if needs_docker(subject) else VANISHED)
    if subject.role == "proxy":
        why = routes.WHY
    draft.say(below("services", subject.name), "not_needed", why)
    draft.find("mail-trap" if subject.role == "mail" else "tool-vanishes", subject.service.place.line, subject.name)
    return why


def account(draft: Draft) -> None:
    """Services, their images and what belongs to managed ones, where no step has said more."""
    for subject in draft.subjects.values():
        base = below("services", subject.name)
        if subject.managed:
            _managed(draft, subject, base)
        elif subject.becomes == "job":
            draft.said.setdefault(
                f"{base}.restart", ("translated", "It runs to its end: a task that is started, no service.")
            )
    _beside(draft)
    for name in draft.file.asleep:
        draft.say(below("services", name), "not_needed", "Asleep: it stands behind a profile that is not chosen.")


def _beside(draft: Draft) -> None:
    """What stands beside the services: env files that were pasted, networks and volumes that the plan makes."""
    for text in draft.file.boxed:
        draft.say(text.path.removesuffix(".path"), "translated", "Its variables are those of the second box.")
    made = [below("networks", name) for name, network in draft.file.networks.items() if not network.external]
    made += [below("volumes", name) for name, volume in draft.file.volumes.items() if not volume.external]
    for path in made:
        draft.say(f"{path}.external", "not_needed", "It is no other project’s: the plan makes it.")


def _managed(draft: Draft, subject: Subject, base: str) -> None:
    row = subject.row
    assert row is not None
    draft.said.setdefault(f"{base}.image", ("translated", f"Becomes {row.aws}. {row.why}"))
    for setting in subject.service.environment:
        draft.said.setdefault(setting.path, _setting(subject, setting.name))
    gone = f"{row.aws} takes care of this itself."
    for key in MACHINERY:
        draft.said.setdefault(f"{base}.{key}", ("not_needed", gone))
    for grant in (*subject.service.secrets, *subject.service.configs):
        draft.said.setdefault(grant.path, ("not_needed", gone))


def _setting(subject: Subject, name: str) -> tuple[Status, str]:
    row = subject.row
    assert row is not None
    if name in row.password_env:
        return "translated", f"{row.aws} makes the administrator’s password itself and keeps it in Secrets Manager."
    if name in row.user_env:
        return "translated", "Your app’s user. The administrator gets a name of its own; you create this user once."
    if name in row.name_env:
        return "translated", "The name of the first database."
    return "not_needed", f"A setting of the image. {row.aws} has parameters of its own."
