"""Questions as GIFT, for Moodle and whatever else reads it. Every kind has a form there; not everything of it fits."""

import html
import re
from collections.abc import Iterable
from decimal import Decimal

from lecture.quizzes import formula, marking
from lecture.quizzes.asked import Asked, price
from lecture.quizzes.gift_text import NOTHING, Choice, Item, Kind, Pair, Text, share, write
from lecture.quizzes.kinds import Claim, Find, Match, Number, One, Order, Several, Typed
from lecture.quizzes.outgoing import SEED, Block, Leaving, as_markdown, hint, number, plain, said

CODE = re.compile(r"(`+)(.+?)\1", re.S)
LEFT_OUT = (
    "How sure somebody is: there is no certainty in GIFT, and so no points for it.",
    f"Other numbers of a question that varies: each stands here with the numbers of seed {SEED}.",
    "“All of them, and no other”: each right option brings its share, and a wrong one takes everything away again.",
    "What is said of a single wrong pair of a match, and of two steps that were turned round. A match shows the reason "
    "alone, and its right side is bare text.",
    "Steps to be put in order become a match with their places; a wrong line to be found becomes a choice of lines.",
    "Forms of a word that differ by hyphens, blanks or an article count as wrong, unless they are written out.",
    "A scenario is told again before each of its questions.",
)


def export(questions: Iterable[Leaving], title: str, categories: dict[str, str]) -> str:
    """The questions as GIFT; `categories` gives each section the category that Moodle files it under."""
    items = [item(one, categories.get(one.question.section, "")) for one in questions]
    head = "\n".join([title, "Texts are Markdown. What this format leaves out:", *(f"- {one}" for one in LEFT_OUT)])
    return write(items, head)


def item(one: Leaving, category: str = "") -> Item:
    """A question as an item of GIFT."""
    kind, choices, pairs = _answers(one)
    stem = as_markdown([*one.blocks, *([Block(hint(one.question))] if hint(one.question) else [])])
    section = one.question.section
    return Item(
        kind=kind,
        stem=Text(stem, "markdown"),
        choices=choices,
        pairs=pairs,
        general=_words(one.asked.why, kind),
        title=one.id,
        id=one.id,
        tags=tuple(dict.fromkeys([section.partition("/")[0], section, one.asked.kind])),
        category=category,
    )


def _answers(one: Leaving) -> tuple[Kind, tuple[Choice, ...], tuple[Pair, ...]]:
    match one.question:
        case One() | Claim() | Find() | Several():
            return "choice", _options(one), ()
        case Match() as question:
            pairs = [_pair(pair.left, pair.right) for pair in question.pair]
            return "match", (), (*pairs, *(_pair("", extra) for extra in question.extra))
        case Order() as question:
            places = {step.id: str(at) for at, step in enumerate(question.item, 1)}
            return "match", (), tuple(_pair(step.text, places[step.id]) for step in one.asked.choices)
        case Number() as question:
            return "number", _numbers(one.asked, question), ()
        case Typed() as question:
            return "short", _forms(one.asked, question), ()


def _options(one: Leaving) -> tuple[Choice, ...]:
    several = isinstance(one.question, Several)
    part = share(sum(choice.right for choice in one.choices))
    found = []
    for choice in one.choices:
        weight = (part if choice.right else NOTHING) if several else ""
        feedback = _words(choice.said, "choice") if choice.said else None
        found.append(Choice(_words(choice.text, "choice"), choice.right and not several, weight, feedback))
    return tuple(found)


def _pair(left: str, right: str) -> Pair:
    return Pair(_words(left, "match"), plain(right))


def _numbers(asked: Asked, question: Number) -> tuple[Choice, ...]:
    answer = marking.result(asked, question)
    found = [Choice(Text(near(answer, marking.margin(asked, question, answer))), True)]
    for slip in question.wrong:
        value = formula.evaluate(slip.value, asked.names, price)
        text = Text(near(value, marking.about(value)))
        found.append(Choice(text, True, "0", _words(said(slip, asked), "number")))
    return tuple(found)


def near(value: Decimal, margin: Decimal) -> str:
    """A number and how far off is the same, such as 29.2:0.3."""
    return f"{number(value)}:{number(margin)}"


def _forms(asked: Asked, question: Typed) -> tuple[Choice, ...]:
    right = [Choice(_words(form, "short"), True) for form in question.accepts]
    wrong = [
        Choice(_words(form, "short"), True, "0", _words(said(slip, asked), "short"))
        for slip in question.wrong
        for form in slip.text
    ]
    return (*right, *wrong)


def _words(text: str, kind: Kind) -> Text:
    """Words whose beginning is not taken for a weight or a format, with no arrow where Moodle looks for one."""
    words = _bare(text) if kind in ("match", "short") else text
    return Text(words, "markdown" if words.startswith(("%", "[")) else "")


def _bare(text: str) -> str:
    """Markdown without ->, which parts the two sides of a match; it looks the same."""
    if "->" not in text:
        return text
    kept: list[str] = []
    at = 0
    for found in CODE.finditer(text):
        code = f"<code>{html.escape(found[2])}</code>" if "->" in found[2] and "\n" not in found[2] else found[0]
        kept += [text[at : found.start()].replace("->", "-&gt;"), code]
        at = found.end()
    return "".join([*kept, text[at:].replace("->", "-&gt;")])
