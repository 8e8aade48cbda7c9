"""The boxes that narrow the list, and the filters that a person keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui import ui

from corpus.errors import UserError
from service.ledger import STATUS_WORDS
from service.pages.ledger.narrowed import ENDED, OPEN, Narrowed
from service.pages.person import current_person
from service.prepared.overview import LINE_FIELDS, Everything
from service.supervision.entries import MARKS

if TYPE_CHECKING:
    from service.library import Library

NO_DOCUMENT = "none"
UNLIMITED = "不限"
ROLE_WORDS = {
    "": "任何角色",
    "acting": "牵头或责任",
    "lead": "牵头",
    "responsible": "责任",
    "cooperate": "配合",
    "supervise": "督导",
}
COLOUR_WORDS = {
    "": "全部灯号",
    "red": "逾期",
    "yellow": "将到期",
    "green": "正常",
    "late": "逾期完成",
    "none": "不亮灯",
}
CLOSING_WORDS = {"": UNLIMITED, "待审核": "待审核", "已退回": "已退回", "已销号": "已销号"}
MORE = ("mark", "origin", "document", "leader", "officer", "closing")
"""Boxes of the second line."""


def choices_of(everything: Everything, name: str) -> list[str]:
    """Return what stands under a field of the lines, each once, in the order of its words."""
    place = LINE_FIELDS.index(name)
    return sorted({str(values[place]) for values in everything.lines.values() if values[place]})


def documents_of(everything: Everything) -> dict[str, str]:
    """Return the titles of the documents that have rows, by id, with a choice for rows without one."""
    one, other = LINE_FIELDS.index("document"), LINE_FIELDS.index("title")
    titles = {str(line[one]): str(line[other]) for line in everything.lines.values() if line[one]}
    return {"": "全部文件", NO_DOCUMENT: "手工录入", **titles}


class FilterBar:
    """The boxes. `changed` is told whenever something else is asked for."""

    def __init__(
        self, library: Library, everything: Everything, narrowed: Narrowed, changed: Callable[[], None]
    ) -> None:
        self.library = library
        self.narrowed = narrowed
        self._changed = changed
        self._setting = False
        self._boxes: dict[str, Any] = {}
        self._choices: dict[str, dict[str, str]] = {}
        with ui.row().classes("bar w-full items-center gap-2 no-wrap"):
            self._first_line()
        with ui.row().classes("bar w-full items-center gap-2 no-wrap") as self._second:
            self._second_line(everything)
        self._second.set_visibility(any(getattr(narrowed, name) for name in MORE))

    def _first_line(self) -> None:
        self._text("q", "查找文字", "w-36 search-words")
        self._text("unit", "单位", "w-28")
        self._select("role", ROLE_WORDS, "角色", "w-32")
        self._text("month", "月份，如 2026-06", "w-36")
        statuses = {
            "": "全部状态",
            OPEN: OPEN,
            ENDED: ENDED,
            **{words: words for words in STATUS_WORDS.values()},
        }
        self._select("status", statuses, "状态", "w-28")
        self._select("colour", COLOUR_WORDS, "灯号", "w-28")
        ui.label().classes("faint count-rows").props("aria-live=polite")
        ui.space()
        ui.button("更多条件", icon="tune", on_click=self._show_more).props("flat dense")
        self._saved_menu()
        ui.button(
            "清除", icon="filter_alt_off", on_click=lambda: self.set(Narrowed(view=self.narrowed.view))
        ).props("flat dense")

    def _second_line(self, everything: Everything) -> None:
        self._select("mark", {"": UNLIMITED, **{mark: mark for mark in MARKS}}, "标记", "w-24")
        for name, field, words in (
            ("origin", "origin", "来源"),
            ("leader", "assigned_by", "交办领导"),
            ("officer", "officer", "承办人"),
        ):
            found = {value: value for value in choices_of(everything, field)}
            self._select(name, {"": UNLIMITED, **found}, words, "w-32")
        self._select("closing", CLOSING_WORDS, "销号", "w-28")
        self._select("document", documents_of(everything), "文件", "w-72")

    def _text(self, name: str, words: str, look: str) -> None:
        box = ui.input(
            placeholder=words, value=getattr(self.narrowed, name), on_change=partial(self._took, name)
        )
        box.props(f'dense outlined clearable debounce=60 aria-label="{words}"').classes(look)
        # At once, without waiting for the server, which is told as well.
        narrow = f"(words) => taizhang.narrowBy('{name}', words ?? '', {box.id})"
        box.on("update:model-value", js_handler=narrow)
        self._boxes[name] = box

    def _select(self, name: str, choices: Mapping[str, str], words: str, look: str) -> None:
        value = getattr(self.narrowed, name)
        known = self._choices[name] = {**choices, **({} if value in choices else {value: value})}
        box = ui.select(known, value=value, on_change=partial(self._took, name))
        box.props(f'dense outlined options-dense aria-label="{words}"').classes(look)
        if choices[""] == UNLIMITED:  # which does not say what it is about
            box.props(f'label="{words}" stack-label')
        self._boxes[name] = box

    def _took(self, name: str) -> None:
        if not self._setting:
            self.narrowed = self.narrowed.with_(**{name: self._boxes[name].value or ""})
            self._changed()

    def set(self, narrowed: Narrowed) -> None:
        """Ask for something else."""
        self._setting = True
        for name, box in self._boxes.items():
            value = getattr(narrowed, name)
            if isinstance(box, ui.select) and value not in self._choices[name]:
                self._choices[name][value] = value
                box.set_options(self._choices[name])
            box.set_value(value)
        self._setting = False
        self.narrowed = narrowed
        if any(getattr(narrowed, name) for name in MORE):
            self._second.set_visibility(True)
        self._changed()

    def _show_more(self) -> None:
        self._second.set_visibility(not self._second.visible)

    # Filters that a person keeps

    def _saved_menu(self) -> None:
        with ui.button("我的筛选", icon="bookmark_border").props("flat dense"), ui.menu() as menu:
            self._saved_list()
        menu.on("before-show", self._show_saved)

    def _show_saved(self) -> None:
        """List the filters anew where there are others: a choice that is being clicked stays where it is."""
        if self.library.saved_filters.all(current_person().name) != self._saved:
            self._saved_list.refresh()

    @ui.refreshable_method
    def _saved_list(self) -> None:
        owner = current_person().name
        self._saved = saved = self.library.saved_filters.all(owner)
        with ui.column().classes("gap-0 saved-filters"):
            for item in saved:
                with ui.row().classes("items-center no-wrap w-full gap-0"):
                    use = ui.menu_item(item.name, partial(self.set, Narrowed.of(item.query))).classes("grow")
                    use.props("role=menuitem")
                    remove = ui.button(icon="close", on_click=partial(self._forget, owner, item.name))
                    remove.props("flat dense round size=sm").props["aria-label"] = f"删除筛选 {item.name}"
            if not saved:
                ui.label("还没有保存的筛选。").classes("faint q-pa-sm")
            ui.separator()
            ui.menu_item("保存现在的筛选…", self._name_filter)

    def _forget(self, owner: str, name: str) -> None:
        self.library.saved_filters.remove(owner, name)
        self._saved_list.refresh()

    def _name_filter(self) -> None:
        owner, query = current_person().name, self.narrowed.values()
        with ui.dialog(value=True) as dialog, ui.card().classes("dialog dialog-small"):
            ui.label("保存筛选").classes("dialog-title")
            name = (
                ui.input("名称，如“本月到期的牵头任务”").props("outlined dense autofocus").classes("w-full")
            )

            async def save() -> None:
                try:
                    await asyncio.to_thread(self.library.saved_filters.save, owner, name.value or "", query)
                except UserError as error:
                    ui.notify(str(error), type="warning")
                    return
                dialog.close()
                ui.notify("筛选已保存，在“我的筛选”里。", type="positive")
                self._saved_list.refresh()

            name.on("keydown.enter", save)
            with ui.row().classes("w-full justify-end"):
                ui.button("取消", on_click=dialog.close).props("flat")
                ui.button("保存", on_click=save)
        dialog.on("hide", dialog.delete)
