"""Questions: one right answer, and behind each wrong one an idea."""

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.course import load
from lecture.quizzes.asked import ask
from lecture.quizzes.kinds import One
from lecture.quizzes.questions import Question, read

QUESTION = '[[question]]\nid = "{}"\nsection = "1-only/1-first"\nstem = "Who?"\nwhy = "Because."\n'
RIGHT = '[[question.option]]\nid = "{}"\ntext = "You"\nright = true\n'
WRONG = '[[question.option]]\nid = "{}"\ntext = "Nobody"\nidea = "It mends itself"\nfeedback = "It does not."\n'
GOOD = RIGHT.format("a") + WRONG.format("b") + WRONG.format("c") + WRONG.format("d")
TAP = QUESTION.format("p1.tap") + GOOD
OTHER = QUESTION.format("other") + GOOD
ONE = "needs exactly one option with right = true"
BOTH = "a wrong answer needs misconception and feedback"


@pytest.fixture(scope="module")
def real() -> dict[str, Question]:
    return read(settings.BASE_DIR / "content")


@pytest.fixture
def asked(write_course):
    return lambda *files: read(write_course({f"quizzes/{n}.toml": text for n, text in enumerate(files, 1)}))


@pytest.fixture
def problems(asked):
    def problems(*files: str) -> list[str]:
        with pytest.raises(ContentError) as caught:
            asked(*files)
        return [str(problem) for problem in caught.value.problems]

    return problems


def test_it_works(asked):
    question = asked(TAP)["p1.tap"]
    assert (question.stem, question.answer.id, question.find("c").text, question.find("z")) == (
        "Who?",
        "a",
        "Nobody",
        None,
    )


def test_a_course_may_have_no_questions(asked):
    assert asked() == {}


def test_the_questions_of_all_files_are_found(asked):
    assert list(asked(TAP, QUESTION.format("p2.tap") + GOOD)) == ["p1.tap", "p2.tap"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (QUESTION.format("q") + WRONG.format("a") + WRONG.format("b"), 2, f".id: q {ONE}"),
        (QUESTION.format("q") + RIGHT.format("a") + RIGHT.format("b"), 2, f".id: q {ONE}"),
        (QUESTION.format("q") + RIGHT.format("a") + WRONG.format("a"), 11, ".option.id: q has two options with one id"),
        (TAP.replace('idea = "It mends itself"\n', "", 1), 10, f".option: p1.tap, option b: {BOTH}"),
        (TAP.replace("It does not.", " ", 1), 10, f".option: p1.tap, option b: {BOTH}"),
    ],
)
def test_a_question_against_the_rules_is_told(problems, text, line, message):
    assert problems(text + OTHER) == [f"content/quizzes/1.toml:{line}: question{message}."]


def test_the_line_is_that_of_the_question(problems):
    wrong = QUESTION.format("q") + RIGHT.format("a") + RIGHT.format("b")
    assert problems(TAP + wrong) == [f"content/quizzes/1.toml:26: question.id: q {ONE}."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (QUESTION.format("q") + RIGHT.format("a"), "question.option: Tuple should have at least 2 items"),
        (TAP.replace('id = "b"', 'id = "bb"'), "question.option.id: String should match pattern"),
        (TAP.replace("p1.tap", "P1 tap"), "question.id: String should match pattern"),
        (TAP.replace('why = "Because."', 'why = "B."\nkind = "many"'), "question: kind is one, several, claim"),
        (TAP.replace("feedback", "feedbak", 1), "unknown key question.option.feedbak."),
        ("", "the key question is missing."),
    ],
)
def test_a_wrong_key_is_told(problems, text, message):
    [told] = problems(text and text + OTHER)
    assert told.partition(": ")[2].startswith(message)


def test_an_id_stands_once_in_a_file_and_in_all_of_them(problems):
    assert problems(TAP + TAP) == ["content/quizzes/1.toml:26: the question id p1.tap stands twice."]
    assert problems(TAP, TAP) == ["content/quizzes/2.toml:2: the question id p1.tap stands twice."]


def test_the_mistakes_of_all_files_are_told_at_once(problems):
    told = problems("question = 3\n", TAP, "question = [", TAP)
    assert [line.split(":")[0] for line in told] == [f"content/quizzes/{n}.toml" for n in (1, 3, 4)]


def test_the_order_is_not_the_authors_habit(real):
    single = [question for question in real.values() if isinstance(question, One)]
    places = [[c.id for c in ask(one, 1).choices].index(one.answer.id) for one in single]
    assert set(places) == {0, 1, 2, 3}
    assert max(map(places.count, set(places))) < len(places) / 2


def test_the_right_answer_is_seldom_the_longest(real):
    single = [question for question in real.values() if isinstance(question, One)]
    longest = [q for q in single if len(q.answer.text) == max(len(option.text) for option in q.option)]
    assert len(longest) <= len(single) / 3


def test_every_self_check_names_a_question_of_its_section(real):
    leaves = load.read(settings.BASE_DIR / "content").leaves
    checks = [(block.argument, leaf.key) for leaf in leaves.values() for block in leaf.blocks("check")]
    assert len(set(checks)) == len(checks)
    assert set(checks) <= {(question.id, question.section) for question in real.values()}
