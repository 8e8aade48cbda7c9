"""What a person may write beside the text of a row without a step of its own, and the form it must have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject
from service.supervision.columns import OwnColumns
from service.supervision.entries import checked_entry, checked_marks, checked_percent

GIVEN = ("percent", "marks", "entry", "own", "notes")
"""Keys of `corpus.store.ledger.kept` that may be given with other changes of a row; all else is a step."""


def checked_kept(columns: OwnColumns, values: Mapping[str, Any]) -> JsonObject:
    """Return whole values under keys of `GIVEN` in the form in which a row has them.

    Notes are taken as they are: they come from `Report.note`.

    Raises:
        UserError: when a key takes a step of its own, or a value is not of its form.
    """
    if unknown := sorted(set(values) - set(GIVEN)):
        raise UserError(f"这些内容不能直接修改：{'、'.join(unknown)}；请用相应的督办步骤办理。")
    return {key: _checked(columns, key, value) for key, value in values.items()}


def _checked(columns: OwnColumns, key: str, value: Any) -> Any:
    if key == "percent":
        return checked_percent(value)
    if key == "marks":
        return checked_marks(value or ())
    if key == "entry":
        entry = {**checked_entry({}), **checked_entry(value or {})}
        return entry if any(entry.values()) else None
    if key == "own":
        return {name: words for name, words in columns.checked(value or {}).items() if words is not None}
    return list(value)
