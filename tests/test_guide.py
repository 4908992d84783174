"""The author's guide is true: every block and key in it is real, and every real one is in it."""

import re
from pathlib import Path

import pytest

from lecture import homes
from lecture.authoring import Strict
from lecture.checks import problems
from lecture.costs import pages as cost_pages
from lecture.costs import prices
from lecture.course import model
from lecture.course.blocks import BLOCKS, FENCE_KEYS
from lecture.quizzes import kinds, marking, misconceptions
from lecture.rosetta import concepts
from lecture.translator import examples, findings_table, images, keys
from lecture.wizard import flow as wizard

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "content" / "README.md").read_text()

TABLES: dict[tuple[str, str], type[Strict]] = {
    ("Front matter", "key"): model.Front,
    ("`course.toml`", "key"): model.CourseInfo,
    ("`course.toml`", "key of part"): model.PartInfo,
    ("`course.toml`", "key of coming"): model.Coming,
    ("`course.toml`", "key of tool"): model.Tool,
    ("`course.toml`", "key of prior"): model.Prior,
    ("`homes.toml`", "key"): homes.Homes,
    ("`homes.toml`", "key of home"): homes.Home,
    ("`glossary.toml`", "key of term"): model.Term,
    ("`prices.toml`", "key"): prices.PriceSheet,
    ("`prices.toml`", "key of price"): prices.Price,
    ("`prices.toml`", "key of amount"): prices.Amount,
    ("`prices.toml`", "key of sum"): prices.Sum,
    ("`prices.toml`", "key of line"): prices.Line,
    ("`prices.toml`", "key of paas"): prices.Plan,
    ("`costs.toml`", "key"): cost_pages.Costs,
    ("`costs.toml`", "key of page"): cost_pages.PageText,
    ("`costs.toml`", "key of state"): cost_pages.State,
    ("`costs.toml`", "key of trap"): cost_pages.TrapText,
    ("`costs.toml`", "key of credit"): cost_pages.Credit,
    ("`facts.toml`", "key of fact"): model.Fact,
    ("`rosetta.toml`", "key"): concepts.Rosetta,
    ("`rosetta.toml`", "key of concept"): concepts.Concept,
    ("`rosetta.toml`", "key of docs"): concepts.Docs,
    ("`rosetta.toml`", "key of former"): concepts.Former,
    ("`images.toml`", "key"): images.Images,
    ("`images.toml`", "key of image"): images.ImageRow,
    ("`images.toml`", "key of port"): images.ImagePort,
    ("`compose-keys.toml`", "key"): keys.KeyTable,
    ("`compose-keys.toml`", "key of key"): keys.KeyRow,
    ("`findings.toml`", "key of finding"): findings_table.FindingRow,
    ("`translator.toml`", "key of example"): examples.Example,
    ("`wizard.toml`", "key"): wizard.Flow,
    ("`wizard.toml`", "key of question"): wizard.Question,
    ("`wizard.toml`", "key of answer"): wizard.Answer,
    ("`wizard.toml`", "key of route"): wizard.Route,
    ("`wizard.toml`", "key of outcome"): wizard.Outcome,
    ("`wizard.toml`", "key of note"): wizard.Note,
    ("`wizard.toml`", "key of estimate"): wizard.Estimate,
    ("`wizard.toml`", "key of later"): wizard.Pain,
    ("`wizard.toml`", "key of preset"): wizard.Preset,
    ("`quizzes/*.toml`", "key of question"): kinds.Base,
    ("`quizzes/*.toml`", "key of option"): kinds.Reason,
    ("`misconceptions.toml`", "key of misconception"): misconceptions.Misconception,
}


def rows(heading: str, head: str) -> list[list[str]]:
    """The cells of the table below `heading` whose first column is called `head`."""
    chapter = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^##|\Z)", GUIDE, re.M | re.S)
    assert chapter, f"the guide has no chapter {heading}"
    table = re.search(rf"^\| {re.escape(head)} \|.*\n\|[ -|]+\n((?:\|.*\n)+)", chapter[1], re.M)
    assert table, f"{heading} has no table of {head}"
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1].splitlines()]


@pytest.mark.parametrize(("heading", "head"), TABLES)
def test_the_guide_has_every_key_and_no_other(heading, head):
    written = [row[0].strip("`| ") for row in rows(heading, head)]
    real = [field.alias or name for name, field in TABLES[heading, head].model_fields.items()]
    assert sorted(written) == sorted(real)


@pytest.mark.parametrize(
    "kind", [one for one in vars(kinds).values() if isinstance(one, type) and issubclass(one, Strict)]
)
def test_every_key_of_every_kind_of_question_is_named(kind):
    chapter = GUIDE.partition("### `quizzes/*.toml`")[2].partition("\n### ")[0]
    assert [name for name in kind.model_fields if f"`{name}`" not in chapter and f"{name}]" not in chapter] == []


def test_no_model_is_left_out():
    lists = {model.Glossary, model.Facts, kinds.QuizFile, marking.Heard, misconceptions.MisconceptionTable}
    lists |= {one for one in vars(kinds).values() if isinstance(one, type) and issubclass(one, Strict)} - {Strict}
    known = set(TABLES.values()) | lists | {findings_table.FindingTable, examples.Examples}

    def models(cls: type[Strict]) -> set[type[Strict]]:
        below = [sub for sub in cls.__subclasses__() if sub.__module__.startswith("lecture.")]
        return {cls, *(m for sub in below for m in models(sub))}

    assert models(Strict) - {Strict} == known


def test_the_guide_has_every_block():
    written = {row[0].strip("`| "): row for row in rows("Blocks", "block")}
    assert sorted(written) == sorted(BLOCKS)
    for name, spec in BLOCKS.items():
        assert sorted(re.findall(r"`([\w-]+)`", written[name][2])) == sorted(spec.options), name
        assert (written[name][1] == "none") == (not spec.argument), name


def test_the_guide_names_every_check():
    code = "".join(path.read_text() for path in sorted((ROOT / "lecture").rglob("*.py")))
    found = re.findall(r"""["'](?:(\w+)\.)?([EW]\d{3})["']""", code)
    real = {f"{room or 'course'}.{number}" for room, number in found}
    table = re.search(r"^\| id \|.*\n\|[ -|]+\n((?:\|.*\n)+)", GUIDE, re.M)
    assert table
    written = [line.split("`")[1] for line in table[1].splitlines()]
    assert written == sorted(real)
    assert all(len(line.split(" | ")[1].strip(" |")) > 5 for line in table[1].splitlines())


def test_the_guide_has_every_option_of_code():
    assert sorted(row[0].strip("`| ") for row in rows("Code", "key")) == sorted(FENCE_KEYS)


def test_the_guide_names_every_icon():
    sprite = (ROOT / "templates" / "parts" / "sprite.html").read_text()
    icons = next(row[1] for row in rows("`course.toml`", "key of tool") if "`icon`" in row[0])
    assert icons.partition(": ")[2].rstrip(" |").split(", ") == sorted(re.findall(r'<symbol id="i-(\w+)"', sprite))


def test_the_example_section_is_a_section(serve, write_course):
    example = re.search(r"^```markdown\n(.*?)^```$", GUIDE, re.M | re.S)
    assert example
    text = example[1].replace("minutes: 8", "minutes: 5")
    prices_toml = (ROOT / "content" / "prices.toml").read_text()
    serve({"parts/1-only/1-first.md": text, "prices.toml": prices_toml})
    assert problems() == []


def test_layouts_in_the_guide_are_the_real_ones():
    for layout in BLOCKS["slide"].options["layout"].split("|"):
        assert f"`{layout}`" in GUIDE
