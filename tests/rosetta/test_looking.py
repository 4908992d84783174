"""Looking a name up: what is typed, and the row that comes first."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lecture.rosetta.concepts import Concept, read
from lecture.rosetta.looking import LONGEST, MOST_NEAR, Stone
from lecture.rosetta.names import COLUMNS, names, spelling

STONE = Stone(read(settings.BASE_DIR / "content").concept)
# the queries that the task names, then old names, short forms, slips, names at home, whole questions
FIRST = {
    "Azure AD": "permissions",
    "cloud functions": "serverless-functions",
    "redis": "managed-redis",
    "stackdriver": "metrics-and-alarms",
    "bucket": "object-storage",
    "postgress": "managed-postgresql",
    "Memorystore": "managed-redis",
    # what hangs there no longer
    "Azure Active Directory": "permissions",
    "azure ad b2c": "app-user-sign-in",
    "aws sso": "workforce-sign-in",
    "app runner": "simple-web-container",
    "AppRunner": "simple-web-container",
    "google container registry": "container-registry",
    "gcr.io": "container-registry",
    "Azure Cache for Redis": "managed-redis",
    "elasticsearch service": "search-engine",
    "cognitive search": "search-engine",
    "vsts": "ci-cd",
    "sql data warehouse": "data-warehouse",
    "deployment manager": "infrastructure-as-code",
    "pub/sub lite": "event-stream",
    "preemptible vms": "spot-capacity",
    "cloudwatch events": "event-bus",
    "google container engine": "managed-kubernetes",
    "single server": "managed-postgresql",
    "cosmos db for mongodb vcore": "mongodb-compatible",
    # short forms
    "gcf": "serverless-functions",
    "alb": "l7-load-balancer",
    "nlb": "l4-load-balancer",
    "vnet": "private-network",
    "nsg": "per-resource-firewall",
    "k8s": "managed-kubernetes",
    "pg": "managed-postgresql",
    "acr": "container-registry",
    "s3": "object-storage",
    "vm": "virtual-machine",
    "iac": "infrastructure-as-code",
    "waf": "web-application-firewall",
    # slips
    "lamda": "serverless-functions",
    "kuberentes": "managed-kubernetes",
    "dynmo db": "key-value-document-db",
    "elastic cash": "managed-redis",
    "secret manger": "secrets",
    "securty group": "per-resource-firewall",
    "load balancr": "l7-load-balancer",
    "bukcet": "object-storage",
    "clod watch": "metrics-and-alarms",
    "terrafrom": "infrastructure-as-code",
    "rout 53": "dns",
    "kinisis": "event-stream",
    # at home
    ".env": "secrets",
    "celery beat": "scheduler",
    "celery worker": "run-containers",
    "docker compose": "run-containers",
    "docker hub": "container-registry",
    "nginx": "l7-load-balancer",
    "minio": "object-storage",
    "rabbitmq": "managed-rabbitmq",
    "prometheus": "metrics-and-alarms",
    "healthcheck": "health-checks",
    "mailhog": "email-sending",
    # where names meet
    "load balancer": "l7-load-balancer",
    "azure load balancer": "l4-load-balancer",
    "pub/sub": "publish-subscribe",
    "cloud run": "run-containers",
    "documentdb": "mongodb-compatible",
    "logic apps": "workflow",
    "key vault": "secrets",
    "application insights": "tracing",
    "microsoft entra id": "workforce-sign-in",
    "iam": "permissions",
    "cloudwatch": "metrics-and-alarms",
    # as one asks
    "azure equivalent of lambda": "serverless-functions",
    "what is cloud sql called on aws": "managed-postgresql",
    "google redis": "managed-redis",
    "AMAZON S3": "object-storage",
}


def found(query: str, stone: Stone = STONE) -> list[tuple[str, str]]:
    return [(hit.concept.id, hit.grade) for hit in stone.look_up(query)]


def test_more_than_fifty_queries_of_our_own():
    assert len(FIRST) >= 57


@pytest.mark.parametrize(("query", "id"), FIRST.items())
def test_the_right_row_comes_first(query, id):
    assert found(query)[0][0] == id


@pytest.mark.parametrize(
    ("query", "grade"),
    [
        ("stackdriver", "exact"),
        ("STACK-driver", "exact"),
        ("route53", "exact"),
        ("amazon lambda", "exact"),
        ("stackd", "begins"),
        ("balancer http", "words"),
        ("postgres flexible", "scattered"),
        ("stackdrivr", "near"),
    ],
)
def test_how_sure_it_is(query, grade):
    assert found(query)[0][1] == grade


def test_exact_comes_before_what_begins_so_and_that_before_what_has_the_words():
    grades = [grade for _, grade in found("cloud run")]
    assert grades == sorted(grades, key=["exact", "begins", "words"].index)
    assert {"exact", "begins"} <= set(grades)


def test_nobody_guesses_where_something_is_called_so():
    assert "near" not in {grade for _, grade in found("redis")}
    assert {grade for _, grade in found("rediss")} == {"near"}
    assert len(found("dokcer")) <= MOST_NEAR


@pytest.mark.parametrize("query", ["", " ", "...", "zzzzzz", "qq", "\0", "💥", "xkcdxkcd"])
def test_what_nothing_is_called_finds_nothing(query):
    assert found(query) == []


def test_every_name_of_the_sheet_finds_its_row():
    every = [(concept.id, name.text) for concept in STONE.concepts for name in names(concept)]
    sure = {"exact", "begins", "words"}
    assert [(id, text) for id, text in every if id not in [i for i, grade in found(text) if grade in sure]] == []


def test_every_service_is_found_without_its_spaces():
    services = [(c.id, name.text) for c in STONE.concepts for name in names(c) if name.kind == "service"]
    squeezed = [(id, text.replace(" ", "").lower()) for id, text in services]
    assert [(id, text) for id, text in squeezed if id not in [i for i, _ in found(text)]] == []


def test_a_name_that_two_rows_share_finds_both():
    assert [id for id, grade in found("azure ad") if grade == "exact"] == ["permissions", "workforce-sign-in"]


def test_a_row_that_claims_a_word_comes_first():
    same = {"category": "compute", "what": "W", "gcp": "G", "azure": "A", "local": "L"}
    one = Concept(id="one", name="One", aws="Twin", **same)
    other = Concept(id="other", name="Other", aws="Twin", words=("twin",), **same)
    assert [id for id, _ in found("twin", Stone([one, other]))] == ["other", "one"]


def test_the_name_that_led_there_is_told():
    [hit, *_] = STONE.look_up("aad")
    assert (hit.name.text, hit.name.kind, hit.name.column) == ("AAD", "former", "azure")


def test_the_index_has_the_names_of_the_sheet():
    assert STONE.count > 530


@pytest.mark.parametrize(
    ("text", "whole", "bare"),
    [("Pub/Sub", "pubsub", "pubsub"), ("Amazon S3", "amazons3", "s3"), ("Café", "cafe", "cafe"), ("AWS", "aws", "aws")],
)
def test_a_spelling(text, whole, bare):
    assert (spelling(text).whole, spelling(text).bare) == (whole, bare)


@given(st.text(max_size=LONGEST + 40))
@hypothesis_settings(max_examples=100, deadline=None, derandomize=True)
def test_nothing_that_is_typed_breaks_it(query):
    hits = STONE.look_up(query)
    assert len({hit.concept.id for hit in hits}) == len(hits) <= len(STONE.concepts)


@given(st.data())
@hypothesis_settings(max_examples=100, deadline=None, derandomize=True)
def test_a_long_name_with_two_letters_changed_places_is_still_found(data):
    every = [
        (concept, name.text)
        for concept in STONE.concepts
        for name in names(concept)
        if name.kind == "service" and name.column in COLUMNS and len(name.spelling.bare) > 7
    ]
    concept, text = data.draw(st.sampled_from(every))
    at = data.draw(st.integers(1, len(text) - 2))
    slip = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert concept.id in [hit.concept.id for hit in STONE.look_up(slip)], slip
