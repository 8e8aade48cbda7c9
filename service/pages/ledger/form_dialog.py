"""Shows a form, and takes its step under the person's name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nicegui import ui

from corpus.store.editing.edits import Edit
from service.pages.day_box import day_box
from service.pages.ledger.forms import Field, Form
from service.pages.person import write

if TYPE_CHECKING:
    from service.library import Library

Boxes = Mapping[str, Any]
Done = Callable[[Edit, str], Awaitable[None]]
"""Told the edit that was made, and what it was, in words."""


def form_dialog(library: Library, form: Form, tasks: Sequence[str], done: Done) -> None:
    """Ask what the step needs and take it for all of `tasks`; the window stays when it cannot be taken."""
    many = f"（{len(tasks)} 项任务）" if len(tasks) > 1 else ""
    # On the page itself: what called it, such as the drawer, may be built anew before the window has gone.
    with ui.context.client.content, ui.dialog(value=True) as dialog, ui.card().classes("dialog"):
        ui.label(f"{form.name}{many}").classes("dialog-title")
        if form.hint:
            ui.label(form.hint).classes("faint")
        boxes = form_boxes(form.fields)

        async def take() -> None:
            values = read_boxes(form.fields, boxes)
            if missing := missing_words(form.fields, values):
                ui.notify(f"请填写{missing}。", type="warning")
                return
            edit = await write(library, lambda by: form.act(library, tasks, values, by))
            if edit is not None:
                dialog.close()
                await done(edit, f"{form.name}{many}")

        with ui.row().classes("w-full justify-end"):
            ui.button("取消", on_click=dialog.close).props("flat")
            ui.button("确定", on_click=take).classes("form-done")
    dialog.on("hide", dialog.delete)


def form_boxes(fields: Sequence[Field]) -> Boxes:
    """Lay out the fields, two short ones to a line; returns their boxes by name."""
    with ui.element("div").classes("form-fields w-full"):
        return {field.name: _box(field) for field in fields}


def read_boxes(fields: Sequence[Field], boxes: Boxes) -> dict[str, Any]:
    """Return what was filled in, by name."""
    return {field.name: boxes[field.name].value for field in fields}


def missing_words(fields: Sequence[Field], values: Mapping[str, Any]) -> str:
    """Return the names of needed fields that are empty, joined; "" for none."""
    return "、".join(
        field.words.split("（")[0]
        for field in fields
        if field.needed and not str(values[field.name] or "").strip()
    )


def _box(field: Field) -> Any:
    words = f"{field.words} *" if field.needed else field.words
    if field.kind in ("choice", "several"):
        box: Any = ui.select(
            list(field.choices), value=field.value, label=words, multiple=field.kind == "several"
        )
    elif field.kind == "number":
        box = ui.number(words, value=field.value, min=0, max=100, precision=0)
    elif field.kind == "long":
        box = ui.textarea(words, value=field.value or "").props("autogrow rows=2")
    elif field.kind == "date":
        box = day_box(words, field.value)
    else:
        box = ui.input(words, value=field.value or "")
    if field.kind == "offered":
        box.set_autocomplete(list(field.choices))
    box.props("outlined dense").props["aria-label"] = field.words
    return box.classes("" if field.half and field.kind != "long" else "form-wide")
