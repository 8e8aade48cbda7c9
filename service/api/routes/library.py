"""The addresses of the interface. The work is done by the library; a handler only translates."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response, UploadFile
from pydantic import Field
from starlette.routing import compile_path

from corpus.errors import UserError
from corpus.records import plain
from corpus.store.filters import Filters
from service.api.dependencies import Day, LibraryDependency, Limit, Offset, PersonDependency
from service.api.models.library import (
    AddedRecord,
    AnswerRecord,
    DocumentPage,
    DocumentRecord,
    ExtractLine,
    Health,
    LedgerPage,
    SearchAnswer,
)
from service.api.models.office import QueuedRecord
from service.api.problems import RESPONSES
from service.api.routes.dispatch import dispatches
from service.api.routes.documents import documents as document_routes
from service.api.routes.drafts import drafts
from service.api.routes.jobs import job_record, jobs
from service.api.routes.office import office
from service.api.routes.reconcile import reconciling
from service.api.routes.rows import rows
from service.api.routes.supervision import supervision
from service.api.routes.templates import templates
from service.api.routes.units import units
from service.api.routes.views import views
from service.api.routes.words import words
from service.api.routes.workbooks import ledgers
from service.api.task_query import TaskQueryDependency
from service.results import answer_record, search_record

# Plain functions run in threads, so that waiting for a worker process or the disk never holds up the others.
router = APIRouter()
api = APIRouter(responses=RESPONSES)
"""All addresses that begin with PREFIX."""
PREFIX = "/api"


YEARS = r"^([1-9][0-9]{3}(-[1-9][0-9]{3})?)?$"
JSON = "application/json"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def filters_of(
    region: Annotated[str | None, Query(description="地区，连同其下级地区")] = None,
    year: Annotated[str | None, Query(pattern=YEARS, description="成文年份：2023 或 2021-2023")] = None,
    doc_type: Annotated[str | None, Query(alias="type", description="类别")] = None,
    unit: Annotated[str | None, Query(description="单位名称或其一部分")] = None,
    due_before: Annotated[Day | None, Query(description="时限不晚于这一天")] = None,
    issuer: Annotated[str | None, Query(description="发文单位")] = None,
    date_from: Annotated[Day | None, Query(description="成文日期不早于这一天")] = None,
    date_to: Annotated[Day | None, Query(description="成文日期不晚于这一天")] = None,
    has_tasks: Annotated[bool, Query(description="只要含有任务的段落")] = False,
) -> Filters:
    """Return the filters that the parameters name."""
    years = sorted(int(part) for part in year.split("-")) if year else [None]
    return Filters(
        region=region or None,
        year_from=years[0],
        year_to=years[-1],
        doc_type=doc_type or None,
        unit=unit or None,
        due_before=due_before,
        issuer=issuer or None,
        date_from=date_from,
        date_to=date_to,
        has_tasks=has_tasks,
    )


FiltersDependency = Annotated[Filters, Depends(filters_of)]
Question = Annotated[str, Query(min_length=1, max_length=5_000)]
QuestionsBefore = Annotated[tuple[Annotated[str, Field(max_length=5_000)], ...], Query(max_length=10)]
"""As long as an address line can be: the server takes 64 KB of it, twelve bytes for a rare character."""


PlainWords = Annotated[
    tuple[Annotated[str, Field(max_length=100)], ...],
    Query(max_length=20, description="问句中只当词语找、不当地区、年份、类别、单位理解、也不查代替词的词"),
]


@router.get("/healthz")
async def healthz() -> Health:
    """Tell that the server is ready."""
    return Health()


@api.get("/search")
def search(
    library: LibraryDependency,
    filters: FiltersDependency,
    q: Question,
    k: Annotated[int, Query(ge=1, le=1000)] = 10,
    collapse: bool = True,
    per_document: Annotated[int, Query(ge=1, le=1000)] = 3,
    plain: PlainWords = (),
) -> SearchAnswer:
    """Find passages.

    `understood` tells which documents come first because the words ask for them, `also` what was looked for
    besides; `plain` takes either back.
    """
    result = library.search(q, filters, k, collapse=collapse, per_document=per_document, plain_words=plain)
    return SearchAnswer.model_validate(search_record(q, filters, result))


@api.get("/ask")
def ask(
    library: LibraryDependency, q: Question, before: QuestionsBefore = (), worded: bool = False
) -> AnswerRecord:
    """Answer a question from records and passages, with citations.

    `before`, given once for each, are the questions asked before it: the answer keeps their subject. With
    `worded` the configured language model says the answer in sentences, which takes as long as it takes.
    """
    return AnswerRecord.model_validate(answer_record(library, q, before, worded))


@api.get("/similar")
def similar(
    library: LibraryDependency,
    filters: FiltersDependency,
    text: Annotated[str | None, Query(min_length=1, max_length=5_000, description="一段措施的文字")] = None,
    task: Annotated[str | None, Query(description="任务编号；与 text 只用其一")] = None,
    k: Annotated[int, Query(ge=1, le=1000)] = 10,
) -> SearchAnswer:
    """Find measures like a text, or like a task of the ledger, in other documents."""
    if (text is None) == (task is None):
        raise UserError("请用 task 给出任务编号，或用 text 给出文字，两者只用其一。")
    result = library.similar(text=text, task=task, filters=filters, k=k)
    return SearchAnswer.model_validate(search_record(text or task or "", filters, result))


@api.post("/extract", response_model=ExtractLine)
def extract(library: LibraryDependency, file: UploadFile) -> Response:
    """Read a file and return its tasks; nothing is stored."""
    return Response(library.bodies.extract(file.filename or "", file.file.read()), media_type=JSON)


@api.post("/documents", responses={202: {"model": QueuedRecord, "description": "压缩包，在后台逐个添加"}})
def add_document(
    library: LibraryDependency, person: PersonDependency, file: UploadFile, response: Response
) -> AddedRecord | QueuedRecord:
    """Add a file; it can be found once this answers. A zip archive is queued as a job, told with 202."""
    name, data = file.filename or "", file.file.read()
    job = library.add_uploads(name, data, person.name)
    if job is not None:
        response.status_code = 202
        return QueuedRecord(job=job_record(job))
    added, problems = library.add_upload(name, data, person.name)
    document = DocumentRecord.model_validate(plain(library.document_row(added.document_id)))
    return AddedRecord.model_validate(
        {"document": document, "result": added.result.value, "problems": plain(problems)}
    )


@api.get("/documents")
def documents(
    library: LibraryDependency, removed: bool = False, offset: Offset = 0, limit: Limit = 100
) -> DocumentPage:
    """List the documents, or those that were removed, in the order in which they came."""
    rows = [plain(row) for row in library.documents(removed=removed, offset=offset, limit=limit)]
    return DocumentPage.model_validate({"items": rows, "total": library.count_documents(removed)})


@api.get("/tasks", response_model=LedgerPage)
def tasks(library: LibraryDependency, query: TaskQueryDependency) -> Response:
    """List rows of the ledger."""
    return Response(library.bodies.tasks(query), media_type=JSON)


for part in (
    rows,
    supervision,
    views,
    ledgers,
    dispatches,
    reconciling,
    document_routes,
    jobs,
    office,
    drafts,
    templates,
    units,
    words,
):
    api.include_router(part)


@api.api_route("/{address:path}", methods=METHODS, include_in_schema=False)
def unknown(request: Request) -> None:
    """Answer every other address here, before the pages take it for one of theirs."""
    described: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    here = (path for path in described if compile_path(path)[0].match(request.url.path))
    allowed = sorted({method.upper() for path in here for method in described[path]})
    if allowed:
        raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
    raise HTTPException(404)
