"""The tables of a docx as sentences, so that their facts can be checked like those of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from corpus.registry.tables import any_of, column

_UNIT_HEAD = re.compile("牵头|责任|配合|主办|协办|承办|负责")
_LIMIT_HEAD = re.compile(
    f"^(?:{any_of(column('ingest.extract.words', 'deadline_labels.tsv', 'word'))}|时限|期限)$"
)
_COUNTING = frozenset({"序号", "编号", "号"})
_NUMBER = re.compile(r"\d{1,5}")
QUOTE_HEAD = "原文"
"""The column of 材料来源 that quotes letter for letter."""
SOURCE_HEAD = "来源"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table below its head."""

    place: str
    """Where it stands, in words: 表1第3行."""
    cells: dict[str, str]
    """By column head."""

    @property
    def quotes(self) -> bool:
        """Whether it is a row of 材料来源."""
        return QUOTE_HEAD in self.cells and SOURCE_HEAD in self.cells

    def sentence(self) -> str:
        """Return the row as a draft words a task: 清理垃圾。（牵头单位：市水利局；完成时限：6月底前）."""
        words, labelled, counts = [], [], []
        for head, cell in self.cells.items():
            if not cell or head in _COUNTING:
                continue
            if _NUMBER.fullmatch(cell):
                counts.append(f"已{head[:-2]}{cell}天" if head.endswith("天数") else f"{head}{cell}项")
            elif _UNIT_HEAD.search(head) and "（" not in head:
                labelled.append(f"{_role(head)}：{cell}")
            elif _LIMIT_HEAD.match(head):
                labelled.append(f"完成时限：{cell}")
            else:
                words.append(cell.rstrip("。"))
        bracket = f"（{'；'.join(labelled)}）" if labelled else ""
        if counts:
            return f"{'，'.join([*words, *counts])}。{bracket}"
        return f"{'。'.join(words)}。{bracket}" if words else bracket


def _role(head: str) -> str:
    return head if head.endswith(("单位", "部门")) else f"{head}单位"


def table_rows(document: WordDocument) -> Iterator[TableRow]:
    """Yield the rows of all tables below their first row, which holds the heads."""
    for number, table in enumerate(document.tables, 1):
        rows = [_cells(row) for row in table._tbl.tr_lst]
        for at, cells in enumerate(rows[1:], 2):
            if rows[0] and len(cells) == len(rows[0]):
                yield TableRow(f"表{number}第{at}行", dict(zip(rows[0], cells, strict=True)))


def _cells(row: Any) -> list[str]:
    """Return the texts of a row; python-docx's own way takes quadratic time in long tables."""
    return [
        "".join("".join(node.text or "" for node in cell.iter(qn("w:t"))).split())
        for cell in row.iterfind(qn("w:tc"))
    ]
