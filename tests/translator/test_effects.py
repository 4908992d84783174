"""What each choice would change: the bill to the cent, the homes, and that choosing it makes it so."""

from decimal import Decimal

import pytest
from django.conf import settings

from lecture.costs.prices import price_sheet
from lecture.translator import charges
from lecture.translator.asking import choices as asked
from lecture.translator.asking import fields
from lecture.translator.choices import Choices
from lecture.translator.effects import MOST_SERVICES, with_effects
from lecture.translator.examples import examples
from lecture.translator.offers import groups, profiles, stores
from lecture.translator.translate import translate

CAPSTONE = (settings.BASE_DIR / "content" / "compose" / "capstone.yaml").read_text()


def offers(text: str = CAPSTONE, choices: Choices | None = None):
    found = translate(text, choices=choices or Choices())
    asked = groups(found.blueprint, profiles(found.file))
    return {group.name: group for group in with_effects(asked, found.blueprint, found.bill, price_sheet(), found.under)}


def dollars(group) -> dict[str, Decimal | None]:
    return {option.label: option.effect.usd if option.effect else None for option in group.options}


def moved(option) -> list[tuple[str, str | None, str | None]]:
    return [(m.name, m.before and m.before.type, m.after and m.after.type) for m in option.effect.moved]


def test_it_works():
    found = offers()
    assert list(found) == ["size", "nat", "arch", "region", "standby", "protection", "backups", "self_host"]
    assert dollars(found["nat"]) == {
        "No NAT gateway": Decimal("-25.55"),
        "One NAT gateway": None,
        "One in each zone": Decimal("36.50"),
    }


@pytest.mark.parametrize("choices", [Choices(), Choices(size="production", arch="arm", self_host=frozenset({"db"}))])
@pytest.mark.parametrize("id", ["capstone", "rails", "kafka"])
def test_an_effect_is_what_the_choice_does_to_the_bill(id, choices):
    text = examples()[id][1]
    total = translate(text, choices=choices).bill.total
    for group in offers(text, choices).values():
        for option in group.options:
            if option.effect:
                chosen = charges.bill(translate(text, choices=option.choices).blueprint, price_sheet()).total
                assert total + option.effect.usd == chosen, (group.name, option.label)


def test_what_comes_goes_and_changes_is_named():
    found = offers()
    assert moved(found["nat"].options[0]) == [("nat", "aws_nat_gateway", None)]
    assert moved(found["self_host"].options[0]) == [
        ("db", "aws_db_instance", "aws_ecs_service"),
        ("volume-pgdata", None, "aws_efs_file_system"),
    ]
    assert moved(found["size"].options[1]) == []


def test_a_box_that_is_ticked_tells_what_giving_it_up_would_do():
    found = offers(choices=Choices(self_host=frozenset({"redis"})))["self_host"]
    redis = next(option for option in found.options if option.label == "redis")
    assert (redis.chosen, redis.effect.usd) == (True, Decimal("3.40"))
    assert moved(redis) == [("redis", "aws_ecs_service", "aws_elasticache_replication_group")]


@pytest.mark.parametrize("size", ["learning", "production"])
def test_the_answer_that_the_size_gives_follows_it(size):
    for name in ("nat", "standby", "protection", "backups"):
        group = offers(choices=Choices(size=size))[name]
        assert [option.value for option in group.options if option.chosen] == [""]


def test_only_what_the_file_leaves_open_is_asked():
    assert list(offers("services:\n  web:\n    image: me/web\n")) == ["size", "nat", "arch", "region"]
    assert list(offers("services:\n  db:\n    image: mysql:8\n")) == [
        "size", "region", "standby", "protection", "backups", "self_host",
    ]  # fmt: skip


def test_what_is_kept_can_be_given_back():
    kept = translate(CAPSTONE, choices=Choices(self_host=frozenset({"db", "redis"})))
    assert stores(kept.blueprint) == ["db", "redis"]


def test_profiles_are_found_though_their_services_sleep():
    text = "services:\n  web:\n    image: nginx\n  a:\n    image: b\n    profiles: [dev, debug]\n"
    text += "  c:\n    image: d\n    profiles: [dev]\n"
    assert profiles(translate(text).file) == ("dev", "debug")
    [dev, debug] = offers(text)["profile"].options
    assert (dev.effect.usd, debug.effect.usd) == (Decimal("18.02"), Decimal("9.01"))


def test_a_large_file_is_not_planned_once_for_every_choice():
    text = "services:\n" + "".join(f"  s{n}:\n    image: me/s{n}\n" for n in range(MOST_SERVICES + 1))
    assert all(option.effect is None for group in offers(text).values() for option in group.options)


# fields


@pytest.mark.parametrize(
    "choices",
    [
        Choices(),
        Choices(size="production", nat="one", arch="arm", region="eu_west_2"),
        Choices(multi_az=False, deletion_protection=True, backup_days=0),
        Choices(self_host=frozenset({"db", "cache"}), profiles=frozenset({"dev", "*"})),
    ],
)
def test_choices_come_back_from_their_fields(choices):
    sent: dict[str, list[str]] = {}
    for name, value in fields(choices):
        sent.setdefault(name, []).append(value)
    assert asked(sent) == choices


def test_what_is_at_its_default_sends_nothing():
    assert fields(Choices()) == []


@pytest.mark.parametrize(
    "sent",
    [
        {"size": ["huge"]},
        {"nat": ["None"]},
        {"region": [""]},
        {"arch": []},
        {"standby": ["True"]},
        {"backups": ["3"]},
        {"backups": ["²"]},
        {"self_host": ["", ""]},
    ],
)
def test_what_no_form_sends_is_left_to_its_default(sent):
    assert asked(sent) == Choices()


def test_nobody_can_send_names_without_end():
    assert len(asked({"self_host": [f"s{n}" for n in range(1000)]}).self_host) == 50
    assert {len(name) for name in asked({"profile": ["x" * 9999]}).profiles} == {200}
