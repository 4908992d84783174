"""Where a container runs: on Fargate, or on an EC2 machine where it asks for what Fargate refuses."""

import re

from lecture.translator.compose import Service
from lecture.translator.nodes import below
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.specs import Launch

ON_FARGATE = {"SYS_PTRACE"}
SYSCTLS = re.compile(r"^net\.|^fs\.mqueue|^kernel\.(shm|msg|sem)")
ON_EC2 = "Fargate does not offer {what}. The task runs on an EC2 machine of yours."
NETWORK = (
    "Fargate does not offer {what}, so the task runs on an EC2 machine. There it has a network card of its own: "
    'where it needs the machine’s, write network_mode = "host" into its task definition.'
)


def launch(subject: Subject) -> Launch:
    """EC2 for what Fargate refuses: privileged, devices, GPUs, the host’s network or processes, most capabilities."""
    return "ec2" if hindrances(subject) else "fargate"


def hindrances(subject: Subject) -> dict[str, str]:
    """The keys for which Fargate has no room, and what each asks for."""
    service = subject.service
    rights = {text.value.removeprefix("CAP_") for text in service.cap_add} - ON_FARGATE if service.cap_add else None
    found = {
        "privileged": (service.privileged, "a privileged container"),
        "devices": (service.devices, "a device of the host"),
        "gpus": (service.gpus, "a GPU"),
        "deploy.resources.reservations.devices": (service.reservations.gpus, "a GPU"),
        "network_mode": (service.network_mode == "host", "the host’s own network"),
        "pid": (service.pid == "host", "the host’s processes"),
        "ipc": (service.ipc == "host", "the host’s shared memory"),
        "cap_add": (rights, "more rights over the kernel"),
        "sysctls": (any(not SYSCTLS.match(text.value) for text in service.sysctls), "a setting of the kernel"),
    }
    base = below("services", service.name)
    return {f"{base}.{key}": what for key, (wanted, what) in found.items() if wanted}


def controls(service: Service) -> tuple[tuple[str, str], ...]:
    """`sysctls` as names and values; those with a variable that nobody gave a value are left out."""
    known = [text.value for text in service.sysctls if all(isinstance(part, str) for part in text.parts)]
    return tuple((name, value) for name, _, value in (text.partition("=") for text in known) if name and value)


def devices(service: Service) -> tuple[tuple[str, str], ...]:
    """`devices` as paths on the machine and in the container."""
    found = [text.value.split(":") for text in service.devices if text.value.startswith("/")]
    return tuple((paths[0], paths[1] if len(paths) > 1 and paths[1].startswith("/") else paths[0]) for paths in found)


def account(draft: Draft, subject: Subject) -> None:
    """Why a service needs a machine, key by key, and what is said of keys that Fargate alone refuses."""
    base, line = below("services", subject.name), subject.service.place.line
    for path, what in hindrances(subject).items():
        host = path.endswith(".network_mode")
        draft.say(path, "needs_you" if host else "translated", (NETWORK if host else ON_EC2).format(what=what))
        draft.find("not-on-fargate", line, subject.name, what=what)
    if subject.service.gpus or subject.service.reservations.gpus:
        draft.say(
            f"{base}.runtime", "translated", "The machine’s image is made for graphics cards and brings it along."
        )
