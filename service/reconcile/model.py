"""What reconciling a report with a plan gives: matches with evidence, what is missing, what disagrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from corpus.records import JsonObject, plain
from corpus.spans import Span
from corpus.task import Indicator, ProgressStatus


class ClaimKind(StrEnum):
    """Where a claim comes from."""

    PROGRESS = "progress"
    """An item of work done or under way."""
    SENTENCE = "sentence"
    """A sentence of a document without such items."""
    ASIDE = "aside"
    """A sentence beside the items of a report: it may mention a task, but need not belong to one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a report says."""

    text: str
    span: Span
    """Its place in the report."""
    status: ProgressStatus
    section: tuple[str, ...] = ()
    kind: ClaimKind = ClaimKind.PROGRESS
    indicators: tuple[Indicator, ...] = ()


class Verdict(StrEnum):
    """How a figure of the report stands to the target of the plan."""

    MET = "met"
    SHORT = "short"
    """Less than a target that should be reached."""
    OVER = "over"
    """More than a limit that should be kept."""
    OTHER_MEASURE = "other_measure"
    """Measured in something that cannot be converted: 户 against 个."""


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """A target of the plan and the figure of the report that answers it."""

    target: str
    """As the plan writes it."""
    target_span: Span | None
    """In the plan's text; None for a corrected value."""
    reported: str
    """As the report writes it."""
    reported_span: Span
    verdict: Verdict
    words: str
    """In words for the user."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that the claim and the task share."""

    task: tuple[Span, ...]
    """Their places in the task's own text, from 0."""
    claim: tuple[Span, ...]
    """Their places in the claim's own text, from 0."""


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that answers a task."""

    task: int
    """Index into the tasks given."""
    claim: int
    """Index into the claims given."""
    confidence: float
    """0 to 1: the share of such matches that are right, see docs/reconcile.md."""
    quote: Span
    """The part of the report that speaks of the task."""
    shared: Shared
    figures: tuple[FigureCheck, ...] = ()
    other_units: tuple[str, ...] = ()
    """Units that the claim names where the plan names others; () where they agree or nothing is named."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two documents."""

    id: str
    """"" for a file that is not in the library."""
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan that a report may be about."""

    document: Side
    score: float
    """0 to 1."""
    reasons: tuple[str, ...] = ()
    """In words for the user."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A report held against a plan."""

    report: Side
    plan: Side
    tasks: tuple[JsonObject, ...]
    """The plan's tasks under their public keys."""
    claims: tuple[Claim, ...]
    matches: tuple[Match, ...]
    """By task, then by place in the report."""
    candidates: tuple[Candidate, ...] = ()
    """Where the plan was looked for: the plans considered, the best first."""
    report_text: str = field(default="", repr=False)

    @property
    def unmentioned(self) -> tuple[int, ...]:
        """The tasks, by index, of which the report says nothing."""
        told = {match.task for match in self.matches}
        return tuple(index for index in range(len(self.tasks)) if index not in told)

    @property
    def unassigned(self) -> tuple[int, ...]:
        """The claims, by index, that belong to no task; asides are never among them."""
        placed = {match.claim for match in self.matches}
        return tuple(
            index
            for index, claim in enumerate(self.claims)
            if index not in placed and claim.kind is not ClaimKind.ASIDE
        )

    def record(self) -> JsonObject:
        """Return the result as JSON knows it; docs/reconcile.md tells the keys."""
        return {
            "report": plain(self.report),
            "plan": plain(self.plan),
            "candidates": [_candidate_record(item) for item in self.candidates],
            "matches": [self._match_record(match) for match in self.matches],
            "unmentioned": [_task_brief(self.tasks[index]) for index in self.unmentioned],
            "unassigned": [self._claim_record(index) for index in self.unassigned],
            "disagreements": [
                {"task": self.tasks[match.task]["id"], "claim": match.claim, **_figure_record(check)}
                for match in self.matches
                for check in match.figures
                if check.verdict is not Verdict.MET
            ],
            "counts": self.counts(),
        }

    def counts(self) -> dict[str, int]:
        """Return how many tasks and claims there are of each kind."""
        return {
            "tasks": len(self.tasks),
            "mentioned": len(self.tasks) - len(self.unmentioned),
            "unmentioned": len(self.unmentioned),
            "claims": len(self.claims),
            "matches": len(self.matches),
            "unassigned": len(self.unassigned),
        }

    def _match_record(self, match: Match) -> JsonObject:
        return {
            "task": _task_brief(self.tasks[match.task]),
            "claim": self._claim_record(match.claim),
            "confidence": round(match.confidence, 3),
            "quote": match.quote.of(self.report_text),
            "quote_span": plain(match.quote),
            "shared": plain(match.shared),
            "figures": [_figure_record(check) for check in match.figures],
            "other_units": list(match.other_units),
        }

    def _claim_record(self, index: int) -> JsonObject:
        claim = self.claims[index]
        return {
            "index": index,
            "text": claim.text,
            "span": plain(claim.span),
            "section": list(claim.section),
            "status": claim.status.value,
            "kind": claim.kind.value,
        }


def _task_brief(record: JsonObject) -> JsonObject:
    keys: Sequence[str] = ("id", "label", "text", "section", "span", "status", "due")
    return {key: record.get(key) for key in keys}


def _figure_record(check: FigureCheck) -> JsonObject:
    record: dict[str, Any] = plain(check)
    return record


def _candidate_record(candidate: Candidate) -> JsonObject:
    return {
        "document": plain(candidate.document),
        "score": round(candidate.score, 3),
        "reasons": list(candidate.reasons),
    }
