"""Image references: registry, repository, tag and digest, whatever stands around them."""

import pytest

from lecture.translator.references import Reference, parse, private


def test_it_works():
    assert parse("registry.example.com:5000/shop/api:1.4@sha256:abc") == Reference(
        "registry.example.com:5000", "shop/api", "1.4", "sha256:abc"
    )


@pytest.mark.parametrize(
    ("text", "registry", "repository", "tag"),
    [
        ("postgres", "docker.io", "postgres", ""),
        ("postgres:15", "docker.io", "postgres", "15"),
        ("  redis:7-alpine ", "docker.io", "redis", "7-alpine"),
        ("library/postgres:15", "docker.io", "postgres", "15"),
        ("docker.io/library/postgres", "docker.io", "postgres", ""),
        ("index.docker.io/bitnami/redis", "docker.io", "bitnami/redis", ""),
        ("bitnami/redis:7.2", "docker.io", "bitnami/redis", "7.2"),
        ("ghcr.io/acme/api:main", "ghcr.io", "acme/api", "main"),
        ("quay.io/keycloak/keycloak:26.0", "quay.io", "keycloak/keycloak", "26.0"),
        ("public.ecr.aws/docker/library/redis:7", "public.ecr.aws", "docker/library/redis", "7"),
        (
            "123456789012.dkr.ecr.eu-west-2.amazonaws.com/shop/api:9",
            "123456789012.dkr.ecr.eu-west-2.amazonaws.com",
            "shop/api",
            "9",
        ),
        ("localhost/api", "localhost", "api", ""),
        ("localhost:5000/api:2", "localhost:5000", "api", "2"),
        ("registry:5000/api", "registry:5000", "api", ""),
    ],
)
def test_the_parts_of_an_address(text, registry, repository, tag):
    assert parse(text) == Reference(registry, repository, tag)


@pytest.mark.parametrize(
    ("text", "registry", "repository", "tag"),
    [
        ("postgres:${TAG}", "docker.io", "postgres", "${TAG}"),
        ("postgres:${TAG:-15}", "docker.io", "postgres", "${TAG}"),
        ("postgres:$TAG", "docker.io", "postgres", "${TAG}"),
        ("postgres:15-${FLAVOUR:-alpine}", "docker.io", "postgres", "15-${FLAVOUR}"),
        ("${REGISTRY}/postgres:15", "${REGISTRY}", "postgres", "15"),
        ("${REGISTRY:-registry.example.com:5000}/shop/api", "${REGISTRY}", "shop/api", ""),
        ("${REGISTRY:-${MIRROR:-a.b:1}}/api:2", "${REGISTRY}", "api", "2"),
        ("${REGISTRY}postgres", "${REGISTRY}", "postgres", ""),
        ("${HOST}:5000/api", "${HOST}:5000", "api", ""),
        ("${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/api", "${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com", "api", ""),
        ("acme-${STAGE}/api:1", "docker.io", "acme-${STAGE}/api", "1"),
        ("${IMAGE}", "docker.io", "${IMAGE}", ""),
        ("${REPOSITORY}${NAME}:1", "docker.io", "${REPOSITORY}${NAME}", "1"),
    ],
)
def test_variables_without_a_value_keep_their_names(text, registry, repository, tag):
    assert parse(text) == Reference(registry, repository, tag)


@pytest.mark.parametrize("text", ["", " ", ":", "@", "/", "///", "a:b:c", "${", "$", "${}", "a@b@c", "\ue000/x", "é:ü"])
def test_nonsense_is_a_repository_that_nobody_knows_and_never_an_exception(text):
    assert isinstance(parse(text), Reference)


@pytest.mark.parametrize(
    "text",
    [
        "postgres:15",
        "acme/api",
        "ghcr.io/acme/api",
        "quay.io/acme/api",
        "gcr.io/acme/api",
        "mirror.gcr.io/library/postgres",
        "public.ecr.aws/nginx/nginx",
        "mcr.microsoft.com/mssql/server",
        "registry.k8s.io/redis",
        "docker.elastic.co/elasticsearch/elasticsearch:8.11.0",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/api",
        "${REGISTRY}/api",
    ],
)
def test_where_no_login_is_needed(text):
    assert not private(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "registry.example.com/api",
        "registry.example.com:5000/library/postgres",
        "localhost:5000/api",
        "europe-docker.pkg.dev/acme/shop/api",
        "acme.azurecr.io/api",
        "registry.gitlab.com/acme/shop",
        "evilgcr.io/api",
    ],
)
def test_where_a_login_may_be_needed(text):
    assert private(parse(text))
