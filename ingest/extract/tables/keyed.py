"""Tables that are blocks of labels with their values: 整改问题 | …, 责任单位 | … | 整改时限 | …."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.document import Block, Cell
from ingest.extract.tables.columns import MATTER_COLUMNS, OWN_COLUMNS, Column, Head, column_of, head_of
from ingest.extract.tables.grid import GridRow

_SHARE = 0.6
"""Share of the rows of two or more filled cells that are labels with values."""
_LEAST = 3
"""Labels of different kinds that such a table has at least."""
_LONGEST_LABEL = 14
_STARTS = (Column.INDEX, Column.CATEGORY, Column.PROBLEM, Column.TASK)
_MOST_CELLS = 6
_NOUN = re.compile(
    "(?:单位|部门|主体|领导|人|时限|期限|时间|问题|目标|任务|内容|措施|举措|情况|名称|事项|备注)$"
)
"""How a column head that consists of a few words ends."""


class Labelled(NamedTuple):
    """A label with the value beside it."""

    head: Head
    label: Cell
    value: Cell


@dataclass(slots=True)
class KeyedRow:
    """One block: the labels and values that tell of one matter."""

    block: Block
    """The row with which it begins."""
    fields: dict[int, Labelled] = field(default_factory=dict)
    """By a number that labels of one kind share in all blocks of the table."""


def keyed_rows(rows: Sequence[GridRow]) -> list[KeyedRow]:
    """Return the blocks of a table of labels and values; empty for any other table."""
    found = [(row.block, _labelled(row)) for row in rows]
    kinds = {each.head.kind for _, fields in found for each in fields}
    filled = sum(len(row.filled()) > 1 for row in rows)
    labelled = sum(bool(fields) for _, fields in found)
    if labelled < max(2, _SHARE * filled) or len(kinds) < _LEAST:
        return []
    if not (kinds & set(MATTER_COLUMNS) and kinds & set(OWN_COLUMNS)):
        return []
    return list(_blocks(found))


def _labelled(row: GridRow) -> list[Labelled]:
    """Return the labels of a row with the cells after them; empty for a row of anything else."""
    if len(row.cells) % 2 or not 0 < len(row.cells) <= _MOST_CELLS:
        return []
    found: list[Labelled] = []
    for label, value in zip(row.cells[::2], row.cells[1::2], strict=True):
        words = row.words_of(label)
        if not 0 < len(words) <= _LONGEST_LABEL or column_of(words) is None or _is_label(row.words_of(value)):
            return []
        found.append(Labelled(head_of(words), label, value))
    return found


def _is_label(words: str) -> bool:
    """Tell whether a value is itself a label, so that the row is one of column heads."""
    return len(words) <= _LONGEST_LABEL // 2 and column_of(words) is not None and bool(_NOUN.search(words))


def _blocks(rows: Sequence[tuple[Block, list[Labelled]]]) -> Iterator[KeyedRow]:
    """Yield the blocks: each begins where a label of the kind with which the first began stands anew."""
    kinds = [each.head.kind for _, found in rows for each in found]
    first = next((kind for kind in kinds if kind in _STARTS), kinds[0])
    numbers: dict[tuple[Column, int], int] = {}
    row: KeyedRow | None = None
    held: list[Column] = []
    for block, found in rows:
        for each in found:
            if row is None or (each.head.kind is first and first in held and each.label.own):
                if row is not None:
                    yield row
                row, held = KeyedRow(block), []
            held.append(each.head.kind)
            place = (each.head.kind, held.count(each.head.kind))
            row.fields[numbers.setdefault(place, len(numbers))] = each
    if row is not None:
        yield row
