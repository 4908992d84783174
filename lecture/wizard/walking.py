"""A way through the flow: which questions it passes, where it can end. Pure rules over data."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lecture.wizard.flow import UNSURE, Answers, Flow, Outcome, Question, Route


@dataclass(frozen=True)
class Walk:
    """Where answers lead. Somebody who is not sure walks every road at once."""

    flow: Flow
    answers: Answers
    routes: tuple[Route, ...]  # passed, in the order of the flow
    open: tuple[Route, ...]  # reached, and their question is not answered yet
    ends: tuple[Outcome, ...]  # reached, in the order of the flow

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that were answered on the way, each once."""
        return tuple(self.flow.questions[id] for id in dict.fromkeys(route.ask for route in self.routes))

    @property
    def next(self) -> Question | None:
        """The question to ask; None where nothing is open."""
        return self.flow.asks(self.open[0]) if self.open else None

    @property
    def number(self) -> int:
        """Of the question to ask, the first being 1."""
        return len(self.asked) + 1

    @cached_property
    def most(self) -> int:
        """How many questions may still come, the next one included."""
        return max((_longest(self.flow, route.id) for route in self.open), default=0)

    @cached_property
    def relevant(self) -> dict[str, str]:
        """The answers that were used, in the order in which they were asked."""
        return {question.id: self.answers[question.id] for question in self.asked}

    @cached_property
    def idle(self) -> dict[str, str]:
        """The answers that this way does not ask for."""
        return {id: answer for id, answer in self.answers.items() if id not in self.relevant}


def walk(flow: Flow, answers: Answers) -> Walk:
    """Follow the answers from the start. Unknown questions and answers must have been refused before."""
    reached = {flow.start.id}
    passed, open_ = [], []
    for route in flow.route:  # each stands before those that it leads to
        if route.id not in reached:
            continue
        given = answers.get(route.ask)
        if given is None:
            open_.append(route)
            continue
        passed.append(route)
        reached.update(leads(route, given))
    ends = tuple(outcome for outcome in flow.outcome if outcome.id in reached)
    return Walk(flow, answers, tuple(passed), tuple(open_), ends)


def leads(route: Route, given: str) -> tuple[str, ...]:
    """Where an answer leads from a route: one place, or all of them for somebody who is not sure."""
    return tuple(route.to.values()) if given == UNSURE else (route.to[given],)


def possible(flow: Flow, answers: Answers) -> tuple[Outcome, ...]:
    """Every outcome that can still be reached, whatever is answered to what was not asked yet."""
    every = dict.fromkeys(flow.questions, UNSURE) | dict(answers)
    return walk(flow, every).ends


def roads(flow: Flow) -> Iterator[dict[str, str]]:
    """Every complete set of sure answers, each as long as its way."""
    yield from _roads(flow, {})


def _roads(flow: Flow, answers: dict[str, str]) -> Iterator[dict[str, str]]:
    question = walk(flow, answers).next
    if question is None:
        yield answers
        return
    for answer in question.answer:
        yield from _roads(flow, answers | {question.id: answer.id})


def towards(flow: Flow, wanted: str) -> dict[str, str]:
    """The answers on the shortest way to a route or an outcome."""
    ways: dict[str, dict[str, str]] = {flow.start.id: {}}
    for route in flow.route:
        if route.id in ways:
            for answer, target in route.to.items():
                longer = ways[route.id] | {route.ask: answer}
                if target not in ways or len(longer) < len(ways[target]):
                    ways[target] = longer
    return ways[wanted]


def _longest(flow: Flow, id: str) -> int:
    route = flow.routes.get(id)
    return 1 + max(_longest(flow, target) for target in set(route.to.values())) if route else 0
