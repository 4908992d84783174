"""Users that an app logs in with: RDS makes the administrator alone, so the app's own are made by hand, once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.translator.blueprint import Database, Documents, Ref, Resource, Secrets, Value, Variable
from lecture.translator.terraform.site import Site

IN_URL = re.compile(r"//([A-Za-z0-9_.-]+):$")
USER = re.compile(r"(^|_)USER(_?NAME)?$", re.IGNORECASE)
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
    """A database, and the user that an app logs in with; "your_user" where the file does not say."""

    resource: Resource
    admin: str
    user: str
    statements: tuple[str, ...]


def logins(site: Site) -> Iterator[Login]:
    """What there is to create in each database."""
    known = users(site) if len(site.of(Database)) + len(site.of(Documents)) else {}
    for resource, database in site.of(Database):
        engine = "mysql" if database.engine == "mariadb" else database.engine
        for user in _users(known.get(resource.id), database.admin):
            words = {"user": _quoted(user, engine), "name": _quoted(database.name or "app", engine)}
            yield Login(resource, database.admin, user, tuple(line.format(**words) for line in STATEMENTS[engine]))
    for resource, documents in site.of(Documents):
        for user in _users(known.get(resource.id), documents.admin):
            lines = tuple(line.format(user=user) for line in STATEMENTS["documents"])
            yield Login(resource, documents.admin, user, lines)


def _quoted(name: str, engine: str) -> str:
    """A name as Postgres takes it: in quotation marks where it is not all lower case, digits and underscores."""
    return name if engine != "postgres" or re.fullmatch(r"[a-z_][a-z0-9_]*", name) else f'"{name}"'


def _users(known: list[str] | None, admin: str) -> list[str]:
    """The names under which apps log in, the administrator left out; a stand-in where the file names none."""
    return ["your_user"] if known is None else [user for user in known if user != admin]


def users(site: Site) -> dict[str, list[str]]:
    """Names in front of a database's address, in URLs and in variables such as DB_USER, by the id of the database."""
    found: dict[str, dict[str, None]] = {}
    values = [secret.value for _, secrets in site.of(Secrets) for secret in secrets.secrets]
    for runner in site.runners.values():
        environment = runner.container.environment
        values += [variable.value for variable in environment]
        named = [user for variable in environment if (user := _named(variable))]
        for id in {ref.resource for variable in environment for ref in _hosts(variable.value)} if named else ():
            found.setdefault(id, {}).update(dict.fromkeys(named))
    for value in values:
        for ref in _hosts(value):
            if user := _in_url(value, ref):
                found.setdefault(ref.resource, {})[user] = None
    return {id: list(names) for id, names in found.items()}


def _hosts(value: Value) -> list[Ref]:
    return [part for part in value if isinstance(part, Ref) and part.what == "host"]


def _in_url(value: Value, ref: Ref) -> str:
    """The user of a URL: the text that ends in //user: before the password and the @."""
    before = value[: value.index(ref)]
    texts = [match[1] for part in before if isinstance(part, str) and (match := IN_URL.search(part))]
    return texts[-1] if texts else ""


def _named(variable: Variable) -> str:
    """The user that a variable such as DB_USER names, if it is an ordinary name."""
    text = variable.value[0] if len(variable.value) == 1 else ""
    return text if USER.search(variable.name) and isinstance(text, str) and re.fullmatch(r"[\w.-]+", text) else ""
