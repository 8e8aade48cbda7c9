"""The bar below the list: what can be done with the chosen rows at one go."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from service.pages.ledger.form_dialog import Done, form_dialog
from service.pages.ledger.forms import FORMS, SHOWN_FORMS, Form
from service.pages.ledger.own_columns import own_form
from service.pages.person import write

if TYPE_CHECKING:
    from service.library import Library

Chosen = Callable[[], Awaitable[list[str]]]
Choose = Callable[[list[str]], None]


class BulkBar:
    """The bar. `chosen` gives the ids of chosen rows, `choose` chooses others, `done` is told of edits."""

    def __init__(self, library: Library, chosen: Chosen, choose: Choose, done: Done) -> None:
        self.library = library
        self._chosen = chosen
        self._choose = choose
        self._done = done
        with ui.row().classes("bar bulk-bar w-full items-center gap-1 no-wrap").props("role=toolbar"):
            ui.label("勾选任务后可以批量办理").classes("count-chosen faint").props("aria-live=polite")
            for form in FORMS[:SHOWN_FORMS]:
                ui.button(form.name, icon=form.icon, on_click=partial(self.open, form)).props("flat dense")
            self._more()

    def _more(self) -> None:
        with ui.button("更多", icon="more_horiz").props("flat dense"), ui.menu():
            for form in FORMS[SHOWN_FORMS:]:
                ui.menu_item(form.name, partial(self.open, form))
            ui.menu_item("填自设栏目", self.fill_own)
            ui.separator()
            ui.menu_item("抽取回头看…", self.draw)
            ui.menu_item("删除（可撤销）", self.delete)

    async def open(self, form: Form) -> None:
        """Show a form for the chosen rows."""
        if tasks := await self._some():
            form_dialog(self.library, form, tasks, self._done)

    async def fill_own(self) -> None:
        """Ask for the values of the office's own columns."""
        columns = await asyncio.to_thread(self.library.columns.all)
        if not columns:
            ui.notify("还没有自设栏目，请先点“栏目”添加。", type="warning")
        elif tasks := await self._some():
            form_dialog(self.library, own_form(columns), tasks, self._done)

    async def delete(self) -> None:
        """Take the chosen rows off the ledger."""
        if tasks := await self._some():
            edit = await write(self.library, lambda by: self.library.rows.delete(tasks, by))
            if edit is not None:
                await self._done(edit, f"删除 {len(tasks)} 项")

    def draw(self) -> None:
        """Draw closed rows at random, and choose them for 回头看."""
        with ui.dialog(value=True) as dialog, ui.card().classes("dialog dialog-small"):
            ui.label("抽取回头看").classes("dialog-title")
            ui.label(
                "从已销号、还没有回头看的任务中随机抽取。同一个抽取号每次抽到的任务相同，便于复核。"
            ).classes("faint")
            with ui.element("div").classes("form-fields w-full"):
                count = ui.number("抽取几项", value=5, min=1, max=1000, precision=0).props("outlined dense")
                seed = ui.number("抽取号", value=random.randrange(1000, 10_000), precision=0)
                seed.props("outlined dense")

            async def go() -> None:
                wanted = int(count.value or 1), int(seed.value or 0)
                tasks = await asyncio.to_thread(self.library.steps.choose_recheck, *wanted)
                dialog.close()
                if not tasks:
                    ui.notify("没有可抽取的任务：先要有已销号的任务。", type="warning")
                    return
                self._choose(list(tasks))
                ui.notify(f"已抽取并选中 {len(tasks)} 项，核查后点“回头看”登记结果。")

            with ui.row().classes("w-full justify-end"):
                ui.button("取消", on_click=dialog.close).props("flat")
                ui.button("抽取", on_click=go)
        dialog.on("hide", dialog.delete)

    async def _some(self) -> list[str]:
        tasks = await self._chosen()
        if not tasks:
            ui.notify("请先勾选任务。", type="warning")
        return tasks
