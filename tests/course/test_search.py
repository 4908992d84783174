"""Search: what is found, in which order, and that no query breaks it."""

import re
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.conf import settings

from lecture.course.asking import LONGEST, Vocabulary
from lecture.course.load import course, read
from lecture.course.pieces import Entry, entries
from lecture.course.search import Index

ENTRIES = [
    Entry("/laptop/", "1.1 Your laptop", "", "It sleeps when you do."),
    Entry("/night/", "1.2 Night", "", "A laptop is closed at night, and so is the café."),
    Entry("/night/#closing", "1.2 Night", "Closing the laptop", "The lid goes down."),
    Entry("/glossary/#db", "Glossary", "Database", "It keeps rows; databases have disks, and a server for queries."),
    Entry("/code/", "1.3 <b>Code</b>", "", "Some <script>alert(1)</script> & a NEAR(miss) in text: it is col:umn 7."),
]


VPC = '[[term]]\nid = "vpc"\nname = "VPC"\nshort = "V"\ndefinition = "A *net* of `<b>` yours."\n'
DOORS = [
    Entry("/net/", "Network", "", "A wall and a gate, drawn with a pencil."),
    Entry("/net/#walls", "Network", "Walls", "They keep strangers out."),
    Entry("/net/#doors", "Network", "Six doors", "The intercom, also called a security group, lets nobody in."),
    Entry("/other/", "Groups of people", "", "A security group of four people. Security is a group thing."),
    Entry("/glossary/#group", "Glossary", "Security group", "A door.", definition=True),
]
NAMES = [(["Security group", "Security groups", "SG"], "/net/#doors"), (["VPC", "Virtual private cloud"], "/net/")]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ENTRIES)


@pytest.fixture(scope="module")
def doors() -> Index:
    return Index(DOORS, Vocabulary(NAMES, {"virtual network": ["VPC"], "aliens": ["strangers"]}))


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


def test_every_word_is_wanted_and_first_come_the_places_that_have_them_all(found):
    assert found("laptop night") == ["/night/", "/night/#closing"]
    assert found("laptop disks") != []
    assert found("laptop café") == ["/night/", "/night/#closing"]


def test_words_that_say_nothing_are_not_looked_for_unless_there_are_no_others(found):
    assert found("what is the lid") == ["/night/#closing"]
    assert "/night/" in found("is")


def test_any_word_will_do_where_none_has_all(found):
    assert sorted(found("disks zebra café")) == ["/glossary/#db", "/night/"]
    assert found("zebra") == []


def test_a_name_leads_to_where_it_is_explained_and_then_to_its_definition(doors):
    assert [hit.address for hit in doors.search("security group")] == ["/net/#doors", "/glossary/#group", "/other/"]
    assert [hit.address for hit in Index(DOORS).search("security group")] == [
        "/other/",
        "/glossary/#group",
        "/net/#doors",
    ]


def test_a_name_is_found_by_its_other_spellings(doors):
    assert [hit.address for hit in doors.search("sg")][:2] == ["/net/#doors", "/glossary/#group"]
    assert doors.search("SG")[0].snippet == "The intercom, also called a <mark>security group</mark>, lets nobody in."


def test_what_people_type_is_found_by_what_the_texts_call_it(doors):
    assert [hit.address for hit in doors.search("aliens")] == ["/net/#walls"]
    assert [hit.address for hit in doors.search("the virtual network")] == ["/net/"]


def test_the_place_that_explains_a_name_is_found_even_where_it_does_not_use_it(doors):
    [hit] = doors.search("virtual private cloud")
    assert (hit.address, hit.snippet) == ("/net/", "A wall and a gate, drawn with a pencil.")


def test_a_definition_comes_first_where_no_text_is_found(doors):
    assert [hit.address for hit in Index(DOORS[:1] + DOORS[4:]).search("security group")] == ["/glossary/#group"]


def test_of_two_places_that_say_the_same_the_one_from_the_page_about_it_comes_first():
    same = "A gate is a box on the edge."
    pages = [
        Entry("/a/", "A", "", "Of people."),
        Entry("/a/#x", "A", "X", same),
        Entry("/b/", "Gates", "", "Of gates and more gates."),
        Entry("/b/#y", "Gates", "Y", same),
    ]
    assert [hit.address for hit in Index(pages).search("box")] == ["/a/#x", "/b/#y"]
    assert [hit.address for hit in Index(pages).search("gate box")] == ["/b/#y", "/a/#x", "/b/"]


def test_words_side_by_side_count_more():
    apart, beside = "The price of the box is the sum of its lines.", "The sum of its lines is the box price of the."
    pages = [Entry("/a/", "A", "", apart), Entry("/b/", "B", "", beside)]
    assert [hit.address for hit in Index(pages).search("box price")] == ["/b/", "/a/"]


def test_the_word_being_typed_counts_less_than_a_whole_one():
    pages = [Entry("/a/", "A", "", "The stateless one."), Entry("/b/", "B", "", "The state of it.")]
    assert [hit.address for hit in Index(pages).search("state")] == ["/b/", "/a/"]


def test_only_the_last_word_is_being_typed(found):
    assert found("lid lap") == ["/night/#closing", "/night/"]
    assert found("lap lid") == ["/night/#closing"]


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
    assert set(pages) == {leaf.address for leaf in course().leaves.values()} | {
        "/glossary/",
        "/quizzes/misconceptions/",
    }


def test_entries_are_the_text_between_headings(serve, section):
    body = (
        "Before, *it* is `<b>`.\n\n- one\n- two\n\n## A `b` {#b}\n\n/// slide | Wall\n    name: wall\nOn it.\n///\n\n"
        "/// ask | why\nWhy?\n---\nSo.\n///\n\n/// notes\nsecret\n///\n"
    )
    serve({**section(body), "glossary.toml": VPC})
    assert list(entries(read(settings.COURSE_CONTENT))) == [
        Entry("/parts/1-only/1-first/", "1.1 First", "", "A lead. Before, it is <b>. one two", " A description."),
        Entry("/parts/1-only/1-first/#b", "1.1 First", "A b", "", "b"),
        Entry("/parts/1-only/1-first/#wall", "1.1 First", "Wall", "On it. Think first Why? So.", "A b wall"),
        Entry("/glossary/#vpc", "Glossary", "VPC V", "A net of <b> yours.", "", 0.7, definition=True),
    ]


def test_a_section_is_described_by_itself_and_by_the_terms_that_it_explains(serve, section):
    front = section("")["parts/1-only/1-first.md"].replace("minutes: 5", "minutes: 5\nshort: S\nobjectives:\n  - O")
    serve({"parts/1-only/1-first.md": front, "glossary.toml": VPC + 'forms = ["VPCs"]\nsection = "1-only/1-first"\n'})
    assert next(entries(course())).also == "S A description. O VPC V VPCs"


def test_what_lies_beside_the_lecture_is_worth_less(serve):
    text = "---\ntitle: T\nlead: L\ndescription: D\n---\n"
    serve({"deep-dives/a.md": text, "reference/b.md": text})
    assert [(entry.address, entry.worth) for entry in entries(course())] == [
        ("/parts/1-only/1-first/", 1.0),
        ("/deep-dives/a/", 0.9),
        ("/reference/b/", 0.6),
    ]


def test_text_after_a_self_check_can_be_found(serve, section):
    question = (
        '[[question]]\nid = "q"\nsection = "1-only/1-first"\nstem = "Stem"\nwhy = "Why"\n'
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
