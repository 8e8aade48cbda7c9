"""What reconciling sends over HTTP; a test compares these models with real answers."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from service.api.models.record import Record

Pair = Annotated[list[int], Field(min_length=2, max_length=2)]
"""[start, end] in code points, half-open; or the indexes of a task and a claim."""
State = Literal["done", "ongoing", "not_started"]
MOST_PAIRS = 10_000


class SideRecord(Record):
    """One of the two documents."""

    id: str
    title: str
    source: str


class CandidateRecord(Record):
    """A plan that the report may be about."""

    document: SideRecord
    score: float
    reasons: list[str]


class TaskBrief(Record):
    """A task of the plan."""

    id: str
    label: str
    text: str
    section: list[str]
    span: Pair | None
    status: str
    due: datetime.date | None


class ClaimRecord(Record):
    """What the report says."""

    index: int
    text: str
    span: Pair
    section: list[str]
    status: State
    kind: Literal["progress", "sentence", "aside"]


class SharedRecord(Record):
    """Where the shared words stand in the texts of task and claim."""

    task: list[Pair]
    claim: list[Pair]


class FigureRecord(Record):
    """A target and the figure that answers it."""

    target: str
    target_span: Pair | None
    reported: str
    reported_span: Pair
    verdict: Literal["met", "short", "over", "other_measure"]
    words: str


class MatchRecord(Record):
    """A claim that answers a task."""

    task: TaskBrief
    claim: ClaimRecord
    confidence: float
    quote: str
    quote_span: Pair
    shared: SharedRecord
    figures: list[FigureRecord]
    other_units: list[str]


class DisagreementRecord(FigureRecord):
    """A figure of the report that does not agree with its target."""

    task: str
    claim: int


class ReconciliationRecord(Record):
    """A report held against a plan."""

    report: SideRecord
    plan: SideRecord
    candidates: list[CandidateRecord]
    matches: list[MatchRecord]
    unmentioned: list[TaskBrief]
    unassigned: list[ClaimRecord]
    disagreements: list[DisagreementRecord]
    counts: dict[str, int]


class ProposalRecord(Record):
    """What accepting the matches of one row would change."""

    task: str
    before: str
    after: str
    text: str
    confidence: float
    why: str


class AcceptBody(BaseModel):
    """Which matches are accepted."""

    report: str = Field(max_length=40, description="汇报的文件编号")
    plan: str = Field(max_length=40, description="方案的文件编号")
    least: float = Field(0.0, ge=0, le=1, description="把握不低于多少的匹配")
    tasks: Annotated[list[str], Field(max_length=MOST_PAIRS)] | None = Field(
        None, description="只采纳这些任务的匹配，不写则为全部"
    )
    on: datetime.date | None = Field(None, description="进展记在哪一天，不写则为今天")


class ConflictTask(Record):
    """One of two tasks that may contradict each other."""

    id: str
    document: str
    title: str
    text: str
    span: Pair | None
    units: list[dict[str, str]]
    due: datetime.date | None
    status: str


class DifferenceRecord(Record):
    """What two tasks say differently."""

    kind: Literal["units", "due", "figures"]
    first: str
    second: str


class ConflictRecord(Record):
    """Two tasks of different plans that may contradict each other."""

    tasks: list[ConflictTask]
    likeness: float
    differences: list[DifferenceRecord]


class ConflictPage(Record):
    """Possible conflicts, the plainest first."""

    items: list[ConflictRecord]
    total: int


class UnitLoadRecord(Record):
    """The open tasks of one unit."""

    unit: str
    months: dict[str, int]
    open: int
    overdue: int
    done: int


class CaseRecord(Record):
    """A row with the same kind of problem."""

    task: str
    document: str
    title: str
    region: str
    date: str
    likeness: float
    text: str
    problem: str
    measures: list[str]
    goal: str
    units: list[str]
    status: str
    due: datetime.date | None
    progress: list[str]
