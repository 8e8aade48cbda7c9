"""总台账: the tasks of all documents in one list, with charts, filters and their status."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import events, ui

from corpus.records import JsonObject
from corpus.store.edits import RowEdits
from corpus.store.rows import TaskStatus, ledger_record
from service.ledger import STATUS_WORDS
from service.ledgerbook.files import ledger_bytes
from service.overview import LatestOverview, Overview, line_of
from service.pages.charts import overview_charts
from service.pages.frame import empty_state, framed
from service.pages.grid import column, grid
from service.pages.person import may_write, write

if TYPE_CHECKING:
    from service.library import Library

LINES = "/pages/tasks.json"
"""Where the browser fetches the rows."""
STATUS_OF_WORDS = {words: TaskStatus(value) for value, words in STATUS_WORDS.items()}
CLAMPED = {"wrapText": True, "cellClass": "clamped"}
COLUMNS: list[JsonObject] = [
    column("colour", "", 34, sortable=False, **{":cellRenderer": "taizhang.colourCell"}),
    column("text", "任务", 380, flex=1, **CLAMPED, **{":cellRenderer": "taizhang.taskCell"}),
    column("lead", "牵头单位", 130, **CLAMPED),
    column("responsible", "责任单位", 140, **CLAMPED),
    column("cooperate", "配合单位", 130, **CLAMPED),
    column("due", "截止日期", 110),
    column(
        "status",
        "状态",
        96,
        editable=True,
        singleClickEdit=True,
        cellEditor="agSelectCellEditor",
        cellEditorParams={"values": list(STATUS_WORDS.values())},
    ),
    column("title", "文件", 210, **CLAMPED),
]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the address of the page narrows the list to; "" where nothing is."""

    q: str = ""
    unit: str = ""
    status: str = ""
    month: str = ""

    def address(self, **changes: str) -> str:
        """Return the address of this list with some parameters changed."""
        kept = {name: value for name, value in {**asdict(self), **changes}.items() if value}
        return f"/ledger?{urlencode(kept)}" if kept else "/ledger"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose rows are wanted; "" for none."""

    question: str = ""
    before: tuple[str, ...] = ()
    """The questions that it follows."""


async def ledger_page(library: Library, latest: LatestOverview, narrowed: Narrowed, asked: Asked) -> None:
    """Lay out the page at /ledger; with a question it shows the rows that the answer counts."""
    with framed("/ledger", full=True):
        everything = await asyncio.to_thread(latest.get)
        if not everything.total:
            with ui.column().classes("panel w-full"):
                empty_state(
                    "checklist",
                    "还没有任务。先到“拆任务”拖入方案，确认后就会列在这里。",
                    action=("去拆任务", "/extract"),
                )
            return
        rows = None
        if asked.question:
            rows = (await asyncio.to_thread(library.ask, asked.question, asked.before)).rows
            with ui.row().classes("w-full items-center gap-3"):
                ui.label(f"“{asked.question}”涉及的 {len(rows)} 项任务").classes("font-bold")
                ui.link("显示全部任务", "/ledger")
        AllTasks(library, narrowed, rows).build(everything.counts)


class AllTasks:
    """The list with its charts; the browser fetches the rows by itself, since there may be thousands."""

    def __init__(self, library: Library, narrowed: Narrowed, rows: Sequence[str] | None) -> None:
        self.library = library
        self.narrowed = narrowed
        self._rows = rows
        """The ids of the only rows that are wanted; None for all."""

    def build(self, counts: Overview) -> None:
        """Lay out charts, filters and list."""
        fold = ui.expansion("图表", icon="insert_chart", value=self._rows is None)
        with fold.classes("w-full charts-fold").props("dense"):
            overview_charts(
                counts,
                lambda month: self._set(month=month),
                lambda unit: self._set(unit=unit),
                lambda status: self._set(status=status),
            )
        with ui.column().classes("panel w-full list-panel gap-0 no-wrap"):
            self._bar()
            columns = COLUMNS if may_write() else [{**item, "editable": False} for item in COLUMNS]
            self.table = grid(columns, [])
            self.table.options.update(
                {
                    "rowHeight": 50,
                    "loading": True,
                    ":isExternalFilterPresent": "() => taizhang.narrowing()",
                    ":doesExternalFilterPass": "(node) => taizhang.passes(node.data)",
                    ":onModelUpdated": "(event) => taizhang.countRows(event.api)",
                    ":onGridReady": f"(event) => taizhang.loadTasks(event.api, '{LINES}')",
                }
            )
            self.table.classes("w-full ledger")
        self.table.on("cellValueChanged", self._typed, args=["rowId", "newValue"])
        self._narrow()

    def _bar(self) -> None:
        with ui.row().classes("bar w-full items-center gap-2 no-wrap"):
            self._words = self._box("q", "查找任务文字", "w-40")
            self._unit = self._box("unit", "单位", "w-32")
            self._month = self._box("month", "到期月份，如 2026-06", "w-44")
            choices = {"": "全部状态", **{words: words for words in STATUS_OF_WORDS}}
            self._status = ui.select(choices, value=self.narrowed.status, on_change=lambda: self._narrow())
            self._status.props('dense outlined options-dense aria-label="状态"').classes("w-28")
            ui.label().classes("faint count-rows").props("aria-live=polite")
            ui.space()
            ui.button("清除筛选", icon="filter_alt_off", on_click=self._clear).props("flat dense")
            ui.button("导出 Excel", icon="download", on_click=self._export).props("flat dense")

    def _box(self, name: str, words: str, width: str) -> ui.input:
        box = ui.input(
            placeholder=words, value=getattr(self.narrowed, name), on_change=lambda: self._narrow()
        )
        box.props(f'dense outlined clearable debounce=80 aria-label="{words}"').classes(width)
        return box

    def _set(self, **values: str) -> None:
        boxes = {"unit": self._unit, "month": self._month, "status": self._status}
        for name, value in values.items():
            boxes[name].set_value(value)

    def _clear(self) -> None:
        for box in (self._words, self._unit, self._month, self._status):
            box.set_value("")

    def _narrow(self) -> None:
        """Show the rows that fit, in the browser alone, and keep what was asked in the address."""
        values = [box.value or "" for box in (self._words, self._unit, self._status, self._month)]
        self.narrowed = Narrowed(*values)
        wanted = json.dumps({**asdict(self.narrowed), "ids": self._rows})
        ui.run_javascript(f"taizhang.narrow({self.table.id}, {wanted})")
        if self._rows is None:
            address = json.dumps(self.narrowed.address())
            ui.run_javascript(f"history.replaceState(null, '', {address})")

    async def _typed(self, event: events.GenericEventArguments) -> None:
        task, status = event.args["rowId"], STATUS_OF_WORDS[event.args["newValue"]]
        edits = RowEdits(statuses={task: status})
        await write(self.library, partial(self.library.rows.edit, edits), done="状态已保存。")
        row = await asyncio.to_thread(self.library.task, task)
        self.table.run_row_method(task, "setData", asdict(line_of(row)) | {"key": row.id})

    async def _export(self) -> None:
        keys = await ui.run_javascript(f"taizhang.shownKeys({self.table.id})")
        rows = await asyncio.to_thread(self.library.store.task_rows, keys)
        records = [ledger_record(row) for row in rows]
        ui.download.content(
            await asyncio.to_thread(ledger_bytes, records, "任务总台账", ".xlsx"), "任务总台账.xlsx"
        )
