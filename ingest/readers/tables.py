"""Table rows on a grid, made the same way for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.document import Box
from ingest.readers.base import RawCell, RawLine

_HEAD_WORDS = 16
"""Characters in a column head at most."""
_SENTENCE = re.compile("[。；！？]")
_CHAPTER = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+[章部]"
)
_LABELLED = re.compile(r"[\u4e00-\u9fff （）()]{2,12}[:：]\s*\S")
_FIGURES = re.compile(r"[\d.,%％\s\-—/]+")


def row_text(cells: Iterable[RawCell]) -> str:
    """Return a row as one line: cells joined by tabs; what continues from above leaves its place empty."""
    return "\t".join("" if not cell.own else cell.text.replace("\n", "") for cell in cells)


def row_line(
    cells: Sequence[RawCell],
    table: int,
    *,
    header: bool = False,
    page: int | None = None,
    box: Box | None = None,
    confidence: float | None = None,
) -> RawLine:
    """Return the line of one table row; `table` is the 0-indexed number of its table."""
    return RawLine(
        row_text(cells),
        page=page,
        box=box,
        whole=True,
        cells=tuple(cells),
        table=table,
        header=header,
        confidence=confidence,
    )


def with_header(rows: Sequence[RawLine]) -> list[RawLine]:
    """Return the rows of one table with its column head marked, where the format marked none.

    The head is the first row of at least three cells that all hold a short phrase; a row below it belongs to
    the head where it only divides cells of the first one.
    """
    rows = list(rows)
    if any(row.header for row in rows):
        return rows
    first = next((index for index, row in enumerate(rows) if len(row.cells) > 1), None)
    if first is None or len(rows) < first + 2 or not _reads_as_head(rows[first].cells):
        return rows
    rows[first] = replace(rows[first], header=True)
    second = rows[first + 1]
    if _divides(rows[first].cells, second.cells):
        rows[first + 1] = replace(second, header=True)
    return rows


def _reads_as_head(cells: Sequence[RawCell]) -> bool:
    return len(cells) >= 3 and all(reads_as_column_head(cell.text) for cell in cells)


def with_title(rows: Sequence[RawLine]) -> list[RawLine]:
    """Return the rows of one table, its title and its 填报单位：… on top of it as lines of their own.

    Such are the rows above the first one of several cells that is more than labelled values.
    """
    count = 0
    while count < len(rows) and _is_above(rows[count].cells):
        count += 1
    if count == len(rows):
        return list(rows)
    above = [
        RawLine(cell.text.replace("\n", ""), page=row.page, whole=True, centred=len(row.cells) == 1)
        for row in rows[:count]
        for cell in row.cells
        if cell.text.strip()
    ]
    return [*above, *rows[count:]]


def _is_above(cells: Sequence[RawCell]) -> bool:
    filled = [cell.text.strip() for cell in cells if cell.text.strip()]
    if len(cells) == 1 and filled:
        return not _CHAPTER.match(filled[0])
    return bool(filled) and all(_LABELLED.match(text) for text in filled)


def reads_as_column_head(text: str) -> bool:
    """Tell whether the words of a cell could head a column: a short phrase, no sentence, no figure."""
    words = text.replace("\n", "").strip()
    short = 0 < len(words) <= _HEAD_WORDS
    return short and not _SENTENCE.search(words) and not _FIGURES.fullmatch(words)


def _divides(above: Sequence[RawCell], below: Sequence[RawCell]) -> bool:
    """Tell whether `below` fills only the wide cells of `above`, so that both together are the head."""
    wide = [cell for cell in above if cell.columns > 1]
    narrow = [cell for cell in below if not cell.own]
    parts = [cell for cell in below if cell.own]
    return bool(wide and narrow and parts) and all(reads_as_column_head(cell.text) for cell in parts)
