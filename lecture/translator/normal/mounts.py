"""`volumes` and `tmpfs`, short and long."""

import re
from typing import Literal, cast

from lecture.translator.compose import Mount, Place
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping, Node, Scalar
from lecture.translator.normal.values import flag, items, mebibytes, mebibytes_of, scalar, string, texts

_DRIVE = re.compile(r"^[A-Za-z]:[\\/]")
# C:\data is one field, and so is C:/data before a path; a:/data alone is a volume and its place
_DRIVE_COLON = re.compile(r"^([A-Za-z]):(?=\\|/[^:]*:[/$])|(?<=:)([A-Za-z]):(?=\\)")

Kind = Literal["volume", "bind", "tmpfs", "npipe", "cluster", "image"]


def mounts(service: Mapping, notes: Notes) -> tuple[Mount, ...]:
    """All mounts of a service, in the order of the file, `tmpfs` last."""
    found = [mount for item in items(service, "volumes") if (mount := _mount(item, notes))]
    return (*found, *_tmpfs(service))


def tmpfs_mib(service: Mapping, notes: Notes) -> int:
    """MiB of memory that tmpfs mounts ask for by name."""
    total = 0.0
    for item in items(service, "volumes"):
        if isinstance(item, Mapping):
            total += mebibytes(scalar(item, "tmpfs", "size"), notes) or 0
    for text in texts(service, "tmpfs"):
        options = dict(option.partition("=")[::2] for option in text.value.partition(":")[2].split(","))
        total += mebibytes_of(options.get("size", "")) or 0
    return round(total)


def _mount(node: Node, notes: Notes) -> Mount | None:
    if isinstance(node, Mapping):
        return _long(node, notes)
    return _short(node.text, node.path, node.place, notes) if isinstance(node, Scalar) else None


def _long(node: Mapping, notes: Notes) -> Mount | None:
    target = string(node, "target")
    if not target:
        notes.add(f"{node.path} lacks target.", "Add target: and the path in the container.", node.place, node.path)
        return None
    kind = cast(Kind, string(node, "type") or "volume")
    read_only = bool(flag(node, "read_only"))
    return Mount(kind, string(node, "source"), target, read_only, node.path, node.place)


def _short(text: str, path: str, place: Place, notes: Notes) -> Mount | None:
    fields = _fields(text)
    if not text.strip() or len(fields) > 3 or (len(fields) > 1 and not fields[1]):
        mend = "Write name:/path/in/container, ./folder:/path/in/container or /path/in/container."
        notes.add(f"{path} is not a mount.", mend, place, path)
        return None
    if len(fields) == 1:
        return Mount("volume", "", fields[0], False, path, place)
    mode = fields[2].split(",") if len(fields) == 3 else []
    kind: Kind = "bind" if _is_path(fields[0]) else "volume"
    return Mount(kind, fields[0], fields[1], "ro" in mode, path, place)


def _fields(text: str) -> list[str]:
    """What stands between the colons; the one after a drive letter parts nothing."""
    return [field.replace("\0", ":") for field in _DRIVE_COLON.sub("\\1\\2\0", text).split(":")]


def _is_path(source: str) -> bool:
    return source.startswith((".", "/", "~", "\\", "${")) or bool(_DRIVE.match(source))


def _tmpfs(service: Mapping) -> list[Mount]:
    """`tmpfs`: a path, or several, each with options behind a colon."""
    return [
        Mount("tmpfs", "", text.value.partition(":")[0], False, text.path, text.place)
        for text in texts(service, "tmpfs")
    ]
