"""Large answers as JSON text, put together in worker processes.

A ledger of thousands of rows takes Python a second or more to read, correct and write out. In the server's
own process nobody else would be answered meanwhile.
"""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from corpus.document import Problem
from corpus.store.filters import TaskQuery
from corpus.store.store import Store
from service.background.work import kept_store
from service.background.workers import WorkerPool
from service.editing.confirm import ledger_of
from service.editing.sight import Sight, sight_of
from service.intake.extraction import error_of, read_by_own_units
from service.intake.sources import upload_name
from service.place import Place
from service.prepared.overview import Everything, everything_of
from service.prepared.row_bodies import RowBodies, row_texts
from service.shown import shown

ANSWER_LIMIT = 60.0
"""Seconds that putting a large answer together may take."""
MOST_SIGHTS = 12
"""Documents whose first sight is kept: those that people go to and fro between."""
FEW_ROWS = 200
"""Rows that the asking process puts together itself: handing them over would take longer."""


class Bodies:
    """Gives large answers of a library as JSON. All methods may be called from any thread.

    Args:
        place: where the library lies.
        store: its records.
        readers: the processes that read files. Ledgers come from a process of their own, so that nobody who
            asks for one waits for a file that takes long.
    """

    def __init__(self, place: Place, store: Store, readers: WorkerPool) -> None:
        self._place = place
        self._store = store
        self._readers = readers
        self._writers = WorkerPool(1, last=False)
        self._rows = RowBodies(store, self._row_texts)
        self._sights: OrderedDict[str, tuple[object, Future[Sight]]] = OrderedDict()
        self._sighting = threading.Lock()

    def close(self) -> None:
        """End the process that puts ledgers together."""
        self._writers.close()

    def show(self, document: str, version: int | None = None) -> bytes:
        """Return a document with its text, ledger and progress.

        Raises:
            NotFoundError: when there is no such document or version.
        """
        return self._writers.run(show_json, self._place, document, version, time_limit=ANSWER_LIMIT).result()

    def sight(self, document: str) -> Sight:
        """Return what the page of a document first shows, made anew only after a change.

        Raises:
            NotFoundError: when there is no such document.
        """
        sight, ours = self._known_sight(document)
        if ours:  # others who ask for this document meanwhile wait, those who ask for another do not
            try:
                sight.set_result(self._made_sight(document))
            except Exception as error:
                with self._sighting:
                    self._sights.pop(document, None)
                sight.set_exception(error)
        return sight.result()

    def _known_sight(self, document: str) -> tuple[Future[Sight], bool]:
        """Return the sight of a document as it stands now, and whether the caller is the one to make it."""
        stamp = document_stamp(self._store, document)
        with self._sighting:
            known = self._sights.get(document)
            ours = known is None or known[0] != stamp
            if known is None or ours:
                known = self._sights[document] = (stamp, Future())
            self._sights.move_to_end(document)
            if len(self._sights) > MOST_SIGHTS:
                self._sights.popitem(last=False)
            return known[1], ours

    def _made_sight(self, document: str) -> Sight:
        if self._store.tasks(TaskQuery(document=document, limit=1)).total <= FEW_ROWS:
            return sight_of(*ledger_of(self._store, document))
        return self._writers.run(kept_sight, self._place, document, time_limit=ANSWER_LIMIT).result()

    def tasks(self, query: TaskQuery) -> bytes:
        """Return a stretch of the ledger with the number of all rows."""
        return self._rows.page(query)

    def _row_texts(self, names: Sequence[str]) -> dict[str, bytes]:
        if len(names) <= FEW_ROWS:
            return row_texts(self._store, names)
        return self._writers.run(kept_texts, self._place, names, time_limit=ANSWER_LIMIT).result()

    def made(self, make: Callable[..., bytes], *arguments: Any) -> bytes:
        """Return what `make(store, *arguments)` makes of the ledger, in another process for long ledgers."""
        if self._store.tasks(TaskQuery(limit=1)).total <= FEW_ROWS:
            return make(self._store, *arguments)
        job = self._writers.run(kept_made, self._place, make, arguments, time_limit=ANSWER_LIMIT)
        return job.result()

    def everything(self) -> Everything:
        """Return the lines and the counts of all tasks."""
        if self._store.tasks(TaskQuery(limit=1)).total <= FEW_ROWS:
            return everything_of(self._store)
        return self._writers.run(kept_everything, self._place, time_limit=ANSWER_LIMIT).result()

    def extract(self, name: str, data: bytes) -> bytes:
        """Read a file without storing it, and return its extract line.

        Raises:
            UnreadableError: when it cannot be read.
            SecretError: when it is marked 秘密, 机密 or 绝密.
        """
        read = partial(extract_json, self._place.units_file)
        outcome = self._readers.submit_to(read, data, upload_name(name)).result()
        if isinstance(outcome, Problem):
            raise error_of(outcome)
        return outcome


def extract_json(units: Path | None, data: bytes, source: str) -> bytes | Problem:
    """Read a file with the names of units that a table adds, and return its extract line, or its problem."""
    outcome = read_by_own_units(units, data, source)
    return outcome if isinstance(outcome, Problem) else to_bytes(outcome.record())


def kept_texts(place: Place, names: Sequence[str]) -> dict[str, bytes]:
    """Return rows of the ledger as JSON text by their ids."""
    with _without_collection():
        return row_texts(kept_store(place), names)


def kept_made(place: Place, make: Callable[..., bytes], arguments: tuple[Any, ...]) -> bytes:
    """Return what `make` makes of the ledger of a library."""
    with _without_collection():
        return make(kept_store(place), *arguments)


def kept_everything(place: Place) -> Everything:
    """Return the lines and the counts of all tasks."""
    with _without_collection():
        return everything_of(kept_store(place))


def kept_sight(place: Place, document: str) -> Sight:
    """Return what the page of a document first shows."""
    with _without_collection():
        return sight_of(*ledger_of(kept_store(place), document))


def document_stamp(store: Store, document: str) -> tuple[int, int, int]:
    """Return what differs after every change of a document's text, of its rows, or of the other documents.

    Raises:
        NotFoundError: when there is no such document.
    """
    return store.document_row(document).version, store.last_change(), store.last_edit(document)


def show_json(place: Place, name: str, version: int | None) -> bytes:
    """Return a document with its text, ledger and progress; the tasks of an earlier version are read anew.

    Raises:
        NotFoundError: when there is no such document or version.
    """
    with _without_collection():
        found = shown(kept_store(place), name, version)
        return to_bytes({**found.record(), "current": found.current})


@contextmanager
def _without_collection() -> Iterator[None]:
    """Put garbage collection off: it would go through a hundred thousand values again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def to_bytes(value: Any) -> bytes:
    """Return a value as JSON in UTF-8."""
    return orjson.dumps(value)
