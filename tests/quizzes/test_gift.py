"""Questions leave as GIFT, and whoever reads GIFT reads the same."""

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of

from lecture.quizzes import draft, gift, gift_text, questions
from lecture.quizzes.gift_read import read
from lecture.quizzes.gift_text import Pair, Text
from lecture.quizzes.outgoing import leaving
from lecture.quizzes.pools import everything
from tests.quizzes import pegjs
from tests.quizzes.gift_texts import texts
from tests.quizzes.samples import ALL, BELIEFS, KINDS

IDEA = "The idea behind it: *“A tap mends itself if one waits”.* It does not."


@pytest.fixture
def item(serve):
    """A question of the samples as an item."""

    def item(kind: str, text: str = ""):
        serve({"quizzes/1.toml": text or KINDS[kind], "misconceptions.toml": BELIEFS})
        [one] = leaving(questions.questions().values())
        return gift.item(one)

    return item


def words(item) -> list[tuple]:
    return [(one.text.text, one.right, one.weight, one.feedback and one.feedback.text) for one in item.choices]


def test_one_of_many(item):
    one = item("one")
    assert (one.kind, one.title, one.id, one.tags) == ("choice", "q.one", "q.one", ("1-only", "1-only/1-first", "one"))
    assert (one.stem, one.general) == (Text("What?", "markdown"), Text("Because."))
    assert sorted(words(one)) == [("Nobody", False, "", IDEA), ("You", True, "", None)]


def test_several_share_the_points_and_a_wrong_one_takes_all_away(item):
    assert sorted(words(item("several"))) == [
        ("Nobody", False, "-100", IDEA),
        ("The landlord", False, "50", None),
        ("You", False, "50", None),
    ]


@pytest.mark.parametrize(
    ("count", "percent"), [(1, "100"), (2, "50"), (3, "33.33333"), (6, "16.66667"), (7, "14.28571")]
)
def test_shares_are_those_that_moodle_knows(count, percent):
    assert gift_text.share(count) == percent


def test_a_claim_is_a_choice_of_verdicts(item):
    claim = item("claim")
    assert claim.stem.text == "What?\n\nTrue or false, and why?"
    assert sorted(words(claim)) == [
        ("False: It sings", False, "", IDEA),
        ("True: It drips", True, "", None),
        ("True: It rusts", False, "", IDEA),
    ]


def test_a_match_has_its_pairs_and_what_misleads(item):
    assert item("match").pairs == (
        Pair(Text("EC2"), "house"),
        Pair(Text("Lambda"), "room"),
        Pair(Text("EKS"), "house"),
        Pair(Text(""), "tent"),
    )


def test_steps_are_matched_with_their_places(item):
    order = item("order")
    assert order.kind == "match"
    assert sorted((pair.right, pair.left.text) for pair in order.pairs) == [("1", "build"), ("2", "push"), ("3", "run")]
    assert order.stem.text == "What?\n\nGive each step its place; 1 is first."


def test_a_number_has_the_numbers_of_the_seed(item):
    number = item("number")
    tasks = {"2,920": 2, "4,380": 3, "6,570": 4.5}[number.general.text.rpartition("= ")[2].rstrip(".")]
    assert number.stem.text == f"{tasks} tasks at 2 an hour: what is a month?\n\nYour answer, in USD a month:"
    assert words(number) == [
        (f"{1460 * tasks:g}:{14.6 * tasks:g}", True, "", None),
        (f"{48 * tasks:g}:{0.96 * tasks:g}", True, "0", IDEA),
    ]


def test_words_have_all_their_forms(item):
    assert words(item("text")) == [
        ("Security group", True, "", None),
        ("SG", True, "", None),
        ("network ACL", True, "0", IDEA),
        ("NACL", True, "0", IDEA),
    ]


def test_a_wrong_line_is_chosen_from_the_lines(item):
    find = item("find")
    assert find.stem.text.startswith(
        'What?\n\n```text\n 1  services:\n 2    db:\n 3      ports: ["5432:5432"]\n 4  \n 5'
    )
    assert [(text, right) for text, right, _, _ in words(find)] == [
        ("Line 1: `services:`", False),
        ("Line 2: `db:`", False),
        ('Line 3: `ports: ["5432:5432"]`', True),
        ("Line 5: `image: postgres:17`", False),
    ]


def test_a_scenario_is_told_before(item):
    scenario = '[[scenario]]\nid = "bakery"\ntitle = "Bread"\ntext = "Ada bakes bread."\ncode = "a: 1"\n'
    text = scenario + KINDS["one"].replace('stem = "What?"', 'stem = "What?"\nscenario = "bakery"')
    assert item("", text).stem.text == "**Bread**\n\nAda bakes bread.\n\n```yaml\na: 1\n```\n\nWhat?"


@pytest.mark.parametrize(
    ("left", "written"),
    [("a->b", "a-&gt;b"), ("`a->b` -> c", "<code>a-&gt;b</code> -&gt; c"), ("``a`->``", "<code>a`-&gt;</code>")],
)
def test_no_arrow_stands_where_it_parts_a_pair(item, left, written):
    assert item("", KINDS["match"].replace('"EC2"', f'"{left}"')).pairs[0].left.text == written


@pytest.mark.parametrize("text", ["%50% of it", "[html] is a format", "=~#{}: and \\\\n"])
def test_words_that_look_like_signs_are_words(item, text):
    one = item("", KINDS["one"].replace('"Nobody"', f'"{text}"'))
    [again] = read(gift_text.write([one])).items
    assert again == one
    assert text.replace("\\\\", "\\") in {choice.text.text for choice in again.choices}


def test_the_head_says_what_is_left_out(serve):
    serve({"quizzes/1.toml": ALL, "misconceptions.toml": BELIEFS})
    text = gift.export(leaving(questions.questions().values()), "A course: Only part", {"1-only/1-first": "A/B"})
    head, _, rest = text.partition("\n\n")
    assert head.startswith("// A course: Only part\n// Texts are Markdown.")
    assert [line.removeprefix("// - ") for line in head.split("\n")[2:]] == list(gift.LEFT_OUT)
    assert rest.startswith("$CATEGORY: A/B\n\n// [id:q.one]")


# ---- others read it, too ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def course() -> str:
    """Every question of the course, made ones too."""
    assert settings.COURSE_CONTENT == settings.BASE_DIR / "content"
    return gift.export(leaving(everything().values()), "All", {})


def test_our_own_reader_finds_every_question_again(course):
    found = read(course)
    assert (found.mistakes, found.left_out) == ((), ())
    assert list(found.items) == [gift.item(one) for one in leaving(everything().values())]


def test_a_draft_of_our_own_export_loses_nothing(course):
    items = read(course).items
    again = draft.read(draft.write(items, "all.gift"))
    assert again == list(items)
    assert gift_text.write(again) == course.partition("\n\n")[2]


def test_gift_pegjs_reads_the_whole_course_as_we_do(course):
    [found] = pegjs.parse([course])
    assert found.get("error") is None
    assert pegjs.items(found) == [pegjs.full(item) for item in read(course).items]


STRANGE = [
    r"Q\: \{a\}\~\=\#\\ {=a\:b ~c\#d#e\=f ####g\nh}",
    r"::t\:t::[html]<b>a</b>{~%33.33333%a ~%66.66667%b ~%-100%c}",
    "// [id:x.y] [tag:a] [tag:b/c]\n[markdown]a\n b{=c\n~d}",
    "$CATEGORY: a/b\n\nQ{T#no#yes####all}",
    "Q{F##yes}",
    "Q{#=5:0.5#ok =%0%-7..-6#no}",
    "Q{#3.25}",
    "Q{=a =%0%b#c =%50%d}",
    r"Q{=a -> b\:c = -> d =[plain]x -> y}",
    r"Q{=\[x ~[markdown]%5}",
]


def test_gift_pegjs_reads_strange_texts_as_we_do():
    ours = [read(text) for text in STRANGE]
    assert [one.mistakes for one in ours] == [()] * len(STRANGE)
    for written in (STRANGE, [gift_text.write(one.items) for one in ours]):
        theirs = pegjs.parse(written)
        assert [one.get("error") for one in theirs] == [None] * len(STRANGE)
        assert [pegjs.items(one) for one in theirs] == [[pegjs.full(item) for item in one.items] for one in ours]


def test_gift_pegjs_reads_what_nobody_would_write_as_we_do():
    given_ = []

    @given(texts())
    @settings_of(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def gather(text):
        given_.append(read(text).items)

    gather()
    theirs = pegjs.parse([gift_text.write(items) for items in given_])
    assert [one.get("error") for one in theirs] == [None] * len(given_)
    # what it makes of a gap is one text with a line in it
    pairs = [
        pair for one, items in zip(theirs, given_, strict=True) for pair in zip(pegjs.items(one), items, strict=True)
    ]
    assert [(one, item) for one, item in pairs if item.after is None and one != pegjs.full(item)] == []


def test_gift_pegjs_finds_fault_where_we_do():
    texts = ["Q{=a ~b", "Q{=a ~}", "Q{#five}"]
    assert [bool(read(text).mistakes) for text in texts] == [True] * 3
    assert ["error" in one for one in pegjs.parse(texts)] == [True] * 3
