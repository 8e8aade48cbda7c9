"""The source text beside a ledger, with its evidence coloured."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from nicegui import ui

from corpus.records import JsonObject
from service.editing.editable import EditedRow
from service.editing.evidence import Mark, marked_lines, progress_marks, task_marks
from service.editing.sight import in_portions

LEGEND = (
    ("task", "任务"),
    ("unit", "单位"),
    ("deadline", "时限"),
    ("indicator", "指标"),
    ("progress", "进展"),
)


class SourcePane:
    """The text on the left. What it holds is sent by `show`, or fetched by the browser itself."""

    def __init__(self, text: str, progress: Iterable[JsonObject]) -> None:
        self.text = text
        self._progress = list(progress_marks(progress))
        self._marks: list[Mark] = []
        self._lines: dict[int, str] = {}
        """The lines as the browser has them."""
        with ui.column().classes("w-full h-full gap-0 no-wrap"):
            with ui.row().classes("legend w-full items-center gap-2 no-wrap") as self.head:
                for kind, name in LEGEND:
                    ui.label(name).classes(f"mark-{kind}")
                ui.space()
            self.html = ui.element("div").classes("source-text w-full")
            self.html.props('tabindex=0 role=region aria-label="原文"')

    def know(self, rows: Sequence[EditedRow]) -> None:
        """Take note that the browser shows the evidence of these rows."""
        self._marks = self._marks_of(rows)
        self._lines = dict(marked_lines(self.text, self._marks))

    def show(self, rows: Sequence[EditedRow]) -> None:
        """Colour the evidence of the rows; the page keeps its place."""
        before = self._lines
        marks = self._marks_of(rows)
        if before and marks == self._marks:
            return
        self.know(rows)
        # Not as a property of the element: a long text would then travel, and be kept, twice.
        if before:
            changed = [html for start, html in self._lines.items() if before.get(start) != html]
            ui.run_javascript(f"taizhang.changeLines({self.html.id}, {json.dumps(changed)})")
        else:
            portions = json.dumps(in_portions(list(self._lines.items())))
            ui.run_javascript(f"taizhang.fillSource({self.html.id}, {portions})")

    def _marks_of(self, rows: Sequence[EditedRow]) -> list[Mark]:
        return [*task_marks((row.key, row.record) for row in rows), *self._progress]
