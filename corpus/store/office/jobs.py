"""Long jobs as rows: what is to be done, how far it has come, and whether somebody wants it to stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject
from corpus.store.audit import Fact, write_audit
from corpus.store.database import Database, take_numbers
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import job_name, job_number
from corpus.store.schema import jobs


class JobState(StrEnum):
    """How far a job has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Job:
    """One long job."""

    id: str
    """Such as j3."""
    kind: str
    arguments: JsonObject
    by: str
    state: JobState
    cancelled: bool
    """True once somebody wants it to stop."""
    done: int
    total: int
    """0 until it is known."""
    what: str
    """What is at work, or why it failed."""
    result: Any
    created_at: datetime
    """UTC."""
    ended_at: datetime | None


class JobTable:
    """Reads and writes jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, arguments: JsonObject, by: str) -> Job:
        """Queue a job."""
        with self._database.writing() as connection:
            number = take_numbers(connection, "job")
            row = {
                "id": number,
                "kind": kind,
                "arguments": to_json(arguments),
                "by": by,
                "state": JobState.QUEUED.value,
                "cancelled": False,
                "done": 0,
                "total": 0,
                "what": "",
                "created_at": _now(),
            }
            connection.execute(insert(jobs), row)
            write_audit(connection, by, [Fact(f"job.{kind}", job_name(number), None, arguments)])
        return self.get(job_name(number))

    def get(self, job_id: str) -> Job:
        """Return a job.

        Raises:
            NotFoundError: when there is no such job.
        """
        found = self._select(jobs.c.id == job_number(job_id))
        if not found:
            raise NotFoundError(f"没有编号为 {job_id} 的后台任务。")
        return found[0]

    def newest(self, limit: int = 50) -> list[Job]:
        """Return the jobs, the newest first."""
        return self._select(jobs.c.id > 0, limit=limit)

    def take(self) -> Job | None:
        """Return the oldest queued job, now running; None without one."""
        with self._database.writing() as connection:
            waiting = select(jobs.c.id).where(jobs.c.state == JobState.QUEUED.value).order_by(jobs.c.id)
            number = connection.execute(waiting.limit(1)).scalar()
            if number is None:
                return None
            values = {"state": JobState.RUNNING.value}
            connection.execute(update(jobs).where(jobs.c.id == number).values(**values))
        return self.get(job_name(number))

    def queue_running(self) -> None:
        """Queue what was running when the server ended, so that it is taken up again."""
        self._update(jobs.c.state == JobState.RUNNING.value, state=JobState.QUEUED.value)

    def waiting(self) -> bool:
        """Tell whether some job is queued."""
        return bool(self._select(jobs.c.state == JobState.QUEUED.value, limit=1))

    def report(self, job_id: str, done: int, total: int, what: str) -> bool:
        """Write how far a job has come, and tell whether it may go on."""
        self._update(jobs.c.id == job_number(job_id), done=done, total=total, what=what)
        return not self.get(job_id).cancelled

    def end(self, job_id: str, state: JobState, what: str = "", result: Any = None) -> None:
        """Write how a job came out."""
        values = {"state": state.value, "what": what, "result": to_json(result), "ended_at": _now()}
        self._update(jobs.c.id == job_number(job_id), **values)

    def cancel(self, job_id: str, by: str) -> Job:
        """Ask a job to stop: a queued one is cancelled at once, a running one at its next step.

        Raises:
            NotFoundError: when there is no such job.
            UserError: when it has ended.
        """
        job = self.get(job_id)
        if job.state in ENDED:
            raise UserError("这个后台任务已经结束，不能再取消。")
        number = job_number(job_id)
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(jobs.c.id == number).values(cancelled=True))
            queued = (jobs.c.id == number) & (jobs.c.state == JobState.QUEUED.value)
            ended = {"state": JobState.CANCELLED.value, "ended_at": _now()}
            connection.execute(update(jobs).where(queued).values(**ended))
            write_audit(
                connection, by, [Fact("job.cancelled", job_id, job.state.value, JobState.CANCELLED.value)]
            )
        return self.get(job_id)

    def _select(self, which: ColumnElement[bool], limit: int = 1) -> list[Job]:
        query = select(jobs).where(which).order_by(jobs.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [_job(row) for row in connection.execute(query)]

    def _update(self, which: ColumnElement[bool], **values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(update(jobs).where(which).values(**values))


def _job(row: Any) -> Job:
    return Job(
        job_name(row.id),
        row.kind,
        from_json(row.arguments),
        row.by,
        JobState(row.state),
        row.cancelled,
        row.done,
        row.total,
        row.what,
        from_json(row.result) if row.result else None,
        row.created_at.replace(tzinfo=UTC),
        row.ended_at.replace(tzinfo=UTC) if row.ended_at else None,
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
