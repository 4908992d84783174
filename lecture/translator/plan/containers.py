"""What is left to run: one task definition for each service that stays a container."""

import re

from lecture.translator.compose import Text, Unset
from lecture.translator.images import private
from lecture.translator.nodes import below
from lecture.translator.plan.draft import Draft, Subject, build_key, slug
from lecture.translator.plan.hosts import Names
from lecture.translator.plan.launching import controls, devices, launch
from lecture.translator.plan.ports import row_port
from lecture.translator.plan.scene import Scene
from lecture.translator.plan.settings import environment, words
from lecture.translator.plan.sizes import size, wanted
from lecture.translator.specs import Container, ContainerPort, Health, Image, Repository
from lecture.translator.values import Origin, Value

USER = re.compile(r"[\w-]+(:[\w-]+)?")
TAG = re.compile(r":([\w][\w.-]{0,127})$")


def container(scene: Scene, subject: Subject) -> Container:
    """The task definition of a service."""
    draft, names, kept = scene.draft, scene.names, scene.kept
    targets = scene.targets(subject.name)
    service = subject.service
    cpu, memory = _size(draft, subject)
    env = environment(draft, subject, names, scene.wallet)
    where, kernel = launch(subject), controls(service)
    if kernel:
        message = "A setting of the kernel, for this container alone: systemControls in its task definition."
        draft.say(f"{below('services', service.name)}.sysctls", "translated", message)
    return Container(
        service=service.name,
        image=_image(draft, subject),
        cpu=cpu,
        memory=memory,
        launch=where,
        command=words(draft, subject, service.command, names),
        entrypoint=words(draft, subject, service.entrypoint, names),
        environment=env.variables,
        secrets=env.secrets,
        ports=_ports(subject, scene.ports(subject.name)),
        shares=tuple(kept.shares.get(service.name, ())),
        scratch=tuple(dict.fromkeys(kept.scratch.get(service.name, ()))),
        health=_health(draft, subject, names),
        user=service.user if USER.fullmatch(service.user) else "",
        working_dir=service.working_dir if service.working_dir.startswith("/") else "",
        stop_timeout=_stop(service.stop_grace_period),
        init=bool(service.init),
        read_only=service.read_only,
        nofile=service.ulimits.get("nofile"),
        privileged=service.privileged and where == "ec2",
        buckets=tuple(name for name in sorted(targets) if draft.subjects[name].becomes == "s3"),
        capabilities=tuple(text.value.removeprefix("CAP_") for text in service.cap_add),
        controls=kernel,
        devices=devices(service) if where == "ec2" else (),
        host_pid=service.pid == "host" and where == "ec2",
        host_ipc=service.ipc == "host" and where == "ec2",
    )


def _size(draft: Draft, subject: Subject) -> tuple[int, int]:
    cpus, memory = wanted(subject)
    found = size(cpus, memory)
    if found is None:
        draft.find("larger-than-fargate", subject.service.place.line, subject.name)
        return 16384, 120 * 1024
    return found


def _stop(seconds: float | None) -> int | None:
    return None if seconds is None else max(2, min(120, round(seconds)))


def _ports(subject: Subject, called: set[int]) -> tuple[ContainerPort, ...]:
    """Every port that somebody calls: visitors, or other services."""
    own = {(port.target, port.protocol) for port in subject.service.ports}
    own |= {(port, "tcp") for port in called}
    return tuple(
        ContainerPort(port, protocol, f"p{port}-{protocol}", row_port(subject.row, port) == "http")
        for port, protocol in sorted(own)
    )


def _health(draft: Draft, subject: Subject, names: Names) -> Health | None:
    """The container’s own check, within the limits of ECS."""
    health = subject.service.health
    if health is None or health.disabled or health.test is None or not health.test.words:
        return None
    test = words(draft, subject, health.test, names)
    if not test or test[0] == ("NONE",):
        return None
    if test[0] not in {("CMD",), ("CMD-SHELL",)}:
        test = (("CMD-SHELL",) if health.test.shell else ("CMD",), *test)
    return Health(
        test,
        _within(health.interval, 30, 5, 300),
        _within(health.timeout, 30, 2, 60),
        _within(health.retries, 3, 1, 10),
        _within(health.start_period, 0, 0, 300),
    )


def _within(value: float | None, usual: int, least: int, most: int) -> int:
    return max(least, min(most, round(usual if value is None else value)))


# ---- images -------------------------------------------------------------------------------------


def _image(draft: Draft, subject: Subject) -> Image:
    service = subject.service
    if service.build is not None or service.image is None:
        return Image(repository=repository_name(draft, subject), tag=_tag(draft, service.image))
    reference = service.image
    closed = subject.reference is not None and private(subject.reference)
    if closed:
        draft.find("private-registry", reference.place.line, subject.name)
    draft.asked.update(part.name for part in reference.parts if isinstance(part, Unset))
    return Image(reference=tuple(reference.parts), credentials=closed)


def _tag(draft: Draft, image: Text | None) -> Value:
    """The tag of a built image: the one that the file gives it, else latest."""
    if image is None:
        return ("latest",)
    last = image.parts[-1] if image.parts else ""
    if isinstance(last, Unset):
        draft.asked.add(last.name)
        return (last,)
    found = TAG.search(last)
    return (found[1],) if found else ("latest",)


def repository_name(draft: Draft, subject: Subject) -> str:
    """One repository for each different build: its first service’s name, or the project’s where there is only one."""
    builds = draft.builds
    if len(builds) <= 1 or build_key(subject) not in builds:
        return draft.project
    return slug(f"{draft.project}-{builds[build_key(subject)][0]}", 60)


def repositories(draft: Draft) -> tuple[Repository, ...]:
    """An ECR repository for each different build."""
    return tuple(
        Repository(repository_name(draft, draft.subjects[services[0]]), tuple(services), _built(draft, services[0]))
        for services in draft.builds.values()
    )


def _built(draft: Draft, name: str) -> Origin:
    service = draft.subjects[name].service
    build = service.build
    return Origin(build.path, build.place.line) if build else Origin(below("services", name), service.place.line)
