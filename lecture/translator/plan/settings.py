"""Environment variables and command lines: endpoints in place of names, secrets in place of their texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lecture.translator.blueprint import Moved, Status
from lecture.translator.compose import Command, Setting, Unset
from lecture.translator.nodes import below
from lecture.translator.plan import managed
from lecture.translator.plan.addresses import rewritten
from lecture.translator.plan.draft import Draft, Subject, slug
from lecture.translator.plan.hosts import Names
from lecture.translator.plan.secrets import free, identifier, masked, secret_name
from lecture.translator.quick import record
from lecture.translator.specs import Secret
from lecture.translator.values import Hidden, Origin, Ref, SecretUse, Value, Variable

HELD = re.compile(r"^/run/secrets/([\w.-]+)$")
FIRST_TRIED = {
    "admin", "changeme", "change-me", "change_me", "default", "example", "guest", "letmein", "minioadmin", "pass",
    "passw0rd", "password", "postgres", "root", "secret", "test", "123456", "12345678", "qwerty", "mysecretpassword",
}  # fmt: skip
SPEAKS_TLS = managed.TLS_PORTS.keys() - {"s3"} | {"elasticache"}
OF_BUCKET = re.compile(r"(?i)s3|minio|aws|storage|bucket|object")
ASKS_TLS = "It asks for TLS, which most clients offer by themselves; Node’s pg has to be told."
NO_KEY = "The key of {}. S3 does not know it, and needs none: leave it out, and the role of the task opens the bucket."
PUT_IN = "Becomes a secret in Secrets Manager. You put its text in, once."
AWS_KEYS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}


@dataclass
class Wallet:
    """The secrets that tasks are given: equal values share one."""

    by_value: dict[Value, str] = field(default_factory=dict)
    users: dict[str, dict[str, None]] = field(default_factory=dict)  # id -> services, in order
    origins: dict[str, list[Origin]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # the last number of each id

    def put(self, value: Value, name: str, service: str, origin: Origin) -> str:
        """The id of the secret with this value."""
        id = self.by_value.get(value)
        if id is None:
            id = free(slug(name, 40), self.users, "-", self.numbers)
            self.by_value[value] = id
        self.users.setdefault(id, {})[service] = None
        self.origins.setdefault(id, []).append(origin)
        return id

    def secrets(self) -> tuple[Secret, ...]:
        """All that was put in, in order."""
        return tuple(
            Secret(id, value, tuple(self.users[id]), tuple(self.origins[id])) for value, id in self.by_value.items()
        )


@record
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
    if subject.service.secrets:
        secrets += _grants(draft, subject, wallet)
    return Environment(tuple(variables), _once(secrets))


def _grants(draft: Draft, subject: Subject, wallet: Wallet) -> Iterator[SecretUse]:
    """The secrets that are mounted, but for those whose files a variable names."""
    held = {_held(setting) for setting in subject.service.environment}
    for grant in subject.service.secrets:
        if grant.source not in held:
            yield _granted(draft, subject, grant.source, grant.target, Origin(grant.path, grant.place.line), wallet)
        else:
            message = "Kept in Secrets Manager; the variable that named the file holds it now."
            draft.say(grant.path, "translated", message)
            draft.say(below("secrets", grant.source), "translated", PUT_IN)


def _held(setting: Setting) -> str:
    """The mounted secret that a variable such as POSTGRES_PASSWORD_FILE names, "" for any other."""
    found = HELD.match(setting.value.value) if setting.name.endswith("_FILE") and setting.value else None
    return found[1] if found else ""


def _once(uses: list[SecretUse]) -> tuple[SecretUse, ...]:
    """The first use of each name: ECS refuses a container that names one twice."""
    return tuple({use.name: use for use in reversed(uses)}.values())[::-1]


def _setting(
    draft: Draft, subject: Subject, setting: Setting, names: Names, wallet: Wallet
) -> Variable | SecretUse | None:
    if setting.value is None:
        if draft.vault.named(setting.name):
            return _use(draft, subject, setting, (Hidden(identifier(setting.name)),), wallet)
        draft.asked.add(setting.name)
        draft.say(setting.path, "needs_you", "Taken from your shell until now. It becomes a Terraform variable.")
        return Variable(setting.name, (Unset(setting.name),), _origin(setting))
    if _held(setting):
        return _from_file(draft, subject, setting, wallet)
    if setting.name in AWS_KEYS:
        message = "No key is needed: the task wears a role, and every AWS library finds it by itself."
        draft.say(setting.path, "not_needed", message)
        return None
    value = _bucket(draft, setting) or rewritten(draft, subject, setting.value, setting.name, names)
    if value == (setting.value.value,):
        draft.say(setting.path, "translated", "A plain setting: it moves into the task definition as it is.")
        _missed(draft, subject, setting, names)
        return Variable(setting.name, value, _origin(setting))
    if _secret(setting, value):
        return _use(draft, subject, setting, _sealed(setting, value), wallet)
    made = _clear(draft, subject, setting, value)
    _missed(draft, subject, setting, names)
    return made


def _origin(setting: Setting) -> Origin:
    return Origin(setting.path, setting.place.line)


def _bucket(draft: Draft, setting: Setting) -> Value:
    """The name of the bucket, where the file kept its objects in a container; () for any other variable."""
    store = draft.bucket
    return (Ref(store, "bucket"),) if store and setting.name.upper().endswith(("BUCKET", "BUCKET_NAME")) else ()


def _missed(draft: Draft, subject: Subject, setting: Setting, names: Names) -> None:
    """An address of something that has no twin on AWS."""
    text = setting.value.value if setting.value and draft.gone else ""
    for mention in names.mentions(subject.service, text, setting.name):
        gone = draft.subjects[mention.service]
        if gone.becomes == "nothing":
            why = gone.row.why if gone.row else "It has no twin on AWS."
            draft.say(setting.path, "needs_you", f"It leads to {gone.name}, which is not there on AWS. {why}")


def _from_file(draft: Draft, subject: Subject, setting: Setting, wallet: Wallet) -> SecretUse:
    """Images that read NAME_FILE read NAME as well, and ECS hands secrets over as variables."""
    source, name = _held(setting), re.sub(r"_{1,2}FILE$", "", setting.name)
    origin = _origin(setting)
    id = wallet.put((Hidden(identifier(source)),), source, subject.name, origin)
    draft.vault.stands(identifier(source), origin)
    draft.say(
        setting.path,
        "translated",
        f"ECS hands secrets over as variables, so {name} takes its place: no file is needed.",
    )
    return SecretUse(name, id, origin)


def _secret(setting: Setting, value: Value) -> bool:
    kinds = {type(part) for part in value}
    return Hidden in kinds or (Unset in kinds and secret_name(setting.name))


def _sealed(setting: Setting, value: Value) -> Value:
    """A secret that nobody gave a value: the variable itself is the secret."""
    if not secret_name(setting.name):
        return value
    return tuple(Hidden(identifier(part.name)) if isinstance(part, Unset) else part for part in value)


def _use(draft: Draft, subject: Subject, setting: Setting, value: Value, wallet: Wallet) -> SecretUse:
    origin = _origin(setting)
    id = wallet.put(value, setting.name, subject.name, origin)
    before = draft.vault.mask(setting.value.value) if setting.value else ""
    after = masked(value)
    if setting.value and len(value) == 1 and isinstance(value[0], Hidden):
        before = after
    if setting.value and _written(draft, setting, value):
        text = setting.value.value
        kind = "default-password" if text.lower() in FIRST_TRIED else "hard-coded-password"
        draft.find(kind, setting.place.line, subject.name, name=setting.name)
    message = "Kept in Secrets Manager; ECS puts it into the variable when a task starts. Your code does not notice."
    draft.say(setting.path, "translated", message)
    if setting.value and setting.value.value in draft.keys_of_bucket and OF_BUCKET.search(setting.name):
        draft.say(setting.path, "needs_you", NO_KEY.format(draft.bucket))
    if before != after:
        _moved(draft, subject, setting, before, after)
    return SecretUse(setting.name, id, origin, before, after)


def _written(draft: Draft, setting: Setting, value: Value) -> bool:
    """Whether the text of a secret stands in the file: not where a variable or the .env box takes its place."""
    text, raw = setting.value, draft.raw.get(setting.path, "")
    asked = {identifier(part.name) for part in text.parts if isinstance(part, Unset)} if text else set()
    known = any(isinstance(part, Hidden) and part.name not in asked for part in value)
    if text is None or not known or ".env_file" in setting.path:
        return False
    return "$" not in raw or any(secret in raw for secret in draft.vault.secrets_in(text.value) or [text.value])


def _clear(draft: Draft, subject: Subject, setting: Setting, value: Value) -> Variable:
    assert setting.value is not None
    origin = _origin(setting)
    before, after = draft.vault.mask(setting.value.value), masked(value)
    if before != after:
        _moved(draft, subject, setting, before, after)
        status, message = _new_address(draft, value)
        draft.say(setting.path, status, message)
        return Variable(setting.name, value, origin, before)
    if any(isinstance(part, Unset) for part in value):
        draft.say(setting.path, "needs_you", "Nobody gives it a value here, so Terraform asks you for one.")
    else:
        draft.say(setting.path, "translated", "A plain setting: it moves into the task definition as it is.")
    return Variable(setting.name, value, origin)


def _new_address(draft: Draft, value: Value) -> tuple[Status, str]:
    """What is to be said of a name that became an endpoint; a bare host cannot say that TLS is wanted."""
    bare = value and isinstance(value[0], Ref) and value[0].what == "host"
    target = draft.subjects[value[0].resource] if bare and isinstance(value[0], Ref) else None
    if target and target.becomes in SPEAKS_TLS and not (target.row and target.row.engine == "memcached"):
        number = managed.port(target)
        login = f", and log in as {managed.user(target)}" if target.becomes == "mq" else ""
        message = f"An address that AWS hands out, on port {number}. It speaks TLS: tell your client so{login}."
        return "needs_you", message
    asks = bool(target and target.row and target.row.engine == "postgres" and target.becomes == "rds")
    message = "The name of a container gives way to an address that AWS hands out."
    return "translated", f"{message} {ASKS_TLS}" if asks else message


def _moved(draft: Draft, subject: Subject, setting: Setting, before: str, after: str) -> None:
    why = "Another address, the same variable: your code reads it as before."
    draft.moved.append(Moved(subject.name, setting.name, before, after, why, setting.place.line))


def _granted(draft: Draft, subject: Subject, source: str, target: str, origin: Origin, wallet: Wallet) -> SecretUse:
    """A mounted secret. ECS mounts none, so it becomes a variable, and whoever reads the file wants a hand."""
    name = re.sub(r"\W", "_", source).upper()
    id = wallet.put((Hidden(identifier(source)),), source, subject.name, origin)
    draft.vault.stands(identifier(source), origin)
    message = (
        f"Kept in Secrets Manager. ECS hands secrets over as variables, not as files: read {name}, "
        f"or write it to {target or f'/run/secrets/{source}'} when the container starts."
    )
    draft.say(origin.path, "needs_you", message)
    draft.say(below("secrets", source), "translated", PUT_IN)
    return SecretUse(name, id, origin, file=target)


# ---- commands -----------------------------------------------------------------------------------


def words(draft: Draft, subject: Subject, command: Command | None, names: Names) -> tuple[Value, ...]:
    """A command line in values; one that a shell reads is given to a shell."""
    if command is None:
        return ()
    made = tuple(rewritten(draft, subject, word, subject.name, names) for word in command.words)
    told = [word for word, value in zip(command.words, made, strict=True) if any(isinstance(p, Hidden) for p in value)]
    if told:
        draft.find("secret-in-command", told[0].place.line, subject.name)
    for word in told:
        message = (
            "A secret stands on this line. Here it is a Terraform variable; better, let the program read it itself."
        )
        draft.say(word.path, "needs_you", message)
    return made
