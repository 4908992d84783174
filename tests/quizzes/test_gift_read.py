"""GIFT is read as Moodle reads it; what cannot be read is named with its line, and nothing of the rest is lost."""

import tomllib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lecture.authoring import ContentError
from lecture.quizzes import draft, gift_text
from lecture.quizzes.gift_read import read
from lecture.quizzes.gift_text import Choice, Pair, Text
from lecture.quizzes.questions import read as load
from tests.quizzes.gift_texts import texts
from tests.quizzes.samples import BELIEFS

TAP = """// [id:p1.tap] [tag:1-only/1-first]
::The tap::[markdown]Who mends `it`?{
  =You#Yes.
  ~Nobody \\{at all\\}#It drips on.
  ~%-50%The landlord
  ####Read the contract.
}
"""


def item(text: str):
    found = read(text)
    assert found.mistakes == ()
    assert found.left_out == ()
    [one] = found.items
    return one


def test_it_works():
    tap = item(TAP)
    assert (tap.kind, tap.title, tap.id, tap.tags) == ("choice", "The tap", "p1.tap", ("1-only/1-first",))
    assert (tap.stem, tap.general) == (Text("Who mends `it`?", "markdown"), Text("Read the contract."))
    assert tap.choices == (
        Choice(Text("You"), True, feedback=Text("Yes.")),
        Choice(Text("Nobody {at all}"), False, feedback=Text("It drips on.")),
        Choice(Text("The landlord"), False, "-50"),
    )


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ("=a ~b", "choice"),
        ("~%50%a ~%50%b ~%-100%c", "choice"),
        ("=a =b", "short"),
        ("a", "short"),
        ("=a -> b =c -> d", "match"),
        ("#5", "number"),
        ("T", "truth"),
        ("FALSE#no#yes", "truth"),
        ("True", "short"),
    ],
)
def test_each_kind_is_known_by_its_signs(answers, kind):
    assert item(f"Q{{{answers}}}").kind == kind


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"a\: b\~c\=d\#e\{f\}g", "a: b~c=d#e{f}g"),
        (r"a\\b", r"a\b"),
        (r"a\\n", r"a\n"),
        (r"a\nb", "a\nb"),
        (r"C\:\\new", r"C:\new"),
        ("a   b\n\tc", "a b c"),
    ],
)
def test_what_is_escaped_is_meant(written, meant):
    assert item(f"Q{{={written} ~x}}").choices[0].text == Text(meant)


def test_line_breaks_are_kept_where_the_format_wants_them():
    assert item("[markdown]a\n  b{=c ~d\ne}").stem.text == "a\n  b"
    assert item("[markdown]a\n  b{=c ~d\ne}").choices[1].text.text == "d\ne"
    assert item("a\n  b{=c ~d\ne}").stem.text == "a b"


@pytest.mark.parametrize(
    ("answers", "numbers"),
    [
        ("#5", [("5", True, "")]),
        ("# 5:0.5 ", [("5:0.5", True, "")]),
        ("#-1..1", [("-1..1", True, "")]),
        ("#=5:1 =%50%7 ~#no", [("5:1", True, ""), ("7", True, "50"), ("*", False, "")]),
    ],
)
def test_numbers(answers, numbers):
    assert [(one.text.text, one.right, one.weight) for one in item(f"Q{{{answers}}}").choices] == numbers


def test_true_or_false_says_first_what_is_wrong():
    right, wrong = item("Q{T#wrong#right}").choices
    assert (right.feedback, wrong.feedback) == (Text("right"), Text("wrong"))
    right, wrong = item("Q{F#wrong#right}").choices
    assert (right.feedback, wrong.feedback) == (Text("wrong"), Text("right"))


def test_a_pair_may_mislead():
    assert item("Q{=a -> b = -> c}").pairs == (Pair(Text("a"), "b"), Pair(Text(""), "c"))


def test_a_gap_stands_in_the_middle():
    assert item("Two and {=two ~three} make four.").after == Text("make four.")


def test_a_category_holds_for_what_follows():
    text = "Q{=a ~b}\n\n$CATEGORY: tom/jerry\n\nR{=a ~b}\n\nS{=a ~b}\n"
    assert [one.category for one in read(text).items] == ["", "tom/jerry", "tom/jerry"]


def test_comments_are_no_text_wherever_they_stand():
    assert item("// a\nQ{\n// b\n=a\n// c\n~b}").choices == (Choice(Text("a"), True), Choice(Text("b"), False))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\n\nQ{=a ~b", 3, "{ is never closed, or an empty line stands in the question."),
        ("Q{=a\n\n~b}", 1, "{ is never closed, or an empty line stands in the question."),
        ("Q=a ~b}", 1, "} closes nothing. A brace in a text is written \\}."),
        ("Q{\n=a\n~{b}}", 3, "{ stands in an answer. A brace in a text is written \\{."),
        ("Q{=a ~b} and {=c}", 1, "a question has one pair of braces."),
        ("Q{a\n=b}", 1, "words stand before the first = or ~."),
        (
            "Q{\n=a\n=b\n~c}",
            2,
            "two answers are right by themselves. Where all are wanted, give each ~ and its percent.",
        ),
        ("Q{\n~a\n~b}", 2, "no answer is right."),
        ("Q{=%50%a}", 1, "no answer is right in full."),
        ("Q{=a\n~%500%b}", 2, "%500% is not between -100 and 100."),
        ("Q{=a\n~}", 2, "an answer has no words."),
        ("Q{=a#b#c}", 1, "an answer has two #. One in a text is written \\#."),
        ("Q{T#a#b#c}", 1, "true or false has two feedbacks at most: for a wrong answer, then for a right one."),
        ("Q{#five}", 1, "five is no number, such as 3, 3:0.5 or 2..4."),
        ("Q{#=%50%5}", 1, "there is no right number."),
        ("Q{=a ->\n}", 1, "a pair has nothing on the right of ->."),
        ("Q{=a -> b#c}", 1, "a pair has no feedback. A # in a text is written \\#."),
        ("{=a ~b}", 1, "the question has no words before {."),
    ],
)
def test_a_mistake_is_named_with_its_line(text, line, message):
    found = read(text + "\n\nGood{=a ~b}\n")
    assert [(one.line, one.message) for one in found.mistakes][:1] == [(line, message)]
    assert [one.stem.text for one in found.items] == ["Good"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Tell me all{}", "an essay is marked by people, and there is no kind for it."),
        ("Just words", "a text without { } asks nothing, and there is no kind for it."),
    ],
)
def test_what_has_no_kind_is_left_out_and_said(text, message):
    found = read(f"Q{{=a ~b}}\n\n{text}\n")
    assert [(one.line, one.message, one.source) for one in found.left_out] == [(3, message, text)]
    assert found.mistakes == ()


@given(texts())
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_read_and_written_and_read_is_the_same(text):
    found = read(text)
    assert found.mistakes == ()
    again = read(gift_text.write(found.items))
    assert again.items == found.items
    assert gift_text.write(again.items) == gift_text.write(found.items)


@given(texts())
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_draft_loses_nothing_of_gift(text):
    items = read(text).items
    written = draft.write(items, "a.gift")
    tomllib.loads(written)
    assert draft.read(written) == list(items)


SIGNS = [*"\\:#={}~%->[]tagT5.$ \n/", "::", "####", "$CATEGORY:", "// [id:", "{=a ~b}", "{#5}", "{T}", "\n\n"]


@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
@example("::::// [id:{=a ~b}")
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_text_is_too_strange(text):
    found = read(text)
    again = read(gift_text.write(found.items))
    assert again.items == found.items
    assert draft.read(draft.write(found.items, "a.gift")) == list(found.items)


@pytest.mark.parametrize(
    "text", ["\\", ":", "::", "=", "{", "}", "#", "%", "->", "~a", "\\}", "####", "// [id:", "{=a}\n"]
)
def test_no_text_is_too_long(text):
    """With patterns that go back and try again, this would never end."""
    assert read("Q{" + text * 40_000).items == ()


# ---- drafts -------------------------------------------------------------------------------------


def test_a_draft_says_what_is_owed():
    text = draft.write(read(TAP).items, "tap.gift", sections=["1-only/1-first"])
    assert "# owed: feedback of option c, misconception of option b, c\n" in text
    assert '# owed: "The landlord" brings -50 % in GIFT; here it is right or wrong\n' in text
    [question] = tomllib.loads(text)["question"]
    assert question == {
        "id": "p1.tap",
        "kind": "one",
        "section": "1-only/1-first",
        "stem": "Who mends `it`?",
        "why": "Read the contract.",
        "option": [
            {"id": "a", "text": "You", "right": True, "feedback": "Yes."},
            {"id": "b", "text": "Nobody {at all}", "misconception": "TODO", "feedback": "It drips on."},
            {"id": "c", "text": "The landlord", "misconception": "TODO", "feedback": "TODO"},
        ],
    }


def test_the_loader_refuses_what_is_owed_by_name(write_course):
    text = draft.write(read("// x\n::A tap::Who?{=You ~Nobody#It drips.}").items, "tap.gift", "1-only/1-first")
    with pytest.raises(ContentError) as caught:
        load(write_course({"quizzes/1.toml": text}))
    told = [str(one).partition(": ")[2] for one in caught.value.problems]
    assert told == [
        "question.id is still owed.",
        "question.why is still owed.",
        "question.option.misconception is still owed.",
    ]
    lines = [text.split("\n")[one.line - 1] for one in caught.value.problems]
    assert lines == ['id = "TODO"', 'why = "TODO"', 'misconception = "TODO"']


FILLED = {
    "one": "Who?{=You ~Nobody#It drips.}",
    "several": "Who?{~%50%You ~%50%I ~%-100%Nobody#It drips.}",
    "claim": "It drips.{T#It does.#Right.}",
    "match": "Which?{=a -> b =c -> d = -> e}",
    "number": "How many?{#=5:0.5 =%0%7:0.14#Count again.}",
    "text": "What?{=tap =%0%pipe#Almost.}",
}


@pytest.mark.parametrize("kind", FILLED)
def test_a_draft_that_is_filled_in_is_a_question(write_course, kind):
    text = draft.write(read(FILLED[kind]).items, "a.gift", "1-only/1-first")
    text = text.replace('id = "TODO"', 'id = "q.new"').replace(
        'misconception = "TODO"', 'misconception = "it-mends-itself"'
    )
    text = text.replace('"TODO"', '"Something."')
    [question] = load(write_course({"quizzes/1.toml": text, "misconceptions.toml": BELIEFS})).values()
    assert (question.id, question.kind) == ("q.new", kind)


def test_ids_are_taken_once():
    text = draft.write(read("::q.a::Q{=a ~b}\n\n::q.a::R{=a ~b}").items, "a.gift")
    assert [one["id"] for one in tomllib.loads(text)["question"]] == ["q.a", "TODO"]


def test_an_author_who_changes_a_draft_is_heard():
    """What stands in the comment is only what the question does not say itself."""
    text = draft.write(read(TAP).items, "tap.gift").replace("It drips on.", "It drips all night.")
    [tap] = draft.read(text)
    assert tap.choices[1].feedback == Text("It drips all night.")
    assert tap.choices[2].weight == "-50"
