"""How far a learner is, and where to go on."""

import pytest

from lecture.course.load import read
from lecture.course.model import Course
from lecture.course.progress import Progress

INFO = 'title = "A"\nheadline = "H"\nlead = "L"\ndescription = "D"\n'
PART = '[[part]]\nslug = "{0}"\ntitle = "T"\nsummary = "S"\nminutes = {1}\ncoming = [{2}]\n'
SOON = '{{ slug = "9-soon", title = "Soon", minutes = {0} }}'
PAGE = "---\ntitle: {0}\nlead: L\ndescription: D\nminutes: {1}\n---\n"
A, B, C = "1-one/1-a", "1-one/2-b", "2-two/1-c"


@pytest.fixture
def course(write_course) -> Course:
    """20 + 10 + 8 minutes: two sections, one and one to come, one to come."""
    parts = [("1-one", 20, ""), ("2-two", 10, SOON.format(4)), ("3-three", 8, SOON.format(8))]
    pages = {f"parts/{A}.md": PAGE.format("A", 5), f"parts/{B}.md": PAGE.format("B", 15)}
    info = INFO + "".join(PART.format(*part) for part in parts)
    old = {"parts/1-only/1-first.md": None, f"parts/{C}.md": PAGE.format("C", 6)}
    return read(write_course({**old, **pages, "course.toml": info}))


def test_it_works(course):
    progress = Progress(course, {A})
    assert (progress.read, progress.total, progress.next.key) == (1, 5, B)


@pytest.mark.parametrize(
    ("keys", "following"),
    [(set(), A), ({A}, B), ({B}, C), ({A, B}, C), ({C}, A), ({A, C}, B), ({"1-one/9-gone"}, A), ({A, B, C}, None)],
)
def test_the_next_section_is_unread_and_after_the_last_that_was_read(course, keys, following):
    found = Progress(course, keys).next
    assert (found and found.key) == following


def test_what_the_course_does_not_have_counts_for_nothing(course):
    progress = Progress(course, {"1-one/9-gone", "2-two/9-soon", "deep-dives/x"})
    assert (progress.read, [row.read for row in progress.rows]) == (0, [0, 0, 0])


def states(course: Course, *keys: str) -> list[list[str]]:
    return [[stone.state for stone in row.stones] for row in Progress(course, set(keys)).rows]


def test_each_stone_has_a_state(course):
    assert states(course) == [["here", "ahead"], ["ahead", "coming"], ["coming"]]
    assert states(course, B) == [["ahead", "read"], ["here", "coming"], ["coming"]]
    assert states(course, A, B, C) == [["read", "read"], ["read", "coming"], ["coming"]]


@pytest.mark.parametrize(
    ("keys", "plates"),
    [
        (set(), ["here", "ahead", "coming"]),
        ({A, B}, ["read", "here", "coming"]),
        ({B}, ["ahead", "here", "coming"]),
        ({A, B, C}, ["read", "ahead", "coming"]),
    ],
)
def test_each_part_has_a_plate(course, keys, plates):
    assert [row.state for row in Progress(course, keys).rows] == plates


def test_each_part_says_in_words_how_far_it_is(course):
    words = [row.words for row in Progress(course, {A, C}).rows]
    assert words == ["1 of 2 sections read", "1 of 2 sections read", "coming"]
    assert [row.coming for row in Progress(course, set()).rows] == [False, False, True]


def test_the_stones_lie_side_by_side_on_a_path_of_760(course):
    stones = [stone for row in Progress(course, set()).rows for stone in row.stones]
    assert [(s.title, s.x, s.width) for s in stones] == [
        ("A", 2.0, 96.0),
        ("B", 102.0, 296.0),
        ("C", 402.0, 116.0),
        ("Soon", 522.0, 76.0),
        ("Soon", 602.0, 156.0),
    ]
    assert sum(stone.width + 4 for stone in stones) == 760


def test_the_ticks_are_where_parts_begin_and_the_lecture_ends(course):
    assert Progress(course, set()).ticks == [(0.0, 0), (400.0, 20), (600.0, 30), (760.0, 38)]


def test_a_short_section_of_a_long_course_is_still_to_be_seen(write_course):
    long = ", ".join(f'{{ slug = "{n}-soon", title = "Soon", minutes = 120 }}' for n in range(1, 6))
    parts = [("1-only", 5, ""), ("2-long", 600, long), ("3-longer", 600, long)]
    found = read(write_course({"course.toml": INFO + "".join(PART.format(*part) for part in parts)}))
    widths = [stone.width for row in Progress(found, set()).rows for stone in row.stones]
    assert widths == [1] + [71.7] * 10


def test_the_geometry_is_rounded_to_a_tenth(write_course):
    progress = Progress(read(write_course({"course.toml": INFO + PART.format("1-only", 9, SOON.format(4))})), set())
    assert [(stone.x, stone.width) for stone in progress.rows[0].stones] == [(2.0, 418.2), (424.2, 333.8)]
    assert Progress(progress.course, set(), 100).ticks == [(0.0, 0), (100.0, 9)]
