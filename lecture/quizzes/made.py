"""Questions made from the course's own data, so that they can never disagree with the tools.

Names come from rosetta.toml, prices from prices.toml, words from glossary.toml. They belong to the section that
shows the tool, or that explains the word; where there is none, there is no question.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from random import Random

from django.conf import settings

from lecture.costs.prices import CENT, Price, PriceSheet, dollars, price_sheet
from lecture.course.load import course
from lecture.course.model import Course, Term
from lecture.quizzes.kinds import Number, One, Option, Question, WrongNumber
from lecture.quizzes.misconceptions import misconceptions
from lecture.rosetta.concepts import Concept, rosetta

WRONG = 3  # wrong options of a question
PROVIDERS = {"gcp": "Google Cloud", "azure": "Azure"}
LETTERS = "abcdefgh"


@cache
def made() -> dict[str, Question]:
    """The made questions of the course that is served."""
    some = course()
    found: list[Question] = []
    root = settings.COURSE_CONTENT
    if (root / "rosetta.toml").exists():
        found += names(some, rosetta().concept)
    if (root / "prices.toml").exists():
        found += prices(some, price_sheet())
    found += words(some)
    return {one.id: one for one in found}


def names(some: Course, concepts: Sequence[Concept]) -> Iterator[Question]:
    """What another provider calls a thing of AWS; wrong ones are its names for things of the same kind."""
    section = _shows(some, "rosetta")
    for concept in concepts if section else ():
        for provider, title in PROVIDERS.items():
            others = [
                (one, getattr(one, provider))
                for one in concepts
                if one.category == concept.category and one is not concept and _plain(getattr(one, provider))
            ]
            others = [(one, name) for one, name in others if not _alike(name, getattr(concept, provider))]
            name = getattr(concept, provider)
            if not (_plain(name) and _plain(concept.aws)) or len(others) < WRONG:
                continue
            id = f"made.rosetta.{concept.id}.{provider}"
            taken = Random(id).sample(others, WRONG)  # noqa: S311 - an order, not a secret
            wrong = [(text, f"That is what {title} calls this: {_lower(one.name)}.") for one, text in taken]
            stem = f"On AWS it is *{concept.aws}*. What is it called at {title}?"
            yield _one(id, section, stem, concept.what, name, wrong, "a-name-says-it-all")


def prices(some: Course, sheet: PriceSheet) -> Iterator[Question]:
    """What an hourly price comes to in a month."""
    section = _shows(some, "costs")
    for price in sheet.price if section else ():
        if price.unit in {"hour", "node-hour", "address-hour", "cluster-hour"}:
            yield _month(price, section, sheet.hours_per_month)


def _month(price: Price, section: str, hours: int) -> Number:
    each = f"price('{price.id}')"
    month = (price.us_east_1.usd * hours).quantize(CENT)
    belief = _belief("an-hour-is-nothing")
    day, year = f"A month has {hours} hours, not 24.", f"{365 * 24:,} hours are a year; a month has {hours}."
    return Number(
        id=f"made.price.{price.id}",
        kind="number",
        section=section,
        stem=f"{price.item}: {dollars(price.us_east_1.usd)} an hour in us-east-1. What is that a month, day and night?",
        why=f"{dollars(price.us_east_1.usd)} × {hours} hours = {dollars(month)}.",
        unit="USD a month",
        answer=f"{hours} * {each}",
        tolerance="2.5%",
        wrong=(
            WrongNumber(value=f"24 * {each}", misconception=belief, feedback=day),
            WrongNumber(value=f"365 * 24 * {each}", misconception=belief, feedback=year),
        ),
    )


def words(some: Course) -> Iterator[Question]:
    """Which word a definition is of; wrong ones are words near it."""
    sections = {leaf.key for leaf in (*some.sections, *some.deep_dives)}
    by_id = {term.id: term for term in some.glossary}
    for term in some.glossary:
        section = term.section.partition("#")[0]
        if section not in sections or _names_itself(term):
            continue
        near = [by_id[id] for id in term.see if id in by_id]
        rest = [one for one in some.glossary if one.section.partition("#")[0] == section and one not in (term, *near)]
        id = f"made.word.{term.id}"
        chance = Random(id)  # noqa: S311 - an order, not a secret
        chance.shuffle(rest)
        wrong = [*near, *rest][:WRONG]
        if len(wrong) == WRONG:
            told = [(one.name, one.definition) for one in wrong]
            stem = f"Which word is meant? “{term.definition}”"
            yield _one(id, section, stem, f"{term.name}: {term.definition}", term.name, told, "words-near-each-other")


def _one(id: str, section: str, stem: str, why: str, right: str, wrong: Sequence[tuple[str, str]], belief: str) -> One:
    options = [Option(id="a", text=right, right=True)]
    options += [
        Option(id=letter, text=text, misconception=_belief(belief), idea=IDEAS[belief], feedback=feedback)
        for letter, (text, feedback) in zip(LETTERS[1:], wrong, strict=False)
    ]
    return One(id=id, section=section, stem=stem, why=why, option=tuple(options))


# the beliefs behind made questions, in words for a course whose misconceptions.toml does not have them
IDEAS = {
    "a-name-says-it-all": "A service does what its name sounds like",
    "words-near-each-other": "Two words that stand near each other mean the same",
    "an-hour-is-nothing": "A few cents an hour are nothing",
}


def _belief(id: str) -> str:
    return id if id in misconceptions() else ""


def _shows(some: Course, tool: str) -> str:
    """The section that a tool belongs to, else the first that opens it, "" where none does."""
    named = next((one.section for one in some.info.tool if one.name == tool), "")
    if named in some.leaves:
        return named
    for leaf in some.sections:
        if any(block.argument == tool for block in leaf.blocks("try")):
            return leaf.key
    return ""


def _plain(name: str) -> bool:
    """One name and no more: no alternatives, no remark in brackets."""
    return bool(name) and not set(name) & set(";()/")


def _alike(one: str, other: str) -> bool:
    return one == other or one in other or other in one


def _names_itself(term: Term) -> bool:
    """Whether a definition gives its own word away."""
    known = [term.name, term.short, *term.forms]
    return any(word and word.casefold() in term.definition.casefold() for word in known)


def _lower(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
