"""Asking, adding and removing, the same for the product and for another program."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from corpus.passages import cut_passages
from corpus.store.filters import Filters
from corpus.store.rows import PassageRow
from corpus.store.store import Store
from evaluation.peers.data import part_of
from evaluation.peers.installed import PEERS
from evaluation.peers.program import Asked, Peer
from evaluation.speed.made_up import Sentences, one_made_up
from index.search import SearchIndex
from index.tokens import words

if TYPE_CHECKING:
    from index.encoders.base import Encoder

LIMIT = 10
"""Passages of one answer."""
OWN_WORD = "新增"
"""Begins a word that only the passages of one added document have."""
FIRST_NEW = 2**40
"""Number of the first passage that is added; no library has so many."""


class Answers(Protocol):
    """A search program that holds a library."""

    def ask(self, query: str, filters: Filters) -> Sequence[int]:
        """Return the ids of at most `LIMIT` passages."""

    def add_and_remove(self, sentences: Sentences, number: int) -> tuple[float, float]:
        """Return the seconds until a new document is found, and until it is gone.

        Raises:
            NotImplementedError: when the program can only be built anew.
        """


class TheirAnswers:
    """Another program."""

    def __init__(self, program: str, folder: Path, encoder: Encoder) -> None:
        self._encoder = encoder
        self._peer: Peer = PEERS[program][1](folder, encoder.dimensions)

    def ask(self, query: str, filters: Filters) -> Sequence[int]:
        """Return what it finds; to cut and to encode the question counts, as it does for ours."""
        question = Asked(" ".join(words(query)), self._encoder.encode_query(query), filters.region or "")
        return self._peer.search(question, LIMIT)

    def add_and_remove(self, sentences: Sentences, number: int) -> tuple[float, float]:
        """Return the seconds until a new document's passages are found, and until none is any more."""
        rows = _new_passages(sentences, number)
        begin = perf_counter()
        part = part_of(rows, self._encoder)
        own = f"{OWN_WORD}{number}"
        part = replace(part, words=[f"{words} {own}" for words in part.words])
        question = Asked(own, part.vectors[0])
        self._peer.add(part)
        assert set(part.ids) & set(self._peer.search(question, LIMIT)), "what was added is found"
        come = perf_counter() - begin
        begin = perf_counter()
        self._peer.remove(part.ids)
        assert not set(part.ids) & set(self._peer.search(question, LIMIT)), "what was removed is not found"
        return come, perf_counter() - begin


class OursAnswers:
    """The product, with the index alone in the process; it stores before it indexes."""

    def __init__(self, folder: Path) -> None:
        self._store = Store.open(folder)
        self._index = SearchIndex.open(folder / "index", self._store)
        current = not self._index.behind and self._index.in_use == self._index.wanted
        assert current, "the index is of this version; else delete the folder and its .json to build it anew"

    def ask(self, query: str, filters: Filters) -> Sequence[int]:
        """Return the hits, each with its text."""
        found = self._index.search(query, filters, LIMIT, facets=False, highlights=False)
        return [hit.passage.id for hit in found.hits]

    def add_and_remove(self, sentences: Sentences, number: int) -> tuple[float, float]:
        """Return the seconds until a new document is found, and until it is gone."""
        new = one_made_up(sentences, 10**6 + self._store.last_change(), random.Random(f"new-{number}"))
        begin = perf_counter()
        (one,) = self._store.add_many([new])
        self._index.catch_up(renew=False)
        assert self.ask("通知", Filters(document=one.document_id)), "what was added is found"
        come = perf_counter() - begin
        begin = perf_counter()
        self._store.remove(one.document_id)
        self._index.catch_up(renew=False)
        assert not self.ask("通知", Filters(document=one.document_id)), "what was removed is not found"
        return come, perf_counter() - begin


def _new_passages(sentences: Sentences, number: int) -> list[PassageRow]:
    """Return the passages of a document that no library holds."""
    new = one_made_up(sentences, 10**6 + number, random.Random(f"new-{number}"))
    document, header = new.document, new.document.header
    first = FIRST_NEW + 1000 * number
    return [
        PassageRow(
            first + place,
            f"d{first}",
            1,
            header.title,
            new.source,
            header.date,
            header.region,
            header.doc_type,
            document.text[passage.span.start : passage.span.end],
            passage.section,
            passage.span,
            None,
            None,
            None,
        )
        for place, passage in enumerate(cut_passages(document))
    ]
