"""The four homes of the street."""

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.homes import KINDS, read


def test_it_works(write_course):
    found = read(write_course())
    assert (found.of("hotel").name, found.lives) == ("hotel", {})


def test_the_real_street_has_its_homes_in_order():
    found = read(settings.BASE_DIR / "content")
    assert [home.kind for home in found.home] == list(KINDS)
    assert [found.lives[thing] for thing in ("laptop", "ec2", "rds", "lambda")] == list(KINDS)


@pytest.mark.parametrize("thing", ["vpc", "subnet", "security-group", "role"])
def test_the_street_itself_lives_nowhere(thing):
    assert thing not in read(settings.BASE_DIR / "content").lives


def test_a_course_without_homes_has_ours_without_their_links(write_course):
    ours, found = read(settings.BASE_DIR / "content"), read(write_course({"homes.toml": None}))
    assert [home.name for home in found.home] == [home.name for home in ours.home]
    assert {home.section for home in found.home} == {""}
    assert found.lives == ours.lives


def homes(*kinds: str) -> str:
    return "".join(f'[[home]]\nkind = "{kind}"\nname = "N"\nmeaning = "M"\nline = "L"\ntap = "T"\n' for kind in kinds)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (homes(*KINDS[:3]), 1),
        (homes(*KINDS, "hotel"), 1),
        (homes(*KINDS[:3], "castle"), 20),
        (homes(*KINDS[:3], "parents"), 20),
        (homes(*KINDS) + '[lives]\nalb = "castle"\n', 26),
    ],
    ids=["three homes", "five homes", "an unknown kind", "a kind that stands twice", "a thing in an unknown home"],
)
def test_a_wrong_street_is_told(write_course, text, line):
    with pytest.raises(ContentError) as caught:
        read(write_course({"homes.toml": text}))
    assert [(p.file, p.line, p.id) for p in caught.value.problems] == [("content/homes.toml", line, "course.E003")]
