"""What an answer is worth: right or wrong, which belief it shows, and points by certainty.

Certainty-based marking follows Gardner-Medwin (1995): 1, 2 or 3 points for a right answer and 0, -2 or -6
for a wrong one, so that it pays to say how sure one really is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException

from lecture.quizzes import formula
from lecture.quizzes.answers import CERTAIN, FAIRLY, GUESSING, OTHER, Given, Unanswered
from lecture.quizzes.asked import Asked, filled, price
from lecture.quizzes.kinds import Claim, Find, Match, Number, One, Option, Order, Several, Slip, Typed

POINTS = {GUESSING: (1, 0), FAIRLY: (2, -2), CERTAIN: (3, -6)}  # for right, for wrong
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4  # as FSRS rates


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a verdict: something that could be chosen, whether it was, and whether it is right."""

    id: str
    text: str
    chosen: bool
    right: bool
    answer: str = ""  # of a match: what belongs to it; of an order: its place


class Heard(Slip):
    """What an answer shows; `idea` is the belief in words where misconceptions.toml does not have it."""

    idea: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is."""

    right: bool
    told: tuple[Told, ...]
    slips: tuple[Heard, ...]  # the beliefs that it shows, with feedback; of a right answer what there is to add
    answer: str  # the right answer in words
    given: str  # what was answered, in words
    changed: bool = False  # the question is no longer the one that was answered

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The ids of the beliefs, each once."""
        return tuple(dict.fromkeys(slip.misconception for slip in self.slips if slip.misconception))


def points(right: bool, certainty: int) -> int:
    """Points of certainty-based marking; an answer without a certainty counts as fairly sure."""
    return POINTS.get(certainty, POINTS[FAIRLY])[0 if right else 1]


def rating(right: bool, certainty: int) -> int:
    """How FSRS is told: wrong is again; right is hard, good or easy by certainty."""
    return {GUESSING: HARD, CERTAIN: EASY}.get(certainty, GOOD) if right else AGAIN


# ---- verdicts -----------------------------------------------------------------------------------


def mark(asked: Asked, given: Given) -> Verdict:
    """The verdict on an answer that `read` made; raises Unanswered where it belongs to another question."""
    question = asked.question
    match question, given:
        case ((One() | Claim()), str()):
            return _mark_options(asked, question, [given])
        case Several(), list():
            return _mark_options(asked, question, given)
        case Match(), dict():
            return _mark_match(asked, question, given)
        case Order(), list():
            return _mark_order(asked, question, given)
        case Number(), str():
            return _mark_number(asked, question, given)
        case Typed(), str():
            return _mark_typed(asked, question, given)
        case Find(), str():
            return _mark_find(asked, question, given)
    raise Unanswered("This answer belongs to another question.")


def mark_kept(asked: Asked, given: Given, right: bool) -> Verdict:
    """The verdict on an answer that was kept; of one that the question no longer has, whether it was right stands."""
    try:
        return mark(asked, given)
    except (ValueError, ArithmeticError):
        return Verdict(right, (), (), answer(asked), "", changed=True)


def right_ids(asked: Asked) -> set[str]:
    """The ids of the options that are right; none where there is nothing to tick."""
    question = asked.question
    if isinstance(question, One | Claim | Several):
        return {option.id for option in question.option if option.right}
    return set()


def answer(asked: Asked) -> str:
    """The right answer in words."""
    question = asked.question
    match question:
        case One() | Claim() | Several():
            right = right_ids(asked)
            return "; ".join(choice.text for choice in asked.choices if choice.id in right)
        case Match():
            return "; ".join(f"{pair.left}: {pair.right}" for pair in question.pair)
        case Order():
            return " → ".join(item.text for item in question.item)
        case Number():
            return f"{formula.shown(result(asked, question))} {question.unit}"
        case Typed():
            return question.accepts[0]
        case Find():
            return f"line {question.wrong}: {question.rows[question.wrong - 1].strip()}"


def _mark_options(asked: Asked, question: One | Claim | Several, chosen: Sequence[str]) -> Verdict:
    by_id = {option.id: option for option in question.option}
    if not chosen or not set(chosen) <= by_id.keys():
        raise Unanswered("This answer belongs to another question.")
    told = tuple(Told(c.id, c.text, c.id in chosen, by_id[c.id].right) for c in asked.choices)
    right = all(line.chosen == line.right for line in told)
    met = [by_id[line.id] for line in told if line.chosen and not line.right]
    if not met:
        met = [by_id[line.id] for line in told if line.right and by_id[line.id].feedback]
    slips = tuple(_slip(one, asked) for one in met)
    words = ["; ".join(line.text for line in told if wanted(line)) for wanted in (_is_right, _is_chosen)]
    return Verdict(right, told, slips, words[0], words[1])


def _slip(one: Slip, asked: Asked) -> Heard:
    """What is to be said of an answer, its formulas worked out; of a right one there is no belief to name."""
    right = isinstance(one, Option) and one.right
    idea = one.idea if isinstance(one, Option) and not right else ""
    belief = "" if right else one.misconception
    return Heard(misconception=belief, feedback=filled(one.feedback, asked.names), idea=idea)


def _is_right(line: Told) -> bool:
    return line.right


def _is_chosen(line: Told) -> bool:
    return line.chosen


def _mark_match(asked: Asked, question: Match, given: Mapping[str, str]) -> Verdict:
    rights = question.rights
    if given.keys() != {pair.id for pair in question.pair} or not {str(n) for n in range(len(rights))}.issuperset(
        given.values()
    ):
        raise Unanswered("This answer belongs to another question.")
    by_id = {pair.id: pair for pair in question.pair}
    told, slips = [], []
    for left in asked.lefts:
        pair, chosen = by_id[left.id], rights[int(given[left.id])]
        told.append(Told(pair.id, f"{pair.left}: {chosen}", True, chosen == pair.right, pair.right))
        slips += [] if chosen == pair.right else [_slip(pair, asked)]
    answer = "; ".join(f"{pair.left}: {pair.right}" for pair in question.pair)
    return Verdict(not slips, tuple(told), tuple(slips), answer, "; ".join(line.text for line in told))


def _mark_order(asked: Asked, question: Order, given: Sequence[str]) -> Verdict:
    steps = {item.id: item.text for item in question.item}
    if sorted(given) != sorted(steps):
        raise Unanswered("This answer belongs to another question.")
    right = list(steps)
    places = {id: str(right.index(id) + 1) for id in steps}
    told = tuple(Told(id, steps[id], True, right[at] == id, places[id]) for at, id in enumerate(given))
    turned = [one for one in question.turned if given.index(one.later) < given.index(one.sooner)]
    slips = tuple(_slip(one, asked) for one in turned)
    words = [" → ".join(steps[id] for id in order) for order in (right, given)]
    return Verdict(list(given) == right, told, slips, words[0], words[1])


def _mark_number(asked: Asked, question: Number, given: str) -> Verdict:
    try:
        number = Decimal(given)
    except DecimalException:
        raise Unanswered("This answer belongs to another question.") from None
    answer = result(asked, question)
    right = abs(number - answer) <= margin(asked, question, answer)
    near = [] if right else [one for one in question.wrong if _near(asked, one.value, number)]
    slips = tuple(_slip(one, asked) for one in near[:1])
    words = [f"{formula.shown(value)} {question.unit}" for value in (answer, number)]
    return Verdict(right, (), slips, words[0], words[1])


def result(asked: Asked, question: Number) -> Decimal:
    """The right number of this variant."""
    return formula.evaluate(question.answer, asked.names, price)


def margin(asked: Asked, question: Number, answer: Decimal) -> Decimal:
    """How far off is still right; half a cent at least of what is worked out with endless decimals."""
    text = question.tolerance.strip()
    if text.endswith("%"):
        return abs(answer) * Decimal(text[:-1].strip()) / 100
    return formula.evaluate(text, asked.names, price)


def _near(asked: Asked, value: str, number: Decimal) -> bool:
    """Whether a number is what a known slip leads to, more or less."""
    slip = formula.evaluate(value, asked.names, price)
    return abs(number - slip) <= about(slip)


def about(slip: Decimal) -> Decimal:
    """How far off the number of a known slip is still taken for it: two in a hundred."""
    return abs(slip) / 50


def _mark_typed(asked: Asked, question: Typed, given: str) -> Verdict:
    kind, _, at = given.partition(".")
    known = {"accepts": len(question.accepts), "wrong": len(question.wrong)}.get(kind, 0)
    if given != OTHER and not (at.isdecimal() and int(at) < known):
        raise Unanswered("This answer belongs to another question.")
    slips = (question.wrong[int(at)],) if kind == "wrong" else ()
    said = question.accepts[int(at)] if kind == "accepts" else (question.wrong[int(at)].text[0] if slips else "")
    shown = tuple(_slip(one, asked) for one in slips)
    return Verdict(kind == "accepts", (), shown, question.accepts[0], said)


def _mark_find(asked: Asked, question: Find, given: str) -> Verdict:
    if not given.isdecimal() or not 1 <= int(given) <= len(question.rows):
        raise Unanswered("This answer belongs to another question.")
    chosen = int(given)
    told = tuple(Told(str(at), row, at == chosen, at == question.wrong) for at, row in enumerate(question.rows, 1))
    right = chosen == question.wrong
    met = next((one for one in question.line if one.line == chosen), question.elsewhere)
    slips = () if right else (_slip(met, asked),)
    words = [f"line {number}: {question.rows[number - 1].strip()}" for number in (question.wrong, chosen)]
    return Verdict(right, told, slips, words[0], words[1])
