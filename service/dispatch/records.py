"""Dispatches as plain JSON values, for the command line and the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject, plain
from corpus.store.office.dispatches import Dispatch, DispatchReturn
from service.dispatch.choosing import Choice
from service.dispatch.difference import Candidate, RowDifference, report_from
from service.dispatch.returned import ReturnedSheet, TaskWords
from service.dispatch.standing import Standing, UnitStanding

NOT_OURS = "回表的内容不完整，请重新读取后再存入。"


def choice_record(choice: Choice) -> JsonObject:
    """Return whom a dispatch may ask."""
    units = [
        {
            "unit": item.share.unit,
            "names": list(item.share.names),
            "group": item.share.group,
            "acting": item.acting,
            "cooperating": item.cooperating,
            "overdue": item.overdue,
        }
        for item in choice.units
    ]
    return {"units": units, "without_unit": choice.without_unit}


def dispatch_record(dispatch: Dispatch) -> JsonObject:
    """Return a dispatch with its sheets; the word of its marks stays inside."""
    values = plain(dispatch)
    return {key: value for key, value in values.items() if key != "word"}


def standing_record(standing: Standing) -> JsonObject:
    """Return how a dispatch stands."""
    ranks = {unit.sheet: place for place, unit in standing.ranked()}
    return {
        **dispatch_record(standing.dispatch),
        "day": standing.day.isoformat(),
        "rows": standing.counted,
        "finished": standing.finished,
        "overdue": [
            {"task": item.task, "text": item.record["text"], "days": item.days} for item in standing.overdue
        ],
        "units": [_unit_record(unit, ranks.get(unit.sheet)) for unit in standing.units],
    }


def _unit_record(unit: UnitStanding, rank: int | None) -> JsonObject:
    return {**plain(unit), "rate": unit.rate, "rank": rank}


def return_record(item: DispatchReturn) -> JsonObject:
    """Return what is remembered of a sheet that was stored."""
    values: JsonObject = plain(item)
    return {key: value for key, value in values.items() if key not in ("digest", "content")}


def sheet_from(values: Mapping[str, Any]) -> ReturnedSheet:
    """Return a returned sheet from its record, as it was read, with rows accepted, or tasks chosen, since.

    Raises:
        UserError: when it is none.
    """
    try:
        known = {key: values[key] for key in ReturnedSheet.__dataclass_fields__ if key in values}
        rows = tuple(_row_from(row) for row in known.pop("rows", ()))
        unfilled, absent = (_words_from(known.pop(key, ())) for key in ("unfilled", "absent"))
        sheet = ReturnedSheet(**{**known, "problems": tuple(known.get("problems", ()))})
        return replace(sheet, rows=rows, unfilled=unfilled, absent=absent)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(NOT_OURS) from error


def _words_from(items: Iterable[Mapping[str, Any]]) -> tuple[TaskWords, ...]:
    return tuple(TaskWords(item["task"], item["text"]) for item in items)


def _row_from(values: Mapping[str, Any]) -> RowDifference:
    known = {key: values[key] for key in RowDifference.__dataclass_fields__ if key in values}
    candidates = tuple(Candidate(**item) for item in known.pop("candidates", ()))
    reports = {key: report_from(known.pop(key)) for key in ("before", "after")}
    return RowDifference(
        **{**known, "warnings": tuple(known.get("warnings", ())), "candidates": candidates, **reports}
    )


def sheet_record(sheet: ReturnedSheet) -> JsonObject:
    """Return what a returned sheet would change."""
    return {**asdict(sheet), "rows": [row.record() for row in sheet.rows]}
