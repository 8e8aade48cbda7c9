"""The source text beside a ledger, with its evidence coloured."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from nicegui import ui

from corpus.records import JsonObject
from service.editing.editable import EditedRow
from service.pages.evidence import Mark, marked_html, progress_marks, task_marks

LEGEND = (
    ("task", "任务"),
    ("unit", "单位"),
    ("deadline", "时限"),
    ("indicator", "指标"),
    ("progress", "进展"),
)


class SourcePane:
    """The text on the left; `found` is what a search pointed to."""

    def __init__(self, text: str, progress: Iterable[JsonObject], found: Mark | None) -> None:
        self.text = text
        self._fixed = [*progress_marks(progress), *([found] if found else [])]
        self._marks: list[Mark] | None = None
        self._found = found is not None
        with ui.column().classes("w-full h-full gap-0 no-wrap"):
            with ui.row().classes("legend w-full items-center gap-2 no-wrap") as self.head:
                for kind, name in LEGEND:
                    ui.label(name).classes(f"mark-{kind}")
                ui.space()
            self.html = ui.element("div").classes("source-text w-full")
            self.html.props('tabindex=0 role=region aria-label="原文"')

    def show(self, rows: Sequence[EditedRow]) -> None:
        """Colour the evidence of the rows; the page keeps its place."""
        marks = [*task_marks((row.key, row.record) for row in rows), *self._fixed]
        if marks == self._marks:
            return
        self._marks = marks
        # Not as a property of the element: a long text would then travel, and be kept, twice.
        html = json.dumps(marked_html(self.text, marks))
        ui.run_javascript(f"taizhang.showSource({self.html.id}, {html})")
        if self._found:
            self._found = False
            ui.run_javascript("taizhang.showFound()")
