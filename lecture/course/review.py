"""What can only be judged with the whole course at hand: links, figures, figures of speech about money."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from lecture.authoring import Problem, name, suggestion
from lecture.course import links
from lecture.course.code import knows, lines
from lecture.course.macros import Sheet, wrong
from lecture.course.model import Course, Section
from lecture.course.render import figure, has_figure, prices
from lecture.course.source import Block, Code, Node, Nodes, Prose, walk
from lecture.homes import homes

DOLLARS = re.compile(r"(?<![\w{])\$\s?\d[\d.,]*")
RAW_HTML = re.compile(r"<(script|style|iframe)\b|<[a-z][^>]*\s(style|on[a-z]+)\s*=", re.I)
SLIDE_WORDS = 40


def problems(course: Course) -> list[Problem]:
    """Every mistake in a course that was read without one."""
    sheet = Sheet(prices(), course.facts)
    return [problem for leaf in course.leaves.values() for problem in _leaf(leaf, course, sheet)] + list(_data(course))


def warnings(course: Course) -> Iterator[Problem]:
    """What is allowed and seldom meant."""
    for leaf in course.leaves.values():
        for slide in leaf.blocks("slide"):
            words = _words(slide)
            if words > SLIDE_WORDS:
                mend = "Move some into the text after the slide: about 25 fit beside the title."
                yield _made(leaf, slide.line, "W101", f"the slide {slide.options['name']} has {words} words.", mend)
        if leaf.shelf == "parts" and not any(leaf.blocks("check")):
            yield _made(leaf, 1, "W102", "a section without a self-check.", "Add /// check | question-id at its end.")


def _words(slide: Block) -> int:
    """Words beside the title: a figure's caption and tables do not count."""
    blocks = [n for n in slide.body if isinstance(n, Block) and n.kind != "figure"]
    texts = [n.text for n in slide.body if isinstance(n, Prose) and "|" not in n.text]
    return sum(len(text.split()) for text in texts) + sum(map(_words, blocks))


def _made(leaf: Section, line: int, rule: str, message: str, mend: str) -> Problem:
    return Problem(leaf.file, line, f"course.{rule}", message, mend)


def _leaf(leaf: Section, course: Course, sheet: Sheet) -> Iterator[Problem]:
    for anchor, times in Counter(links.anchors(leaf)).items():
        if times > 1:
            line = _anchor_line(leaf, anchor)
            yield _made(leaf, line, "E111", f"the id {anchor} stands {times} times.", "Name one {#another-id}.")
    for node in walk(leaf.nodes):
        if isinstance(node, Prose):
            yield from _prose(leaf, node, course, sheet)
        elif isinstance(node, Code):
            yield from _code(leaf, node)
        elif isinstance(node, Block):
            yield from _block(leaf, node, course)
    yield from _money(leaf, leaf.nodes)
    for text in (leaf.front.lead, leaf.front.description, *leaf.front.objectives):
        yield from _prose(leaf, Prose(1, text), course, sheet)


def _prose(leaf: Section, node: Prose, course: Course, sheet: Sheet) -> Iterator[Problem]:
    for offset, target in links.targets(node.text):
        try:
            links.follow(target, course, leaf)
        except LookupError as error:
            yield _made(leaf, node.line + offset, "E113", f"the link {target} leads nowhere.", str(error.args[0]))
    for offset, macro, mend in wrong(node.text, sheet):
        yield _made(leaf, node.line + offset, "E116", f"{macro} stands for nothing.", mend)
    if found := RAW_HTML.search(node.text):
        line = node.line + node.text.count("\n", 0, found.start())
        mend = "Remove it: the site allows no inline style, script or handler."
        yield _made(leaf, line, "E114", f"HTML that the site forbids: {found[0]}", mend)


def _code(leaf: Section, node: Code) -> Iterator[Problem]:
    if not knows(node.language):
        mend = "Name a language that Pygments knows, such as yaml, python, hcl, or text."
        yield _made(leaf, node.line, "E105", f"no lexer for {node.language}.", mend)
    try:
        lines(node.options.get("mark", ""))
    except ValueError:
        mend = 'Write numbers and ranges: mark="3 5-7".'
        yield _made(leaf, node.line, "E105", f"mark cannot be {node.options['mark']!r}.", mend)


def _block(leaf: Section, node: Block, course: Course) -> Iterator[Problem]:
    if node.kind == "figure" and not has_figure(node.argument):
        mend = "Put a drawing of that name into content/figures/, or mend the name."
        yield _made(leaf, node.line, "E112", f"there is no figure {node.argument}.", mend)
    elif node.kind == "figure" and (found := RAW_HTML.search(figure(node.argument))):
        mend = "Set geometry through SVG attributes and colours through classes."
        yield _made(leaf, node.line, "E114", f"the figure {node.argument} holds {found[0]}", mend)
    elif node.kind == "try" and node.argument not in (names := [t.name for t in course.info.tool]):
        mend = suggestion(node.argument, names) if names else "Add a [[tool]] to course.toml."
        yield _made(leaf, node.line, "E119", f"there is no tool {node.argument}.", mend)


def _money(leaf: Section, nodes: Nodes) -> Iterator[Problem]:
    """Dollar amounts typed by hand; a myth may quote what people say."""
    for node in nodes:
        if isinstance(node, Block) and node.kind != "myth":
            yield from _money(leaf, (*node.body, *node.more))
        elif isinstance(node, Prose):
            for found in DOLLARS.finditer(node.text):
                line = node.line + node.text.count("\n", 0, found.start())
                mend = "Cite the price sheet: {price:id} or {sum:id}; in a myth, quotes are free."
                yield _made(leaf, line, "E115", f"an amount typed by hand: {found[0]}", mend)


def _anchor_line(leaf: Section, anchor: str) -> int:
    def names(node: Node) -> bool:
        if isinstance(node, Block):
            return anchor in {node.argument, node.options.get("name")}
        return getattr(node, "id", None) == anchor

    return max((node.line for node in walk(leaf.nodes) if names(node)), default=1)


def _data(course: Course) -> Iterator[Problem]:
    """Data that points at sections and terms."""
    known = [*course.leaves, *course.coming]
    for home in homes().home if (settings.COURSE_CONTENT / "homes.toml").exists() else ():
        if home.section and home.section not in known:
            mend = suggestion(home.section, known)
            yield _in_data("homes.toml", f"{home.kind}: no section {home.section}.", mend)
    for term in course.glossary:
        if term.section and term.section not in known:
            mend = suggestion(term.section, known)
            yield _in_data("glossary.toml", f"{term.id}: no section {term.section}.", mend)
    yield from _terms(course)


def _terms(course: Course) -> Iterator[Problem]:
    ids = Counter(term.id for term in course.glossary)
    forms = Counter(form.lower() for term in course.glossary for form in term.forms)
    for twice in (word for words in (ids, forms) for word, times in words.items() if times > 1):
        yield _in_data("glossary.toml", f"{twice} stands twice.", "Leave it to one term.")
    for term in course.glossary:
        for other in term.see:
            if other not in ids:
                yield _in_data("glossary.toml", f"{term.id}: see {other}, which is no term.", suggestion(other, ids))


def _in_data(file: str, message: str, mend: str) -> Problem:
    root = settings.COURSE_CONTENT
    line = _line_with(root / file, message.split(":")[0].split(" ")[0])
    return Problem(name(root / file, root), line, "course.E121", message, mend)


def _line_with(path: Path, word: str) -> int:
    rows = path.read_text().splitlines()
    return next((at for at, row in enumerate(rows, 1) if f'"{word}"' in row.lower()), 1)
