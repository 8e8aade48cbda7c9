"""A process that dies while it writes, and processes that write at the same time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.store.database import open_database
from corpus.store.store import Store

ADDER = """
import sys
from corpus.store.rows import NewDocument
from corpus.store.store import Store
from corpus.task import Extraction
from tests.corpus.builders import document, extraction, task

location, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
made = document(*(f"p 第{number}条任务由市水利局完成。" for number in range(40)))
rows = extraction(*(task(made, f"第{number}条任务") for number in range(40)))
with Store.open(location) as store:
    for number in range(count):
        key = f"{name}{number}.txt"
        store.add_many(
            NewDocument(key + part, (key + part).encode(), made, rows) for part in ("甲", "乙")
        )
        print(store.last_change(), flush=True)
"""


def adder(location: str | Path, name: str, count: int) -> subprocess.Popen[str]:
    """Start a process that adds `count` pairs of documents and prints the last change after each pair."""
    command = [sys.executable, "-c", ADDER, str(location), name, str(count)]
    root = Path(__file__).parents[3]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_writer_leaves_whole_documents_and_nothing_acknowledged_is_lost(
    location: str | Path,
) -> None:
    with adder(location, "a", 1000) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(5)][-1]
        os.kill(process.pid, signal.SIGKILL)
    with Store.open(location) as store:
        rows = store.documents()
        assert store.last_change() >= acknowledged
        assert len(rows) == store.last_change() and len(rows) % 2 == 0
        assert {row.tasks for row in rows} == {40}
        assert store.tasks().total == 40 * len(rows)
        for row, change in zip(rows, store.changes_after(0), strict=True):
            assert {passage.document_id for passage in change.added} == {row.id}
            assert sum(len(passage.text) for passage in change.added) > 500
            assert store.original(row.id) == row.source.encode()


def test_two_processes_write_in_turns(location: str | Path) -> None:
    writers = [adder(location, name, 8) for name in "ab"]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with Store.open(location) as store:
        assert [change.number for change in store.changes_after(0)] == list(range(1, 33))
        assert store.count_documents() == 32


def test_a_process_that_opens_a_new_library_together_with_another_waits_for_it(tmp_path: Path) -> None:
    writers = [adder(tmp_path, name, 1) for name in "abc"]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with Store.open(tmp_path) as store:
        assert store.count_documents() == 6


def test_what_raises_within_a_transaction_undoes_it(location: str | Path) -> None:
    database = open_database(location)
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.exec_driver_sql("UPDATE counters SET value = 99")
        raise RuntimeError
    with database.reading() as connection:
        values = connection.exec_driver_sql("SELECT value FROM counters").scalars().all()
    database.close()
    assert set(values) == {0}
