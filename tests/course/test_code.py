"""Code samples are coloured by classes alone."""

import pytest

from lecture.course.code import highlight, knows, lines


def test_it_works():
    assert highlight("a: 1", "yaml") == (
        '<span class="tok-nt">a</span><span class="tok-p">:</span><span class="tok-w"> </span>'
        '<span class="tok-l tok-l-Scalar tok-l-Scalar-Plain">1</span>\n'
    )


def test_marked_lines_are_lit():
    assert highlight("a\nb\nc", "text", "2-3") == 'a\n<span class="hll">b\n</span><span class="hll">c\n</span>'


@pytest.mark.parametrize("language", ["text", "", "nolang"])
def test_text_is_escaped_in_any_language(language):
    assert highlight("<b> & c", language).strip() == "&lt;b&gt; &amp; c"


def test_colours_are_never_styles():
    assert "style" not in highlight("def a(b: int) -> str:\n    return f'{b}'  # c", "python", "1")


def test_blank_lines_stay():
    assert highlight("\n\na\n\n", "text") == "\n\na\n\n"


@pytest.mark.parametrize(("language", "known"), [("yaml", True), ("hcl", True), ("", True), ("yamll", False)])
def test_a_language_is_known_or_not(language, known):
    assert knows(language) is known


@pytest.mark.parametrize(("mark", "found"), [("", []), ("3", [3]), ("3 5-7", [3, 5, 6, 7]), ("2-2  1", [2, 1])])
def test_numbers_and_ranges_are_read(mark, found):
    assert lines(mark) == found


@pytest.mark.parametrize("mark", ["x", "1,2", "3-x", "-3", "5-3", "1-2-3", "0"])
def test_other_marks_are_refused(mark):
    with pytest.raises(ValueError, match=r".+"):
        lines(mark)
