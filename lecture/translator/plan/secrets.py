"""What a secret looks like: by the name of its variable, or by the words in front of it."""

import re
from collections.abc import Container, Iterator

from lecture.translator.compose import Unset
from lecture.translator.values import Hidden, Part, Value

MASK = "••••••"
SHORTEST = 4  # characters of a text that is looked for wherever it stands
# what a name, or a text, must have before it is looked at closely: both see a casefolded text and miss nothing
HINT = re.compile("pass|pwd|secret|token|key|cred|salt|dsn|pat|psk|auth")
PAIRED = re.compile("pass|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|masterauth")
SIGN = re.compile(f"{PAIRED.pattern}|bearer|basic|redis-cli|keydb-cli|valkey-cli|mysql|mariadb")
CAMEL, OTHER = re.compile(r"(?<=[a-z])(?=[A-Z])"), re.compile(r"[^a-z0-9.]+")
NOT_NAMED = re.compile(r"[^a-z0-9]+")
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
    r"(?<![a-zA-Z])(?P<scheme>[a-zA-Z][\w+.-]*)://(?P<user>[^\s:/@?#\"']*):(?P<secret>[^\s/?#\"']*?)@(?=[^\s@/]*(?:[\s/?#\"',]|$))"
)
PAIR = re.compile(
    r"(?i)(?<![\w.-])(?P<name>[\w.-]*(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|requirepass|masterauth))"
    r"(?P<glue>[\"']?\s*[=:]\s*[\"']?|\s+[\"']?)(?P<secret>[^\s\"';,&|]+)"
)
FLAG = re.compile(r"(?:^|\s)(?:-a\s+(?P<redis>[^\s\"']+)|-p(?P<mysql>[^\s\"'-][^\s\"']*))(?=\s|$)")
CLIENTS = re.compile(r"\b(redis-cli|mysql|mysqladmin|mysqldump|mariadb|mariadb-admin|keydb-cli|valkey-cli)\b")
BEARER = re.compile(r"(?i)\b(?:bearer|basic)\s+(?P<secret>[\w.~+/=-]{6,})")
REFERENCE = re.compile(r"^\$\$?\{?[A-Za-z_]\w*\}?$|^\$\(\w+\)$|^/|^<|^\{\{")


def secret_name(name: str) -> bool:
    """Whether a variable of this name holds a secret: *_PASSWORD, *_KEY, *_TOKEN and their kin, in any case."""
    if not HINT.search(name.casefold()):
        return False
    tail = CAMEL.sub("_", name).lower().rsplit("__", 1)[-1]
    tail = OTHER.sub("_", tail)
    return bool(NAME.search(tail)) and not OPEN.search(tail)


def logins(text: str) -> list[re.Match[str]]:
    """The URLs in `text` that have a user and a password."""
    return list(URL.finditer(text)) if "://" in text and "@" in text else []


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where secrets stand in a text that is no plain value: URLs, --password x, password: x, redis-cli -a x."""
    if len(text) < SHORTEST:
        return
    found = [match.span("secret") for match in logins(text)]
    low = text.casefold()
    if SIGN.search(low):
        found += _said(text, low)
    at = 0
    for start, end in sorted(found):
        if start >= at and end > start and not REFERENCE.match(text[start:end]):
            yield start, end
            at = end


def _said(text: str, low: str) -> Iterator[tuple[int, int]]:
    """Where secrets stand behind a word that says so; `low` is the text casefolded."""
    if PAIRED.search(low):
        yield from (match.span("secret") for match in PAIR.finditer(text) if _worth(match))
    if "bearer" in low or "basic" in low:
        yield from (match.span("secret") for match in BEARER.finditer(text))
    if CLIENTS.search(text):
        yield from (match.span(match.lastgroup or 0) for match in FLAG.finditer(text))


def _worth(match: re.Match[str]) -> bool:
    """Whether a pair is a secret and its value: with a blank between them only after a flag."""
    spaced = not match["glue"].strip("\"' ") and not match["glue"].strip("\"'")[:1].strip()
    flag = match["name"].startswith("-") or match["name"].lower() in {"requirepass", "masterauth"}
    return (not spaced or flag) and match["secret"].lower() not in PLAIN and not match["secret"].startswith("-")


def identifier(name: str) -> str:
    """`name` as a Terraform variable."""
    found = NOT_NAMED.sub("_", CAMEL.sub("_", name).lower()).strip("_") or "secret"
    return found if found[0].isalpha() else f"v_{found}"


def free(name: str, taken: Container[str], glue: str, last: dict[str, int] | None = None) -> str:
    """`name`, numbered where it is taken. `last` remembers each name's last number, where names only ever come."""
    last = {} if last is None else last
    found, number = name, last.get(name, 2)
    while found in taken:
        found, number = f"{name}{glue}{number}", number + 1
    last[name] = max(2, number - 1)
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
