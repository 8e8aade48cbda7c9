"""Where a row comes from, how it is marked and how far it has come: the values that may stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject, plain

MARKS = ("紧急", "重点")
ORIGINS = ("批示", "会议", "督查", "来电", "来文", "调研", "信访")
"""来源 that pages offer; others may be typed."""
ENTRY_WORDS = {
    "origin": "来源",
    "assigned_on": "交办日期",
    "assigned_by": "交办领导",
    "number": "编号",
    "officer": "承办人",
    "phone": "联系电话",
}
"""The keys of an entry, and what pages call them."""
LONGEST = 200
"""Characters of one value."""


def checked_marks(marks: Sequence[str]) -> list[str]:
    """Return the marks, each once, in their order.

    Raises:
        UserError: when one is neither 紧急 nor 重点.
    """
    if unknown := [mark for mark in marks if mark not in MARKS]:
        raise UserError(f"没有“{unknown[0]}”这个标记，可用的有{'、'.join(MARKS)}。")
    return [mark for mark in MARKS if mark in marks]


def checked_percent(value: Any) -> int | None:
    """Return a percentage.

    Raises:
        UserError: when it is not None and no whole number from 0 to 100.
    """
    if value is None or (type(value) is int and 0 <= value <= 100):
        return value
    raise UserError("进度请填 0 到 100 之间的整数。")


def checked_entry(entry: Mapping[str, Any]) -> JsonObject:
    """Return the values of an entry in their form, None for empty ones; all keys for an empty mapping.

    Raises:
        UserError: when a key is unknown, a value too long, or the day none.
    """
    if unknown := sorted(set(entry) - set(ENTRY_WORDS)):
        raise UserError(f"来源信息中没有这些栏目：{'、'.join(unknown)}。")
    return {key: _value(key, entry.get(key)) for key in (entry or ENTRY_WORDS)}


def _value(key: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if key == "assigned_on":
        return iso_day(value, ENTRY_WORDS[key])
    words = str(value).strip()
    if len(words) > LONGEST:
        raise UserError(f"{ENTRY_WORDS[key]}最多 {LONGEST} 个字。")
    return words or None


def iso_day(value: Any, what: str) -> str:
    """Return a day, or its ISO text, as ISO text.

    Raises:
        UserError: when it is none.
    """
    try:
        return str(plain(value if isinstance(value, date) else date.fromisoformat(str(value).strip())))
    except ValueError as error:
        raise UserError(f"{what}请写成 2026-06-30 这样的日期。") from error
