import json
from datetime import UTC, datetime, timedelta

import pytest

from lecture.you import keeping

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
ROW = {"section": "1-the-problem/4-four-homes", "read_at": "2026-11-20T08:00:00Z"}
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


def test_a_file_names_its_format_and_is_easy_to_read():
    assert keeping.write([("1-the-problem/4-four-homes", NOW - timedelta(days=1), False)], NOW) == (
        "{\n"
        '  "format": "cloud-fundamentals-learner",\n'
        '  "version": 1,\n'
        '  "exported_at": "2026-11-21T12:30:00Z",\n'
        '  "read": [\n'
        "    {\n"
        '      "section": "1-the-problem/4-four-homes",\n'
        '      "read_at": "2026-11-20T12:30:00Z",\n'
        '      "taken_back": false\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_what_is_written_can_be_read():
    readings = [("a/b", NOW, False), ("a/c", NOW + timedelta(microseconds=1), True)]
    assert [
        (row.section, row.read_at, row.taken_back) for row in keeping.parse(keeping.write(readings, NOW).encode()).read
    ] == readings


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


@pytest.mark.parametrize("data", [file(version=2), file(version=2, reviews=[]), file(version=2, read="elsewhere")])
def test_a_file_from_the_future_is_named_as_such(data):
    assert refusal(data) == (
        "This file has version 2; this site reads up to 1. Import it where it was made, or once this site is upgraded."
    )


def test_a_file_of_a_megabyte_is_read_and_a_larger_one_refused():
    whole = file()
    assert len(keeping.parse(whole + b" " * (1_000_000 - len(whole))).read) == 1
    assert refusal(whole + b" " * (1_000_001 - len(whole))) == (
        "The file is larger than 1 MB. An export of this site is far smaller."
    )


def test_a_refusal_does_not_repeat_a_long_name():
    assert len(refusal(file(**{"k" * 10_000: 1}))) < 300


def test_as_many_rows_as_are_allowed_fit_into_the_size():
    assert len(keeping.write([("1-the-problem/2-three-problems", NOW, False)] * 5000, NOW)) < keeping.LARGEST
