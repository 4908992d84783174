"""The blocks that an author has, as data: what each takes and where it may stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lecture.homes import KINDS

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
FENCE_KEYS = ("file", "title", "caption", "mark")
TOP = ""
# the sprite of templates/parts/sprite.html
ICONS = (
    *("arrow", "ask", "book", "clock", "copy", "costs", "empty", "flag", "furnished", "hotel", "keys", "myth"),
    *("parents", "print", "quiz", "right", "rosetta", "search", "slides", "translate", "wizard", "wrong"),
)


@dataclass(frozen=True)
class Spec:
    """What a block takes.

    `argument` and the values of `options` are regular expressions; `within` names the blocks that it
    may stand in ("" is none); `body` says what must stand in it, for the message; `halves` whether a
    line --- parts it in two.
    """

    argument: str = ""
    example: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    open_options: bool = False
    within: tuple[str, ...] = (TOP,)
    body: str = ""
    halves: bool = False

    def takes(self, key: str) -> bool:
        """Whether the block has the option `key`."""
        return self.open_options or key in self.options

    @property
    def place(self) -> str:
        """Where it may stand, for a message."""
        inner = [f"inside {kind}" for kind in self.within if kind]
        return "It stands " + " or ".join(["by itself"] * (TOP in self.within) + inner) + "."


UNKNOWN = Spec(open_options=True, halves=True)  # a misspelt block: one mistake is enough

BLOCKS: dict[str, Spec] = {
    "slide": Spec(
        argument=r".+",
        example="Your laptop sleeps",
        options={"name": SLUG, "layout": "plain|statement|picture"},
        required=("name",),
        body="what the wall shows",
    ),
    "step": Spec(within=("slide",), body="what is shown in this step"),
    "notes": Spec(body="what the instructor says"),
    "ask": Spec(argument=SLUG, example="close-the-lid", options={"wall": r".+"}, halves=True),
    "myth": Spec(argument=SLUG, example="the-cloud-never-fails", options={"wall": r".+"}, halves=True),
    "figure": Spec(argument=SLUG, example="street", within=(TOP, "slide", "step"), body="a caption: what to notice"),
    "house": Spec(argument="|".join(KINDS), example="furnished", within=(TOP, "slide"), body="one sentence"),
    "check": Spec(argument=r"[a-z0-9.-]+", example="p1.nines"),
    "try": Spec(
        argument=SLUG,
        example="translator",
        options={"title": r".+"},
        required=("title",),
        open_options=True,
        body="one sentence on what opens",
    ),
}
