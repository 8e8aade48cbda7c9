"""Keeps the search index in step with the store while a server runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.search import SearchIndex

logger = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks at the store; what another process adds is found within two."""


class Follower:
    """A thread that catches up whenever the store has changes that cannot be found yet.

    `index` gives the index; it is asked in the thread, so that opening a large one delays nobody.
    """

    def __init__(self, index: Callable[[], SearchIndex]) -> None:
        self._index = index
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """End once the step that runs is done."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._step()
            except Exception:  # a full disk must not end the server: what is indexed can still be searched
                logger.exception("the index could not follow the store; trying again")
            self._ended.wait(EVERY)

    def _step(self) -> None:
        index = self._index()
        if index.behind:
            index.catch_up(wait=0.0, background=True)
