"""From a compose file to a blueprint: the order of the steps. Each is a module of its own."""

from functools import cache

from lecture.translator.blueprint import INTERNET, Blueprint, Link
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile
from lecture.translator.plan.advice import advise
from lecture.translator.plan.cards import account, cards
from lecture.translator.plan.containers import repositories
from lecture.translator.plan.doors import Doors, doors
from lecture.translator.plan.draft import Draft
from lecture.translator.plan.hosts import Names
from lecture.translator.plan.links import links
from lecture.translator.plan.masking import masked_lines
from lecture.translator.plan.resources import implied, services
from lecture.translator.plan.scene import Scene
from lecture.translator.plan.settings import Wallet
from lecture.translator.plan.subjects import subjects
from lecture.translator.plan.vault import collect
from lecture.translator.plan.volumes import volumes

__all__ = ["plan"]


def plan(file: ComposeFile, choices: Choices, env: dict[str, str] | None = None) -> Blueprint:
    """What `file` becomes on AWS under `choices`. `env` is the pasted .env, whose secrets are hidden too.

    Nothing in the blueprint holds the text of a secret.
    """
    draft = Draft(file, choices, collect(file, env or {}))
    subjects(draft)
    opened = doors(draft)
    names = Names.read(draft)
    calls = links(draft, names)
    scene = Scene(draft, names, opened, calls, Wallet(), volumes(draft))
    made = list(services(scene))
    around = list(implied(scene, made))
    advise(scene, made)
    shown = cards(draft, made)
    account(draft)
    return Blueprint(
        name=draft.project,
        file=file,
        choices=choices,
        resources=(*around, *made),
        repositories=repositories(draft),
        links=(*_strangers(opened), *calls),
        cards=shown,
        accounts=draft.accounts(),
        findings=tuple(sorted(draft.findings, key=lambda f: (RANK[f.severity], f.line, f.id))),
        moved=tuple(draft.moved),
        hidden={name: tuple(places) for name, places in draft.vault.places.items()},
        masked=cache(lambda: masked_lines(file, draft.vault)),
    )


RANK = {"danger": 0, "warning": 1, "info": 2}


def _strangers(opened: Doors) -> tuple[Link, ...]:
    """Visitors, through the balancers."""
    web = [Link(INTERNET, rule.service, rule.port, "tcp", rule.origin.path) for rule in opened.rules]
    raw = [Link(INTERNET, one.service, one.target, one.protocol, one.origin.path) for one in opened.listeners]
    return tuple(dict.fromkeys([*web, *raw]))
