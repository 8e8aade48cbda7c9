"""总台账: the tasks of all documents and those entered by hand, in one list one can work in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.records import JsonObject
from corpus.store.editing.edits import Edit
from corpus.store.rows import ledger_record
from service.pages.fetching import fetch_ahead, grid_ahead
from service.pages.frame import empty_state, framed
from service.pages.grid import grid
from service.pages.ledger.bulk import BulkBar
from service.pages.ledger.by_hand import new_row_dialog, paste_dialog
from service.pages.ledger.charts import Charts
from service.pages.ledger.columns import OWN, STATUS_OF_WORDS, ledger_columns
from service.pages.ledger.drawer import Drawer
from service.pages.ledger.filters import FilterBar
from service.pages.ledger.narrowed import VIEWS, Narrowed
from service.pages.ledger.own_columns import own_columns_dialog
from service.pages.person import may_write, write
from service.pages.workbook.menu import WorkbookMenu
from service.prepared.overview import LINE_FIELDS, Everything, values_of

if TYPE_CHECKING:
    from service.library import Library

LINES = "/pages/tasks.json"
"""Where the browser fetches the rows."""
FEW_ROWS = 500
"""Changed rows that are sent one by one; after more of them the browser fetches all."""
MOST_STEPS = 50
"""Edits of this page that can be taken back one after the other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The only rows that are wanted: those of an answer, or those with certain ids; "" for neither."""

    question: str = ""
    before: tuple[str, ...] = ()
    """The questions that it follows."""
    rows: str = ""
    """Ids with commas between them."""


async def ledger_page(library: Library, narrowed: Narrowed, asked: Asked) -> None:
    """Lay out the page at /ledger, with all rows or with those that are asked for."""
    with framed("/ledger", full=True):
        everything = await asyncio.to_thread(library.overview.get)
        page = AllTasks(library, narrowed)
        if not everything.total:
            page.build_empty()
            return
        fetch_ahead(LINES)
        grid_ahead()
        rows: Sequence[str] | None = None
        if asked.question:
            rows = (await asyncio.to_thread(library.ask, asked.question, asked.before)).rows
            _tell_only(f"“{asked.question}”涉及的 {len(rows)} 项任务")
        elif asked.rows:
            rows = asked.rows.split(",")
            _tell_only(f"文稿里统计的 {len(rows)} 项任务")
        page.build(everything, rows)


def _tell_only(words: str) -> None:
    """Say which rows are shown, and lead to all."""
    with ui.row().classes("w-full items-center gap-3"):
        ui.label(words).classes("font-bold")
        ui.link("显示全部任务", "/ledger")


class AllTasks:
    """The list with its views. The browser fetches the rows by itself, since there may be thousands."""

    def __init__(self, library: Library, narrowed: Narrowed) -> None:
        self.library = library
        self._start = narrowed
        self._rows: Sequence[str] | None = None
        """The ids of the only rows that are wanted; None for all."""
        self._steps: list[tuple[str, str]] = []
        """Edits made on this page, each with what it was, the newest last."""
        self._charts: Charts | None = None
        self._steps_in_browser = True
        """False while the browser's Back is followed: the address is there already."""

    def build_empty(self) -> None:
        """Lay out the page of a library without tasks."""
        with ui.column().classes("panel w-full"):
            empty_state(
                "checklist",
                "还没有任务。先到“拆任务”拖入方案，确认后就会列在这里；批示、会议等交办的事项可以直接录入。",
                action=("去拆任务", "/extract"),
            )
            if may_write():
                with ui.row().classes("w-full justify-center gap-2 q-pb-lg"):
                    ui.button(
                        "新增一行", icon="add", on_click=lambda: new_row_dialog(self.library, self._first)
                    )
                    ui.button(
                        "从 Excel 粘贴",
                        icon="content_paste",
                        on_click=lambda: paste_dialog(self.library, self._first),
                    ).props("outline")

    async def _first(self, _edit: Edit, _words: str) -> None:
        ui.navigate.to("/ledger")

    def build(self, everything: Everything, rows: Sequence[str] | None) -> None:
        """Lay out filters, list and views."""
        self._rows = rows
        self.drawer = Drawer(self.library, self.done)
        with ui.column().classes("panel w-full list-panel gap-0 no-wrap"):
            self._top()
            self.filters = FilterBar(self.library, everything, self._start, self._narrow)
            self.table = self._build_grid()
            self._views_area = (
                ui.element("div").classes("group-view").props('tabindex=0 role=region aria-label="分组"')
            )
            with ui.element("div").classes("charts-area") as self._charts_area:
                pass
            if may_write():
                BulkBar(self.library, self._chosen, self._choose, self.done)
        self._connect()
        self._narrow()

    def _top(self) -> None:
        with ui.row().classes("bar w-full items-center gap-1 no-wrap"):
            toggle = ui.toggle(VIEWS, value=self._start.view, on_change=self._switch)
            self._toggle = toggle.props("no-caps dense unelevated")
            ui.space()
            if may_write():
                new = partial(new_row_dialog, self.library, self.done)
                ui.button("新增一行", icon="add", on_click=new).props("flat dense")
                paste = partial(paste_dialog, self.library, self.done)
                ui.button("从 Excel 粘贴", icon="content_paste", on_click=paste).props("flat dense")
                undo = ui.button(icon="undo", on_click=self.undo).props('flat dense aria-label="撤销"')
                with undo:
                    self._undo_tip = ui.tooltip("撤销在本页做的上一步（Ctrl+Z）")
            self._column_menu()
            WorkbookMenu(self.library, self._shown_records, self.done).build()

    def _build_grid(self) -> ui.aggrid:
        table = grid(ledger_columns(self.library.columns.all(), may_write()), [])
        table.options.update(
            {
                "rowHeight": 50,
                "loading": True,
                "rowSelection": {"mode": "multiRow", "selectAll": "filtered", "enableClickSelection": False},
                "selectionColumnDef": {"width": 40, "pinned": "left", "resizable": False},
                "stopEditingWhenCellsLoseFocus": True,
                ":isExternalFilterPresent": "() => taizhang.narrowing()",
                ":doesExternalFilterPass": "(node) => taizhang.passes(node.data)",
                ":onModelUpdated": "(event) => taizhang.countRows(event.api)",
                ":onSelectionChanged": "(event) => taizhang.countChosen(event.api)",
                ":onGridReady": f"(event) => taizhang.loadTasks(event.api, '{LINES}', {self._wanted()})",
                ":onCellClicked": "(event) => taizhang.openByClick(event)",
                ":onCellKeyDown": "(event) => taizhang.openByKey(event)",
                ":onColumnVisible": "(event) => taizhang.keepColumns(event.api)",
            }
        )
        return table.classes("w-full ledger")

    def _connect(self) -> None:
        ui.on("ledger_open", self._open)
        self.table.on("cellValueChanged", self._typed, args=["rowId", "colId", "newValue", "oldValue"])
        ui.on("ledger_choose", self._group_chosen)
        ui.on("ledger_ask", self._asked)
        ui.keyboard(self._key_pressed, ignore=["input", "select", "textarea"])

    def _column_menu(self) -> None:
        button = ui.button("栏目", icon="view_column").props("flat dense").classes("column-button")
        with button, ui.menu() as menu, ui.column().classes("q-pa-sm gap-0"):
            listed = ui.element("div").classes("column-boxes")
            if may_write():
                ui.separator()
                add = ui.button("自设栏目…", icon="add").props("flat dense")
                add.on_click(menu.close)
                add.on_click(partial(own_columns_dialog, self.library, self._reload))
        menu.on("show", js_handler=f"() => taizhang.listColumns({listed.id})")

    # Narrowing and views

    def _narrow(self) -> None:
        """Show the rows that fit, in the browser alone, and keep what is asked in the address."""
        narrowed = self.filters.narrowed
        self._toggle.set_value(narrowed.view)
        kept = self._rows is None and self._steps_in_browser
        keep = json.dumps(narrowed.address() if kept else None)
        places = json.dumps(
            {"grid": self.table.id, "groups": self._views_area.id, "charts": self._charts_area.id}
        )
        if narrowed.view == "charts" and self._charts is None:
            with self._charts_area:
                self._charts = Charts()
        charts = json.dumps(self._charts.ids if self._charts else [])
        ui.run_javascript(f"taizhang.showLedger({places}, {self._wanted()}, {keep}, {charts})")

    def _wanted(self) -> str:
        """Return what is asked for as the browser takes it."""
        return json.dumps({**self.filters.narrowed.values(), "ids": self._rows})

    def _switch(self, event: events.ValueChangeEventArguments[str]) -> None:
        view = event.value or ""
        if view != self.filters.narrowed.view:
            self.filters.narrowed = self.filters.narrowed.with_(view=view)
            self._narrow()

    def _group_chosen(self, event: events.GenericEventArguments) -> None:
        """Show the rows of a group that was clicked, as a list."""
        self.filters.set(self.filters.narrowed.with_(**Narrowed.of(event.args).values()).with_(view=""))

    def _asked(self, event: events.GenericEventArguments) -> None:
        """Show what the browser asks for by name, as when it went back to an earlier step."""
        self._steps_in_browser = not event.args.get("returned")
        self.filters.set(Narrowed.of(event.args))
        self._steps_in_browser = True

    # What a person does

    async def _open(self, event: events.GenericEventArguments) -> None:
        await self.drawer.open(str(event.args))

    async def _typed(self, event: events.GenericEventArguments) -> None:
        task, name, value = event.args["rowId"], event.args["colId"], event.args["newValue"]
        if await self._is_changed(task, name, event.args.get("oldValue")):
            ui.notify(
                "这一格刚被别人改过，现在显示的是最新内容；没有保存您的改动，请看过后再改。", type="warning"
            )
            await self._show([task])
            return
        steps = self.library.steps
        if name == "status":
            edit = await write(self.library, lambda by: steps.set_status(task, STATUS_OF_WORDS[value], by))
        elif name == "percent":
            percent = None if value in ("", None) else int(value)
            edit = await write(self.library, lambda by: steps.report(task, "", by, percent=percent))
        else:
            own = {name.removeprefix(OWN): value}
            edit = await write(self.library, lambda by: steps.own(task, own, by))
        if edit is None:
            await self._show([task])
        else:
            await self.done(edit, "改一格")

    async def _is_changed(self, task: str, name: str, shown: object) -> bool:
        """Tell whether a cell holds something else by now than what the page showed."""
        rows = await asyncio.to_thread(self.library.store.task_rows, [task])
        lines = [dict(zip(LINE_FIELDS, values_of(row), strict=True)) for row in rows]
        return any(_plain(_cell(line, name)) != _plain(shown) for line in lines)

    async def done(self, edit: Edit, words: str) -> None:
        """Show what an edit changed, and remember it for undoing."""
        if edit.id:
            self._steps = [*self._steps[-MOST_STEPS + 1 :], (edit.id, words)]
            ui.notify(f"{words}：已保存，按 Ctrl+Z 可以撤销。", type="positive")
        await self._show(edit.changed)

    async def undo(self) -> None:
        """Take the last edit of this page back."""
        if not self._steps:
            ui.notify("没有可以撤销的操作。")
            return
        name, words = self._steps.pop()
        edit = await write(self.library, lambda by: self.library.rows.undo(name, by), done=f"已撤销：{words}")
        if edit is not None:
            await self._show(edit.changed)

    async def _key_pressed(self, event: events.KeyEventArguments) -> None:
        if event.action.keydown and event.modifiers.ctrl and event.key == "z" and may_write():
            await self.undo()

    async def _chosen(self) -> list[str]:
        keys: list[str] = await ui.run_javascript(f"taizhang.chosenRows({self.table.id})")
        return keys

    def _choose(self, tasks: list[str]) -> None:
        self.filters.set(Narrowed())
        ui.run_javascript(f"taizhang.chooseRows({self.table.id}, {json.dumps(tasks)})")

    async def _show(self, tasks: Sequence[str]) -> None:
        """Show rows as they are now, and the one in the drawer."""
        if len(tasks) > FEW_ROWS:
            ui.run_javascript(f"taizhang.loadTasks(getElement({self.table.id}).api, '{LINES}')")
        else:
            rows = await asyncio.to_thread(self.library.store.task_rows, list(tasks))
            lines = [
                dict(zip(LINE_FIELDS, values_of(row), strict=True)) for row in rows if row.hidden is None
            ]
            gone = sorted(set(tasks) - {str(line["id"]) for line in lines})
            ui.run_javascript(f"taizhang.putRows({self.table.id}, {json.dumps(lines)}, {json.dumps(gone)})")
        if self.drawer.task:
            await self.drawer.refresh()

    async def _reload(self) -> None:
        """Build the page anew, with other columns."""
        ui.navigate.to(self.filters.narrowed.address())

    async def _shown_records(self) -> list[JsonObject]:
        """Return the rows that are shown, or those that are chosen, in the order of the list."""
        keys = await ui.run_javascript(f"taizhang.shownKeys({self.table.id})")
        rows = await asyncio.to_thread(self.library.store.task_rows, keys)
        return [ledger_record(row) for row in rows]


def _cell(line: JsonObject, name: str) -> object:
    """Return what a line holds in a column."""
    return line["own"].get(name.removeprefix(OWN)) if name.startswith(OWN) else line[name]


def _plain(value: object) -> str:
    """Return what a cell shows; an empty one may hold None or no words."""
    return "" if value is None else str(value)
