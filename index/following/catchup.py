"""Follows the store: brings both indexes up to its last change, and makes vectors anew where it has to.

Only the holder of a lock writes; one is for the words, one for the vectors. Locks are the operating system's
and die with their process, so a crash leaves nothing to clear away: the next catch-up goes on from the last
commit.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TypeVar

from filelock import FileLock, Timeout

from corpus.errors import BusyError, UserError
from corpus.store.rows import Change
from corpus.store.store import Store
from index.files import DamagedIndexError
from index.following.helpers import names_after, vectors_after, words_after
from index.following.prepared import Encoded, batches, encoded
from index.following.refusals import refusals_told
from index.following.renewal import Renewal, UnwantedError
from index.lexical.lexical_index import LexicalIndex
from index.lexical.writing import Words, words_of
from index.models.loading import Models
from index.reading import Reading
from index.vectors.semantic import Semantic
from index.wording.mined import Miner
from index.wording.said import Names, names_of

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the stage in the user's words, how many changes are done, and how many there are."""
Told = Callable[[int], None]
"""Called with the number of the last change that was taken in."""
Reached = Callable[[Semantic, int], None]
"""Called after each batch with the vectors and how many passages it added."""
Renew = Callable[[Progress], None]
Step = TypeVar("Step", Words, Names)
"""What is taken of one change."""
PATIENCE = 30.0
"""Seconds to wait for another process that keeps the lock."""
BUSY = "另一个程序正在更新检索索引，请稍后再试。"
COMMIT_EVERY = 2_000
"""Changes between two commits of a long catch-up: what a crash can cost."""
VECTORS_PATIENCE = 5.0
"""Seconds to wait for another process that follows with the vectors: words find what is new meanwhile."""
BATCH = 512
"""Passages that are encoded together."""
RENEWAL_BATCH = 64
"""The same where all are encoded anew: large models take their time, and progress is to be seen."""
SAVE_EVERY = 20_000
"""Passages between two saves of the vectors in a long catch-up."""


class CatchUp:
    """Keeps the indexes of one library in step with its store."""

    def __init__(self, reading: Reading, store: Store, models: Models) -> None:
        self._reading = reading
        self._store = store
        self._models = models
        self._renewing: threading.Thread | None = None
        self.fault = ""
        """Why the vectors could not follow, in words for the user; "" when they could."""

    def run(self, progress: Progress, wait: float, renew: bool, background: bool) -> bool:
        """Bring the indexes up to the store's last change; tells False when another process kept the lock.

        The words come first, so that everything can be found before the vectors follow. Where an encoder
        fails, or their file cannot be written, the vectors stay behind and `fault` says why.

        Raises:
            UserError: when the words cannot be written: a full disk, a folder without permission.
        """
        try:
            with self._refusals_told(), self._lock("lock", wait):
                self._follow_words(progress)
        except Timeout:
            return False
        self.fault = ""
        try:
            with self._refusals_told():
                self._follow_vectors(progress, wait)
            if renew and (due := self._due()):
                self._start(due, progress, background)
        except UserError as error:
            self._fail(error)
        return True

    def start_over(self) -> None:
        """Make the words anew from the store, because a search found them damaged.

        Raises:
            BusyError: when another process keeps the lock.
            UserError: when the words cannot be written.
        """
        try:
            with self._refusals_told(), self._lock("lock", PATIENCE):
                self._reading.replace_lexical(LexicalIndex.create(self._reading.layout.lexical))
                self._follow_words(silent)
        except Timeout as error:
            raise BusyError(BUSY) from error

    def close(self) -> None:
        """Wait for a renewal that runs in the background."""
        if self._renewing is not None:
            self._renewing.join()

    def _refusals_told(self) -> AbstractContextManager[None]:
        return refusals_told(self._reading.layout.folder)

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
                told = _told("建立词语索引", seen, last, progress)
                for words in self._prepared(words_after, words_of, seen, told):
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
        """Bring the names that texts explain up to date."""
        last = self._store.last_change()
        with Miner.opened(self._reading.layout.mined, last) as miner:
            seen = miner.last_change
            if seen == last:
                return
            for names in self._prepared(names_after, names_of, seen, _untold):
                miner.take(names)
                if names.number - miner.last_change >= COMMIT_EVERY:
                    miner.commit(names.number)
                last = max(last, names.number)
            miner.commit(last)

    def _lexical(self) -> LexicalIndex:
        """Return the index on disk; a new one where it cannot be used or is ahead of the store."""
        folder = self._reading.layout.lexical
        try:
            index = LexicalIndex.open(folder)
        except DamagedIndexError:
            return LexicalIndex.create(folder)
        return index if index.last_change <= self._store.last_change() else LexicalIndex.create(folder)

    def _follow_vectors(self, progress: Progress, wait: float) -> None:
        """Bring the vectors up to date, unless another process is at it.

        They have a lock of their own: with a large model they take hours, and words cannot wait.
        """
        try:
            with self._lock("vectors.lock", min(wait, VECTORS_PATIENCE)):
                semantic = self._semantic()
                last = self._store.last_change()
                if semantic.vectors.last_change < last or not self._reading.layout.vectors.exists():
                    self._fill(semantic, last, progress, self._saving())
                    self._reading.save_semantic(semantic)
        except Timeout:
            log.info("another process follows with the vectors already")

    def _semantic(self) -> Semantic:
        """Return the vectors on disk, also those of the encoder before; empty ones where none can be used.

        Raises:
            UserError: when the encoder that is wanted cannot be loaded.
        """
        semantic = self._reading.semantic()
        if semantic is not None and semantic.vectors.last_change <= self._store.last_change():
            return semantic
        empty = Semantic.empty(self._models.wanted_encoder())
        self._reading.forget_semantic()
        return empty

    def _fill(
        self, semantic: Semantic, last: int, progress: Progress, reached: Reached, size: int = BATCH
    ) -> None:
        """Bring vectors up to change `last` and whatever came since, telling `reached` after each batch.

        Where they become very many on the way they are sorted into cells.
        """
        unsorted = 0
        told = _told("建立语义索引", semantic.vectors.last_change, last, progress)
        for some in self._encoded(semantic, size, told):
            semantic.vectors.apply(some.removed, some.ids, semantic.fitting(some.vectors), some.number)
            unsorted += len(some.ids)
            if unsorted >= SAVE_EVERY:
                # In so long a catch-up nobody waits for a single document.
                if semantic.vectors.crowded:
                    semantic.vectors.sort()
                unsorted = 0
            reached(semantic, len(some.ids))
        semantic.vectors.last_change = max(last, semantic.vectors.last_change)

    def _saving(self) -> Reached:
        """Return what saves the vectors now and then in a long catch-up."""
        unsaved = 0

        def reached(semantic: Semantic, added: int) -> None:
            nonlocal unsaved
            unsaved += added
            if unsaved >= SAVE_EVERY:
                unsaved = 0
                self._reading.save_semantic(semantic)

        return reached

    def _prepared(
        self,
        by_helpers: Callable[[Store, int], Iterator[Step]],
        of: Callable[[Change], Step],
        seen: int,
        told: Told,
    ) -> Iterator[Step]:
        """Yield what is taken of each change after `seen`, prepared by helpers where there are many."""
        for step in by_helpers(self._store, seen):
            yield step
            seen = step.number
            told(seen)
        for change in self._store.changes_after(seen):
            yield of(change)
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

    @property
    def due(self) -> bool:
        """Tell whether vectors lag behind the store, are of another encoder than is wanted, or too many."""
        vectors = self._reading.newest()
        lags = vectors is None or vectors.last_change < self._store.last_change()
        return lags or self._due() is not None

    def _due(self) -> Renew | None:
        """Return what makes the vectors that are to take the place of those in use, None where none are due.

        That is when another encoder is wanted, or there are too many for the way in which they are kept.
        """
        vectors = self._reading.newest()
        if vectors is None or (self._renewing is not None and self._renewing.is_alive()):
            return None
        if vectors.encoder != self._models.wanted:
            return self._encoded_anew
        return self._sorted_anew if vectors.crowded else None

    def _start(self, renew: Renew, progress: Progress, background: bool) -> None:
        if not background:
            self._renew(renew, progress)
            return
        self._renewing = threading.Thread(target=self._renew, args=(renew, silent), daemon=True)
        self._renewing.start()

    def _renew(self, renew: Renew, progress: Progress) -> None:
        """Put other vectors in place of those in use, which serve until then."""
        try:
            with self._refusals_told(), self._lock("renewal.lock", 0):
                renew(progress)
        except Timeout:
            log.info("another process makes the vectors anew already")
        except UserError as error:
            self._fail(error)

    def _encoded_anew(self, progress: Progress) -> None:
        """Encode all passages with the encoder that is wanted, unless it is no longer wanted on the way."""
        renewal = Renewal(self._reading.layout.folder, self._models)
        last = self._store.last_change()

        def reached(semantic: Semantic, _added: int) -> None:
            renewal.reached(semantic, last)

        semantic = renewal.begin(self._models.wanted_encoder(), last)
        try:
            reached(semantic, 0)
            self._fill(semantic, last, progress, reached, RENEWAL_BATCH)
            self._completed(semantic, reached)
        except UnwantedError:
            log.info("%s is no longer wanted", semantic.encoder.name)
        except UserError:
            renewal.put_aside()
            raise
        renewal.end()

    def _sorted_anew(self, _progress: Progress) -> None:
        """Sort the vectors in use into cells."""
        now = self._semantic()
        self._completed(Semantic(now.encoder, now.vectors.sorted_anew()), ignored)

    def _completed(self, semantic: Semantic, reached: Reached) -> None:
        """Add what came meanwhile, and go on with these vectors. Additions wait for this last step only."""
        with self._lock("vectors.lock", -1):
            last = self._store.last_change()
            self._fill(semantic, last, silent, reached, RENEWAL_BATCH)
            self._reading.save_semantic(semantic)

    def _fail(self, error: UserError) -> None:
        self.fault = str(error)
        log.warning("the vectors could not follow: %s", error)


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


def ignored(_semantic: Semantic, _added: int) -> None:
    """Do nothing about vectors that were made."""


def _told(stage: str, after: int, last: int, progress: Progress) -> Told:
    """Return what tells how far a stage has come that follows the changes after one, up to `last` or more."""
    return lambda number: progress(stage, number - after, max(last, number) - after)


def _untold(_number: int) -> None:
    """Tell nobody how far it has come."""


def _each_told(changes: Iterable[Change], told: Told) -> Iterator[Change]:
    for change in changes:
        yield change
        told(change.number)
