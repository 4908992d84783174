"""From a pasted text to a ComposeFile: YAML, variables, shape, extends, one form for everything, and what it refers to.

Nothing is read from disk, and no variable from the environment. The work is bounded by lecture.translator.limits.
"""

from dataclasses import replace
from itertools import chain

from lecture.translator import crossrefs, dotenv, mistaken, shape
from lecture.translator.compose import ComposeFile, Place, Problem, Service, Setting, Text, Unreadable
from lecture.translator.envfiles import given
from lecture.translator.extending import extended
from lecture.translator.interpolate import TooMuch, Variables
from lecture.translator.limits import LIMITS
from lecture.translator.lines import ENV, Notes
from lecture.translator.merging import RESET, merged, settled
from lecture.translator.nodes import Mapping, Node, Parts, Scalar, joined
from lecture.translator.normal import top
from lecture.translator.normal.ports import Budget
from lecture.translator.normal.service import service
from lecture.translator.normal.values import get, string, texts
from lecture.translator.shapes_file import FILE
from lecture.translator.unfold import Unfolded, unfold
from lecture.translator.yamltree import Raw, documents

_START = Place(1, 1)


def read(text: str | bytes, env: str = "", profiles: frozenset[str] = frozenset()) -> ComposeFile:
    """A compose file, with the values of a .env text, and only the services that these profiles wake.

    Raises Unreadable where there is nothing to go on with; what else is wrong is in `problems`.
    """
    source = _source(text)
    notes = Notes(source)
    env_notes = Notes(env.replace("\r\n", "\n"), ENV)
    values = _values(env_notes)
    variables = Variables(values)
    trees = [unfold(raw, FILE, variables, notes) for raw in _documents(source, notes)]
    root = _root(trees, notes)
    file = _file(source, root, profiles, values, notes)
    return replace(
        file,
        leaves=tuple(chain.from_iterable([tree.leaves for tree in trees])),
        variables=_unset(trees),
        required={name: said for tree in reversed(trees) for name, said in tree.required.items()},
        problems=(*sorted(notes.closed(), key=_where), *env_notes.closed()),
    )


def _where(problem: Problem) -> tuple[int, int]:
    return problem.place.line, problem.place.column


def _source(text: str | bytes) -> str:
    """The text, without a byte order mark and with plain line ends; raises Unreadable."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if (size := len(data)) > LIMITS.text:
        message = f"The text has {size / 1024:,.0f} kB, and {LIMITS.text // 1024} kB is the most."
        raise Unreadable(Notes("").problem(message, "Paste the compose file alone, or a part of it.", _START))
    source = _decoded(data).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not source.strip():
        message = "There is nothing here yet."
        raise Unreadable(Notes("").problem(message, "Paste a compose file, or choose an example.", _START))
    if "\0" in source:
        raise Unreadable(_no_text())
    return source


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    except UnicodeDecodeError:
        raise Unreadable(_no_text()) from None


def _no_text() -> Problem:
    message = "This is not text: a picture, an archive or a program, perhaps."
    mend = "Choose compose.yaml or docker-compose.yml itself. If this is it, save it as UTF-8."
    return Notes("").problem(message, mend, _START)


def _values(notes: Notes) -> dict[str, Parts]:
    size = len(notes.source.encode("utf-8", "surrogatepass"))
    if size > LIMITS.env:
        message = f"The .env text has {size / 1024:,.0f} kB, and {LIMITS.env // 1024} kB is the most."
        notes.add(message, "Keep the variables that the compose file uses.", _START)
        return {}
    try:
        return dotenv.values(notes.source.removeprefix("\ufeff"), notes)
    except TooMuch:
        message = f"With its variables written out, the .env text has more than {LIMITS.characters:,} characters."
        notes.add(message, "Use fewer variables inside each other.", _START)
        return {}


def _documents(source: str, notes: Notes) -> list[Raw]:
    """The YAML documents; where it is no YAML because it is something else altogether, that is what is said."""
    try:
        return documents(source, notes)
    except Unreadable:
        if like := mistaken.text_like(source):
            raise Unreadable(notes.problem(*like, _START)) from None
        raise


def _root(trees: list[Unfolded], notes: Notes) -> Mapping:
    """The documents as one tree, later ones over earlier ones; raises Unreadable where there are no services."""
    roots: list[Node] = [tree.root for tree in trees if tree.root.tag != RESET]
    maps = [root for root in roots if isinstance(root, Mapping)]
    if not maps:
        raise Unreadable(_no_map(notes))
    for root in maps:
        if "services" not in root.entries and (like := mistaken.map_like(_keys(root), notes.source)):
            raise Unreadable(notes.problem(*like, root.place))
    whole: Node | None = None
    for root in maps:
        checked = shape.check(root, notes)
        whole = checked if whole is None else merged(whole, checked) if checked else whole
    assert isinstance(whole, Mapping)  # maps make a map
    if "services" not in whole.entries:
        raise Unreadable(_no_services(maps[0], notes), *notes.closed())
    return whole


def _file(source: str, root: Mapping, profiles: frozenset[str], values: dict[str, Parts], notes: Notes) -> ComposeFile:
    written = _services(root, notes)
    nodes = extended(written, notes)
    if RESET in source:
        root, nodes = settled(root), {name: settled(node) for name, node in nodes.items()}
    awake = {name: node for name, node in nodes.items() if _awake(node, profiles)}
    budget = Budget()
    services = {name: _given(service(name, node, budget, notes), values) for name, node in awake.items()}
    services, boxed = given(services, values)
    file = ComposeFile(
        source,
        services,
        asleep={name: node.place for name, node in nodes.items() if name not in awake},
        networks=top.networks(root),
        volumes=top.volumes(root),
        secrets=top.sources(root, "secrets"),
        configs=top.sources(root, "configs"),
        not_supplied=top.not_supplied(root, written, nodes, services),
        name=string(root, "name"),
        boxed=boxed,
    )
    if not services:
        message = "Every service is behind a profile, and none of their profiles is chosen."
        notes.add(message, "Choose a profile.", next(iter(nodes.values())).place)
    _have_images(nodes, written, services, notes)
    crossrefs.check(file, nodes, notes)
    return file


def _services(root: Mapping, notes: Notes) -> dict[str, Mapping]:
    """The services as they are written; raises Unreadable where there are more than allowed."""
    section = get(root, "services")
    entries = section.entries if isinstance(section, Mapping) else {}
    services = {name: node for name, node in entries.items() if isinstance(node, Mapping) and node.tag != RESET}
    if not services:
        raise Unreadable(_no_services(root, notes), *notes.closed())
    if len(services) > LIMITS.services:
        message = f"The file has {len(services):,} services, and {LIMITS.services:,} is the most."
        raise Unreadable(notes.problem(message, "Translate a part of it.", _START))
    return services


def _awake(node: Mapping, profiles: frozenset[str]) -> bool:
    """Whether a service is in play: it has no profile, or one that was chosen; * chooses all."""
    of = [profile.value for profile in texts(node, "profiles")] if "profiles" in node.entries else []
    return not of or "*" in profiles or not profiles.isdisjoint(of)


def _given(service: Service, values: dict[str, Parts]) -> Service:
    """The service, with what its environment and build arguments only name filled in from the .env box."""
    named = (*service.environment, *(service.build.args if service.build else ()))
    if not any(one.value is None and one.name in values for one in named):
        return service
    build = service.build and replace(service.build, args=_filled(service.build.args, values))
    return replace(service, environment=_filled(service.environment, values), build=build)


def _filled(settings: tuple[Setting, ...], values: dict[str, Parts]) -> tuple[Setting, ...]:
    return tuple(
        replace(one, value=Text(joined(parts), one.path, one.place, parts))
        if one.value is None and (parts := values.get(one.name)) is not None
        else one
        for one in settings
    )


def _have_images(
    nodes: dict[str, Mapping], written: dict[str, Mapping], services: dict[str, Service], notes: Notes
) -> None:
    """Notes services that nothing can start; where another file has a part of one, that may have the image."""
    for name, one in services.items():
        if one.image or one.build:
            continue
        if not (get(written[name], "extends", "file") or get(nodes[name], "provider")):
            message = f"{name} has neither an image nor a build."
            notes.add(message, "Add image: and what it runs, or build: and its folder.", one.place, nodes[name].path)


def _unset(trees: list[Unfolded]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, dict[Place, None]] = {}
    for tree in trees:
        for name, places in tree.unset.items():
            found.setdefault(name, {}).update(places)
    return {name: tuple(places) for name, places in found.items()}


def _keys(root: Mapping) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(node.entries) if isinstance(node, Mapping) else frozenset[str]()
        for name, node in root.entries.items()
    }


def _no_map(notes: Notes) -> Problem:
    message, mend = mistaken.text_like(notes.source) or (
        "This is no compose file: it is not a map of keys and values.",
        "A compose file has a line services: and, indented below it, a name for each service.",
    )
    return notes.problem(message, mend, _START)


def _no_services(root: Mapping, notes: Notes) -> Problem:
    if isinstance(root.entries.get("services"), Scalar):
        message, mend = "There is nothing below services:.", "Indent the services below it by two spaces."
        return notes.problem(message, mend, root.entries["services"].place)
    if "include" in root.entries and "services" not in root.entries:
        message = "The file has no services of its own: it includes them from files that are not here."
        return notes.problem(message, "Paste the included files instead.", root.entries["include"].place)
    message = "There are no services that can be read."
    mend = "Write services: and, indented below it, a name with a colon, and below that image: or build:."
    return notes.problem(message, mend, root.place)
