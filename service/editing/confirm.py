"""确认: what a person made of a ledger becomes what the library stores, under the person's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.editing.corrections import CORRECTABLE
from corpus.store.editing.edits import NewRow, RowEdits
from corpus.store.rereading.identity import Placed, match_rows
from corpus.store.rows import TaskRow, ledger_record
from corpus.store.store import Store
from service.editing.editable import AddedRow, EditableLedger
from service.shown import shown

if TYPE_CHECKING:
    from service.library import Library


def confirm(library: Library, ledger: EditableLedger, document: str, by: str) -> EditableLedger:
    """Store what was changed in the ledger of a document of the library; returns the ledger as stored.

    Raises:
        UserError: when somebody else changed one of the rows meanwhile; nothing is stored then.
    """
    stored = library.show(document).rows
    ids = stored_ids(ledger, stored)
    _refuse_overwriting(ledger, ids, stored)
    library.rows.edit(row_edits(ledger, ids, document), by)
    return open_ledger(library, document)


def open_ledger(library: Library, document: str) -> EditableLedger:
    """Return the ledger of a document of the library, ready to be edited.

    Raises:
        NotFoundError: when there is no such document.
    """
    return ledger_of(library.store, document)[0]


def ledger_of(store: Store, document: str) -> tuple[EditableLedger, tuple[JsonObject, ...]]:
    """Return the ledger of a document, ready to be edited, and the progress that it reports.

    Raises:
        NotFoundError: when there is no such document.
    """
    found = shown(store, document)
    return EditableLedger(found.document, [ledger_record(row) for row in found.rows]), found.progress


def earlier_ledger(library: Library, document: str, version: int) -> EditableLedger:
    """Return the ledger of an earlier version, as the rules read it today; not for editing.

    Raises:
        NotFoundError: when there is no such document or version.
    """
    shown = library.show(document, version)
    beside = {"document": document, "source": shown.document.source, "title": shown.document.header.title}
    tasks = shown.record()["tasks"]
    return EditableLedger(shown.document, [{"next_due": None, **task, **beside} for task in tasks])


def _refuse_overwriting(ledger: EditableLedger, ids: Mapping[str, str], stored: Sequence[TaskRow]) -> None:
    """Refuse edits of rows that say something else by now than when the ledger was opened."""
    now = {row.id: row.record for row in stored}
    edits = ledger.edits()
    touched = [*edits.corrected, *edits.deleted, *edits.merged]
    for key in touched:
        record = ledger.opened[key]
        if key in ids and _says(now.get(ids[key])) != _says(record):
            raise UserError(
                f"“{record['text'][:20]}…”这一项刚被别人改过，没有保存。"
                "请记下您的改动，从文库打开这份文件后再改。"
            )


def _says(record: JsonObject | None) -> JsonObject | None:
    return {key: record[key] for key in CORRECTABLE} if record else None


def row_edits(ledger: EditableLedger, ids: Mapping[str, str], document: str) -> RowEdits:
    """Return the edits that make the stored rows of `document` say what the ledger says.

    Every row that leaves no doubt counts as confirmed. `ids` are the stored rows by their keys; what was done
    to a row that is not stored is left out.
    """
    edits = ledger.edits()
    confirmed = [ids[row.key] for row in ledger.rows if row.key in ids and not row.doubtful]
    return RowEdits(
        corrected={ids[key]: values for key, values in edits.corrected.items() if key in ids},
        added=[_new_row(row, ids, document) for row in edits.added],
        deleted=[ids[key] for key in edits.deleted if key in ids],
        merged={ids[key]: ids[into] for key, into in edits.merged.items() if key in ids and into in ids},
        confirmed=confirmed,
    )


def _new_row(row: AddedRow, ids: Mapping[str, str], document: str) -> NewRow:
    values = {key: row.record[key] for key in CORRECTABLE}
    parent = ids.get(row.parent) if row.parent else None
    return NewRow(values, document, ids.get(row.after) if row.after else None, parent)


def stored_ids(ledger: EditableLedger, stored: Sequence[TaskRow]) -> dict[str, str]:
    """Return the ids of stored rows by the keys under which the ledger opened them."""
    opened = ledger.opened
    known = {key: str(record["id"]) for key, record in opened.items() if record["id"]}
    if known:
        return known
    matches = match_rows([Placed.of(row.record) for row in stored], list(map(Placed.of, opened.values())))
    keys = list(opened)
    return {keys[new]: stored[old].id for new, old in matches.items()}
