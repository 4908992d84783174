"""The translator's page: paste, example, result, what is wrong, files to keep; nothing stored, no secret shown."""

import gzip
import io
import json
import logging
import re
import zipfile
from html import unescape
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lecture.models import Learner, Reading
from lecture.translator import findings_table
from lecture.translator.examples import examples
from lecture.translator.limits import LIMITS
from tests.translator.corpus import FILES as CORPUS_FILES
from tests.translator.corpus import name, needs_corpus

PAGE = "/translator/"
EXAMPLE = f"{PAGE}?example=capstone"
TOKEN = re.compile(r'(?<=csrfmiddlewaretoken" value=")\w+')
CAPSTONE = (settings.BASE_DIR / "content" / "compose" / "capstone.yaml").read_text()
FILES = ("terraform.zip", "report.md", "report.json", "network.svg")
SECRET = "correct-horse-7391"
WITH_SECRET = CAPSTONE.replace("change-me", SECRET)
HTMX = {"HX-Request": "true"}


def post(client, text: str = CAPSTONE, path: str = PAGE, htmx: bool = False, **fields):
    headers = HTMX if htmx else {}
    return client.post(path, {"text": text, **fields}, headers=headers)


def plain(html: str) -> str:
    """What a reader sees: no tags, no doubled blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def shown(response) -> str:
    return plain(response.content.decode())


def below(response) -> str:
    """The page without the boxes, which keep the visitor's own text."""
    return re.sub(r"<textarea.*?</textarea>", "", response.content.decode(), flags=re.S)


# paste


def test_it_works(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(PAGE)
    assert response.status_code == 200
    html = response.content.decode()
    assert '<textarea id="text" name="text"' in html
    assert '<textarea id="env" name="env"' in html
    assert "Nothing here yet." in html
    assert set(response.cookies) == {"csrf"}


def test_the_page_says_that_nothing_is_kept(client):
    assert "not stored, not logged and not passed on" in shown(client.get(PAGE))


def test_ten_examples_are_offered_the_capstone_first(client):
    found = re.findall(
        r'href="/translator/\?example=([\w-]+)"(?: aria-current="true")?><strong>', client.get(PAGE).content.decode()
    )
    assert len(found) == 10
    assert found[0] == "capstone"


@pytest.mark.parametrize("id", examples())
def test_each_example_is_shown_translated(client, id):
    response = client.get(PAGE, {"example": id})
    assert response.status_code == 200
    html = response.content.decode()
    assert re.search(r"<dt>You have</dt><dd>\d+ services?", html)
    assert "This cannot be translated yet" not in html


@pytest.mark.parametrize("fields", [None, {"text": CAPSTONE}], ids=["example", "paste"])
def test_an_answer_travels_packed(client, fields):
    def answer(**headers):
        return client.post(PAGE, fields, headers=headers) if fields else client.get(EXAMPLE, headers=headers)

    whole, packed = answer(), answer(**{"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(whole.content) / 4
    assert TOKEN.sub("", gzip.decompress(packed.content).decode()) == TOKEN.sub("", whole.content.decode())


def test_an_example_that_is_not_there_is_not_found(client):
    assert client.get(PAGE, {"example": "none"}).status_code == 404


def test_a_translation_names_its_sums(client):
    text = shown(client.get(PAGE, {"example": "capstone"}))
    assert "You have 5 services one volume, three builds of one image" in text
    assert re.search(r"It becomes 10 resources five of them are not in your file; \d+ Terraform blocks in all", text)
    assert "Kept apart 2 secrets out of your file, into Secrets Manager" in text
    assert "Each month about $116 us-east-1, before tax and logs, always on" in text
    assert re.search(r"Your five services became 10 resources \(\d+ Terraform blocks\)\.", text)


def test_a_pasted_text_is_translated(client):
    response = post(client)
    assert response.status_code == 200
    assert "It becomes 10 resources" in shown(response)
    assert "no-store" in response["Cache-Control"]


def test_a_post_with_htmx_answers_the_results_alone(client):
    response = post(client, htmx=True)
    html = response.content.decode()
    assert html.lstrip().startswith('<p id="said" hx-swap-oob="innerHTML">')
    assert "<html" not in html
    assert "<textarea" not in html
    assert response["Vary"] == "HX-Request, Accept-Encoding"


def test_the_same_results_stand_on_the_page_and_in_the_fragment(client):
    fragment = post(client, htmx=True).content.decode().partition("</p>")[2]
    assert plain(fragment) in shown(post(client))


def test_a_card_says_becomes_price_home_size_why_and_who_may_call(client):
    html = client.get(PAGE, {"example": "capstone"}).content.decode()
    card = plain(re.search(r'<article class="card" aria-labelledby="c-db">(.*?)</article>', html, re.S)[1])
    assert card.startswith("RDS for PostgreSQL db $15.44 a month Furnished apartment db.t3.micro, 20 GB ")
    assert "May be called by api :5432 worker :5432" in card
    worker = plain(re.search(r'<article class="card" aria-labelledby="c-worker">(.*?)</article>', html, re.S)[1])
    assert "May be called by nobody. It opens every connection itself." in worker


def test_the_whole_file_stands_there_line_by_line(client):
    html = post(client).content.decode()
    lines = [
        unescape(line)
        for line in re.findall(r'<li id="L\d+" value="\d+"><span class="n">\d+</span><code>(.*?)</code>', html)
    ]
    numbers = [int(n) for n in re.findall(r'<li id="L\d+" value="\d+"><span class="n">(\d+)</span>', html)]
    assert numbers == list(range(1, len(CAPSTONE.splitlines()) + 1))
    assert [line.strip() for line in lines] == [
        line.replace("change-me", "••••••").strip() for line in CAPSTONE.splitlines()
    ]


def test_what_is_pasted_is_shown_as_text(client):
    evil = 'services:\n  web:\n    image: nginx\n    labels:\n      a: "<script>alert(1)</script>"\n'
    html = post(client, evil).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    closing = "services:\n  web:\n    image: nginx # </textarea><script>alert(1)</script>\n"
    assert "</textarea><script>" not in post(client, closing).content.decode()


# choices


@pytest.mark.parametrize(
    ("fields", "usd"),
    [
        ({}, "116.41"),
        ({"size": "production"}, "189.77"),
        ({"nat": "none"}, "90.86"),
        ({"size": "production", "nat": "one"}, "153.27"),
        ({"arch": "arm"}, "108.82"),
        ({"region": "eu-west-2"}, "129.55"),
        ({"standby": "yes"}, "144.26"),
        ({"self_host": ["db", "redis"]}, "108.08"),
    ],
)
@pytest.mark.parametrize("how", ["GET", "POST"])
def test_choices_come_by_form_and_by_address(client, fields, usd, how):
    sent = post(client, **fields) if how == "POST" else client.get(PAGE, {"example": "capstone", **fields})
    assert re.search(rf'<tfoot>.*<td class="num">{re.escape(usd)}</td>', sent.content.decode())


@pytest.mark.parametrize(
    "fields",
    [
        {"size": "huge"},
        {"nat": "9"},
        {"region": "mars"},
        {"backups": "x"},
        {"arch": ["mips", ""]},
        {"standby": "maybe"},
    ],
)
def test_a_choice_that_is_not_offered_changes_nothing(client, fields):
    assert '<td class="num">116.41</td>' in post(client, **fields).content.decode()


def offer(html: str, id: str) -> str:
    """The row of a choice, as a reader sees it."""
    return plain(re.search(rf'<div class="row[^"]*"><label><input [^>]*id="{id}"(.*?</p>)</div>', html, re.S)[1])


def test_each_choice_shows_its_effect_on_bill_homes_and_work(client):
    html = client.get(PAGE, {"example": "capstone"}).content.decode()
    assert "No NAT gateway −$25.55 without NAT gateway Tasks have public addresses." in offer(html, "o-nat-none")
    assert "Production +$73.36 the same homes" in offer(html, "o-size-production")
    assert "ARM −$7.59 the same homes" in offer(html, "o-arch-arm")
    assert "−$3.40 redis as ECS service on Fargate Its patches" in offer(html, "o-self_host-redis")
    assert "35 days ±$0 the same homes" in offer(html, "o-backups-35")


def test_the_choice_that_holds_is_checked(client):
    html = post(client, size="production").content.decode()
    chosen = re.findall(r'id="(o-[\w-]+)" name="\w+" value="([^"]*)" checked', html)
    assert chosen == [
        ("o-size-production", "production"),
        ("o-nat-by-size", ""),
        ("o-arch-x86", "x86"),
        ("o-region-us-east-1", "us-east-1"),
        ("o-standby-by-size", ""),
        ("o-protection-by-size", ""),
        ("o-backups-by-size", ""),
    ]


def test_what_follows_from_the_size_follows_it(client):
    """One gateway is what learning means: chosen there it is one in each zone once production is chosen."""
    html = post(client).content.decode()
    assert re.search(r'name="nat" value="" checked><span>One NAT gateway', html)
    html = post(client, size="production", nat="").content.decode()
    assert re.search(r'name="nat" value="" checked><span>One in each zone', html)


def test_profiles_are_offered_where_the_file_has_them(client):
    asleep = "services:\n  web:\n    image: nginx\n  mail:\n    image: mailhog/mailhog\n    profiles: [dev]\n"
    html = post(client, asleep).content.decode()
    assert "You have 1 service " in plain(html)
    assert 'name="profile" value="dev"><span>dev' in html
    assert "You have 2 services" in shown(post(client, asleep, profile="dev"))


# what is in it


def test_what_the_file_never_said_is_told_with_its_price(client):
    html = client.get(PAGE, {"example": "capstone"}).content.decode()
    table = plain(re.search(r'<table class="grid-table implied">(.*?)</table>', html, re.S)[1])
    for said in (
        "Network over two zones",
        "Application Load Balancer",
        "Certificate",
        "Logs, CloudWatch",
        "Roles",
        "Registry, ECR",
    ):
        assert said in table
    assert "NAT gateway Furnished apartment" in table
    assert "36.50" in table


def test_what_changes_is_shown_before_and_after(client):
    text = shown(client.get(PAGE, {"example": "capstone"}))
    assert "At home redis://redis:6379/0 On AWS rediss://<redis’s host>:6379/0?ssl_cert_reqs=required" in text
    assert "What stays The images and what runs in them: api, worker and beat." in text


def test_findings_lead_to_their_lines(client):
    html = client.get(PAGE, {"example": "capstone"}).content.decode()
    section = re.search(r'aria-labelledby="found">(.*?)</section>', html, re.S)[1]
    assert section.count('<li class="danger">') == 1
    assert '<a href="#L7">line 7</a>' in section
    assert '<a href="/translator/findings/">' in section


def test_who_may_knock_is_a_table(client):
    html = client.get(PAGE, {"example": "capstone"}).content.decode()
    section = re.search(r"<h3>Who may knock</h3>(.*?)</table>", html, re.S)[1]
    rows = [plain(row) for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", section)]
    assert rows == [
        "load balancer anyone :443 anyone :80",
        "api load balancer :8000",
        "db api, worker :5432",
        "redis api, worker, beat :6379",
        "worker, beat nobody",
    ]


def test_the_bill_adds_up_as_printed(client):
    html = client.get(PAGE, {"example": "capstone"}).content.decode()
    table = re.search(r'<table class="grid-table bill">(.*?)</table>', html, re.S)[1]
    *lines, total = (int(usd.replace(".", "")) for usd in re.findall(r'<td class="num">([\d.]+)</td>', table))
    assert sum(lines) == total == 11641


def test_other_homes_stand_beside_the_bill(client):
    text = shown(client.get(PAGE, {"example": "capstone"}))
    assert "Fargate in public subnets, no NAT gateway Furnished apartment 90.86" in text
    assert "One EC2 t3.small runs the same compose file Empty house 21.23" in text


def test_another_home_of_an_example_has_an_address_of_its_own(client):
    html = client.get(PAGE, {"example": "capstone", "size": "production"}).content.decode()
    links = [unescape(link) for link in re.findall(r'href="(/translator/\?example=capstone[^"]*#bill)"', html)]
    assert links == [
        "/translator/?example=capstone#bill",
        "/translator/?example=capstone&size=production&nat=none#bill",
        "/translator/?example=capstone&size=production&arch=arm#bill",
    ]


def test_every_key_is_accounted_for_and_can_be_filtered_by_status(client):
    html = client.get(PAGE, {"example": "capstone"}).content.decode()
    account = re.search(r'<section class="band account"(.*?)</section>', html, re.S)[1]
    rows = re.findall(r'<tr class="(\w+)">', account)
    said = {id: int(n) for id, n in re.findall(r'value="(\w+)">[^<]+<b>(\d+)</b>', account)}
    assert {id: rows.count(id) for id in set(rows)} == said
    assert f"checked>All <b>{len(rows)}</b>" in account


def test_the_terraform_is_shown_coloured(client):
    html = client.get(PAGE, {"example": "capstone"}).content.decode()
    assert re.findall(r"<summary><code>([\w.-]+)</code>", html)[:4] == [
        "network.tf",
        "services.tf",
        "data.tf",
        "security.tf",
    ]
    assert '<span class="tok-' in html
    assert 'class="annotated-terraform"' in html


# secrets


def test_a_secret_stands_in_the_box_alone(client):
    response = post(client, WITH_SECRET, env=f"API_KEY={SECRET}9")
    assert SECRET in response.content.decode()
    assert SECRET not in below(response)
    assert SECRET not in post(client, WITH_SECRET, htmx=True).content.decode()


@pytest.mark.parametrize("what", FILES)
def test_no_file_holds_a_secret(client, what):
    body = post(client, WITH_SECRET, f"{PAGE}{what}", env=f"API_KEY={SECRET}9").content
    if what == "terraform.zip":
        parcel = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(parcel.read(name) for name in parcel.namelist())
    assert SECRET.encode() not in body


def test_nothing_that_is_pasted_is_logged_or_stored(client, db, caplog):
    with caplog.at_level(logging.DEBUG):
        for text in (WITH_SECRET, WITH_SECRET[:-20] + '"', f"password: {SECRET}"):
            post(client, text)
    assert SECRET not in caplog.text
    assert (Learner.objects.count(), Reading.objects.count()) == (0, 0)


def test_no_address_of_the_page_carries_what_was_pasted(client):
    html = below(post(client, WITH_SECRET))
    assert all(len(address) < 120 for address in re.findall(r'(?:href|action|formaction|hx-post)="([^"]+)"', html))


# what is wrong


WRONG = {
    "empty": ("", 1, 1, "There is nothing here yet."),
    "blank": (" \n\n", 1, 1, "There is nothing here yet."),
    "binary": ("GIF89a\0\1", 1, 1, "This is not text"),
    "kubernetes": ("apiVersion: v1\nkind: Pod\nmetadata: {}\n", 1, 1, "This looks like a Kubernetes manifest."),
    "dockerfile": ("FROM python:3.12\nRUN pip install x\n", 1, 1, "This looks like a Dockerfile."),
    "a list": ("- web\n- db\n", 1, 1, "not a map"),
    "a word": ("hello", 1, 1, "not a map"),
    "a quote": ('services:\n  web:\n    image: "nginx\n', 3, 12, "A quote opens here and is never closed."),
    "a tab": ("services:\n\tweb:\n", 2, 1, "A tab stands here where YAML wants spaces."),
    "deep": ("a: " + "[" * 10_000, 1, 1, "levels deep"),
    "an alias bomb": (
        "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(9))
        + "services:\n  x:\n    image: y\n",
        1, 1, "values",
    ),
    "no services": ("services:\n", 1, 1, "There is nothing below services:."),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_read_is_told_with_place_and_mend(client, what):
    text, line, column, message = WRONG[what]
    response = post(client, text)
    assert response.status_code == 422
    html = response.content.decode()
    assert "This cannot be translated yet" in html
    assert message in shown(response)
    found = re.search(r"<code>compose\.yaml:(\d+):(\d+)</code>", html)
    assert found
    if (line, column) != (1, 1):
        assert (int(found[1]), int(found[2])) == (line, column)


def test_an_error_shows_the_line_itself_and_a_caret_below_the_place(client):
    html = post(client, WRONG["a quote"][0]).content.decode()
    shown = re.search(r'<pre role="region" aria-label="Line 3" tabindex="0"><code>(.*?)</code>', html, re.S)[1]
    number, caret = '<span class="n">3</span>', '<span class="n" aria-hidden="true"> </span><span aria-hidden="true">'
    assert shown == f"{number}    image: &quot;nginx\n{caret}           <b>^</b></span>"


def test_while_one_types_a_mistake_is_an_answer_and_no_error(client):
    response = post(client, WRONG["a quote"][0], htmx=True)
    assert response.status_code == 200
    assert "Line 3: A quote opens here and is never closed." in shown(response)


def test_an_emptied_box_shows_the_beginning_again(client):
    response = post(client, " ", htmx=True)
    assert response.status_code == 200
    assert "Nothing here yet." in shown(response)
    assert 'role="alert"' not in response.content.decode()


BESIDE = {
    "a cycle": "services:\n  a:\n    image: nginx\n    depends_on: [b]\n  b:\n    image: nginx\n    depends_on: [a]\n",
    "a missing service": "services:\n  a:\n    image: nginx\n    depends_on: [nobody]\n",
    "a missing network": "services:\n  a:\n    image: nginx\n    networks: [nowhere]\n",
    "a missing volume": "services:\n  a:\n    image: nginx\n    volumes: ['data:/data']\n",
    "a missing secret": "services:\n  a:\n    image: nginx\n    secrets: [key]\n",
    "a key twice": "services:\n  a:\n    image: nginx\n    image: caddy\n",
    "extends in a circle": "services:\n  a:\n    image: x\n    extends: b\n  b:\n    image: y\n    extends: a\n",
}


@pytest.mark.parametrize("what", BESIDE)
def test_as_much_as_can_be_is_translated_beside_what_is_wrong(client, what):
    response = post(client, BESIDE[what])
    assert response.status_code == 200
    html = response.content.decode()
    assert re.search(r'role="alert"><h2 id="wrong">\w+ things? to mend in the file', html)
    assert re.search(r"<dt>You have</dt><dd>\d service", html)
    assert re.search(r"<code>compose\.yaml:\d+:\d+</code>", html)


def test_a_problem_in_the_env_box_is_told_under_its_name(client):
    assert "<code>.env:1:1</code>" in post(client, env="not a variable").content.decode()


def test_too_much_text_is_refused_in_words(client):
    response = post(client, "# " + "x" * LIMITS.text)
    assert response.status_code == 422
    assert "256 kB is the most" in shown(response)


def test_two_megabytes_are_refused_before_they_are_read(client):
    response = post(client, "# " + "x" * 2_000_000)
    assert response.status_code == 413
    assert "256 kB of compose file are the most" in shown(response)
    response = post(client, "# " + "x" * 2_000_000, htmx=True)
    assert response.status_code == 200
    assert "256 kB of compose file are the most" in shown(response)


@pytest.mark.parametrize("length", ["-1", "x", "99999999999999999999"])
def test_a_length_that_makes_no_sense_is_refused(client, length):
    response = client.post(
        PAGE, data=b"text=a", content_type="application/x-www-form-urlencoded", CONTENT_LENGTH=length
    )
    assert response.status_code == 413


def test_a_thousand_services_are_translated(client):
    text = "services:\n" + "".join(
        f"  s{n}:\n    image: busybox:1.37\n    depends_on: [s{abs(n - 1)}]\n" for n in range(1000)
    )
    response = post(client, text)
    assert "You have 1000 services" in shown(response)


# real files


@needs_corpus
@pytest.mark.parametrize("path", CORPUS_FILES[::12], ids=name)
def test_a_real_file_is_shown_or_its_mistake_is_told(client, path):
    shows_or_tells(client, path)


@needs_corpus
@pytest.mark.full
@pytest.mark.parametrize("path", CORPUS_FILES, ids=name)
def test_every_real_file_is_shown_or_its_mistake_is_told(client, path):
    shows_or_tells(client, path)


def shows_or_tells(client, path):
    text = path.read_text(errors="replace")
    pages = [post(client, text), *(post(client, text, f"{PAGE}{what}") for what in FILES)]
    status = pages[0].status_code
    assert {page.status_code for page in pages} == {status}
    assert ("This cannot be translated yet" in pages[0].content.decode()) == (status == 422)


# files


def upload(client, data: bytes, name: str = "compose.yaml", **fields):
    return client.post(PAGE, {"text": "", "file": SimpleUploadedFile(name, data), **fields})


def test_a_file_is_translated_and_its_text_stands_in_the_box(client):
    response = upload(client, CAPSTONE.encode())
    assert "It becomes 10 resources" in shown(response)
    box = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', response.content.decode(), re.S)[1]
    assert unescape(box) == CAPSTONE


@pytest.mark.parametrize(
    "data", [CAPSTONE.encode("utf-16"), b"\xef\xbb\xbf" + CAPSTONE.encode(), CAPSTONE.replace("\n", "\r\n").encode()]
)
def test_other_encodings_and_line_ends_are_read_too(client, data):
    assert "It becomes 10 resources" in shown(upload(client, data))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfe\xff", b"\x80\x81\x82"])
def test_a_file_that_is_no_text_is_told_so(client, data):
    response = upload(client, data)
    assert response.status_code == 422
    assert "This is not text" in shown(response)


@pytest.mark.parametrize("what", FILES)
def test_a_translation_can_be_taken_along(client, what):
    response = post(client, path=f"{PAGE}{what}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="capstone-{what}"'
    assert "no-store" in response["Cache-Control"]


def test_the_zip_holds_the_terraform_and_a_readme(client):
    parcel = zipfile.ZipFile(io.BytesIO(post(client, path=f"{PAGE}terraform.zip").content))
    assert {"capstone/network.tf", "capstone/services.tf", "capstone/README.md"} <= set(parcel.namelist())
    assert parcel.testzip() is None
    assert 'resource "aws_db_instance" "db"' in parcel.read("capstone/data.tf").decode()


def test_the_report_is_the_documented_json(client):
    response = post(client, path=f"{PAGE}report.json")
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["bill"]["monthly_usd"] == "116.41"


def test_the_report_is_markdown(client):
    response = post(client, path=f"{PAGE}report.md")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response.content.decode().startswith("# capstone on AWS")


def test_the_network_is_a_drawing_of_its_own(client):
    response = post(client, path=f"{PAGE}network.svg")
    assert response["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(response.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("what", FILES)
def test_choices_hold_for_the_files_too(client, what):
    one, other = (post(client, path=f"{PAGE}{what}", nat=nat).content for nat in ("none", "per-zone"))
    assert one != other


@pytest.mark.parametrize("what", FILES)
def test_a_file_of_what_cannot_be_read_is_the_page_with_the_reason(client, what):
    response = post(client, "hello", f"{PAGE}{what}")
    assert response.status_code == 422
    assert "This cannot be translated yet" in response.content.decode()


@pytest.mark.parametrize("what", FILES)
def test_files_are_only_made_of_what_is_sent(client, what):
    assert client.get(f"{PAGE}{what}").status_code == 405
    assert post(client, "x" * 2_000_000, f"{PAGE}{what}").status_code == 413


def test_there_are_no_other_files(client):
    assert post(client, path=f"{PAGE}secrets.txt").status_code == 404


# doors


@pytest.mark.parametrize("path", [PAGE, *(f"{PAGE}{what}" for what in FILES)])
def test_a_form_from_elsewhere_is_refused(path):
    assert post(Client(enforce_csrf_checks=True), path=path).status_code == 403


def test_our_own_form_is_not():
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(PAGE).content.decode())[1]
    assert post(client, csrfmiddlewaretoken=token).status_code == 200
    assert post(client, path=f"{PAGE}report.md", csrfmiddlewaretoken=token).status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(PAGE).status_code == 405


def test_a_body_that_is_no_form_is_an_empty_form(client):
    assert client.post(PAGE, data=b"{}", content_type="application/json").status_code == 422
    assert client.post(PAGE, data=b"--x", content_type="multipart/form-data; boundary=y").status_code in (400, 422)


# findings


def test_every_finding_is_documented(client):
    response = client.get("/translator/findings/")
    html = response.content.decode()
    assert re.findall(r'<div id="([\w-]+)"><dt>', html) == [
        row.id
        for severity in ("danger", "warning", "info")
        for row in findings_table.table().finding
        if row.severity == severity
    ]
    assert "{service}" not in html
    assert response["ETag"]


def test_a_course_without_the_data_has_no_translator(serve, client):
    serve()
    assert client.get(PAGE).status_code == 404
    assert client.get("/translator/findings/").status_code == 404
