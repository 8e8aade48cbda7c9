"""The editor: source on the left, ledger on the right; cells and rows are changed here, stored on 确认."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from nicegui import events, ui

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.registry.units import unit_names
from corpus.spans import Span
from service.editing.cells import CELLS
from service.editing.editable import EditableLedger
from service.pages.editor.columns import ROW_CLASSES, grid_rows, ledger_columns
from service.pages.editor.dialogs import split_dialog
from service.pages.editor.progress_list import progress_list
from service.pages.editor.source import SourcePane
from service.pages.evidence import Mark
from service.pages.grid import grid

Handler = Callable[[], None]


class LedgerEditor:
    """One open ledger. `on_change` is told whenever there is something more, or less, to confirm."""

    def __init__(
        self,
        ledger: EditableLedger,
        progress: Iterable[JsonObject] = (),
        found: Mark | None = None,
        on_change: Handler = lambda: None,
        read_only: bool = False,
    ) -> None:
        self.ledger = ledger
        self.read_only = read_only
        self._on_change = on_change
        self._progress = list(progress)
        self._sent: list[JsonObject] = []
        """The rows as the browser has them."""
        with ui.splitter(value=40).classes("panel w-full workspace") as splitter:
            with splitter.before:
                self.source = SourcePane(ledger.document.text, self._progress, found)
            with splitter.after, ui.column().classes("w-full h-full gap-0 no-wrap"):
                self._build_bar()
                self.table = self._build_grid()
                self._progress_list = progress_list(self._progress)
        if not read_only:
            with self.source.head:
                ui.button("把选中的文字列为任务", icon="add", on_click=self.add_selection).props("flat dense")
        self._connect()
        self._show_rows()

    # Layout

    def _build_bar(self) -> None:
        with ui.row().classes("bar w-full items-center gap-1 no-wrap"):
            self._views = ui.toggle({"all": "", "doubts": ""}, value="all", on_change=self._switch_view)
            self._views.props("no-caps dense unelevated")
            words = ui.input(placeholder="查找").props('dense outlined clearable aria-label="在台账中查找"')
            words.classes("bar-search")
            self._search = words
            ui.space()
            if not self.read_only:
                self._build_tools()
            self._build_column_menu()
        self._name_views()

    def _build_tools(self) -> None:
        tools: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("done", "无误", "看过了，没有问题（从“请核对”中去掉）", self.check),
            ("call_split", "拆分", "把一项拆成几项", self.split),
            ("call_merge", "合并", "把选中的几项并成一项（按住 Ctrl 或 Shift 点选）", self.merge),
            ("add", "新增", "在选中行下面加一行", self.add),
            ("delete_outline", "删除", "删除选中的行", self.delete),
        )
        for icon, name, tip, action in tools:
            ui.button(name, icon=icon, on_click=action).props("flat dense no-caps").tooltip(tip)
        self._undo = ui.button(icon="undo", on_click=self.undo).props('flat dense aria-label="撤销"')
        self._redo = ui.button(icon="redo", on_click=self.redo).props('flat dense aria-label="恢复"')
        with self._undo:
            self._undo_tip = ui.tooltip()
        with self._redo:
            self._redo_tip = ui.tooltip()
        self._name_steps()

    def _build_column_menu(self) -> None:
        with (
            ui.button(icon="view_column")
            .props('flat dense aria-label="显示哪些栏目"')
            .tooltip("显示哪些栏目"),
            ui.menu(),
            ui.column().classes("q-pa-sm gap-0"),
        ):
            self._column_boxes = {
                cell.field: ui.checkbox(cell.head, on_change=partial(self._show_column, cell.field))
                for cell in CELLS
            }

    def _build_grid(self) -> ui.aggrid:
        columns = ledger_columns(self.ledger.rows)
        for definition in columns:
            if definition["field"] in self._column_boxes:
                self._column_boxes[definition["field"]].set_value(not definition["hide"])
            if self.read_only:
                definition.pop("editable", None)
        names = sorted({unit["name"] for row in self.ledger.rows for unit in row.record["units"]})
        table = grid(columns, [])
        table.options.update(
            {
                "rowSelection": {"mode": "multiRow", "checkboxes": False, "headerCheckbox": False,
                                 "enableClickSelection": True},
                "rowClassRules": ROW_CLASSES,
                ":isExternalFilterPresent": "() => taizhang.doubtsOnly",
                ":doesExternalFilterPass": "(node) => node.data.doubt",
                "stopEditingWhenCellsLoseFocus": True,
                "enterNavigatesVerticallyAfterEdit": True,
                "context": {"names": [*names, *sorted(unit_names() - set(names))]},
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
        self.table.on("cellValueChanged", self._cell_typed, args=["rowId", "colId", "newValue"])
        self.table.on("paste", self._pasted, js_handler=f"(event) => taizhang.paste({number}, event, emit)")
        self.table.on("copy", js_handler=f"(event) => taizhang.copy({number}, event)")
        ui.keyboard(self._key_pressed, ignore=["input", "select", "textarea"])

    # What a person does

    def _cell_typed(self, event: events.GenericEventArguments) -> None:
        key, name, words = event.args["rowId"], event.args["colId"], event.args["newValue"] or ""
        self._sent = [row if row["key"] != key else {**row, name: words} for row in self._sent]
        self._do(lambda: self.ledger.set_cell(key, name, words))

    def _pasted(self, event: events.GenericEventArguments) -> None:
        place = event.args
        self._do(
            lambda: self.ledger.paste(place.get("row"), place.get("column"), place["clip"], place["order"])
        )

    def _key_pressed(self, event: events.KeyEventArguments) -> None:
        if not event.action.keydown or not event.modifiers.ctrl:
            return
        if event.key == "z" or event.key == "Z":
            (self.redo if event.modifiers.shift else self.undo)()
        elif event.key == "y":
            self.redo()

    async def check(self) -> None:
        """Take the chosen rows off the list of doubts."""
        if keys := await self._chosen():
            self._do(lambda: self.ledger.check(keys))

    async def split(self) -> None:
        """Ask where to cut the chosen row, and cut it."""
        for key in (await self._chosen())[:1]:
            split_dialog(self.ledger.row(key), partial(self._split_into, key))

    def _split_into(self, key: str, texts: list[str]) -> None:
        self._do(lambda: self.ledger.split(key, texts))

    async def merge(self) -> None:
        """Join the chosen rows."""
        if keys := await self._chosen():
            self._do(lambda: self.ledger.merge(keys))

    async def add(self) -> None:
        """Put an empty row below the chosen one and begin typing."""
        keys = await self._chosen(silent=True)
        added = self.ledger.add(keys[-1] if keys else None)
        self._views.set_value("all")
        self.refresh()
        ui.run_javascript(f"taizhang.typeInto({self.table.id}, '{added}', 'text')")

    async def add_selection(self) -> None:
        """Make a row of the words that are selected in the source."""
        chosen = await ui.run_javascript("taizhang.selectedStretch()")
        try:
            added = self.ledger.add_stretch(Span(*chosen))
        except UserError as error:
            ui.notify(str(error), type="warning")
            return
        self._views.set_value("all")
        self.refresh()
        self.show(added[0])

    async def delete(self) -> None:
        """Take the chosen rows out."""
        if keys := await self._chosen():
            self._do(lambda: self.ledger.delete(keys))
            ui.notify(f"已删除 {len(keys)} 行，按 Ctrl+Z 可以撤销。")

    def undo(self) -> None:
        """Take the last step back."""
        words = self.ledger.undo()
        self._told(f"已撤销：{words}" if words else "没有可以撤销的操作。")

    def redo(self) -> None:
        """Do again what was undone last."""
        words = self.ledger.redo()
        self._told(f"已恢复：{words}" if words else "没有可以恢复的操作。")

    async def chosen_stretch(self) -> Span | None:
        """Return where the chosen row stands in the text; None where no row is chosen, or it has no place."""
        for key in (await self._chosen())[:1]:
            span = Span(*self.ledger.row(key).record["span"])
            return span if len(span) else None
        return None

    # How it is shown

    def show(self, key: str) -> None:
        """Choose a row and bring it and its evidence into view."""
        ui.run_javascript(f"taizhang.showKey({self.table.id}, '{key}')")

    def refresh(self) -> None:
        """Show the rows as they are now."""
        self._show_rows()
        self._after_step()

    def _show_rows(self) -> None:
        """Bring grid and source in step with the ledger, sending no more than what is different."""
        before, self._sent = self._sent, self._grid_rows()
        if [row["key"] for row in before] == [row["key"] for row in self._sent]:
            changed = [row for row, old in zip(self._sent, before, strict=True) if row != old]
            self.table.run_grid_method("applyTransaction", {"update": changed})
        else:
            # Not by `options`: that would build the grid anew, without focus and place.
            self.table.run_grid_method("setGridOption", "rowData", self._sent)
        self.source.show(self.ledger.rows)

    def _do(self, step: Callable[[], object]) -> None:
        """Take a step and show it; what must not be done is told, and the cells show again what they held."""
        try:
            step()
        except UserError as error:
            ui.notify(str(error), type="negative")
        self.refresh()

    def _after_step(self) -> None:
        self._name_views()
        if not self.read_only:
            self._name_steps()
        self._on_change()

    def _told(self, words: str) -> None:
        ui.notify(words)
        self.refresh()

    async def _chosen(self, silent: bool = False) -> list[str]:
        """Return the keys of the chosen rows, else of the one with the focus."""
        keys: list[str] = await ui.run_javascript(f"taizhang.chosenKeys({self.table.id})")
        if not keys and not silent:
            ui.notify("请先点选一行。", type="warning")
        return keys

    def _grid_rows(self) -> list[JsonObject]:
        edits = self.ledger.edits()
        return grid_rows(self.ledger.rows, [*edits.corrected, *(row.key for row in edits.added)])

    def _switch_view(self, event: events.ValueChangeEventArguments[str]) -> None:
        only = event.value == "doubts"
        self.table.set_visibility(event.value != "progress")
        self._progress_list.set_visibility(event.value == "progress")
        if only and not self.ledger.doubtful:
            ui.notify("没有需要核对的任务。", type="positive")
            self._views.set_value("all")
            return
        ui.run_javascript(f"taizhang.showDoubts({self.table.id}, {str(only).lower()})")

    def _name_views(self) -> None:
        views = {"all": f"全部 {len(self.ledger.rows)}", "doubts": f"请核对 {len(self.ledger.doubtful)}"}
        if self._progress:
            views["progress"] = f"进展 {len(self._progress)}"
        self._views.set_options(views)

    def _name_steps(self) -> None:
        undoable, redoable = self.ledger.undoable, self.ledger.redoable
        self._undo.set_enabled(bool(undoable))
        self._redo.set_enabled(bool(redoable))
        self._undo_tip.set_text(f"撤销：{undoable}（Ctrl+Z）")
        self._redo_tip.set_text(f"恢复：{redoable}（Ctrl+Y）")

    def _show_column(self, name: str, event: events.ValueChangeEventArguments[bool]) -> None:
        if hasattr(self, "table"):
            self.table.run_grid_method("setColumnsVisible", [name], event.value)
