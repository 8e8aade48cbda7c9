"""A source text and its ledger side by side: a click on either side shows the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nicegui import ui

from corpus.records import JsonObject
from service.pages.evidence import Mark, marked_html, progress_marks, task_marks
from service.pages.frame import empty_state
from service.pages.grid import ledger_grid

LEGEND = (
    ("task", "任务"),
    ("unit", "单位"),
    ("deadline", "时限"),
    ("indicator", "指标"),
    ("progress", "进展"),
)


def workspace(
    text: str, rows: Sequence[JsonObject], progress: Iterable[JsonObject], found: Mark | None = None
) -> None:
    """Show `text` with its evidence on the left, `rows` on the right; `found` is what a search pointed to."""
    marks = [*task_marks(rows), *progress_marks(progress), *([found] if found else [])]
    with ui.splitter(value=45).classes("panel w-full workspace") as splitter:
        with splitter.before, ui.column().classes("w-full h-full gap-0"):
            _legend()
            source = ui.html(marked_html(text, marks), sanitize=False).classes("source-text w-full")
        with splitter.after:
            grid = _ledger(rows)
    if grid is not None:
        _link(source, grid)
    if found:
        ui.run_javascript("taizhang.showFound()")


def _ledger(rows: Sequence[JsonObject]) -> ui.aggrid | None:
    if not rows:
        empty_state("inbox", "没有找到任务。汇报类文件的进展以绿底标在左边原文里。")
        return None
    with ui.row().classes("w-full items-center q-px-md gap-2 no-wrap"):
        ui.label(f"共 {len(rows)} 项").classes("faint")
        words = ui.input(placeholder="在台账中查找").props(
            'dense borderless clearable aria-label="在台账中查找"'
        )
    grid = ledger_grid(rows).classes("w-full ledger")
    words.on("update:value", js_handler=f"(words) => taizhang.filterGrid({grid.id}, words)")
    return grid


def _legend() -> None:
    with ui.row().classes("legend q-px-md q-pt-sm gap-0"):
        for kind, name in LEGEND:
            ui.label(name).classes(f"mark-{kind} q-mr-sm")


def _link(source: ui.html, grid: ui.aggrid) -> None:
    """Tie the two sides together within the browser, without a round trip.

    A cell gets the focus by a click as well as by the arrow keys.
    """
    grid.on("cellFocused", js_handler=f"(event) => taizhang.followGrid({grid.id}, event.rowIndex)")
    source.on("click", js_handler=f"(event) => taizhang.showRow({grid.id}, event.target)")
