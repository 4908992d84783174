"""Users that an app logs in with: RDS makes the administrator alone, so the app's own are made by hand, once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.translator.blueprint import Resource
from lecture.translator.specs import Database, Documents, Secrets
from lecture.translator.terraform.site import Site
from lecture.translator.values import Ref, Value, Variable

IN_URL = re.compile(r"//([A-Za-z0-9_.-]+):$")
USER = re.compile(r"(?P<stem>\w+?)_?USER(_?NAME)?", re.IGNORECASE)
PLAIN = re.compile(r"[\w.-]+")
STAND_IN = "your_user"
TAKEN = {"sqlserver-ex": {"sa"}, "oracle-se2": {"sys", "system"}}  # names that RDS keeps for itself
STATEMENTS = {
    "postgres": (
        "CREATE ROLE {user} LOGIN PASSWORD '…';",
        "GRANT {user} TO CURRENT_USER;",
        "ALTER DATABASE {name} OWNER TO {user};",
    ),
    "mysql": ("CREATE USER '{user}'@'%' IDENTIFIED BY '…';", "GRANT ALL PRIVILEGES ON {name}.* TO '{user}'@'%';"),
    "sqlserver-ex": (
        "CREATE DATABASE {name};",
        "CREATE LOGIN {user} WITH PASSWORD = '…';",
        "USE {name}; CREATE USER {user} FOR LOGIN {user}; ALTER ROLE db_owner ADD MEMBER {user};",
    ),
    "oracle-se2": (
        'CREATE USER {user} IDENTIFIED BY "…" QUOTA UNLIMITED ON users;',
        "GRANT CONNECT, RESOURCE TO {user};",
    ),
    "documents": ("db.createUser({{user: '{user}', pwd: '…', roles: ['readWriteAnyDatabase']}})",),
}


@dataclass(frozen=True, slots=True)
class Login:
    """A database, its administrator, and the statements that make the users of the apps."""

    resource: Resource
    admin: str
    statements: tuple[str, ...]


def logins(site: Site) -> Iterator[Login]:
    """What there is to create in each database."""
    known = users(site) if len(site.of(Database)) + len(site.of(Documents)) else {}
    for resource, database in site.of(Database):
        yield from _login(resource, known, database.admin, database.engine, database.name or "app")
    for resource, documents in site.of(Documents):
        yield from _login(resource, known, documents.admin, "documents", "")


def _login(resource: Resource, known: dict[str, list[str]], admin: str, engine: str, name: str) -> Iterator[Login]:
    """The users of one database but its administrator; a stand-in where the file names none, or one that is taken."""
    lines = STATEMENTS["mysql" if engine == "mariadb" else engine]
    named = [user for user in known.get(resource.id, [STAND_IN]) if user != admin]
    found = dict.fromkeys(STAND_IN if user.lower() in TAKEN.get(engine, ()) else user for user in named)
    words = ({"user": _quoted(user, engine), "name": _quoted(name, engine)} for user in found)
    if found:
        yield Login(resource, admin, tuple(line.format(**word) for word in words for line in lines))


def _quoted(name: str, engine: str) -> str:
    """A name as Postgres takes it: in quotation marks where it is not all lower case, digits and underscores."""
    return name if engine != "postgres" or re.fullmatch(r"[a-z_][a-z0-9_]*", name) else f'"{name}"'


def users(site: Site) -> dict[str, list[str]]:
    """Names in front of a database's address, in URLs and in variables such as DB_USER, by the id of the database."""
    found: dict[str, dict[str, None]] = {}
    values = [secret.value for _, secrets in site.of(Secrets) for secret in secrets.secrets]
    for runner in site.runners.values():
        composed = [variable for variable in runner.container.environment if not _is_text(variable.value)]
        endpoints = [variable for variable in composed if _hosts(variable.value)]
        values += [variable.value for variable in endpoints]
        for id, user in _beside(runner.container.environment, endpoints) if endpoints else ():
            found.setdefault(id, {})[user] = None
    for value in values:
        for ref in _hosts(value):
            if user := _in_url(value, ref):
                found.setdefault(ref.resource, {})[user] = None
    return {id: list(names) for id, names in found.items()}


def _is_text(value: Value) -> bool:
    return len(value) == 1 and isinstance(value[0], str)


def _hosts(value: Value) -> list[Ref]:
    return [part for part in value if isinstance(part, Ref) and part.what == "host"]


def _in_url(value: Value, ref: Ref) -> str:
    """The user of a URL: the text that ends in //user: before the password and the @."""
    before = value[: value.index(ref)]
    texts = [match[1] for part in before if isinstance(part, str) and (match := IN_URL.search(part))]
    return texts[-1] if texts else ""


def _beside(environment: tuple[Variable, ...], endpoints: list[Variable]) -> Iterator[tuple[str, str]]:
    """Databases and their users where these stand in two variables: DB_HOST and DB_USER, SPRING_X_URL and _USERNAME."""
    for variable in environment:
        if "USER" not in variable.name.upper():
            continue  # most names: they need no expression to say so
        text = variable.value[0] if len(variable.value) == 1 else ""
        if isinstance(text, str) and (named := USER.fullmatch(variable.name)) and PLAIN.fullmatch(text):
            for other in endpoints:
                if other.name.startswith(named["stem"]):
                    yield from ((ref.resource, text) for ref in _hosts(other.value))
