"""What of a returned sheet may be stored, and in which form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.office.dispatches import Dispatch
from service.dispatch.difference import Report, RowDifference
from service.dispatch.returned import ReturnedSheet


def refuse(
    sheet: ReturnedSheet, accepted: Sequence[RowDifference], units: Sequence[str], dispatch: Dispatch
) -> None:
    """Refuse what cannot be stored.

    Raises:
        UserError: when a row has no task yet, two rows of a unit have the same one, or a unit was not asked.
    """
    asked = {item.unit for item in dispatch.sheets}
    for unit in units:
        if unit not in asked:
            raise UserError(f"这次调度没有发给“{unit}”，不能存入。")
    taken: dict[tuple[str, str], int] = {}
    for row in accepted:
        if row.task is None:
            raise UserError(f"{sheet.file} 第 {row.row} 行还没有选定是哪项任务。")
        first = taken.setdefault((row.unit, row.task), row.row)
        if first != row.row:
            raise UserError(f"{sheet.file} 第 {first} 行和第 {row.row} 行是同一项任务，请只选一行。")


def note_of(report: Report, unit: str, on: date | None) -> JsonObject:
    """Return a report as `library.steps.report_each` takes it; today when `on` is None."""
    values: JsonObject = {
        "text": report.text,
        "unit": unit,
        "percent": report.percent,
        "status": report.status,
        "problems": report.problems,
        "next_step": report.next_step,
        "officer": report.officer,
        "phone": report.phone,
        "reviewer": report.reviewer,
    }
    return values if on is None else {**values, "date": on.isoformat()}
