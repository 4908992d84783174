"""Environment variables and command lines: endpoints in place of names, secrets in place of their texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lecture.translator.blueprint import Hidden, Moved, Origin, Part, Ref, Secret, SecretUse, Value, Variable
from lecture.translator.compose import Command, Setting, Text, Unset
from lecture.translator.plan.draft import Draft, Subject, slug
from lecture.translator.plan.hosts import Mention, Names, mentions
from lecture.translator.plan.secrets import REFERENCE, identifier, masked, secret_name

HELD = re.compile(r"^/run/secrets/([\w.-]+)$")
FIRST_TRIED = {
    "admin", "changeme", "change-me", "change_me", "default", "example", "guest", "letmein", "minioadmin", "pass",
    "passw0rd", "password", "postgres", "root", "secret", "test", "123456", "12345678", "qwerty", "mysecretpassword",
}  # fmt: skip
AWS_KEYS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}


@dataclass
class Wallet:
    """The secrets that tasks are given: equal values share one."""

    by_value: dict[Value, str] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)

    def put(self, value: Value, name: str, service: str, origin: Origin) -> str:
        """The id of the secret with this value."""
        id = self.by_value.get(value)
        if id is None:
            id = _unused(slug(name, 40), self.secrets)
            self.by_value[value] = id
            self.secrets[id] = Secret(id, value, (), ())
        known = self.secrets[id]
        services = known.services if service in known.services else (*known.services, service)
        self.secrets[id] = Secret(id, value, services, (*known.origins, origin), known.managed_by)
        return id


def _unused(wanted: str, taken: Iterable[str]) -> str:
    found, number = wanted, 2
    while found in set(taken):
        found, number = f"{wanted}-{number}", number + 1
    return found


@dataclass(frozen=True, slots=True)
class Environment:
    """What a container gets: in clear, and from secrets."""

    variables: tuple[Variable, ...]
    secrets: tuple[SecretUse, ...]


def environment(draft: Draft, subject: Subject, names: Names, wallet: Wallet) -> Environment:
    """The variables of a service; each is accounted for, and what changes is noted before and after."""
    variables: list[Variable] = []
    secrets: list[SecretUse] = []
    for setting in subject.service.environment:
        made = _setting(draft, subject, setting, names, wallet)
        if isinstance(made, Variable):
            variables.append(made)
        elif made is not None:
            secrets.append(made)
    for grant in subject.service.secrets:
        secrets += _granted(draft, subject, grant.source, grant.target, Origin(grant.path, grant.place.line), wallet)
    return Environment(tuple(variables), _once(secrets))


def _once(uses: list[SecretUse]) -> tuple[SecretUse, ...]:
    """The first use of each name: ECS refuses a container that names one twice."""
    return tuple({use.name: use for use in reversed(uses)}.values())[::-1]


def _setting(
    draft: Draft, subject: Subject, setting: Setting, names: Names, wallet: Wallet
) -> Variable | SecretUse | None:
    origin = Origin(setting.path, setting.place.line)
    if setting.value is None:
        value: Value = (Unset(setting.name),)
        if secret_name(setting.name):
            return _use(draft, subject, setting, (Hidden(identifier(setting.name)),), wallet)
        draft.say(setting.path, "needs_you", "Taken from your shell until now. It becomes a Terraform variable.")
        return Variable(setting.name, value, origin)
    if setting.name in AWS_KEYS:
        message = "No key is needed: the task wears a role, and every AWS library finds it by itself."
        draft.say(setting.path, "not_needed", message)
        return None
    value = rewritten(draft, subject, setting.value, setting.name, names)
    if _secret(setting, value):
        return _use(draft, subject, setting, _sealed(setting, value), wallet)
    return _clear(draft, subject, setting, value)


def _secret(setting: Setting, value: Value) -> bool:
    if any(isinstance(part, Hidden) for part in value):
        return True
    unset = any(isinstance(part, Unset) for part in value)
    return unset and secret_name(setting.name)


def _sealed(setting: Setting, value: Value) -> Value:
    """A secret that nobody gave a value: the variable itself is the secret."""
    return tuple(Hidden(identifier(part.name)) if isinstance(part, Unset) else part for part in value)


def _use(draft: Draft, subject: Subject, setting: Setting, value: Value, wallet: Wallet) -> SecretUse:
    origin = Origin(setting.path, setting.place.line)
    id = wallet.put(value, setting.name, subject.name, origin)
    before = draft.vault.mask(setting.value.value) if setting.value else ""
    after = masked(value)
    if setting.value and secret_name(setting.name) and value == (value[0],) and isinstance(value[0], Hidden):
        before = after
    text = setting.value.value if setting.value else ""
    if text and not re.fullmatch(r"\$\{\w+\}", text):
        kind = "default-password" if text.lower() in FIRST_TRIED else "hard-coded-password"
        draft.find(kind, setting.place.line, subject.name, name=setting.name)
    message = "Kept in Secrets Manager; ECS puts it into the variable when a task starts. Your code does not notice."
    draft.say(setting.path, "translated", message)
    if before != after:
        _moved(draft, subject, setting, before, after)
    return SecretUse(setting.name, id, origin, before, after)


def _clear(draft: Draft, subject: Subject, setting: Setting, value: Value) -> Variable:
    assert setting.value is not None
    before, after = setting.value.value, masked(value)
    origin = Origin(setting.path, setting.place.line)
    if before != after:
        _moved(draft, subject, setting, before, after)
        draft.say(setting.path, "translated", "The name of a container gives way to an address that AWS hands out.")
        return Variable(setting.name, value, origin, before)
    if any(isinstance(part, Unset) for part in value):
        draft.say(setting.path, "needs_you", "Nobody gives it a value here, so Terraform asks you for one.")
    else:
        draft.say(setting.path, "translated", "A plain setting: it moves into the task definition as it is.")
    return Variable(setting.name, value, origin)


def _moved(draft: Draft, subject: Subject, setting: Setting, before: str, after: str) -> None:
    why = "Another address, the same variable: your code reads it as before."
    draft.moved.append(Moved(subject.name, setting.name, before, after, why, setting.place.line))


def _granted(
    draft: Draft, subject: Subject, source: str, target: str, origin: Origin, wallet: Wallet
) -> list[SecretUse]:
    """A mounted secret. ECS mounts none, so it becomes a variable, and whoever reads the file wants a hand."""
    name = re.sub(r"\W", "_", source).upper()
    id = wallet.put((Hidden(identifier(source)),), source, subject.name, origin)
    draft.vault.places.setdefault(identifier(source), []).append(origin)
    message = (
        f"Kept in Secrets Manager. ECS hands secrets over as variables, not as files: read {name}, "
        f"or write it to {target or f'/run/secrets/{source}'} when the container starts."
    )
    draft.say(origin.path, "needs_you", message)
    draft.say(f"secrets.{source}", "translated", "Becomes a secret in Secrets Manager. You put its text in, once.")
    return [SecretUse(name, id, origin, file=target)]


# ---- values -------------------------------------------------------------------------------------


def rewritten(draft: Draft, subject: Subject, text: Text, name: str, names: Names) -> Value:
    """A text with the endpoints of managed services in it, and without any secret."""
    origin = Origin(text.path, text.place.line)
    if (
        secret_name(name)
        and "://" not in text.value
        and not REFERENCE.match(text.value)
        and text.value in draft.vault.names
    ):
        return (draft.vault.keep(text.value, name, origin),)
    value = text.value
    found = [m for m in mentions(value, names.seen_from(subject.service), name) if _replaced(draft, m)]
    parts: list[Part] = []
    at = 0
    for mention in found:
        parts += _hide(draft, value[at : mention.start], name, origin, value)
        parts.append(Ref(mention.service, "host"))
        at = mention.end
    rest = _hide(draft, value[at:], name, origin, value)
    return polish(draft, _unset(text, (*parts, *rest)), found, value, subject)


def _replaced(draft: Draft, mention: Mention) -> bool:
    return draft.subjects[mention.service].managed


def _hide(draft: Draft, piece: str, name: str, origin: Origin, whole: str) -> list[Part]:
    """The secrets of a piece. A URL’s password ends at the @ before the host, where the piece was cut."""
    if not piece:
        return []
    cut = piece.endswith("@") and "://" in piece
    hidden = list(draft.vault.hide(f"{piece}x" if cut else piece, name, origin))
    if cut and isinstance(hidden[-1], str):
        hidden[-1] = hidden[-1][:-1]
    return [part for part in hidden if part != ""]


def _unset(text: Text, value: Value) -> Value:
    """Variables without a value, which stand in the text as ${NAME}, as parts of their own."""
    known = {part.name for part in text.parts if isinstance(part, Unset)}
    if not known:
        return value
    pattern = re.compile("|".join(re.escape(f"${{{name}}}") for name in sorted(known, key=len, reverse=True)))
    parts: list[Part] = []
    for part in value:
        if not isinstance(part, str):
            parts.append(part)
            continue
        at = 0
        for found in pattern.finditer(part):
            parts += [part[at : found.start()], Unset(found[0][2:-1])]
            at = found.end()
        parts.append(part[at:])
    return tuple(part for part in parts if part != "")


def polish(draft: Draft, value: Value, found: list[Mention], text: str, subject: Subject) -> Value:
    """What a managed endpoint asks of an address beside its host: TLS, and no password where there is none."""
    for mention in found:
        target = draft.subjects[mention.service]
        engine = target.row.engine if target.row else ""
        if mention.scheme in {"postgres", "postgresql"} and engine == "postgres":
            value = _query(value, "ssl=require" if "asyncpg" in text else "sslmode=require", "ssl")
        elif mention.scheme in {"redis", "valkey"} and target.becomes == "elasticache":
            value = _redis(draft, value, text)
        elif mention.scheme == "amqp" and target.becomes == "mq":
            value = _scheme(value, "amqp", "amqps", ":5672", ":5671")
        elif mention.scheme == "mongodb" and target.becomes == "documentdb":
            value = _query(value, "tls=true&retryWrites=false", "tls")
        elif mention.scheme == "http" and target.becomes == "opensearch":
            value = _scheme(value, "http", "https", ":9200", ":443")
    return value


def _query(value: Value, words: str, unless: str) -> Value:
    shown = masked(value)
    if f"?{unless}" in shown or f"&{unless}" in shown or not value:
        return value
    return (
        (*value[:-1], f"{value[-1]}{'&' if '?' in shown else '?'}{words}")
        if isinstance(value[-1], str)
        else (*value, f"?{words}")
    )


def _scheme(value: Value, old: str, new: str, port: str, new_port: str) -> Value:
    parts = list(value)
    if isinstance(parts[0], str) and parts[0].startswith(f"{old}://"):
        parts[0] = new + parts[0][len(old) :]
    return tuple(
        new_port + part[len(port) :] if isinstance(part, str) and part.startswith(port) else part for part in parts
    )


def _redis(draft: Draft, value: Value, text: str) -> Value:
    """TLS, and no password: the cache of this course asks for none, its security group says who may call."""
    parts = list(_scheme(value, text.split("://")[0], "rediss", "", ""))
    at = next(number for number, part in enumerate(parts) if isinstance(part, Ref))
    parts[:at] = ["rediss://"]
    made = tuple(parts)
    return _query(made, "ssl_cert_reqs=required", "ssl_cert_reqs") if _celery_reads(draft, text) else made


def _celery_reads(draft: Draft, text: str) -> bool:
    """Whether a service with this very address runs Celery, whose results want to be told about certificates."""
    return any(
        "celery" in subject.words and any(s.value and s.value.value == text for s in subject.service.environment)
        for subject in draft.subjects.values()
    )


def words(draft: Draft, subject: Subject, command: Command | None, names: Names) -> tuple[Value, ...]:
    """A command line in values; one that a shell reads is given to a shell."""
    if command is None:
        return ()
    kind = "secret-in-command"
    made = tuple(rewritten(draft, subject, word, subject.name, names) for word in command.words)
    if any(isinstance(part, Hidden) for value in made for part in value):
        draft.find(kind, command.place.line, subject.name)
        message = (
            "A secret stands on this line. Here it is a Terraform variable; better, let the program read it itself."
        )
        draft.say(command.path, "needs_you", message)
    return made
