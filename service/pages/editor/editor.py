"""The editor: source on the left, ledger on the right; cells and rows are changed here, stored on 确认."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from functools import partial

from nicegui import events, ui

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.spans import Span
from service.editing.cells import CELLS
from service.editing.editable import EditableLedger
from service.editing.sight import Sight, grid_rows, known_names
from service.pages.editor.columns import ALWAYS_SHOWN, ROW_CLASSES, ledger_columns
from service.pages.editor.dialogs import split_dialog
from service.pages.editor.held import Held
from service.pages.editor.progress_list import progress_list
from service.pages.editor.source import SourcePane
from service.pages.grid import WORDS, grid

Handler = Callable[[], None]
Step = Callable[[EditableLedger], object]
NO_ROWS_READ_ONLY = "没有读出任务。"
NO_ROWS = "没有读出任务。在左边选中一段文字，点“把选中的文字列为任务”；或者点“新增”自己写。"
MOVED_ON = "这份台账刚被别人改过，已换成最新的内容，请再做一次。"


class LedgerEditor:
    """One ledger beside its text. `on_change` is told whenever there is something more, or less, to confirm.

    `no_rows` says why there is nothing to list, "" where nothing was found.

    A ledger with an address is fetched by the browser, and opened here by the first who changes something.
    """

    def __init__(
        self,
        held: Held,
        progress: Iterable[JsonObject] = (),
        on_change: Handler = lambda: None,
        read_only: bool = False,
        no_rows: str = "",
    ) -> None:
        self.held = held
        self.read_only = read_only
        self._no_rows = no_rows or (NO_ROWS_READ_ONLY if read_only else NO_ROWS)
        self._on_change = on_change
        self._progress = list(progress)
        self._opening = asyncio.Lock()
        self._sent: list[JsonObject] = []
        """The rows as the browser has them."""
        with ui.splitter(value=40).classes("panel w-full workspace") as splitter:
            with splitter.before:
                self.source = SourcePane(held.text, self._progress)
            with splitter.after, ui.column().classes("w-full h-full gap-0 no-wrap"):
                self._build_bar()
                self.table = self._build_grid()
                self._progress_list = progress_list(self._progress)
        if not read_only:
            with self.source.head:
                ui.button("把选中的文字列为任务", icon="add", on_click=self.add_selection).props("flat dense")
        self._connect()
        if held.ledger is not None:
            self._show_rows(held.ledger)
        else:  # by the grid itself as soon as it stands, before the server is connected
            fetched = f"{self.table.id}, {self.source.html.id}, {json.dumps(held.address)}"
            self.table.options[":onGridReady"] = f"() => taizhang.fillEditor({fetched})"

    # Layout

    def _build_bar(self) -> None:
        with ui.row().classes("bar w-full items-center gap-1 no-wrap"):
            self._views = ui.toggle({"all": "", "doubts": ""}, value="all", on_change=self._switch_view)
            self._views.props("no-caps dense unelevated")
            words = ui.input(placeholder="查找").props('dense outlined clearable aria-label="在台账中查找"')
            words.classes("bar-search")
            self._search = words
            ui.space()
            with ui.row().classes("items-center gap-1 no-wrap") as self._tools:
                if not self.read_only:
                    self._build_tools()
                self._build_column_menu()
        self._name_views()

    def _build_tools(self) -> None:
        tools: tuple[tuple[str, str, str, Callable[[], object] | None], ...] = (
            ("done", "无误", "看过了，没有问题（从“请核对”中去掉）", self.check),
            ("call_split", "拆分", "把一项拆成几项", self.split),
            ("call_merge", "合并", "把选中的几项并成一项（按住 Ctrl 或 Shift 点选）", self.merge),
            ("add", "新增", "在选中行下面加一行", None),
            ("delete_outline", "删除", "删除选中的行", self.delete),
        )
        for icon, name, tip, action in tools:
            button = ui.button(name, icon=icon, on_click=action).props("flat dense no-caps").tooltip(tip)
            if action is None:
                self._add = button
        self._undo = ui.button(icon="undo", on_click=self.undo).props('flat dense aria-label="撤销"')
        self._redo = ui.button(icon="redo", on_click=self.redo).props('flat dense aria-label="恢复"')
        with self._undo:
            self._undo_tip = ui.tooltip()
        with self._redo:
            self._redo_tip = ui.tooltip()
        self._name_steps()

    def _build_column_menu(self) -> None:
        filled = self._filled()
        with (
            ui.button(icon="view_column")
            .props('flat dense aria-label="显示哪些栏目"')
            .tooltip("显示哪些栏目"),
            ui.menu(),
            ui.column().classes("q-pa-sm gap-0"),
        ):
            self._column_boxes = {
                cell.field: ui.checkbox(
                    cell.head, value=cell.field in filled, on_change=partial(self._show_column, cell.field)
                )
                for cell in CELLS
            }

    def _filled(self) -> frozenset[str]:
        """Return the fields of the columns that are shown at first."""
        return ALWAYS_SHOWN | self.held.filled

    def _build_grid(self) -> ui.aggrid:
        columns = ledger_columns(self._filled())
        for definition in columns:
            if self.read_only:
                definition.pop("editable", None)
        table = grid(columns, [])
        names = known_names(self.held.ledger.rows) if self.held.ledger else []
        table.options.update(
            {
                "rowSelection": {"mode": "multiRow", "checkboxes": False, "headerCheckbox": False,
                                 "enableClickSelection": True},
                "rowClassRules": ROW_CLASSES,
                ":isExternalFilterPresent": f"() => Boolean(taizhang.listed[{table.id}])",
                ":doesExternalFilterPass": f"(node) => taizhang.isListed({table.id}, node)",
                "stopEditingWhenCellsLoseFocus": True,
                "enterNavigatesVerticallyAfterEdit": True,
                "context": {"names": names},
                "localeText": {**WORDS, "noRowsToShow": self._no_rows},
                "loading": self.held.ledger is None,
            }
        )  # fmt: skip
        return table.classes("w-full ledger")

    def _connect(self) -> None:
        """Tie both sides together in the browser, and bring what is typed to the ledger."""
        number = self.table.id
        self._search.on("update:value", js_handler=f"(words) => taizhang.filterGrid({number}, words)")
        self.table.on("cellFocused", js_handler=f"(event) => taizhang.followGrid({number}, event.rowIndex)")
        self.source.html.on("click", js_handler=f"(event) => taizhang.showRow({number}, event.target)")
        if self.read_only:
            return
        self._add.on("click", self._added, js_handler=f"() => emit(taizhang.addRow({number}, 'text'))")
        self.table.on("cellValueChanged", self._cell_typed, args=["rowId", "colId", "newValue"])
        self.table.on("paste", self._pasted, js_handler=f"(event) => taizhang.paste({number}, event, emit)")
        self.table.on("copy", js_handler=f"(event) => taizhang.copy({number}, event)")
        ui.keyboard(self._key_pressed, ignore=["input", "select", "textarea"])

    # What a person does

    async def _cell_typed(self, event: events.GenericEventArguments) -> None:
        key, name, words = event.args["rowId"], event.args["colId"], event.args["newValue"] or ""
        if await self.opened() is None:
            return
        self._sent = [row if row["key"] != key else {**row, name: words} for row in self._sent]
        await self._do(lambda ledger: ledger.set_cell(key, name, words))

    async def _pasted(self, event: events.GenericEventArguments) -> None:
        place = event.args
        await self._do(
            lambda ledger: ledger.paste(place.get("row"), place.get("column"), place["clip"], place["order"])
        )

    async def _key_pressed(self, event: events.KeyEventArguments) -> None:
        if not event.action.keydown or not event.modifiers.ctrl:
            return
        if event.key == "z" or event.key == "Z":
            await (self.redo if event.modifiers.shift else self.undo)()
        elif event.key == "y":
            await self.redo()

    async def check(self) -> None:
        """Take the chosen rows off the list of doubts, and go on to the next one."""
        if keys := await self._chosen():
            await self._do(lambda ledger: ledger.check(keys))
            ui.run_javascript(f"taizhang.leaveList({self.table.id}, {json.dumps(keys)})")
            if self._views.value == "doubts" and self.held.doubtful == 0:
                ui.notify("都核对过了。", type="positive")
                self._views.set_value("all")

    async def split(self) -> None:
        """Ask where to cut the chosen row, and cut it."""
        for key in (await self._chosen())[:1]:
            if ledger := await self.opened():
                split_dialog(ledger.row(key), partial(self._split_into, key))

    async def _split_into(self, key: str, texts: list[str]) -> None:
        await self._do(lambda ledger: ledger.split(key, texts))

    async def merge(self) -> None:
        """Join the chosen rows."""
        if keys := await self._chosen():
            await self._do(lambda ledger: ledger.merge(keys))

    async def _added(self, event: events.GenericEventArguments) -> None:
        """Take in an empty row that the browser has put below the chosen one, and types into already."""
        key, after = event.args["key"], event.args["after"]
        ledger = await self.opened()
        if ledger is None:
            return
        ledger.add(after, key)
        place = next((place for place, row in enumerate(self._sent, 1) if row["key"] == after), None)
        place = len(self._sent) if place is None else place
        self._sent = [*self._sent[:place], {"key": key}, *self._sent[place:]]
        self._views.set_value("all")
        self.refresh()

    async def add_selection(self) -> None:
        """Make a row of the words that are selected in the source."""
        chosen = await ui.run_javascript("taizhang.selectedStretch()")
        ledger = await self.opened()
        if ledger is None:
            return
        try:
            added = ledger.add_stretch(Span(*chosen))
        except UserError as error:
            ui.notify(str(error), type="warning")
            return
        self._views.set_value("all")
        self.refresh()
        self.show(added[0])

    async def delete(self) -> None:
        """Take the chosen rows out."""
        if keys := await self._chosen():
            await self._do(lambda ledger: ledger.delete(keys))
            ui.notify(f"已删除 {len(keys)} 行，按 Ctrl+Z 可以撤销。")

    async def undo(self) -> None:
        """Take the last step back."""
        words = self.held.ledger.undo() if self.held.ledger else ""
        self._told(f"已撤销：{words}" if words else "没有可以撤销的操作。")

    async def redo(self) -> None:
        """Do again what was undone last."""
        words = self.held.ledger.redo() if self.held.ledger else ""
        self._told(f"已恢复：{words}" if words else "没有可以恢复的操作。")

    async def chosen_stretch(self) -> Span | None:
        """Return where the chosen row stands in the text; None where no row is chosen, or it has no place."""
        keys = await self._chosen()
        ledger = await self.opened() if keys else None
        span = Span(*ledger.row(keys[0]).record["span"]) if ledger else Span(0, 0)
        return span if len(span) else None

    async def opened(self) -> EditableLedger | None:
        """Return the ledger, open; None when its rows were no longer those on the page; now they are."""
        async with self._opening:  # what comes meanwhile waits for its turn
            return self.held.ledger or await self._open()

    async def _open(self) -> EditableLedger | None:
        held = self.held
        as_shown = await asyncio.to_thread(held.is_as_shown)
        held.ledger = ledger = await asyncio.to_thread(held.open)
        if not as_shown:
            ui.notify(MOVED_ON, type="warning")
            self.refresh()
            return None
        self._sent = grid_rows(ledger.rows, ())
        await asyncio.to_thread(self.source.know, ledger.rows)
        return ledger

    # How it is shown

    def show(self, key: str) -> None:
        """Choose a row and bring it and its evidence into view."""
        ui.run_javascript(f"taizhang.showKey({self.table.id}, '{key}')")

    def show_task(self, task: str) -> None:
        """Do the same for the row with an id; nothing happens when there is none."""
        ui.run_javascript(f"taizhang.showTask({self.table.id}, {json.dumps(task)})")

    def count(self, sight: Sight) -> None:
        """Name the views and show the filled columns, once it is known what they hold."""
        self.held.sight = sight
        for field, box in self._column_boxes.items():
            if field in sight.filled:
                box.set_value(True)
        self._name_views()

    def show_found(self, found: Span) -> None:
        """Mark a stretch of the text and bring it into view, with the first row that was read from it."""
        ui.run_javascript(f"taizhang.showFound({self.table.id}, {found.start}, {found.end})")

    def refresh(self) -> None:
        """Show the rows as they are now."""
        if self.held.ledger is not None:
            self._show_rows(self.held.ledger)
        self.tell()

    def _show_rows(self, ledger: EditableLedger) -> None:
        """Bring grid and source in step with the ledger, sending no more than what is different."""
        before, self._sent = self._sent, _as_sent(ledger)
        if [row["key"] for row in before] == [row["key"] for row in self._sent]:
            changed = [row for row, old in zip(self._sent, before, strict=True) if row != old]
            self.table.run_grid_method("applyTransaction", {"update": changed})
        else:
            # Not by `options`: that would build the grid anew, without focus and place.
            self.table.run_grid_method("setGridOption", "rowData", self._sent)
        self.source.show(ledger.rows)

    async def _do(self, step: Step) -> None:
        """Take a step and show it; what must not be done is told, and the cells show again what they held."""
        ledger = await self.opened()
        if ledger is None:
            return
        try:
            step(ledger)
        except UserError as error:
            ui.notify(str(error), type="negative")
        self.refresh()

    def tell(self) -> None:
        """Name views and steps as they are now, and tell who waits for changes."""
        self._name_views()
        if not self.read_only:
            self._name_steps()
        self._on_change()

    def _told(self, words: str) -> None:
        ui.notify(words)
        self.refresh()

    async def _chosen(self) -> list[str]:
        """Return the keys of the chosen rows, else of the one with the focus."""
        keys: list[str] = await ui.run_javascript(f"taizhang.chosenKeys({self.table.id})")
        if not keys:
            ui.notify("请先点选一行。", type="warning")
        return keys

    def _switch_view(self, event: events.ValueChangeEventArguments[str]) -> None:
        only = event.value == "doubts"
        of_rows = event.value != "progress"
        for part in (self.table, self._search, self._tools):  # no step is taken on rows that are out of sight
            part.set_visibility(of_rows)
        self._progress_list.set_visibility(not of_rows)
        if only and self.held.doubtful == 0:
            ui.notify("没有需要核对的任务。", type="positive")
            self._views.set_value("all")
            return
        ui.run_javascript(f"taizhang.showDoubts({self.table.id}, {str(only).lower()})")

    def _name_views(self) -> None:
        views = {"all": _counted("全部", self.held.rows), "doubts": _counted("请核对", self.held.doubtful)}
        if self._progress:
            views["progress"] = f"进展 {len(self._progress)}"
        self._views.set_options(views)

    def _name_steps(self) -> None:
        ledger = self.held.ledger
        undoable, redoable = (ledger.undoable, ledger.redoable) if ledger else ("", "")
        self._undo.set_enabled(bool(undoable))
        self._redo.set_enabled(bool(redoable))
        self._undo_tip.set_text(f"撤销：{undoable}（Ctrl+Z）")
        self._redo_tip.set_text(f"恢复：{redoable}（Ctrl+Y）")

    def _show_column(self, name: str, event: events.ValueChangeEventArguments[bool]) -> None:
        if hasattr(self, "table"):
            self.table.run_grid_method("setColumnsVisible", [name], event.value)


def _counted(words: str, count: int | None) -> str:
    return words if count is None else f"{words} {count}"


def _as_sent(ledger: EditableLedger) -> list[JsonObject]:
    """Return the rows for the grid, marked where they are not stored as they stand."""
    edits = ledger.edits()
    return grid_rows(ledger.rows, [*edits.corrected, *(row.key for row in edits.added)])
