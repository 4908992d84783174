import json
from datetime import UTC, datetime
from typing import get_args

import pytest

from lecture.you import keeping

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
ROW = {"section": "1-the-problem/4-four-homes", "read_at": "2026-11-20T08:00:00Z"}
ATTEMPT = {
    "key": "AbC-_9",
    "quiz": "1-the-problem",
    "seed": 7,
    "questions": ["p1.one", "made.word.alb"],
    "begun_at": "2026-11-20T08:00:00Z",
}
ANSWER = {
    "attempt": "AbC-_9",
    "once": "q:AbC-_9:2",
    "source": "quiz",
    "question": "made.word.alb",
    "seed": 7,
    "given": "a",
    "right": False,
    "certainty": 3,
    "misconceptions": ["it-mends-itself"],
    "answered_at": "2026-11-20T08:01:00Z",
}
CHECK = ANSWER | {"attempt": None, "once": "c:12345678", "source": "check"}
REVIEW = CHECK | {"once": "r:17:3", "source": "review", "recalled": False}
GIVEN = ["a", "12", "36.50", "-1E+9", "accepts.0", "other", ["a", "b"], {"a": "0", "b": "11"}]
ANSWERS = [ANSWER, REVIEW, CHECK | {"once": "i:" + "0a" * 12, "source": "review"}]
ANSWERS += [CHECK | {"once": f"c:1234567{at}", "given": given} for at, given in enumerate(GIVEN)]
CARD = {
    "question": "p1.one",
    "stability": 3.5,
    "difficulty": 5,
    "last": "2026-11-20",
    "due": "2026-11-24",
    "reviews": 2,
}
NOT_JSON = "This is not a JSON file. Choose the file that “Download” on this page made."


def file(**changes: object) -> bytes:
    whole = {"format": "cloud-fundamentals-learner", "version": 1, "exported_at": "2026-11-21T12:30:00Z", "read": [ROW]}
    return json.dumps({key: value for key, value in (whole | changes).items() if value is not None}).encode()


def row(**changes: object) -> bytes:
    return file(read=[ROW | changes])


def refusal(data: bytes) -> str:
    with pytest.raises(keeping.Refused) as refused:
        keeping.parse(data)
    return str(refused.value)


def test_a_file_names_its_format_and_holds_one_row_a_line():
    kept = keeping.parse(
        file(version=2, attempts=[ATTEMPT], answers=[ANSWER], cards=[CARD], settings={"zone": "Asia/Tokyo"})
    )
    assert keeping.write(kept) == (
        "{\n"
        '"format": "cloud-fundamentals-learner",\n'
        '"version": 2,\n'
        '"exported_at": "2026-11-21T12:30:00Z",\n'
        '"settings": {"zone":"Asia/Tokyo","retention":90,"daily":20},\n'
        '"read": [\n'
        '{"section":"1-the-problem/4-four-homes","read_at":"2026-11-20T08:00:00Z","taken_back":false}\n'
        "],\n"
        '"attempts": [\n'
        '{"key":"AbC-_9","quiz":"1-the-problem","seed":7,"questions":["p1.one","made.word.alb"],'
        '"begun_at":"2026-11-20T08:00:00Z"}\n'
        "],\n"
        '"answers": [\n'
        '{"attempt":"AbC-_9","once":"q:AbC-_9:2","source":"quiz","question":"made.word.alb","seed":7,"given":"a",'
        '"right":false,"certainty":3,"misconceptions":["it-mends-itself"],"recalled":null,'
        '"answered_at":"2026-11-20T08:01:00Z"}\n'
        "],\n"
        '"cards": [\n'
        '{"question":"p1.one","stability":3.5,"difficulty":5.0,"last":"2026-11-20","due":"2026-11-24","urgent":false,'
        '"reviews":2}\n'
        "]\n"
        "}\n"
    )


def test_what_is_written_can_be_read():
    kept = keeping.parse(file(version=2, attempts=[ATTEMPT], answers=ANSWERS, cards=[CARD]))
    assert keeping.parse(keeping.write(kept).encode()) == kept
    assert len(kept.answers) == len(ANSWERS)


def test_nothing_is_an_empty_list():
    assert '"answers": [],\n"cards": []\n}\n' in keeping.write(keeping.Kept(exported_at=NOW))


def test_a_file_of_nothing_can_be_read():
    assert keeping.parse(file(read=None)).read == ()


def test_a_time_of_another_zone_is_the_same_time():
    kept = keeping.parse(row(read_at="2026-11-20T10:00:00+02:00"))
    assert kept.read[0].read_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"hello", b"\x89PNG\r\n", b"\xff\xfe{\x00}\x00", b"{'a': 1}", b"[" * 100_000, b'{"format": "\\ud800"}'],
)
def test_what_is_not_json_is_refused(data):
    assert refusal(data) == NOT_JSON


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"[]", "the file"),
        (b"null", "the file"),
        (b"7", "the file"),
        (b'{"services": {}}', "exported_at"),
        (file(format="another-course"), "format"),
        (file(version="one"), "version"),
        (file(version=0), "version"),
        (file(version=-1), "version"),
        (file(exported_at=None), "exported_at"),
        (file(exported_at="2026-11-21T12:30:00"), "exported_at"),
        (file(read={}), "read"),
        (file(read=[ROW] * 5001), "read"),
        (file(read=["a/b"]), "read.0"),
        (file(name="Ada"), "name"),
        (row(note="mine"), "read.0.note"),
        (row(read_at="2026-11-20T08:00:00"), "read.0.read_at"),
        (row(read_at="yesterday"), "read.0.read_at"),
        (row(read_at=None), "read.0.read_at"),
        (row(section="1-the-problem"), "read.0.section"),
        (row(section="1-the-problem/../x"), "read.0.section"),
        (row(section="a/b\n"), "read.0.section"),
        (row(section="a/<script>"), "read.0.section"),
        (row(section="a/é"), "read.0.section"),
        (row(section="a/\0"), "read.0.section"),
        (row(section="a/" + "b" * 200), "read.0.section"),
        (row(section=""), "read.0.section"),
    ],
)
def test_what_is_not_our_export_is_refused_by_place(data, where):
    assert refusal(data) == f"This is not an export of this course: {where} is not as it should be."


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_no_database_holds_is_refused(at):
    assert refusal(row(read_at=at)) == "This is not an export of this course: read.0.read_at is not as it should be."


@pytest.mark.parametrize("data", [file(version=3), file(version=3, reviews=[]), file(version=3, read="elsewhere")])
def test_a_file_from_the_future_is_named_as_such(data):
    assert refusal(data) == (
        "This file has version 3; this site reads up to 2. Import it where it was made, or once this site is upgraded."
    )


def test_a_file_of_ten_megabytes_is_read_and_a_larger_one_refused():
    whole = file()
    assert len(keeping.parse(whole + b" " * (10_000_000 - len(whole))).read) == 1
    assert refusal(whole + b" " * (10_000_001 - len(whole))) == (
        "The file is larger than 10 MB. An export of this site is far smaller."
    )


def test_a_refusal_does_not_repeat_a_long_name():
    assert len(refusal(file(**{"k" * 10_000: 1}))) < 300


def test_as_many_rows_as_are_allowed_fit_into_the_size():
    long = {"question": "made.rosetta.secrets-manager.azure", "given": dict.fromkeys("abcd", "1")}
    attempts = [ATTEMPT | {"key": f"AbCdEf{at:06}", "questions": [long["question"]] * 20} for at in range(1250)]
    taken = [(one["key"], place) for one in attempts for place in range(1, 21)]
    answers = [ANSWER | long | {"attempt": key, "once": f"q:{key}:{place}"} for key, place in taken]
    kept = keeping.parse(file(attempts=attempts, answers=answers, cards=[CARD] * 500, read=[ROW] * 500))
    assert len(kept.answers) == 25_000
    assert len(keeping.write(kept)) < keeping.LARGEST


BAD_ATTEMPTS = [
    {"key": ""},
    {"key": "x" * 17},
    {"key": "a/b"},
    {"quiz": "../x"},
    {"quiz": "x" * 101},
    {"seed": -1},
    {"seed": 2**31},
    {"seed": "7"},
    {"seed": 7.0},
    {"seed": True},
    {"questions": []},
    {"questions": ["p1.one"] * 101},
    {"questions": ["P1 One"]},
    {"questions": "p1.one"},
    {"begun_at": "2026-11-20"},
    {"begun_at": 1},
    {"begun_at": "0001-01-01T00:00:00+14:00"},
    {"learner": 1},
]
BAD_ANSWERS = [
    {"attempt": None},
    {"attempt": "other"},
    {"attempt": "other", "once": "q:other:1"},
    {"once": "q:AbC-_9:0"},
    {"once": "q:AbC-_9:3"},
    {"once": "q:AbC-_9:x"},
    {"once": "q:AbC-_9:1"},  # where another question stands
    {"once": "r:1:1"},
    {"once": "x" * 60},
    {"source": "check"},
    {"source": "elsewhere"},
    {"question": "p1.two"},
    {"question": "x" * 121},
    {"seed": 2**31},
    {"given": "two words"},
    {"given": "<b>"},
    {"given": ""},
    {"given": "x" * 221},
    {"given": 7},
    {"given": None},
    {"given": True},
    {"given": []},
    {"given": ["a"] * 9},
    {"given": ["ab"]},
    {"given": [["a"]]},
    {"given": {}},
    {"given": {"a": "x"}},
    {"given": {"a": {"b": "1"}}},
    {"given": {"word": "1"}},
    {"right": "yes"},
    {"right": 1},
    {"certainty": 4},
    {"certainty": -1},
    {"misconceptions": ["It mends itself"]},
    {"misconceptions": ["x"] * 21},
    {"recalled": "no"},
    {"answered_at": "9999-12-31T23:59:59-14:00"},
    {"words": "mine"},
]
BAD_CARDS = [
    {"question": "a b"},
    {"stability": 0},
    {"stability": 1e9},
    {"stability": "3"},
    {"difficulty": 0.5},
    {"difficulty": 11},
    {"last": "2026-02-30"},
    {"last": "0001-01-01"},
    {"due": "9999-12-31"},
    {"due": "2026-11-24T08:00:00Z"},
    {"urgent": 1},
    {"reviews": 0},
    {"reviews": 2**31},
    {"key": 1},
]
BAD_SETTINGS = [
    {"zone": "x" * 65},
    {"zone": "../etc passwd"},
    {"retention": 100},
    {"retention": "90"},
    {"daily": 0},
    {"daily": 7},
    {"name": "Ada"},
]


@pytest.mark.parametrize(
    ("what", "row", "change"),
    [("attempts", ATTEMPT, change) for change in BAD_ATTEMPTS]
    + [("answers", ANSWER, change) for change in BAD_ANSWERS]
    + [("cards", CARD, change) for change in BAD_CARDS],
)
def test_a_row_that_cannot_be_is_refused_by_its_list(what, row, change):
    whole = {"attempts": [ATTEMPT]} | {what: [row | change]}
    assert refusal(file(**whole)).startswith(f"This is not an export of this course: {what}")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_a_number_that_is_none_is_refused(number):
    data = file(cards=[CARD]).replace(b"3.5", number.encode())
    assert "is not an export" in refusal(data) or refusal(data) == NOT_JSON


@pytest.mark.parametrize("change", BAD_SETTINGS)
def test_settings_that_cannot_be_are_refused(change):
    assert refusal(file(settings=change)).startswith("This is not an export of this course: settings")


def test_what_may_be_chosen_here_is_what_the_review_offers():
    from lecture.quizzes.reviewing import LIMITS
    from lecture.quizzes.schedule import RETENTIONS

    fields = keeping.Settings.model_fields
    assert [get_args(fields[name].annotation) for name in ("daily", "retention")] == [LIMITS, RETENTIONS]


def test_an_answer_of_a_review_has_a_name_of_its_own_elsewhere():
    first, again, later = (
        keeping.Answer.model_validate_json(json.dumps(row))
        for row in (
            REVIEW,
            REVIEW | {"answered_at": "2026-11-20T10:01:00+02:00", "once": "r:99:1"},
            REVIEW | {"answered_at": "2026-11-20T08:02:00Z"},
        )
    )
    assert keeping.abroad(first) == keeping.abroad(again) != keeping.abroad(later)
    assert len(keeping.abroad(first)) == 26
    named = first.model_copy(update={"once": keeping.abroad(later)})
    assert keeping.abroad(named) == named.once
