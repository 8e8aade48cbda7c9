"""检索: one box for words, questions and pasted paragraphs; an answer on top, hits below, facets beside."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from corpus.spans import Span
from corpus.store.filters import Filters
from service.ask.question import is_question
from service.pages.evidence import highlighted_html
from service.pages.frame import empty_state, framed
from service.pages.heads import fact_line

if TYPE_CHECKING:
    from index.hits import Hit, SearchResult
    from service.ask.result import Answer, Citation
    from service.library import Library

HITS = 20
MORE = 3
"""A search for more shows this many times as many hits."""
MOST_HITS = 1000
FACETS = (("year", "年份"), ("region", "地区"), ("type", "类别"))
"""Facets beside the hits: the parameter of the address, and its name."""
FACET_KEYS = {"year": "year", "region": "region", "type": "doc_type"}
FACET_VALUES = 12
EXAMPLES = ("河道采砂怎么整治", "污水管网改造由谁牵头", "9月底前要完成哪些工作")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address of the page asks for; "" where nothing is asked."""

    q: str = ""
    year: str = ""
    region: str = ""
    type: str = ""
    unit: str = ""
    k: int = HITS

    @property
    def filters(self) -> Filters:
        """The filters; a year that is no number filters nothing."""
        year = int(self.year) if self.year.isdecimal() else None
        return Filters(
            region=self.region or None,
            year_from=year,
            year_to=year,
            doc_type=self.type or None,
            unit=self.unit or None,
        )

    def address(self, **changes: str | int) -> str:
        """Return the address of this search with some parameters changed; from the first hits on."""
        given = {**asdict(self), "k": HITS, **changes}
        kept = {name: value for name, value in given.items() if value not in ("", HITS)}
        return f"/?{urlencode(kept)}" if kept else "/"


async def search_page(library: Library, wanted: Wanted) -> None:
    """Lay out the page at /; without a question it tells what one can do."""
    with framed("/"):
        _search_box(wanted)
        if not wanted.q.strip():
            _welcome(library)
            return
        result = await asyncio.to_thread(library.search, wanted.q, wanted.filters, min(wanted.k, MOST_HITS))
        answer = await asyncio.to_thread(library.ask, wanted.q) if is_question(wanted.q) else None
        with ui.row().classes("w-full no-wrap items-start gap-3"):
            _facets(wanted, result)
            with ui.column().classes("grow gap-3"):
                if answer is not None:
                    _answer(answer)
                _hits(wanted, result)


def _search_box(wanted: Wanted) -> None:
    with ui.row().classes("w-full items-center gap-2 no-wrap"):
        box = ui.input(value=wanted.q, placeholder="输入词语、问题，或粘贴一段文字").props(
            'outlined bg-color=white autofocus clearable aria-label="检索"'
        )
        box.classes("grow search-box")

        def search() -> None:
            ui.navigate.to(wanted.address(q=(box.value or "").strip()))

        box.on("keydown.enter", search)
        ui.button("检索", icon="search", on_click=search).props("size=lg")


def _welcome(library: Library) -> None:
    count = library.store.count_documents()
    with ui.column().classes("panel w-full"):
        if not count:
            empty_state(
                "folder_open",
                "文库里还没有文件。先存入几份方案或汇报，再来检索。",
                action=("去拆任务", "/extract"),
            )
            return
        empty_state("search", f"文库里有 {count} 份文件。试试：")
        with ui.row().classes("self-center q-pb-lg"):
            for example in EXAMPLES:
                ui.link(example, Wanted(q=example).address())


def _facets(wanted: Wanted, result: SearchResult) -> None:
    with ui.column().classes("panel q-pa-md gap-2 facets no-print").style("width: 210px; flex: none"):
        for parameter, name in FACETS:
            ui.label(name).classes("font-bold")
            chosen = str(getattr(wanted, parameter))
            if chosen:
                ui.chip(chosen, removable=True, icon="filter_alt", color="primary", text_color="white").on(
                    "remove", lambda parameter=parameter: ui.navigate.to(wanted.address(**{parameter: ""}))
                )
                continue
            values = result.facets.get(FACET_KEYS[parameter], {})
            for value, count in list(values.items())[:FACET_VALUES]:
                ui.link(f"{value}（{count}）", wanted.address(**{parameter: value})).classes("facet")
            if not values:
                ui.label("—").classes("faint")
        _unit_filter(wanted)


def _unit_filter(wanted: Wanted) -> None:
    ui.label("单位").classes("font-bold")
    unit = ui.input(value=wanted.unit, placeholder="如：水利局").props(
        'dense outlined clearable aria-label="单位"'
    )
    unit.on("keydown.enter", lambda: ui.navigate.to(wanted.address(unit=unit.value or "")))
    unit.on("clear", lambda: ui.navigate.to(wanted.address(unit="")))


def _answer(answer: Answer) -> None:
    with ui.column().classes("panel answer w-full gap-1"):
        if answer.kind == "none":
            ui.label("文库里没有能回答这个问题的内容，下面是最接近的段落。").classes("faint")
            return
        ui.label(answer.answer or f"共 {len(answer.items)} 项").classes("answer-value")
        for item in answer.items[:HITS]:
            ui.label(item)
        for citation in answer.citations:
            _citation(citation)


def _citation(citation: Citation) -> None:
    with ui.column().classes("quote gap-0"):
        ui.label(citation.quote)
        target = document_address(citation.document_id, citation.span)
        ui.link(" > ".join([citation.title or citation.source, *citation.section]), target).classes("faint")


def _hits(wanted: Wanted, result: SearchResult) -> None:
    with ui.column().classes("panel w-full gap-0 hits"):
        if not result.hits:
            empty_state("search_off", "没有找到。换个说法，或去掉左侧的筛选条件再试。")
            return
        for hits in _by_document(result.hits):
            _document_hits(hits)
    if len(result.hits) >= wanted.k < MOST_HITS:
        ui.link("显示更多", wanted.address(k=wanted.k * MORE)).classes("self-center")


def _by_document(hits: tuple[Hit, ...]) -> Iterator[list[Hit]]:
    """Yield the hits of each document together, documents in the order of their best hit."""
    order = {hit.passage.document_id: place for place, hit in reversed(list(enumerate(hits)))}
    ordered = sorted(hits, key=lambda hit: order[hit.passage.document_id])
    for _, group in groupby(ordered, key=lambda hit: hit.passage.document_id):
        yield list(group)


def _document_hits(hits: list[Hit]) -> None:
    first = hits[0].passage
    with ui.column().classes("hit w-full gap-1"):
        ui.link(first.title or first.source, document_address(first.document_id, first.span)).classes(
            "hit-title"
        )
        ui.label(fact_line(first.doc_type, first.region, first.date)).classes("faint")
        for hit in hits:
            _passage(hit)


def _passage(hit: Hit) -> None:
    passage = hit.passage
    ui.html(highlighted_html(passage.text, hit.highlights), sanitize=False).classes("hit-text")
    with ui.row().classes("gap-3 items-center"):
        place = " > ".join(passage.section) + (f"  第{passage.page}页" if passage.page else "")
        ui.link(place.strip() or "看原文", document_address(passage.document_id, passage.span)).classes(
            "faint"
        )
        if hit.copies:
            names = "\n".join(copy.title or copy.source for copy in hit.copies)
            ui.label(f"另有 {len(hit.copies)} 份文件有同样内容").classes("faint").tooltip(names)


def document_address(document_id: str, span: Span) -> str:
    """Return the address at which a document is shown with the words at `span` in view."""
    return f"/documents/{document_id}?start={span.start}&end={span.end}"
