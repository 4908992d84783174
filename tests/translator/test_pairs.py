"""The file beside what it becomes: every line once, each service with its card, and what is said about which line."""

import pytest

from lecture.translator.blueprint import Account
from lecture.translator.examples import examples
from lecture.translator.pairs import Gloss, gloss, pairs
from lecture.translator.translate import translate

FILE = """# A shop.
version: "3"
x-common: &common
  restart: always

services:
  # the web
  # server
  web:
    image: nginx:1.27
    ports: ["80:80"]

  cache:
    image: redis:7

# disks
volumes:
  data: {}
networks:
  back: {}
"""


def made(text: str):
    translation = translate(text)
    return pairs(translation.blueprint, translation.bill)


def rows(text: str) -> list[tuple[int, int, list[str]]]:
    return [(pair.first, pair.last, [side.service for side in pair.sides]) for pair in made(text)]


def test_it_works():
    assert rows(FILE) == [
        (1, 2, []),
        (3, 5, []),
        (6, 6, []),
        (7, 12, ["web"]),
        (13, 15, ["cache"]),
        (16, 18, []),
        (19, 20, []),
    ]


@pytest.mark.parametrize("id", examples())
def test_the_file_reads_through_from_top_to_bottom(id):
    text = examples()[id][1]
    found = made(text)
    assert [n for pair in found for n, _ in pair.numbered] == list(range(1, len(text.splitlines()) + 1))


@pytest.mark.parametrize("id", examples())
def test_every_service_has_its_card_once(id):
    translation = translate(examples()[id][1])
    cards = [side.service for pair in pairs(translation.blueprint, translation.bill) for side in pair.sides]
    assert sorted(cards) == sorted(translation.file.services)


def test_services_on_one_line_share_a_row():
    text = "services: {web: {image: nginx}, cache: {image: 'redis:7'}}\n"
    assert rows(text) == [(1, 1, ["web", "cache"])]


def test_a_service_that_sleeps_is_told_beside_its_lines():
    text = "services:\n  web:\n    image: nginx\n  mail:\n    image: mailhog/mailhog\n    profiles: [dev]\n"
    found = made(text)
    assert [(pair.first, [side.service for side in pair.sides]) for pair in found] == [(1, []), (2, ["web"]), (4, [])]
    assert found[2].notes == ("Asleep: it stands behind a profile that is not chosen.",)


def test_what_stands_between_services_is_told_in_few_words():
    volumes = "".join(f"  v{n}:\n    labels:\n      l: '{n}'\n    driver_opts:\n      o: '{n}'\n" for n in range(3))
    last = made(f"services:\n  web:\n    image: nginx\nvolumes:\n{volumes}  ext:\n    external: true\n")[-1]
    assert len(last.notes) <= 3
    assert last.more >= 0


def test_a_card_without_a_price_says_why():
    text = (
        "services:\n  seed:\n    image: me/seed\n    restart: 'no'\n  box:\n    image: me/box\n    privileged: true\n"
    )
    text += "  queue:\n    image: rabbitmq:4\n"
    found = {side.service: (side.usd, side.instead) for pair in made(text) for side in pair.sides}
    assert found == {
        "seed": (None, "paid by the minute that it runs"),
        "box": (None, "paid with its machine"),
        "queue": (None, "no price on our sheet"),
    }


def account(line: int, message: str) -> Account:
    return Account(f"services.web.k{line}", line, "translated", message)


def test_the_same_words_about_lines_that_follow_stand_once():
    said = gloss([account(4, "A."), account(3, "A."), account(5, "B."), account(6, "A.")])
    assert said == [Gloss(3, 4, "A."), Gloss(5, 5, "B."), Gloss(6, 6, "A.")]


def test_what_the_card_says_anyway_is_not_said_again():
    assert gloss([account(3, "Becomes RDS. Why."), account(4, "Why.")], "Why.") == [Gloss(3, 3, "Becomes RDS.")]


def test_many_notes_are_cut_and_counted():
    lines = "".join(f"      V{n}: a{n}\n" for n in range(3))
    ports = "".join(f'      - "{n}:{n}"\n' for n in range(9000, 9020))
    text = f"services:\n  web:\n    image: me/web\n    environment:\n{lines}    ports:\n{ports}"
    [side] = [side for pair in made(text) for side in pair.sides]
    assert len(side.gloss) == 12
    assert side.unsaid > 0
