"""The table of images: what is recognised, and that its rows can be true."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from django.conf import settings

from lecture.authoring import ContentError
from lecture.translator import images, specs
from lecture.translator.images import ImageRow, asked, recognise, version
from lecture.translator.plan.sizes import size
from lecture.translator.versions import parts

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
ROWS = images.read(settings.BASE_DIR / "content").image
ENGINES = {
    "rds": set(get_args(specs.Database.__annotations__["engine"])),
    "elasticache": set(get_args(specs.Cache.__annotations__["engine"])),
    "mq": {"rabbitmq"},
    "msk": {"kafka"},
    "opensearch": {"opensearch"},
    "documentdb": {"docdb"},
    "s3": {"s3"},
}


def becomes(reference: str) -> tuple[str, str]:
    row, _ = recognise(reference)
    return (row.id, row.becomes) if row else ("", "")


# ---- recognising


@pytest.mark.parametrize(
    ("reference", "id", "fate"),
    [
        ("postgres:15", "postgres", "rds"),
        ("postgis/postgis:16-3.4", "postgis", "rds"),
        ("pgvector/pgvector:pg17", "pgvector", "rds"),
        ("timescale/timescaledb-ha:pg16", "timescale", "rds"),
        ("bitnami/postgresql:15", "postgres", "rds"),
        ("ghcr.io/immich-app/postgres:14-vectorchord0.4.3", "vectorchord", "rds"),
        ("quay.io/debezium/example-postgres:2.5", "postgres", "rds"),
        ("temporalio/ui:2.26", "workflow-tool", "container"),
        ("temporalio/auto-setup:1.24", "workflow", "container"),
        ("docker.io/gitea/act_runner:nightly", "ci-runner", "container"),
        ("docker.gitea.com/gitea:1.22", "gitea", "container"),
        ("cimg/postgres:14.0", "postgres", "rds"),
        ("mysql/mysql-server:8.0", "mysql", "rds"),
        ("mariadb", "mariadb", "rds"),
        ("mcr.microsoft.com/mssql/server:2022-latest", "sqlserver", "rds"),
        ("gvenzl/oracle-free:23-slim", "oracle", "rds"),
        ("redis:7-alpine", "redis", "elasticache"),
        ("redis/redis-stack-server", "redis-stack", "elasticache"),
        ("valkey/valkey:8", "valkey", "elasticache"),
        ("eqalpha/keydb", "keydb", "elasticache"),
        ("docker.dragonflydb.io/dragonflydb/dragonfly", "dragonfly", "elasticache"),
        ("memcached", "memcached", "elasticache"),
        ("mongo:7", "mongo", "documentdb"),
        ("mongo-express", "mongo-express", "container"),
        ("rabbitmq:3-management", "rabbitmq", "mq"),
        ("nats", "nats", "container"),
        ("apache/activemq-classic", "activemq", "container"),
        ("apache/activemq-artemis", "artemis", "container"),
        ("confluentinc/cp-kafka:7.6.0", "kafka", "msk"),
        ("apache/kafka", "kafka", "msk"),
        ("bitnami/kafka", "kafka", "msk"),
        ("redpandadata/redpanda:v24.1.1", "redpanda", "msk"),
        ("confluentinc/cp-zookeeper", "zookeeper", "nothing"),
        ("confluentinc/cp-schema-registry", "schema-registry", "container"),
        ("docker.elastic.co/elasticsearch/elasticsearch:8.11.0", "elasticsearch", "opensearch"),
        ("opensearchproject/opensearch", "opensearch", "opensearch"),
        ("getmeili/meilisearch", "meilisearch", "container"),
        ("typesense/typesense:27.1", "typesense", "container"),
        ("solr", "solr", "container"),
        ("docker.elastic.co/kibana/kibana:8.11.0", "kibana", "nothing"),
        ("docker.elastic.co/logstash/logstash:8.11.0", "logstash", "container"),
        ("quay.io/minio/minio", "minio", "s3"),
        ("clickhouse/clickhouse-server", "clickhouse", "container"),
        ("cassandra:5", "cassandra", "container"),
        ("scylladb/scylla", "scylla", "container"),
        ("neo4j:5", "neo4j", "container"),
        ("influxdb:2", "influxdb", "container"),
        ("couchdb", "couchdb", "container"),
        ("quay.io/coreos/etcd:v3.5.0", "etcd", "container"),
        ("hashicorp/consul", "consul", "container"),
        ("nginx:alpine", "nginx", "container"),
        ("traefik:v3", "traefik", "container"),
        ("caddy:2", "caddy", "container"),
        ("haproxy", "haproxy", "container"),
        ("envoyproxy/envoy:v1.31", "envoy", "container"),
        ("httpd", "httpd", "container"),
        ("prom/prometheus", "prometheus", "container"),
        ("grafana/grafana-oss", "grafana", "container"),
        ("grafana/loki", "loki", "container"),
        ("grafana/promtail", "promtail", "nothing"),
        ("jaegertracing/all-in-one", "jaeger", "container"),
        ("grafana/tempo", "tempo", "container"),
        ("otel/opentelemetry-collector-contrib", "otel-collector", "container"),
        ("gcr.io/cadvisor/cadvisor", "cadvisor", "nothing"),
        ("quay.io/prometheus/node-exporter", "node-exporter", "nothing"),
        ("prom/node-exporter", "node-exporter", "nothing"),
        ("prom/blackbox-exporter", "exporter", "container"),
        ("prom/alertmanager", "alertmanager", "container"),
        ("quay.io/keycloak/keycloak:26.0", "keycloak", "container"),
        ("hashicorp/vault", "vault", "container"),
        ("localstack/localstack-pro", "localstack", "nothing"),
        ("axllent/mailpit", "mailpit", "nothing"),
        ("mailhog/mailhog", "mailhog", "nothing"),
        ("adminer", "adminer", "container"),
        ("dpage/pgadmin4", "pgadmin", "container"),
        ("phpmyadmin/phpmyadmin", "phpmyadmin", "container"),
        ("rediscommander/redis-commander", "redis-commander", "container"),
        ("mher/flower", "flower", "container"),
        ("portainer/portainer-ce", "portainer", "nothing"),
        ("containrrr/watchtower", "watchtower", "nothing"),
        ("wordpress", "wordpress", "container"),
        ("nextcloud:apache", "nextcloud", "container"),
        ("gitea/gitea", "gitea", "container"),
        ("ghost:5", "ghost", "container"),
        ("itzg/minecraft-server", "minecraft", "container"),
        ("linuxserver/plex", "media", "container"),
        ("lscr.io/linuxserver/wireguard", "wireguard", "container"),
        ("pihole/pihole", "pi-hole", "container"),
        ("python:3.13-slim", "python", "container"),
        ("node:22", "node", "container"),
        ("golang:1.23", "language", "container"),
        ("mcr.microsoft.com/dotnet/aspnet:8.0", "language", "container"),
    ],
)
def test_what_is_recognised(reference, id, fate):
    assert becomes(reference) == (id, fate)


@pytest.mark.parametrize(
    ("reference", "id"),
    [
        ("registry.example.com/library/postgres:15", "postgres"),
        ("registry.example.com:5000/postgres:15@sha256:0123", "postgres"),
        ("harbor.example.com/proxy/bitnami/redis:7", "redis"),
        ("public.ecr.aws/docker/library/nginx", "nginx"),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/mysql:8.4", "mysql"),
        ("registry.gitlab.com/acme/dependency_proxy/containers/mongo:7", "mongo"),
        ("ghcr.io/acme/postgres", "postgres"),  # with an extension or two, and still Postgres
        ("sameersbn/postgresql:9.5-3", "postgres"),
        ("registry.k8s.io/redis:e2e", "redis"),
        ("${REGISTRY}/postgres:${TAG:-15}", "postgres"),
        ("${REGISTRY}library/redis", "redis"),
        ("POSTGRES:15", "postgres"),
    ],
)
def test_a_mirror_keeps_the_names_of_what_it_mirrors(reference, id):
    assert becomes(reference)[0] == id


@pytest.mark.parametrize(
    "reference",
    [
        "acme/api:1.2",
        "ghcr.io/acme/postgres-exporter-ui",
        "acme/node",  # a name of a language at the end of a path says nothing
        "ghcr.io/acme/nginx",  # nor does one of a proxy
        "registry.example.com/shop/services/kafka",  # a service of theirs that is about Kafka
        "gcr.io/acme/apps/redis:1",
        "ghcr.io/acme/mongo:3f2a1bc",  # a commit for a tag: built by themselves
        "ghcr.io/acme/search:sha-3f2a1bc",
        "registry.gitlab.com/acme/portainer/api",
        "${IMAGE}",
        "etl-kafka",
        "",
    ],
)
def test_somebody_s_own_program_stays_a_container_that_nobody_knows(reference):
    assert recognise(reference)[0] is None


def test_the_most_specific_pattern_wins():
    assert becomes("prom/node-exporter")[0] == "node-exporter"  # and not prom/*-exporter
    assert becomes("mongo-express")[0] == "mongo-express"
    assert becomes("opensearchproject/opensearch-dashboards")[0] == "opensearch-dashboards"


# ---- versions


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("postgres:15", ("15", True)),
        ("postgres", ("17", True)),
        ("postgres:latest", ("17", True)),
        ("postgres:${TAG}", ("17", True)),
        ("postgres:12-alpine", ("17", False)),
        ("postgres:9.6", ("17", False)),
        ("pgvector/pgvector:0.8.0-pg16", ("16", True)),
        ("timescale/timescaledb:2.17.2-pg15", ("15", True)),
        ("timescale/timescaledb:latest-pg16", ("16", True)),
        ("mysql:8", ("8.4", True)),
        ("mysql:8.0", ("8.4", False)),
        ("mysql:5.7", ("8.4", False)),
        ("mariadb:10.6.4-focal", ("10.11", False)),
        ("mariadb:11", ("11.4", True)),
        ("mcr.microsoft.com/mssql/server:2019-CU15-ubuntu-20.04", ("15.00", True)),
        ("redis:7-alpine", ("7.1", True)),
        ("redis:8", ("7.1", False)),
        ("redis:3.0", ("7.1", False)),
        ("valkey/valkey:8", ("8.2", True)),
        ("valkey/valkey:9", ("9.0", True)),
        ("memcached:1.6.39-alpine", ("1.6.22", True)),
        ("rabbitmq:3-management", ("3.13", True)),
        ("rabbitmq:4.1", ("4.2", False)),
        ("confluentinc/cp-kafka:7.6.1", ("3.9.x", True)),  # Confluent counts otherwise
        ("wurstmeister/kafka:2.13-2.8.1", ("3.9.x", False)),  # the first number is Scala’s
        ("apache/kafka:3.8.0", ("3.8.x", True)),
        ("opensearchproject/opensearch:2.12.0", ("2.13", False)),
        ("opensearchproject/opensearch:2", ("2.19", True)),
        ("elasticsearch:8.15.0", ("2.19", True)),
        ("mongo:7", ("5.0.0", True)),
        ("nginx:1.27", ("", True)),
    ],
)
def test_the_version_that_aws_offers(reference, found):
    row, parsed = recognise(reference)
    assert row
    assert version(row, parsed.tag) == found


def test_a_version_past_its_time_is_known_as_such():
    row, parsed = recognise("postgres:13-alpine")
    assert row
    assert asked(row, parsed.tag) in row.extended
    assert version(row, parsed.tag) == ("17", False)


# ---- the table itself


def wrong(rule: Callable[[ImageRow], bool]) -> list[str]:
    """The ids of the rows that break a rule."""
    return [row.id for row in ROWS if not rule(row)]


def test_every_engine_is_one_that_the_blueprint_knows():
    assert wrong(lambda row: row.engine in ENGINES.get(row.becomes, {""})) == []


def test_versions_stand_in_order():
    assert wrong(lambda row: row.offered == tuple(sorted(row.offered, key=parts))) == []
    assert wrong(lambda row: not {parts(old) for old in row.extended} & {parts(new) for new in row.offered}) == []
    assert wrong(lambda row: set(row.counts.values()) <= set(row.offered)) == []


def test_sizes_are_those_that_fargate_sells():
    assert wrong(lambda row: size(row.cpu / 1024, row.memory) == (row.cpu, row.memory)) == []


def test_a_row_lives_somewhere_unless_it_becomes_nothing():
    assert wrong(lambda row: (row.lives is None) == (row.becomes == "nothing") == (row.card == "")) == []
    assert wrong(lambda row: row.lives != "empty") == []


def test_only_what_becomes_nothing_goes_with_another_that_is_managed():
    managed = {row.id for row in ROWS if row.becomes not in ("container", "nothing")}
    assert wrong(lambda row: not row.goes_with or row.becomes == "nothing") == []
    assert wrong(lambda row: set(row.goes_with) <= managed) == []


def test_every_store_says_where_it_listens():
    assert wrong(lambda row: bool(row.ports) or row.role not in images.STORES) == []


def test_no_port_of_a_row_stands_twice():
    assert wrong(lambda row: len(row.ports) == len({(port.port, port.kind) for port in row.ports})) == []


def test_patterns_are_paths_in_lower_case_without_registry_and_tag():
    path = re.compile(r"(?!library/)(?![^/]*\.[^/]*/)[a-z0-9_*][a-z0-9._*-]*(/[a-z0-9._*-]+)*")
    assert wrong(lambda row: all(path.fullmatch(pattern) for pattern in row.match)) == []


def test_variables_and_paths_can_exist():
    variable = re.compile(r"[A-Za-z_]\w*")
    assert wrong(lambda row: all(map(variable.fullmatch, (*row.user_env, *row.password_env, *row.name_env)))) == []
    assert wrong(lambda row: all(path.startswith("/") for path in row.data)) == []


def test_sentences_are_in_the_voice_of_the_house():
    spoken = re.compile(r"[^—–$']*[.!?]")
    assert wrong(lambda row: all(map(spoken.fullmatch, (row.why, *row.caveats)))) == []
    assert wrong(lambda row: "dollars" not in " ".join((row.why, *row.caveats))) == []  # prices are cited, not typed


def test_there_are_enough():
    assert len(ROWS) >= 80


def public_images() -> Iterator[str]:
    for path in sorted(CORPUS.rglob("*.y*ml")):
        for found in re.finditer(r"^\s*(?:- )?image:\s*['\"]?([^'\"#\s]+)", path.read_text(errors="replace"), re.M):
            yield found[1]


# names that exist in those files alone
MADE_UP = re.compile(
    r"\$|(docker\.io/cdrage/)?(bar|demo-microservice|etl-kafka|flask_web|foo(bar)?|foo/bar|helloworld|hygieia-.*|"
    r"nginx-alpine|premium/private-image|test|webapiapplication)(:.*)?$"
)


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus does not lie beside this repository")
def test_every_public_image_of_the_corpus_is_known():
    found = {name for name in public_images() if not MADE_UP.match(name)}
    assert len(found) > 60
    assert {name for name in found if recognise(name)[0] is None} == set()


def test_of_two_patterns_the_one_with_more_letters_wins_wherever_it_stands(write_course):
    text = "".join(ROW.format(id=id, match=match) for id, match in (("a", "acme/*"), ("b", "acme/db-*"), ("c", "*")))
    table = images.read(write_course({"images.toml": HEAD + text}))
    found = [table.at(path) for path in ("acme/db-postgres", "acme/api", "other/api", "acme/db")]
    assert [row.id for row in found if row] == ["b", "a", "c", "a"]


HEAD = 'as_of = 2026-11-21\nsource = "AWS"\n'
ROW = '[[image]]\nid = "{id}"\nmatch = ["{match}"]\nrole = "database"\nwhy = "It stays a container."\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ROW.format(id="a", match="a") + ROW.format(id="a", match="b"), "the id a stands twice"),
        (ROW.format(id="a", match="x") + ROW.format(id="b", match="x"), "the match x stands twice"),
        (ROW.format(id="a", match="a") + 'goes_with = ["b"]\n', "goes_with names b, which is no id"),
        (ROW.format(id="a", match="a") + 'offered = ["1"]\ndefault = "2"\n', "2 is not among offered"),
        (ROW.format(id="a", match="a") + 'offered = ["1"]\n', "offered needs a default"),
        (ROW.format(id="a", match="a") + "cpu = 300\n", "300 is no size of Fargate: 256, 512, 1024, 2048 or 4096"),
        (ROW.format(id="a", match="a") + 'becomes = "rds"\n', "what is managed needs aws and home"),
    ],
)
def test_a_mistake_in_the_table_is_named(write_course, text, message):
    with pytest.raises(ContentError) as error:
        images.read(write_course({"images.toml": HEAD + text}))
    [problem] = error.value.problems
    assert message in problem.message
    assert problem.file == "content/images.toml"
