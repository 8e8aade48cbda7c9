"""What a returned sheet would change: per row the report of before beside the new one, nothing stored yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from corpus.records import JsonObject
from corpus.store.rows import TaskStatus
from service.dispatch.completion import read_completion
from service.dispatch.matching import How, Match
from service.dispatch.rows import FIRM, last_note
from service.ledger import short_text

NOTE_KEYS = ("text", "problems", "next_step", "officer", "phone", "reviewer")
"""What a note holds beside its day, unit, status and percentage."""
SHOWN_KEYS = ("text", "status", "percent", "problems", "next_step")
"""What counts as a change; who filled the sheet in does not."""
LONGEST_STATUS = 8
"""Characters of 完成情况 that are a status; more are told as progress too."""
DECIDED = "这项任务已{}，状态不随调度改变"
NOT_LEADING = {
    "cooperate": "配合单位的进展只作记录，状态以牵头或责任单位的为准",
    "responsible": "责任单位的进展只作记录，状态以牵头单位的为准",
    "": "这项任务没有发给这个单位，进展只作记录",
}
GOES_BACK = "进度比上次的{}%低"
GONE = "这项任务已不在台账中"


@dataclass(frozen=True, slots=True)
class Report:
    """What a row says of its task."""

    text: str = ""
    status: str | None = None
    """A value of `TaskStatus`; None leaves it as it is."""
    percent: int | None = None
    problems: str = ""
    next_step: str = ""
    officer: str = ""
    phone: str = ""
    reviewer: str = ""

    @property
    def empty(self) -> bool:
        """True when the unit filled nothing in."""
        return self == Report(officer=self.officer, phone=self.phone, reviewer=self.reviewer)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task that an unclear row may be about."""

    task: str
    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row of a returned sheet beside what the ledger knows."""

    row: int
    """1-indexed row of the sheet."""
    task: str | None
    """None until somebody chooses one of the candidates."""
    unit: str
    role: str
    """The unit's role in the task, "" where it has none."""
    text: str
    """The task's label and first words; those of the row where the task is unclear."""
    how: str
    """How it was matched: a value of `matching.How`."""
    before: Report
    after: Report
    warnings: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    accepted: bool = True
    """Whether it is to be stored."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the keys that would be different, of `SHOWN_KEYS`."""
        return tuple(
            key for key in SHOWN_KEYS if getattr(self.after, key) not in (None, "", getattr(self.before, key))
        )

    def record(self) -> JsonObject:
        """Return it as plain JSON values."""
        return {**asdict(self), "changed": list(self.changed)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dispatch asked a unit for."""

    unit: str
    roles: Mapping[str, str] = field(default_factory=dict)
    """By row, the unit's role in it."""


def row_difference(match: Match, asked: Asked, records: Mapping[str, JsonObject]) -> RowDifference:
    """Return what a matched row would change; `records` are ledger records by id."""
    record = records.get(match.task or "")
    role = asked.roles.get(match.task or "", "")
    warnings = list(match.warnings)
    before = before_of(record, asked.unit) if record else Report()
    after, doubts = after_of(match, record, role)
    if match.task and record is None:
        doubts.append(GONE)
    found = RowDifference(
        match.row.at,
        match.task if record else None,
        asked.unit,
        role,
        short_text(record) if record else match.row.task,
        match.how.value,
        before,
        after,
        tuple(dict.fromkeys([*warnings, *doubts])),
        tuple(_candidate(task, alike, records) for task, alike in match.candidates if task in records),
    )
    return replace(found, accepted=match.sure and found.task is not None and bool(found.changed))


def before_of(record: JsonObject, unit: str) -> Report:
    """Return what the ledger knows: the unit's own last report, the row's status and percentage."""
    note = last_note(record, unit) or {}
    words = {key: str(note.get(key) or "") for key in NOTE_KEYS}
    return Report(status=record.get("status"), percent=record.get("percent"), **words)


def after_of(match: Match, record: JsonObject | None, role: str) -> tuple[Report, list[str]]:
    """Return what the row reports, and what stands against taking all of it."""
    values = match.row.values
    completion = read_completion(values.get("completion", ""))
    doubts = [completion.doubt] if completion.doubt else []
    status = completion.status.value if completion.status else None
    percent = completion.percent
    if (status or percent is not None) and record is not None:
        against = _against(record, role)
        if against:
            doubts.append(against)
            status = percent = None
    if percent is not None and record is not None and (record.get("percent") or 0) > percent:
        doubts.append(GOES_BACK.format(record["percent"]))
    words = {key: values.get(key, "") for key in NOTE_KEYS}
    words["text"] = _told(values)
    return Report(status=status, percent=percent, **words), doubts


def _told(values: Mapping[str, str]) -> str:
    """Return the progress with what was told in columns of which a note has none, so that nothing is lost."""
    completion = values.get("completion", "")
    told = [values.get("progress", ""), completion if len(completion) > LONGEST_STATUS else ""]
    if values.get("remarks"):
        told.append(f"备注：{values['remarks']}")
    return "\n".join(dict.fromkeys(filter(None, told)))


def _against(record: JsonObject, role: str) -> str:
    """Return why a unit in this role does not move the row's status, "" where it does."""
    status = record.get("status")
    if status in FIRM:
        return DECIDED.format(_FIRM_WORDS[TaskStatus(status)])
    leads = any(unit["role"] == "lead" for unit in record["units"])
    if role in ("cooperate", "") or (role == "responsible" and leads):
        return NOT_LEADING[role]
    return ""


_FIRM_WORDS: dict[TaskStatus, str] = {
    TaskStatus.CLOSED: "销号",
    TaskStatus.RECHECKED: "回头看",
    TaskStatus.CANCELLED: "终止",
}


def _candidate(task: str, alike: float, records: Mapping[str, JsonObject]) -> Candidate:
    return Candidate(task, short_text(records[task], 60), round(alike, 3))


def chosen(row: RowDifference, task: str, asked: Asked, record: JsonObject) -> RowDifference:
    """Return an unclear row as one of the task that a person chose."""
    after = row.after
    if _against(record, asked.roles.get(task, "")):
        after = replace(after, status=None, percent=None)
    return replace(
        row,
        task=task,
        role=asked.roles.get(task, ""),
        text=short_text(record),
        how=How.CHOSEN.value,
        before=before_of(record, asked.unit),
        after=after,
        warnings=(),
        accepted=True,
    )


def report_from(values: Mapping[str, Any]) -> Report:
    """Return a report from JSON values under its own keys; others are ignored."""
    return Report(**{key: values[key] for key in Report.__dataclass_fields__ if key in values})
