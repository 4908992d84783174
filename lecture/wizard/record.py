"""The decision record: one page of Markdown, made from the answers, with a date on which to look again."""

import re
from collections.abc import Iterator
from datetime import date

from lecture.costs.prices import PriceSheet, dollars
from lecture.homes import homes
from lecture.wizard.flow import Outcome, fits
from lecture.wizard.monthly import chosen, monthly
from lecture.wizard.reasons import either, flips, reasons, ruled_out, settling
from lecture.wizard.walking import Walk

MONTHS = 6  # until the review: whoever is wrong is wrong for half a year at most


def record(found: Walk, sheet: PriceSheet, today: date) -> str:
    """Context, options considered, decision, consequences, review date, triggers. The walk has no open question."""
    parts = (_head(found, today), _context(found), _options(found), _decision(found, sheet), *_after(found))
    text = "\n".join(line for part in parts for line in [*part, ""])
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def review(today: date, months: int = MONTHS) -> date:
    """The same day some months later, or the last of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    for day in range(today.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def _head(found: Walk, today: date) -> Iterator[str]:
    state = "Accepted" if len(found.ends) == 1 else "Proposed: one question is open"
    yield f"# Where the app lives: {either(found.ends)}"
    yield ""
    yield f"{state}. Written on {_day(today)}."
    yield f"Review on {_day(review(today))}, or when a trigger fires."


def _context(found: Walk) -> Iterator[str]:
    yield "## Context"
    yield ""
    for reason in reasons(found):
        yield f"- {reason.question.text} **{reason.answer.text if reason.answer else 'Not sure'}.**"


def _options(found: Walk) -> Iterator[str]:
    yield "## Options considered"
    yield ""
    for outcome in found.ends:
        yield f"- **{outcome.title}**: {'chosen' if len(found.ends) == 1 else 'possible'}."
    for gone in ruled_out(found):
        if answer := gone.reason.answer:
            yield f"- {gone.outcome.title}: ruled out by “{answer.text}”. {gone.because}"


def _decision(found: Walk, sheet: PriceSheet) -> Iterator[str]:
    yield "## Decision"
    yield ""
    if len(found.ends) > 1:
        yield f"Not yet: {either(found.ends)}. What would settle it:"
        yield ""
        for settled in settling(found):
            yield f"- {settled.question.text} {settled.question.settle}"
            for road in settled.roads:
                yield f"  - {road.answer.text}: {either(road.ends)}."
        yield ""
    for outcome in found.ends:
        yield from _outcome(outcome, found, sheet)


def _outcome(outcome: Outcome, found: Walk, sheet: PriceSheet) -> Iterator[str]:
    where = " and ".join(homes().of(kind).name for kind in outcome.home)
    yield f"**{outcome.title}** ({where}). {outcome.text}"
    yield ""
    for note in outcome.note:
        if fits(note.when, found.relevant):
            yield f"- {note.text}"
    if estimate := chosen(outcome, found.relevant):
        cost = monthly(estimate, sheet)
        yield f"- About {dollars(cost.total)} a month in us-east-1: {cost.title}. {' '.join(cost.assumes)}"
    for plan in sheet.paas:
        if plan.name in outcome.plans:
            yield f"- {plan.name}: {plan.text}. Source: {plan.source}."
    yield ""


def _after(found: Walk) -> Iterator[Iterator[str]]:
    for outcome in found.ends:
        yield _consequences(outcome)
    yield _triggers(found)
    yield iter(["## First steps", *(line for outcome in found.ends for line in _steps(outcome))])


def _consequences(outcome: Outcome) -> Iterator[str]:
    yield f"## Consequences of {outcome.name}"
    yield ""
    yield from (f"- Easier: {gain}" for gain in outcome.gains)
    yield from (f"- Harder: {pain.hurts}." for pain in outcome.later)
    if outcome.caution:
        yield f"- {outcome.caution}"


def _triggers(found: Walk) -> Iterator[str]:
    yield "## Triggers to revisit"
    yield ""
    yield from (f"- {pain.hurts}: {pain.sign}" for outcome in found.ends for pain in outcome.later)
    for change in flips(found):
        yield f"- {change.question.text} If the answer becomes “{change.answer.text}”: {either(change.ends)}."


def _steps(outcome: Outcome) -> Iterator[str]:
    yield ""
    yield f"{outcome.title}:"
    yield ""
    yield from (f"{number}. {step}" for number, step in enumerate(outcome.steps, 1))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
