"""文库: what the library holds; files, folders and archives come in, documents go out and come back."""

from __future__ import annotations

import asyncio
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import events, ui

from corpus.document import Problem
from corpus.errors import TaizhangError
from corpus.records import JsonObject
from corpus.store.office.jobs import ENDED, Job, JobState
from service.background.course import StoppedError
from service.intake.extraction import error_of
from service.intake.sources import shown_title
from service.pages.frame import empty_state, framed, shelf_links
from service.pages.grid import column, grid, number, wrapped
from service.pages.intake.drop import drop_zone, path_of
from service.pages.intake.files import Intake, arrivals_of
from service.pages.intake.progress import UploadProgress
from service.pages.person import current_person, may_write, perform, write

if TYPE_CHECKING:
    from corpus.store.rows import Added, DocumentRow
    from service.library import Library

COLUMNS: list[JsonObject] = [
    {**wrapped("title", "标题", 400), ":cellRenderer": "taizhang.titleCell", "flex": 1, "minWidth": 200},
    wrapped("doc_type", "类别", 112, least=84),
    wrapped("issuer", "发文机关", 176, least=112),
    column("date", "日期", 104, sort="desc"),
    wrapped("region", "地区", 108, least=76),
    number("tasks", "任务", 68),
    number("version", "版本", 68),
    wrapped("source", "文件", 190, least=112),
    wrapped("added", "存入时间", 138, least=100),
]
JOB_INTERVAL = 1.0
"""Seconds between two looks at how far an archive has come."""
RENEW_EVERY = 3.0
"""Seconds between two renewals of the list while files come in."""


class Shelf:
    """The documents of the library, either those in use or those that were taken out."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.removed = False
        self.table: ui.aggrid | None = None
        self.arrivals = arrivals_of(library, current_person().name)
        self._seen = self.arrivals.done
        self._renewed = -RENEW_EVERY
        self._due = False
        self._turn = asyncio.Lock()

    async def build(self) -> None:
        """Lay out the shelf."""
        with ui.row().classes("w-full items-center gap-2 no-wrap shelf-top no-print"):
            if may_write():
                drop_zone("拖入文件、文件夹或压缩包存入", self._store, folders=True)
            ui.toggle({False: "在用", True: "已移出"}, value=False, on_change=self._switch)
            self.find = ui.input(placeholder="查找文件")
            self.find.props('dense outlined clearable aria-label="查找文件"')
            self.find.on(
                "update:value",
                js_handler="(words) => taizhang.filterGridIn('.shelf', words)",
            )
            ui.space()
            shelf_links("/library")
        self.progress = UploadProgress(self.arrivals, self._tell)
        self._failures()
        self._list(await self._rows())
        if self.arrivals.busy or self.arrivals.stored or self.arrivals.ended:
            self.progress.begin()

    async def _switch(self, event: events.ValueChangeEventArguments[bool]) -> None:
        self.removed = event.value
        self.table = None
        self.find.set_value("")
        await self._renew()

    async def _store(self, event: events.UploadEventArguments) -> None:
        """Store one file that came in; an archive is unpacked by a job of its own."""
        name, intake = path_of(event), Intake()
        with self.arrivals.one(name, intake):
            self.progress.begin()
            try:
                added, problems = await self._take_in(name, await event.file.read(), intake)
            except TaizhangError as error:
                added, problems = None, [str(error)]
            self._note(name, intake, added, problems)

    def _note(self, name: str, intake: Intake, added: Added | None, problems: list[str]) -> None:
        """Keep what came of a file until the person is told, on whatever page of theirs that is."""
        if intake.stopped:
            self.arrivals.ended.append(f"{name}：{''.join(problems) or '取消前已经存入。'}")
        elif problems:
            said = "已存入，但" if added else ""
            self.arrivals.problems += [
                words if words.startswith(name) else f"{name}：{said}{words}" for words in problems
            ]
        else:
            self.arrivals.stored.append((name, added))

    async def _tell(self) -> None:
        """Say what came of files since the last look, and show the list with them."""
        stored, ended = self.arrivals.news()
        for words in stored:
            ui.notify(words, type="positive")
        for words in ended:
            ui.notify(words, type="warning")
        if self.arrivals.done != self._seen and self._is_time():
            self._seen = self.arrivals.done
            self._failures.refresh()
            await self._renew()

    def _is_time(self) -> bool:
        """Tell whether the list is to be shown anew: now and then while files come in, and at their end."""
        now = monotonic()
        if self.arrivals.busy and now - self._renewed < RENEW_EVERY:
            return False
        self._renewed = now
        return True

    async def _take_in(self, name: str, data: bytes, intake: Intake) -> tuple[Added | None, list[str]]:
        """Return as what it was stored, None for an archive, and in words what went wrong with parts of it.

        Raises:
            UserError: when it was not taken in at all.
        """
        folder, _, file = name.rpartition("/")
        job = await perform(self.library, partial(self.library.add_uploads, file, data))
        if job is not None:
            return None, await self._unpacked(job, intake)
        begin = partial(self.library.begin_adding, file, data, folder=folder, course=intake.course)
        try:
            outcome = await asyncio.wrap_future(await perform(self.library, lambda by: begin(by=by)))
        except StoppedError:
            # The end may have come when it was stored already; then it is not to be told as left out.
            if await asyncio.to_thread(self.library.holds, file, data, folder):
                return None, []
            raise
        if isinstance(outcome, Problem):
            raise error_of(outcome)
        return outcome.added, [problem.message for problem in outcome.problems]

    async def _unpacked(self, job: Job, intake: Intake) -> list[str]:
        """Wait for an archive's files to be added; returns which were not, and why."""
        while job.state not in ENDED:
            intake.job = job
            if intake.stopped and not job.cancelled:
                await perform(self.library, partial(self.library.jobs.cancel, job.id))
            await asyncio.sleep(JOB_INTERVAL)
            job = await asyncio.to_thread(self.library.jobs.get, job.id)
        result = job.result if isinstance(job.result, dict) else {}
        failed = [f"{problem['file']}：{problem['message']}" for problem in result.get("failed", [])]
        return failed or ([job.what] if job.state in (JobState.FAILED, JobState.CANCELLED) else [])

    @ui.refreshable_method
    def _failures(self) -> None:
        """List the files that were not taken in, with the reason, until they are put aside."""
        problems = self.arrivals.problems
        if not problems:
            return
        with ui.column().classes("panel failures w-full gap-1").props("role=alert"):
            with ui.row().classes("w-full items-center"):
                ui.label(f"{len(problems)} 处没有读成，其余不受影响").classes("font-bold")
                ui.space()
                ui.button("知道了", on_click=self._put_aside).props("flat dense")
            for words in problems:
                ui.label(words)

    def _put_aside(self) -> None:
        self.arrivals.problems.clear()
        self._failures.refresh()

    async def _renew(self) -> None:
        """Show the list as it is now; of many who ask at once, as files come in, the last is enough."""
        self._due = True
        async with self._turn:
            if self._due:
                self._due = False
                self._put(await self._rows())

    def _put(self, rows: list[DocumentRow]) -> None:
        """Show these rows; where a list stands already, what is chosen and looked for in it stays."""
        if self.table is None or self.table.is_deleted or not rows:
            self._list.refresh(rows)
            return
        self.table.run_grid_method("setGridOption", "rowData", [_row(row) for row in rows])

    async def _rows(self) -> list[DocumentRow]:
        return await asyncio.to_thread(partial(self.library.documents, removed=self.removed))

    @ui.refreshable_method
    def _list(self, rows: list[DocumentRow]) -> None:
        if not rows:
            self.table = None
            self._nothing()
            return
        self.table = grid(COLUMNS, [_row(row) for row in rows])
        # What was typed before the list stood narrows it too.
        self.table.options[":onGridReady"] = "(event) => taizhang.filterAsTyped(event.api, '查找文件')"
        self.table.options[":onModelUpdated"] = "(event) => taizhang.tellShown(event.api, '份文件')"
        self.table.options["rowSelection"] = {"mode": "multiRow", "enableClickSelection": True}
        self.table.classes("w-full shelf")
        with ui.row().classes("w-full items-center gap-2"):
            ui.label(f"共 {len(rows)} 份文件").classes("faint shown-count").props("aria-live=polite")
            ui.space()
            ui.button("对照选中的两份", icon="compare", on_click=self._compare).props("outline dense")
            if may_write():
                words, icon = ("恢复选中的文件", "restore") if self.removed else ("移出选中的文件", "archive")
                ui.button(words, icon=icon, on_click=self._move).props("outline dense")

    def _nothing(self) -> None:
        with ui.column().classes("panel w-full"):
            if self.removed:
                empty_state("inventory_2", "没有移出的文件。")
            elif may_write():
                empty_state("folder_open", "文库还是空的。把方案、汇报等文件或整个文件夹拖到这里。")
            else:
                empty_state("folder_open", "文库还是空的。请经办人员先存入文件。")

    async def _compare(self) -> None:
        rows = await self.table.get_selected_rows() if self.table else []
        if len(rows) != 2:
            ui.notify("请先勾选两份文件。", type="warning")
            return
        before, after = sorted(rows, key=lambda row: row["date"])
        ui.navigate.to(f"/compare?{urlencode({'before': before['key'], 'after': after['key']})}")

    async def _move(self) -> None:
        """Take the chosen documents out, or bring them back; nothing is lost, so nothing is asked."""
        rows = await self.table.get_selected_rows() if self.table else []
        if not rows:
            ui.notify("请先勾选文件。", type="warning")
            return
        change = self.library.restore if self.removed else self.library.remove
        words = "已恢复。" if self.removed else "已移出，不再参与检索；可在“已移出”里恢复。"
        await write(self.library, partial(change, [row["key"] for row in rows]), done=words)
        await self._renew()


def _row(row: DocumentRow) -> JsonObject:
    return {
        "key": row.id,
        "title": shown_title(row.title, row.source),
        "doc_type": row.doc_type or "",
        "issuer": row.issuer or "",
        "date": row.date.isoformat() if row.date else "",
        "region": row.region or "",
        "tasks": row.tasks,
        "version": row.version,
        "source": row.source.rsplit("/", 1)[-1],
        "added": row.added_at.astimezone().strftime("%Y-%m-%d %H:%M"),
    }


async def library_page(library: Library) -> None:
    """Lay out the page at /library."""
    with framed("/library"):
        await Shelf(library).build()
