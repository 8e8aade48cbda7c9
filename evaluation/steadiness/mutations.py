"""Mutation checks: a document that only looks different must give the same ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.document import Problem
from corpus.records import JsonObject
from corpus.spans import Span
from corpus.task import Task
from evaluation.gold import Case, cases_hash, load_cases, samples
from evaluation.steadiness.mutants import Mutant, mutants
from evaluation.text import widthless
from service.intake.extraction import Reading, read_or_problem

WHOLE = "one paragraph a line"
WANTED = 0.99
"""The share of rows that no change may touch."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A task as it is compared: words without white space, dates in ISO form."""

    label: str
    text: str
    units: tuple[str, ...]
    limits: tuple[str, ...]
    others: tuple[str, ...]
    """Indicators, persons and references."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a mutation changed."""

    case: str
    mutation: str
    row: LedgerRow
    became: LedgerRow | None
    """The most similar new row; None when the row is gone."""

    @property
    def words(self) -> str:
        """What differs, field by field."""
        if self.became is None:
            return f"gone: {self.row.text[:40]}"
        fields = ("label", "text", "units", "limits", "others")
        pairs = [(name, getattr(self.row, name), getattr(self.became, name)) for name in fields]
        return "; ".join(f"{name} {_difference(old, new)}" for name, old, new in pairs if old != new)


@dataclass(slots=True)
class Kept:
    """How many rows a mutation left as they were."""

    rows: int = 0
    same: int = 0
    added: int = 0
    """Rows that stand only in the changed ledger, beyond those that stand for a changed one."""

    @property
    def share(self) -> float:
        """Share of rows that stayed, 1.0 without rows."""
        return self.same / self.rows if self.rows else 1.0


@dataclass(slots=True)
class MutationReport:
    """How many rows stay through each change of the text."""

    data: str
    kept: dict[str, Kept] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    verbose: bool = False

    @property
    def share(self) -> float:
        """Share of rows that stayed over all mutations."""
        rows = sum(kept.rows for kept in self.kept.values())
        return sum(kept.same for kept in self.kept.values()) / rows if rows else 1.0

    def record(self) -> JsonObject:
        """Return rows, unchanged rows and added rows by mutation, and the share over all."""
        return {
            "share": round(self.share, 5),
            "mutations": {
                name: {
                    "rows": kept.rows,
                    "same": kept.same,
                    "added": kept.added,
                    "share": round(kept.share, 5),
                }
                for name, kept in self.kept.items()
            },
            "changes": [[change.case, change.mutation, change.words] for change in self.changes],
        }

    def show(self, console: Console) -> None:
        """Print one line per mutation; verbose adds every changed row."""
        table = Table("mutation", title=f"rows that stay: {self.share:.4f} (wanted {WANTED})")
        for column in ("rows", "same", "added", "share"):
            table.add_column(column, justify="right")
        for name, kept in self.kept.items():
            table.add_row(name, str(kept.rows), str(kept.same), str(kept.added), f"{kept.share:.4f}")
        console.print(table)
        for change in self.changes if self.verbose else ():
            line = (
                f"{change.case} [{change.mutation}] {change.row.label} {change.row.text[:24]}… {change.words}"
            )
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def evaluate(gold: Path | None, *, verbose: bool = False) -> MutationReport:
    """Change the documents in `gold`, or the bundled samples, in every way and compare the ledgers.

    Raises:
        UserError: when there is no gold, or a path does not exist.
    """
    cases = load_cases(gold or samples())
    report = MutationReport(cases_hash(cases), verbose=verbose)
    for case in cases:
        check(case, report)
    return report


def check(case: Case, report: MutationReport) -> None:
    """Add what the mutations of one case change.

    The canonical text is what is changed: in it every paragraph is one line. That it gives the same ledger as
    the text that the annotator saw is itself one of the checks.
    """
    original = _read(case.text, case.name)
    reading = _read(original.document.text, case.name) if original else None
    if original is None or reading is None:
        return
    rows = [found_row(task) for task in original.extraction.tasks]
    _compare(case.name, WHOLE, rows, [found_row(task) for task in reading.extraction.tasks], report)
    for name, mutant in mutants(reading.document.text).items():
        changed = _read(mutant.text, case.name)
        before = [expected_row(task, mutant) for task in reading.extraction.tasks]
        after = [found_row(task) for task in changed.extraction.tasks] if changed else []
        _compare(case.name, name, before, after, report)


def expected_row(task: Task, mutant: Mutant) -> LedgerRow:
    """Return the row that a task of the original text makes in the changed one."""

    def words(span: Span) -> str:
        return widthless(mutant.words_at(span))

    return LedgerRow(
        label=widthless(task.label),
        text=words(task.span),
        units=tuple(f"{words(unit.span)}/{unit.role}" for unit in task.units),
        limits=tuple(f"{words(limit.span)} {limit.start}–{limit.end}" for limit in task.deadlines),
        others=(
            *(words(indicator.span) for indicator in task.indicators),
            *(words(ref.span) for ref in task.refs),
        ),
    )


def found_row(task: Task) -> LedgerRow:
    """Return a task as it was found."""
    return LedgerRow(
        label=widthless(task.label),
        text=widthless(task.text),
        units=tuple(f"{widthless(unit.name)}/{unit.role}" for unit in task.units),
        limits=tuple(f"{widthless(limit.raw)} {limit.start}–{limit.end}" for limit in task.deadlines),
        others=(
            *(widthless(indicator.raw) for indicator in task.indicators),
            *(widthless(ref.raw) for ref in task.refs),
        ),
    )


def _read(text: str, name: str) -> Reading | None:
    outcome = read_or_problem(text.encode(), Path(name).stem + ".txt")
    return None if isinstance(outcome, Problem) else outcome


def _compare(
    case: str, name: str, before: Sequence[LedgerRow], after: Sequence[LedgerRow], report: MutationReport
) -> None:
    """Count the rows that stayed; pair each of the others with what it became."""
    kept = report.kept.setdefault(name, Kept())
    lost, new = _without(before, after), _without(after, before)
    kept.rows += len(before)
    kept.same += len(before) - len(lost)
    for row in lost:
        became = _most_similar(row, new)
        if became is not None:
            new.remove(became)
        report.changes.append(Change(case, name, row, became))
    kept.added += len(new)


def _without(rows: Iterable[LedgerRow], others: Iterable[LedgerRow]) -> list[LedgerRow]:
    """Return the rows that are not among `others`, as multisets."""
    return list((Counter(rows) - Counter(others)).elements())


def _most_similar(row: LedgerRow, others: Sequence[LedgerRow]) -> LedgerRow | None:
    """Return the row with the most similar text, None when none is similar at all."""
    shares = [(SequenceMatcher(None, row.text, other.text).quick_ratio(), other) for other in others]
    best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] > 0.6 else None


def _difference(old: str | tuple[str, ...], new: str | tuple[str, ...]) -> str:
    """Return what two values do not share."""
    if isinstance(old, tuple) or isinstance(new, tuple):
        lacking, surplus = Counter(old) - Counter(new), Counter(new) - Counter(old)
        return " ".join([*(f"-{item}" for item in lacking), *(f"+{item}" for item in surplus)]) or "order"
    pairs = zip(old, new, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
    around = slice(max(0, at - 8), at + 20)
    return f"…{old[around]}… got …{new[around]}… ({len(old)}→{len(new)})"
