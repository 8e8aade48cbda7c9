"""Words of documents that stand for words of a query: 押金 is 保证金, 个转企 is 个体工商户转型升级为企业.

They come from three places. What the users of a library keep themselves wins over the table of everyday
words that comes with the product; what the library's own texts explain counts less than both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from corpus.records import JsonObject
from corpus.registry.tables import read_table
from index.tokens import cut_places, fold

Words = Mapping[str, tuple[str, ...]]
"""What documents say, by the folded word of a query."""


class Origin(StrEnum):
    """Where it is told that one word stands for another."""

    OWN = "own"
    """The table of the users."""
    PRODUCT = "product"
    """The table that comes with the product."""
    LIBRARY = "library"
    """The texts of the library themselves."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Words that are looked for beside a word of the query."""

    words: str
    """The word of the query, folded."""
    official: tuple[str, ...]
    """What documents say."""
    origin: Origin

    def record(self) -> JsonObject:
        """Return it under its public keys."""
        return {"words": self.words, "value": list(self.official), "origin": self.origin.value}


@dataclass(frozen=True, slots=True)
class OwnTable:
    """What the users of a library decided."""

    words: Words = field(default_factory=dict)
    rejected: frozenset[tuple[str, str]] = frozenset()
    """Pairs, folded, of which neither stands for the other, whoever says so."""


class Phrasebook:
    """Finds what stands for the words of a query, in a time that does not grow with the number of pairs."""

    def __init__(self, own: OwnTable | None = None, mined: Words | None = None) -> None:
        self._own = own or OwnTable()
        self._curated = _Lexicon({**_product_words(), **self._own.words})
        self._mined = _Lexicon(mined or {})

    def stand_ins(self, text: str, plain: Collection[str] = ()) -> tuple[StandIn, ...]:
        """Return what stands for words of `text`, the users' and the product's words first.

        Args:
            text: the query.
            plain: words of it that are to be taken as they are.
        """
        folded = fold(text)
        as_written = {fold(words) for words in plain}
        found = [
            *(
                self._kept(words, self._origin(words), self._curated)
                for words in self._curated.within(folded)
            ),
            *(self._kept(words, Origin.LIBRARY, self._mined) for words in self._said_whole(folded)),
        ]
        return tuple(_each_once(item for item in found if item.words not in as_written))

    def _origin(self, words: str) -> Origin:
        return Origin.OWN if words in self._own.words else Origin.PRODUCT

    def _kept(self, words: str, origin: Origin, lexicon: _Lexicon) -> StandIn:
        """Return what stands for `words` without what the users rejected."""
        no = self._own.rejected
        kept = (word for word in lexicon[words] if not {(words, fold(word)), (fold(word), words)} & no)
        return StandIn(words, tuple(kept), origin)

    def _said_whole(self, folded: str) -> Iterator[str]:
        """Yield the mined names in the query, the longest at each place: 商贷 is not said in 招商贷款."""
        found = list(self._mined.places(folded))
        if not found:
            return
        edges = {edge for start, word in cut_places(folded) for edge in (start, start + len(word))}
        after = 0
        for start, words in sorted(found, key=lambda item: (item[0], -len(item[1]))):
            if start >= after and {start, start + len(words)} <= edges and words not in self._curated:
                after = start + len(words)
                yield words


def _each_once(found: Iterable[StandIn]) -> Iterator[StandIn]:
    """Yield what stands for something, the same words of documents for the longest word of the query only."""
    items = list(found)
    first: dict[str, StandIn] = {}
    for item in sorted(items, key=lambda item: -len(item.words)):
        for word in item.official:
            first.setdefault(word, item)
    for item in items:
        official = tuple(word for word in item.official if first[word] is item)
        if official:
            yield replace(item, official=official)


class _Lexicon:
    """Words found in a text by their first two characters."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._order = {word: place for place, word in enumerate(words)}
        self._by_head: dict[str, list[str]] = {}
        for word in words:
            self._by_head.setdefault(word[:2], []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def __getitem__(self, word: str) -> tuple[str, ...]:
        return self._words[word]

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where words stand in `text`, with the word."""
        for start in range(len(text)):
            for head in {text[start], text[start : start + 2]}:
                for word in self._by_head.get(head, ()):
                    if text.startswith(word, start):
                        yield start, word

    def within(self, text: str) -> list[str]:
        """Return the words that stand in `text`, each once, in the order of the table."""
        return sorted({word for _, word in self.places(text)}, key=self._order.__getitem__)


@cache
def product_phrasebook() -> Phrasebook:
    """Return what stands for words without any library."""
    return Phrasebook()


@cache
def _product_words() -> Words:
    rows = read_table("index.wording", "everyday_words.tsv")
    return {row["everyday"]: tuple(row["official"].split()) for row in rows}
