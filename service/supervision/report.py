"""What a unit reports about a row: 进展情况 with its percentage, status and particulars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject, plain
from corpus.store.rows import TaskStatus
from service.supervision.entries import checked_percent
from service.supervision.statuses import SETTABLE


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported about one row. What is None, or "", was not told and stays as it is."""

    text: str = ""
    """进展情况."""
    unit: str | None = None
    on: date | None = None
    """The day of the report, today when None."""
    percent: int | None = None
    """序时进度, 0 to 100; 100 means done where `status` does not say otherwise."""
    status: TaskStatus | None = None
    """not_started, in_progress or done."""
    source: str | None = None
    """The document that reports it."""
    problems: str = ""
    """存在问题."""
    next_step: str = ""
    officer: str = ""
    """填报人."""
    phone: str = ""
    reviewer: str = ""
    """审核人 of the unit."""

    def __post_init__(self) -> None:
        """Refuse what cannot be stored.

        Raises:
            UserError: when the percentage or the status is none, or nothing at all is told.
        """
        checked_percent(self.percent)
        if self.status is not None and self.status not in SETTABLE:
            raise UserError("填报进展时，状态只能是未启动、进行中或已完成；延期、终止、销号请分别办理。")
        told = f"{self.text}{self.problems}{self.next_step}".strip()
        if not told and self.percent is None and self.status is None:
            raise UserError("请填写进展情况，或填写进度、状态。")

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Report:
        """Return the report that the keys of a note tell; `date` and `on` may be days or ISO text.

        Raises:
            UserError: when a key is unknown or a value is not of its form.
        """
        given = {("on" if key == "date" else key): value for key, value in values.items()}
        if unknown := sorted(set(given) - {field.name for field in fields(cls)}):
            raise UserError(f"填报内容中没有这些栏目：{'、'.join(unknown)}。")
        try:
            if isinstance(given.get("on"), str):
                given["on"] = date.fromisoformat(given["on"])
            if given.get("status") is not None:
                given["status"] = TaskStatus(given["status"])
        except ValueError as error:
            raise UserError("填报的日期或状态写得不对，日期请写成 2026-06-30。") from error
        words = ("text", "problems", "next_step", "officer", "phone", "reviewer")
        return cls(**{**given, **{key: str(given.get(key) or "") for key in words}})

    def checked(self, today: date) -> Report:
        """Return the report that a person filled in.

        Raises:
            UserError: when it is of a day that is still to come.
        """
        if self.on is not None and self.on > today:
            raise UserError(f"填报日期 {self.on} 还没有到，今天是 {today}；请填今天或以前的日期。")
        return self

    def note(self, today: date, by: str, at: str) -> JsonObject:
        """Return what is kept of it, under the public keys of a row's `notes`."""
        return {
            "text": self.text.strip(),
            "unit": self.unit or None,
            "date": plain(self.on or today),
            "percent": self.percent,
            "by": by,
            "at": at,
            "source": self.source or None,
            "problems": self.problems.strip(),
            "next_step": self.next_step.strip(),
            "officer": self.officer.strip(),
            "phone": self.phone.strip(),
            "reviewer": self.reviewer.strip(),
        }
