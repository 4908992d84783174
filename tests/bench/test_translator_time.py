"""What the whole translation costs, Terraform included, in yaml.compose with the C loader on the same text."""

import gc
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import yaml

from lecture.costs.prices import price_sheet
from lecture.translator import charges
from lecture.translator.choices import Choices
from lecture.translator.examples import examples
from lecture.translator.plan import plan
from lecture.translator.reading import read
from lecture.translator.terraform.write import write
from lecture.translator.translate import printed, translate
from tests.bench.test_translator_reading import milliseconds, shop

pytestmark = pytest.mark.bench


def steps(text: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each step of a translation, to be run on its own, and all of them in a row."""
    file = read(text)
    blueprint = plan(file, Choices())
    bill = charges.bill(blueprint, price_sheet())
    yield "read", partial(read, text)
    yield "plan", partial(plan, file, Choices())
    yield "bill", partial(charges.bill, blueprint, price_sheet())
    yield "write", partial(write, blueprint, bill.total, printed(bill))
    yield "all", partial(translate, text)


def measured(text: str, times: int) -> tuple[float, dict[str, float]]:
    """Milliseconds of yaml.compose and of each step, in one run on the same text."""
    gc.collect()
    base = milliseconds(lambda: yaml.compose(text, Loader=yaml.CLoader), times)
    return base, {name: milliseconds(step, times) for name, step in steps(text)}


def line(name: str, text: str, base: float, taken: dict[str, float]) -> str:
    """One text: its size, and each step in multiples of yaml.compose."""
    parts = ", ".join(f"{step} {ms / base:.1f}" for step, ms in taken.items() if step != "all")
    return (
        f"{name} ({text.count(chr(10))} lines): {taken['all'] / base:.1f} times yaml.compose ({base:.2f} ms): {parts}"
    )


def test_a_translation_beside_composing(say):
    found = []
    for name, (_, text) in examples().items():
        found.append(line(name, text, *measured(text, 60)))
    say(*found)


def test_a_translation_grows_with_the_file(say):
    few, many = shop(100), shop(1000)
    (base, hundred), (most, thousand) = measured(few, 9), measured(many, 5)
    say(
        line("100 services", few, base, hundred),
        line("1000 services", many, most, thousand),
        f"time(1000)/time(100) = {thousand['all'] / hundred['all']:.1f} (yaml.compose {most / base:.1f})",
    )
