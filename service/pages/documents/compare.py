"""What changed between two versions of a plan, or between a draft for comment and the plan as issued."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from corpus.errors import UserError
from corpus.records import JsonObject
from service.comparing import Compared, Comparison, Fate, RowDifference
from service.editing.cells import CELL_OF, ROLE_HEADS
from service.intake.sources import shown_title
from service.pages.documents.choice import document_choice, document_names
from service.pages.frame import empty_state, framed, shelf_links

if TYPE_CHECKING:
    from service.library import Library

NOTHING = "文库里还没有文件。先存入要对照的两份，再到这里选择。"
FATES = {Fate.ADDED: "新增", Fate.DROPPED: "删去", Fate.CHANGED: "改动", Fate.SAME: "未变"}
CHANGED = {"text": "文字", "units": "单位", "deadlines": "时限", "indicators": "指标", "persons": "责任人"}
CELLS_OF = {
    "units": tuple(ROLE_HEADS),
    "deadlines": ("limits", "day"),
    "indicators": ("indicators",),
    "persons": ("persons",),
}


@dataclass(frozen=True, slots=True)
class Sides:
    """What the address asks to compare: two documents, or two versions of one."""

    before: str = ""
    after: str = ""
    version_before: int = 0
    """0 for the current one."""
    version_after: int = 0

    @property
    def complete(self) -> bool:
        """Tell whether both sides are known."""
        return bool(self.before and self.after) and self != Sides(self.before, self.before)


async def compare_page(library: Library, asked: Sides) -> None:
    """Lay out the page at /compare."""
    with framed("/library"):
        if not await _choice(library, asked):
            with ui.column().classes("panel w-full"):
                empty_state("folder_open", NOTHING, action=("打开文库", "/library"))
            return
        if not asked.complete:
            with ui.column().classes("panel w-full"):
                empty_state("compare", "选好两份文件，就能看到哪些任务新增、删去，哪些改了单位、时限或文字。")
            return
        try:
            comparison = await asyncio.to_thread(_compare, library, asked)
        except UserError as error:
            with ui.column().classes("panel w-full"):
                empty_state("help_outline", str(error), action=("回到文库", "/library"))
            return
        Differences(comparison).build()


def _compare(library: Library, asked: Sides) -> Comparison:
    if asked.before == asked.after:
        return library.compare(asked.before, asked.version_before, asked.version_after or None)
    return library.compare_documents(asked.before, asked.after)


async def _choice(library: Library, asked: Sides) -> bool:
    """Lay out both boxes; returns whether the library holds anything to choose."""
    rows = await asyncio.to_thread(library.documents)
    with ui.row().classes("w-full items-center"):
        ui.label("征求意见稿与印发稿，或者任意两份方案，逐项任务对照。").classes("faint")
        ui.space()
        shelf_links("/compare")
    if not rows:
        return False
    names = document_names(rows)
    with ui.row().classes("w-full items-center gap-2 no-wrap"):
        boxes = [
            document_choice(names, asked.before, "原稿（征求意见稿、上一版）"),
            document_choice(names, asked.after, "新稿（印发稿）"),
        ]

        def show() -> None:
            values = {"before": boxes[0].value or "", "after": boxes[1].value or ""}
            ui.navigate.to(f"/compare?{urlencode(values)}")

        def allow() -> None:
            before, after = (box.value for box in boxes)
            button.set_enabled(bool(before and after and before != after))

        button = ui.button("对照", icon="compare", on_click=show)
        for box in boxes:
            box.on_value_change(allow)
        allow()
    return True


class Differences:
    """The rows of both texts, narrowed to some fates."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        changed = any(comparison.count(fate) for fate in FATES if fate is not Fate.SAME)
        self.shown = {fate for fate in FATES if fate is not Fate.SAME or not changed}

    def build(self) -> None:
        """Lay out counts, chips and rows."""
        with ui.row().classes("w-full items-center gap-3"):
            ui.label(f"{_name(self.comparison.before)} → {_name(self.comparison.after)}").classes("faint")
            ui.space()
            for fate, words in FATES.items():
                box = ui.checkbox(f"{words} {self.comparison.count(fate)}", value=fate in self.shown)
                box.on_value_change(lambda event, fate=fate: self._toggle(fate, event.value))
        self._rows()

    def _toggle(self, fate: Fate, shown: bool) -> None:
        (self.shown.add if shown else self.shown.discard)(fate)
        self._rows.refresh()

    @ui.refreshable_method
    def _rows(self) -> None:
        rows = [row for row in self.comparison.rows if row.fate in self.shown]
        with ui.column().classes("panel w-full gap-0"):
            for row in rows:
                _difference(row)
            if not rows:
                empty_state("done_all", "没有这样的任务。")


def _name(side: Compared) -> str:
    return f"{shown_title(side.title, side.source)}（第 {side.version} 版）"


def _difference(row: RowDifference) -> None:
    with ui.row().classes("difference w-full no-wrap gap-3 items-start"):
        with ui.column().classes("difference-fate gap-0"):
            ui.label(FATES[row.fate]).classes(f"fate fate-{row.fate.value}")
            for key in row.changed:
                ui.label(CHANGED[key]).classes("faint")
        with ui.column().classes("grow gap-1"):
            _text(row)
            for key in row.changed:
                for name in CELLS_OF.get(key, ()):
                    _cell(name, row.before, row.after)
            if row.fate in (Fate.ADDED, Fate.DROPPED):
                _facts(row.after or row.before or {})


def _text(row: RowDifference) -> None:
    with ui.element("div").classes("difference-text"):
        if not row.words:
            record = row.after or row.before or {}
            ui.label(f"{record['label']}{record['text']}")
            return
        for words in row.words:
            tag = {"added": "ins", "dropped": "del"}.get(words.kind, "span")
            with ui.element(tag):
                ui.html(_escaped(words.text), sanitize=False, tag="span")


def _cell(name: str, before: JsonObject | None, after: JsonObject | None) -> None:
    cell = CELL_OF[name]
    old, new = (cell.read(record) if record else "" for record in (before, after))
    if old == new:
        return
    with ui.row().classes("gap-2 items-baseline"):
        ui.label(cell.head).classes("faint")
        with ui.element("del"):
            ui.label(old or "（空）")
        ui.label("→")
        with ui.element("ins"):
            ui.label(new or "（空）")


def _facts(record: JsonObject) -> None:
    shown = [(CELL_OF[name].head, CELL_OF[name].read(record)) for name in (*ROLE_HEADS, "limits")]
    ui.label("　".join(f"{head}：{words}" for head, words in shown if words)).classes("faint")


def _escaped(words: str) -> str:
    from html import escape

    return escape(words)
