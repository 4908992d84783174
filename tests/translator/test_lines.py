"""The line that a problem shows: masked, short, and with nothing in it that no page should show."""

import pytest

from lecture.translator.compose import Place
from lecture.translator.lines import ENV, MASK, Notes, masked
from lecture.translator.reading import read


@pytest.mark.parametrize(
    "line",
    [
        "      - POSTGRES_PASSWORD=hunter2",
        '      POSTGRES_PASSWORD: "hunter2',
        "      MYSQL_ROOT_PASSWORD: 'hunter2'",
        '{"password": "hunter2"}',
        "      DATABASE_URL: postgresql://shop:hunter2@db:5432/shop",
        "      - BROKER=amqp://:hunter2@mq//",
        "      - URL=https://me:hunter@2/hunter2@example.org/",
        "      SECRET_KEY_BASE: hunter2",
        "      API_KEY=hunter2",
        "      - key=hunter2",
        "      GITHUB_TOKEN: hunter2 # mine",
        "    command: redis-server --requirepass hunter2",
        "    command: server --secret=hunter2",
        '      test: ["CMD", "redis-cli", "-a", "hunter2", "ping"]',
        "      test: mysqladmin ping -phunter2",
        "      AWS: AKIAIOSFODNN7EXAMPLEhunter2",
        "    db_password: {hunter2: hunter2}",
    ],
)
def test_what_looks_like_a_secret_is_masked(line):
    assert MASK in masked(line)
    assert "hunter2" not in masked(line)


@pytest.mark.parametrize(
    "line",
    [
        "services:",
        "    image: postgres:15",
        "      - 8000:8000",
        "    secrets: [db_password]",
        "    keycloak:",
        "    monkey: 1",
        "      - REDIS_URL=redis://redis:6379/0",
        "    command: celery -A app.worker worker --loglevel=info",
        "      test: curl -f http://localhost:8000/",
        "    depends_on: [db]",
        "      - db_password:",
    ],
)
def test_other_lines_are_shown_as_they_are(line):
    assert masked(line) == line


def test_a_name_stays_beside_its_mask():
    assert masked("  - A_PASSWORD=hunter2") == f"  - A_PASSWORD={MASK}"
    assert masked("  u: a://b:c@d/e") == f"  u: a://b:{MASK}@d/e"


def test_a_line_of_the_env_box_shows_its_name_alone():
    notes = Notes("A=hunter2\nhunter2\n", ENV)
    assert (notes.line(1), notes.line(2)) == (f"A={MASK}", MASK)


def test_a_line_is_cut_and_cleaned():
    notes = Notes("x" * 1000 + "\na\x07b\ufeff   \n")
    assert notes.line(1) == "x" * 160
    assert notes.line(2) == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert (notes.line(0), notes.line(3), notes.line(99)) == ("", "", "")


def test_a_message_is_one_line_and_short():
    problem = Notes("").problem("No key a\n\tb\x07" + "x" * 500, "m", Place(1, 1))
    assert problem.message == "No key a b " + "x" * 289 + "…"


@pytest.mark.parametrize(
    ("name", "says"),
    [("imgae", "Did you mean image?"), ("PORTS", "Did you mean ports?"), ("zzz", ""), ("i" * 41, "")],
)
def test_a_name_that_is_close_is_offered(name, says):
    assert Notes("").nearest(name, ["image", "ports"]) == says


def test_names_are_looked_up_for_the_first_problems_alone():
    notes = Notes("")
    for _ in range(20):
        notes.add("m", "n", Place(1, 1))
    assert notes.nearest("imgae", ["image"]) == ""


def test_problems_of_both_boxes_have_their_file():
    found = read("services: {web: {image: a, imgae: b}}", "?")
    assert [(problem.file, str(problem)) for problem in found.problems] == [
        ("compose.yaml", "compose.yaml:1:28: services.web has no key imgae."),
        (".env", ".env:1:1: This line is not NAME=value."),
    ]
