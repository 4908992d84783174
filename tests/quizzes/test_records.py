"""What answers leave behind: kept once, scheduled, chosen from; never more queries for more of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict

from lecture.models import Answer, Attempt, Card, Learner
from lecture.quizzes import answers, records
from lecture.quizzes.asked import ask
from lecture.quizzes.marking import mark
from lecture.quizzes.pools import choose, everything, pool, quizzes
from tests.quizzes.samples import ALL, BELIEFS

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def course(serve):
    return serve({"quizzes/all.toml": ALL, "misconceptions.toml": BELIEFS})


@pytest.fixture
def learner() -> Learner:
    return Learner.objects.create(key="k")


@pytest.fixture
def keep(learner):
    def keep(form: str = "answer=a", once: str = "1", sure: int = 2, source: str = "quiz", now=NOW, id: str = "q.one"):
        put = ask(everything()[id], 1)
        given = answers.read(put, QueryDict(form))
        return records.keep(learner, put, given, mark(put, given), source=source, once=once, certainty=sure, now=now)

    return keep


def test_an_answer_is_kept_with_what_it_shows(keep, learner):
    kept = keep("answer=b", sure=3)
    answer = Answer.objects.get()
    assert (kept.before, answer.question, answer.given, answer.right) == (False, "q.one", "b", False)
    assert (answer.certainty, answer.misconceptions, answer.recalled) == (3, ["it-mends-itself"], None)
    card = Card.objects.get()
    assert (card.urgent, card.last, card.due, card.reviews) == (True, NOW.date(), NOW.date() + timedelta(days=1), 1)


def test_a_second_answer_changes_nothing_and_the_first_is_told(keep):
    keep("answer=b")
    again = keep("answer=a")
    assert (again.before, again.answer.given, again.answer.right) == (True, "b", False)
    assert (Answer.objects.count(), Card.objects.get().reviews) == (1, 1)


def test_right_answers_of_one_day_move_a_card_once(keep):
    keep(once="1")
    keep(once="2", sure=3)
    assert (Answer.objects.count(), Card.objects.get().reviews) == (2, 1)


def test_a_wrong_answer_of_the_same_day_brings_the_card_back(keep):
    keep(once="1", sure=3)
    far = Card.objects.get().due
    keep("answer=b", once="2")
    assert Card.objects.get().due < far


def test_what_was_due_notes_whether_it_was_still_known(keep):
    keep(once="1")
    later = NOW + timedelta(days=9)
    assert keep("answer=a", once="2", source="review", now=later).answer.recalled is True
    assert keep("answer=b", once="3", source="review", now=later).answer.recalled is None  # no longer due
    assert keep("answer=b", once="4", source="quiz", now=later + timedelta(days=99)).answer.recalled is None


def test_the_queue_has_certain_mistakes_first_then_the_oldest(keep, learner):
    keep("answer=a", once="1", now=NOW - timedelta(days=9))
    keep("answer=c&answer=a", once="2", id="q.several", now=NOW - timedelta(days=20))
    keep("answer=b", once="3", id="q.claim", sure=3, now=NOW - timedelta(days=1))
    queue = records.due(learner, everything(), NOW)
    assert [card.question for card in queue] == ["q.claim", "q.several", "q.one"]


def test_the_queue_ends_at_the_daily_limit(keep, learner):
    for number, id in enumerate(("q.one", "q.claim")):
        keep("answer=a", once=str(number), id=id, now=NOW - timedelta(days=9))
    learner.daily = 1
    assert len(records.due(learner, everything(), NOW)) == 1
    keep("answer=a", once="r", source="review")
    assert records.due(learner, everything(), NOW) == []
    assert len(records.due(learner, everything(), NOW + timedelta(days=1))) == 1


def test_a_card_of_a_question_that_has_gone_waits_outside_the_queue(keep, learner):
    keep(now=NOW - timedelta(days=9))
    long_ago = NOW.date() - timedelta(days=99)
    Card.objects.create(learner=learner, question="gone", stability=1, difficulty=5, last=long_ago, due=long_ago)
    assert [card.question for card in records.due(learner, everything(), NOW)] == ["q.one"]
    assert Card.objects.count() == 2


@pytest.mark.parametrize("cards", [1, 2000])
def test_answering_costs_the_same_whatever_is_there(keep, learner, cards, django_assert_max_num_queries):
    Card.objects.bulk_create(
        Card(learner=learner, question=f"x{n}", stability=1, difficulty=5, last=NOW.date(), due=NOW.date())
        for n in range(cards)
    )
    with django_assert_max_num_queries(5):  # two of them open and close the savepoint that a test has
        keep()


def test_an_attempt_holds_its_questions_in_order(learner):
    taken = records.begin(learner, quizzes()["1-only"], "all", 5)
    assert len(taken.questions) == 5
    assert set(taken.questions) <= set(pool(quizzes()["1-only"]))
    assert Attempt.objects.get().questions == taken.questions


def test_the_mix_is_what_was_asked_for(keep, learner):
    keep("answer=b", once="1")
    keep("answer=a", once="2", id="q.claim")
    quiz = quizzes()["1-only"]
    assert records.begin(learner, quiz, "wrong", 10).questions == ["q.one"]
    fresh = records.begin(learner, quiz, "fresh", 20).questions
    assert sorted(fresh) == sorted(set(everything()) - {"q.one", "q.claim"})


def test_nothing_to_ask_is_no_attempt(learner):
    assert records.begin(learner, quizzes()["1-only"], "wrong", 10) is None
    assert Attempt.objects.count() == 0


def test_the_last_answer_counts(keep, learner):
    keep("answer=b", once="1", now=NOW - timedelta(days=1))
    keep("answer=a", once="2")
    assert records.last(learner, everything()) == {"q.one": True}


def test_questions_of_a_scenario_stay_together_and_in_order():
    known = {f"q{n}": everything()["q.one"].model_copy(update={"id": f"q{n}"}) for n in range(9)}
    for n in (4, 5, 6):
        known[f"q{n}"] = known[f"q{n}"].model_copy(update={"scenario": "s"})
    for seed in range(50):
        chosen = choose(known, {}, "all", 9, seed)
        at = chosen.index("q4")
        assert chosen[at : at + 3] == ["q4", "q5", "q6"]
        assert sorted(chosen) == sorted(known)


def test_made_questions_are_a_quarter_at_most_while_there_are_written_ones():
    one = everything()["q.one"]
    ids = [f"{kind}{n}" for kind in ("q", "made.word.") for n in range(30)]
    known = {id: one.model_copy(update={"id": id}) for id in ids}
    for seed in range(20):
        chosen = choose(known, {}, "all", 20, seed)
        assert len(chosen) == 20
        assert sum(id.startswith("made.") for id in chosen) <= 5
    assert len(choose({id: one for id in known if id.startswith("made.")}, {}, "all", 10, 1)) == 10


def test_the_tables_find_their_way_by_an_index(learner):
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            pytest.skip("SQLite's own words")
        query = learner.cards.filter(due__lte=NOW.date()).order_by("-urgent", "due", "pk")[:20].query
        cursor.execute(f"EXPLAIN QUERY PLAN {query}".replace("2026-11-21", "'2026-11-21'"))
        assert "card_due" in str(cursor.fetchall())
