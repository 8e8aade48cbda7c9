"""对账: a report held against a plan, or against the plan that it seems to report on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import UserError
from index.encoders.base import Encoder
from service.reconcile.claims import claims_of
from service.reconcile.finding import find_plans
from service.reconcile.matching import match_claims
from service.reconcile.model import Candidate, Reconciliation
from service.reconcile.texts import Held, kept

if TYPE_CHECKING:
    from service.library import Library


def reconcile_kept(library: Library, report: str, plan: str | None = None) -> Reconciliation:
    """Hold a document of the library against another; None looks for the plan it reports on.

    Raises:
        NotFoundError: when one of them is not there.
        UserError: when no plan can be found for the report, or the plan has no tasks.
    """
    return reconcile_with_library(library, kept(library, report), plan)


def reconcile_with_library(library: Library, report: Held, plan: str | None = None) -> Reconciliation:
    """Hold a report against a plan of the library; None looks for it.

    Raises:
        NotFoundError: when there is no such plan.
        UserError: as `reconcile_kept` does.
    """
    candidates: tuple[Candidate, ...] = ()
    if plan is None:
        candidates = find_plans(library, report)
        if not candidates:
            raise UserError("文库里没有找到这份汇报对应的方案，请先添加方案，或者自己指定一份。")
        plan = candidates[0].document.id
    return reconcile(report, kept(library, plan), candidates)


def reconcile(
    report: Held, plan: Held, candidates: tuple[Candidate, ...] = (), encoder: Encoder | None = None
) -> Reconciliation:
    """Hold a report against a plan.

    Raises:
        UserError: when the plan has no tasks, or the report says nothing.
    """
    if not plan.tasks:
        raise UserError(f"《{plan.side.title}》里没有任务，不能作为方案来对账。")
    claims = claims_of(report.document, report.progress)
    if not claims:
        raise UserError(f"《{report.side.title}》里没有读到工作进展，不能作为汇报来对账。")
    return Reconciliation(
        report.side,
        plan.side,
        plan.tasks,
        claims,
        match_claims(plan.tasks, claims, encoder),
        candidates,
        report.document.text,
    )
