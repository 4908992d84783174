"""Slides as pages: kept ready, each step and each form by itself."""

import brotli
import pytest

from lecture import ready
from lecture.slides.deck import decks

pytestmark = pytest.mark.django_db

VPC = "/slides/3-core-services/4-networking.vpc/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    ready.forget()


def test_a_slide_comes_packed_and_is_not_sent_again(client):
    plain = client.get(VPC)
    packed = client.get(VPC, headers={"accept-encoding": "br"})
    assert brotli.decompress(packed.content) == plain.content
    assert len(packed.content) * 2 < len(plain.content)
    assert plain["Vary"] == "Accept-Encoding, HX-Request"
    assert client.get(VPC, headers={"if-none-match": plain["ETag"]}).status_code == 304


def test_each_step_is_a_page_of_its_own_and_there_is_an_end_to_them(client):
    pages = [client.get(f"{VPC}?step={step}").content for step in range(6)]
    assert len(set(pages)) == 5
    assert pages[4] == pages[5]
    kept = len(ready._pages)
    for more in ("?step=99", "?step=-1", "?step=x", "?other=1", "?step=4&x=y"):
        assert client.get(VPC + more).content in pages
    assert len(ready._pages) == kept


def test_what_a_script_fetches_is_the_slide_alone(client):
    whole = client.get(VPC).content.decode()
    alone = client.get(VPC, headers={"hx-request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in alone
    assert alone.strip() in whole
    assert client.get(VPC).content.decode() == whole


def test_the_note_about_a_slide_that_is_gone_stands_only_there(client):
    name = decks()["1-the-problem"].slides[1].name
    gone = client.get(f"/slides/1-the-problem/{name}.not-there/", follow=True).content.decode()
    assert "That slide is not there any more." in gone
    assert "That slide is not there any more." not in client.get(f"/slides/1-the-problem/{name}/").content.decode()
