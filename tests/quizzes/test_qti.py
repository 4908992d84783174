"""A package of QTI 2.1 is read and marked by a reader that is not ours, and it marks as we do."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.conf import settings

from lecture.quizzes import marking, qti, qti_item, questions
from lecture.quizzes.asked import filled, price
from lecture.quizzes.formula import evaluate
from lecture.quizzes.kinds import Find, Match, Number, Order, Several, Typed
from lecture.quizzes.outgoing import leaving, number
from lecture.quizzes.pools import everything
from lecture.quizzes.xhtml import put_blocks
from tests.quizzes.samples import ALL, BELIEFS

READER = Path(__file__).parent / "qti_reader.py"
MISSING = "pyslet cannot be imported: NO QTI WAS READ BY ANYBODY BUT OURSELVES"
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


def read(package: bytes, answers: dict[str, list[object]], folder: Path) -> dict:
    """What the other reader finds in a package, and what it gives for answers to its items."""
    file = folder / "package.zip"
    file.write_bytes(package)
    done = subprocess.run(
        [sys.executable, READER, file], input=json.dumps(answers), capture_output=True, text=True, check=False
    )
    if "ModuleNotFoundError" in done.stderr:
        pytest.skip(MISSING)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def answers_of(one) -> list[tuple[object, object]]:
    """Answers to a question, as we keep them and as QTI has them: the right one and every wrong one that is known."""
    question = one.question
    match question:
        case Match():
            rights = {right: str(at) for at, right in enumerate(question.rights)}
            right = {pair.id: rights[pair.right] for pair in question.pair}
            turned = [right | {id: next(r for r in rights.values() if r != right[id])} for id in right]
            return [(kept, [f"L-{id} R-{at}" for id, at in kept.items()]) for kept in (right, *turned)]
        case Order():
            ids = [item.id for item in question.item]
            swapped = [[*ids[:at], ids[at + 1], ids[at], *ids[at + 2 :]] for at in range(len(ids) - 1)]
            return [(order, order) for order in (ids, ids[::-1], *swapped)]
        case Number():
            value = marking.result(one.asked, question)
            margin = marking.margin(one.asked, question, value)
            slips = [evaluate(slip.value, one.asked.names, price) for slip in question.wrong]
            tried = [value, value + margin * 2 + 1, *slips]
            return [(number(each), float(number(each))) for each in tried]
        case Typed():
            right_ones = [(f"accepts.{at}", form.upper()) for at, form in enumerate(question.accepts)]
            wrong = [(f"wrong.{at}", form) for at, slip in enumerate(question.wrong) for form in slip.text]
            return [*right_ones, *wrong, ("other", "no word that anybody would write")]
        case Several():
            ids = [option.id for option in question.option]
            right = [option.id for option in question.option if option.right]
            return [
                (chosen, chosen)
                for chosen in (right, ids, right[:-1] or ids[-1:], [id for id in ids if id not in right])
            ]
        case Find():
            return [(choice.id.removeprefix("line-"), choice.id) for choice in one.choices]
    return [(choice.id, choice.id) for choice in one.choices]


def said(one, verdict) -> list[str]:
    """The feedback that our marking gives, in the identifiers of the item."""
    question, found = one.question, ["WHY"]
    texts = [slip.feedback for slip in verdict.slips]
    match question:
        case Match():
            found += [f"L-{line.id}" for line in verdict.told if not line.right]
        case Order():
            found += [f"T-{at}" for at, slip in enumerate(question.turned, 1) if slip.feedback in texts]
        case Number():
            found += [
                f"N-{at}"
                for at, slip in enumerate(question.wrong, 1)
                if filled(slip.feedback, one.asked.names) in texts
            ][:1]
        case Typed():
            found += [f"W-{at}" for at, slip in enumerate(question.wrong, 1) if slip.feedback in texts]
        case Find():
            found += [f"line-{line.id}" for line in verdict.told if line.chosen]
        case _:
            found += [line.id for line in verdict.told if line.chosen]
    return sorted(found)


@pytest.fixture(scope="module")
def course():
    assert settings.COURSE_CONTENT == settings.BASE_DIR / "content"
    return leaving(everything().values())


@pytest.fixture(scope="module")
def theirs(course, tmp_path_factory) -> dict:
    answers = {f"items/{one.id}.xml": [given for _, given in answers_of(one)] + [None] for one in course}
    return read(qti.package(course, "all", "All"), answers, tmp_path_factory.mktemp("qti"))


def test_the_whole_course_is_read_without_a_strange_element(course, theirs):
    assert [one["id"] for one in theirs["items"].values()] == [one.id for one in course]
    assert {name: one["foreign"] for name, one in theirs["items"].items() if one["foreign"]} == {}


def test_every_right_and_wrong_answer_is_marked_as_we_mark_it(course, theirs):
    different = []
    for one in course:
        results = theirs["items"][f"items/{one.id}.xml"]["results"]
        for (kept, given), (score, feedback) in zip(answers_of(one), results, strict=False):
            verdict = marking.mark(one.asked, kept)
            if (score, feedback) != (float(verdict.right), said(one, verdict)):
                different.append((one.id, given, score, feedback, said(one, verdict)))
    assert different == []


def test_no_answer_is_not_right(theirs):
    assert {name for name, one in theirs["items"].items() if one["results"][-1][0]} == set()


def test_whatever_is_put_into_feedback_can_be_shown(course, theirs):
    for one in course:
        item = theirs["items"][f"items/{one.id}.xml"]
        shown = {identifier for identifier, outcome in item["modal"] if outcome == "FEEDBACK"}
        told = {identifier for _, feedback in item["results"] for identifier in feedback}
        right = {choice.id for choice in one.choices if choice.right}  # nothing is to be added to some of these
        assert told - right <= shown
        assert "WHY" in shown


def test_the_manifest_lists_every_file_and_the_test_every_item(course, theirs):
    items = [f"items/{one.id}.xml" for one in course]
    test, *rest = theirs["resources"]
    assert test == ["imsqti_test_xmlv2p1", "test.xml", ["test.xml"], [f"R-{one.id}" for one in course]]
    assert rest == [["imsqti_item_xmlv2p1", name, [name], []] for name in items]
    assert sorted(theirs["refs"]) == sorted(items)


# ---- the form of it -----------------------------------------------------------------------------


@pytest.fixture
def sample(serve):
    serve({"quizzes/1.toml": ALL, "misconceptions.toml": BELIEFS})
    return {one.id.removeprefix("q."): one for one in leaving(questions.questions().values())}


def test_the_same_questions_make_the_same_bytes(sample):
    assert qti.package([*sample.values()], "a", "A") == qti.package([*sample.values()], "a", "A")


def test_the_package_begins_with_its_manifest(sample):
    file = ZipFile(BytesIO(qti.package([*sample.values()], "1-only", "Only part")))
    assert file.namelist() == ["imsmanifest.xml", "test.xml", *(f"items/q.{kind}.xml" for kind in sample)]
    manifest = ElementTree.fromstring(file.read("imsmanifest.xml"))
    assert manifest.findtext(f"{CP}metadata/{CP}schema") == "QTIv2.1 Package"
    identifiers = [one.get("identifier") for one in manifest.iter() if one.get("identifier")]
    assert len(identifiers) == len(set(identifiers)) == 10
    test = ElementTree.fromstring(file.read("test.xml"))
    assert test.get("title") == "Only part"


@pytest.mark.parametrize(
    ("kind", "interaction", "cardinality", "type", "correct"),
    [
        ("one", "choiceInteraction", "single", "identifier", ["a"]),
        ("several", "choiceInteraction", "multiple", "identifier", ["a", "c"]),
        ("claim", "choiceInteraction", "single", "identifier", ["a"]),
        ("match", "matchInteraction", "multiple", "directedPair", ["L-a R-0", "L-b R-1", "L-c R-0"]),
        ("order", "orderInteraction", "ordered", "identifier", ["a", "b", "c"]),
        ("text", "textEntryInteraction", "single", "string", ["Security group"]),
        ("find", "choiceInteraction", "single", "identifier", ["line-3"]),
    ],
)
def test_each_kind_has_its_interaction(sample, kind, interaction, cardinality, type, correct):
    item = qti_item.item(sample[kind])
    declared = item.find("responseDeclaration")
    assert len(list(item.iter(interaction))) == 1
    assert (declared.get("cardinality"), declared.get("baseType")) == (cardinality, type)
    assert sorted(one.text for one in declared.iterfind("correctResponse/value")) == correct


def test_the_children_of_an_item_stand_in_the_order_of_the_schema(sample):
    order = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
    for one in sample.values():
        tags = [child.tag for child in qti_item.item(one)]
        assert list(dict.fromkeys(tags)) == order
        assert tags == sorted(tags, key=order.index)


def test_words_are_mapped_whatever_their_case(sample):
    entries = qti_item.item(sample["text"]).iter("mapEntry")
    assert {(one.get("mapKey"), one.get("mappedValue"), one.get("caseSensitive")) for one in entries} == {
        ("Security group", "1", "false"),
        ("SG", "1", "false"),
        ("network ACL", "0", "false"),
        ("NACL", "0", "false"),
    }


def test_a_number_is_right_within_its_tolerance(sample):
    right, wrong = qti_item.item(sample["number"]).iter("equal")
    tasks = sample["number"].asked.names["tasks"]
    assert (right.get("toleranceMode"), float(right.get("tolerance"))) == ("absolute", float(tasks) * 14.6)
    assert float(wrong.get("tolerance")) == pytest.approx(float(tasks) * 0.96)


def test_what_is_said_names_the_belief(sample):
    said = {
        one.get("identifier"): "".join(one.itertext()) for one in qti_item.item(sample["one"]).iter("modalFeedback")
    }
    assert said == {
        "b": "The idea behind it: “A tap mends itself if one waits”. It does not.",
        "WHY": "Because.",
    }


@pytest.mark.parametrize(
    ("html", "xml"),
    [
        ("<p>a &amp; b&nbsp;c &ldquo;d&rdquo;</p>", "<p>a &amp; b\xa0c “d”</p>"),
        ("a <code>b</code> c", "<p>a </p><p><code>b</code></p><p> c</p>"),
        ("<p>a<br>b</p>\n<pre><code>c\n  d</code></pre>", "<p>a<br />b</p><pre><code>c\n  d</code></pre>"),
        ('<p><a href="/x/">a</a> <script>b</script></p>', "<p>a b</p>"),
        ("<p>a\x00\x0bb</p>", "<p>ab</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</li></li></ul>"),
    ],
)
def test_html_becomes_xml_that_qti_takes(html, xml):
    body = ElementTree.Element("itemBody")
    put_blocks(html, body)
    text = ElementTree.tostring(body, encoding="unicode")
    assert text == f"<itemBody>{xml}</itemBody>"
    ElementTree.fromstring(text)
