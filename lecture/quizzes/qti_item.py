"""One question as an item of QTI 2.1: what is declared, what is shown, how it is marked, and what is said."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from xml.etree.ElementTree import Element

from lecture.quizzes import formula, marking
from lecture.quizzes.asked import price
from lecture.quizzes.kinds import Find, Match, Number, Order, Several, Typed
from lecture.quizzes.outgoing import Leaving, as_html, hint, inline, number, said
from lecture.quizzes.xhtml import put, put_blocks

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
ABOUT = {"xmlns": NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": SCHEMA}
WHY = "WHY"  # the feedback that everybody gets


@dataclass
class Parts:
    """What a kind of question brings to its item."""

    cardinality: str
    type: str
    correct: list[str]
    interaction: Element
    right: Element  # an expression
    rules: list[Element] = field(default_factory=list)  # what puts identifiers into FEEDBACK
    otherwise: list[Element] = field(default_factory=list)  # the first of them that holds, where it is not right
    said: list[tuple[str, str]] = field(default_factory=list)  # identifiers of FEEDBACK and their Markdown
    mapping: dict[str, int] = field(default_factory=dict)  # of words: what each is worth


def item(one: Leaving) -> Element:
    """The item of a question."""
    parts = _parts(one)
    body = el("itemBody")
    put_blocks(as_html(one.blocks), body)
    body.append(parts.interaction)
    scored = el("responseIf", parts.right, _set("SCORE", _value("float", "1")))
    marked = el("responseCondition", scored, *parts.otherwise)
    modal = [_modal(identifier, text) for identifier, text in [*parts.said, (WHY, one.asked.why)]]
    attributes = {**ABOUT, "identifier": one.id, "title": one.id, "adaptive": "false", "timeDependent": "false"}
    processing = el("responseProcessing", marked, *parts.rules, _told(WHY))
    return el("assessmentItem", _declared(parts), *_outcomes(), body, processing, *modal, **attributes)


def el(tag: str, *children: Element, text: str | None = None, **attributes: str) -> Element:
    """An element with its children, or with words."""
    made = Element(tag, attributes)
    made.extend(children)
    made.text = text
    return made


def _declared(parts: Parts) -> Element:
    correct = el("correctResponse", *(el("value", text=value) for value in parts.correct))
    found = el(
        "responseDeclaration", correct, identifier="RESPONSE", cardinality=parts.cardinality, baseType=parts.type
    )
    if parts.mapping:
        entries = [
            el("mapEntry", mapKey=words, mappedValue=str(worth), caseSensitive="false")
            for words, worth in parts.mapping.items()
        ]
        found.append(el("mapping", *entries, lowerBound="0", upperBound="1", defaultValue="0"))
    return found


def _outcomes() -> tuple[Element, Element]:
    zero = el("defaultValue", el("value", text="0"))
    score = {"identifier": "SCORE", "cardinality": "single", "baseType": "float", "normalMaximum": "1"}
    feedback = {"identifier": "FEEDBACK", "cardinality": "multiple", "baseType": "identifier"}
    return el("outcomeDeclaration", zero, **score), el("outcomeDeclaration", **feedback)


def _modal(identifier: str, text: str) -> Element:
    found = el("modalFeedback", outcomeIdentifier="FEEDBACK", identifier=identifier, showHide="show")
    put(f"<p>{inline(text)}</p>", found)
    return found


# ---- kinds --------------------------------------------------------------------------------------


def _parts(one: Leaving) -> Parts:
    match one.question:
        case Match() as question:
            return _match(one, question)
        case Order() as question:
            return _order(one, question)
        case Number() as question:
            return _number(one, question)
        case Typed() as question:
            return _typed(one, question)
    return _choice(one)


def _choice(one: Leaving) -> Parts:
    several = isinstance(one.question, Several)
    shuffle = "false" if isinstance(one.question, Find) else "true"
    interaction = el("choiceInteraction", *_prompt(one), shuffle=shuffle, maxChoices="0" if several else "1")
    interaction.set("responseIdentifier", "RESPONSE")
    interaction.extend(_shown("simpleChoice", choice.id, choice.text) for choice in one.choices)
    chosen = _set("FEEDBACK", el("multiple", _variable("RESPONSE")))
    told = [(choice.id, choice.said) for choice in one.choices if choice.said]
    right = [choice.id for choice in one.choices if choice.right]
    return Parts("multiple" if several else "single", "identifier", right, interaction, _correct(), [chosen], said=told)


def _match(one: Leaving, question: Match) -> Parts:
    lefts = el("simpleMatchSet", *(_shown("simpleAssociableChoice", f"L-{c.id}", c.text, "1") for c in one.asked.lefts))
    rights = el(
        "simpleMatchSet", *(_shown("simpleAssociableChoice", f"R-{c.id}", c.text, "0") for c in one.asked.choices)
    )
    interaction = el("matchInteraction", *_prompt(one), lefts, rights, responseIdentifier="RESPONSE", shuffle="true")
    interaction.set("maxAssociations", str(len(question.pair)))
    numbers = {right: at for at, right in enumerate(question.rights)}
    pairs = {pair.id: f"L-{pair.id} R-{numbers[pair.right]}" for pair in question.pair}
    rules = [_add(_missing(value), f"L-{id}") for id, value in pairs.items()]
    told = [(f"L-{pair.id}", f"{pair.left}: {said(pair, one.asked)}") for pair in question.pair]
    return Parts("multiple", "directedPair", list(pairs.values()), interaction, _correct(), rules, said=told)


def _missing(pair: str) -> Element:
    """Whether a pair is not in the answer."""
    return el("not", el("member", _value("directedPair", pair), _variable("RESPONSE")))


def _order(one: Leaving, question: Order) -> Parts:
    interaction = el("orderInteraction", *_prompt(one), responseIdentifier="RESPONSE", shuffle="false")
    interaction.extend(_shown("simpleChoice", step.id, step.text) for step in one.asked.choices)
    places = list(combinations(range(1, len(question.item) + 1), 2))
    rules, told = [], []
    for at, pair in enumerate(question.turned, 1):
        turned = [el("and", _at(first, pair.later), _at(second, pair.sooner)) for first, second in places]
        rules.append(_add(el("or", *turned), f"T-{at}"))
        told.append((f"T-{at}", said(pair, one.asked)))
    right = [step.id for step in question.item]
    return Parts("ordered", "identifier", right, interaction, _correct(), rules, said=told)


def _at(place: int, step: str) -> Element:
    """Whether a step has a place in the answer."""
    return el("match", el("index", _variable("RESPONSE"), n=str(place)), _value("identifier", step))


def _number(one: Leaving, question: Number) -> Parts:
    answer = marking.result(one.asked, question)
    right = _near(number(answer), number(marking.margin(one.asked, question, answer)))
    otherwise, told = [], []
    for at, slip in enumerate(question.wrong, 1):
        value = formula.evaluate(slip.value, one.asked.names, price)
        near = _near(number(value), number(marking.about(value)))
        otherwise.append(el("responseElseIf", near, _told(f"N-{at}")))
        told.append((f"N-{at}", said(slip, one.asked)))
    return Parts("single", "float", [number(answer)], _entry(one, 15), right, otherwise=otherwise, said=told)


def _near(value: str, margin: str) -> Element:
    """Whether the answer is a number, give or take."""
    if margin == "0":
        return el("equal", _variable("RESPONSE"), _value("float", value), toleranceMode="exact")
    return el("equal", _variable("RESPONSE"), _value("float", value), toleranceMode="absolute", tolerance=margin)


def _typed(one: Leaving, question: Typed) -> Parts:
    rules = [
        _add(el("or", *(_says(form) for form in slip.text)), f"W-{at}") for at, slip in enumerate(question.wrong, 1)
    ]
    told = [(f"W-{at}", said(slip, one.asked)) for at, slip in enumerate(question.wrong, 1)]
    worth = {form: 0 for slip in question.wrong for form in slip.text} | dict.fromkeys(question.accepts, 1)
    right = el("or", *(_says(form) for form in question.accepts))  # not every reader maps without regard to case
    return Parts("single", "string", [question.accepts[0]], _entry(one, 30), right, rules, said=told, mapping=worth)


def _says(words: str) -> Element:
    return el("stringMatch", _variable("RESPONSE"), _value("string", words), caseSensitive="false")


# ---- pieces -------------------------------------------------------------------------------------


def _prompt(one: Leaving) -> Iterator[Element]:
    if hint(one.question):
        yield el("prompt", text=hint(one.question))


def _shown(tag: str, identifier: str, text: str, most: str = "") -> Element:
    found = el(tag, identifier=identifier, **({"matchMax": most} if most else {}))
    put(inline(text), found)
    return found


def _entry(one: Leaving, length: int) -> Element:
    """A field to type into; it stands in a paragraph."""
    entry = el("textEntryInteraction", responseIdentifier="RESPONSE", expectedLength=str(length))
    return el("p", entry, text=f"{hint(one.question) or 'Your answer, in a word or two:'} ")


def _correct() -> Element:
    return el("match", _variable("RESPONSE"), el("correct", identifier="RESPONSE"))


def _variable(identifier: str) -> Element:
    return el("variable", identifier=identifier)


def _value(type: str, text: str) -> Element:
    return el("baseValue", text=text, baseType=type)


def _set(identifier: str, value: Element) -> Element:
    return el("setOutcomeValue", value, identifier=identifier)


def _condition(expression: Element, *then: Element) -> Element:
    return el("responseCondition", el("responseIf", expression, *then))


def _add(expression: Element, identifier: str) -> Element:
    """Where it holds, an identifier is put into FEEDBACK."""
    return _condition(expression, _told(identifier))


def _told(identifier: str) -> Element:
    return _set("FEEDBACK", el("multiple", _variable("FEEDBACK"), _value("identifier", identifier)))
