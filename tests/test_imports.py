"""The import rules of the house (design.md): down the floors, never across, domain apart from views."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

FLOORS = (
    {
        "authoring",
        "brevity",
        "models",
        "learners",
        "homes",
        "instructors",
        "middleware",
        "places",
        "ready",
        "uploads",
    },  # the basement, whose own may know each other
    {"rosetta", "costs"},
    {"course"},
    {"translator", "wizard", "quizzes", "slides", "you", "signin", "templatetags"},
)
ROOF = {"apps", "checks", "management"}
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor} | dict.fromkeys(ROOF, len(FLOORS))
# what knows a request or a table: the door of each room, and what makes pages
VIEWS = {"views", "urls", "render", "context", "errors", "ready", "parts", "learners", "middleware", "models"}
VIEWS |= {"taking", "reviewing", "exporting", "showing", "meeting", "observing", "review_urls"}  # of a room with many
VIEWS |= {"speaking", "following"}
VIEWS |= {"instructors", "knocks"}  # who may come in
# what keeps and counts: knows tables, and no request
KEEPERS = {"records", "forecast", "outcome", "tallies"}
REQUESTS = ("django.http", "django.shortcuts", "django.views", "lecture.learners")
TABLES = ("django.db", "lecture.models")


def files(root: Path) -> list[Path]:
    return [path for path in sorted((root / "lecture").rglob("*.py")) if "migrations" not in path.parts]


def name(path: Path, root: Path) -> str:
    """The dotted name of a file."""
    return ".".join(path.relative_to(root).with_suffix("").parts)


def imports(path: Path, root: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever in the file, relative ones resolved."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    """The room of a dotted name below lecture, "" for the package itself."""
    return [*module.split("."), ""][1]


def broken(root: Path) -> list[str]:
    """Each import below `root` that breaks a rule."""
    pairs = [(name(path, root), imported) for path in files(root) for imported in imports(path, root)]
    return [f"{module} imports {imported}: {rule}" for module, imported in pairs if (rule := _rule(module, imported))]


def _rule(module: str, imported: str) -> str:
    here, there = room(module), room(imported)
    if imported.split(".")[0] == "courseapp":
        return "nobody imports the project"
    if here in ROOF:
        return ""
    last = module.split(".")[-1]
    foreign = () if last in VIEWS else REQUESTS if last in KEEPERS else (*REQUESTS, *TABLES)
    if f"{imported}.".startswith(tuple(f"{name}." for name in foreign)):
        return "domain knows no request and no table"
    if not imported.startswith("lecture.") or here == there or not here:
        return ""
    if there not in FLOOR:
        return "no such room"
    if FLOOR[there] > FLOOR[here]:
        return "up the floors"
    return "across a floor" if FLOOR[there] == FLOOR[here] > 0 else ""


def test_every_import_runs_down_the_floors():
    assert broken(settings.BASE_DIR) == []


def test_every_room_has_its_floor():
    rooms = {room(name(path, settings.BASE_DIR)) for path in files(settings.BASE_DIR)}
    assert rooms - {"__init__"} - set(FLOOR) == set()


@pytest.mark.parametrize(
    ("file", "line", "rule"),
    [
        ("course/search.py", "from lecture.quizzes.questions import questions", "up the floors"),
        ("course/search.py", "from lecture.quizzes import questions", "up the floors"),
        ("course/search.py", "from lecture import quizzes", "up the floors"),
        ("course/search.py", "import lecture.quizzes.questions", "up the floors"),
        ("course/search.py", "from ..quizzes import questions", "up the floors"),
        ("course/search.py", "def f():\n    from lecture.you import keeping", "up the floors"),
        ("homes.py", "from lecture.costs import prices", "up the floors"),
        ("course/load.py", "from lecture import checks", "up the floors"),
        ("you/views.py", "from lecture.quizzes import questions", "across a floor"),
        ("costs/prices.py", "from lecture.rosetta import concepts", "across a floor"),
        ("course/views.py", "from courseapp import settings", "nobody imports the project"),
        ("checks.py", "from courseapp.environment import read", "nobody imports the project"),
        ("course/load.py", "from django.http import Http404", "domain knows no request and no table"),
        ("you/keeping.py", "from lecture.models import Reading", "domain knows no request and no table"),
        ("you/keeping.py", "from lecture import learners", "domain knows no request and no table"),
        ("course/views.py", "from lecture.attic import boxes", "no such room"),
        ("quizzes/records.py", "from django.http import Http404", "domain knows no request and no table"),
        ("quizzes/marking.py", "from lecture.models import Answer", "domain knows no request and no table"),
    ],
)
def test_a_broken_rule_is_found(tmp_path, file, line, rule):
    path = tmp_path / "lecture" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)
    assert [problem.split(": ")[1] for problem in broken(tmp_path)] == [rule]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("you/views.py", "from lecture.course.load import course"),
        ("you/views.py", "from django.http import HttpRequest"),
        ("learners.py", "from lecture.models import Learner"),
        ("course/search.py", "from lecture.course import render"),
        ("course/search.py", "from . import render"),
        ("checks.py", "from lecture.quizzes import questions"),
        ("management/commands/check.py", "from lecture.models import Learner"),
        ("quizzes/records.py", "from lecture.models import Learner"),
        ("course/load.py", "from django.conf import settings"),
    ],
)
def test_what_is_allowed_is_let_be(tmp_path, file, line):
    path = tmp_path / "lecture" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)
    assert broken(tmp_path) == []
