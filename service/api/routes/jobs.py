"""Long jobs over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from corpus.records import plain
from corpus.store.office.jobs import Job
from service.api.dependencies import LibraryDependency, PersonDependency
from service.api.models.office import JobRecord

jobs = APIRouter(tags=["后台任务"])

JobId = Annotated[str, Path(description="后台任务编号，如 j3")]
MOST_DOCUMENTS = 100_000


class JobBody(BaseModel):
    """What is to be done in the background."""

    kind: Literal["reextract", "index"] = Field(description="reextract 重新读取文件，index 更新索引")
    documents: Annotated[list[str] | None, Field(max_length=MOST_DOCUMENTS)] = Field(
        None, description="要重新读取的文件，不写则为全部"
    )


@jobs.post("/jobs", status_code=202)
def queue(library: LibraryDependency, person: PersonDependency, body: JobBody) -> JobRecord:
    """Queue a job."""
    if body.kind == "index":
        return job_record(library.jobs.renew_index(person.name))
    return job_record(library.jobs.reextract(body.documents, person.name))


@jobs.get("/jobs")
def newest(library: LibraryDependency, limit: Annotated[int, Query(ge=1, le=1000)] = 50) -> list[JobRecord]:
    """List jobs, the newest first."""
    return [job_record(job) for job in library.jobs.newest(limit)]


@jobs.get("/jobs/{job}")
def job(library: LibraryDependency, job: JobId) -> JobRecord:
    """Return a job: how far it has come, and what came of it."""
    return job_record(library.jobs.get(job))


@jobs.post("/jobs/{job}/cancel")
def cancel(library: LibraryDependency, person: PersonDependency, job: JobId) -> JobRecord:
    """Ask a job to stop; what it has stored stays."""
    return job_record(library.jobs.cancel(job, person.name))


def job_record(job: Job) -> JobRecord:
    """Return a job as it goes over HTTP, without the place of its upload on this machine."""
    return JobRecord.model_validate({key: value for key, value in plain(job).items() if key != "arguments"})
