"""Follows the store: brings both indexes up to its last change, and makes vectors anew where it has to.

Only the holder of the lock writes. The lock is the operating system's and dies with its process, so a crash
leaves nothing to clear away: the next catch-up goes on from the last commit.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator

from filelock import FileLock, Timeout

from corpus.errors import BusyError
from corpus.store.rows import Change
from corpus.store.store import Store
from index.encoders.base import Encoder, passage_words
from index.files import DamagedIndexError
from index.lexical import LexicalIndex
from index.reading import Reading, Semantic

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the stage in the user's words, how many changes are done, and how many there are."""
PATIENCE = 30.0
"""Seconds to wait for another process that keeps the lock."""
BUSY = "另一个程序正在更新检索索引，请稍后再试。"
COMMIT_EVERY = 2_000
"""Changes between two commits of a long catch-up: what a crash can cost."""
BATCH = 512
"""Passages that are encoded together."""
SAVE_EVERY = 20_000
"""Passages between two saves of the vectors in a long catch-up."""


class CatchUp:
    """Keeps the indexes of one library in step with its store."""

    def __init__(self, reading: Reading, store: Store, encoder: Encoder) -> None:
        self._reading = reading
        self._store = store
        self._wanted = encoder
        self._renewing: threading.Thread | None = None

    def run(self, progress: Progress, wait: float, renew: bool, background: bool) -> bool:
        """Bring the indexes up to the store's last change; tells False when another process kept the lock.

        The words come first, so that everything can be found before the vectors follow.
        """
        try:
            with self._lock("lock", wait):
                self._follow_words(progress)
                self._follow_vectors(progress)
        except Timeout:
            return False
        if renew and (due := self._due()):
            self._start(due, progress, background)
        return True

    def start_over(self) -> None:
        """Make the words anew from the store, because a search found them damaged.

        Raises:
            BusyError: when another process keeps the lock.
        """
        try:
            with self._lock("lock", PATIENCE):
                self._reading.replace_lexical(LexicalIndex.create(self._reading.layout.lexical))
                self._follow_words(silent)
        except Timeout as error:
            raise BusyError(BUSY) from error

    def close(self) -> None:
        """Wait for a renewal that runs in the background."""
        if self._renewing is not None:
            self._renewing.join()

    def _lock(self, name: str, wait: float) -> FileLock:
        folder = self._reading.layout.folder
        folder.mkdir(parents=True, exist_ok=True)
        return FileLock(folder / name, timeout=wait)

    def _follow_words(self, progress: Progress) -> None:
        """Bring the words up to date."""
        index, last = self._lexical(), self._store.last_change()
        if index.last_change < last:
            seen = index.last_change
            with index.writer() as writer:
                for change in self._reported(seen, last, "建立词语索引", progress):
                    writer.apply(change)
                    if change.number - seen >= COMMIT_EVERY:
                        seen = change.number
                        writer.commit(seen)
                    last = max(last, change.number)
                writer.commit(last)
            index.refresh()
        self._reading.replace_lexical(index)

    def _lexical(self) -> LexicalIndex:
        """Return the index on disk; a new one where it cannot be used or is ahead of the store."""
        folder = self._reading.layout.lexical
        try:
            index = LexicalIndex.open(folder)
        except DamagedIndexError:
            return LexicalIndex.create(folder)
        return index if index.last_change <= self._store.last_change() else LexicalIndex.create(folder)

    def _follow_vectors(self, progress: Progress) -> None:
        semantic = self._semantic()
        last = self._store.last_change()
        if semantic.vectors.last_change < last or not self._reading.layout.vectors.exists():
            self._reading.save_semantic(self._fill(semantic, last, progress, save=True))

    def _semantic(self) -> Semantic:
        """Return the vectors on disk, also those of the encoder before; empty ones where none can be used."""
        semantic = self._reading.semantic()
        if semantic is not None and semantic.vectors.last_change <= self._store.last_change():
            return semantic
        self._reading.forget_semantic()
        return Semantic.empty(self._wanted)

    def _fill(self, semantic: Semantic, last: int, progress: Progress, save: bool) -> Semantic:
        """Bring vectors up to change `last` and whatever came since, saving now and then if asked to.

        Returns the vectors: others where they became so many on the way that they were sorted into cells.
        """
        unsaved = 0
        changes = self._reported(semantic.vectors.last_change, last, "建立语义索引", progress)
        for batch in _batches(changes):
            unsaved += _apply(semantic, batch)
            if unsaved >= SAVE_EVERY:
                # In so long a catch-up nobody waits for a single document.
                semantic = _sorted(semantic) if semantic.vectors.crowded else semantic
                unsaved = 0
                if save:
                    self._reading.save_semantic(semantic)
        semantic.vectors.last_change = max(last, semantic.vectors.last_change)
        return semantic

    def _reported(self, after: int, last: int, stage: str, progress: Progress) -> Iterator[Change]:
        """Yield the changes after `after`, telling how far they have come."""
        for change in self._store.changes_after(after):
            yield change
            progress(stage, change.number - after, max(last, change.number) - after)

    def _due(self) -> Callable[[], Semantic] | None:
        """Return what makes the vectors that are to take the place of those in use, None where none are due.

        That is when another encoder is wanted, or there are too many for the way in which they are kept.
        """
        semantic = self._reading.semantic()
        if semantic is None or (self._renewing is not None and self._renewing.is_alive()):
            return None
        if semantic.encoder.name != self._wanted.name:
            return lambda: Semantic.empty(self._wanted)
        return (lambda: _sorted(semantic)) if semantic.vectors.crowded else None

    def _start(self, begin: Callable[[], Semantic], progress: Progress, background: bool) -> None:
        if not background:
            self._renew(begin, progress)
            return
        self._renewing = threading.Thread(target=self._renew, args=(begin, silent), daemon=True)
        self._renewing.start()

    def _renew(self, begin: Callable[[], Semantic], progress: Progress) -> None:
        """Put the vectors that `begin` starts with in place of those in use, which serve until then.

        Additions are not held up: the lock is taken only for the last step.
        """
        try:
            with self._lock("renewal.lock", 0):
                semantic = self._fill(begin(), self._store.last_change(), progress, save=False)
                with self._lock("lock", -1):
                    semantic = self._fill(semantic, self._store.last_change(), silent, save=False)
                    self._reading.save_semantic(semantic)
        except Timeout:
            log.info("another process makes the vectors anew already")


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


def _batches(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Yield consecutive changes together, about `BATCH` passages at a time."""
    batch: list[Change] = []
    size = 0
    for change in changes:
        batch.append(change)
        size += len(change.added)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _apply(semantic: Semantic, batch: list[Change]) -> int:
    """Put the passages of `batch` that it does not itself remove into the vectors; return how many."""
    removed = [id for change in batch for id in change.removed]
    gone = set(removed)
    rows = [row for change in batch for row in change.added if row.id not in gone]
    vectors = semantic.encoder.encode([passage_words(row) for row in rows])
    semantic.vectors.apply(removed, [row.id for row in rows], vectors, batch[-1].number)
    return len(rows)


def _sorted(semantic: Semantic) -> Semantic:
    """Return the same vectors, sorted into cells learnt from them."""
    return Semantic(semantic.encoder, semantic.vectors.sorted_anew())
