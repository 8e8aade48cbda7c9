"""Making a dispatch: which units, which month, until when."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.records import JsonObject
from service.dispatch.choosing import Choice, UnitChoice
from service.pages.day_box import day_box, day_in
from service.pages.dispatch.looks import PLAIN
from service.pages.frame import empty_state
from service.pages.grid import column, grid
from service.pages.person import write

if TYPE_CHECKING:
    from corpus.store.office.dispatches import Dispatch
    from service.library import Library

DAYS_TO_FILL_IN = 7
NOBODY = "没有单位有未完成的任务。任务写明牵头或责任单位，才能发给各单位填报。"
COLUMNS: list[JsonObject] = [
    column("unit", "单位", 320, flex=1),
    column("acting", "牵头和责任", 110, type="rightAligned"),
    column("overdue", "其中逾期", 100, type="rightAligned"),
    column("cooperating", "配合", 80, type="rightAligned"),
]
BEGIN = "(event) => { taizhang.widen(event.api); taizhang.beginChoice(event.api); }"


class NewDispatch:
    """The dialog; `made` is called with the new dispatch."""

    def __init__(self, library: Library, made: Callable[[Dispatch], Awaitable[None]]) -> None:
        self._library = library
        self._made = made
        self._choice = Choice((), 0)
        self._wanted: list[str] = []

    async def open(self) -> None:
        """Show the dialog with the units that have open rows."""
        today = self._library.today()
        with ui.dialog(value=True) as self._dialog, ui.card().classes("dialog dispatch-new"):
            ui.label("新建调度").classes("dialog-title")
            with ui.row().classes("w-full items-center gap-3"):
                self._period = ui.input("调度哪一期", value=f"{today.year}年{today.month}月")
                self._period.props("dense outlined")
                self._due = day_box("请在这一天前报回", today + timedelta(days=DAYS_TO_FILL_IN))
                self._cooperating = ui.checkbox("含配合的任务", value=True, on_change=self._reload)
                self._spread = ui.checkbox("各县区等发给成员", value=True, on_change=self._reload)
            with ui.row().classes("w-full items-center gap-2"):
                words = ui.input(placeholder="查找单位")
                words.props('dense outlined clearable aria-label="查找单位"')
                words.on("update:value", js_handler="(words) => taizhang.filterGridIn('.unit-choice', words)")
                self._choosers = [
                    ui.button(name, on_click=choose).props("flat dense").classes("whitespace-nowrap")
                    for name, choose in (
                        ("只选列出的", self._only_shown),
                        ("只选有逾期的", self._only_overdue),
                    )
                ]
                self._count = ui.label().classes("faint").props("aria-live=polite")
            self._area = ui.column().classes("w-full")
            with ui.row().classes("w-full justify-end gap-2"):
                ui.button("取消", on_click=self._dialog.close).props("flat")
                self._make = ui.button("生成调度表", icon="send", on_click=self._do)
        self._dialog.on("hide", self._dialog.delete)
        await self._reload()

    async def _reload(self, _event: events.ValueChangeEventArguments[bool] | None = None) -> None:
        """Ask anew which units there are, and choose all of them; nothing can be done with them meanwhile."""
        self._count.set_text("正在查找有未完成任务的单位…")
        for button in (*self._choosers, self._make):
            button.set_enabled(False)
        self._area.clear()
        with self._area:
            ui.spinner(size="lg").classes("self-center")
        ask = partial(
            self._library.dispatches.choice, spread=self._spread.value, cooperating=self._cooperating.value
        )
        self._choice = await asyncio.to_thread(ask)
        self._area.clear()
        with self._area:
            if self._choice.units:
                self._build_table()
            else:
                empty_state("task_alt", NOBODY, action=("去总台账", "/ledger"))
        for button in self._choosers:
            button.set_enabled(bool(self._choice.units))
        self._chosen([unit.share.unit for unit in self._choice.units])

    def _build_table(self) -> None:
        table = self._table = grid(COLUMNS, [_row(unit) for unit in self._choice.units])
        table.options.update(
            {
                "rowSelection": {"mode": "multiRow", "headerCheckbox": True, "enableClickSelection": False},
                "defaultColDef": PLAIN,
                "rowHeight": 34,
                ":onFirstDataRendered": BEGIN,
            }
        )
        table.classes("w-full unit-choice")
        table.on(
            "selectionChanged",
            lambda event: self._chosen(event.args),
            js_handler=f"() => emit(taizhang.selectedKeys({table.id}))",
        )

    def _only_shown(self) -> None:
        ui.run_javascript(f"taizhang.selectShown({self._table.id})")

    def _only_overdue(self) -> None:
        ui.run_javascript(f"taizhang.selectOnly({self._table.id}, 'overdue')")

    def _chosen(self, units: list[str]) -> None:
        self._wanted = units
        rest = f"；另有 {self._choice.without_unit} 项任务没有牵头或责任单位，不会发出" * bool(
            self._choice.without_unit
        )
        self._count.set_text(f"共 {len(self._choice.units)} 个单位有未完成的任务，已选 {len(units)} 个{rest}")
        self._make.set_text(f"生成 {len(units)} 张调度表")
        self._make.set_enabled(bool(units))

    async def _do(self) -> None:
        due = day_in(self._due)
        if due is None:
            ui.notify("请填写报回的日期。", type="warning")
            return
        act = partial(_make, self._library, self._period.value or "", due, tuple(self._wanted),
                      self._spread.value, self._cooperating.value)  # fmt: skip
        made = await write(self._library, act)
        if made is not None:
            self._dialog.close()
            await self._made(made)


def _make(
    library: Library, period: str, due: date, units: tuple[str, ...], spread: bool, cooperating: bool, by: str
) -> Dispatch:
    return library.dispatches.make(period, due, by, units, spread=spread, cooperating=cooperating)


def _row(unit: UnitChoice) -> JsonObject:
    name = unit.share.unit
    return {
        "key": name,
        "unit": f"{name}（几个单位合称，未列成员）" if unit.share.group else name,
        "acting": unit.acting,
        "overdue": unit.overdue or "",
        "cooperating": unit.cooperating or "",
    }
