import gzip

import brotli
import pytest
from django.test import Client

from lecture import ready
from lecture.models import Learner

PAGE = "/parts/1-the-problem/1-your-compose-file/"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.fixture(autouse=True)
def _nothing_kept():
    ready.forget()


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0", None),
        ("deflate", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_page_comes_in_the_smallest_form_that_is_accepted(client, accepted, encoding):
    plain = client.get(PAGE).content
    response = client.get(PAGE, headers={"accept-encoding": accepted})
    assert response.get("Content-Encoding") == encoding
    assert UNPACK[encoding](response.content) == plain


def test_the_forms_are_smaller_in_their_order(client):
    sizes = [len(client.get(PAGE, headers={"accept-encoding": form}).content) for form in ("br", "gzip", "")]
    assert sizes == sorted(sizes)
    assert sizes[0] * 2 < sizes[2]


def test_a_page_says_how_it_may_be_kept(client):
    response = client.get(PAGE)
    assert response["Cache-Control"] == "no-cache"
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"].startswith('W/"')
    assert response["Content-Length"] == str(len(response.content))


def test_a_browser_that_has_the_page_is_not_sent_it_again(client):
    etag = client.get(PAGE)["ETag"]
    response = client.get(PAGE, headers={"if-none-match": etag, "accept-encoding": "br"})
    assert (response.status_code, response.content) == (304, b"")
    assert (response["ETag"], response["Vary"], response["Cache-Control"]) == (etag, "Accept-Encoding", "no-cache")


@pytest.mark.parametrize("known", ['W/"older", {}', 'W/"older",{}', "*"])  # RFC 9110, 13.1.2
def test_the_page_is_found_among_what_the_browser_has(client, known):
    etag = client.get(PAGE)["ETag"]
    assert client.get(PAGE, headers={"if-none-match": known.format(etag)}).status_code == 304


def test_a_browser_with_another_page_is_sent_this_one(client):
    other = client.get("/")["ETag"]
    assert client.get(PAGE, headers={"if-none-match": other}).status_code == 200


def test_the_first_visitor_and_the_second_get_the_same_bytes(client):
    assert Client().get(PAGE).content == client.get(PAGE).content


def test_a_page_sets_no_cookie(client):
    assert client.get(PAGE).cookies == {}
    assert client.get(PAGE).cookies == {}


def test_a_page_is_the_same_for_a_learner(client, db):
    nobody = client.get("/").content
    client.post(f"{PAGE}progress/", {"read": "yes"})
    ready.forget()
    assert Learner.objects.count() == 1
    assert client.get("/").content == nobody


def test_a_page_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(PAGE)
        client.get(PAGE)


def test_a_page_is_the_same_whatever_is_asked_behind_its_address(client):
    assert client.get(f"{PAGE}?visitor=1").content == client.get(f"{PAGE}?visitor=2").content
    assert list(ready._pages) == [PAGE]


@pytest.mark.parametrize("address", ["/parts/9-none/", "/parts/1-the-problem/9-none/", "/deep-dives/none/", "/none/"])
def test_nothing_is_kept_for_an_address_that_is_not_there(client, address):
    assert client.get(address).status_code == 404
    assert ready._pages == {}


def test_a_page_is_rendered_anew_after_it_was_forgotten(client, serve):
    before = client.get("/")["ETag"]
    serve()
    assert client.get("/")["ETag"] != before
