"""What a search gives back: hits with their place and highlights, and counts for narrowing further."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corpus.records import JsonObject, plain
from corpus.spans import Span
from corpus.store.rows import PassageRow
from index.query.hints import Hint
from index.query.parsing import Query
from index.tokens import fold, fold_with_places
from index.wording.stand_ins import StandIn


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document that carries the same passage."""

    document_id: str
    title: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a search."""

    passage: PassageRow
    score: float
    """0 to 1, comparable within one search only."""
    coverage: float
    """0 to 1: the share of the query's words, rare ones counting more, that passage, headings or title have;
    comparable between searches."""
    ranks: dict[str, int]
    """1-indexed place among what "words" and "vectors" found; a list that did not find it is absent."""
    highlights: tuple[Span, ...] = ()
    """What the query's words match, as spans into the passage's text, in order, without overlap."""
    copies: tuple[Copy, ...] = ()
    """Documents that carry the same passage, folded into this hit."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of one search, best first."""

    hits: tuple[Hit, ...] = ()
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many of the documents found have each "region", "year", "doc_type", "issuer" and "unit"; most
    frequent first."""
    understood: tuple[Hint, ...] = ()
    """What the query says of the documents it wants, as it was understood."""
    stand_ins: tuple[StandIn, ...] = ()
    """What was looked for besides, in place of words of the query."""
    notices: tuple[str, ...] = ()
    """What the user should know of how it was searched: a model of the office's that did not answer."""


def hit_record(hit: Hit) -> JsonObject:
    """Return the hit under its public keys."""
    passage = hit.passage
    return {
        "document": {
            "id": passage.document_id,
            "title": passage.title,
            "source": passage.source,
            "date": plain(passage.date),
            "region": passage.region,
            "doc_type": passage.doc_type,
        },
        "text": passage.text,
        "section": list(passage.section),
        "span": plain(passage.span),
        "page": passage.page,
        "score": round(hit.score, 6),
        "coverage": round(hit.coverage, 6),
        "ranks": hit.ranks,
        "highlights": plain(hit.highlights),
        "task_id": passage.task_id,
        "copies": [
            {"id": copy.document_id, "title": copy.title, "source": copy.source} for copy in hit.copies
        ],
    }


def highlights(query: Query, text: str) -> tuple[Span, ...]:
    """Return where words of `query`, or words that stand for them, are in `text`, touching ones joined.

    Single characters count only where no longer word is found, and the query's character pairs only where no
    word is.
    """
    folded, places = fold_with_places(text)
    longer = [word for word in query.asked if len(word) > 1]
    for wanted in (longer, query.asked, query.bigrams):
        if found := _places_of(wanted, folded):
            return _joined([Span(places[start], places[end - 1] + 1) for start, end in found])
    return ()


def coverage(rarity: Mapping[str, float], passage: PassageRow) -> float:
    """Return the share of the query's words, each by its rarity, that passage, headings or title have."""
    total = sum(rarity.values())
    if not total:
        return 0.0
    held = fold("\n".join((passage.title or "", *passage.section, passage.text)))
    return sum(weight for word, weight in rarity.items() if word in held) / total


def _places_of(wanted: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Return where the words stand, the longest at each place."""
    longest_first = sorted(wanted, key=len, reverse=True)
    if not longest_first:
        return []
    return [match.span() for match in re.finditer("|".join(map(re.escape, longest_first)), text)]


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that overlap or touch made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
