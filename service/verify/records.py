"""The records that a text speaks of, ready to be asked about its facts.

They are the documents' sentences, the rows of the ledger, and the sentences in which the ledger counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from corpus.registry.regions import regions_in
from service.verify.alike import Alike
from service.verify.counts import Counts
from service.verify.facts import FactKind, bare, names
from service.verify.placed import Counterparts, Placed, same_unit
from service.verify.polarity import Polarity
from service.verify.row_evidence import LedgerRow, RowEvidence, SourceText

_SENTENCE = re.compile(r"[^。！？；;!?\n\t]+")
_ASIDE = re.compile(r"《[^》]*》|[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")
"""Titles and brackets, which do not tell which sentence is repeated."""
_ROW_LEAST = 0.6
"""Share of a sentence's pairs that a row must hold to be the one spoken of; drafts shorten rows."""

_ROW_NEAR = 0.02


class Records:
    """All that may bear out a text; read once, however many paragraphs are held against it."""

    def __init__(
        self,
        documents: Sequence[SourceText],
        rows: Sequence[LedgerRow],
        counts: Iterable[str],
    ) -> None:
        """Take the documents, the rows of their ledgers, and sentences that count rows."""
        self._rows = [RowEvidence(row) for row in rows]
        own = [SourceText(text) for text in (*counts, *self._further(documents))]
        self._titles = [bare(document.title) for document in documents]
        self._sources = [*documents, *own]
        self.regions = frozenset(source.region for source in documents if source.region)
        self.counts = Counts([row.record for row in rows])

    def holds_title(self, words: str) -> bool:
        """Tell whether words name one of the documents by its title."""
        return any(title and title in bare(words) for title in self._titles)

    def _further(self, documents: Sequence[SourceText]) -> Iterator[str]:
        """Yield what rows say beyond their documents: corrections, notes, further columns."""
        known = {bare(document.text) for document in documents}
        for row in self._rows:
            for words in row.strings:
                if not any(bare(words) in text for text in known):
                    yield words

    @cached_property
    def folded(self) -> str:
        """All sources as one comparison key."""
        return "\n".join(bare(source.text) for source in self._sources)

    @cached_property
    def polarity(self) -> Polarity:
        """The clauses of all sources, to be asked for their opposites."""
        return Polarity(source.text for source in self._sources)

    @cached_property
    def _facts(self) -> tuple[Placed, ...]:
        return tuple(placed for source in self._sources for placed in source.facts)

    @cached_property
    def counterparts(self) -> Counterparts:
        """The facts of all sources by the words around them."""
        return Counterparts(self._facts)

    @cached_property
    def _sentences(self) -> list[SourceText]:
        return [
            SourceText(found[0], source.context, source.region)
            for source in self._sources
            for found in _SENTENCE.finditer(source.text)
        ]

    @cached_property
    def _alike_sentences(self) -> Alike:
        return Alike([_ASIDE.sub("", sentence.text) for sentence in self._sentences])

    @cached_property
    def _alike_rows(self) -> Alike:
        return Alike([row.task for row in self._rows])

    def sentences_like(self, sentence: str) -> list[SourceText]:
        """Return the sentences that a sentence repeats, [] where it repeats none."""
        return [self._sentences[number] for number in self._alike_sentences.find(_ASIDE.sub("", sentence))]

    @cached_property
    def _row_names(self) -> Alike:
        return Alike([row.name for row in self._rows])

    def rows_like(self, sentences: Iterable[str], naming: str = "") -> list[RowEvidence]:
        """Return the rows that some sentences repeat or that one names, each once, [] for none."""
        numbers = {
            number for each in sentences for number in self._alike_rows.find(each, _ROW_LEAST, _ROW_NEAR)
        }
        numbers |= set(self._row_names.named(naming))
        return [self._rows[number] for number in sorted(numbers)]

    @cached_property
    def _by_name(self) -> dict[str, list[RowEvidence]]:
        called: dict[str, list[RowEvidence]] = defaultdict(list)
        for row in self._rows:
            called[bare(row.name)].append(row)
        return called

    def rows_called(self, sentence: str) -> list[RowEvidence]:
        """Return the rows whose name a sentence is, letter for letter, [] for none."""
        return self._by_name.get(bare(sentence), [])

    def states(self, placed: Placed) -> bool:
        """Tell whether the fact stands anywhere in the sources."""
        if placed.fact.kind is FactKind.QUOTATION:
            return bare(placed.fact.raw) in self.folded
        if placed.fact.kind is FactKind.UNIT:
            return self.names_unit(placed.fact.raw)
        return any(placed.agrees(other) for other in self._facts if other.fact.kind is placed.fact.kind)

    def names_unit(self, name: str) -> bool:
        """Tell whether some source names the unit, by this name or another one of it."""
        if not self._has_places_of(name):
            return False
        return names(self.folded, name) or any(
            same_unit(name, unit, region) for unit in self._unit_names for region in (self.regions or {None})
        )

    def _has_places_of(self, name: str) -> bool:
        """Tell whether the places within a name are those of the sources: 安康市 is not 汉中市."""
        return all(bare(mention.span.of(name)) in self.folded for mention in regions_in(name))

    @cached_property
    def _unit_names(self) -> frozenset[str]:
        return frozenset(placed.fact.raw for placed in self._facts if placed.fact.kind is FactKind.UNIT)
