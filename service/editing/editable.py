"""A ledger under a person's hands: each step can be undone, and what changed since it was opened is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.document import Document
from corpus.errors import UserError
from corpus.records import JsonObject, earliest_end
from corpus.spans import Span, trim
from corpus.store.editing.corrections import CORRECTABLE, blank_record
from corpus.store.editing.splitting import merged_values, split_values
from service.editing.cells import CELL_OF, Setting
from service.editing.stretch import records_of
from service.editing.table import fields_of_head, pasted_cells

MOST_STEPS = 200
"""Steps that can be undone."""


@dataclass(frozen=True, slots=True)
class EditedRow:
    """One row. It is never changed, only replaced."""

    key: str
    """Its name on the page; it stays while the ledger is open."""
    record: JsonObject
    """A ledger record under the public keys."""
    stored: str | None = None
    """Key of the row as it was opened; None for a row that came up since."""
    parent: str | None = None
    """Key of the stored row from which this one was split off."""
    absorbed: tuple[str, ...] = ()
    """Keys of the stored rows whose words went into this one."""

    @property
    def doubtful(self) -> bool:
        """Tell whether a person should look at the row."""
        return bool(self.record["doubts"]) or not self.record.get("in_text", True)


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row that has to be stored for the first time."""

    key: str
    record: JsonObject
    after: str | None
    """Key of the nearest row above it that was there before, None at the top."""
    parent: str | None
    """Key of the row from which it was split off."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person changed since the ledger was opened; rows are named by their keys."""

    corrected: dict[str, JsonObject] = field(default_factory=dict)
    """The changed keys of each row that was there before."""
    added: tuple[AddedRow, ...] = ()
    """In the order of the ledger."""
    deleted: tuple[str, ...] = ()
    merged: dict[str, str] = field(default_factory=dict)
    """For each row that went into another, that other."""

    def __bool__(self) -> bool:
        return bool(self.corrected or self.added or self.deleted or self.merged)

    @property
    def words(self) -> str:
        """What was changed, counted."""
        counts = {
            "改动": len(self.corrected),
            "新增": len(self.added),
            "删除": len(self.deleted),
            "并入他项": len(self.merged),
        }
        return "，".join(f"{what} {count} 项" for what, count in counts.items() if count)


class EditableLedger:
    """The rows of one ledger with an undo history. Not safe for several threads at once."""

    def __init__(self, document: Document, records: Sequence[JsonObject]) -> None:
        self.document = document
        self._setting = Setting.of(document)
        self._numbers = 0
        self.rows = tuple(self._fresh(record, stored=True) for record in records)
        self.opened = {row.key: row.record for row in self.rows}
        """The records as they were when the ledger was opened, by the keys of their rows."""
        self._past: list[tuple[tuple[EditedRow, ...], str]] = []
        self._future: list[tuple[tuple[EditedRow, ...], str]] = []

    # What there is

    def row(self, key: str) -> EditedRow:
        """Return a row.

        Raises:
            UserError: when there is no such row any more.
        """
        return self.rows[self._place(key)]

    @property
    def doubtful(self) -> tuple[EditedRow, ...]:
        """The rows that a person should look at."""
        return tuple(row for row in self.rows if row.doubtful)

    @property
    def undoable(self) -> str:
        """What undoing would take back, in words; "" when there is nothing."""
        return self._past[-1][1] if self._past else ""

    @property
    def redoable(self) -> str:
        """What redoing would bring back, in words; "" when there is nothing."""
        return self._future[-1][1] if self._future else ""

    def edits(self) -> Edits:
        """Return what is different from when the ledger was opened."""
        kept = {row.stored for row in self.rows if row.stored}
        corrected = {row.stored: self._changed_keys(row) for row in self.rows if row.stored}
        added = []
        above = None
        for row in self.rows:
            above = row.stored or above
            if not row.stored:
                added.append(AddedRow(row.key, row.record, above, row.parent))
        merged = {gone: row.stored for row in self.rows for gone in row.absorbed if row.stored}
        return Edits(
            {key: changes for key, changes in corrected.items() if changes},
            tuple(added),
            tuple(key for key in self.opened if key not in kept and key not in merged),
            merged,
        )

    def _changed_keys(self, row: EditedRow) -> JsonObject:
        before = self.opened[row.key]
        if before is row.record:
            return {}
        return {key: row.record[key] for key in CORRECTABLE if row.record[key] != before[key]}

    # What a person does

    def set_cell(self, key: str, name: str, words: str) -> None:
        """Put words into the cell `name` of a row; a row that a person changed needs no further look.

        Raises:
            UserError: when the words do not fit the cell.
        """
        row = self.row(key)
        record = self._written(row.record, name, words)
        if record != row.record:
            self._replace({key: replace(row, record=record)}, f"修改“{CELL_OF[name].head}”")

    def check(self, keys: Sequence[str]) -> None:
        """Note that a person looked at rows and found them right."""
        rows = {key: self.row(key) for key in keys}
        checked = {
            key: replace(row, record={**row.record, "doubts": []})
            for key, row in rows.items()
            if row.record["doubts"]
        }
        if checked:
            self._replace(checked, "核对无误")

    def split(self, key: str, texts: Sequence[str]) -> list[str]:
        """Cut a row into one row for each of `texts`; returns their keys.

        Raises:
            UserError: when there is only one text.
        """
        texts = [text.strip() for text in texts if text.strip()]
        if len(texts) < 2:
            raise UserError("请把文字分成两行以上，每行成为一项任务。")
        place = self._place(key)
        row = self.rows[place]
        first, *others = split_values(row.record, texts, self.document.text)
        blank = {**self._blank(row.record["section"]), "page": row.record["page"]}
        parent = row.stored or row.parent
        new = [self._fresh({**blank, **values, "doubts": []}, parent) for values in others]
        split = replace(row, record=_renewed({**row.record, **first, "doubts": []}))
        rows = [*self.rows[:place], split, *new, *self.rows[place + 1 :]]
        self._become(rows, "拆分")
        return [key, *(added.key for added in new)]

    def merge(self, keys: Sequence[str]) -> str:
        """Join rows into the first of them; returns its key.

        Raises:
            UserError: when there is only one row.
        """
        chosen = [row for row in self.rows if row.key in set(keys)]
        if len(chosen) < 2:
            raise UserError("请先选中要合并的两行以上（按住 Ctrl 或 Shift 点选）。")
        into, *others = chosen
        records = [row.record for row in chosen]
        values = {**into.record, **merged_values(records), "span": self._joint_span(chosen), "doubts": []}
        absorbed = tuple(key for row in others for key in (row.stored, *row.absorbed) if key)
        merged = replace(into, record=_renewed(values), absorbed=into.absorbed + absorbed)
        gone = {row.key for row in others}
        rows = [merged if row.key == merged.key else row for row in self.rows if row.key not in gone]
        self._become(rows, f"合并 {len(chosen)} 行")
        return merged.key

    def replace_rows(self, rows: Sequence[EditedRow], words: str) -> None:
        """Have these rows instead, as one step; rows that are not stored get keys of this ledger."""
        self._become([row if row.stored else self._named(row) for row in rows], words)

    def add(self, after: str | None = None, key: str = "") -> str:
        """Put an empty row below `after`, at the end when None; returns its key, which may be given."""
        place = self._place(after) + 1 if after else len(self.rows)
        section = self.rows[place - 1].record["section"] if place else []
        row = self._fresh(self._blank(section))
        row = replace(row, key=key or row.key)
        self._become([*self.rows[:place], row, *self.rows[place:]], "新增一行")
        return row.key

    def add_stretch(self, span: Span) -> list[str]:
        """Make rows of a stretch of the source, where they belong in its order; returns their keys.

        Raises:
            UserError: when the stretch is blank.
        """
        wanted = trim(self.document.text, span)
        if not wanted:
            raise UserError("请先在左边原文里用鼠标选中一段文字。")
        records = records_of(self.document, wanted)
        new = [self._fresh({**self._blank(), **record, "id": ""}) for record in records]
        place = sum(row.record["span"][0] < wanted.start for row in self.rows)
        self._become([*self.rows[:place], *new, *self.rows[place:]], "从原文新增")
        return [row.key for row in new]

    def delete(self, keys: Sequence[str]) -> None:
        """Take rows out."""
        gone = set(keys)
        self._become([row for row in self.rows if row.key not in gone], f"删除 {len(gone)} 行")

    def paste(self, key: str | None, name: str, clip: str, order: Sequence[str]) -> list[str]:
        """Put a range copied in Excel into the cells from row `key` and column `name` on; returns their rows.

        `order` are the columns from left to right as the page shows them. A range with a head of its own is
        put where its heads say, as new rows below `key`. Rows that are missing at the end are added.

        Raises:
            UserError: when some words do not fit their cell; nothing is changed then.
        """
        cells = pasted_cells(clip)
        if not cells:
            return []
        fields = fields_of_head(cells[0])
        if fields:
            return self._paste_rows(key, fields, cells[1:])
        start = list(order).index(name) if name in order else 0
        return self._paste_block(key, list(order)[start:], cells)

    def undo(self) -> str:
        """Take the last step back; returns what it was, "" when there is none."""
        return self._step(self._past, self._future)

    def redo(self) -> str:
        """Do again what was undone last; returns what it is, "" when there is nothing."""
        return self._step(self._future, self._past)

    # How it is done

    def _paste_rows(self, key: str | None, fields: Sequence[str | None], cells: list[list[str]]) -> list[str]:
        place = self._place(key) + 1 if key else len(self.rows)
        new = [self._fresh(self._filled(self._blank(), fields, row)) for row in cells if any(row)]
        self._become([*self.rows[:place], *new, *self.rows[place:]], f"粘贴 {len(new)} 行")
        return [row.key for row in new]

    def _paste_block(
        self, key: str | None, fields: Sequence[str | None], cells: list[list[str]]
    ) -> list[str]:
        place = self._place(key) if key else len(self.rows)
        rows = list(self.rows)
        rows += [self._fresh(self._blank()) for _ in range(place + len(cells) - len(rows))]
        for number, words in enumerate(cells, start=place):
            rows[number] = replace(rows[number], record=self._filled(rows[number].record, fields, words))
        self._become(rows, f"粘贴 {len(cells)} 行")
        return [row.key for row in rows[place : place + len(cells)]]

    def _filled(self, record: JsonObject, fields: Sequence[str | None], words: Sequence[str]) -> JsonObject:
        for name, value in zip(fields, words, strict=False):
            if name is not None:
                record = self._written(record, name, value)
        return record

    def _written(self, record: JsonObject, name: str, words: str) -> JsonObject:
        changes = CELL_OF[name].write(record, words, self._setting)
        if all(record[key] == value for key, value in changes.items()):
            return record
        return _renewed({**record, **changes, "doubts": []})

    def _blank(self, section: Sequence[str] = ()) -> JsonObject:
        """Return a ledger record that says nothing yet."""
        document = self.document
        return {
            **blank_record(),
            "id": "",
            "section": list(section),
            "document": document.id,
            "source": document.source,
            "title": document.header.title,
            "next_due": None,
        }

    def _fresh(self, record: JsonObject, parent: str | None = None, stored: bool = False) -> EditedRow:
        self._numbers += 1
        key = f"r{self._numbers}"
        return EditedRow(key, _renewed(record), key if stored else None, parent)

    def _named(self, row: EditedRow) -> EditedRow:
        return replace(self._fresh(row.record, row.parent), absorbed=row.absorbed)

    def _place(self, key: str) -> int:
        for place, row in enumerate(self.rows):
            if row.key == key:
                return place
        raise UserError("这一行已不在台账里，请刷新页面。")

    def _joint_span(self, chosen: Sequence[EditedRow]) -> list[int]:
        """Return the span of rows together; that of the first where others stand between them."""
        place = self.rows.index(chosen[0])
        first: list[int] = chosen[0].record["span"]
        spans = [row.record["span"] for row in chosen if row.record["span"][1]]
        if not spans or list(self.rows[place : place + len(chosen)]) != list(chosen):
            return first
        return [min(span[0] for span in spans), max(span[1] for span in spans)]

    def _replace(self, rows: Mapping[str, EditedRow], words: str) -> None:
        self._become([rows.get(row.key, row) for row in self.rows], words)

    def _become(self, rows: Sequence[EditedRow], words: str) -> None:
        self._past = [*self._past[-MOST_STEPS + 1 :], (self.rows, words)]
        self._future = []
        self.rows = tuple(rows)

    def _step(
        self,
        source: list[tuple[tuple[EditedRow, ...], str]],
        target: list[tuple[tuple[EditedRow, ...], str]],
    ) -> str:
        if not source:
            return ""
        rows, words = source.pop()
        target.append((self.rows, words))
        self.rows = rows
        return words


def _renewed(record: JsonObject) -> JsonObject:
    """Return the record with what follows from its other keys."""
    return {**record, "due": earliest_end(record)}
