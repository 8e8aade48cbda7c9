"""Long jobs: queued, run in a process, reported, cancelled, taken up again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from corpus.errors import NotFoundError, UserError
from corpus.store.office.jobs import ENDED, Job, JobState
from service.background.jobs import LOST, JobKind, JobRunner
from service.library import Library
from tests.service.texts import NOTICE, PLAN

LONG = 60.0


def zipped(**files: str) -> bytes:
    """A zip archive of text files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return target.getvalue()


def until(job: Callable[[], Job], ended: Callable[[Job], bool]) -> Job:
    """Wait for a job to come so far."""
    pause = Event()
    for _ in range(round(LONG / 0.05)):
        if ended(job()):
            return job()
        pause.wait(0.05)
    raise AssertionError(job())


def run(library: Library, job: Job) -> Job:
    """Let a runner do what is queued, and return the job as it ended."""
    runner = JobRunner(library.place, library.store.jobs, library.jobs)
    runner.start()
    try:
        return until(lambda: library.jobs.get(job.id), lambda now: now.state in ENDED)
    finally:
        runner.stop()
        runner.join()


def test_an_uploaded_archive_is_added_file_by_file(empty: Library) -> None:
    job = empty.add_uploads("方案.zip", zipped(河道=PLAN, 公积金=NOTICE, 空=""), by="王明")
    assert job is not None and job.state is JobState.QUEUED
    ended = run(empty, job)
    assert ended.state is JobState.DONE and ended.done == ended.total > 0
    assert (ended.result["added"], [item["file"] for item in ended.result["failed"]]) == (
        2,
        ["方案.zip/空.txt"],
    )
    assert {row.source for row in empty.documents()} == {"方案.zip/河道.txt", "方案.zip/公积金.txt"}
    assert empty.audit.page().items[-1].by == "王明"
    assert list(empty.place.upload_folder.iterdir()) == []
    again = empty.add_uploads("方案.zip", zipped(河道=PLAN), by="王明")
    assert again is not None and run(empty, again).result["unchanged"] == 1


def test_a_single_file_is_no_job(empty: Library) -> None:
    assert empty.add_uploads("方案.txt", PLAN.encode()) is None


def test_documents_are_read_anew(empty: Library) -> None:
    empty.add_upload("方案.txt", PLAN.encode())
    assert run(empty, empty.jobs.reextract(None, "王明")).result["read"] == 1
    failed = run(empty, empty.jobs.reextract(["d9"], "王明"))
    assert (failed.state, "d9" in failed.what) == (JobState.FAILED, True)


def test_a_queued_job_is_cancelled_at_once(empty: Library) -> None:
    job = empty.add_uploads("方案.zip", zipped(河道=PLAN), by="王明")
    assert job is not None
    assert empty.jobs.cancel(job.id, "王明").state is JobState.CANCELLED
    assert list(empty.place.upload_folder.iterdir()) == []
    with pytest.raises(UserError, match="已经结束"):
        empty.jobs.cancel(job.id, "王明")
    with pytest.raises(NotFoundError):
        empty.jobs.cancel("j99", "王明")


def test_a_running_job_stops_at_its_next_step(empty: Library) -> None:
    job = empty.jobs.reextract(None, "王明")
    empty.store.jobs.take()
    assert empty.store.jobs.report(job.id, 1, 9, "方案.txt")
    assert empty.jobs.cancel(job.id, "王明").state is JobState.RUNNING
    assert not empty.store.jobs.report(job.id, 2, 9, "方案.txt")


def test_what_a_server_left_undone_the_next_one_does(empty: Library) -> None:
    job = empty.add_uploads("方案.zip", zipped(河道=PLAN), by="王明")
    assert job is not None
    taken = empty.store.jobs.take()
    assert taken is not None and taken.state is JobState.RUNNING
    assert run(empty, job).result["added"] == 1


def test_a_process_that_dies_fails_its_job(empty: Library) -> None:
    job = empty.store.jobs.add("nothing of the kind", {}, "王明")
    ended = run(empty, job)
    assert (ended.state, ended.what) == (JobState.FAILED, LOST)
    assert JobKind.INDEX not in ended.kind


def test_stopping_the_server_leaves_the_job_for_later(empty: Library, tmp_path: Path) -> None:
    many = zipped(**{f"方案{number}": PLAN.replace("118", str(number)) for number in range(40)})
    job = empty.add_uploads("方案.zip", many, by="王明")
    assert job is not None
    runner = JobRunner(empty.place, empty.store.jobs, empty.jobs)
    runner.start()
    until(lambda: empty.jobs.get(job.id), lambda now: now.state is JobState.RUNNING)
    runner.stop()
    runner.join()
    left = empty.jobs.get(job.id)
    if left.state not in ENDED:  # on a quick machine it may be done by then
        assert run(empty, job).state is JobState.DONE
    assert empty.count_documents() == 40
