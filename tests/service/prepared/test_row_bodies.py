"""Rows as JSON text are kept, and always say what the ledger says."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import orjson
import pytest

import service.prepared.row_bodies
from corpus.store.filters import TaskQuery
from corpus.store.rows import ledger_record
from service.library import Library
from service.prepared.row_bodies import RowBodies, row_texts

Act = Callable[[Library, list[str]], object]

ACTS: dict[str, Act] = {
    "nothing": lambda _library, _rows: None,
    "corrected": lambda library, rows: library.rows.correct(rows[0], {"label": "1."}, "陈新"),
    "done": lambda library, rows: library.steps.set_status(rows[:2], "done", "陈新"),
    "deleted": lambda library, rows: library.rows.delete(rows[:1], "陈新"),
    "typed": lambda library, _: library.rows.add({"text": "修缮古渡口"}, "陈新"),
    "undone": lambda library, rows: library.rows.undo(
        library.rows.correct(rows[0], {"label": "1."}, "陈新").id, "陈新"
    ),
    "other colours": lambda library, _: library.change_settings({"colour_scheme": "blue_yellow_red"}, "陈新"),
    "removed": lambda library, _: library.remove(["d1", "d2"]),
}
QUERIES = [
    TaskQuery(),
    TaskQuery(limit=2, offset=1),
    TaskQuery(unit="市水利局"),
    TaskQuery(unit="市水利局", limit=1),
    TaskQuery(hidden=True),
    TaskQuery(order_by_due=True),
]


def check(library: Library) -> None:
    for query in QUERIES:
        page = library.store.tasks(query)
        told = {"items": [ledger_record(row) for row in page.items], "total": page.total}
        assert library.bodies.tasks(query) == orjson.dumps(told)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_is_kept_says_what_the_ledger_says(copied: Library, act: Act) -> None:
    check(copied)
    act(copied, [row.id for row in copied.tasks().items])
    check(copied)


def test_more_rows_than_are_kept_are_read_anew(copied: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.prepared.row_bodies, "MOST_KEPT", 1)
    check(copied)
    check(copied)


def test_a_row_that_is_changed_while_it_is_read_is_not_kept(copied: Library) -> None:
    before = copied.tasks().items[0].record["label"]

    def read(names: Sequence[str]) -> dict[str, bytes]:
        texts = row_texts(copied.store, names)
        copied.rows.correct(names[0], {"label": "9."}, "陈新")
        return texts

    bodies = RowBodies(copied.store, read)
    first = TaskQuery(limit=1)
    assert [json.loads(bodies.page(first))["items"][0]["label"] for _ in range(2)] == [before, "9."]
