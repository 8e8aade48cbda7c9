"""Adds files to the store in batches: known ones are passed over unread, bad ones are told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Problem
from corpus.errors import UnreadableError
from corpus.records import JsonObject, plain
from corpus.store.rows import Added, AddResult, NewDocument
from corpus.store.store import Store
from service.background.workers import WorkerPool
from service.intake.extraction import Reading
from service.intake.sources import Candidate
from service.intake.stated import take_over_status, with_stated_progress

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and what is at work: a file, or a stage in words."""

BATCH_FILES = 50
BATCH_BYTES = 8 * 1024 * 1024
"""A batch is one transaction: large enough to be quick, small enough to lose little when the power fails."""


@dataclass(frozen=True, slots=True)
class AddSummary:
    """What became of the files of one call."""

    added: tuple[Added, ...]
    """Those that are now in the library, whether new, updated, or known before."""
    failed: tuple[Problem, ...]
    """One per file that could not be added."""
    problems: tuple[Problem, ...]
    """What went wrong with parts of files that were added."""

    def count(self, result: AddResult) -> int:
        """Return how many files came out as `result`."""
        return sum(item.result is result for item in self.added)

    def line(self) -> str:
        """Return the summary in words."""
        added, updated, unchanged = map(self.count, (AddResult.ADDED, AddResult.UPDATED, AddResult.UNCHANGED))
        return f"新增 {added}，更新 {updated}，未变 {unchanged}，失败 {len(self.failed)}。"

    def record(self) -> JsonObject:
        """Return the summary that `taizhang add --json` prints."""
        counts = {result.value: self.count(result) for result in AddResult}
        return {**counts, "failed": plain(self.failed), "problems": plain(self.problems)}


class Adding:
    """One call of add. `run` may be called once."""

    def __init__(self, store: Store, pool: WorkerPool, progress: Progress | None, by: str = "") -> None:
        self._store = store
        self._by = by
        self._pool = pool
        self._progress = progress
        self._total = 0
        self._done = 0
        self._reading: deque[tuple[str, Candidate, bytes]] = deque()
        self._batch: list[NewDocument] = []
        self._added: list[Added] = []
        self._failed: list[Problem] = []
        self._problems: list[Problem] = []

    def run(self, candidates: Sequence[Candidate]) -> AddSummary:
        """Add every file that can be read and is not known; what fails stands in the summary."""
        wanted = {candidate.key: candidate for candidate in candidates}
        self._total = len(wanted)
        for outcome in self._pool.map(self._unknown(wanted)):
            key, candidate, data = self._reading.popleft()
            self._take(key, candidate, data, outcome)
        self._store_batch()
        return AddSummary(tuple(self._added), tuple(self._failed), tuple(self._problems))

    def _unknown(self, wanted: Mapping[str, Candidate]) -> Iterator[tuple[bytes, str]]:
        """Yield what has to be read; runs ahead of `run`'s loop by what the pool holds."""
        held = self._store.held(list(wanted))
        for key, candidate in wanted.items():
            try:
                data = candidate.read()
            except UnreadableError as error:
                self._fail(candidate, error.problem)
                continue
            known = self._store.known(key, data) if key in held else None
            if known:
                self._added.append(known)
                self._step(candidate)
                continue
            self._reading.append((key, candidate, data))
            yield data, candidate.source

    def _take(self, key: str, candidate: Candidate, data: bytes, outcome: Reading | Problem) -> None:
        if isinstance(outcome, Problem):
            self._fail(candidate, outcome)
            return
        self._problems.extend(outcome.document.problems)
        extraction = with_stated_progress(outcome.document, outcome.extraction)
        new = NewDocument(candidate.source, data, outcome.document, extraction, key)
        self._batch.append(new)
        if len(self._batch) >= BATCH_FILES or sum(len(item.data) for item in self._batch) >= BATCH_BYTES:
            self._store_batch()
        self._step(candidate)

    def _store_batch(self) -> None:
        if self._batch:
            added = self._store.add_many(self._batch, self._by)
            for one, new in zip(added, self._batch, strict=True):
                take_over_status(self._store, one, new.extraction, self._by)
            self._added.extend(added)
            self._batch = []

    def _fail(self, candidate: Candidate, problem: Problem) -> None:
        self._failed.append(problem)
        self._step(candidate)

    def _step(self, candidate: Candidate) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total, candidate.source)
