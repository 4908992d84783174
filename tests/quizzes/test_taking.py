"""A quiz from its first page to its last, without JavaScript and with htmx; wrong turns lose nothing."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from lecture.models import Answer, Attempt, Card, Learner
from lecture.quizzes.pools import pool, quizzes
from tests.quizzes.samples import ALL, BELIEFS, ONE
from tests.quizzes.test_marking import RIGHT, WRONG

pytestmark = pytest.mark.django_db
QUIZ = "/quizzes/1-only/"
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture(autouse=True)
def course(serve):
    return serve({"quizzes/all.toml": ALL, "misconceptions.toml": BELIEFS})


@pytest.fixture
def taken(client) -> Attempt:
    client.post(QUIZ, {"length": "20", "mix": "all"})
    return Attempt.objects.get()


@pytest.fixture
def place(taken):
    """The address of a question of a kind."""
    return lambda kind: f"{QUIZ}{taken.key}/{taken.questions.index(f'q.{kind}') + 1}/"


def form(text: str, **more: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in text.split("&"):
        name, _, value = pair.partition("=")
        found.setdefault(name, []).append(value)
    return found | {name: [value] for name, value in more.items()}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(strip_tags(html.split("<main")[1].split("</main>")[0])))


def test_the_shelf_lists_every_quiz_and_is_the_same_for_a_stranger(client):
    html = client.get("/quizzes/").content.decode()
    assert 'href="/quizzes/1-only/"' in html
    assert "8 questions" in words(html)
    assert Learner.objects.count() == 0


def test_a_quiz_begins_with_length_and_mix(client):
    html = client.get(QUIZ).content.decode()
    assert re.findall(r'name="length" value="(\d+)"', html) == ["5", "10", "20"]
    assert re.findall(r'name="mix" value="(\w+)"', html) == ["fresh", "wrong", "all"]
    response = client.post(QUIZ, {"length": "5", "mix": "fresh"})
    taken = Attempt.objects.get()
    assert (response.status_code, response.url) == (302, f"{QUIZ}{taken.key}/")
    assert client.get(response.url).url == f"{QUIZ}{taken.key}/1/"
    assert len(taken.questions) == 5


@pytest.mark.parametrize("data", [{}, {"length": "7", "mix": "all"}, {"length": "5", "mix": "none"}, {"length": "-1"}])
def test_a_wrong_choice_is_told_and_begins_nothing(client, data):
    response = client.post(QUIZ, data)
    assert response.status_code == 400
    assert "Choose a length and a mix from the lists." in words(response.content.decode())
    assert Attempt.objects.count() == 0


def test_where_nothing_is_left_it_says_so(client):
    response = client.post(QUIZ, {"length": "5", "mix": "wrong"})
    assert (response.status_code, Attempt.objects.count()) == (200, 0)
    assert "Nothing was wrong last time." in words(response.content.decode())


def test_the_right_answer_is_not_in_the_page_before_it_is_given(client, place):
    for kind in RIGHT:
        html = client.get(place(kind)).content.decode().split("<main")[1].split("</main>")[0]
        for secret in ("right", "Because", "It does not", "mends itself", "2,920"):
            assert secret not in html, (kind, secret)


@pytest.mark.parametrize("kind", [kind for kind in RIGHT if kind != "number"])
@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_told_with_its_reason(client, place, kind, right):
    given = RIGHT[kind] if right else WRONG[kind][0]
    response = client.post(place(kind), form(given, sure="3"))
    assert (response.status_code, response.url) == (302, place(kind))
    told = words(client.get(place(kind)).content.decode())
    assert "Because." in told
    if right:
        assert "Right 3 points for being right and certain." in told.replace("Because. ", "")
    else:
        assert "The idea behind your answer: “A tap mends itself if one waits”." in told
        assert "You were certain, so this one returns first." in told
    assert Answer.objects.get().right is right


def test_with_htmx_the_verdict_comes_alone(client, place):
    response = client.post(place("one"), form("answer=b", sure="1"), **HTMX)
    html = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in html
    assert "No point lost: you said that you were guessing." in unescape(strip_tags(html))


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        ("sure=2", "Choose one of the answers first."),
        ("answer=z&sure=2", "Choose one of the answers first."),
        ("answer=a", "Say how sure you are"),
        ("answer=a&sure=9", "Say how sure you are"),
        ("answer=a&sure=certain", "Say how sure you are"),
    ],
)
@pytest.mark.parametrize("extra", [{}, HTMX])
def test_half_an_answer_is_asked_for_the_rest_and_keeps_what_was_said(client, place, data, mend, extra):
    html = client.post(place("one"), form(data), **extra).content.decode()
    assert mend in unescape(strip_tags(html))
    assert ('value="a" checked' in html) == data.startswith("answer=a")
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("extra", [{}, HTMX])
def test_a_second_answer_finds_the_first(client, place, extra):
    client.post(place("one"), form("answer=b", sure="2"))
    client.post(place("one"), form("answer=a", sure="3"), **extra)
    assert Answer.objects.get().given == "b"
    html = client.get(place("one")).content.decode()
    assert "Your answer" in words(html)
    if extra:
        told = client.post(place("one"), form("answer=a", sure="3"), **extra).content.decode()
        assert "You had answered this one already." in unescape(strip_tags(told))


def test_a_quiz_can_be_left_and_resumed(client, taken):
    client.post(f"{QUIZ}{taken.key}/1/", form(RIGHT[taken.questions[0][2:]], sure="2"))
    assert client.get(f"{QUIZ}{taken.key}/").url == f"{QUIZ}{taken.key}/2/"
    assert "You left a quiz half way: 1 of 8 answered." in words(client.get(QUIZ).content.decode())


@pytest.fixture
def finished(client, taken) -> Attempt:
    """Every question answered, the first two wrongly and with certainty."""
    for number, id in enumerate(taken.questions, 1):
        kind = id[2:]
        wrong = number <= 2
        given = WRONG[kind][0] if wrong else RIGHT[kind]
        if kind == "number" and not wrong:
            given = "answer=1"
        client.post(f"{QUIZ}{taken.key}/{number}/", form(given, sure="3" if wrong else "2"))
    return taken


def test_the_end_says_what_the_quiz_showed(client, finished):
    told = words(client.get(f"{QUIZ}{finished.key}/").content.decode())
    right = Answer.objects.filter(right=True).count()
    assert f"{right} of 8 right" in told
    assert "You were certain and wrong 2 times." in told
    assert "“A tap mends itself if one waits.”" in told
    assert "Worth reading again" in told
    assert re.search("Certain ?0 of 2 ?−12", told)


def test_again_asks_what_was_wrong_and_only_that(client, finished):
    wrong = set(Answer.objects.filter(right=False).values_list("question", flat=True))
    response = client.post(f"{QUIZ}{finished.key}/again/")
    fresh = Attempt.objects.latest("pk")
    assert response.url == f"{QUIZ}{fresh.key}/"
    assert set(fresh.questions) == wrong


def test_every_answer_becomes_a_card(client, finished):
    assert set(Card.objects.values_list("question", flat=True)) == set(pool(quizzes()["1-only"]))


def test_a_question_that_has_gone_is_passed_over_and_nothing_is_lost(client, finished, serve):
    serve({"quizzes/all.toml": ONE, "misconceptions.toml": BELIEFS})
    end = words(client.get(f"{QUIZ}{finished.key}/").content.decode())
    assert "7 questions left the course since you began, and count for nothing." in end
    gone = finished.questions.index("q.find") + 1
    told = words(client.get(f"{QUIZ}{finished.key}/{gone}/").content.decode())
    assert "This question has left the course" in told
    assert Answer.objects.count() == 8


@pytest.mark.parametrize("address", ["/quizzes/gone/", f"{QUIZ}nokey/", f"{QUIZ}nokey/1/", "/quizzes/questions/gone/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", ["0", "9", "999999999999"])
def test_a_place_that_the_quiz_does_not_have_leads_back(client, taken, number):
    response = client.get(f"{QUIZ}{taken.key}/{number}/")
    assert (response.status_code, response.url) == (302, f"{QUIZ}{taken.key}/")


def test_nobody_sees_the_quiz_of_another(client, taken):
    client.cookies.clear()
    assert client.get(f"{QUIZ}{taken.key}/1/").status_code == 404
    assert client.post(f"{QUIZ}{taken.key}/1/", form("answer=a", sure="2")).status_code == 404


def test_the_zone_of_the_browser_is_noted_once(client, place):
    client.post(place("one"), form("answer=a", sure="2", zone="Asia/Tokyo"))
    assert Learner.objects.get().zone == "Asia/Tokyo"
    client.post(place("claim"), form("answer=a", sure="2", zone="Europe/Rome"))
    assert Learner.objects.get().zone == "Asia/Tokyo"


@pytest.mark.parametrize("zone", ["No/Where", "../../etc/passwd", "x" * 500])
def test_a_zone_that_is_none_is_ignored(client, place, zone):
    client.post(place("one"), form("answer=a", sure="2", zone=zone))
    assert Learner.objects.get().zone == ""


def test_answering_takes_six_queries_at_most(client, place, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):  # two of them are the savepoint of the test's own transaction
        client.post(place("one"), form("answer=a", sure="2", zone="Asia/Tokyo"), **HTMX)
