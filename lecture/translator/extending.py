"""`extends`: a service that begins as a copy of another one of the same file."""

from lecture.translator.limits import LIMITS
from lecture.translator.lines import Notes
from lecture.translator.merging import RESET, canonical, merged, size, without
from lecture.translator.nodes import Mapping, Scalar


def extended(services: dict[str, Mapping], notes: Notes) -> dict[str, Mapping]:
    """Every service with what it extends put in.

    What another file would bring, what is missing and what goes in a circle is noted and left out. Values keep the
    path and the line at which they stand.
    """
    whole = {name: canonical(service) for name, service in services.items()}
    if not any("extends" in service.entries for service in whole.values()):
        return whole
    return _Extender(whole, notes).all()


class _Extender:
    def __init__(self, services: dict[str, Mapping], notes: Notes) -> None:
        self.services = services
        self.notes = notes
        self.done: dict[str, Mapping] = {}
        self.room = LIMITS.nodes

    def all(self) -> dict[str, Mapping]:
        for name in self.services:
            self._resolve(name)
        return {name: self.done[name] for name in self.services}

    def _resolve(self, name: str) -> None:
        """Follows the chain from `name` to its end, then merges on the way back; a loop, for chains may be long."""
        chain: list[str] = []
        at: str | None = name
        while at is not None and at not in self.done:
            chain.append(at)
            at = self._base(at, chain)
        for one in reversed(chain):
            service = self.services[one]
            base = self.done.get(self._base(one, ()) or "")
            self.done[one] = self._merge(base, service) if base else without(service, "extends")

    def _base(self, name: str, chain: tuple[str, ...] | list[str]) -> str | None:
        """The service that `name` extends; None where there is none, or none that can be had."""
        extends = self.services[name].entries.get("extends")
        target = extends.entries.get("service") if isinstance(extends, Mapping) else None
        if not isinstance(extends, Mapping) or not isinstance(target, Scalar):
            return None
        if extends.tag == RESET or "file" in extends.entries:
            return None
        if target.text not in self.services:
            if chain:
                mend = self.notes.nearest(target.text, self.services) or "Add the service, or remove extends."
                self._tell(f"{name} extends the service {target.text}, which is not in this file.", mend, target)
            return None
        if target.text in chain:
            circle = [*chain[list(chain).index(target.text) :], target.text]
            self._tell(f"Services extend each other in a circle: {_arrows(circle)}.", "Break the circle.", target)
            return None
        return target.text

    def _merge(self, base: Mapping, service: Mapping) -> Mapping:
        own = without(service, "extends")
        self.room -= size(base) + size(own)
        if self.room < 0:
            message = f"With everything that services extend written out, there are more than {LIMITS.nodes:,} values."
            self.notes.add(message, "Make the chains of extends shorter.", service.place, service.path)
            return own
        whole = merged(base, own)
        assert isinstance(whole, Mapping)  # two maps make one
        return Mapping(whole.entries, service.path, service.place, service.tag, service.last_line)

    def _tell(self, message: str, mend: str, target: Scalar) -> None:
        self.notes.add(message, mend, target.place, target.path)


def _arrows(names: list[str]) -> str:
    return " → ".join(names if len(names) <= 8 else [*names[:4], "…", *names[-3:]])
