"""What fails silently, open or dead, under the Content-Security-Policy; and what nobody uses."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.rglob("*.*"))}
HTML = [name for name in TEMPLATES if name.endswith((".html", ".svg"))]
FORBIDDEN = {
    "an inline style": r"\sstyle\s*=|<style\b",
    "an inline handler": r"\son[a-z]+\s*=",
    "an htmx handler": r"\s(?:data-)?hx-on\b",
    "evaluated values": r"hx-(?:vals|headers|vars)\s*=\s*[\"']?\s*(?:js|javascript):|hx-vars",
    "a script without src": r"<script\b(?![^>]*\ssrc=)",
    "a script from elsewhere": r"<(?:script|link|img)\b[^>]*\s(?:src|href)=[\"']?(?:https?:)?//",
    "a javascript address": r"(?:href|action|src)\s*=\s*[\"']?\s*javascript:",
    "a trigger filter": r"hx-trigger\s*=\s*(?:\"[^\"]*\[|'[^']*\[)",
    "text taken for safe": r"\|\s*safe(?:seq)?\b",
    "escaping switched off": r"{%\s*autoescape\s+off",
    "an HTML comment": r"<!--",
    "an htmx extension": r"\shx-ext\s*=",
    "a base address": r"<base\b",
    "a frame": r"<i?frame\b|<object\b|<embed\b",
}
# what is fetched without a link beside it, and why nothing is missed where there is no JavaScript
PERSONAL = {("course/home.html", "/progress/"): "what is read stands on /you/ too, and the foot leads there"}


def found(text: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.I | re.S)]


def test_no_template_holds_what_the_policy_forbids():
    assert {name: what for name in HTML if (what := found(TEMPLATES[name]))} == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p style="color:red">', "an inline style"),
        ("<a\n  onclick='x()'>", "an inline handler"),
        ('<a hx-on:click="x()">', "an htmx handler"),
        ('<a data-hx-on-click="x()">', "an htmx handler"),
        ("<a hx-vals='js:{a: 1}'>", "evaluated values"),
        ('<script type="module">x()</script>', "a script without src"),
        ('<script src="https://cdn.example/x.js">', "a script from elsewhere"),
        ('<a href="javascript:x()">', "a javascript address"),
        ('<a hx-trigger="click[ctrlKey]">', "a trigger filter"),
        ("{{ text|safe }}", "text taken for safe"),
        ("{{ text | safe }}", "text taken for safe"),
        ("{% autoescape off %}", "escaping switched off"),
        ("<!-- later -->", "an HTML comment"),
    ],
)
def test_what_is_forbidden_is_found(text, what):
    assert found(text) == [what]


@pytest.mark.parametrize(
    "text", ['<script src="{% static "a.js" %}">', "{# a note #}", '<p class="style-on">', "<p on>"]
)
def test_what_is_allowed_is_let_be(text):
    assert found(text) == []


class Fetches(HTMLParser):
    """Which elements fetch with htmx, and whether the same can be had without it."""

    VOID = frozenset({"input", "meta", "link", "br", "img", "hr", "path", "rect", "circle", "use", "line", "ellipse"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[dict[str, str]] = []
        self.lonely: list[str] = []
        self.feed(re.sub(r"{%.*?%}|{#.*?#}", "", html, flags=re.S))
        self.close()
        for element in self.open:
            self._leave(element)

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, **{name: value or "" for name, value in attrs}}
        own = {element.get("href"), element.get("action")}
        for outer in [*self.open, element]:
            outer["offers"] = {*outer.get("offers", set()), *own}
        if tag == "input" and self.open:  # a field stands for its form
            element["offers"] |= {outer.get("action") for outer in self.open if outer["tag"] == "form"}
        if tag in self.VOID:
            self._leave(element)
        else:
            self.open.append(element)

    def handle_endtag(self, tag):
        while self.open:
            element = self.open.pop()
            self._leave(element)
            if element["tag"] == tag:
                break

    def _leave(self, element):
        for name in ("hx-get", "hx-post"):
            if name in element and element[name] not in element["offers"]:
                self.lonely.append(element[name])


def test_whatever_htmx_fetches_can_be_had_without_it():
    lonely = {(name, address) for name in HTML for address in Fetches(TEMPLATES[name]).lonely}
    assert lonely == set(PERSONAL)


@pytest.mark.parametrize(
    ("html", "lonely"),
    [
        ('<div hx-get="/a/"></div><a href="/a/">', ["/a/"]),
        ('<div hx-get="/a/"><p><a href="/a/">A</a></p></div>', []),
        ('<div hx-get="/a/"><a href="/b/">B</a></div>', ["/a/"]),
        ('<a href="/a/" hx-get="/a/">A</a>', []),
        ('<form action="/a/" hx-post="/a/"></form>', []),
        ('<form action="/a/"><input hx-get="/a/"></form>', []),
        ('<form action="/b/"><input hx-get="/a/"></form>', ["/a/"]),
        ('<button hx-post="/a/">A</button>', ["/a/"]),
    ],
)
def test_a_fetch_without_a_link_is_found(html, lonely):
    assert Fetches(html).lonely == lonely


def test_every_static_file_that_is_named_exists():
    named = {name for text in TEMPLATES.values() for name in re.findall(r'{%\s*static\s+"([^"]+)"', text)}
    assert len(named) >= 5
    assert {name for name in named if not finders.find(name)} == set()


def test_every_static_file_is_used():
    named = " ".join([*TEMPLATES.values(), *(path.read_text() for path in settings.BASE_DIR.glob("static/js/*.js"))])
    ours = [path.name for path in settings.BASE_DIR.glob("static/**/*.*")]
    assert [name for name in ours if name not in named] == []


def names_of(module: str) -> set[str]:
    """The words in quotes in a Python file."""
    return set(re.findall(r'"([\w./-]+)"', (Path(settings.BASE_DIR) / "lecture" / module).read_text()))


def test_every_template_is_used():
    templates = "".join(TEMPLATES.values())
    used = set(re.findall(r'{%\s*(?:extends|include)\s+"([^"#]+)', templates))
    python = "".join(path.read_text() for path in Path(settings.BASE_DIR, "lecture").rglob("*.py"))
    used |= set(re.findall(r'"([a-z]+/[\w/-]+\.\w+)"', python))
    used |= {f"course/blocks/{name}.html" for name in names_of("course/render.py") | names_of("course/blocks.py")}
    used |= {f"errors/{name}.html" for name in names_of("course/errors.py")}
    used |= {f"about/{name}.html" for name in names_of("course/urls.py")}
    used |= {f"drawings/{name}.html" for name in names_of("homes.py")}
    used |= {f"slides/of/{name}.html" for name in names_of("slides/writing.py") | names_of("slides/deck.py")}
    used |= {f"course/{name}.html" for name in ("progress", "progress_page")}  # chosen by whether htmx asks
    figures = "".join(path.read_text() for path in settings.COURSE_CONTENT.rglob("*.md"))
    used |= {f"figures/{name}.html" for name in re.findall(r"/// figure \| ([\w-]+)", figures)}
    assert sorted(set(TEMPLATES) - used) == []
