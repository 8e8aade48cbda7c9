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
from index.encoders.base import Encoder
from index.files import DamagedIndexError
from index.helpers import vectors_after, words_after
from index.lexical import LexicalIndex
from index.mined import Miner
from index.prepared import Encoded, Words, batches, encoded, words_of
from index.reading import Reading, Semantic

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the stage in the user's words, how many changes are done, and how many there are."""
Told = Callable[[int], None]
"""Called with the number of the last change that was taken in."""
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
        """Bring the words up to date, and the names that texts explain."""
        index, last = self._lexical(), self._store.last_change()
        if index.last_change < last:
            seen = index.last_change
            with index.writer() as writer:
                for words in self._words(seen, _told("建立词语索引", seen, last, progress)):
                    writer.take(words)
                    if words.number - seen >= COMMIT_EVERY:
                        seen = words.number
                        writer.commit(seen)
                    last = max(last, words.number)
                writer.commit(last)
            index.refresh()
        self._reading.replace_lexical(index)
        self._follow_names()

    def _follow_names(self) -> None:
        """Bring the names that texts explain up to date; next to the words that takes no time."""
        last = self._store.last_change()
        with Miner.opened(self._reading.layout.mined, last) as miner:
            seen = miner.last_change
            if seen == last:
                return
            for change in self._store.changes_after(seen):
                miner.apply(change)
                if change.number - miner.last_change >= COMMIT_EVERY:
                    miner.commit(change.number)
                last = max(last, change.number)
            miner.commit(last)

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
        told = _told("建立语义索引", semantic.vectors.last_change, last, progress)
        for some in self._encoded(semantic, BATCH, told):
            semantic.vectors.apply(some.removed, some.ids, some.vectors, some.number)
            unsaved += len(some.ids)
            if unsaved >= SAVE_EVERY:
                # In so long a catch-up nobody waits for a single document.
                semantic = _sorted(semantic) if semantic.vectors.crowded else semantic
                unsaved = 0
                if save:
                    self._reading.save_semantic(semantic)
        semantic.vectors.last_change = max(last, semantic.vectors.last_change)
        return semantic

    def _words(self, seen: int, told: Told) -> Iterator[Words]:
        """Yield what the words take of each change after `seen`, prepared by helpers where there are many."""
        for words in words_after(self._store, seen):
            yield words
            seen = words.number
            told(seen)
        for change in self._store.changes_after(seen):
            yield words_of(change)
            told(change.number)

    def _encoded(self, semantic: Semantic, size: int, told: Told) -> Iterator[Encoded]:
        """Yield what the vectors take of the changes that they have not seen, in the same way.

        `size` is how many passages are encoded together; helpers settle that for themselves.
        """
        seen = semantic.vectors.last_change
        for some in vectors_after(self._store, seen, semantic.encoder):
            yield some
            seen = some.number
            told(seen)
        changes = _each_told(self._store.changes_after(seen), told)
        for batch in batches(changes, size):
            yield encoded(batch, semantic.encoder)

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


def _told(stage: str, after: int, last: int, progress: Progress) -> Told:
    """Return what tells how far a stage has come that follows the changes after one, up to `last` or more."""
    return lambda number: progress(stage, number - after, max(last, number) - after)


def _each_told(changes: Iterable[Change], told: Told) -> Iterator[Change]:
    for change in changes:
        yield change
        told(change.number)


def _sorted(semantic: Semantic) -> Semantic:
    """Return the same vectors, sorted into cells learnt from them."""
    return Semantic(semantic.encoder, semantic.vectors.sorted_anew())
