"""A recognised secret is in no output: pages, reports, Terraform, downloads, messages."""

import json
import logging
import string

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lecture.translator.console import as_text
from lecture.translator.markdown import as_markdown
from lecture.translator.plan.secrets import secret_name, spans
from lecture.translator.report import as_json
from lecture.translator.translate import translate
from lecture.translator.values import Hidden

FILE = """
services:
  map:
    image: acme/app:1
    ports: ["8000:8000"]
    environment:
      APP_PASSWORD: {0}
      STRIPE_API_KEY: "{1}"
      GITHUB_TOKEN: '{2}'
      DATABASE_URL: postgresql://shop:{3}@db:5432/shop
      REDIS_URL: redis://:{4}@redis:6379/0
      COPY: "{0}"
      FROM_ENV: ${{FROM_ENV_PASSWORD}}
      DSN: "host=db user=shop password=${{FROM_ENV_PASSWORD}}"
    command: ["serve", "--admin-password={5}", "--token", "{2}"]
    labels:
      api.token: {6}
      plain: "hello"
  list:
    build:
      context: .
      args:
        - NPM_TOKEN={7}
        - MIRROR=https://bot:{8}@pypi.example.com/simple
    environment:
      - DB_PASSWORD={9}
      - BROKER_URL=amqp://app:{10}@rabbit:5672//
      - NESTED=${{UNSET_ONE:-{0}}}
    command: worker --api-key {11}
    labels:
      - "backup.secret={12}"
    configs: [settings]
    depends_on: [db, redis, rabbit]
  shell:
    image: redis:7
    command: redis-server --requirepass {13}
    healthcheck:
      test: ["CMD-SHELL", "redis-cli -a {13} ping"]
  entry:
    image: acme/job:2
    entrypoint: ["sh", "-c", "login --password {14} && run"]
    healthcheck:
      test: 'curl -H "Authorization: Bearer {15}" http://localhost:9000/'
  db:
    image: postgres:17
    environment: {{POSTGRES_USER: shop, POSTGRES_PASSWORD: {3}}}
  redis:
    image: redis:7
  rabbit:
    image: rabbitmq:4
    environment:
      RABBITMQ_DEFAULT_USER: app
      RABBITMQ_DEFAULT_PASS: {10}
configs:
  settings:
    content: |
      user: shop
      password: {16}
      url: https://x:{17}@example.com/
"""
COUNT = 18
secrets = st.lists(
    st.text(string.ascii_letters + string.digits + "_.~+-", min_size=8, max_size=24).filter(
        lambda text: text[0].isalpha() and not text.isdigit()
    ).map(lambda text: f"Zq{text}7"),
    min_size=COUNT + 1, max_size=COUNT + 1, unique=True,
)  # fmt: skip


def outputs(text: str, env: str) -> dict[str, str]:
    """Everything that leaves the translator for a file."""
    made = translate(text, env)
    found = {"json": as_json(made), "markdown": as_markdown(made), "text": as_text(made)}
    found |= {f"terraform {name}": body for name, body in made.written.files.items()}
    found |= {"masked": "\n".join(made.blueprint.masked()), "problems": "\n".join(map(repr, made.file.problems))}
    rest = [getattr(made.blueprint, name) for name in made.blueprint.__slots__ if name != "file"]
    return found | {"blueprint": repr(rest)}


@given(secrets)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_output_holds_a_secret(found):
    text, env = FILE.format(*found), f"FROM_ENV_PASSWORD={found[-1]}\nPLAIN=1\n"
    for where, body in outputs(text, env).items():
        for number, secret in enumerate(found):
            assert secret not in body, f"secret {number} in {where}"


def sample() -> list[str]:
    return [f"Zq{chr(97 + number) * 9}7" for number in range(COUNT + 1)]


@pytest.mark.django_db
def test_the_page_shows_a_secret_in_the_paste_box_alone(caplog):
    found, client = sample(), Client(enforce_csrf_checks=False)
    text = FILE.format(*found)
    with caplog.at_level(logging.DEBUG):
        shown = client.post("/translator/", {"text": text, "env": f"FROM_ENV_PASSWORD={found[-1]}"}).content.decode()
    assert "It becomes" in shown
    without = shown
    while "<textarea" in without:
        start = without.index("<textarea")
        without = without[:start] + without[without.index("</textarea>", start) + len("</textarea>") :]
    leaks = [secret for secret in found if secret in without]
    assert leaks == []
    assert not any(secret in caplog.text for secret in found)


def test_what_is_hidden_is_a_variable_that_terraform_asks_for():
    found = sample()
    made = translate(FILE.format(*found), f"FROM_ENV_PASSWORD={found[-1]}")
    names = {part.name for r in made.blueprint.resources for part in _parts(r.spec) if isinstance(part, Hidden)}
    assert names
    for name in names:
        assert f'variable "{name}"' in made.written.files["variables.tf"]


def _parts(spec):
    container = getattr(spec, "container", None)
    values = [*container.command, *container.entrypoint] if container else []
    values += [secret.value for secret in getattr(spec, "secrets", ()) if hasattr(secret, "value")]
    return [part for value in values for part in value]


@pytest.mark.parametrize(
    "name", ["DB_PASSWORD", "apiKey", "SECRET_KEY_BASE", "PGPASSWORD", "spring.datasource.password"]
)
def test_names_of_secrets_are_known(name):
    assert secret_name(name)


@pytest.mark.parametrize(
    "name", ["PUBLIC_KEY", "KEY_PREFIX", "TOKEN_TTL", "PASSWORD_FILE", "monkey", "AWS_REGION", "SSH_KEY_PATH"]
)
def test_names_that_only_look_like_it_are_left(name):
    assert not secret_name(name)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgres://u:pw@db/x", "pw"),
        ("redis-server --requirepass hunter22 --appendonly yes", "hunter22"),
        ("mysqladmin ping -h localhost -phunter2", "hunter2"),
        ("Server=db;Password=Abc$12;User=sa", "Abc$12"),
        ("redis-cli -a s3cr3t ping", "s3cr3t"),
        ("password: hunter2", "hunter2"),
    ],
)
def test_secrets_are_found_where_they_stand(text, secret):
    assert [text[start:end] for start, end in spans(text)] == [secret]


@pytest.mark.parametrize(
    "text", ["mysqladmin ping -p$$MYSQL_PASSWORD", "postgres://u:${PW}@db/x", "the password is long"]
)
def test_what_is_no_secret_is_left_alone(text):
    assert list(spans(text)) == []


def test_a_password_that_is_a_common_word_hides_only_itself():
    made = translate(
        "services:\n  db:\n    image: postgres:17\n  app:\n    image: acme/app:1\n    environment:\n"
        "      DATABASE_URL: postgres://postgres:postgres@db/postgres\n"
    )
    moved = json.loads(as_json(made))["services"]
    assert [service["name"] for service in moved] == ["db", "app"]
    assert made.blueprint.moved[0].before == "postgres://postgres:••••••@db/postgres"
