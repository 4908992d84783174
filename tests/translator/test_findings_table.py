"""Findings: their words, their weight, and the sections that explain them."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.course import links, load
from lecture.translator import findings_table
from lecture.translator.blueprint import Finding
from lecture.translator.findings_table import finding

CONTENT = settings.BASE_DIR / "content"
TABLE = findings_table.read(CONTENT)
WORDS = {
    "service",
    "name",
    "path",
    "port",
    "volume",
    "network",
    "version",
    "offered",
    "caveat",
    "what",
    "count",
    "caller",
}


def test_it_works():
    assert finding("no-tag", 4, "db") == Finding(
        "no-tag",
        "warning",
        4,
        "The image of db has no tag, which means latest: nobody can say which version runs.",
        "Name a version. For an image of your own take a tag that is never used twice, such as the commit’s hash.",
        "db",
    )


def test_words_are_filled_in_as_they_are():
    found = finding("volume-to-efs", 9, "blog", volume="a{b}{0}%s", path="/data")
    assert found.message.startswith("The volume a{b}{0}%s of blog becomes a directory on EFS.")


def test_words_of_the_mend_are_filled_in_too():
    assert finding("version-old", 2, "db", version="13", offered="17").fix.startswith("Try your app with 17 at home")


@pytest.mark.parametrize(
    ("id", "words", "message"),
    [
        ("no-such", {}, "findings.toml has no no-such"),
        ("volume-to-efs", {"path": "/data"}, "volume-to-efs needs volume"),
        ("version-old", {}, "version-old needs offered, version"),
    ],
)
def test_what_is_missing_is_named(id, words, message):
    with pytest.raises(LookupError, match=message):
        finding(id, 1, "db", **words)


def test_a_service_is_a_word_like_any_other():
    with pytest.raises(LookupError, match="no-tag needs service"):
        finding("no-tag", 1)
    assert finding("one-replica", 1).service == ""


def test_every_finding_leads_to_a_section_that_exists():
    course = load.read(CONTENT)
    for row in TABLE.finding:
        assert links.place(course, row.section).address, row.id  # raises LookupError where there is none


def test_no_finding_wants_a_word_that_planning_does_not_know():
    assert [row.id for row in TABLE.finding if not row.words <= WORDS] == []


def test_sentences_are_in_the_voice_of_the_house():
    spoken = re.compile(r"[A-Z{][^—–$']*[.?}]")
    wrong = [row.id for row in TABLE.finding if not all(map(spoken.fullmatch, (row.message, row.fix)))]
    assert wrong == []
    assert [row.id for row in TABLE.finding if row.title.endswith(".")] == []


def test_an_id_that_stands_twice_is_named(write_course):
    row = (CONTENT / "findings.toml").read_text()
    row = row[row.index("[[finding]]\n") : row.index("[[finding]]\n", row.index("[[finding]]\n") + 1)]
    with pytest.raises(ContentError, match="the id hard-coded-password stands twice"):
        findings_table.read(write_course({"findings.toml": row + row}))


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Each place where planning notes a finding by name: where, which, and the words that it gives."""
    for path in sorted((settings.BASE_DIR / "lecture" / "translator" / "plan").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "find"):
                continue
            id, *rest = node.args or [ast.Constant(None)]
            if isinstance(id, ast.Constant) and isinstance(id.value, str) and rest:
                given = {word.arg for word in node.keywords if word.arg}
                whole = len(rest) > 1 or isinstance(rest[0], ast.Starred)
                unseen = WORDS if any(word.arg is None for word in node.keywords) else set()
                yield f"{path.name}:{node.lineno}", id.value, given | unseen | ({"service"} if whole else set())


def test_planning_gives_each_finding_the_words_that_it_needs():
    found = list(calls())
    assert len(found) > 20
    rows = TABLE.by_id
    assert [where for where, id, given in found if id not in rows or not rows[id].words <= given] == []
