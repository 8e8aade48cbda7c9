"""One draft: outline, text with traces, examples, check, versions, preview, file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.errors import UserError
from service.pages.drafting.assets import add_assets, script_value
from service.pages.frame import empty_state, framed
from service.pages.person import may_write

if TYPE_CHECKING:
    from service.library import Library

BOX = "drafting"
TABS = {"examples": "参考", "check": "检查", "versions": "版本", "model": "措辞"}
SOURCES = {"table": "文末附材料来源表", "footnotes": "来源作脚注", "none": "不附来源"}


async def editor_page(library: Library, draft_id: str) -> None:
    """Lay out the page at /drafts/w3; the browser fetches the text by itself."""
    add_assets()
    with framed("/drafts", full=True):
        try:
            await asyncio.to_thread(library.drafts.open, draft_id)
        except UserError as error:
            with ui.column().classes("panel w-full"):
                empty_state("help_outline", str(error), action=("回到文稿", "/drafts"))
            return
        model = bool((await asyncio.to_thread(library.settings.read)).model_address)
        ui.html(_skeleton(model), sanitize=False).classes("panel w-full drafting").style("overflow: hidden")
        options = script_value({"id": draft_id, "readOnly": not may_write(), "model": model})
        ui.run_javascript(f"taizhang.Drafting.start('{BOX}', {options})")


def _skeleton(model: bool) -> str:
    """Return the parts of the page that its scripts fill."""
    shown = {name: words for name, words in TABS.items() if model or name != "model"}
    tabs = "".join(
        '<button type="button" class="side-tab" role="tab" aria-selected="false"'
        f' data-panel="{name}">{words}</button>'
        for name, words in shown.items()
    )
    panels = "".join(
        '<div class="side-panel" role="tabpanel" tabindex="0" hidden'
        f' aria-label="{words}" data-panel="{name}"></div>'
        for name, words in shown.items()
    )
    choices = "".join(f'<option value="{name}">{words}</option>' for name, words in SOURCES.items())
    return f"""<div id="{BOX}" class="drafting">
<div class="draft-bar"><a href="/drafts">全部文稿</a><span class="draft-status" role="status">正在打开…</span>
<button type="button" class="draft-undo" disabled title="撤销（Ctrl+Z）">撤销</button>
<button type="button" class="draft-redo" disabled title="恢复（Ctrl+Y）">恢复</button>
<button type="button" class="draft-preview">预览</button>
<select class="draft-sources" aria-label="材料来源">{choices}</select>
<button type="button" class="draft-download">下载 Word</button></div>
<div class="draft-columns"><div class="draft-outline" role="region" aria-label="提纲"></div>
<div class="draft-middle"><div class="draft-text" role="region" tabindex="0" aria-label="文稿"></div>
<div class="draft-trace" role="region" aria-label="出处">
<span class="faint">把鼠标移到一句话上，或把光标放进去，这里显示它的出处。</span></div></div>
<div class="draft-side"><div class="side-tabs" role="tablist">{tabs}</div>{panels}</div></div></div>"""
