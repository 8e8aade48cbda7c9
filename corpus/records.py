"""Tasks and documents as plain JSON values, under the keys that outside programs rely on, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpus.document import Document, Evidence, Problem
from corpus.spans import Span
from corpus.task import (
    Deadline,
    DeadlineKind,
    Extraction,
    Indicator,
    Person,
    Progress,
    Reference,
    Role,
    Task,
    Unit,
)

JsonObject = dict[str, Any]
SCALARS = (str, int, float, type(None))
"""Values that JSON knows as they are; the words of an enumeration are among them."""


def plain(value: Any) -> Any:
    """Return `value` as JSON knows it: spans as [start, end], dates as ISO text, tuples as lists."""
    # Plain values first, and no `dataclasses.fields`: a big library has millions of values to write.
    if isinstance(value, SCALARS):
        return value
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}


def task_record(task: Task) -> JsonObject:
    """Return the task under its public keys; `problem` and `goal` are their words, or null."""
    record: JsonObject = plain(task)
    record["problem"] = task.problem.text if task.problem else None
    record["goal"] = task.goal.text if task.goal else None
    record["problem_span"] = plain(task.problem.span) if task.problem else None
    record["goal_span"] = plain(task.goal.span) if task.goal else None
    record["assigned"] = task.assigned
    record["refs"] = [{**ref, "document_id": None} for ref in record["refs"]]
    return record


def earliest_end(record: JsonObject) -> str | None:
    """Return the first day on which a time limit of a task's record ends, as ISO text; None without one."""
    return min((limit["end"] for limit in record["deadlines"] if limit["end"]), default=None)


def progress_record(progress: Progress) -> JsonObject:
    """Return the progress item under its public keys."""
    record: JsonObject = plain(progress)
    del record["of"]  # the store ties it to a row
    return record


def document_record(document: Document) -> JsonObject:
    """Return the document's id, version and header facts."""
    return {"id": document.id, "version": document.version, **plain(document.header)}


def extract_line(document: Document, extraction: Extraction) -> JsonObject:
    """Return the object that `taizhang extract --json` prints for one file that was read."""
    return {
        "source": document.source,
        "document": document_record(document),
        "text": document.text,
        "tasks": [task_record(task) for task in extraction.tasks],
        "progress": [progress_record(item) for item in extraction.progress],
        "problems": [plain(problem) for problem in document.problems],
    }


def failed_line(source: str, problem: Problem) -> JsonObject:
    """Return the object that `taizhang extract --json` prints for one file that could not be read."""
    return {
        "source": source,
        "document": None,
        "text": "",
        "tasks": [],
        "progress": [],
        "problems": [plain(problem)],
    }


def task_from_record(record: JsonObject) -> Task:
    """Return the task that `task_record` wrote."""
    return Task(
        span=_span(record["span"]),
        text=record["text"],
        label=record["label"],
        section=tuple(record["section"]),
        page=record["page"],
        units=tuple(_unit(item) for item in record["units"]),
        refs=tuple(Reference(item["raw"], item["document"], _span(item["span"])) for item in record["refs"]),
        persons=tuple(Person(**item) for item in record["persons"]),
        deadlines=tuple(_deadline(item) for item in record["deadlines"]),
        indicators=tuple(_indicator(item) for item in record["indicators"]),
        measures=tuple(Evidence(item["text"], _span(item["span"])) for item in record["measures"]),
        problem=_evidence(record["problem"], record["problem_span"]),
        goal=_evidence(record["goal"], record["goal_span"]),
        extra=record["extra"],
        found_by=record["found_by"],
        confidence=record["confidence"],
        doubts=tuple(record["doubts"]),
        id=record["id"],
    )


def _span(pair: list[int]) -> Span:
    return Span(pair[0], pair[1])


def _evidence(text: str | None, pair: list[int] | None) -> Evidence | None:
    return Evidence(text, _span(pair)) if text is not None and pair is not None else None


def _unit(item: JsonObject) -> Unit:
    return Unit(
        **{
            **item,
            "role": Role(item["role"]),
            "span": _span(item["span"]),
            "members": tuple(item["members"]),
        }
    )


def _deadline(item: JsonObject) -> Deadline:
    return Deadline(
        **{
            **item,
            "kind": DeadlineKind(item["kind"]),
            "span": _span(item["span"]),
            "start": date.fromisoformat(item["start"]) if item["start"] else None,
            "end": date.fromisoformat(item["end"]) if item["end"] else None,
        }
    )


def _indicator(item: JsonObject) -> Indicator:
    return Indicator(**{**item, "span": _span(item["span"])})
