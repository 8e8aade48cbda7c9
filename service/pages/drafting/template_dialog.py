"""用自己的模板: a template is dropped; what was filled, what stays open and the file are offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.registry.tables import read_table
from service.drafting.making import DraftRequest
from service.pages.drafting.period import Period
from service.pages.intake.drop import drop_zone, path_of
from service.pages.person import write

if TYPE_CHECKING:
    from service.library import Library
    from service.templates.filling import FilledTemplate
    from service.templates.placeholders import Placeholder

HINT = (
    "Word 里写 {{ 任务数 }} 这样的字段，或在 Word、文本里用 xx 标出缺处。"
    "能从台账和所选文件查到的填上，查不到的写成【待补】。"
)
LOOP = (
    "清单逐项写出：在表格里，要重复的一行写 {{ 项.序号 }} 这样的字段，上面加一行 {%tr for 项 in 任务 %}，"
    "下面加一行 {%tr endfor %}；不在表格里，把 %tr 换成 %p，各占一段。"
)
MOST_SHOWN = 200
MOST_IDS = 20


class TemplateDialog:
    """Fills the template dropped last, again whenever another plan or period is chosen.

    Args:
        library: what it is filled from.
        plans: the plans to choose from, names by id.
        request: what the form for a new draft says; plans and period may be changed here.
    """

    def __init__(self, library: Library, plans: Mapping[str, str], request: DraftRequest) -> None:
        self.library = library
        self.plans = dict(plans)
        self.given = request
        self.name = ""
        self.data = b""
        self._turn = 0
        """Counts what was asked: an answer that was overtaken is not shown."""

    def open(self) -> None:
        """Open the dialog."""
        with ui.dialog(value=True), ui.card().classes("dialog dialog-wide template-dialog"):
            ui.label("用自己的模板").classes("doc-title")
            ui.label(HINT).classes("faint")
            self._choices()
            drop_zone("把 .docx 或 .txt 模板拖到这里，或点此选择", self._receive)
            _known_fields()
            self.result = ui.column().classes("template-result w-full gap-1")

    def _choices(self) -> None:
        chosen = [plan for plan in self.given.plans if plan in self.plans]
        self.sources = ui.select(
            self.plans, value=chosen, label="取材的方案（可多选）", multiple=True, on_change=self._fill
        )
        self.sources.props("outlined dense options-dense use-chips clearable").classes("w-full")
        self.period = Period(self.given.first, self.given.last, self._fill)

    async def _receive(self, upload: events.UploadEventArguments) -> None:
        self.name, self.data = path_of(upload), await upload.file.read()
        await self._fill()

    async def _fill(self) -> None:
        """Fill the template, if one was dropped, and show what came of it."""
        if not self.name:
            return
        self._turn += 1
        turn, name, data, request = self._turn, self.name, self.data, self._request()
        if not request.topic and not request.plans:
            self._say(f"选好取材的方案，就填写 {name}。")
            return
        self._say(f"正在填写 {name} …")
        made = await write(self.library, lambda _: _filled(self.library, name, data, request))
        if turn != self._turn:
            return
        self.result.clear()
        if made is not None:
            with self.result:
                _show(name, made)

    def _say(self, words: str) -> None:
        self.result.clear()
        with self.result:
            ui.label(words).classes("faint")

    def _request(self) -> DraftRequest:
        return replace(
            self.given,
            plans=tuple(self.sources.value or ()),
            first=self.period.first,
            last=self.period.last,
        )


def _filled(library: Library, name: str, data: bytes, request: DraftRequest) -> FilledTemplate:
    from service.templates.filling import fill_template

    return fill_template(library, name, data, request)


def _show(name: str, made: FilledTemplate) -> None:
    filled = [item for item in made.placeholders if item.value]
    missing = [item for item in made.placeholders if not item.value]
    with ui.row().classes("w-full items-center gap-2"):
        ui.label(f"{name}：填写 {len(filled)} 处，待补 {len(missing)} 处。").classes("font-bold grow")
        for suffix, words in ((".docx", "下载 Word"), (".txt", "下载文本")):
            if suffix == ".docx" or made.text:
                _download(f"{PurePath(name).stem}-已填{suffix}", made.written(suffix), words)
    with ui.column().classes("dialog-list w-full gap-1 no-wrap"):
        for item in missing[:MOST_SHOWN]:
            _line("待补", item, _where(item))
        for item in filled[:MOST_SHOWN]:
            _line(item.value, item, f"{_where(item)}　{_source(item)}")
        if max(len(filled), len(missing)) > MOST_SHOWN:
            ui.label("其余的见下载的文件。").classes("faint")


def _download(name: str, data: bytes, words: str) -> None:
    ui.button(words, icon="download", on_click=lambda: ui.download.content(data, name)).props("dense no-caps")


def _line(value: str, item: Placeholder, words: str) -> None:
    with ui.row().classes("w-full no-wrap gap-3 items-baseline"):
        ui.label(value).classes("template-value")
        shown = ui.label(words).classes("grow")
        if basis := item.quote or "、".join(item.ids[:MOST_IDS]):
            shown.tooltip(basis)


def _where(item: Placeholder) -> str:
    """Return what was to be filled in and where: xx：共有任务xx项; 【待补：…】 tells it by itself."""
    return item.raw if item.words in item.raw else f"{item.raw}：{item.words}"


def _source(item: Placeholder) -> str:
    checked = "；方案所列，请核对是否已实现" if item.planned else ""
    return f"来源：{item.source}{checked}"


def _known_fields() -> None:
    """List what may stand in a template, behind a line that opens."""
    rows = read_table("service.templates", "fields.tsv")
    with ui.expansion("可以写哪些字段").props("dense").classes("w-full template-fields"):
        _field_lines([row for row in rows if not row["within"]], "")
        ui.label(LOOP).classes("faint")
        for name in dict.fromkeys(row["within"] for row in rows if row["within"]):
            ui.label(f"清单“{name}”里的字段").classes("font-bold")
            _field_lines([row for row in rows if row["within"] == name], "项.")


def _field_lines(rows: list[dict[str, str]], before: str) -> None:
    with ui.element("dl").classes("field-lines"):
        for row in rows:
            with ui.element("div"):
                with ui.element("dt"):
                    ui.label(row["field"] if row["kind"] == "list" else f"{{{{ {before}{row['field']} }}}}")
                with ui.element("dd"):
                    ui.label(f"清单：{row['meaning']}" if row["kind"] == "list" else row["meaning"])
