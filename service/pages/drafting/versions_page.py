"""Two versions of a draft, sentence by sentence."""

from __future__ import annotations

import asyncio
from html import escape
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.errors import UserError
from service.comparing import Fate
from service.drafting.comparing import LineDifference
from service.pages.drafting.assets import add_assets
from service.pages.frame import empty_state, framed

if TYPE_CHECKING:
    from service.library import Library

FATES = {Fate.ADDED: "新增", Fate.DROPPED: "删去", Fate.CHANGED: "改动", Fate.SAME: "未变"}
TAGS = {"added": "ins", "dropped": "del", "same": "span"}
NOW = 0
"""Stands for the present text among the versions."""


async def versions_page(library: Library, draft_id: str, before: int, after: int) -> None:
    """Lay out the page at /drafts/w3/compare."""
    add_assets()
    with framed("/drafts"):
        try:
            await _build(library, draft_id, before, after)
        except UserError as error:
            with ui.column().classes("panel w-full"):
                empty_state("help_outline", str(error), action=("回到文稿", "/drafts"))


async def _build(library: Library, draft_id: str, before: int, after: int) -> None:
    rows = await asyncio.to_thread(library.drafts.versions, draft_id)
    comparison = await asyncio.to_thread(library.drafts.compare, draft_id, before, after or None)
    names = {row.version: f"第 {row.version} 版 {row.note}（{row.by}）" for row in rows} | {NOW: "现在的文稿"}
    with ui.row().classes("w-full items-center gap-2 no-wrap"):
        ui.link("回到文稿", f"/drafts/{draft_id}")
        ui.space()
        old = ui.select({key: words for key, words in names.items() if key}, value=before, label="原稿")
        new = ui.select(names, value=after, label="新稿")

        def show() -> None:
            ui.navigate.to(f"/drafts/{draft_id}/compare?before={old.value}&after={new.value}")

        for box in (old, new):
            box.props("outlined dense options-dense bg-color=white").on_value_change(show)
    counts = "　".join(f"{words} {comparison.count(fate)}" for fate, words in FATES.items())
    ui.label(counts).classes("faint count-lines")
    with ui.column().classes("panel w-full gap-0 draft-comparison"):
        for line in comparison.lines:
            ui.html(_line(line), sanitize=False, tag="div").classes("draft-line" + _look(line))


def _look(line: LineDifference) -> str:
    shown = line.after or line.before
    return " heading" if shown is not None and shown.heading else ""


def _line(line: LineDifference) -> str:
    """Return a line as markup: what is new and what is gone are marked, and nothing else is."""
    if line.fate is Fate.CHANGED:
        return "".join(f"<{TAGS[part.kind]}>{escape(part.text)}</{TAGS[part.kind]}>" for part in line.words)
    shown = line.after or line.before
    words = escape(shown.text) if shown is not None else ""
    tag = {Fate.ADDED: "ins", Fate.DROPPED: "del"}.get(line.fate, "span")
    return f"<{tag}>{words}</{tag}>"
