"""What the author of a draft still owes: every place of a file that says TODO."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from lecture.authoring import ContentError, Problem, name, read_text
from lecture.places import Loc, toml_lines, toml_too_deep

TODO = "TODO"


def owed(path: Path, root: Path) -> list[Problem]:
    """Each place of a file of questions that is still to be filled in; none where the file cannot be read."""
    try:
        text = read_text(path, root)
        places = [] if toml_too_deep(text) else list(_places(tomllib.loads(text), ()))
    except (ContentError, tomllib.TOMLDecodeError):
        return []
    if not places:
        return []
    data, line = tomllib.loads(text), toml_lines(text)
    found = []
    for loc in places:
        words = ".".join(str(key) for key in loc if isinstance(key, str))
        id = _id(data, loc)
        message = f"{id}: {words} is still owed." if id else f"{words} is still owed."
        found.append(Problem(name(path, root), line(loc), "quizzes.E008", message, "Replace TODO."))
    return found


def _places(data: object, loc: Loc) -> Iterator[Loc]:
    if data == TODO:
        yield loc
    rows = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in rows:
        yield from _places(value, (*loc, key))


def _id(data: dict[str, object], loc: Loc) -> str:
    """The id of the question that a place belongs to, "" where it is owed itself."""
    match loc:
        case ("question", int(at), *_):
            rows = data["question"]
            row = rows[at] if isinstance(rows, list) else {}
            id = row.get("id", "") if isinstance(row, dict) else ""
            return str(id) if id != TODO else ""
    return ""
