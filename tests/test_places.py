"""The lines of keys in TOML and YAML, whatever way they are written."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from lecture.places import _Toml, toml_line, yaml_line

TOML = """# [[row]]
title = "A" # title = 1
"quoted key" = 'x = 1'
dotted.key.'of keys' = [1,
  [2, 3], # a ] and a }
  { b = 1, "c" = "]", d = [ { e = 1 } ] },
]
text = \"\"\"
[[row]]
id = "no" \\\"\"\" no end
\"\"\"
raw = '''
[row]
'''

[[row]]
id = "x"

  [[row.line]]
  price = 2026-01-01T00:00:00Z

[[row]]
[row.more]
id = true

[deep.er]
id = -1.5e3
[ deep . "est" ]
"""


def places(data: object, loc: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """Every key and row of what was read."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield (*loc, key)
        yield from places(value, (*loc, key))


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("title",), 2),
        (("quoted key",), 3),
        (("dotted", "key", "of keys"), 4),
        (("dotted", "key", "of keys", 0), 4),
        (("dotted", "key", "of keys", 1, 1), 5),
        (("dotted", "key", "of keys", 2, "d", 0, "e"), 6),
        (("text",), 8),
        (("raw",), 12),
        (("row", 0), 16),
        (("row", 0, "id"), 17),
        (("row", 0, "line", 0, "price"), 20),
        (("row", 1, "more", "id"), 24),
        (("deep", "er", "id"), 27),
        (("deep", "est"), 28),
    ],
)
def test_the_line_of_a_key_of_toml(loc, line):
    assert toml_line(TOML, loc) == line


def test_every_place_is_found_and_no_other():
    assert set(_Toml(TOML).lines()) == set(places(tomllib.loads(TOML)))


@pytest.mark.parametrize("file", sorted((settings.BASE_DIR / "content").rglob("*.toml")), ids=lambda path: path.name)
def test_every_place_of_the_real_files_is_found(file: Path):
    text = file.read_text()
    lines, found = text.split("\n"), _Toml(text).lines()
    assert set(found) == set(places(tomllib.loads(text)))
    assert [loc for loc, line in found.items() if isinstance(loc[-1], str) and loc[-1] not in lines[line - 1]] == []


def test_what_is_absent_is_where_it_would_stand():
    assert toml_line(TOML, ("row", 0, "none")) == 16
    assert toml_line(TOML, ("none", 3)) == 1
    assert toml_line("", ("none",)) == 1


YAML = """title: A
"tags": [x,
  y, {z: 1}]
text: |
  tags: no
deep:
  - a: 1
    b: 2
  - c
"""


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("title",), 1),
        (("tags",), 2),
        (("tags", 1), 3),
        (("tags", 2, "z"), 3),
        (("text",), 4),
        (("deep", 0, "b"), 8),
        (("deep", 1), 9),
        (("deep", 5), 6),
        (("none",), 1),
        ((), 1),
    ],
)
def test_the_line_of_a_key_of_yaml(loc, line):
    assert yaml_line(YAML, loc) == line
