"""Drafts over HTTP: making, changing, versions, checking, files; and outlines."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query, Response, UploadFile

from corpus.errors import BusyError
from corpus.records import plain
from service.api.dependencies import LibraryDependency, PersonDependency
from service.api.downloads import DOCX, download
from service.api.models.drafts import (
    ChangeBody,
    CheckRecord,
    DraftBody,
    DraftComparisonRecord,
    DraftRecord,
    DraftVersionRecord,
    ExampleRecord,
    FindingRecord,
    KeepBody,
    LearntRecord,
    OpenDraftRecord,
    OutlineBody,
    OutlineRecord,
    OutlinesRecord,
    PartBody,
    ProposedRecord,
    SectionBody,
    WordBody,
)
from service.official.document import SourcesAs

if TYPE_CHECKING:
    from service.drafting.editing import TypedSection

drafts = APIRouter(tags=["起草"])

DraftId = Annotated[str, Path(description="文稿编号，如 w3")]
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]
AnyVersion = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="缺省为现在的文稿")]


@drafts.get("/drafts")
def list_drafts(library: LibraryDependency, removed: bool = False) -> list[DraftRecord]:
    """List the drafts, the one changed last first."""
    return [DraftRecord.model_validate(asdict(row)) for row in library.drafts.all(removed)]


@drafts.post("/drafts")
def make_draft(library: LibraryDependency, person: PersonDependency, body: DraftBody) -> OpenDraftRecord:
    """Make a draft from the ledger and keep it as its first version."""
    from service.drafting.making import DraftRequest
    from service.drafting.outline import Outline
    from service.drafting.shelf import parts_from

    wanted = body.model_dump(
        include={"genre", "topic", "first", "last", "today", "issuer", "recipients", "place"}
    )
    request = DraftRequest(plans=tuple(body.plans), **wanted)
    outline = library.drafts.outline(body.outline, body.genre)
    if body.parts is not None:
        outline = Outline(body.genre, parts_from([part.model_dump() for part in body.parts]))
    return _opened(library, library.drafts.make(request, person.name, outline).row.id)


@drafts.get("/drafts/{draft}")
def read_draft(library: LibraryDependency, draft: DraftId, version: AnyVersion = None) -> OpenDraftRecord:
    """Return a draft with its text, each sentence with its sources."""
    return _opened(library, draft, version)


@drafts.put("/drafts/{draft}")
def change_draft(
    library: LibraryDependency, person: PersonDependency, draft: DraftId, body: ChangeBody
) -> OpenDraftRecord:
    """Put a typed text in the place of the draft's; sentences that stayed keep their sources."""
    sections = None if body.sections is None else [_typed(section) for section in body.sections]
    given = body.model_dump(include={"title", "recipients", "issuer", "remark"}, exclude_none=True)
    library.drafts.change(draft, body.revision, person.name, sections, given, body.day)
    return _opened(library, draft)


@drafts.delete("/drafts/{draft}", status_code=204)
def remove_draft(library: LibraryDependency, person: PersonDependency, draft: DraftId) -> None:
    """Take a draft out of the list; its versions stay."""
    library.drafts.remove(draft, person.name)


@drafts.post("/drafts/{draft}/restore", status_code=204)
def restore_draft(library: LibraryDependency, person: PersonDependency, draft: DraftId) -> None:
    """Bring a removed draft back."""
    library.drafts.restore(draft, person.name)


@drafts.get("/drafts/{draft}/versions")
def draft_versions(library: LibraryDependency, draft: DraftId) -> list[DraftVersionRecord]:
    """List the kept versions, the newest first."""
    return [DraftVersionRecord.model_validate(asdict(row)) for row in library.drafts.versions(draft)]


@drafts.post("/drafts/{draft}/versions")
def keep_version(
    library: LibraryDependency, person: PersonDependency, draft: DraftId, body: KeepBody
) -> DraftVersionRecord:
    """Keep the text as it stands as a version."""
    kept = library.drafts.keep(draft, person.name, body.note)
    row = next(row for row in library.drafts.versions(draft) if row.version == kept)
    return DraftVersionRecord.model_validate(asdict(row))


@drafts.post("/drafts/{draft}/versions/{version}/restore")
def restore_version(
    library: LibraryDependency, person: PersonDependency, draft: DraftId, version: Version
) -> OpenDraftRecord:
    """Make a version the draft's text again; the text before is kept as a version."""
    library.drafts.bring_back(draft, version, person.name)
    return _opened(library, draft)


@drafts.get("/drafts/{draft}/changes")
def draft_changes(
    library: LibraryDependency,
    draft: DraftId,
    before: Annotated[int, Query(ge=1, le=2**31 - 1)],
    after: AnyVersion = None,
) -> DraftComparisonRecord:
    """Compare two versions sentence by sentence; `after` is the present text when left out."""
    return DraftComparisonRecord.model_validate(library.drafts.compare(draft, before, after).record())


@drafts.get("/drafts/{draft}/check")
def check_draft(library: LibraryDependency, draft: DraftId) -> list[FindingRecord]:
    """Return facts without a source, faults of form, gaps and examples that were not adapted."""
    from service.drafting.review import review

    found = review(library, library.drafts.open(draft).draft)
    return [FindingRecord.model_validate(finding.record()) for finding in found]


@drafts.get("/drafts/{draft}/examples")
def draft_examples(
    library: LibraryDependency, draft: DraftId, section: Annotated[int, Query(ge=0, le=1000)]
) -> list[ExampleRecord]:
    """Return measures of other places for a section, best first."""
    return [ExampleRecord.model_validate(item.record()) for item in library.drafts.examples(draft, section)]


@drafts.post("/drafts/{draft}/word")
def word_draft(library: LibraryDependency, draft: DraftId, body: WordBody) -> list[ProposedRecord]:
    """Ask the office's language model for a wording; what no material supports comes back marked."""
    from service.ask.model import ModelError
    from service.drafting.polishing import propose

    opened = library.drafts.open(draft).draft
    found = library.drafts.examples(draft, body.section) if body.wish == "write" else ()
    try:
        proposed = propose(library, opened, body.section, body.paragraph, body.wish, found)
    except ModelError as error:
        raise BusyError(str(error)) from error
    return [ProposedRecord.model_validate(item.record()) for item in proposed]


@drafts.get("/drafts/{draft}/file", response_class=Response)
def draft_file(
    library: LibraryDependency,
    draft: DraftId,
    sources: Annotated[SourcesAs, Query(description="材料来源：文末附表、脚注或不附")] = SourcesAs.TABLE,
    fonts: Annotated[str, Query(max_length=40, description="gb2312、windows 或 kylin")] = "gb2312",
    version: AnyVersion = None,
) -> Response:
    """Return the draft as a docx in the official layout."""
    from service.drafting.export import official_document
    from service.official.paper import fonts_named
    from service.official.writer import document_bytes

    look = fonts_named(fonts)
    made = library.drafts.open(draft, version).draft
    data = document_bytes(official_document(made, sources=sources), look)
    return download(f"{made.title}.docx", data, DOCX)


@drafts.post("/check")
def check_upload(
    library: LibraryDependency,
    file: UploadFile,
    plan: Annotated[list[str], Query(max_length=20, description="取材的方案；缺省看文件自己的属性")] = [],  # noqa: B006
) -> CheckRecord:
    """Return faults of form of a file, and facts that its sources do not state; nothing is stored."""
    from service.drafting.file_check import check_file

    found = check_file(file.filename or "", file.file.read(), library, plan)
    return CheckRecord.model_validate(found.record())


@drafts.get("/outlines")
def outlines(
    library: LibraryDependency,
    genre: Annotated[str, Query(max_length=40)],
    level: Annotated[str, Query(max_length=10, description="从哪一级的文件中学：国家、省、市、县")] = "",
) -> OutlinesRecord:
    """Return the genre's outline, those learnt from the library, and those that users saved."""
    from service.drafting.contents.registry import CHOICES
    from service.drafting.outline import genres

    own = library.drafts.outline("", genre)
    return OutlinesRecord(
        genres=list(genres()),
        contents=CHOICES,
        own=[PartBody.model_validate(part.record()) for part in own.parts],
        learnt=[LearntRecord.model_validate(item.record()) for item in library.drafts.learnt(genre, level)],
        saved=[OutlineRecord.model_validate(plain(row)) for row in library.drafts.outlines(genre)],
    )


@drafts.post("/outlines")
def save_outline(library: LibraryDependency, person: PersonDependency, body: OutlineBody) -> OutlineRecord:
    """Keep an outline."""
    return _saved(library, person, body, None)


@drafts.put("/outlines/{outline}")
def change_outline(
    library: LibraryDependency, person: PersonDependency, outline: str, body: OutlineBody
) -> OutlineRecord:
    """Change a kept outline."""
    return _saved(library, person, body, outline)


@drafts.delete("/outlines/{outline}", status_code=204)
def remove_outline(library: LibraryDependency, person: PersonDependency, outline: str) -> None:
    """Forget a kept outline."""
    library.drafts.remove_outline(outline, person.name)


def _saved(
    library: LibraryDependency, person: PersonDependency, body: OutlineBody, outline: str | None
) -> OutlineRecord:
    from service.drafting.shelf import parts_from

    parts = parts_from([part.model_dump() for part in body.parts])
    row = library.drafts.save_outline(body.name, body.genre, parts, person.name, outline)
    return OutlineRecord.model_validate(plain(row))


def _opened(library: LibraryDependency, draft: str, version: int | None = None) -> OpenDraftRecord:
    opened = library.drafts.open(draft, version)
    return OpenDraftRecord.model_validate({**opened.draft.record(), **asdict(opened.row)})


def _typed(section: SectionBody) -> TypedSection:
    from service.drafting.draft import Kind, Source
    from service.drafting.editing import TypedParagraph, TypedSection

    paragraphs = (
        TypedParagraph(
            item.text,
            Kind(item.kind),
            tuple(Source.from_record(source.model_dump()) for source in item.sources),
        )
        for item in section.paragraphs
    )
    return TypedSection(section.heading.strip(), tuple(paragraphs), tuple(section.contents))
