"""拆任务: drop files, check each one's ledger beside its text, then confirm it into the library."""

from __future__ import annotations

import asyncio
from functools import partial
from importlib.resources import files as files_of
from typing import TYPE_CHECKING

from nicegui import app, events, ui

from corpus import samples
from corpus.records import progress_record
from service.editing.confirm import open_ledger
from service.editing.editable import EditableLedger
from service.editing.unsaved import UnsavedEdits, content_key
from service.intake.extraction import Reading
from service.intake.sources import Upload, upload_name
from service.ledger import ledger_rows
from service.pages.documents.heads import document_head, export_buttons
from service.pages.editor.editor import LedgerEditor
from service.pages.editor.held import Held
from service.pages.frame import empty_state, framed
from service.pages.intake.drop import drop_zone, path_of
from service.pages.intake.dropped import Dropped, store_dropped
from service.pages.intake.progress import LOOK_EVERY, Bar
from service.pages.person import current_person, may_write, write

if TYPE_CHECKING:
    from service.library import Library

DESK = "desk"
"""Key, with the person's name, under which a browser tab keeps its files: loading it anew loses nothing."""


STEPS = (
    "把方案、要点、分工表或汇报拖进来，可以一次几个；Word、WPS、PDF、扫描件、网页、表格、文本都可以。",
    "左边原文、右边台账，对照着核对：先看“请核对”，双击格子就能改。",
    "点“导出 Excel”或“导出 Word”拿走台账；点“确认并存入文库”，以后可以检索、提问、督办。",
)
"""What one does on this page, told while it is empty."""
SAMPLE = "s01-river-plan.docx"
"""The bundled plan by which somebody new sees what comes out."""
SAMPLE_NAME = "示例：清澜河整治方案.docx"
MANY = 2
"""So many files that are not stored yet are offered to be stored together."""


class Desk:
    """One tab's desk: the files dropped so far, newest last, and the one on view."""

    def __init__(self, library: Library, files: list[Dropped]) -> None:
        self.library = library
        self.person = current_person().name
        self.unsaved = UnsavedEdits(library.place.unsaved_folder)
        self.files = files
        seen = sorted((file for file in files if file.ledger), key=lambda file: not file.on_view)
        self.shown = seen[0] if seen else None
        self._waiting = [file for file in files if file.waits]
        self._timer = ui.timer(LOOK_EVERY, self._look, active=bool(self._waiting))

    def build(self) -> None:
        """Lay out the desk."""
        self._top()
        self._view()

    async def receive(self, event: events.UploadEventArguments) -> None:
        """Read one uploaded file in a worker process; the page stays usable meanwhile."""
        await self.take_in(upload_name(path_of(event)), await event.file.read())

    async def try_sample(self) -> None:
        """Read the bundled sample as if it had been dropped."""
        data = await asyncio.to_thread((files_of(samples) / "files" / SAMPLE).read_bytes)
        await self.take_in(SAMPLE_NAME, data)

    async def take_in(self, name: str, data: bytes) -> None:
        """Read a file; one that lies here already is shown, so that nobody works on two copies of it."""
        content = content_key(data)
        there = next((file for file in self.files if file.content == content), None)
        if there is not None and not there.failed:
            ui.notify(f"“{there.name}”和这份内容相同，已经在这里了。")
            if there.ledger:
                self.show(there)
            return
        if there is not None:
            self.files.remove(there)
        dropped = Dropped(name, data, content=content)
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
        self.unsaved.restore(self.person, dropped.what, dropped.ledger)

    def show(self, dropped: Dropped) -> None:
        """Put a file's text and ledger on view."""
        self._look_at(dropped)
        self._queue.refresh()
        self._view.refresh()
        ui.run_javascript("document.querySelector('.queue-shown')?.scrollIntoView({block: 'nearest'})")

    def _look_at(self, dropped: Dropped | None) -> None:
        self.shown = dropped
        for file in self.files:
            file.on_view = file is dropped

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
            self._look_at(before or next((file for file in self.files if file.ledger), None))
            self._queue.refresh()
            if self.shown is not before:
                self._view.refresh()
        self._waiting = waiting
        self._timer.active = bool(waiting)

    def put_away(self, dropped: Dropped) -> None:
        """Take a file off the desk."""
        self.files.remove(dropped)
        if dropped.ledger and dropped.ledger.edits():
            ui.notify(f"“{dropped.name}”已收起，没有存入的改动留着；再拖入同一个文件就会恢复。")
        if self.shown is dropped:
            self._look_at(next((file for file in self.files if file.ledger), None))
            self._view.refresh()
        self._queue.refresh()

    async def confirm(self, dropped: Dropped) -> None:
        """Put a file and what the person made of its ledger into the library."""
        if dropped.ledger is None:
            return
        waiting = ui.notification("正在存入文库…", spinner=True, timeout=None)
        await self._store(dropped, dropped.ledger, "已确认并存入文库，可以检索和提问了。")
        waiting.dismiss()
        self._queue.refresh()
        self._view.refresh()

    async def confirm_all(self) -> None:
        """Put all files that are not stored yet into the library, one after the other."""
        files = [file for file in self.files if file.to_store]
        waiting = ui.notification("正在存入文库…", spinner=True, timeout=None)
        stored = 0
        for number, file in enumerate(files, start=1):
            waiting.message = f"正在存入文库：第 {number} 份，共 {len(files)} 份"
            if file.ledger is not None:
                stored += await self._store(file, file.ledger)
        waiting.dismiss()
        doubts = sum(len(file.ledger.doubtful) for file in files if file.ledger)
        later = f"其中 {doubts} 项仍列在“请核对”里，可以随时核对。" if doubts else ""
        ui.notify(f"已存入 {stored} 份，可以检索和提问了。{later}", type="positive")
        self._queue.refresh()
        self._view.refresh()

    async def _store(self, dropped: Dropped, ledger: EditableLedger, done: str = "") -> bool:
        """Store one file and tell whether that went well."""
        what = dropped.what
        stored = await write(self.library, partial(store_dropped, self.library, dropped, ledger), done=done)
        if stored is None:
            return False
        dropped.ledger, dropped.document_id = stored
        self.unsaved.forget(self.person, what)
        dropped.data = b""  # the library has it now
        return True

    def _top(self) -> None:
        with ui.row().classes("w-full items-stretch no-wrap gap-2 desk-top"):
            with ui.column().classes("gap-1 no-wrap desk-drop"):
                self._zone = drop_zone("拖入文件，或点这里选择", self.receive)
                self._together()
            self._queue()

    @ui.refreshable_method
    def _together(self) -> None:
        """Tell how many files are not stored yet, and offer to store them together."""
        left = sum(file.to_store for file in self.files)
        if left >= MANY:
            button = ui.button(f"{left} 份全部存入文库", icon="done_all", on_click=self.confirm_all)
            button.props("outline dense")

    @ui.refreshable_method
    def _queue(self) -> None:
        with ui.row().classes("queue grow gap-2").props('role=list aria-label="拖入的文件"'):
            for dropped in self.files:
                self._entry(dropped)
        self._together.refresh()

    def _entry(self, dropped: Dropped) -> None:
        failed = dropped.failed
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
            self._nothing_yet()
            return
        self._actions(shown, shown.ledger)
        progress = [progress_record(item) for item in shown.outcome.extraction.progress]
        LedgerEditor(Held.opened(shown.ledger), progress, on_change=self._tell_queue)

    def _nothing_yet(self) -> None:
        """Tell somebody new what to do here, and let them."""
        with ui.column().classes("panel w-full items-center gap-0 desk-empty"):
            ui.icon("upload_file", size="48px")
            ui.label("把文件拖到这里，几秒钟列出每项任务的单位和时限").classes("doc-title")
            with ui.row().classes("gap-3 desk-begin"):
                choose = ui.button("选择文件", icon="folder_open")
                choose.on("click", js_handler=f"() => taizhang.chooseFiles({self._zone.id})")
                if not self.files:
                    ui.button("用示例试一试", on_click=self.try_sample).props("outline")
            with ui.element("ol").classes("steps"):
                for step in STEPS:
                    with ui.element("li"):
                        ui.label(step)

    def _tell_queue(self) -> None:
        if self.shown and self.shown.ledger:
            self.unsaved.keep(self.person, self.shown.what, self.shown.ledger)
            self._confirm.set_text(self.shown.confirming)
        self._queue.refresh()

    def _actions(self, dropped: Dropped, ledger: EditableLedger) -> None:
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            document_head(ledger.document)
            export_buttons(self.library, ledger.document, dropped.records)
            if dropped.document_id:
                for words, address in (
                    ("文库", f"/documents/{dropped.document_id}"),
                    ("总台账", f"/ledger?document={dropped.document_id}"),
                ):
                    ui.link(f"到{words}查看", address).classes("whitespace-nowrap")
            self._confirm = ui.button(dropped.confirming, icon="done_all")
            self._confirm.on_click(partial(self.confirm, dropped)).props("dense")


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
