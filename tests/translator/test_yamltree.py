"""YAML as docker reads it: kinds of scalars, anchors, merge keys, documents, places, and where it ends."""

import pytest
from yaml.events import ScalarEvent

from lecture.translator.compose import Leaf, Place, Problem, Unreadable
from lecture.translator.interpolate import Variables
from lecture.translator.limits import LIMITS
from lecture.translator.lines import Notes
from lecture.translator.nodes import Mapping, Node, Scalar, Sequence, below, kind
from lecture.translator.shapes_file import FILE
from lecture.translator.unfold import unfold
from lecture.translator.yamltree import Collection, Raw, documents


def tree(text: str) -> tuple[Node, list[Leaf], list[Problem]]:
    """The one document of a text, its leaves and its problems."""
    notes = Notes(text)
    (raw,) = documents(text, notes)
    result = unfold(raw, FILE, Variables({}), notes)
    return result.root, result.leaves, notes.problems


def plain(node: Node) -> object:
    """A tree as Python's own values, kinds beside scalars that are no text."""
    if isinstance(node, Mapping):
        return {name: plain(value) for name, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if node.kind == "str" else (node.kind, node.text)


def value(text: str) -> object:
    """What a scalar is taken for."""
    root, _, _ = tree(f"x-a: {text}")
    assert isinstance(root, Mapping)
    return plain(root.entries["x-a"])


def refused(text: str) -> Problem:
    """Why a text is no YAML."""
    with pytest.raises(Unreadable) as caught:
        documents(text, Notes(text))
    return caught.value.problems[0]


# ---- scalars ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:22", "str"), ("1:30:00", "str"), ("3.10", "float"), ("80", "int"), ("-1", "int"), ("+5", "int"),
        ("0755", "int"), ("0o755", "int"), ("0x1F", "int"), ("0b101", "int"), ("1_000", "int"), ("089", "float"),
        ("1e3", "float"), (".5", "float"), ("5.", "float"), ("-.inf", "float"), (".NaN", "float"), ("1.2.3", "str"),
        ("yes", "str"), ("no", "str"), ("on", "str"), ("off", "str"), ("y", "str"), ("Yes", "str"),
        ("true", "bool"), ("False", "bool"), ("TRUE", "bool"), ("tRUE", "str"), ("null", "null"), ("~", "null"),
        ("", "null"), ("Null", "null"), ("nULL", "str"), ("2001-01-01", "str"), ("-", "str"), ("+", "str"),
        (".", "str"), ("1k", "str"), ("0x", "str"), ("1__0", "int"), ("=", "str"), ("<<", "str"), ("1" * 401, "str"),
    ],
)  # fmt: skip
def test_plain_scalars_are_what_docker_takes_them_for(text, expected):
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.10", ("float", "3.10")),
        ("'80'", "80"),
        ('"yes"', "yes"),
        ("!!str 80", "80"),
        ("!!int '80'", "80"),
        ("!!float 80", ("int", "80")),
        ("!!null ''", ""),
        ("! 80", "80"),
        ("!mine 80", "80"),
        ("!override 80", ("int", "80")),
        ('"a\\tb"', "a\tb"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
        ("a\n  b", "a b"),
    ],
)
def test_scalars_keep_their_text(text, expected):
    assert value(text) == expected


# ---- maps, anchors, merge keys ------------------------------------------------------------------


def test_an_alias_is_what_it_names_under_its_own_path():
    root, leaves, _ = tree("x-a: &a\n  k: [1, 2]\nx-b: *a\n")
    assert plain(root) == {"x-a": {"k": [("int", "1"), ("int", "2")]}, "x-b": {"k": [("int", "1"), ("int", "2")]}}
    assert [(leaf.path, leaf.place.line) for leaf in leaves] == [
        ("x-a.k[0]", 2), ("x-a.k[1]", 2), ("x-b.k[0]", 2), ("x-b.k[1]", 2),
    ]  # fmt: skip


def test_an_anchor_may_be_given_again():
    root, _, _ = tree("x-a: &a 1\nx-b: *a\nx-c: &a 2\nx-d: *a\n")
    assert plain(root) == {"x-a": ("int", "1"), "x-b": ("int", "1"), "x-c": ("int", "2"), "x-d": ("int", "2")}


def test_a_merge_key_brings_what_the_map_has_not_itself():
    text = "x-a: &a {k: 1, l: 2}\nx-b:\n  l: 3\n  <<: *a\n  m: 4\n"
    root, leaves, problems = tree(text)
    assert isinstance(root, Mapping)
    assert plain(root.entries["x-b"]) == {"l": ("int", "3"), "k": ("int", "1"), "m": ("int", "4")}
    assert [leaf for leaf in leaves if leaf.path.startswith("x-b")] == [
        Leaf("x-b.l", Place(3, 3), "3"),
        Leaf("x-b.k", Place(1, 10), "1"),
        Leaf("x-b.m", Place(5, 3), "4"),
    ]
    assert problems == []


def test_of_several_merged_maps_the_first_to_have_a_key_wins():
    root, _, _ = tree("x-a: &a {k: 1}\nx-b: &b {k: 2, l: 2}\nx-c: {<<: [*a, *b]}\nx-d: {<<: [*b, *a]}\n")
    assert isinstance(root, Mapping)
    assert plain(root.entries["x-c"]) == {"k": ("int", "1"), "l": ("int", "2")}
    assert plain(root.entries["x-d"]) == {"k": ("int", "2"), "l": ("int", "2")}


def test_merged_maps_may_merge_themselves():
    root, _, _ = tree("x-a: &a {k: 1}\nx-b: &b {<<: *a, l: 2}\nx-c: {<<: *b, m: 3}\n")
    assert isinstance(root, Mapping)
    assert plain(root.entries["x-c"]) == {"k": ("int", "1"), "l": ("int", "2"), "m": ("int", "3")}


def test_a_quoted_merge_key_is_a_key():
    root, _, _ = tree("x-a: {'<<': {k: 1}}")
    assert plain(root) == {"x-a": {"<<": {"k": ("int", "1")}}}


@pytest.mark.parametrize("merged", ["1", "~", "[1]", "[{a: b}, 1]"])
def test_a_merge_key_takes_maps_alone(merged):
    _, _, problems = tree(f"x-a:\n  <<: {merged}\n")
    assert [(problem.message, problem.place) for problem in problems] == [
        ("A merge key (<<) takes a map, or a list of maps.", Place(2, 3))
    ]


def test_a_key_that_stands_twice_names_both_lines():
    root, _, problems = tree("services:\n  web:\n    image: a\n    ports: []\n    image: b\n")
    assert [(str(problem), problem.mend, problem.text, problem.path) for problem in problems] == [
        (
            "compose.yaml:5:5: The key image stands twice in one map, on lines 3 and 5.",
            "Keep one of them; if both belong there, put their values together.",
            "    image: b",
            "services.web.image",
        )
    ]
    assert plain(root) == {"services": {"web": {"image": "b", "ports": []}}}


def test_a_key_that_an_anchor_brings_twice_is_told_once():
    _, _, problems = tree("x-a: &a {k: 1, k: 2}\nx-b: *a\nx-c: {<<: *a}\n")
    assert [problem.place for problem in problems] == [Place(1, 16)]


@pytest.mark.parametrize("key", ["8080", "1.5", "true", "~", "null"])
def test_a_key_that_is_no_text_wants_quotes(key):
    root, _, problems = tree(f"x-a: {{{key}: 1}}")
    assert [(problem.message, problem.mend) for problem in problems] == [
        ("A key must be text, and YAML reads this one otherwise.", "Put it in quotes.")
    ]
    assert plain(root) == {"x-a": {key: ("int", "1")}}


@pytest.mark.parametrize("key", ["on", "yes", "y", "1:2", "'8080'", "2001-01-01"])
def test_other_keys_are_text(key):
    assert tree(f"x-a: {{{key}: 1}}")[2] == []


def test_a_key_that_is_a_list_is_left_out():
    root, _, problems = tree("x-a: {[1]: 2, k: 3}")
    assert plain(root) == {"x-a": {"k": ("int", "3")}}
    assert [problem.message for problem in problems] == ["A key must be text, not a list or a map."]


# ---- places and leaves --------------------------------------------------------------------------


def test_leaves_are_every_key_down_to_its_value_in_the_order_of_the_file():
    _, leaves, _ = tree(
        "name: shop\n"
        "services:\n"
        "  web:\n"
        "    ports:\n"
        "      - 80:80\n"
        "      - target: 90\n"
        "        published: 91\n"
        "    command: []\n"
        "    tmpfs:\n"
        "x-my.key:\n"
        "  a b: {}\n"
    )
    assert leaves == [
        Leaf("name", Place(1, 1), "shop"),
        Leaf("services.web.ports[0]", Place(5, 9), "80:80"),
        Leaf("services.web.ports[1].target", Place(6, 9), "90"),
        Leaf("services.web.ports[1].published", Place(7, 9), "91"),
        Leaf("services.web.command", Place(8, 5), ""),
        Leaf("services.web.tmpfs", Place(9, 5), ""),
        Leaf('["x-my.key"]["a b"]', Place(11, 3), ""),
    ]


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ("environment: [A=1, B, C.D=2]", ["environment.A", "environment.B", 'environment["C.D"]']),
        (
            "environment: ['A: b', 'A: b=', ' A=b', A=b c, '']",
            ["environment[0]", "environment[1]", "environment[2]", "environment.A", "environment[4]"],
        ),
        ("environment: {A: 1, B: }", ["environment.A", "environment.B"]),
        ("labels: [traefik.enable=true]", ['labels["traefik.enable"]']),
        ("build: {args: [A=1, B]}", ["build.args.A", "build.args.B"]),
        ("extra_hosts: ['a:1', b=2]", ["extra_hosts.a", "extra_hosts.b"]),
        ("extra_hosts: {a: [1, 2]}", ["extra_hosts.a[0]", "extra_hosts.a[1]"]),
        ("sysctls: [net.core.somaxconn=1]", ['sysctls["net.core.somaxconn"]']),
        ("deploy: {labels: [a=b]}", ["deploy.labels.a"]),
        ("command: [A=1]", ["command[0]"]),
        ("environment: [A=1, {B: 2}]", ["environment.A", "environment[1].B"]),
        ("x-env: [A=1]", ["x-env[0]"]),
    ],
)
def test_lists_of_pairs_have_the_paths_of_maps(body, paths):
    _, leaves, _ = tree(f"services: {{web: {{{body}}}}}")
    assert [leaf.path for leaf in leaves] == [f"services.web.{path}" for path in paths]


def test_the_leaf_of_a_pair_has_its_value_alone():
    _, leaves, _ = tree("services: {web: {environment: [A=b=c, D, E=]}}")
    assert [leaf.value for leaf in leaves] == ["b=c", "", ""]


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("a-b_1", "x.a-b_1"), ("a.b", 'x["a.b"]'), ("a b", 'x["a b"]'), ('a"b', 'x["a\\"b"]'), ("", 'x[""]'),
        ("é", 'x["é"]'), ("a[0]", 'x["a[0]"]'), ("a/b", 'x["a/b"]'),
    ],
)  # fmt: skip
def test_a_key_with_other_characters_stands_in_quotes(key, path):
    assert below("x", key) == path


def block(text: str) -> Raw:
    (root,) = documents(text, Notes(text))
    assert isinstance(root, Collection)
    return root.items[1]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("a:\n  b: 1\n  c: 2\n\n# end\n", 3),
        ("a:\n  b: |\n    x\n    y\n\n\n", 4),
        ("a:\n  b: >\n    x\n  # end\n\nz: 1\n", 3),
        ("a:\n  b:\n    - 1\n    - - 2\n      - 3\nz: 1\n", 5),
        ("a: {b: 1,\n    c: 2\n   }\n", 3),
        ("a:\n  b: [1,\n   2\n   ]\n\n", 4),
        ("a:\n  b: 'x\n     y'\n", 3),
        ("a:\n  b: &x 1\n  c: *x\n\n", 3),
        ("a:\n  b: &x {c: 1}\n  d: *x\n  e: 2\n\n", 4),
        ("a:\n  b:\n\nz: 1\n", 2),
    ],
)
def test_a_block_ends_with_its_last_value(text, last):
    node = block(text)
    assert isinstance(node, Collection)
    assert node.last_line == last


def test_documents_are_read_one_after_the_other():
    texts = documents("---\na: 1\n---\n---\n# nothing\n...\n---\nb: 2\n", Notes(""))
    assert len(texts) == 2


def test_anchors_end_with_their_document():
    assert refused("a: &a 1\n---\nb: *a\n").place == Place(3, 4)


def test_a_scalar_stays_the_event_that_it_is():
    assert isinstance(block("a: b"), ScalarEvent)


# ---- mistakes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('a:\n  b: "x\n  c: 1\n', (2, 6), "A quote opens here and is never closed."),
        ("a: 'x\n", (1, 4), "A quote opens here and is never closed."),
        ("a: [1, 2\nb: 3\n", (1, 4), "A list opens here with [ and its items are not parted by commas"),
        ("a: {b: 1\nc: 3\n", (1, 4), "A map opens here with { and its entries are not parted by commas"),
        ("a: b: c\n", (1, 5), "There is a second colon on this line"),
        ("a:\n  b: 1\n   c: 2\n", (3, 5), "This line is indented deeper than the one above it"),
        ("a: 1\n\n# b\n  c: 2\n", (4, 3), "This line does not line up with the lines around it."),
        ("services:\n  web # b\n    image: a\n", (2, 3), "This line has no colon after its key."),
        ("a:b\nc: d\n", (1, 2), "There is no space after the colon."),
        ("a:\n   b: 1\n  c: 2\n", (3, 3), "This line does not line up with the lines around it."),
        ("a: 'it's'\n", (1, 8), "The text goes on after the quote that closes it."),
        (
            'a: "nginx\nb: ["80:80"]\n',
            (1, 4),
            "A quote opens here and is not closed on this line; the next one further down closes it.",
        ),
        ("a: [1]x\n", (1, 7), "This line does not line up with the lines around it."),
        ("a:\n  - 1\n  b: 2\n", (3, 3), "A list goes on here with something that is not an item."),
        ("- 1\nb: 2\n", (2, 1), "A list goes on here with something that is not an item."),
        ("a: 1\nb\nc: 2\n", (2, 1), "This line has no colon after its key, or text runs on"),
        ("a:\n\tb: 1\n", (2, 1), "A tab stands here where YAML wants spaces."),
        ("a:\n  b: 1\n\tc: 1\n", (3, 1), "A tab stands here where YAML wants spaces."),
        ("a: - 1\n", (1, 4), "A list item cannot begin here."),
        ('a: "C:\\Users"\n', (1, 9), "Inside double quotes a backslash begins a special character"),
        ("a: @b\n", (1, 4), "No value can begin with this character."),
        ("a: `b`\n", (1, 4), "No value can begin with this character."),
        ("a: *.py\n", (1, 4), "A value that begins with * or & means an alias or an anchor"),
        ("a: *b\n", (1, 4), "A value that begins with * is an alias, and nothing above it has an anchor"),
        ("a: &a {b: *a}\n", (1, 11), "This alias (*) stands inside the very thing that it repeats."),
        ("a: !x!y b\n", (1, 4), "A value that begins with ! means a tag"),
        ("a: | b\n  c\n", (1, 6), "After | or > only a comment may stand on the line."),
        ("a: |\n\tb\n", (2, 1), "A tab stands here where YAML wants spaces."),
        ("a: 1\n%x\n", (2, 1), "A line that begins with % means an instruction to the reader"),
        ("%YAML 9.0\n---\na: b\n", (1, 1), "The first line asks for a version of YAML that nobody reads."),
        ("a: ]\n", (1, 4), "A value is missing here, or a comma or a bracket stands where none belongs."),
        ("a: \x07\n", (1, 4), "An invisible character stands here."),
        ("a: b\n- c\n", (2, 1), "This line does not line up with the lines around it."),
    ],
)
def test_each_mistake_is_explained_where_it_is(text, place, message):
    problem = refused(text)
    assert (problem.place.line, problem.place.column) == place
    assert problem.message.startswith(message)
    assert problem.mend
    assert problem.text == text.splitlines()[place[0] - 1].replace("\x07", "\N{REPLACEMENT CHARACTER}").rstrip()


# ---- bounds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000, "{a: " * 10_000, "- " * 10_000, "? " * 10_000, "".join(" " * n + "a:\n" for n in range(500))],
    ids=("lists", "maps", "dashes", "question marks", "indents"),
)
def test_ten_thousand_levels_are_a_message(text):
    assert refused(text).message == f"Lists and maps stand inside each other {LIMITS.depth} levels deep and more."


def test_the_deepest_tree_allowed_is_read():
    text = "[" * LIMITS.depth + "]" * LIMITS.depth
    root, _, _ = tree(text)
    assert isinstance(root, Sequence)


def test_depth_counts_what_aliases_bring():
    half = LIMITS.depth // 2
    deep = "[" * half + "]" * half
    nested = "[" * half + "*a" + "]" * half
    assert refused(f"- &a {deep}\n- {nested}").message.startswith("Lists and maps stand inside each other")


def laughs(levels: int) -> str:
    """A bomb: each level has nine of the one above."""
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels))]
    return "\n".join(lines)


def test_a_bomb_of_aliases_is_refused_by_count():
    problem = refused(laughs(30))
    assert problem.message == f"The file has more than {LIMITS.nodes:,} values, all its aliases (*) written out."
    assert problem.place.line == 6  # 9 + 9² + … is counted, not written out


def test_a_bomb_of_merge_keys_is_refused_by_count():
    lines = ["a0: &a0 {k: v}", *(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 30))]
    assert refused("\n".join(lines)).message.startswith("The file has more than")


def test_values_are_counted_without_aliases_too():
    assert refused("[" + "a," * (LIMITS.nodes + 1) + "]").message.startswith("The file has more than")


def test_text_that_aliases_bring_again_and_again_is_counted():
    with pytest.raises(Unreadable, match="more than 6,000,000 characters"):
        tree("x-a: &a " + "y" * 100_000 + "\nx-b: [" + "*a, " * 61 + "]")


def test_paths_are_counted_with_the_text():
    with pytest.raises(Unreadable, match="more than 6,000,000 characters"):
        tree("x-" + "k" * 1000 + ": [" + "a, " * 6001 + "]")


def test_the_paths_of_empty_lists_are_counted_too():
    with pytest.raises(Unreadable, match="more than 6,000,000 characters"):
        tree("? x-" + "k" * 10_000 + "\n: [" + "[], " * 601 + "]")


def test_a_scalar_alone_is_a_document():
    assert tree("hello")[0] == Scalar("hello", "str", "", Place(1, 1), None, "", True)
