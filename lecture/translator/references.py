"""Docker image references: registry, repository, tag and digest, also where variables stand in them.

The grammar is that of the distribution project (reference.go): the first part is a registry where it has
a dot or a colon, or is localhost; without one the image comes from Docker Hub.
"""

import re

from lecture.translator.quick import record

HUB = "docker.io"
HUB_NAMES = {"docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "registry.docker.com"}
# where anybody may pull; a name that begins with a dot stands for every host below it
PUBLIC = (
    "docker.io", "ghcr.io", "quay.io", "gcr.io", ".gcr.io", "public.ecr.aws", "mcr.microsoft.com", "registry.k8s.io",
    "docker.elastic.co", "docker.redpanda.com", "docker.n8n.io", "docker.gitea.com", "cgr.dev", "lscr.io", "nvcr.io",
    "codeberg.org", "registry.access.redhat.com", "registry.centos.org",
)  # fmt: skip
BELOW = tuple(host for host in PUBLIC if host[0] == ".")
ECR = re.compile(r"\d{12}\.dkr[.-]ecr[.-].*\.(amazonaws\.com(\.cn)?|on\.aws)")  # the execution role may pull
VARIABLE = re.compile(r"\$\{(\w+)[^{}]*\}|\$([A-Za-z_]\w*)")
FIRST_PLACE = 0xE000  # a private character for each variable while the text is taken apart
PLACES = re.compile("[\ue000-\uf8ff]")


@record
class Reference:
    """An image's address. Variables without a value are shown as ${NAME}."""

    registry: str  # docker.io where none is written
    repository: str  # the path without library/, "" where the text names none
    tag: str = ""  # "" where none is written
    digest: str = ""


def parse(reference: str) -> Reference:
    """The parts of `reference`. Never raises: what makes no sense is a repository that no table knows."""
    text = reference.strip()
    if "$" in text or not text.isascii():
        text, names = _numbered(text)
        return Reference(*(_named(part, names) for part in _parts(text)))
    return Reference(*_parts(text))


def _parts(text: str) -> tuple[str, str, str, str]:
    """Registry, repository, tag and digest of an address in which each variable is one character."""
    text, _, digest = text.partition("@")
    head, slash, last = text.rpartition("/")
    last, _, tag = last.partition(":")
    registry, repository = _registry(head + slash + last)
    return registry, repository, tag, digest


def private(reference: Reference) -> bool:
    """Whether pulling needs a login that nobody has told us.

    Not for the public registries, nor for ECR, where a role is enough. A registry that is a variable may
    be anything, so it is not called private.
    """
    registry = reference.registry
    if "$" in registry or ECR.fullmatch(registry):
        return False
    return registry not in PUBLIC and not registry.endswith(BELOW)


def _numbered(text: str) -> tuple[str, list[str]]:
    """`text` with each variable as one character of its own, so that its colons and slashes are not ours."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        names.append(found[1] or found[2])
        return chr(FIRST_PLACE + len(names) - 1)

    text = PLACES.sub("?", text)
    while VARIABLE.search(text) and len(names) < 6400:  # from the innermost outwards
        text = VARIABLE.sub(number, text)
    return text, names


def _named(text: str, names: list[str]) -> str:
    return PLACES.sub(lambda found: f"${{{names[ord(found[0]) - FIRST_PLACE]}}}", text)


def _registry(path: str) -> tuple[str, str]:
    """Registry and repository of a path; a variable that is its first part, or glued to a name, is a registry."""
    first, slash, rest = path.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost" or PLACES.fullmatch(first)):
        registry, repository = first, rest
    elif len(first) > 1 and PLACES.match(first) and first[1].isalnum():
        registry, repository = path[0], path[1:]
    else:
        registry, repository = HUB, path
    if registry.lower() in HUB_NAMES:
        registry, repository = HUB, repository.removeprefix("library/")
    return registry, repository
