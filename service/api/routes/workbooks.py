"""The ledger as files over HTTP: exported, read back from a workbook, as gold, and what of it is due."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Response, UploadFile

from corpus.errors import UserError
from corpus.store.filters import TaskQuery
from service.api.dependencies import LibraryDependency, PersonDependency
from service.api.downloads import FILE_ANSWER, download
from service.api.models.office import EditRecord
from service.api.models.record import Record
from service.api.routes.rows import edit_record
from service.api.task_query import TaskQueryDependency
from service.ledgerbook.exporting import library_book
from service.ledgerbook.files import book_bytes
from service.ledgerbook.gold import golds_of
from service.ledgerbook.returning import Wanted
from service.reminders.due import due_of

ledgers = APIRouter(tags=["台账文件"])

MOST_ROWS = 100_000
CHANGED = "表格与刚才显示的差异不一致（文库或文件有变化），没有存入，请重新查看差异。"
DocumentParameter = Annotated[str | None, Form(description="台账所属的文件，编号和文字都认不出时才需要")]


class CellRecord(Record):
    """One cell that says something else than the library."""

    key: str
    head: str
    before: str
    after: str
    conflict: bool
    problem: str | None


class ChangedRowRecord(Record):
    """One row that differs."""

    name: str
    fate: Literal["changed", "added", "dropped"]
    text: str
    line: int | None
    match: Literal["id", "text"] | None
    document: str | None
    conflict: bool
    cells: list[CellRecord]


class DifferencesRecord(Record):
    """What a workbook says that the library does not."""

    sheet: str
    mark: str
    counts: dict[str, int]
    rows: list[ChangedRowRecord]
    problems: list[str]


class SummaryRecord(Record):
    """How the ledger stands."""

    title: str
    today: str
    counts: dict[str, int]
    overdue: list[dict[str, Any]]
    soon: list[dict[str, Any]]
    units: list[dict[str, Any]]


class SentRecord(Record):
    """What was sent."""

    rows: int


@ledgers.get("/ledger/export", response_class=Response, responses=FILE_ANSWER)
def export(
    library: LibraryDependency,
    query: TaskQueryDependency,
    format: Annotated[Literal["xlsx", "docx", "csv", "json"], Query(description="文件格式")] = "xlsx",
    public: Annotated[bool, Query(description="公开版：不含责任人、电话、内部备注、进展和编号")] = False,
    title: Annotated[str, Query(max_length=200, description="表格上方的标题")] = "任务台账",
) -> Response:
    """Return all rows that the parameters ask for as a file; `offset` and `limit` do not count here."""
    book = library_book(library, _all(query), title, public=public)
    return download(f"{title}.{format}", book_bytes(book, f".{format}"))


@ledgers.post("/ledger/differences")
def differences(
    library: LibraryDependency, file: UploadFile, document: DocumentParameter = None
) -> DifferencesRecord:
    """Read a workbook back and tell what differs; nothing is stored."""
    found = library.workbooks.compare(file.filename or "", file.file.read(), document or None)
    return DifferencesRecord.model_validate(found.public())


@ledgers.post("/ledger/store")
def store(
    library: LibraryDependency,
    person: PersonDependency,
    file: UploadFile,
    mark: Annotated[str, Form(max_length=20, description="差异的 mark：所存须是所见")],
    rows: Annotated[list[str] | None, Form(max_length=20_000, description="只存这些行；不写则全存")] = None,
    overwrite: Annotated[bool, Form(description="文库里也改过的格子以表格为准")] = False,
    drop: Annotated[bool, Form(description="表格里删掉的行在文库里也删除")] = False,
    document: DocumentParameter = None,
) -> EditRecord:
    """Store what was changed in a workbook as one edit, if it is what `differences` told."""
    name = file.filename or ""
    found = library.workbooks.compare(name, file.file.read(), document or None)
    if found.mark != mark:
        raise UserError(CHANGED)
    return edit_record(library.workbooks.store(found, person.name, Wanted(rows, overwrite, drop), name))


@ledgers.get("/ledger/gold", response_class=Response, responses=FILE_ANSWER)
def gold(
    library: LibraryDependency,
    document: Annotated[list[str], Query(min_length=1, max_length=500, description="文件编号")],
) -> Response:
    """Return corrected ledgers as gold for the evaluation: a zip of docs/, gold/, files/ and files.tsv."""
    target = io.BytesIO()
    lines = ["file\tdoc"]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for found in golds_of(library.store, document):
            archive.writestr(f"docs/{found.name}.txt", found.text)
            archive.writestr(
                f"gold/{found.name}.json", json.dumps(found.record, ensure_ascii=False, indent=1)
            )
            archive.writestr(f"files/{found.file}", found.original)
            lines.append(f"{found.file}\t{found.name}")
        archive.writestr("files.tsv", "\n".join([*lines, ""]))
    return download("标注.zip", target.getvalue())


@ledgers.get("/ledger/summary")
def summary(library: LibraryDependency, query: TaskQueryDependency) -> SummaryRecord:
    """Tell how the ledger stands: counts, what is overdue and due soon, units by what is overdue."""
    from service.reminders.summary import library_summary  # brings python-docx

    return SummaryRecord.model_validate(library_summary(library, _all(query)).record())


@ledgers.get("/ledger/summary/docx", response_class=Response, responses=FILE_ANSWER)
def summary_page(library: LibraryDependency, query: TaskQueryDependency) -> Response:
    """Return the same as one page of Word for the leadership."""
    from service.reminders.summary import library_summary, summary_bytes

    return download("督办情况.docx", summary_bytes(library_summary(library, _all(query))))


@ledgers.get("/ledger/calendar", response_class=Response, responses=FILE_ANSWER)
def calendar(
    library: LibraryDependency,
    query: TaskQueryDependency,
    days: Annotated[int | None, Query(ge=0, le=3660, description="今后多少天内到期的")] = None,
) -> Response:
    """Return overdue rows and those due soon as a calendar (RFC 5545)."""
    from service.reminders.calendar import calendar_bytes  # brings the library for calendars

    due = due_of(library, _all(query), days)
    return download("任务到期.ics", calendar_bytes(due), "text/calendar; charset=utf-8")


@ledgers.post("/ledger/mail")
def mail(library: LibraryDependency, person: PersonDependency) -> SentRecord:
    """Send overdue rows and those due soon to the recipients of the settings."""
    from service.reminders.mail import send_due

    return SentRecord(rows=send_due(library, person.name))


def _all(query: TaskQuery) -> TaskQuery:
    return replace(query, offset=0, limit=MOST_ROWS)
