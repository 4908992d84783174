"""The vault: the text of each secret goes in, and nothing but its name comes out."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from lecture.translator.compose import Command, ComposeFile, Service, Text
from lecture.translator.plan.secrets import (
    COMMON,
    MASK,
    PLAIN,
    REFERENCE,
    SHORTEST,
    SIGN,
    free,
    identifier,
    logins,
    secret_name,
    spans,
)
from lecture.translator.values import Hidden, Origin, Part, Value

FEW = 30  # beginnings of secrets that are looked for one by one
OWN_NAME = re.compile(r"(user|username|name|db|database|host|bucket)$")


@dataclass
class Vault:
    """The texts of all secrets of a file. Only `hide` and `mask` look at them."""

    words: frozenset[str] = frozenset()  # of the file's own names: too common to be looked for everywhere
    names: dict[str, str] = field(default_factory=dict)  # text -> the name of its variable
    places: dict[str, dict[Origin, None]] = field(default_factory=dict)  # name -> where it stood, in order
    numbers: dict[str, int] = field(default_factory=dict)  # the last number of each name
    sought: set[str] = field(default_factory=set)  # texts to look for wherever they stand
    starts: dict[str, set[int]] = field(default_factory=dict)  # their lengths, by their first characters
    heads: set[tuple[str, ...]] = field(default_factory=set)  # the same first characters, each apart
    known: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # where secrets stand in a text seen before
    called: dict[str, bool] = field(default_factory=dict)  # names seen before, and whether they are of secrets

    def named(self, name: str) -> bool:
        """Whether a variable of this name holds a secret (`secret_name`, with a memory for one file)."""
        found = self.called.get(name)
        if found is None:
            found = self.called[name] = secret_name(name)
        return found

    def keep(self, text: str, name: str, origin: Origin) -> Hidden:
        """Put `text` away; equal texts share the name that came first."""
        if text not in self.names:
            self._add(text, name)
        known = self.names[text]
        self.stands(known, origin)
        return Hidden(known)

    def stands(self, name: str, origin: Origin) -> None:
        """Note a place of the secret of that name."""
        self.places.setdefault(name, {})[origin] = None

    def _add(self, text: str, name: str) -> None:
        self.names[text] = free(identifier(name), self.places, "_", self.numbers)
        self.known.clear()
        if len(text) >= SHORTEST and not self._common(text):
            head = text[:SHORTEST]
            self.sought.add(text)
            self.starts.setdefault(head, set()).add(len(text))
            self.heads.add(tuple(head))

    def _common(self, text: str) -> bool:
        low = text.lower()
        return low in COMMON or low in self.words

    def _may_hold(self, text: str) -> bool:
        """Whether it is worth looking for secrets in `text`: cheap, and never wrong where the answer is no."""
        if text in self.names or len(text) < SHORTEST:
            return text in self.names
        url = "@" in text and "://" in text
        return url or SIGN.search(text.casefold()) is not None or self._begins(text)

    def warm(self, lines: list[str]) -> set[int]:
        """The numbers of those of some lines (from 0) in which secrets may stand: all that `_may_hold` would name."""
        if len(self.starts) > FEW:
            return set(range(len(lines)))
        text = "\n".join(lines).casefold()
        ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
        found = {bisect_right(ends, hit.start()) for hit in SIGN.finditer(text)}
        found |= {number for number, line in enumerate(lines) if line in self.names or ("@" in line and "://" in line)}
        found |= {bisect_right(ends, at) for head in self.starts for at in _everywhere(head.casefold(), text)}
        return found

    def _begins(self, text: str) -> bool:
        """Whether the first characters of a secret stand in `text`."""
        if len(self.starts) <= FEW:
            return any(map(text.__contains__, self.starts))
        return not self.heads.isdisjoint(zip(text, text[1:], text[2:], text[3:], strict=False))

    def _literally(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text that is a secret elsewhere stands in this one."""
        for head in self._heads(text):
            at = text.find(head)
            while at >= 0:
                yield from ((at, at + size) for size in self.starts[head] if text[at : at + size] in self.sought)
                at = text.find(head, at + 1)

    def _heads(self, text: str) -> Iterable[str]:
        """The first characters of secrets that stand in `text`."""
        if len(self.starts) <= FEW:
            return [head for head in self.starts if head in text]
        return self.starts.keys() & {text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)}

    def gives_away(self, text: str) -> bool:
        """Whether a secret stands in `text`."""
        return bool(self.spans(text))

    def hide(self, text: str, name: str, origin: Origin) -> Value:
        """`text` in parts, each secret in it replaced by its name."""
        parts: list[Part] = []
        at = 0
        for start, end in self.spans(text):
            parts += [text[at:start], self.keep(text[start:end], f"{name}_password", origin)]
            at = end
        return tuple(part for part in (*parts, text[at:]) if part != "")

    def mask(self, text: str) -> str:
        """`text` with every secret in it as dots."""
        spans = self.spans(text)
        if not spans:
            return text
        found, at = [], 0
        for start, end in spans:
            found += [text[at:start], MASK]
            at = end
        return "".join([*found, text[at:]])

    def secrets_in(self, text: str) -> list[str]:
        """The secrets that stand in `text`."""
        return [text[start:end] for start, end in self.spans(text)]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where secrets stand in `text`, from left to right."""
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self._found(text)
        return found

    def _found(self, text: str) -> list[tuple[int, int]]:
        if not self._may_hold(text):
            return []
        if text in self.names and not self._common(text):
            return [(0, len(text))]
        found = list(spans(text))
        if self._begins(text):
            found += self._literally(text)
        return list(_apart(sorted(found))) if found else []


def _everywhere(head: str, text: str) -> Iterator[int]:
    at = text.find(head)
    while at >= 0:
        yield at
        at = text.find(head, at + 1)


def _apart(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that overlap, joined."""
    last: tuple[int, int] | None = None
    for start, end in found:
        if last and start < last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def collect(file: ComposeFile, env: dict[str, str]) -> Vault:
    """Every secret that the file or the .env box gives away by its name or by its place."""
    vault = Vault(frozenset(_words(file)))
    for name, given in env.items():
        if secret_name(name) and given.lower() not in PLAIN:
            vault.keep(given, name, Origin(f".env:{name}", 0))
    for service in file.services.values():
        _collect_from(vault, service)
    for source in file.secrets.values():
        if source.value is not None and source.value.value:
            origin = Origin(source.value.path, source.value.place.line)
            vault.keep(source.value.value, source.name, origin)
    return vault


def _collect_from(vault: Vault, service: Service) -> None:
    """The secrets of a service: named values, and what stands on its command lines."""
    for name, text in _named(service):
        _collect(vault, name, text)
    for command in _commands(service):
        line = " ".join([word.value for word in command.words])
        for start, end in spans(line):
            vault.keep(line[start:end], service.name, Origin(command.path, command.place.line))


def _named(service: Service) -> Iterator[tuple[str, Text]]:
    """Each value of a service that has a name: variables, build arguments, labels."""
    for setting in (*service.environment, *(service.build.args if service.build else ())):
        if setting.value is not None:
            yield setting.name, setting.value
    yield from service.labels.items()


def _commands(service: Service) -> Iterator[Command]:
    """Every command line of a service, its health check's among them."""
    test = service.health.test if service.health else None
    yield from (command for command in (service.command, service.entrypoint, test) if command)


def _words(file: ComposeFile) -> Iterator[str]:
    """Names of services, and of users and databases: a password that equals one is not looked for in other texts."""
    for service in file.services.values():
        yield service.name.lower()
        for setting in service.environment:
            if setting.value and OWN_NAME.search(setting.name.casefold()):
                yield setting.value.value.lower()


def _collect(vault: Vault, name: str, text: Text) -> None:
    """A value by its name; what a URL gives away is found wherever the URL stands."""
    found = logins(text.value)
    if (
        not found
        and vault.named(name)
        and text.value.lower() not in PLAIN
        and all(isinstance(part, str) for part in text.parts)
    ):
        vault.keep(text.value, name, Origin(text.path, text.place.line))
    else:
        for match in found:
            if match["secret"] and not REFERENCE.match(match["secret"]):
                vault.keep(match["secret"], f"{name}_password", Origin(text.path, text.place.line))
