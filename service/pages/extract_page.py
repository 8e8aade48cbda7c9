"""拆任务: drop files, check each one's ledger beside its text, then confirm it into the library."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from nicegui import app, events, ui

from corpus.document import Problem
from corpus.records import progress_record
from service.course import Course
from service.editing.confirm import confirm, open_ledger
from service.editing.editable import EditableLedger
from service.editing.unsaved import UnsavedEdits, content_key
from service.extraction import Reading
from service.ledger import ledger_rows
from service.pages.drop import drop_zone, path_of
from service.pages.editor.editor import LedgerEditor
from service.pages.editor.held import Held
from service.pages.frame import empty_state, framed
from service.pages.heads import document_head, export_buttons
from service.pages.person import current_person, may_write, write
from service.pages.progress import LOOK_EVERY, Bar
from service.sources import Upload, upload_name

if TYPE_CHECKING:
    from service.library import Library

DESK = "desk"
"""Key, with the person's name, under which a browser tab keeps its files: loading it anew loses nothing."""


STEPS = (
    "把一个或几个文件拖到这里，Word、WPS、PDF、扫描件、网页、表格、文本都可以。",
    "对照原文核对单位和时限：先看“请核对”，双击格子就能改。",
    "点“确认并存入文库”，以后可以检索、提问、导出 Excel 或 Word。",
)
"""What one does on this page, told while it is empty."""


@dataclass(eq=False)
class Dropped:
    """One file on the desk."""

    name: str
    data: bytes
    outcome: Reading | Problem | None = None
    """None while it is being read."""
    ledger: EditableLedger | None = None
    """What the person makes of it; None until it is read."""
    document_id: str | None = None
    """Id in the library once it is confirmed."""
    content: str = ""
    """What names its bytes."""
    course: Course = field(default_factory=Course)
    """How far its reading has come."""
    bar: Bar | None = None
    """Shows that, until it is read."""

    @property
    def waits(self) -> bool:
        """True until it is read."""
        return self.ledger is None and not isinstance(self.outcome, Problem)

    @property
    def what(self) -> str:
        """What its unsaved changes are kept under."""
        return self.document_id or self.content

    @property
    def state(self) -> str:
        """What has become of it, in words."""
        if isinstance(self.outcome, Problem):
            return self.outcome.message
        if self.ledger is None:
            return self.course.words
        doubts = len(self.ledger.doubtful)
        words = [f"{len(self.ledger.rows)} 项任务", f"{doubts} 项请核对" if doubts else ""]
        edits = self.ledger.edits()
        words.append(f"未保存：{edits.words}" if edits else "已存入文库" if self.document_id else "")
        return "，".join(filter(None, words))


class Desk:
    """One tab's desk: the files dropped so far, newest last, and the one on view."""

    def __init__(self, library: Library, files: list[Dropped]) -> None:
        self.library = library
        self.person = current_person().name
        self.unsaved = UnsavedEdits(library.place.unsaved_folder)
        self.files = files
        self.shown = next((file for file in files if file.ledger), None)
        self._waiting = [file for file in files if file.waits]
        self._timer = ui.timer(LOOK_EVERY, self._look, active=bool(self._waiting))

    def build(self) -> None:
        """Lay out the desk."""
        self._top()
        self._view()

    async def receive(self, event: events.UploadEventArguments) -> None:
        """Read one uploaded file in a worker process; the page stays usable meanwhile."""
        dropped = Dropped(upload_name(path_of(event)), await event.file.read())
        self.files.append(dropped)
        self._waiting.append(dropped)
        self._queue.refresh()
        self._timer.activate()
        reading = self.library.begin_extracting(dropped.name, dropped.data, dropped.course)
        dropped.outcome = await asyncio.wrap_future(reading)
        if isinstance(dropped.outcome, Reading):
            await asyncio.to_thread(self._open, dropped, dropped.outcome)

    def _open(self, dropped: Dropped, reading: Reading) -> None:
        """Take the ledger that the library has of these very bytes, else the one that was just read."""
        upload = Upload(dropped.name, dropped.data)
        known = self.library.store.known(upload.key, dropped.data)
        if known:
            dropped.document_id = known.document_id
            dropped.ledger = open_ledger(self.library, known.document_id)
        else:
            dropped.ledger = EditableLedger(reading.document, ledger_rows(reading))
        dropped.content = content_key(dropped.data)
        self.unsaved.restore(self.person, dropped.what, dropped.ledger)

    def show(self, dropped: Dropped) -> None:
        """Put a file's text and ledger on view."""
        self.shown = dropped
        self._queue.refresh()
        self._view.refresh()
        ui.run_javascript("document.querySelector('.queue-shown')?.scrollIntoView({block: 'nearest'})")

    def _look(self) -> None:
        """Show how far the files have come that are being read, and those that were read meanwhile.

        A page that was loaded anew learns of its files by this alone.
        """
        waiting = [file for file in self.files if file.waits]
        for file in waiting:
            if file.bar is not None:
                file.bar.update()
        if any(file not in waiting for file in self._waiting):
            before = self.shown
            self.shown = before or next((file for file in self.files if file.ledger), None)
            self._queue.refresh()
            if self.shown is not before:
                self._view.refresh()
        self._waiting = waiting
        self._timer.active = bool(waiting)

    def put_away(self, dropped: Dropped) -> None:
        """Take a file off the desk."""
        self.files.remove(dropped)
        if self.shown is dropped:
            self.shown = next((file for file in self.files if file.ledger), None)
            self._view.refresh()
        self._queue.refresh()

    async def confirm(self, dropped: Dropped) -> None:
        """Put a file and what the person made of its ledger into the library."""
        if dropped.ledger is None:
            return
        waiting = ui.notification("正在存入文库…", spinner=True, timeout=None)
        what = dropped.what
        act = partial(_store, self.library, dropped, dropped.ledger)
        stored = await write(self.library, act, done="已确认并存入文库，可以检索和提问了。")
        waiting.dismiss()
        if stored is not None:
            dropped.ledger, dropped.document_id = stored
            self.unsaved.forget(self.person, what)
            dropped.data = b""  # the library has it now
            self._queue.refresh()
            self._view.refresh()

    def _top(self) -> None:
        with ui.row().classes("w-full items-stretch no-wrap gap-2 desk-top"):
            drop_zone("拖入文件，或点这里选择", self.receive)
            self._queue()

    @ui.refreshable_method
    def _queue(self) -> None:
        with ui.row().classes("queue grow gap-2").props('role=list aria-label="拖入的文件"'):
            for dropped in self.files:
                self._entry(dropped)

    def _entry(self, dropped: Dropped) -> None:
        failed = isinstance(dropped.outcome, Problem)
        look = " queue-failed" if failed else " queue-shown" if dropped is self.shown else ""
        with ui.element("div").classes(f"queue-file{look}").props("role=listitem"):
            if dropped.waits:
                with ui.element("div"):
                    ui.label(dropped.name).classes("queue-name")
                    dropped.bar = Bar(dropped.name, dropped.course)
                return
            with ui.element("button").classes("queue-open") as opener:
                ui.label(dropped.name).classes("queue-name")
                ui.label(dropped.state).classes("queue-state")
            if dropped.ledger:
                opener.on("click", lambda: self.show(dropped))
            close = ui.button(icon="close", on_click=lambda: self.put_away(dropped))
            # A name may hold quotation marks, so it does not go through the text of `props`.
            close.props("flat dense round size=xs").props["aria-label"] = f"收起 {dropped.name}"
            if failed:
                ui.tooltip(dropped.state)

    @ui.refreshable_method
    def _view(self) -> None:
        shown = self.shown
        if shown is None or shown.ledger is None or not isinstance(shown.outcome, Reading):
            with ui.column().classes("panel w-full"):
                empty_state("upload_file", "拖入一份方案、要点、分工表或汇报，这里会并排显示原文和台账。")
                with ui.element("ol").classes("steps"):
                    for step in STEPS:
                        with ui.element("li"):
                            ui.label(step)
            return
        self._actions(shown, shown.ledger)
        progress = [progress_record(item) for item in shown.outcome.extraction.progress]
        LedgerEditor(Held.opened(shown.ledger), progress, on_change=self._tell_queue)

    def _tell_queue(self) -> None:
        if self.shown and self.shown.ledger:
            self.unsaved.keep(self.person, self.shown.what, self.shown.ledger)
        self._queue.refresh()

    def _actions(self, dropped: Dropped, ledger: EditableLedger) -> None:
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            document_head(ledger.document)
            rows = partial(_records, ledger)
            export_buttons(self.library, ledger.document, rows)
            if dropped.document_id:
                ui.link("到文库查看", f"/documents/{dropped.document_id}").classes("whitespace-nowrap")
            words = "确认修改" if dropped.document_id else "确认并存入文库"
            confirm = ui.button(words, icon="done_all")
            confirm.on_click(partial(self.confirm, dropped))
            confirm.props("dense")


def _records(ledger: EditableLedger) -> list[dict[str, object]]:
    return [row.record for row in ledger.rows]


def _store(library: Library, dropped: Dropped, ledger: EditableLedger, by: str) -> tuple[EditableLedger, str]:
    """Store a file, then what was changed in its ledger; returns the ledger as stored and its document."""
    document = dropped.document_id
    if document is None:
        added, _ = library.add_upload(dropped.name, dropped.data, by)
        document = added.document_id
    return confirm(library, ledger, document, by), document


async def extract_page(library: Library) -> None:
    """Lay out the page at /extract."""
    with framed("/extract", full=True):
        if not may_write():
            with ui.column().classes("panel w-full"):
                empty_state("lock", "只读账号可以检索和查看，不能拆任务；需要时请联系管理员。")
            return
        waiting = ui.spinner(size="lg").classes("self-center")
        await ui.context.client.connected()
        waiting.delete()
        Desk(library, app.storage.tab.setdefault(f"{DESK} {current_person().name}", [])).build()
