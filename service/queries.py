"""From the options of a command and the parameters of an address to a query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from corpus.errors import UserError
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskStatus

FILTER_KEYS = frozenset({*(field.name for field in fields(TaskQuery)), "q", "view", "by_due"})
"""What a saved filter may ask for: as a query, or as the address of 总台账 has it."""


def refuse_unknown(query: Mapping[str, object]) -> None:
    """Let a filter be saved only when all that it asks for is known.

    Raises:
        UserError: when something is not; the message names it, and what there is.
    """
    if unknown := sorted(set(query) - FILTER_KEYS):
        raise UserError(f"没有筛选条件 {'、'.join(unknown)}，可用的有 {'、'.join(sorted(FILTER_KEYS))}。")


def task_query(
    unit: str | None,
    status: str | None,
    due_before: date | None,
    document: str | None,
    offset: int,
    limit: int,
) -> TaskQuery:
    """Return the query that options or parameters name.

    Raises:
        UserError: when there is no such status.
    """
    known = [item.value for item in TaskStatus]
    if status is not None and status not in known:
        raise UserError(f"没有状态 {status}，可用的有 {'、'.join(known)}。")
    return TaskQuery(
        unit=unit,
        status=TaskStatus(status) if status else None,
        due_before=due_before,
        document=document,
        offset=offset,
        limit=limit,
    )
