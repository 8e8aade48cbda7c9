"""Dispatches (调度) as they go over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.api.dependencies import Day
from service.api.models.record import Record

MOST_ROWS = 10_000
MOST_UNITS = 10_000
LONGEST_WORDS = 32_767
"""Characters that a cell of a sheet may hold."""
Words = Annotated[str, Field(max_length=LONGEST_WORDS)]
Number = Annotated[int, Field(ge=0, le=1_000_000_000)]


class UnitChoiceRecord(Record):
    """A unit that has open rows."""

    unit: str
    names: list[str]
    group: bool
    acting: int
    cooperating: int
    overdue: int


class ChoiceRecord(Record):
    """Whom a dispatch may ask."""

    units: list[UnitChoiceRecord]
    without_unit: int


class NewDispatch(BaseModel):
    """A dispatch to be made."""

    period: Annotated[str, Field(min_length=1, max_length=40, description="哪一期，如 2026年11月")]
    due: Annotated[Day, Field(description="请在这一天前报回")]
    units: Annotated[
        list[str] | None, Field(max_length=MOST_UNITS, description="发给哪些单位，不写则为全部")
    ] = None
    spread: Annotated[bool, Field(description="各县区等按成员单位分发")] = True
    cooperating: Annotated[bool, Field(description="连同单位配合的任务")] = True


class SheetRowRecord(Record):
    """A row that a unit was asked for."""

    task: str
    role: Literal["lead", "responsible", "cooperate"]


class DispatchSheetRecord(Record):
    """What one unit was asked for."""

    unit: str
    names: list[str]
    rows: list[SheetRowRecord]


class DispatchRecord(Record):
    """A dispatch; sheets are numbered from 1."""

    id: str
    period: str
    due: date
    by: str
    at: datetime
    sheets: list[DispatchSheetRecord]
    withdrawn: bool


class ReturnRecord(Record):
    """A sheet that came back and was stored."""

    id: int
    dispatch: str
    sheet: int
    file: str
    rows: int
    by: str
    at: datetime
    edit: str
    undone: bool


class UnitStandingRecord(Record):
    """How one unit stands."""

    sheet: int
    unit: str
    rows: int
    acting: int
    finished: int
    overdue: int
    returned_at: datetime | None
    late: bool
    rate: float | None
    rank: int | None
    returns: list[ReturnRecord]


class OverdueRecord(Record):
    """A row that is open after its day."""

    task: str
    text: str
    days: int


class StandingRecord(DispatchRecord):
    """How a dispatch stands today."""

    day: date
    rows: int
    finished: int
    overdue: list[OverdueRecord]
    units: list[UnitStandingRecord]


class ReminderRecord(Record):
    """What to tell a unit whose sheet is missing."""

    sheet: int
    unit: str
    text: str


class ReportRecord(BaseModel):
    """What a row of a returned sheet says."""

    model_config = ConfigDict(extra="ignore")

    text: Words = ""
    status: str | None = None
    percent: int | None = None
    problems: Words = ""
    next_step: Words = ""
    officer: Words = ""
    phone: Words = ""
    reviewer: Words = ""


class CandidateRecord(BaseModel):
    """A task that an unclear row may be about."""

    task: str
    text: Words
    likeness: float


class RowDifferenceRecord(BaseModel):
    """A row of a returned sheet beside what the ledger knows; set `accepted`, and `task` where it is null."""

    model_config = ConfigDict(extra="ignore")

    row: Number
    task: str | None
    unit: Words
    role: Words
    text: Words
    how: Literal["mark", "words", "joined", "unclear", "chosen"]
    before: ReportRecord
    after: ReportRecord
    warnings: list[Words] = []
    candidates: list[CandidateRecord] = []
    accepted: bool
    changed: list[str] = []


class TaskWordsRecord(BaseModel):
    """A task with its first words."""

    task: str
    text: Words


class ReturnedRecord(BaseModel):
    """What a file that came back would change; it is sent back to be stored."""

    model_config = ConfigDict(extra="ignore")

    file: Words
    digest: Words
    content: Words = ""
    dispatch: str | None = None
    period: Words = ""
    sheet: Number = 0
    unit: Words = ""
    rows: Annotated[list[RowDifferenceRecord], Field(max_length=MOST_ROWS)] = []
    unfilled: Annotated[list[TaskWordsRecord], Field(max_length=MOST_ROWS)] = []
    absent: Annotated[list[TaskWordsRecord], Field(max_length=MOST_ROWS)] = []
    problems: list[Words] = []
    failed: bool = False
    repeated: Words = ""


class StoreBody(BaseModel):
    """A returned sheet to be stored."""

    sheet: ReturnedRecord
    on: Annotated[Day | None, Field(description="进展记在哪一天，不写则为今天")] = None
