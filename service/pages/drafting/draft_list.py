"""The drafts that there are, and those that were removed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.store.office.drafts import DraftRow
from service.pages.drafting.check_dialog import check_dialog
from service.pages.frame import empty_state
from service.pages.person import may_write, write

if TYPE_CHECKING:
    from service.library import Library


class DraftList:
    """The drafts, the one changed last first; below them, folded, those that were removed."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.rows: list[DraftRow] = []
        self.removed: list[DraftRow] = []

    async def build(self) -> None:
        """Lay out the list."""
        await self._read()
        with ui.column().classes("panel draft-list gap-0 no-wrap"):
            with ui.row().classes("w-full items-center justify-between"):
                ui.label("文稿").classes("doc-title")
                if may_write():
                    ui.button(
                        "检查公文", icon="fact_check", on_click=lambda: check_dialog(self.library)
                    ).props("flat dense no-caps").tooltip(
                        "检查一份 Word 公文的格式；由本系统起草的还核对事实"
                    )
            self._list()

    async def _read(self) -> None:
        self.rows = await asyncio.to_thread(self.library.drafts.all)
        self.removed = await asyncio.to_thread(self.library.drafts.all, removed=True)

    @ui.refreshable_method
    def _list(self) -> None:
        for row in self.rows:
            with ui.element("div").classes("draft-row"):
                ui.link(row.title, f"/drafts/{row.id}")
                _facts(row)
                if may_write():
                    button = ui.button(icon="delete_outline", on_click=lambda row=row: self._remove(row))
                    button.props('flat dense size=sm aria-label="删除文稿"').tooltip("删除")
        if not self.rows:
            empty_state("edit_document", "还没有文稿。在左边选好文种和取材的方案，点“生成文稿”。")
        if self.removed and may_write():
            with ui.expansion(f"已删除的文稿（{len(self.removed)}）").classes("w-full faint").props("dense"):
                for row in self.removed:
                    with ui.element("div").classes("draft-row"):
                        ui.label(row.title).classes("grow")
                        _facts(row)
                        ui.button("恢复", on_click=lambda row=row: self._restore(row)).props("flat dense")

    async def _remove(self, row: DraftRow) -> None:
        def act(by: str) -> bool:
            self.library.drafts.remove(row.id, by)
            return True

        if await write(self.library, act, done=f"已删除“{row.title}”，在下面“已删除的文稿”里可以恢复。"):
            await self._show_anew()

    async def _restore(self, row: DraftRow) -> None:
        def act(by: str) -> bool:
            self.library.drafts.restore(row.id, by)
            return True

        if await write(self.library, act, done=f"已恢复“{row.title}”。"):
            await self._show_anew()

    async def _show_anew(self) -> None:
        await self._read()
        self._list.refresh()


def _facts(row: DraftRow) -> None:
    ui.label(row.genre).classes("chip")
    ui.label(f"{row.changed_by}　{row.changed_at.astimezone():%Y-%m-%d %H:%M}").classes("faint")
