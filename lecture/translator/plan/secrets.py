"""Where the secrets are. The text of each goes into a vault, and nothing but its name comes out."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from lecture.translator.blueprint import Hidden, Origin, Part, Value
from lecture.translator.compose import Command, ComposeFile, Service, Text, Unset

MASK = "••••••"
FEW = 30  # secrets that one regular expression looks for at once
SHORTEST = 4  # characters of a text that is looked for wherever it stands
HINT = re.compile(r"(?i)pass|pwd|secret|token|key|cred|salt|dsn|pat|psk|auth")  # cheap, and never misses one
CAMEL, OTHER = re.compile(r"(?<=[a-z])(?=[A-Z])"), re.compile(r"[^a-z0-9.]+")
NAME = re.compile(
    r"(password|passwd|passphrase|passcode|secrets?|token|apikey|api_key|basicauth\.users|pgpass)$|"
    r"(^|[_.])(pass|pwd|key|keys|key_?base|credentials?|salt|dsn|pat|psk)$"
)
OPEN = re.compile(
    r"(public|publishable|primary|partition|sort|cache|foreign|routing)[_.-]?(key|token)$|key[_.-]?(id|name|path|file)$"
)
COMMON = frozenset(
    {
        "admin", "administrator", "database", "default", "django", "example", "guest", "laravel", "localhost",
        "mariadb", "minio", "minioadmin", "mongo", "mongodb", "mysql", "nextcloud", "postgres", "postgresql",
        "rabbitmq", "rails", "redis", "root", "test", "testing", "user", "users", "wordpress",
    }
)  # fmt: skip
PLAIN = {"", "yes", "no", "true", "false", "on", "off", "0", "1", "null", "none", "require", "optional"}
URL = re.compile(
    r"(?P<scheme>[a-zA-Z][\w+.-]*)://(?P<user>[^\s:/@?#\"']*):(?P<secret>[^\s/?#\"']*?)@(?=[^\s@/]*(?:[\s/?#\"',]|$))"
)
PAIR = re.compile(
    r"(?i)(?P<name>[\w.-]*(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|requirepass|masterauth))"
    r"(?P<glue>[\"']?\s*[=:]\s*[\"']?|\s+[\"']?)(?P<secret>[^\s\"';,&|]+)"
)
FLAG = re.compile(r"(?:^|\s)(?:-a\s+(?P<redis>[^\s\"']+)|-p(?P<mysql>[^\s\"'-][^\s\"']*))(?=\s|$)")
CLIENTS = re.compile(r"\b(redis-cli|mysql|mysqladmin|mysqldump|mariadb|mariadb-admin|keydb-cli|valkey-cli)\b")
BEARER = re.compile(r"(?i)\b(?:bearer|basic)\s+(?P<secret>[\w.~+/=-]{6,})")
REFERENCE = re.compile(r"^\$\$?\{?[A-Za-z_]\w*\}?$|^\$\(\w+\)$|^/|^<|^\{\{")


def secret_name(name: str) -> bool:
    """Whether a variable of this name holds a secret: *_PASSWORD, *_KEY, *_TOKEN and their kin, in any case."""
    if not HINT.search(name):
        return False
    tail = CAMEL.sub("_", name).lower().rsplit("__", 1)[-1]
    tail = OTHER.sub("_", tail)
    return bool(NAME.search(tail)) and not OPEN.search(tail)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where secrets stand in a text that is no plain value: URLs, --password x, password: x, redis-cli -a x."""
    if len(text) < SHORTEST:
        return
    found = [match.span("secret") for match in URL.finditer(text)] if "://" in text and "@" in text else []
    if HINT.search(text):
        found += [match.span("secret") for match in PAIR.finditer(text) if _worth(match)]
    if " " in text:
        found += [match.span("secret") for match in BEARER.finditer(text)]
    if CLIENTS.search(text):
        found += [match.span(match.lastgroup or 0) for match in FLAG.finditer(text)]
    at = 0
    for start, end in sorted(found):
        if start >= at and end > start and not REFERENCE.match(text[start:end]):
            yield start, end
            at = end


def _worth(match: re.Match[str]) -> bool:
    """Whether a pair is a secret and its value: with a blank between them only after a flag."""
    spaced = not match["glue"].strip("\"' ") and not match["glue"].strip("\"'")[:1].strip()
    flag = match["name"].startswith("-") or match["name"].lower() in {"requirepass", "masterauth"}
    return (not spaced or flag) and match["secret"].lower() not in PLAIN and not match["secret"].startswith("-")


@dataclass
class Vault:
    """The texts of all secrets of a file. Only `hide` and `mask` look at them."""

    words: frozenset[str] = frozenset()  # of the file's own names: too common to be looked for everywhere
    names: dict[str, str] = field(default_factory=dict)  # text -> the name of its variable
    places: dict[str, list[Origin]] = field(default_factory=dict)  # name -> where it stood
    starts: dict[str, list[str]] = field(default_factory=dict)  # the first characters of those to look for everywhere
    pattern: re.Pattern[str] | None = None  # of all of them, while they are few
    known: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # where secrets stand in a text seen before

    def keep(self, text: str, name: str, origin: Origin) -> Hidden:
        """Put `text` away; equal texts share the name that came first."""
        if text not in self.names:
            self._add(text, name)
        known = self.names[text]
        if origin not in self.places.setdefault(known, []):
            self.places[known].append(origin)
        return Hidden(known)

    def _add(self, text: str, name: str) -> None:
        self.names[text] = free(identifier(name), self.places, "_")
        self.known.clear()
        self.pattern = None
        if len(text) >= SHORTEST and text.lower() not in self.words | COMMON:
            self.starts.setdefault(text[:SHORTEST], []).append(text)

    def _literally(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text that is a secret elsewhere stands in this one."""
        if len(self.starts) <= FEW:
            if self.pattern is None:
                longest = sorted((one for known in self.starts.values() for one in known), key=len, reverse=True)
                self.pattern = re.compile("|".join(map(re.escape, longest)))
            yield from (found.span() for found in self.pattern.finditer(text))
            return
        for at in range(len(text) - SHORTEST + 1):
            for secret in self.starts.get(text[at : at + SHORTEST], ()):
                if text.startswith(secret, at):
                    yield at, at + len(secret)

    def gives_away(self, text: str) -> bool:
        """Whether a secret stands in `text`."""
        return bool(self._spans(text))

    def hide(self, text: str, name: str, origin: Origin) -> Value:
        """`text` in parts, each secret in it replaced by its name."""
        parts: list[Part] = []
        at = 0
        for start, end in self._spans(text):
            parts += [text[at:start], self.keep(text[start:end], f"{name}_password", origin)]
            at = end
        return tuple(part for part in (*parts, text[at:]) if part != "")

    def mask(self, text: str) -> str:
        """`text` with every secret in it as dots."""
        found, at = [], 0
        for start, end in self._spans(text):
            found += [text[at:start], MASK]
            at = end
        return "".join([*found, text[at:]])

    def secrets_in(self, text: str) -> list[str]:
        """The secrets that stand in `text`."""
        return [text[start:end] for start, end in self._spans(text)]

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if text not in self.known:
            self.known[text] = self._found(text)
        return self.known[text]

    def _found(self, text: str) -> list[tuple[int, int]]:
        if text in self.names and text.lower() not in self.words | COMMON:
            return [(0, len(text))]
        found = list(spans(text))
        if self.starts:
            found += self._literally(text)
        return list(_apart(sorted(found))) if found else []


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


def identifier(name: str) -> str:
    """`name` as a Terraform variable."""
    found = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()).strip("_") or "secret"
    return found if found[0].isalpha() else f"v_{found}"


def free(name: str, taken: Container[str], glue: str) -> str:
    """`name`, numbered where it is taken."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}{glue}{number}", number + 1
    return found


def masked(value: Value) -> str:
    """A value as a page may show it: secrets as dots, unset variables as ${NAME}, endpoints by their resource."""
    return "".join(_shown(part) for part in value)


def _shown(part: Part) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Unset):
        return f"${{{part.name}}}"
    if isinstance(part, Hidden):
        return MASK
    return f"<{part.resource}’s {'name' if part.what == 'bucket' else part.what}>"


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
        line = " ".join(word.value for word in command.words)
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
            if setting.value and re.search(r"(?i)(user|username|name|db|database|host|bucket)$", setting.name):
                yield setting.value.value.lower()


def _collect(vault: Vault, name: str, text: Text) -> None:
    """A value by its name; what a URL gives away is found wherever the URL stands."""
    whole = secret_name(name) and not URL.search(text.value)
    if whole and text.value.lower() not in PLAIN and all(isinstance(part, str) for part in text.parts):
        vault.keep(text.value, name, Origin(text.path, text.place.line))
    else:
        for match in URL.finditer(text.value):
            if match["secret"] and not REFERENCE.match(match["secret"]):
                vault.keep(match["secret"], f"{name}_password", Origin(text.path, text.place.line))


def masked_lines(file: ComposeFile, vault: Vault) -> tuple[str, ...]:
    """The lines of the file as the page shows them beside the cards."""
    source = file.source.splitlines()
    lines = list(source)
    starts = sorted({leaf.place.line for leaf in file.leaves})
    for leaf in file.leaves:
        if secret_leaf(leaf.path, leaf.value) or vault.gives_away(leaf.value):
            end = next((line for line in starts if line > leaf.place.line), len(lines) + 1)
            block = slice(leaf.place.line - 1, max(end - 1, leaf.place.line))
            lines[block] = _masked_block(lines[block], source[block], leaf.value, vault)
    return tuple(vault.mask(line) if line.strip() else line for line in lines)


def secret_leaf(path: str, value: str) -> bool:
    """Whether a leaf is a secret by its name alone."""
    if not HINT.search(path):
        return False
    name = re.split(r"[.\[\]]", path.rstrip('"]'))[-1]
    return secret_name(name) and value.lower() not in PLAIN and not URL.search(value) and not REFERENCE.match(value)


def _masked_block(block: list[str], source: list[str], value: str, vault: Vault) -> list[str]:
    """The lines of one leaf: literally where its secrets stand so, else all that is behind the key."""
    found = vault.secrets_in(value) or [value]
    if not all(secret in "\n".join(source) for secret in found):
        return _all_masked(block)
    shown = [vault.mask(line) for line in block]
    if found == [value] or shown == source:
        key = re.match(r"^[\s-]*[^:=]*[:=]\s*", block[0])
        head = key.end() if key else 0
        shown = [block[0][:head] + block[0][head:].replace(value, MASK)]
        shown += [line.replace(value, MASK) for line in block[1:]]
    return shown


def _all_masked(block: list[str]) -> list[str]:
    """The key of a leaf, and dots for the rest of it: where escapes hide how a secret is written."""
    shown = [re.sub(r"([:=]\s*|^\s*-\s+).*$", rf"\g<1>{MASK}", block[0], count=1)]
    for line in block[1:]:
        blank = len(line) - len(line.lstrip())
        shown.append(f"{line[:blank]}{MASK}" if line.strip() else line)
    return shown
