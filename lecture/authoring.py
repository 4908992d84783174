"""Reads files of content/ into models, with errors that an author can act on.

The basement: knows files, lines and mends, and nothing of parts, prices or questions.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from lecture.places import DEEPEST, Loc, toml_line, toml_too_deep, yaml_lines, yaml_too_deep

GUIDE = "The author's guide, content/README.md, lists every key."


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of an author: where it stands, what it is, how to mend it."""

    file: str
    line: int
    id: str
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentError(Exception):
    """The content has mistakes; `problems` holds every one that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(f"{p} {p.mend} [{p.id}]" for p in self.problems))


class Misplaced(ValueError):  # noqa: N818 - what an author is told, not a fault
    """What a validator of a whole model raises: it knows the place below, which pydantic does not."""

    def __init__(self, message: str, *loc: int | str) -> None:
        super().__init__(message)
        self.loc = loc


class Strict(BaseModel):
    """The base of every model read from content/: frozen, and no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


FRONT = re.compile(r"---\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)
M = TypeVar("M", bound=Strict)


def read_text(path: Path, root: Path) -> str:
    """The text of `path`; raises ContentError (course.E001) where it is absent or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        mend = "Save it as UTF-8 text." if isinstance(error, UnicodeDecodeError) else "Put the file there."
        raise ContentError([Problem(name(path, root), 1, "course.E001", "cannot be read.", mend)]) from None


def name(path: Path, root: Path) -> str:
    """How messages name a file: relative to the content folder's parent."""
    return str(path.relative_to(root.parent)) if path.is_relative_to(root.parent) else str(path)


def read_toml(path: Path, root: Path, model: type[M]) -> M:
    """The TOML file `path` as a `model`, decimals exact; raises ContentError (course.E002, E003)."""
    text = read_text(path, root)
    _not_too_deep(toml_too_deep(text), name(path, root), "course.E002")
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.split("\n"))
        message = f"is not TOML: {str(error).split(' (at')[0].lower()}."
        raise ContentError([Problem(name(path, root), line, "course.E002", message, "Mend the line.")]) from None
    return _checked(model, data, lambda loc: toml_line(text, loc), name(path, root))


def read_front_matter(path: Path, root: Path, model: type[M]) -> tuple[M, str, int]:
    """A Markdown file's front matter as a `model`, its body, and the line on which the body starts."""
    text = read_text(path, root)
    where = name(path, root)
    found = FRONT.match(text)
    if not found:
        mend = "Begin the file with a line ---, keys such as title: …, and a line ---."
        raise ContentError([Problem(where, 1, "course.E004", "has no front matter.", mend)])
    data = _yaml(found[1], where)
    model_read = _checked(model, data, lambda loc: _front_line(found[1], loc), where)
    return model_read, text[found.end() :], found[0].count("\n") + 1


def front_lines(path: Path, root: Path) -> Callable[..., int]:
    """Call it with a key, or a key and a row, for its line in the file's front matter, which is right."""
    found = FRONT.match(read_text(path, root))
    find = yaml_lines(found[1] if found else "")
    return lambda *loc: find(loc) + 1


def data_line(path: Path, root: Path, *loc: int | str) -> int:
    """The line of a key or a row of a TOML file, which was read without a mistake."""
    return toml_line(read_text(path, root), loc)


def in_data(path: Path, root: Path, loc: Loc, rule: str, message: str, mend: str) -> Problem:
    """A mistake in a TOML file that can be read, at a key or a row of it."""
    return Problem(name(path, root), data_line(path, root, *loc), rule, message, mend)


def suggestion(word: str, known: Iterable[str]) -> str:
    """A mend that names the nearest known word, or all of them."""
    known = sorted(known)
    near = get_close_matches(word, known, 1)
    return f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."


def _front_line(text: str, loc: Loc) -> int:
    """In a file whose first line is ---; what is nowhere is there."""
    return yaml_lines(text)(loc) + 1 if loc else 1


def _not_too_deep(line: int, where: str, rule: str) -> None:
    if line:
        message = f"is nested more than {DEEPEST} deep."
        raise ContentError([Problem(where, line, rule, message, "Write it flatter: keys of keys, and lists of those.")])


def _yaml(text: str, where: str) -> dict[str, Any]:
    try:
        deep = yaml_too_deep(text)
        _not_too_deep(deep + 1 if deep else 0, where, "course.E004")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, AttributeError) as error:  # the latter from !!timestamp x
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else _unmade(text)
        message = f"the front matter is not YAML: {getattr(error, 'problem', None) or error}."
        mend = "Mend the line; a value with a colon wants quotes."
        raise ContentError([Problem(where, line, "course.E004", message, mend)]) from None
    if not isinstance(node, yaml.MappingNode):
        mend = "Write keys such as title: …, one a line."
        raise ContentError([Problem(where, 1, "course.E004", "the front matter has no keys.", mend)])
    _no_double_keys(node, where)
    return dict(data)


def _unmade(text: str) -> int:
    """The line of the first key whose value YAML can parse and not make, such as 31 November."""
    for number, row in enumerate(text.split("\n"), 2):
        try:
            yaml.safe_load(row)
        except (ValueError, AttributeError):
            return number
        except yaml.YAMLError:
            continue
    return 1


def _no_double_keys(node: yaml.MappingNode, where: str) -> None:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 2
        if key.value in seen:
            message = f"the key {key.value} stands twice (first on line {seen[key.value]})."
            raise ContentError([Problem(where, line, "course.E004", message, "Keep one of them.")])
        seen[key.value] = line


def _checked(model: type[M], data: object, line: Callable[[Loc], int], where: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = list(_first_hand(error.errors()))
        raise ContentError(_problem(model, e, line, where, _written(e["loc"], data)) for e in errors) from None


def _written(loc: Loc, data: Any) -> Loc:
    """A place as it stands in the file: pydantic also names which of several models a table was read as."""
    found: list[int | str] = []
    for part in loc:
        if isinstance(data, dict) and part not in data and data.get("kind", "one") == part:
            continue
        found.append(part)
        inside = isinstance(data, dict) or (isinstance(data, list) and isinstance(part, int) and part < len(data))
        data = (data.get(part) if isinstance(data, dict) else data[part]) if inside else None
    return tuple(found)


def _first_hand(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Without "too few rows" where a row is only wrong."""
    for error in errors:
        below = [
            e for e in errors if len(e["loc"]) > len(error["loc"]) and e["loc"][: len(error["loc"])] == error["loc"]
        ]
        if error["type"] != "too_short" or not below:
            yield error


def _problem(
    model: type[BaseModel], error: ErrorDetails, find: Callable[[Loc], int], where: str, place: Loc
) -> Problem:
    missing = error["type"] == "missing"
    raised = error.get("ctx", {}).get("error")
    loc = (*place, *(raised.loc if isinstance(raised, Misplaced) else ()))
    line = find(loc[:-1] if missing else loc)
    keys = [part for part in loc if isinstance(part, str)]
    key = ".".join(keys) or "the file"
    if error["type"] == "extra_forbidden":
        return Problem(where, line, "course.E003", f"unknown key {key}.", _allowed(model, error["loc"]))
    if missing:
        return Problem(where, line, "course.E003", f"the key {key} is missing.", f"Add it. {GUIDE}")
    message = error["msg"].removeprefix("Value error, ").rstrip(".")
    return Problem(where, line, "course.E003", f"{key}: {message}.", f"Change the value. {GUIDE}")


def _allowed(model: type[BaseModel], loc: Loc) -> str:
    """The keys that stand beside the one at `loc`, the nearest first."""
    kinds: list[type[BaseModel]] = []
    for part in loc[:-1]:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        if field:
            kinds = list(_models(field.annotation))
            model = kinds[0] if kinds else model
        else:
            model = next((kind for kind in kinds if _tagged(kind, part)), model)
    return suggestion(str(loc[-1]), (f.alias or n for n, f in model.model_fields.items()))


def _tagged(kind: type[BaseModel], tag: int | str) -> bool:
    """Whether a model is the one of several whose `kind` is `tag`."""
    field = kind.model_fields.get("kind")
    return field is not None and tag in get_args(field.annotation)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
