"""The lecture’s own file becomes what section 2.3 says, to the port and to the cent."""

from decimal import Decimal

import pytest
from django.conf import settings

from lecture.costs.prices import price_sheet
from lecture.translator import charges
from lecture.translator.choices import Choices
from lecture.translator.plan import plan
from lecture.translator.reading import read
from lecture.translator.specs import Cache, Database, EcsService, Secrets
from lecture.translator.values import Hidden, Ref
from tests.translator import capstone

TEXT = (settings.BASE_DIR / "content" / "compose" / "capstone.yaml").read_text()


@pytest.fixture(scope="module")
def learning():
    return plan(read(TEXT), Choices())


def test_five_services_become_ten_resources(learning):
    assert len(learning.file.services) == 5
    assert {(r.id, r.type, r.category, r.home) for r in learning.resources} == {
        (r.id, r.type, r.category, r.home) for r in capstone.blueprint().resources
    }


def test_they_talk_as_the_lecture_draws_it(learning):
    found = {(link.source, link.target, link.port) for link in learning.links}
    assert found == {(link.source, link.target, link.port) for link in capstone.blueprint().links}


def test_each_container_is_what_the_fixture_says(learning):
    for service in ("api", "worker", "beat"):
        made, wanted = learning.resource(service).spec, capstone.blueprint().resource(service).spec
        assert (made.count, made.minimum_percent, made.maximum_percent, made.singleton) == (
            1, wanted.minimum_percent, wanted.maximum_percent, wanted.singleton,
        )  # fmt: skip
        assert (made.container.cpu, made.container.memory, made.container.command) == (
            256,
            512,
            wanted.container.command,
        )
        assert [(v.name, v.value) for v in made.container.environment] == [("REDIS_URL", capstone.REDIS_URL)]
        assert [s.name for s in made.container.secrets] == ([] if service == "beat" else ["DATABASE_URL"])


def test_beat_runs_exactly_once(learning):
    beat = learning.resource("beat").spec
    assert isinstance(beat, EcsService)
    assert (beat.count, beat.minimum_percent, beat.maximum_percent) == (1, 0, 100)


def test_the_database_is_the_lectures(learning):
    assert learning.resource("db").spec == Database(
        "postgres", "15", "db.t3.micro", 20, "saas", "saas_admin", 5432, False, False, 1
    )


def test_the_cache_is_a_node_because_celery_uses_it_as_its_broker(learning):
    assert learning.resource("redis").spec == Cache("redis", "7.1", "cache.t3.micro", 1, 6379, broker=True)


def test_there_are_two_secrets_the_masters_and_one_url_that_two_services_share(learning):
    secrets = learning.resource("secrets").spec
    assert isinstance(secrets, Secrets)
    assert [(s.id, s.managed_by, s.services) for s in secrets.secrets] == [
        ("db-master", "db", ()),
        ("database-url", "", ("api", "worker")),
    ]
    assert secrets.secrets[1].value == (
        "postgresql+asyncpg://saas:", Hidden("database_url_password"), "@", Ref("db", "host"), ":5432/saas?ssl=require",
    )  # fmt: skip


def test_the_password_stands_nowhere_in_the_blueprint(learning):
    rest = str([getattr(learning, name) for name in learning.__slots__ if name != "file"])
    assert "change-me" not in rest
    assert "••••••" in "\n".join(learning.masked())


def test_what_moves_is_shown_before_and_after(learning):
    assert {(m.service, m.name, m.before, m.after) for m in learning.moved if m.service == "api"} == {
        (
            "api", "DATABASE_URL", "postgresql+asyncpg://saas:••••••@db:5432/saas",
            "postgresql+asyncpg://saas:••••••@<db’s host>:5432/saas?ssl=require",
        ),
        ("api", "REDIS_URL", "redis://redis:6379/0", "rediss://<redis’s host>:6379/0?ssl_cert_reqs=required"),
    }  # fmt: skip


def test_every_key_has_an_account_and_none_is_left_to_you(learning):
    assert [a.path for a in learning.accounts] == [leaf.path for leaf in learning.file.leaves]
    assert {a.status for a in learning.accounts} <= {"translated", "inferred", "not_needed"}
    said = {a.path: (a.status, a.line) for a in learning.accounts}
    assert said["services.api.ports[0]"][0] == "inferred"
    assert said["volumes.pgdata"][0] == "translated"


@pytest.mark.parametrize(
    ("choices", "total"),
    [
        (Choices(), "116.41"),
        (Choices(nat="none"), "90.86"),
    ],
)
def test_the_bill_is_the_lectures(choices, total):
    assert charges.bill(plan(read(TEXT), choices), price_sheet()).total == Decimal(total)


def test_production_survives_a_zone():
    made = plan(read(TEXT), Choices(size="production"))
    database = made.resource("db").spec
    assert (database.multi_az, database.deletion_protection, database.backup_days) == (True, True, 7)
    assert made.resource("redis").spec.nodes == 2
    assert made.resource("nat").spec.count == 2
    assert {name: made.resource(name).spec.count for name in ("api", "worker", "beat")} == {
        "api": 2,
        "worker": 1,
        "beat": 1,
    }
