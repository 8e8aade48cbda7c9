"""Puts together when a server starts what the first to open a page would else wait for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from corpus.store.filters import TaskQuery
from service.background.attendant import Attendant

if TYPE_CHECKING:
    from service.library import Library

logger = logging.getLogger(__name__)

LONG = 1_000
"""Tasks of a library, or of a document, that are worth it: fewer are put together while a page is made."""
NEWEST = 100
"""Documents that are looked at: people open what came in last."""
MOST_DOCUMENTS = 3
"""Long documents that are put together; each takes a worker a second or two."""


class Warming(Attendant):
    """A thread that asks once for the list of all tasks and for the newest long documents, one at a time.

    Worker processes do the work. A page that is opened meanwhile waits for what is already under way.
    """

    def __init__(self, library: Library) -> None:
        super().__init__("warming")
        self._library = library

    def _run(self) -> None:
        try:
            for make in self._steps():
                if self._ended.is_set():
                    return
                make()
        except Exception as error:  # the server runs on: who opens the page lets it be put together again
            if not self._ended.is_set():
                logger.warning("pages could not be put together ahead: %r", error)

    def _steps(self) -> Iterator[Callable[[], object]]:
        library = self._library
        if library.tasks(TaskQuery(limit=1)).total < LONG:
            return
        yield library.overview.get
        for document in self._long_documents():
            yield partial(library.bodies.sight, document)

    def _long_documents(self) -> Iterator[str]:
        begin = max(0, self._library.count_documents() - NEWEST)
        newest = reversed(self._library.documents(offset=begin, limit=NEWEST))
        found = [row.id for row in newest if row.tasks >= LONG]
        yield from found[:MOST_DOCUMENTS]
