"""Addresses: endpoints in place of names, and secrets in place of their texts."""

import re

from lecture.translator.compose import Service, Text, Unset
from lecture.translator.plan import managed
from lecture.translator.plan.draft import Draft, Subject
from lecture.translator.plan.hosts import Mention, Names
from lecture.translator.plan.secrets import REFERENCE, identifier, masked
from lecture.translator.values import Hidden, Origin, Part, Ref, Value

NUMBER = re.compile(r"^:\d+")
USER = re.compile(r"//[^\s:/@]+:")
BEFORE_PASSWORD = re.compile(r"://[^\s:/@]*:$")


def rewritten(draft: Draft, subject: Subject, text: Text, name: str, names: Names) -> Value:
    """A text with the endpoints of managed services in it, and without any secret."""
    service, vault = subject.service, draft.vault
    key = (name, text.parts, service.name if service.links else "", len(vault.names))
    known = draft.written.get(key)
    if known is None:
        known = draft.written[key] = _rewritten(draft, service, text, name, names)
        return known
    for part in known:
        if isinstance(part, Hidden):
            vault.stands(part.name, Origin(text.path, text.place.line))
    return known


def _rewritten(draft: Draft, service: Service, text: Text, name: str, names: Names) -> Value:
    value = text.value
    if text.parts != (value,):
        draft.asked.update([part.name for part in text.parts if isinstance(part, Unset)])
    if value in draft.vault.names and "://" not in value and draft.vault.named(name) and not REFERENCE.match(value):
        return (draft.vault.keep(value, name, Origin(text.path, text.place.line)),)
    found = [m for m in names.mentions(service, value, name) if draft.subjects[m.service].managed]
    if not found and not draft.vault.spans(value):
        if text.parts == (value,) or not value:
            return (value,) if value else ()
        return _sealed(draft, text, _unset(text, (value,)))
    return polish(draft, _sealed(draft, text, _unset(text, _parts(draft, text, name, found))), found, value)


def _parts(draft: Draft, text: Text, name: str, found: list[Mention]) -> Value:
    """A text cut at the names of managed services, the secrets between them hidden."""
    origin, value = Origin(text.path, text.place.line), text.value
    parts: list[Part] = []
    at = 0
    for mention in found:
        parts += _hide(draft, value[at : mention.start], name, origin)
        parts.append(Ref(mention.service, "host"))
        at = mention.end
    return (*parts, *_hide(draft, value[at:], name, origin))


def _hide(draft: Draft, piece: str, name: str, origin: Origin) -> list[Part]:
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


def _sealed(draft: Draft, text: Text, value: Value) -> Value:
    """Variables without a value that are secrets by their name, or by their place in a URL, as secrets."""
    if text.parts == (text.value,):
        return value
    origin, found = Origin(text.path, text.place.line), list(value)
    for at, part in enumerate(value):
        if isinstance(part, Unset) and (draft.vault.named(part.name) or _is_password(value, at)):
            found[at] = Hidden(identifier(part.name))
            draft.vault.stands(identifier(part.name), origin)
    return tuple(found)


def _is_password(value: Value, at: int) -> bool:
    """Whether a part stands where a URL has its password: behind ://user: and before the @."""
    before, after = value[at - 1] if at else "", value[at + 1] if at + 1 < len(value) else ""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    return after.startswith("@") and BEFORE_PASSWORD.search(before) is not None


def polish(draft: Draft, value: Value, found: list[Mention], text: str) -> Value:
    """What a managed endpoint asks of an address beside its host: TLS, its own port, no password for a cache."""
    for mention in found:
        target = draft.subjects[mention.service]
        if target.becomes == "s3":
            return (f"https://s3.{draft.choices.aws_region}.amazonaws.com",)
        if target.becomes == "msk":
            value = _renumbered(value, mention.service, managed.port(target))
        elif target.becomes == "elasticache" and mention.scheme in {"redis", "valkey"}:
            value = _redis(draft, value, text)
        else:
            value = _tls(value, target, mention.scheme, text)
    return value


def _tls(value: Value, target: Subject, scheme: str, text: str) -> Value:
    engine = target.row.engine if target.row else ""
    if engine == "postgres" and scheme in {"postgres", "postgresql"}:
        return _query(value, "ssl=require" if "asyncpg" in text else "sslmode=require", "ssl")
    if target.becomes == "documentdb" and scheme == "mongodb":
        return _query(value, "tls=true&retryWrites=false", "tls")
    if target.becomes == "mq" and scheme in {"amqp", "amqps"}:
        return _scheme(_login(value, managed.user(target)), "amqp", "amqps", ":5672", ":5671")
    if target.becomes == "opensearch" and scheme == "http":
        return _scheme(value, "http", "https", ":9200", ":443")
    return value


def _login(value: Value, user: str) -> Value:
    """A URL with the user that the broker knows: Amazon MQ takes neither guest nor admin."""
    return (USER.sub(f"//{user}:", value[0], count=1), *value[1:]) if isinstance(value[0], str) else value


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


def _renumbered(value: Value, service: str, port: int) -> Value:
    """The port behind an endpoint as the managed service has it."""
    parts = list(value)
    for number, part in enumerate(parts[:-1]):
        after = parts[number + 1]
        if isinstance(part, Ref) and part.resource == service and isinstance(after, str):
            parts[number + 1] = NUMBER.sub(f":{port}", after, count=1)
    if isinstance(parts[0], str):
        parts[0] = parts[0].replace("PLAINTEXT://", "SSL://")
    return tuple(parts)


def _redis(draft: Draft, value: Value, text: str) -> Value:
    """TLS, and no password: the cache of this course asks for none, its security group says who may call."""
    parts = list(_scheme(value, text.split("://")[0], "rediss", "", ""))
    at = next(number for number, part in enumerate(parts) if isinstance(part, Ref))
    parts[:at] = ["rediss://"]
    made = tuple(parts)
    return _query(made, "ssl_cert_reqs=required", "ssl_cert_reqs") if text in draft.celery_reads else made
