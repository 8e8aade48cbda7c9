"""读回表: sheets are dropped together, each one's differences are looked at, then stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from nicegui import background_tasks, events, ui

from corpus.records import JsonObject
from service.dispatch.difference import Asked
from service.dispatch.returned import ReturnedSheet
from service.pages.dispatch.desk import Dropped, grid_row, people_words, task_of_choice
from service.pages.dispatch.looks import PLAIN
from service.pages.frame import empty_state
from service.pages.grid import column, grid, wrapped
from service.pages.intake.drop import drop_zone, path_of
from service.pages.person import write

if TYPE_CHECKING:
    from corpus.store.office.dispatches import DispatchReturn
    from service.library import Library

AT_ONCE = 10
"""Files that are read before the page is shown anew."""
LONGEST_NAMED = 24
"""Characters of a task that are named."""
CHANGE = {":cellRenderer": "taizhang.changeCell"}
COLUMNS: list[JsonObject] = [
    column("row", "行", 58, type="rightAligned"),
    {**wrapped("task", "任务", 240), "flex": 1, "minWidth": 190},
    {**wrapped("progress", "进展情况", 260), **CHANGE, "flex": 1, "minWidth": 200},
    {**wrapped("state", "状态", 108, least=84), **CHANGE},
    {**wrapped("rest", "问题和下一步", 200, least=130), **CHANGE},
    {**wrapped("warnings", "请看", 196, least=140), ":cellRenderer": "taizhang.warningsCell"},
]
CHOICE = {
    **wrapped("chosen", "对应任务", 190, least=150),
    ":editable": "(params) => params.data.choices.length > 0",
    "singleClickEdit": True,
    "cellEditor": "agSelectCellEditor",
    ":cellEditorParams": "(params) => ({ values: params.data.choices })",
}
SELECTION = {
    "mode": "multiRow",
    "headerCheckbox": True,
    "enableClickSelection": False,
    ":isRowSelectable": "(node) => Boolean(node.data && node.data.id)",
}
SELECT = "(event) => { taizhang.widen(event.api); taizhang.selectRows(event.api, (row) => row.accepted); }"
EMPTY = (
    "把各单位报回的表一起拖进来，Excel、Word、WPS 都可以，压缩包也可以。",
    "逐份看改了什么：按编号认任务；编号被删去的按文字认，认不准的列出来请您选。",
    "点“存入”，进展、状态和进度就记到台账上；存错了可以撤销。",
)


class ReturnsPart:
    """The desk of returned sheets; `changed` is called after something was stored or undone."""

    def __init__(
        self, library: Library, dispatch: str, files: list[Dropped], changed: Callable[[], Awaitable[None]]
    ) -> None:
        self._library = library
        self._dispatch = dispatch
        self._files = files
        self._changed = changed
        self._shown = next((file for file in files if file.open), files[0] if files else None)
        self._busy = False

    def build(self) -> None:
        """Lay out the desk."""
        with ui.row().classes("bar w-full items-center gap-2 no-wrap"):
            self._upload = drop_zone("拖入报回的表，或点这里选择", self._receive, folders=True)
            self._progress = ui.label().classes("faint").props("aria-live=polite")
            ui.space()
            self._buttons()
        with ui.row().classes("w-full grow no-wrap gap-0 returns"):
            self._list()
            self._view()

    async def _receive(self, event: events.UploadEventArguments) -> None:
        """Put a file on the desk; those that wait are read some at a time."""
        self._files.append(Dropped(path_of(event), await event.file.read()))
        if not self._busy:
            self._busy = True
            background_tasks.create(self._read_waiting())

    async def _read_waiting(self) -> None:
        """Read until nothing waits; files that come in meanwhile too."""
        client = self._progress.client
        with client:
            while waiting := [file for file in self._files if file.sheet is None]:
                await self._read_some(waiting[:AT_ONCE])
            self._busy = False
            self._progress.set_text("")
            self._upload.run_method("removeUploadedFiles")  # else the same file would not come in again
            self._refresh()

    async def _read_some(self, files: list[Dropped]) -> None:
        done = sum(file.sheet is not None for file in self._files)
        self._progress.set_text(f"正在读第 {done + 1} 份，共 {len(self._files)} 份：{files[0].name}")
        before = [file.sheet for file in self._files if file.sheet is not None]
        for file in files:
            found = await asyncio.to_thread(
                self._library.dispatches.read, [(file.name, file.data)], self._dispatch, None, before
            )
            self._put(file, found)
            before += found
        self._refresh()

    def _put(self, file: Dropped, found: list[ReturnedSheet]) -> None:
        """Put what a file holds on the desk; an archive gives several."""
        at = self._files.index(file)
        self._files[at : at + 1] = [Dropped(sheet.file, sheet=sheet) for sheet in found]
        if self._shown is None or self._shown is file or not self._shown.open:
            fresh = self._files[at : at + len(found)]
            self._shown = next((item for item in fresh if item.open), self._shown) or next(iter(fresh), None)

    def _refresh(self) -> None:
        self._list.refresh()
        self._buttons.refresh()
        self._view.refresh()

    # The list of files

    @ui.refreshable_method
    def _buttons(self) -> None:
        """Offer to store everything, and to clear the desk."""
        waiting = [file for file in self._files if file.open and file.accepted]
        rows = sum(file.accepted for file in waiting)
        if self._files:
            ui.button("收起全部", on_click=self._clear).props("flat dense")
        if waiting:
            words = f"全部存入（{len(waiting)} 份 {rows} 行）"
            ui.button(words, icon="done_all", on_click=partial(self._store, waiting)).props("dense")

    def _clear(self) -> None:
        self._files[:] = [file for file in self._files if file.sheet is None]
        self._shown = None
        self._refresh()

    @ui.refreshable_method
    def _list(self) -> None:
        if not self._files:
            return
        with ui.column().classes("returns-list gap-1 no-wrap").props('role=list aria-label="报回的表"'):
            for file in self._files:
                self._entry(file)

    def _entry(self, file: Dropped) -> None:
        sheet = file.sheet
        look = " queue-failed" if sheet and sheet.failed else " queue-shown" if file is self._shown else ""
        with ui.element("div").classes(f"queue-file returns-file{look}").props("role=listitem"):
            with ui.element("button").classes("queue-open grow") as opener:
                ui.label(sheet.unit if sheet and sheet.unit else file.name).classes("queue-name")
                ui.label(file.state).classes("queue-state")
            opener.on("click", partial(self._show, file))
            ui.tooltip(f"{file.name}\n{file.state}").classes("whitespace-pre-line")

    def _show(self, file: Dropped) -> None:
        self._shown = file
        self._list.refresh()
        self._view.refresh()

    # One file

    @ui.refreshable_method
    def _view(self) -> None:
        shown = self._shown
        with ui.column().classes("grow gap-0 no-wrap returns-view"):
            if shown is None or shown.sheet is None:
                empty_state("move_to_inbox", "拖入报回的表，这里会逐行显示与台账的差异，确认后才存入。")
                with ui.element("ol").classes("steps"):
                    for step in EMPTY:
                        with ui.element("li"):
                            ui.label(step)
                return
            self._head(shown, shown.sheet)
            if shown.sheet.rows:
                self._table(shown, shown.sheet)

    def _head(self, shown: Dropped, sheet: ReturnedSheet) -> None:
        with ui.row().classes("w-full items-center gap-2 no-wrap returns-head"):
            with ui.column().classes("grow gap-0 head-words"):
                name = sheet.file.rsplit("/", 1)[-1]
                ui.label(f"{sheet.unit}　{name}".strip("　")).classes("font-bold ellipsis")
                if not sheet.failed:
                    ui.label(_facts(sheet)).classes("faint")
            if shown.stored:
                ui.button("撤销存入", icon="undo", on_click=partial(self._undo, shown)).props("outline dense")
            elif shown.open:
                words = f"存入 {shown.accepted} 行" if shown.accepted else "记为已报送，不改台账"
                ui.button(words, icon="done", on_click=partial(self._store, [shown])).props("dense")
        told = [*sheet.problems, sheet.repeated, *_lists(sheet)]
        if any(told):
            with ui.column().classes("returns-told gap-0"):
                for words in filter(None, told):
                    ui.label(words)

    def _table(self, shown: Dropped, sheet: ReturnedSheet) -> None:
        rows = [grid_row(at, row) for at, row in enumerate(sheet.rows)]
        unclear = any(row["choices"] for row in rows)
        columns = [*COLUMNS[:2], CHOICE, *COLUMNS[2:]] if unclear else COLUMNS
        table = grid(columns, rows)
        table.options.update(
            {
                "rowSelection": SELECTION if shown.open else {"mode": "singleRow", "checkboxes": False},
                "defaultColDef": PLAIN,
                **({":onFirstDataRendered": SELECT} if shown.open else {}),
                "stopEditingWhenCellsLoseFocus": True,
            }
        )
        table.classes("w-full ledger returns-rows")
        if shown.open:
            table.on(
                "selectionChanged",
                partial(self._accepted, shown),
                js_handler=f"() => emit(taizhang.selectedKeys({table.id}))",
            )
            table.on("cellValueChanged", partial(self._chosen, shown), args=["rowId", "newValue"])

    def _accepted(self, shown: Dropped, event: events.GenericEventArguments) -> None:
        before = shown.accepted
        shown.accept(event.args)
        if shown.accepted != before:
            self._list.refresh()
            self._buttons.refresh()

    async def _chosen(self, shown: Dropped, event: events.GenericEventArguments) -> None:
        """Take the task that a person chose for a row."""
        sheet, task = shown.sheet, task_of_choice(event.args["newValue"] or "")
        if sheet is None or sheet.dispatch is None or not task:
            return
        dispatch = await asyncio.to_thread(self._library.dispatches.get, sheet.dispatch)
        records = await asyncio.to_thread(self._library.dispatches.records, [task])
        asked = dispatch.sheets[sheet.sheet - 1]
        if task in records:
            roles = {row.task: row.role for row in asked.rows}
            shown.choose(event.args["rowId"], task, Asked(asked.unit, roles), records[task])
            self._refresh()

    # What is stored

    async def _store(self, files: list[Dropped]) -> None:
        """Store the accepted rows of files, one after another."""
        done = 0
        for at, file in enumerate(files, start=1):
            if file.sheet is None:
                continue
            self._progress.set_text(f"正在存入第 {at} 份，共 {len(files)} 份")
            stored = await write(self._library, partial(_stored, self._library, file.sheet))
            if stored is None:
                break
            file.stored, done = stored, done + 1
        self._progress.set_text("")
        if done:
            ui.notify(f"已存入 {done} 份回表。", type="positive")
        self._refresh()
        await self._changed()

    async def _undo(self, shown: Dropped) -> None:
        done = "已撤销，台账恢复原样。"
        if await write(self._library, partial(_undone, self._library, shown.stored), done=done):
            shown.stored = []
            self._refresh()
            await self._changed()


def _stored(library: Library, sheet: ReturnedSheet, by: str) -> list[DispatchReturn]:
    return library.dispatches.store(sheet, by)


def _undone(library: Library, stored: list[DispatchReturn], by: str) -> bool:
    for item in reversed(stored):
        library.dispatches.undo(item.id, by)
    return True


def _facts(sheet: ReturnedSheet) -> str:
    words = [f"{sheet.period}调度", f"{len(sheet.rows)} 行有内容", people_words(sheet.rows)]
    return "　".join(filter(None, words))


def _lists(sheet: ReturnedSheet) -> list[str]:
    """Return which tasks were not filled in, and which are not on the sheet any more."""
    found = []
    for words, items in (("没有填写", sheet.unfilled), ("表中已没有", sheet.absent)):
        if items:
            names = "；".join(_begun(item.text) for item in items[:3])
            more = "等" if len(items) > 3 else ""
            found.append(f"{words}的任务 {len(items)} 项：{names}{more}")
    return found


def _begun(text: str) -> str:
    return text if len(text) <= LONGEST_NAMED else f"{text[:LONGEST_NAMED]}…"
