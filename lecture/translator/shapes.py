"""What a shape is, and the shapes of the small things that many keys of a compose file share.

Together with shapes_service and shapes_file this is the compose specification's JSON schema, written for people: it
accepts what compose-spec.json accepts, and a test compares the two.
"""

import re
from dataclasses import dataclass, field, replace

NAMES = re.compile(r"^[a-zA-Z0-9._-]+$")
_NOT_EMPTY = re.compile(r".+")
_KINDS: dict[str, frozenset[str]] = {
    "text": frozenset({"str"}),
    "number": frozenset({"int", "float"}),
    "integer": frozenset({"int"}),
    "boolean": frozenset({"bool"}),
    "null": frozenset({"null"}),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand in one place of the file. Kinds are text, number, integer, boolean, null."""

    kinds: frozenset[str] = frozenset()
    map: bool = False
    keys: dict[str, "Shape"] | None = None  # known keys
    names: re.Pattern[str] | None = None  # further keys of this form, each of shape `each`
    each: "Shape | None" = None
    extensions: bool = False  # x-… are let be
    closed: bool = True  # no other keys
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()  # at least one of these
    list: bool = False
    items: "Shape | None" = None
    unique: bool = False
    pairs: str = ""  # a list of NAME=value that may also be a map: what parts name and value
    choices: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    least: int | None = None
    most: int | None = None
    accepts: frozenset[str] = field(init=False)  # the kinds, as the tree names them
    simple: frozenset[str] = field(init=False)  # those of them of which every scalar is right

    def __post_init__(self) -> None:
        accepted = frozenset[str]().union(*(_KINDS[kind] for kind in self.kinds))
        object.__setattr__(self, "accepts", accepted)
        narrow = self.choices or self.pattern or self.least is not None or self.most is not None
        object.__setattr__(self, "simple", frozenset() if narrow else accepted)

    def child(self, name: str) -> "Shape | None":
        """The shape of what stands below a key; None where it may be anything, or must not be."""
        if self.keys is not None and (known := self.keys.get(name)) is not None:
            return known
        if self.names is not None and self.names.search(name):
            return self.each
        return None

    def __or__(self, other: "Shape") -> "Shape":
        """Either of two shapes, of which one is scalars alone or both are of different kinds."""
        first, second = (other, self) if self.kinds and not (self.map or self.list) else (self, other)
        whole = replace(first, kinds=first.kinds | second.kinds)
        for name in ("choices", "pattern", "least", "most"):
            if getattr(whole, name) in ((), None):
                whole = replace(whole, **{name: getattr(second, name)})
        return _with_list(whole, second) if second.list and not whole.list else whole


def _with_list(whole: Shape, other: Shape) -> Shape:
    return replace(whole, list=True, items=other.items, unique=other.unique, pairs=other.pairs)


def scalar(*kinds: str, choices: tuple[str, ...] = (), pattern: str = "", least: int | None = None,
           most: int | None = None) -> Shape:  # fmt: skip
    """One value of these kinds."""
    form = re.compile(pattern) if pattern else None
    return Shape(kinds=frozenset(kinds), choices=choices, pattern=form, least=least, most=most)


def keys(
    shared: dict[str, Shape] | None = None, /, required: tuple[str, ...] = (), extensions: bool = True, **known: Shape
) -> Shape:
    """A map with these keys and, mostly, x-… extensions. A trailing underscore keeps a name off a parameter's."""
    named = {name.rstrip("_"): shape for name, shape in known.items()}
    return Shape(map=True, keys={**(shared or {}), **named}, extensions=extensions, required=required)


def each(shape: Shape, names: str) -> dict[str, Shape]:
    """Several keys, parted by spaces, of one shape."""
    return dict.fromkeys(names.split(), shape)


def named(each: Shape, closed: bool = True) -> Shape:
    """A map whose keys are names that the visitor chose."""
    return Shape(map=True, names=NAMES, each=each, closed=closed)


def texts_map(*kinds: str, closed: bool = False) -> Shape:
    """A map of any keys to plain values, such as a driver's options."""
    return Shape(map=True, names=_NOT_EMPTY, each=scalar(*kinds), closed=closed)


def items(shape: Shape, unique: bool = False) -> Shape:
    """A list."""
    return Shape(list=True, items=shape, unique=unique)


TEXT = scalar("text")
NULL = scalar("null")
BOOLEAN = scalar("boolean")
YES_NO = scalar("boolean", "text")
NUMBER = scalar("number", "text")
WHOLE = scalar("integer", "text")
ANYTHING = Shape(map=True, closed=False)  # of a map; scalars are what each place says

TEXTS = items(TEXT)
UNIQUE = items(TEXT, unique=True)
TEXT_OR_LIST = TEXT | UNIQUE
COMMAND = NULL | TEXT | TEXTS
PAIRS = replace(Shape(map=True, names=_NOT_EMPTY, each=scalar("text", "number", "boolean", "null")) | UNIQUE, pairs="=")
HOSTS = replace(Shape(map=True, names=_NOT_EMPTY, each=TEXT | TEXTS) | UNIQUE, pairs="=:")
OPTIONS = texts_map("text", "number")
EXTERNAL = scalar("boolean", "text") | keys(name=TEXT)
EXTERNAL_OPEN = scalar("boolean", "text") | replace(keys(name=TEXT), closed=False)

GRANTS = items(TEXT | keys(source=TEXT, target=TEXT, uid=TEXT, gid=TEXT, mode=NUMBER))
ULIMITS = Shape(
    map=True,
    names=re.compile(r"^[a-z]+$"),
    each=WHOLE | keys(required=("soft", "hard"), hard=WHOLE, soft=WHOLE),
    closed=False,
)
HOOK = keys(required=("command",), command=COMMAND, user=TEXT, privileged=YES_NO, working_dir=TEXT, environment=PAIRS)
DEVICE = keys(
    required=("capabilities",), capabilities=UNIQUE, count=WHOLE, device_ids=UNIQUE, driver=TEXT, options=PAIRS
)
GPU = replace(DEVICE, required=(), closed=False)
