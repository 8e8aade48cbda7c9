"""Fills a template of the user's from the library: Word files with fields, and texts with xx."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.rows import ledger_record
from ingest.labels import find_label
from ingest.readers.encodings import decode
from service.background.workers import MEMORY_LIMIT, LostError, OverweightError, WorkerPool
from service.drafting.draft import Draft
from service.drafting.item import FINISHED, Item
from service.drafting.making import DraftRequest, make_draft
from service.drafting.origin import DraftOrigin
from service.files import checked_suffix
from service.library import Library
from service.official.document import Annex, Level, OfficialDocument, Piece, SourcesAs
from service.official.opening import opened
from service.official.paper import Fonts
from service.official.writer import document_bytes
from service.templates.fields import Value, values
from service.templates.named import named_fields, render_with_gaps
from service.templates.placeholders import Counted, Evidence, Placeholder, count_placeholders, filled
from service.templates.rendering import all_paragraphs, has_tags

TIME_LIMIT = 15.0
"""Seconds that a template may take to be filled."""
MOST_BYTES = 20 * 1024 * 1024
"""Size of a template."""
MOST_PLACEHOLDERS = 1000
"""Each is held against every clause of the records."""
LONGEST_LINE = 20_000
"""Characters of a paragraph; each of its placeholders is looked at within all of it."""
_SENTENCE = re.compile(r"[^。！？；\n\t]+")
_SOURCE_HEAD = ("序号", "模板文字", "填写", "来源", "原文")
_LEVELS = {1: Level.FIRST, 2: Level.SECOND}


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """A template after it was filled."""

    data: bytes
    """A docx."""
    placeholders: tuple[Placeholder, ...] = ()
    """Each xx, or each field that a template names and each 【待补】 in what came of it."""
    documents: tuple[str, ...] = ()
    """Ids of the documents it was filled from."""
    text: str = ""
    """The filled lines of a .txt; "" for a Word template."""

    def written(self, suffix: str) -> bytes:
        """Return the filled template as a file of that kind: .txt for a text, else docx.

        Raises:
            UserError: when .txt is asked of a Word template, or something else.
        """
        if checked_suffix(suffix, ".docx", ".txt") == ".docx":
            return self.data
        if not self.text:
            raise UserError("Word 模板填好后仍是 .docx；只有 .txt 模板能写成 .txt。")
        return self.text.encode()

    def record(self) -> JsonObject:
        """Return as public JSON what was filled and what remains."""
        records = [placeholder.record() for placeholder in self.placeholders]
        return {
            "documents": list(self.documents),
            "filled": [record for record in records if record["value"] is not None],
            "open": [record for record in records if record["value"] is None],
        }


def fill_template(
    library: Library,
    name: str,
    data: bytes,
    request: DraftRequest,
    fonts: Fonts | None = None,
    sources: SourcesAs = SourcesAs.TABLE,
) -> FilledTemplate:
    """Return the template filled from what a draft of that request would be made from.

    Args:
        library: where rows and documents are.
        name: the template's file name; .docx and .txt are known.
        data: its bytes.
        request: which plans, topic, period and day; its genre gives the field 部分.
        fonts: for what is laid out anew from a text.
        sources: whether a text with xx closes with a table of where each value comes from.

    Raises:
        UserError: when the template has neither fields nor xx, or is at fault; the message says where.
        UnreadableError: when the file is damaged or hostile.
    """
    _refuse_others(name, data)
    draft = make_draft(library, request)
    today = request.today or date.today()
    items = [Item(ledger_record(row), today) for row in library.store.task_rows(list(draft.rows), today)]
    if name.lower().endswith(".docx"):
        return _filled_docx(library, name, data, draft, items)
    lines = _lines(name, data)
    texts, placeholders = filled(lines, *_grounds(library, draft, items))
    document = _laid_out(draft, texts, placeholders, sources)
    made = document_bytes(document, fonts)
    return FilledTemplate(made, tuple(placeholders), draft.documents, "\n".join([*texts, ""]))


def _refuse_others(name: str, data: bytes) -> None:
    """Refuse what is neither kind of template, and what is too large to be one."""
    if not name.lower().endswith((".docx", ".txt")):
        raise UserError(f"{name} 不能作模板，请另存为 .docx 或 .txt 后再用。")
    if len(data) > MOST_BYTES:
        raise UserError(f"{name} 超过 {MOST_BYTES // 1024 // 1024} MB，不能作模板；请去掉其中的图片等内容。")


def _lines(name: str, data: bytes) -> list[str]:
    text = decode(data)
    if text is None:
        raise UserError(f"{name} 不是纯文本，请用记事本另存为 .txt 后再用。")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    _refuse_excess(name, lines, "{{ 字段 }}（.docx）或 xx")
    return lines


def _refuse_excess(name: str, lines: Sequence[str], marks: str) -> None:
    """Refuse a text without anything to fill in, and one that would take too long."""
    count = sum(count_placeholders(line) for line in lines)
    if not count:
        raise UserError(f"{name} 里没有可填的地方：用 {marks} 标出要填的内容。")
    if count > MOST_PLACEHOLDERS:
        raise UserError(f"{name} 里有 {count} 处 xx，最多 {MOST_PLACEHOLDERS} 处；请分成几个模板。")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise UserError(f"{name} 里有一段超过 {LONGEST_LINE} 字，请分段后再用。")


def _filled_docx(
    library: Library, name: str, data: bytes, draft: Draft, items: Sequence[Item]
) -> FilledTemplate:
    try:
        tagged = has_tags(data, name)
    except ValueError as error:
        raise UserError(f"{name} 不是能打开的 .docx 文件，请另存为 .docx 后再用。") from error
    if tagged:
        documents = [library.document_row(document) for document in draft.documents]
        known = values(draft, items, documents)
        made, gaps = _rendered(data, known)
        named = named_fields(data, known, draft.documents)
        return FilledTemplate(made, (*named, *gaps), draft.documents)
    return _filled_in_place(name, data, draft, _grounds(library, draft, items))


def _rendered(data: bytes, known: dict[str, Value]) -> tuple[bytes, list[Placeholder]]:
    """Render in a process of its own: a template may loop without end or ask for all memory."""
    pool = WorkerPool(1, TIME_LIMIT)
    try:
        job = pool.run(render_with_gaps, data, known, time_limit=TIME_LIMIT, memory_limit=MEMORY_LIMIT)
        return job.result()
    except (TimeoutError, LostError, MemoryError, OverweightError) as error:
        raise UserError("模板填写用时过长或占用内存过多，已停止；请检查其中的循环。") from error
    finally:
        pool.close()


_Grounds = tuple[list[Evidence], dict[str, Counted], list[tuple[str, str]]]


def _grounds(library: Library, draft: Draft, items: Sequence[Item]) -> _Grounds:
    """Return the sentences, counts and places that may fill a text with xx."""
    statements = [evidence for item in items for evidence in _of_row(item)]
    regions: list[tuple[str, str]] = []
    for name in draft.documents:
        document = library.store.document(name)
        title = f"《{document.header.title or document.source}》"
        planned = not library.show(name).progress
        statements += [
            Evidence(found[0].strip(), title, (name,), planned) for found in _SENTENCE.finditer(document.text)
        ]
        if document.header.region:
            regions.append((document.header.region, title))
    return statements, _counts(items), list(dict(regions).items())


def _of_row(item: Item) -> Iterator[Evidence]:
    """Yield what was reported of a row, beyond the words of its document."""
    for words in (*item.reports, *item.problems):
        yield Evidence(words, f"台账 {item.id}", (item.id,))


def _counts(items: Sequence[Item]) -> dict[str, Counted]:
    groups: dict[str, Callable[[Item], bool]] = {
        "all": lambda item: True,
        "finished": lambda item: item.status in FINISHED,
        "unfinished": lambda item: item.open,
        "closed": lambda item: item.status.value == "closed",
        "in_progress": lambda item: item.status.value == "in_progress",
        "not_started": lambda item: item.status.value == "not_started",
        "overdue": lambda item: item.overdue,
    }
    counted = {kind: [item.id for item in items if belongs(item)] for kind, belongs in groups.items()}
    return {kind: Counted(len(ids), tuple(ids)) for kind, ids in counted.items()} if items else {}


def _laid_out(
    draft: Draft, texts: Sequence[str], placeholders: Sequence[Placeholder], sources: SourcesAs
) -> OfficialDocument:
    """Return a filled text as an official document; without a title of its own it takes the draft's."""
    title, body = draft.title, list(texts)
    if body and find_label(body[0]) is None and len(body[0]) <= 40 and body[0][-1] not in "。：；":
        title = body.pop(0)
    annexes = (Annex("材料来源", _SOURCE_HEAD, _source_rows(placeholders)),)
    return OfficialDocument(
        title=title,
        body=tuple(Piece(text, _level(text)) for text in body),
        issuer=draft.issuer,
        day=draft.day,
        annexes=annexes if sources is SourcesAs.TABLE and annexes[0].rows else (),
        origin=DraftOrigin(draft.documents, draft.rows, draft.day).words(),
    )


def _level(text: str) -> Level:
    """Return the level of a heading: 一、… and （一）… that are no more than a line."""
    label = find_label(text)
    short = len(text) <= 30 and text[-1] not in "；，："
    return _LEVELS.get(_depth(text), Level.TEXT) if label and short else Level.TEXT


def _depth(text: str) -> int:
    if re.match(r"[一二三四五六七八九十]{1,3}、", text):
        return 1
    return 2 if re.match(r"[（(][一二三四五六七八九十]{1,3}[）)]", text) else 0


def _source_rows(placeholders: Sequence[Placeholder]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(number), item.words, item.value or "待补", item.source, item.quote or "、".join(item.ids[:20]))
        for number, item in enumerate(placeholders, 1)
    )


def _filled_in_place(name: str, data: bytes, draft: Draft, grounds: _Grounds) -> FilledTemplate:
    """Fill a Word file with xx, its layout left as it is; a changed paragraph looks as its first run does."""
    document = opened(data, name)
    wanted = [line for line in all_paragraphs(document) if line.runs and count_placeholders(line.text)]
    _refuse_excess(name, [line.text for line in wanted], "{{ 字段 }} 或 xx")
    texts, placeholders = filled([paragraph.text for paragraph in wanted], *grounds)
    for paragraph, text in zip(wanted, texts, strict=True):
        first, *others = paragraph.runs
        first.text = text
        for run in others:
            run.text = ""
    return FilledTemplate(_saved(document), tuple(placeholders), draft.documents)


def _saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
