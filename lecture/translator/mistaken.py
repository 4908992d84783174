"""What was pasted when it was no compose file: the most likely thing, and what to do."""

import json
import re
from collections.abc import Callable

_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?[A-Za-z_]\w*=.*|\s*#.*|\s*")
_INSTRUCTION = re.compile(
    r"(?:FROM|ARG|RUN|CMD|COPY|ADD|ENV|WORKDIR|EXPOSE|ENTRYPOINT|USER|LABEL|VOLUME)\s", re.IGNORECASE
)
_SERVICE_KEYS = frozenset({"image", "build", "ports", "environment", "command", "volumes", "links", "depends_on"})

Keys = dict[str, frozenset[str]]  # the keys at the top, and below each the keys of its map


def text_like(text: str) -> tuple[str, str] | None:
    """What a text that is no map looks like, and the mend; None where nothing is recognised."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    first = lines[0] if lines else ""
    for looks, message, mend in _TEXTS:
        if looks(text, first):
            return message, mend
    if lines and all(map(_ASSIGNMENT.fullmatch, lines)):
        return (
            "This looks like a .env file.",
            "Paste it into the second box; the compose file that uses it belongs here.",
        )
    return None


def map_like(keys: Keys, text: str) -> tuple[str, str] | None:
    """What a map without services looks like, and the mend; None where nothing is recognised."""
    top = frozenset(keys)
    for needed, message, mend in _MAPS:
        if needed <= top:
            return message, mend
    if any(below & _SERVICE_KEYS for below in keys.values()):
        return (
            "This looks like the first format of compose files, from 2014, where services stood at the top.",
            "Write services: as the first line and indent everything below it by two spaces.",
        )
    if top & _SERVICE_KEYS:
        return (
            "This looks like a single service, without the file around it.",
            "Write services: and, indented below it, a name with a colon; indent this below the name.",
        )
    return _package(top, text)


def _package(top: frozenset[str], text: str) -> tuple[str, str] | None:
    if "name" in top and top & {"dependencies", "devDependencies", "scripts"} and _is_json(text):
        return "This looks like a package.json.", _COMPOSE
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


_COMPOSE = "Paste the compose file: it is called compose.yaml or docker-compose.yml, and has a line services:."

_TEXTS: tuple[tuple[Callable[[str, str], bool], str, str], ...] = (
    (
        lambda text, first: first.upper().startswith(("FROM ", "ARG ")) and bool(_INSTRUCTION.match(first)),
        "This looks like a Dockerfile.",
        "It says how one image is built. Paste the compose file that says which images run: compose.yaml or"
        " docker-compose.yml.",
    ),
    (
        lambda text, first: bool(re.match(r"(?:\$\s*)?(?:sudo\s+)?(?:docker|podman)\s+(?:container\s+)?run\b", first)),
        "This looks like a docker run command.",
        "Write it as a compose file first: the image below image:, each -p below ports:, each -e below environment:.",
    ),
    (
        lambda text, first: bool(re.match(r"(?:\$\s*)?(?:sudo\s+)?docker[ -]", first)),
        "This looks like a command for a terminal.",
        _COMPOSE,
    ),
    (lambda text, first: text.lstrip().startswith("#!"), "This looks like a script.", _COMPOSE),
    (lambda text, first: first.startswith("<"), "This looks like a web page or XML.", _COMPOSE),
    (
        lambda text, first: bool(re.match(r"(?:resource|provider|module|variable|terraform|locals|data)\b.*\{", first)),
        "This looks like Terraform.",
        "The translator goes the other way: paste a compose file, and Terraform comes out.",
    ),
    (
        lambda text, first: bool(
            re.match(r"(?:import|from\s+[\w.]+\s+import|def|const|let|package|#include)\b", first)
        ),
        "This looks like a program.",
        _COMPOSE,
    ),
)

_MAPS: tuple[tuple[frozenset[str], str, str], ...] = (
    (
        frozenset({"apiVersion", "kind"}),
        "This looks like a Kubernetes manifest.",
        "The translator reads compose files. If there was one before the manifest, paste that.",
    ),
    (
        frozenset({"apiVersion", "appVersion"}),
        "This looks like a Helm chart.",
        "The translator reads compose files.",
    ),
    (frozenset({"AWSTemplateFormatVersion"}), "This looks like a CloudFormation template.", _COMPOSE),
    (frozenset({"Resources"}), "This looks like a CloudFormation template.", _COMPOSE),
    (frozenset({"on", "jobs"}), "This looks like a GitHub Actions workflow.", _COMPOSE),
    (frozenset({"stages"}), "This looks like a GitLab pipeline.", _COMPOSE),
    (frozenset({"openapi"}), "This looks like an OpenAPI description.", _COMPOSE),
)
