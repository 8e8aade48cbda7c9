"""采纳: what accepting matches would change, shown before it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nicegui import ui

from service.ledger import STATUS_WORDS
from service.pages.person import write

if TYPE_CHECKING:
    from service.library import Library
    from service.reconcile.accepting import Proposal
    from service.reconcile.model import Reconciliation

LEAST = 80
"""Per cent of confidence from which matches are proposed at first."""


class Accepting:
    """A dialog over the rows that would change."""

    def __init__(self, library: Library, found: Reconciliation, tasks: set[str] | None) -> None:
        """Take the result, and the ids of the tasks to accept, None for all."""
        self.library = library
        self.found = found
        self.tasks = tasks
        self.least = 0 if tasks else LEAST
        self.left_out: set[str] = set()

    async def ask(self) -> str | None:
        """Show the dialog; return the edit that stored what was confirmed, None when nothing was."""
        with ui.dialog() as dialog, ui.card().classes("dialog accept-dialog"):
            ui.label("采纳后，这些任务的进展和状态会更新，来源记为这份汇报").classes("doc-title")
            if self.tasks is None:
                self._bar()
            self._rows()
            with ui.row().classes("self-end gap-2"):
                ui.button("取消", on_click=lambda: dialog.submit(False)).props("flat")
                ui.button("存入台账", on_click=lambda: dialog.submit(True))
        if not await dialog:
            return None
        return await self._store()

    def _bar(self) -> None:
        box = ui.number("把握不低于（%）", value=self.least, min=50, max=100, step=5)
        box.props("outlined dense").classes("least").on_value_change(lambda event: self._narrow(event.value))

    def _narrow(self, least: float | None) -> None:
        self.least = int(least or 0)
        self._rows.refresh()

    def _proposed(self) -> list[Proposal]:
        from service.reconcile.accepting import proposals

        found = proposals(self.found, self.least / 100)
        return [item for item in found if self.tasks is None or item.task in self.tasks]

    @ui.refreshable_method
    def _rows(self) -> None:
        from service.reconcile.sheets import sureness

        words = {record["id"]: f"{record['label']}{record['text']}" for record in self.found.tasks}
        proposed = self._proposed()
        with ui.column().classes("w-full gap-2 accept-rows"):
            if not proposed:
                ui.label("没有可以采纳的：已经办结的任务不再改动。")
            for item in proposed:
                with ui.row().classes("w-full no-wrap items-start gap-2"):
                    box = ui.checkbox(value=item.task not in self.left_out)
                    box.props(f'dense aria-label="{words[item.task][:20]}"')
                    box.on_value_change(lambda event, task=item.task: self._toggle(task, event.value))
                    with ui.column().classes("gap-0 grow"):
                        ui.label(words[item.task][:90])
                        ui.label(f"{_change(item)}　把握 {sureness(item.confidence)}").classes("state")
                        if item.why:
                            ui.label(f"暂不记为已完成：{item.why}").classes("figure figure-short")

    def _toggle(self, task: str, chosen: bool) -> None:
        (self.left_out.discard if chosen else self.left_out.add)(task)

    async def _store(self) -> str | None:
        from service.reconcile.accepting import accept

        chosen = [item for item in self._proposed() if item.task not in self.left_out]
        edit = await write(
            self.library,
            lambda by: accept(self.library, self.found, chosen, by),
            done=f"已更新 {len(chosen)} 项任务，可以撤销",
        )
        return edit.id if edit is not None else None


def _change(item: Proposal) -> str:
    if item.before == item.after:
        return f"{STATUS_WORDS[item.after]}（补记进展）"
    return f"{STATUS_WORDS[item.before]} → {STATUS_WORDS[item.after]}"
