"""What the first answers of many show about a question: how hard it is, whether it tells apart, which wrong answers.

Difficulty is the share that was right, and discrimination the point-biserial correlation between being right and
the share of all one's other first answers that were right (the corrected item-total correlation: Crocker and Algina,
“Introduction to Classical and Modern Test Theory”, 1986). Below 0.2 a question tells little (Ebel, 1965).

Nobody is told anything about fewer than FEWEST learners: tallies come in whole batches of so many (tallies.py),
and a wrong answer that fewer chose has no number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from lecture.quizzes.answers import CERTAIN, Given
from lecture.quizzes.asked import ask
from lecture.quizzes.distractors import Distractor, distractors, held
from lecture.quizzes.kinds import Question

FEWEST = 5  # learners
ENOUGH = 20  # learners below whom a correlation is chance
OTHERS = 5  # other first answers that a learner must have given to say anything about a question
HARD, EASY = 25, 95  # percent right, at and beyond which a question is worth a look
WEAK = 0.2


@dataclass(frozen=True, slots=True)
class Tally:
    """How many first answers to a question were alike, and how their learners did otherwise.

    `others` counts those learners with enough other answers, `share` and `squares` sum the share of those that were
    right, from 0 to 1, and its square. A `count` below 0 takes away.
    """

    question: str
    right: bool
    given: Given
    beliefs: tuple[str, ...]
    certainty: int  # 0 where it was not asked
    count: int
    others: int = 0
    share: float = 0.0
    squares: float = 0.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """A wrong answer and how many chose it; None where they are fewer than FEWEST."""

    wrong: Distractor
    count: int | None
    percent: int | None  # of all who answered


@dataclass(frozen=True, slots=True)
class Item:
    """What the answers to one question show."""

    question: Question
    answers: int
    right: int  # percent
    apart: float | None  # discrimination, from -1 to 1, to a tenth; None where there are too few
    certain: int | None  # percent of the wrong who said how sure they were and said certain
    chosen: tuple[Chosen, ...]

    @property
    def stem(self) -> str:
        """What is asked, in one of its variants."""
        return ask(self.question, 0).stem

    @property
    def tells(self) -> str:
        """The discrimination in words of a page: −0.2."""
        return "" if self.apart is None else f"{self.apart:.1f}".replace("-", "−")

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why somebody should look at the question."""
        found = []
        if self.apart is not None and self.apart < 0:
            found.append("those who know more get it wrong more often, so look at the answer first")
        elif self.apart is not None and self.apart < WEAK and HARD < self.right < EASY:
            found.append("whoever knows more does hardly better at it")
        if any((one.percent or 0) > self.right for one in self.chosen):
            found.append("a wrong answer is chosen more often than the right one")
        elif self.right <= HARD:
            found.append("hardly anybody gets it right")
        if self.right >= EASY:
            found.append("nearly everybody gets it right")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Believed:
    """How often a belief showed within a section."""

    belief: str
    count: int  # answers
    of: int  # answers to the questions that can show it

    @property
    def percent(self) -> int:
        """Of the answers that could have shown it."""
        return round(100 * self.count / self.of) if self.of else 0


@dataclass
class _Sums:
    """The tallies of one question, added up."""

    answers: int = 0
    right: int = 0
    wrongs: Counter[str] = field(default_factory=Counter)
    sure: Counter[int] = field(default_factory=Counter)  # of the wrong
    others: dict[bool, float] = field(default_factory=lambda: {True: 0, False: 0})
    shares: dict[bool, float] = field(default_factory=lambda: {True: 0, False: 0})
    squares: float = 0.0

    def add(self, tally: Tally, question: Question) -> None:
        self.answers += tally.count
        self.right += tally.count * tally.right
        self.others[tally.right] += tally.others
        self.shares[tally.right] += tally.share
        self.squares += tally.squares
        if not tally.right:
            self.sure[tally.certainty] += tally.count
            for key in held(question, tally.given, tally.beliefs):
                self.wrongs[key] += tally.count


def items(questions: Mapping[str, Question], tallies: Iterable[Tally]) -> list[Item]:
    """What is to be told of each question that at least FEWEST have answered, in the order of `questions`."""
    sums: dict[str, _Sums] = defaultdict(_Sums)
    for tally in tallies:
        if tally.question in questions:
            sums[tally.question].add(tally, questions[tally.question])
    return [_item(one, sums[id]) for id, one in questions.items() if id in sums and sums[id].answers >= FEWEST]


def _item(question: Question, sums: _Sums) -> Item:
    known = distractors(question)
    counts = masked({one.key: sums.wrongs[one.key] for one in known})
    chosen = tuple(Chosen(one, count := counts[one.key], _percent(count, sums.answers)) for one in known)
    said = sum(count for level, count in sums.sure.items() if level)
    certain = _percent(sums.sure[CERTAIN], said) if said >= FEWEST else None
    return Item(question, sums.answers, _percent(sums.right, sums.answers) or 0, _apart(sums), certain, chosen)


def masked(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts below FEWEST as None; where that is one alone, the next as well, or it could be worked out."""
    hidden = {key for key, count in counts.items() if count < FEWEST}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min(counts.keys() - hidden, key=lambda key: counts[key]))
    return {key: None if key in hidden else count for key, count in counts.items()}


def _percent(count: int | None, of: int) -> int | None:
    return None if count is None else round(100 * count / of) if of else 0


def _apart(sums: _Sums) -> float | None:
    """The correlation of being right with the share right of the others; None below ENOUGH and where all are alike."""
    number = sum(sums.others.values())
    if number < ENOUGH:
        return None
    rate, mean = sums.others[True] / number, sum(sums.shares.values()) / number
    spread = (sums.squares / number - mean * mean) * rate * (1 - rate)
    if spread < 1e-9:
        return None
    return round((sums.shares[True] / number - rate * mean) / sqrt(spread), 1) + 0.0


def believed(found: Sequence[Item]) -> dict[str, list[Believed]]:
    """By section, the beliefs that showed, the most common first.

    Counted are wrong answers that have a number, so that no sum gives away what was left out; and not those to
    made questions, whose wrong answers all show the same belief.
    """
    counts: dict[str, Counter[str]] = {}
    answers: dict[str, Counter[str]] = {}
    for item in found:
        if item.question.id.startswith("made."):
            continue
        here = counts.setdefault(item.question.section, Counter())
        of = answers.setdefault(item.question.section, Counter())
        of.update(dict.fromkeys({one.wrong.belief for one in item.chosen}, item.answers))
        for one in item.chosen:
            here[one.wrong.belief] += one.count or 0
    return {
        section: [Believed(id, count, answers[section][id]) for id, count in here.most_common() if id and count]
        for section, here in counts.items()
    }


HEAD = (
    "quiz", "section", "question", "kind", "stem", "answers", "right %", "discrimination",
    "certain % of the wrong", "wrong answer", "text", "misconception", "chosen", "chosen %",
)  # fmt: skip


def rows(found: Iterable[Item], quizzes: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """A table with one row a wrong answer; `quizzes` names the quiz of a section."""
    yield HEAD
    for item in found:
        one = item.question
        of_question = (quizzes.get(one.section, ""), one.section, one.id, one.kind, item.stem)
        figures = tuple(map(_cell, (item.answers, item.right, item.apart, item.certain)))
        for chosen in item.chosen:
            wrong = (chosen.wrong.key, chosen.wrong.text, chosen.wrong.belief)
            told = ("fewer than 5", "") if chosen.count is None else (_cell(chosen.count), _cell(chosen.percent))
            yield tuple(map(_plain, of_question)) + figures + tuple(map(_plain, wrong)) + told


def _cell(value: float | None) -> str:
    return "" if value is None else str(value)


def _plain(text: str) -> str:
    """Never a formula to a spreadsheet."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
