"""Decks on paper: what students get, what is for the speaker alone, and how many sheets it takes."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from lecture.slides import paper
from lecture.slides.deck import decks

pytestmark = pytest.mark.django_db

THREE = "/slides/3-core-services"
DECKS = list(decks())
SLIDE = "/// slide | Title\n    name: one\n\nText.\n///\n\n"
ASK = "/// ask | why\nWhy is it slow?\n\n---\n\nBecause of the lid.\n///\n\n"
MYTHS = "".join(f"/// myth | m{n}\nBelief {n}.\n\n---\n\nFact {n}.\n///\n\n" for n in (1, 2, 3))
STEPS = "//// slide | Built up\n    name: built\n    layout: picture\n\n/// figure | vpc\nLook.\n///\n\n"
STEPS += "".join(f"/// step\nSaid {n}.\n///\n\n" for n in (1, 2)) + "////\n"


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("deck", DECKS)
def test_students_get_every_question_and_no_answer(client, deck):
    said = words(page(client, f"/slides/{deck}/handout/"))
    pairs = [pair for slide in decks()[deck].slides if slide.sort != "vote" for pair in slide.asked]
    assert pairs
    assert [pair.question for pair in pairs if words(pair.question) not in said] == []
    assert [told for pair in pairs for told in (pair.answer, pair.wall) if words(told)[:60] in said] == []


@pytest.mark.parametrize("deck", DECKS)
@pytest.mark.parametrize("kind", ["", "slides/"])
def test_what_the_speaker_says_is_in_no_handout_for_all(client, deck, kind):
    said = words(page(client, f"/slides/{deck}/handout/{kind}"))
    notes = [words(note) for slide in decks()[deck].slides for note in slide.notes]
    assert notes
    assert [note for note in notes if note in said] == []


def test_the_answer_of_a_vote_is_not_even_in_the_source(client):
    html = page(client, f"{THREE}/handout/")
    votes = [slide for slide in decks()["3-core-services"].slides if slide.sort == "vote"]
    assert html.count('class="task vote"') == len(votes) == 5
    assert 'class="answer"' not in html
    assert 'class="answer"' in votes[0].html


def test_students_learn_where_it_can_be_read_and_tried(client, settings):
    deck = decks()["3-core-services"]
    html = page(client, f"{THREE}/handout/")
    drawn = [slide for slide in deck.slides if slide.sort in {"slide", "picture"}]
    assert [slide.name for slide in drawn if f">{slide.read}</p>" not in html] == []
    assert "/translator/?example=capstone" in html


def test_addresses_are_whole_where_the_course_has_one(serve, section, settings):
    settings.COURSE_URL = "https://cloud.example.edu"
    serve(section(SLIDE))
    html = Client().get("/slides/1-only/handout/", secure=True).content.decode()
    assert "https://cloud.example.edu/parts/1-only/1-first/#one" in html


def test_notes_are_behind_the_door(client, settings):
    settings.PURELY_LOCAL = False
    response = client.get(f"{THREE}/handout/notes/")
    assert (response.status_code, response.url) == (302, f"/sign-in/?next={THREE}/handout/notes/")


def test_with_notes_all_that_the_speaker_has_is_there(client, settings):
    settings.PURELY_LOCAL = True
    said = words(page(client, f"{THREE}/handout/notes/"))
    slides = decks()["3-core-services"].slides
    texts = [text for s in slides for text in (*s.notes, *(half for pair in s.asked for half in pair[:2]))]
    assert len(texts) > 50
    assert [text for text in texts if words(text) not in said] == []


def test_notes_with_html_are_escaped_on_paper_too(client, settings, serve, section):
    settings.PURELY_LOCAL = True
    serve(section(SLIDE + "/// notes\nSay <script>alert(1)</script>.\n///\n"))
    assert "Say &lt;script&gt;alert(1)&lt;/script&gt;." in page(client, "/slides/1-only/handout/notes/")


def test_a_slide_is_one_sheet_and_what_makes_room_for_another_has_its_own(client, serve, section):
    serve(section(SLIDE + ASK + MYTHS + STEPS))
    deck = decks()["1-only"]
    sheets = {slide.name: paper.states(slide) for slide in deck.slides}
    assert sheets == {
        "opening": [0],
        "1-first": [0],
        "1-first.one": [0],
        "1-first.why": [1],
        "1-first.myths": [1, 3, 5],
        "1-first.built": [1, 2],
    }
    html = page(client, "/slides/1-only/handout/slides/")
    assert html.count('<div class="sheet">') == 9
    assert [f"page {n} of 9" in html for n in (1, 9)] == [True, True]


def test_on_each_sheet_stands_what_is_on_the_wall_by_then(serve, section):
    serve(section(MYTHS))
    shown = [visible(sheet.body) for sheet in paper.pages(decks()["1-only"]) if sheet.slide.sort == "myths"]
    assert shown == [[f"Belief {n}.", f"Fact {n}."] for n in (1, 2, 3)]


def test_small_slides_have_one_state_in_which_nothing_lies_over_another(serve, section):
    serve(section(MYTHS + STEPS))
    assert [(s.slide.name, s.step) for s in paper.sheets(decks()["1-only"])][2:] == [
        ("1-first.built", 2),
        ("1-first.myths", 1),
    ]


@pytest.mark.parametrize("deck", DECKS)
def test_no_link_lies_within_another_in_the_overview(client, deck):
    html = page(client, f"/slides/{deck}/overview/")
    assert [inner for outer in re.findall(r"<a\b.*?</a>", html, re.S) for inner in re.findall("<a ", outer)[1:]] == []


def test_what_is_no_deck_is_told(client, serve):
    assert client.get("/slides/none/handout/").status_code == 404
    assert client.get("/slides/none/handout/notes/").status_code == 404
    assert client.get(f"{THREE}/handout/elsewhere/").status_code == 404


def test_a_part_without_slides_says_so(client, serve):
    two = '\n[[part]]\nslug = "2-later"\ntitle = "Later"\nsummary = "S."\nminutes = 9\n'
    two += 'coming = [{ slug = "1-soon", title = "Soon", minutes = 9 }]\n'
    from tests.conftest import MINIMAL

    serve({"course.toml": MINIMAL["course.toml"] + two})
    response = client.get("/slides/2-later/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "Part 2 has no slides yet: none of its sections is written." in html
    assert 'href="/parts/2-later/"' in html
    assert client.get("/slides/2-later/handout/").status_code == 404
    assert "No slides yet: none of its sections is written." in page(client, "/slides/")


def visible(html: str) -> list[str]:
    """The paragraphs that are on the wall, without "In fact"."""
    parser = Shown()
    parser.feed(html)
    return [text for text in parser.texts if text != "In fact"]


class Shown(HTMLParser):
    """Collects text outside of what is off."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.open.append("data-off" in dict(attrs))

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        if data.strip() and not any(self.open):
            self.texts.append(data.strip())
