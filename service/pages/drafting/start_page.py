"""The form for a new draft, beside the drafts that there are."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nicegui import ui

from corpus.store.rows import DocumentRow
from service.drafting.contents.registry import CHOICES
from service.drafting.learning import Variant
from service.drafting.making import DraftRequest
from service.drafting.outline import Outline, genres
from service.drafting.shelf import parts_from
from service.intake.sources import shown_title
from service.pages.documents.choice import tell_none
from service.pages.drafting.assets import add_assets, script_value
from service.pages.drafting.draft_list import DraftList
from service.pages.drafting.period import Period
from service.pages.drafting.template_dialog import TemplateDialog
from service.pages.frame import framed
from service.pages.person import may_write, write

if TYPE_CHECKING:
    from service.library import Library

OUTLINE_BOX = "new-outline"
FIRST_GENRE = "工作汇报"


async def start_page(library: Library) -> None:
    """Lay out the page at /drafts."""
    add_assets()
    with framed("/drafts", full=True), ui.row().classes("w-full grow no-wrap gap-3").style("min-height: 0"):
        if may_write():
            plans = await asyncio.to_thread(library.documents)
            await NewDraft(library, [row for row in plans if row.tasks]).build()
        await DraftList(library).build()


@dataclass(slots=True)
class Choices:
    """The outlines of a genre by what the box of choices calls them."""

    outlines: dict[str, Outline] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    variants: dict[str, Variant] = field(default_factory=dict)


class NewDraft:
    """The form for a new draft."""

    def __init__(self, library: Library, plans: list[DocumentRow]) -> None:
        self.library = library
        self.plans = plans
        self.names = {row.id: f"{shown_title(row.title, row.source)}（{row.tasks} 项任务）" for row in plans}
        self.choices = Choices()
        self._level = ""
        """Of the plan chosen first: documents of that level teach outlines, where there are enough."""

    async def build(self) -> None:
        """Lay out the form."""
        with ui.column().classes("panel draft-form gap-2 no-wrap"):
            ui.label("新文稿").classes("doc-title")
            self.genre = ui.select(list(genres()), value=FIRST_GENRE, label="文种", on_change=self._offer)
            self.sources = ui.select(
                self.names,
                label="取材的方案（可多选）",
                multiple=True,
                with_input=True,
                on_change=self._levelled,
            )
            self.sources.props("use-chips clearable")
            tell_none(self.sources)
            self.topic = ui.input("主题（空着就用方案的名称）")
            self.period = Period()
            with ui.row().classes("w-full no-wrap gap-2"):
                self.place = ui.input("本地（如 望川县）")
                self.issuer = ui.input("署名机关")
            self.recipients = ui.input("主送机关")
            for box in (self.genre, self.sources, self.topic, self.place, self.issuer, self.recipients):
                box.props("outlined dense options-dense").classes("w-full")
            with ui.row().classes("w-full no-wrap gap-2"):
                ui.button("生成文稿", icon="edit_document", on_click=self._make).classes("grow")
                ui.button("用自己的模板", on_click=self._use_template).props("outline")
            self._outline_part()
        await self._offer()

    def _outline_part(self) -> None:
        with ui.row().classes("w-full items-center no-wrap gap-1"):
            self.choice = ui.select({}, label="提纲", on_change=self._show)
            self.choice.props("outlined dense options-dense").classes("grow")
            ui.button(icon="save", on_click=self._name_outline).props(
                'flat dense aria-label="保存提纲"'
            ).tooltip("把下面的提纲存为自己的提纲")
            self.forget = ui.button(icon="delete_outline", on_click=self._forget)
            self.forget.props('flat dense aria-label="删除提纲"').tooltip("删除这份自己的提纲")
        self._learnt_from()
        ui.html(f'<div id="{OUTLINE_BOX}"></div>', sanitize=False).classes("w-full")

    @ui.refreshable_method
    def _learnt_from(self) -> None:
        variant = self.choices.variants.get(self.choice.value or "")
        if variant is None:
            return
        with ui.element("div").classes("faint"):
            ui.label(f"文库中 {variant.total} 份同类文件里有 {variant.count} 份这样安排，例如：")
            for document, title in variant.documents[:3]:
                ui.link(title, f"/documents/{document}", new_tab=True).classes("block")

    async def _offer(self) -> None:
        """Offer the outlines of the chosen genre."""
        self.choices = await asyncio.to_thread(self._find, self.genre.value, self._level)
        self.choice.set_options(self.choices.names, value="own")
        self._show()

    async def _levelled(self) -> None:
        """Offer outlines learnt from documents of the level of the chosen plan."""
        chosen = list(self.sources.value or ())[:1]
        level = next((row.level or "" for row in self.plans if row.id in chosen), self._level)
        if level != self._level:
            self._level = level
            await self._offer()

    def _find(self, genre: str, level: str) -> Choices:
        found = Choices({"own": self.library.drafts.outline("", genre)}, {"own": f"{genre}的通用提纲"})
        for row in self.library.drafts.outlines(genre):
            found.outlines[row.id] = Outline(genre, parts_from(row.parts))
            found.names[row.id] = f"自己的提纲：{row.name}"
        for number, variant in enumerate(self.library.drafts.learnt(genre, level), 1):
            name = f"learnt:{number}"
            headings = " · ".join(part.heading for part in variant.outline.parts if part.heading)
            found.outlines[name], found.variants[name] = variant.outline, variant
            found.names[name] = f"学自文库（{variant.count} 份）：{headings}"
        return found

    def _show(self) -> None:
        """Show the chosen outline, which may then be changed."""
        outline = self.choices.outlines.get(self.choice.value or "own")
        if outline is None:
            return
        self.forget.set_visibility(str(self.choice.value).startswith("o") and self.choice.value != "own")
        self._learnt_from.refresh()
        parts = script_value([part.record() for part in outline.parts])
        ui.run_javascript(f"taizhang.showOutline('{OUTLINE_BOX}', {parts}, {script_value(CHOICES)})")

    async def _parts(self) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = await ui.run_javascript("taizhang.outlineParts()")
        return parts

    def _request(self) -> DraftRequest:
        return DraftRequest(
            genre=self.genre.value,
            topic=(self.topic.value or "").strip(),
            plans=tuple(self.sources.value or ()),
            first=self.period.first,
            last=self.period.last,
            issuer=(self.issuer.value or "").strip(),
            recipients=(self.recipients.value or "").strip().rstrip("：:"),
            place=(self.place.value or "").strip(),
        )

    def _use_template(self) -> None:
        TemplateDialog(self.library, self.names, self._request()).open()

    async def _make(self) -> None:
        parts, request = await self._parts(), self._request()
        if not request.topic and not request.plans:
            ui.notify("请填写主题，或选择取材的方案。", type="warning")
            self.topic.run_method("focus")
            return

        def act(by: str) -> str:
            return self.library.drafts.make(request, by, Outline(request.genre, parts_from(parts))).row.id

        if made := await write(self.library, act):
            ui.navigate.to(f"/drafts/{made}")

    def _name_outline(self) -> None:
        with ui.dialog(value=True) as dialog, ui.card().classes("dialog"):
            name = ui.input("提纲名称").props("outlined dense autofocus").classes("w-full")

            async def save() -> None:
                if await self._save(name.value or ""):
                    dialog.close()

            ui.button("保存", on_click=save)

    async def _save(self, name: str) -> bool:
        parts = parts_from(await self._parts())
        genre = self.genre.value
        saved = await write(
            self.library,
            lambda by: self.library.drafts.save_outline(name, genre, parts, by),
            done="提纲已保存。",
        )
        if saved is None:
            return False
        await self._offer()
        self.choice.set_value(saved.id)
        return True

    async def _forget(self) -> None:
        wanted = str(self.choice.value)

        def act(by: str) -> bool:
            self.library.drafts.remove_outline(wanted, by)
            return True

        if await write(self.library, act, done="提纲已删除。"):
            await self._offer()
