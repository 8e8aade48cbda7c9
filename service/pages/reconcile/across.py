"""可能冲突 and 各单位工作量: what several plans say together."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from service.acting import acting_units
from service.intake.sources import shown_title
from service.pages.frame import empty_state
from service.pages.ledger.narrowed import ENDED, OPEN

if TYPE_CHECKING:
    from corpus.store.rows import TaskRow
    from service.library import Library
    from service.reconcile.conflicts import Conflict
    from service.reconcile.workload import UnitLoad

DIFFERENCE_WORDS = {"units": "单位不同", "due": "时限不同", "figures": "数字不同"}
MOST_CONFLICTS = 200
MOST_UNITS = 60
MOST_MONTHS = 18


async def conflicts_part(library: Library, document: str) -> None:
    """Lay out the possible conflicts, of one plan where one is named."""
    found = await asyncio.to_thread(_conflicts, library, document)
    ui.label(
        f"同一地区几份方案里，内容相近、单位或时限或数字不一样的任务，共 {len(found)} 处；"
        "是不是真有冲突，请对照原文判断。"
    ).classes("faint")
    with ui.column().classes("panel w-full gap-0 sides"):
        for conflict in found[:MOST_CONFLICTS]:
            _conflict(conflict)
        if not found:
            empty_state("done_all", "没有发现可能冲突的任务。")


def _conflicts(library: Library, document: str) -> tuple[Conflict, ...]:
    from service.reconcile.conflicts import find_conflicts
    from service.reconcile.snapshot import snapshot_of

    return find_conflicts(snapshot_of(library), document or None)


def _conflict(conflict: Conflict) -> None:
    with ui.element("div").classes("pair"):
        for row in (conflict.first, conflict.second):
            with ui.column().classes("side gap-0"):
                _task(row)
        with ui.column().classes("side-differences gap-1"):
            for difference in conflict.differences:
                ui.label(DIFFERENCE_WORDS[difference.kind]).classes("state")
                ui.label(f"{difference.first} ／ {difference.second}").classes("figure figure-short")


def _task(row: TaskRow) -> None:

    ui.label(f"{row.record['label']}{row.record['text']}").classes("side-text")
    due = f"{row.due} 前" if row.due else ""
    ui.label("　".join(filter(None, (acting_units(row.record), due)))).classes("faint")
    ui.link(shown_title(row.title, row.source), f"/documents/{row.document_id}?task={row.id}").classes(
        "faint"
    )


async def workload_part(library: Library) -> None:
    """Lay out a table of units and months; every number leads to its rows."""
    loads = await asyncio.to_thread(_loads, library)
    if not loads:
        with ui.column().classes("panel w-full"):
            empty_state("bar_chart", "台账里还没有写明单位的任务。", action=("去拆任务", "/extract"))
        return
    this_month = f"{library.today():%Y-%m}"
    months = sorted({month for load in loads for month in load.months if month >= this_month})[:MOST_MONTHS]
    most = f"这里是任务最多的 {MOST_UNITS} 个单位，共 {len(loads)} 个。" if len(loads) > MOST_UNITS else ""
    ui.label(
        f"各单位牵头和负责的任务，按到期月份列出没有完成的；以前各月没有完成的在“逾期”里。点数字看任务。{most}"
    ).classes("faint")
    with ui.element("div").classes("panel w-full load-panel"), ui.element("table").classes("load"):
        with ui.element("tr"):
            for head in ("单位", "未完成", "逾期", *months, "无日期", "已完成"):
                _cell("th", head)
        for load in loads[:MOST_UNITS]:
            _load(load, months)


def _loads(library: Library) -> tuple[UnitLoad, ...]:
    from service.reconcile.snapshot import all_rows
    from service.reconcile.workload import workload

    return workload(all_rows(library), library.today())


def _load(load: UnitLoad, months: list[str]) -> None:
    unit = {"unit": load.unit, "role": "acting"}
    open_rows = {**unit, "status": OPEN}
    with ui.element("tr"):
        _cell("th", load.unit, unit)
        _number(load.open, open_rows)
        _number(load.overdue, {**unit, "colour": "red"}, kind="late")
        for month in months:
            _number(load.months.get(month, 0), {**open_rows, "month": month})
        _number(load.months.get("", 0), {**open_rows, "colour": "none"})
        _number(load.done, {**unit, "status": ENDED})


def _number(number: int, query: dict[str, str], kind: str = "") -> None:
    """Show a number that leads to the rows it counts; an empty cell for none."""
    _cell("td", str(number or ""), query if number else None, kind if number else "")


def _cell(tag: str, words: str, query: dict[str, str] | None = None, kind: str = "") -> None:
    with ui.element(tag).classes(kind):
        if query:
            ui.link(words, f"/ledger?{urlencode(query)}")
        else:
            ui.label(words)
