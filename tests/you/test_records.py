"""What was answered goes along: exported, taken in again, merged with what is there, and deleted."""

import json
import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from lecture.models import Answer, Attempt, Card, Learner, Reading
from tests.quizzes.samples import ALL, BELIEFS, ONE
from tests.quizzes.test_marking import WRONG
from tests.quizzes.test_taking import form

pytestmark = pytest.mark.django_db
QUIZ = "/quizzes/1-only/"
WHEN = datetime(2026, 11, 20, 8, tzinfo=UTC)
CARD = {"question": "q.one", "stability": 3.5, "difficulty": 5.0, "last": "2026-11-20", "due": "2026-11-24"}
CARD |= {"urgent": False, "reviews": 2}
ANSWER = {"once": "c:12345678", "source": "check", "question": "q.one", "seed": 7, "given": "a", "right": True}
ANSWER |= {"answered_at": "2026-11-20T08:00:00Z"}
REVIEW = ANSWER | {"once": "r:1:1", "source": "review", "recalled": True}


@pytest.fixture(autouse=True)
def course(serve):
    return serve({"quizzes/all.toml": ALL, "misconceptions.toml": BELIEFS})


@pytest.fixture
def busy(client) -> Learner:
    """Somebody who has read, checked, begun a quiz, reviewed, and chosen settings."""
    client.post("/parts/1-only/1-first/progress/", {"read": "yes"})
    client.post("/review/settings/", {"daily": "40", "retention": "95", "zone": "Asia/Tokyo"})
    client.post("/quizzes/questions/q.one/", form("answer=b", seed="5", once="abcdefgh"))
    client.post(QUIZ, {"length": "20", "mix": "all"})
    taken = Attempt.objects.get()
    for place, id in enumerate(taken.questions, 1):
        client.post(f"{QUIZ}{taken.key}/{place}/", form(WRONG[id[2:]][0], sure="3"))
    Card.objects.filter(question="q.claim").update(due=date(2020, 1, 5), last=date(2020, 1, 1))
    once = re.search(r'name="once" value="([^"]*)"', client.get("/review/next/").content.decode())[1]
    client.post("/review/next/", form("answer=a", sure="2", once=once))
    return Learner.objects.get()


def bring(client, data: bytes, expected: int = 302):
    response = client.post("/you/import/", {"file": SimpleUploadedFile("cloud-fundamentals.json", data)})
    assert response.status_code == expected
    return response


def file(**lists: object) -> bytes:
    whole = {"format": "cloud-fundamentals-learner", "version": 2, "exported_at": "2026-11-21T12:30:00Z"}
    return json.dumps(whole | lists).encode()


def export(client) -> dict[str, list[dict[str, object]]]:
    whole = json.loads(client.get("/you/export/").content)
    del whole["exported_at"]
    return whole


def table() -> list[object]:
    """Everything that is kept, of everybody."""
    rows = (Reading, Attempt, Answer, Card)
    return [list(model.objects.order_by("pk").values()) for model in (Learner, *rows)]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(strip_tags(html.split("<main")[1].split("</main>")[0])))


def test_the_export_holds_everything(client, busy):
    kept = export(client)
    assert kept["settings"] == {"zone": "Asia/Tokyo", "retention": 95, "daily": 40}
    assert [len(kept[name]) for name in ("read", "attempts", "answers", "cards")] == [1, 1, 10, 8]
    taken = Attempt.objects.get()
    assert kept["attempts"][0]["questions"] == taken.questions
    fields = {field.name for field in Answer._meta.fields} - {"id", "learner", "first"}
    assert set(kept["answers"][0]) == fields
    assert {row["attempt"] for row in kept["answers"]} == {None, taken.key}
    assert set(kept["cards"][0]) == {field.name for field in Card._meta.fields} - {"id", "learner"}
    assert busy.key not in json.dumps(kept)


def test_another_browser_goes_on_where_this_one_was(client, busy):
    other = Client()
    bring(other, client.get("/you/export/").content)
    assert export_without_reviews(other) == export_without_reviews(client)
    theirs = Learner.objects.latest("pk")
    assert (theirs.zone, theirs.retention, theirs.daily) == ("Asia/Tokyo", 95, 40)
    taken = theirs.attempts.get()
    assert taken.answers.count() == 8
    told = words(other.get(f"{QUIZ}{taken.key}/").content.decode())
    assert "0 of 8 right" in told


def export_without_reviews(client) -> dict[str, object]:
    """The export, but how answers of the review are named: cards have other numbers elsewhere."""
    whole = export(client)
    return whole | {"answers": [row | {"once": ""} if row["source"] == "review" else row for row in whole["answers"]]}


def test_what_comes_home_again_changes_nothing(client, busy):
    before = table()
    for _ in range(2):
        bring(client, client.get("/you/export/").content)
    assert table() == before


def test_a_journey_there_and_back_changes_nothing(client, busy):
    other, before = Client(), export(client)
    bring(other, client.get("/you/export/").content)
    bring(client, other.get("/you/export/").content)
    assert export(client) == before


def test_importing_twice_is_importing_once(client, busy):
    other, data = Client(), client.get("/you/export/").content
    bring(other, data)
    once = table()
    bring(other, data)
    assert table() == once


def test_what_is_there_first_stays(client, busy):
    key = Attempt.objects.get().key
    bring(
        client,
        file(
            settings={"zone": "Europe/Rome", "retention": 80, "daily": 5},
            attempts=[{"key": key, "quiz": "other", "seed": 1, "questions": ["q.one"], "begun_at": WHEN.isoformat()}],
            answers=[ANSWER | {"once": "c:abcdefgh", "question": "q.find"}],
        ),
    )
    busy.refresh_from_db()
    assert (busy.zone, busy.retention, busy.daily) == ("Asia/Tokyo", 95, 40)
    assert Attempt.objects.get().quiz == "1-only"
    assert Answer.objects.get(once="c:abcdefgh").question == "q.one"
    assert Answer.objects.count() == 10


@pytest.mark.parametrize(
    ("theirs", "stays"),
    [
        ({"last": "2026-11-19"}, True),
        ({"last": "2026-11-20", "reviews": 1}, True),
        ({"last": "2026-11-20"}, True),
        ({"last": "2026-11-20", "reviews": 3}, False),
        ({"last": "2026-11-21", "reviews": 1}, False),
    ],
)
def test_of_two_cards_the_one_reviewed_last_is_kept(client, busy, theirs, stays):
    Card.objects.filter(question="q.one").update(**CARD | {"last": date(2026, 11, 20), "due": date(2026, 11, 24)})
    before = Card.objects.filter(question="q.one").values().get()
    bring(client, file(cards=[CARD | theirs | {"stability": 9.5, "urgent": True}]))
    after = Card.objects.filter(question="q.one").values().get()
    assert (after == before) is stays
    assert (after["stability"], after["id"]) == ((3.5, before["id"]) if stays else (9.5, before["id"]))


def test_of_two_cards_in_a_file_the_one_reviewed_last_is_kept(client):
    bring(client, file(cards=[CARD | {"last": "2026-11-21"}, CARD | {"stability": 1.0}, CARD]))
    assert (Card.objects.get().last, Card.objects.get().stability) == (date(2026, 11, 21), 3.5)


def test_an_answer_from_elsewhere_is_never_taken_for_one_to_a_card_here(client, busy):
    mine = Card.objects.get(question="q.one")
    Card.objects.filter(pk=mine.pk).update(due=date(2020, 1, 5), last=date(2020, 1, 1))
    once = f"r:{mine.pk}:{mine.reviews}"
    bring(client, file(answers=[REVIEW | {"once": once, "question": "q.find", "given": "3"}]))
    client.post("/review/next/", form("answer=a", sure="2", once=once))
    assert Answer.objects.get(once=once).question == "q.one"
    assert Answer.objects.filter(question="q.find", source="review").count() == 1


def test_the_newest_answer_counts_however_late_it_came(client):
    bring(client, file(answers=[ANSWER]))
    bring(
        client, file(answers=[ANSWER | {"once": "c:87654321", "right": False, "answered_at": "2026-11-19T08:00:00Z"}])
    )
    assert [(s.answered, s.right) for s in client.get("/quizzes/").context["states"]] == [(1, 1)]


@pytest.mark.parametrize("zone", ["Mars/Olympus", ""])
def test_a_time_zone_that_nobody_knows_here_is_left_out(client, zone):
    bring(client, file(settings={"zone": zone}))
    assert Learner.objects.get().zone == ""


def test_an_old_file_is_still_taken(client):
    rows = [{"section": "1-only/1-first", "read_at": "2026-11-20T08:00:00Z"}]
    bring(client, file(version=1, read=rows))
    assert Reading.objects.get().section == "1-only/1-first"


def test_a_refused_file_changes_nothing(client, busy):
    before = table()
    html = bring(client, file(answers=[ANSWER, ANSWER | {"given": "two words"}]), 400).content.decode()
    assert "This is not an export of this course: answers.1.given" in html
    assert table() == before


GIVEN = ["a", "9", "NaN", "1E+999999", "accepts.7", "other", ["a"], {"a": "0"}]


@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_an_answer_that_its_question_does_not_have_is_shown_without_fault(client, given):
    questions = [f"q.{kind}" for kind in ("one", "several", "claim", "match", "order", "number", "text", "find")]
    taken = {"key": "abc", "quiz": "1-only", "seed": 3, "questions": questions, "begun_at": WHEN.isoformat()}
    rows = [
        ANSWER | {"question": id, "attempt": "abc", "once": f"q:abc:{at}", "source": "quiz", "given": given}
        for at, id in enumerate(questions, 1)
    ]
    bring(client, file(attempts=[taken], answers=rows))
    told = [words(client.get(f"{QUIZ}abc/{at}/").content.decode()) for at in range(1, 9)]
    changed = ["The question has changed since you answered it." in one for one in told]
    assert all("Right" in one for one, gone in zip(told, changed, strict=True) if gone)
    assert sum(changed) >= 5
    assert "of 8 right" in words(client.get(f"{QUIZ}abc/").content.decode())


def test_ten_thousand_answers_are_taken_in_few_queries(client, django_assert_max_num_queries):
    answers = [ANSWER | {"once": f"c:{at:08}", "answered_at": f"2026-11-20T08:00:00.{at:06}Z"} for at in range(10_000)]
    data = file(answers=answers, cards=[CARD | {"question": f"q.{at}"} for at in range(250)])
    assert len(data) > 1_100_000
    with django_assert_max_num_queries(150):
        bring(client, data)
    assert (Answer.objects.count(), Card.objects.count()) == (10_000, 250)
    with django_assert_max_num_queries(6):
        client.get("/you/export/")


def test_deleting_takes_everything(client, busy):
    client.post("/you/delete/")
    assert table() == [[], [], [], [], []]


def test_the_page_says_what_is_kept_and_how_far_one_is(client, busy, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):  # the learner twice, readings, three counts, the last answers
        html = client.get("/you/").content.decode()
    told = words(html)
    assert "10 answers, 1 quiz begun, and 8 cards that come back in the review." in told
    assert "time zone Asia/Tokyo; at most 40 cards a day; 95 % are to be still known." in told
    row = re.search(r'<th scope="row"><a href="/quizzes/1-only/">(.*?)</a></th><td class="num">(.*?)</td>', html)
    assert row.groups() == ("1 Only part", "8 of 8")


def test_who_has_only_read_sees_no_empty_table(client):
    client.post("/parts/1-only/1-first/progress/", {"read": "yes"})
    told = words(client.get("/you/").content.decode())
    assert "Your answers" not in told
    assert "time zone" not in told.split("Take it along")[0] or "in UTC" in told


def test_a_course_without_questions_says_nothing_of_them(client, serve, course):
    (course / "quizzes" / "all.toml").unlink()
    serve()
    client.post("/parts/1-only/1-first/progress/", {"read": "yes"})
    assert "cards" not in words(client.get("/you/").content.decode())
    assert "Answers" not in words(client.get("/about/privacy/").content.decode())


def test_words_that_are_typed_are_nowhere_in_the_file(client):
    client.post("/quizzes/questions/q.text/", form("answer=my%20secret", seed="5", once="abcdefgh"))
    client.post("/quizzes/questions/q.text/", form("answer=my secret", seed="5", once="abcdefgi"))
    kept = client.get("/you/export/").content.decode()
    assert "secret" not in kept
    assert [row["given"] for row in json.loads(kept)["answers"]] == ["other", "other"]


def test_an_answer_to_a_question_that_was_taken_out_is_kept(client, busy, serve):
    serve({"quizzes/all.toml": ONE, "misconceptions.toml": BELIEFS})
    assert len(export(client)["answers"]) == 10
    other = Client()
    bring(other, client.get("/you/export/").content)
    assert Learner.objects.latest("pk").answers.count() == 10


def test_a_token_is_asked_for_before_a_file_is_taken(client, busy):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    before = table()
    bring(strict, file(answers=[ANSWER]), 403)
    assert table() == before
