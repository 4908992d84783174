"""The line at the top says in which room one is."""

import re

import pytest

from lecture.templatetags.parts import plain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "lit"),
    [
        ("/", ("page", "Course")),
        ("/parts/1-the-problem/", ("true", "Course")),
        ("/deep-dives/twin-apis/", ("true", "Course")),
        ("/costs/", ("true", "Costs")),
        ("/costs/bill/", ("page", "Costs")),
        ("/costs/traps/", ("true", "Costs")),
        ("/rosetta/container/", ("true", "Rosetta Stone")),
        ("/slides/1-the-problem/overview/", ("true", "Slides")),
        ("/quizzes/", ("page", "Quizzes and review")),
        ("/glossary/", ("page", "Glossary")),
        ("/about/privacy/", None),
    ],
)
def test_the_room_is_lit(client, address, lit):
    html = client.get(address).content.decode()
    head = html[html.index('<header class="site-head">') : html.index("</header>")]
    assert re.findall(r'aria-current="(\w+)">([^<]+)</a>', head) == ([lit] if lit else [])


def test_where_nobody_lives_nothing_is_lit(client):
    assert "aria-current" not in client.get("/nowhere/").content.decode()


def test_marks_and_entities_are_gone_where_no_element_may_stand():
    assert plain("`a < b` and **c** & d") == "a < b and c & d"
