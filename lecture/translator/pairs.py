"""The file beside what it becomes: its lines in chunks, each with the cards that belong to them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from lecture.costs.bill import Bill
from lecture.homes import Kind
from lecture.translator.blueprint import Account, Blueprint, Card, Resource
from lecture.translator.keys import segments
from lecture.translator.specs import EcsService, Job
from lecture.translator.summary import Caller, callers, costs, size

GLOSSED = 12  # notes below a card
NOTES = 3  # sentences beside lines that are no service


@dataclass(frozen=True, slots=True)
class Gloss:
    """What became of a line, or of lines that follow each other and have the same to say."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """The right-hand side of a service: `usd` a month, None where it has no price."""

    service: str
    heading: str
    home: Kind | None
    size: str
    why: str
    usd: Decimal | None
    instead: str  # of a price, where there is none
    callers: tuple[Caller, ...]
    job: bool = False
    gone: bool = False  # nothing stands for it on AWS
    gloss: tuple[Gloss, ...] = ()
    unsaid: int = 0  # notes that are not shown


@dataclass(frozen=True, slots=True)
class Pair:
    """Lines of the file, from `first`, and what stands beside them."""

    first: int
    lines: tuple[str, ...]
    sides: tuple[Side, ...] = ()
    notes: tuple[str, ...] = ()
    more: int = 0  # notes that are not shown

    @property
    def last(self) -> int:
        """The number of its last line."""
        return self.first + len(self.lines) - 1

    @property
    def numbered(self) -> list[tuple[int, str]]:
        """Each line with its number."""
        return list(enumerate(self.lines, self.first))


@dataclass(frozen=True, slots=True)
class Sides:
    """Looks up what belongs to a service; made once for a file, so that a thousand services stay quick."""

    resources: dict[str, Resource]
    callers: dict[str, tuple[Caller, ...]]
    costs: dict[str, Decimal]
    accounts: dict[str, list[Account]]

    @classmethod
    def of(cls, blueprint: Blueprint, bill: Bill) -> "Sides":
        """All that is needed of a blueprint and its bill."""
        return cls(
            {resource.id: resource for resource in blueprint.resources},
            callers(blueprint),
            costs(bill),
            _by_service(blueprint),
        )

    def side(self, card: Card) -> Side:
        """What one service becomes."""
        chief = self.resources[card.becomes[0]] if card.becomes else None
        known = [self.costs[id] for id in card.becomes if id in self.costs]
        said = gloss(self.accounts.get(card.service, []), card.why)
        return Side(
            service=card.service,
            heading=chief.name if chief else "Nothing of its own",
            home=card.home,
            size=size(chief) if chief else "",
            why=card.why,
            usd=sum(known, Decimal()) if known else None,
            instead=_instead(chief) if chief and not known else "",
            callers=self.callers.get(card.service, ()),
            job=chief is not None and isinstance(chief.spec, Job),
            gone=chief is None,
            gloss=tuple(said[:GLOSSED]),
            unsaid=max(0, len(said) - GLOSSED),
        )


def pairs(blueprint: Blueprint, bill: Bill) -> list[Pair]:
    """The whole file from top to bottom: one pair for each service, and for what stands between them."""
    lines = blueprint.masked() or tuple(blueprint.file.source.splitlines())
    sides = Sides.of(blueprint, bill)
    made: list[Pair] = []
    at = 1
    for first, last, cards in _blocks(blueprint.cards, lines):
        made += _between(blueprint, lines, at, first - 1)
        made.append(Pair(first, lines[first - 1 : last], tuple(sides.side(card) for card in cards)))
        at = last + 1
    return [*made, *_between(blueprint, lines, at, len(lines))]


def _instead(resource: Resource) -> str:
    """What stands in place of a price."""
    if isinstance(resource.spec, Job):
        return "paid by the minute that it runs"
    if isinstance(resource.spec, EcsService):
        return "paid with its machine"
    return "no price on our sheet"


def gloss(accounts: list[Account], why: str = "") -> list[Gloss]:
    """What became of the lines of a service, in their order, without what the card says anyway.

    The same words about several lines stand once.
    """
    found: list[Gloss] = []
    for account in sorted(accounts, key=lambda one: one.line):
        text = account.message.replace(why, "").strip() if why else account.message
        if found and found[-1].text == text:
            found[-1] = replace(found[-1], last=account.line)
        elif text:
            found.append(Gloss(account.line, account.line, text))
    return found


def _by_service(blueprint: Blueprint) -> dict[str, list[Account]]:
    found: dict[str, list[Account]] = {}
    for account in blueprint.accounts:
        top, *rest = segments(account.path)
        if top == "services" and rest:
            found.setdefault(rest[0], []).append(account)
    return found


def _blocks(cards: tuple[Card, ...], lines: tuple[str, ...]) -> Iterator[tuple[int, int, list[Card]]]:
    """First line, last line and cards of each service; those that share a line share a block."""
    known = sorted((card for card in cards if 1 <= card.line <= len(lines)), key=lambda card: card.line)
    end = 0
    while known:
        block = [known.pop(0)]
        first, last = block[0].line, _last(block[0], lines)
        while known and known[0].line <= last:
            block.append(known.pop(0))
            last = max(last, _last(block[-1], lines))
        first = max(_comments(lines, first), end + 1)
        end = _blank(lines, last, known[0].line if known else len(lines) + 1)
        yield first, end, block


def _last(card: Card, lines: tuple[str, ...]) -> int:
    return min(max(card.line, card.last_line), len(lines))


def _comments(lines: tuple[str, ...], first: int) -> int:
    """Where the comments begin that stand right above a line."""
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    return first


def _blank(lines: tuple[str, ...], last: int, before: int) -> int:
    """The last of the empty lines that follow a line."""
    while last + 1 < before and last < len(lines) and not lines[last].strip():
        last += 1
    return last


def _between(blueprint: Blueprint, lines: tuple[str, ...], first: int, last: int) -> Iterator[Pair]:
    """Lines that are no service, one pair for each top-level key."""
    at = first
    for number in range(first, last + 1):
        text = lines[number - 1]
        begins = bool(text) and not text[0].isspace() and text[0] not in "#-}]"
        if begins and any(_says(line) for line in lines[at - 1 : number - 1]):
            above = max(at + 1, _comments(lines, number))
            yield _noted(blueprint, lines, at, above - 1)
            at = above
    if at <= last:
        yield _noted(blueprint, lines, at, last)


def _says(line: str) -> bool:
    """Whether a line is more than a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _noted(blueprint: Blueprint, lines: tuple[str, ...], first: int, last: int) -> Pair:
    said = dict.fromkeys(account.message for account in blueprint.accounts if first <= account.line <= last)
    notes = tuple(said)
    return Pair(first, lines[first - 1 : last], (), notes[:NOTES], max(0, len(notes) - NOTES))
