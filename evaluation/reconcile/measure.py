"""How well reports are matched to plans: on reports made up of gold plans, whose answers are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.errors import UserError
from corpus.records import JsonObject, progress_record
from evaluation.counts import Counts
from evaluation.gold import cases_hash, load_cases, samples
from evaluation.reconcile.cases import PER_PLAN, ReportCase, make_cases, read_plans
from service.intake.extraction import read
from service.reconcile.claims import claims_of
from service.reconcile.matching import match_claims
from service.reconcile.model import Claim, ClaimKind, Match, Verdict

HALVES = ("first", "second")
BARS = (0.5, 0.7, 0.9, 0.97)
"""Confidences for which is told how many matches at least so sure are right."""


@dataclass(slots=True)
class Tally:
    """What was counted over a number of reports."""

    cases: int = 0
    pairs: Counts = field(default_factory=Counts)
    """Claim and task."""
    coverage: Counts = field(default_factory=Counts)
    """Tasks of the gold: called mentioned or unmentioned rightly or not."""
    falsely_told: int = 0
    """Unmentioned tasks that were called mentioned."""
    falsely_untold: int = 0
    """Mentioned tasks that were called unmentioned."""
    foreign: Counts = field(default_factory=Counts)
    """Claims that belong to no task."""
    figures: Counts = field(default_factory=Counts)
    """Targets of which the report falls short."""
    sure: dict[float, Counts] = field(default_factory=lambda: {bar: Counts() for bar in BARS})

    @property
    def coverage_error(self) -> float:
        """Return the share of tasks wrongly called mentioned or unmentioned, 0.0 without tasks."""
        told = self.coverage.right + self.coverage.wrong
        return self.coverage.wrong / told if told else 0.0

    def record(self) -> JsonObject:
        """Return counts and rates."""
        return {
            "cases": self.cases,
            "match": self.pairs.record(),
            "coverage_error": round(self.coverage_error, 4),
            "called_mentioned_wrongly": self.falsely_told,
            "called_unmentioned_wrongly": self.falsely_untold,
            "foreign": self.foreign.record(),
            "short_figures": self.figures.record(),
            "precision_by_confidence": {
                str(bar): round(counts.precision, 4) for bar, counts in self.sure.items()
            },
        }


@dataclass(frozen=True, slots=True)
class ReconcileReport:
    """Figures by half and by plan."""

    data: str
    """Hash of the cases."""
    seed: int
    halves: Mapping[str, Tally]
    plans: Mapping[str, Tally]
    errors: tuple[str, ...] = ()
    """What went wrong, a line each; only where asked for."""

    def record(self) -> JsonObject:
        """Return the figures as plain JSON values."""
        return {
            "seed": self.seed,
            "halves": {name: tally.record() for name, tally in self.halves.items()},
            "plans": {name: tally.record() for name, tally in self.plans.items()},
        }

    def show(self, console: Console) -> None:
        """Print a table of halves and plans, then the errors."""
        table = Table("", "cases", "P", "R", "F1", "coverage errors", "foreign F1", "short figures F1")
        for name, tally in (*self.halves.items(), *self.plans.items()):
            table.add_row(name, *_cells(tally))
        console.print(table)
        for line in self.errors:
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def _cells(tally: Tally) -> Iterator[str]:
    yield str(tally.cases)
    yield from (f"{rate:.3f}" for rate in (tally.pairs.precision, tally.pairs.recall, tally.pairs.f1))
    yield f"{tally.coverage_error:.1%}"
    yield from (f"{counts.f1:.3f}" for counts in (tally.foreign, tally.figures))


def evaluate(
    gold: Path | None,
    seed: int = 0,
    half: str | None = None,
    *,
    per_plan: int = PER_PLAN,
    verbose: bool = False,
) -> ReconcileReport:
    """Make reports of the plans in `gold`, or of the bundled samples, and match them; both halves when None.

    Raises:
        UserError: when there is no gold, or no plan in it has enough tasks.
    """
    if half not in (None, *HALVES):
        raise UserError("--half 只能是 first 或 second。")
    cases = load_cases(gold or samples())
    plans = read_plans(cases)
    if not plans:
        raise UserError("这些标注里没有任务足够多的方案。")
    tallies: dict[str, Tally] = {}
    by_plan: dict[str, Tally] = {}
    errors: list[str] = []
    for name in HALVES if half is None else (half,):
        tally = tallies.setdefault(name, Tally())
        for case in make_cases(plans, name, seed, per_plan):
            errors += check(case, (tally, by_plan.setdefault(case.plan.name, Tally())))
    return ReconcileReport(cases_hash(cases), seed, tallies, by_plan, tuple(errors if verbose else ()))


def check(case: ReportCase, tallies: Iterable[Tally]) -> list[str]:
    """Match one report, count into the tallies, and return what went wrong in words."""
    claims = claims_in(case)
    matches = match_claims(case.plan.tasks, claims)
    owners = item_of_claims(case, claims)
    judged = _Judged(case, claims, matches, owners)
    for tally in tallies:
        judged.add_to(tally)
    return judged.errors()


def claims_in(case: ReportCase) -> tuple[Claim, ...]:
    """Return the claims of a report, read as any file is."""
    reading = read(case.text.encode(), "report.txt")
    return claims_of(reading.document, [progress_record(item) for item in reading.extraction.progress])


def item_of_claims(case: ReportCase, claims: Sequence[Claim]) -> list[int | None]:
    """Return for each claim the item whose words it tells, None for one outside of all items."""
    bare = [_bare(item.words) for item in case.items]
    owners: list[int | None] = []
    for claim in claims:
        words = _bare(claim.text)
        owners.append(
            next((index for index, item in enumerate(bare) if words in item or item in words), None)
        )
    return owners


def _bare(words: str) -> str:
    return "".join(letter for letter in words if letter.isalnum())


class _Judged:
    """One report's matches held against what is known."""

    def __init__(
        self,
        case: ReportCase,
        claims: Sequence[Claim],
        matches: Sequence[Match],
        owners: Sequence[int | None],
    ) -> None:
        self.case = case
        self.claims = claims
        confirmed = case.plan.confirmed
        self.matches = [match for match in matches if match.task in confirmed]
        self.owners = owners
        self.found = {(owners[match.claim], match.task) for match in self.matches}

    def add_to(self, tally: Tally) -> None:
        """Count everything into a tally."""
        tally.cases += 1
        tally.pairs.compare(sorted(self.case.pairs), self.found)
        self._coverage(tally)
        self._foreign(tally)
        self._figures(tally)
        for bar, counts in tally.sure.items():
            for match in self.matches:
                if match.confidence >= bar:
                    right = (self.owners[match.claim], match.task) in self.case.pairs
                    counts.right += right
                    counts.wrong += not right

    def errors(self) -> list[str]:
        """Return the wrong and the missed pairs in words."""
        lines = []
        for item, task in self.found - self.case.pairs:
            words = self.case.items[item].words if item is not None else "(outside)"
            lines.append(f"WRONG  {self.case.name}: {words[:60]} → {self._task(task)}")
        for item, task in self.case.pairs - self.found:
            lines.append(f"MISSED {self.case.name}: {self.case.items[item].words[:60]} → {self._task(task)}")
        return lines

    def _task(self, task: int) -> str:
        return str(self.case.plan.tasks[task]["text"])[:50]

    def _coverage(self, tally: Tally) -> None:
        called = {match.task for match in self.matches}
        wrongly = called - self.case.told
        missed = self.case.told - called
        tally.falsely_told += len(wrongly)
        tally.falsely_untold += len(missed)
        tally.coverage.wrong += len(wrongly) + len(missed)
        tally.coverage.right += len(self.case.plan.confirmed) - len(wrongly) - len(missed)

    def _foreign(self, tally: Tally) -> None:
        placed = {match.claim for match in self.matches}
        said = [index for index, claim in enumerate(self.claims) if claim.kind is not ClaimKind.ASIDE]
        free = {self.owners[index] for index in said if index not in placed} - {None}
        free -= {self.owners[index] for index in said if index in placed}
        gold = {index for index, item in enumerate(self.case.items) if not item.tasks}
        tally.foreign.compare(sorted(gold), free)

    def _figures(self, tally: Tally) -> None:
        gold = {
            (task, figure.target)
            for item in self.case.items
            for task, figure in item.figures
            if figure.short and figure.stated in item.words
        }
        found = {
            (match.task, check.target)
            for match in self.matches
            for check in match.figures
            if check.verdict is not Verdict.MET
        }
        tally.figures.compare(sorted(gold), found)
