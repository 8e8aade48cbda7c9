"""The lines of a whole workbook."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.readers.base import RawDocument, RawLine
from ingest.readers.refusal import unreadable
from ingest.readers.sheets.sheet import Sheet, sheet_lines


def workbook_lines(sheets: Iterable[Sheet], source: str, reader: str) -> RawDocument:
    """Return the lines of the sheets of one workbook; `sheets` are the shown ones in order.

    Raises:
        UnreadableError: when no sheet shows a word.
    """
    lines: list[RawLine] = []
    shown = [sheet for sheet in sheets if sheet.cells]
    for number, sheet in enumerate(shown, start=1):
        tables = len({line.table for line in lines if line.table is not None})
        lines += sheet_lines(sheet, tables, number if len(shown) > 1 else None)
    if not lines:
        raise unreadable(
            source, "no-text", "表格里没有可见的文字；内容若在隐藏的工作表、行或列里，请取消隐藏后再试。"
        )
    return RawDocument(source, tuple(lines), reader)
