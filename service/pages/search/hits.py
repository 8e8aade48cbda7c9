"""The hits of a search, document by document, and what was understood of the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from nicegui import ui

from index.query.hints import HintKind
from index.wording.stand_ins import Origin
from service.editing.evidence import highlighted_html
from service.intake.sources import shown_title
from service.pages.documents.heads import fact_line
from service.pages.frame import empty_state
from service.pages.search.wanted import HITS, MOST_HITS, Wanted, document_address

if TYPE_CHECKING:
    from corpus.spans import Span
    from index.hits import Hit, SearchResult
    from index.query.hints import Hint
    from index.wording.stand_ins import StandIn

NEWER = "newer"
"""Marks the first document that was not listed before more were asked for; the browser goes there."""
MORE = 3
"""A search for more shows this many times as many hits."""
MOST_MARKED = 0.3
"""The share of a passage that may be marked word by word."""
LONG_MATCH = 6
"""Characters in a row that are marked in any case."""
HINT_NAMES = {
    HintKind.REGION: "地区",
    HintKind.LEVEL: "层级",
    HintKind.YEAR: "年份",
    HintKind.TYPE: "类别",
    HintKind.UNIT: "单位",
}
HINT_FILTERS = {
    HintKind.REGION: "region",
    HintKind.YEAR: "year",
    HintKind.TYPE: "type",
    HintKind.UNIT: "unit",
}
"""The parameters that keep to what a hint speaks of; a level has none."""
ORIGINS = {
    Origin.OWN: "来自自定义说法",
    Origin.PRODUCT: "来自系统自带的说法",
    Origin.LIBRARY: "来自文库里文件的说明",
}


def understood_chips(wanted: Wanted, result: SearchResult) -> None:
    """Show what the question says of the documents it wants, and what is looked for besides.

    Each can be taken back, and what it says of documents can be made a filter.
    """
    hints = [hint for hint in result.understood if HINT_FILTERS.get(hint.kind) not in wanted.chosen]
    if not hints and not result.stand_ins and not wanted.plain:
        return
    with ui.row().classes("w-full items-center gap-2 no-print understood"):
        if hints:
            ui.label("排在前面的：").classes("faint")
        for hint in hints:
            _hint_chip(wanted, hint)
        if result.stand_ins:
            ui.label("也查：").classes("faint")
        for item in result.stand_ins:
            _also_chip(wanted, item)
        if wanted.plain:
            ui.link(f"恢复对“{'、'.join(wanted.plain)}”的理解", wanted.address(plain=())).classes("faint")


def _also_chip(wanted: Wanted, item: StandIn) -> None:
    others = "、".join(item.official)
    with ui.row().classes("chip chip-also no-wrap items-center gap-1"):
        ui.label(others).props(f'title="“{item.words}”：{ORIGINS[item.origin]}"')
        back = wanted.address(plain=(*wanted.plain, item.words))
        with ui.link(target=back).props(f'title="不查" aria-label="“{item.words}”不查{others}"'):
            ui.icon("close")


def _hint_chip(wanted: Wanted, hint: Hint) -> None:
    parameter = HINT_FILTERS.get(hint.kind)
    with ui.row().classes("chip chip-hint no-wrap items-center gap-1"):
        words = f"{HINT_NAMES[hint.kind]}：{hint.shown}"
        if parameter and "、" not in hint.shown:
            narrow = ui.link(words, wanted.address(**{parameter: hint.shown}))
            narrow.props(f'title="只看{hint.shown}的"')
        else:
            ui.label(words)
        back = wanted.address(plain=(*wanted.plain, hint.words))
        with ui.link(target=back).props(f'title="不这样理解" aria-label="不把“{hint.words}”理解为{words}"'):
            ui.icon("close")


def hit_list(wanted: Wanted, result: SearchResult) -> None:
    """Show the hits, those of one document together, in the order of its best."""
    with ui.column().classes("panel w-full gap-0 hits"):
        if not result.hits:
            words = "没有找到。换个说法" + ("，或去掉上面的筛选条件再试。" if wanted.chosen else "再试。")
            empty_state("search_off", words)
            return
        groups = list(_by_document(result.hits))
        for number, hits in enumerate(groups):
            with ui.column().classes("hit w-full gap-1"):
                if number == _shown_before(wanted, result):
                    ui.html(f'<span id="{NEWER}"></span>', sanitize=False)
                _document_hits(wanted, hits)
    if len(result.hits) >= wanted.k < MOST_HITS:
        more = f"{wanted.address(k=wanted.k * MORE)}#{NEWER}"
        ui.link(f"显示更多（已列出 {len(groups)} 份文件的 {len(result.hits)} 段）", more).classes(
            "self-center"
        )


def _shown_before(wanted: Wanted, result: SearchResult) -> int:
    """Return how many documents were listed before more were asked for; 0 where nobody asked."""
    fewer = result.hits[: wanted.k // MORE] if wanted.k > HITS else ()
    return len({hit.passage.document_id for hit in fewer})


def _by_document(hits: tuple[Hit, ...]) -> Iterator[list[Hit]]:
    order = {hit.passage.document_id: place for place, hit in reversed(list(enumerate(hits)))}
    ordered = sorted(hits, key=lambda hit: order[hit.passage.document_id])
    for _, group in groupby(ordered, key=lambda hit: hit.passage.document_id):
        yield list(group)


def _document_hits(wanted: Wanted, hits: list[Hit]) -> None:
    first = hits[0].passage
    with ui.row().classes("w-full items-baseline gap-3 no-wrap"):
        title = shown_title(first.title, first.source)
        ui.link(title, document_address(first.document_id, first.span)).classes("hit-title")
        ui.label(fact_line(first.doc_type, first.region, first.date)).classes("faint hit-facts")
    for hit in hits:
        _passage(wanted, hit)


def telling(found: Sequence[Span], text: str) -> Sequence[Span]:
    """Return what to mark: where a whole paragraph was looked for, single words are found all over."""
    marked = sum(span.end - span.start for span in found)
    if marked <= len(text) * MOST_MARKED:
        return found
    return [span for span in found if span.end - span.start >= LONG_MATCH]


def _passage(wanted: Wanted, hit: Hit) -> None:
    passage = hit.passage
    ui.html(highlighted_html(passage.text, telling(hit.highlights, passage.text)), sanitize=False).classes(
        "hit-text"
    )
    with ui.row().classes("gap-4 items-center hit-foot"):
        place = " > ".join(passage.section) + (f"　第{passage.page}页" if passage.page else "")
        ui.link(place.strip() or "看原文", document_address(passage.document_id, passage.span)).classes(
            "faint"
        )
        if passage.task_id and passage.task_id != wanted.like:
            ui.link("类似措施", Wanted(like=passage.task_id).address()).classes("hit-like")
    if hit.copies:
        with ui.expansion(f"另有 {len(hit.copies)} 份文件有同样内容").props("dense").classes("copies"):
            for copy in hit.copies:
                title = shown_title(copy.title, copy.source)
                file = copy.source.rsplit("/", 1)[-1]
                words = title if title == file else f"{title}（{file}）"
                ui.link(words, f"/documents/{copy.document_id}").classes("facet")
