"""A flow that cannot be walked stops the start: file, line, what is wrong, how to mend it."""

import pytest

from lecture.authoring import ContentError
from lecture.checks import problems
from lecture.wizard.load import flow, read
from tests.wizard.small import PRICES, SMALL, line_of, with_

OWNED = 'to = { me = "machine", nobody = "platform" }'
AGAIN = """
[[route]]
id = "again"
ask = "asleep"
to = { yes = "machine", no = "machine" }
"""


@pytest.fixture
def told(write_course):
    """The mistakes in a flow: (line, id, message, mend) each."""

    def told(text: str) -> list[tuple[int, str, str, str]]:
        root = write_course({"wizard.toml": text})
        with pytest.raises(ContentError) as error:
            read(root)
        assert {problem.file for problem in error.value.problems} == {"content/wizard.toml"}
        return [(p.line, p.id, p.message, p.mend) for p in error.value.problems]

    return told


def test_the_small_flow_is_right(write_course):
    assert [route.id for route in read(write_course({"wizard.toml": SMALL})).route] == ["start", "owned"]


def test_an_answer_that_leads_nowhere_is_named_with_the_nearest_place(told):
    text = with_(('nobody = "platform" }', 'nobody = "platfrom" }'))
    assert told(text) == [
        (
            line_of(text, OWNED.replace("platform", "platfrom")),
            "wizard.E002",
            "owned: nobody leads to platfrom, which is nowhere.",
            "Did you mean platform?",
        )
    ]


def test_an_answer_without_a_road_is_a_dead_end(told):
    text = with_(
        ('id = "nobody"\n', 'id = "nobody"\n'),
        (
            "[[route]]",
            '[[question.answer]]\nid = "team"\ntext = "T"\nshort = "team"\nbecause = "There is a team."\n\n[[route]]',
        ),
    )
    assert told(text) == [
        (
            line_of(text, OWNED),
            "wizard.E002",
            "owned is a dead end: owner may be answered with team, which leads nowhere.",
            'Add team = "…".',
        )
    ]


def test_a_road_for_an_answer_that_is_none_is_named(told):
    text = with_((OWNED, 'to = { me = "machine", nobody = "platform", nobdy = "platform" }'))
    assert [(id, message, mend) for _, id, message, mend in told(text)] == [
        ("wizard.E002", "owned: nobdy is no answer to owner.", "Did you mean nobody?")
    ]


def test_a_route_that_asks_nothing_known_is_named(told):
    text = with_(('ask = "owner"', 'ask = "onwer"'))
    assert told(text) == [
        (
            line_of(text, 'ask = "onwer"'),
            "wizard.E002",
            "owned asks onwer, which is no question.",
            "Did you mean owner?",
        )
    ]


@pytest.mark.parametrize("target", ["start", "owned"])
def test_a_way_that_could_go_round_in_a_circle_is_found(told, target):
    text = with_((OWNED, f'to = {{ me = "machine", nobody = "{target}" }}'))
    assert (
        line_of(text, "to = { me"),
        "wizard.E003",
        f"owned: nobody leads back to {target}, so that a way could go round in a circle.",
        "Let it lead to a route further down, or move that route below this one.",
    ) in told(text)


def test_a_question_that_is_asked_twice_on_one_way_is_found(told):
    text = with_((OWNED, 'to = { me = "again", nobody = "platform" }\n' + AGAIN))
    assert [(id, message) for _, id, message, _ in told(text)] == [
        ("wizard.E003", "again asks asleep, which was asked on the way there.")
    ]


def test_an_outcome_that_no_way_reaches_is_found(told):
    text = with_(('{ me = "machine"', '{ me = "platform"'))
    assert [(id, message) for _, id, message, _ in told(text)] == [
        ("wizard.E004", "no answer leads to the outcome machine.")
    ]


def test_a_route_that_no_way_reaches_is_found(told):
    text = with_((OWNED, OWNED + AGAIN))
    assert told(text)[0] == (
        line_of(text, 'id = "again"'),
        "wizard.E004",
        "no answer leads to the route again.",
        "Let an answer lead to it, or remove it.",
    )


def test_a_question_that_nobody_asks_is_found(told):
    more = '[[question]]\nid = "idle"\ntext = "T"\nshort = "T"\nwhy = "W"\nsettle = "S"\nanswer = [%s]\n\n[[route]]'
    answers = ", ".join(f'{{ id = "{id}", text = "T", short = "t", because = "B." }}' for id in "ab")
    text = with_(("[[route]]", more % answers))
    assert [(id, message) for _, id, message, _ in told(text)] == [
        ("wizard.E004", "the question idle is asked nowhere.")
    ]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('id = "owner"', 'id = "asleep"', "the question asleep stands twice."),
        ('id = "owned"', 'id = "function"', "the id function stands twice, as route and as outcome."),
        ('id = "nobody"', 'id = "me"', "the answer me stands twice."),
        ('id = "nobody"', 'id = "unsure"', "unsure is a word of the wizard’s own."),
        ('id = "owner"', 'id = "ask"', "ask is a word of the wizard’s own."),
    ],
)
def test_what_stands_twice_or_is_taken_is_found(told, before, after, message):
    assert ("wizard.E001", message) in [(id, said) for _, id, said, _ in told(with_((before, after)))]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ('{ asleep = "no" }', "the preset p ends at the question owner."),
        ('{ asleep = "maybe" }', "maybe is no answer to asleep."),
        ('{ aslep = "no" }', "aslep is no question."),
    ],
)
def test_a_preset_arrives(told, answers, message):
    text = SMALL + f'\n[[preset]]\nid = "p"\ntitle = "P"\nline = "L."\nanswers = {answers}\n'
    assert [(id, said) for _, id, said, _ in told(text)] == [("wizard.E005", message)]


def test_a_preset_may_be_unsure(write_course):
    preset = '\n[[preset]]\nid = "p"\ntitle = "P"\nline = "L."\nanswers = { asleep = "unsure", owner = "me" }\n'
    assert read(write_course({"wizard.toml": SMALL + preset})).preset[0].answers["asleep"] == "unsure"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('title = "One of them"', 'title = "One"\nwhen = { owner = "you" }', "you is no answer to owner."),
        (
            'title = "One of them"',
            'title = "One"\nwhen = { owner = "me" }',
            "function: the last estimate is for certain answers only.",
        ),
        ('title = "One of them"', 'title = "One"\nsum = "both"', "function: an estimate has a sum or lines."),
    ],
)
def test_a_condition_that_cannot_be_is_found(told, before, after, message):
    assert ("wizard.E005", message) in [(id, said) for _, id, said, _ in told(with_((before, after)))]


# with the whole course at hand


@pytest.fixture
def judged(serve):
    """The mistakes that the checks find in a course with this flow: (file, line, id, message) each."""

    def judged(text: str, **files: str) -> list[tuple[str, int, str, str]]:
        serve({"wizard.toml": text, "prices.toml": PRICES, **files})
        return [(p.file, p.line, p.id, p.message) for p in problems()]

    return judged


def test_a_course_with_the_small_flow_has_no_mistake(judged):
    assert judged(SMALL) == []


@pytest.mark.parametrize(
    ("before", "after", "rule", "message"),
    [
        ("1-only/1-first", "1-only/2-first", "course.E121", "function: no section 1-only/2-first."),
        ("thing.hour", "thing.day", "course.E116", "there is no price thing.day."),
        ("Take the function.", "Costs {sum:none}.", "course.E116", "{sum:none} stands for nothing."),
        ("Take the function.", "Costs $5 a month.", "course.E115", "an amount typed by hand: $5"),
        ("It sleeps.", "[It](/nowhere/) sleeps.", "course.E113", "the link /nowhere/ leads nowhere."),
        ("gains =", 'plans = ["Heroku"]\ngains =', "course.E116", "function: prices.toml has no plan Heroku."),
    ],
)
def test_what_a_flow_points_at_is_there(judged, before, after, rule, message):
    text = with_((before, after))
    assert judged(text) == [("content/wizard.toml", line_of(text, after.split("\n")[0]), rule, message)]


def test_a_card_with_an_answer_that_does_not_exist_is_found(judged, section):
    tool = '[[tool]]\nname = "wizard"\ntitle = "W"\ntext = "T."\naddress = "/wizard/"\nicon = "wizard"\n'
    body = "Some text.\n\n/// try | wizard\n    title: Try\n    asleep: maybe\n\nIt.\n///\n"
    course = section(body)
    from tests.conftest import MINIMAL  # the course that `serve` writes

    files = {**course, "course.toml": MINIMAL["course.toml"] + tool}
    assert judged(SMALL, **files) == [
        ("content/parts/1-only/1-first.md", 10, "wizard.E006", "the wizard knows no asleep: maybe.")
    ]


def test_the_course_has_a_flow():
    assert len(flow().question) == 10
    assert [outcome.id for outcome in flow().outcome] == [
        "function", "platform", "machine", "express", "containers", "mixed", "eks",
    ]  # fmt: skip
