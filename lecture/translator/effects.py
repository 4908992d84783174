"""What each choice would change: the bill, and the resources that come, go or live elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from lecture.costs.bill import Bill
from lecture.costs.prices import PriceSheet
from lecture.translator import charges
from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.choices import Choices
from lecture.translator.offers import Effect, Group, Moved, Option

FREE = {"protection", "backups"}  # change neither a home nor the bill, so nothing is planned for them
MOST_SERVICES = 150  # planning a larger file once for every choice would take too long


def with_effects(
    groups: list[Group], blueprint: Blueprint, bill: Bill, sheet: PriceSheet, replan: Callable[[Choices], Blueprint]
) -> list[Group]:
    """The same questions, each answer with what it would change. `replan` plans the file under other choices."""
    if len(blueprint.file.services) > MOST_SERVICES:
        return groups

    def told(group: Group, option: Option) -> Option:
        if option.chosen and not group.many:
            return option
        if group.name in FREE:
            return replace(option, effect=Effect(Decimal()))
        other = replan(option.choices)
        return replace(option, effect=effect(blueprint, bill.total, other, charges.bill(other, sheet).total))

    return [replace(group, options=tuple(told(group, option) for option in group.options)) for group in groups]


def effect(before: Blueprint, usd_before: Decimal, after: Blueprint, usd_after: Decimal) -> Effect:
    """What changes from one blueprint to another of the same file."""
    was = {resource.id: resource for resource in before.resources}
    becomes = {resource.id: resource for resource in after.resources}
    moved = [
        Moved(id, was.get(id), becomes.get(id))
        for id in dict.fromkeys([*was, *becomes])
        if not (id in was and id in becomes and _same(was[id], becomes[id]))
    ]
    return Effect(usd_after - usd_before, tuple(moved))


def _same(one: Resource, other: Resource) -> bool:
    """Whether they live in one home and go by one name; sizes may differ."""
    return (one.type, one.home) == (other.type, other.home)
