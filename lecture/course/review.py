"""What can only be judged with the whole course at hand: links, figures, blocks, and data that points at sections."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from pydantic import BaseModel

from lecture.authoring import ContentError, Problem, data_line, front_lines, in_data, name, suggestion
from lecture.course import links
from lecture.course.ageing import undated, wrong_dates
from lecture.course.code import knows, lines
from lecture.course.macros import BRACED, Sheet
from lecture.course.model import Course, Glossary, Section
from lecture.course.render import ID, figure, is_own, prices
from lecture.course.source import Block, Code, Prose, walk
from lecture.course.texts import DOLLARS, HREF, RAW_HTML, Text, follow_address, judge, texts
from lecture.course.words import unexplained, worn
from lecture.homes import homes
from lecture.places import Loc
from lecture.rosetta.concepts import rosetta

SLIDE_WORDS = 40
MINUTES = re.compile(r"\b(\d+) minutes\b")
Quoted = Callable[[Loc], bool]
NO_SHEET = Sheet(None, {})


def problems(course: Course) -> list[Problem]:
    """Every mistake in a course that was read without one."""
    sheet = Sheet(prices(), course.facts)
    of_leaves = [problem for leaf in course.leaves.values() for problem in _leaf(leaf, course, sheet)]
    return [*of_leaves, *_data(course), *_pointers(course), *wrong_dates(course, sheet)]


def warnings(course: Course) -> Iterator[Problem]:
    """What is allowed and seldom meant."""
    sheet = Sheet(prices(), course.facts)
    for leaf in course.leaves.values():
        yield from _lacking(leaf)
        yield from _slides(leaf)
    every = [text for leaf in course.leaves.values() for text in (*_front(leaf), *texts(leaf))]
    for text in every:
        yield from worn(text)
        yield from undated(text, sheet)
    yield from unexplained(every, course)
    yield from _minutes(course)


def _lacking(leaf: Section) -> Iterator[Problem]:
    if leaf.shelf == "parts":
        for kind in ("slide", "notes"):
            if not any(leaf.blocks(kind)):
                yield _made(leaf, 1, "W103", f"a section without {kind}.", f"Add /// {kind} where it is taught.")
        if not any(leaf.blocks("check")):
            yield _made(leaf, 1, "W102", "a section without a self-check.", "Add /// check | question-id at its end.")


def _slides(leaf: Section) -> Iterator[Problem]:
    for slide in leaf.blocks("slide"):
        words = _words(slide)
        if words > SLIDE_WORDS:
            mend = "Move some into the text after the slide: about 25 fit beside the title."
            yield _made(leaf, slide.line, "W101", f"the slide {slide.options['name']} has {words} words.", mend)


def _words(slide: Block) -> int:
    """Words beside the title: a figure's caption and tables do not count."""
    blocks = [node for node in slide.body if isinstance(node, Block) and node.kind != "figure"]
    rows = [row for node in slide.body if isinstance(node, Prose) for row in node.text.splitlines()]
    return sum(len(row.split()) for row in rows if not row.startswith("|")) + sum(map(_words, blocks))


def _minutes(course: Course) -> Iterator[Problem]:
    """Where the course says how long it is."""
    for key in ("headline", "lead", "description"):
        said = MINUTES.findall(getattr(course.info, key))
        if wrong := [minutes for minutes in said if int(minutes) != course.minutes]:
            message = f"{key} says {wrong[0]} minutes, the parts plan {course.minutes}."
            yield _in_data("course.toml", (key,), "W108", message, "Change the one or the other.")


def _made(leaf: Section, line: int, rule: str, message: str, mend: str) -> Problem:
    return Problem(leaf.file, line, f"course.{rule}", message, mend)


def _leaf(leaf: Section, course: Course, sheet: Sheet) -> Iterator[Problem]:
    yield from _ids(leaf)
    yield from _plain(leaf)
    for text in (*_front(leaf), *texts(leaf)):
        yield from judge(text, course, sheet)
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
            line, mend = _lines(leaf)(key), "Write it in words, or cite it in the text."
            yield _made(leaf, line, "E116", f"no figure is put into {key}.", mend)


def _front(leaf: Section) -> Iterator[Text]:
    """The texts of its front matter."""
    line = _lines(leaf)
    for key in ("title", "short", "lead", "description"):
        yield Text(leaf.file, line(key), getattr(leaf.front, key), leaf)
    for at, objective in enumerate(leaf.front.objectives):
        yield Text(leaf.file, line("objectives", at), objective, leaf)


def _lines(leaf: Section) -> Callable[..., int]:
    return front_lines(settings.COURSE_CONTENT.parent / leaf.file, settings.COURSE_CONTENT)


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
        yield from _figure(leaf, node, course)
    elif node.kind == "try" and node.argument not in (names := [t.name for t in course.info.tool]):
        mend = suggestion(node.argument, names) if names else "Add a [[tool]] to course.toml."
        yield _made(leaf, node.line, "E119", f"there is no tool {node.argument}.", mend)


def _figure(leaf: Section, node: Block, course: Course) -> Iterator[Problem]:
    try:
        drawing = figure(node.argument)
    except ContentError as error:
        yield from error.problems
    except TemplateDoesNotExist:
        mend = "Put a drawing of that name into content/figures/, or mend the name."
        yield _made(leaf, node.line, "E112", f"there is no figure {node.argument}.", mend)
    else:
        yield from _drawing(leaf, node, drawing, course)


def _drawing(leaf: Section, node: Block, drawing: str, course: Course) -> Iterator[Problem]:
    if found := RAW_HTML.search(drawing):
        mend = "Set geometry through SVG attributes and colours through classes."
        yield _made(leaf, node.line, "E114", f"the figure {node.argument} holds {found[0]}", mend)
    own = {f"#{id}" for id in ID.findall(drawing)}
    for found in (link for link in HREF.finditer(drawing) if link["target"] not in own):
        try:
            follow_address(found["target"], course, leaf)
        except LookupError as error:
            message = f"the figure {node.argument} links to {found['target']}, which is nowhere."
            yield _made(leaf, node.line, "E113", message, str(error.args[0]))
    if is_own(node.argument) and (amount := DOLLARS.search(drawing)):
        message = f"the figure {node.argument} has an amount typed by hand: {amount[0]}"
        yield _made(leaf, node.line, "E115", message, "Say it in the caption, which can cite the price sheet.")


def judge_data(
    file: Path, model: BaseModel, course: Course, quoted: Quoted = lambda loc: False, sheet: Sheet = NO_SHEET
) -> Iterator[Problem]:
    """Every mistake in the texts of a data file that was read as `model`; `quoted` says where amounts are free.

    `sheet` is for texts in which figures are put in; in the others none is.
    """
    root = settings.COURSE_CONTENT
    for loc, text in _strings(model, ()):
        for problem in judge(Text(name(file, root), 0, text, quoted=quoted(loc)), course, sheet):
            yield replace(problem, line=problem.line + data_line(file, root, *loc))


def _strings(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """(place, text) of every text in a model that an author wrote."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, BaseModel):
        for key in value.model_fields_set:
            yield from _strings(getattr(value, key), (*loc, key))
    elif isinstance(value, tuple):
        for at, row in enumerate(value):
            yield from _strings(row, (*loc, at))


def _data(course: Course) -> Iterator[Problem]:
    """The texts of course.toml, the glossary and the homes."""
    root = settings.COURSE_CONTENT
    yield from judge_data(root / "course.toml", course.info, course)
    if course.glossary:
        yield from judge_data(root / "glossary.toml", Glossary(term=course.glossary), course)
    if (root / "homes.toml").exists():
        yield from judge_data(root / "homes.toml", homes(), course)
    if (root / "rosetta.toml").exists():
        yield from judge_data(root / "rosetta.toml", rosetta(), course)


def _pointers(course: Course) -> Iterator[Problem]:
    """Data that points at sections and terms."""
    known = [*course.leaves, *course.coming]
    ours = (settings.COURSE_CONTENT / "homes.toml").exists()
    for at, home in enumerate(homes().home if ours else ()):
        if home.section and home.section not in known:
            message, mend = f"{home.kind}: no section {home.section}.", suggestion(home.section, known)
            yield _in_data("homes.toml", ("home", at, "section"), "E121", message, mend)
    for at, term in enumerate(course.glossary):
        try:
            _ = term.section and links.place(course, term.section)
        except LookupError as error:
            message = f"{term.id}: no section {term.section}."
            yield _in_data("glossary.toml", ("term", at, "section"), "E121", message, str(error.args[0]))
    yield from _terms(course)
    yield from _concepts(course)


def _concepts(course: Course) -> Iterator[Problem]:
    """Concepts of the look-up that point at sections and terms."""
    ids = [term.id for term in course.glossary]
    there = (settings.COURSE_CONTENT / "rosetta.toml").exists()
    for at, concept in enumerate(rosetta().concept if there else ()):
        for number, key in enumerate(concept.sections):
            try:
                links.place(course, key)
            except LookupError as error:
                message, place = f"{concept.id}: no section {key}.", ("concept", at, "sections", number)
                yield _in_data("rosetta.toml", place, "E121", message, str(error.args[0]))
        for number, id in enumerate(concept.terms):
            if id not in ids:
                mend = suggestion(id, ids) if ids else "There is no glossary.toml."
                message, place = f"{concept.id}: no term {id}.", ("concept", at, "terms", number)
                yield _in_data("rosetta.toml", place, "E121", message, mend)


def _terms(course: Course) -> Iterator[Problem]:
    ids = [term.id for term in course.glossary]
    seen: set[str] = set()
    for at, term in enumerate(course.glossary):
        for word in dict.fromkeys([f"#{term.id}", *map(str.lower, term.forms)]):
            if word in seen:
                message = f"{word.removeprefix('#')} stands twice."
                key = "id" if word.startswith("#") else "forms"
                yield _in_data("glossary.toml", ("term", at, key), "E121", message, "Leave it to one term.")
            seen.add(word)
        for number, other in enumerate(term.see):
            if other not in ids:
                message, mend = f"{term.id}: see {other}, which is no term.", suggestion(other, ids)
                yield _in_data("glossary.toml", ("term", at, "see", number), "E121", message, mend)


def _in_data(file: str, place: Loc, rule: str, message: str, mend: str) -> Problem:
    root = settings.COURSE_CONTENT
    return in_data(root / file, root, place, f"course.{rule}", message, mend)
