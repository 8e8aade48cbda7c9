"""拆任务: drop files, see each one's ledger beside its text, export it or put the file into the library."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.document import Problem
from corpus.errors import UserError
from corpus.records import progress_record
from service.extraction import Reading
from service.ledger import ledger_rows
from service.pages.frame import empty_state, framed
from service.pages.heads import EXPORT_NAMES, document_head, export_button
from service.pages.workspace import workspace

if TYPE_CHECKING:
    from service.library import Library

SIZE_LIMIT = 200 * 1024 * 1024
"""Bytes of one upload; readers refuse more."""


@dataclass(eq=False)
class Dropped:
    """One file on the desk."""

    name: str
    data: bytes
    outcome: Reading | Problem | None = None
    """None while it is being read."""
    stored: bool = False

    @property
    def state(self) -> str:
        """What has become of it, in words."""
        if self.outcome is None:
            return "正在读取…"
        if isinstance(self.outcome, Problem):
            return self.outcome.message
        tasks, progress = self.outcome.extraction.tasks, self.outcome.extraction.progress
        done = f"，{len(progress)} 项进展" if progress else ""
        return f"{len(tasks)} 项任务{done}{'，已存入文库' if self.stored else ''}"


@dataclass(eq=False)
class Desk:
    """One visitor's desk: the files dropped so far, newest last, and the one on view."""

    library: Library
    files: list[Dropped] = field(default_factory=list)
    shown: Dropped | None = None

    def build(self) -> None:
        """Lay out the desk."""
        with ui.row().classes("w-full items-stretch no-wrap gap-3"):
            self.upload = ui.upload(
                label="把文件拖到这里，或点右侧加号选择（可多选）",
                multiple=True,
                auto_upload=True,
                max_file_size=SIZE_LIMIT,
                on_upload=self.receive,
                on_rejected=lambda: ui.notify("文件超过 200 MB，请拆分后再试。", type="negative"),
            ).classes("w-96")
            self._queue()
        self._view()

    async def receive(self, event: events.UploadEventArguments) -> None:
        """Read one uploaded file in a worker process; the page stays usable meanwhile."""
        dropped = Dropped(event.file.name, await event.file.read())
        self.files.append(dropped)
        self._queue.refresh()
        dropped.outcome = await asyncio.to_thread(self.library.extract_upload, dropped.name, dropped.data)
        if isinstance(dropped.outcome, Reading) and self.shown is None:
            self.shown = dropped
            self._view.refresh()
        self._queue.refresh()

    def show(self, dropped: Dropped) -> None:
        """Put a file's text and ledger on view."""
        self.shown = dropped
        self._queue.refresh()
        self._view.refresh()

    async def store(self, dropped: Dropped) -> None:
        """Put a file into the library."""
        try:
            await asyncio.to_thread(self.library.add_upload, dropped.name, dropped.data)
        except UserError as error:
            ui.notify(str(error), type="negative")
            return
        dropped.stored = True
        ui.notify("已存入文库，可以检索和提问了。", type="positive")
        self._queue.refresh()

    @ui.refreshable_method
    def _queue(self) -> None:
        with ui.list().props("dense separator").classes("panel grow queue"):
            for dropped in self.files:
                self._entry(dropped)
            if not self.files:
                ui.item_label("还没有文件。支持 docx、pdf、html、txt；一个文件出错不影响其他文件。").classes(
                    "q-pa-md faint"
                )

    def _entry(self, dropped: Dropped) -> None:
        failed = isinstance(dropped.outcome, Problem)
        readable = isinstance(dropped.outcome, Reading)
        with ui.item(on_click=(lambda: self.show(dropped)) if readable else None) as item:
            item.props("active" if dropped is self.shown else "")
            with ui.item_section().props("avatar"):
                if dropped.outcome is None:
                    ui.spinner(size="20px")
                else:
                    ui.icon(
                        "error_outline" if failed else "description",
                        color="negative" if failed else "primary",
                    )
            with ui.item_section():
                ui.item_label(dropped.name)
                ui.item_label(dropped.state).props("caption").classes(_colour(failed))

    @ui.refreshable_method
    def _view(self) -> None:
        if self.shown is None or not isinstance(self.shown.outcome, Reading):
            with ui.column().classes("panel w-full"):
                empty_state("upload_file", "拖入一份方案、要点、分工表或汇报，这里会并排显示原文和台账。")
            return
        reading = self.shown.outcome
        self._actions(self.shown, reading)
        workspace(
            reading.document.text,
            ledger_rows(reading),
            [progress_record(item) for item in reading.extraction.progress],
        )

    def _actions(self, dropped: Dropped, reading: Reading) -> None:
        with ui.row().classes("w-full items-center gap-2"):
            document_head(reading.document)
            for suffix in EXPORT_NAMES:
                export_button(suffix, reading.document, partial(ledger_rows, reading))
            ui.button("存入文库", icon="save", on_click=lambda: self.store(dropped)).props("dense")


def _colour(failed: bool) -> str:
    return "text-negative" if failed else "text-primary"


def extract_page(library: Library) -> None:
    """Lay out the page at /extract."""
    with framed("/extract"):
        Desk(library).build()
