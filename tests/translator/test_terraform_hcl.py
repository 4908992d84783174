"""Text that `terraform fmt` leaves as it is, and that Terraform reads as it was meant."""

import json
import random
import subprocess

import pytest

from lecture.translator.terraform.hcl import Expression, comment, cut, free, identifier, lines, origin, quote, template
from lecture.translator.terraform.site import labels, project
from lecture.translator.values import Origin
from tests.translator.validating import environment, needed, terraform


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", '"plain"'),
        ('say "hi"', r'"say \"hi\""'),
        ("C:\\x", r'"C:\\x"'),
        ("${HOME} %{x}", '"$${HOME} %%{x}"'),
        ("$HOME 100% $(date)", '"$HOME 100% $(date)"'),
        ("two\nlines\tand\r", r'"two\nlines\tand\r"'),
        ("\x01\x7f", r'"\u0001\u007f"'),
        ("\ud800", '"\ufffd"'),
    ],
)
def test_a_text_is_written_so_that_nothing_in_it_is_a_command(text, written):
    assert quote(text) == written


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ([Expression("a.b")], "a.b"),
        (["", Expression("a.b"), ""], "a.b"),
        (["x"], '"x"'),
        ([], '""'),
        (["http://", Expression("a.b"), ":80"], '"http://${a.b}:80"'),
        ([Expression("a"), Expression("b")], '"${a}${b}"'),
        (["costs $", Expression("a")], r'"costs \u0024${a}"'),
        (["100%", Expression("a")], r'"100\u0025${a}"'),
        (["$", "{x}", Expression("a")], '"$${x}${a}"'),
    ],
)
def test_texts_and_endpoints_become_one_value(parts, written):
    assert template(parts) == written


@pytest.mark.full
def test_terraform_reads_every_text_as_it_was(tmp_path):
    needed()
    found, chance = terraform(), random.Random(7)
    assert found
    signs = ("$", "%", "{", "}", "$${", "%{", "${", "\\", '"', "\n", "\x01", "é", "a", " ")
    texts = ["".join(chance.choices(signs, k=chance.randint(0, 7))) for _ in range(500)]
    values = [template([text, Expression("tostring(2)"), text]) for text in texts] + [quote(text) for text in texts]
    (tmp_path / "main.tf").write_text(f'output "all" {{\n  value = {lines(values, 2)}\n}}\n')
    for arguments in (["fmt", "-check", "-diff"], ["init"], ["apply", "-auto-approve"], ["output", "-json", "all"]):
        done = subprocess.run(
            [found[0], *arguments], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == [f"{text}2{text}" for text in texts] + texts


def test_a_comment_stays_one_line():
    assert comment('services.api.environment["A\n}\r\nresource "]') == '# services.api.environment["A } resource "]\n'


def test_a_block_names_the_lines_that_it_comes_from():
    found = [Origin(f"services.s{number}", number) for number in range(1, 7)]
    assert origin(found[:2]) == "# compose line 1: services.s1\n# compose line 2: services.s2\n"
    assert origin(found).splitlines()[-2:] == ["# compose line 4: services.s4", "# and 2 more"]
    assert origin(found[:1], "why") == "# compose line 1: services.s1\n# why\n"


@pytest.mark.parametrize(
    ("name", "label"),
    [("api", "api"), ("My.API-2", "my_api_2"), ("1st", "s_1st"), ("--", "s"), ("a__b", "a_b"), ("日本", "s")],
)
def test_a_service_gets_a_name_that_terraform_takes(name, label):
    assert identifier(name) == label


def test_services_whose_names_would_be_the_same_are_told_apart():
    assert labels(["my-api", "my_api", "my.api", "my_api_2"]) == {
        "my-api": "my_api",
        "my_api": "my_api_2",
        "my.api": "my_api_3",
        "my_api_2": "my_api_2_2",
    }
    assert free("x", {"x", "x_2"}) == "x_3"


def test_a_name_that_is_too_long_is_cut_and_stays_its_own():
    long = "capstone-" + "a" * 40
    assert cut("capstone-api", 32) == "capstone-api"
    assert cut(long + "b", 32) != cut(long + "c", 32)
    assert len(cut(long, 32)) == 32
    assert cut(long, 32) == cut(long, 32)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("shop", "shop"),
        ("a--b-", "a-b"),
        ("sg", "app-sg"),
        ("internal-x", "app-internal-x"),
        ("", "app"),
        ("2go", "app-2go"),
    ],
)
def test_a_project_has_a_name_that_every_service_of_aws_takes(name, kept):
    assert project(name) == kept
