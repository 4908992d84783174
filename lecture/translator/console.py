"""A translation as text for a terminal."""

from collections.abc import Iterator
from textwrap import wrap

from lecture.translator.blueprint import Blueprint, Status
from lecture.translator.markdown import SEVERITY
from lecture.translator.pairs import Sides
from lecture.translator.summary import blocks, counted, implied, size
from lecture.translator.translate import Translation, printed

WIDTH = 100  # columns
STATUSES: tuple[Status, ...] = ("translated", "inferred", "not_needed", "needs_you", "not_possible")


def as_text(translation: Translation) -> str:
    """What somebody at a shell wants to see first; the rest is in the other formats."""
    return (
        "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in "\n".join(_lines(translation))) + "\n"
    )


def _lines(translation: Translation) -> Iterator[str]:
    blueprint, bill = translation.blueprint, translation.bill
    yield (
        f"{counted(len(blueprint.cards), 'service')} became {counted(len(blueprint.resources), 'resource')} "
        f"({counted(sum(blocks(translation.written.files).values()), 'Terraform block')})."
    )
    yield ""
    yield from _services(translation)
    yield from _implied(blueprint)
    yield from _findings(blueprint)
    yield printed(bill)
    yield ""
    yield from _keys(blueprint)
    left_out = f" Our sheet has no price for {', '.join(bill.without)}: that comes on top." if bill.without else ""
    yield f"About ${bill.total:,.2f} a month in {blueprint.choices.aws_region}, before tax, logs and traffic.{left_out}"


def _services(translation: Translation) -> Iterator[str]:
    sides = Sides.of(translation.blueprint, translation.bill)
    for card in translation.blueprint.cards:
        side = sides.side(card)
        yield f"{side.service}: {', '.join(filter(None, [side.heading, side.size]))}"
        yield from _indented(side.why)
        if side.callers:
            yield from _indented(f"May be called by {', '.join(map(str, side.callers))}.")
    yield ""


def _implied(blueprint: Blueprint) -> Iterator[str]:
    found = implied(blueprint)
    if found:
        yield "Not in your file, and needed on AWS:"
        for resource in found:
            sized = size(resource)
            yield f"  {resource.name}{f', {sized}' if sized else ''}"
        yield ""


def _findings(blueprint: Blueprint) -> Iterator[str]:
    for finding in blueprint.findings:
        yield f"{SEVERITY[finding.severity]}, line {finding.line}: {finding.message}"
        yield from _indented(finding.fix)
    if blueprint.findings:
        yield ""


def _keys(blueprint: Blueprint) -> Iterator[str]:
    number = {status: sum(one.status == status for one in blueprint.accounts) for status in STATUSES}
    said = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in number.items() if count)
    yield f"{counted(len(blueprint.accounts), 'key')}: {said}."
    for account in blueprint.accounts:
        if account.status in ("needs_you", "not_possible"):
            yield f"  line {account.line}, {account.path}: {account.status.replace('_', ' ')}"
            yield from _indented(account.message, 4)
    yield ""


def _indented(text: str, by: int = 2) -> list[str]:
    return wrap(text, WIDTH, initial_indent=" " * by, subsequent_indent=" " * by)
