"""A draft as an official document, with a closing table of its sources."""

from __future__ import annotations

from collections.abc import Iterator

from service.drafting.draft import Draft, Origin, Section, Statement
from service.official.document import Annex, Level, OfficialDocument, Piece

SOURCE_HEAD = ("序号", "文稿内容", "来源", "原文")
LONGEST_SHOWN = 60
_NUMERALS = "一二三四五六七八九十"


def official_document(draft: Draft, *, sources: bool = True) -> OfficialDocument:
    """Return the draft by the elements of an official document.

    Args:
        draft: what to lay out.
        sources: add the table 材料来源, which tells of every statement where it comes from.
    """
    annexes = []
    if draft.table:
        head, *rows = draft.table
        annexes.append(Annex(draft.table_title, head, tuple(rows)))
    attachments = tuple(annex.title for annex in annexes)
    if sources:
        annexes.append(Annex("材料来源", SOURCE_HEAD, tuple(_source_rows(draft))))
    return OfficialDocument(
        title=draft.title,
        body=tuple(_pieces(draft)),
        recipients=draft.recipients,
        attachments=attachments,
        issuer=draft.issuer,
        day=draft.day,
        remark=draft.remark,
        annexes=tuple(annexes),
    )


def _pieces(draft: Draft) -> Iterator[Piece]:
    number = 0
    for section in draft.sections:
        if section.heading:
            yield Piece(f"{_NUMERALS[number]}、{section.heading}", Level.FIRST)
            number += 1
        yield from _statements(section)


def _statements(section: Section) -> Iterator[Piece]:
    number = 0
    for statement in section.statements:
        if statement.heading:
            yield Piece(f"（{_NUMERALS[number]}）{statement.text}", Level.SECOND)
            number += 1
        else:
            yield Piece(statement.text)


def _source_rows(draft: Draft) -> Iterator[tuple[str, ...]]:
    number = 0
    for section in draft.sections:
        for statement in section.statements:
            for words in _sources(statement):
                number += 1
                yield (str(number), statement.text[:LONGEST_SHOWN], *words)


def _sources(statement: Statement) -> Iterator[tuple[str, str]]:
    for source in statement.sources:
        if source.origin is not Origin.TEMPLATE:
            yield source.told(), source.quote[: 2 * LONGEST_SHOWN] or "、".join(source.ids[:20])
