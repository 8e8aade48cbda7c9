"""The small windows of the editor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from nicegui import ui

from service.editing.editable import EditedRow
from service.editing.parts import proposed_parts


def split_dialog(row: EditedRow, split: Callable[[list[str]], Awaitable[None]]) -> None:
    """Ask where to cut a row; `split` gets the lines."""
    with ui.dialog(value=True) as dialog, ui.card().classes("dialog"):
        ui.label("拆分任务").classes("dialog-title")
        ui.label("每一行会成为一项任务：在要拆开的地方按回车，不拆的地方把两行并回一行。").classes("faint")
        words = ui.textarea(value="\n".join(proposed_parts(row.record["text"])))
        words.props(
            'outlined autofocus input-style="min-height: 220px; line-height: 1.7" aria-label="任务文字"'
        )
        words.classes("w-full")

        async def done() -> None:
            dialog.close()
            await split((words.value or "").splitlines())

        words.on("keydown.ctrl.enter", done)
        ui.label("单位、时限、指标归到写有它的那一行；哪一行都没写的，每行都有。").classes("faint")
        with ui.row().classes("w-full justify-end"):
            ui.button("取消", on_click=dialog.close).props("flat")
            ui.button("拆分（Ctrl+回车）", on_click=done)
    dialog.on("hide", dialog.delete)


def list_dialog(title: str, lines: Iterable[tuple[str, str]], nothing: str) -> None:
    """Show lines, each a head and what belongs to it; `nothing` stands where there are none."""
    found = list(lines)
    with ui.dialog(value=True) as dialog, ui.card().classes("dialog"):
        ui.label(title).classes("dialog-title")
        with ui.column().classes("w-full gap-2 dialog-list"):
            for head, words in found:
                with ui.column().classes("gap-0"):
                    ui.label(head).classes("faint")
                    ui.label(words)
            if not found:
                ui.label(nothing).classes("faint")
        ui.button("关闭", on_click=dialog.close).props("flat").classes("self-end")
    dialog.on("hide", dialog.delete)
