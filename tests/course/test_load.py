"""Content becomes a course, or a list of everything that is wrong with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.course.load import read
from lecture.course.model import Course

INFO = 'title = "A course"\nheadline = "H."\nlead = "L."\ndescription = "D."\n'
FIRST = "parts/1-only/1-first.md"
FACT = '[[fact]]\nid = "regions"\ntext = "many"\nas_of = 2026-08-01\nsource = "AWS"\n'
TOOL = '[[tool]]\nname = "wizard"\ntitle = "W"\ntext = "T"\naddress = "/wizard/"\nicon = "wizard"\n'


def part(slug: str, minutes: int, *coming: str) -> str:
    planned = ", ".join(f'{{ slug = "{slug}", title = "Soon", minutes = 3 }}' for slug in coming)
    return f'[[part]]\nslug = "{slug}"\ntitle = "T"\nsummary = "S"\nminutes = {minutes}\ncoming = [{planned}]\n'


def page(title: str = "T", minutes: int = 5, body: str = "Text.\n") -> str:
    return f"---\ntitle: {title}\nlead: L.\ndescription: D.\nminutes: {minutes}\n---\n{body}"


@pytest.fixture
def course(write_course: Callable[..., Path]) -> Callable[..., Course]:
    return lambda files=None: read(write_course(files))


@pytest.fixture
def problems(write_course: Callable[..., Path]) -> Callable[..., list[str]]:
    def problems(files: dict[str, str | None]) -> list[str]:
        with pytest.raises(ContentError) as caught:
            read(write_course(files))
        return str(caught.value).splitlines()

    return problems


@pytest.fixture
def long(course) -> Course:
    """Two parts, of which the first has a section to come, and both shelves."""
    return course(
        {
            "course.toml": INFO + part("1-only", 15, "9-soon") + part("2-more", 4),
            "parts/1-only/2-second.md": page("Second", 7),
            "parts/2-more/1-third.md": page("Third", 4),
            "deep-dives/costs.md": page("Costs", 0),
            "deep-dives/bills.md": page("Bills", 0),
            "reference/card.md": page("Card", 0),
        }
    )


def test_it_works(course):
    [section] = course().sections
    assert (section.front.title, section.number, section.address) == ("First", "1.1", "/parts/1-only/1-first/")


def test_the_real_course_is_one_lecture_of_190_minutes():
    real = read(settings.COURSE_CONTENT)
    assert real.minutes == 190
    assert [p.start for p in real.parts] == [0, 30, 60, 120, 160]
    assert [sum(minutes for *_, minutes in p.clock) for p in real.parts] == [30, 30, 60, 40, 30]


def test_a_section_knows_its_names(long):
    second, card = long.sections[1], long.reference[0]
    assert (second.key, second.label, second.short) == ("1-only/2-second", "1.2 Second", "Second")
    assert (card.key, card.address, card.number, card.label) == ("reference/card", "/card/", "", "Card")


def test_a_short_title_is_for_navigation(course):
    [section] = course({FIRST: page("A long title\nshort: Short")}).sections
    assert (section.short, section.label) == ("Short", "1.1 A long title")


def test_ten_comes_after_nine(course):
    files = {f"parts/1-only/{n}-s.md": page(minutes=1) for n in (10, 9, 2)}
    found = course({**files, FIRST: None, "course.toml": INFO + part("1-only", 3)})
    assert [s.number for s in found.sections] == ["1.2", "1.9", "1.10"]


def test_a_part_starts_when_the_ones_before_it_end(long):
    assert [(p.number, p.address, p.start) for p in long.parts] == [(1, "/parts/1-only/", 0), (2, "/parts/2-more/", 15)]
    assert long.minutes == 19


def test_the_clock_puts_coming_sections_last(long):
    first, second = long.parts[0].sections
    assert long.parts[0].clock == ((first, "First", 0, 5), (second, "Second", 5, 7), (None, "Soon", 12, 3))
    assert long.parts[1].clock == ((long.sections[2], "Third", 15, 4),)


def test_what_is_coming_is_known_by_its_key(long):
    assert {key: c.title for key, c in long.coming.items()} == {"1-only/9-soon": "Soon"}


def test_the_leaves_are_sections_deep_dives_and_reference_pages(long):
    keys = ["1-only/1-first", "1-only/2-second", "2-more/1-third", "deep-dives/bills", "deep-dives/costs"]
    assert list(long.leaves) == [*keys, "reference/card"]


def test_neighbours_stand_on_the_same_shelf(long):
    first, second, third = long.sections
    bills, costs = long.deep_dives
    assert (long.around(first), long.around(second)) == ((None, second), (first, third))
    assert (long.around(third), long.around(bills)) == ((second, None), (None, costs))
    assert long.around(long.reference[0]) == (None, None)


def test_a_part_is_found_by_its_slug(long):
    assert long.part("2-more") is long.parts[1]
    with pytest.raises(LookupError):
        long.part("3-none")


def test_a_slide_heads_the_text_until_there_is_a_heading(course):
    slide = "/// slide | {0}\n    name: {0}\nText.\n///\n"
    [section] = course({FIRST: page(body=slide.format("a") + "### B\n## C\n" + slide.format("d"))}).sections
    assert section.headings == (("a", "a"), ("c", "C"))


def test_blocks_are_found_at_any_depth(course):
    body = "//// slide | A\n    name: a\n/// figure | one\nX\n///\n////\n/// figure | two\nX\n///\n"
    [section] = course({FIRST: page(body=body)}).sections
    assert [block.argument for block in section.blocks("figure")] == ["one", "two"]


def test_code_may_show_a_file_of_the_content(course):
    body = '```yaml file="compose/a.yaml"\n```\n'
    [section] = course({FIRST: page(body=body), "compose/a.yaml": "a: 1\n\n"}).sections
    assert section.samples == {"compose/a.yaml": "a: 1"}


@pytest.mark.parametrize("wanted", ["compose/none.yaml", "../secret.yaml", "/etc/hostname", "parts", "parts/../../x"])
def test_a_sample_that_is_no_file_of_the_content_is_told(problems, wanted, tmp_path):
    (tmp_path / "secret.yaml").write_text("a secret")
    assert problems({FIRST: page(body=f'\n```yaml file="{wanted}"\n```\n')})[-1] == (
        f"content/{FIRST}:8: there is no file {wanted}. "
        "Name a file below content/, or write the code between the fences. [course.E105]"
    )


def test_a_link_out_of_the_content_is_no_sample(problems, write_course, tmp_path):
    (tmp_path / "secret.yaml").write_text("a secret")
    (write_course() / "leak.yaml").symlink_to(tmp_path / "secret.yaml")
    told = problems({FIRST: page(body='```yaml file="leak.yaml"\n```\n')})
    assert told[-1].startswith(f"content/{FIRST}:7: there is no file leak.yaml.")


def test_every_missing_sample_is_told(problems):
    told = problems({FIRST: page(body='```yaml file="a"\n```\n```yaml file="b"\n```\n')})
    assert [line.split(". ")[0] for line in told if "course.E105" in line] == [
        f"content/{FIRST}:7: there is no file a",
        f"content/{FIRST}:9: there is no file b",
    ]


def test_minutes_that_do_not_add_up_are_told_with_the_sum(problems):
    files = {"course.toml": INFO + part("1-only", 20, "8-x", "9-y"), "parts/1-only/2-b.md": page(minutes=7)}
    assert problems(files) == [
        "content/course.toml:9: part 1-only plans 20 minutes, its sections 5 + 7 + 3 + 3 = 18. "
        "Change minutes in the part or in a section. [course.E007]"
    ]


def test_every_part_that_does_not_add_up_is_told(problems):
    told = problems({"course.toml": INFO + part("1-only", 6) + part("2-more", 9)})
    assert [line.split(",")[0] for line in told] == [
        "content/course.toml:9: part 1-only plans 6 minutes",
        "content/course.toml:15: part 2-more plans 9 minutes",
    ]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"parts/2-more/1-x.md": page()},
            "content/parts/2-more:1: a folder of no part. "
            "Add a [[part]] with that slug to course.toml, or remove the folder. [course.E006]",
        ),
        (
            {"parts/1-only/notes.md": page()},
            "content/parts/1-only/notes.md:1: the name of a section has no number. "
            "Name it like 2-three-problems.md. [course.E006]",
        ),
        (
            {"parts/1-only/2-My Notes.md": page()},
            "content/parts/1-only/2-My Notes.md:1: the name of a section has no number. "
            "Name it like 2-three-problems.md. [course.E006]",
        ),
        (
            {"parts/1-only/2-x.md": page(minutes=0)},
            "content/parts/1-only/2-x.md:5: minutes is missing. Add minutes: 8 or so. [course.E007]",
        ),
        (
            {"course.toml": INFO + part("1-only", 3, "9-soon"), FIRST: None},
            "content/course.toml:1: no part has a section. Write one in parts/. [course.E005]",
        ),
        (
            {"deep-dives/x.md": page(body="\n## A\n///\n")},
            "content/deep-dives/x.md:9: /// closes nothing. Remove it. [course.E103]",
        ),
        ({"course.toml": None}, "content/course.toml:1: cannot be read. Put the file there. [course.E001]"),
    ],
)
def test_each_mistake_is_told_with_its_mend(problems, files, told):
    assert problems(files) == [told]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (page(minutes=121), "minutes: Input should be less than or equal to 120."),
        (page(minutes=-1), "minutes: Input should be greater than or equal to 0."),
        (page().replace("D.", "D" * 201), "description: String should have at most 200 characters."),
    ],
)
def test_a_section_beyond_the_limits_is_told(problems, text, message):
    [told] = problems({"deep-dives/x.md": text})
    assert told.partition(": ")[2].startswith(message)


def test_a_section_at_the_limits_is_read(course):
    [section] = course({"deep-dives/x.md": page(minutes=120).replace("D.", "D" * 200)}).deep_dives
    assert (section.front.minutes, len(section.front.description)) == (120, 200)


def test_the_mistakes_of_all_files_are_told_at_once(problems):
    files = {
        "parts/1-only/2-x.md": page(body="---\n# A\n"),
        "parts/1-only/3-y.md": "no front matter",
        "deep-dives/x.md": page("T\ntitel: U"),
        "reference/x.md": page(body="```\n"),
        "glossary.toml": "term = 3\n",
        "facts.toml": "fact = [",
    }
    assert [line.split(" ")[0] for line in problems(files)] == [
        "content/deep-dives/x.md:3:",
        "content/facts.toml:1:",
        "content/glossary.toml:1:",
        "content/parts/1-only/2-x.md:7:",
        "content/parts/1-only/2-x.md:8:",
        "content/parts/1-only/3-y.md:1:",
        "content/reference/x.md:7:",
    ]


@pytest.mark.parametrize("text", [page(minutes=0), page(body="# A\n"), page("T\ntitel: U"), "no front matter"])
def test_a_section_with_a_mistake_is_a_section_nevertheless(problems, text):
    assert [told.split(":")[0] for told in problems({FIRST: text})] == [f"content/{FIRST}"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"course.toml": INFO + part("1-only", 5) * 2}, "content/course.toml:12: "),
        ({"course.toml": INFO + part("1-only", 5) + part("1-other", 3, "1-x")}, "content/course.toml:12: "),
        ({"course.toml": INFO + part("1-only", 5) + TOOL * 2}, "content/course.toml:18: "),
        ({"course.toml": INFO + part("1-only", 10), "parts/1-only/1-b.md": page()}, "content/parts/1-only/1-"),
        ({"facts.toml": FACT * 2}, "content/facts.toml:7: "),
        ({"course.toml": INFO + part("1-only", 8, "1-first")}, "content/course.toml:"),
    ],
    ids=[
        "two parts",
        "two parts of one number",
        "two tools",
        "two sections of one number",
        "two facts",
        "to come and here",
    ],
)
def test_what_stands_twice_is_told(problems, files, told):
    assert problems(files)[0].startswith(told)


@pytest.mark.parametrize("file", ["deep-dives/My notes.md", "reference/größe.md"])
def test_a_name_that_makes_no_address_is_told(problems, file):
    assert problems({file: page()})[0].startswith(f"content/{file}:1: ")
