"""What an author may write, and what is refused, with its line."""

import pytest

from lecture.authoring import ContentError
from lecture.quizzes import misconceptions, soundness
from lecture.quizzes.questions import read
from tests.quizzes.samples import ALL, BELIEFS, CLAIM, FIND, KINDS, MATCH, NUMBER, ONE, ORDER, SEVERAL, SLIP


@pytest.fixture
def told(write_course):
    def told(text: str, beliefs: str = BELIEFS) -> list[str]:
        root = write_course({"quizzes/a.toml": text, "misconceptions.toml": beliefs})
        try:
            known, table = read(root), misconceptions.read(root)
        except ContentError as error:
            return [str(problem) for problem in error.problems]
        return [str(p) for p in (*soundness.problems(root, known, table), *soundness.warnings(root, known))]

    return told


def line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_every_kind_is_read(told, write_course):
    assert told(ALL) == []
    assert [one.kind for one in read(write_course({"quizzes/a.toml": ALL})).values()] == list(KINDS)


@pytest.mark.parametrize(
    ("text", "old", "new", "at", "message"),
    [
        (SEVERAL, "right = true", SLIP, "id", "question.id: q.several needs options that are right and options that"),
        (CLAIM, "says = false", "says = true", "id", "question.id: q.claim needs reasons for both verdicts"),
        (CLAIM, "says = false\n", "", '[[question.option]]\nid = "c"', "the key question.option.says is missing"),
        (
            MATCH,
            'id = "b"\nleft',
            'id = "a"\nleft',
            'id = "b"\nleft',
            "question.pair.id: q.match has two pairs with one",
        ),
        (MATCH, SLIP, "", "[[question.pair]]", "question.pair: q.match: each pair needs misconception and feedback"),
        (
            ORDER,
            'later = "b"',
            'later = "z"',
            "[[question.turned]]",
            "question.turned: q.order: a does not stand befor",
        ),
        (ORDER, 'sooner = "a"', 'sooner = "c"', "[[question.turned]]", "question.turned: q.order: c does not stand"),
        (FIND, "wrong = 3", "wrong = 4", "wrong = 3", "question.wrong: q.find: the code has no line 4 to choose"),
        (FIND, "line = 5", "line = 3", "[[question.line]]", "question.line: q.find: line 3 cannot be chosen wrongly"),
        (NUMBER, "answer =", "anser =", "anser", "unknown key question.anser"),
        (ONE, 'id = "q.one"', 'kind = "many"', "[[question]]", "question: kind is one, several, claim, match, order"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(told, text, old, new, at, message):
    first = told(text.replace(old, new) if old != "right = true" else text.replace("right = true\n", SLIP))
    where = {"id": line(text, 'id = "q')}.get(at) or line(text if at in text else text.replace(old, new), at)
    assert any(one.startswith(f"content/quizzes/a.toml:{where}: {message}") for one in first), first


def test_a_belief_that_is_not_there_is_named_with_its_line(told):
    text = ONE.replace("it-mends-itself", "it-mend-itself")
    at = line(text, "misconception")
    assert told(text) == [f"content/quizzes/a.toml:{at}: q.one: there is no misconception it-mend-itself."]


def test_a_scenario_that_is_not_there_is_named(told):
    text = ONE.replace('stem = "What?"', 'stem = "What?"\nscenario = "gone"')
    assert told(text) == [f"content/quizzes/a.toml:{line(text, 'scenario')}: q.one: there is no scenario gone."]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("730 * 2 * tasks", "730 * task", "task is not among vary"),
        ('value = "24 * 2 * tasks"', 'value = "1 / 0"', "1 / 0 cannot be worked out"),
        ('value = "24 * 2 * tasks"', 'value = "1460 * tasks"', "a wrong number is the right one"),
        ("{=tasks} tasks", "{=price('x')} tasks", "there is no price x"),
    ],
)
def test_a_formula_that_fails_stops_the_course(told, old, new, message, real_prices):
    assert [one.partition(": q.number: ")[2] for one in told(NUMBER.replace(old, new))] == [f"{message}."]


@pytest.fixture
def real_prices(settings):
    """The sheet of the real course: its prices are what formulas may name."""
    settings.COURSE_CONTENT = settings.BASE_DIR / "content"


@pytest.mark.parametrize("text", ["All of the above", "Both of these", "None of the answers", "neither of the others"])
def test_an_answer_by_form_is_advised_against(told, text):
    [advice] = told(ONE.replace('"Nobody"', f'"{text}"'))
    assert "is answered by form, not by knowledge" in advice


def test_a_right_answer_that_is_by_far_the_longest_is_advised_against(told):
    [advice] = told(ONE.replace('"You"', '"You, since the contract of the house says so on its very first page"'))
    assert advice.endswith("q.one: the right answer is by far the longest and gives itself away.")


def test_a_belief_stands_once(told):
    at = BELIEFS.count("\n") + 3
    message = "misconception.id: the id it-mends-itself stands twice."
    assert told(ONE, BELIEFS + BELIEFS) == [f"content/misconceptions.toml:{at}: {message}"]
