"""What people have done to a ledger and not confirmed yet, kept on disk.

A lost connection, a closed window or a restart of the server takes the open ledger away. What was done to it
is written down after each step, and done again when the same person opens the same document, or drops the
same file, the next time.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from corpus.records import JsonObject
from corpus.store.editing.corrections import CORRECTABLE
from service.editing.editable import EditableLedger, EditedRow

KEPT_SECONDS = 30 * 24 * 3600
"""So long nobody has come back to it: then it goes."""
BROUGHT_BACK = "恢复没有保存的修改"


class UnsavedEdits:
    """One file for each person and ledger. `what` is the id of a document, or `content_key` of a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, person: str, what: str, ledger: EditableLedger) -> None:
        """Write down what is different from when the ledger was opened; forget it where nothing is."""
        rows = [_kept_row(row, ledger) for row in ledger.rows]
        if rows == list(ledger.opened):
            self.forget(person, what)
            return
        changed = {row["stored"] for row in rows if isinstance(row, dict) and row["stored"]}
        opened = {key: _says(ledger.opened[key]) for key in changed}
        body = {"base": _base(ledger), "rows": rows, "opened": opened}
        self._folder.mkdir(parents=True, exist_ok=True)
        self._expire()
        target = self._file(person, what)
        written = target.with_suffix(f".{os.getpid()}")
        written.write_bytes(orjson.dumps(body))
        written.chmod(0o600)
        written.replace(target)

    def restore(self, person: str, what: str, ledger: EditableLedger) -> bool:
        """Do to a ledger that was just opened what was done before, as one step that can be undone.

        Where other rows stand in it by now, only what was typed into rows that say the same as then, and the
        rows that were added. Returns False where nothing was kept, or nothing of it fits.
        """
        try:
            kept = orjson.loads(self._file(person, what).read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return False
        same = kept["base"] == _base(ledger)
        rows = list(_same_rows(kept, ledger) if same else _fitting_rows(kept, ledger))
        if rows == list(ledger.rows):
            return False
        ledger.replace_rows(rows, BROUGHT_BACK)
        return True

    def is_kept(self, person: str, what: str) -> bool:
        """Tell whether something of the person waits to be brought back."""
        return self._file(person, what).exists()

    def forget(self, person: str, what: str) -> None:
        """Forget what was kept, because it was confirmed; nothing happens where nothing was."""
        self._file(person, what).unlink(missing_ok=True)

    def _file(self, person: str, what: str) -> Path:
        name = hashlib.sha256(f"{person}\0{what}".encode()).hexdigest()[:32]
        return self._folder / f"{name}.json"

    def _expire(self) -> None:
        oldest = time.time() - KEPT_SECONDS
        for file in self._folder.iterdir():
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)


def content_key(data: bytes) -> str:
    """Return what names a file that the library does not hold, by its bytes."""
    return f"file:{hashlib.sha256(data).hexdigest()}"


def _kept_row(row: EditedRow, ledger: EditableLedger) -> str | JsonObject:
    """Return a row, as its key alone where it is as it was opened."""
    if row.stored and row.record == ledger.opened[row.stored] and not row.absorbed:
        return row.stored
    return {
        "stored": row.stored,
        "record": row.record,
        "parent": row.parent,
        "absorbed": list(row.absorbed),
    }


def _base(ledger: EditableLedger) -> str:
    """Return what tells whether a ledger has, at its opening, the rows that it had before."""
    says = [_says(record) for record in ledger.opened.values()]
    return hashlib.sha256(orjson.dumps(says, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _says(record: JsonObject) -> JsonObject:
    return {"id": record["id"], **{key: record[key] for key in CORRECTABLE}}


def _same_rows(kept: Any, ledger: EditableLedger) -> Iterator[EditedRow]:
    """Yield the rows as they were left; the ledger is the same as then."""
    opened = {row.key: row for row in ledger.rows}
    for row in kept["rows"]:
        yield opened[row] if isinstance(row, str) else _row_of(row)


def _fitting_rows(kept: Any, ledger: EditableLedger) -> Iterator[EditedRow]:
    """Yield the rows of the ledger with what was typed into those nobody else changed; then new rows."""
    changed = [row for row in kept["rows"] if isinstance(row, dict)]
    before = {kept["opened"][row["stored"]]["id"]: row for row in changed if row["stored"]}
    for row in ledger.rows:
        typed = before.get(row.record["id"]) if row.record["id"] else None
        if typed and kept["opened"][typed["stored"]] == _says(row.record):
            values = {key: typed["record"][key] for key in (*CORRECTABLE, "doubts", "due")}
            yield replace(row, record={**row.record, **values})
        else:
            yield row
    yield from (replace(_row_of(row), parent=None) for row in changed if not row["stored"])


def _row_of(row: JsonObject) -> EditedRow:
    key = row["stored"]
    return EditedRow(key or "", row["record"], key, row["parent"], tuple(row["absorbed"]))
