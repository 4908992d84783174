"""Reads content/ into a Course, with every mistake that can be found at once."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from lecture.authoring import (
    ContentError,
    Problem,
    Strict,
    data_line,
    front_lines,
    name,
    read_front_matter,
    read_text,
    read_toml,
)
from lecture.course.model import Course, CourseInfo, Facts, Front, Glossary, Part, PartInfo, Section, Shelf
from lecture.course.source import Code, Nodes, parse, walk

M = TypeVar("M", bound=Strict)
PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUMBERED = re.compile(r"[1-9][0-9]?-[a-z0-9]+(-[a-z0-9]+)*")


@cache
def course() -> Course:
    """The course that is served; raises ContentError."""
    return read(settings.COURSE_CONTENT)


def read(root: Path) -> Course:
    """The course in the folder `root`; raises ContentError with all its problems."""
    return _Reader(root).course()


class _Reader:
    """Goes on after a mistake, so that an author sees all of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def course(self) -> Course:
        info = read_toml(self.root / "course.toml", self.root, CourseInfo)
        self._doubles(info)
        parts = tuple(self._parts(info))
        deep_dives = self._shelf("deep-dives")
        reference = self._shelf("reference")
        glossary = self._optional("glossary.toml", Glossary, Glossary()).term
        facts = self._optional("facts.toml", Facts, Facts()).fact
        self._twice("facts.toml", "fact", "id", [fact.id for fact in facts])
        if not any((self.root / "parts").glob("*/*.md")):
            self._say(self.root / "course.toml", "course.E005", "no part has a section.", "Write one in parts/.")
        if self.problems:
            raise ContentError(self.problems)
        return Course(info, parts, deep_dives, reference, glossary, {fact.id: fact for fact in facts})

    def _optional(self, file: str, model: type[M], empty: M) -> M:
        path = self.root / file
        try:
            return read_toml(path, self.root, model) if path.exists() else empty
        except ContentError as error:
            self.problems.extend(error.problems)
            return empty

    def _parts(self, info: CourseInfo) -> Iterator[Part]:
        at = 0
        known = {part.slug for part in info.part}
        for folder in sorted((self.root / "parts").glob("*/")):
            if folder.name not in known:
                mend = "Add a [[part]] with that slug to course.toml, or remove the folder."
                self._say(folder, "course.E006", "a folder of no part.", mend)
        for number, part in enumerate(info.part):
            files = sorted((self.root / "parts" / part.slug).glob("*.md"), key=lambda file: (_number(file), file.name))
            sections = tuple(s for file in files if (s := self._section(file, "parts", part)))
            self._minutes(part, number, files, sections)
            self._numbers(files)
            self._arrived(part, number, sections)
            yield Part(part, sections, at)
            at += part.minutes

    def _minutes(self, part: PartInfo, number: int, files: list[Path], sections: tuple[Section, ...]) -> None:
        """Only where every section of the part was read: one mistake is enough."""
        planned = [s.front.minutes for s in sections] + [c.minutes for c in part.coming]
        if len(files) == len(sections) and all(planned) and sum(planned) != part.minutes:
            sums = " + ".join(map(str, planned)) or "0"
            message = f"part {part.slug} plans {part.minutes} minutes, its sections {sums} = {sum(planned)}."
            mend = "Change minutes in the part or in a section."
            self._say(self.root / "course.toml", "course.E007", message, mend, self._line("part", number, "minutes"))

    def _arrived(self, part: PartInfo, number: int, sections: tuple[Section, ...]) -> None:
        for at, coming in enumerate(part.coming):
            if coming.slug in {section.slug for section in sections}:
                message = f"{part.slug}/{coming.slug} is coming, and here already."
                line = self._line("part", number, "coming", at)
                self._say(self.root / "course.toml", "course.E008", message, "Remove it from coming.", line)

    def _line(self, *loc: int | str) -> int:
        return data_line(self.root / "course.toml", self.root, *loc)

    def _numbers(self, files: list[Path]) -> None:
        for before, file in pairwise(files):
            if _number(before) == _number(file) > 0:
                self._say(file, "course.E008", f"{before.name} has the same number.", "Give one of them another.")

    def _doubles(self, info: CourseInfo) -> None:
        self._twice("course.toml", "part", "slug", [_number(part.slug) for part in info.part])
        self._twice("course.toml", "tool", "name", [tool.name for tool in info.tool])

    def _twice(self, file: str, table: str, key: str, ids: Sequence[str | int]) -> None:
        for at, id in enumerate(ids):
            if id in ids[:at]:
                path = self.root / file
                line = data_line(path, self.root, table, at, key)
                self._say(path, "course.E008", f"{table} {id} stands twice.", "Give one of them another name.", line)

    def _shelf(self, shelf: Shelf) -> tuple[Section, ...]:
        files = sorted((self.root / shelf).glob("*.md"))
        return tuple(s for file in files if (s := self._section(file, shelf, None)))

    def _section(self, file: Path, shelf: Shelf, part: PartInfo | None) -> Section | None:
        try:
            return self._read_section(file, shelf, part)
        except ContentError as error:
            self.problems.extend(error.problems)
            return None

    def _read_section(self, file: Path, shelf: Shelf, part: PartInfo | None) -> Section:
        if not (NUMBERED if part else PLAIN).fullmatch(file.stem):
            mend = f"Name it like {'2-three-problems' if part else 'twin-apis'}.md."
            what = "the name of a section has no number." if part else "the name makes no address."
            raise ContentError([self._made(file, "course.E006", what, mend)])
        front, text, line = read_front_matter(file, self.root, Front)
        nodes = parse(text, name(file, self.root), line)
        if part and not front.minutes:
            at = front_lines(file, self.root)("minutes")
            self._say(file, "course.E007", "minutes is missing.", "Add minutes: 8 or so.", at)
        number = f"{_number(part.slug)}.{_number(file)}" if part else ""
        samples = self._samples(nodes, name(file, self.root))
        return Section(shelf, part, file.stem, number, front, nodes, name(file, self.root), samples)

    def _samples(self, nodes: Nodes, where: str) -> dict[str, str]:
        """The text of each file that a code block shows, by its path in content/."""
        found = {}
        for node in walk(nodes):
            if isinstance(node, Code) and (wanted := node.options.get("file")):
                path = (self.root / wanted).resolve()
                if path.is_relative_to(self.root) and path.is_file():
                    found[wanted] = read_text(path, self.root).rstrip()
                else:
                    message, mend = (
                        f"there is no file {wanted}.",
                        "Name a file below content/, or write the code between the fences.",
                    )
                    self.problems.append(Problem(where, node.line, "course.E105", message, mend))
        return found

    def _say(self, path: Path, rule: str, message: str, mend: str, line: int = 1) -> None:
        self.problems.append(self._made(path, rule, message, mend, line))

    def _made(self, path: Path, rule: str, message: str, mend: str, line: int = 1) -> Problem:
        return Problem(name(path, self.root), line, rule, message, mend)


def _number(thing: Path | str) -> int:
    """The number that a name begins with; 0 where it begins with none."""
    found = re.match(r"\d+", thing if isinstance(thing, str) else thing.stem)
    return int(found[0]) if found else 0
