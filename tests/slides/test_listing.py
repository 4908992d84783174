"""manage.py slides: what is on each slide, and what its author may want to change."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lecture.slides import listing
from lecture.slides.deck import decks
from tests.conftest import MINIMAL

FIVE = "one two three four five"
NOTED = f"/// slide | Title\n    name: one\n\n{FIVE}\n///\n\n/// notes\n{FIVE} {FIVE}\n///\n\n"


def run(*args: str) -> str:
    out = StringIO()
    call_command("slides", *args, stdout=out, no_color=True)
    return out.getvalue()


def slide(text: str, name: str = "one") -> str:
    return f"/// slide | Title\n    name: {name}\n\n{text}\n///\n\n"


def test_each_slide_is_a_line_with_its_words_notes_and_minute(serve, section):
    serve(section(NOTED + "/// ask | why\nWhy is that so?\n\n---\n\nIt is so.\n///\n"))
    assert (
        run("1-only")
        == """
Only part (/slides/1-only/): 4 slides, 5 minutes
   #   at  words  notes  slide
   1 0:00      6         opening
   2 0:00      2         1-first
   3 0:01      5     10  1-first.one
   4 0:03      4      3  1-first.why
4 slides, 5 minutes, 0 warnings.
"""
    )


def test_drawings_tables_and_code_are_no_words_and_are_named(serve, section):
    table = "| a | b |\n| --- | --- |\n| c | d |"
    drawn = "//// slide | Drawn\n    name: two\n    layout: picture\n\n/// figure | vpc\nNotice the gate.\n///\n////\n"
    serve(section(slide(f"{FIVE}\n\n{table}\n\n```text\nsix seven\n```") + drawn))
    told = run("1-only").splitlines()
    assert told[5].split() == ["3", "0:01", "5", "1-first.one"]
    assert told[6].split() == ["4", "0:03", "1-first.two", "[vpc]"]


def test_a_slide_of_too_many_words_is_warned_of(serve, section):
    serve(section(slide(" ".join([FIVE] * 6)) + slide(" ".join([FIVE] * 6) + " more", "two")))
    assert run("--warnings") == (
        "      1-only/1-first.two: 31 words beside the title. "
        "Move some into the text: at most 30 are read from the last row.\n"
        "4 slides, 5 minutes, 1 warning.\n"
    )


ASKED = "/// ask | why\n{}Why is that so?\n\n---\n\n{}\n///\n\n"
THIRTY_ONE = " ".join([FIVE] * 6) + " more"


@pytest.mark.parametrize("kind", ["ask", "myth"])
@pytest.mark.parametrize(
    ("line", "answer", "warned"),
    [
        ("", f"{THIRTY_ONE}.", True),
        ("", f"It is so. {THIRTY_ONE}. {THIRTY_ONE}.", True),  # cut
        ("    wall: It is so.\n\n", f"{THIRTY_ONE}.", False),
        (f"    wall: {THIRTY_ONE}\n\n", "It is so.", True),
        ("", "It is so.", False),
    ],
)
def test_an_answer_that_is_too_long_for_the_wall_is_warned_of(serve, section, kind, line, answer, warned):
    serve(section(slide("Text.") + ASKED.format(line, answer).replace("/// ask", f"/// {kind}")))
    told = "“Why is that so?”: say it on the wall in a line of at most 30 words, `wall: …`."
    assert (told in run("--warnings")) == warned


def test_a_section_without_a_slide_and_with_too_many_minutes_for_it_is_warned_of(serve):
    serve()
    assert run("--warnings").splitlines()[:2] == [
        "      1-only/1-first has no slide of its own. Put `/// slide | Its title` where it makes its point.",
        "      1-only/1-first plans 5 minutes for 1 slides: 5 minutes each. Give it fewer minutes, or more slides.",
    ]


def test_too_many_slides_for_the_minutes_are_warned_of(serve, section):
    serve(section("".join(slide("Text.", f"s{n}") for n in range(12))))
    assert run("--warnings").splitlines()[0].strip() == (
        "1-only/1-first plans 5 minutes for 13 slides: 23 seconds each. Give it more minutes, or make some slides text."
    )


def test_minutes_that_do_not_add_up_are_told(serve, section):
    coming = 'minutes = 9\ncoming = [{ slug = "2-soon", title = "Soon", minutes = 4 }]'
    files = section(slide("Text."))
    serve(files | {"course.toml": MINIMAL["course.toml"].replace("minutes = 5", coming)})
    assert "the sections of 1-only plan 5 minutes, its part plans 9: the rest is still coming." in run("--warnings")


def test_an_unknown_deck_is_named_with_the_nearest():
    with pytest.raises(CommandError, match=r"There is no deck 1-the-problm\. .*1-the-problem"):
        run("1-the-problm")


def test_nothing_is_to_be_warned_of_in_the_course():
    assert run("--warnings").count("\n") == 1


def test_the_lecture_has_a_number_of_slides_that_can_be_taught():
    parts = [deck for deck in decks().values() if deck.part]
    assert 150 <= sum(len(deck.slides) for deck in parts) <= 220
    assert sum(deck.minutes for deck in parts) == 190


def test_of_a_myth_the_belief_counts():
    myths = next(slide for slide in decks()["1-the-problem"].slides if slide.sort == "myths")
    assert listing.words(myths) == max(listing.count(belief) for belief, _, _ in myths.asked)


def test_notes_that_follow_a_myth_or_a_check_are_said_at_its_slide(serve, section):
    said = "/// notes\n{}\n///\n\n"
    myth = "/// myth | m\nBelief.\n\n---\n\nFact.\n///\n\n"
    to_slide, to_myth = said.format("Of the slide."), said.format("Of the myth.")
    serve(section(slide("Text.") + to_slide + myth + to_myth + slide("B.", "b")))
    notes = {slide.name: [note.strip() for note in slide.notes] for slide in decks()["1-only"].slides}
    assert notes == {
        "opening": [],
        "1-first": [],
        "1-first.one": ["<p>Of the slide.</p>"],
        "1-first.b": [],
        "1-first.myths": ["<p>Of the myth.</p>"],
    }
