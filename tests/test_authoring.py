"""Files of content/ read into models: what an author is told, with the file, the line and the mend."""

import pytest
from pydantic import Field, model_validator

from lecture.authoring import (
    ContentError,
    Misplaced,
    Problem,
    Strict,
    name,
    read_front_matter,
    read_text,
    read_toml,
    suggestion,
)
from lecture.places import DEEPEST

ADD = "Add it. The author's guide, content/README.md, lists every key."
CHANGE = "Change the value. The author's guide, content/README.md, lists every key."
NO_FRONT = "Begin the file with a line ---, keys such as title: …, and a line ---."
YAML_MEND = "Mend the line; a value with a colon wants quotes."


class Line(Strict):
    price: str
    units: int = 1


class Row(Strict):
    id: str
    line: tuple[Line, ...] = ()


class Sheet(Strict):
    title: str
    row: tuple[Row, ...] = ()
    lives: dict[str, int] = Field(default={})


class Front(Strict):
    title: str
    minutes: int = 0
    tags: tuple[str, ...] = ()


@pytest.fixture
def toml(tmp_path):
    def read(text: str | bytes) -> Sheet:
        path = tmp_path / "content" / "sheet.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_toml(path, path.parent, Sheet)

    return read


@pytest.fixture
def front(tmp_path):
    def read(text: str | bytes) -> tuple[Front, str, int]:
        path = tmp_path / "content" / "page.md"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_front_matter(path, path.parent, Front)

    return read


def problems(read, text) -> list[tuple[str, int, str, str, str]]:
    with pytest.raises(ContentError) as caught:
        read(text)
    return [(p.file, p.line, p.id, p.message, p.mend) for p in caught.value.problems]


def test_it_works(toml):
    read = toml('title = "A"\n[[row]]\nid = "x"\n[[row.line]]\nprice = "p"\n[lives]\nalb = 3\n')
    assert read == Sheet(title="A", row=(Row(id="x", line=(Line(price="p"),)),), lives={"alb": 3})


def test_what_is_read_cannot_be_changed(toml):
    with pytest.raises(ValueError, match="frozen"):
        toml('title = "A"').title = "B"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('title = "A"\n\nrow = = 3\n', 3, "is not TOML: invalid value."),
        ('title = "A"\ntitle = "B"\n', 2, "is not TOML: cannot overwrite a value."),
        ('title = "A"\n\n# the end\nlives = "x', 4, "is not TOML: unterminated string."),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(toml, text, line, message):
    assert problems(toml, text) == [("content/sheet.toml", line, "course.E002", message, "Mend the line.")]


@pytest.mark.parametrize(
    ("text", "line", "message", "mend"),
    [
        ("", 1, "the key title is missing.", ADD),
        ('title = "A"\ntitel = "B"\n', 2, "unknown key titel.", "Did you mean title?"),
        ('title = "A"\nzzz = 1\n', 2, "unknown key zzz.", "Known are: lives, row, title."),
        ("title = 3\n", 1, "title: Input should be a valid string.", CHANGE),
        ('title = "A"\n[[row]]\nid = "x"\n[[row]]\nline = []\n', 4, "the key row.id is missing.", ADD),
        (
            'title = "A"\n[[row]]\nid = "x"\n\n[[row]]\nid = "y"\nlien = 3\n',
            7,
            "unknown key row.lien.",
            "Did you mean line?",
        ),
        (
            'title = "A"\n[[row]]\nid = "x"\n[[row.line]]\nprice = "p"\n'
            '[[row]]\nid = "y"\n[[row.line]]\nprice = "q"\nunit = 2\n',
            10,
            "unknown key row.line.unit.",
            "Did you mean units?",
        ),
        (
            'title = "A"\n[lives]\nalb = 1\nnat = "x"\n',
            4,
            "lives.nat: Input should be a valid integer, unable to parse string as an integer.",
            CHANGE,
        ),
        ('title = "A"\nrow = [{ id = "x" },\n{ id = "y", ids = 3 }]\n', 3, "unknown key row.ids.", "Did you mean id?"),
    ],
)
def test_a_wrong_key_is_told_with_its_line_and_a_mend(toml, text, line, message, mend):
    assert problems(toml, text) == [("content/sheet.toml", line, "course.E003", message, mend)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('title = "A"\n\n[[rows]]\nid = "x"\n', 3),
        ('title = "A"\n\n[live]\nalb = 1\n', 3),
        ('title = "A"\n\n  [[row]]\n  id = "x"\n  ids = 3\n', 5),
        ('title = "A"\nlives = { alb = 1 }\nrow = [\n]\n"zzz" = [\n[1],\n]\n', 5),
    ],
    ids=["unknown array of tables", "unknown table", "indented tables", "quoted key"],
)
def test_the_line_is_found_in_every_way_to_write_toml(toml, text, line):
    assert [line for _, line, *_ in problems(toml, text)] == [line]


def test_a_missing_key_is_not_looked_for_in_a_table(toml):
    found = problems(toml, '[[row]]\nid = "x"\ntitle = "y"\n')
    assert [(line, message) for _, line, _, message, _ in found] == [
        (1, "the key title is missing."),
        (3, "unknown key row.title."),
    ]


def test_text_that_looks_like_a_key_is_none(toml):
    text = 'title = """\n[[row]]\nids = 1\n"""\n# ids = 2\n[[row]]\nid = "ids = 3"\nids = 4\n'
    assert [line for _, line, *_ in problems(toml, text)] == [8]


def test_a_validator_may_say_where_below_it_found_a_mistake(tmp_path):
    class Pair(Strict):
        row: tuple[Row, ...]

        @model_validator(mode="after")
        def _same(self) -> "Pair":
            raise Misplaced("is odd", "row", 1, "id")

    (tmp_path / "pair.toml").write_text('[[row]]\nid = "a"\n[[row]]\nline = []\nid = "b"\n')
    with pytest.raises(ContentError) as caught:
        read_toml(tmp_path / "pair.toml", tmp_path, Pair)
    assert [(p.line, p.message) for p in caught.value.problems] == [(5, "row.id: is odd.")]


@pytest.mark.parametrize(("depth", "told"), [(DEEPEST, ["E003"]), (DEEPEST + 1, ["E002"]), (50_000, ["E002"])])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a=", "}")])
def test_toml_is_nested_so_deep_and_no_deeper(toml, depth, told, opening, closing):
    text = f'title = "[[[["  # [[[[\n\nrow = {opening * depth}{closing * depth}\n'.replace("={}", "= {}").replace(
        "a=}", "a=1}"
    )
    found = problems(toml, text)
    assert {rule.removeprefix("course.") for _, _, rule, *_ in found} == set(told)
    assert {line for _, line, *_ in found} == {3}


def test_what_is_nested_too_deep_is_told_with_a_mend(toml, front):
    wanted = (f"is nested more than {DEEPEST} deep.", "Write it flatter: keys of keys, and lists of those.")
    assert problems(toml, "\nrow = " + "[" * 13) == [("content/sheet.toml", 2, "course.E002", *wanted)]
    assert problems(front, "---\ntitle: A\ntags: " + "[" * 13 + "\n---\n") == [
        ("content/page.md", 3, "course.E004", *wanted)
    ]


@pytest.mark.parametrize("text", ["a." * 3000 + "a = 1", "[" + "a." * 3000 + "a]", "[[" + '"a". ' * 3000 + "a]]"])
def test_keys_of_keys_are_nested_too(toml, text):
    assert [(line, rule) for _, line, rule, *_ in problems(toml, f"{text}\n")] == [(1, "course.E002")]


@pytest.mark.parametrize(
    "value",
    [
        "[" * 50_000,
        "[" * 50_000 + "]" * 50_000,
        "{a: " * 50_000,
        "\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 900)),
    ],
    ids=["lists", "closed lists", "mappings", "indented keys"],
)
def test_deep_front_matter_is_told_and_breaks_nothing(front, value):
    [(file, _, rule, message, _)] = problems(front, f"---\ntags: {value}\n---\n")
    assert (file, rule, message) == ("content/page.md", "course.E004", f"is nested more than {DEEPEST} deep.")


def test_front_matter_that_holds_itself_is_told(front):
    told = problems(front, "---\ntitle: &a [*a]\ntags: &b\n  - [*b, *b]\n---\n")
    assert [(line, message) for _, line, _, message, _ in told] == [
        (2, "title: Input should be a valid string."),
        (4, "tags: Input should be a valid string."),
    ]


def test_several_problems_come_in_the_order_of_the_file(toml):
    text = 'title = 3\n[[row]]\nid = 4\n[[row]]\nid = "x"\nids = "y"\n'
    assert [(line, message) for _, line, _, message, _ in problems(toml, text)] == [
        (1, "title: Input should be a valid string."),
        (3, "row.id: Input should be a valid string."),
        (6, "unknown key row.ids."),
    ]


def test_a_wrong_row_is_not_said_to_be_absent_too(tmp_path):
    class Street(Strict):
        home: tuple[Row, ...] = Field(min_length=1)

    (tmp_path / "street.toml").write_text("[[home]]\nid = 3\n")
    with pytest.raises(ContentError) as caught:
        read_toml(tmp_path / "street.toml", tmp_path, Street)
    assert [p.message for p in caught.value.problems] == ["home.id: Input should be a valid string."]


def test_what_is_not_utf8_is_told(toml):
    wanted = [("content/sheet.toml", 1, "course.E001", "cannot be read.", "Save it as UTF-8 text.")]
    assert problems(toml, 'title = "é"'.encode("latin-1")) == wanted


def test_what_is_absent_is_told(tmp_path):
    with pytest.raises(ContentError) as caught:
        read_text(tmp_path / "content" / "none.toml", tmp_path / "content")
    wanted = Problem("content/none.toml", 1, "course.E001", "cannot be read.", "Put the file there.")
    assert caught.value.problems == (wanted,)


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(toml, front):
    assert toml(b'\xef\xbb\xbftitle = "A"\r\n\r\n[[row]]\r\nid = "x"\r\n') == Sheet(title="A", row=(Row(id="x"),))
    assert front(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nBody\r\n") == (Front(title="A"), "Body\n", 4)


def test_front_matter_comes_with_the_body_and_its_line(front):
    text = "---\ntitle: A\nminutes: 8\ntags:\n  - x\n  - y\n---\nBody\n\n---\nmore\n"
    assert front(text) == (Front(title="A", minutes=8, tags=("x", "y")), "Body\n\n---\nmore\n", 8)


def test_a_file_may_end_with_its_front_matter(front):
    assert front("---\ntitle: A\n---") == (Front(title="A"), "", 3)


@pytest.mark.parametrize(
    ("text", "line", "message", "mend"),
    [
        ("", 1, "has no front matter.", NO_FRONT),
        ("Text.\n", 1, "has no front matter.", NO_FRONT),
        ("---\ntitle: A\n", 1, "has no front matter.", NO_FRONT),
        ("---\n---\n", 1, "the front matter has no keys.", "Write keys such as title: …, one a line."),
        ("---\n- a\n---\n", 1, "the front matter has no keys.", "Write keys such as title: …, one a line."),
        (
            "---\ntitle: A\nminutes: 3\ntitle: B\n---\n",
            4,
            "the key title stands twice (first on line 2).",
            "Keep one of them.",
        ),
        (
            "---\nminutes: 3\ntitle: A: b\n---\n",
            3,
            "the front matter is not YAML: mapping values are not allowed here.",
            YAML_MEND,
        ),
        ("---\ntitle: A\ntags: [*x]\n---\n", 3, "the front matter is not YAML: found undefined alias 'x'.", YAML_MEND),
        (
            "---\ntitle: !!python/name:os.system\n---\n",
            2,
            "the front matter is not YAML: could not determine a constructor for the tag "
            "'tag:yaml.org,2002:python/name:os.system'.",
            YAML_MEND,
        ),
    ],
)
def test_what_is_no_front_matter_is_told(front, text, line, message, mend):
    assert problems(front, text) == [("content/page.md", line, "course.E004", message, mend)]


@pytest.mark.parametrize(
    ("text", "line", "message", "mend"),
    [
        ("---\nminutes: 3\n---\n", 1, "the key title is missing.", ADD),
        ("---\ntitle: A\nminuts: 3\n---\n", 3, "unknown key minuts.", "Did you mean minutes?"),
        ("---\ntitle: A\ntags:\n  - x\n  - {y: z}\n---\n", 5, "tags: Input should be a valid string.", CHANGE),
        (
            "---\ntitle: A\nminutes: eight\n---\n",
            3,
            "minutes: Input should be a valid integer, unable to parse string as an integer.",
            CHANGE,
        ),
    ],
)
def test_a_wrong_key_of_front_matter_is_told(front, text, line, message, mend):
    assert problems(front, text) == [("content/page.md", line, "course.E003", message, mend)]


@pytest.mark.parametrize("key", ['"minutes": x', "minutes : x"])
def test_the_line_is_found_in_every_way_to_write_a_key(front, key):
    assert [line for _, line, *_ in problems(front, f"---\ntitle: A\n{key}\n---\n")] == [3]


@pytest.mark.parametrize("value", ["2026-11-31", "!!int x", "!!timestamp x", "0x_"])
def test_a_value_that_yaml_cannot_make_is_told(front, value):
    told = problems(front, f"---\ntitle: A\nminutes: {value}\n---\n")
    assert [(file, line) for file, line, *_ in told] == [("content/page.md", 3)]


def test_a_problem_reads_like_a_compiler_error():
    assert str(Problem("content/a.md", 7, "course.E101", "is wrong.", "Mend it.")) == "content/a.md:7: is wrong."


def test_an_error_holds_each_problem_once_and_in_order():
    first, second = Problem("a.md", 9, "x.E1", "is odd.", "Do."), Problem("a.md", 10, "x.E2", "is bad.", "Do not.")
    error = ContentError([second, first, second])
    assert error.problems == (first, second)
    assert str(error) == "a.md:9: is odd. Do. [x.E1]\na.md:10: is bad. Do not. [x.E2]"


def test_a_file_is_named_from_the_folder_above_content(tmp_path):
    assert name(tmp_path / "content" / "parts" / "a.md", tmp_path / "content") == "content/parts/a.md"
    assert name(tmp_path / "other.md", tmp_path / "site" / "content") == str(tmp_path / "other.md")


def test_a_suggestion_names_the_nearest_or_all():
    assert suggestion("titel", ["title", "lead"]) == "Did you mean title?"
    assert suggestion("xyz", ["title", "lead"]) == "Known are: lead, title."
