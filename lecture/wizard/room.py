"""Everything that a page of the wizard shows, put in order."""

from dataclasses import dataclass
from decimal import Decimal

from lecture.costs.prices import Plan, PriceSheet
from lecture.course.load import course
from lecture.course.macros import Cited
from lecture.course.model import Section, plain
from lecture.homes import Home, homes
from lecture.wizard import load
from lecture.wizard.asking import RECORD, Asked, Refused, address
from lecture.wizard.flow import UNSURE, Note, Outcome, Preset, Question, fits
from lecture.wizard.monthly import Monthly, chosen, monthly
from lecture.wizard.reasons import Change, Reason, RuledOut, Settling, flips, reasons, ruled_out, settling
from lecture.wizard.tree import Tree, tree
from lecture.wizard.walking import Walk
from lecture.wizard.wording import cited


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen: where it leads, and whether it is the one that was given."""

    text: str
    detail: str
    href: str
    given: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """The page of one question."""

    question: Question
    number: int  # 1 is the first
    most: int  # questions that may still come, this one included; 0 where it was answered before
    options: tuple[Option, ...]
    unsure: Option


@dataclass(frozen=True, slots=True)
class Step:
    """An answer that was given, and where to change it."""

    reason: Reason
    number: int
    href: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A change of one answer, and the address where it leads."""

    change: Change
    href: str


@dataclass(frozen=True, slots=True)
class Open:
    """A question that would settle it, with a link for each answer."""

    settling: Settling
    roads: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """One home that the answers lead to, with everything that is said of it."""

    outcome: Outcome
    homes: tuple[Home, ...]
    notes: tuple[Note, ...]
    monthly: Monthly | None
    plans: tuple[Plan, ...]
    sections: tuple[tuple[Section, str], ...]  # with their titles

    @property
    def usd(self) -> Decimal | None:
        """What a month of it costs on AWS."""
        return self.monthly.total if self.monthly else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the answers lead: one home, or several while somebody is not sure."""

    advice: tuple[Advice, ...]
    open: tuple[Open, ...]
    ruled_out: tuple[RuledOut, ...]
    flips: tuple[Linked, ...]
    record: str
    cited: tuple[Cited, ...]

    @property
    def candidates(self) -> tuple[tuple[Advice, str], ...]:
        """Each home that is left, and the address of an answer that settles it for that one, or ""."""
        roads = [road for one in self.open for road in one.roads if road.change.certain]
        ways = {road.change.ends[0].id: road.href for road in reversed(roads)}
        return tuple((one, ways.get(one.outcome.id, "")) for one in self.advice)

    @property
    def only(self) -> Advice | None:
        """The one home, where there is just one."""
        return self.advice[0] if len(self.advice) == 1 else None


@dataclass(frozen=True, slots=True)
class Room:
    """A page: a question or a verdict, the way there, and the tree."""

    asking: Asking | None
    verdict: Verdict | None
    steps: tuple[Step, ...]
    idle: tuple[Reason, ...]  # answers that this way does not ask for
    refused: tuple[Refused, ...]
    presets: tuple[Preset, ...]
    tree: Tree
    start: bool

    @property
    def changed(self) -> bool:
        """Whether a question is shown that was answered before."""
        return bool(self.asking and not self.asking.most)


def room(found: Walk, asked: Asked, sheet: PriceSheet) -> Room:
    """The page of these answers; `found` walks a flow whose prose is HTML."""
    question = asked.ask if asked.ask in found.asked else found.next
    return Room(
        asking=_asking(found, question) if question else None,
        verdict=None if question else _verdict(found, sheet),
        steps=_steps(found),
        idle=tuple(_reason(found, id, answer) for id, answer in found.idle.items()),
        refused=asked.refused,
        presets=found.flow.preset,
        tree=tree(found, question if question in found.asked else None),
        start=not found.answers,
    )


def _asking(found: Walk, question: Question) -> Asking:
    given = found.answers.get(question.id, "")
    again = question in found.asked

    def option(id: str, text: str, detail: str) -> Option:
        href = address(found.flow, {**found.answers, question.id: id})
        return Option(text, detail, href, again and given == id)

    return Asking(
        question=question,
        number=found.asked.index(question) + 1 if again else found.number,
        most=0 if again else found.most,
        options=tuple(option(one.id, one.text, one.detail) for one in question.answer),
        unsure=option(UNSURE, question.unsure, "Keeps all roads open. We tell you what would settle it."),
    )


def _steps(found: Walk) -> tuple[Step, ...]:
    return tuple(
        Step(reason, number, address(found.flow, found.answers, reason.question.id))
        for number, reason in enumerate(reasons(found), 1)
    )


def _reason(found: Walk, id: str, answer: str) -> Reason:
    question = found.flow.questions[id]
    return Reason(question, question.named(answer))


def _verdict(found: Walk, sheet: PriceSheet) -> Verdict:
    return Verdict(
        advice=tuple(_advice(outcome, found, sheet) for outcome in found.ends),
        open=tuple(Open(one, tuple(_linked(found, road) for road in one.roads)) for one in settling(found)),
        ruled_out=tuple(ruled_out(found)),
        flips=tuple(_linked(found, change) for change in flips(found)),
        record=address(found.flow, found.relevant, page=RECORD),
        cited=cited([load.flow().outcomes[outcome.id] for outcome in found.ends]),
    )


def _linked(found: Walk, change: Change) -> Linked:
    return Linked(change, address(found.flow, change.answers))


def _advice(outcome: Outcome, found: Walk, sheet: PriceSheet) -> Advice:
    estimate = chosen(outcome, found.relevant)
    leaves = course().leaves
    return Advice(
        outcome=outcome,
        homes=tuple(homes().of(kind) for kind in outcome.home),
        notes=tuple(note for note in outcome.note if fits(note.when, found.relevant)),
        monthly=monthly(estimate, sheet) if estimate else None,
        plans=tuple(plan for plan in sheet.paas if plan.name in outcome.plans),
        sections=tuple((leaves[key], plain(leaves[key].front.title)) for key in outcome.sections if key in leaves),
    )
