"""The translator from a shell: what is printed where, the choices, the folder, the exit codes."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from lecture.translator.parcel import MANIFEST, Foreign, put

CAPSTONE = settings.BASE_DIR / "content" / "compose" / "capstone.yaml"
BROKEN = 'services:\n  web:\n    image: "nginx\n'
CYCLE = "services:\n  a:\n    image: nginx\n    depends_on: [b]\n  b:\n    image: nginx\n    depends_on: [a]\n"
ASLEEP = "services:\n  web:\n    image: nginx\n  mail:\n    image: mailhog/mailhog\n    profiles: [dev]\n"


def run(*args: object) -> tuple[str, str]:
    """What the command says on standard output and on standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command("translate", *map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def report(*args: object) -> dict:
    return json.loads(run(*args, "--format", "json")[0])


def refused(*args: object) -> tuple[int | str | None, str]:
    """The exit code and what stands on standard error."""
    err = io.StringIO()
    with pytest.raises((SystemExit, CommandError)) as caught:
        call_command("translate", *map(str, args), stdout=io.StringIO(), stderr=err)
    if isinstance(caught.value, CommandError):
        return caught.value.returncode, str(caught.value)
    return caught.value.code, err.getvalue()


@pytest.fixture
def write(tmp_path):
    def write(text: str, name: str = "compose.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_it_works():
    out, err = run(CAPSTONE)
    assert out.startswith("5 services became 10 resources")
    assert err == ""


@pytest.mark.parametrize(
    ("format", "begins"), [("text", "5 services became"), ("json", "{"), ("markdown", "# capstone on AWS")]
)
def test_each_format_is_printed(format, begins):
    assert run(CAPSTONE, "--format", format)[0].startswith(begins)


def test_a_minus_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CAPSTONE.read_bytes())))
    assert [row["name"] for row in report("-")["services"]] == ["api", "worker", "beat", "db", "redis"]


# the choices


@pytest.mark.parametrize(
    ("options", "usd"),
    [
        ((), "116.41"),
        (("--size", "learning"), "116.41"),
        (("--nat", "none"), "90.86"),
        (("--nat", "per-zone"), "152.91"),
        (("--size", "production"), "189.77"),
        (("--arch", "arm"), "108.82"),
        (("--region", "eu-west-2"), "129.55"),
        (("--self-host", "db", "redis"), "108.08"),
    ],
)
def test_each_choice_changes_the_bill(options, usd):
    assert report(CAPSTONE, *options)["bill"]["monthly_usd"] == usd


def test_services_that_are_kept_become_containers():
    found = {row["id"]: row["type"] for row in report(CAPSTONE, "--self-host", "db")["resources"]}
    assert (found["db"], found["redis"]) == ("aws_ecs_service", "aws_elasticache_replication_group")


@pytest.mark.parametrize(
    ("options", "names"),
    [((), ["web"]), (("--profile", "dev"), ["web", "mail"]), (("--profile", "*"), ["web", "mail"])],
)
def test_services_sleep_until_their_profile_is_chosen(write, options, names):
    assert [row["name"] for row in report(write(ASLEEP), *options)["services"]] == names


def test_a_profile_that_wakes_nobody_is_remarked(write):
    assert (
        run(write(ASLEEP), "--profile", "deb")[1] == "--profile deb: no service has that profile. Did you mean dev?\n"
    )
    assert "The file has none." in run(CAPSTONE, "--profile", "dev")[1]


def test_variables_come_from_the_env_file_and_never_from_the_shell(write, monkeypatch):
    monkeypatch.setenv("TAG", "of-the-shell")
    file, env = write("services:\n  web:\n    image: nginx:${TAG}\n"), write("TAG=1.27\n", "my.env")
    folder = file.parent / "out"
    run(file, "--env-file", env, "--terraform", folder)
    assert "nginx:1.27" in (folder / "services.tf").read_text()
    run(file, "--terraform", file.parent / "unset")
    assert "of-the-shell" not in "".join(path.read_text() for path in (file.parent / "unset").iterdir())


@pytest.mark.parametrize(
    ("name", "title"), [("shop.yaml", "shop"), ("compose.yaml", "corner"), ("docker-compose.yml", "corner")]
)
def test_the_project_is_called_as_its_file_or_as_its_folder(tmp_path, name, title):
    (tmp_path / "corner").mkdir()
    path = tmp_path / "corner" / name
    path.write_text("services:\n  web:\n    image: nginx\n")
    assert run(path, "--format", "markdown")[0].startswith(f"# {title} on AWS")


# what is wrong


def test_a_file_that_is_no_compose_ends_with_2_and_says_where(write):
    file = write(BROKEN)
    code, err = refused(file)
    assert code == 2
    assert err.splitlines() == [
        f"{file}:3:12: A quote opens here and is never closed.",
        '        image: "nginx',
        "               ^",
        "    Close it with the same quote. If the quote belongs to the text, put the whole value in the other kind.",
    ]


def test_standard_input_has_a_name_in_messages(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    assert refused("-")[1].startswith("<stdin>:3:12: ")


@pytest.mark.parametrize(
    "text", ["", "\0\1\2", "FROM python\n", "apiVersion: v1\nkind: Pod\n", "- a\n- b\n", "[" * 10_000]
)
def test_whatever_it_is_ends_with_2_and_a_message(write, text):
    code, err = refused(write(text))
    assert code == 2
    assert err.split(": ")[0].endswith(("compose.yaml:1:1", "compose.yaml:1:61"))


def test_what_can_be_mended_later_is_told_and_the_rest_translated(write):
    out, err = run(write(CYCLE))
    assert out.startswith("2 services became")
    assert err.startswith(f"{write(CYCLE)}:")


def test_a_mistake_in_the_env_file_is_told_under_its_own_name(write):
    env = write("no equals sign here\n", "my.env")
    assert run(CAPSTONE, "--env-file", env)[1].startswith(f"{env}:1:1: ")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nowhere.yaml",), "nowhere.yaml: No such file or directory."),
        ((CAPSTONE, "--env-file", "nowhere.env"), "nowhere.env: No such file or directory."),
        ((CAPSTONE, "--region", "mars"), "--region: mars is not on the price sheet. Choose us-east-1 or eu-west-2."),
        ((CAPSTONE, "--self-host", "rediss"), "--self-host: there is no service rediss. Did you mean redis?"),
    ],
)
def test_an_option_that_makes_no_sense_ends_with_2_and_says_why(args, said):
    assert refused(*args) == (2, said)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--size", "big", "learning"),
        ("--nat", "two", "per-zone"),
        ("--arch", "mips", "x86"),
        ("--format", "xml", "markdown"),
    ],
)
def test_an_unknown_answer_names_the_known_ones(option, value, said):
    with pytest.raises(CommandError, match=rf"argument {option}: invalid choice: '{value}' .*{said}"):
        run(CAPSTONE, option, value)


# the folder


def test_the_terraform_is_written_into_a_folder_that_is_made(tmp_path):
    folder = tmp_path / "deep" / "out"
    run(CAPSTONE, "--terraform", folder)
    names = {path.name for path in folder.iterdir()}
    assert {"network.tf", "services.tf", "data.tf", "security.tf", "variables.tf", "outputs.tf", "versions.tf"} <= names
    assert {"provider.tf", "README.md", MANIFEST} <= names


def test_what_we_wrote_is_renewed(tmp_path):
    run(CAPSTONE, "--terraform", tmp_path)
    before = (tmp_path / "network.tf").read_text()
    run(CAPSTONE, "--terraform", tmp_path, "--nat", "none")
    assert (tmp_path / "network.tf").read_text() != before


@pytest.mark.parametrize("changed", ["# mine\n", ""])
def test_what_somebody_else_wrote_or_changed_is_never_overwritten(tmp_path, changed):
    run(CAPSTONE, "--terraform", tmp_path)
    (tmp_path / "services.tf").write_text(changed)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    code, said = refused(CAPSTONE, "--terraform", tmp_path, "--nat", "none")
    assert (code, "services.tf. Nothing was written." in said) == (1, True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_with_other_files_is_let_be(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    run(CAPSTONE, "--terraform", tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_is_refused_with_a_reason(tmp_path):
    (tmp_path / "out").write_text("a file")
    assert refused(CAPSTONE, "--terraform", tmp_path / "out" / "x")[0] == 1


def test_a_file_of_our_name_that_is_a_folder_or_a_broken_link_is_foreign(tmp_path):
    (tmp_path / "a.tf").mkdir()
    (tmp_path / "b.tf").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Foreign) as caught:
        put({"a.tf": "a", "b.tf": "b", "c.tf": "c"}, tmp_path)
    assert caught.value.names == ("a.tf", "b.tf")
    assert not (tmp_path / "c.tf").exists()


def test_nothing_is_written_where_the_file_cannot_be_read(write, tmp_path):
    refused(write(BROKEN), "--terraform", tmp_path / "out")
    assert not (tmp_path / "out").exists()
