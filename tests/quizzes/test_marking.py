"""What an answer is worth, for each kind of question."""

import pytest
from django.http import QueryDict

from lecture.quizzes import answers, marking
from lecture.quizzes.answers import Unanswered, folded
from lecture.quizzes.asked import Asked, ask
from lecture.quizzes.marking import Verdict, mark, points, rating
from lecture.quizzes.questions import Question, read
from tests.quizzes.samples import ALL, BELIEFS

BELIEF = ("it-mends-itself",)


@pytest.fixture
def known(serve) -> dict[str, Question]:
    return read(serve({"quizzes/all.toml": ALL, "misconceptions.toml": BELIEFS}))


@pytest.fixture
def asked(known):
    return lambda kind, seed=1: ask(known[f"q.{kind}"], seed)


@pytest.fixture
def answered(asked):
    def answered(kind: str, form: str, seed: int = 1) -> Verdict:
        put = asked(kind, seed)
        return mark(put, answers.read(put, QueryDict(form)))

    return answered


RIGHT = {
    "one": "answer=a",
    "several": "answer=c&answer=a",
    "claim": "answer=a",
    "match": "answer-a=0&answer-b=1&answer-c=0",
    "order": "place-a=1&place-b=2&place-c=3",
    "number": "answer=2920",
    "text": "answer=security-Group.",
    "find": "answer=3",
}
WRONG = {
    "one": ("answer=b", BELIEF),
    "several": ("answer=a&answer=b&answer=c", BELIEF),
    "claim": ("answer=c", BELIEF),
    "match": ("answer-a=0&answer-b=2&answer-c=0", BELIEF),
    "order": ("place-a=2&place-b=1&place-c=3", BELIEF),
    "number": ("answer=96", BELIEF),
    "text": ("answer=Network ACL", BELIEF),
    "find": ("answer=1", BELIEF),
}


def two_tasks(asked) -> int:
    """A seed under which the number question has two tasks."""
    return next(seed for seed in range(99) if asked("number", seed).names["tasks"] == 2)


@pytest.mark.parametrize("kind", RIGHT)
def test_a_right_answer_is_right(answered, asked, kind):
    verdict = answered(kind, RIGHT[kind], two_tasks(asked))
    assert (verdict.right, verdict.misconceptions) == (True, ())
    assert verdict.answer == marking.answer(asked(kind, two_tasks(asked))) or kind in ("match", "order")


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_answer_names_the_belief(answered, asked, kind):
    form, beliefs = WRONG[kind]
    verdict = answered(kind, form, two_tasks(asked))
    assert (verdict.right, verdict.misconceptions) == (False, beliefs)
    assert [slip.feedback for slip in verdict.slips] == ["It does not."]


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("several", "answer=a"),  # one is missing, none is wrong
        ("order", "place-a=1&place-b=3&place-c=2"),  # turned, and nobody foresaw it
        ("number", "answer=1000"),
        ("text", "answer=a moat"),
    ],
)
def test_what_nobody_foresaw_is_wrong_and_names_nothing(answered, asked, kind, form):
    verdict = answered(kind, form, two_tasks(asked))
    assert (verdict.right, verdict.misconceptions) == (False, ())


@pytest.mark.parametrize(
    ("kind", "form", "mend"),
    [
        ("one", "", "Choose one of the answers first."),
        ("one", "answer=z", "Choose one of the answers first."),
        ("several", "", "Choose at least one of the answers first."),
        ("several", "answer=a&answer=z", "Choose at least one of the answers first."),
        ("match", "answer-a=0", "Give each of them something from the list first."),
        ("match", "answer-a=0&answer-b=9&answer-c=0", "Give each of them something from the list first."),
        ("order", "place-a=1&place-b=1&place-c=2", "Give each step a place of its own, from 1 to 3."),
        ("order", "place-a=1&place-b=2&place-c=4", "Give each step a place of its own, from 1 to 3."),
        ("number", "answer=", "Write a number, such as 36.50."),
        ("number", "answer=many", "Write a number, such as 36.50."),
        ("number", "answer=nan", "Write a number, such as 36.50."),
        ("number", "answer=1e999", "Write a number, such as 36.50."),
        ("number", "answer=" + "9" * 300, "Write a number, such as 36.50."),
        ("text", "answer=+", "Write a word or two first."),
        ("text", "answer=" + "x" * 201, "A word or two are enough: at most 200 characters."),
        ("find", "answer=4", "Choose one of the lines first."),  # an empty line
        ("find", "answer=99", "Choose one of the lines first."),
    ],
)
def test_a_form_without_an_answer_says_what_to_do(answered, kind, form, mend):
    with pytest.raises(Unanswered) as told:
        answered(kind, form)
    assert str(told.value) == mend


@pytest.mark.parametrize("kind", RIGHT)
@pytest.mark.parametrize("given", ["zz", ["zz"], {"zz": "0"}, "9999999", [], {}])
def test_an_answer_of_another_question_is_refused(asked, kind, given):
    put = asked(kind)
    if kind == "number" and given == "9999999":
        return
    with pytest.raises(Unanswered, match="another question"):
        mark(put, given)


@pytest.mark.parametrize("typed", ["2,920", "$2920", " 2920.00 ", "2 920", "2.92e3", "2900", "2949"])
def test_a_number_is_read_as_people_write_it(answered, asked, typed):
    verdict = answered("number", f"answer={typed}", two_tasks(asked))
    assert verdict.right


@pytest.mark.parametrize("typed", ["2890", "2950", "-2920"])
def test_a_number_outside_the_tolerance_is_wrong(answered, asked, typed):
    assert not answered("number", f"answer={typed}", two_tasks(asked)).right


@pytest.mark.parametrize(
    ("one", "other"), [("Security Group", "the security-group."), ("SG", " sg "), ("RDS Proxy", "“rds  proxy”")]
)
def test_words_are_compared_by_what_they_say(one, other):
    assert folded(one) == folded(other)


def test_what_somebody_types_is_not_kept(asked):
    put = asked("text")
    kept = [answers.read(put, QueryDict(f"answer={typed}")) for typed in ("my secret", "sg", "nacl")]
    assert kept == ["other", "accepts.1", "wrong.0"]


def test_certainty_based_marks_are_those_of_gardner_medwin():
    assert [points(right, sure) for right in (True, False) for sure in (1, 2, 3)] == [1, 2, 3, 0, -2, -6]


def test_the_rating_comes_from_correctness_and_certainty():
    assert [rating(right, sure) for right in (True, False) for sure in (1, 2, 3)] == [2, 3, 4, 1, 1, 1]
    assert rating(True, 0) == 3


def test_the_same_seed_asks_the_same(asked):
    assert asked("match", 5) == asked("match", 5)
    assert {asked("several", seed).choices for seed in range(20)} > {asked("several", 5).choices}


def test_numbers_vary_with_the_seed_and_stand_in_the_text(asked):
    stems = {asked("number", seed).stem for seed in range(30)}
    assert stems == {f"{n} tasks at 2 an hour: what is a month?" for n in ("2", "3", "4.50")}
    assert asked("number", two_tasks(asked)).why == "730 × 2 × 2 = 2,920."


def test_an_order_is_never_asked_in_the_right_one(asked):
    assert not any([c.id for c in asked("order", seed).choices] == ["a", "b", "c"] for seed in range(200))


def test_a_claim_shows_verdict_and_reason(asked):
    assert {choice.text for choice in asked("claim").choices} == {"True: It drips", "True: It rusts", "False: It sings"}


def test_a_thing_on_the_right_stands_once(asked):
    put: Asked = asked("match")
    assert sorted(choice.text for choice in put.choices) == ["house", "room", "tent"]
