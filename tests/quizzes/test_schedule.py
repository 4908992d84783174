"""When a question comes back: FSRS's intervals on days of the learner's own."""

from datetime import date, timedelta

from lecture.quizzes.schedule import LONGEST, rated

TODAY = date(2026, 11, 21)
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


def away(rating: int, retention: int = 90) -> int:
    return (rated(None, rating, TODAY, retention).due - TODAY).days


def test_the_surer_the_later():
    assert [away(rating) for rating in (AGAIN, HARD, GOOD, EASY)] == [1, 1, 2, 8]


def test_a_higher_share_comes_back_sooner():
    assert [away(EASY, retention) for retention in (80, 85, 90, 95)] == sorted(
        (away(EASY, retention) for retention in (80, 85, 90, 95)), reverse=True
    )
    assert away(EASY, 80) > away(EASY, 95)


def test_intervals_grow_with_each_good_answer_and_fall_after_a_wrong_one():
    memory, spans = rated(None, GOOD, TODAY, 90), []
    for _ in range(5):
        memory = rated(memory, GOOD, memory.due, 90)
        spans.append((memory.due - memory.last).days)
    assert spans == sorted(spans)
    assert spans[-1] > 10 * spans[0]
    wrong = rated(memory, AGAIN, memory.due, 90)
    assert (wrong.due - wrong.last).days < 10


def test_no_interval_is_longer_than_a_year():
    memory = rated(None, EASY, TODAY, 80)
    for _ in range(12):
        memory = rated(memory, EASY, memory.due, 80)
    assert (memory.due - memory.last).days == LONGEST


def test_a_journey_westward_cannot_turn_time_back():
    memory = rated(None, GOOD, TODAY, 90)
    again = rated(memory, GOOD, TODAY - timedelta(days=1), 90)
    assert again.last == TODAY
