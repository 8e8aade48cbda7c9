"""Views of the ledger as JSON, put together where the rows are read: in a worker process for long ledgers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import orjson

from corpus.errors import NotFoundError
from corpus.records import plain
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow
from corpus.store.store import Store
from service.supervision.days import calendar, overdue_trend
from service.supervision.views import VIEWS, Group, total_of, unit_by_month

WORKLOAD = "workload"
MOST_ROWS = 100_000


def view_json(store: Store, name: str, query: TaskQuery) -> bytes:
    """Return the groups of a view of the rows that `query` asks for, with the counts of all of them.

    Raises:
        NotFoundError: when there is no such view.
    """
    if name not in (*VIEWS, WORKLOAD):
        raise NotFoundError(f"没有名为 {name} 的视图，可用的有 {'、'.join((*VIEWS, WORKLOAD))}。")
    rows = _rows(store, query)
    if name == WORKLOAD:
        return orjson.dumps({"units": unit_by_month(rows), "total": total_of(rows).record()})
    return orjson.dumps({"items": _records(VIEWS[name](rows)), "total": total_of(rows).record()})


def calendar_json(store: Store, query: TaskQuery, first: date, last: date) -> bytes:
    """Return the days from `first` to `last` on which something falls.

    Raises:
        UserError: when `last` is before `first`, or years later.
    """
    return orjson.dumps(plain(calendar(_rows(store, query), first, last)))


def trend_json(store: Store, query: TaskQuery, first: date, last: date, step: int) -> bytes:
    """Return how many rows were overdue and done, every `step` days.

    Raises:
        UserError: when `last` is before `first`, or years later.
    """
    return orjson.dumps(plain(overdue_trend(_rows(store, query), first, last, store.rules(), step)))


def _rows(store: Store, query: TaskQuery) -> tuple[TaskRow, ...]:
    return store.tasks(replace(query, offset=0, limit=MOST_ROWS)).items


def _records(groups: Iterable[Group]) -> list[dict[str, Any]]:
    return [group.record() for group in groups]
