"""The process that does one long job: `python -m service.background.job_process LOCATION JOB`.

It writes how far it has come into the library, ends when somebody cancels the job, and with the server.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from corpus.errors import TaizhangError, UserError
from corpus.store.office.jobs import Job, JobState
from service.background.jobs import JobKind, forget_upload
from service.background.priority import let_others_first
from service.intake.adding import Progress
from service.intake.sources import Upload, unpacked
from service.library import Library

REPORT_EVERY = 0.5
"""Seconds between two reports; each is a transaction."""


class CancelledError(TaizhangError):
    """Somebody wants the job to stop."""


def main(location: str, name: str) -> None:
    """Do the job of that name in the library at `location`."""
    let_others_first()
    threading.Thread(target=_end_with_server, daemon=True).start()
    with Library.open(location) as library:
        job = library.store.jobs.get(name)
        try:
            result = DOERS[job.kind](library, job, _reporter(library, job))
        except CancelledError:
            library.store.jobs.end(name, JobState.CANCELLED, "已取消；已完成的部分已保存。")
        except UserError as error:
            library.store.jobs.end(name, JobState.FAILED, str(error))
        else:
            library.store.jobs.end(name, JobState.DONE, result=result)
        forget_upload(job)


def _add_archive(library: Library, job: Job, progress: Progress) -> Any:
    upload = Upload(job.arguments["name"], Path(job.arguments["path"]).read_bytes())
    return library.add_candidates(unpacked(upload), progress, job.by).record()


def _reextract(library: Library, job: Job, progress: Progress) -> Any:
    return library.reextract(job.arguments["documents"], progress, job.by).record()


def _index(library: Library, _job: Job, progress: Progress) -> Any:
    library.catch_up(progress)
    return {"documents": library.count_documents()}


DOERS: dict[str, Callable[[Library, Job, Progress], Any]] = {
    JobKind.ADD_ARCHIVE: _add_archive,
    JobKind.REEXTRACT: _reextract,
    JobKind.INDEX: _index,
}


def _reporter(library: Library, job: Job) -> Progress:
    """Return what writes the progress, not too often, and stops the job once it is cancelled."""
    last = -REPORT_EVERY

    def report(done: int, total: int, what: str) -> None:
        nonlocal last
        if monotonic() - last < REPORT_EVERY and done < total:
            return
        last = monotonic()
        if not library.store.jobs.report(job.id, done, total, what):
            raise CancelledError

    return report


def _end_with_server() -> None:
    """Wait until the server's end of the pipe closes, however it ended, then end at once."""
    while os.read(sys.stdin.fileno(), 1024):  # not by `sys.stdin`, whose lock would be held when all ends
        pass
    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
