"""Findings about the file as a whole: what it leaves out, who waits for whom, and who is called how."""

from lecture.translator.plan.doors import SHUT, is_http, loopback
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.plan.links import unheard
from lecture.translator.plan.scene import Scene


def look_around(scene: Scene, jobs: set[str]) -> None:
    """Note what shows only when services are seen together; `jobs` are those that run to their end."""
    draft = scene.draft
    _left_out(draft)
    _waits(scene)
    if not scene.published:
        _at_home(draft)
    for job in sorted(jobs & scene.calls.keys(), key=draft.order.__getitem__):
        _calls_by_name(scene, draft.subjects[job])


def _left_out(draft: Draft) -> None:
    """Variables without a value, and files that the file names."""
    for name, places in draft.file.variables.items():
        draft.find("variable-unset" if name in draft.asked else "variable-not-needed", places[0].line, name=name)
    for text in draft.file.not_supplied:
        if ".env_file" in text.path:
            draft.find("env-file-not-supplied", text.place.line, path=text.value)
        elif text.path.startswith("include") or ".extends" in text.path:
            draft.find("include-not-supplied", text.place.line, path=text.value)
    for network in draft.file.networks.values():
        if network.external:
            draft.find("external-network", network.place.line, network=network.name)


def _waits(scene: Scene) -> None:
    """Who waits for whom, and for somebody of whom nobody knows where to call."""
    draft = scene.draft
    waiting: dict[str, list[str]] = {}
    for subject, target in unheard(draft):
        if target.name not in scene.targets(subject.name):
            waiting.setdefault(target.name, []).append(subject.name)
    for name, callers in waiting.items():
        draft.find("port-unknown", draft.subjects[name].service.place.line, name, caller=listed(callers))
    first = next((s for s in draft.subjects.values() if s.runs and s.service.depends_on), None)
    if first:
        draft.find("depends-on-order", first.service.depends_on[0].place.line, first.name)


def _at_home(draft: Draft) -> None:
    """Nobody outside reaches anything, though something is published for this computer alone."""
    for subject in draft.subjects.values():
        if subject.becomes != "container" or subject.role in SHUT:
            continue
        port = next((one for one in subject.service.ports if loopback(one) and is_http(subject, one)), None)
        if port:
            draft.find("published-at-home", port.place.line, subject.name, port=port.target)


def _calls_by_name(scene: Scene, job: Subject) -> None:
    """Service Connect gives its names to services, so a task that is started by itself knows none of them."""
    draft = scene.draft
    called = [name for name in draft.subjects if name in scene.targets(job.name) and draft.subjects[name].runs]
    if called:
        draft.find("job-calls-by-name", job.service.place.line, job.name, name=listed(called))


def listed(names: list[str]) -> str:
    """One, two and three."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
