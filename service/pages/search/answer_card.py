"""The answer to a question, on top of the hits, with what it rests on."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from corpus.errors import TaizhangError
from corpus.records import JsonObject
from corpus.spans import Span
from corpus.store.rows import TaskRow
from service.editing.evidence import highlighted_html
from service.intake.sources import shown_title
from service.ledger import STATUS_WORDS, short_text
from service.pages.ledger.filters import ROLE_WORDS
from service.pages.search.wanted import Wanted, document_address

if TYPE_CHECKING:
    from service.ask.result import Answer, Citation
    from service.library import Library

LISTINGS = frozenset({"list", "count"})
"""Kinds of answers that are rows of the ledger, or their number."""
OVERDUE = "已逾期"
MOST_ITEMS = 8
MOST_FOLDED = 40
"""Rows of an answer that are looked through for some that say the same."""
MOST_CITATIONS = 4
LONGEST_VALUE = 30
"""Characters of an answer that is marked in its sources; a longer one is a sentence of theirs."""
NOT_FOUND = "文库里没有能回答这个问题的内容。"


def answer_card(library: Library, wanted: Wanted, answer: Answer, *, nothing_near: bool = False) -> None:
    """Show the answer, the rows it counts or lists, and its citations; a next question can follow it.

    `nothing_near` says that no passage is shown below either.
    """
    with ui.column().classes("panel answer w-full gap-2").props('role=region aria-label="回答"'):
        _conversation(wanted)
        if answer.kind == "none":
            ui.label(NOT_FOUND if nothing_near else f"{NOT_FOUND}下面是最接近的段落。").classes("answer-none")
        else:
            _head(answer)
            if answer.kind in LISTINGS and (words := understood_words(answer.filters)):
                ui.label(words).classes("faint")
            _items(library, wanted, answer)
        # The rows of a list or count are shown with their places already.
        for citation in answer.citations[: 0 if _is_listing(answer) else MOST_CITATIONS]:
            _citation(library, citation, _rows_address(wanted), values_of(answer))
        _wording(library, answer)
        _next_question(wanted)


def understood_words(filters: JsonObject) -> str:
    """Return as what a question was understood, beside its words; "" for nothing."""
    due = [filters.get("due_from", ""), filters.get("due_before", "")]
    statuses = str(filters.get("status", "")).split()
    words = {
        "地区": filters.get("region"),
        "单位": filters.get("unit"),
        "角色": ROLE_WORDS[filters["role"]] if "role" in filters else "",
        "年份": filters.get("year"),
        "时限": "至".join(filter(None, due)) if due[0] else f"{due[1]}前" if due[1] else "",
        "状态": "、".join(STATUS_WORDS.get(status, OVERDUE) for status in statuses),
    }
    said = "，".join(f"{name} {word}" for name, word in words.items() if word)
    return f"理解为：{said}" if said else ""


def _value_of(answer: Answer) -> str:
    if answer.kind == "count":
        return f"{answer.answer} 项"
    return answer.answer or f"共 {len(answer.items)} 项"


def _conversation(wanted: Wanted) -> None:
    if not wanted.before:
        return
    with ui.row().classes("items-center gap-1 no-print"):
        ui.label("接着问：").classes("faint")
        for number, question in enumerate(wanted.before):
            ui.link(question, wanted.address(q=question, before=wanted.before[:number])).classes("chip")
        ui.link("开始新话题", wanted.address(before=())).classes("faint")


def _items(library: Library, wanted: Wanted, answer: Answer) -> None:
    """List what a list or count names; rows of the ledger with a link to all of them."""
    with ui.column().classes("gap-1 answer-items"):
        rows = answer.rows if _is_listing(answer) else ()
        if not rows:
            for item in answer.items[:MOST_ITEMS]:
                ui.label(item)
        for alike in _folded(library.store.task_rows(rows[:MOST_FOLDED]))[:MOST_ITEMS]:
            _row(alike[0], len(alike) - 1)
    if rows:
        ui.link(f"在总台账中查看这 {len(rows)} 项", _rows_address(wanted)).classes("answer-more")


def _is_listing(answer: Answer) -> bool:
    """Tell whether the answer is the rows that it lists or counts."""
    return answer.kind in LISTINGS and bool(answer.rows)


def _rows_address(wanted: Wanted) -> str:
    """Return the address of 总台账 narrowed to the rows of the answer."""
    asked = urlencode([("ask", wanted.q), *(("before", words) for words in wanted.before)])
    return f"/ledger?{asked}"


def _folded(rows: Iterable[TaskRow]) -> list[list[TaskRow]]:
    """Return rows that say the same, from copies of one document, together."""
    groups: dict[str, list[TaskRow]] = {}
    for row in rows:
        groups.setdefault(str(row.record["text"]), []).append(row)
    return list(groups.values())


def _row(row: TaskRow, alike: int) -> None:
    with ui.column().classes("quote gap-0"):
        ui.label(short_text(row.record))
        if alike:
            ui.label(f"另有 {alike} 项文字相同，已合在一起").classes("faint")
        if not row.document_id:
            ui.label("手工录入，不属于任何文件").classes("faint")
            return
        place = " > ".join([shown_title(row.title, row.source), *row.record["section"]])
        ui.link(place, f"/documents/{row.document_id}?task={row.id}").classes("faint")


def _citation(library: Library, citation: Citation, rows_address: str, values: tuple[str, ...]) -> None:
    with ui.column().classes("quote gap-0"):
        words = citation.quote or _words_of(library, citation)
        ui.html(highlighted_html(words, places_of(values, words)), sanitize=False).classes("quote-words")
        ui.link(_place_of(citation), _address(citation) or rows_address).classes("faint")
        if citation.note:
            ui.label(citation.note).classes("faint")


def values_of(answer: Answer) -> tuple[str, ...]:
    """Return what to look for in the quotations: each part of a bare answer; () for a list or a sentence."""
    if answer.kind in (*LISTINGS, "none") or not answer.answer or len(answer.answer) > LONGEST_VALUE:
        return ()
    return (answer.answer, *filter(lambda part: len(part) > 1, answer.answer.split("、")))


def places_of(values: Iterable[str], text: str) -> list[Span]:
    """Return where values stand in a text, in order and without overlap; the longer one wins."""
    found: list[Span] = []
    for value in sorted(values, key=len, reverse=True):
        for match in re.finditer(re.escape(value), text):
            if not any(span.start < match.end() and match.start() < span.end for span in found):
                found.append(Span(match.start(), match.end()))
    return sorted(found, key=lambda span: span.start)


def _head(answer: Answer) -> None:
    """Show the answer itself, to be copied with its sources, or printed without the hits below it."""
    with ui.row().classes("w-full items-start gap-2 no-wrap"):
        ui.label(_value_of(answer)).classes("answer-value grow")
        for words, icon, act in (
            ("复制", "content_copy", f"() => taizhang.copyText({json.dumps(told(answer))})"),
            ("打印", "print", "() => taizhang.printAnswer()"),
        ):
            button = ui.button(words, icon=icon).props("flat dense").classes("no-print")
            button.on("click", js_handler=act)


def told(answer: Answer) -> str:
    """Return question, answer and sources as plain text, to be pasted into a document."""
    lines = [f"问：{answer.question}", f"答：{_value_of(answer)}"]
    lines += [f"{number}. {item}" for number, item in enumerate(answer.items[:MOST_ITEMS], start=1)]
    if answer.citations:
        lines.append("依据：")
    for citation in answer.citations[:MOST_CITATIONS]:
        quote = f"“{citation.quote}”" if citation.quote else ""
        lines.append(f"{quote}（{_place_of(citation)}）")
    return "\n".join(lines)


def _place_of(citation: Citation) -> str:
    """Return where a citation stands: document, section, page and number."""
    place = " > ".join([shown_title(citation.title, citation.source) or "总台账", *citation.section])
    page = f"　第{citation.page}页" if citation.page else ""
    return place + page + (f"　{citation.label}" if citation.label else "")


def _words_of(library: Library, citation: Citation) -> str:
    """Return the words of a row that quotes no document."""
    rows = library.store.task_rows([citation.row] if citation.row else [])
    return short_text(rows[0].record) if rows else ""


def _address(citation: Citation) -> str:
    """Return where the citation is shown: at its words, else at its row; "" for a row without a document."""
    if citation.quote:
        return document_address(citation.document_id, citation.span)
    return f"/documents/{citation.document_id}?task={citation.row}" if citation.document_id else ""


def _wording(library: Library, answer: Answer) -> None:
    """Show, once it has come, the answer as the office's language model words it, checked."""
    if answer.kind == "none" or not library.settings.read().model_address:
        return
    area = ui.column().classes("w-full gap-1 wording")
    with area:
        ui.label("正在请大模型组织语言…").classes("faint")

    async def fetch() -> None:
        try:
            wording = await asyncio.to_thread(library.word, answer)
        except TaizhangError as error:
            wording, told = None, str(error)
        else:
            told = ""
        area.clear()
        with area:
            if wording is None:
                ui.label(told).classes("faint")
                return
            ui.label(wording.text)
            ui.label("由大模型组织语言，数字、日期、单位已与原文核对。").classes("faint")
            for dropped in wording.dropped:
                with ui.element("del"):
                    ui.label(dropped.sentence)
                ui.label(dropped.reason).classes("faint")

    ui.timer(0, fetch, once=True)


def _next_question(wanted: Wanted) -> None:
    with ui.row().classes("w-full items-center gap-2 no-wrap no-print"):
        box = ui.input(placeholder="接着问，如：那配合单位呢？").props('dense outlined aria-label="接着问"')
        box.classes("grow")

        def ask() -> None:
            if question := (box.value or "").strip():
                ui.navigate.to(wanted.address(q=question, before=wanted.follow_up()))

        box.on("keydown.enter", ask)
        ui.button("问", on_click=ask).props("outline dense")
