"""Proxies that ask Docker who is there: the load balancer takes their place, and their routes become its rules."""

import re

from lecture.translator.plan.draft import Draft, Subject, slug
from lecture.translator.specs import Rule
from lecture.translator.values import Origin

ROUTE = re.compile(r"^traefik\.http\.routers\..+\.rule$")
HOST = re.compile(r"Host\(`([^`]+)`")
WHY = "It read its routes from Docker. The load balancer takes its place, and its labels became rules."


def replaced(draft: Draft) -> list[Subject]:
    """The proxies of the file that live on Docker’s socket."""
    return [s for s in draft.subjects.values() if s.role == "proxy" and s.becomes == "nothing"]


def rules(draft: Draft, taken: list[str]) -> list[Rule]:
    """A rule for each service that such a proxy would have found; `taken` are the names in use."""
    if not replaced(draft):
        return []
    found: list[Rule] = []
    for subject in draft.subjects.values():
        port, origin = subject.port, _origin(subject)
        if subject.runs and port and origin:
            host = slug(subject.name, 40) if taken or found else ""
            found.append(Rule(subject.name, port, host, "/", origin, "its labels ask a proxy to send visitors to it"))
            draft.say(origin.path, "inferred", _said(subject, host))
    return found


def _origin(subject: Subject) -> Origin | None:
    """The label or the variable that asks for visitors."""
    for name, text in subject.service.labels.items():
        if ROUTE.match(name):
            return Origin(text.path, text.place.line)
    for setting in subject.service.environment:
        if setting.name == "VIRTUAL_HOST" and setting.value:
            return Origin(setting.path, setting.place.line)
    return None


def _said(subject: Subject, host: str) -> str:
    texts = [text.value for name, text in subject.service.labels.items() if ROUTE.match(name)]
    asked = next((found[1] for text in texts if (found := HOST.search(text))), "")
    where = f"under the name {host}.your-domain" if host else "as the default"
    return f"Becomes a rule of the load balancer, {where}{f' (here it was {asked})' if asked else ''}."
