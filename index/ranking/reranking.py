"""Orders the first hits of a search anew by a reranker, if it answers in time; a search never waits longer.

What the reranker says is mixed with the order found without it: a small or foreign model is often sure of
what it does not know.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Lock

from corpus.errors import UserError
from corpus.store.rows import PassageRow
from index.hits import Hit, SearchResult
from index.models.loading import Models
from index.models.resting import REST, Resting
from index.rerankers.base import Reranker
from index.rerankers.batches import TOO_LATE

log = logging.getLogger(__name__)

FIRST = 30
"""Hits that are ordered anew."""
SECONDS = 2.0
"""After so many the order found without the reranker stands."""
SHARE = 0.5
"""What a reranker's scores count; the scores found without it count the rest. So it gains with any that is
right three times in four, and loses little with one that is not; see docs/search.md."""
RERANKER = "reranker"
"""Names a hit's place by the reranker among its ranks."""
LOADING = "重排模型正在载入，这次按原来的顺序排列。"
FAILED = "重排模型这次没有给出结果，按原来的顺序排列。"
NOT_LOADED = "重排模型不能使用，按原来的顺序排列；请管理员查看设置。"


class Reranking:
    """What a search does with the reranker that the office chose. Safe to use from threads."""

    def __init__(self, models: Models, seconds: float = SECONDS, rest: float = REST) -> None:
        self._models = models
        self._seconds = seconds
        self._failed = Resting(rest)
        self._lock = Lock()
        self._threads: tuple[int, ThreadPoolExecutor] | None = None

    @property
    def wanted(self) -> bool:
        """Tell whether there is anything to do."""
        return self._models.reranks

    def prepare(self) -> None:
        """Begin to load the reranker, where one is wanted."""
        with suppress(UserError):  # told with each search
            self._models.reranker()

    def applied(self, question: str, result: SearchResult, k: int) -> SearchResult:
        """Return the first `k` hits of `result`, the first `FIRST` ordered anew where that could be done.

        Where it could not, a notice says so.
        """
        first, rest = result.hits[:FIRST], result.hits[FIRST:]
        scores, notice = self._scores(question, [words_of(hit.passage) for hit in first])
        hits = (*reordered(first, scores), *rest) if scores else result.hits
        notices = (*result.notices, notice) if notice else result.notices
        return replace(result, hits=hits[:k], notices=notices)

    def _scores(self, question: str, passages: Sequence[str]) -> tuple[list[float], str]:
        """Return the scores, [] without any, and what is to be told."""
        try:
            reranker = self._models.reranker()
        except UserError:
            return [], NOT_LOADED
        if reranker is None:
            return [], LOADING
        if len(passages) < 2:
            return [], ""
        scores = [] if reranker.name in self._failed else self._asked(reranker, question, passages)
        return scores, "" if scores else FAILED

    def _asked(self, reranker: Reranker, question: str, passages: Sequence[str]) -> list[float]:
        """Return the scores, [] when there are none in time."""
        future = self._begun(reranker, question, passages)
        try:
            return future.result(timeout=self._seconds)
        except Exception as error:  # a model that the office brings may raise anything; the search goes on
            future.cancel()  # it may not have begun yet
            self._failed.add(reranker.name)
            log.warning("%s did not rerank: %s", reranker.name, str(error) or TOO_LATE)
            return []

    def _begun(self, reranker: Reranker, question: str, passages: Sequence[str]) -> Future[list[float]]:
        with self._lock:
            if self._threads is None or self._threads[0] != reranker.at_once:
                self._threads = reranker.at_once, ThreadPoolExecutor(reranker.at_once, "reranker")
            return self._threads[1].submit(reranker.scores, question, passages, self._seconds)


def reordered(hits: Sequence[Hit], scores: Sequence[float]) -> list[Hit]:
    """Return the hits by both scores, each scaled to 0 to 1, with their place by the reranker.

    The scores stay where they are: the first place keeps the best one.
    """
    before, now = _scaled([hit.score for hit in hits]), _scaled(scores)
    joint = [SHARE * new + (1 - SHARE) * old for new, old in zip(now, before, strict=True)]
    by_reranker = {place: rank for rank, place in enumerate(_order(scores), 1)}
    values = sorted((hit.score for hit in hits), reverse=True)
    return [
        replace(hits[place], score=value, ranks={**hits[place].ranks, RERANKER: by_reranker[place]})
        for place, value in zip(_order(joint), values, strict=True)
    ]


def words_of(row: PassageRow) -> str:
    """Return what a reranker reads of a passage: the document's title, the headings above it, its text."""
    return "\n".join(part for part in (row.title or "", " ".join(row.section), row.text) if part)


def _order(values: Sequence[float]) -> list[int]:
    """Return the places of the values, the highest first; of equal ones the first stays first."""
    return sorted(range(len(values)), key=lambda place: -values[place])


def _scaled(values: Sequence[float]) -> list[float]:
    """Return the values as shares of the way from the least to the greatest; all 0 where they are equal."""
    least, greatest = min(values, default=0.0), max(values, default=0.0)
    width = greatest - least
    return [(value - least) / width if width > 0 else 0.0 for value in values]
