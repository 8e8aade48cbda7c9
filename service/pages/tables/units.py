"""单位名录: the units that an office names its own way, with their aliases and groups."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.registry.own_units import GROUP, HEADS, SINGLE, OwnUnit, parse_aliases
from service.pages.frame import framed, shelf_links
from service.pages.grid import column, wrapped
from service.pages.person import may_write
from service.pages.tables.kept_table import KeptTable

if TYPE_CHECKING:
    from service.library import Library

KINDS = {"values": [SINGLE, GROUP]}
SELECT = {"singleClickEdit": True, "cellEditor": "agSelectCellEditor", "cellEditorParams": KINDS}
COLUMNS: list[JsonObject] = [
    column("name", HEADS[0], 240, editable=True),
    {**wrapped("aliases", "别名（用顿号隔开）", 420), "flex": 1, "editable": True},
    column("kind", HEADS[2], 90, editable=True, **SELECT),
    {**wrapped("note", HEADS[3], 240), "editable": True},
]


class UnitsPage(KeptTable[OwnUnit]):
    """The table of own units, and the trial of a name."""

    columns = COLUMNS
    first = "name"
    empty = "还没有。点“新增一行”，写上全称和文件里的叫法。"
    look = "shelf units"
    paste_words = (
        "从 Excel 复制几列（全称、别名、类别、说明），粘贴在下面。同名的改为新的，没复制的栏目不变。"
    )
    paste_label = "要粘贴的单位"
    file = "units.tsv"

    def __init__(self, library: Library, units: tuple[OwnUnit, ...]) -> None:
        super().__init__(library, library.units, units)

    def build(self) -> None:
        """Lay out the table and the trial of a name."""
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            self.trial = ui.input(placeholder="试一个名称", on_change=self._tried)
            self.trial.props('dense outlined aria-label="试一个名称"')
            self.meaning = ui.label().classes("faint unit-meaning")
            ui.space()
            shelf_links("/units")
        with ui.row().classes("w-full items-center gap-3"):
            ui.label("本单位自己的叫法：这里写的优先于系统自带的名录。").classes("faint")
            if may_write():
                ui.label("改动从下一次读取文件起生效；已有台账要“重新提取”才会更新。").classes("faint")
        self.table_part()

    def blank(self) -> JsonObject:
        """Return the cells of a new row."""
        return {**super().blank(), "kind": SINGLE}

    def cells(self, line: OwnUnit) -> JsonObject:
        """Return what the cells of a unit show."""
        return {
            "name": line.name,
            "aliases": "、".join(line.aliases),
            "kind": GROUP if line.group else SINGLE,
            "note": line.note,
        }

    def line(self, row: JsonObject) -> OwnUnit | None:
        """Return the unit of a row, None while it has no name."""
        if not row["name"]:
            return None
        return OwnUnit(row["name"], parse_aliases(row["aliases"]), row["kind"] == GROUP, row["note"])

    async def _tried(self, event: events.ValueChangeEventArguments[str | None]) -> None:
        words = await asyncio.to_thread(_meaning, self.library, event.value or "")
        if event.value == self.trial.value:  # else more was typed meanwhile
            self.meaning.set_text(words)


def _meaning(library: Library, name: str) -> str:
    """Return what the registry makes of a name, in words."""
    if not name.strip():
        return ""
    try:
        meaning = library.units.meaning(name)
    except UserError as error:
        return str(error)
    return "泛指多个单位" if meaning.group else meaning.canonical or "名录中没有"


async def units_page(library: Library) -> None:
    """Lay out the page at /units."""
    with framed("/units"):
        try:
            units = await asyncio.to_thread(library.units.all)
        except UserError as error:
            ui.label(str(error)).classes("panel q-pa-md text-negative")
            return
        UnitsPage(library, units).build()
