"""All that was found out about a file before anything is built."""

from dataclasses import dataclass

from lecture.translator.blueprint import INTERNET, Link
from lecture.translator.plan.doors import Doors
from lecture.translator.plan.draft import Draft
from lecture.translator.plan.hosts import Names
from lecture.translator.plan.settings import Wallet
from lecture.translator.plan.volumes import Kept


@dataclass(frozen=True, slots=True)
class Scene:
    """All that was found out about the file before anything is built."""

    draft: Draft
    names: Names
    doors: Doors
    links: tuple[Link, ...]
    wallet: Wallet
    kept: Kept

    def ports(self, service: str) -> set[int]:
        """The ports of a service on which others call it."""
        called = {link.port for link in self.links if link.target == service and link.source != INTERNET}
        return called | {rule.port for rule in self.doors.rules if rule.service == service}

    def targets(self, service: str) -> set[str]:
        """Whom a service calls."""
        return {link.target for link in self.links if link.source == service}
