"""A table that users keep, as a page shows it: typed into, pasted, undone, carried in and out as a file."""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, Generic

from nicegui import events, ui

from corpus.records import JsonObject
from corpus.user_tables import text_of
from service.pages.grid import WORDS, grid
from service.pages.person import may_write, write
from service.user_tables.table import Line, Step, UserTable

if TYPE_CHECKING:
    from service.library import Library

EMPTY = "还没有。"
"""What an empty table says to those who may not write."""
MOST_UNDONE = 50
"""Changes that can be undone one after the other."""


class KeptTable(ABC, Generic[Line]):
    """The table; what is typed is stored at once, and can be undone while the page is open."""

    columns: list[JsonObject]
    first: str
    """The column into which a new row is typed first."""
    empty: str
    """What an empty table says."""
    look: str
    """CSS classes of the grid."""
    paste_words: str
    """What the window for pasting says."""
    paste_label: str
    file: str
    """The name under which the table is handed out."""

    def __init__(self, library: Library, book: UserTable[Line], lines: tuple[Line, ...]) -> None:
        self.library = library
        self.book = book
        self._keys: dict[Hashable, str] = {}
        self._next = 0
        self.rows = self._stored(lines)
        self._undoable: list[Step[Line]] = []
        self._turn = asyncio.Lock()

    @abstractmethod
    def cells(self, line: Line) -> JsonObject:
        """Return what the cells of a line show, by column."""

    @abstractmethod
    def line(self, row: JsonObject) -> Line | None:
        """Return the line of a row as it was typed, None while something is missing."""

    def blank(self) -> JsonObject:
        """Return the cells of a new row."""
        return {item["field"]: "" for item in self.columns}

    async def reloaded(self) -> None:
        """Show anew what goes by the table, after each change."""

    def table_part(self) -> None:
        """Lay out the table, and below it what can be done with it."""
        columns = self.columns if may_write() else [{**item, "editable": False} for item in self.columns]
        self.table = grid(columns, self._shown()).classes(f"w-full {self.look}")
        self.table.options["localeText"] = {**WORDS, "noRowsToShow": self.empty if may_write() else EMPTY}
        self.table.options["stopEditingWhenCellsLoseFocus"] = True
        self.table.on("cellValueChanged", self._typed, args=["rowId", "colId", "newValue"])
        with ui.row().classes("w-full items-center gap-2"):
            if may_write():
                ui.button("新增一行", icon="add").props("outline dense").on(
                    "click", self._added, js_handler=self._adding()
                )
                ui.button("删除选中行", icon="delete_outline", on_click=self._delete).props("outline dense")
                ui.button("粘贴", icon="content_paste", on_click=self._paste).props("outline dense")
                ui.button("撤销", icon="undo", on_click=self._undo).props("outline dense")
            ui.space()
            if may_write():
                self._import()
            ui.button("导出", icon="download", on_click=self._export).props("outline dense")

    async def store(self, change: Callable[[str], Step[Line]]) -> bool:
        """Make a change under the person's name that can be undone; tells whether it could be made."""
        async with self._turn:
            return await self._make(change) is not None

    async def _make(
        self, change: Callable[[str], Step[Line]], row: JsonObject | None = None
    ) -> Step[Line] | None:
        """Make a change; `row` is the one that was typed into, and stays the same row for the browser."""
        shown = self._shown()
        step = await write(self.library, change, done="已保存。")
        if step is not None and (step.before or step.after):
            self._undoable = [*self._undoable, step][-MOST_UNDONE:]
            self._settle(row, step)
        await self._reload(shown)
        return step

    def _settle(self, row: JsonObject | None, step: Step[Line]) -> None:
        """Let the row that was typed into be that of the line which it became."""
        if row is not None and step.after:
            self._keys[self.book.key(step.after[0])] = row["key"]
            if row["stored"] is None:
                self.rows.remove(row)

    def _adding(self) -> str:
        """Return what puts an empty row into the table and types into it, in the browser alone."""
        how = json.dumps({"cells": self.blank(), "atEnd": True})
        return f"() => emit(taizhang.addRow({self.table.id}, '{self.first}', {how}))"

    def _added(self, event: events.GenericEventArguments) -> None:
        """Take in an empty row that the browser has put at the end."""
        self.rows.append({**self.blank(), "key": event.args["key"], "stored": None})

    async def _typed(self, event: events.GenericEventArguments) -> None:
        """Store the row that was typed into, once it has all its parts."""
        async with self._turn:
            row = next((row for row in self.rows if row["key"] == event.args["rowId"]), None)
            if row is None:  # deleted by another while it was typed into
                return
            row[event.args["colId"]] = (event.args["newValue"] or "").strip()
            line = self.line(row)
            if line is not None:
                await self._make(partial(self.book.put, line, instead_of=row["stored"]), row)

    async def _delete(self) -> None:
        chosen = {row["key"] for row in await self.table.get_selected_rows()}
        if not chosen:
            ui.notify("请先点选一行。", type="warning")
            return
        for row in [row for row in self.rows if row["key"] in chosen]:
            if row["stored"] is None:
                self.rows.remove(row)
                self._show()
            else:
                await self.store(partial(self.book.drop, row["stored"]))

    def _paste(self) -> None:
        with ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label(self.paste_words)
            label = f'outlined rows=8 autofocus aria-label="{self.paste_label}"'
            box = ui.textarea().props(label).classes("w-full")

            async def take_in() -> None:
                if await self.store(partial(self.book.take_in, box.value or "")):
                    dialog.close()

            with ui.row().classes("self-end gap-2"):
                ui.button("取消", on_click=dialog.close).props("flat dense")
                ui.button("放进来", on_click=take_in).props("dense").classes("form-done")
        dialog.open()

    def _import(self) -> None:
        picker = ui.upload(on_upload=self._take_in_file, auto_upload=True).props('accept=".tsv,.txt"')
        picker.classes("hidden")
        ui.button("导入", icon="upload", on_click=lambda: picker.run_method("pickFiles")).props(
            "outline dense"
        )

    async def _take_in_file(self, event: events.UploadEventArguments) -> None:
        await self.store(partial(self.book.take_in, text_of(await event.file.read())))

    async def _export(self) -> None:
        text = await asyncio.to_thread(self.book.text)
        ui.download.content(text.encode("utf-8-sig"), self.file)

    async def _undo(self) -> None:
        if not self._undoable:
            ui.notify("没有可以撤销的改动。", type="warning")
            return
        async with self._turn:
            shown = self._shown()
            await write(self.library, partial(self.book.undo, self._undoable.pop()), done="已撤销。")
            await self._reload(shown)

    async def _reload(self, shown: list[JsonObject]) -> None:
        """Read the table anew; `shown` is what the browser shows already, typed cells included."""
        lines = await asyncio.to_thread(self.book.all)
        self.rows = [*self._stored(lines), *(row for row in self.rows if row["stored"] is None)]
        if self._shown() != shown:
            self._show()
        await self.reloaded()

    def _stored(self, lines: tuple[Line, ...]) -> list[JsonObject]:
        """Return the rows of lines; a line keeps its key, so that the browser knows its row again."""
        keys = self._keys
        self._keys = {(key := self.book.key(line)): keys.get(key) or self._new_key() for line in lines}
        return [
            {**self.cells(line), "key": self._keys[self.book.key(line)], "stored": line} for line in lines
        ]

    def _new_key(self) -> str:
        self._next += 1
        return f"n{self._next}"

    def _show(self) -> None:
        self.table.run_grid_method("setGridOption", "rowData", self._shown())

    def _shown(self) -> list[JsonObject]:
        return [{key: value for key, value in row.items() if key != "stored"} for row in self.rows]
