"""What a query asks for: its words, those that documents use in their place, and hints at documents."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.query.hints import Hint, HintKind, hints_in
from index.query.written_forms import as_documents_write
from index.tokens import bigrams, query_bigrams, words
from index.wording.stand_ins import Origin, Phrasebook, StandIn, product_phrasebook

QUESTION_LENGTH = 100
"""Code points up to which a query counts as a question. A pasted paragraph is worded as documents are, and
the places it names are its own, not where to look."""
EVERYDAY_WEIGHT = 0.5
"""What a word of documents counts that stands for an everyday word of the query."""
PLACE_WEIGHT = 0.5
"""Share of their weight that the words of a place keep where being of that place is worth something already:
who asks for a matter in a place would else get whatever there is of the place, if the matter is not."""
MINED_WEIGHT = 0.3
"""The same where only the texts of the library tell so. It is shared among the words of a long name."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as weighted terms."""

    text: str
    """As documents write it, see `index.query.written_forms`."""
    words: Mapping[str, float]
    bigrams: Mapping[str, float]
    written: frozenset[str]
    """The words that the user wrote."""
    asked: frozenset[str]
    """The words that the user wrote, and those that stand for them."""
    hints: tuple[Hint, ...] = ()
    """What it says of the documents it wants: such documents come first."""
    lone: str = ""
    """The only character of the query, "" where there are more: also found inside longer words."""
    question: bool = True
    """False for a pasted paragraph."""
    stand_ins: tuple[StandIn, ...] = ()
    """What is looked for besides, with less weight."""

    def anywhere(self) -> Query:
        """Return the same query without a liking for the documents it speaks of."""
        return replace(self, hints=())

    def keys(self, kind: HintKind) -> tuple[str | int, ...]:
        """Return what the index keeps for the hints of one kind, each once; () where the query has none."""
        return tuple(dict.fromkeys(key for hint in self.hints if hint.kind is kind for key in hint.keys))

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to look for."""
        return not self.words and not self.bigrams


def plain_query(text: str) -> Query:
    """Return the words of `text` and nothing that stands for them; `empty` when there is none to look for."""
    own = _weights(words(text))
    lone = next(iter(own)) if len(own) == 1 and not bigrams(text) else ""
    return Query(
        text,
        own,
        _weights(query_bigrams(text)),
        frozenset(own),
        frozenset(own),
        lone=lone if len(lone) == 1 else "",
    )


def parse_query(
    text: str,
    plain_words: Collection[str] = (),
    today: date | None = None,
    phrasebook: Phrasebook | None = None,
) -> Query:
    """Return what `text` asks for: its words; in a question also those of documents, and hints.

    Args:
        text: the query.
        plain_words: words that are no hints and have nothing stand for them, but are words to look for.
        today: what 去年 is counted from; None for the present day.
        phrasebook: what stands for everyday words and short names; None for what comes with the product.
    """
    text = as_documents_write(text)
    plain_words = frozenset(map(as_documents_write, plain_words))
    plain = plain_query(text)
    if len(text.strip()) > QUESTION_LENGTH:
        return replace(plain, question=False)
    own, pairs = dict(plain.words), dict(plain.bigrams)
    stand_ins = (phrasebook or product_phrasebook()).stand_ins(text, plain_words)
    for item in stand_ins:
        for official in item.official:
            _add(own, words(official), _weight(item, official))
            _add(pairs, query_bigrams(official), _weight(item, official))
    hints = hints_in(text, today or date.today(), plain_words)
    return replace(
        plain,
        words=_less_of_places(own, hints, words),
        bigrams=_less_of_places(pairs, hints, bigrams),
        asked=frozenset(own),
        hints=hints,
        stand_ins=stand_ins,
    )


def _less_of_places(
    weights: Mapping[str, float], hints: Sequence[Hint], terms: Callable[[str], list[str]]
) -> dict[str, float]:
    """Return the weights with `PLACE_WEIGHT` for the terms of places that the query names."""
    named = {term for hint in hints if hint.kind is HintKind.REGION for term in terms(hint.words)}
    return {term: weight * (PLACE_WEIGHT if term in named else 1) for term, weight in weights.items()}


def _weight(item: StandIn, official: str) -> float:
    """Return what each word of `official` counts: a long name no more than the short one it explains."""
    if item.origin is not Origin.LIBRARY:
        return EVERYDAY_WEIGHT
    return MINED_WEIGHT * min(1.0, len(item.words) / len(official))


def _weights(terms: list[str]) -> dict[str, float]:
    """Return the terms with their weight: one said ten times counts three times, not ten."""
    return {term: 1 + math.log(count) for term, count in Counter(terms).items()}


def _add(weights: dict[str, float], terms: Iterable[str], weight: float) -> None:
    for term in terms:
        weights.setdefault(term, weight)
