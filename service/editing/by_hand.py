"""A row that nobody reads from a document: what a person typed into a form."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.editing.corrections import CORRECTABLE, blank_record
from corpus.store.editing.edits import NewRow
from service.editing.cells import CELL_OF, Setting, parse_day
from service.supervision.entries import ENTRY_WORDS, MARKS


def typed_row(words: Mapping[str, str], own: Mapping[str, str] | None = None) -> NewRow:
    """Return the row that typed words make, by the fields of cells, the keys of an entry, and "marks".

    `own` are columns that the office added. Empty words are as good as none.

    Raises:
        UserError: when there is no task, or words do not fit their cell.
    """
    record = blank_record()
    for field, cell in CELL_OF.items():
        if words.get(field, "").strip():
            record = {**record, **cell.write(record, words[field], Setting())}
    if not record["text"]:
        raise UserError("请填写任务内容。")
    return NewRow({key: record[key] for key in CORRECTABLE}, kept=_kept(words, own or {}))


def _kept(words: Mapping[str, str], own: Mapping[str, str]) -> JsonObject:
    entry = {key: words[key].strip() for key in ENTRY_WORDS if words.get(key, "").strip()}
    if "assigned_on" in entry:
        entry["assigned_on"] = parse_day(entry["assigned_on"]).isoformat()
    marks = [mark for mark in MARKS if mark in words.get("marks", "")]
    values = {name: value.strip() for name, value in own.items() if value.strip()}
    kept: JsonObject = {"entry": entry, "marks": marks, "own": values}
    return {key: value for key, value in kept.items() if value}
