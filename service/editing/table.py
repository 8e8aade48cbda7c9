"""What people copy in Excel and WPS, and what they paste: rows of cells, with or without a head."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from service.editing.cells import CELLS

_FIELD_OF_HEAD = {
    **{cell.head: cell.field for cell in CELLS},
    "工作任务": "text",
    "任务内容": "text",
    "重点任务": "text",
    "主要任务": "text",
    "整改措施": "text",
    "整改任务": "text",
    "问题": "problem",
    "问题表现": "problem",
    "目标": "goal",
    "责任部门": "responsible",
    "主办单位": "lead",
    "牵头部门": "lead",
    "协办单位": "cooperate",
    "配合部门": "cooperate",
    "督办单位": "supervise",
    "时限": "limits",
    "整改时限": "limits",
    "完成时间": "limits",
    "办理时限": "limits",
}
"""Heads of office tables; heads that are none of these are passed over."""
_FEWEST_HEADS = 2


def pasted_cells(clip: str) -> list[list[str]]:
    """Return the cells of a copied range, row by row; a cell in quotation marks may hold line ends."""
    rows = csv.reader(io.StringIO(clip.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t")
    cells = [[cell.strip() for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    return cells


def fields_of_head(row: Sequence[str]) -> list[str | None]:
    """Return the field of each column when `row` is the head of an office table; [] when it is no head."""
    fields = [_FIELD_OF_HEAD.get("".join(cell.split())) for cell in row]
    return fields if sum(field is not None for field in fields) >= _FEWEST_HEADS else []


def copied_cells(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as Excel and WPS take them from the clipboard."""
    clip = io.StringIO()
    csv.writer(clip, delimiter="\t", lineterminator="\n").writerows(rows)
    return clip.getvalue().rstrip("\n")
