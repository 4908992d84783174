"""manage.py import_gift: GIFT in, a draft out, and every mistake with its line."""

import io
import sys
import tomllib

import pytest
from django.core.management import CommandError, call_command

from lecture.quizzes import draft, owed
from lecture.quizzes.gift_read import read

GIFT = "::q.tap::Who mends it?{=You ~Nobody#It drips.}\n\nTell me all{}\n"


@pytest.fixture(autouse=True)
def course(serve):
    return serve()


@pytest.fixture
def run(tmp_path):
    """The command on a text: what it wrote, and what it said."""

    def run(text: str | bytes, *options: str) -> tuple[str, str]:
        file = tmp_path / "mine.gift"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out, err = io.StringIO(), io.StringIO()
        call_command("import_gift", str(file), *options, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue().replace(f"{tmp_path}/", "")

    return run


def test_it_works(run):
    text, said = run(GIFT, "--section", "1-only/1-first")
    [question] = tomllib.loads(text)["question"]
    assert (question["id"], question["section"], question["why"]) == ("q.tap", "1-only/1-first", "TODO")
    assert said == "mine.gift:3: an essay is marked by people, and there is no kind for it.\n"
    assert text.endswith(
        "# ---- left out, line 3: an essay is marked by people, and there is no kind for it.\n# Tell me all{}\n"
    )
    assert draft.read(text) == list(read(GIFT).items)


def test_a_tag_may_say_the_section(run):
    text, _ = run("// [tag:1-only/1-first] [tag:else]\nQ{=a ~b}")
    assert tomllib.loads(text)["question"][0]["section"] == "1-only/1-first"
    assert tomllib.loads(run("// [tag:else]\nQ{=a ~b}")[0])["question"][0]["section"] == "TODO"


def test_mistakes_are_told_with_their_lines_and_nothing_is_written(tmp_path):
    err = io.StringIO()
    with pytest.raises(CommandError, match=r"^2 mistakes; nothing was written\.$") as caught:
        call_command("import_gift", str(write(tmp_path, "Q{=a ~}\n\nR{#x}\n")), stdout=io.StringIO(), stderr=err)
    assert caught.value.returncode == 2
    assert err.getvalue().replace(f"{tmp_path}/", "") == (
        "a.gift:1: an answer has no words.\na.gift:3: x is no number, such as 3, 3:0.5 or 2..4.\n"
    )


def write(folder, text: str):
    file = folder / "a.gift"
    file.write_text(text)
    return file


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (
            GIFT,
            ["--section", "1-only/1-frist"],
            "--section: there is no section 1-only/1-frist. Did you mean 1-only/1-first?",
        ),
        ("Tell me all{}", [], "there is no question to take."),
        ("", [], "there is no question to take."),
        (b"\xff\xfe\x00", [], "is not UTF-8. Save it as UTF-8 text."),
    ],
)
def test_what_cannot_be_done_is_said(run, text, options, message):
    with pytest.raises(CommandError) as caught:
        run(text, *options)
    assert message in str(caught.value)


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CommandError, match=r"^nope.gift: cannot be read. No such file or directory.$"):
        call_command("import_gift", "nope.gift")


def test_out_writes_a_file_and_never_over_one(run, tmp_path):
    out = tmp_path / "new.toml"
    text, _ = run(GIFT)
    assert run(GIFT, "--out", str(out))[0] == ""
    assert out.read_text() == text
    with pytest.raises(CommandError, match="is there already"):
        run(GIFT, "--out", str(out))
    assert out.read_text() == text
    with pytest.raises(CommandError, match="cannot be written to"):
        run(GIFT, "--out", str(tmp_path / "no" / "folder.toml"))


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GIFT.encode())))
    out = io.StringIO()
    call_command("import_gift", "-", stdout=out, stderr=io.StringIO())
    assert '[[question]]\nid = "q.tap"\n' in out.getvalue()


# ---- what is owed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[question]]\nid = "q.a"\nwhy = "TODO"\n', [(3, "q.a: question.why is still owed.")]),
        ('[[question]]\nid = "TODO"\n', [(2, "question.id is still owed.")]),
        ('[[question]]\nid = "q.a"\naccepts = ["a", "TODO"]\n', [(3, "q.a: question.accepts is still owed.")]),
        ('[[scenario]]\ntitle = "TODO"\n', [(2, "scenario.title is still owed.")]),
        ('[[question]]\nid = "q.a"\nstem = "Write TODO"\ncode = """\nx = "TODO"\n"""\n', []),
        ("[[question", []),
        ("a = " + "[" * 2000, []),
    ],
)
def test_what_is_owed_is_found_with_its_line(tmp_path, text, told):
    path = tmp_path / "content" / "quizzes" / "1.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    found = owed.owed(path, tmp_path / "content")
    assert [(one.line, one.message) for one in found] == told
    assert {(one.file, one.id) for one in found} <= {("content/quizzes/1.toml", "quizzes.E008")}
