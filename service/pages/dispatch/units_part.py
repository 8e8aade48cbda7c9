"""The units of a dispatch: who returned, how far their rows are; their sheets to download."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from corpus.records import JsonObject
from service.dispatch.bulletin import percent, unit_state
from service.dispatch.standing import Standing, UnitStanding
from service.pages.dispatch.downloads import download
from service.pages.dispatch.looks import PLAIN
from service.pages.grid import column, grid, wrapped
from service.pages.person import may_write, write

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from service.library import Library

STATE_LOOKS = {"state-missing": "x === '未报送'", "state-late": "x === '迟报'"}
COLUMNS: list[JsonObject] = [
    column("rank", "排名", 66, type="rightAligned"),
    wrapped("unit", "单位", 300) | {"flex": 1, "minWidth": 200},
    column("acting", "牵头和责任", 104, type="rightAligned"),
    column("finished", "已完成", 84, type="rightAligned"),
    column("rate", "完成率", 84, type="rightAligned"),
    column("overdue", "逾期", 72, type="rightAligned"),
    column("cooperating", "配合", 72, type="rightAligned"),
    column("state", "报送", 90, cellClassRules=STATE_LOOKS),
    wrapped("at", "报送时间", 140, least=96),
    wrapped("file", "回表", 260, least=110),
]


class UnitsPart:
    """The list; `changed` is called after a sheet was undone."""

    def __init__(self, library: Library, standing: Standing, changed: Callable[[], Awaitable[None]]) -> None:
        self._library = library
        self._standing = standing
        self._changed = changed

    def build(self) -> None:
        """Lay out the list with what can be done with a chosen unit."""
        with ui.row().classes("bar w-full items-center gap-1 no-wrap"):
            words = ui.input(placeholder="查找单位").props('dense outlined clearable aria-label="查找单位"')
            words.on("update:value", js_handler="(words) => taizhang.filterGridIn('.dispatch-units', words)")
            ui.label(_counts(self._standing)).classes("faint q-ml-sm")
            ui.space()
            for name, suffix in (("这个单位的表 Excel", ".xlsx"), ("Word", ".docx")):
                button = ui.button(name, icon="download", on_click=partial(self._take, suffix))
                button.props("flat dense")
            ui.button("看它的任务", icon="checklist", on_click=self._look).props("flat dense")
            if may_write():
                ui.button("撤销回表", icon="undo", on_click=self._undo).props("flat dense")
        self._table = grid(COLUMNS, _rows(self._standing)).classes("w-full ledger dispatch-units")
        self._table.options.update({"defaultColDef": PLAIN, "rowHeight": 34})

    async def _chosen(self) -> UnitStanding | None:
        row = await self._table.get_selected_row()
        if row is None:
            ui.notify("请先点选一个单位。", type="warning")
            return None
        return next(unit for unit in self._standing.units if str(unit.sheet) == row["key"])

    async def _take(self, suffix: str) -> None:
        unit = await self._chosen()
        if unit is not None:
            files = self._library.dispatches
            await download(partial(files.sheet_file, self._standing.dispatch.id, unit.sheet, suffix))

    async def _look(self) -> None:
        unit = await self._chosen()
        if unit is not None:
            ui.navigate.to(f"/ledger?{urlencode({'unit': unit.unit})}")

    async def _undo(self) -> None:
        unit = await self._chosen()
        if unit is None:
            return
        if not unit.returns:
            ui.notify("这个单位还没有存入的回表。", type="warning")
            return
        last = unit.returns[-1]
        done = f"已撤销“{last.file}”，{unit.unit}的进展恢复原样。"
        if await write(self._library, partial(_undo, self._library, last.id), done=done):
            await self._changed()


def _undo(library: Library, returned: int, by: str) -> bool:
    library.dispatches.undo(returned, by)
    return True


def _counts(standing: Standing) -> str:
    returned = len(standing.units) - len(standing.missing)
    return (
        f"任务 {standing.counted} 项，已完成 {standing.finished} 项，逾期 {standing.overdue_count} 项；"
        f"应报 {len(standing.units)} 个单位，已报 {returned} 个"
    )


def _rows(standing: Standing) -> list[JsonObject]:
    ranks = {unit.sheet: place for place, unit in standing.ranked()}
    return [
        {
            "key": str(unit.sheet),
            "rank": ranks.get(unit.sheet, ""),
            "unit": unit.unit,
            "acting": unit.acting,
            "finished": unit.finished,
            "rate": percent(unit.finished, unit.acting) if unit.acting else "",
            "overdue": unit.overdue or "",
            "cooperating": unit.rows - unit.acting or "",
            "state": unit_state(standing, unit),
            "at": f"{unit.returned_at.astimezone():%Y-%m-%d %H:%M}" if unit.returned_at else "",
            "file": unit.returns[-1].file.rsplit("/", 1)[-1] if unit.returns else "",
        }
        for unit in standing.units
    ]
