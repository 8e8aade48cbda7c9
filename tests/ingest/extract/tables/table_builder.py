"""The same table as a Word file, a workbook, a web page, pasted text or csv, and what is read from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

import openpyxl

from corpus.task import Role, Task
from ingest.extract.extract import extract
from ingest.read import read_document
from tests.ingest.readers import docx_builder as word

Rows = Sequence[Sequence[str]]
Merge = tuple[int, int, int, int]
"""First and last row, first and last column, all inclusive and 0-indexed; words stand in the first cell."""
TITLE = "安澜市2024年重点任务分工表"
_SIGNS = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.COOPERATE: "配合", Role.SUPERVISE: "督导"}


def as_docx(rows: Rows, merges: Sequence[Merge] = (), title: str = TITLE) -> bytes:
    written = [word.row(*_word_cells(rows, at, merges)) for at in range(len(rows))]
    table = word.table(*written, columns=max(map(len, rows)))
    return word.docx(word.paragraph(title), table)


def _word_cells(rows: Rows, at: int, merges: Sequence[Merge]) -> list[str]:
    cells: list[str] = []
    column = 0
    while column < len(rows[at]):
        merge = next((each for each in merges if _covers(each, at, column)), None)
        if merge is None:
            cells.append(word.cell(_paragraphs(rows[at][column])))
            column += 1
            continue
        top, bottom, left, right = merge
        kind = "" if top == bottom else "restart" if at == top else "continue"
        words = _paragraphs(rows[top][left]) if at == top else word.paragraph()
        cells.append(word.cell(words, columns=right - left + 1, merge=kind))
        column = right + 1
    return cells


def _paragraphs(words: str) -> str:
    return "".join(word.paragraph(line) for line in words.split("\n"))


def _covers(merge: Merge, row: int, column: int) -> bool:
    top, bottom, left, right = merge
    return top <= row <= bottom and left <= column <= right


def as_xlsx(rows: Rows, merges: Sequence[Merge] = (), title: str = TITLE) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=max(map(len, rows)))
    for cells in rows:
        sheet.append([words or None for words in cells])
    for top, bottom, left, right in merges:
        sheet.merge_cells(start_row=top + 2, end_row=bottom + 2, start_column=left + 1, end_column=right + 1)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_html(rows: Rows, merges: Sequence[Merge] = (), title: str = TITLE) -> bytes:
    written = []
    for at, cells in enumerate(rows):
        inside = ""
        for column, words in enumerate(cells):
            merge = next((each for each in merges if _covers(each, at, column)), (at, at, column, column))
            top, bottom, left, right = merge
            if (at, column) == (top, left):
                spans = f'rowspan="{bottom - top + 1}" colspan="{right - left + 1}"'
                inside += f"<td {spans}>{escape(words)}</td>"
        written.append(f"<tr>{inside}</tr>")
    body = f"<h1>{title}</h1><table>{''.join(written)}</table>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def as_txt(rows: Rows, merges: Sequence[Merge] = (), title: str = TITLE) -> bytes:
    lines = ["\t".join(words.replace("\n", "") for words in cells) for cells in rows]
    return "\n".join([title, *lines]).encode("gb18030")


def as_csv(rows: Rows, merges: Sequence[Merge] = (), title: str = TITLE) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([[title], *rows])
    return file.getvalue().encode("gb18030")


FORMATS = {"docx": as_docx, "xlsx": as_xlsx, "html": as_html, "txt": as_txt, "csv": as_csv}


def tasks_in(data: bytes, suffix: str) -> tuple[Task, ...]:
    """Return the tasks of a file."""
    return extract(read_document(data, f"表.{suffix}")).tasks


def units_of(task: Task) -> str:
    """Return the units of a task as one line: 牵头市水利局 配合市财政局."""
    return " ".join(_SIGNS[unit.role] + unit.name for unit in task.units)


def ends_of(task: Task) -> list[str]:
    """Return the days by which a task is due, or the words where they name no day."""
    return [str(limit.end or limit.raw) for limit in task.deadlines]
