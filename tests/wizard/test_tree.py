"""The drawn tree: from the same data, nothing overlaps, the way is lit, each box leads to its question."""

import re
from itertools import combinations
from urllib.parse import parse_qsl, urlsplit

import pytest

from lecture.wizard.asking import asked
from lecture.wizard.flow import Flow
from lecture.wizard.load import flow, read
from lecture.wizard.tree import HEAD, Box, Drawing, Tree, tree
from lecture.wizard.walking import walk
from tests.wizard.small import SMALL

WAYS = [{}, *(preset.answers for preset in flow().preset), {"always": "unsure"}, {"always": "nothing"}]
FORMS = ["wide", "narrow"]


def drawn(answers: dict[str, str], some: Flow | None = None) -> Tree:
    return tree(walk(some or flow(), answers))


def stretches(path: str) -> list[tuple[float, float, float, float]]:
    """The straight stretches of a path of M, H and V: x, y, x, y each."""
    found, x, y = [], 0.0, 0.0
    for command, first, second in re.findall(r"([MHV])([\d.-]+)(?: ([\d.-]+))?", path):
        if command == "M":
            x, y = float(first), float(second)
            continue
        to = (float(first), y) if command == "H" else (x, float(first))
        found.append((x, y, *to))
        x, y = to
    return found


def crosses(stretch: tuple[float, float, float, float], box: Box) -> bool:
    """Whether a stretch runs through the inside of a box."""
    left, right = sorted((stretch[0], stretch[2]))
    top, bottom = sorted((stretch[1], stretch[3]))
    inside = left < box.x + box.width - 1 and right > box.x + 1
    return inside and top < box.y + HEAD - 1 and bottom > box.y + 1


def answers_of(box: Box) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(box.href).query))


@pytest.mark.parametrize("form", FORMS)
def test_every_place_is_drawn_once_with_its_number(form):
    drawing: Drawing = getattr(drawn({}), form)
    assert [box.number for box in drawing.boxes] == list(range(1, len(flow().route) + 1))
    assert [box.text for box in drawing.boxes] == [flow().asks(route).short for route in flow().route]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("answers", WAYS)
def test_no_box_lies_on_another_and_all_stand_on_the_paper(form, answers):
    drawing: Drawing = getattr(drawn(answers), form)
    for one, other in combinations(drawing.boxes, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + HEAD <= other.y or other.y + HEAD <= one.y
    assert all(box.x > 0 and box.x + box.width < drawing.width for box in drawing.boxes)
    assert all(box.y > 0 and box.y + HEAD < drawing.height for box in drawing.boxes)


@pytest.mark.parametrize("form", FORMS)
def test_no_road_runs_through_a_box_or_off_the_paper(form):
    drawing: Drawing = getattr(drawn({}), form)
    for wire in drawing.wires:
        for stretch in stretches(wire.path):
            assert not [box.number for box in drawing.boxes if crosses(stretch, box)], wire.path
            assert min(stretch) >= 0
            assert max(stretch[0], stretch[2]) <= drawing.width


@pytest.mark.parametrize("form", FORMS)
def test_no_answer_lies_on_a_box_or_on_another_answer(form):
    drawing: Drawing = getattr(drawn({}), form)
    places = [(round(leaf.x), round(leaf.y)) for leaf in drawing.leaves]
    assert len(set(places)) == len(places)
    for leaf in drawing.leaves:
        assert not [
            box for box in drawing.boxes if box.x < leaf.x < box.x + box.width and box.y < leaf.y < box.y + HEAD
        ]


def test_homes_stand_where_answers_lead_to_them():
    shown = {leaf.name for leaf in drawn({}).wide.leaves if leaf.home}
    assert shown == {outcome.short for outcome in flow().outcome}


def test_the_narrow_form_says_where_it_goes_on():
    jumps = {leaf.name for leaf in drawn({}).narrow.leaves if leaf.name and not leaf.home}
    assert jumps == {"to 5", "to 6", "to 8", "to 11", "to 14", "to 15"}


@pytest.mark.parametrize("form", FORMS)
def test_the_way_is_lit_and_nothing_else(form):
    answers = flow().presets["webhook"].answers
    drawing: Drawing = getattr(drawn(answers), form)
    assert [box.number for box in drawing.boxes if box.state == "taken"] == [1, 2, 3, 4, 6, 7]
    lit = [leaf.text for leaf in drawing.leaves if leaf.taken]
    assert lit == ["no", "neither", "events", "seconds, minutes", "spiky, light", "no"]
    assert [leaf.name for leaf in drawing.leaves if leaf.taken and leaf.home] == ["Function"]


@pytest.mark.parametrize("form", FORMS)
def test_somebody_who_is_not_sure_sees_every_road_lit(form):
    drawing: Drawing = getattr(drawn(flow().presets["capstone"].answers), form)
    assert {leaf.name for leaf in drawing.leaves if leaf.taken and leaf.home} == {"Platform", "Containers"}


def test_the_question_that_is_asked_is_marked():
    drawing = drawn({"always": "nothing"}).wide
    assert [(box.number, box.said) for box in drawing.boxes if box.state == "here"] == [(2, "to be answered")]


def test_a_question_that_is_asked_again_is_marked_where_it_stands():
    found = walk(flow(), flow().presets["webhook"].answers)
    drawing = tree(found, flow().questions["size"]).wide
    assert [(box.number, box.said) for box in drawing.boxes if box.state == "here"] == [(4, "seconds")]


@pytest.mark.parametrize("answers", WAYS)
def test_each_box_leads_to_its_question_on_a_way_that_passes_it(answers):
    for box, route in zip(drawn(answers).wide.boxes, flow().route, strict=True):
        said = asked(flow(), {key: [value] for key, value in answers_of(box).items()})
        assert said.refused == ()
        assert said.ask == flow().asks(route)
        there = walk(flow(), said.answers)
        assert route in (*there.routes, *there.open)


def test_a_box_on_the_way_keeps_every_answer():
    answers = flow().presets["thousand"].answers
    for box in drawn(answers).wide.boxes:
        if box.state == "taken":
            assert {key: value for key, value in answers_of(box).items() if key != "ask"} == answers


def test_the_tree_is_told_in_words():
    words = drawn({}).description
    assert words.startswith("1, Always running? no: go to 2; yes: go to 11. 2, Sockets, long runs?")
    assert "7, Several providers? no: Function; yes: Containers." in words


def test_another_instructors_flow_is_drawn_too(write_course):
    small = read(write_course({"wizard.toml": SMALL}))
    drawing = drawn({"asleep": "no", "owner": "me"}, small).wide
    assert [box.state for box in drawing.boxes] == ["taken", "taken"]
    assert [(leaf.text, leaf.name) for leaf in drawing.leaves if leaf.taken] == [("no", ""), ("me", "machine")]
