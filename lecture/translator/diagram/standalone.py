"""A drawing as a file of its own, for download: it brings its colours, those of the day."""

from django.template.loader import render_to_string

from lecture.homes import KINDS
from lecture.translator.diagram.shapes import Diagram

# the light colours of course.css, which a test compares
INK, INK_2, INK_3, EDGE, PAPER, PANEL, RAISE = (
    "#1a2138", "#454b62", "#5f6579", "#837e72", "#fbf9f5", "#f1ede5", "#ffffff",
)  # fmt: skip
HOMES = {
    "parents": ("#1e5e3e", "#dcecdf"),
    "empty": ("#9a450c", "#fae5d3"),
    "furnished": ("#14578f", "#d9e8f6"),
    "hotel": ("#94235f", "#f8dfea"),
}
SANS = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
MONO = "ui-monospace, 'Cascadia Code', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
AROUND = 12  # units of paper around the drawing
RULES = (
    f"text{{font:400 13.5px {SANS};fill:{INK}}}",
    ".b,.name,.on-gate{font-weight:650}",
    f".m{{font-family:{MONO};font-size:12.6px;fill:{INK_2}}}",
    f".q{{fill:{INK_3};font-size:13px}}",
    ".small{font-size:12.6px}",
    ".mid{text-anchor:middle}",
    ".end{text-anchor:end}",
    f".vpc{{fill:none;stroke:{INK};stroke-width:2}}",
    f".zone{{fill:none;stroke:{EDGE};stroke-width:1.5;stroke-dasharray:2 6;stroke-linecap:round}}",
    f".net{{fill:{PANEL}}}",
    f".box{{fill:{RAISE};stroke:{INK};stroke-width:1.5}}",
    ".home{stroke-width:1.5}",
    f".ghost{{fill:none;stroke:{EDGE};stroke-width:1.5;stroke-dasharray:5 4}}",
    f".gate,.arrow-head{{fill:{INK}}}",
    f".on-gate{{fill:{PAPER}}}",
    f".wire{{fill:none;stroke:{INK};stroke-width:1.5;stroke-linejoin:round}}",
    ".out,.copy{stroke-dasharray:5 4}",
    f".knot{{stroke:{INK};stroke-width:6;stroke-linecap:round}}",
    *(f".{kind} .home{{fill:{HOMES[kind][1]};stroke:{HOMES[kind][0]}}}" for kind in KINDS),
    *(f".{kind} .name{{fill:{HOMES[kind][0]}}}" for kind in KINDS),
)
HEAD = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
    'markerUnits="userSpaceOnUse" orient="auto"><path class="arrow-head" d="M0 .5 8 4 0 7.5z"/></marker></defs>'
)


def standalone(diagram: Diagram) -> str:
    """A whole SVG document. Every name in it is escaped."""
    width, height = diagram.width + 2 * AROUND, diagram.height + 2 * AROUND
    box = f"{-AROUND} {-AROUND} {width} {height}"
    inside = render_to_string("translator/drawing.html", {"drawing": diagram, "id": "network"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box}" role="img" '
        f'aria-labelledby="network-t network-d">\n<style>{"".join(RULES)}</style>{HEAD}\n'
        f'<rect x="{-AROUND}" y="{-AROUND}" width="{width}" height="{height}" fill="{PAPER}"/>\n{inside}</svg>\n'
    )
