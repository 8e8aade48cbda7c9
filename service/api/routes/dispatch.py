"""Dispatches (调度) over HTTP: sheets out, sheets back, who is missing, the bulletin."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, File, Path, Query, UploadFile
from fastapi.responses import Response

from service.api.dependencies import LibraryDependency, PersonDependency
from service.api.downloads import FILE_ANSWER, download
from service.api.models.dispatch import (
    ChoiceRecord,
    DispatchRecord,
    NewDispatch,
    ReminderRecord,
    ReturnedRecord,
    ReturnRecord,
    StandingRecord,
    StoreBody,
)
from service.dispatch.records import (
    choice_record,
    dispatch_record,
    return_record,
    sheet_from,
    sheet_record,
    standing_record,
)

dispatches = APIRouter(prefix="/dispatches", tags=["调度"])

DispatchId = Annotated[str, Path(description="调度编号，如 s3")]
Format = Annotated[Literal["xlsx", "docx"], Query(description="文件格式")]
MOST_FILES = 1_000


@dispatches.get("/units")
def units(library: LibraryDependency, spread: bool = True, cooperating: bool = True) -> ChoiceRecord:
    """List the units that have open rows, with what a dispatch would ask them for."""
    choice = library.dispatches.choice(spread=spread, cooperating=cooperating)
    return ChoiceRecord.model_validate(choice_record(choice))


@dispatches.get("")
def all_dispatches(library: LibraryDependency) -> list[DispatchRecord]:
    """List the dispatches, the newest first."""
    return [DispatchRecord.model_validate(dispatch_record(item)) for item in library.dispatches.all()]


@dispatches.post("")
def make(library: LibraryDependency, person: PersonDependency, body: NewDispatch) -> DispatchRecord:
    """Ask units for their open rows, all units when none is named."""
    made = library.dispatches.make(
        body.period, body.due, person.name, body.units, spread=body.spread, cooperating=body.cooperating
    )
    return DispatchRecord.model_validate(dispatch_record(made))


@dispatches.post("/read")
def read(
    library: LibraryDependency,
    files: Annotated[list[UploadFile], File(max_length=MOST_FILES, description="报回的表")],
    dispatch: Annotated[str | None, Query(description="回的是哪次调度，不写则按表中的编号认")] = None,
) -> list[ReturnedRecord]:
    """Tell what returned sheets would change; nothing is stored. Archives are unpacked."""
    uploads = [(file.filename or "", file.file.read()) for file in files]
    found = library.dispatches.read(uploads, dispatch)
    return [ReturnedRecord.model_validate(sheet_record(sheet)) for sheet in found]


@dispatches.post("/returns")
def store(library: LibraryDependency, person: PersonDependency, body: StoreBody) -> list[ReturnRecord]:
    """Store the accepted rows of a sheet that `/read` told of, one edit for each unit."""
    sheet = sheet_from(body.sheet.model_dump())
    done = library.dispatches.store(sheet, person.name, body.on)
    return [ReturnRecord.model_validate(return_record(item)) for item in done]


@dispatches.post("/returns/{number}/undo")
def undo(
    library: LibraryDependency,
    person: PersonDependency,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, description="回表编号")],
) -> ReturnRecord:
    """Take back what was stored of a returned sheet, so that it is missing again."""
    library.dispatches.undo(number, person.name)
    return ReturnRecord.model_validate(return_record(library.store.dispatches.returned(number)))


@dispatches.get("/{dispatch}")
def standing(library: LibraryDependency, dispatch: DispatchId) -> StandingRecord:
    """Tell how a dispatch stands: who returned, how far the rows are, what is overdue."""
    return StandingRecord.model_validate(standing_record(library.dispatches.standing(dispatch)))


@dispatches.delete("/{dispatch}")
def withdraw(library: LibraryDependency, person: PersonDependency, dispatch: DispatchId) -> DispatchRecord:
    """Take back a dispatch of which nothing is stored."""
    library.dispatches.withdraw(dispatch, person.name)
    return DispatchRecord.model_validate(dispatch_record(library.dispatches.get(dispatch)))


@dispatches.get("/{dispatch}/sheets", response_class=Response, responses=FILE_ANSWER)
def sheets(library: LibraryDependency, dispatch: DispatchId) -> Response:
    """Return the sheets of all units, each as xlsx and docx, in a zip archive."""
    return download(*library.dispatches.archive_file(dispatch))


@dispatches.get("/{dispatch}/sheets/{number}", response_class=Response, responses=FILE_ANSWER)
def sheet(
    library: LibraryDependency,
    dispatch: DispatchId,
    number: Annotated[int, Path(ge=1, le=1_000_000, description="第几张表")],
    format: Format = "xlsx",
) -> Response:
    """Return the sheet of one unit."""
    return download(*library.dispatches.sheet_file(dispatch, number, f".{format}"))


@dispatches.get("/{dispatch}/reminders")
def reminders(library: LibraryDependency, dispatch: DispatchId) -> list[ReminderRecord]:
    """Return what to tell each unit whose sheet is missing."""
    found = library.dispatches.reminders(dispatch)
    return [ReminderRecord(sheet=item.sheet, unit=item.unit, text=item.text) for item in found]


@dispatches.get("/{dispatch}/notice", response_class=Response, responses=FILE_ANSWER)
def notice(library: LibraryDependency, dispatch: DispatchId) -> Response:
    """Return one reminder to all units whose sheet is missing, as docx."""
    return download(*library.dispatches.notice_file(dispatch))


@dispatches.get("/{dispatch}/monthly", response_class=Response, responses=FILE_ANSWER)
def monthly(library: LibraryDependency, dispatch: DispatchId, format: Format = "xlsx") -> Response:
    """Return all rows of a dispatch with what the units reported, on one sheet."""
    return download(*library.dispatches.monthly_file(dispatch, f".{format}"))


@dispatches.get("/{dispatch}/bulletin", response_class=Response, responses=FILE_ANSWER)
def bulletin(library: LibraryDependency, dispatch: DispatchId, format: Format = "docx") -> Response:
    """Return the bulletin: ranking, overdue rows, units that did not return."""
    return download(*library.dispatches.bulletin_file(dispatch, f".{format}"))
