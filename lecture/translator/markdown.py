"""A translation as a Markdown report, to keep, to print or to send to a colleague."""

from collections.abc import Iterable, Iterator

from lecture.costs.bill import Bill
from lecture.homes import homes
from lecture.translator.blueprint import Blueprint, Resource
from lecture.translator.compose import Problem
from lecture.translator.pairs import Sides
from lecture.translator.summary import blocks, costs, counted, implied, size, unpriced
from lecture.translator.translate import Translation, total

STATUS = {
    "translated": "translated",
    "inferred": "inferred",
    "not_needed": "not needed",
    "needs_you": "needs you",
    "not_possible": "not possible",
}
SEVERITY = {"danger": "Danger", "warning": "Warning", "info": "Hint"}


def as_markdown(translation: Translation) -> str:
    """The report: sums, services, what is implied, what moves, findings, bill, and every key."""
    parts = (
        _head(translation),
        _problems(translation.file.problems),
        _services(translation),
        _implied(translation),
        _moved(translation.blueprint),
        _findings(translation.blueprint),
        _knocking(translation.blueprint),
        _bill(translation),
        _keys(translation.blueprint),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def cell(text: object) -> str:
    """A text that breaks out of no table: no line break, no bar, no markup of its own."""
    plain = " ".join(str(text).split())
    for sign in "\\`*_[]<>|":
        plain = plain.replace(sign, f"\\{sign}")
    return plain


def code(text: object) -> str:
    """A text as code, whatever back quotes it holds."""
    plain = " ".join(str(text).split()).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in _runs(plain)), default=0) + 1)
    return f"{fence} {plain} {fence}" if "`" in plain else f"{fence}{plain}{fence}"


def _runs(text: str) -> Iterator[str]:
    run = ""
    for sign in text + " ":
        if sign == "`":
            run += sign
        elif run:
            yield run
            run = ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]], right: int = -1) -> list[str]:
    names = list(head)
    rule = ["---:" if at == right else "---" for at in range(len(names))]
    return ["| " + " | ".join(row) + " |" for row in (names, rule, *map(list, rows))] + [""]


def _head(translation: Translation) -> list[str]:
    blueprint, bill = translation.blueprint, translation.bill
    choices = blueprint.choices
    number = sum(blocks(translation.written.files).values())
    return [
        f"# {cell(blueprint.name)} on AWS",
        "",
        f"{counted(len(blueprint.cards), 'service')} became {counted(len(blueprint.resources), 'resource')} "
        f"({counted(number, 'Terraform block')}), for about ${bill.total:,.2f} a month{_left_out(bill)}: "
        f"{choices.size}, {choices.aws_region}, {choices.arch}, on demand, always on, before tax and traffic.",
        "",
    ]


def _left_out(bill: Bill) -> str:
    return f" (without {cell(', '.join(bill.without))}, which our sheet has no price for)" if bill.without else ""


def _problems(problems: tuple[Problem, ...]) -> list[str]:
    if not problems:
        return []
    rows = [[str(one.place.line), cell(one.message), cell(one.mend)] for one in problems]
    return ["## Wrong in the file", "", *_table(["Line", "What", "How to mend it"], rows)]


def _services(translation: Translation) -> list[str]:
    sides = Sides.of(translation.blueprint, translation.bill)
    rows = []
    for card in translation.blueprint.cards:
        side = sides.side(card)
        who = ", ".join(map(str, side.callers)) or ("" if side.gone else "nobody")
        usd = f"{side.usd:,.2f}" if side.usd is not None else ""
        became = f"{side.heading}{f', {side.size}' if side.size else ''}"
        rows.append([code(side.service), cell(became), _home(side.home), cell(who), cell(side.why), usd])
    head = ["Service", "Becomes", "Home", "May be called by", "Why", "$ a month"]
    return ["## Services", "", *_table(head, rows, 5)]


def _implied(translation: Translation) -> list[str]:
    usd, open_ = costs(translation.bill), unpriced(translation.bill)
    rows = [
        [
            cell(_sized(one)),
            _home(one.home),
            cell(one.why),
            "no price" if one.id in open_ else f"{usd.get(one.id, 0):,.2f}",
        ]
        for one in implied(translation.blueprint)
    ]
    return ["## What the file did not say", "", *_table(["What", "Home", "Why", "$ a month"], rows, 3)] if rows else []


def _sized(resource: Resource) -> str:
    return f"{resource.name}, {found}" if (found := size(resource)) else resource.name


def _home(kind: str | None) -> str:
    return cell(homes().of(kind).name) if kind else ""


def _moved(blueprint: Blueprint) -> list[str]:
    rows = [[code(one.service), code(one.name), code(one.before), code(one.after)] for one in blueprint.moved]
    if not rows:
        return []
    return ["## What changes", "", *_table(["Service", "Variable", "At home", "On AWS"], rows)]


def _findings(blueprint: Blueprint) -> list[str]:
    rows = [[SEVERITY[one.severity], str(one.line), cell(one.message), cell(one.fix)] for one in blueprint.findings]
    if not rows:
        return []
    return ["## Findings", "", *_table(["", "Line", "What", "How to mend it"], rows)]


def _knocking(blueprint: Blueprint) -> list[str]:
    rows = [[cell(one.source), cell(one.target), str(one.port), cell(one.because)] for one in blueprint.links]
    if not rows:
        return []
    return ["## Who may call whom", "", *_table(["From", "To", "Port", "Because"], rows)]


def _bill(translation: Translation) -> list[str]:
    rows = [
        [cell(line.text), _home(line.home), f"{line.usd:,.2f}" if line.usd is not None else "no price"]
        for line in translation.bill.lines
    ]
    rows.append([f"**{cell(total(translation.bill))}**", "", f"**{translation.bill.total:,.2f}**"])
    notes = [f"- {cell(f'{line.text}: {line.note}')}" for line in translation.bill.lines if line.note]
    return ["## The bill", "", *_table(["Line", "Home", "$ a month"], rows, 2), *notes, *([""] if notes else [])]


def _keys(blueprint: Blueprint) -> list[str]:
    rows = [[str(one.line), code(one.path), STATUS[one.status], cell(one.message)] for one in blueprint.accounts]
    return ["## Every key of the file", "", *_table(["Line", "Key", "Status", "What became of it"], rows)]
