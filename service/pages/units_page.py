"""单位名录: the units that an office names its own way, with their aliases and groups."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.registry.own_units import OwnUnit, faults
from corpus.registry.units import canonical_unit, is_group
from service.editing.cells import split_outside_brackets
from service.pages.frame import framed
from service.pages.grid import WORDS, column, grid, wrapped
from service.pages.person import may_write, write

if TYPE_CHECKING:
    from service.library import Library

KINDS = ("单位", "组")
BETWEEN = "、，,；; "
COLUMNS: list[JsonObject] = [
    column("name", "全称", 240, editable=True),
    {**wrapped("aliases", "别名（用顿号隔开）", 420), "flex": 1, "editable": True},
    column(
        "kind",
        "类别",
        90,
        editable=True,
        singleClickEdit=True,
        cellEditor="agSelectCellEditor",
        cellEditorParams={"values": list(KINDS)},
    ),
    {**wrapped("note", "说明", 240), "editable": True},
]


class Units:
    """The table of own units; what is typed is stored at once."""

    def __init__(self, library: Library, units: tuple[OwnUnit, ...]) -> None:
        self.library = library
        self.rows = [_row(str(number), unit) for number, unit in enumerate(units)]
        self._next = len(units)

    def build(self) -> None:
        """Lay out the table and the trial of a name."""
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            ui.label("本单位自己的叫法：这里写的优先于系统自带的名录。").classes("faint")
            ui.space()
            trial = ui.input(placeholder="试一个名称").props('dense outlined aria-label="试一个名称"')
            meaning = ui.label().classes("faint unit-meaning")
            trial.on_value_change(lambda event: meaning.set_text(_meaning(event.value or "")))
        columns = COLUMNS if may_write() else [{**item, "editable": False} for item in COLUMNS]
        self.table = grid(columns, self.rows).classes("w-full shelf units")
        self.table.options["localeText"] = {
            **WORDS,
            "noRowsToShow": "还没有。点“新增一行”，写上全称和文件里的叫法。",
        }
        self.table.options["stopEditingWhenCellsLoseFocus"] = True
        self.table.on("cellValueChanged", self._typed, args=["rowId", "colId", "newValue"])
        if may_write():
            with ui.row().classes("w-full items-center gap-2"):
                ui.label("改动从下一次读取文件起生效；已有台账要“重新提取”才会更新。").classes("faint")
                ui.space()
                ui.button("新增一行", icon="add", on_click=self._add).props("outline dense")
                ui.button("删除选中行", icon="delete_outline", on_click=self._delete).props("outline dense")

    def _add(self) -> None:
        key = f"n{self._next}"
        self._next += 1
        self.rows.append({"key": key, "name": "", "aliases": "", "kind": KINDS[0], "note": ""})
        self._show()
        ui.run_javascript(f"taizhang.typeInto({self.table.id}, '{key}', 'name')")

    async def _typed(self, event: events.GenericEventArguments) -> None:
        for row in self.rows:
            if row["key"] == event.args["rowId"]:
                row[event.args["colId"]] = (event.args["newValue"] or "").strip()
        await self._store()

    async def _delete(self) -> None:
        chosen = {row["key"] for row in await self.table.get_selected_rows()}
        if not chosen:
            ui.notify("请先点选一行。", type="warning")
            return
        self.rows = [row for row in self.rows if row["key"] not in chosen]
        self._show()
        await self._store()

    def _show(self) -> None:
        self.table.run_grid_method("setGridOption", "rowData", self.rows)

    async def _store(self) -> None:
        """Store the rows that have a name, once they are in order."""
        units = [_unit(row) for row in self.rows if row["name"] or row["aliases"]]
        if any(not unit.name for unit in units):
            return
        if wrong := faults(units):
            ui.notify(wrong[0], type="negative", multi_line=True)
            return
        await write(self.library, partial(_replace, self.library, units), done="已保存。")


def _replace(library: Library, units: list[OwnUnit], _by: str) -> None:
    library.replace_own_units(units)


def _row(key: str, unit: OwnUnit) -> JsonObject:
    return {
        "key": key,
        "name": unit.name,
        "aliases": "、".join(unit.aliases),
        "kind": KINDS[unit.group],
        "note": unit.note,
    }


def _unit(row: JsonObject) -> OwnUnit:
    aliases = tuple(dict.fromkeys(split_outside_brackets(row["aliases"], BETWEEN)))
    return OwnUnit(row["name"], aliases, row["kind"] == KINDS[1], row["note"])


def _meaning(name: str) -> str:
    """Return what the registry makes of a name, in words."""
    if not name.strip():
        return ""
    if is_group(name):
        return "泛指多个单位"
    return canonical_unit(name.strip()) or "名录中没有"


async def units_page(library: Library) -> None:
    """Lay out the page at /units."""
    with framed("/units"):
        try:
            units = await asyncio.to_thread(library.own_units)
        except UserError as error:
            ui.label(str(error)).classes("panel q-pa-md text-negative")
            return
        Units(library, units).build()
