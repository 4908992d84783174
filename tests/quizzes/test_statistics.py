"""What tallies show: exact figures for small, made-up classes. No database, no course."""

from tomllib import loads

import pytest

from lecture.quizzes import statistics
from lecture.quizzes.distractors import distractors, held
from lecture.quizzes.kinds import QuizFile
from lecture.quizzes.statistics import Believed, Tally, believed, items, masked, rows
from tests.quizzes.samples import HEAD, KINDS, ONE, option

QUESTIONS = {kind: QuizFile.model_validate(loads(text)).question[0] for kind, text in KINDS.items()}
BELIEF = "it-mends-itself"
THREE = f'[[question]]\nid = "q.three"\n{HEAD}' + option("a", "You", right=True)
THREE += "".join(option(letter, letter.upper()) for letter in "bcd")


def question(text: str):
    return QuizFile.model_validate(loads(text)).question[0]


def tally(given="a", count=1, right=None, certainty=2, question="q.one", beliefs=(), **others):
    return Tally(question, given == "a" if right is None else right, given, beliefs, certainty, count, **others)


def item(*tallies, text=ONE):
    one = question(text)
    found = items({one.id: one}, tallies)
    return found[0] if found else None


def test_difficulty_is_the_share_that_was_right():
    found = item(tally("a", 7), tally("b", 3))
    assert (found.answers, found.right, found.apart) == (10, 70, None)


@pytest.mark.parametrize(("answers", "shown"), [(4, False), (5, True)])
def test_fewer_than_five_are_not_shown(answers, shown):
    assert (item(tally("a", answers - 1), tally("b", 1)) is not None) is shown


def test_a_question_that_has_gone_is_passed_over():
    assert items({"q.one": question(ONE)}, [tally(count=9, question="gone")]) == []


def test_the_order_is_the_course_s():
    known = {id: question(ONE).model_copy(update={"id": id}) for id in ("z", "a", "m")}
    found = items(known, [tally(count=5, question=id) for id in ("a", "m", "z")])
    assert [one.question.id for one in found] == ["z", "a", "m"]


def test_a_wrong_answer_has_its_number_and_share():
    found = item(tally("a", 8), tally("b", 5, certainty=1), tally("b", 7, certainty=3))
    (chosen,) = found.chosen
    assert (chosen.wrong.key, chosen.wrong.text, chosen.wrong.belief) == ("b", "Nobody", BELIEF)
    assert (chosen.count, chosen.percent) == (12, 60)


def test_a_wrong_answer_that_fewer_than_five_chose_has_none():
    found = item(tally("a", 96), tally("b", 4))
    assert [(one.count, one.percent) for one in found.chosen] == [(None, None)]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"b": 9, "c": 5, "d": 7}, {"b": 9, "c": 5, "d": 7}),
        ({"b": 9, "c": 4, "d": 7}, {"b": 9, "c": None, "d": None}),  # or 4 could be worked out
        ({"b": 9, "c": 4, "d": 0}, {"b": 9, "c": None, "d": None}),
        ({"b": 0, "c": 0, "d": 0}, {"b": None, "c": None, "d": None}),
        ({"b": 4}, {"b": None}),
        ({}, {}),
    ],
)
def test_small_numbers_are_hidden_and_never_one_alone(counts, shown):
    assert masked(counts) == shown


def test_the_certainty_of_the_wrong_is_of_those_who_were_asked():
    found = item(tally("a", 9, certainty=3), tally("b", 4, certainty=3), tally("b", 6, certainty=1),
                 tally("b", 50, certainty=0))  # fmt: skip
    assert found.certain == 40


def test_the_certainty_of_fewer_than_five_is_not_shown():
    assert item(tally("a", 9), tally("b", 4, certainty=3), tally("b", 9, certainty=0)).certain is None


def test_discrimination_is_the_point_biserial_correlation():
    """Twelve right with 0.8 of the rest, eight wrong with 0.4: worked out by hand, r is 1; mixed, it is less."""
    apart = [tally("a", 12, others=12, share=9.6, squares=7.68), tally("b", 8, others=8, share=3.2, squares=1.28)]
    assert item(*apart).apart == 1.0
    mixed = [tally("a", 10, others=10, share=6.0, squares=4.0), tally("b", 10, others=10, share=4.0, squares=2.0)]
    # means 0.6 and 0.4, rate 0.5, variance 6/20 - 0.25 = 0.05: r = 0.2 * sqrt(0.25 / 0.05) = 0.447
    assert item(*mixed).apart == 0.4
    turned = [tally("b", 10, others=10, share=6.0, squares=4.0), tally("a", 10, others=10, share=4.0, squares=2.0)]
    assert (item(*turned).apart, item(*turned).tells) == (-0.4, "−0.4")


@pytest.mark.parametrize(
    "tallies",
    [
        [tally("a", 10, others=10, share=6, squares=4), tally("b", 9, others=9, share=3, squares=1)],  # 19 learners
        [tally("a", 40, others=40, share=20, squares=12)],  # all right
        [tally("a", 20, others=20, share=10, squares=5), tally("b", 20, others=20, share=10, squares=5)],  # all alike
        [tally("a", 40), tally("b", 40)],  # nobody answered anything else
    ],
)
def test_where_nothing_can_be_told_apart_there_is_no_discrimination(tallies):
    assert (item(*tallies).apart, item(*tallies).tells) == (None, "")


def test_what_is_taken_away_counts_less():
    found = item(tally("a", 8), tally("b", 9, certainty=3), tally("a", -1), tally("b", -1, certainty=3))
    assert (found.answers, found.right, found.chosen[0].count, found.certain) == (15, 47, 8, 100)


@pytest.mark.parametrize(
    ("tallies", "doubts"),
    [
        ([tally("a", 60), tally("b", 40)], ()),
        ([tally("a", 96), tally("b", 4)], ("nearly everybody gets it right",)),
        ([tally("a", 40), tally("b", 60)], ("a wrong answer is chosen more often than the right one",)),
        (
            [tally("b", 10, others=10, share=6.0, squares=4.0), tally("a", 10, others=10, share=4.0, squares=2.0)],
            ("those who know more get it wrong more often, so look at the answer first",),
        ),
        (
            [tally("a", 10, others=10, share=5.2, squares=3.2), tally("b", 10, others=10, share=4.8, squares=2.8)],
            ("whoever knows more does hardly better at it",),
        ),
    ],
)
def test_what_is_worth_a_look_says_why(tallies, doubts):
    assert item(*tallies).doubts == doubts


def test_a_question_that_hardly_anybody_gets_right_is_worth_a_look():
    found = item(*(tally(one, 10, question="q.three") for one in "abcd"), text=THREE)
    assert (found.right, found.doubts) == (25, ("hardly anybody gets it right",))


# wrong answers by kind


@pytest.mark.parametrize(
    ("kind", "given", "beliefs", "keys"),
    [
        ("one", "b", (), {"b"}),
        ("claim", "c", (), {"c"}),
        ("several", ["a", "b"], (), {"b", "-c"}),
        ("several", ["b"], (), {"b", "-a", "-c"}),
        ("match", {"a": "0", "b": "2", "c": "1"}, (), {"b", "c"}),
        ("order", ["b", "a", "c"], (), {"ab"}),
        ("order", ["a", "c", "b"], (), {"other"}),
        ("number", "48", (BELIEF,), {BELIEF}),
        ("number", "7", (), {"other"}),
        ("text", "wrong.0", (), {"wrong.0"}),
        ("text", "other", (), {"other"}),
        ("find", "5", (), {"5"}),
        ("find", "1", (), {"other"}),
    ],
)
def test_each_kind_tells_its_wrong_answers_apart(kind, given, beliefs, keys):
    assert held(QUESTIONS[kind], given, beliefs) == keys
    assert keys <= {one.key for one in distractors(QUESTIONS[kind])}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("given", ["zz", ["z"], [], {"z": "9"}, {"a": "99", "b": "x"}, "accepts.0"])
def test_what_fits_the_question_no_longer_holds_nothing_that_is_not_there(kind, given):
    assert held(QUESTIONS[kind], given, ("gone",)) <= {one.key for one in distractors(QUESTIONS[kind])}


def test_a_wrong_answer_says_what_it_is():
    texts = {kind: [one.text for one in distractors(one)] for kind, one in QUESTIONS.items()}
    assert texts == {
        "one": ["Nobody"],
        "several": ["left out: You", "Nobody", "left out: The landlord"],
        "claim": ["True: It rusts", "False: It sings"],
        "match": [
            "“EC2” not with “house”",
            "“Lambda” not with “room”",
            "“EKS” not with “house”",
        ],
        "order": ["“push” before “build”", "another order"],
        "number": ["24 * 2 * tasks", "another number"],
        "text": ["network ACL", "other words"],
        "find": ["line 5: image: postgres:17", "another line"],
    }


# beliefs


def test_beliefs_are_counted_by_section_the_most_common_first():
    rows = f"{THREE}"
    for letter, belief in (("c", "another"), ("d", "third")):
        head, _, tail = rows.partition(f'id = "{letter}"')
        rows = f'{head}id = "{letter}"{tail.replace(BELIEF, belief, 1)}'
    three = question(rows)
    other = question(ONE).model_copy(update={"section": "2-two/1-first"})
    found = items(
        {three.id: three, other.id: other},
        [tally("a", 50, question="q.three"), tally("b", 6, question="q.three"), tally("c", 40, question="q.three"),
         tally("d", 4, question="q.three"), tally("a", 10), tally("b", 10)],
    )  # fmt: skip
    # b is the next smallest after d: neither has a number, so neither counts here
    assert believed(found) == {
        "1-only/1-first": [Believed("another", 40, 100)],
        "2-two/1-first": [Believed(BELIEF, 10, 20)],
    }
    assert believed(found)["1-only/1-first"][0].percent == 40


def test_a_belief_of_two_questions_is_one_row():
    known = {id: question(ONE).model_copy(update={"id": id}) for id in ("x", "y")}
    tallies = [tally(given, 10, question=id) for id in known for given in "ab"]
    assert believed(items(known, tallies)) == {"1-only/1-first": [Believed(BELIEF, 20, 40)]}


def test_made_questions_show_no_belief():
    """Each of their wrong answers names the same one."""
    made = question(ONE).model_copy(update={"id": "made.word.tap"})
    found = items({made.id: made}, [tally(given, 10, question=made.id) for given in "ab"])
    assert (found[0].chosen[0].count, believed(found)) == (10, {})


def test_a_stem_that_varies_is_shown_in_one_variant():
    found = item(tally("48", 9, right=False, question="q.number"), text=KINDS["number"])
    assert found.stem in {f"{tasks} tasks at 2 an hour: what is a month?" for tasks in ("2", "3", "4.5")}


# the table


def test_the_table_has_a_row_for_each_wrong_answer():
    found = item(tally("a", 6, question="q.three"), tally("b", 9, question="q.three", certainty=3), text=THREE)
    table = list(rows([found], {"1-only/1-first": "1-only"}))
    assert table[0] == statistics.HEAD
    first = ("1-only", "1-only/1-first", "q.three", "one", "What?", "15", "40", "", "100")
    assert table[1:] == [
        (*first, "b", "B", BELIEF, "9", "60"),
        (*first, "c", "C", BELIEF, "fewer than 5", ""),
        (*first, "d", "D", BELIEF, "fewer than 5", ""),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_spreadsheet_takes_no_text_for_a_formula(text):
    one = question(ONE).model_copy(update={"stem": text})
    found = items({one.id: one}, [tally("a", 9)])
    assert list(rows(found, {}))[1][4] == f"'{text}"
