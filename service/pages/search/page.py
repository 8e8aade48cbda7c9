"""检索: one box for words, questions and pasted paragraphs; an answer on top, hits below, facets beside."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.errors import UserError
from service.ask.questions.question import is_question, understand
from service.intake.sources import shown_title
from service.ledger import short_text
from service.pages.frame import empty_state, framed
from service.pages.person import may_write
from service.pages.search.answer_card import answer_card
from service.pages.search.examples import examples
from service.pages.search.hits import hit_list, understood_chips
from service.pages.search.narrowing import facet_panel, filter_chips
from service.pages.search.wanted import LONGEST, MOST_HITS, Wanted

if TYPE_CHECKING:
    from service.library import Library

FIRST_STEPS = (
    (
        "拖入方案、汇报，系统拆成一项项任务，核对后存入。没有现成的文件，可以用示例试一试。",
        "去拆任务",
        "/extract",
    ),
    ("成批的文件、整个文件夹，直接存入文库。", "去文库", "/library"),
    ("回到这里，输入词语，或者问“由谁牵头”“什么时候完成”“有多少项”，答案都注明出处。", "", ""),
)
"""What a new user does first: the words, and a link with its target."""
RECENT = 6
"""Documents that the empty page names."""


async def search_page(library: Library, wanted: Wanted) -> None:
    """Lay out the page at /; without a question it tells what one can do."""
    with framed("/"):
        _search_box(wanted)
        if wanted.q:
            ui.label(f"检索：{wanted.q}　{library.today()}").classes("print-only")
        if wanted.like:
            await _similar(library, wanted)
        elif wanted.q.strip():
            await _found(library, wanted)
        else:
            await _welcome(library)


def _search_box(wanted: Wanted) -> None:
    with ui.row().classes("w-full items-start gap-2 no-wrap no-print"):
        box = ui.textarea(
            value=wanted.q, placeholder="输入词语、问题，或粘贴一段文字（回车检索，Shift+回车换行）"
        )
        box.props('outlined dense autogrow rows=1 bg-color=white autofocus clearable aria-label="检索"')
        box.classes("grow search-box")

        def search() -> None:
            ui.navigate.to(Wanted(q=(box.value or "").strip()).address(**wanted.chosen))

        # The browser decides about Shift, before a line end gets into the box.
        enter = (
            "(event) => { if (!event.shiftKey && !event.isComposing) { event.preventDefault(); emit(); } }"
        )
        box.on("keydown.enter", search, js_handler=enter)
        ui.button("检索", icon="search", on_click=search).classes("search-button")


async def _found(library: Library, wanted: Wanted) -> None:
    k = min(wanted.k, MOST_HITS)
    words = _sought(library, wanted)
    result = await asyncio.to_thread(
        lambda: library.search(words, wanted.filters, k, plain_words=wanted.plain)
    )
    if not result.hits and not library.count_documents():
        _empty_library()
        return
    asked = bool(wanted.before) or is_question(wanted.q)
    answer = await asyncio.to_thread(library.ask, wanted.q, wanted.before) if asked else None
    filter_chips(wanted)
    understood_chips(wanted, result)
    if len(wanted.q) >= LONGEST:
        ui.label(f"文字较长，按前 {LONGEST} 字检索。").classes("faint")
    for notice in result.notices:
        ui.label(notice).classes("faint")
    with ui.row().classes("w-full no-wrap items-start gap-3"):
        facet_panel(wanted, result)
        with ui.column().classes("grow gap-3 results"):
            if answer is not None:
                answer_card(library, wanted, answer, nothing_near=not result.hits)
            hit_list(wanted, result)


def _sought(library: Library, wanted: Wanted) -> str:
    """Return the words to search for; a question that goes on from others is about their subject."""
    question = None
    for words in (*wanted.before, wanted.q) if wanted.before else ():
        question = understand(words, library.today(), question)
    return question.sought if question else wanted.q


async def _similar(library: Library, wanted: Wanted) -> None:
    try:
        row = await asyncio.to_thread(library.task, wanted.like)
    except UserError as error:
        empty_state("help_outline", str(error), action=("回到检索", "/"))
        return
    k = min(wanted.k, MOST_HITS)
    result = await asyncio.to_thread(lambda: library.similar(task=wanted.like, filters=wanted.filters, k=k))
    with ui.column().classes("panel answer w-full gap-1"):
        ui.label("别的文件里与这一条类似的措施：").classes("faint")
        ui.link(short_text(row.record, 200), f"/documents/{row.document_id}?task={row.id}").classes(
            "answer-item"
        )
    filter_chips(wanted)
    with ui.row().classes("w-full no-wrap items-start gap-3"):
        facet_panel(wanted, result)
        with ui.column().classes("grow gap-3 results"):
            hit_list(wanted, result)


async def _welcome(library: Library) -> None:
    rows = await asyncio.to_thread(library.documents)
    asked = await asyncio.to_thread(examples, library)
    if not rows:
        _empty_library()
        return
    with ui.column().classes("panel w-full welcome gap-4"):
        ui.label(f"文库里有 {len(rows)} 份文件，可以这样用：").classes("faint")
        with ui.row().classes("w-full gap-3 items-stretch examples"):
            for name, example in asked.items():
                with ui.link(target=Wanted(q=example).address()).classes("example"):
                    ui.label(name).classes("faint")
                    ui.label(example)
        ui.label("最近存入").classes("faint")
        with ui.column().classes("gap-1"):
            for row in sorted(rows, key=lambda row: row.added_at, reverse=True)[:RECENT]:
                ui.link(shown_title(row.title, row.source), f"/documents/{row.id}").classes("facet")


def _empty_library() -> None:
    """Say what there is to do before anything can be found."""
    with ui.column().classes("panel w-full"):
        if not may_write():
            empty_state("folder_open", "文库里还没有文件。请经办人员先存入几份方案或汇报，再来检索。")
            return
        empty_state("folder_open", "文库里还没有文件。分三步就能用起来：")
        with ui.element("ol").classes("steps"):
            for words, name, target in FIRST_STEPS:
                with ui.element("li"), ui.row().classes("items-center gap-2"):
                    ui.label(words)
                    ui.link(name, target) if name else None
