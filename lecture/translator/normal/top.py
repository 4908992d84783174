"""What stands beside the services: networks, volumes, secrets, configs, and what the file names but does not hold."""

from typing import Literal

from lecture.translator.compose import Network, Service, Source, Text, Volume
from lecture.translator.nodes import Mapping, Node, Scalar, as_text
from lecture.translator.normal.values import flag, get, items, scalar, string, text, texts

Kind = Literal["file", "environment", "content", "external"]

_NAMING = frozenset({"env_file", "label_file", "build"})


def networks(root: Mapping) -> dict[str, Network]:
    """The top-level networks."""
    return {
        name: Network(name, bool(flag(node, "internal")), _external(node), node.place)
        for name, node in _section(root, "networks").items()
    }


def volumes(root: Mapping) -> dict[str, Volume]:
    """The top-level volumes."""
    return {
        name: Volume(name, _external(node), string(node, "driver"), node.place)
        for name, node in _section(root, "volumes").items()
    }


def sources(root: Mapping, section: Literal["secrets", "configs"]) -> dict[str, Source]:
    """The top-level secrets or configs."""
    return {
        name: Source(name, _kind(node), text(node, "content"), node.place)
        for name, node in _section(root, section).items()
    }


def not_supplied(
    root: Mapping, written: dict[str, Mapping], nodes: dict[str, Mapping], found: dict[str, Service]
) -> tuple[Text, ...]:
    """Files and folders that compose would read from disk for the services that were found.

    `written` has the services as they stand in the file, `nodes` with what they extend.
    """
    named = [*_included(root)]
    for name in found:
        if not _NAMING.isdisjoint(nodes[name].entries):
            named += [*found[name].env_files, *texts(nodes[name], "label_file"), _context(nodes[name])]
        if "extends" in written[name].entries:
            named.append(text(written[name], "extends", "file"))
    for section in ("secrets", "configs"):
        named += [text(node, "file") for node in _section(root, section).values()]
    return tuple({(one.path, one.value): one for one in named if one}.values())


def _section(root: Mapping, name: str) -> dict[str, Node]:
    section = get(root, name)
    return section.entries if isinstance(section, Mapping) else {}


def _external(node: Node) -> bool:
    """`external: true`, or the older map with a name."""
    found = node.entries.get("external") if isinstance(node, Mapping) else None
    return found is not None and (isinstance(found, Mapping) or bool(flag(found)))


def _kind(node: Node) -> Kind:
    if _external(node):
        return "external"
    if scalar(node, "content"):
        return "content"
    return "environment" if scalar(node, "environment") else "file"


def _included(root: Mapping) -> list[Text | None]:
    found: list[Text | None] = []
    for item in items(root, "include"):
        found += [as_text(item)] if isinstance(item, Scalar) else [*texts(item, "path"), *texts(item, "env_file")]
    return found


def _context(node: Mapping) -> Text | None:
    """The build context, which is the file's own folder where a build names none."""
    build = get(node, "build")
    if not isinstance(build, Mapping):
        return None
    return text(build, "context") or Text(".", build.path, build.place, (".",))
