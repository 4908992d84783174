"""First answers as the database tallies them: in fives, by days, never the review."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from lecture.models import Answer, Learner
from lecture.quizzes.statistics import Item, items
from lecture.quizzes.tallies import tallies
from tests.quizzes.samples import ONE, option
from tests.quizzes.test_statistics import question

DAY = datetime(2026, 9, 1, 10, tzinfo=UTC)
KNOWN = {id: question(ONE).model_copy(update={"id": id}) for id in ("x", "y", *(f"z{n}" for n in range(8)))}
pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> Callable[[], Learner]:
    def make() -> Learner:
        return Learner.objects.create(key=str(Learner.objects.count()))

    return make


@pytest.fixture
def answer(learner):
    def answer(given="a", at=DAY, who=None, question="x", first=True, **more) -> Learner:
        who = who or learner()
        Answer.objects.create(
            learner=who, once=f"{question}:{Answer.objects.count()}", question=question, seed=1, given=given,
            misconceptions=[] if given == "a" else ["it-mends-itself"], first=first, answered_at=at,
            **{"source": "quiz", "certainty": 2, "right": given == "a"} | more,
        )  # fmt: skip
        return who

    return answer


def told(start=None, end=None, known=KNOWN) -> dict[str, Item]:
    return {one.question.id: one for one in items(known, tallies(list(known), start, end))}


def numbers(start=None, end=None) -> tuple[int, int]:
    """Answers and percent right of x."""
    found = told(start, end).get("x")
    return (found.answers, found.right) if found else (0, 0)


def test_it_works(answer):
    for given in "aaabbbbbbb":
        answer(given)
    found = told()["x"]
    assert (found.answers, found.right, found.chosen[0].count) == (10, 30, 7)


def test_only_first_answers_count(answer):
    for given in "aaabb":
        who = answer(given)
        answer("b", who=who, first=False)
        answer("b", who=who, first=False, source="review")
    assert numbers() == (5, 60)


def test_answers_count_in_fives_in_the_order_in_which_they_came(answer):
    shown = []
    for number, given in enumerate("aaabbbbbbbaaaaa"):
        answer(given, DAY + timedelta(minutes=number))
        shown.append(numbers())
    assert shown == [(0, 0)] * 4 + [(5, 60)] * 5 + [(10, 30)] * 5 + [(15, 53)]


def test_the_order_is_that_of_time_and_not_of_the_table(answer):
    for number, given in enumerate("bbbaaaaa"):
        answer(given, DAY - timedelta(minutes=number))
    assert numbers() == (5, 100)


def test_answers_of_one_moment_are_ordered_all_the_same(answer):
    for given in "aaaaabb":
        answer(given)
    assert numbers() == (5, 100)


def days(answer, *rows: str) -> None:
    """A row of answers for each day from DAY on."""
    for day, row in enumerate(rows):
        for number, given in enumerate(row):
            answer(given, DAY + timedelta(days=day, minutes=number))


def on(day: int) -> datetime:
    """Midnight before that day."""
    return DAY.replace(hour=0) + timedelta(days=day)


def test_a_batch_counts_on_the_day_of_its_last_answer(answer):
    days(answer, "aaaaabb", "bbbaa", "a")
    assert [numbers(on(day), on(day + 1)) for day in range(3)] == [(5, 100), (5, 0), (0, 0)]
    assert (numbers(on(0), on(3)), numbers(None, on(1)), numbers(on(1), None)) == ((10, 50), (5, 100), (5, 0))


def test_two_ranges_never_differ_by_fewer_than_five(answer):
    """Whatever two days one chooses, what lies between them is whole batches."""
    days(answer, "abaab", "b", "abba", "", "aabbab", "a", "b", "aaaa", "bb")
    edges = [None, *map(on, range(10))]
    counts = {(start, end): numbers(start, end)[0] for start in edges[:6] for end in edges[6:]}
    assert {count % 5 for count in counts.values()} == {0}
    for day in range(9):
        parts = numbers(None, on(day))[0] + numbers(on(day), None)[0]
        assert parts == numbers()[0] == 20


def test_each_question_has_batches_of_its_own(answer):
    for given in "aaaab":
        who = answer(given)
        answer("b", who=who, question="y")
    answer("b", question="y")
    found = told()
    assert {id: (one.answers, one.right) for id, one in found.items()} == {"x": (5, 80), "y": (5, 0)}


def test_a_question_that_is_not_asked_about_is_not_told(answer):
    for _ in range(5):
        answer(question="y")
    assert told(known={"x": KNOWN["x"]}) == {}
    assert list(tallies([], None, None)) == []


def test_whoever_deletes_what_is_kept_leaves_the_numbers(answer):
    for given in "aaaab":
        who = answer(given)
    who.delete()
    assert numbers() == (0, 0)


def test_the_others_of_a_learner_tell_apart(answer, learner):
    """Twelve know everything, twelve know nothing but z0; x follows what they know, y does not."""
    for number in range(24):
        who, knows = learner(), number % 2 == 0
        answer("a" if knows else "b", who=who)
        answer("a" if number % 4 < 2 else "b", who=who, question="y")
        for other in range(5):
            answer("a" if knows or other == 0 else "b", who=who, question=f"z{other}")
    found = told()
    assert (found["x"].apart, found["y"].apart, found["z0"].apart) == (1.0, 0.0, None)


def test_whoever_answered_little_else_tells_nothing(answer, learner):
    for number in range(24):
        who = learner()
        for id in ("x", "z0", "z1", "z2", "z3"):
            answer("ab"[number % 2], who=who, question=id)
    assert told()["x"].apart is None


@pytest.mark.parametrize("learners", [5, 40])
def test_it_takes_two_queries_whatever_is_there(answer, learners, django_assert_max_num_queries):
    for _ in range(learners + 2):
        who = answer()
        answer("b", who=who, question="y")
    with django_assert_max_num_queries(2):
        assert told()["x"].answers == learners
    with django_assert_max_num_queries(3):
        told(on(0), on(1))


def test_more_questions_than_a_union_takes_are_asked_about_in_parts(answer, learner):
    known = {f"q{n}": question(ONE).model_copy(update={"id": f"q{n}"}) for n in range(230)}
    for _ in range(6):
        who = learner()
        Answer.objects.bulk_create(
            Answer(learner=who, once=id, question=id, seed=1, given="a", right=True, first=True, source="check")
            for id in known
        )
    assert {one.answers for one in told(known=known).values()} == {5}


def test_every_form_of_an_answer_comes_back_as_it_was_given(answer):
    text = '[[question]]\nid = "x"\nkind = "several"\nsection = "1-only/1-first"\nstem = "What?"\nwhy = "Because."\n'
    several = question(text + option("a", "You", right=True) + option("b", "Nobody"))
    for given in (["a"], *[["a", "b"]] * 2, *[["b"]] * 7):
        answer(given, right=given == ["a"])
    found = told(known={"x": several})["x"]
    assert {one.wrong.key: one.count for one in found.chosen} == {"-a": 7, "b": 9}
