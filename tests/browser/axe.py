"""axe-core, run in a page as it stands: its text is evaluated, so that the CSP stays in force."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async ([type, values]) => (await axe.run(document, {
    runOnly: { type, values }, resultTypes: ["violations"] })).violations"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text()


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page, by all rules or by these, one line a node with its reason."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    asked = ["rule", list(rules)] if rules else ["tag", RULES]
    return [_told(rule, node) for rule in page.evaluate(RUN, asked) for node in rule["nodes"]]


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(node["failureSummary"].split())
    return f"{rule['id']}: {' '.join(map(str, node['target']))}: {why}"


VARIANTS = [(theme, width) for width in (1280, 320) for theme in ("light", "dark")]
WIDE = "() => document.documentElement.scrollWidth - innerWidth"
OPEN = "() => { for (const details of document.querySelectorAll('details')) details.open = true; }"


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, by day and by night, at both widths, all of it unfolded."""
    page.evaluate(OPEN)
    found = []
    for theme, width in VARIANTS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate(WIDE)
        told = violations(page) + [f"scrolls sideways by {wide} px"] * (wide > 0)
        found += [f"{theme}, {width}: {fault}" for fault in told]
    return found
