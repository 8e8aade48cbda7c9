"""The page at /dispatch: one dispatch at a time, in three parts."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from nicegui import app, events, ui

from corpus.store.office.dispatches import Dispatch
from service.background.course import Course
from service.dispatch.standing import Standing
from service.pages.dispatch.desk import Dropped
from service.pages.dispatch.downloads import download
from service.pages.dispatch.new_dialog import NewDispatch
from service.pages.dispatch.returns_part import ReturnsPart
from service.pages.dispatch.units_part import UnitsPart
from service.pages.dispatch.urging_part import urging_part
from service.pages.frame import empty_state, framed
from service.pages.person import current_person, may_write, write

if TYPE_CHECKING:
    from service.library import Library

DESK = "returned sheets"
"""Key, with person and dispatch, under which a tab keeps what was dropped: loading it anew loses nothing."""
UNITS, RETURNS, URGING = "units", "returns", "urging"
STEPS = (
    "点“新建调度”，选单位和报回日期，每个单位生成一张表，Excel 和 Word 各一份。",
    "把表发给单位填写；报回的表一起拖进来，逐行看差异，确认后存入台账。",
    "谁没报一目了然，催办文字、月度调度表和通报都能直接导出。",
)


async def dispatch_page(library: Library, wanted: str, part: str) -> None:
    """Lay out the page; `wanted` is a dispatch's id, "" for the newest."""
    with framed("/dispatch", full=True):
        waiting = ui.spinner(size="lg").classes("self-center")
        await ui.context.client.connected()
        await DispatchPage(library, wanted, part).build()
        waiting.delete()


class DispatchPage:
    """One dispatch on view."""

    def __init__(self, library: Library, wanted: str, part: str) -> None:
        self._library = library
        self._wanted = wanted
        self._part = part if part in (UNITS, RETURNS, URGING) else UNITS
        self._standing: Standing | None = None
        self._writer = may_write()
        """Asked once: what is shown anew later has lost the request that the page came with."""

    async def build(self) -> None:
        """Lay out everything."""
        await self._body()

    @ui.refreshable_method
    async def _body(self) -> None:
        dispatches = await asyncio.to_thread(self._library.dispatches.all)
        if not dispatches:
            self._nothing()
            return
        shown = next((item for item in dispatches if item.id == self._wanted), dispatches[0])
        if self._wanted not in ("", shown.id):
            words = f"没有编号为 {self._wanted} 的调度，可能已撤回。下面是最近的一次。"
            ui.label(words).classes("not-found").props("role=status")
        self._wanted = shown.id
        self._standing = await asyncio.to_thread(self._library.dispatches.summary, shown.id)
        self._top(dispatches, shown)
        with ui.column().classes("panel w-full grow gap-0 no-wrap dispatch-part"):
            self._show_part()

    def _nothing(self) -> None:
        with ui.column().classes("panel w-full"):
            empty_state("campaign", "还没有调度。每月把未完成的任务发给各单位填报，从这里开始。")
            with ui.element("ol").classes("steps"):
                for step in STEPS:
                    with ui.element("li"):
                        ui.label(step)
            if self._writer:
                ui.button("新建调度", icon="add", on_click=self._new).classes("self-center q-mb-lg")

    def _top(self, dispatches: list[Dispatch], shown: Dispatch) -> None:
        with ui.row().classes("w-full items-center gap-2 no-wrap dispatch-top"):
            choices = {
                item.id: f"{item.period}　{item.due:%m月%d日}前报回　{len(item.sheets)} 张表"
                for item in dispatches
            }
            chooser = ui.select(choices, value=shown.id, on_change=self._switch)
            chooser.props('dense outlined options-dense aria-label="哪次调度"').classes("dispatch-chooser")
            if self._writer:
                ui.button("新建调度", icon="add", on_click=self._new).props("outline dense")
            self._parts()
            ui.space()
            files = self._library.dispatches
            archive = partial(self._download_all, shown.id)
            ui.button("下载全部调度表", icon="folder_zip", on_click=archive).props("outline dense")
            with ui.button("导出", icon="download").props("outline dense"), ui.menu():
                for words, make in (
                    ("月度调度表 Excel", partial(files.monthly_file, shown.id, ".xlsx")),
                    ("月度调度表 Word", partial(files.monthly_file, shown.id, ".docx")),
                    ("通报 Word", partial(files.bulletin_file, shown.id, ".docx")),
                    ("通报表格 Excel", partial(files.bulletin_file, shown.id, ".xlsx")),
                ):
                    ui.menu_item(words, partial(download, make))
                if self._writer:
                    ui.separator()
                    ui.menu_item("撤回这次调度", partial(self._withdraw, shown))

    async def _download_all(self, dispatch: str) -> None:
        course = Course()
        await download(partial(self._library.dispatches.archive_file, dispatch, course), course, "张调度表")

    def _names(self) -> dict[str, str]:
        """Return what the parts are called; readers store nothing."""
        missing = len(self._standing.missing) if self._standing else 0
        names = {UNITS: "单位", RETURNS: "读回表", URGING: f"催办 {missing}" if missing else "催办"}
        return names if self._writer else {key: name for key, name in names.items() if key != RETURNS}

    def _parts(self) -> None:
        self._toggle = ui.toggle(self._names(), value=self._part, on_change=self._switch_part)
        self._toggle.props("no-caps dense unelevated").classes("dispatch-parts")

    @ui.refreshable_method
    def _show_part(self) -> None:
        standing = self._standing
        if standing is None:
            return
        if self._part == RETURNS and self._writer:
            key = f"{DESK} {current_person().name} {standing.dispatch.id}"
            files: list[Dropped] = app.storage.tab.setdefault(key, [])
            ReturnsPart(self._library, standing.dispatch.id, files, self._count_anew).build()
        elif self._part == URGING:
            urging_part(self._library, standing)
        else:
            UnitsPart(self._library, standing, self._reload).build()

    async def _reload(self) -> None:
        await self._body.refresh()

    async def _count_anew(self) -> None:
        """Count anew without building the desk anew, which would lose where the person is."""
        self._standing = await asyncio.to_thread(self._library.dispatches.summary, self._wanted)
        self._toggle.set_options(self._names())

    async def _switch(self, event: events.ValueChangeEventArguments[str]) -> None:
        self._wanted = event.value
        self._address()
        await self._body.refresh()

    def _switch_part(self, event: events.ValueChangeEventArguments[str]) -> None:
        self._part = event.value
        self._address()
        self._show_part.refresh()

    def _address(self) -> None:
        """Keep in the address what is on view, as a step to which Back returns."""
        ui.run_javascript(f"taizhang.goToPart('/dispatch?id={self._wanted}&part={self._part}')")

    async def _new(self) -> None:
        await NewDispatch(self._library, self._made).open()

    async def _made(self, made: Dispatch) -> None:
        ui.notify(f"已生成 {len(made.sheets)} 张调度表，点“下载全部调度表”取走。", type="positive")
        self._wanted, self._part = made.id, UNITS
        self._address()
        await self._body.refresh()

    async def _withdraw(self, shown: Dispatch) -> None:
        if not await _is_sure(shown):
            return
        if await write(self._library, partial(_withdrawn, self._library, shown.id), done="已撤回这次调度。"):
            self._wanted = ""
            await self._body.refresh()
            self._address()


async def _is_sure(dispatch: Dispatch) -> bool:
    """Ask before a dispatch is withdrawn, which nobody can take back."""
    with ui.dialog() as dialog, ui.card().classes("dialog dialog-small"):
        ui.label(f"撤回“{dispatch.period}”？").classes("dialog-title")
        ui.label(
            f"{len(dispatch.sheets)} 张调度表不再列出，也不再催办；撤回后不能恢复。已发出的表请通知单位作废。"
        )
        with ui.row().classes("w-full justify-end"):
            ui.button("取消", on_click=lambda: dialog.submit(False)).props("flat")
            ui.button("撤回", on_click=lambda: dialog.submit(True)).props("color=negative")
    dialog.on("hide", dialog.delete)
    return bool(await dialog)


def _withdrawn(library: Library, dispatch: str, by: str) -> bool:
    library.dispatches.withdraw(dispatch, by)
    return True
