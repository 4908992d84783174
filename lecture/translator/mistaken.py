"""What was pasted when it was no compose file: the most likely thing, and what to do."""

import json
import re

_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?[A-Za-z_]\w*=.*")
_COMPOSE = "Paste the compose file: it is called compose.yaml or docker-compose.yml, and has a line services:."
_STARTS = frozenset({"image", "build"})  # what a service has, and little else
_SECTIONS = frozenset({"services", "volumes", "networks", "secrets", "configs"})

Keys = dict[str, frozenset[str]]  # the keys at the top, and below each the keys of its map

# how the first line of such a text begins, what it is then, and what to do
_TEXTS = tuple(
    (re.compile(begins, re.IGNORECASE), f"This looks like {what}.", mend)
    for begins, what, mend in (
        (
            r"(?:import\s+\w|from\s+[\w.]+\s+import\s|def\s+\w+\(|const\s|let\s|package\s+\w+$|#include\b)",
            "a program",
            _COMPOSE,
        ),
        (
            r"(?:from\s+\S+(?:\s+as\s+\S+)?$|arg\s+\w+)",
            "a Dockerfile",
            "It says how one image is built. Paste the compose file, which says what runs: compose.yaml or"
            " docker-compose.yml.",
        ),
        (
            r"(?:\$\s*)?(?:sudo\s+)?(?:docker|podman)\s+(?:container\s+)?run\b",
            "a docker run command",
            "Write it as a compose file first: the image below image:, each -p below ports:, each -e below"
            " environment:.",
        ),
        (r"(?:\$\s*)?(?:sudo\s+)?docker(?:-compose)?\s+\w+", "a command for a terminal", _COMPOSE),
        (r"#!", "a script", _COMPOSE),
        (r"<", "a web page or XML", _COMPOSE),
        (
            r"(?:resource|provider|module|variable|terraform|locals|data)\b[^:]*\{",
            "Terraform",
            "The translator goes the other way: paste a compose file, and Terraform comes out.",
        ),
    )
)

# keys that such a map has at the top, what it is then, and what to do
_MAPS = tuple(
    (frozenset(needed.split()), f"This looks like {what}.", mend)
    for needed, what, mend in (
        (
            "apiVersion kind",
            "a Kubernetes manifest",
            "The translator reads compose files. If there was one before the manifest, paste that.",
        ),
        ("apiVersion appVersion", "a Helm chart", "The translator reads compose files."),
        ("AWSTemplateFormatVersion", "a CloudFormation template", _COMPOSE),
        ("Resources", "a CloudFormation template", _COMPOSE),
        ("on jobs", "a GitHub Actions workflow", _COMPOSE),
        ("stages", "a GitLab pipeline", _COMPOSE),
        ("openapi", "an OpenAPI description", _COMPOSE),
    )
)
_OLD = (
    "This looks like the first format of compose files, from 2014, where services stood at the top.",
    "Write services: as the first line and indent everything below it by two spaces.",
)
_ALONE = (
    "This looks like a single service, without the file around it.",
    "Write services: and, indented below it, a name with a colon; indent this below the name.",
)
_ENV = ("This looks like a .env file.", "Paste it into the second box; the compose file that uses it belongs here.")


def text_like(text: str) -> tuple[str, str] | None:
    """What a text that is no map looks like, and the mend; None where nothing is recognised."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith("#") or line.startswith(("#!", "#include"))]
    if not said:
        return None
    for begins, message, mend in _TEXTS:
        if begins.match(said[0]):
            return message, mend
    return _ENV if all(map(_ASSIGNMENT.fullmatch, said)) else None


def map_like(keys: Keys, text: str) -> tuple[str, str] | None:
    """What a map without services looks like, and the mend; None where nothing is recognised."""
    top = frozenset(keys)
    for needed, message, mend in _MAPS:
        if needed <= top:
            return message, mend
    if any(below & _STARTS for name, below in keys.items() if name not in _SECTIONS):
        return _OLD
    if top & _STARTS:
        return _ALONE
    if "name" in top and top & {"dependencies", "devDependencies", "scripts"} and _is_json(text):
        return "This looks like a package.json.", _COMPOSE
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
