"""The downloads and the paper: for instructors, in every format, with what each leaves out."""

import csv
import io
import json
import re
from html import unescape
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.utils.html import strip_tags

from lecture.quizzes import anki, gift, qti
from lecture.quizzes.as_json import VERSION
from lecture.quizzes.gift_read import read
from tests.quizzes.samples import ALL, BELIEFS

pytestmark = pytest.mark.django_db
SCENARIO = '[[scenario]]\nid = "bakery"\ntitle = "Bread"\ntext = "Ada bakes bread."\n'
TERMS = "".join(
    f'[[term]]\nid = "{id}"\nname = "{id}"\ndefinition = "It is number {at}."\nsection = "1-only/1-first"\n'
    for at, id in enumerate(("alpha", "beta", "gamma", "delta"))
)
ADDRESSES = ["/quizzes/export/", "/quizzes/1-only/paper/"] + [
    f"/quizzes/{quiz}/export/{format}" for quiz in ("1-only", "all") for format in ("gift", "qti", "anki", "json")
]


@pytest.fixture(autouse=True)
def course(serve):
    """A course with one question of each kind, two of them on one scenario, and four words to make questions of."""
    told = ALL
    for id in ("q.one", "q.claim"):
        told = told.replace(f'id = "{id}"\n', f'id = "{id}"\nscenario = "bakery"\n')
    serve({"quizzes/all.toml": SCENARIO + told, "misconceptions.toml": BELIEFS, "glossary.toml": TERMS})


@pytest.fixture
def instructor(client):
    client.force_login(User.objects.create_user("ada"))
    return client


def words(response) -> str:
    return re.sub(r"\s+", " ", unescape(strip_tags(response.content.decode())))


@pytest.mark.parametrize("address", ADDRESSES)
def test_students_are_sent_to_the_door(client, settings, address):
    settings.PURELY_LOCAL = False
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/sign-in/?next=/quizzes/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_instructors_come_in_and_nobody_keeps_a_copy(instructor, settings, address):
    settings.PURELY_LOCAL = False
    response = instructor.get(address)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/quizzes/nope/export/gift", "/quizzes/1-only/export/doc", "/quizzes/nope/paper/"])
def test_what_is_not_there_is_not_found(instructor, address):
    assert instructor.get(address).status_code == 404


def test_nothing_is_posted_here(instructor):
    assert [instructor.post(address).status_code for address in ADDRESSES] == [405] * len(ADDRESSES)


@pytest.mark.parametrize(
    ("format", "type", "name"),
    [
        ("gift", "text/plain; charset=utf-8", "a-course-1-only.gift"),
        ("qti", "application/zip", "a-course-1-only.qti.zip"),
        ("anki", "text/plain; charset=utf-8", "a-course-1-only.anki.txt"),
        ("json", "application/json", "a-course-1-only.json"),
    ],
)
def test_a_download_has_its_type_and_its_name(instructor, format, type, name):
    response = instructor.get(f"/quizzes/1-only/export/{format}")
    assert response.headers["Content-Type"] == type
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_made_questions_come_when_they_are_asked_for(instructor):
    texts = [instructor.get(f"/quizzes/1-only/export/gift{query}").content.decode() for query in ("", "?made=with")]
    kinds = ["one", "several", "claim", "match", "order", "number", "text", "find"]
    ids = [[item.id for item in read(text).items] for text in texts]
    assert ids[0] == [f"q.{kind}" for kind in kinds]
    assert ids[1] == ids[0] + [f"made.word.{word}" for word in ("alpha", "beta", "gamma", "delta")]


def test_gift_is_filed_under_the_part(instructor):
    text = instructor.get("/quizzes/1-only/export/gift").content.decode()
    assert "$CATEGORY: A course/1 Only part\n" in text
    assert text.startswith("// A course: Only part\n")


def test_qti_is_a_package(instructor):
    file = ZipFile(io.BytesIO(instructor.get("/quizzes/1-only/export/qti").content))
    assert file.testzip() is None
    assert len(file.namelist()) == 10


def test_the_page_lists_every_download_and_what_each_leaves_out(instructor):
    response = instructor.get("/quizzes/export/")
    html = response.content.decode()
    assert re.findall(r'href="/quizzes/([\w-]+)/export/gift"', html) == ["1-only", "all"]
    assert "8 questions, and 4 made from the course’s own data" in words(response)
    for line in (*gift.LEFT_OUT, *qti.LEFT_OUT, *anki.LEFT_OUT):
        assert line in words(response)


def test_every_link_of_the_page_leads_somewhere(instructor):
    html = instructor.get("/quizzes/export/").content.decode()
    links = set(re.findall(r'href="(/quizzes/[^"]+)"', html))
    assert len(links) == 2 * (4 + 4 + 3)
    assert {link: instructor.get(link).status_code for link in links} == dict.fromkeys(links, 200)


# ---- Anki ---------------------------------------------------------------------------------------


@pytest.fixture
def cards(instructor) -> dict[str, list[str]]:
    text = instructor.get("/quizzes/1-only/export/anki").content.decode()
    rows = [line for line in text.split("\n") if line and not line.startswith("#")]
    return {row[0]: row for row in csv.reader(rows, delimiter="\t")}


def test_anki_is_told_what_the_columns_are(instructor):
    head = instructor.get("/quizzes/1-only/export/anki").content.decode().split("a-course:")[0]
    assert head.split("\n") == [
        "#separator:tab",
        "#html:true",
        "#notetype:Basic",
        "#deck column:5",
        "#guid column:1",
        "#tags column:4",
        "#columns:id\tFront\tBack\tTags\tDeck",
        "",
    ]


def test_a_card_has_its_id_its_tags_and_its_deck(cards):
    assert len(cards) == 8
    assert cards["a-course:q.one"][3:] == ["a-course::1-only::1-first a-course::kind::one", "A course::1 Only part"]
    assert [len(row) for row in cards.values()] == [5] * 8


def test_a_card_stands_on_one_line(cards):
    assert [row for row in cards.values() if "\n" in "".join(row) or "\t" in "".join(row)] == []
    assert "services:<br> 2    db:<br> 3      ports: [&quot;5432:5432&quot;]<br>" in cards["a-course:q.find"][1]


def test_the_back_has_the_answer_the_reason_and_the_beliefs(cards):
    assert cards["a-course:q.one"][2] == (
        "<p><b>You</b></p><p>Because.</p><p>Wrong, and why it is believed:</p>"
        "<ul><li>Nobody: <i>“A tap mends itself if one waits”.</i> It does not.</li></ul>"
    )
    assert cards["a-course:q.order"][2].startswith("<p><b>build → push → run</b></p>")
    assert "<li>push, before: build: <i>" in cards["a-course:q.order"][2]
    assert '<b>line 3: <code>ports: ["5432:5432"]</code></b>' in cards["a-course:q.find"][2]
    assert "<li>any other line: <i>" in cards["a-course:q.find"][2]


def test_the_answer_is_not_on_the_front(cards):
    front = cards["a-course:q.claim"][1]
    assert "Because" not in front
    assert front.count("<li>") == 3
    assert "<p><strong>Bread</strong></p> <p>Ada bakes bread.</p>" in front


# ---- JSON ---------------------------------------------------------------------------------------


def test_json_holds_what_the_author_wrote_and_what_is_asked(instructor):
    data = json.loads(instructor.get("/quizzes/1-only/export/json").content)
    assert (data["version"], data["course"], data["quiz"], data["title"], data["seed"]) == (
        VERSION,
        "A course",
        "1-only",
        "Only part",
        1,
    )
    one = data["questions"][0]
    assert {key: one[key] for key in ("id", "kind", "section", "stem", "scenario")} == {
        "id": "q.one",
        "kind": "one",
        "section": "1-only/1-first",
        "stem": "What?",
        "scenario": "bakery",
    }
    assert one["option"] == [
        {"id": "a", "text": "You", "right": True},
        {"misconception": "it-mends-itself", "feedback": "It does not.", "id": "b", "text": "Nobody"},
    ]
    assert one["asked"]["answer"] == "You"
    assert sorted(choice["id"] for choice in one["asked"]["choices"]) == ["a", "b"]
    assert [one["id"] for one in data["scenarios"]] == ["bakery"]
    assert [one["id"] for one in data["misconceptions"]] == ["it-mends-itself"]


def test_a_number_varies_in_json_and_is_asked_with_one_seed(instructor):
    data = json.loads(instructor.get("/quizzes/1-only/export/json").content)
    [number] = [one for one in data["questions"] if one["kind"] == "number"]
    assert number["stem"] == "{=tasks} tasks at 2 an hour: what is a month?"
    assert number["vary"] == {"tasks": [2, 3, "4.5"]}
    assert number["asked"]["stem"] in {f"{n} tasks at 2 an hour: what is a month?" for n in ("2", "3", "4.5")}


# ---- paper --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "sheets", "solutions"), [("", 8, 0), ("?key=with", 8, 8), ("?key=only", 0, 8)])
def test_paper_has_questions_and_key_as_asked(instructor, query, sheets, solutions):
    html = instructor.get(f"/quizzes/1-only/paper/{query}").content.decode()
    assert (html.count('<article class="sheet'), html.count('class="solution"')) == (sheets, solutions)
    assert html.count("<h1") == 1


def test_an_unknown_key_is_no_key(instructor):
    assert instructor.get("/quizzes/1-only/paper/?key=please").url == "/quizzes/1-only/paper/"


def test_the_paper_alone_has_no_answer(instructor):
    text = words(instructor.get("/quizzes/1-only/paper/"))
    assert "Because" not in text
    assert "It does not" not in text


def test_a_scenario_is_told_once(instructor):
    text = words(instructor.get("/quizzes/1-only/paper/"))
    assert text.count("Ada bakes bread.") == 1
    assert "For questions 1 to 2Bread Ada bakes bread." in text


def test_the_questions_of_a_scenario_stand_together(instructor):
    html = instructor.get("/quizzes/1-only/paper/").content.decode()
    kinds = ["one", "claim", "several", "match", "order", "number", "text", "find"]
    assert re.findall(r'<article class="sheet (\w+)">', html) == kinds
    assert re.findall(r"Question </span>(\d)</p>", html) == list("12345678")


def test_there_is_room_to_write(instructor):
    html = instructor.get("/quizzes/1-only/paper/").content.decode()
    sheets = dict(re.findall(r'<article class="sheet (\w+)">(.*?)</article>', html, re.S))
    assert 'class="room r4"' in sheets["number"]
    assert "<span>Answer:</span><i></i><span>USD a month</span>" in sheets["number"]
    assert "<span>Answer:</span><i></i>" in sheets["text"]
    assert "<span>The mistake is in line</span><i></i>" in sheets["find"]
    assert sheets["one"].count("<li><i></i><b>") == 2
    assert sheets["order"].count("<li><i></i><span>") == 3
    assert sheets["match"].count("<li><i></i><span>") == 3
    assert re.findall(r"<li><b>(\w)</b>", sheets["match"]) == ["A", "B", "C"]


def test_the_key_fits_the_paper(instructor):
    """Letters and places of the key are those of the sheets."""
    html = instructor.get("/quizzes/1-only/paper/?key=with").content.decode()
    sheets = dict(re.findall(r'<article class="sheet (\w+)">(.*?)</article>', html, re.S))
    solutions = re.findall(r'class="solution">(.*?)</p>', html)
    one, claim, several, match, order, number, text, find = [strip_tags(unescape(solution)) for solution in solutions]
    letters = {kind: {unescape(strip_tags(t)): a for a, t in ticks(sheets[kind])} for kind in sheets}
    assert one == f"{letters['one']['You']}: You"
    assert several == "; ".join(f"{a}: {t}" for t, a in letters["several"].items() if t != "Nobody")
    assert claim == f"{letters['claim']['True: It drips']}: True: It drips"
    assert f"Lambda: {letters['match']['room']}" in match.split("; ")
    steps = re.findall(r"<li><i></i><span>(\w+)</span>", sheets["order"])
    places = ", ".join(str(["build", "push", "run"].index(step) + 1) for step in steps)
    assert order == f"{places} (from top to bottom): build → push → run"
    assert number.endswith("USD a month")
    assert (text, find) == ("Security group, SG", "line 3")


def ticks(sheet: str) -> list[tuple[str, str]]:
    return re.findall(r"<b>(\w)</b><span>(.*?)</span>", sheet)
