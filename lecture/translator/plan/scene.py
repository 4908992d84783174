"""All that was found out about a file before anything is built."""

from dataclasses import dataclass

from lecture.translator.blueprint import Link
from lecture.translator.plan.doors import Doors
from lecture.translator.plan.draft import Draft
from lecture.translator.plan.hosts import Names
from lecture.translator.plan.settings import Wallet
from lecture.translator.plan.subjects import Callers
from lecture.translator.plan.volumes import Kept
from lecture.translator.quick import lazy


@dataclass(frozen=True)
class Scene:
    """All that was found out about the file before anything is built."""

    draft: Draft
    names: Names
    doors: Doors
    links: tuple[Link, ...]
    wallet: Wallet
    kept: Kept

    @lazy
    def called(self) -> dict[str, set[int]]:
        """The ports of each service on which others call it."""
        found: dict[str, set[int]] = {}
        for link in self.links:
            found.setdefault(link.target, set()).add(link.port)
        return found

    @lazy
    def calls(self) -> dict[str, set[str]]:
        """Whom each service calls."""
        found: dict[str, set[str]] = {}
        for link in self.links:
            found.setdefault(link.source, set()).add(link.target)
        return found

    @lazy
    def visited(self) -> dict[str, set[int]]:
        """The ports of each service on which the load balancer calls it."""
        found: dict[str, set[int]] = {}
        for rule in self.doors.rules:
            found.setdefault(rule.service, set()).add(rule.port)
        return found

    @lazy
    def waiting(self) -> dict[str, tuple[str, ...]]:
        """Who waits for each service."""
        found: dict[str, dict[str, None]] = {}
        for subject in self.draft.subjects.values():
            for dependency in subject.service.depends_on:
                found.setdefault(dependency.service, {})[subject.name] = None
        return {name: tuple(waiting) for name, waiting in found.items()}

    @lazy
    def callers(self) -> Callers:
        """Who puts jobs into a queue."""
        return Callers.read(self.draft)

    @lazy
    def published(self) -> set[str]:
        """The services that strangers reach."""
        return self.visited.keys() | {listener.service for listener in self.doors.listeners}

    def ports(self, service: str) -> set[int]:
        """The ports of a service on which anybody calls it."""
        return self.called.get(service, set()) | self.visited.get(service, set())

    def targets(self, service: str) -> set[str]:
        """Whom a service calls."""
        return self.calls.get(service, set())
