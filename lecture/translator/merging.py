"""How one part of a compose file goes over another: `extends`, and several documents (compose specification, 13-merge).

Maps are merged key by key and lists follow each other, but a command replaces a command, a mount the mount at the
same target, a port the same port. Before that, short forms that mean a map become one.
"""

from collections.abc import Callable

from lecture.translator.nodes import Mapping, Node, Scalar, Sequence

_REPLACED = frozenset({"command", "entrypoint", "test"})
_ONE_OR_MORE = frozenset({"env_file", "dns", "dns_search", "tmpfs"})  # one value stands for a list of it
RESET = "!reset"
_FINAL = (RESET, "!override")  # compose's tags for what is not merged


def merged(base: Node, over: Node, key: str = "") -> Node:
    """`base` with `over` on top. `key` is the name that both stand under."""
    if over.tag in _FINAL or key in _REPLACED:
        return over
    if key in _ONE_OR_MORE:
        base, over = _as_list(base), _as_list(over)
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return over if key == "logging" and _driver(base) != _driver(over) else _maps(base, over)
    if isinstance(base, Sequence) and isinstance(over, Sequence):
        return _lists(base, over, key)
    return over


def canonical(service: Mapping) -> Mapping:
    """A service whose depends_on, networks, models, build and extends are maps."""
    short = {
        key: turn(node)
        for key, turn in _SHORT.items()
        if (node := service.entries.get(key)) is not None and node.__class__ is not Mapping
    }
    if not short:
        return service
    return Mapping({**service.entries, **short}, service.path, service.place, service.tag, service.last_line)


def without(service: Mapping, key: str) -> Mapping:
    """A map without one of its keys."""
    if key not in service.entries:
        return service
    entries = {name: value for name, value in service.entries.items() if name != key}
    return Mapping(entries, service.path, service.place, service.tag, service.last_line)


def settled(node: Mapping) -> Mapping:
    """A map without what is reset in it."""
    entries = {
        name: settled(value) if isinstance(value, Mapping) else value
        for name, value in node.entries.items()
        if value.tag != RESET
    }
    return Mapping(entries, node.path, node.place, node.tag, node.last_line)


def size(node: Node) -> int:
    """How many values a node holds, itself included."""
    if isinstance(node, Mapping):
        return 1 + sum(map(size, node.entries.values()))
    return 1 + sum(map(size, node.items)) if isinstance(node, Sequence) else 1


def _maps(base: Mapping, over: Mapping) -> Mapping:
    entries = dict(base.entries)
    for name, value in over.entries.items():
        under = entries.get(name)
        entries[name] = value if under is None else merged(under, value, name)
    return Mapping(entries, over.path, over.place, over.tag, over.last_line)


def _lists(base: Sequence, over: Sequence, key: str) -> Sequence:
    same = _SAME.get(key, _identical)
    items: dict[object, Node] = {}
    for number, item in enumerate((*base.items, *over.items)):
        items[same(item) or ("", number)] = item
    return Sequence(list(items.values()), over.path, over.place, over.tag)


def _as_list(node: Node) -> Node:
    return Sequence([node], node.path, node.place, node.tag) if isinstance(node, Scalar) else node


def _driver(node: Mapping) -> str:
    driver = node.entries.get("driver")
    return driver.text if isinstance(driver, Scalar) else ""


def _identical(item: Node) -> object:
    return item.text if isinstance(item, Scalar) else None


def _field(item: Mapping, *names: str) -> tuple[str, ...]:
    found = (item.entries.get(name) for name in names)
    return tuple(value.text if isinstance(value, Scalar) else "" for value in found)


def _mount(item: Node) -> object:
    if isinstance(item, Mapping):
        return _field(item, "target")[0]
    if isinstance(item, Sequence):
        return None
    pieces = item.text.split(":")
    if len(pieces) > 1 and pieces[-1] and not pieces[-1].startswith(("/", "$", "\\")):
        pieces.pop()
    return pieces[-1]


def _grant(item: Node) -> object:
    if isinstance(item, Mapping):
        source, target = _field(item, "source", "target")
        return target or source
    return _identical(item)


def _port(item: Node) -> object:
    if isinstance(item, Mapping):
        return _field(item, "host_ip", "published", "target", "protocol")
    return _identical(item)


_SAME: dict[str, Callable[[Node], object]] = {"volumes": _mount, "secrets": _grant, "configs": _grant, "ports": _port}


def _names(node: Node) -> Node:
    """A list of names as a map of names to nothing."""
    if not isinstance(node, Sequence):
        return node
    entries: dict[str, Node] = {
        item.text: Scalar("", "null", item.path, item.place) for item in node.items if isinstance(item, Scalar)
    }
    return Mapping(entries, node.path, node.place, node.tag)


def _under(key: str) -> Callable[[Node], Node]:
    """What turns one value into a map that has it under `key`."""

    def turn(node: Node) -> Node:
        return Mapping({key: node}, node.path, node.place, node.tag) if isinstance(node, Scalar) else node

    return turn


_SHORT: dict[str, Callable[[Node], Node]] = {
    "depends_on": _names,
    "networks": _names,
    "models": _names,
    "build": _under("context"),
    "extends": _under("service"),
}
