"""Search: what is found, in which order, and that no query breaks it."""

import re
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.conf import settings

from lecture.course.load import course, read
from lecture.course.search import LONGEST, Entry, Index, entries

ENTRIES = [
    Entry("/laptop/", "1.1 Your laptop", "", "It sleeps when you do."),
    Entry("/night/", "1.2 Night", "", "A laptop is closed at night, and so is the café."),
    Entry("/night/#closing", "1.2 Night", "Closing the laptop", "The lid goes down."),
    Entry("/glossary/#db", "Glossary", "Database", "It keeps rows; databases have disks, and a server for queries."),
    Entry("/code/", "1.3 <b>Code</b>", "", "Some <script>alert(1)</script> & a NEAR(miss) in text: it is col:umn 7."),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ENTRIES)


@pytest.fixture
def found(index):
    return lambda query: [hit.address for hit in index.search(query)]


def test_it_works(index):
    [hit] = index.search("disks")
    assert (hit.address, hit.place, hit.heading) == ("/glossary/#db", "Glossary", "Database")
    assert hit.snippet == "It keeps rows; databases have <mark>disks</mark>, and a server for queries."


def test_a_title_comes_before_a_heading_and_a_heading_before_text(found):
    assert found("laptop") == ["/laptop/", "/night/#closing", "/night/"]


def test_the_title_counts_for_the_beginning_of_a_section_alone(found):
    assert found("1.2") == ["/night/"]


@pytest.mark.parametrize("query", ["s", "sl", "sle", "SLEEP", "sleeps"])
def test_a_word_is_found_while_it_is_typed(found, query):
    assert "/laptop/" in found(query)


@pytest.mark.parametrize(
    ("query", "address"),
    [("laptops", "/laptop/"), ("database", "/glossary/#db"), ("keeping", "/glossary/#db"), ("closes", "/night/")],
)
def test_other_forms_of_a_word_are_found(found, query, address):
    assert address in found(query)


@pytest.mark.parametrize("query", ["cafe", "CAFÉ", "cafés", "cafe\u0301"])
def test_accents_and_case_do_not_matter(found, query):
    assert found(query) == ["/night/"]


def test_every_word_is_wanted(found):
    assert found("laptop night") == ["/night/"]


def test_any_word_will_do_where_none_has_all(found):
    assert sorted(found("disks zebra café")) == ["/glossary/#db", "/night/"]
    assert found("zebra") == []


def test_there_are_no_more_than_asked_for(index):
    assert [hit.address for hit in index.search("laptop", 2)] == ["/laptop/", "/night/#closing"]


@pytest.mark.parametrize("query", ["script", "<script>", '"<script>alert(1)"'])
def test_a_snippet_is_escaped_but_for_its_marks(index, query):
    [hit] = index.search(query)
    text = str(hit.snippet)
    assert (
        text.replace("<mark>", "").replace("</mark>", "").startswith("Some &lt;script&gt;alert(1)&lt;/script&gt; &amp;")
    )
    assert text.startswith("Some &lt;<mark>script</mark>&gt;")


@pytest.mark.parametrize(
    "query", ["", " ", "*", '"', '""', "'", "(", "^", "-", "+", ":", "{}", "_", "__", "😀", "\0", "\x02", "\ud800", "…"]
)
def test_a_query_without_a_word_finds_nothing(found, query):
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    [
        "NEAR(miss",
        "NEAR(miss text, 2)",
        "miss AND",
        "AND OR NOT miss",
        "miss*",
        '"miss',
        'miss" OR "',
        "text:miss",
        "col:miss",
        "^miss",
        "-miss",
        "{text}: miss",
        "miss;--",
        "'miss' OR 1=1",
        "miss\0",
        "miss 😀",
        "_ miss __",
        "  miss\n\t",
    ],
)
def test_operators_are_words_like_any(found, query):
    assert "/code/" in found(query)


@pytest.mark.parametrize(
    "query", ["x" * 4000, "miss " * 800, "é" * 4000, '"' * 4000, "a b c d e f g h i j k l m n o p"]
)
def test_a_long_query_is_cut(index, query):
    assert index.search(query) == index.search(query[:LONGEST])


def test_many_threads_may_search(index):
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(index.search, ["disks"] * 40))
    assert found == [index.search("disks")] * 40


def test_every_character_is_harmless(index):
    for code in [*range(0x100), *Random(1).sample(range(0x100, 0x3000), 600)]:
        assert isinstance(index.search(f"miss {chr(code)} {chr(code)}x"), list)


def test_every_entry_of_the_course_has_a_page_and_a_place(client):
    pages: dict[str, set[str]] = {}
    for entry in entries(course()):
        path, _, place = entry.address.partition("#")
        if path not in pages:
            html = client.get(path).content.decode()
            pages[path] = {""} | set(re.findall(r'\sid="([^"]+)"', html))
        assert place in pages[path], entry.address
    assert set(pages) == {leaf.address for leaf in course().leaves.values()} | {"/glossary/"}


def test_entries_are_the_text_between_headings(serve, section):
    body = (
        "Before, *it* is `<b>`.\n\n- one\n- two\n\n## A `b` {#b}\n\n/// slide | Wall\n    name: wall\nOn it.\n///\n\n"
        "/// ask | why\nWhy?\n---\nSo.\n///\n\n/// notes\nsecret\n///\n"
    )
    serve({**section(body), "glossary.toml": '[[term]]\nid = "vpc"\nname = "VPC"\nshort = "V"\ndefinition = "Net."\n'})
    assert list(entries(read(settings.COURSE_CONTENT))) == [
        Entry("/parts/1-only/1-first/", "1.1 First", "", "A lead. Before, it is <b>. one two"),
        Entry("/parts/1-only/1-first/#b", "1.1 First", "A b", ""),
        Entry("/parts/1-only/1-first/#wall", "1.1 First", "Wall", "On it. Think first Why? So."),
        Entry("/glossary/#vpc", "Glossary", "VPC V", "Net."),
    ]


def test_text_after_a_self_check_can_be_found(serve, section):
    question = (
        '[[question]]\nid = "q"\nsection = "1-only/1-first"\nstem = "S"\nwhy = "W"\n'
        '[[question.option]]\nid = "a"\ntext = "A"\nright = true\n'
        '[[question.option]]\nid = "b"\ntext = "B"\nidea = "I"\nfeedback = "F"\n'
    )
    check, page = "/// check | q\n///\n", "/parts/1-only/1-first/"
    serve({**section(f"Before.\n\n{check}\nAfterwards.\n\n## A\n\n{check}"), "quizzes/1.toml": question})
    found = [(entry.address, entry.text) for entry in entries(course())]
    assert found == [(page, "A lead. Before."), (f"{page}#check", "Afterwards."), (f"{page}#a", "")]


def test_self_checks_alone_are_no_place(serve, section):
    serve(section("Before.\n\n/// check | q\n///\n\n/// check | q\n///\n"))
    assert [entry.address for entry in entries(course())] == ["/parts/1-only/1-first/"]
