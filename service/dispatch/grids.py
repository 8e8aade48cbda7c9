"""A returned file as rows of cells, whatever program wrote it; what is hidden in it is read as well.

The readers of documents leave out hidden columns and hidden text, where the marks of the rows stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ingest.detect import reader_for
from ingest.read import refuse_secret
from ingest.readers.base import RawLine
from ingest.readers.sheets.sheet import MAX_CELLS, Sheet

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset(_W + name for name in ("del", "delText", "instrText", "moveFrom", "rPr", "pPr"))


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell."""

    text: str
    own: bool = True
    """False for the continuation of a merged cell above; `text` is then that cell's."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table."""

    at: int
    """1-indexed: the row of the sheet, or of the table in a Word file."""
    cells: dict[int, GridCell]
    """By 0-indexed column; empty cells are left out."""
    table: int = 0
    """0-indexed sheet or table."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a returned file holds."""

    rows: tuple[GridRow, ...]
    lines: tuple[str, ...]
    """What stands outside the tables."""


def read_grid(data: bytes, source: str) -> Grid:
    """Return the rows and lines of a file; `source` is its name, whose suffix is a hint only.

    Raises:
        UnreadableError: when it cannot be read.
        SecretError: when it is marked 秘密, 机密 or 绝密.
    """
    reader = reader_for(data, source)
    if reader.name == "office":
        return _converted(data, source)
    if reader.name in ("xlsx", "xls"):
        return _from_sheets(data, source, reader.name)
    raw = reader.read(data, source)
    refuse_secret(raw)
    lines = tuple(line.text for line in raw.lines if not line.cells)
    rows = _docx_rows(data, source) if reader.name == "docx" else _raw_rows(raw.lines)
    return Grid(tuple(rows), lines)


def _converted(data: bytes, source: str) -> Grid:
    """Read a file of another office program as LibreOffice converts it."""
    from ingest.readers.converted import SHEETS, office_suffix
    from ingest.readers.libreoffice import convert

    suffix = office_suffix(data) or ".doc"
    target = "xlsx" if suffix in SHEETS else "docx"
    return read_grid(convert(data, suffix, target, source), source)


# Workbooks


def _from_sheets(data: bytes, source: str, kind: str) -> Grid:
    from ingest.readers.sheets.workbook import workbook_lines

    if kind == "xlsx":
        from ingest.readers.sheets.xlsx import shown_sheets
    else:
        from ingest.readers.sheets.xls import shown_sheets
    sheets = shown_sheets(data, source)
    raw = workbook_lines(sheets, source, kind)
    refuse_secret(raw)
    rows = (row for number, sheet in enumerate(sheets) for row in _sheet_rows(sheet, number))
    return Grid(tuple(rows), tuple(line.text for line in raw.lines if not line.cells))


def _sheet_rows(sheet: Sheet, number: int) -> Iterator[GridRow]:
    """Yield the rows of a sheet; a merged cell stands in every row that it covers."""
    by_row: dict[int, dict[int, GridCell]] = {}
    for (row, column), text in sheet.cells.items():
        by_row.setdefault(row, {})[column] = GridCell(text)
    for top, bottom, left, _right in sheet.merges:
        text = sheet.cells.get((top, left), "")
        last = min(bottom, max(by_row, default=0))
        if text and last - top < MAX_CELLS // 100:
            for row in range(top + 1, last + 1):
                by_row.setdefault(row, {}).setdefault(left, GridCell(text, own=False))
    for row in sorted(by_row):
        yield GridRow(row + 1, by_row[row], number)


# Word and the rest


def _raw_rows(lines: Sequence[RawLine]) -> Iterator[GridRow]:
    for at, line in enumerate((line for line in lines if line.cells), start=1):
        cells = {cell.column: GridCell(cell.text, cell.own) for cell in line.cells if cell.text}
        yield GridRow(at, cells, line.table or 0)


def _docx_rows(data: bytes, source: str) -> Iterator[GridRow]:
    """Yield the rows of the tables of a Word file with their hidden text."""
    from ingest.readers.docx.table import table_rows
    from ingest.readers.package import Package

    package = Package(data, source)
    root = package.tree(package.main_part("word/document.xml"))
    tables = [] if root is None else [table for table in root.iter(_W + "tbl") if _is_outer(table)]
    for number, table in enumerate(tables):
        for row in _raw_rows(table_rows(table, number, _all_words)):
            yield replace(row, table=number)


def _is_outer(table: etree._Element) -> bool:
    return next(table.iterancestors(_W + "tc"), None) is None


def _all_words(cell: etree._Element) -> str:
    """Return the words of a cell, hidden ones too, a line for each paragraph; deleted ones are left out."""
    lines = ("".join(_pieces(paragraph)).strip() for paragraph in cell.iter(_W + "p"))
    return "\n".join(line for line in lines if line)


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element.iterchildren(tag=etree.Element):
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child)
