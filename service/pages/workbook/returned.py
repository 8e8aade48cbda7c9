"""The differences of a workbook that came back, row by row, before anything is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.store.editing.edits import Edit
from service.ledgerbook.differences import CellChange, Fate, RowChange, WorkbookDifferences
from service.ledgerbook.returning import Wanted
from service.pages.person import write

if TYPE_CHECKING:
    from service.library import Library

PER_PAGE = 50
FATES = {Fate.CHANGED: "改动", Fate.ADDED: "新增", Fate.DROPPED: "表中已删"}


class ReturnedDialog:
    """Shows what differs, lets a person choose, and stores it as one edit."""

    def __init__(
        self,
        library: Library,
        name: str,
        found: WorkbookDifferences,
        done: Callable[[Edit, str], Awaitable[None]],
    ) -> None:
        self.library = library
        self._name = name
        self._found = found
        self._done = done
        self._chosen = {row.name for row in found.rows if row.fate is not Fate.DROPPED and _storable(row)}
        self._overwrite = False
        self._page = 1

    def open(self) -> None:
        """Lay out the dialog and show it."""
        with ui.dialog() as self._dialog, ui.card().classes("dialog returned-book"):
            ui.label(f"读回 {self._name}").classes("doc-title")
            ui.label(self._counts()).classes("faint")
            for problem in self._found.problems:
                ui.label(problem).classes("returned-problem")
            if self._found.rows:
                self._list()
                self._pages()
                self._below()
            else:
                ui.label("没有差异：表里的内容与文库一致。")
                ui.button("知道了", on_click=self._dialog.close).props("flat").classes("self-end")
        self._dialog.open()

    def _counts(self) -> str:
        counts = [f"{words} {self._found.count(fate)} 行" for fate, words in FATES.items()]
        return "，".join([*counts, f"相同 {self._found.same} 行"]) + "。勾选的才会存入。"

    @ui.refreshable_method
    def _list(self) -> None:
        start = (self._page - 1) * PER_PAGE
        with ui.column().classes("returned-rows w-full gap-0").props('role=list aria-label="差异"'):
            for row in self._found.rows[start : start + PER_PAGE]:
                self._row(row)

    def _row(self, row: RowChange) -> None:
        with ui.element("div").classes("returned-row").props("role=listitem"):
            label = f"{FATES[row.fate]}　{row.text}"
            box = ui.checkbox(label, value=row.name in self._chosen)
            box.props("dense").on_value_change(lambda event: self._choose(row.name, event))
            if not _storable(row):
                box.disable()
            for cell in row.cells:
                _cell(cell)

    def _choose(self, name: str, event: events.ValueChangeEventArguments[bool]) -> None:
        if event.value:
            self._chosen.add(name)
        else:
            self._chosen.discard(name)
        self._store.set_text(self._store_words())

    def _pages(self) -> None:
        pages = -(-len(self._found.rows) // PER_PAGE)
        if pages > 1:
            ui.pagination(1, pages, direction_links=True, on_change=self._turn).props("max-pages=9")

    def _turn(self, event: events.ValueChangeEventArguments[int | None]) -> None:
        self._page = event.value or 1
        self._list.refresh()

    def _below(self) -> None:
        if any(row.conflict for row in self._found.rows):
            words = "文库里也改过的格子，以表格为准（不勾选则保留文库里的内容）"
            ui.checkbox(words, on_change=self._set_overwrite).props("dense")
        with ui.row().classes("w-full justify-end gap-2"):
            ui.button("取消", on_click=self._dialog.close).props("flat")
            self._store = ui.button(self._store_words(), icon="save", on_click=self._keep)

    def _set_overwrite(self, event: events.ValueChangeEventArguments[bool | None]) -> None:
        self._overwrite = bool(event.value)

    def _store_words(self) -> str:
        return f"存入选中的 {len(self._chosen)} 行"

    async def _keep(self) -> None:
        if not self._chosen:
            ui.notify("请先勾选要存入的行。")
            return
        wanted = Wanted(frozenset(self._chosen), self._overwrite)
        store = self.library.workbooks.store
        edit = await write(self.library, lambda by: store(self._found, by, wanted, self._name))
        if edit is not None:
            self._dialog.close()
            await self._done(edit, f"读回台账 {len(edit.changed)} 行")


def _storable(row: RowChange) -> bool:
    """Tell whether anything of a row can be stored."""
    return row.fate is Fate.DROPPED or any(not cell.problem for cell in row.cells)


def _cell(cell: CellChange) -> None:
    with ui.element("div").classes("returned-cell"):
        ui.label(cell.head).classes("returned-head")
        ui.label(cell.before or "（空）").classes("returned-before")
        ui.label("→").props("aria-hidden=true")
        ui.label(cell.after or "（空）").classes("returned-after")
        if cell.conflict:
            ui.label("文库里也改过").classes("returned-problem")
        if cell.problem:
            ui.label(f"不能存入：{cell.problem}").classes("returned-problem")
