"""What can only be judged with the whole course at hand: links, figures, figures of speech about money."""

import re
from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.template import TemplateDoesNotExist

from lecture.authoring import ContentError, Problem, data_line, front_line, name, suggestion
from lecture.course import links
from lecture.course.code import knows, lines
from lecture.course.macros import BRACED, Sheet, outside_code, wrong
from lecture.course.model import Course, Section
from lecture.course.render import figure, prices
from lecture.course.source import Block, Code, Heading, Nodes, Prose, walk
from lecture.homes import homes

DOLLARS = re.compile(r"\$\s?\d(?:[\d.,]*\d)?")
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
        for kind in ("slide", "notes"):
            if leaf.shelf == "parts" and not any(leaf.blocks(kind)):
                yield _made(leaf, 1, "W103", f"a section without {kind}.", f"Add /// {kind} where it is taught.")
        if leaf.shelf == "parts" and not any(leaf.blocks("check")):
            yield _made(leaf, 1, "W102", "a section without a self-check.", "Add /// check | question-id at its end.")


def _words(slide: Block) -> int:
    """Words beside the title: a figure's caption and tables do not count."""
    blocks = [node for node in slide.body if isinstance(node, Block) and node.kind != "figure"]
    lines = [line for node in slide.body if isinstance(node, Prose) for line in node.text.splitlines()]
    return sum(len(line.split()) for line in lines if not line.startswith("|")) + sum(map(_words, blocks))


def _made(leaf: Section, line: int, rule: str, message: str, mend: str) -> Problem:
    return Problem(leaf.file, line, f"course.{rule}", message, mend)


def _leaf(leaf: Section, course: Course, sheet: Sheet) -> Iterator[Problem]:
    yield from _ids(leaf)
    yield from _plain(leaf)
    for line, text, free in (*_front(leaf), *_texts(leaf.nodes)):
        yield from _text(leaf, line, text, course, sheet)
        if not free:
            yield from _money(leaf, line, text)
    for node in walk(leaf.nodes):
        if isinstance(node, Code):
            yield from _code(leaf, node)
        elif isinstance(node, Block):
            yield from _block(leaf, node, course)


def _ids(leaf: Section) -> Iterator[Problem]:
    anchored = list(links.anchored(leaf.nodes))
    for id, times in Counter(id for _, id in anchored).items():
        line = max(line for line, other in anchored if other == id)
        if times > 1:
            yield _made(leaf, line, "E111", f"the id {id} stands {times} times.", "Name one {#another-id}.")
        elif id in links.RESERVED:
            yield _made(leaf, line, "E111", f"the id {id} is the page’s own.", "Name it {#another-id}.")


def _plain(leaf: Section) -> Iterator[Problem]:
    """Titles and descriptions stand where no figure can be put in."""
    for key in ("title", "short", "description"):
        if BRACED.search(getattr(leaf.front, key)):
            line, mend = _front_line(leaf, key), "Write it in words, or cite it in the text."
            yield _made(leaf, line, "E116", f"no figure is put into {key}.", mend)


def _front(leaf: Section) -> Iterator[tuple[int, str, bool]]:
    front = leaf.front
    for key in ("title", "short", "lead", "description"):
        yield _front_line(leaf, key), getattr(front, key), False
    for at, objective in enumerate(front.objectives):
        yield _front_line(leaf, "objectives", at), objective, False


def _front_line(leaf: Section, *loc: int | str) -> int:
    return front_line(settings.COURSE_CONTENT.parent / leaf.file, settings.COURSE_CONTENT, *loc)


def _texts(nodes: Nodes, free: bool = False) -> Iterator[tuple[int, str, bool]]:
    """(line, text, whether amounts may be typed by hand) of everything that is set as prose."""
    for node in nodes:
        if isinstance(node, Prose | Heading):
            yield node.line, node.text, free
        elif isinstance(node, Code):
            yield node.line, f"{node.options.get('title', '')} {node.options.get('caption', '')}", free
        else:
            if node.kind in {"slide", "try"}:
                yield node.line, node.options.get("title", node.argument), free
            yield from _texts((*node.body, *node.more), free or node.kind == "myth")


def _text(leaf: Section, line: int, text: str, course: Course, sheet: Sheet) -> Iterator[Problem]:
    for offset, target in links.targets(text):
        try:
            links.follow(target, course, leaf)
        except LookupError as error:
            yield _made(leaf, line + offset, "E113", f"the link {target} leads nowhere.", str(error.args[0]))
    for offset, macro, mend in wrong(text, sheet):
        yield _made(leaf, line + offset, "E116", f"{macro} stands for nothing.", mend)
    plain = outside_code(text, str, hide=True)
    if found := RAW_HTML.search(plain):
        at, mend = line + _offset(plain, found), "Remove it: the site allows no inline style, script or handler."
        yield _made(leaf, at, "E114", f"HTML that the site forbids: {found[0]}", mend)


def _money(leaf: Section, line: int, text: str) -> Iterator[Problem]:
    plain = outside_code(text, str, hide=True)
    mend = "Cite the price sheet: {price:id} or {sum:id}; in a myth, quotes are free."
    for found in DOLLARS.finditer(plain):
        yield _made(leaf, line + _offset(plain, found), "E115", f"an amount typed by hand: {found[0]}", mend)


def _offset(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start())


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
    if node.kind == "figure":
        yield from _figure(leaf, node)
    elif node.kind == "try" and node.argument not in (names := [t.name for t in course.info.tool]):
        mend = suggestion(node.argument, names) if names else "Add a [[tool]] to course.toml."
        yield _made(leaf, node.line, "E119", f"there is no tool {node.argument}.", mend)


def _figure(leaf: Section, node: Block) -> Iterator[Problem]:
    try:
        drawing = figure(node.argument)
    except ContentError as error:
        yield from error.problems
    except TemplateDoesNotExist:
        mend = "Put a drawing of that name into content/figures/, or mend the name."
        yield _made(leaf, node.line, "E112", f"there is no figure {node.argument}.", mend)
    else:
        if found := RAW_HTML.search(drawing):
            mend = "Set geometry through SVG attributes and colours through classes."
            yield _made(leaf, node.line, "E114", f"the figure {node.argument} holds {found[0]}", mend)


def _data(course: Course) -> Iterator[Problem]:
    """Data that points at sections and terms."""
    known = [*course.leaves, *course.coming]
    ours = (settings.COURSE_CONTENT / "homes.toml").exists()
    for at, home in enumerate(homes().home if ours else ()):
        if home.section and home.section not in known:
            message, mend = f"{home.kind}: no section {home.section}.", suggestion(home.section, known)
            yield _in_data("homes.toml", ("home", at, "section"), message, mend)
    for at, term in enumerate(course.glossary):
        try:
            _ = term.section and links.place(course, term.section)
        except LookupError as error:
            message = f"{term.id}: no section {term.section}."
            yield _in_data("glossary.toml", ("term", at, "section"), message, str(error.args[0]))
    yield from _terms(course)


def _terms(course: Course) -> Iterator[Problem]:
    ids = [term.id for term in course.glossary]
    seen: set[str] = set()
    for at, term in enumerate(course.glossary):
        for word in dict.fromkeys([f"#{term.id}", *map(str.lower, term.forms)]):
            if word in seen:
                message = f"{word.removeprefix('#')} stands twice."
                key = "id" if word.startswith("#") else "forms"
                yield _in_data("glossary.toml", ("term", at, key), message, "Leave it to one term.")
            seen.add(word)
        for other in term.see:
            if other not in ids:
                message, mend = f"{term.id}: see {other}, which is no term.", suggestion(other, ids)
                yield _in_data("glossary.toml", ("term", at, "id"), message, mend)


def _in_data(file: str, place: tuple[int | str, ...], message: str, mend: str) -> Problem:
    path = settings.COURSE_CONTENT / file
    line = data_line(path, settings.COURSE_CONTENT, *place)
    return Problem(name(path, settings.COURSE_CONTENT), line, "course.E121", message, mend)
