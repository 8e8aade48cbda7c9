"""The columns that the office adds to its ledger: their window, and the form that fills them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.store.editing.edits import Edit
from service.pages.ledger.forms import Field, Form, Values
from service.pages.person import write
from service.supervision.columns import ColumnKind, OwnColumn

if TYPE_CHECKING:
    from service.library import Library

KIND_WORDS = {"text": "文字", "date": "日期", "choice": "选项"}
FIELD_KINDS = {ColumnKind.TEXT: "text", ColumnKind.DATE: "date", ColumnKind.CHOICE: "choice"}


def own_form(columns: Sequence[OwnColumn]) -> Form:
    """Return the form that fills the columns; what is left empty stays as it is."""

    def act(library: Library, tasks: Sequence[str], values: Values, by: str) -> Edit:
        return library.steps.own(tasks, {name: value for name, value in values.items() if value}, by)

    fields = (Field(item.name, item.name, FIELD_KINDS[item.kind], item.choices) for item in columns)
    return Form("填自设栏目", "view_column", tuple(fields), act, "没填的栏目保持原样。")


def own_columns_dialog(library: Library, done: Callable[[], Awaitable[None]]) -> None:
    """Let a person add, rename, order and remove columns; `done` is told when they were stored."""
    columns = list(library.columns.all())
    with ui.dialog(value=True) as dialog, ui.card().classes("dialog"):
        ui.label("自设栏目").classes("dialog-title")
        ui.label("所有任务都会多出这些栏目，可以在台账里双击填写，也可以随表格导出、读回。").classes("faint")
        lines = ui.column().classes("w-full gap-2")

        def read() -> list[OwnColumn]:
            return [
                OwnColumn((name.value or "").strip(), ColumnKind(kind.value), _choices(choices.value))
                for name, kind, choices in boxes
                if (name.value or "").strip()
            ]

        def show(items: Sequence[OwnColumn]) -> None:
            lines.clear()
            boxes.clear()
            with lines:
                for place, item in enumerate(items):
                    with ui.row().classes("w-full items-center gap-2 no-wrap"):
                        boxes.append(_line(item))
                        remove = ui.button(icon="close", on_click=lambda place=place: drop(place))
                        remove.props("flat dense round").props["aria-label"] = f"去掉{item.name or '这一栏'}"

        def drop(place: int) -> None:
            show([item for number, item in enumerate(everything()) if number != place])

        def everything() -> list[OwnColumn]:
            return [
                OwnColumn(name.value or "", ColumnKind(kind.value), _choices(choices.value))
                for name, kind, choices in boxes
            ]

        async def store() -> None:
            stored = await write(library, lambda by: library.columns.replace(read(), by), done="栏目已保存。")
            if stored is not None:
                dialog.close()
                await done()

        boxes: list[tuple[ui.input, ui.select, ui.input]] = []
        show(columns or [OwnColumn("")])
        add = ui.button("加一栏", icon="add", on_click=lambda: show([*everything(), OwnColumn("")]))
        add.props("flat dense").classes("self-start")
        with ui.row().classes("w-full justify-end"):
            ui.button("取消", on_click=dialog.close).props("flat")
            ui.button("保存", on_click=store)
    dialog.on("hide", dialog.delete)


def _line(item: OwnColumn) -> tuple[ui.input, ui.select, ui.input]:
    name = ui.input("名称", value=item.name).props('outlined dense aria-label="栏目名称"').classes("grow")
    kind = ui.select(KIND_WORDS, value=item.kind.value, label="内容").props("outlined dense").classes("w-28")
    choices = (
        ui.input("选项（用、隔开）", value="、".join(item.choices)).props("outlined dense").classes("grow")
    )
    choices.bind_visibility_from(kind, "value", value="choice")
    return name, kind, choices


def _choices(words: str | None) -> tuple[str, ...]:
    parts = (words or "").replace("，", "、").replace(",", "、").split("、")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
