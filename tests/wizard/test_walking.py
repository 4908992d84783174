"""A way through the wizard: every sequence of answers ends at a home that names its reasons."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecture.wizard.flow import UNSURE, Flow
from lecture.wizard.load import flow
from lecture.wizard.reasons import flips, ids, reasons, ruled_out, settling
from lecture.wizard.walking import Walk, possible, roads, towards, walk

MANY = settings(max_examples=80, deadline=None, derandomize=True)
PRESETS = {
    "capstone": ("platform", "containers"),
    "webhook": ("function",),
    "report": ("function",),
    "demo": ("platform",),
    "minimal": ("machine",),
    "micro-saas": ("function",),
    "thousand": ("containers",),
}


@cache
def ours() -> Flow:
    return flow()


def ends(answers: dict[str, str]) -> tuple[str, ...]:
    return ids(walk(ours(), answers).ends)


def preset(id: str) -> Walk:
    return walk(ours(), ours().presets[id].answers)


def answered(data: st.DataObject, sure: bool = False) -> Walk:
    """The way of somebody who answers what is asked until nothing is."""
    answers: dict[str, str] = {}
    while question := walk(ours(), answers).next:
        known = [answer.id for answer in question.answer]
        answers[question.id] = data.draw(st.sampled_from(known if sure else [*known, UNSURE]))
    return walk(ours(), answers)


@pytest.mark.parametrize(("id", "homes"), PRESETS.items())
def test_each_preset_ends_where_the_course_says(id, homes):
    found = preset(id)
    assert ids(found.ends) == homes
    assert found.next is None
    assert found.idle == {}


def test_there_are_these_seven_presets():
    assert list(ours().presets) == list(PRESETS)


def test_every_outcome_is_the_end_of_some_way():
    assert {end for answers in roads(ours()) for end in ends(answers)} == set(ours().outcomes)


def test_every_sure_way_ends_at_exactly_one_home():
    found = [(answers, ends(answers)) for answers in roads(ours())]
    assert len(found) > 80
    assert [answers for answers, homes in found if len(homes) != 1] == []


def test_the_longest_way_has_nine_questions_and_the_first_page_says_so():
    assert max(len(answers) for answers in roads(ours())) == 9
    assert walk(ours(), {}).most == 9


@MANY
@given(st.data())
def test_every_sequence_of_answers_ends_at_homes_that_name_their_reasons(data):
    found = answered(data)
    assert found.ends
    told = reasons(found)
    assert [reason.question.id for reason in told] == list(found.relevant)
    assert all(reason.answer is None or reason.answer.because for reason in told)
    assert all(reason.answer or found.answers[reason.question.id] == UNSURE for reason in told)
    gone = ruled_out(found)
    assert {*ids(found.ends), *(one.outcome.id for one in gone)} == set(ours().outcomes)
    assert len(gone) + len(found.ends) == len(ours().outcomes)
    assert all(one.reason.answer and one.because for one in gone)


@MANY
@given(st.data())
def test_several_homes_are_left_only_where_somebody_is_not_sure_and_a_question_settles_it(data):
    found = answered(data)
    unsure = [id for id, answer in found.relevant.items() if answer == UNSURE]
    assert len(found.ends) == 1 or unsure
    if len(found.ends) > 1 and len(unsure) == 1:
        [settled] = settling(found)
        assert settled.question.id == unsure[0]
        assert {id for road in settled.roads for id in road.ids} == set(ids(found.ends))


@MANY
@given(st.data())
def test_being_sure_of_one_thing_more_never_opens_a_home(data):
    found = answered(data)
    for id in [id for id, answer in found.relevant.items() if answer == UNSURE]:
        for answer in ours().questions[id].answer:
            fewer = possible(ours(), {**found.answers, id: answer.id})
            assert {*ids(fewer)} <= {*ids(found.ends)}


@MANY
@given(st.data())
def test_a_flip_really_leads_where_it_says(data):
    found = answered(data, sure=True)
    told = flips(found)
    assert told
    for change in told:
        assert change.answers == {**found.answers, change.question.id: change.answer.id}
        assert change.ids != ids(found.ends)
        if change.complete:
            assert ids(walk(ours(), change.answers).ends) == change.ids


@MANY
@given(st.data())
def test_a_change_that_is_no_flip_changes_nothing(data):
    found = answered(data, sure=True)
    told = {(change.question.id, change.answer.id) for change in flips(found)}
    for id, given_ in found.relevant.items():
        for answer in ours().questions[id].answer:
            if answer.id != given_ and (id, answer.id) not in told:
                assert ids(possible(ours(), {**found.answers, id: answer.id})) == ids(found.ends)


@MANY
@given(st.dictionaries(st.sampled_from([*ours().questions]), st.just(UNSURE)))
def test_somebody_who_knows_nothing_can_still_live_anywhere(answers):
    assert ids(possible(ours(), answers)) == tuple(ours().outcomes)


@pytest.mark.parametrize("id", [*ours().routes, *ours().outcomes])
def test_the_way_towards_a_place_leads_there(id):
    found = walk(ours(), towards(ours(), id))
    assert id in {*(route.id for route in found.open), *ids(found.ends)}


def test_a_change_keeps_the_other_answers_and_says_which_are_not_asked_now():
    answers = {**ours().presets["webhook"].answers, "always": "something"}
    found = walk(ours(), answers)
    assert found.relevant == {"always": "something"}
    assert found.idle == {id: answers[id] for id in ("sockets", "events", "size", "traffic", "move")}
    assert found.next == ours().questions["operator"]
    assert ends({**answers, "always": "nothing"}) == ("function",)


def test_somebody_who_is_not_sure_is_asked_the_questions_of_both_roads():
    found = walk(ours(), {"always": UNSURE})
    assert [route.id for route in found.open] == ["sockets", "residents"]
    assert found.next == ours().questions["sockets"]


# the reasons of the presets


def test_the_capstone_is_settled_by_a_name():
    [settled] = settling(preset("capstone"))
    assert settled.question.id == "operator"
    assert [(road.answer.id, road.ids) for road in settled.roads] == [
        ("nobody", ("platform",)),
        ("one", ("containers",)),
        ("team", ("containers",)),
    ]


def test_the_capstone_is_no_function_because_something_waits():
    gone = {one.outcome.id: one.reason.answer.id for one in ruled_out(preset("capstone")) if one.reason.answer}
    assert gone == {"function": "something", "express": "something", "machine": "room", "eks": "no", "mixed": "no"}


def test_what_speaks_against_an_outcome_may_be_said_of_that_outcome():
    gone = {one.outcome.id: one.because for one in ruled_out(preset("demo"))}
    assert gone["function"].startswith("Whoever waits for work needs a place that never sleeps")
    assert gone["express"].startswith("Express Mode sets up a service that answers requests")


def test_the_webhook_would_flip_to_containers_if_two_providers_were_a_must():
    first = flips(preset("webhook"))[0]
    assert (first.question.id, first.answer.id, first.ids, first.certain) == ("move", "must", ("containers",), True)


def test_the_minimal_budget_flips_with_the_money_and_with_the_owner():
    certain = {(c.question.id, c.answer.id): c.ids for c in flips(preset("minimal")) if c.certain}
    assert certain == {("operator", "nobody"): ("platform",), ("budget", "middle"): ("platform",)}


def test_the_crowd_flips_with_each_of_its_answers():
    told = {(change.question.id, change.answer.id): change.ids for change in flips(preset("thousand"))}
    assert told["pieces", "yes"] == ("mixed",)
    assert told["time", "days"] == ("express",)
    assert told["budget", "tight"] == ("machine",)
    assert told["operator", "nobody"] == ("platform",)
    assert told["traffic", "spiky"] == ("function", "containers")


@pytest.mark.parametrize(
    ("answers", "home"),
    [
        ("always=something operator=team move=must", "eks"),
        ("always=something operator=team move=no pieces=no", "containers"),
        ("always=something operator=one budget=middle", "platform"),
        ("always=something operator=one budget=room time=day", "platform"),
        ("always=something operator=one budget=room time=days pieces=yes", "mixed"),
        ("always=nothing sockets=sockets operator=one budget=room time=days", "express"),
        ("always=nothing sockets=long operator=one budget=room time=weeks pieces=no", "containers"),
        ("always=nothing sockets=neither events=people size=minutes operator=nobody", "platform"),
        ("always=nothing sockets=neither events=events size=large operator=nobody", "platform"),
        ("always=nothing sockets=neither events=people size=short traffic=light move=no", "function"),
        ("always=nothing sockets=neither events=people size=short traffic=light move=must", "containers"),
    ],
)
def test_other_ways_end_where_section_5_5_says(answers, home):
    assert ends(dict(pair.split("=") for pair in answers.split())) == (home,)
