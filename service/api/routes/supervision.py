"""督办 over HTTP: every step of a row's life. Each is one edit, taken back by `/api/edits/{edit}/undo`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response, UploadFile

from service.api.dependencies import LibraryDependency, PersonDependency, TaskId
from service.api.downloads import FILE_ANSWER, download
from service.api.models.office import EditRecord
from service.api.models.steps import (
    ApplyBody,
    EnterBody,
    ExtendBody,
    HandOverBody,
    MarkBody,
    OwnBody,
    PasteBody,
    ReasonBody,
    RecheckBody,
    ReportsBody,
    ReviewBody,
    StatusBody,
)
from service.api.routes.rows import edit_record
from service.supervision.attachments import LARGEST
from service.supervision.report import Report

supervision = APIRouter(tags=["督办"])
AttachmentId = Annotated[str, Path(description="附件编号，如 a3")]


@supervision.post("/steps/report")
def report(library: LibraryDependency, person: PersonDependency, body: ReportsBody) -> EditRecord:
    """填报进展: store what units report, each row with its own report."""
    today = library.store.today()
    reports = {task: Report.of(values.model_dump()).checked(today) for task, values in body.reports.items()}
    return edit_record(library.steps.report_each(reports, person.name, body.note))


@supervision.post("/steps/extend")
def extend(library: LibraryDependency, person: PersonDependency, body: ExtendBody) -> EditRecord:
    """延期: give rows a later date; the old one stays visible."""
    return edit_record(library.steps.extend(body.tasks, body.to, body.reason, body.approver, person.name))


@supervision.post("/steps/hand-over")
def hand_over(library: LibraryDependency, person: PersonDependency, body: HandOverBody) -> EditRecord:
    """移交: give rows to other units."""
    return edit_record(library.steps.hand_over(body.tasks, body.to, body.reason, person.name, body.before))


@supervision.post("/steps/end")
def end(library: LibraryDependency, person: PersonDependency, body: ReasonBody) -> EditRecord:
    """终止: end rows that are not to be done any more."""
    return edit_record(library.steps.end(body.tasks, body.reason, person.name))


@supervision.post("/steps/reopen")
def reopen(library: LibraryDependency, person: PersonDependency, body: ReasonBody) -> EditRecord:
    """恢复办理: take up rows that were done, closed or ended."""
    return edit_record(library.steps.reopen(body.tasks, body.reason, person.name))


@supervision.post("/steps/apply-closing")
def apply_closing(library: LibraryDependency, person: PersonDependency, body: ApplyBody) -> EditRecord:
    """申请销号: tell by what it is proved that rows are done."""
    step = library.steps.apply_closing(body.tasks, body.evidence, person.name, body.on, body.applicant)
    return edit_record(step)


@supervision.post("/steps/review-closing")
def review_closing(library: LibraryDependency, person: PersonDependency, body: ReviewBody) -> EditRecord:
    """审核销号: close rows or send them back; never by the applicant, nor by who entered the application."""
    reviewer = None if person.has_account else body.reviewer
    step = library.steps.review_closing(
        body.tasks, body.accepted, person.name, body.on, body.reason, reviewer
    )
    return edit_record(step)


@supervision.post("/steps/recheck")
def recheck(library: LibraryDependency, person: PersonDependency, body: RecheckBody) -> EditRecord:
    """回头看: tell what a second look at closed rows found; a relapse opens them again."""
    return edit_record(library.steps.recheck(body.tasks, body.good, body.finding, person.name, body.on))


@supervision.get("/steps/recheck/draw")
def draw(
    library: LibraryDependency,
    count: Annotated[int, Query(ge=1, le=1000, description="抽几项")],
    seed: Annotated[int, Query(ge=0, le=2**31 - 1, description="同一个数抽出同样的任务")],
) -> list[str]:
    """Draw closed rows for 回头看."""
    return list(library.steps.choose_recheck(count, seed))


@supervision.post("/steps/mark")
def mark(library: LibraryDependency, person: PersonDependency, body: MarkBody) -> EditRecord:
    """标记: mark rows 紧急 or 重点."""
    return edit_record(library.steps.mark(body.tasks, body.marks, person.name))


@supervision.post("/steps/enter")
def enter(library: LibraryDependency, person: PersonDependency, body: EnterBody) -> EditRecord:
    """登记来源: tell where rows come from and who works on them."""
    entry = body.entry.model_dump(exclude_unset=True)
    return edit_record(library.steps.enter(body.tasks, entry, person.name))


@supervision.post("/tasks/paste")
def paste(library: LibraryDependency, person: PersonDependency, body: PasteBody) -> EditRecord:
    """粘贴: add the rows of a copied table, all of them or none."""
    entry = body.entry.model_dump(exclude_unset=True)
    return edit_record(library.paste(body.clip, person.name, entry))


@supervision.post("/steps/own")
def own(library: LibraryDependency, person: PersonDependency, body: OwnBody) -> EditRecord:
    """自定义栏目: fill columns that the office added."""
    return edit_record(library.steps.own(body.tasks, body.values, person.name))


@supervision.post("/steps/status")
def status(library: LibraryDependency, person: PersonDependency, body: StatusBody) -> EditRecord:
    """改状态: 未启动, 进行中 or 已完成; everything else is a step of its own."""
    return edit_record(library.steps.set_status(body.tasks, body.status, person.name, body.on))


@supervision.post("/tasks/{task}/attachments")
def attach(
    library: LibraryDependency, person: PersonDependency, task: TaskId, file: UploadFile
) -> EditRecord:
    """Attach a file to a row."""
    data = file.file.read(LARGEST + 1)
    return edit_record(library.attachments.add(task, file.filename or "", data, person.name))


@supervision.get(
    "/tasks/{task}/attachments/{attachment}",
    response_class=Response,
    responses=FILE_ANSWER,
)
def attachment(library: LibraryDependency, task: TaskId, attachment: AttachmentId) -> Response:
    """Return a file of a row, to be saved and never shown as a page of this server."""
    found = library.attachments.read(task, attachment)
    return download(found.name, found.data)


@supervision.delete("/tasks/{task}/attachments/{attachment}")
def detach(
    library: LibraryDependency, person: PersonDependency, task: TaskId, attachment: AttachmentId
) -> EditRecord:
    """Take a file off a row; undoing this brings it back."""
    return edit_record(library.attachments.remove(task, attachment, person.name))
