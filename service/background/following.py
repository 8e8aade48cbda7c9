"""Keeps the search index in step with the store while a server runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from index.models.resting import Resting
from service.background.attendant import Attendant
from service.background.work import follow
from service.background.workers import WorkerPool
from service.place import Place

if TYPE_CHECKING:
    from index.search import SearchIndex

logger = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks at the store; what another process adds is found within two."""
RETRY = 60.0
"""Seconds after which vectors that could not follow are tried again."""
TIME_LIMIT = 6 * 3600.0
"""Seconds that following may take: a library of a million passages is indexed anew in less."""


class Follower(Attendant):
    """A thread that lets a worker catch up whenever the store has changes that cannot be found yet.

    `index` gives the index; it is asked in the thread, so that opening a large one delays nobody.
    """

    def __init__(self, index: Callable[[], SearchIndex], pool: WorkerPool, place: Place) -> None:
        super().__init__("follower")
        self._index = index
        self._pool = pool
        self._place = place
        self._renewal: Future[str] | None = None
        self._failed = Resting(RETRY)
        self.fault = ""
        """Why the vectors could not follow, in words for the user; "" when they could."""

    def catch_up(self) -> None:
        """Let a worker catch up, and wait for it."""
        self._pool.run(follow, self._place, False, time_limit=TIME_LIMIT).result()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._step()
            except Exception as error:  # a full disk must not end the server: what is indexed can be searched
                if not self._ended.is_set():
                    logger.warning("the index could not follow the store, trying again: %r", error)
            self._ended.wait(EVERY)

    def _step(self) -> None:
        self._index().prepare()
        if self._index().behind:
            self.catch_up()
        elif self._renewal is not None:
            self._look_after(self._renewal)
        elif self._index().due and self._index().wanted not in self._failed:
            # Encodes anew where another encoder is wanted. Nothing waits for it.
            self._renewal = self._pool.run(follow, self._place, True, time_limit=TIME_LIMIT)

    def _look_after(self, renewal: Future[str]) -> None:
        """See whether what was begun has ended, and remember how."""
        if not renewal.done():
            return
        self._renewal = None
        wanted = self._index().wanted
        self._failed.add(wanted)  # taken back below: whatever it raises, it is not tried again at once
        self.fault = renewal.result()
        if not self.fault:
            self._failed.discard(wanted)
