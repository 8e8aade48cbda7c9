"""A library with rows that were entered by hand, for the steps of 督办."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.store.editing.edits import NewRow, RowEdits
from service.library import Library

WANG, LI = "王明", "李华"
DUE = date(2026, 6, 30)
LIMITS = (
    {"raw": "2026年6月底前", "kind": "date", "end": "2026-06-30"},
    {"raw": "每月25日前", "kind": "recurring"},
    {"raw": "长期坚持", "kind": "ongoing"},
)


@pytest.fixture(scope="session")
def three_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library to be copied: t1 is due on 2026-06-30, t2 each month, t3 has no date."""
    folder = tmp_path_factory.mktemp("office") / "data"
    with Library.open(folder, workers=1) as library:
        library.rows.edit(RowEdits(added=[*map(_row, LIMITS)]), WANG)
    return folder


@pytest.fixture
def office(three_rows: Path, tmp_path: Path) -> Iterator[Library]:
    """A library of one's own with those three rows."""
    shutil.copytree(three_rows, tmp_path / "data")
    with Library.open(tmp_path / "data", workers=1) as library:
        yield library


def _row(limit: dict[str, str]) -> NewRow:
    units = [{"name": "市水利局", "role": "lead"}, {"name": "市财政局", "role": "cooperate"}]
    return NewRow({"text": f"疏浚河道，{limit['raw']}。", "units": units, "deadlines": [limit]})
