"""The speaker view and talks: who sees notes, who moves, and who was first."""

import gzip
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from lecture.models import Talk
from lecture.slides import records
from lecture.slides.deck import decks

pytestmark = pytest.mark.django_db

ONE = "/slides/1-the-problem"
JSON = {"accept": "application/json"}
FIRST, SECOND = "opening", "1-your-compose-file"
NOTED = next(slide for slide in decks()["1-the-problem"].slides if slide.notes)
ASKED = next(slide for slide in decks()["1-the-problem"].slides if slide.sort == "ask")


@pytest.fixture
def local(settings):
    settings.PURELY_LOCAL = True


@pytest.fixture
def remote(settings):
    settings.PURELY_LOCAL = False


@pytest.fixture
def talk(client, local) -> Talk:
    """A talk that was begun on the first slide of part 1."""
    response = client.post("/slides/talks/", {"deck": "1-the-problem", "slide": FIRST})
    found = Talk.objects.get()
    assert response.url == f"/slides/talks/{found.key}/speaker/"
    return found


@pytest.fixture
def stranger(remote):
    return Client()


def move(client, talk, slide=SECOND, token="", headers=JSON, **fields):
    sent = {"deck": "1-the-problem", "slide": slide, "step": 0, "turn": 0, "by": "a", "when": 1} | fields
    return client.post(f"/slides/talks/{token or talk.key}/", sent, headers=headers)


def state(client, talk, token="", **headers):
    return client.get(f"/slides/talks/{token or talk.key}/", headers=JSON | headers)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# the page


def test_a_speaker_sees_notes_the_answer_and_what_comes_next(client, local):
    deck = decks()["1-the-problem"]
    page = client.get(f"{ONE}/speaker/", {"slide": NOTED.name}).content.decode()
    assert str(NOTED.notes[0]) in page
    assert f'data-name="{deck.slides[deck.names[NOTED.name]].name}"' in page
    page = client.get(f"{ONE}/speaker/", {"slide": ASKED.name}).content.decode()
    question, answer, _ = ASKED.asked[0]
    assert str(question) in page
    assert str(answer) in page


def test_the_speaker_has_the_answer_of_a_vote_before_the_room_does(client, local):
    vote = next(slide for slide in decks()["1-the-problem"].slides if slide.sort == "vote")
    page = client.get(f"{ONE}/speaker/", {"slide": vote.name}).content.decode()
    assert "The question, and its answer" in page
    assert str(vote.asked[0][1]).strip() in page
    assert "Answer:" in vote.asked[0][1]


def test_the_slides_that_a_phone_brings_along_come_packed(client, talk):
    address = f"/slides/talks/{talk.key}/speaker/?deck=1-the-problem&slide={NOTED.name}"
    plain = client.get(address, headers={"hx-request": "true"})
    packed = client.get(address, headers={"hx-request": "true", "accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) * 2 < len(plain.content)
    whole = client.get(f"/slides/talks/{talk.key}/speaker/", headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in whole  # it holds the links


def test_a_stranger_is_sent_to_the_door(stranger):
    assert stranger.get(f"{ONE}/speaker/").url == f"/sign-in/?next={ONE}/speaker/"
    assert stranger.post("/slides/talks/", {"deck": "1-the-problem"}).url == "/sign-in/?next=/slides/talks/"
    assert not Talk.objects.exists()


def test_whoever_is_signed_in_comes_in(stranger):
    stranger.force_login(User.objects.create_user("ada"))
    assert stranger.get(f"{ONE}/speaker/").status_code == 200


@pytest.mark.parametrize("deck", list(decks()))
def test_notes_are_in_no_page_of_the_audience(client, talk, deck):
    pages = [f"/slides/{deck}/overview/", f"/slides/{deck}/transcript/"]
    pages += [f"/slides/{deck}/{slide.name}/?step=9&talk={talk.wall}" for slide in decks()[deck].slides if slide.notes]
    notes = [words(note) for slide in decks()[deck].slides for note in slide.notes]
    said = " ".join(words(client.get(page).content.decode()) for page in pages)
    assert notes
    assert [note for note in notes if note in said] == []


def test_notes_with_html_are_escaped(client, local, serve, section):
    slide = "/// slide | Title\n    name: one\n\nText.\n\n///\n\n"
    note = "/// notes\nSay <script>alert(1)</script> & <b>wait</b>, `<i>`.\n///\n"
    serve(section(slide + note))
    page = client.get("/slides/1-only/speaker/?slide=1-first.one").content.decode()
    assert "Say &lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;wait&lt;/b&gt;, <code>&lt;i&gt;</code>." in page


def test_a_slide_that_is_gone_is_the_nearest_of_its_section(client, local):
    page = client.get(f"{ONE}/speaker/?slide=2-three-problems.gone").content.decode()
    assert 'data-at="/slides/1-the-problem/2-three-problems/"' in page
    assert client.get("/slides/none/speaker/").status_code == 404


def test_the_last_slide_of_a_part_leads_to_the_next_part(client, local):
    last = decks()["1-the-problem"].slides[-1]
    assert 'data-after="/slides/2-the-map/opening/"' in client.get(f"{ONE}/{last.name}/").content.decode()
    assert f'data-before="{ONE}/{last.name}/' in client.get("/slides/2-the-map/").content.decode()
    end = decks()["5-costs-and-serverless"].slides[-1]
    assert 'data-after=""' in client.get(f"/slides/5-costs-and-serverless/{end.name}/").content.decode()


# a talk


def test_a_talk_has_two_links_of_chance(talk):
    assert len({talk.key, talk.wall}) == 2
    assert {len(talk.key), len(talk.wall)} == {43}
    assert (talk.deck, talk.slide, talk.turn) == ("1-the-problem", FIRST, 0)


def test_a_talk_is_begun_with_its_plan(client, local):
    form = {
        "start": "10:15",
        "stop": "13:30",
        "breaks": "2",
        "until": "5-costs-and-serverless",
        "zone": "Europe/Berlin",
    }
    client.post("/slides/talks/", {"deck": "1-the-problem", **form})
    plan = records.plan(Talk.objects.get())
    assert len(plan.decks) == 5
    assert (plan.starts.strftime("%H:%M"), plan.allowance) == ("10:15", 20)
    assert plan.starts.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}


def test_a_plan_that_cannot_be_is_told_and_what_was_written_stays(client, local):
    response = client.post("/slides/talks/", {"deck": "1-the-problem", "start": "10:15", "stop": "9:00"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "9:00 is before 10:15." in page
    assert 'name="start" value="10:15"' in page
    assert not Talk.objects.exists()


def test_a_form_from_elsewhere_begins_nothing(local):
    assert Client(enforce_csrf_checks=True).post("/slides/talks/", {"deck": "1-the-problem"}).status_code == 403


def test_a_phone_needs_no_sign_in_with_the_link(talk, stranger):
    response = stranger.get(f"/slides/talks/{talk.key}/speaker/")
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response.cookies == {}
    assert move(Client(enforce_csrf_checks=True), talk).status_code == 200


def test_the_link_of_a_screen_shows_no_notes_and_keeps_no_clock(talk, stranger):
    assert stranger.get(f"/slides/talks/{talk.wall}/speaker/").status_code == 410
    assert stranger.post(f"/slides/talks/{talk.wall}/clock/", {"do": "end"}).status_code == 410
    assert stranger.post(f"/slides/talks/{talk.wall}/plan/", {}).status_code == 410
    told = state(stranger, talk, talk.wall)
    assert told.json()["at"] == f"{ONE}/{FIRST}/"
    assert talk.key not in told.content.decode()
    assert move(stranger, talk, token=talk.wall).status_code == 200


def test_a_slide_of_a_talk_names_no_link_of_the_speaker(client, talk):
    response = client.get(f"{ONE}/{SECOND}/?talk={talk.wall}")
    assert response.status_code == 200
    assert talk.key not in response.content.decode()


# follow and lead


def test_a_follower_is_told_only_what_changed(client, talk):
    first = state(client, talk)
    assert first.status_code == 200
    assert state(client, talk, **{"if-none-match": first["ETag"]}).status_code == 304
    move(client, talk)
    second = state(client, talk, **{"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert (second.json()["turn"], second.json()["at"]) == (1, f"{ONE}/{SECOND}/")


def test_asking_for_nothing_new_costs_one_query(client, talk, django_assert_num_queries):
    etag = state(client, talk, talk.wall)["ETag"]
    with django_assert_num_queries(1):
        assert state(client, talk, talk.wall, **{"if-none-match": etag}).status_code == 304


def test_a_move_says_which_turn_it_follows(client, talk):
    answer = move(client, talk, step="9", by="phone", when=77)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in ("turn", "by", "when")} == {"turn": 1, "by": "phone", "when": 77}
    late = move(client, talk, FIRST, by="laptop")
    assert late.status_code == 409
    assert (late.json()["at"], late.json()["by"]) == (f"{ONE}/{SECOND}/", "phone")
    assert move(client, talk, FIRST, turn=1).json()["at"] == f"{ONE}/{FIRST}/"


def test_a_step_stays_within_its_slide_and_black_goes_along(client, talk):
    stepped = next(slide for slide in decks()["1-the-problem"].slides if slide.steps)
    at = move(client, talk, stepped.name, step=99, black="1").json()["at"]
    assert at == f"{ONE}/{stepped.name}/?step={stepped.steps}&black"


@pytest.mark.parametrize("wrong", [{"slide": "none"}, {"deck": "none"}, {"deck": ""}])
def test_a_place_that_is_not_there_moves_nothing(client, talk, wrong):
    assert move(client, talk, **wrong).status_code == 400
    assert state(client, talk).json()["turn"] == 0


@pytest.mark.parametrize("turn", ["", "x", "-1", "²", "9" * 40])
def test_a_turn_that_is_none_is_late(client, talk, turn):
    assert move(client, talk, turn=turn).status_code == 409


def test_without_a_script_a_form_moves_and_leads_back(client, talk):
    home = f"/slides/talks/{talk.key}/speaker/"
    page = client.get(home).content.decode()
    form = page[page.index('class="moves"') :]
    assert f'name="slide" value="{SECOND}"' in form
    assert move(client, talk, headers={}).url == home
    late = move(client, talk, headers={})
    assert late.url == f"{home}?late=1"
    assert "Somebody else moved first." in client.get(late.url).content.decode()


def test_two_speakers_see_each_other(client, talk):
    def ask(who: str) -> int:
        return client.get(f"/slides/talks/{talk.key}/?as={who}").json()["speakers"]

    assert [ask("laptop"), ask("phone"), ask("laptop")] == [1, 2, 2]
    talk.refresh_from_db()
    talk.speakers["phone"] -= 31
    talk.save()
    assert ask("laptop") == 1
    assert ask("no name at all, and long") == 1


def test_a_screen_is_no_speaker(client, talk):
    assert state(client, talk, talk.wall).json()["speakers"] == 0


# the clock


def test_the_clock_starts_pauses_goes_on_and_is_reset(client, talk):
    def press(do: str) -> records.Clock:
        assert client.post(f"/slides/talks/{talk.key}/clock/", {"do": do}).status_code == 302
        talk.refresh_from_db()
        return records.clock(talk)

    assert press("pause").started is None
    started = press("start")
    assert started.runs
    assert press("start").started == started.started
    paused = press("pause")
    assert not paused.runs
    assert press("pause").paused == paused.paused
    Talk.objects.update(paused_at=paused.paused - timedelta(minutes=5))
    on = press("start")
    assert on.runs
    assert 300 <= on.rested < 310
    assert press("reset") == records.Clock()
    assert client.post(f"/slides/talks/{talk.key}/clock/", {"do": "dance"}).status_code == 400


def test_followers_hear_of_the_clock_without_a_turn(client, talk):
    before = state(client, talk)
    client.post(f"/slides/talks/{talk.key}/clock/", {"do": "start"})
    after = state(client, talk, **{"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["turn"] == 0
    assert after.json()["clock"]["started"] == pytest.approx(timezone.now().timestamp() * 1000, abs=60_000)


def test_the_plan_may_change_on_the_way(client, talk):
    address = f"/slides/talks/{talk.key}/plan/"
    assert client.post(address, {"until": "2-the-map", "breaks": "1"}).status_code == 302
    talk.refresh_from_db()
    assert (records.programme_of(talk).minutes, records.plan(talk).breaks) == (60, 1)
    assert client.post(address, {"breaks": "many"}).status_code == 400


# over


@pytest.mark.parametrize("how", ["ended", "old", "unknown"])
def test_a_stale_link_says_that_the_talk_is_over(client, talk, how):
    if how == "ended":
        client.post(f"/slides/talks/{talk.key}/clock/", {"do": "end"})
    elif how == "old":
        Talk.objects.update(begun_at=timezone.now() - timedelta(hours=12, minutes=1))
    else:
        Talk.objects.all().delete()
    for address in (f"/slides/talks/{talk.key}/speaker/", f"{ONE}/{SECOND}/?talk={talk.wall}"):
        response = client.get(address)
        assert response.status_code == 410
        assert "<h1>The talk is over.</h1>" in response.content.decode()
    assert state(client, talk).status_code == 410
    assert move(client, talk).status_code == 410


def test_what_is_long_over_is_removed(client, talk):
    Talk.objects.update(begun_at=timezone.now() - timedelta(days=8))
    client.post("/slides/talks/", {"deck": "2-the-map"})
    assert [left.deck for left in Talk.objects.all()] == ["2-the-map"]


def test_a_talk_that_runs_can_be_joined(client, talk):
    assert f'href="/slides/talks/{talk.key}/speaker/"' in client.get(f"{ONE}/speaker/").content.decode()


def test_a_course_that_changed_meanwhile_still_has_a_place(client, talk):
    Talk.objects.update(slide="2-three-problems.gone")
    assert 'data-name="2-three-problems"' in client.get(f"/slides/talks/{talk.key}/speaker/").content.decode()


# the phone


def test_a_laptop_that_nobody_reaches_shows_no_code(client, talk):
    page = client.get(f"/slides/talks/{talk.key}/speaker/").content.decode()
    assert 'class="qr"' not in page
    assert "No other device reaches this laptop yet." in page


@pytest.mark.parametrize(
    ("url", "hosts", "asked", "reached"),
    [
        ("https://cloud.example.edu", [], "localhost", "https://cloud.example.edu"),
        ("", ["localhost", "127.0.0.1", "192.168.1.20"], "localhost:8000", "http://192.168.1.20:8000"),
        ("", ["localhost", "192.168.1.20", "10.0.0.9"], "10.0.0.9:8000", "http://10.0.0.9:8000"),
    ],
)
def test_the_code_holds_the_address_that_a_phone_reaches(client, talk, settings, url, hosts, asked, reached):
    settings.COURSE_URL, settings.ALLOWED_HOSTS = url, hosts or settings.ALLOWED_HOSTS
    page = client.get(f"/slides/talks/{talk.key}/speaker/", headers={"host": asked}).content.decode()
    assert f">{reached}/slides/talks/{talk.key}/speaker/</a>" in page
    assert 'role="img" aria-label="QR code of the address"' in page
