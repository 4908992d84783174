"""The .env box, as docker reads a .env file."""

import pytest

from lecture.translator import dotenv
from lecture.translator.compose import Place, Unset
from lecture.translator.lines import ENV, Notes
from lecture.translator.reading import read


def values(text: str) -> dict[str, object]:
    """Values as text where nothing is unset in them, and nothing wrong."""
    notes = Notes(text, ENV)
    found = dotenv.values(text, notes)
    assert notes.problems == []
    return {name: parts[0] if len(parts) == 1 else parts for name, parts in found.items()}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A=b", "b"),
        ("A=", ""),
        ("A = b ", "b"),
        ("export A=b", "b"),
        ("  A=b", "b"),
        ("A: b", "b"),
        ("A=b c", "b c"),
        ("A=b=c", "b=c"),
        ("A=b #c", "b"),
        ("A=b#c", "b#c"),
        ("A=#c", "#c"),
        ("A='b #c'", "b #c"),
        ("A='b' # c", "b"),
        ('A="b #c" # d', "b #c"),
        (r"A='it\'s'", "it's"),
        (r'A="a \"b\""', 'a "b"'),
        (r"A='$B'", "$B"),
        (r"A='a\nb'", r"a\nb"),
        (r'A="a\nb\tc"', "a\nb\tc"),
        (r"A=a\nb", r"a\nb"),
        (r'A="\$B"', "$B"),
        ('A="a\nb"', "a\nb"),
        ("A='a\nb'", "a\nb"),
        ("A=${B:-c}", "c"),
        ('A="${B:-c} d"', "c d"),
        ("A=$$b", "$b"),
        ('A=a"b"', 'a"b"'),
        ("A=http://x:1/?a=b&c", "http://x:1/?a=b&c"),
    ],
)
def test_a_line_gives_a_value(line, expected):
    assert values(f"# first\n\n{line}\n") == {"A": expected}


def test_lines_come_one_after_the_other():
    assert values("A=1\n\n# B=2\nB='x\ny'\nC=3") == {"A": "1", "B": "x\ny", "C": "3"}


def test_the_last_line_wins():
    assert values("A=1\nA=2\n") == {"A": "2"}


def test_a_value_may_use_those_above_it():
    assert values("A=1\nB=${A}2\nC=$B$A\nA=3\n") == {"A": "3", "B": "12", "C": "121"}


def test_what_is_above_nothing_stays_unset():
    assert values("A=x$B\nB=1") == {"A": ("x", Unset("B")), "B": "1"}


def test_a_name_alone_has_no_value():
    assert values("A\nexport B\nC=1\n") == {"C": "1"}


def test_names_may_have_dots_and_hyphens():
    assert values("a.b-c[0]=1") == {"a.b-c[0]": "1"}


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("A=1\nB C=2\n", Place(2, 1), "This line is not NAME=value."),
        ("A=1\nhunter2!\n", Place(2, 1), "This line is not NAME=value."),
        ("A=1\n  B='x\nC=2\n", Place(2, 5), "A quote opens here and is never closed."),
        ("A=${B\n", Place(1, 3), "${ opens here and is never closed."),
        ("A=1\n=2\n", Place(2, 1), "This line is not NAME=value."),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_read(text, place, message):
    file = read("services: {web: {image: $A}}", text)
    (problem,) = file.problems
    assert (problem.file, problem.place, problem.message) == (".env", place, message)
    assert problem.mend


def test_no_value_is_shown():
    for text in ("hunter2!\n", "A='hunter2\n", "A B=hunter2", "A=${hunter2"):
        (problem,) = read("services: {web: {image: a}}", text).problems
        assert "hunter2" not in repr(problem)


def test_windows_line_ends_are_line_ends():
    assert read("services: {web: {image: $A$B}}", "A=x\r\nB=y\r\n").services["web"].image.value == "xy"


def test_a_large_text_is_refused_and_the_file_still_read():
    file = read("services: {web: {image: $A}}", "A=" + "x" * 70_000)
    assert [problem.message for problem in file.problems] == ["The .env text has 68 kB, and 64 kB is the most."]
    assert file.variables == {"A": (Place(1, 25),)}


def test_values_that_grow_without_end_are_refused():
    text = "A=xxxxxxxxxx\n" + "".join(f"A=$A$A$A$A # {n}\n" for n in range(40))
    (problem,) = read("services: {web: {image: a}}", text).problems
    assert problem.message == "With its variables written out, the .env text has more than 6,000,000 characters."
