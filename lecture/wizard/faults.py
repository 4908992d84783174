"""What can be wrong with a flow that was read: every answer leads somewhere, forwards, and every place is reached."""

from collections.abc import Container, Iterable, Iterator, Mapping

from lecture.authoring import suggestion
from lecture.places import Loc
from lecture.wizard.flow import UNSURE, Estimate, Flow, Note, Outcome, Question, Route
from lecture.wizard.walking import walk

Fault = tuple[Loc, str, str, str]  # place, id of the check, what is wrong, how to mend it
OWN = ("ask", "preset")  # words of the address that are no questions


def faults(flow: Flow) -> list[Fault]:
    """Every mistake. Later checks need what earlier ones promise, so the first kind that is found ends it."""
    for check in (_ids, _routes, _ways, _conditions):
        if found := list(check(flow)):
            return found
    return []


def _ids(flow: Flow) -> Iterator[Fault]:
    yield from _twice("question", [one.id for one in flow.question])
    yield from _twice("preset", [one.id for one in flow.preset])
    seen: dict[str, str] = {}
    tables: dict[str, tuple[Route | Outcome, ...]] = {"route": flow.route, "outcome": flow.outcome}
    for table, rows in tables.items():
        for at, row in enumerate(rows):
            if row.id in seen:
                message = f"the id {row.id} stands twice, as {seen[row.id]} and as {table}."
                yield (table, at, "id"), "wizard.E001", message, "Give one of them another; answers lead to both."
            seen.setdefault(row.id, table)
    for at, question in enumerate(flow.question):
        ids = [answer.id for answer in question.answer]
        for loc, rule, message, mend in _twice("answer", ids):
            yield ("question", at, *loc), rule, message, mend
        if question.id in OWN or UNSURE in ids:
            word = question.id if question.id in OWN else UNSURE
            yield ("question", at, "id"), "wizard.E001", f"{word} is a word of the wizard’s own.", "Choose another."


def _twice(table: str, ids: list[str]) -> Iterator[Fault]:
    for at, id in enumerate(ids):
        if id in ids[:at]:
            yield (table, at, "id"), "wizard.E001", f"the {table} {id} stands twice.", "Give one of them another id."


def _routes(flow: Flow) -> Iterator[Fault]:
    """Every answer of every route leads somewhere, and forwards."""
    places = [*flow.routes, *flow.outcomes]
    for at, route in enumerate(flow.route):
        question = flow.questions.get(route.ask)
        if question is None:
            message = f"{route.id} asks {route.ask}, which is no question."
            yield ("route", at, "ask"), "wizard.E002", message, suggestion(route.ask, flow.questions)
            continue
        yield from _answers(route, at, question)
        for answer, target in route.to.items():
            if target not in places:
                message = f"{route.id}: {answer} leads to {target}, which is nowhere."
                yield ("route", at, "to", answer), "wizard.E002", message, suggestion(target, places)
            elif target in flow.routes and list(flow.routes).index(target) <= at:
                message = f"{route.id}: {answer} leads back to {target}, so that a way could go round in a circle."
                mend = "Let it lead to a route further down, or move that route below this one."
                yield ("route", at, "to", answer), "wizard.E003", message, mend


def _answers(route: Route, at: int, question: Question) -> Iterator[Fault]:
    known = [answer.id for answer in question.answer]
    for answer in route.to:
        if answer not in known:
            message = f"{route.id}: {answer} is no answer to {question.id}."
            yield ("route", at, "to", answer), "wizard.E002", message, suggestion(answer, known)
    for answer in known:
        if answer not in route.to:
            message = f"{route.id} is a dead end: {question.id} may be answered with {answer}, which leads nowhere."
            yield ("route", at, "to"), "wizard.E002", message, f'Add {answer} = "…".'


def _ways(flow: Flow) -> Iterator[Fault]:
    """Every place is reached, and no way asks the same thing twice."""
    before: dict[str, set[str]] = {flow.start.id: set()}  # what may have been asked before one gets there
    for at, route in enumerate(flow.route):
        if route.id not in before:
            mend = "Let an answer lead to it, or remove it."
            yield ("route", at, "id"), "wizard.E004", f"no answer leads to the route {route.id}.", mend
            continue
        if route.ask in before[route.id]:
            message = f"{route.id} asks {route.ask}, which was asked on the way there."
            yield (
                ("route", at, "ask"),
                "wizard.E003",
                message,
                "Ask something else, or lead the earlier answer past it.",
            )
        for target in route.to.values():
            before.setdefault(target, set()).update(before[route.id] | {route.ask})
    yield from _unreached(flow, before)


def _unreached(flow: Flow, reached: Container[str]) -> Iterator[Fault]:
    for at, outcome in enumerate(flow.outcome):
        if outcome.id not in reached:
            mend = "Let an answer lead to it, or remove it."
            yield ("outcome", at, "id"), "wizard.E004", f"no answer leads to the outcome {outcome.id}.", mend
    asked = {route.ask for route in flow.route}
    for at, question in enumerate(flow.question):
        if question.id not in asked:
            message = f"the question {question.id} is asked nowhere."
            yield ("question", at, "id"), "wizard.E004", message, "Add a [[route]] that asks it, or remove it."


def _conditions(flow: Flow) -> Iterator[Fault]:
    """Presets arrive, and what is said under certain answers names answers that exist."""
    for at, preset in enumerate(flow.preset):
        wrong = list(_given(flow, preset.answers, ("preset", at, "answers"), (UNSURE,)))
        yield from wrong
        if not wrong and (question := walk(flow, preset.answers).next):
            message = f"the preset {preset.id} ends at the question {question.id}."
            mend = f"Add {question.id}: {', '.join(a.id for a in question.answer)} or {UNSURE}."
            yield ("preset", at, "answers"), "wizard.E005", message, mend
    for at, outcome in enumerate(flow.outcome):
        conditional: dict[str, tuple[Note | Estimate, ...]] = {
            "note": outcome.note,
            "against": outcome.against,
            "estimate": outcome.estimate,
        }
        for table, notes in conditional.items():
            for number, note in enumerate(notes):
                yield from _given(flow, note.when, ("outcome", at, table, number, "when"))
        yield from _estimates(at, outcome)


def _estimates(at: int, outcome: Outcome) -> Iterator[Fault]:
    for number, estimate in enumerate(outcome.estimate):
        if bool(estimate.sum) == bool(estimate.line):
            message, mend = f"{outcome.id}: an estimate has a sum or lines.", "Write one of the two."
            yield ("outcome", at, "estimate", number), "wizard.E005", message, mend
    if outcome.estimate and outcome.estimate[-1].when:
        message = f"{outcome.id}: the last estimate is for certain answers only."
        mend = "Add one without `when` behind it, for all other answers."
        yield ("outcome", at, "estimate", len(outcome.estimate) - 1, "when"), "wizard.E005", message, mend


def _given(flow: Flow, answers: Mapping[str, str], loc: Loc, besides: Iterable[str] = ()) -> Iterator[Fault]:
    for question, answer in answers.items():
        if question not in flow.questions:
            message = f"{question} is no question."
            yield (*loc, question), "wizard.E005", message, suggestion(question, flow.questions)
            continue
        known = [*(one.id for one in flow.questions[question].answer), *besides]
        if answer not in known:
            message = f"{answer} is no answer to {question}."
            yield (*loc, question), "wizard.E005", message, suggestion(answer, known)
