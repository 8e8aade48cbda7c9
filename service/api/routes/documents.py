"""Documents over HTTP: with their text and ledger, their versions, what changed, removing and restoring."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from corpus.records import plain
from corpus.spans import Span
from service.api.dependencies import DocumentId, LibraryDependency, PersonDependency
from service.api.downloads import FILE_ANSWER, download
from service.api.models.library import DocumentRecord
from service.api.models.office import ComparisonRecord, ShownRecord, VersionRecord

documents = APIRouter(tags=["文件"])

Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="第几版，不写则为最新一版")]
PNG = "image/png"


@documents.get("/documents/{document}", response_model=ShownRecord)
def document(library: LibraryDependency, document: DocumentId, version: Version = None) -> Response:
    """Return a document with its text, its ledger and the progress that it reports."""
    return Response(library.bodies.show(document, version), media_type="application/json")


@documents.get("/documents/{document}/versions")
def versions(library: LibraryDependency, document: DocumentId) -> list[VersionRecord]:
    """List the versions of a document, the newest first."""
    return [VersionRecord.model_validate(plain(row)) for row in library.versions(document)]


@documents.get("/documents/{document}/original", response_class=Response, responses=FILE_ANSWER)
def original(library: LibraryDependency, document: DocumentId, version: Version = None) -> Response:
    """Return the file as it was added."""
    name = library.document_row(document).source.replace("\\", "/").rsplit("/", 1)[-1]
    return download(name, library.store.original(document, version))


@documents.get(
    "/documents/{document}/place",
    response_class=Response,
    responses={200: {"content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}},
)
def place(
    library: LibraryDependency,
    document: DocumentId,
    start: Annotated[int, Query(ge=0, le=100_000_000, description="从第几个字起（从 0 数）")],
    end: Annotated[int, Query(ge=0, le=100_000_000, description="到第几个字前")],
    version: Version = None,
) -> Response:
    """Return the page of the original on which a stretch of the text begins, its words in boxes, as PNG."""
    picture = library.page_picture(document, Span(start, max(start, end)), version)
    return Response(picture.png, media_type=PNG, headers={"X-Page": str(picture.page)})


@documents.delete("/documents/{document}")
def remove(library: LibraryDependency, person: PersonDependency, document: DocumentId) -> DocumentRecord:
    """Take a document out of lists and search; its versions and rows are kept."""
    library.remove([document], person.name)
    return DocumentRecord.model_validate(plain(library.document_row(document)))


@documents.post("/documents/{document}/restore")
def restore(library: LibraryDependency, person: PersonDependency, document: DocumentId) -> DocumentRecord:
    """Bring a removed document back."""
    library.restore([document], person.name)
    return DocumentRecord.model_validate(plain(library.document_row(document)))


@documents.get("/documents/{document}/changes")
def changes(
    library: LibraryDependency,
    document: DocumentId,
    before: Annotated[int, Query(ge=1, le=1_000_000, description="较早的一版")],
    after: Version = None,
) -> ComparisonRecord:
    """Tell by task what changed between two versions."""
    return ComparisonRecord.model_validate(library.compare(document, before, after).record())


@documents.get("/documents/{document}/changes/{other}")
def changes_between(
    library: LibraryDependency,
    document: DocumentId,
    other: Annotated[str, Path(description="另一个文件，如印发稿")],
) -> ComparisonRecord:
    """Tell by task what changed from this document to another one."""
    return ComparisonRecord.model_validate(library.compare_documents(document, other).record())
