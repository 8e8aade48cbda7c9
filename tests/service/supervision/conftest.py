"""A library with rows that were entered by hand, for the steps of 督办."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.store.edits import NewRow, RowEdits
from service.library import Library

WANG, LI = "王明", "李华"
DUE = date(2026, 6, 30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Library]:
    """A library with three rows by hand: t1 is due on 2026-06-30, t2 each month, t3 has no date."""
    with Library.open(tmp_path / "data", workers=1) as library:
        library.rows.edit(RowEdits(added=[*map(_row, LIMITS)]), WANG)
        yield library


LIMITS = (
    {"raw": "2026年6月底前", "kind": "date", "end": "2026-06-30"},
    {"raw": "每月25日前", "kind": "recurring"},
    {"raw": "长期坚持", "kind": "ongoing"},
)


def _row(limit: dict[str, str]) -> NewRow:
    units = [{"name": "市水利局", "role": "lead"}, {"name": "市财政局", "role": "cooperate"}]
    return NewRow({"text": f"疏浚河道，{limit['raw']}。", "units": units, "deadlines": [limit]})
