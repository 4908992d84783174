"""What strangers’ files become: each test is a file that was once planned wrongly, cut down to the point."""

from textwrap import dedent

from lecture.translator.blueprint import Blueprint, Hidden, Ref, Secrets, Unset
from lecture.translator.choices import Choices
from lecture.translator.plan import plan
from lecture.translator.reading import read


def planned(text: str, env: str = "", **choices) -> Blueprint:
    made = Choices(**choices)
    return plan(read(dedent(text), env, made.profiles), made)


def found(blueprint: Blueprint, id: str) -> list[str]:
    """The messages of the findings of that id."""
    return [finding.message for finding in blueprint.findings if finding.id == id]


def said(blueprint: Blueprint, path: str) -> tuple[str, str]:
    return next((one.status, one.message) for one in blueprint.accounts if one.path == path)


def spoken(blueprint: Blueprint) -> set[tuple[str, str, int]]:
    return {(link.source, link.target, link.port) for link in blueprint.links}


# ---- secrets ------------------------------------------------------------------------------------

OPEN_PASSWORD = """
    services:
      api:
        image: acme/api:1
        command: serve --token ${API_TOKEN}
        environment:
          DATABASE_URL: mysql://shop:${DB_PASS:?say so}@db:3306/shop
          OTHER_URL: amqp://shop:${PW}@mq.example.com/
          LEVEL: ${LEVEL}
      db:
        image: mysql:8.4
    """


def test_a_password_that_nobody_gave_a_value_is_a_secret_inside_an_address_too():
    made = planned(OPEN_PASSWORD)
    container = made.resource("api").spec.container
    assert [(one.name, one.value) for one in container.environment] == [("LEVEL", (Unset("LEVEL"),))]
    assert [one.name for one in container.secrets] == ["DATABASE_URL", "OTHER_URL"]
    secrets = next(r.spec for r in made.resources if isinstance(r.spec, Secrets)).secrets
    assert [one.value for one in secrets if one.value] == [
        ("mysql://shop:", Hidden("db_pass"), "@", Ref("db", "host"), ":3306/shop"),
        ("amqp://shop:", Hidden("pw"), "@mq.example.com/"),
    ]
    assert container.command == (("serve",), ("--token",), (Hidden("api_token"),))


def test_what_has_no_value_is_not_a_password_in_the_file():
    assert found(planned(OPEN_PASSWORD), "hard-coded-password") == []


def test_beside_a_secret_a_plain_variable_stays_plain():
    text = "services: {api: {image: 'a:1', environment: {URL: 'postgres://u:${PASS}@${HOST}/x'}}}"
    secrets = next(r.spec for r in planned(text).resources if isinstance(r.spec, Secrets)).secrets
    assert secrets[0].value == ("postgres://u:", Hidden("pass"), "@", Unset("HOST"), "/x")
