"""Everything about one task, beside the list: its words, its life, its files, what can be done with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import events, ui

from corpus.errors import NotFoundError
from corpus.records import JsonObject
from corpus.store.editing.edits import Edit
from corpus.store.rows import HistoryEntry, TaskRow, ledger_record
from service.intake.sources import shown_title
from service.ledger import STATUS_WORDS, row_checks
from service.pages.ledger.form_dialog import Done, form_dialog
from service.pages.ledger.forms import FORMS
from service.pages.ledger.history import history_lines
from service.pages.person import may_write, write
from service.prepared.overview import CLOSING_WORDS, COLOUR_WORDS, FINISHED
from service.supervision.entries import ENTRY_WORDS

if TYPE_CHECKING:
    from service.library import Library

ROLE_HEADS = {"lead": "牵头单位", "responsible": "责任单位", "cooperate": "配合单位", "supervise": "督导单位"}
NOTE_HEADS = {"problems": "存在问题", "next_step": "下一步"}
LARGEST_FILE = 50 * 2**20
"""Bytes that an attachment may have."""
Closed = Callable[[], object]


class Drawer:
    """The panel at the right of the page; `done` is told of edits that were made in it."""

    def __init__(self, library: Library, done: Done) -> None:
        self.library = library
        self._done = done
        self._task = ""
        self._dialog = ui.dialog().props("position=right full-height")
        with self._dialog, ui.card().classes("drawer").props('role=region aria-label="任务详情"'):
            self._content = ui.column().classes("w-full gap-2 no-wrap")

    async def open(self, task: str) -> None:
        """Show a task."""
        self._task = task
        await self.refresh()
        self._dialog.open()

    @property
    def task(self) -> str:
        """Return the id of the task on view, "" for none."""
        return self._task if self._dialog.value else ""

    async def refresh(self) -> None:
        """Show the task as it is now."""
        library, task = self.library, self._task
        try:
            row = await asyncio.to_thread(library.task, task)
        except NotFoundError:
            self._dialog.close()
            return
        edits = await asyncio.to_thread(partial(library.rows.edits, task=task, limit=100))
        history = await asyncio.to_thread(library.rows.history, task)
        self._content.clear()
        with self._content:
            self._build(row, edits, history)

    def _build(self, row: TaskRow, edits: list[Edit], history: list[HistoryEntry]) -> None:
        record = ledger_record(row)
        _head(row, record, self._dialog.close)
        if may_write():
            self._actions(row)
        _facts(record, row)
        _notes(record["notes"], record["progress"])
        _steps(record)
        self._files(row)
        with _part("办理经过"):
            for when, what, told in history_lines(edits, history):
                with ui.element("div").classes("step-line"):
                    ui.label(f"{when}　{what}").classes("faint")
                    for words in told:
                        ui.label(words)
            if not edits:
                ui.label("还没有人办理过。").classes("faint")

    def _actions(self, row: TaskRow) -> None:
        with ui.row().classes("w-full gap-1 drawer-actions").props("role=toolbar"):
            for form in FORMS:
                take = partial(form_dialog, self.library, form, [row.id], self._done)
                ui.button(form.name, icon=form.icon, on_click=take).props("outline dense no-caps")

    def _files(self, row: TaskRow) -> None:
        with _part("附件"):
            for item in row.attachments:
                with ui.row().classes("w-full items-center gap-2 no-wrap"):
                    name = ui.button(
                        item["name"], icon="attach_file", on_click=partial(self._fetch, row.id, item["id"])
                    )
                    name.props("flat dense no-caps").classes("file-name")
                    ui.label(f"{_size(item['size'])}　{item['by']}　{item['at'][:10]}").classes("faint")
                    if may_write():
                        remove = ui.button(icon="close", on_click=partial(self._take_off, row.id, item["id"]))
                        remove.props("flat dense round size=sm").props["aria-label"] = (
                            f"去掉附件 {item['name']}"
                        )
            if may_write():
                upload = ui.upload(
                    auto_upload=True, multiple=True, on_upload=self._attach, max_file_size=LARGEST_FILE
                )
                upload.classes("hidden-upload")
                choose = ui.button("上传附件（验收文件、照片等）", icon="upload_file").props("flat dense")
                choose.on("click", js_handler=f"() => taizhang.chooseFiles({upload.id})")
            elif not row.attachments:
                ui.label("没有附件。").classes("faint")

    async def _attach(self, event: events.UploadEventArguments) -> None:
        data, task = await event.file.read(), self._task
        edit = await write(
            self.library, lambda by: self.library.attachments.add(task, event.file.name, data, by)
        )
        if edit is not None:
            await self._done(edit, "上传附件")

    async def _take_off(self, task: str, attachment: str) -> None:
        edit = await write(self.library, lambda by: self.library.attachments.remove(task, attachment, by))
        if edit is not None:
            await self._done(edit, "去掉附件")

    async def _fetch(self, task: str, attachment: str) -> None:
        found = await asyncio.to_thread(self.library.attachments.read, task, attachment)
        ui.download.content(found.data, found.name)


def _head(row: TaskRow, record: JsonObject, close: Closed) -> None:
    with ui.row().classes("w-full items-center gap-2 no-wrap"):
        if row.colour and row.status not in FINISHED:
            ui.label(COLOUR_WORDS[row.colour]).classes(f"light light-{row.colour.value}")
        ui.label(STATUS_WORDS[row.status.value]).classes("status")
        if row.late:
            ui.label("逾期完成").classes("tag tag-late")
        for mark in row.marks:
            ui.label(mark).classes("tag tag-mark")
        if row.percent is not None:
            ui.label(f"{row.percent}%").classes("faint")
        ui.space()
        ui.label(f"任务号 {row.id}").classes("faint")
        ui.button(icon="close", on_click=close).props('flat dense round aria-label="关闭"')
    words = ui.label(f"{record['label']}{record['text']}").classes("drawer-text")
    words.props('tabindex=0 role=region aria-label="任务全文"')
    with ui.row().classes("w-full items-center gap-2"):
        if row.document_id:
            address = f"/documents/{row.document_id}?{urlencode({'task': row.id})}"
            ui.link(f"在原文中查看：{shown_title(row.title, row.source)}", address).classes("facet")
        else:
            ui.label("手工录入，没有对应的文件").classes("faint")
        page = f"第 {record['page']} 页" if record["page"] else ""
        ui.label("　".join(filter(None, [" > ".join(record["section"]), page]))).classes("faint")
    for reference in record["refs"]:
        if reference.get("document_id"):
            ui.link(f"引用文件：{reference['raw']}", f"/documents/{reference['document_id']}").classes(
                "facet"
            )


def _facts(record: JsonObject, row: TaskRow) -> None:
    """Show who, by when and where from; what is not known is left out."""
    due = record["due"] or (f"{record['next_due']}（下一次）" if record["next_due"] else "")
    units = {
        head: "、".join(unit["name"] for unit in record["units"] if unit["role"] == role)
        for role, head in ROLE_HEADS.items()
    }
    entry = row.entry or {}
    facts = {
        **units,
        "截止日期": due,
        "原定日期": record["first_due"] if row.extensions else "",
        "完成时限": "；".join(dict.fromkeys(limit["raw"] for limit in record["deadlines"])),
        "完成日期": record["done_on"],
        "回访日期": record["review_due"],
        "存在问题": record["problem"],
        "整改目标": record["goal"],
        "指标": "；".join(dict.fromkeys(item["raw"] for item in record["indicators"])),
        "责任人": "、".join(f"{person.get('post', '')}{person['name']}" for person in record["persons"]),
        **{words: entry.get(key) for key, words in ENTRY_WORDS.items()},
        **row.own,
        "请核对": row_checks(record),
    }
    with ui.element("dl").classes("facts w-full"):
        for head, value in facts.items():
            if value:
                with ui.element("div"):
                    with ui.element("dt"):
                        ui.label(head)
                    with ui.element("dd"):
                        ui.label(str(value))


def _part(name: str) -> ui.column:
    with ui.column().classes("w-full gap-1 drawer-part") as part:
        ui.label(name).classes("drawer-part-name")
    return part


def _notes(notes: Iterable[JsonObject], reported: Iterable[JsonObject]) -> None:
    """Show what units reported, the newest first, then what reports of the library say."""
    with _part("进展"):
        shown = 0
        for note in reversed(list(notes)):
            shown += 1
            percent = "" if note["percent"] is None else f"{note['percent']}%"
            who = "、".join(filter(None, [note.get("officer"), note.get("phone"), note.get("reviewer")]))
            with ui.element("div").classes("step-line"):
                head = filter(None, [note["date"], note["unit"], percent, who, f"（{note['by']}登记）"])
                ui.label("　".join(head)).classes("faint")
                ui.label(note["text"])
                for key, words in NOTE_HEADS.items():
                    if note.get(key):
                        ui.label(f"{words}：{note[key]}")
                if note.get("source"):
                    ui.link("出自汇报", f"/documents/{note['source']}").classes("facet")
        for item in reported:
            shown += 1
            with ui.element("div").classes("step-line"):
                ui.label("汇报中的说法").classes("faint")
                ui.label(item["text"])
        if not shown:
            ui.label("还没有进展。").classes("faint")


def _steps(record: JsonObject) -> None:
    """Show 延期, 移交, 销号, 回头看 and 终止, where there were any."""
    lines = [
        *(
            f"延期：{item['before'] or '无时限'} → {item['to']}，{item['reason']}（{item['approver']}批准）"
            for item in record["extensions"]
        ),
        *(
            f"移交：{'、'.join(item['before'])} → {'、'.join(item['to'])}，{item['reason']}"
            for item in record["handovers"]
        ),
    ]
    if closing := record["closing"]:
        lines.append(
            f"销号申请：{closing['applicant']}，{closing['applied_on']}，依据：{closing['evidence']}"
        )
        if closing.get("reviewer"):
            verdict = CLOSING_WORDS[closing["state"]]
            reason = f"，{closing['reason']}" if closing.get("reason") else ""
            lines.append(f"销号审核：{verdict}，{closing['reviewer']}，{closing['reviewed_on']}{reason}")
    for item in record["rechecks"]:
        result = "没有反弹" if item["good"] else "出现反弹"
        lines.append(f"回头看：{item['on']}，{result}，{item['finding']}".rstrip("，"))
    if record["ended"]:
        lines.append(f"终止：{record['ended']['reason']}")
    if lines:
        with _part("延期、移交、销号、回头看"):
            for line in lines:
                ui.label(line)


def _size(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, size // 2**10)} KB"
