"""Rows by their ids: the same past SQLAlchemy as through it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import UserError
from corpus.store.database import FILE_NAME
from corpus.store.store import Store
from tests.corpus.builders import document, extraction, task


def _filled(store: Store, documents: int) -> list[int]:
    """Add documents of three passages each, one of them a task of the water bureau; return the passages."""
    for number in range(documents):
        made = document(
            "# 1 一、任务",
            f"i 2 (一)第{number}项。疏浚河道。",
            "i 2 (二)林业。栽植林带。",
            date=date(2026, 3, 1 + number % 28),
        )
        found = extraction(task(made, "疏浚河道。", "市水利局"))
        store.add(f"{number}.txt", b"%d" % number, made, found)
    return [passage.id for change in store.changes_after(0) for passage in change.added]


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 40])
def test_any_number_of_passages_is_read_with_dates_of_python(store: Store, count: int) -> None:
    ids = _filled(store, 20)[:count]
    read = store.passages(ids)
    assert [row.id for row in read] == ids
    assert read == [row for change in store.changes_after(0) for row in change.added if row.id in ids]
    assert store.passages([*ids, *ids]) == read + read


def test_passages_of_a_unit(store: Store) -> None:
    ids = _filled(store, 10)
    named = store.of_unit(ids, "水利局")
    assert named == {row.id for row in store.passages(ids) if "疏浚" in row.text}
    assert store.of_unit(ids, "林业局") == set()
    assert store.of_unit([], "水利局") == set()


def test_threads_read_beside_each_other(store: Store) -> None:
    ids = _filled(store, 10)
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(store.passages, [ids[start:] for start in range(len(ids))] * 5))
    assert [len(rows) for rows in read] == [len(ids) - start for start in range(len(ids))] * 5


def test_a_file_that_was_damaged_is_told_in_words(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        ids = _filled(store, 200)
    file = tmp_path / FILE_NAME
    size = file.stat().st_size
    with Store.open(tmp_path) as store:
        with file.open("r+b") as written:
            written.seek(4096 * 2)
            written.write(b"\xff" * (size - 4096 * 2))
        with pytest.raises(UserError, match="备份"):
            store.passages(ids)
