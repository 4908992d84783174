"""The translator's examples: valid, readable, and each about what it says."""

import pytest
import yaml
from django.conf import settings

from lecture.authoring import ContentError
from lecture.translator import examples, images
from lecture.translator.reading import read
from tests.translator.schema import validator

FOUND = examples.read(settings.BASE_DIR / "content")
each = pytest.mark.parametrize("id", FOUND)


def becomes(id: str) -> dict[str, str]:
    """What the image of each service becomes, "" for what nobody knows."""
    rows = {}
    for service in read(FOUND[id][1]).services.values():
        row = images.recognise(service.image.value)[0] if service.image else None
        rows[service.name] = row.becomes if row else ""
    return rows


def test_ten_of_them_the_capstone_first():
    assert list(FOUND) == [
        "capstone",
        "wordpress",
        "django",
        "rails",
        "mern",
        "kafka",
        "monitoring",
        "microservices",
        "mistakes",
        "course",
    ]


def test_the_capstone_is_the_file_of_the_lecture():
    assert examples.text("capstone") == (settings.BASE_DIR / "content" / "compose" / "capstone.yaml").read_text()


@each
def test_the_specification_accepts_it(id):
    assert list(validator().iter_errors(yaml.safe_load(FOUND[id][1]))) == []


@each
def test_it_is_read_without_a_complaint(id):
    file = read(FOUND[id][1])
    assert file.problems == ()
    assert file.services


@each
def test_it_begins_with_a_comment_or_is_the_lecture_s_own_and_fits_a_page(id):
    text = FOUND[id][1]
    assert text.startswith("# ") or id == "capstone"
    assert max(map(len, text.splitlines())) <= 112
    assert "\t" not in text
    assert text.endswith("\n")
    assert len(text.splitlines()) <= 160


def test_each_shows_what_it_says():
    assert becomes("wordpress") == {"blog": "container", "db": "rds"}
    assert becomes("rails")["minio"] == "s3"
    assert becomes("rails")["redis"] == "elasticache"
    assert becomes("django")["mail"] == "nothing"
    assert becomes("mern")["mongo"] == "documentdb"
    assert becomes("kafka") | {"zookeeper": "nothing", "kafka": "msk"} == becomes("kafka")
    gone = [name for name, fate in becomes("monitoring").items() if fate == "nothing"]
    assert gone == ["promtail", "node-exporter", "cadvisor"]
    assert set(becomes("microservices").values()) == {"", "container", "documentdb", "opensearch", "rds", "mq"}
    assert len(becomes("microservices")) == 11
    assert becomes("course") == {"web": "", "db": "rds"}


def test_a_debugging_tool_sleeps_in_mern():
    assert set(read(FOUND["mern"][1]).asleep) == {"mongo-express"}


def test_variables_of_an_example_are_the_ones_that_it_explains():
    assert {id: set(read(text).variables) for id, (_, text) in FOUND.items() if read(text).variables} == {
        "django": {"DJANGO_SECRET_KEY"},
        "monitoring": {"GRAFANA_URL"},
        "microservices": {"TAG", "SMTP_PASSWORD"},
        "course": {"COURSE_SECRET_KEY"},
    }


LIST = '[[example]]\nid = "a"\ntitle = "A"\nline = "A line."\nfile = "{}"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LIST.format("translator/none.yaml"), r"content/translator/none.yaml:1: cannot be read"),
        (LIST.format("../secrets.yaml"), "example.file: String should match pattern"),
        (LIST.format("translator/a.yaml") * 2, "the id a stands twice"),
        ("", "the key example is missing"),
    ],
)
def test_a_mistake_in_the_list_is_named(write_course, text, message):
    root = write_course({"translator.toml": text, "translator/a.yaml": "services: {}\n"})
    with pytest.raises(ContentError, match=message):
        examples.read(root)
