"""Variables: every form of the compose specification, nested, bounded, and from the .env box alone."""

import pytest

from lecture.translator.compose import Place, Unset
from lecture.translator.interpolate import TooMuch, Variables
from lecture.translator.limits import LIMITS
from lecture.translator.reading import read


def variables(**values: str) -> Variables:
    return Variables({name: (value,) for name, value in values.items()})


def parts(text: str, **values: str) -> list[str | Unset]:
    return variables(**values).evaluate(text).parts


V = Unset("V")


@pytest.mark.parametrize(
    ("text", "given", "empty", "unset"),
    [
        ("$V", ["v"], [], [V]),
        ("${V}", ["v"], [], [V]),
        ("a${V}b", ["avb"], ["ab"], ["a", V, "b"]),
        ("$V/$V", ["v/v"], ["/"], [V, "/", V]),
        ("${V:-d}", ["v"], ["d"], ["d"]),
        ("${V-d}", ["v"], [], ["d"]),
        ("${V:-}", ["v"], [], []),
        ("${V:?e}", ["v"], [V], [V]),
        ("${V?e}", ["v"], [], [V]),
        ("${V:?}", ["v"], [V], [V]),
        ("${V:+x}", ["x"], [], []),
        ("${V+x}", ["x"], ["x"], []),
        ("$$V", ["$V"], ["$V"], ["$V"]),
        ("$$$V", ["$v"], ["$"], ["$", V]),
        ("$${V}", ["${V}"], ["${V}"], ["${V}"]),
        ("${V:-a b:c?d}", ["v"], ["a b:c?d"], ["a b:c?d"]),
        ("${V:-$$5}", ["v"], ["$5"], ["$5"]),
        ('${V:-{"a": {"b": 1}}}', ["v"], ['{"a": {"b": 1}}'], ['{"a": {"b": 1}}']),
        ("$V_X", [Unset("V_X")], [Unset("V_X")], [Unset("V_X")]),
        ("$V-x", ["v-x"], ["-x"], [V, "-x"]),
        ("${V}}", ["v}"], ["}"], [V, "}"]),
    ],
)
def test_each_form_with_a_value_an_empty_value_and_none(text, given, empty, unset):
    assert parts(text, V="v") == given
    assert parts(text, V="") == empty
    assert parts(text) == unset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${A:-${B}}", [Unset("B")]),
        ("${A:-${B:-c}}", ["c"]),
        ("${A:-${B:-${C:-d}e}f}g", ["defg"]),
        ("${A:-x${B}y}", ["x", Unset("B"), "y"]),
        ("${A:-$B}", [Unset("B")]),
        ("${S:+${T}}", ["t"]),
        ("${S:+a${B}}", ["a", Unset("B")]),
        ("${S:-${B:?needed}}", ["s"]),
        ("${A:-${S}}/${T}", ["s/t"]),
    ],
)
def test_defaults_may_hold_variables(text, expected):
    assert parts(text, S="s", T="t") == expected


def test_a_default_that_is_not_used_asks_for_nothing():
    evaluated = variables(S="s").evaluate("${S:-${B:?needed}}")
    assert (evaluated.unset, evaluated.required) == ([], {})


def test_what_must_be_given_says_why():
    evaluated = variables().evaluate("${A:?set A} ${B?set B} ${A:?again}")
    assert evaluated.required == {"A": "set A", "B": "set B"}
    assert evaluated.unset == [("A", 0), ("B", 1), ("A", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$", ["$"]),
        ("5$", ["5$"]),
        ("$5", ["$5"]),
        ("a $ b", ["a $ b"]),
        ("$-", ["$-"]),
        ("${}", ["${}"]),
        ("${5}", ["${5}"]),
        ("${A B}", ["${A B}"]),
        ("${A!b}", ["${A!b}"]),
        ("${A:b}", ["${A:b}"]),
        ("${A/b/c}", ["${A/b/c}"]),
        ("x${A", ["x${A"]),
        ("${A:-${B}", ["${A:-${B}"]),
        ("${ A}", ["${ A}"]),
        ("${-}", ["${-}"]),
    ],
)
def test_a_bad_form_is_told_and_stays_as_it_is(text, expected):
    evaluated = variables().evaluate(text)
    assert evaluated.parts == expected
    assert len(evaluated.wrong) == 1
    assert evaluated.unset == []


def test_names_are_ascii():
    assert variables().evaluate("$é").wrong != []


def test_the_values_of_others_may_lack_variables():
    evaluated = Variables({"A": ("x", Unset("HOME"))}).evaluate("${A}/y")
    assert evaluated.parts == ["x", Unset("HOME"), "/y"]
    assert evaluated.unset == [("HOME", 0)]


def test_values_are_not_read_again():
    assert parts("$A", A="$B ${C:-d} $$") == ["$B ${C:-d} $$"]


def test_nothing_comes_from_the_servers_environment(monkeypatch):
    monkeypatch.setenv("HOME", "/root")
    assert parts("$HOME") == [Unset("HOME")]
    file = read("services: {web: {image: '${HOME}'}}")
    assert file.services["web"].image.parts == (Unset("HOME"),)


# ---- bounds -------------------------------------------------------------------------------------


def test_variables_inside_each_other_end_somewhere():
    text = "${A:-" * 500 + "x" + "}" * 500
    (message, _, dollar) = variables().evaluate(text).wrong[0]
    assert message == f"Variables stand inside each other more than {LIMITS.nesting} deep."
    assert dollar == LIMITS.nesting


def test_what_is_written_out_is_counted():
    with pytest.raises(TooMuch):
        variables(A="x" * 10_000).evaluate("$A" * 601)


def test_variables_that_are_unset_are_counted():
    with pytest.raises(TooMuch):
        Variables({"A": (Unset("B" * 1000),) * 1000}).evaluate("$A" * 7)


def test_braces_that_are_never_closed_cost_nothing():
    evaluated = variables().evaluate("${A:-" * 50_000)
    assert [message for message, _, _ in evaluated.wrong] == ["${ opens here and is never closed."]


# ---- where they stand ---------------------------------------------------------------------------


def test_unset_variables_are_found_where_they_stand():
    file = read(
        "services:\n"
        "  web:\n"
        "    image: ${REPO}/web:${TAG}\n"
        "    command: |\n"
        "      echo $$HOME\n"
        "      echo ${TAG} é ${REPO:-x}\n"
        '    user: "a ${TAG}"\n'
        "x-mine: $OTHER\n"
    )
    assert file.variables == {
        "REPO": (Place(3, 12),),
        "TAG": (Place(3, 24), Place(6, 12), Place(7, 14)),
        "OTHER": (Place(8, 9),),
    }


def test_an_unset_variable_that_an_alias_repeats_stands_in_one_place():
    file = read("x-a: &a ${TAG}\nservices: {a: {image: *a}, b: {image: *a}}\n")
    assert file.variables == {"TAG": (Place(1, 9),)}


def test_the_message_of_what_must_be_given_is_kept():
    file = read("services: {web: {image: 'a:${TAG:?which version?}'}}")
    assert file.required == {"TAG": "which version?"}
    assert file.variables == {"TAG": (Place(1, 28),)}


def test_a_bad_form_is_a_problem_with_its_column():
    file = read("services:\n  web:\n    image: a\n    command: echo ${A B} $$\n")
    (problem,) = file.problems
    assert str(problem) == "compose.yaml:4:19: This is not a form of ${…} that compose knows."
    assert problem.text == "    command: echo ${A B} $$"
    assert [word.value for word in file.services["web"].command.words] == ["echo", "${A", "B}", "$"]


def test_a_variable_shows_as_its_name_and_is_a_part():
    image = read("services: {web: {image: 'a/${NAME}:1'}}").services["web"].image
    assert (image.value, image.parts) == ("a/${NAME}:1", ("a/", Unset("NAME"), ":1"))


def test_keys_are_not_read_for_variables():
    file = read("services: {web: {image: a, labels: {'$A': b, 'c': '$A'}}}", "A=x")
    assert {name: text.value for name, text in file.services["web"].labels.items()} == {"$A": "b", "c": "x"}


def test_the_name_in_a_list_of_pairs_may_be_a_variable():
    file = read("services: {web: {image: a, environment: ['${A}_B=$C', '$D']}}", "A=x\nC=y\nD=E=f")
    assert [(one.name, one.value.value, one.path) for one in file.services["web"].environment] == [
        ("x_B", "y", "services.web.environment.x_B"),
        ("E", "f", "services.web.environment.E"),
    ]
