"""What programs send to take steps of 督办; each body names the rows that take the step together."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from corpus.store.rows import TaskStatus
from service.api.dependencies import Day

MOST_ROWS = 10_000
Names = Annotated[list[str], Field(min_length=1, max_length=MOST_ROWS, description="任务编号")]
Text = Annotated[str, Field(max_length=10_000)]
Line = Annotated[str, Field(max_length=200)]
Given = Annotated[Day | None, Field(description="日期，不写则为今天")]


class ReportValues(BaseModel):
    """What a unit reports about one row."""

    text: Annotated[Text, Field(description="进展情况")] = ""
    unit: Annotated[Line | None, Field(description="填报单位")] = None
    date: Given = None
    percent: Annotated[int | None, Field(ge=0, le=100, description="序时进度")] = None
    status: Literal["not_started", "in_progress", "done"] | None = None
    source: Annotated[Line | None, Field(description="出处：汇报的文件编号")] = None
    problems: Annotated[Text, Field(description="存在问题")] = ""
    next_step: Annotated[Text, Field(description="下一步")] = ""
    officer: Annotated[Line, Field(description="填报人")] = ""
    phone: Annotated[Line, Field(description="电话")] = ""
    reviewer: Annotated[Line, Field(description="审核人")] = ""


class ReportsBody(BaseModel):
    """Reports about several rows, stored as one edit."""

    reports: Annotated[dict[str, ReportValues], Field(min_length=1, max_length=MOST_ROWS)]
    note: Line = ""


class StepBody(BaseModel):
    """The rows of a step."""

    tasks: Names


class ExtendBody(StepBody):
    """延期."""

    to: Annotated[Day, Field(description="新的时限")]
    reason: Text
    approver: Annotated[Line, Field(description="批准人")]


class HandOverBody(StepBody):
    """移交."""

    to: Annotated[list[Line], Field(min_length=1, max_length=50, description="移交给哪些单位")]
    reason: Text
    before: Annotated[list[Line] | None, Field(max_length=50, description="只由这些单位移出")] = None


class ReasonBody(StepBody):
    """终止, or taking up again."""

    reason: Text


class ApplyBody(StepBody):
    """申请销号."""

    evidence: Annotated[Text, Field(description="销号依据")]
    on: Given = None
    applicant: Annotated[Line | None, Field(description="申请人或单位，不写则为办理人")] = None


class ReviewBody(StepBody):
    """审核销号."""

    accepted: bool
    on: Given = None
    reason: Text = ""
    reviewer: Annotated[Line | None, Field(description="审核人；有账号时总是登录的人")] = None


class RecheckBody(StepBody):
    """回头看."""

    good: bool
    finding: Text = ""
    on: Given = None


class MarkBody(StepBody):
    """紧急, 重点; an empty list takes both away."""

    marks: list[Literal["紧急", "重点"]]


class EntryValues(BaseModel):
    """Where rows come from; what is left out stays, "" empties it."""

    origin: Line | None = None
    assigned_on: Annotated[Day | None, Field(description="交办日期")] = None
    assigned_by: Line | None = None
    number: Line | None = None
    officer: Line | None = None
    phone: Line | None = None


class KeptValues(BaseModel):
    """What may be given with other changes of a row; each value takes the place of the one before."""

    percent: Annotated[int | None, Field(ge=0, le=100, description="序时进度")] = None
    marks: list[Literal["紧急", "重点"]] = []
    entry: Annotated[EntryValues | None, Field(description="来源等")] = None
    own: Annotated[dict[Line, Text | None], Field(max_length=50, description="自定义栏目")] = {}


class EnterBody(StepBody):
    """登记来源."""

    entry: EntryValues


class OwnBody(StepBody):
    """Columns that the office added; null empties one."""

    values: Annotated[dict[Line, Text | None], Field(min_length=1, max_length=50)]


class StatusBody(StepBody):
    """未启动, 进行中, 已完成."""

    status: Literal[TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS, TaskStatus.DONE]
    on: Given = None


class ColumnBody(BaseModel):
    """A column that the office adds."""

    name: Annotated[str, Field(min_length=1, max_length=30)]
    kind: Literal["text", "date", "choice"] = "text"
    choices: Annotated[list[Line], Field(max_length=100)] = []


class PasteBody(BaseModel):
    """A table copied in Excel or WPS, to become rows without a document."""

    clip: Annotated[str, Field(min_length=1, max_length=5_000_000, description="制表符分隔的各行，带表头")]
    entry: EntryValues = EntryValues()


class FilterBody(BaseModel):
    """What narrows a list, as whoever asks writes it."""

    query: dict[str, Any]
