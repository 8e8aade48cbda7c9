"""The addresses of the interface. The work is done by the library; a handler only translates."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, UploadFile
from fastapi.routing import APIRoute
from pydantic import BeforeValidator, Field

from corpus.records import extract_line, plain
from corpus.store.filters import Filters
from corpus.store.rows import TaskStatus, ledger_record
from service.api.models import (
    AddedRecord,
    AnswerRecord,
    DocumentPage,
    DocumentRecord,
    ExtractLine,
    Health,
    LedgerPage,
    SearchAnswer,
)
from service.api.problems import RESPONSES
from service.extraction import Reading, error_of
from service.library import Library
from service.queries import task_query
from service.results import search_record

# Plain functions run in threads, so that waiting for a worker process or the disk never holds up the others.
router = APIRouter()
api = APIRouter(prefix="/api", responses=RESPONSES)


Day = Annotated[date, BeforeValidator(date.fromisoformat)]
"""2026-06-30; left to itself pydantic would also take seconds since 1970."""
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def library_of(request: Request) -> Library:
    """Return the library that the application serves."""
    library: Library = request.app.state.library
    return library


def filters_of(
    region: Annotated[str | None, Query(description="地区，连同其下级地区")] = None,
    year: Annotated[
        str | None, Query(pattern=r"^(\d{4}(-\d{4})?)?$", description="成文年份：2023 或 2021-2023")
    ] = None,
    doc_type: Annotated[str | None, Query(alias="type", description="类别")] = None,
    unit: Annotated[str | None, Query(description="单位名称或其一部分")] = None,
    due_before: Annotated[Day | None, Query(description="时限不晚于这一天")] = None,
) -> Filters:
    """Return the filters that the parameters name."""
    years = sorted(int(part) for part in year.split("-")) if year else [None]
    return Filters(region or None, years[0], years[-1], doc_type or None, unit or None, due_before)


LibraryDependency = Annotated[Library, Depends(library_of)]
FiltersDependency = Annotated[Filters, Depends(filters_of)]
Question = Annotated[str, Query(min_length=1, max_length=5_000)]
QuestionsBefore = Annotated[tuple[Annotated[str, Field(max_length=5_000)], ...], Query(max_length=10)]
"""As long as an address line can be: the server takes 64 KB of it, twelve bytes for a rare character."""


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
    per_document: Annotated[int, Query(ge=1)] = 3,
) -> SearchAnswer:
    """Find passages."""
    result = library.search(q, filters, k, collapse=collapse, per_document=per_document)
    return SearchAnswer.model_validate(search_record(q, filters, result))


@api.get("/ask")
def ask(library: LibraryDependency, q: Question, before: QuestionsBefore = ()) -> AnswerRecord:
    """Answer a question from records and passages, with citations.

    `before`, given once for each, are the questions asked before it: the answer keeps their subject.
    """
    return AnswerRecord.model_validate(library.ask(q, before).record())


@api.post("/extract")
def extract(library: LibraryDependency, file: UploadFile) -> ExtractLine:
    """Read a file and return its tasks; nothing is stored."""
    outcome = library.extract_upload(file.filename or "", file.file.read())
    if not isinstance(outcome, Reading):
        raise error_of(outcome)
    return ExtractLine.model_validate(extract_line(outcome.document, outcome.extraction))


@api.post("/documents")
def add_document(library: LibraryDependency, file: UploadFile) -> AddedRecord:
    """Add a file; it can be found once this answers."""
    added, problems = library.add_upload(file.filename or "", file.file.read())
    document = DocumentRecord.model_validate(plain(library.document_row(added.document_id)))
    return AddedRecord.model_validate(
        {"document": document, "result": added.result.value, "problems": plain(problems)}
    )


@api.get("/documents")
def documents(
    library: LibraryDependency,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> DocumentPage:
    """List the documents in the order in which they came."""
    rows = [plain(row) for row in library.documents(offset=offset, limit=limit)]
    return DocumentPage.model_validate({"items": rows, "total": library.count_documents()})


@api.get("/tasks")
def tasks(
    library: LibraryDependency,
    unit: str | None = None,
    status: TaskStatus | None = None,
    due_before: Day | None = None,
    document: str | None = None,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> LedgerPage:
    """List rows of the ledger."""
    page = library.tasks(task_query(unit, status, due_before, document, offset, limit))
    rows = [ledger_record(row) for row in page.items]
    return LedgerPage.model_validate({"items": rows, "total": page.total})


@api.api_route("/{address:path}", methods=METHODS, include_in_schema=False)
def unknown(request: Request) -> None:
    """Answer every other address here, before the pages take it for one of theirs."""
    here = [route for route in api.routes if isinstance(route, APIRoute) and route.path == request.url.path]
    if here:
        allowed = sorted(method for route in here for method in route.methods or ())
        raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
    raise HTTPException(404)


router.include_router(api)
