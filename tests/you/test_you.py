import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lecture.course.load import course
from lecture.models import Learner, Reading

FIRST, SECOND = "1-the-problem/1-your-compose-file", "1-the-problem/2-three-problems"
LONG_AGO = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def read(client, *sections: str) -> Learner:
    """The learner of `client`, who read these sections long ago."""
    for section in sections:
        client.post(f"/parts/{section}/progress/", {"read": "yes"})
    learner = Learner.objects.order_by("pk").last()
    learner.readings.update(read_at=LONG_AGO)
    return learner


def bring(client, data: bytes):
    return client.post("/you/import/", {"file": SimpleUploadedFile("cloud-fundamentals.json", data)})


def file(*rows: tuple[str, str], **changes: object) -> bytes:
    whole = {"format": "cloud-fundamentals-learner", "version": 1, "exported_at": "2026-11-21T12:30:00Z"}
    return json.dumps(whole | {"read": [{"section": s, "read_at": at} for s, at in rows]} | changes).encode()


def everything() -> list[tuple[int, str, datetime]]:
    return list(Reading.objects.order_by("pk").values_list("learner", "section", "read_at"))


def headings(html: str) -> list[str]:
    return re.findall(r'<h2 id="\w+">(.*?)</h2>', html)


# see


def test_a_stranger_sees_that_nothing_is_kept(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/you/")
    html = response.content.decode()
    assert "<p>Nothing. Once you read a section to its end" in html
    assert headings(html) == ["Bring it back", "In this browser alone"]
    assert set(response.cookies) == {"csrf"}
    assert "no-store" in response["Cache-Control"]


def test_a_learner_sees_every_row(client, django_assert_num_queries):
    learner = read(client, FIRST)
    Reading.objects.create(learner=learner, section="1-the-problem/9-gone", read_at=timezone.now())
    with django_assert_num_queries(5):
        html = client.get("/you/").content.decode()
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td class="num">(.*?)</td>', html)
    link = f'<a href="/parts/{FIRST}/">{course().leaves[FIRST].label}</a>'
    assert rows[0] == (link, "2 January 2026, 03:04 UTC")
    assert rows[1][0] == "1-the-problem/9-gone (not in this course)"
    assert headings(html) == ["Take it along", "Bring it back", "Delete it", "In this browser alone"]


def test_a_learner_sees_nothing_of_another(client):
    read(Client(), FIRST)
    read(client, SECOND)
    assert [key for _, key, *_ in client.get("/you/").context["rows"]] == [SECOND]


def test_what_was_taken_back_is_shown_as_such_and_can_be_deleted(client):
    read(client, FIRST)
    client.post(f"/parts/{FIRST}/progress/", {"read": "no"})
    html = client.get("/you/").content.decode()
    assert "</a>, and said to be unread</th>" in html
    assert "Delete it" in headings(html)


def notices(html: str) -> list[str]:
    return re.findall(r'role="status">.*?</svg> (\w+\.)', html)


def test_the_page_says_what_was_done(client):
    imported = bring(client, file((FIRST, "2026-11-20T08:00:00Z")))
    assert notices(client.get(imported["Location"]).content.decode()) == ["Imported."]
    deleted = client.post("/you/delete/")
    assert notices(client.get(deleted["Location"]).content.decode()) == ["Deleted."]
    assert notices(client.get("/you/?done=else").content.decode()) == []


def test_a_link_cannot_say_that_something_was_deleted_while_it_is_there(client):
    read(client, FIRST)
    assert notices(client.get("/you/?done=deleted").content.decode()) == []


# export


def test_the_export_holds_every_row(client):
    learner = read(client, FIRST, SECOND)
    kept = json.loads(client.get("/you/export/").content)
    assert (kept["format"], kept["version"]) == ("cloud-fundamentals-learner", 2)
    assert kept["read"] == [
        {"section": s, "read_at": "2026-01-02T03:04:00Z", "taken_back": False} for s in (FIRST, SECOND)
    ]
    assert learner.key not in json.dumps(kept)


def test_the_export_is_a_file_that_nobody_keeps(client):
    response = client.get("/you/export/")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="cloud-fundamentals.json"'
    assert "no-store" in response["Cache-Control"]


def test_a_stranger_exports_an_empty_list_and_is_not_remembered(client):
    response = client.get("/you/export/")
    assert json.loads(response.content)["read"] == []
    assert dict(response.cookies) == {}


# import


def test_another_browser_takes_over_what_was_exported(client):
    read(client, FIRST, SECOND)
    other, exported = Client(), client.get("/you/export/").content
    response = bring(other, exported)
    assert (response.status_code, response["Location"]) == (302, "/you/?done=imported")
    assert set(response.cookies) == {"learner", "kept"}
    assert json.loads(other.get("/you/export/").content)["read"] == json.loads(exported)["read"]
    assert Learner.objects.count() == 2


def test_an_import_adds_and_what_was_there_first_stays(client):
    learner = read(client, FIRST)
    bring(client, file((FIRST, "2026-11-20T08:00:00Z"), (SECOND, "2026-11-20T09:00:00Z")))
    assert everything() == [
        (learner.pk, FIRST, LONG_AGO),
        (learner.pk, SECOND, datetime(2026, 11, 20, 9, tzinfo=UTC)),
    ]


def test_importing_twice_is_importing_once(client):
    for _ in range(2):
        bring(client, file((FIRST, "2026-11-20T08:00:00Z"), (FIRST, "2026-11-21T08:00:00Z")))
    assert [row[1:] for row in everything()] == [(FIRST, datetime(2026, 11, 20, 8, tzinfo=UTC))]


def test_a_section_that_this_course_does_not_have_is_kept_for_another(client):
    bring(client, file(("9-other/1-course", "2026-11-20T08:00:00Z")))
    assert "9-other/1-course (not in this course)" in client.get("/you/").content.decode()


def test_five_thousand_rows_are_taken_in_few_queries(client, django_assert_max_num_queries):
    rows = [(f"a/s-{number}", "2026-11-20T08:00:00Z") for number in range(5000)]
    with django_assert_max_num_queries(50):
        bring(client, file(*rows))
    assert Reading.objects.count() == 5000


ROWS = [(f"a/s-{number}", "2026-11-20T08:00:00Z") for number in range(10_000)]
REFUSED = {
    "not JSON": (b"hello", "This is not a JSON file."),
    "empty": (b"", "This is not a JSON file."),
    "of another kind": (b'{"services": {}}', "This is not an export of this course: exported_at is"),
    "unknown key": (file(note="<b>x</b>"), "This is not an export of this course: note is"),
    "from the future": (file(version=3), "This file has version 3; this site reads up to 2."),
    "a bit too large": (b" " * 10_000_001, "The file is larger than 10 MB."),
    "much too large": (b" " * 15_000_000, "The file is larger than 10 MB."),
    "too many rows": (file(*ROWS), "This is not an export of this course: read is"),
    "odd name": (file(("a/<script>", "2026-11-20T08:00:00Z")), "This is not an export of this course: read.0.section"),
    "no zone": (file((FIRST, "2026-11-20T08:00:00")), "This is not an export of this course: read.0.read_at is"),
    "no such day": (file((FIRST, "0001-01-01T00:00:00+14:00")), "This is not an export of this course: read.0.read_at"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_refused_file_changes_nothing_and_says_why(client, why):
    read(client, SECOND)
    before, (data, said) = everything(), REFUSED[why]
    response = bring(client, data)
    alert = unescape(re.search(r'role="alert" id="refused">(.*?)</p>', response.content.decode())[1])
    assert response.status_code == 400
    assert alert.startswith(said)
    assert alert.endswith(" Nothing was changed.")
    assert everything() == before


def test_a_refused_stranger_is_not_remembered(client):
    response = bring(client, b"hello")
    assert set(response.cookies) == {"csrf"}
    assert not Learner.objects.exists()


def test_no_file_is_asked_for_again(client):
    for form in ({}, {"file": ""}, {"file": "a text"}):
        response = client.post("/you/import/", form)
        assert response.status_code == 400
        assert "Choose a file first. Nothing was changed." in response.content.decode()


def test_what_a_file_says_is_escaped(client):
    html = bring(client, file(**{"<script>": 1})).content.decode()
    assert "&lt;script&gt; is not as it should be" in html


def test_a_form_larger_than_any_import_is_not_read(client):
    response = client.post("/you/import/", {"text": "x" * 2_000_000})
    assert response.status_code == 400
    assert "<h1>We could not read that request.</h1>" in response.content.decode()


def test_a_form_that_is_cut_off_is_a_bad_request(client):
    response = client.post("/you/import/", b"--zz\r\nContent-Disp", content_type="multipart/form-data; boundary=zz")
    assert response.status_code == 400


# delete


def test_deleting_removes_rows_and_cookies(client):
    read(Client(), FIRST)
    read(client, FIRST, SECOND)
    response = client.post("/you/delete/")
    assert (response.status_code, response["Location"]) == (302, "/you/?done=deleted")
    assert {name: (c.value, c["max-age"], c["path"]) for name, c in response.cookies.items() if name != "csrf"} == {
        "learner": ("", 0, "/"),
        "kept": ("", 0, "/"),
    }
    assert response.cookies["csrf"].value != ""
    assert (Learner.objects.count(), Reading.objects.count()) == (1, 1)
    assert client.get("/you/").context["learner"] is None


def test_deleting_nobody_is_no_error(client):
    read(Client(), FIRST)
    assert client.post("/you/delete/", follow=True).redirect_chain == [("/you/?done=deleted", 302)]
    assert Learner.objects.count() == 1


@pytest.mark.parametrize("address", ["/you/import/", "/you/delete/"])
def test_nothing_changes_by_a_link(client, address):
    read(client, FIRST)
    assert client.get(address).status_code == 405
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("address", ["/you/import/", "/you/delete/"])
def test_nothing_changes_by_a_form_from_elsewhere(client, address):
    learner = read(client, FIRST)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    response = strict.post(address, {"file": SimpleUploadedFile("x.json", file((SECOND, "2026-11-20T08:00:00Z")))})
    assert response.status_code == 403
    assert everything() == [(learner.pk, FIRST, LONG_AGO)]
