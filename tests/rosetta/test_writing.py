"""The table to take along."""

import csv
import io
from datetime import date

from lecture.rosetta.asking import Asked
from lecture.rosetta.concepts import Concept, Docs, Former, Rosetta
from lecture.rosetta.writing import as_csv, as_markdown

FORMER = Former(name="Old", also=("O",), provider="gcp", now="G", fate="renamed", since="August 2024")
ROW = Concept(
    id="vm", name="Machine | box", category="compute", what='A "computer".', differ="It bites.", aws="EC2; more",
    gcp="G", azure="A, B", local="L", former=(FORMER,), docs=Docs(gcp="https://cloud.example/"), lecture=True, note="N",
)  # fmt: skip
SHEET = Rosetta(as_of=date(2026, 11, 21), source="the sheet", concept=(ROW,))


def read_csv(asked: Asked) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv([ROW], asked, SHEET))))


def test_every_column_survives_csv():
    assert read_csv(Asked()) == [
        {
            "Concept": "Machine | box",
            "Category": "Compute",
            "In the lecture": "yes",
            "AWS": "EC2; more",
            "Google Cloud": "G",
            "Azure": "A, B",
            "At home": "L",
            "Former names": "Old (renamed August 2024; now G)",
            "What it is": 'A "computer".',
            "Where they differ": "It bites.",
            "Note": "N",
            "AWS documentation": "",
            "Google Cloud documentation": "https://cloud.example/",
            "Azure documentation": "",
            "As of": "2026-11-21",
            "Source": "the sheet",
        }
    ]


def test_the_columns_of_csv_come_in_the_order_that_was_asked_for():
    assert list(read_csv(Asked(known="azure", wanted="local"))[0])[3:7] == ["Azure", "At home", "AWS", "Google Cloud"]


def test_a_row_of_its_own_day_and_source_says_those():
    own = ROW.model_copy(update={"as_of": date(2026, 9, 17), "source": "a changelog"})
    [line] = csv.DictReader(io.StringIO(as_csv([own], Asked(), SHEET)))
    assert (line["As of"], line["Source"]) == ("2026-09-17", "a changelog")


def test_markdown_is_a_table_with_its_date():
    assert as_markdown([ROW], Asked(wanted="gcp"), SHEET) == (
        "| Concept | Google Cloud | AWS | Azure | At home |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| Machine \\| box | G | EC2; more | A, B | L |\n"
        "\n"
        "Names as of 21 November 2026.\n"
    )
