"""What people copied in Excel or WPS and paste: rows of cells, with or without a head."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache

from corpus.registry.tables import read_table

_FEWEST_HEADS = 2


def pasted_cells(clip: str) -> list[list[str]]:
    """Return the cells of a copied range, row by row; a cell in quotation marks may hold line ends."""
    rows = csv.reader(io.StringIO(clip.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t")
    cells = [[cell.strip() for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    return cells


def fields_of_head(row: Sequence[str]) -> list[str | None]:
    """Return the field of each column when `row` is the head of an office table; [] when it is no head.

    A column with an unknown head is None.
    """
    fields = [_field_of_head().get("".join(cell.split())) for cell in row]
    return fields if sum(field is not None for field in fields) >= _FEWEST_HEADS else []


@cache
def _field_of_head() -> dict[str, str]:
    return {row["head"]: row["field"] for row in read_table("service.editing", "heads.tsv")}
