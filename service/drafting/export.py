"""A draft as an official document, with its sources in a closing table or as footnotes."""

from __future__ import annotations

from collections.abc import Iterator

from service.drafting.draft import Draft, Kind, Origin, Paragraph, Section, Statement
from service.drafting.genre import form_of
from service.drafting.origin import DraftOrigin
from service.official.document import Annex, Form, Level, OfficialDocument, Piece, SourcesAs

SOURCE_HEAD = ("序号", "文稿内容", "来源", "原文")
LONGEST_SHOWN = 60
MOST_IDS = 20
_FORMS = {"document": Form.DOCUMENT, "letter": Form.LETTER, "minutes": Form.MINUTES}
_DIGITS = "零一二三四五六七八九"
_WITHOUT_SOURCE = (Origin.TEMPLATE, Origin.AUTHOR)


def official_document(draft: Draft, *, sources: SourcesAs = SourcesAs.TABLE) -> OfficialDocument:
    """Return the draft by the elements of an official document.

    Args:
        draft: what to lay out.
        sources: where it tells of every sentence what it rests on.
    """
    annexes = [Annex(table.title, table.rows[0], table.rows[1:]) for table in draft.tables if table.rows]
    attachments = tuple(annex.title for annex in annexes)
    if sources is SourcesAs.TABLE:
        annexes.append(Annex("材料来源", SOURCE_HEAD, tuple(_source_rows(draft))))
    return OfficialDocument(
        title=draft.title,
        body=tuple(_pieces(draft, sources is SourcesAs.FOOTNOTES)),
        form=_FORMS[form_of(draft.genre).layout],
        recipients=draft.recipients,
        attachments=attachments,
        issuer=draft.issuer,
        day=draft.day,
        remark=draft.remark,
        annexes=tuple(annexes),
        origin=DraftOrigin(draft.documents, draft.rows, draft.day).words(),
    )


def numeral(number: int) -> str:
    """Return a number from 1 to 99 as headings count: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def headed(draft: Draft) -> Iterator[tuple[str, Section]]:
    """Yield the sections with their headings as they stand in the document: 一、工作开展情况; "" for none."""
    number = 0
    for section in draft.sections:
        if section.heading:
            number += 1
        yield (f"{numeral(number)}、{section.heading}" if section.heading else ""), section


def _pieces(draft: Draft, notes: bool) -> Iterator[Piece]:
    for heading, section in headed(draft):
        if heading:
            yield Piece(heading, Level.FIRST)
        number = 0
        for paragraph in section.paragraphs:
            if not paragraph.text.strip():
                continue
            if paragraph.kind is Kind.HEADING:
                number += 1
                yield Piece(f"（{numeral(number)}）{paragraph.text}", Level.SECOND)
            else:
                yield Piece(paragraph.text, notes=tuple(_notes(paragraph)) if notes else ())


def _notes(paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    """Yield the footnotes of a paragraph: after which character each stands, and its words."""
    at = 0
    for statement in paragraph.statements:
        at += len(statement.text)
        words = "；".join(f"{told}：{quote}" if quote else told for told, quote in _sources(statement))
        if words:
            yield at, words


def _source_rows(draft: Draft) -> Iterator[tuple[str, ...]]:
    number = 0
    for statement in draft.statements:
        for words in _sources(statement):
            number += 1
            yield (str(number), statement.text[:LONGEST_SHOWN], *words)


def _sources(statement: Statement) -> Iterator[tuple[str, str]]:
    for source in statement.sources:
        if source.origin not in _WITHOUT_SOURCE:
            yield source.told(), source.quote[: 2 * LONGEST_SHOWN] or "、".join(source.ids[:MOST_IDS])
