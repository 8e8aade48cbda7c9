"""对账 over HTTP: a report held against a plan, plans against each other, a problem against its likes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from service.api.dependencies import LibraryDependency, Limit, PersonDependency
from service.api.downloads import DOCX, XLSX, download
from service.api.models.office import EditRecord
from service.api.models.reconcile import (
    AcceptBody,
    CaseRecord,
    ConflictPage,
    ProposalRecord,
    ReconciliationRecord,
    UnitLoadRecord,
)
from service.api.routes.rows import edit_record

reconciling = APIRouter(tags=["对账"])

ReportId = Annotated[str, Query(max_length=40, description="汇报的文件编号")]
PlanId = Annotated[str | None, Query(max_length=40, description="方案的文件编号；不写则在文库里找")]
Least = Annotated[float, Query(ge=0, le=1, description="把握不低于多少的匹配")]
MEDIA = {"xlsx": XLSX, "docx": DOCX}


@reconciling.get("/reconcile")
def reconcile(library: LibraryDependency, report: ReportId, plan: PlanId = None) -> ReconciliationRecord:
    """Hold a report against a plan: matches, tasks not mentioned, claims without a task, figures."""
    from service.reconcile.reconciling import reconcile_kept  # brings numpy and the encoder

    return ReconciliationRecord.model_validate(reconcile_kept(library, report, plan or None).record())


@reconciling.get("/reconcile/proposals")
def proposals(
    library: LibraryDependency, report: ReportId, plan: PlanId = None, least: Least = 0.0
) -> list[ProposalRecord]:
    """Tell what accepting the matches would change, before anything is stored."""
    from service.reconcile.accepting import proposals as proposed
    from service.reconcile.reconciling import reconcile_kept

    found = proposed(reconcile_kept(library, report, plan or None), least)
    return [ProposalRecord.model_validate(asdict(item)) for item in found]


@reconciling.get("/reconcile/file", response_class=Response)
def result_file(
    library: LibraryDependency,
    report: ReportId,
    plan: PlanId = None,
    form: Annotated[Literal["xlsx", "docx"], Query(alias="format")] = "xlsx",
) -> Response:
    """Return the result as a workbook or a Word file."""
    from service.reconcile.export import result_bytes
    from service.reconcile.reconciling import reconcile_kept

    data = result_bytes(reconcile_kept(library, report, plan or None), f".{form}")
    return download(f"对账结果.{form}", data, MEDIA[form])


@reconciling.post("/reconcile/accept")
def accept(library: LibraryDependency, person: PersonDependency, body: AcceptBody) -> EditRecord:
    """Note the progress of the matched rows and move their status, the report as their source; one edit."""
    from service.reconcile.accepting import accept as store
    from service.reconcile.accepting import proposals as proposed
    from service.reconcile.reconciling import reconcile_kept

    found = reconcile_kept(library, body.report, body.plan)
    chosen = [
        item for item in proposed(found, body.least) if body.tasks is None or item.task in set(body.tasks)
    ]
    return edit_record(store(library, found, chosen, person.name, body.on))


@reconciling.get("/conflicts")
def conflicts(
    library: LibraryDependency,
    document: Annotated[str | None, Query(max_length=40, description="只看这份方案的冲突")] = None,
    limit: Limit = 100,
) -> ConflictPage:
    """List tasks of several plans that may contradict each other in units, days or figures."""
    from service.reconcile.conflicts import find_conflicts
    from service.reconcile.snapshot import snapshot_of

    if document:
        library.document_row(document)
    found = find_conflicts(snapshot_of(library), document or None)
    items = [conflict.record() for conflict in found[:limit]]
    return ConflictPage.model_validate({"items": items, "total": len(found)})


@reconciling.get("/workload")
def workload(library: LibraryDependency) -> list[UnitLoadRecord]:
    """Tell how many open tasks each unit has in each month, most first."""
    from service.reconcile.snapshot import all_rows
    from service.reconcile.workload import workload as loads_of

    loads = loads_of(all_rows(library), library.today())
    return [UnitLoadRecord.model_validate(load.record()) for load in loads]


@reconciling.get("/cases")
def cases(
    library: LibraryDependency,
    text: Annotated[str | None, Query(max_length=5_000, description="用自己的话写出问题")] = None,
    task: Annotated[str | None, Query(max_length=40, description="任务编号")] = None,
    k: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[CaseRecord]:
    """举一反三: find the same kind of problem in other documents and places, and how it was solved."""
    from service.reconcile.cases import similar_cases

    found = similar_cases(library, text=text, task=task or None, count=k)
    return [CaseRecord.model_validate(case.record()) for case in found]
