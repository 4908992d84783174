"""The wizard's questions, routes and outcomes (content/wizard.toml): a way through them is data, not code."""

from collections.abc import Mapping
from functools import cached_property

from pydantic import Field

from lecture.authoring import Strict
from lecture.costs.prices import Line
from lecture.homes import Kind

UNSURE = "unsure"  # the answer that every question has besides its own: it keeps all roads open
Answers = Mapping[str, str]  # question = answer, or UNSURE
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Answer(Strict):
    """One answer to a question."""

    id: str = Field(pattern=SLUG, description="stable: addresses name it")
    text: str = Field(description="as the student says it")
    short: str = Field(max_length=10, description="in the drawing")
    detail: str = Field("", description="one line below the answer")
    because: str = Field(description="what follows from it, a sentence: it stands in the reasons")


class Question(Strict):
    """One question, asked on a page of its own."""

    id: str = Field(pattern=SLUG, description="stable: addresses name it")
    text: str
    short: str = Field(max_length=19, description="in the drawing")
    why: str = Field(description="why we ask")
    unsure: str = Field("Not sure", description="the words of the last answer")
    settle: str = Field(description="how somebody who is not sure finds out")
    answer: tuple[Answer, ...] = Field(min_length=2)

    def named(self, id: str) -> Answer | None:
        """The answer of that id, None for one that is not sure."""
        return next((answer for answer in self.answer if answer.id == id), None)


class Route(Strict):
    """A place where a question is asked, and where each answer leads: to a route further down, or an outcome."""

    id: str = Field(pattern=SLUG)
    ask: str = Field(description="the id of a question")
    to: dict[str, str] = Field(min_length=2, description="answer = route or outcome")


class Note(Strict):
    """Something to add under certain answers."""

    when: dict[str, str] = Field(min_length=1, description="question = answer")
    text: str


class Estimate(Strict):
    """A month of it on AWS: a sum of the price sheet, or lines of its own."""

    when: dict[str, str] = Field({}, description="question = answer; the first that fits is taken")
    title: str = Field(description="what the estimate is for")
    sum: str = Field("", description="the id of a sum in prices.toml")
    line: tuple[Line, ...] = Field((), description="or lines, as in prices.toml")
    assumes: tuple[str, ...] = Field(min_length=1)


class Pain(Strict):
    """What will hurt later."""

    hurts: str
    sign: str = Field(description="what to watch, with a number where there is one")


class Outcome(Strict):
    """Where an app can live, and everything that is said of it."""

    id: str = Field(pattern=SLUG)
    title: str
    name: str = Field(description="in a sentence, such as a function")
    short: str = Field(max_length=12, description="in the drawing")
    home: tuple[Kind, ...] = Field(min_length=1, description="where it stands on the street")
    text: str = Field(description="the advice, in two or three sentences")
    caution: str = Field("", description="when it would be too much")
    note: tuple[Note, ...] = Field((), description="what to add under certain answers")
    against: tuple[Note, ...] = Field((), description="why an answer speaks against it; else its `because`")
    estimate: tuple[Estimate, ...] = Field((), description="from the price sheet; the last has no `when`")
    plans: tuple[str, ...] = Field((), description="names of [[paas]] in prices.toml")
    sections: tuple[str, ...] = Field(min_length=1)
    steps: tuple[str, ...] = Field(min_length=5, max_length=5)
    gains: tuple[str, ...] = Field(min_length=1, description="what becomes easier, for the decision record")
    later: tuple[Pain, ...] = Field(min_length=1)


class Preset(Strict):
    """Answers to begin with."""

    id: str = Field(pattern=SLUG, description="its address: ?preset=id")
    title: str
    line: str
    answers: dict[str, str] = Field(min_length=1, description="question = answer, or unsure")


class Flow(Strict):
    """content/wizard.toml. The first route is the start."""

    question: tuple[Question, ...] = Field(min_length=1)
    route: tuple[Route, ...] = Field(min_length=1)
    outcome: tuple[Outcome, ...] = Field(min_length=2)
    preset: tuple[Preset, ...] = ()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """By id, in the order of the file."""
        return {one.id: one for one in self.question}

    @cached_property
    def routes(self) -> dict[str, Route]:
        """By id, each before those that it leads to."""
        return {one.id: one for one in self.route}

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """By id, in the order of the file."""
        return {one.id: one for one in self.outcome}

    @cached_property
    def presets(self) -> dict[str, Preset]:
        """By id, in the order of the file."""
        return {one.id: one for one in self.preset}

    @property
    def start(self) -> Route:
        """Where everybody begins."""
        return self.route[0]

    def asks(self, route: Route) -> Question:
        """The question that is asked at a route."""
        return self.questions[route.ask]


def fits(when: Answers, answers: Answers) -> bool:
    """Whether all of these answers were given."""
    return all(answers.get(question) == answer for question, answer in when.items())


def against(outcome: Outcome, question: str, answer: Answer) -> str:
    """Why an answer speaks against an outcome."""
    return next((note.text for note in outcome.against if fits(note.when, {question: answer.id})), answer.because)
