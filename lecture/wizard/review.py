"""What of wizard.toml can only be judged with the whole course at hand: sections, figures, prices, links."""

from collections.abc import Iterator

from django.conf import settings

from lecture.authoring import Problem, in_data, name, suggestion
from lecture.course.macros import MACRO, Sheet, wrong
from lecture.course.model import Course
from lecture.course.render import prices
from lecture.course.texts import Text, judge
from lecture.places import Loc
from lecture.wizard import load
from lecture.wizard.asking import PAGE, asked
from lecture.wizard.flow import Estimate, Outcome
from lecture.wizard.wording import texts

FILE = "wizard.toml"


def problems(course: Course) -> Iterator[Problem]:
    """Every mistake in a flow that was read without one; none where the course has no wizard."""
    if not load.there():
        return
    yield from _cards(course)
    sheet = Sheet(prices(), course.facts)
    for loc, text in texts(load.flow()):
        yield from _text(loc, text, course, sheet)
    for at, outcome in enumerate(load.flow().outcome):
        yield from _sections(at, outcome, course)
        yield from _plans(at, outcome)
        for number, estimate in enumerate(outcome.estimate):
            yield from _estimate(("outcome", at, "estimate", number), estimate)


def _cards(course: Course) -> Iterator[Problem]:
    """What opens the wizard from a text, with answers that it knows."""
    names = {tool.name for tool in course.info.tool if tool.address == PAGE}
    for leaf in course.leaves.values():
        for card in (card for card in leaf.blocks("try") if card.argument in names):
            fields = {key: [value] for key, value in card.options.items()}
            for refused in asked(load.flow(), fields).refused:
                message = f"the wizard knows no {refused.field}: {refused.said}."
                yield Problem(leaf.file, card.line, "wizard.E006", message, f"Write {' or '.join(refused.near)}.")


def _text(loc: Loc, text: str, course: Course, sheet: Sheet) -> Iterator[Problem]:
    """Its figures, then what is left without them."""
    for _, macro, mend in wrong(text, sheet):
        yield _made(loc, "course.E116", f"{macro} stands for nothing.", mend)
    path = name(settings.COURSE_CONTENT / FILE, settings.COURSE_CONTENT)
    for problem in judge(Text(path, 0, MACRO.sub("", text)), course, Sheet(None, {})):
        yield _made(loc, problem.id, problem.message, problem.mend)


def _sections(at: int, outcome: Outcome, course: Course) -> Iterator[Problem]:
    known = [*course.leaves, *course.coming]
    for number, section in enumerate(outcome.sections):
        if section not in known:
            loc = ("outcome", at, "sections", number)
            yield _made(loc, "course.E121", f"{outcome.id}: no section {section}.", suggestion(section, known))


def _plans(at: int, outcome: Outcome) -> Iterator[Problem]:
    sheet = prices()
    known = [plan.name for plan in sheet.paas] if sheet else []
    for number, plan in enumerate(outcome.plans):
        if plan not in known:
            mend = suggestion(plan, known) if known else "Add a [[paas]] to prices.toml."
            loc = ("outcome", at, "plans", number)
            yield _made(loc, "course.E116", f"{outcome.id}: prices.toml has no plan {plan}.", mend)


def _estimate(loc: Loc, estimate: Estimate) -> Iterator[Problem]:
    sheet = prices()
    assert sheet is not None  # there() has seen it
    if estimate.sum and estimate.sum not in sheet.sums:
        message = f"there is no sum {estimate.sum}."
        yield _made((*loc, "sum"), "course.E116", message, suggestion(estimate.sum, sheet.sums))
    for number, line in enumerate(estimate.line):
        if line.price not in sheet.by_id:
            message = f"there is no price {line.price}."
            yield _made((*loc, "line", number, "price"), "course.E116", message, suggestion(line.price, sheet.by_id))


def _made(loc: Loc, rule: str, message: str, mend: str) -> Problem:
    root = settings.COURSE_CONTENT
    return in_data(root / FILE, root, loc, rule, message, mend)
