"""Long work of a server: kept in the library, done one after another in a process of its own.

A job that was running when the server ended is taken up again by the next one. What it had stored by then is
stored: files that are known are passed over, so that starting anew costs little.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import uuid
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import TaizhangError
from corpus.store.office.jobs import ENDED, Job, JobState, JobTable
from service.background.attendant import Attendant
from service.intake.sources import upload_name
from service.place import Place

logger = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks for work that another process queued."""
LOST = "后台进程意外退出，已完成的部分已保存；请再试一次。"


class JobKind:
    """What a job may do; `service.background.job_process` does it."""

    ADD_ARCHIVE = "add_archive"
    REEXTRACT = "reextract"
    INDEX = "index"


class Jobs:
    """The long jobs of a library. All methods may be called from any thread."""

    def __init__(self, place: Place, table: JobTable) -> None:
        self._place = place
        self._table = table
        self.queued = threading.Event()
        """Set when this process queues a job, so that its runner need not wait."""

    def add_archive(self, name: str, data: bytes, by: str) -> Job:
        """Queue the files of an uploaded archive or message; it is kept on disk until they are added."""
        folder = self._place.upload_folder / uuid.uuid4().hex
        folder.mkdir(parents=True)
        path = folder / "archive.zip"
        path.write_bytes(data)
        return self._add(JobKind.ADD_ARCHIVE, {"name": upload_name(name), "path": str(path)}, by)

    def reextract(self, documents: Sequence[str] | None, by: str) -> Job:
        """Queue the reading anew of documents, of all when None."""
        wanted = list(documents) if documents is not None else None
        return self._add(JobKind.REEXTRACT, {"documents": wanted}, by)

    def renew_index(self, by: str) -> Job:
        """Queue what the index lacks, a new fit of the library's encoder among it where that is due."""
        return self._add(JobKind.INDEX, {}, by)

    def get(self, job: str) -> Job:
        """Return a job.

        Raises:
            NotFoundError: when there is no such job.
        """
        return self._table.get(job)

    def newest(self, limit: int = 50) -> list[Job]:
        """Return the jobs, the newest first."""
        return self._table.newest(limit)

    def cancel(self, job: str, by: str) -> Job:
        """Ask a job to stop; what it has stored stays.

        Raises:
            NotFoundError: when there is no such job.
            UserError: when it has ended.
        """
        cancelled = self._table.cancel(job, by)
        if cancelled.state is JobState.CANCELLED:
            forget_upload(cancelled)
        return cancelled

    def _add(self, kind: str, arguments: dict[str, object], by: str) -> Job:
        job = self._table.add(kind, arguments, by)
        self.queued.set()
        return job


class JobRunner(Attendant):
    """A thread that hands one queued job after another to a process. Only one server of a library has one."""

    def __init__(self, place: Place, table: JobTable, jobs: Jobs) -> None:
        super().__init__("jobs")
        self._place = place
        self._table = table
        self._jobs = jobs
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Take up what was running when the last server ended, then what is queued."""
        self._table.queue_running()
        super().start()

    def stop(self) -> None:
        """Stop the running job, which the next server takes up again."""
        super().stop()
        self._jobs.queued.set()
        process = self._process
        if process is not None:
            process.terminate()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._step()
            except (TaizhangError, OSError) as error:  # a busy database or a full disk ends no server
                logger.warning("a job could not be run, trying again: %s", error)
                self._ended.wait(EVERY)

    def _step(self) -> None:
        self._jobs.queued.clear()
        job = self._table.take()
        if job is None:
            self._jobs.queued.wait(EVERY)
            return
        command = [sys.executable, "-m", "service.background.job_process", self._place.location, job.id]
        # The pipe stays open as long as this process lives; the other ends itself when it closes.
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            self._process = process
            if self._ended.is_set():
                process.terminate()
            process.wait()
        self._process = None
        if not self._ended.is_set() and self._table.get(job.id).state not in ENDED:
            self._table.end(job.id, JobState.FAILED, LOST)


def forget_upload(job: Job) -> None:
    """Delete the upload that a job was about."""
    path = Path(job.arguments.get("path", ""))
    if path.name == "archive.zip":
        path.unlink(missing_ok=True)
        path.parent.rmdir()
