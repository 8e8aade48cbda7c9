"""Accepted matches move the rows of the ledger, with the report as the source; shown before it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus.errors import UserError
from corpus.store.editing.edits import Edit
from corpus.task import ProgressStatus
from service.reconcile.model import ClaimKind, Match, Reconciliation, Verdict

if TYPE_CHECKING:
    from service.library import Library

NOTE = "对账"
_SETTLED = frozenset({"done", "closed", "rechecked", "cancelled"})
"""Statuses that a report does not move."""
MOST_WORDS = 2_000
"""Characters of a report that are kept with a row."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What accepting the matches of one row would change."""

    task: str
    """The row's id."""
    before: str
    after: str
    """Its status now and then; equal where the report does not move it."""
    text: str
    """What is noted as its progress."""
    confidence: float
    """Of its surest match."""
    why: str = ""
    """Why the status is not what the report says, in words; "" where it is."""


def proposals(
    found: Reconciliation, least: float = 0.0, pairs: Iterable[tuple[int, int]] | None = None
) -> tuple[Proposal, ...]:
    """Return what would change, a row each, for the matches at least `least` sure.

    `pairs` (task, claim) narrows to some of them. Rows that are done, closed or ended are left out.
    """
    chosen = None if pairs is None else set(pairs)
    wanted = [
        match
        for match in found.matches
        if match.confidence >= least and (chosen is None or (match.task, match.claim) in chosen)
    ]
    tasks = dict.fromkeys(match.task for match in wanted)
    made = (_proposal(found, [match for match in wanted if match.task == task]) for task in tasks)
    return tuple(item for item in made if item.before not in _SETTLED)


def accept(
    library: Library, found: Reconciliation, accepted: Sequence[Proposal], by: str, on: date | None = None
) -> Edit:
    """Note the progress of the rows and move their status, as one edit that `library.rows.undo` takes back.

    Raises:
        UserError: when nothing was chosen, or report or plan is not in the library.
    """
    if not accepted:
        raise UserError("没有可以采纳的匹配：所选任务已经办结，或者没有选中。")
    if not found.report.id or not found.plan.id:
        raise UserError("先把汇报和方案都添加到文库，才能更新台账。")
    reports: dict[str, dict[str, Any]] = {
        item.task: {"text": item.text, "status": item.after, "source": found.report.id, "on": on}
        for item in accepted
    }
    return library.steps.report_each(reports, by, f"{NOTE}：{found.report.title}")


def _proposal(found: Reconciliation, matches: Sequence[Match]) -> Proposal:
    record = found.tasks[matches[0].task]
    status, why = _status(found, matches)
    texts = dict.fromkeys(found.claims[match.claim].text for match in matches)
    return Proposal(
        record["id"],
        record["status"],
        status,
        "\n".join(texts)[:MOST_WORDS],
        max(match.confidence for match in matches),
        why,
    )


def _status(found: Reconciliation, matches: Sequence[Match]) -> tuple[str, str]:
    """Return the status that the claims say together, and why it is not done where they say so.

    Asides decide only where nothing else is said.
    """
    items = [match for match in matches if found.claims[match.claim].kind is not ClaimKind.ASIDE]
    said = {found.claims[match.claim].status for match in items or matches}
    if said == {ProgressStatus.NOT_STARTED}:
        return "not_started", ""
    if said != {ProgressStatus.DONE}:
        return "in_progress", ""
    short = [check.words for match in matches for check in match.figures if check.verdict is Verdict.SHORT]
    return ("in_progress", short[0]) if short else ("done", "")
