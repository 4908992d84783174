"""/quizzes/statistics/: from what learners answer to what an instructor reads."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from lecture.models import Answer, Learner
from lecture.quizzes.pools import everything
from tests.quizzes.samples import ALL, BELIEFS

PAGE, TABLE = "/quizzes/statistics/", "/quizzes/statistics/csv/"
CHECK = "/quizzes/questions/q.one/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def course(serve):
    return serve({"quizzes/all.toml": ALL, "misconceptions.toml": BELIEFS})


@pytest.fixture
def ada(settings) -> Client:
    """An instructor, on a site that others reach."""
    settings.PURELY_LOCAL = False
    client = Client()
    client.force_login(User.objects.create_user("ada"))
    return client


def words(response) -> str:
    html = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def check(client: Client, given: str, once: str = "12345678") -> None:
    client.post(CHECK, {"answer": given, "seed": "1", "once": once})


def given(*answers: str, at: datetime | None = None, id: str = "q.one", certainty: int = 3) -> None:
    """Answers of as many learners, a being right."""
    at = at or datetime(2026, 9, 1, 10, tzinfo=UTC)
    for number, one in enumerate(answers):
        learner = Learner.objects.create(key=f"{Learner.objects.count()}")
        Answer.objects.create(
            learner=learner, once="o", source="quiz", question=id, seed=1, given=one, right=one == "a", first=True,
            certainty=certainty, misconceptions=[] if one == "a" else ["it-mends-itself"],
            answered_at=at + timedelta(minutes=number),
        )  # fmt: skip


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("address", [PAGE, TABLE, f"{PAGE}?quiz=1-only"])
def test_only_instructors_come_in(client, settings, address):
    settings.PURELY_LOCAL = False
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith(f"/sign-in/?next={address.split('?')[0]}")


def test_where_nobody_has_answered_it_says_so(ada):
    told = words(ada.get(PAGE))
    assert "No question has 5 first answers yet." in told
    assert "No question has 5 first answers in these days." in words(ada.get(PAGE, {"from": "2026-01-01"}))


def test_what_learners_answer_is_what_an_instructor_reads(ada):
    """Through the site: a self-check each, answered once more by some, reviewed by none."""
    visitors = [Client() for _ in range(5)]
    for visitor, one in zip(visitors, "aaabb", strict=True):
        check(visitor, one)
    for number, visitor in enumerate(visitors):
        check(visitor, "b", once=f"again-{number}-again")
    assert Answer.objects.filter(first=True).count() == 5
    told = words(ada.get(PAGE, {"quiz": "1-only"}))
    assert "5 first answers to 1 question." in told
    assert "60 % of 5 right" in told


def test_a_quiz_and_a_self_check_share_one_first_answer(client):
    check(client, "a")
    client.post("/quizzes/1-only/", {"length": "10", "mix": "all"})
    learner = Learner.objects.get()
    taken = learner.attempts.get()
    place = taken.questions.index("q.one") + 1
    client.post(f"/quizzes/1-only/{taken.key}/{place}/", {"answer": "b", "sure": "3"})
    assert list(learner.answers.order_by("pk").values_list("source", "first")) == [("check", True), ("quiz", False)]


def test_what_somebody_imports_does_not_count(client):
    check(client, "a")
    file = client.get("/you/export/").content
    other = Client()
    other.post("/you/import/", {"file": SimpleUploadedFile("x.json", file)})
    check(other, "b")
    assert list(Answer.objects.order_by("pk").values_list("given", "first"))[:1] == [("a", True)]
    assert Answer.objects.filter(first=True).count() == 1


def test_answers_from_before_this_was_counted_are_marked():
    given("a", "b")
    learner = Learner.objects.first()
    Answer.objects.create(learner=learner, once="r", source="review", question="q.one", seed=1, given="a", right=True)
    Answer.objects.create(learner=learner, once="c", source="check", question="q.one", seed=1, given="b", right=False)
    Answer.objects.create(learner=learner, once="d", source="review", question="q.two", seed=1, given="b", right=False)
    Answer.objects.update(first=False)
    import_module("lecture.migrations.0003_instructors_and_first_answers").mark_first(apps, None)
    assert list(Answer.objects.filter(first=True).values_list("once", flat=True)) == ["o", "o"]


def test_the_overview_has_quizzes_beliefs_and_what_is_worth_a_look(ada):
    given(*"aaabbbbbbb")
    told = words(ada.get(PAGE))
    assert "10 first answers to 1 question." in told
    assert "What? 30 % right: a wrong answer is chosen more often than the right one." in told
    assert "“A tap mends itself if one waits” 70 %: 7 of 10 answers" in told
    assert "Quiz by quiz Quiz Questions Answers Right, % Only part 1 10 30" in told


def test_a_quiz_is_shown_question_by_question(ada):
    given(*"aaabbbbbbb")
    response = ada.get(PAGE, {"quiz": "1-only"})
    told = words(response)
    assert "What? 30 % of 10 right · 100 % of the wrong were certain" in told
    assert "Nobody A tap mends itself if one waits 70 % 7" in told
    assert "Quiz by quiz" not in told


def test_a_wrong_answer_of_four_has_no_number_anywhere(ada):
    given(*"aaaaaabbbb")
    told = words(ada.get(PAGE, {"quiz": "1-only"}))
    assert "Nobody A tap mends itself if one waits fewer than 5" in told
    assert "What is believed" not in told.split("How this is counted")[0]
    assert [row[-2:] for row in lines(ada.get(TABLE))[1:]] == [["fewer than 5", ""]]


def test_four_learners_are_not_shown(ada):
    given(*"aabb")
    assert "No question has 5 first answers yet." in words(ada.get(PAGE))
    assert len(lines(ada.get(TABLE))) == 1


def test_nothing_names_a_learner(ada):
    given(*"aaabbbbbbb")
    keys = Learner.objects.values_list("key", flat=True)
    Learner.objects.filter(key=keys[0]).update(key="the-secret-key")
    for address in (PAGE, f"{PAGE}?quiz=1-only", TABLE):
        assert "the-secret-key" not in ada.get(address).content.decode()


def test_a_term_is_a_range_of_days(ada):
    given(*"aaaaa", at=datetime(2026, 9, 1, 10, tzinfo=UTC))
    given(*"bbbbb", at=datetime(2026, 12, 20, 23, 30, tzinfo=UTC))
    asked = {"quiz": "1-only"}
    assert "50 % of 10 right" in words(ada.get(PAGE, asked))
    assert "100 % of 5 right" in words(ada.get(PAGE, {**asked, "from": "2026-09-01", "to": "2026-12-19"}))
    assert "0 % of 5 right" in words(ada.get(PAGE, {**asked, "from": "2026-09-02", "to": "2026-12-20"}))
    assert "in these days" in words(ada.get(PAGE, {**asked, "from": "2026-10-01", "to": "2026-10-01"}))


@pytest.mark.parametrize(
    ("query", "mend"),
    [
        ({"from": "yesterday"}, "The first day is none. Write year, month and day, such as 2026-09-01."),
        ({"to": "2026-02-30"}, "The last day is none. Write year, month and day, such as 2026-09-01."),
        ({"to": "9999-12-31"}, "The last day is none."),
        ({"from": "0001-01-01"}, "The first day is none."),
        ({"from": "2026-09-01\0"}, "The first day is none."),
        ({"from": "١٢٣٤-٠١-٠١"}, "The first day is none."),
        ({"from": "2" * 5000}, "The first day is none."),
        ({"from": "2026-12-01", "to": "2026-09-01"}, "The first day is after the last. Turn them round."),
        ({"quiz": "gone"}, "There is no quiz of that name. Choose one from the list."),
        ({"quiz": "<script>"}, "There is no quiz of that name."),
    ],
)
def test_what_cannot_be_read_is_told_and_shown_again(ada, query, mend):
    given(*"aaaaa")
    response = ada.get(PAGE, query)
    assert response.status_code == 400
    assert mend in words(response)
    assert "100 %" not in words(response)
    table = ada.get(TABLE, query)
    assert (table.status_code, table["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert table.content.decode().startswith(mend)


def test_what_was_typed_stands_in_the_form_again(ada):
    html = ada.get(PAGE, {"from": "soon", "to": "2026-09-01", "quiz": "1-only"}).content.decode()
    assert re.findall(r'name="(?:from|to)" value="([^"]*)"', html) == ["soon", "2026-09-01"]
    assert '<option value="1-only" selected>' in html


def test_the_table_is_the_page_s(ada):
    given(*"aaabbbbbbb")
    response = ada.get(TABLE, {"quiz": "1-only", "from": "2026-09-01", "to": "2026-09-30"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    name = 'attachment; filename="statistics-1-only-2026-09-01-2026-09-30.csv"'
    assert response["Content-Disposition"] == name
    assert [len(row) for row in lines(response)] == [14, 14]
    assert lines(response)[1] == [
        "1-only", "1-only/1-first", "q.one", "one", "What?", "10", "30", "", "100", "b", "Nobody", "it-mends-itself",
        "7", "70",
    ]  # fmt: skip
    link = re.search(r'href="(/quizzes/statistics/csv/[^"]*)"', ada.get(PAGE, {"quiz": "1-only"}).content.decode())
    assert link[1] == f"{TABLE}?quiz=1-only"


def test_every_kind_of_question_is_shown(ada):
    wrong = {"q.several": ["b"], "q.claim": "b", "q.match": {"a": "1", "b": "0", "c": "1"}, "q.order": ["b", "a", "c"],
             "q.number": "5", "q.text": "wrong.0", "q.find": "5"}  # fmt: skip
    for id, one in wrong.items():
        given(*[one] * 5, id=id)
    told = words(ada.get(PAGE, {"quiz": "1-only"}))
    assert told.count("0 % of 5 right") == len(wrong)
    for text in ("left out: You", "“EC2” not with “house”", "“push” before “build”", "line 5: image"):
        assert text in told


def test_a_question_that_left_the_course_is_left_out(ada, serve):
    given(*"aaaaa")
    given(*"bbbbb", id="q.gone")
    assert "5 first answers to 1 question." in words(ada.get(PAGE))


def test_it_takes_few_queries(ada, django_assert_max_num_queries):
    for id in everything():
        given(*"aaaaabb", id=id)
    with django_assert_max_num_queries(4):  # session, user, tallies, and the batches that are not full
        ada.get(PAGE)
