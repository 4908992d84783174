"""Reads GIFT. What has no kind here (an essay, a bare description) is named with its line, and so is every mistake."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lecture.quizzes.gift_text import ANY, FORMATS, Choice, Item, Kind, Pair, Text

BLANK = " \t\n"
TITLE = re.compile(r"::((?:\\.|(?!::)[^\\])*)::", re.S)
BRACES = re.compile(r"(?:\\.|[^\\{}])*", re.S)  # up to the next one
GENERAL = re.compile(r"(?:\\.|(?!####)[^\\])*", re.S)
MARK = re.compile(r"(?:\\.|[^\\=~])*", re.S)
WORDS = re.compile(r"(?:\\.|[^\\#]|\\\Z)*", re.S)
WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)%")
FORMAT = re.compile(rf"\[({'|'.join(FORMATS)})\]")
ESCAPE = re.compile(r"\\([\\:#={}~n])")
AMOUNT = r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?"
NUMBER = re.compile(rf"{AMOUNT}(?:(?::|\.\.){AMOUNT})?")
TRUTH = re.compile(r"(TRUE|T|FALSE|F)[ \t\n]*(?=#|\Z)")
ID = re.compile(r"\[id:([^\]\x00-\x1f\x7f]+)\]")
TAG = re.compile(r"\[tag:([^\]\x00-\x1f\x7f]+)\]")
KEPT = ("markdown", "html")  # formats whose line breaks and blanks mean something
CATEGORY = "$CATEGORY:"


class GiftError(ValueError):
    """What cannot be read; `at` is where, in characters of the question."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


class NoKind(GiftError):  # noqa: N818 - left out, not wrong
    """What can be read and has no kind in this course."""


@dataclass(frozen=True, order=True)
class Remark:
    """What is to be said of a line: a mistake, or something that is left out."""

    line: int
    message: str
    source: str = field(default="", compare=False)  # of what is left out


@dataclass(frozen=True)
class Found:
    """What a text of GIFT holds."""

    items: tuple[Item, ...]
    mistakes: tuple[Remark, ...]
    left_out: tuple[Remark, ...]


@dataclass
class _Chunk:
    """The lines between two empty ones."""

    line: int
    text: str
    id: str = ""
    tags: tuple[str, ...] = ()


def read(text: str) -> Found:
    """Every question of a text of GIFT."""
    items, mistakes, left_out = [], [], []
    category = ""
    for chunk in _chunks(text):
        if chunk.text.lstrip(BLANK).startswith(CATEGORY):
            category = _category(chunk)
        if not chunk.text.strip(BLANK):
            continue
        try:
            items.append(_item(chunk, category))
        except NoKind as none:
            left_out.append(Remark(_line(chunk, none.at), str(none), chunk.text.strip(BLANK)))
        except GiftError as error:
            mistakes.append(Remark(_line(chunk, error.at), str(error)))
    return Found(tuple(items), tuple(mistakes), tuple(left_out))


def _chunks(text: str) -> Iterator[_Chunk]:
    """The pieces between empty lines, comments taken out of them."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip(BLANK):
            end += 1
        if end > at:
            yield _chunk(at + 1, lines[at:end])
        at = end + 1


def _chunk(line: int, lines: list[str]) -> _Chunk:
    comments = "\n".join(one for one in lines if one.lstrip(BLANK).startswith("//"))
    kept = ["" if one.lstrip(BLANK).startswith("//") else one for one in lines]
    ids = [id.strip(BLANK) for id in ID.findall(comments)]
    tags = [tag.strip(BLANK) for tag in TAG.findall(comments)]
    return _Chunk(line, "\n".join(kept), ids[-1] if ids else "", tuple(tag for tag in tags if tag))


def _category(chunk: _Chunk) -> str:
    """The category that a piece begins with; it is taken out of the piece."""
    before, _, rest = chunk.text.partition(CATEGORY)
    name, _, chunk.text = rest.partition("\n")
    chunk.line += before.count("\n") + 1
    return name.strip(BLANK)


def _line(chunk: _Chunk, at: int) -> int:
    """The line of a place in a piece, blanks before the words not counted."""
    rest = chunk.text[at:]
    return chunk.line + chunk.text.count("\n", 0, at + len(rest) - len(rest.lstrip(BLANK)))


# ---- a question ---------------------------------------------------------------------------------


def _item(chunk: _Chunk, category: str) -> Item:
    """One question; raises GiftError."""
    text = chunk.text
    at = len(text) - len(text.lstrip(BLANK))
    title = TITLE.match(text, at)
    at = title.end() if title else at
    stem, inner, end = _braces(text, at)
    words = _text(text[at:stem], "")
    if words.text.startswith("//") and not words.format:  # behind an empty title; alone it would be a comment
        words = Text(words.text, "moodle")
    kind, choices, pairs, general = _answers(text, stem + 1, inner, words.format or "moodle")
    after = _after(text, end, words.format or "moodle")
    if not words.text and after is None:
        raise GiftError(at, "the question has no words before {.")
    return Item(
        kind,
        words,
        choices,
        pairs,
        after,
        general,
        title=_collapsed(title[1]) if title else "",
        id=chunk.id,
        tags=chunk.tags,
        category=category,
        line=_line(chunk, 0),
    )


def _braces(text: str, at: int) -> tuple[int, int, int]:
    """Where the answers begin and end, and where the text goes on."""
    opening = _end(BRACES, text, at)
    if opening == len(text) or text[opening] == "\\":
        raise NoKind(at, "a text without { } asks nothing, and there is no kind for it.")
    if text[opening] == "}":
        raise GiftError(opening, "} closes nothing. A brace in a text is written \\}.")
    closing = _end(BRACES, text, opening + 1)
    if closing == len(text) or text[closing] == "\\":
        raise GiftError(opening, "{ is never closed, or an empty line stands in the question.")
    if text[closing] == "{":
        raise GiftError(closing, "{ stands in an answer. A brace in a text is written \\{.")
    return opening, closing, closing + 1


def _after(text: str, at: int, format: str) -> Text | None:
    """What follows the gap."""
    rest = text[at:].strip(BLANK)
    if not rest or rest.startswith("//"):
        return None
    if (end := _end(BRACES, text, at)) < len(text):
        raise GiftError(end, "a question has one pair of braces.")
    return _text(rest, format)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


# ---- answers ------------------------------------------------------------------------------------

Answers = tuple[Kind, tuple[Choice, ...], tuple[Pair, ...], Text | None]


def _answers(text: str, start: int, end: int, format: str) -> Answers:
    """What stands between two braces; raises GiftError."""
    cut = min(_end(GENERAL, text, start), end)
    general = _text(text[cut + 4 : end], format) if cut < end else None
    if general and not general.text:
        general = None
    begin = start + len(text[start:cut]) - len(text[start:cut].lstrip(BLANK))
    inner = text[begin:cut]
    if not inner:
        raise NoKind(start, "an essay is marked by people, and there is no kind for it.")
    if inner.startswith("#"):
        return "number", _numbers(text, begin + 1, cut, format), (), general
    if truth := TRUTH.match(inner):
        return "truth", _truth(text, begin, begin + truth.end(), cut, format), (), general
    rows = list(_rows(text, begin, cut))
    if all(mark == "=" and "->" in text[at:stop] for mark, at, stop in rows) and rows[0][0] != "":
        return "match", (), tuple(_pair(text, at, stop, format) for _, at, stop in rows), general
    kind: Kind = "choice" if any(mark == "~" for mark, _, _ in rows) else "short"
    choices = tuple(_choice(text, *row, format) for row in rows)
    _judge(kind, choices, begin)
    return kind, choices, (), general


def _rows(text: str, at: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Each answer: its sign, where its words begin, and where they end."""
    stop = min(_end(MARK, text, at), end)
    if text[at:stop].strip(BLANK):
        if stop < end:
            raise GiftError(at, "words stand before the first = or ~.")
        yield "", at, stop
    while stop < end:
        start = stop + 1
        mark, stop = text[stop], min(_end(MARK, text, start), end)
        yield mark, start, stop


def _choice(text: str, mark: str, at: int, end: int, format: str) -> Choice:
    weight, at = _weight(text, at, end)
    cut = min(_end(WORDS, text, at), end)
    words = _text(text[at:cut], format)
    if not words.text:
        raise GiftError(at, "an answer has no words.")
    return Choice(words, mark != "~", weight, _feedback(text, cut, end, format))


def _weight(text: str, at: int, end: int) -> tuple[str, int]:
    """The percent that an answer begins with, and where its words begin."""
    at += len(text[at:end]) - len(text[at:end].lstrip(BLANK))
    found = WEIGHT.match(text, at, end)
    if found and not -100 <= float(found[1]) <= 100:
        raise GiftError(at, f"%{found[1]}% is not between -100 and 100.")
    return (found[1], found.end()) if found else ("", at)


def _feedback(text: str, cut: int, end: int, format: str) -> Text | None:
    """What is said of an answer, from its # on."""
    if cut >= end:
        return None
    if (more := min(_end(WORDS, text, cut + 1), end)) < end:
        raise GiftError(more, "an answer has two #. One in a text is written \\#.")
    said = _text(text[cut + 1 : end], format)
    return said if said.text else None


def _truth(text: str, start: int, at: int, end: int, format: str) -> tuple[Choice, ...]:
    """True or false, with what is said to whoever is wrong, and then to whoever is right."""
    said: list[Text | None] = []
    while at < end:
        stop = min(_end(WORDS, text, at + 1), end)
        words = _text(text[at + 1 : stop], format)
        said.append(words if words.text else None)
        at = stop
    if len(said) > 2:
        raise GiftError(start, "true or false has two feedbacks at most: for a wrong answer, then for a right one.")
    wrong, right = [*said, None, None][:2]
    is_true = text.startswith("T", start)
    return (
        Choice(Text("T"), is_true, feedback=right if is_true else wrong),
        Choice(Text("F"), not is_true, feedback=wrong if is_true else right),
    )


def _numbers(text: str, at: int, end: int, format: str) -> tuple[Choice, ...]:
    found = []
    for mark, start, stop in _rows(text, at, end):
        weight, begin = _weight(text, start, stop)
        cut = min(_end(WORDS, text, begin), stop)
        words = "".join(text[begin:cut].split())
        if not (NUMBER.fullmatch(words) or (mark == "~" and words in ("", ANY))):
            raise GiftError(begin, f"{words or 'nothing'} is no number, such as 3, 3:0.5 or 2..4.")
        found.append(Choice(Text(words or ANY), mark != "~", weight, _feedback(text, cut, stop, format)))
    if not any(choice.right and choice.weight in ("", "100") for choice in found):
        raise GiftError(at, "there is no right number.")
    return tuple(found)


def _pair(text: str, at: int, end: int, format: str) -> Pair:
    left, _, right = text[at:end].partition("->")
    if _end(WORDS, right, 0) < len(right) or _end(WORDS, left, 0) < len(left):
        raise GiftError(at, "a pair has no feedback. A # in a text is written \\#.")
    pair = Pair(_text(left, format), _collapsed(right))
    if not pair.right:
        raise GiftError(at, "a pair has nothing on the right of ->.")
    return pair


def _judge(kind: Kind, choices: tuple[Choice, ...], at: int) -> None:
    """Whether there is something right to choose; raises GiftError."""
    full = [choice for choice in choices if choice.right and choice.weight in ("", "100")]
    if kind == "short" and not full:
        raise GiftError(at, "no answer is right in full.")
    if kind == "choice" and len(full) > 1:
        raise GiftError(at, "two answers are right by themselves. Where all are wanted, give each ~ and its percent.")
    if kind == "choice" and not full and not any(_counts(choice) for choice in choices):
        raise GiftError(at, "no answer is right.")


def _counts(choice: Choice) -> bool:
    return bool(choice.weight) and float(choice.weight) > 0


# ---- words --------------------------------------------------------------------------------------


def _text(raw: str, inherited: str) -> Text:
    """Words with their format; line breaks and blanks are kept where the format, or the inherited one, wants them."""
    raw = raw.strip(BLANK)
    found = FORMAT.match(raw)
    format = found[1] if found else ""
    raw = raw[found.end() :].strip(BLANK) if found else raw
    kept = (format or inherited or "moodle") in KEPT
    return Text(_decoded(raw) if kept else _collapsed(raw), format)


def _collapsed(raw: str) -> str:
    return _decoded(re.sub(r"[ \t\n]+", " ", raw.strip(BLANK)))


def _decoded(raw: str) -> str:
    return ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], raw)
