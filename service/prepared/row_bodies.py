"""Rows of the ledger as JSON text, kept until they change, so that a listing only has to join them.

Programs and pages ask for the same rows again and again; to read, correct and write out five thousand of them
takes a third of a second each time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import orjson

from corpus.store.filters import TaskQuery
from corpus.store.rows import ledger_record
from corpus.store.store import Store

MOST_KEPT = 10_000
"""Rows that are kept, those that were read first: about two kilobytes each."""

ReadTexts = Callable[[Sequence[str]], dict[str, bytes]]
"""Returns rows of the ledger as JSON text by their ids, without those that are gone."""
Moment = tuple[object, ...]


class RowBodies:
    """The rows of one library. May be used from several threads.

    Args:
        store: its records.
        read: what reads rows that are not kept, in another process at best where they are many.
    """

    def __init__(self, store: Store, read: ReadTexts) -> None:
        self._store = store
        self._read = read
        self._lock = threading.Lock()
        self._stamp: Moment = ()
        self._edit = 0
        self._kept: dict[str, bytes] = {}

    def page(self, query: TaskQuery) -> bytes:
        """Return a stretch of the ledger with the number of all rows."""
        names, total = self._store.task_ids(query)
        return b'{"items":[%b],"total":%d}' % (b",".join(self._texts(names)), total)

    def _texts(self, names: Sequence[str]) -> list[bytes]:
        with self._lock:
            stamp, edit = self._bring_up()
            found = {name: self._kept[name] for name in names if name in self._kept}
        if missing := [name for name in names if name not in found]:
            read = self._read(missing)
            self._keep(read, stamp, edit)
            found.update(read)
        return [found[name] for name in names if name in found]

    def _bring_up(self) -> tuple[Moment, int]:
        """Forget what was changed since, and return the moment from which on all that is kept is true."""
        stamp: Moment = (self._store.last_change(), self._store.rules(), self._store.today())
        edit = self._store.last_edit()
        if stamp != self._stamp or edit < self._edit:  # colours and days of all rows may be others
            self._kept.clear()
        elif edit != self._edit:
            for name in self._store.rows_edited_after(self._edit):
                self._kept.pop(name, None)
        self._stamp, self._edit = stamp, edit
        return stamp, edit

    def _keep(self, read: dict[str, bytes], stamp: Moment, edit: int) -> None:
        """Keep what was read after a moment, without what was changed while it was read."""
        with self._lock:
            if self._bring_up()[0] != stamp:
                return
            changed = set(self._store.rows_edited_after(edit))
            self._kept.update((name, text) for name, text in read.items() if name not in changed)
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]


def row_texts(store: Store, names: Sequence[str]) -> dict[str, bytes]:
    """Return rows of the ledger as JSON text by their ids, without those that are gone."""
    return {row.id: orjson.dumps(ledger_record(row)) for row in store.task_rows(names)}
