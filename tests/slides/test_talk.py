"""What is planned against the clock, exact."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from lecture.slides.bar import EDGE, MIDDLE, NARROW, WIDE, bar, hands, x_of
from lecture.slides.deck import Deck, Slide, decks
from lecture.slides.talk import Clock, Pace, Plan, Programme, Span, hours, pace, programme, said

BERLIN = timezone(timedelta(hours=1))
DAY = datetime(2026, 11, 24, tzinfo=BERLIN)
LECTURE = tuple(slug for slug, deck in decks().items() if deck.part)
WHOLE = programme(LECTURE)
FORM = {"start": "10:15", "stop": "13:30", "breaks": "2", "rest": "10"}


def at(text: str) -> datetime:
    hour, minute = text.split(":")
    return DAY.replace(hour=int(hour), minute=int(minute))


def kept(place: str, now: str, plan: Plan, **clock) -> Pace:
    """The pace of the whole lecture at the beginning of a slide, deck/slide."""
    deck, slide = place.split("/")
    found = pace(WHOLE, plan, Clock(**clock), (deck, slide, 0), at(now))
    assert found
    return found


PLAIN = Plan(decks=LECTURE)
PLANNED = said(LECTURE, FORM, at("9:00"))
PART_3 = "3-core-services/opening"  # planned minute 60


def test_a_plan_is_what_the_instructor_says():
    assert Plan(decks=LECTURE, starts=at("10:15"), stops=at("13:30"), breaks=2, rest=10) == PLANNED
    assert PLANNED.allowance == 20
    assert said(LECTURE, {}, at("9:00")) == Plan(decks=LECTURE, starts=None, stops=None, breaks=0, rest=10)
    assert said(LECTURE, {"start": "9:05"}, at("8:00")).starts == at("9:05")


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        ({"start": "quarter past"}, "quarter past is no time of the day. Write it as 10:15."),
        ({"stop": "25:00"}, "25:00 is no time of the day. Write it as 10:15."),
        (FORM | {"stop": "1:30"}, "1:30 is before 10:15. Write both as on a clock of 24 hours."),
        (FORM | {"breaks": "7"}, "Breaks: write a number from 0 to 6."),
        (FORM | {"breaks": "²"}, "Breaks: write a number from 0 to 6."),
        (FORM | {"rest": "0"}, "Minutes of a break: write a number from 1 to 60."),
        (FORM | {"stop": "10:35"}, "The breaks leave no time to teach. Make them shorter, or stop later."),
    ],
)
def test_what_cannot_be_is_told(words, mend):
    with pytest.raises(ValueError, match="^" + mend.replace("?", r"\?") + "$"):
        said(LECTURE, words, at("9:00"))


def test_slides_of_a_section_share_its_minutes_and_steps_those_of_their_slide():
    spans = WHOLE.spans
    assert WHOLE.minutes == 190
    assert spans["1-the-problem", "opening"] == Span(0, 0, 0)
    assert spans["2-the-map", "opening"].start == 30
    first = [span for (deck, name), span in spans.items() if name.startswith("1-your-compose-file")]
    assert [span.end for span in first] == pytest.approx([7 * n / len(first) for n in range(1, len(first) + 1)])
    assert Span(10, 14, 3).at(0) == (10, 11)
    assert Span(10, 14, 3).at(3) == (13, 14)


def test_every_slide_begins_where_the_one_before_ends():
    spans = list(WHOLE.spans.values())
    assert [b.start - a.end for a, b in pairwise(spans)] == pytest.approx([0] * (len(spans) - 1))
    assert spans[-1].end == pytest.approx(190)


def test_without_a_plan_the_planned_minutes_are_minutes():
    found = kept(PART_3, "11:04", PLAIN, started=at("10:00"))
    assert (found.time, found.elapsed, found.left, found.due, found.at) == (190, 64, 126, 64, 60)
    assert (found.words, found.state) == ("4 minutes behind", "behind")
    assert found.sentence == "The slides are at minute 60 of the plan, the clock at minute 64. 4 minutes behind."


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("10:58", "2 minutes ahead"),
        ("10:59", "1 minute ahead"),
        ("11:00", "On time"),
        ("11:01", "1 minute behind"),
        ("13:10", "130 minutes behind"),
    ],
)
def test_the_difference_is_told_in_whole_minutes(now, words):
    assert kept(PART_3, now, PLAIN, started=at("10:00")).words == words


def test_a_slide_is_on_time_from_its_beginning_to_its_end():
    span = WHOLE.spans["3-core-services", "1-compute"]
    begun = at("10:00")
    for share in (0, 0.5, 1):
        now = begun + timedelta(minutes=span.start + share * (span.end - span.start))
        found = pace(WHOLE, PLAIN, Clock(begun), ("3-core-services", "1-compute", 0), now)
        assert found
        assert found.ahead == pytest.approx(0, abs=1e-6)


def test_a_plan_stretches_or_shrinks_all_minutes_alike():
    """175 minutes for 190 planned: part 3 begins 60 * 175 / 190 = 55.26 minutes after 10:15."""
    found = kept(PART_3, "11:15", PLANNED, started=at("10:15"))
    assert (found.time, found.elapsed, found.left) == (175, 60, 115)
    assert found.due == pytest.approx(190 * 60 / 175)
    assert found.ahead == pytest.approx(60 * 175 / 190 - 60)
    assert found.words == "4 minutes behind"


def test_a_late_start_is_behind_from_the_first_minute():
    assert kept("1-the-problem/opening", "10:20", PLANNED, started=at("10:20")).words == "5 minutes behind"


def test_before_the_start_the_minutes_until_then_are_told():
    assert kept("1-the-problem/opening", "10:11", PLANNED).words == "Starts in 4 minutes"
    assert kept("1-the-problem/opening", "10:18", PLANNED).words == "3 minutes behind"
    assert kept("1-the-problem/opening", "10:18", PLAIN).words == "Not started"


def test_a_break_that_was_planned_costs_nothing_and_a_longer_one_does():
    before = kept(PART_3, "11:15", PLANNED, started=at("10:15"))
    during = kept(PART_3, "11:25", PLANNED, started=at("10:15"), paused=at("11:15"))
    after = kept(PART_3, "11:25", PLANNED, started=at("10:15"), rested=600)
    assert before.ahead == during.ahead == after.ahead
    assert after.elapsed == 60
    both = kept(PART_3, "11:40", PLANNED, started=at("10:15"), paused=at("11:15"))  # 25 of 20 minutes
    assert both.ahead == pytest.approx(before.ahead - 5)


def test_without_a_plan_a_pause_stops_the_clock():
    found = kept(PART_3, "11:30", PLAIN, started=at("10:00"), paused=at("11:10"), rested=300)
    assert (found.elapsed, found.left, found.words) == (65, 125, "5 minutes behind")


def test_what_is_over_has_a_minus():
    found = kept(PART_3, "13:40", PLANNED, started=at("10:15"), rested=1200)
    assert found.left == -10
    assert (hours(found.left), hours(74.9), hours(0), hours(-70)) == ("−0:10", "1:14", "0:00", "−1:10")


def test_a_slide_outside_the_plan_says_so():
    found = pace(programme(LECTURE[:1]), PLAIN, Clock(at("10:00")), ("twin-apis", "x", 0), at("10:10"))
    assert found
    assert (found.words, found.ahead, found.elapsed) == ("Not in the plan", 0, 10)


def test_where_no_minutes_are_planned_there_is_no_pace():
    assert pace(programme(("twin-apis",)), PLAIN, Clock(at("10:00")), ("twin-apis", "x", 0), at("10:10")) is None


def test_breaks_fall_between_sections_nearest_to_equal_shares():
    """60 of 63.3 and 129 of 126.7 planned minutes: after 2.4, and after 4.1."""
    assert [(stone.number, stone.end) for stone in WHOLE.pauses(2)] == [("2.4", 60), ("4.1", 129)]
    assert WHOLE.pauses(0) == ()
    alone = Programme((Deck("a", "A", "/a/", (Slide("x", "section", decks()["2-the-map"].slides[0].title),)),))
    assert alone.pauses(3) == ()


# the picture


def test_stones_stand_on_the_clock_and_end_with_the_bar():
    found = pace(WHOLE, PLAIN, Clock(at("10:00")), ("3-core-services", "1-compute", 0), at("11:04"))
    assert found
    drawn = bar(WHOLE, 2, 60, found, WIDE)
    assert [stone.state for stone in drawn.stones] == ["gone"] * 8 + ["now"] + ["ahead"] * 13
    assert drawn.stones[0].x == EDGE
    assert drawn.stones[-1].x + drawn.stones[-1].width == pytest.approx(WIDE - EDGE - 3, abs=0.2)
    assert [name for _, name in drawn.labels][2:4] == ["3 Core services", "4 The real decisions"]
    assert [name for _, name in bar(WHOLE, 2, 60, found, NARROW).labels] == ["1", "2", "3", "4", "5"]
    assert [name for _, name in bar(WHOLE, 2, 60, found, MIDDLE).labels][2:] == ["3 Core services", "4", "5"]
    assert drawn.breaks == (x_of(60, 190, WIDE), x_of(129, 190, WIDE))


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(("due", "at"), [(0, 0), (0, 5), (70, 74), (74, 70), (100, 20), (190, 190), (240, 180)])
def test_words_at_the_hands_stay_inside_and_apart(width, due, at):
    clock, slides = hands(Pace(190, 190, due, 190 - due, due, at), width)
    left, right = (slides, clock) if slides.x <= clock.x else (clock, slides)
    assert (left.anchor, right.anchor) == ("end", "start")
    assert 104 <= left.words_x <= right.words_x - 8
    assert right.words_x <= width - 104
    assert (clock.words, slides.words) == (f"clock, {hours(due)}", f"slides, {hours(at)}")


def test_times_are_those_of_the_clock_on_the_wall():
    """In a plan of 175 minutes, planned minute 95 of 190 is half of it."""
    clock, _ = hands(Pace(190, 175, 0, 0, 95, 95), WIDE)
    assert clock.words == "clock, 1:27"


def test_utc_and_local_times_meet():
    assert kept(PART_3, "11:04", PLAIN, started=at("10:00").astimezone(UTC)).due == 64
