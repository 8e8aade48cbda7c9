"""How well a stretch of text fits a question: which of the question's words it holds, and where."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.registry.regions import is_within
from corpus.spans import Span
from corpus.store.rows import PassageRow
from index.tokens import fold, word_tokens, words
from service.ask.question import Place, Question

NEARBY = 0.7
"""What a word counts that stands elsewhere in the passage, not in the sentence itself."""
ABOVE = 0.6
"""What a word counts that stands in the headings or the title only."""
FAR = 0.4
"""What a word counts that stands only elsewhere in the document."""
BEGINNING = 300
"""Characters at the head of a document that tell whose document it is."""
REACH = 12.0
"""Characters over which the worth of a word near an answer falls to about a third."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The words of a question with what each is worth; the worths sum to 1, unless there are no words."""

    of: Mapping[str, float]

    @classmethod
    def from_rarity(cls, rarity: Mapping[str, float], focus: str = "") -> Weights:
        """Return weights in proportion to the rarity of each word in the library, doubled for words in `focus`."""
        beside = set(words(focus))
        rarity = {word: value * (2 if word in beside else 1) for word, value in rarity.items()}
        total = sum(rarity.values())
        return cls({word: value / total for word, value in rarity.items()} if total else {})

    def sum(self, held: Iterable[str]) -> float:
        """Return what the words of `held` are worth together, each once."""
        return sum(self.of.get(word, 0.0) for word in set(held))

    def near(self, text: str, place: Span) -> float:
        """Return the worth of the words in `text`, falling with their distance from `place`."""
        nearest: dict[str, int] = {}
        for token in word_tokens(text):
            if token.term in self.of:
                distance = max(token.span.start - place.end, place.start - token.span.end, 0)
                nearest[token.term] = min(distance, nearest.get(token.term, distance))
        return sum(self.of[word] * math.exp(-distance / REACH) for word, distance in nearest.items())


@dataclass(frozen=True, slots=True)
class Context:
    """The words of the question that stand around a sentence, by how far away they are."""

    passage: frozenset[str]
    above: frozenset[str]
    """In the headings and the title."""
    document: frozenset[str]
    """Anywhere in the document."""


def context_of(weights: Weights, passage: PassageRow, text: str) -> Context:
    """Return what of the question stands in a passage, above it, and in the whole `text` of its document."""
    above = fold(" ".join((passage.title or "", *passage.section)))
    inside, whole = fold(passage.text), fold(text)
    return Context(
        *(frozenset(word for word in weights.of if word in part) for part in (inside, above, whole))
    )


def fit(weights: Weights, sentence: str, context: Context) -> float:
    """Return 0 to 1: how much of the question stands in the sentence, around it, above it, in its document."""
    own = set(words(sentence))
    total = weights.sum(own)
    seen = own
    for part, worth in ((context.passage, NEARBY), (context.above, ABOVE), (context.document, FAR)):
        total += worth * weights.sum(part - seen)
        seen = seen | part
    return total


def place_fit(passage: PassageRow, text: str, places: tuple[Place, ...]) -> float:
    """Return how surely a passage speaks of one of the places: 1 its document does, 0 nothing says so.

    `text` is that of the whole document; many name their place in the salutation or the closing only. Any
    passage suits where no place is named.
    """
    return max((_speaks_of(passage, text, place) for place in places), default=1.0)


def _speaks_of(passage: PassageRow, text: str, place: Place) -> float:
    if passage.region and is_within(passage.region, place.name):
        return 1.0
    if place.written in f"{passage.title or ''}{passage.source}" or place.written in text[:BEGINNING]:
        return 1.0
    if place.written in passage.text:
        return 0.9
    return 0.6 if place.written in text else 0.0


def year_fit(passage: PassageRow, question: Question) -> float:
    """Return how the document's years suit those of the question: 1 the same, 0 unknown, -1 others only."""
    if not question.years:
        return 0.0
    shown = fold(f"{passage.title or ''}{' '.join(passage.section)}{passage.text}")
    if any(str(year) in shown for year in question.years):
        return 1.0
    known = passage.date.year if passage.date else None
    return 0.0 if known is None else (0.5 if known in question.years else -1.0)
