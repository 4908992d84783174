"""The whole way of a text: read, planned, counted, written. What pages, downloads and the shell are made from."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar

from lecture.costs.bill import Bill
from lecture.costs.prices import price_sheet
from lecture.translator import charges, dotenv
from lecture.translator.blueprint import Blueprint
from lecture.translator.choices import Choices
from lecture.translator.compose import ComposeFile
from lecture.translator.interpolate import TooMuch
from lecture.translator.limits import LIMITS
from lecture.translator.lines import Notes
from lecture.translator.plan import plan
from lecture.translator.reading import read
from lecture.translator.terraform.write import Written, write

LEARNING = Choices()
Given = ParamSpec("Given")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Translation:
    """A file and what it becomes. `text` and `env` are the visitor's own: they go into no output."""

    text: str | bytes
    env: str
    file: ComposeFile
    blueprint: Blueprint
    bill: Bill
    written: Written

    @property
    def choices(self) -> Choices:
        """Under which choices it was made."""
        return self.blueprint.choices

    def under(self, choices: Choices) -> Blueprint:
        """The same file under other choices; read anew where other services wake."""
        same = choices.profiles == self.choices.profiles
        file = self.file if same else read(self.text, self.env, choices.profiles)
        return plan(file, choices, values(self.env))


def undisturbed(work: Callable[Given, Done]) -> Callable[Given, Done]:
    """`work` without Python's search for circles: of the thousands of values that a translation makes, none is in one.

    The limits bound what is made meanwhile, and the next search finds what little there is.
    """

    @wraps(work)
    def alone(*given: Given.args, **named: Given.kwargs) -> Done:
        searching = gc.isenabled()
        gc.disable()
        try:
            return work(*given, **named)
        finally:
            if searching:  # else somebody else switches it on again
                gc.enable()

    return alone


@undisturbed
def translate(text: str | bytes, env: str = "", choices: Choices = LEARNING, name: str = "") -> Translation:
    """A compose file translated; `name` is the project's where the file has none. Raises Unreadable."""
    known = values(env)
    choices = chosen(choices, known)
    file = read(text, env, choices.profiles)
    if name and not file.name:
        file = replace(file, name=name)
    blueprint = plan(file, choices, known)
    bill = charges.bill(blueprint, price_sheet())
    return Translation(text, env, file, blueprint, bill, write(blueprint, bill.total, printed(bill)))


def printed(bill: Bill) -> str:
    """The lines of a bill in two columns, US dollars a month, as a README or a terminal shows them."""
    rows = [(line.text, "no price" if line.usd is None else f"{line.usd:,.2f}") for line in bill.lines]
    rows.append((total(bill), f"{bill.total:,.2f}"))
    width = max(len(text) for text, _ in rows)
    return "\n".join(f"{text:<{width}}  {usd:>10}" for text, usd in rows)


def total(bill: Bill) -> str:
    """What the sum is called: the lines that are not in it are named."""
    return f"Total without {', '.join(bill.without)}" if bill.without else "Total"


def chosen(choices: Choices, env: dict[str, str]) -> Choices:
    """The choices with the profiles that COMPOSE_PROFILES of the .env box wakes, where none are chosen (as docker)."""
    named = frozenset(filter(None, map(str.strip, env.get("COMPOSE_PROFILES", "").split(","))))
    return choices if choices.profiles or not named else replace(choices, profiles=named)


def values(env: str) -> dict[str, str]:
    """The variables of a .env text, so that planning can hide those that are secrets; what cannot be read is none."""
    text = env.replace("\r\n", "\n").removeprefix("\ufeff")
    if len(text.encode("utf-8", "surrogatepass")) > LIMITS.env:
        return {}
    try:
        found = dotenv.values(text, Notes(text, ".env"))
    except TooMuch:
        return {}
    return {name: "".join(part for part in parts if isinstance(part, str)) for name, parts in found.items()}
