"""The elements of the drawn tree, written in one go: a template would look up a thousand values for it."""

from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from lecture.wizard.tree import Box, Drawing, Leaf, Wire

ICON = 17  # the side of a home's icon


def svg(drawing: "Drawing") -> SafeString:
    """What stands inside <svg>: the lit way below, then roads, boxes and answers."""
    pieces = (
        *(f'<path class="way" d="{wire.path}"/>' for wire in drawing.wires if wire.taken),
        *map(_wire, drawing.wires),
        *map(_box, drawing.boxes),
        *map(_leaf, drawing.leaves),
    )
    return mark_safe("\n".join(pieces))  # noqa: S308 - words and addresses are escaped, all else are numbers


def _wire(wire: "Wire") -> str:
    head = ' marker-end="url(#arrow)"' if wire.head else ""
    return f'<path class="wire{" trod" if wire.taken else ""}" d="{wire.path}"{head}/>'


def _box(box: "Box") -> str:
    """A link: its number, its question, and in its name the answer that was given."""
    label = escape(f"{box.number}, {box.text} {box.said}".rstrip())
    step = ' aria-current="step"' if box.state == "here" else ""
    number_x, y = box.x + (8 if box.number > 9 else 12), box.y + 24
    return (
        f'<a class="place {box.state}" href="{escape(box.href)}" aria-label="{label}"{step}>'
        f'<rect class="box" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="6"/>'
        f'<text class="n" x="{number_x:g}" y="{y:g}">{box.number}</text>'
        f'<text class="b" x="{box.x + 34:g}" y="{y:g}">{escape(box.text)}</text></a>'
    )


def _leaf(leaf: "Leaf") -> str:
    classes = " ".join(filter(None, ["leaf", leaf.home, "taken" if leaf.taken else ""]))
    text = f'<text x="{leaf.x:g}" y="{leaf.y + 4.5:g}">{escape(leaf.text)}</text>'
    return f'<g class="{classes}">{text}{_where(leaf)}</g>'


def _where(leaf: "Leaf") -> str:
    """The home that an answer leads to, or the number of the place where it goes on."""
    x, y, name = leaf.name_x, leaf.y + 4.5, escape(leaf.name)
    if not leaf.home:
        return f'<text class="on" x="{x:g}" y="{y:g}">{name}</text>' if name else ""
    at = f'x="{x:g}" y="{leaf.y - ICON / 2:g}" width="{ICON}" height="{ICON}"'
    return f'<use class="i" href="#i-{leaf.home}" {at}/><text class="name" x="{x + 22:g}" y="{y:g}">{name}</text>'
