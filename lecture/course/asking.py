"""What somebody who types a query means: the words that count, and what else the texts call a thing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

LONGEST = 200  # characters of a query that are looked at
WORDS = 12  # words of it
CHUNK = re.compile(r"\w+(?:[.,/-]\w+)*")  # 99.9, multi-az and ci/cd are one word each
# what a question has and an answer has not
QUESTION = """
    a about an and any are as at be been but by can could did do does for from get go goes had has have how i if in
    into is it its me mean means much my need not of on or our should so some than that the their them then there
    these they this those to use versus via vs was we were what when where which will with work works would you your
"""
EMPTY = frozenset(QUESTION.split())


@dataclass(frozen=True)
class Want:
    """One thing that is asked for: its words, what else would do, and the address that explains it, or ""."""

    words: tuple[str, ...]
    others: tuple[str, ...] = ()
    address: str = ""


class Vocabulary:
    """The names that a course knows, and what people type for something else."""

    def __init__(
        self, names: Iterable[tuple[Iterable[str], str]] = (), synonyms: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        """Take (spellings of one thing, address that explains it), and what is meant by what is typed."""
        self.known: dict[str, tuple[tuple[str, ...], str]] = {}
        for spellings, address in names:
            alike = list(dict.fromkeys(filter(None, map(plain, spellings))))
            for one in alike:
                self.known.setdefault(one, (tuple(other for other in alike if other != one), address))
        for typed, meant in (synonyms or {}).items():
            self._add(plain(typed), list(map(plain, meant)))
        self.longest = max((name.count(" ") + 1 for name in self.known), default=0)

    def _add(self, typed: str, meant: list[str]) -> None:
        """A synonym is explained where the first of its meanings is that has a place."""
        others, address = self.known.get(typed, ((), ""))
        places = [address, *(self.known[word][1] for word in meant if word in self.known)]
        others = tuple(dict.fromkeys(word for word in (*others, *meant) if word not in {"", typed}))
        self.known[typed] = (others, next(filter(None, places), ""))

    def read(self, query: str) -> list[Want]:
        """What the query asks for, without the words that say nothing, unless it has no others."""
        chunks = CHUNK.findall(query[:LONGEST].replace("\0", " "))[:WORDS]
        words = [word for chunk in chunks if (word := plain(chunk))]
        return list(self._wants([word for word in words if word not in EMPTY] or words))

    def _wants(self, words: list[str]) -> Iterator[Want]:
        """Names are as long as can be, and what is no name is a want of one word."""
        at = 0
        while at < len(words):
            lengths = range(min(self.longest, len(words) - at), 0, -1)
            length = next((n for n in lengths if " ".join(words[at : at + n]) in self.known), 1)
            wanted = words[at : at + length]
            yield Want(tuple(wanted), *self.known.get(" ".join(wanted), ()))
            at += length


def plain(text: str) -> str:
    """Words in lower case, one space between them."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
